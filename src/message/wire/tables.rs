//! The keys of each wire form, in the order in which they are written.

use crate::message::field::Field;
use crate::message::rules::{C_LIBRARY, REST};
use crate::vendor::Source;

/// What stands in one wire form.
#[derive(Debug)]
pub(in crate::message) struct Table {
    /// Where the form is documented.
    pub(in crate::message) source: Source,
    /// The objects of the form in the order in which they are written, the outermost first.
    pub(in crate::message) parts: &'static [Part],
    /// The keys under which a larger object holds the push, the present one first.
    pub(in crate::message) envelope: &'static [&'static str],
}

/// An object of a form: its own key, empty for the outermost, and the keys in it in the order in which they
/// are written.
#[derive(Clone, Copy, Debug)]
pub(in crate::message) struct Part {
    pub(in crate::message) key: &'static str,
    pub(in crate::message) rows: &'static [Row],
}

/// A key and the field that it carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::message) struct Row {
    pub(in crate::message) key: &'static str,
    pub(in crate::message) field: Field,
    pub(in crate::message) shape: Shape,
    /// Whether only newer libraries know the key.
    pub(in crate::message) newer: bool,
    /// Whether the key is read and no longer written: another one has taken its place.
    pub(in crate::message) former: bool,
}

/// The JSON type under a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::message) enum Shape {
    Text,
    /// A text, read without its last dot and what follows.
    Stem,
    /// The text of its own field, or else the common title.
    TitleOrCommon,
    Number,
    /// An integer of 32 bits without a sign.
    Unsigned,
    /// `true` is 1; `false`, the default, is not written.
    Bool,
    /// `false` is 1; `true`, the default, is not written.
    InvertedBool,
    /// As `Bool`; the numbers 1 and 0 are allowed too.
    BoolOrNumber,
    Object,
    Array,
    /// Any JSON value.
    Any,
}

impl Shape {
    pub(in crate::message) const fn is_bool(self) -> bool {
        matches!(self, Self::Bool | Self::InvertedBool | Self::BoolOrNumber)
    }

    /// The JSON name of the type.
    pub(in crate::message) const fn type_name(self) -> &'static str {
        match self {
            Self::Text | Self::Stem | Self::TitleOrCommon => "text",
            Self::Number => "number",
            Self::Unsigned => "number from 0 to 4294967295",
            Self::Bool | Self::InvertedBool | Self::BoolOrNumber => "bool",
            Self::Object => "object",
            Self::Array => "array",
            Self::Any => "a value",
        }
    }
}

impl Table {
    /// The row of a key in the object with the key `group`.
    pub(in crate::message) fn row(&self, group: &str, key: &str) -> Option<&'static Row> {
        self.parts.iter().find(|part| part.key == group)?.rows.iter().find(|row| row.key == key)
    }

    /// The key, if it is one of an inner object's.
    pub(in crate::message) fn group(&self, key: &str) -> Option<&'static str> {
        self.parts.iter().skip(1).find(|part| part.key == key).map(|part| part.key)
    }

    /// The key of a field's object, and its row there.
    pub(in crate::message) fn place_of(&self, field: Field) -> Option<(&'static str, &'static Row)> {
        self.parts.iter().find_map(|part| Some((part.key, part.rows.iter().find(|row| row.field == field)?)))
    }
}

const fn part(key: &'static str, rows: &'static [Row]) -> Part {
    Part { key, rows }
}

const fn row(key: &'static str, field: Field, shape: Shape) -> Row {
    Row { key, field, shape, newer: false, former: false }
}

/// A key that is read, and no longer written.
const fn former(key: &'static str, field: Field, shape: Shape) -> Row {
    Row { former: true, ..row(key, field, shape) }
}

const fn newer(key: &'static str, field: Field, shape: Shape) -> Row {
    Row { newer: true, ..row(key, field, shape) }
}

/// The key of the outermost object, which has none.
pub(in crate::message) const TOP: &str = "";

