//! What OPPO, vivo, Honor and Meizu alone use.

use super::PushInfoError;
use super::text::{RedactedText, UnknownNumber, UnknownText};

/// Options for OPPO, realme and OnePlus phones.
///
/// ```
/// use tim_offline_push::message::{Oppo, OppoCategory, OppoNotifyLevel};
///
/// let oppo = Oppo::new()
///     .with_channel("tuikit")
///     .with_category(OppoCategory::Im)
///     .with_notify_level(OppoNotifyLevel::Banner)?;
/// assert!(Oppo::new().with_notify_level(OppoNotifyLevel::Banner).is_err());
/// # Ok::<(), tim_offline_push::message::PushInfoError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Oppo {
    pub(super) channel: RedactedText,
    pub(super) category: Option<OppoCategory>,
    pub(super) notify_level: Option<OppoNotifyLevel>,
}

impl Oppo {
    /// Nothing set.
    pub fn new() -> Self {
        Self::default()
    }

    /// The notification channel. Since IM SDK 4.6.1. OPPO phones with Android 8 and newer show nothing without one, which
    /// the app makes under the same id as the console has (Tencent's Android offline-push document, 2021 edition).
    #[must_use]
    pub fn with_channel(mut self, channel: impl Into<String>) -> Self {
        self.channel = RedactedText::new(channel);
        self
    }

    /// The message class. Since IM SDK 8.3.6498.
    #[must_use]
    pub fn with_category(mut self, category: OppoCategory) -> Self {
        self.category = Some(category);
        self
    }

    /// How prominently OPPO notifies. Since IM SDK 8.3.6498. It needs a category of the class of IM (communication and service),
    /// so set that first. Source: Tencent's headers of 8.6 and 8.7.
    ///
    /// # Errors
    /// [`PushInfoError::NotifyLevelWithoutCategory`] without a category, or with one of content and marketing.
    pub fn with_notify_level(mut self, level: OppoNotifyLevel) -> Result<Self, PushInfoError> {
        if !self.category.as_ref().is_some_and(OppoCategory::takes_notify_level) {
            return Err(PushInfoError::NotifyLevelWithoutCategory);
        }
        self.notify_level = Some(level);
        Ok(self)
    }

    /// The notification channel.
    pub fn channel(&self) -> Option<&str> {
        self.channel.set()
    }

    /// The message class.
    pub const fn category(&self) -> Option<&OppoCategory> {
        self.category.as_ref()
    }

    /// How prominently OPPO notifies.
    pub const fn notify_level(&self) -> Option<OppoNotifyLevel> {
        self.notify_level
    }
}

/// The message class on OPPO. The first two are of the class "communication and service", the others of "content and
/// marketing". Sources: Tencent's header `V2TIMManager+Message.h` and <https://trtc.io/document/77715>, read 2026-11-22;
/// OPPO has more of them, which [`OppoCategory::from_text`] takes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum OppoCategory {
    /// Chat (`IM`).
    Im,
    /// Account (`ACCOUNT`).
    Account,
    /// News (`NEWS`).
    News,
    /// Content (`CONTENT`).
    Content,
    /// Marketing (`MARKETING`).
    Marketing,
    /// Another text, as it was read.
    Unknown(UnknownText),
}

impl OppoCategory {
    /// Whether a notify level has an effect beside it. Not beside content and marketing; of an unknown one, it may.
    pub(super) const fn takes_notify_level(&self) -> bool {
        match self {
            Self::Im | Self::Account | Self::Unknown(_) => true,
            Self::News | Self::Content | Self::Marketing => false,
        }
    }

    /// What a text on the wire means.
    pub fn from_text(text: &str) -> Self {
        match text {
            "IM" => Self::Im,
            "ACCOUNT" => Self::Account,
            "NEWS" => Self::News,
            "CONTENT" => Self::Content,
            "MARKETING" => Self::Marketing,
            other => Self::Unknown(UnknownText::new(other)),
        }
    }

    /// The text on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Im => "IM",
            Self::Account => "ACCOUNT",
            Self::News => "NEWS",
            Self::Content => "CONTENT",
            Self::Marketing => "MARKETING",
            Self::Unknown(other) => other.as_str(),
        }
    }
}

