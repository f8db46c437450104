use super::text::{self, RedactedText, UnknownNumber};
use super::{
    Category, Field, Huawei, MeizuNotifyType, MessageImportance, OppoNotifyLevel, PushInfoError,
    VivoClassification,
};

/// Options for Android phones. OPPO and Huawei have more options than the others and a type of their own.
///
/// ```
/// use tim_offline_push::message::{Android, Category, Huawei, MessageImportance, Oppo};
///
/// let android = Android::new()
///     .with_oppo(Oppo::new().with_channel("tuikit").with_category(Category::IM))
///     .with_huawei(Huawei::new().with_category(Category::IM))
///     .with_honor_importance(MessageImportance::Normal)
///     .with_xiaomi_channel("high_system");
/// assert_eq!(android.oppo().channel(), Some("tuikit"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Android {
    pub(super) title: RedactedText,
    pub(super) sound: RedactedText,
    pub(super) notify_mode: NotifyMode,
    pub(super) push_style: Option<PushStyle>,
    pub(super) oppo: Oppo,
    pub(super) huawei: Huawei,
    pub(super) xiaomi_channel: RedactedText,
    pub(super) vivo_classification: Option<VivoClassification>,
    pub(super) vivo_category: Option<Category>,
    pub(super) honor_importance: Option<MessageImportance>,
    pub(super) honor_image: RedactedText,
    pub(super) meizu_notify_type: Option<MeizuNotifyType>,
    pub(super) fcm_channel: RedactedText,
    pub(super) fcm_image: RedactedText,
}

impl Android {
    /// Nothing set: what Tencent's SDKs send by themselves.
    pub fn new() -> Self {
        Self::default()
    }

    /// A title for Android alone. Without it Android shows the common title. Since IM SDK 4.7.1; only the C API carries
    /// it.
    #[must_use]
    pub fn with_title(mut self, title: impl Into<String>) -> Self {
        self.title = RedactedText::new(title);
        self
    }

    /// The sound: a resource of `res/raw`, named without its suffix. Since IM SDK 6.1.2155. Huawei and FCM play it, FCM
    /// on Android 8 and newer only with a channel; Xiaomi takes the sound of its channel, the others their own
    /// (Tencent's header `V2TIMManager+Message.h`, read 2026-11-22).
    ///
    /// # Errors
    /// [`PushInfoError::SoundWithSuffix`].
    pub fn with_sound(mut self, name: impl Into<String>) -> Result<Self, PushInfoError> {
        self.sound = text::resource(Field::AndroidSound, name)?;
        Ok(self)
    }

    /// Who shows the notification. C API only.
    #[must_use]
    pub fn with_notify_mode(mut self, mode: NotifyMode) -> Self {
        self.notify_mode = mode;
        self
    }

    /// Short or long text on Huawei, Honor and OPPO. REST only.
    #[must_use]
    pub fn with_push_style(mut self, style: PushStyle) -> Self {
        self.push_style = Some(style);
        self
    }

    /// Options for OPPO phones.
    #[must_use]
    pub fn with_oppo(mut self, oppo: Oppo) -> Self {
        self.oppo = oppo;
        self
    }

    /// Options for Huawei phones.
    #[must_use]
    pub fn with_huawei(mut self, huawei: Huawei) -> Self {
        self.huawei = huawei;
        self
    }

    /// The notification channel on Xiaomi, made in Xiaomi's console. Since IM SDK 7.0.3754. Without one Android 8 and
    /// newer shows nothing (<https://cloud.tencent.com/document/product/269/133879>, read 2026-11-22).
    #[must_use]
    pub fn with_xiaomi_channel(mut self, channel: impl Into<String>) -> Self {
        self.xiaomi_channel = RedactedText::new(channel);
        self
    }

    /// The former message class on vivo, in whose place [`Android::with_vivo_category`] came on 2023-04-03. Since IM SDK
    /// 5.4.666. Unset it is [`VivoClassification::System`].
    #[must_use]
    pub fn with_vivo_classification(mut self, classification: VivoClassification) -> Self {
        self.vivo_classification = Some(classification);
        self
    }

    /// The message class on vivo. Since IM SDK 7.2.4123.
    #[must_use]
    pub fn with_vivo_category(mut self, category: Category) -> Self {
        self.vivo_category = Some(category);
        self
    }

    /// The message class on Honor. Since IM SDK 8.4.6667.
    #[must_use]
    pub fn with_honor_importance(mut self, importance: MessageImportance) -> Self {
        self.honor_importance = Some(importance);
        self
    }

    /// A small image on Honor, by HTTPS. Since IM SDK 8.0.5895. Under 100 KB and 160 px says Tencent's header, under 512 KB
    /// and 40 dp its REST page (<https://trtc.io/document/77715>); both read 2026-11-22.
    ///
    /// # Errors
    /// [`PushInfoError::NotHttps`].
    pub fn with_honor_image(mut self, url: impl Into<String>) -> Result<Self, PushInfoError> {
        self.honor_image = text::https(Field::HonorImage, url)?;
        Ok(self)
    }

    /// The message class on Meizu. Since IM SDK 8.6.7019.
    #[must_use]
    pub fn with_meizu_notify_type(mut self, notify_type: MeizuNotifyType) -> Self {
        self.meizu_notify_type = Some(notify_type);
        self
    }

    /// The notification channel on FCM, Android 8 and newer. Since IM SDK 7.0.3754. The server uses it only with the
    /// newer certificate, a JSON file (<https://trtc.io/document/77715>, read 2026-11-22).
    #[must_use]
    pub fn with_fcm_channel(mut self, channel: impl Into<String>) -> Self {
        self.fcm_channel = RedactedText::new(channel);
        self
    }

