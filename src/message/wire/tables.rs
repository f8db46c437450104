//! The keys of each wire form, in the order in which they are written.

use crate::message::check::rules::{C_LIBRARY, REST};
use crate::message::field::Field;
use crate::vendor::Source;

/// What stands in one wire form: its keys in the order in which they are written.
#[derive(Debug)]
pub(in crate::message) struct Table {
    /// Where the form is documented.
    pub(in crate::message) source: Source,
    pub(in crate::message) entries: &'static [Entry],
    /// The fields that the form has no key for.
    pub(in crate::message) absent: &'static [Field],
    /// The keys under which a larger object holds the push, the present one first.
    pub(in crate::message) envelope: &'static [&'static str],
}

/// A member of a form's object.
#[derive(Clone, Copy, Debug)]
pub(in crate::message) enum Entry {
    Row(Row),
    Group { key: &'static str, group: Group, rows: &'static [Row], newer: bool },
}

/// A key and the field that it carries.
#[derive(Clone, Copy, Debug)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// The row of a key in a group.
    pub(in crate::message) fn row(&self, group: Group, key: &str) -> Option<&'static Row> {
        self.entries.iter().find_map(|entry| match entry {
            Entry::Row(row) => (group == Group::Top && row.key == key).then_some(row),
            Entry::Group { group: own, rows, .. } if *own == group => rows.iter().find(|row| row.key == key),
            Entry::Group { .. } => None,
        })
    }

    /// The group whose object stands under a key.
    pub(in crate::message) fn group(&self, key: &str) -> Option<Group> {
        self.entries.iter().find_map(|entry| match entry {
            Entry::Row(_) => None,
            Entry::Group { key: own, group, .. } => (*own == key).then_some(*group),
        })
    }

    /// The key under which a group's object stands; empty for the outermost.
    pub(in crate::message) fn group_key(&self, group: Group) -> &'static str {
        self.entries
            .iter()
            .find_map(|entry| match entry {
                Entry::Row(_) => None,
                Entry::Group { key, group: own, .. } => (*own == group).then_some(*key),
            })
            .unwrap_or_default()
    }
}

pub(in crate::message) const fn top(key: &'static str, field: Field, shape: Shape) -> Entry {
    Entry::Row(row(key, field, shape))
}

pub(in crate::message) const fn newer_top(key: &'static str, field: Field, shape: Shape) -> Entry {
    Entry::Row(newer(key, field, shape))
}

pub(in crate::message) const fn row(key: &'static str, field: Field, shape: Shape) -> Row {
    Row { key, field, shape, newer: false, former: false }
}

/// A key that is read, and no longer written.
pub(in crate::message) const fn former(key: &'static str, field: Field, shape: Shape) -> Entry {
    Entry::Row(Row { key, field, shape, newer: false, former: true })
}

pub(in crate::message) const fn newer(key: &'static str, field: Field, shape: Shape) -> Row {
    Row { key, field, shape, newer: true, former: false }
}

/// The object of a wire form in which a member stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::message) enum Group {
    Top,
    Ios,
    Android,
    Harmony,
}

/// Header `TIMOfflinePushManager.h` of npm `im_electron_sdk` 8.0.5906; the newer keys stand in the same header of
/// `chat-sdk-unity` 8.6.7021, all but `vendor_params`, which the Dart binding `tencent_cloud_chat_sdk` sends.
pub(in crate::message) static C_API: Table = Table {
    source: C_LIBRARY,
    entries: &[
        newer_top("offline_push_config_title", Field::Title, Shape::Text),
        top("offline_push_config_desc", Field::Desc, Shape::Text),
        top("offline_push_config_ext", Field::Ext, Shape::Text),
        top("offline_push_config_flag", Field::PushFlag, Shape::Unsigned),
        newer_top("offline_push_config_vendor_params", Field::VendorParams, Shape::Text),
        Entry::Group { key: "offline_push_config_ios_config", group: Group::Ios, rows: C_IOS, newer: false },
        Entry::Group {
            key: "offline_push_config_android_config",
            group: Group::Android,
            rows: C_ANDROID,
            newer: false,
        },
        Entry::Group {
            key: "offline_push_config_harmony_config",
            group: Group::Harmony,
            rows: C_HARMONY,
            newer: true,
        },
    ],
    absent: &[
        Field::IosSubtitle,
        Field::IosMutableContent,
        Field::IosLiveActivity,
        Field::AndroidPushStyle,
        Field::HuaweiImportance,
        Field::HuaweiChannel,
        Field::HuaweiExtAsIntentParam,
        Field::HarmonySound,
        Field::HarmonySoundDuration,
        Field::BadgeAdd,
        Field::BadgeSet,
        Field::MultiLanguage,
    ],
    // Until 1.8.3 the Unity SDK misspelt it (its change log, read 2026-11-22).
    envelope: &["message_offline_push_config", "message_offlie_push_config"],
};

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

