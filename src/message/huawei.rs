//! Options for Huawei's two systems: Android with HMS, and HarmonyOS NEXT.

use super::text::{self, RedactedText};
use super::{Category, Field, MessageImportance, PushInfoError};

/// Options for Huawei phones.
///
/// ```
/// use tim_offline_push::message::{Huawei, Category};
///
/// let huawei = Huawei::new().with_category(Category::IM).with_image("https://example.com/denny.png")?;
/// assert_eq!(huawei.category(), Some(&Category::IM));
/// # Ok::<(), tim_offline_push::message::PushInfoError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Huawei {
    pub(super) category: Option<Category>,
    pub(super) image: RedactedText,
    pub(super) importance: Option<MessageImportance>,
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
    pub fn with_category(mut self, category: Category) -> Self {
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
    pub fn with_importance(mut self, importance: MessageImportance) -> Self {
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
    pub const fn category(&self) -> Option<&Category> {
        self.category.as_ref()
    }

    /// The address of the image.
    pub fn image(&self) -> Option<&str> {
        self.image.set()
    }

    /// How prominently Huawei notifies.
    pub const fn importance(&self) -> Option<&MessageImportance> {
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

/// Options for HarmonyOS NEXT. Earlier HarmonyOS phones run Android and take [`Huawei`](super::Huawei)'s.
///
/// ```
/// use tim_offline_push::message::{Harmony, Category};
///
/// let harmony = Harmony::new().with_category(Category::IM).with_badge_ignored();
/// assert!(harmony.ignore_badge());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Harmony {
    pub(super) title: RedactedText,
    pub(super) image: RedactedText,
    pub(super) category: Option<Category>,
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
    pub fn with_category(mut self, category: Category) -> Self {
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
    pub const fn category(&self) -> Option<&Category> {
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