    /// An image on FCM, by HTTPS, under 1 MB. Since IM SDK 8.0.5895 (Tencent's header `V2TIMManager+Message.h`, read
    /// 2026-11-22).
    ///
    /// # Errors
    /// [`PushInfoError::NotHttps`].
    pub fn with_fcm_image(mut self, url: impl Into<String>) -> Result<Self, PushInfoError> {
        self.fcm_image = text::https(Field::FcmImage, url)?;
        Ok(self)
    }

    /// The title for Android alone.
    pub fn title(&self) -> Option<&str> {
        self.title.set()
    }

    /// The name of the sound resource.
    pub fn sound(&self) -> Option<&str> {
        self.sound.set()
    }

    /// Who shows the notification.
    pub const fn notify_mode(&self) -> NotifyMode {
        self.notify_mode
    }

    /// Short or long text.
    pub const fn push_style(&self) -> Option<PushStyle> {
        self.push_style
    }

    /// Options for OPPO phones.
    pub const fn oppo(&self) -> &Oppo {
        &self.oppo
    }

    /// Options for Huawei phones.
    pub const fn huawei(&self) -> &Huawei {
        &self.huawei
    }

    /// The notification channel on Xiaomi.
    pub fn xiaomi_channel(&self) -> Option<&str> {
        self.xiaomi_channel.set()
    }

    /// The former message class on vivo.
    pub fn vivo_classification(&self) -> VivoClassification {
        self.vivo_classification.unwrap_or_default()
    }

    /// The message class on vivo.
    pub const fn vivo_category(&self) -> Option<&Category> {
        self.vivo_category.as_ref()
    }

    /// The message class on Honor.
    pub const fn honor_importance(&self) -> Option<&MessageImportance> {
        self.honor_importance.as_ref()
    }

    /// The address of the image on Honor.
    pub fn honor_image(&self) -> Option<&str> {
        self.honor_image.set()
    }

    /// The message class on Meizu.
    pub const fn meizu_notify_type(&self) -> Option<MeizuNotifyType> {
        self.meizu_notify_type
    }

    /// The notification channel on FCM.
    pub fn fcm_channel(&self) -> Option<&str> {
        self.fcm_channel.set()
    }

    /// The address of the image on FCM.
    pub fn fcm_image(&self) -> Option<&str> {
        self.fcm_image.set()
    }
}

/// Options for OPPO, realme and OnePlus phones.
///
/// ```
/// use tim_offline_push::message::{Oppo, Category, OppoNotifyLevel};
///
/// let oppo = Oppo::new()
///     .with_channel("tuikit")
///     .with_category(Category::IM)
///     .with_notify_level(OppoNotifyLevel::Banner)?;
/// assert!(Oppo::new().with_notify_level(OppoNotifyLevel::Banner).is_err());
/// # Ok::<(), tim_offline_push::message::PushInfoError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Oppo {
    pub(super) channel: RedactedText,
    pub(super) category: Option<Category>,
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
    pub fn with_category(mut self, category: Category) -> Self {
        self.category = Some(category);
        self
    }

    /// How prominently OPPO notifies. Since IM SDK 8.3.6498. It needs a category of the class of IM (communication and service),
    /// so set that first. Source: Tencent's headers of 8.6 and 8.7.
    ///
    /// # Errors
    /// [`PushInfoError::NotifyLevelWithoutCategory`] without a category, or with one of content and marketing.
    pub fn with_notify_level(mut self, level: OppoNotifyLevel) -> Result<Self, PushInfoError> {
        if !self.category.as_ref().is_some_and(Category::takes_notify_level) {
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
    pub const fn category(&self) -> Option<&Category> {
        self.category.as_ref()
    }

    /// How prominently OPPO notifies.
    pub const fn notify_level(&self) -> Option<OppoNotifyLevel> {
        self.notify_level
    }
}

/// Who shows the notification on Android. Source: the C API's header `TIMOfflinePushManager.h` (npm `im_electron_sdk`
/// 8.0.5906), read 2026-11-22.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum NotifyMode {
    /// The ordinary way (0).
    #[default]
    Normal,
    /// A message of its own (1).
    Custom,
    /// Another number, as it was read.
    Unknown(UnknownNumber),
}

impl NotifyMode {
    /// What a number on the wire means.
    pub const fn from_number(number: i64) -> Self {
        match number {
            0 => Self::Normal,
            1 => Self::Custom,
            other => Self::Unknown(UnknownNumber::new(other)),
        }
    }

    /// The number on the wire.
    pub const fn as_number(self) -> i64 {
        match self {
            Self::Normal => 0,
            Self::Custom => 1,
            Self::Unknown(other) => other.as_i64(),
        }
    }
}

/// How much text Huawei, Honor and OPPO show. Source: <https://trtc.io/document/77715>, read 2026-11-22.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum PushStyle {
    /// The ordinary one (0).
    Short,
    /// The long one (1). OPPO then shows 128 UTF-16 units in place of 50.
    BigText,
    /// Another number, as it was read.
    Unknown(UnknownNumber),
}

impl PushStyle {
    /// What a number on the wire means.
    pub const fn from_number(number: i64) -> Self {
        match number {
            0 => Self::Short,
            1 => Self::BigText,
            other => Self::Unknown(UnknownNumber::new(other)),
        }
    }

    /// The number on the wire.
    pub const fn as_number(self) -> i64 {
        match self {
            Self::Short => 0,
            Self::BigText => 1,
            Self::Unknown(other) => other.as_i64(),
        }
    }
}
