use serde_json::Value;

use super::field::{Field, PushInfoError, json_of_host};
use super::text::IosSound;
use super::text::{self, RedactedText, UnknownNumber, UnknownText};
use crate::json::Json;

/// Options for iPhones and iPads.
///
/// ```
/// use tim_offline_push::message::{Ios, IosSound, InterruptionLevel};
///
/// let ios = Ios::new()
///     .with_sound(IosSound::file("ring.caf")?)
///     .with_interruption_level(InterruptionLevel::TimeSensitive)
///     .with_image("https://example.com/denny.png")?;
/// assert_eq!(ios.image(), Some("https://example.com/denny.png"));
/// # Ok::<(), tim_offline_push::message::PushInfoError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Ios {
    pub(super) title: RedactedText,
    pub(super) subtitle: RedactedText,
    pub(super) sound: Option<IosSound>,
    pub(super) badge_mode: Option<BadgeMode>,
    pub(super) push_type: PushType,
    pub(super) interruption_level: Option<InterruptionLevel>,
    pub(super) background: bool,
    pub(super) image: RedactedText,
    pub(super) mutable_content: Option<bool>,
    pub(super) live_activity: Option<Json>,
}

impl Ios {
    /// Nothing set: what Tencent's SDKs send by themselves.
    pub fn new() -> Self {
        Self::default()
    }

    /// A title for iOS alone. Without it iOS shows the common title.
    ///
    /// Since IM SDK 4.7.1; the C API and REST carry it, the V2TIM and web forms have one title only.
    #[must_use]
    pub fn with_title(mut self, title: impl Into<String>) -> Self {
        self.title = RedactedText::new(title);
        self
    }

    /// The line between title and text. REST only (`ApnsInfo.SubTitle`).
    #[must_use]
    pub fn with_subtitle(mut self, subtitle: impl Into<String>) -> Self {
        self.subtitle = RedactedText::new(subtitle);
        self
    }

    /// The sound. Unset, the console certificate or the system decides.
    #[must_use]
    pub fn with_sound(mut self, sound: IosSound) -> Self {
        self.sound = Some(sound);
        self
    }

    /// Whether the message counts for the badge. Client SDKs know `ignoreIOSBadge`, which is [`BadgeMode::Ignore`];
    /// REST tells unset from [`BadgeMode::Count`], since unset means "count" for chat and "ignore" for other pushes
    /// (<https://trtc.io/document/77715>, read 2026-11-22).
    #[must_use]
    pub fn with_badge_mode(mut self, mode: BadgeMode) -> Self {
        self.badge_mode = Some(mode);
        self
    }

    /// Notification or incoming call. Since IM SDK 6.7.3184. A device without a VoIP token gets [`PushType::Apns`]
    /// (<https://trtc.io/document/77715>, read 2026-11-22).
    #[must_use]
    pub fn with_push_type(mut self, push_type: PushType) -> Self {
        self.push_type = push_type;
        self
    }

    /// How prominently iOS 15 and newer interrupts. Since IM SDK 8.4.6667.
    #[must_use]
    pub fn with_interruption_level(mut self, level: InterruptionLevel) -> Self {
        self.interruption_level = Some(level);
        self
    }

    /// Wakes the app in the background (`content-available`). Since IM SDK 8.4.6667. A REST push with it shows nothing;
    /// about three an hour is Apple's advice (<https://trtc.io/document/77715>, read 2026-11-22).
    #[must_use]
    pub fn with_background(mut self) -> Self {
        self.background = true;
        self
    }

    /// An image by HTTPS: JPEG, GIF or PNG of at most 10 MB. Since IM SDK 8.0.5895. The app needs a notification service
    /// extension, which finds the address under `image` in the payload, and `mutable-content` switched on
    /// (Tencent's header `V2TIMManager+Message.h`, read 2026-11-22).
    ///
    /// # Errors
    /// [`PushInfoError::NotHttps`].
    pub fn with_image(mut self, url: impl Into<String>) -> Result<Self, PushInfoError> {
        self.image = text::https(Field::IosImage, url)?;
        Ok(self)
    }

    /// Whether the app's service extension may change the notification. REST only (`ApnsInfo.MutableContent`); unset,
    /// the console certificate decides.
    #[must_use]
    pub fn with_mutable_content(mut self, mutable: bool) -> Self {
        self.mutable_content = Some(mutable);
        self
    }

