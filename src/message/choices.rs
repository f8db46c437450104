//! What some fields take: the values that documents list, sounds and image addresses.

use std::borrow::Cow;
use std::fmt;

use super::field::{Field, PushInfoError};
use crate::vendor::{Vendor, message_classes};

/// The class of a message, which Huawei, HarmonyOS, OPPO and vivo ask for: a text such as `IM`.
///
/// Each vendor defines its own classes. The check of a push reports one that this crate does not know for its
/// vendor; any text can be given ([`Category::new`]). `Debug` shows the constants, and of any other text the
/// length.
///
/// - Huawei: all constants but [`Category::CUSTOMER_SERVICE`], [`Category::NEWS`] and [`Category::CONTENT`].
///   All but marketing are "service and communication"
///   (<https://help.aliyun.com/document_detail/436435.html>, read 2026-11-22).
/// - HarmonyOS: not [`Category::SYSTEM_REMINDER`] and [`Category::PLAY_VOICE`], but customer service
///   (<https://help.aliyun.com/document_detail/2835878.html>, an excerpt of November 2026).
/// - OPPO: [`Category::IM`] and [`Category::ACCOUNT`] are "communication and service"; news, content and
///   marketing are the other class (Tencent's header `V2TIMManager+Message.h` and
///   <https://trtc.io/document/77715>, read 2026-11-22). OPPO has more.
/// - vivo: [`Category::IM`], a system message (same sources). vivo has more.
///
/// ```
/// use tim_offline_push::message::Category;
///
/// assert_eq!(Category::new("IM"), Category::IM);
/// assert_eq!(Category::new("ORDER").as_str(), "ORDER");
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Category(pub(super) Cow<'static, str>);

impl Category {
    /// Chat.
    pub const IM: Self = Self::of("IM");
    /// Calls.
    pub const VOIP: Self = Self::of("VOIP");
    /// Subscriptions.
    pub const SUBSCRIPTION: Self = Self::of("SUBSCRIPTION");
    /// Travel.
    pub const TRAVEL: Self = Self::of("TRAVEL");
    /// Health.
    pub const HEALTH: Self = Self::of("HEALTH");
    /// Work.
    pub const WORK: Self = Self::of("WORK");
    /// Account.
    pub const ACCOUNT: Self = Self::of("ACCOUNT");
    /// Parcels.
    pub const EXPRESS: Self = Self::of("EXPRESS");
    /// Money.
    pub const FINANCE: Self = Self::of("FINANCE");
    /// A reminder of a device.
    pub const DEVICE_REMINDER: Self = Self::of("DEVICE_REMINDER");
    /// A reminder of the system.
    pub const SYSTEM_REMINDER: Self = Self::of("SYSTEM_REMINDER");
    /// Mail.
    pub const MAIL: Self = Self::of("MAIL");
    /// Messages read aloud.
    pub const PLAY_VOICE: Self = Self::of("PLAY_VOICE");
    /// Customer service.
    pub const CUSTOMER_SERVICE: Self = Self::of("CUSTOMER_SERVICE");
    /// News.
    pub const NEWS: Self = Self::of("NEWS");
    /// Content.
    pub const CONTENT: Self = Self::of("CONTENT");
    /// Marketing.
    pub const MARKETING: Self = Self::of("MARKETING");

    const fn of(text: &'static str) -> Self {
        Self(Cow::Borrowed(text))
    }

    /// The class with this name on the wire.
    pub fn new(text: &str) -> Self {
        Self(Cow::Owned(text.to_owned()))
    }

    /// The text on the wire.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lists = |vendor: &Vendor| message_classes(*vendor).contains(self.as_str());
        if Vendor::ALL.iter().any(lists) {
            write!(f, "Category({})", self.0)
        } else {
            write!(f, "Category([{} bytes])", self.0.len())
        }
    }
}

/// How prominently Huawei notifies, and the class of a message on Honor. Source:
/// <https://trtc.io/document/77715>, read 2026-11-22.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum MessageImportance {
    /// `LOW`: quietly on Huawei, marketing on Honor.
    Low,
    /// `NORMAL`: the ordinary way on Huawei, the server's default; service and communication on Honor.
    Normal,
}

impl MessageImportance {
    /// The text on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Low => "LOW",
            Self::Normal => "NORMAL",
        }
    }
}

/// How prominently iOS 15 and newer interrupts; unset means [`InterruptionLevel::Active`] to the server.
///
/// Source: Tencent's header `V2TIMManager+Message.h`, read 2026-11-22.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
}

impl InterruptionLevel {
    /// The text on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Passive => "passive",
            Self::Active => "active",
            Self::TimeSensitive => "time-sensitive",
            Self::Critical => "critical",
        }
    }
}

