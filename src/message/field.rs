use std::borrow::Cow;
use std::fmt;

use serde::Serialize;
use thiserror::Error;

use crate::error_code::error_code;
use crate::json::{self, Json, Limits};
use crate::vendor::{Vendor, message_classes};

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

/// What a field holds. A number or text that no document lists is kept too.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    Text,
    /// One of these texts.
    Texts(&'static [&'static str]),
    /// A message class of the vendor.
    ClassOf(Vendor),
    Number,
    /// One of these numbers.
    Numbers(&'static [i64]),
    /// One of these numbers, or the one that an unset field means.
    NumbersOr(i64, &'static [i64]),
    /// 1 for true, 0 for false.
    Bool,
    /// 1, or unset.
    Flag,
    Object,
    Array,
    Json,
}

const IMPORTANCE: Kind = Kind::Texts(&["LOW", "NORMAL"]);
const LEVEL: Kind = Kind::Texts(&["passive", "active", "time-sensitive", "critical"]);

/// Every field: what it holds, its path in this crate, and the IM SDK that first had it in its client
/// interface.
///
/// Source of the versions: Tencent's release history (`TencentCloud/TIMSDK`), read 2026-11-22.
const ROWS: &[(Field, Kind, &str, Option<&str>)] = &[
    (Field::Title, Kind::Text, "title", None),
    (Field::Desc, Kind::Text, "desc", None),
    (Field::Ext, Kind::Text, "ext", None),
    (Field::PushFlag, Kind::NumbersOr(0, &[1]), "push_flag", None),
    (Field::VendorParams, Kind::Text, "vendor_params", Some("8.7.7201")),
    (Field::IosTitle, Kind::Text, "ios.title", Some("4.7.1")),
    (Field::IosSubtitle, Kind::Text, "ios.subtitle", None),
    (Field::IosSound, Kind::Text, "ios.sound", None),
    (Field::IosBadgeMode, Kind::Numbers(&[0, 1]), "ios.badge_mode", None),
    (Field::IosPushType, Kind::NumbersOr(0, &[1]), "ios.push_type", Some("6.7.3184")),
    (Field::IosInterruptionLevel, LEVEL, "ios.interruption_level", Some("8.4.6667")),
    (Field::IosBackground, Kind::Flag, "ios.background", Some("8.4.6667")),
    (Field::IosImage, Kind::Text, "ios.image", Some("8.0.5895")),
    (Field::IosMutableContent, Kind::Bool, "ios.mutable_content", None),
    (Field::IosLiveActivity, Kind::Object, "ios.live_activity", None),
    (Field::AndroidTitle, Kind::Text, "android.title", Some("4.7.1")),
    (Field::AndroidSound, Kind::Text, "android.sound", Some("6.1.2155")),
    (Field::AndroidNotifyMode, Kind::NumbersOr(0, &[1]), "android.notify_mode", None),
    (Field::AndroidPushStyle, Kind::Numbers(&[0, 1]), "android.push_style", None),
    (Field::OppoChannel, Kind::Text, "android.oppo.channel", Some("4.6.1")),
    (Field::OppoCategory, Kind::ClassOf(Vendor::Oppo), "android.oppo.category", Some("8.3.6498")),
    (Field::OppoNotifyLevel, Kind::NumbersOr(0, &[1, 2, 16]), "android.oppo.notify_level", Some("8.3.6498")),
    (Field::HuaweiCategory, Kind::ClassOf(Vendor::Huawei), "android.huawei.category", Some("7.0.3754")),
    (Field::HuaweiImage, Kind::Text, "android.huawei.image", Some("8.0.5895")),
    (Field::HuaweiImportance, IMPORTANCE, "android.huawei.importance", None),
    (Field::HuaweiChannel, Kind::Text, "android.huawei.channel", None),
    (Field::HuaweiExtAsIntentParam, Kind::Bool, "android.huawei.ext_as_intent_param", None),
    (Field::XiaomiChannel, Kind::Text, "android.xiaomi_channel", Some("7.0.3754")),
    (Field::VivoClassification, Kind::Numbers(&[0, 1]), "android.vivo_classification", Some("5.4.666")),
    (Field::VivoCategory, Kind::ClassOf(Vendor::Vivo), "android.vivo_category", Some("7.2.4123")),
    (Field::HonorImportance, IMPORTANCE, "android.honor_importance", Some("8.4.6667")),
    (Field::HonorImage, Kind::Text, "android.honor_image", Some("8.0.5895")),
    (Field::MeizuNotifyType, Kind::NumbersOr(-1, &[0, 1]), "android.meizu_notify_type", Some("8.6.7019")),
    (Field::FcmChannel, Kind::Text, "android.fcm_channel", Some("7.0.3754")),
    (Field::FcmImage, Kind::Text, "android.fcm_image", Some("8.0.5895")),
    (Field::HarmonyTitle, Kind::Text, "harmony.title", None),
    (Field::HarmonyImage, Kind::Text, "harmony.image", Some("8.1.6122")),
    (Field::HarmonyCategory, Kind::ClassOf(Vendor::HarmonyOs), "harmony.category", Some("8.1.6122")),
    (Field::HarmonyIgnoreBadge, Kind::Flag, "harmony.ignore_badge", Some("8.1.6122")),
    (Field::HarmonySound, Kind::Text, "harmony.sound", None),
    (Field::HarmonySoundDuration, Kind::Number, "harmony.sound_duration", None),
    (Field::FcmPriority, Kind::Texts(&["normal", "high"]), "vendor_params.fcm_priority", Some("8.7.7201")),
    (Field::VivoNotifyType, Kind::Numbers(&[1, 2, 3, 4]), "vendor_params.vivo_notify_type", Some("8.7.7201")),
    (Field::OppoTemplateId, Kind::Text, "vendor_params.oppo_template_id", Some("8.7.7201")),
    (Field::OppoTitleParams, Kind::Object, "vendor_params.oppo_title_params", Some("8.7.7201")),
    (Field::OppoContentParams, Kind::Object, "vendor_params.oppo_content_params", Some("8.7.7201")),
    (Field::BadgeAdd, Kind::Number, "server.badge_add", None),
    (Field::BadgeSet, Kind::Number, "server.badge_set", None),
    (Field::MultiLanguage, Kind::Array, "server.multi_language", None),
    (Field::TemplateId, Kind::Text, "vendor_params.push_template_id", Some("8.7.7201")),
    (Field::TemplateParam, Kind::Json, "vendor_params.push_template_params", Some("8.7.7201")),
];

/// The fields of the table. That each stands at its own number is checked when the crate is built.
#[expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    reason = "constant"
)]
const fn all() -> [Field; ROWS.len()] {
    assert!(ROWS.len() == Field::TemplateParam as usize + 1, "a field has no row");
    let mut fields = [Field::Title; ROWS.len()];
    let mut at = 0;
    while at < ROWS.len() {
        fields[at] = ROWS[at].0;
        assert!(fields[at] as usize == at, "the rows stand in another order than the fields");
        at += 1;
    }
    fields
}

