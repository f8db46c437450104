use super::table::{Entry, Shape, Table, leaf};
use crate::message::Field;

/// The Dart binding `tencent_cloud_chat_sdk`, read 2026-11-22.
pub(super) static TABLE: Table = Table { entries: ENTRIES, absent: ABSENT, envelope: &["offlinePushInfo"] };

/// <https://im.sdk.qcloud.com/doc/HarmonyOS/classes/V2TIMOfflinePushInfo.html>, read 2026-11-22: the names of Objective-C.
pub(super) static ARKTS_TABLE: Table =
    Table { entries: ARKTS_ENTRIES, absent: ABSENT, envelope: &["offlinePushInfo"] };

const ABSENT: &[Field] = &[
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
    Field::TemplateId,
    Field::TemplateParam,
];

const ENTRIES: &[Entry] = &[
    leaf("title", Field::Title, Shape::Text),
    leaf("desc", Field::Desc, Shape::Text),
    leaf("ext", Field::Ext, Shape::Text),
    leaf("vendorParams", Field::VendorParams, Shape::Text),
    leaf("disablePush", Field::PushFlag, Shape::Truth),
    leaf("iOSSound", Field::IosSound, Shape::Text),
    leaf("iOSImage", Field::IosImage, Shape::Text),
    leaf("ignoreIOSBadge", Field::IosBadgeMode, Shape::Truth),
    leaf("iOSPushType", Field::IosPushType, Shape::Number),
    leaf("iOSInterruptionLevel", Field::IosInterruptionLevel, Shape::Text),
    leaf("enableIOSBackgroundNotification", Field::IosBackground, Shape::Truth),
    leaf("androidSound", Field::AndroidSound, Shape::Text),
    leaf("androidOPPOChannelID", Field::OppoChannel, Shape::Text),
    leaf("androidOPPOCategory", Field::OppoCategory, Shape::Text),
    leaf("androidOPPONotifyLevel", Field::OppoNotifyLevel, Shape::Number),
    leaf("androidVIVOCategory", Field::VivoCategory, Shape::Text),
    leaf("androidVIVOClassification", Field::VivoClassification, Shape::Number),
    leaf("androidFCMChannelID", Field::FcmChannel, Shape::Text),
    leaf("androidFCMImage", Field::FcmImage, Shape::Text),
    leaf("androidXiaoMiChannelID", Field::XiaomiChannel, Shape::Text),
    leaf("androidHuaWeiCategory", Field::HuaweiCategory, Shape::Text),
    leaf("androidHuaWeiImage", Field::HuaweiImage, Shape::Text),
    leaf("androidHonorImage", Field::HonorImage, Shape::Text),
    leaf("androidHonorImportance", Field::HonorImportance, Shape::Text),
    leaf("androidMeizuNotifyType", Field::MeizuNotifyType, Shape::Number),
    leaf("harmonyImage", Field::HarmonyImage, Shape::Text),
    leaf("harmonyCategory", Field::HarmonyCategory, Shape::Text),
    leaf("ignoreHarmonyBadge", Field::HarmonyIgnoreBadge, Shape::Truth),
];

const ARKTS_ENTRIES: &[Entry] = &[
    leaf("title", Field::Title, Shape::Text),
    leaf("desc", Field::Desc, Shape::Text),
    leaf("ext", Field::Ext, Shape::Text),
    leaf("vendorParams", Field::VendorParams, Shape::Text),
    leaf("disablePush", Field::PushFlag, Shape::Truth),
    leaf("iOSSound", Field::IosSound, Shape::Text),
    leaf("iOSImage", Field::IosImage, Shape::Text),
    leaf("ignoreIOSBadge", Field::IosBadgeMode, Shape::Truth),
    leaf("iOSPushType", Field::IosPushType, Shape::Number),
    leaf("iOSInterruptionLevel", Field::IosInterruptionLevel, Shape::Text),
    leaf("enableIOSBackgroundNotification", Field::IosBackground, Shape::Truth),
    leaf("AndroidSound", Field::AndroidSound, Shape::Text),
    leaf("AndroidOPPOChannelID", Field::OppoChannel, Shape::Text),
    leaf("AndroidOPPOCategory", Field::OppoCategory, Shape::Text),
    leaf("AndroidOPPONotifyLevel", Field::OppoNotifyLevel, Shape::Number),
    leaf("AndroidVIVOCategory", Field::VivoCategory, Shape::Text),
    leaf("AndroidVIVOClassification", Field::VivoClassification, Shape::Number),
    leaf("AndroidFCMChannelID", Field::FcmChannel, Shape::Text),
    leaf("AndroidFCMImage", Field::FcmImage, Shape::Text),
    leaf("AndroidXiaoMiChannelID", Field::XiaomiChannel, Shape::Text),
    leaf("AndroidHuaWeiCategory", Field::HuaweiCategory, Shape::Text),
    leaf("AndroidHuaWeiImage", Field::HuaweiImage, Shape::Text),
    leaf("AndroidHonorImage", Field::HonorImage, Shape::Text),
    leaf("AndroidHonorImportance", Field::HonorImportance, Shape::Text),
    leaf("AndroidMeizuNotifyType", Field::MeizuNotifyType, Shape::Number),
    leaf("HarmonyImage", Field::HarmonyImage, Shape::Text),
    leaf("HarmonyCategory", Field::HarmonyCategory, Shape::Text),
    leaf("ignoreHarmonyBadge", Field::HarmonyIgnoreBadge, Shape::Truth),
];
