//! What some fields take: the texts and numbers that documents list, sounds and image addresses.
//!
//! A text or number that no document lists can be given too, since vendors add some. The check of a push reports it.

use std::borrow::Cow;
use std::fmt;
use std::ops::RangeInclusive;

use serde_json::Value;

use super::field::{Field, Kind, NESTED, PushInfoError};
use super::value::{Fields, Value as Stored};
use crate::json::Json;

/// A text that may be one of a type's constants. `Debug` shows a text that a document lists, and of any other the length.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Word(Cow<'static, str>);

impl Word {
    const fn known(text: &'static str) -> Self {
        Self(Cow::Borrowed(text))
    }

    fn of(text: &str) -> Self {
        Self(Cow::Owned(text.to_owned()))
    }
}

impl From<Word> for Stored {
    fn from(word: Word) -> Self {
        Self::Text(word.0.into())
    }
}

impl fmt::Debug for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.as_ref() {
            text if LISTED.contains(&text) => f.write_str(text),
            other => write!(f, "[{} bytes]", other.len()),
        }
    }
}

/// The constants of all types here.
const LISTED: [&str; 27] = [
    "IM",
    "VOIP",
    "SUBSCRIPTION",
    "TRAVEL",
    "HEALTH",
    "WORK",
    "ACCOUNT",
    "EXPRESS",
    "FINANCE",
    "DEVICE_REMINDER",
    "SYSTEM_REMINDER",
    "MAIL",
    "PLAY_VOICE",
    "CUSTOMER_SERVICE",
    "NEWS",
    "CONTENT",
    "MARKETING",
    "LOW",
    "NORMAL",
    "passive",
    "active",
    "time-sensitive",
    "critical",
    "normal",
    "high",
    "default",
    "push.no_sound",
];

/// The class of a message, which Huawei, HarmonyOS, OPPO and vivo ask for: a text such as `IM`.
///
/// Each vendor defines its own classes. The check of a push reports one that this crate does not know for its vendor; any text
/// can be given ([`Category::new`]). `Debug` shows the constants, and of any other text the length.
///
/// - Huawei: all constants but [`Category::CUSTOMER_SERVICE`], [`Category::NEWS`] and [`Category::CONTENT`]. All but marketing
///   are "service and communication" (<https://help.aliyun.com/document_detail/436435.html>, read 2026-11-22).
/// - HarmonyOS: not [`Category::SYSTEM_REMINDER`] and [`Category::PLAY_VOICE`], but customer service
///   (<https://help.aliyun.com/document_detail/2835878.html>, an excerpt of November 2026).
/// - OPPO: [`Category::IM`] and [`Category::ACCOUNT`] are "communication and service"; news, content and marketing are the
///   other class (Tencent's header `V2TIMManager+Message.h` and <https://trtc.io/document/77715>, read 2026-11-22). OPPO has
///   more.
/// - vivo: [`Category::IM`], a system message (same sources). vivo has more.
///
/// ```
/// use tim_offline_push::message::Category;
///
/// assert_eq!(Category::new("IM"), Category::IM);
/// assert_eq!(Category::new("ORDER").as_str(), "ORDER");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Category(pub(super) Word);

impl Category {
    /// Chat.
    pub const IM: Self = Self(Word::known("IM"));
    /// Calls.
    pub const VOIP: Self = Self(Word::known("VOIP"));
    /// Subscriptions.
    pub const SUBSCRIPTION: Self = Self(Word::known("SUBSCRIPTION"));
    /// Travel.
    pub const TRAVEL: Self = Self(Word::known("TRAVEL"));
    /// Health.
    pub const HEALTH: Self = Self(Word::known("HEALTH"));
    /// Work.
    pub const WORK: Self = Self(Word::known("WORK"));
    /// Account.
    pub const ACCOUNT: Self = Self(Word::known("ACCOUNT"));
    /// Parcels.
    pub const EXPRESS: Self = Self(Word::known("EXPRESS"));
    /// Money.
    pub const FINANCE: Self = Self(Word::known("FINANCE"));
    /// A reminder of a device.
    pub const DEVICE_REMINDER: Self = Self(Word::known("DEVICE_REMINDER"));
    /// A reminder of the system.
    pub const SYSTEM_REMINDER: Self = Self(Word::known("SYSTEM_REMINDER"));
    /// Mail.
    pub const MAIL: Self = Self(Word::known("MAIL"));
    /// Messages read aloud.
    pub const PLAY_VOICE: Self = Self(Word::known("PLAY_VOICE"));
    /// Customer service.
    pub const CUSTOMER_SERVICE: Self = Self(Word::known("CUSTOMER_SERVICE"));
    /// News.
    pub const NEWS: Self = Self(Word::known("NEWS"));
    /// Content.
    pub const CONTENT: Self = Self(Word::known("CONTENT"));
    /// Marketing.
    pub const MARKETING: Self = Self(Word::known("MARKETING"));

