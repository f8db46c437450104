use super::table::{Entry, Row, Shape, Table, leaf, newer, newer_leaf, row};
use crate::message::Field;
use crate::message::kept::Group;
use crate::message::rule::C_LIBRARY;

/// Header `TIMOfflinePushManager.h` of npm `im_electron_sdk` 8.0.5906; newer keys from the Dart binding
/// `tencent_cloud_chat_sdk`; both read 2026-11-22.
pub(super) static TABLE: Table = Table {
    source: C_LIBRARY,
    entries: &[
        newer_leaf("offline_push_config_title", Field::Title, Shape::Text),
        leaf("offline_push_config_desc", Field::Desc, Shape::Text),
        leaf("offline_push_config_ext", Field::Ext, Shape::Text),
        leaf("offline_push_config_flag", Field::PushFlag, Shape::Unsigned),
        newer_leaf("offline_push_config_vendor_params", Field::VendorParams, Shape::Text),
        Entry::Group { key: "offline_push_config_ios_config", group: Group::Ios, rows: IOS, newer: false },
        Entry::Group {
            key: "offline_push_config_android_config",
            group: Group::Android,
            rows: ANDROID,
            newer: false,
        },
        Entry::Group {
            key: "offline_push_config_harmony_config",
            group: Group::Harmony,
            rows: HARMONY,
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
        Field::TemplateId,
        Field::TemplateParam,
    ],
    // Until 1.8.3 the Unity SDK misspelt it (its change log, read 2026-11-22).
    envelope: &["message_offline_push_config", "message_offlie_push_config"],
};

const IOS: &[Row] = &[
    row("ios_offline_push_config_title", Field::IosTitle, Shape::TitleOrCommon),
    row("ios_offline_push_config_sound", Field::IosSound, Shape::Text),
    row("ios_offline_push_config_ignore_badge", Field::IosBadgeMode, Shape::Truth),
    row("ios_offline_push_config_push_type", Field::IosPushType, Shape::Unsigned),
    row("ios_offline_push_config_image", Field::IosImage, Shape::Text),
    newer("ios_offline_push_config_interruption_level", Field::IosInterruptionLevel, Shape::Text),
    newer("ios_offline_push_config_enable_background_notification", Field::IosBackground, Shape::Truth),
];

const ANDROID: &[Row] = &[
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

const HARMONY: &[Row] = &[
    newer("harmony_offline_push_config_title", Field::HarmonyTitle, Shape::Text),
    newer("harmony_offline_push_config_image", Field::HarmonyImage, Shape::Text),
    newer("harmony_offline_push_config_category", Field::HarmonyCategory, Shape::Text),
    newer("harmony_offline_push_config_ignore_badge", Field::HarmonyIgnoreBadge, Shape::Truth),
];