/// How soon FCM delivers. Source: <https://trtc.io/document/77715>, read 2026-11-22.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum FcmPriority {
    /// At once in the foreground, batched in the background.
    Normal,
    /// At once, and wakes the device.
    High,
}

impl FcmPriority {
    /// The text on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::High => "high",
        }
    }
}

/// The sound on iOS. `Debug` shows the length of a file's name only.
///
/// Source of the two constants: Tencent's header `V2TIMManager+Message.h`, read 2026-11-22.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct IosSound(pub(super) Cow<'static, str>);

impl IosSound {
    /// The system's sound.
    pub const DEFAULT: Self = Self(Cow::Borrowed("default"));
    /// No sound and no vibration.
    pub const NO_SOUND: Self = Self(Cow::Borrowed("push.no_sound"));

    /// A file in the app bundle, named with its suffix. A REST push plays at most 30 seconds of it
    /// (<https://trtc.io/document/77715>, read 2026-11-22).
    ///
    /// # Errors
    /// [`PushInfoError::SoundWithoutSuffix`].
    pub fn file(name: &str) -> Result<Self, PushInfoError> {
        if is_constant(name) || !has_suffix(name) {
            return Err(PushInfoError::SoundWithoutSuffix { field: Field::IosSound });
        }
        Ok(Self(Cow::Owned(name.to_owned())))
    }

    /// The text on the wire.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for IosSound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Cow::Borrowed(known) => write!(f, "IosSound({known})"),
            Cow::Owned(name) => write!(f, "IosSound([{} bytes])", name.len()),
        }
    }
}

/// Whether a sound on iOS is one of the two constants, and names no file.
fn is_constant(sound: &str) -> bool {
    [IosSound::DEFAULT, IosSound::NO_SOUND].iter().any(|known| known.as_str() == sound)
}

/// How prominently OPPO notifies. Source: <https://trtc.io/document/77715>, read 2026-11-22.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum OppoNotifyLevel {
    /// The notification bar (1).
    Bar = 1,
    /// Bar and lock screen (2), OPPO's own default.
    LockScreen = 2,
    /// Bar, lock screen, banner, vibration and sound (16).
    Banner = 16,
}

/// The former message class on vivo. Source: Tencent's header `V2TIMManager+Message.h`, read 2026-11-22.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum VivoClassification {
    /// An operation message (0).
    Operation = 0,
    /// A system message (1), which is what unset means.
    System = 1,
}

/// The message class on Meizu; unset (-1 in the SDKs), the console certificate decides. Source:
/// <https://trtc.io/document/77715>, read 2026-11-22.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum MeizuNotifyType {
    /// A public message (0).
    Public = 0,
    /// A private message (1).
    Private = 1,
}

/// How vivo notifies. Source: <https://cloud.tencent.com/document/product/269/121188>, read 2026-11-22.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum VivoNotifyType {
    /// Silently (1).
    Silent = 1,
    /// It rings (2).
    Ring = 2,
    /// It vibrates (3).
    Vibrate = 3,
    /// It rings and vibrates (4), vivo's default.
    RingAndVibrate = 4,
}

/// Why no constructor takes the text for the field. A reader may find it there all the same.
pub(super) fn fault(field: Field, text: &str) -> Option<PushInfoError> {
    use Field::{FcmImage, HarmonyImage, HonorImage, HuaweiImage, IosImage};
    let is_file = field == Field::HarmonySound || (field == Field::IosSound && !is_constant(text));
    if [IosImage, HuaweiImage, HonorImage, FcmImage, HarmonyImage].contains(&field) {
        (!is_https(text)).then_some(PushInfoError::NotHttps { field })
    } else if field == Field::AndroidSound {
        (!is_resource(text)).then_some(PushInfoError::SoundWithSuffix { field })
    } else {
        (is_file && !has_suffix(text)).then_some(PushInfoError::SoundWithoutSuffix { field })
    }
}

/// Whether a text can name a file of `res/raw` without its suffix.
fn is_resource(name: &str) -> bool {
    !name.is_empty()
        && !name.contains(|letter: char| matches!(letter, '.' | '/' | '\\') || letter.is_whitespace())
}

fn has_suffix(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(stem, suffix)| {
        !stem.is_empty() && !suffix.is_empty() && suffix.chars().all(|letter| letter.is_ascii_alphanumeric())
    })
}

/// Whether a text begins with `https://` and a host, and holds no white space, control character or
/// backslash.
fn is_https(url: &str) -> bool {
    url.split_once("://").is_some_and(|(scheme, rest)| {
        scheme.eq_ignore_ascii_case("https") && !rest.is_empty() && !rest.starts_with(['/', '?', '#', ':'])
    }) && !url.chars().any(|letter| letter.is_whitespace() || letter.is_control() || letter == '\\')
}
