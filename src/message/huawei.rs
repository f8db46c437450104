//! Options for Huawei's two systems: Android with HMS, and HarmonyOS NEXT.

use std::ops::RangeInclusive;

use super::value::Fields;
use super::{Category, Field, MessageImportance, PushInfoError};

/// Options for Huawei phones.
///
/// ```
/// use tim_offline_push::message::{Huawei, Category};
///
/// let huawei = Huawei::new().with_category(Category::IM).with_image("https://example.com/denny.png")?;
/// assert_eq!(huawei.category(), Some(Category::IM));
/// # Ok::<(), tim_offline_push::message::PushInfoError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Huawei(pub(super) Fields);

impl Huawei {
    /// Nothing set.
    pub fn new() -> Self {
        Self::default()
    }

    /// The message class. Since IM SDK 7.0.3754. The app needs the right to classify its own messages.
    #[must_use]
    pub fn with_category(self, category: Category) -> Self {
        Self(self.0.with(Field::HuaweiCategory, category.0))
    }

    /// A small image by HTTPS, under 512 KB, 40 dp. Since IM SDK 8.0.5895 (Tencent's header `V2TIMManager+Message.h`, read
    /// 2026-11-22).
    ///
    /// # Errors
    /// [`PushInfoError::NotHttps`].
    pub fn with_image(self, url: impl Into<String>) -> Result<Self, PushInfoError> {
        self.0.with_image(Field::HuaweiImage, url.into()).map(Self)
    }

    /// How prominently Huawei notifies. REST only.
    #[must_use]
    pub fn with_importance(self, importance: MessageImportance) -> Self {
        Self(self.0.with(Field::HuaweiImportance, importance.0))
    }

    /// The notification channel, EMUI 10 and newer. REST only.
    #[must_use]
    pub fn with_channel(self, channel: impl Into<String>) -> Self {
        Self(self.0.with(Field::HuaweiChannel, channel.into()))
    }

    /// Whether the ext reaches a page of the app as a parameter of the intent (`true`) or of the action (`false`). REST
    /// only. An older document says that unset means `false`; the newer one leaves it open
    /// (<https://trtc.io/document/77715>, read 2026-11-22).
    #[must_use]
    pub fn with_ext_as_intent_param(self, as_intent_param: bool) -> Self {
        Self(self.0.with(Field::HuaweiExtAsIntentParam, as_intent_param))
    }

    /// The message class.
    pub fn category(&self) -> Option<Category> {
        self.0.text(Field::HuaweiCategory).map(Category::new)
    }

    /// The address of the image.
    pub fn image(&self) -> Option<&str> {
        self.0.text(Field::HuaweiImage)
    }

    /// How prominently Huawei notifies.
    pub fn importance(&self) -> Option<MessageImportance> {
        self.0.text(Field::HuaweiImportance).map(MessageImportance::from_text)
    }

    /// The notification channel.
    pub fn channel(&self) -> Option<&str> {
        self.0.text(Field::HuaweiChannel)
    }

    /// Whether the ext reaches a page of the app as a parameter of the intent.
    pub fn ext_as_intent_param(&self) -> Option<bool> {
        self.0.flag(Field::HuaweiExtAsIntentParam)
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
pub struct Harmony(pub(super) Fields);

impl Harmony {
    /// The shortest and the longest time that a sound plays, in seconds
    /// (<https://trtc.io/document/77715>, read 2026-11-22).
    pub const SOUND_SECONDS: RangeInclusive<i64> = 1..=60;

    /// Nothing set.
    pub fn new() -> Self {
        Self::default()
    }

    /// A title for HarmonyOS alone. The C API (newer libraries) and REST carry it.
    #[must_use]
    pub fn with_title(self, title: impl Into<String>) -> Self {
        Self(self.0.with(Field::HarmonyTitle, title.into()))
    }

    /// An image by HTTPS: png, jpg, jpeg, heif, gif or bmp of less than 25,000 pixels. Since IM SDK 8.1.6122 (Tencent's
    /// header `V2TIMManager+Message.h`, read 2026-11-22).
    ///
    /// # Errors
    /// [`PushInfoError::NotHttps`].
    pub fn with_image(self, url: impl Into<String>) -> Result<Self, PushInfoError> {
        self.0.with_image(Field::HarmonyImage, url.into()).map(Self)
    }

    /// The message class. Since IM SDK 8.1.6122.
    #[must_use]
    pub fn with_category(self, category: Category) -> Self {
        Self(self.0.with(Field::HarmonyCategory, category.0))
    }

    /// Leaves the message out of the badge. Since IM SDK 8.1.6122; REST does not carry it.
    #[must_use]
    pub fn with_badge_ignored(self) -> Self {
        Self(self.0.with(Field::HarmonyIgnoreBadge, true))
    }

    /// The sound: a file of `resources/rawfile`, named with its suffix. REST only.
    ///
    /// # Errors
    /// [`PushInfoError::SoundWithoutSuffix`].
    pub fn with_sound(self, name: impl Into<String>) -> Result<Self, PushInfoError> {
        self.0.with_file(Field::HarmonySound, name.into()).map(Self)
    }

    /// How long the sound plays, in seconds, 1 to 60. REST only; it has an effect only beside a sound.
    ///
    /// # Errors
    /// [`PushInfoError::OutOfRange`].
    pub fn with_sound_duration(self, seconds: u8) -> Result<Self, PushInfoError> {
        self.0.with_number(Field::HarmonySoundDuration, seconds.into(), Self::SOUND_SECONDS).map(Self)
    }

    /// The title for HarmonyOS alone.
    pub fn title(&self) -> Option<&str> {
        self.0.text(Field::HarmonyTitle)
    }

    /// The address of the image.
    pub fn image(&self) -> Option<&str> {
        self.0.text(Field::HarmonyImage)
    }

    /// The message class.
    pub fn category(&self) -> Option<Category> {
        self.0.text(Field::HarmonyCategory).map(Category::new)
    }

    /// Whether the message is left out of the badge.
    pub fn ignore_badge(&self) -> bool {
        self.0.has(Field::HarmonyIgnoreBadge)
    }

    /// The name of the sound file.
    pub fn sound(&self) -> Option<&str> {
        self.0.text(Field::HarmonySound)
    }

    /// How long the sound plays, in seconds; as it was read it may be outside [`Harmony::SOUND_SECONDS`].
    pub fn sound_duration(&self) -> Option<i64> {
        self.0.number(Field::HarmonySoundDuration)
    }
}
