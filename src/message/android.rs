use super::value::Fields;
use super::{
    Category, Field, MeizuNotifyType, MessageImportance, OppoNotifyLevel, PushInfoError, VivoClassification,
};

/// Options for Android phones. OPPO and Huawei have more options than the others and a type of their own.
///
/// ```
/// use tim_offline_push::message::{Android, Category, Field, Huawei, MessageImportance, OfflinePushInfo, Oppo};
///
/// let android = Android::new()
///     .with_oppo(Oppo::new().with_channel("tuikit").with_category(Category::IM))
///     .with_huawei(Huawei::new().with_category(Category::IM))
///     .with_honor_importance(MessageImportance::Normal)
///     .with_xiaomi_channel("high_system");
/// let push = OfflinePushInfo::new("denny", "hi").with_android(android);
/// assert_eq!(push.value(Field::OppoChannel), Some("tuikit".into()));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[must_use]
pub struct Android(pub(super) Fields);

impl Android {
    /// Nothing set: what Tencent's SDKs send by themselves.
    pub fn new() -> Self {
        Self::default()
    }

    /// A title for Android alone. Without it Android shows the common title. Since IM SDK 4.7.1; only the C
    /// API carries it.
    pub fn with_title(self, title: impl Into<String>) -> Self {
        Self(self.0.with(Field::AndroidTitle, title.into()))
    }

    /// The sound: a resource of `res/raw`, named without its suffix. Since IM SDK 6.1.2155. Huawei and FCM
    /// play it, FCM on Android 8 and newer only with a channel; Xiaomi takes the sound of its channel, the
    /// others their own (Tencent's header `V2TIMManager+Message.h`, read 2026-11-22).
    ///
    /// # Errors
    /// [`PushInfoError::SoundWithSuffix`].
    pub fn with_sound(self, name: impl Into<String>) -> Result<Self, PushInfoError> {
        self.0.with_text(Field::AndroidSound, name.into()).map(Self)
    }

    /// A message of the app's own in place of a notification. C API only (its header
    /// `TIMOfflinePushManager.h`, npm `im_electron_sdk` 8.0.5906, read 2026-11-22).
    pub fn with_custom_notification(self) -> Self {
        Self(self.0.with(Field::AndroidNotifyMode, 1))
    }

    /// Whether Huawei, Honor and OPPO show a long text. OPPO then shows 128 UTF-16 units in place of 50. REST
    /// only (<https://trtc.io/document/77715>, read 2026-11-22).
    pub fn with_big_text(self, big: bool) -> Self {
        Self(self.0.with(Field::AndroidPushStyle, i64::from(big)))
    }

    /// Sets the options for OPPO phones, in the place of all that are set.
    pub fn with_oppo(self, oppo: Oppo) -> Self {
        Self(self.0.with_group("android.oppo.", oppo.0))
    }

    /// Sets the options for Huawei phones, in the place of all that are set.
    pub fn with_huawei(self, huawei: Huawei) -> Self {
        Self(self.0.with_group("android.huawei.", huawei.0))
    }

    /// The notification channel on Xiaomi, made in Xiaomi's console. Since IM SDK 7.0.3754. Without one
    /// Android 8 and newer shows nothing (<https://cloud.tencent.com/document/product/269/133879>, read
    /// 2026-11-22).
    pub fn with_xiaomi_channel(self, channel: impl Into<String>) -> Self {
        Self(self.0.with(Field::XiaomiChannel, channel.into()))
    }

    /// The former message class on vivo, in whose place [`Android::with_vivo_category`] came on 2023-04-03.
    /// Since IM SDK 5.4.666. Unset it is [`VivoClassification::System`].
    #[expect(clippy::as_conversions, reason = "as the enum numbers them")]
    pub fn with_vivo_classification(self, classification: VivoClassification) -> Self {
        Self(self.0.with(Field::VivoClassification, classification as i64))
    }

    /// The message class on vivo. Since IM SDK 7.2.4123.
    pub fn with_vivo_category(self, category: Category) -> Self {
        Self(self.0.with(Field::VivoCategory, category.0.into_owned()))
    }

    /// The message class on Honor. Since IM SDK 8.4.6667.
    pub fn with_honor_importance(self, importance: MessageImportance) -> Self {
        Self(self.0.with(Field::HonorImportance, importance.as_str()))
    }

    /// A small image on Honor, by HTTPS. Since IM SDK 8.0.5895. Under 100 KB and 160 px says Tencent's
    /// header, under 512 KB and 40 dp its REST page (<https://trtc.io/document/77715>); both read 2026-11-22.
    ///
    /// # Errors
    /// [`PushInfoError::NotHttps`].
    pub fn with_honor_image(self, url: impl Into<String>) -> Result<Self, PushInfoError> {
        self.0.with_text(Field::HonorImage, url.into()).map(Self)
    }