    /// The class with this name on the wire.
    pub fn new(text: &str) -> Self {
        Self(Word::of(text))
    }

    /// The text on the wire.
    pub fn as_str(&self) -> &str {
        &self.0.0
    }
}

/// How prominently Huawei notifies, and the class of a message on Honor. Source: <https://trtc.io/document/77715>, read
/// 2026-11-22.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MessageImportance(pub(super) Word);

impl MessageImportance {
    /// `LOW`: quietly on Huawei, marketing on Honor.
    pub const LOW: Self = Self(Word::known("LOW"));
    /// `NORMAL`: the ordinary way on Huawei, the server's default; service and communication on Honor.
    pub const NORMAL: Self = Self(Word::known("NORMAL"));

    /// What a text on the wire means.
    pub fn from_text(text: &str) -> Self {
        Self(Word::of(text))
    }

    /// The text on the wire.
    pub fn as_str(&self) -> &str {
        &self.0.0
    }
}

/// How prominently iOS 15 and newer interrupts; unset means [`InterruptionLevel::ACTIVE`] to the server.
///
/// Source: Tencent's header `V2TIMManager+Message.h`, read 2026-11-22.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InterruptionLevel(pub(super) Word);

impl InterruptionLevel {
    /// No sound, no lit screen.
    pub const PASSIVE: Self = Self(Word::known("passive"));
    /// The ordinary one.
    pub const ACTIVE: Self = Self(Word::known("active"));
    /// Breaks through Focus. The app needs the entitlement.
    pub const TIME_SENSITIVE: Self = Self(Word::known("time-sensitive"));
    /// Breaks through the mute switch. The app needs Apple's approval.
    pub const CRITICAL: Self = Self(Word::known("critical"));

    /// What a text on the wire means.
    pub fn from_text(text: &str) -> Self {
        Self(Word::of(text))
    }

    /// The text on the wire.
    pub fn as_str(&self) -> &str {
        &self.0.0
    }
}

/// How soon FCM delivers. Source: <https://trtc.io/document/77715>, read 2026-11-22.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FcmPriority(pub(super) Word);

impl FcmPriority {
    /// At once in the foreground, batched in the background.
    pub const NORMAL: Self = Self(Word::known("normal"));
    /// At once, and wakes the device.
    pub const HIGH: Self = Self(Word::known("high"));

    /// What a text on the wire means.
    pub fn from_text(text: &str) -> Self {
        Self(Word::of(text))
    }

    /// The text on the wire.
    pub fn as_str(&self) -> &str {
        &self.0.0
    }
}

/// The sound on iOS. `Debug` shows the length of a file's name only.
///
/// Source of the two constants: Tencent's header `V2TIMManager+Message.h`, read 2026-11-22.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IosSound(pub(super) Word);

impl IosSound {
    /// The system's sound.
    pub const DEFAULT: Self = Self(Word::known("default"));
    /// No sound and no vibration.
    pub const NO_SOUND: Self = Self(Word::known("push.no_sound"));

    /// A file in the app bundle, named with its suffix. A REST push plays at most 30 seconds of it
    /// (<https://trtc.io/document/77715>, read 2026-11-22).
    ///
    /// # Errors
    /// [`PushInfoError::SoundWithoutSuffix`].
    pub fn file(name: &str) -> Result<Self, PushInfoError> {
        Some(Self::from_text(name))
            .filter(|sound| sound.is_file() && has_suffix(name))
            .ok_or(PushInfoError::SoundWithoutSuffix { field: Field::IosSound })
    }

    /// What a text on the wire means.
    pub fn from_text(text: &str) -> Self {
        Self(Word::of(text))
    }

    /// The text on the wire. The name of a file that was read may lack its suffix.
    pub fn as_str(&self) -> &str {
        &self.0.0
    }

    /// Whether it names a file.
    pub(super) fn is_file(&self) -> bool {
        ![Self::DEFAULT, Self::NO_SOUND].contains(self)
    }
}

/// How prominently OPPO notifies. Source: <https://trtc.io/document/77715>, read 2026-11-22.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OppoNotifyLevel(i64);

impl OppoNotifyLevel {
    /// The notification bar (1).
    pub const BAR: Self = Self(1);
    /// Bar and lock screen (2), OPPO's own default.
    pub const LOCK_SCREEN: Self = Self(2);
    /// Bar, lock screen, banner, vibration and sound (16).
    pub const BANNER: Self = Self(16);

    /// What a number on the wire means.
    pub const fn from_number(number: i64) -> Self {
        Self(number)
    }

    /// The number on the wire.
    pub const fn as_number(self) -> i64 {
        self.0
    }
}

/// The former message class on vivo. Source: Tencent's header `V2TIMManager+Message.h`, read 2026-11-22.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VivoClassification(i64);