    /// An update or the end of a Live Activity. REST only (`ApnsInfo.LiveActivity`): an object of `LaId` (at most 64
    /// bytes), `Event` (`update` or `end`), `ContentState` and `DismissalDate`, which is kept as it is.
    ///
    /// # Errors
    /// [`PushInfoError::WrongJsonType`] if it is not an object, [`PushInfoError::TooDeep`].
    pub fn with_live_activity(mut self, activity: &Value) -> Result<Self, PushInfoError> {
        self.live_activity =
            Some(json_of_host(Field::IosLiveActivity, activity, Value::is_object, "object")?);
        Ok(self)
    }

    /// The title for iOS alone.
    pub fn title(&self) -> Option<&str> {
        self.title.set()
    }

    /// The line between title and text.
    pub fn subtitle(&self) -> Option<&str> {
        self.subtitle.set()
    }

    /// The sound.
    pub const fn sound(&self) -> Option<&IosSound> {
        self.sound.as_ref()
    }

    /// Whether the message counts for the badge.
    pub const fn badge_mode(&self) -> Option<BadgeMode> {
        self.badge_mode
    }

    /// Notification or incoming call.
    pub const fn push_type(&self) -> PushType {
        self.push_type
    }

    /// How prominently iOS interrupts.
    pub const fn interruption_level(&self) -> Option<&InterruptionLevel> {
        self.interruption_level.as_ref()
    }

    /// Whether the app is woken in the background.
    pub const fn background(&self) -> bool {
        self.background
    }

    /// The address of the image.
    pub fn image(&self) -> Option<&str> {
        self.image.set()
    }

    /// Whether the app's service extension may change the notification.
    pub const fn mutable_content(&self) -> Option<bool> {
        self.mutable_content
    }

    /// The Live Activity.
    pub fn live_activity(&self) -> Option<Value> {
        self.live_activity.as_ref().map(Json::to_value)
    }
}

/// Whether a message counts for the badge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum BadgeMode {
    /// It counts (0).
    Count,
    /// The badge stays as it is (1).
    Ignore,
    /// Another number, as it was read.
    Unknown(UnknownNumber),
}

impl BadgeMode {
    /// What a number on the wire means.
    pub const fn from_number(number: i64) -> Self {
        match number {
            0 => Self::Count,
            1 => Self::Ignore,
            other => Self::Unknown(UnknownNumber::new(other)),
        }
    }

    /// The number on the wire.
    pub const fn as_number(self) -> i64 {
        match self {
            Self::Count => 0,
            Self::Ignore => 1,
            Self::Unknown(other) => other.as_i64(),
        }
    }
}

/// The way to an Apple device. Source: Tencent's header `V2TIMManager+Message.h`, read 2026-11-22.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum PushType {
    /// A notification (0).
    #[default]
    Apns,
    /// An incoming call through `PushKit` (1).
    Voip,
    /// Another number, as it was read.
    Unknown(UnknownNumber),
}

impl PushType {
    /// What a number on the wire means.
    pub const fn from_number(number: i64) -> Self {
        match number {
            0 => Self::Apns,
            1 => Self::Voip,
            other => Self::Unknown(UnknownNumber::new(other)),
        }
    }

    /// The number on the wire.
    pub const fn as_number(self) -> i64 {
        match self {
            Self::Apns => 0,
            Self::Voip => 1,
            Self::Unknown(other) => other.as_i64(),
        }
    }
}

/// How prominently iOS 15 and newer interrupts; unset means [`InterruptionLevel::Active`] to the server.
///
/// Source: Tencent's header `V2TIMManager+Message.h`, read 2026-11-22.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum InterruptionLevel {
    /// No sound, no lit screen.
    Passive,
    /// The ordinary one.
    Active,
    /// Breaks through Focus. The app needs the entitlement.
    TimeSensitive,
    /// Breaks through the mute switch. The app needs Apple's approval.
    Critical,
    /// Another text, as it was read.
    Unknown(UnknownText),
}

impl InterruptionLevel {
    /// What a text on the wire means.
    pub fn from_text(text: &str) -> Self {
        match text {
            "passive" => Self::Passive,
            "active" => Self::Active,
            "time-sensitive" => Self::TimeSensitive,
            "critical" => Self::Critical,
            other => Self::Unknown(UnknownText::new(other)),
        }
    }

    /// The text on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Passive => "passive",
            Self::Active => "active",
            Self::TimeSensitive => "time-sensitive",
            Self::Critical => "critical",
            Self::Unknown(other) => other.as_str(),
        }
    }
}
