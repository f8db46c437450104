use super::table::{Entry, Row, Shape, Table, leaf, row};
use crate::message::Field;
use crate::message::kept::Group;
use crate::message::rule::REST;

/// <https://trtc.io/document/77715> and <https://cloud.tencent.com/document/product/269/133879>, read 2026-11-22.
pub(super) static TABLE: Table = Table {
    source: REST,
    entries: &[
        leaf("PushFlag", Field::PushFlag, Shape::Number),
        leaf("Title", Field::Title, Shape::Text),
        leaf("Desc", Field::Desc, Shape::Text),
        leaf("MultiLanguageContent", Field::MultiLanguage, Shape::Array),
        leaf("Ext", Field::Ext, Shape::Text),
        leaf("BadgeAddNum", Field::BadgeAdd, Shape::Number),
        leaf("BadgeSetNum", Field::BadgeSet, Shape::Number),
        leaf("PushTemplateId", Field::TemplateId, Shape::Text),
        leaf("PushTemplateParam", Field::TemplateParam, Shape::Any),
        Entry::Group { key: "AndroidInfo", group: Group::Android, rows: ANDROID, newer: false },
        Entry::Group { key: "ApnsInfo", group: Group::Ios, rows: APNS, newer: false },
        Entry::Group { key: "HarmonyInfo", group: Group::Harmony, rows: HARMONY, newer: false },
    ],
    absent: &[Field::AndroidTitle, Field::AndroidNotifyMode, Field::HarmonyIgnoreBadge, Field::VendorParams],
    envelope: &["OfflinePushInfo"],
};

const ANDROID: &[Row] = &[
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

const APNS: &[Row] = &[
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

const HARMONY: &[Row] = &[
    row("Title", Field::HarmonyTitle, Shape::Text),
    row("Category", Field::HarmonyCategory, Shape::Text),
    row("Image", Field::HarmonyImage, Shape::Text),
    row("Sound", Field::HarmonySound, Shape::Text),
    row("SoundDuration", Field::HarmonySoundDuration, Shape::Number),
];