impl VivoClassification {
    /// An operation message (0).
    pub const OPERATION: Self = Self(0);
    /// A system message (1).
    pub const SYSTEM: Self = Self(1);

    /// What a number on the wire means.
    pub const fn from_number(number: i64) -> Self {
        Self(number)
    }

    /// The number on the wire.
    pub const fn as_number(self) -> i64 {
        self.0
    }
}

impl Default for VivoClassification {
    fn default() -> Self {
        Self::SYSTEM
    }
}

/// The message class on Meizu; unset (-1 in the SDKs), the console certificate decides. Source:
/// <https://trtc.io/document/77715>, read 2026-11-22.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MeizuNotifyType(i64);

impl MeizuNotifyType {
    /// A public message (0).
    pub const PUBLIC: Self = Self(0);
    /// A private message (1).
    pub const PRIVATE: Self = Self(1);

    /// What a number on the wire means.
    pub const fn from_number(number: i64) -> Self {
        Self(number)
    }

    /// The number on the wire.
    pub const fn as_number(self) -> i64 {
        self.0
    }
}

/// How vivo notifies. Source: <https://cloud.tencent.com/document/product/269/121188>, read 2026-11-22.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VivoNotifyType(i64);

impl VivoNotifyType {
    /// Silently (1).
    pub const SILENT: Self = Self(1);
    /// It rings (2).
    pub const RING: Self = Self(2);
    /// It vibrates (3).
    pub const VIBRATE: Self = Self(3);
    /// It rings and vibrates (4), vivo's default.
    pub const RING_AND_VIBRATE: Self = Self(4);

    /// What a number on the wire means.
    pub const fn from_number(number: i64) -> Self {
        Self(number)
    }

    /// The number on the wire.
    pub const fn as_number(self) -> i64 {
        self.0
    }
}

/// What a host may set.
impl Fields {
    /// The address of an image, if it is one by HTTPS.
    pub(super) fn with_image(self, field: Field, url: String) -> Result<Self, PushInfoError> {
        if is_https(&url) { Ok(self.with(field, url)) } else { Err(PushInfoError::NotHttps { field }) }
    }

    /// The name of an Android sound resource.
    pub(super) fn with_resource(self, field: Field, name: String) -> Result<Self, PushInfoError> {
        if is_resource(&name) {
            Ok(self.with(field, name))
        } else {
            Err(PushInfoError::SoundWithSuffix { field })
        }
    }

    /// The name of a sound file that only needs to be there.
    pub(super) fn with_file(self, field: Field, name: String) -> Result<Self, PushInfoError> {
        if has_suffix(&name) {
            Ok(self.with(field, name))
        } else {
            Err(PushInfoError::SoundWithoutSuffix { field })
        }
    }

    /// A number, if it lies in the range.
    pub(super) fn with_number(
        self,
        field: Field,
        number: i64,
        range: RangeInclusive<i64>,
    ) -> Result<Self, PushInfoError> {
        if range.contains(&number) {
            return Ok(self.with(field, number));
        }
        Err(PushInfoError::OutOfRange { field, min: *range.start(), max: *range.end() })
    }

    /// A JSON value, of the type that the field needs.
    pub(super) fn with_json(self, field: Field, value: &Value) -> Result<Self, PushInfoError> {
        json_of_host(field, value).map(|json| self.with(field, json))
    }
}

/// Takes a value of the host for a field that needs an array or an object.
pub(super) fn json_of_host(field: Field, value: &Value) -> Result<Json, PushInfoError> {
    let is_list = matches!(field.kind(), Kind::Array);
    let (fits, expected) = if is_list { (value.is_array(), "array") } else { (value.is_object(), "object") };
    if !fits {
        return Err(PushInfoError::WrongJsonType { field, expected });
    }
    Json::from_value(value, NESTED.depth).ok_or(PushInfoError::TooDeep { field, limit: NESTED.depth })
}

/// Whether a text can name a file of `res/raw` without its suffix.
pub(super) fn is_resource(name: &str) -> bool {
    !name.is_empty()
        && !name.contains(|letter: char| matches!(letter, '.' | '/' | '\\') || letter.is_whitespace())
}

pub(super) fn has_suffix(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(stem, suffix)| {
        !stem.is_empty() && !suffix.is_empty() && suffix.chars().all(|letter| letter.is_ascii_alphanumeric())
    })
}

/// Whether a text begins with `https://` and a host, and holds no white space, control character or backslash.
pub(super) fn is_https(url: &str) -> bool {
    url.split_once("://").is_some_and(|(scheme, rest)| {
        scheme.eq_ignore_ascii_case("https") && !rest.is_empty() && !rest.starts_with(['/', '?', '#', ':'])
    }) && !url.chars().any(|letter| letter.is_whitespace() || letter.is_control() || letter == '\\')
}