/// <https://trtc.io/document/77715> and <https://cloud.tencent.com/document/product/269/133879>, read 2026-11-22.
pub(in crate::message) static REST_FORM: Table = Table {
    source: REST,
    entries: &[
        top("PushFlag", Field::PushFlag, Shape::Number),
        top("Title", Field::Title, Shape::Text),
        top("Desc", Field::Desc, Shape::Text),
        top("MultiLanguageContent", Field::MultiLanguage, Shape::Array),
        top("Ext", Field::Ext, Shape::Text),
        top("BadgeAddNum", Field::BadgeAdd, Shape::Number),
        top("BadgeSetNum", Field::BadgeSet, Shape::Number),
        top("PushTemplateId", Field::TemplateId, Shape::Text),
        top("PushTemplateParam", Field::TemplateParam, Shape::Any),
        Entry::Group { key: "AndroidInfo", group: Group::Android, rows: REST_ANDROID, newer: false },
        Entry::Group { key: "ApnsInfo", group: Group::Ios, rows: REST_APNS, newer: false },
        Entry::Group { key: "HarmonyInfo", group: Group::Harmony, rows: REST_HARMONY, newer: false },
    ],
    absent: &[Field::AndroidTitle, Field::AndroidNotifyMode, Field::HarmonyIgnoreBadge, Field::VendorParams],
    envelope: &["OfflinePushInfo"],
};

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
    entries: V2TIM_ENTRIES,
    absent: V2TIM_ABSENT,
    envelope: &["offlinePushInfo"],
};

/// The names of Objective-C.
pub(in crate::message) static V2TIM_ARKTS: Table = Table {
    source: Source::read("https://im.sdk.qcloud.com/doc/HarmonyOS/classes/V2TIMOfflinePushInfo.html"),
    entries: ARKTS_ENTRIES,
    absent: V2TIM_ABSENT,
    envelope: &["offlinePushInfo"],
};

const V2TIM_ABSENT: &[Field] = &[
    Field::IosTitle,
    Field::IosSubtitle,
    Field::IosMutableContent,
    Field::IosLiveActivity,
    Field::AndroidTitle,
    Field::AndroidNotifyMode,
    Field::AndroidPushStyle,
    Field::HuaweiImportance,
    Field::HuaweiChannel,
    Field::HuaweiExtAsIntentParam,
    Field::HarmonyTitle,
    Field::HarmonySound,
    Field::HarmonySoundDuration,
    Field::BadgeAdd,
    Field::BadgeSet,
    Field::MultiLanguage,
];

const V2TIM_ENTRIES: &[Entry] = &[
    top("title", Field::Title, Shape::Text),
    top("desc", Field::Desc, Shape::Text),
    top("ext", Field::Ext, Shape::Text),
    top("vendorParams", Field::VendorParams, Shape::Text),
    top("disablePush", Field::PushFlag, Shape::Bool),
    top("iOSSound", Field::IosSound, Shape::Text),
    top("iOSImage", Field::IosImage, Shape::Text),
    top("ignoreIOSBadge", Field::IosBadgeMode, Shape::Bool),
    top("iOSPushType", Field::IosPushType, Shape::Number),
    top("iOSInterruptionLevel", Field::IosInterruptionLevel, Shape::Text),
    top("enableIOSBackgroundNotification", Field::IosBackground, Shape::Bool),
    top("androidSound", Field::AndroidSound, Shape::Text),
    top("androidOPPOChannelID", Field::OppoChannel, Shape::Text),
    top("androidOPPOCategory", Field::OppoCategory, Shape::Text),
    top("androidOPPONotifyLevel", Field::OppoNotifyLevel, Shape::Number),
    top("androidVIVOCategory", Field::VivoCategory, Shape::Text),
    top("androidVIVOClassification", Field::VivoClassification, Shape::Number),
    top("androidFCMChannelID", Field::FcmChannel, Shape::Text),
    top("androidFCMImage", Field::FcmImage, Shape::Text),
    top("androidXiaoMiChannelID", Field::XiaomiChannel, Shape::Text),
    top("androidHuaWeiCategory", Field::HuaweiCategory, Shape::Text),
    top("androidHuaWeiImage", Field::HuaweiImage, Shape::Text),
    top("androidHonorImage", Field::HonorImage, Shape::Text),
    top("androidHonorImportance", Field::HonorImportance, Shape::Text),
    top("androidMeizuNotifyType", Field::MeizuNotifyType, Shape::Number),
    top("harmonyImage", Field::HarmonyImage, Shape::Text),
    top("harmonyCategory", Field::HarmonyCategory, Shape::Text),
    top("ignoreHarmonyBadge", Field::HarmonyIgnoreBadge, Shape::Bool),
];

