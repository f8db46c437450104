use std::fmt;

use super::Severity;
use crate::vendor::Source;

/// A rule that a push can break.
///
/// `Display` writes its name, such as `ext-not-object`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Rule {
    /// A member of the input has a key that the form does not know. It is kept.
    UnknownKey,
    /// A member of the input stands there more than once. The last one counts.
    DuplicateKey,
    /// A member of the input has another JSON type than the form.
    WrongType,
    /// A value is none of the documented ones.
    UnknownValue,
    /// A number is outside its range.
    OutOfRange,
    /// An image is not fetched by HTTPS.
    ImageNotHttps,
    /// A sound that is a file is named without its suffix.
    SoundWithoutSuffix,
    /// A sound that is an Android resource is named with its suffix.
    SoundWithSuffix,
    /// A sound's duration is set, and no sound.
    DurationWithoutSound,
    /// OPPO's notify level is set, and no category.
    LevelWithoutCategory,
    /// The vendor parameters are no JSON object, or have members that are unknown or of another type.
    VendorParams,
    /// A Live Activity's id is over 64 bytes or missing.
    LiveActivityId,
    /// A custom message has no text, and is never pushed.
    CustomWithoutDesc,
    /// There is neither title nor text.
    NothingToShow,
    /// The message goes to devices that are online, and is never pushed.
    OnlineOnly,
    /// Push is switched off for the message.
    PushDisabled,
    /// The ext is not UTF-8 text, and no form carries it.
    ExtNotText,
    /// The ext is no JSON object, and OPPO may receive it.
    ExtNotObject,
    /// The ext is over what Tencent advises.
    ExtLong,
    /// The ext alone is over what a channel carries.
    ExtTooLong,
    /// Text and ext are over what Tencent leaves of an APNs payload.
    DescAndExtTooLong,
    /// Title, text and ext are over what a channel carries.
    PayloadTooLong,
    /// The message is over what Tencent carries.
    MessageTooLong,
    /// The title is longer than what is shown.
    TitleCut,
    /// The text is longer than what is shown.
    DescCut,
    /// No notification channel is named where one is needed.
    ChannelMissing,
    /// No message class is named where that costs quota.
    CategoryMissing,
    /// A sound is set that a channel does not heed.
    SoundIgnored,
    /// An iOS image needs a notification service extension.
    ImageNeedsExtension,
    /// An interruption level needs an entitlement or an approval.
    LevelNeedsApproval,
}

/// The C library's behaviour, which no document tells.
pub(super) const C_LIBRARY: Source =
    Source::read("observed: npm im_electron_sdk 8.0.5906, library 8.0.5903 on Linux x86-64");
pub(super) const HEADER: Source =
    Source::read("Tencent's header V2TIMManager+Message.h (TencentCloud/TIMSDK)");
pub(super) const REST: Source = Source::read("https://trtc.io/document/77715");
pub(super) const REST_2026: Source = Source::read("https://cloud.tencent.com/document/product/269/133879");
pub(super) const QUOTAS: Source = Source::read("https://cloud.tencent.com/document/product/269/130977");
const FAQ: Source = Source::read("https://cloud.tencent.com/document/product/269/100650");
const PARAMS: Source = Source::read("https://cloud.tencent.com/document/product/269/121188");
const SEND: Source = Source::read("https://trtc.io/document/47993");

