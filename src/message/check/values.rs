//! Values that a constructor refuses, or that no document knows. They come from reading.

use super::rules;
use crate::finding::{Finding, Severity};
use crate::json::Json;
use crate::message::info::badge_range;
use crate::message::text::{has_suffix, is_https, is_resource};
use crate::message::{
    BadgeMode, Category, FcmPriority, Field, Harmony, Importance, InterruptionLevel, IosSound,
    MeizuNotifyType, NotifyMode, OfflinePushInfo, OppoNotifyLevel, PushFlag, PushStyle, PushType,
    VivoClassification, VivoNotifyType,
};
use crate::vendor::Vendor;

pub(in crate::message) fn inspect(push: &OfflinePushInfo, findings: &mut Vec<Finding>) {
    undocumented(push, findings);
    images(push, findings);
    sounds(push, findings);
    numbers(push, findings);
    structure(push, findings);
}

fn undocumented(push: &OfflinePushInfo, findings: &mut Vec<Finding>) {
    let (ios, android, params) = (&push.ios, &push.android, &push.vendor_params);
    let (oppo, huawei) = (&android.oppo, &android.huawei);
    let rows = [
        (Field::PushFlag, matches!(push.push_flag, PushFlag::Unknown(_))),
        (Field::IosBadgeMode, matches!(ios.badge_mode, Some(BadgeMode::Unknown(_)))),
        (Field::IosPushType, matches!(ios.push_type, PushType::Unknown(_))),
        (Field::IosInterruptionLevel, matches!(ios.interruption_level, Some(InterruptionLevel::Unknown(_)))),
        (Field::AndroidNotifyMode, matches!(android.notify_mode, NotifyMode::Unknown(_))),
        (Field::AndroidPushStyle, matches!(android.push_style, Some(PushStyle::Unknown(_)))),
        (Field::OppoCategory, undocumented_class(oppo.category.as_ref(), Vendor::Oppo)),
        (Field::OppoNotifyLevel, matches!(oppo.notify_level, Some(OppoNotifyLevel::Unknown(_)))),
        (Field::HuaweiCategory, undocumented_class(huawei.category.as_ref(), Vendor::Huawei)),
        (Field::HuaweiImportance, matches!(huawei.importance, Some(Importance::Unknown(_)))),
        (Field::VivoClassification, matches!(android.vivo_classification(), VivoClassification::Unknown(_))),
        (Field::VivoCategory, undocumented_class(android.vivo_category.as_ref(), Vendor::Vivo)),
        (Field::HonorImportance, matches!(android.honor_importance, Some(Importance::Unknown(_)))),
        (Field::MeizuNotifyType, matches!(android.meizu_notify_type, Some(MeizuNotifyType::Unknown(_)))),
        (Field::HarmonyCategory, undocumented_class(push.harmony.category.as_ref(), Vendor::HarmonyOs)),
        (Field::FcmPriority, matches!(params.fcm_priority(), Some(FcmPriority::Unknown(_)))),
        (Field::VivoNotifyType, matches!(params.vivo_notify_type(), Some(VivoNotifyType::Unknown(_)))),
    ];
    for (field, unknown) in rows {
        if unknown {
            findings.push(Finding::new(rules::UNKNOWN_VALUE, field, "not one of the documented values"));
        }
    }
}

fn undocumented_class(category: Option<&Category>, vendor: Vendor) -> bool {
    category.is_some_and(|category| !category.is_documented(vendor))
}

fn images(push: &OfflinePushInfo, findings: &mut Vec<Finding>) {
    let rows = [
        (Field::IosImage, push.ios.image()),
        (Field::HuaweiImage, push.android.huawei.image()),
        (Field::HonorImage, push.android.honor_image()),
        (Field::FcmImage, push.android.fcm_image()),
        (Field::HarmonyImage, push.harmony.image()),
    ];
    for (field, url) in rows {
        if url.is_some_and(|url| !is_https(url)) {
            findings.push(Finding::new(rules::IMAGE_NOT_HTTPS, field, "does not begin with https://"));
        }
    }
}