const ARKTS_ENTRIES: &[Entry] = &[
    top("title", Field::Title, Shape::Text),
    top("desc", Field::Desc, Shape::Text),
    top("ext", Field::Ext, Shape::Text),
    top("vendorParams", Field::VendorParams, Shape::Text),
    top("disablePush", Field::PushFlag, Shape::Bool),
    top("iOSSound", Field::IosSound, Shape::Text),
    top("iOSImage", Field::IosImage, Shape::Text),
    top("ignoreIOSBadge", Field::IosBadgeMode, Shape::Bool),
    top("iOSPushType", Field::IosPushType, Shape::Number),
    top("iOSInterruptionLevel", Field::IosInterruptionLevel, Shape::Text),
    top("enableIOSBackgroundNotification", Field::IosBackground, Shape::Bool),
    top("AndroidSound", Field::AndroidSound, Shape::Text),
    top("AndroidOPPOChannelID", Field::OppoChannel, Shape::Text),
    top("AndroidOPPOCategory", Field::OppoCategory, Shape::Text),
    top("AndroidOPPONotifyLevel", Field::OppoNotifyLevel, Shape::Number),
    top("AndroidVIVOCategory", Field::VivoCategory, Shape::Text),
    top("AndroidVIVOClassification", Field::VivoClassification, Shape::Number),
    top("AndroidFCMChannelID", Field::FcmChannel, Shape::Text),
    top("AndroidFCMImage", Field::FcmImage, Shape::Text),
    top("AndroidXiaoMiChannelID", Field::XiaomiChannel, Shape::Text),
    top("AndroidHuaWeiCategory", Field::HuaweiCategory, Shape::Text),
    top("AndroidHuaWeiImage", Field::HuaweiImage, Shape::Text),
    top("AndroidHonorImage", Field::HonorImage, Shape::Text),
    top("AndroidHonorImportance", Field::HonorImportance, Shape::Text),
    top("AndroidMeizuNotifyType", Field::MeizuNotifyType, Shape::Number),
    top("HarmonyImage", Field::HarmonyImage, Shape::Text),
    top("HarmonyCategory", Field::HarmonyCategory, Shape::Text),
    top("ignoreHarmonyBadge", Field::HarmonyIgnoreBadge, Shape::Bool),
];

/// Typings and behaviour of npm `@tencentcloud/chat` 3.6.6. The typings no longer list the former keys, the code still reads
/// them.
pub(in crate::message) static WEB: Table = Table {
    source: Source::read("npm @tencentcloud/chat 3.6.6"),
    entries: &[
        top("disablePush", Field::PushFlag, Shape::Bool),
        top("title", Field::Title, Shape::Text),
        top("description", Field::Desc, Shape::Text),
        top("extension", Field::Ext, Shape::Text),
        former("disableVoipPush", Field::IosPushType, Shape::InvertedBool),
        former("ignoreIOSBadge", Field::IosBadgeMode, Shape::Bool),
        former("androidOPPOChannelID", Field::OppoChannel, Shape::Text),
        Entry::Group { key: "androidInfo", group: Group::Android, rows: WEB_ANDROID, newer: false },
        Entry::Group { key: "apnsInfo", group: Group::Ios, rows: WEB_APNS, newer: false },
    ],
    absent: &[
        Field::VendorParams,
        Field::IosTitle,
        Field::IosSubtitle,
        Field::IosMutableContent,
        Field::IosLiveActivity,
        Field::AndroidTitle,
        Field::AndroidNotifyMode,
        Field::AndroidPushStyle,
        Field::OppoNotifyLevel,
        Field::HuaweiImportance,
        Field::HuaweiChannel,
        Field::HuaweiExtAsIntentParam,
        Field::HarmonyTitle,
        Field::HarmonyImage,
        Field::HarmonyCategory,
        Field::HarmonyIgnoreBadge,
        Field::HarmonySound,
        Field::HarmonySoundDuration,
        Field::BadgeAdd,
        Field::BadgeSet,
        Field::MultiLanguage,
    ],
    envelope: &["offlinePushInfo"],
};

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
