use std::borrow::Cow;
use std::fmt;

use serde_json::Value;
use thiserror::Error;

use crate::json::{self, Json, Limits};

/// One field of [`OfflinePushInfo`](super::OfflinePushInfo), whatever its name in a wire form.
///
/// `Display` writes the path of the field in this crate, such as `android.oppo.channel`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Field {
    /// The title, on every platform.
    Title,
    /// The text below the title.
    Desc,
    /// The payload that a tap gives back.
    Ext,
    /// Whether the message is pushed at all.
    PushFlag,
    /// The vendor parameters as one JSON text.
    VendorParams,
    /// The title on iOS, where it differs.
    IosTitle,
    /// The line between title and text. REST only.
    IosSubtitle,
    /// The sound on iOS.
    IosSound,
    /// Whether the message counts for the badge.
    IosBadgeMode,
    /// APNs or VoIP.
    IosPushType,
    /// How prominently iOS 15 and newer interrupts.
    IosInterruptionLevel,
    /// Whether the app is woken in the background.
    IosBackground,
    /// The image in the notification.
    IosImage,
    /// Whether the app's service extension may change the notification. REST only.
    IosMutableContent,
    /// An update of a Live Activity. REST only.
    IosLiveActivity,
    /// The title on Android, where it differs. C API only.
    AndroidTitle,
    /// The sound on Android.
    AndroidSound,
    /// Who shows the notification. C API only.
    AndroidNotifyMode,
    /// Short or long text on Huawei, Honor and OPPO. REST only.
    AndroidPushStyle,
    /// The notification channel on OPPO.
    OppoChannel,
    /// The message class on OPPO.
    OppoCategory,
    /// How prominently OPPO notifies.
    OppoNotifyLevel,
    /// The message class on Huawei.
    HuaweiCategory,
    /// The small image on Huawei.
    HuaweiImage,
    /// How prominently Huawei notifies. REST only.
    HuaweiImportance,
    /// The notification channel on Huawei, EMUI 10 and newer. REST only.
    HuaweiChannel,
    /// How the ext reaches a page of the app on Huawei. REST only.
    HuaweiExtAsIntentParam,
    /// The notification channel on Xiaomi.
    XiaomiChannel,
    /// The former message class on vivo.
    VivoClassification,
    /// The message class on vivo.
    VivoCategory,
    /// The message class on Honor.
    HonorImportance,
    /// The small image on Honor.
    HonorImage,
    /// The message class on Meizu.
    MeizuNotifyType,
    /// The notification channel on FCM.
    FcmChannel,
    /// The image on FCM.
    FcmImage,
    /// The title on HarmonyOS, where it differs.
    HarmonyTitle,
    /// The image on HarmonyOS.
    HarmonyImage,
    /// The message class on HarmonyOS.
    HarmonyCategory,
    /// Whether the message is left out of the badge.
    HarmonyIgnoreBadge,
    /// The sound on HarmonyOS. REST only.
    HarmonySound,
    /// How long the sound plays, in seconds. REST only.
    HarmonySoundDuration,
    /// How soon FCM delivers.
    FcmPriority,
    /// Ring or vibrate on vivo.
    VivoNotifyType,
    /// The template of private messages on OPPO.
    OppoTemplateId,
    /// What fills the template's title.
    OppoTitleParams,
    /// What fills the template's text.
    OppoContentParams,
    /// By how much the badge grows. REST only.
    BadgeAdd,
    /// What the badge becomes. REST only.
    BadgeSet,
    /// Title and text for each language, for devices with SDK 8.5.6870 or newer. REST only.
    MultiLanguage,
    /// The push template made in the console.
    TemplateId,
    /// What fills the push template.
    TemplateParam,
}