/// The value that a field has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(super) enum FieldValue<'a> {
    Text(&'a str),
    Number(i64),
    Json(&'a Json),
    /// An ext that is not UTF-8: no form carries it.
    Bytes,
}

impl Field {
    /// All fields, in the order of this crate's groups.
    pub const ALL: &'static [Self] = &all();

    /// The path of the field in this crate.
    pub const fn as_str(self) -> &'static str {
        self.row().2
    }

    /// The IM SDK that first had the field in its client interface. `None`: all of them, or none (the field
    /// is for the server's REST interface only).
    ///
    /// Source: Tencent's release history (`TencentCloud/TIMSDK`), read 2026-11-22.
    pub const fn since(self) -> Option<&'static str> {
        self.row().3
    }

    pub(super) const fn kind(self) -> Kind {
        self.row().1
    }

    #[expect(
        clippy::indexing_slicing,
        clippy::as_conversions,
        reason = "`all` checks that each field has its row"
    )]
    const fn row(self) -> &'static (Self, Kind, &'static str, Option<&'static str>) {
        &ROWS[self as usize]
    }

    /// Whether the field is one of those that the client forms carry in the text of the vendor parameters.
    pub(super) fn is_in_vendor_params(self) -> bool {
        self.as_str().starts_with("vendor_params.")
    }

    /// Whether a document lists the value for the field.
    pub(super) fn documents(self, value: FieldValue<'_>) -> bool {
        match (self.kind(), value) {
            (Kind::Texts(texts), FieldValue::Text(text)) => texts.contains(&text),
            (Kind::ClassOf(vendor), FieldValue::Text(text)) => message_classes(vendor).contains(text),
            (Kind::Numbers(numbers) | Kind::NumbersOr(_, numbers), FieldValue::Number(number)) => {
                numbers.contains(&number)
            }
            _ => true,
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Why a value cannot be put into an [`OfflinePushInfo`](super::OfflinePushInfo). It names the field and the
/// rule, never the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum PushInfoError {
    /// An image address does not begin with `https://` and a host, or holds white space or a control
    /// character.
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
    /// The field does not take one of several listed values.
    #[error("{field} does not take one of several listed values: use its own method")]
    NoChoice {
        /// The field.
        field: Field,
    },
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

impl PushInfoError {
    /// A stable short name, for bridges.
    pub fn code(&self) -> String {
        error_code("push_info", self)
    }
}

/// What is read of a push, or of a message or request that holds one.
pub(super) const LIMITS: Limits = Limits { bytes: 1 << 20, depth: json::MAX_DEPTH };

/// What is read of a JSON text inside a push, and taken as a value from the host: it must be read back from
/// three levels down, and from inside a message.
pub(super) const NESTED: Limits = Limits { bytes: LIMITS.bytes, depth: 100 };

/// An object nested as a text must be read back as an object, one level down.
pub(super) const NESTED_TEXT: Limits = Limits { depth: 90, ..NESTED };

impl From<Field> for Cow<'static, str> {
    fn from(field: Field) -> Self {
        Cow::Borrowed(field.as_str())
    }
}