/// Header `TIMOfflinePushManager.h` of npm `im_electron_sdk` 8.0.5906; the newer keys stand in the same
/// header of `chat-sdk-unity` 8.6.7021, all but `vendor_params`, which the Dart binding
/// `tencent_cloud_chat_sdk` sends.
pub(in crate::message) static C_API: Table = Table {
    source: C_LIBRARY,
    parts: &[
        part(TOP, C_TOP),
        part("offline_push_config_ios_config", C_IOS),
        part("offline_push_config_android_config", C_ANDROID),
        part("offline_push_config_harmony_config", C_HARMONY),
    ],
    // Until 1.8.3 the Unity SDK misspelt it (its change log, read 2026-11-22).
    envelope: &["message_offline_push_config", "message_offlie_push_config"],
};

const C_TOP: &[Row] = &[
    newer("offline_push_config_title", Field::Title, Shape::Text),
    row("offline_push_config_desc", Field::Desc, Shape::Text),
    row("offline_push_config_ext", Field::Ext, Shape::Text),
    row("offline_push_config_flag", Field::PushFlag, Shape::Unsigned),
    newer("offline_push_config_vendor_params", Field::VendorParams, Shape::Text),
];

const C_IOS: &[Row] = &[
    row("ios_offline_push_config_title", Field::IosTitle, Shape::TitleOrCommon),
    row("ios_offline_push_config_sound", Field::IosSound, Shape::Text),
    row("ios_offline_push_config_ignore_badge", Field::IosBadgeMode, Shape::Bool),
    row("ios_offline_push_config_push_type", Field::IosPushType, Shape::Unsigned),
    row("ios_offline_push_config_image", Field::IosImage, Shape::Text),
    newer("ios_offline_push_config_interruption_level", Field::IosInterruptionLevel, Shape::Text),
    newer("ios_offline_push_config_enable_background_notification", Field::IosBackground, Shape::Bool),
];

const C_ANDROID: &[Row] = &[
    row("android_offline_push_config_title", Field::AndroidTitle, Shape::TitleOrCommon),
    row("android_offline_push_config_sound", Field::AndroidSound, Shape::Text),
    row("android_offline_push_config_notify_mode", Field::AndroidNotifyMode, Shape::Unsigned),
    row("android_offline_push_config_oppo_channel_id", Field::OppoChannel, Shape::Text),
    newer("android_offline_push_config_oppo_category", Field::OppoCategory, Shape::Text),
    newer("android_offline_push_config_oppo_notify_level", Field::OppoNotifyLevel, Shape::Number),
    row("android_offline_push_config_fcm_channel_id", Field::FcmChannel, Shape::Text),
    row("android_offline_push_config_fcm_image", Field::FcmImage, Shape::Text),
    row("android_offline_push_config_xiaomi_channel_id", Field::XiaomiChannel, Shape::Text),
    row("android_offline_push_config_vivo_classification", Field::VivoClassification, Shape::Unsigned),
    row("android_offline_push_config_vivo_category", Field::VivoCategory, Shape::Text),
    row("android_offline_push_config_huawei_category", Field::HuaweiCategory, Shape::Text),
    row("android_offline_push_config_huawei_image", Field::HuaweiImage, Shape::Text),
    row("android_offline_push_config_honor_image", Field::HonorImage, Shape::Text),
    newer("android_offline_push_config_honor_importance", Field::HonorImportance, Shape::Text),
    newer("android_offline_push_config_meizu_notify_type", Field::MeizuNotifyType, Shape::Number),
];

const C_HARMONY: &[Row] = &[
    newer("harmony_offline_push_config_title", Field::HarmonyTitle, Shape::Text),
    newer("harmony_offline_push_config_image", Field::HarmonyImage, Shape::Text),
    newer("harmony_offline_push_config_category", Field::HarmonyCategory, Shape::Text),
    // The Unity header says uint32, the Dart adapter sends a bool.
    newer("harmony_offline_push_config_ignore_badge", Field::HarmonyIgnoreBadge, Shape::BoolOrNumber),
];

