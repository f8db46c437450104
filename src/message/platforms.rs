//! Options for Apple's systems and for HarmonyOS NEXT.

use std::ops::RangeInclusive;

use serde_json::Value;

use super::value::Fields;
use super::{Category, Field, InterruptionLevel, IosSound, PushInfoError};

/// Options for iPhones and iPads.
///
/// ```
/// use tim_offline_push::message::{InterruptionLevel, Ios, IosSound};
///
/// let ios = Ios::new()
///     .with_sound(IosSound::file("ring.caf")?)
///     .with_interruption_level(InterruptionLevel::TimeSensitive)
///     .with_image("https://example.com/denny.png")?;
/// assert!(ios.with_image("www.example.com/denny.png").is_err());
/// # Ok::<(), tim_offline_push::message::PushInfoError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[must_use]
pub struct Ios(pub(super) Fields);

impl Ios {
    /// Nothing set: what Tencent's SDKs send by themselves.
    pub fn new() -> Self {
        Self::default()
    }

    /// A title for iOS alone. Without it iOS shows the common title.
    ///
    /// Since IM SDK 4.7.1; the C API and REST carry it, the V2TIM and web forms have one title only.
    pub fn with_title(self, title: impl Into<String>) -> Self {
        Self(self.0.with(Field::IosTitle, title.into()))
    }

    /// The line between title and text. REST only (`ApnsInfo.SubTitle`).
    pub fn with_subtitle(self, subtitle: impl Into<String>) -> Self {
        Self(self.0.with(Field::IosSubtitle, subtitle.into()))
    }

    /// The sound. Unset, the console certificate or the system decides.
    pub fn with_sound(self, sound: IosSound) -> Self {
        Self(self.0.with(Field::IosSound, sound.0.into_owned()))
    }

    /// Whether the message counts for the badge. Client SDKs know `ignoreIOSBadge`, which is `false` here;
    /// REST tells unset from `true`, since unset means "count" for chat and "ignore" for other pushes
    /// (<https://trtc.io/document/77715>, read 2026-11-22).
    pub fn with_badge_counted(self, counted: bool) -> Self {
        Self(self.0.with(Field::IosBadgeMode, i64::from(!counted)))
    }

    /// An incoming call through `PushKit` instead of a notification. Since IM SDK 6.7.3184. A device without
    /// a VoIP token gets a notification (<https://trtc.io/document/77715>, read 2026-11-22).
    pub fn with_voip(self) -> Self {
        Self(self.0.with(Field::IosPushType, 1))
    }

    /// How prominently iOS 15 and newer interrupts. Since IM SDK 8.4.6667.
    pub fn with_interruption_level(self, level: InterruptionLevel) -> Self {
        Self(self.0.with(Field::IosInterruptionLevel, level.as_str()))
    }

    /// Wakes the app in the background (`content-available`). Since IM SDK 8.4.6667. A REST push with it
    /// shows nothing; about three an hour is Apple's advice (<https://trtc.io/document/77715>, read
    /// 2026-11-22).
    pub fn with_background(self) -> Self {
        Self(self.0.with(Field::IosBackground, 1))
    }

    /// An image by HTTPS: JPEG, GIF or PNG of at most 10 MB. Since IM SDK 8.0.5895. The app needs a
    /// notification service extension, which finds the address under `image` in the payload, and
    /// `mutable-content` switched on (Tencent's header `V2TIMManager+Message.h`, read 2026-11-22).
    ///
    /// # Errors
    /// [`PushInfoError::NotHttps`].
    pub fn with_image(self, url: impl Into<String>) -> Result<Self, PushInfoError> {
        self.0.with_text(Field::IosImage, url.into()).map(Self)
    }

    /// Whether the app's service extension may change the notification. REST only
    /// (`ApnsInfo.MutableContent`); unset, the console certificate decides.
    pub fn with_mutable_content(self, mutable: bool) -> Self {
        Self(self.0.with(Field::IosMutableContent, i64::from(mutable)))
    }

    /// An update or the end of a Live Activity. REST only (`ApnsInfo.LiveActivity`): an object of `LaId` (at
    /// most 64 bytes), `Event` (`update` or `end`), `ContentState` and `DismissalDate`, which is kept as it
    /// is.
    ///
    /// # Errors
    /// [`PushInfoError::WrongJsonType`] if it is not an object, [`PushInfoError::TooDeep`].
    pub fn with_live_activity(self, activity: &Value) -> Result<Self, PushInfoError> {
        self.0.with_json(Field::IosLiveActivity, activity).map(Self)
    }
}

/// Options for HarmonyOS NEXT. Earlier HarmonyOS phones run Android and take [`Huawei`](super::Huawei)'s.
///
/// ```
/// use tim_offline_push::message::{Category, Field, Harmony, OfflinePushInfo};
///
/// let harmony = Harmony::new().with_category(Category::IM).with_badge_ignored();
/// let push = OfflinePushInfo::new("denny", "hi").with_harmony(harmony);
/// assert_eq!(push.value(Field::HarmonyCategory), Some("IM".into()));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[must_use]
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
    pub fn with_title(self, title: impl Into<String>) -> Self {
        Self(self.0.with(Field::HarmonyTitle, title.into()))
    }

    /// An image by HTTPS: png, jpg, jpeg, heif, gif or bmp of less than 25,000 pixels. Since IM SDK 8.1.6122
    /// (Tencent's header `V2TIMManager+Message.h`, read 2026-11-22).
    ///
    /// # Errors
    /// [`PushInfoError::NotHttps`].
    pub fn with_image(self, url: impl Into<String>) -> Result<Self, PushInfoError> {
        self.0.with_text(Field::HarmonyImage, url.into()).map(Self)
    }

    /// The message class. Since IM SDK 8.1.6122.
    pub fn with_category(self, category: Category) -> Self {
        Self(self.0.with(Field::HarmonyCategory, category.0.into_owned()))
    }

    /// Leaves the message out of the badge. Since IM SDK 8.1.6122; REST does not carry it.
    pub fn with_badge_ignored(self) -> Self {
        Self(self.0.with(Field::HarmonyIgnoreBadge, 1))
    }

    /// The sound: a file of `resources/rawfile`, named with its suffix. REST only.
    ///
    /// # Errors
    /// [`PushInfoError::SoundWithoutSuffix`].
    pub fn with_sound(self, name: impl Into<String>) -> Result<Self, PushInfoError> {
        self.0.with_text(Field::HarmonySound, name.into()).map(Self)
    }

    /// How long the sound plays, in seconds, 1 to 60. REST only; it has an effect only beside a sound.
    ///
    /// # Errors
    /// [`PushInfoError::OutOfRange`].
    pub fn with_sound_duration(self, seconds: u8) -> Result<Self, PushInfoError> {
        self.0.with_number(Field::HarmonySoundDuration, seconds.into(), Self::SOUND_SECONDS).map(Self)
    }
}
