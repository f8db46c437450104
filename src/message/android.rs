use super::value::Fields;
use super::{
    Category, Field, MeizuNotifyType, MessageImportance, OppoNotifyLevel, PushInfoError, VivoClassification,
};

/// Options for Android phones. OPPO and Huawei have more options than the others and a type of their own.
///
/// ```
/// use tim_offline_push::message::{Android, Category, Huawei, MessageImportance, Oppo};
///
/// let android = Android::new()
///     .with_oppo(Oppo::new().with_channel("tuikit").with_category(Category::IM))
///     .with_huawei(Huawei::new().with_category(Category::IM))
///     .with_honor_importance(MessageImportance::NORMAL)
///     .with_xiaomi_channel("high_system");
/// assert_eq!(android.oppo().channel(), Some("tuikit"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Android {
    pub(super) fields: Fields,
    pub(super) oppo: Oppo,
    pub(super) huawei: Huawei,
}

impl Android {
    /// Nothing set: what Tencent's SDKs send by themselves.
    pub fn new() -> Self {
        Self::default()
    }

    /// A title for Android alone. Without it Android shows the common title. Since IM SDK 4.7.1; only the C API carries
    /// it.
    #[must_use]
    pub fn with_title(self, title: impl Into<String>) -> Self {
        Self { fields: self.fields.with(Field::AndroidTitle, title.into()), ..self }
    }

    /// The sound: a resource of `res/raw`, named without its suffix. Since IM SDK 6.1.2155. Huawei and FCM play it, FCM
    /// on Android 8 and newer only with a channel; Xiaomi takes the sound of its channel, the others their own
    /// (Tencent's header `V2TIMManager+Message.h`, read 2026-11-22).
    ///
    /// # Errors
    /// [`PushInfoError::SoundWithSuffix`].
    pub fn with_sound(self, name: impl Into<String>) -> Result<Self, PushInfoError> {
        Ok(Self { fields: self.fields.with_resource(Field::AndroidSound, name.into())?, ..self })
    }

    /// A message of the app's own in place of a notification. C API only (its header `TIMOfflinePushManager.h`, npm
    /// `im_electron_sdk` 8.0.5906, read 2026-11-22).
    #[must_use]
    pub fn with_custom_notification(self) -> Self {
        Self { fields: self.fields.with(Field::AndroidNotifyMode, 1), ..self }
    }

    /// Whether Huawei, Honor and OPPO show a long text. OPPO then shows 128 UTF-16 units in place of 50. REST only
    /// (<https://trtc.io/document/77715>, read 2026-11-22).
    #[must_use]
    pub fn with_big_text(self, big: bool) -> Self {
        Self { fields: self.fields.with(Field::AndroidPushStyle, big), ..self }
    }

    /// Options for OPPO phones.
    #[must_use]
    pub fn with_oppo(self, oppo: Oppo) -> Self {
        Self { oppo, ..self }
    }

    /// Options for Huawei phones.
    #[must_use]
    pub fn with_huawei(self, huawei: Huawei) -> Self {
        Self { huawei, ..self }
    }

    /// The notification channel on Xiaomi, made in Xiaomi's console. Since IM SDK 7.0.3754. Without one Android 8 and
    /// newer shows nothing (<https://cloud.tencent.com/document/product/269/133879>, read 2026-11-22).
    #[must_use]
    pub fn with_xiaomi_channel(self, channel: impl Into<String>) -> Self {
        Self { fields: self.fields.with(Field::XiaomiChannel, channel.into()), ..self }
    }

    /// The former message class on vivo, in whose place [`Android::with_vivo_category`] came on 2023-04-03. Since IM SDK
    /// 5.4.666. Unset it is [`VivoClassification::SYSTEM`].
    #[must_use]
    pub fn with_vivo_classification(self, classification: VivoClassification) -> Self {
        Self { fields: self.fields.with(Field::VivoClassification, classification.as_number()), ..self }
    }

    /// The message class on vivo. Since IM SDK 7.2.4123.
    #[must_use]
    pub fn with_vivo_category(self, category: Category) -> Self {
        Self { fields: self.fields.with(Field::VivoCategory, category.0), ..self }
    }

    /// The message class on Honor. Since IM SDK 8.4.6667.
    #[must_use]
    pub fn with_honor_importance(self, importance: MessageImportance) -> Self {
        Self { fields: self.fields.with(Field::HonorImportance, importance.0), ..self }
    }

    /// A small image on Honor, by HTTPS. Since IM SDK 8.0.5895. Under 100 KB and 160 px says Tencent's header, under 512 KB
    /// and 40 dp its REST page (<https://trtc.io/document/77715>); both read 2026-11-22.
    ///
    /// # Errors
    /// [`PushInfoError::NotHttps`].
    pub fn with_honor_image(self, url: impl Into<String>) -> Result<Self, PushInfoError> {
        Ok(Self { fields: self.fields.with_image(Field::HonorImage, url.into())?, ..self })
    }

    /// The message class on Meizu. Since IM SDK 8.6.7019.
    #[must_use]
    pub fn with_meizu_notify_type(self, notify_type: MeizuNotifyType) -> Self {
        Self { fields: self.fields.with(Field::MeizuNotifyType, notify_type.as_number()), ..self }
    }

