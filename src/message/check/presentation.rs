//! How the push looks and sounds where it arrives, and how often it may.

use super::Audience;
use crate::message::finding::Finding;
use crate::message::rule::Rule;
use crate::message::{Field, InterruptionLevel, OfflinePushInfo, PushFlag};
use crate::vendor::Vendor;

pub(super) fn check(push: &OfflinePushInfo, audience: &Audience, findings: &mut Vec<Finding>) {
    if push.push_flag != PushFlag::NoPush {
        classes(push, audience, findings);
    }
    sound(push, audience, findings);
    if audience.reaches(Vendor::Apns) {
        ios(push, audience, findings);
    }
}

/// Without a message class the vendors count a push as marketing, of which they let little through.
fn classes(push: &OfflinePushInfo, audience: &Audience, findings: &mut Vec<Finding>) {
    let android = &push.android;
    let rows = [
        (
            Vendor::Huawei,
            Field::HuaweiCategory,
            android.huawei.category.is_some(),
            "no message class: counts as marketing, 2 a day (news apps 5)",
        ),
        (
            Vendor::Honor,
            Field::HonorImportance,
            android.honor_importance.is_some(),
            "no message class: counts as marketing, 2 a day (news apps 5)",
        ),
        (
            Vendor::Vivo,
            Field::VivoCategory,
            android.vivo_category.is_some(),
            "no message class: Tencent lists a quota of 20x for system messages, of 2x to 3x for operation messages",
        ),
        (
            Vendor::Oppo,
            Field::OppoCategory,
            android.oppo.category.is_some(),
            "no message class: counts as content and marketing, 2 a day (news apps 5)",
        ),
    ];
    for (vendor, field, set, detail) in rows {
        if audience.reaches(vendor) && !set && !audience.console_sets(field) {
            findings.push(Finding::new(Rule::CategoryMissing, field, detail).at(vendor));
        }
    }
}

fn sound(push: &OfflinePushInfo, audience: &Audience, findings: &mut Vec<Finding>) {
    if push.android.sound().is_none() {
        return;
    }
    for vendor in audience.channels().iter() {
        let detail = match vendor {
            Vendor::Xiaomi => "takes the sound of its notification channel, not this one",
            Vendor::Honor | Vendor::Oppo | Vendor::Vivo | Vendor::Meizu => "does not heed the sound",
            Vendor::Fcm => {
                let named = push.android.fcm_channel().is_some() || audience.console_sets(Field::FcmChannel);
                if named || !audience.has_notification_channels() {
                    continue;
                }
                "heeds the sound on Android 8 and newer only with a notification channel"
            }
            Vendor::Huawei | Vendor::Apns | Vendor::HarmonyOs => continue,
        };
        findings.push(Finding::new(Rule::SoundIgnored, Field::AndroidSound, detail).at(vendor));
    }
}

fn ios(push: &OfflinePushInfo, audience: &Audience, findings: &mut Vec<Finding>) {
    let ios = &push.ios;
    if ios.image().is_some() {
        let detail = if ios.mutable_content == Some(true) || audience.console_sets(Field::IosMutableContent) {
            "shown only by an app with a notification service extension"
        } else {
            "shown only by an app with a notification service extension, and with mutable-content switched on"
        };
        findings.push(Finding::new(Rule::ImageNeedsExtension, Field::IosImage, detail).at(Vendor::Apns));
    }
    let needed = match &ios.interruption_level {
        Some(InterruptionLevel::TimeSensitive) => {
            "the app needs the entitlement for time-sensitive notifications"
        }
        Some(InterruptionLevel::Critical) => "the app needs Apple's approval for critical alerts",
        Some(InterruptionLevel::Passive | InterruptionLevel::Active | InterruptionLevel::Unknown(_))
        | None => return,
    };
    let finding = Finding::new(Rule::LevelNeedsApproval, Field::IosInterruptionLevel, needed);
    findings.push(finding.at(Vendor::Apns));
}
