//! The classes of messages and how prominently vendors notify of them.

use std::borrow::Cow;
use std::fmt;

use super::text::{UnknownNumber, UnknownText};
use crate::vendor::{Vendor, notification_rule};

/// The class of a message, which Huawei, HarmonyOS, OPPO and vivo ask for: a text such as `IM`.
///
/// Each vendor defines its own classes. The check of a push reports one that this crate does not know for its vendor; any text
/// can be given ([`Category::new`]). `Debug` shows the length of a text that is none of the constants.
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
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Category(Cow<'static, str>);

impl Category {
    /// Chat.
    pub const IM: Self = Self::known("IM");
    /// Calls.
    pub const VOIP: Self = Self::known("VOIP");
    /// Subscriptions.
    pub const SUBSCRIPTION: Self = Self::known("SUBSCRIPTION");
    /// Travel.
    pub const TRAVEL: Self = Self::known("TRAVEL");
    /// Health.
    pub const HEALTH: Self = Self::known("HEALTH");
    /// Work.
    pub const WORK: Self = Self::known("WORK");
    /// Account.
    pub const ACCOUNT: Self = Self::known("ACCOUNT");
    /// Parcels.
    pub const EXPRESS: Self = Self::known("EXPRESS");
    /// Money.
    pub const FINANCE: Self = Self::known("FINANCE");
    /// A reminder of a device.
    pub const DEVICE_REMINDER: Self = Self::known("DEVICE_REMINDER");
    /// A reminder of the system.
    pub const SYSTEM_REMINDER: Self = Self::known("SYSTEM_REMINDER");
    /// Mail.
    pub const MAIL: Self = Self::known("MAIL");
    /// Messages read aloud.
    pub const PLAY_VOICE: Self = Self::known("PLAY_VOICE");
    /// Customer service.
    pub const CUSTOMER_SERVICE: Self = Self::known("CUSTOMER_SERVICE");
    /// News.
    pub const NEWS: Self = Self::known("NEWS");
    /// Content.
    pub const CONTENT: Self = Self::known("CONTENT");
    /// Marketing.
    pub const MARKETING: Self = Self::known("MARKETING");

    const fn known(text: &'static str) -> Self {
        Self(Cow::Borrowed(text))
    }

    const DOCUMENTED: [Self; 17] = [
        Self::IM,
        Self::VOIP,
        Self::SUBSCRIPTION,
        Self::TRAVEL,
        Self::HEALTH,
        Self::WORK,
        Self::ACCOUNT,
        Self::EXPRESS,
        Self::FINANCE,
        Self::DEVICE_REMINDER,
        Self::SYSTEM_REMINDER,
        Self::MAIL,
        Self::PLAY_VOICE,
        Self::CUSTOMER_SERVICE,
        Self::NEWS,
        Self::CONTENT,
        Self::MARKETING,
    ];

    /// The class with this name on the wire.
    pub fn new(text: &str) -> Self {
        let known = Self::DOCUMENTED.into_iter().find(|known| known.as_str() == text);
        known.unwrap_or_else(|| Self(Cow::Owned(text.to_owned())))
    }

    /// The text on the wire.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a vendor documents the class.
    pub(super) fn is_documented(&self, vendor: Vendor) -> bool {
        notification_rule(vendor).is_some_and(|rule| rule.classes.contains(&self.as_str()))
    }

    /// Whether OPPO's notify level has an effect beside it. Not beside content and marketing; of an unknown one, it may.
    pub(super) fn takes_notify_level(&self) -> bool {
        ![Self::NEWS, Self::CONTENT, Self::MARKETING].contains(self)
    }
}

impl fmt::Debug for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Cow::Borrowed(known) => f.write_str(known),
            Cow::Owned(other) => write!(f, "[{} bytes]", other.len()),
        }
    }
}

/// How prominently Huawei notifies, and the class of a message on Honor. Source: <https://trtc.io/document/77715>, read
/// 2026-11-22.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum MessageImportance {
    /// `LOW`: quietly on Huawei, marketing on Honor.
    Low,
    /// `NORMAL`: the ordinary way on Huawei, the server's default; service and communication on Honor.
    Normal,
    /// Another text, as it was read.
    Unknown(UnknownText),
}

impl MessageImportance {
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