    /// The message class on Meizu. Since IM SDK 8.6.7019.
    #[expect(clippy::as_conversions, reason = "as the enum numbers them")]
    pub fn with_meizu_notify_type(self, notify_type: MeizuNotifyType) -> Self {
        Self(self.0.with(Field::MeizuNotifyType, notify_type as i64))
    }

    /// The notification channel on FCM, Android 8 and newer. Since IM SDK 7.0.3754. The server uses it only
    /// with the newer certificate, a JSON file (<https://trtc.io/document/77715>, read 2026-11-22).
    pub fn with_fcm_channel(self, channel: impl Into<String>) -> Self {
        Self(self.0.with(Field::FcmChannel, channel.into()))
    }

    /// An image on FCM, by HTTPS, under 1 MB. Since IM SDK 8.0.5895 (Tencent's header
    /// `V2TIMManager+Message.h`, read 2026-11-22).
    ///
    /// # Errors
    /// [`PushInfoError::NotHttps`].
    pub fn with_fcm_image(self, url: impl Into<String>) -> Result<Self, PushInfoError> {
        self.0.with_text(Field::FcmImage, url.into()).map(Self)
    }

    /// Options for OPPO phones.
    pub fn oppo(&self) -> Oppo {
        Oppo(self.0.group("android.oppo."))
    }

    /// Options for Huawei phones.
    pub fn huawei(&self) -> Huawei {
        Huawei(self.0.group("android.huawei."))
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
#[must_use]
pub struct Oppo(pub(super) Fields);

impl Oppo {
    /// Nothing set.
    pub fn new() -> Self {
        Self::default()
    }

    /// The notification channel. Since IM SDK 4.6.1. OPPO phones with Android 8 and newer show nothing
    /// without one, which the app makes under the same id as the console has (Tencent's Android offline-push
    /// document, 2021 edition).
    pub fn with_channel(self, channel: impl Into<String>) -> Self {
        Self(self.0.with(Field::OppoChannel, channel.into()))
    }

    /// The message class. Since IM SDK 8.3.6498.
    pub fn with_category(self, category: Category) -> Self {
        Self(self.0.with(Field::OppoCategory, category.0.into_owned()))
    }

    /// How prominently OPPO notifies. Since IM SDK 8.3.6498. It needs a category of the class of IM
    /// (communication and service), so set that first. Source: Tencent's headers of 8.6 and 8.7.
    ///
    /// # Errors
    /// [`PushInfoError::NotifyLevelWithoutCategory`] without a category, or with one of content and
    /// marketing.
    #[expect(clippy::as_conversions, reason = "as the enum numbers them")]
    pub fn with_notify_level(self, level: OppoNotifyLevel) -> Result<Self, PushInfoError> {
        if !self.0.admits_notify_level() {
            return Err(PushInfoError::NotifyLevelWithoutCategory);
        }
        Ok(Self(self.0.with(Field::OppoNotifyLevel, level as i64)))
    }
}

/// Options for Huawei phones.
///
/// ```
/// use tim_offline_push::message::{Category, Huawei};
///
/// let huawei = Huawei::new().with_category(Category::IM).with_image("https://example.com/denny.png")?;
/// assert!(huawei.with_image("www.example.com/denny.png").is_err());
/// # Ok::<(), tim_offline_push::message::PushInfoError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[must_use]
pub struct Huawei(pub(super) Fields);

impl Huawei {
    /// Nothing set.
    pub fn new() -> Self {
        Self::default()
    }

    /// The message class. Since IM SDK 7.0.3754. The app needs the right to classify its own messages.
    pub fn with_category(self, category: Category) -> Self {
        Self(self.0.with(Field::HuaweiCategory, category.0.into_owned()))
    }

    /// A small image by HTTPS, under 512 KB, 40 dp. Since IM SDK 8.0.5895 (Tencent's header
    /// `V2TIMManager+Message.h`, read 2026-11-22).
    ///
    /// # Errors
    /// [`PushInfoError::NotHttps`].
    pub fn with_image(self, url: impl Into<String>) -> Result<Self, PushInfoError> {
        self.0.with_text(Field::HuaweiImage, url.into()).map(Self)
    }

    /// How prominently Huawei notifies. REST only.
    pub fn with_importance(self, importance: MessageImportance) -> Self {
        Self(self.0.with(Field::HuaweiImportance, importance.as_str()))
    }

    /// The notification channel, EMUI 10 and newer. REST only.
    pub fn with_channel(self, channel: impl Into<String>) -> Self {
        Self(self.0.with(Field::HuaweiChannel, channel.into()))
    }

    /// Whether the ext reaches a page of the app as a parameter of the intent (`true`) or of the action
    /// (`false`). REST only. An older document says that unset means `false`; the newer one leaves it open
    /// (<https://trtc.io/document/77715>, read 2026-11-22).
    pub fn with_ext_as_intent_param(self, as_intent_param: bool) -> Self {
        Self(self.0.with(Field::HuaweiExtAsIntentParam, i64::from(as_intent_param)))
    }
}