/// <https://trtc.io/document/77715> and <https://cloud.tencent.com/document/product/269/133879>, read
/// 2026-11-22.
pub(in crate::message) static REST_FORM: Table = Table {
    source: REST,
    parts: &[
        part(TOP, REST_TOP),
        part("AndroidInfo", REST_ANDROID),
        part("ApnsInfo", REST_APNS),
        part("HarmonyInfo", REST_HARMONY),
    ],
    envelope: &["OfflinePushInfo"],
};

const REST_TOP: &[Row] = &[
    row("PushFlag", Field::PushFlag, Shape::Number),
    row("Title", Field::Title, Shape::Text),
    row("Desc", Field::Desc, Shape::Text),
    row("MultiLanguageContent", Field::MultiLanguage, Shape::Array),
    row("Ext", Field::Ext, Shape::Text),
    row("BadgeAddNum", Field::BadgeAdd, Shape::Number),
    row("BadgeSetNum", Field::BadgeSet, Shape::Number),
    row("PushTemplateId", Field::TemplateId, Shape::Text),
    row("PushTemplateParam", Field::TemplateParam, Shape::Any),
];

const REST_ANDROID: &[Row] = &[
    row("Sound", Field::AndroidSound, Shape::Text),
    row("PushStyle", Field::AndroidPushStyle, Shape::Number),
    row("XiaoMiChannelID", Field::XiaomiChannel, Shape::Text),
    row("OPPOChannelID", Field::OppoChannel, Shape::Text),
    row("OPPOCategory", Field::OppoCategory, Shape::Text),
    row("OPPONotifyLevel", Field::OppoNotifyLevel, Shape::Number),
    row("OPPOPrivateMsgTemplateId", Field::OppoTemplateId, Shape::Text),
    row("OPPOPrivateTitleParameters", Field::OppoTitleParams, Shape::Object),
    row("OPPOPrivateContentParameters", Field::OppoContentParams, Shape::Object),
    row("VIVOClassification", Field::VivoClassification, Shape::Number),
    row("VIVOCategory", Field::VivoCategory, Shape::Text),
    row("VIVONotifyType", Field::VivoNotifyType, Shape::Number),
    row("HuaWeiImportance", Field::HuaweiImportance, Shape::Text),
    row("HuaWeiCategory", Field::HuaweiCategory, Shape::Text),
    row("HuaWeiImage", Field::HuaweiImage, Shape::Text),
    row("HuaWeiChannelID", Field::HuaweiChannel, Shape::Text),
    row("ExtAsHuaweiIntentParam", Field::HuaweiExtAsIntentParam, Shape::Number),
    row("HonorImage", Field::HonorImage, Shape::Text),
    row("HonorImportance", Field::HonorImportance, Shape::Text),
    row("GoogleImage", Field::FcmImage, Shape::Text),
    row("GooglePriority", Field::FcmPriority, Shape::Text),
    row("GoogleChannelID", Field::FcmChannel, Shape::Text),
    row("MeiZuNoticeMsgType", Field::MeizuNotifyType, Shape::Number),
];

const REST_APNS: &[Row] = &[
    row("BadgeMode", Field::IosBadgeMode, Shape::Number),
    row("Title", Field::IosTitle, Shape::Text),
    row("SubTitle", Field::IosSubtitle, Shape::Text),
    row("Image", Field::IosImage, Shape::Text),
    row("Sound", Field::IosSound, Shape::Text),
    row("MutableContent", Field::IosMutableContent, Shape::Number),
    row("InterruptionLevel", Field::IosInterruptionLevel, Shape::Text),
    row("ContentAvailable", Field::IosBackground, Shape::Number),
    row("IsVoipPush", Field::IosPushType, Shape::Number),
    row("LiveActivity", Field::IosLiveActivity, Shape::Object),
];

