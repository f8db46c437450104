use super::text::{self, RedactedText, UnknownText};
use super::{Field, PushInfoError};

/// Options for Huawei phones.
///
/// ```
/// use tim_offline_push::message::{Huawei, HuaweiCategory};
///
/// let huawei = Huawei::new().with_category(HuaweiCategory::Im).with_image("https://example.com/denny.png")?;
/// assert_eq!(huawei.category(), Some(&HuaweiCategory::Im));
/// # Ok::<(), tim_offline_push::message::PushInfoError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Huawei {
    pub(super) category: Option<HuaweiCategory>,
    pub(super) image: RedactedText,
    pub(super) importance: Option<HuaweiImportance>,
    pub(super) channel: RedactedText,
    pub(super) ext_as_intent_param: Option<bool>,
}

impl Huawei {
    /// Nothing set.
    pub fn new() -> Self {
        Self::default()
    }

    /// The message class. Since IM SDK 7.0.3754. The app needs the right to classify its own messages.
    #[must_use]
    pub fn with_category(mut self, category: HuaweiCategory) -> Self {
        self.category = Some(category);
        self
    }

    /// A small image by HTTPS, under 512 KB, 40 dp. Since IM SDK 8.0.5895 (Tencent's header `V2TIMManager+Message.h`, read
    /// 2026-11-22).
    ///
    /// # Errors
    /// [`PushInfoError::NotHttps`].
    pub fn with_image(mut self, url: impl Into<String>) -> Result<Self, PushInfoError> {
        self.image = text::https(Field::HuaweiImage, url)?;
        Ok(self)
    }

    /// How prominently Huawei notifies. REST only.
    #[must_use]
    pub fn with_importance(mut self, importance: HuaweiImportance) -> Self {
        self.importance = Some(importance);
        self
    }

    /// The notification channel, EMUI 10 and newer. REST only.
    #[must_use]
    pub fn with_channel(mut self, channel: impl Into<String>) -> Self {
        self.channel = RedactedText::new(channel);
        self
    }

    /// Whether the ext reaches a page of the app as a parameter of the intent (`true`) or of the action (`false`). REST
    /// only. An older document says that unset means `false`; the newer one leaves it open
    /// (<https://trtc.io/document/77715>, read 2026-11-22).
    #[must_use]
    pub fn with_ext_as_intent_param(mut self, as_intent_param: bool) -> Self {
        self.ext_as_intent_param = Some(as_intent_param);
        self
    }

    /// The message class.
    pub const fn category(&self) -> Option<&HuaweiCategory> {
        self.category.as_ref()
    }

    /// The address of the image.
    pub fn image(&self) -> Option<&str> {
        self.image.set()
    }

    /// How prominently Huawei notifies.
    pub const fn importance(&self) -> Option<&HuaweiImportance> {
        self.importance.as_ref()
    }

    /// The notification channel.
    pub fn channel(&self) -> Option<&str> {
        self.channel.set()
    }

    /// Whether the ext reaches a page of the app as a parameter of the intent.
    pub const fn ext_as_intent_param(&self) -> Option<bool> {
        self.ext_as_intent_param
    }
}

/// The message class on Huawei. All but [`HuaweiCategory::Marketing`] are of the class "service and
/// communication". Source: <https://help.aliyun.com/document_detail/436435.html>, read 2026-11-22.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum HuaweiCategory {
    /// Chat (`IM`).
    Im,
    /// Calls (`VOIP`).
    Voip,
    /// Subscriptions (`SUBSCRIPTION`).
    Subscription,
    /// Travel (`TRAVEL`).
    Travel,
    /// Health (`HEALTH`).
    Health,
    /// Work (`WORK`).
    Work,
    /// Account (`ACCOUNT`).
    Account,
    /// Parcels (`EXPRESS`).
    Express,
    /// Money (`FINANCE`).
    Finance,
    /// A device's reminder (`DEVICE_REMINDER`).
    DeviceReminder,
    /// The system's reminder (`SYSTEM_REMINDER`).
    SystemReminder,
    /// Mail (`MAIL`).
    Mail,
    /// Spoken news (`PLAY_VOICE`).
    PlayVoice,
    /// Marketing (`MARKETING`).
    Marketing,
    /// Another text, as it was read.
    Unknown(UnknownText),
}

impl HuaweiCategory {
    /// What a text on the wire means.
    pub fn from_text(text: &str) -> Self {
        match text {
            "IM" => Self::Im,
            "VOIP" => Self::Voip,
            "SUBSCRIPTION" => Self::Subscription,
            "TRAVEL" => Self::Travel,
            "HEALTH" => Self::Health,
            "WORK" => Self::Work,
            "ACCOUNT" => Self::Account,
            "EXPRESS" => Self::Express,
            "FINANCE" => Self::Finance,
            "DEVICE_REMINDER" => Self::DeviceReminder,
            "SYSTEM_REMINDER" => Self::SystemReminder,
            "MAIL" => Self::Mail,
            "PLAY_VOICE" => Self::PlayVoice,
            "MARKETING" => Self::Marketing,
            other => Self::Unknown(UnknownText::new(other)),
        }
    }

    /// The text on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Im => "IM",
            Self::Voip => "VOIP",
            Self::Subscription => "SUBSCRIPTION",
            Self::Travel => "TRAVEL",
            Self::Health => "HEALTH",
            Self::Work => "WORK",
            Self::Account => "ACCOUNT",
            Self::Express => "EXPRESS",
            Self::Finance => "FINANCE",
            Self::DeviceReminder => "DEVICE_REMINDER",
            Self::SystemReminder => "SYSTEM_REMINDER",
            Self::Mail => "MAIL",
            Self::PlayVoice => "PLAY_VOICE",
            Self::Marketing => "MARKETING",
            Self::Unknown(other) => other.as_str(),
        }
    }
}

/// How prominently Huawei notifies. Source: <https://trtc.io/document/77715>, read 2026-11-22.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum HuaweiImportance {
    /// Quietly (`LOW`).
    Low,
    /// The ordinary way (`NORMAL`), the server's default.
    Normal,
    /// Another text, as it was read.
    Unknown(UnknownText),
}

impl HuaweiImportance {
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