impl Field {
    /// All fields, in the order of this crate's groups.
    pub const ALL: &'static [Self] = &[
        Self::Title,
        Self::Desc,
        Self::Ext,
        Self::PushFlag,
        Self::VendorParams,
        Self::IosTitle,
        Self::IosSubtitle,
        Self::IosSound,
        Self::IosBadgeMode,
        Self::IosPushType,
        Self::IosInterruptionLevel,
        Self::IosBackground,
        Self::IosImage,
        Self::IosMutableContent,
        Self::IosLiveActivity,
        Self::AndroidTitle,
        Self::AndroidSound,
        Self::AndroidNotifyMode,
        Self::AndroidPushStyle,
        Self::OppoChannel,
        Self::OppoCategory,
        Self::OppoNotifyLevel,
        Self::HuaweiCategory,
        Self::HuaweiImage,
        Self::HuaweiImportance,
        Self::HuaweiChannel,
        Self::HuaweiExtAsIntentParam,
        Self::XiaomiChannel,
        Self::VivoClassification,
        Self::VivoCategory,
        Self::HonorImportance,
        Self::HonorImage,
        Self::MeizuNotifyType,
        Self::FcmChannel,
        Self::FcmImage,
        Self::HarmonyTitle,
        Self::HarmonyImage,
        Self::HarmonyCategory,
        Self::HarmonyIgnoreBadge,
        Self::HarmonySound,
        Self::HarmonySoundDuration,
        Self::FcmPriority,
        Self::VivoNotifyType,
        Self::OppoTemplateId,
        Self::OppoTitleParams,
        Self::OppoContentParams,
        Self::BadgeAdd,
        Self::BadgeSet,
        Self::MultiLanguage,
        Self::TemplateId,
        Self::TemplateParam,
    ];

    /// The path of the field in this crate.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Desc => "desc",
            Self::Ext => "ext",
            Self::PushFlag => "push_flag",
            Self::VendorParams => "vendor_params",
            Self::IosTitle => "ios.title",
            Self::IosSubtitle => "ios.subtitle",
            Self::IosSound => "ios.sound",
            Self::IosBadgeMode => "ios.badge_mode",
            Self::IosPushType => "ios.push_type",
            Self::IosInterruptionLevel => "ios.interruption_level",
            Self::IosBackground => "ios.background",
            Self::IosImage => "ios.image",
            Self::IosMutableContent => "ios.mutable_content",
            Self::IosLiveActivity => "ios.live_activity",
            Self::AndroidTitle => "android.title",
            Self::AndroidSound => "android.sound",
            Self::AndroidNotifyMode => "android.notify_mode",
            Self::AndroidPushStyle => "android.push_style",
            Self::OppoChannel => "android.oppo.channel",
            Self::OppoCategory => "android.oppo.category",
            Self::OppoNotifyLevel => "android.oppo.notify_level",
            Self::HuaweiCategory => "android.huawei.category",
            Self::HuaweiImage => "android.huawei.image",
            Self::HuaweiImportance => "android.huawei.importance",
            Self::HuaweiChannel => "android.huawei.channel",
            Self::HuaweiExtAsIntentParam => "android.huawei.ext_as_intent_param",
            Self::XiaomiChannel => "android.xiaomi_channel",
            Self::VivoClassification => "android.vivo_classification",
            Self::VivoCategory => "android.vivo_category",
            Self::HonorImportance => "android.honor_importance",
            Self::HonorImage => "android.honor_image",
            Self::MeizuNotifyType => "android.meizu_notify_type",
            Self::FcmChannel => "android.fcm_channel",
            Self::FcmImage => "android.fcm_image",
            Self::HarmonyTitle => "harmony.title",
            Self::HarmonyImage => "harmony.image",
            Self::HarmonyCategory => "harmony.category",
            Self::HarmonyIgnoreBadge => "harmony.ignore_badge",
            Self::HarmonySound => "harmony.sound",
            Self::HarmonySoundDuration => "harmony.sound_duration",
            Self::FcmPriority => "vendor_params.fcm_priority",
            Self::VivoNotifyType => "vendor_params.vivo_notify_type",
            Self::OppoTemplateId => "vendor_params.oppo_template_id",
            Self::OppoTitleParams => "vendor_params.oppo_title_params",
            Self::OppoContentParams => "vendor_params.oppo_content_params",
            Self::BadgeAdd => "server.badge_add",
            Self::BadgeSet => "server.badge_set",
            Self::MultiLanguage => "server.multi_language",
            Self::TemplateId => "vendor_params.push_template_id",
            Self::TemplateParam => "vendor_params.push_template_params",
        }
    }

    /// Whether the field is the title for one platform.
    pub(super) const fn is_title(self) -> bool {
        matches!(self, Self::IosTitle | Self::AndroidTitle | Self::HarmonyTitle)
    }

    /// The IM SDK that first had the field in its client interface. `None`: all of them, or none (the field is for the
    /// server's REST interface only).
    ///
    /// Source: Tencent's release history (`TencentCloud/TIMSDK`), read 2026-11-22.
    pub const fn since(self) -> Option<&'static str> {
        match self {
            Self::Title
            | Self::Desc
            | Self::Ext
            | Self::PushFlag
            | Self::IosSubtitle
            | Self::IosSound
            | Self::IosBadgeMode
            | Self::IosMutableContent
            | Self::IosLiveActivity
            | Self::AndroidNotifyMode
            | Self::AndroidPushStyle
            | Self::HuaweiImportance
            | Self::HuaweiChannel
            | Self::HuaweiExtAsIntentParam
            | Self::HarmonyTitle
            | Self::HarmonySound
            | Self::HarmonySoundDuration
            | Self::BadgeAdd
            | Self::BadgeSet
            | Self::MultiLanguage => None,
            Self::VendorParams
            | Self::FcmPriority
            | Self::VivoNotifyType
            | Self::OppoTemplateId
            | Self::TemplateId
            | Self::TemplateParam
            | Self::OppoTitleParams
            | Self::OppoContentParams => Some("8.7.7201"),
            Self::IosTitle | Self::AndroidTitle => Some("4.7.1"),
            Self::IosPushType => Some("6.7.3184"),
            Self::IosInterruptionLevel | Self::IosBackground | Self::HonorImportance => Some("8.4.6667"),
            Self::IosImage | Self::HuaweiImage | Self::HonorImage | Self::FcmImage => Some("8.0.5895"),
            Self::AndroidSound => Some("6.1.2155"),
            Self::OppoChannel => Some("4.6.1"),
            Self::OppoCategory | Self::OppoNotifyLevel => Some("8.3.6498"),
            Self::HuaweiCategory | Self::XiaomiChannel | Self::FcmChannel => Some("7.0.3754"),
            Self::VivoClassification => Some("5.4.666"),
            Self::VivoCategory => Some("7.2.4123"),
            Self::MeizuNotifyType => Some("8.6.7019"),
            Self::HarmonyImage | Self::HarmonyCategory | Self::HarmonyIgnoreBadge => Some("8.1.6122"),
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Why a value cannot be put into an [`OfflinePushInfo`](super::OfflinePushInfo). It names the field and the rule, never
/// the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum PushInfoError {
    /// An image address does not begin with `https://` and a host, or holds white space or a control character.
    #[error("{field} is not an HTTPS address")]
    NotHttps {
        /// The image field.
        field: Field,
    },
    /// The sound is a file in the app bundle, and is named with its suffix.
    #[error("{field} is not a file name with a suffix, such as ring.caf")]
    SoundWithoutSuffix {
        /// The sound field.
        field: Field,
    },
    /// The sound is an Android resource, and is named without its suffix.
    #[error("{field} is not a resource name without a suffix, such as ring for res/raw/ring.mp3")]
    SoundWithSuffix {
        /// The sound field.
        field: Field,
    },
    /// A number is outside its range.
    #[error("{field} is outside {min} to {max}")]
    OutOfRange {
        /// The field.
        field: Field,
        /// The smallest allowed number.
        min: i64,
        /// The largest allowed number.
        max: i64,
    },
    /// A notify level on OPPO has an effect only beside a category of the class of IM.
    #[error("{level} needs {category} of the class of IM", level = Field::OppoNotifyLevel, category = Field::OppoCategory)]
    NotifyLevelWithoutCategory,
    /// A JSON value has another type than the field needs.
    #[error("{field} is not a JSON {expected}")]
    WrongJsonType {
        /// The field.
        field: Field,
        /// What it must be.
        expected: &'static str,
    },
    /// A JSON value nests deeper than what can be read back.
    #[error("{field} nests deeper than {limit} levels")]
    TooDeep {
        /// The field.
        field: Field,
        /// The deepest level that can be read back.
        limit: usize,
    },
}

/// What is read of a push, or of a message or request that holds one.
pub(super) const LIMITS: Limits = Limits { bytes: 1 << 20, depth: json::MAX_DEPTH };

/// What is read of a JSON text inside a push, and taken as a value from the host: it must be read back from three levels
/// down, and from inside a message.
pub(super) const NESTED: Limits = Limits { bytes: LIMITS.bytes, depth: 100 };

/// Takes a value of the host for a field that needs a certain type.
pub(super) fn json_of_host(
    field: Field,
    value: &Value,
    fits: fn(&Value) -> bool,
    expected: &'static str,
) -> Result<Json, PushInfoError> {
    if !fits(value) {
        return Err(PushInfoError::WrongJsonType { field, expected });
    }
    Json::from_value(value, NESTED.depth).ok_or(PushInfoError::TooDeep { field, limit: NESTED.depth })
}

impl From<Field> for Cow<'static, str> {
    fn from(field: Field) -> Self {
        Cow::Borrowed(field.as_str())
    }
}