    /// The notification channel on FCM, Android 8 and newer. Since IM SDK 7.0.3754. The server uses it only with the
    /// newer certificate, a JSON file (<https://trtc.io/document/77715>, read 2026-11-22).
    #[must_use]
    pub fn with_fcm_channel(self, channel: impl Into<String>) -> Self {
        Self { fields: self.fields.with(Field::FcmChannel, channel.into()), ..self }
    }

    /// An image on FCM, by HTTPS, under 1 MB. Since IM SDK 8.0.5895 (Tencent's header `V2TIMManager+Message.h`, read
    /// 2026-11-22).
    ///
    /// # Errors
    /// [`PushInfoError::NotHttps`].
    pub fn with_fcm_image(self, url: impl Into<String>) -> Result<Self, PushInfoError> {
        Ok(Self { fields: self.fields.with_image(Field::FcmImage, url.into())?, ..self })
    }

    /// The title for Android alone.
    pub fn title(&self) -> Option<&str> {
        self.fields.text(Field::AndroidTitle)
    }

    /// The name of the sound resource.
    pub fn sound(&self) -> Option<&str> {
        self.fields.text(Field::AndroidSound)
    }

    /// Whether the app shows a message of its own.
    pub fn custom_notification(&self) -> bool {
        self.fields.flag(Field::AndroidNotifyMode) == Some(true)
    }

    /// Whether a long text is shown; `None` if that is unset, or a number that no document lists.
    pub fn big_text(&self) -> Option<bool> {
        self.fields.flag(Field::AndroidPushStyle)
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
        self.fields.text(Field::XiaomiChannel)
    }

    /// The former message class on vivo.
    pub fn vivo_classification(&self) -> VivoClassification {
        let number = self.fields.number(Field::VivoClassification);
        number.map(VivoClassification::from_number).unwrap_or_default()
    }

    /// The message class on vivo.
    pub fn vivo_category(&self) -> Option<Category> {
        self.fields.text(Field::VivoCategory).map(Category::new)
    }

    /// The message class on Honor.
    pub fn honor_importance(&self) -> Option<MessageImportance> {
        self.fields.text(Field::HonorImportance).map(MessageImportance::from_text)
    }

    /// The address of the image on Honor.
    pub fn honor_image(&self) -> Option<&str> {
        self.fields.text(Field::HonorImage)
    }

    /// The message class on Meizu.
    pub fn meizu_notify_type(&self) -> Option<MeizuNotifyType> {
        self.fields.number(Field::MeizuNotifyType).map(MeizuNotifyType::from_number)
    }

    /// The notification channel on FCM.
    pub fn fcm_channel(&self) -> Option<&str> {
        self.fields.text(Field::FcmChannel)
    }

    /// The address of the image on FCM.
    pub fn fcm_image(&self) -> Option<&str> {
        self.fields.text(Field::FcmImage)
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
///     .with_notify_level(OppoNotifyLevel::BANNER)?;
/// assert!(Oppo::new().with_notify_level(OppoNotifyLevel::BANNER).is_err());
/// # Ok::<(), tim_offline_push::message::PushInfoError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Oppo(pub(super) Fields);

impl Oppo {
    /// Nothing set.
    pub fn new() -> Self {
        Self::default()
    }

    /// The notification channel. Since IM SDK 4.6.1. OPPO phones with Android 8 and newer show nothing without one, which
    /// the app makes under the same id as the console has (Tencent's Android offline-push document, 2021 edition).
    #[must_use]
    pub fn with_channel(self, channel: impl Into<String>) -> Self {
        Self(self.0.with(Field::OppoChannel, channel.into()))
    }

    /// The message class. Since IM SDK 8.3.6498.
    #[must_use]
    pub fn with_category(self, category: Category) -> Self {
        Self(self.0.with(Field::OppoCategory, category.0))
    }

    /// How prominently OPPO notifies. Since IM SDK 8.3.6498. It needs a category of the class of IM (communication and service),
    /// so set that first. Source: Tencent's headers of 8.6 and 8.7.
    ///
    /// # Errors
    /// [`PushInfoError::NotifyLevelWithoutCategory`] without a category, or with one of content and marketing.
    pub fn with_notify_level(self, level: OppoNotifyLevel) -> Result<Self, PushInfoError> {
        if !self.takes_notify_level() {
            return Err(PushInfoError::NotifyLevelWithoutCategory);
        }
        Ok(Self(self.0.with(Field::OppoNotifyLevel, level.as_number())))
    }

    /// Whether a notify level has an effect beside the category: not beside content and marketing; beside an unknown one it
    /// may.
    pub(super) fn takes_notify_level(&self) -> bool {
        self.category()
            .is_some_and(|own| ![Category::NEWS, Category::CONTENT, Category::MARKETING].contains(&own))
    }

    /// The notification channel.
    pub fn channel(&self) -> Option<&str> {
        self.0.text(Field::OppoChannel)
    }

    /// The message class.
    pub fn category(&self) -> Option<Category> {
        self.0.text(Field::OppoCategory).map(Category::new)
    }

    /// How prominently OPPO notifies.
    pub fn notify_level(&self) -> Option<OppoNotifyLevel> {
        self.0.number(Field::OppoNotifyLevel).map(OppoNotifyLevel::from_number)
    }
}

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