const REST_HARMONY: &[Row] = &[
    row("Title", Field::HarmonyTitle, Shape::Text),
    row("Category", Field::HarmonyCategory, Shape::Text),
    row("Image", Field::HarmonyImage, Shape::Text),
    row("Sound", Field::HarmonySound, Shape::Text),
    row("SoundDuration", Field::HarmonySoundDuration, Shape::Number),
];

pub(in crate::message) static V2TIM: Table = Table {
    source: Source::read("the Dart binding tencent_cloud_chat_sdk (pub.dev)"),
    parts: &[part(TOP, FLUTTER)],
    envelope: &["offlinePushInfo"],
};

/// The names of Objective-C.
pub(in crate::message) static V2TIM_ARKTS: Table = Table {
    source: Source::read("https://im.sdk.qcloud.com/doc/HarmonyOS/classes/V2TIMOfflinePushInfo.html"),
    parts: &[part(TOP, ARKTS)],
    envelope: &["offlinePushInfo"],
};

/// The fields of `V2TIMOfflinePushInfo` under the names of the Flutter and React Native bindings, and of
/// ArkTS.
const FLAT: [(&str, &str, Field, Shape); 28] = [
    ("title", "title", Field::Title, Shape::Text),
    ("desc", "desc", Field::Desc, Shape::Text),
    ("ext", "ext", Field::Ext, Shape::Text),
    ("vendorParams", "vendorParams", Field::VendorParams, Shape::Text),
    ("disablePush", "disablePush", Field::PushFlag, Shape::Bool),
    ("iOSSound", "iOSSound", Field::IosSound, Shape::Text),
    ("iOSImage", "iOSImage", Field::IosImage, Shape::Text),
    ("ignoreIOSBadge", "ignoreIOSBadge", Field::IosBadgeMode, Shape::Bool),
    ("iOSPushType", "iOSPushType", Field::IosPushType, Shape::Number),
    ("iOSInterruptionLevel", "iOSInterruptionLevel", Field::IosInterruptionLevel, Shape::Text),
    ("enableIOSBackgroundNotification", "enableIOSBackgroundNotification", Field::IosBackground, Shape::Bool),
    ("androidSound", "AndroidSound", Field::AndroidSound, Shape::Text),
    ("androidOPPOChannelID", "AndroidOPPOChannelID", Field::OppoChannel, Shape::Text),
    ("androidOPPOCategory", "AndroidOPPOCategory", Field::OppoCategory, Shape::Text),
    ("androidOPPONotifyLevel", "AndroidOPPONotifyLevel", Field::OppoNotifyLevel, Shape::Number),
    ("androidVIVOCategory", "AndroidVIVOCategory", Field::VivoCategory, Shape::Text),
    ("androidVIVOClassification", "AndroidVIVOClassification", Field::VivoClassification, Shape::Number),
    ("androidFCMChannelID", "AndroidFCMChannelID", Field::FcmChannel, Shape::Text),
    ("androidFCMImage", "AndroidFCMImage", Field::FcmImage, Shape::Text),
    ("androidXiaoMiChannelID", "AndroidXiaoMiChannelID", Field::XiaomiChannel, Shape::Text),
    ("androidHuaWeiCategory", "AndroidHuaWeiCategory", Field::HuaweiCategory, Shape::Text),
    ("androidHuaWeiImage", "AndroidHuaWeiImage", Field::HuaweiImage, Shape::Text),
    ("androidHonorImage", "AndroidHonorImage", Field::HonorImage, Shape::Text),
    ("androidHonorImportance", "AndroidHonorImportance", Field::HonorImportance, Shape::Text),
    ("androidMeizuNotifyType", "AndroidMeizuNotifyType", Field::MeizuNotifyType, Shape::Number),
    ("harmonyImage", "HarmonyImage", Field::HarmonyImage, Shape::Text),
    ("harmonyCategory", "HarmonyCategory", Field::HarmonyCategory, Shape::Text),
    ("ignoreHarmonyBadge", "ignoreHarmonyBadge", Field::HarmonyIgnoreBadge, Shape::Bool),
];