impl Rule {
    /// The rule's name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UnknownKey => "unknown-key",
            Self::DuplicateKey => "duplicate-key",
            Self::WrongType => "wrong-type",
            Self::UnknownValue => "unknown-value",
            Self::OutOfRange => "out-of-range",
            Self::ImageNotHttps => "image-not-https",
            Self::SoundWithoutSuffix => "sound-without-suffix",
            Self::SoundWithSuffix => "sound-with-suffix",
            Self::DurationWithoutSound => "duration-without-sound",
            Self::LevelWithoutCategory => "level-without-category",
            Self::VendorParams => "vendor-params",
            Self::LiveActivityId => "live-activity-id",
            Self::CustomWithoutDesc => "custom-without-desc",
            Self::NothingToShow => "nothing-to-show",
            Self::OnlineOnly => "online-only",
            Self::PushDisabled => "push-disabled",
            Self::ExtNotText => "ext-not-text",
            Self::ExtNotObject => "ext-not-object",
            Self::ExtLong => "ext-long",
            Self::ExtTooLong => "ext-too-long",
            Self::DescAndExtTooLong => "desc-and-ext-too-long",
            Self::PayloadTooLong => "payload-too-long",
            Self::MessageTooLong => "message-too-long",
            Self::TitleCut => "title-cut",
            Self::DescCut => "desc-cut",
            Self::ChannelMissing => "channel-missing",
            Self::CategoryMissing => "category-missing",
            Self::SoundIgnored => "sound-ignored",
            Self::ImageNeedsExtension => "image-needs-extension",
            Self::LevelNeedsApproval => "level-needs-approval",
        }
    }

    /// The severity, the remedy and the source that findings of this rule have unless they say otherwise.
    pub(crate) const fn facts(self) -> (Severity, &'static str, Source) {
        use Severity::{Error, Info, Warning};

        match self {
            Self::UnknownKey => (Info, "check its spelling; it is written back in the same form only", REST),
            Self::DuplicateKey => (Warning, "write each key once", REST),
            Self::WrongType => (Error, "write the type that the form documents", C_LIBRARY),
            Self::UnknownValue => {
                (Warning, "use a documented value, unless the vendor has added this one", REST)
            }
            Self::OutOfRange => (Error, "stay within the range", REST),
            Self::ImageNotHttps => (Error, "give an address that begins with https://", HEADER),
            Self::SoundWithoutSuffix => (Warning, "name the file with its suffix, such as ring.caf", HEADER),
            Self::SoundWithSuffix => {
                (Warning, "name the resource without its suffix, such as ring for res/raw/ring.mp3", HEADER)
            }
            Self::DurationWithoutSound => (Warning, "set a sound too", REST),
            Self::LevelWithoutCategory => (Error, "set a category too", REST),
            Self::VendorParams => (Warning, "write a JSON object with the documented members", PARAMS),
            Self::LiveActivityId => (Error, "set LaId to the client's activity id, at most 64 bytes", REST),
            Self::CustomWithoutDesc => (Error, "set the desc", Source::TENCENT_2021),
            Self::NothingToShow => (Warning, "set a title or a desc", FAQ),
            Self::OnlineOnly => (Error, "send it to offline users too", SEND),
            Self::PushDisabled => (Info, "leave push enabled if it shall be pushed", HEADER),
            Self::ExtNotText => (Error, "write the ext as UTF-8 text, such as JSON", HEADER),
            Self::ExtNotObject => (Error, "write the ext as a JSON object", Source::TENCENT_2021),
            Self::ExtLong => (Warning, "shorten the ext, and let the app fetch the rest", REST_2026),
            Self::ExtTooLong => (Error, "shorten the ext, and let the app fetch the rest", REST_2026),
            Self::DescAndExtTooLong => (Error, "shorten the desc or the ext", REST),
            Self::PayloadTooLong => (Error, "shorten the title, the desc or the ext", REST),
            Self::MessageTooLong => (Error, "shorten the message, its push included", SEND),
            Self::TitleCut => (Warning, "shorten the title", REST),
            Self::DescCut => (Warning, "shorten the desc", REST),
            Self::ChannelMissing => (
                Error,
                "name a notification channel here or in the console certificate",
                Source::TENCENT_2021,
            ),
            Self::CategoryMissing => {
                (Warning, "name the message class here or in the console certificate", QUOTAS)
            }
            Self::SoundIgnored => (Info, "set the sound of the notification channel on the device", HEADER),
            Self::ImageNeedsExtension => {
                (Info, "add a notification service extension and switch mutable-content on", HEADER)
            }
            Self::LevelNeedsApproval => (Info, "get the entitlement or approval from Apple", HEADER),
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
