use super::field::{Field, PushInfoError};
use super::text::{self, RedactedText, UnknownText};

/// Options for HarmonyOS NEXT. Earlier HarmonyOS phones run Android and take [`Huawei`](super::Huawei)'s.
///
/// ```
/// use tim_offline_push::message::{Harmony, HarmonyCategory};
///
/// let harmony = Harmony::new().with_category(HarmonyCategory::Im).with_badge_ignored();
/// assert!(harmony.ignore_badge());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Harmony {
    pub(super) title: RedactedText,
    pub(super) image: RedactedText,
    pub(super) category: Option<HarmonyCategory>,
    pub(super) ignore_badge: bool,
    pub(super) sound: RedactedText,
    pub(super) sound_duration: Option<i64>,
}

impl Harmony {
    /// The shortest and the longest time that a sound plays, in seconds
    /// (<https://trtc.io/document/77715>, read 2026-11-22).
    pub const SOUND_SECONDS: (i64, i64) = (1, 60);

    /// Nothing set.
    pub fn new() -> Self {
        Self::default()
    }

    /// A title for HarmonyOS alone. The C API (newer libraries) and REST carry it.
    #[must_use]
    pub fn with_title(mut self, title: impl Into<String>) -> Self {
        self.title = RedactedText::new(title);
        self
    }

    /// An image by HTTPS: png, jpg, jpeg, heif, gif or bmp of less than 25,000 pixels. Since IM SDK 8.1.6122 (Tencent's
    /// header `V2TIMManager+Message.h`, read 2026-11-22).
    ///
    /// # Errors
    /// [`PushInfoError::NotHttps`].
    pub fn with_image(mut self, url: impl Into<String>) -> Result<Self, PushInfoError> {
        self.image = text::https(Field::HarmonyImage, url)?;
        Ok(self)
    }

    /// The message class. Since IM SDK 8.1.6122.
    #[must_use]
    pub fn with_category(mut self, category: HarmonyCategory) -> Self {
        self.category = Some(category);
        self
    }

    /// Leaves the message out of the badge. Since IM SDK 8.1.6122; REST does not carry it.
    #[must_use]
    pub fn with_badge_ignored(mut self) -> Self {
        self.ignore_badge = true;
        self
    }

    /// The sound: a file of `resources/rawfile`, named with its suffix. REST only.
    ///
    /// # Errors
    /// [`PushInfoError::SoundWithoutSuffix`].
    pub fn with_sound(mut self, name: impl Into<String>) -> Result<Self, PushInfoError> {
        self.sound = text::raw_file(Field::HarmonySound, name)?;
        Ok(self)
    }

    /// How long the sound plays, in seconds, 1 to 60. REST only; it has an effect only beside a sound.
    ///
    /// # Errors
    /// [`PushInfoError::OutOfRange`].
    pub fn with_sound_duration(mut self, seconds: u8) -> Result<Self, PushInfoError> {
        let (min, max) = Self::SOUND_SECONDS;
        let seconds = i64::from(seconds);
        if !(min..=max).contains(&seconds) {
            return Err(PushInfoError::OutOfRange { field: Field::HarmonySoundDuration, min, max });
        }
        self.sound_duration = Some(seconds);
        Ok(self)
    }

    /// The title for HarmonyOS alone.
    pub fn title(&self) -> Option<&str> {
        self.title.set()
    }

    /// The address of the image.
    pub fn image(&self) -> Option<&str> {
        self.image.set()
    }

    /// The message class.
    pub const fn category(&self) -> Option<&HarmonyCategory> {
        self.category.as_ref()
    }

    /// Whether the message is left out of the badge.
    pub const fn ignore_badge(&self) -> bool {
        self.ignore_badge
    }

    /// The name of the sound file.
    pub fn sound(&self) -> Option<&str> {
        self.sound.set()
    }

    /// How long the sound plays, in seconds; as it was read it may be outside [`Harmony::SOUND_SECONDS`].
    pub const fn sound_duration(&self) -> Option<i64> {
        self.sound_duration
    }
}

/// The message class on HarmonyOS NEXT. They are not Huawei's: there is a class for customer service, and none for the
/// system's reminders and spoken news. Source: <https://help.aliyun.com/document_detail/2835878.html>, an excerpt of
/// November 2026.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum HarmonyCategory {
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
    /// Mail (`MAIL`).
    Mail,
    /// Customer service (`CUSTOMER_SERVICE`).
    CustomerService,
    /// Marketing (`MARKETING`).
    Marketing,
    /// Another text, as it was read.
    Unknown(UnknownText),
}

impl HarmonyCategory {
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
            "MAIL" => Self::Mail,
            "CUSTOMER_SERVICE" => Self::CustomerService,
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
            Self::Mail => "MAIL",
            Self::CustomerService => "CUSTOMER_SERVICE",
            Self::Marketing => "MARKETING",
            Self::Unknown(other) => other.as_str(),
        }
    }
}