const FLUTTER: &[Row] = &flat(false);
const ARKTS: &[Row] = &flat(true);

#[expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "evaluated when the crate is built"
)]
const fn flat(arkts: bool) -> [Row; FLAT.len()] {
    let mut rows = [row("", Field::Title, Shape::Text); FLAT.len()];
    let mut at = 0;
    while at < FLAT.len() {
        let (flutter, own, field, shape) = FLAT[at];
        rows[at] = row(if arkts { own } else { flutter }, field, shape);
        at += 1;
    }
    rows
}

/// Typings and behaviour of npm `@tencentcloud/chat` 3.6.6. The typings no longer list the former keys, the
/// code still reads them.
pub(in crate::message) static WEB: Table = Table {
    source: Source::read("npm @tencentcloud/chat 3.6.6"),
    parts: &[part(TOP, WEB_TOP), part("androidInfo", WEB_ANDROID), part("apnsInfo", WEB_APNS)],
    envelope: &["offlinePushInfo"],
};

const WEB_TOP: &[Row] = &[
    row("disablePush", Field::PushFlag, Shape::Bool),
    row("title", Field::Title, Shape::Text),
    row("description", Field::Desc, Shape::Text),
    row("extension", Field::Ext, Shape::Text),
    former("disableVoipPush", Field::IosPushType, Shape::InvertedBool),
    former("ignoreIOSBadge", Field::IosBadgeMode, Shape::Bool),
    former("androidOPPOChannelID", Field::OppoChannel, Shape::Text),
];

const WEB_ANDROID: &[Row] = &[
    row("sound", Field::AndroidSound, Shape::Stem),
    row("XiaoMiChannelID", Field::XiaomiChannel, Shape::Text),
    row("OPPOChannelID", Field::OppoChannel, Shape::Text),
    row("FCMChannelID", Field::FcmChannel, Shape::Text),
    row("VIVOClassification", Field::VivoClassification, Shape::Number),
    row("VIVOCategory", Field::VivoCategory, Shape::Text),
    row("HuaWeiCategory", Field::HuaweiCategory, Shape::Text),
    row("OPPOCategory", Field::OppoCategory, Shape::Text),
    row("HuaWeiImage", Field::HuaweiImage, Shape::Text),
    row("HonorImage", Field::HonorImage, Shape::Text),
    row("GoogleImage", Field::FcmImage, Shape::Text),
    row("HonorImportance", Field::HonorImportance, Shape::Text),
    row("MeizuNotifyType", Field::MeizuNotifyType, Shape::Number),
];

const WEB_APNS: &[Row] = &[
    row("sound", Field::IosSound, Shape::Text),
    row("ignoreIOSBadge", Field::IosBadgeMode, Shape::Bool),
    row("disableVoipPush", Field::IosPushType, Shape::InvertedBool),
    row("image", Field::IosImage, Shape::Text),
    row("interruptionLevel", Field::IosInterruptionLevel, Shape::Text),
    row("enableIOSBackgroundNotification", Field::IosBackground, Shape::Bool),
];

/// What the flat keys of call pushes (npm `@tencentcloud/call-engine-js` 3.3.4) have beside those of V2TIM.
pub(in crate::message) const CALL: &[Row] = &[
    row("isDisablePush", Field::PushFlag, Shape::Bool),
    row("description", Field::Desc, Shape::Text),
    row("extension", Field::Ext, Shape::Text),
];

/// The fields of which the web SDK sends an unknown value on as another one, or not at all.
pub(in crate::message) const WEB_SDK_DROPS: [Field; 3] =
    [Field::IosInterruptionLevel, Field::HonorImportance, Field::MeizuNotifyType];