/// How prominently OPPO notifies. Source: <https://trtc.io/document/77715>, read 2026-11-22.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum OppoNotifyLevel {
    /// The notification bar (1).
    Bar,
    /// Bar and lock screen (2), OPPO's own default.
    LockScreen,
    /// Bar, lock screen, banner, vibration and sound (16).
    Banner,
    /// Another number, as it was read.
    Unknown(UnknownNumber),
}

impl OppoNotifyLevel {
    /// What a number on the wire means.
    pub const fn from_number(number: i64) -> Self {
        match number {
            1 => Self::Bar,
            2 => Self::LockScreen,
            16 => Self::Banner,
            other => Self::Unknown(UnknownNumber::new(other)),
        }
    }

    /// The number on the wire.
    pub const fn as_number(self) -> i64 {
        match self {
            Self::Bar => 1,
            Self::LockScreen => 2,
            Self::Banner => 16,
            Self::Unknown(other) => other.as_i64(),
        }
    }
}

/// The former message class on vivo. Source: Tencent's header `V2TIMManager+Message.h`, read 2026-11-22.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum VivoClassification {
    /// An operation message (0).
    Operation,
    /// A system message (1).
    #[default]
    System,
    /// Another number, as it was read.
    Unknown(UnknownNumber),
}

impl VivoClassification {
    /// What a number on the wire means.
    pub const fn from_number(number: i64) -> Self {
        match number {
            0 => Self::Operation,
            1 => Self::System,
            other => Self::Unknown(UnknownNumber::new(other)),
        }
    }

    /// The number on the wire.
    pub const fn as_number(self) -> i64 {
        match self {
            Self::Operation => 0,
            Self::System => 1,
            Self::Unknown(other) => other.as_i64(),
        }
    }
}

/// The message class on vivo. Sources: Tencent's header `V2TIMManager+Message.h` and <https://trtc.io/document/77715>, read
/// 2026-11-22; vivo has more of them, which [`VivoCategory::from_text`] takes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum VivoCategory {
    /// Chat (`IM`), a system message.
    Im,
    /// Marketing (`MARKETING`), an operation message.
    Marketing,
    /// Another text, as it was read.
    Unknown(UnknownText),
}

impl VivoCategory {
    /// What a text on the wire means.
    pub fn from_text(text: &str) -> Self {
        match text {
            "IM" => Self::Im,
            "MARKETING" => Self::Marketing,
            other => Self::Unknown(UnknownText::new(other)),
        }
    }

    /// The text on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Im => "IM",
            Self::Marketing => "MARKETING",
            Self::Unknown(other) => other.as_str(),
        }
    }
}

/// The message class on Honor. Source: <https://trtc.io/document/77715>, read 2026-11-22.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum HonorImportance {
    /// Marketing (`LOW`).
    Low,
    /// Service and communication (`NORMAL`).
    Normal,
    /// Another text, as it was read.
    Unknown(UnknownText),
}

impl HonorImportance {
    /// What a text on the wire means.
    pub fn from_text(text: &str) -> Self {
        match text {
            "LOW" => Self::Low,
            "NORMAL" => Self::Normal,
            other => Self::Unknown(UnknownText::new(other)),
        }
    }

    /// The text on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Low => "LOW",
            Self::Normal => "NORMAL",
            Self::Unknown(other) => other.as_str(),
        }
    }
}

/// The message class on Meizu; unset (-1 in the SDKs), the console certificate decides. Source:
/// <https://trtc.io/document/77715>, read 2026-11-22.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum MeizuNotifyType {
    /// A public message (0).
    Public,
    /// A private message (1).
    Private,
    /// Another number, as it was read.
    Unknown(UnknownNumber),
}

impl MeizuNotifyType {
    /// What a number on the wire means.
    pub const fn from_number(number: i64) -> Self {
        match number {
            0 => Self::Public,
            1 => Self::Private,
            other => Self::Unknown(UnknownNumber::new(other)),
        }
    }

    /// The number on the wire.
    pub const fn as_number(self) -> i64 {
        match self {
            Self::Public => 0,
            Self::Private => 1,
            Self::Unknown(other) => other.as_i64(),
        }
    }
}