fn sounds(push: &OfflinePushInfo, findings: &mut Vec<Finding>) {
    if let Some(IosSound::File(file)) = &push.ios.sound {
        if !file.has_suffix() {
            findings.push(Finding::new(
                rules::SOUND_WITHOUT_SUFFIX,
                Field::IosSound,
                "a file without its suffix",
            ));
        }
    }
    if push.android.sound().is_some_and(|name| !is_resource(name)) {
        let cause = "names a file, not a resource without suffix";
        findings.push(Finding::new(rules::SOUND_WITH_SUFFIX, Field::AndroidSound, cause));
    }
    let harmony = &push.harmony;
    if harmony.sound().is_some_and(|name| !has_suffix(name)) {
        findings.push(Finding::new(
            rules::SOUND_WITHOUT_SUFFIX,
            Field::HarmonySound,
            "a file without its suffix",
        ));
    }
    if harmony.sound().is_none() && harmony.sound_duration.is_some() {
        let cause = "has no effect without a sound";
        findings.push(Finding::new(rules::DURATION_WITHOUT_SOUND, Field::HarmonySoundDuration, cause));
    }
}

fn numbers(push: &OfflinePushInfo, findings: &mut Vec<Finding>) {
    let (min, max) = Harmony::SOUND_SECONDS;
    if push.harmony.sound_duration.is_some_and(|seconds| !(min..=max).contains(&seconds)) {
        let cause = format!("outside {min} to {max} seconds");
        findings.push(Finding::new(rules::OUT_OF_RANGE, Field::HarmonySoundDuration, cause));
    }
    for (field, count) in [(Field::BadgeAdd, push.server.badge_add), (Field::BadgeSet, push.server.badge_set)]
    {
        let Some(count) = count else { continue };
        for vendor in Vendor::ALL {
            let Some(range) = badge_range(field, vendor) else { continue };
            if !u32::try_from(count).is_ok_and(|count| range.contains(&count)) {
                let cause = format!("outside {} to {}", range.start(), range.end());
                findings.push(Finding::new(rules::OUT_OF_RANGE, field, cause).on(vendor));
            }
        }
    }
}

fn structure(push: &OfflinePushInfo, findings: &mut Vec<Finding>) {
    let oppo = &push.android.oppo;
    if oppo.notify_level.is_some() && !oppo.category.as_ref().is_some_and(Category::takes_notify_level) {
        let cause = "has no effect without a category of the class of IM";
        findings.push(
            Finding::new(rules::LEVEL_WITHOUT_CATEGORY, Field::OppoNotifyLevel, cause).on(Vendor::Oppo),
        );
    }
    let params = &push.vendor_params;
    if !params.is_readable() {
        let finding = Finding::new(rules::VENDOR_PARAMS, Field::VendorParams, "not a JSON object");
        findings.push(finding.rated(Severity::Error));
    } else if params.says_more() {
        let cause = "has members that are unknown or of another type";
        findings.push(Finding::new(rules::VENDOR_PARAMS, Field::VendorParams, cause));
    }
    if let Some(Json::Object(members)) = &push.ios.live_activity {
        let id = members.iter().find(|(key, _)| key.as_ref() == "LaId").map(|(_, value)| value);
        let fits = matches!(id, Some(Json::Text(id)) if !id.is_empty() && id.len() <= LIVE_ACTIVITY_ID_BYTES);
        if !fits {
            let cause = format!("its LaId is not a text of 1 to {LIVE_ACTIVITY_ID_BYTES} bytes");
            findings.push(Finding::new(rules::LIVE_ACTIVITY_ID, Field::IosLiveActivity, cause));
        }
    }
}

/// <https://trtc.io/document/77715>, read 2026-11-22.
const LIVE_ACTIVITY_ID_BYTES: usize = 64;
