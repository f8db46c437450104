//! Whether the push arrives at all.

use super::{Audience, MessageKind};
use crate::message::info::PushFlag;
use crate::message::rule::{HEADER, REST_2026, Rule};
use crate::message::{Field, OfflinePushInfo, Place, PushType};
use crate::message::{Finding, Severity};
use crate::vendor::Vendor;

pub(super) fn check(push: &OfflinePushInfo, audience: &Audience, findings: &mut Vec<Finding>) {
    if audience.is_online_only() {
        findings.push(Finding::new(
            Rule::OnlineOnly,
            Place::Whole,
            "the message goes to online users only, and is never pushed",
        ));
    }
    if push.push_flag == PushFlag::NoPush {
        findings.push(Finding::new(Rule::PushDisabled, Field::PushFlag, "the message is not pushed"));
    }
    words(push, audience, findings);
    ext(push, audience, findings);
    if audience.has_notification_channels() {
        channels(push, audience, findings);
    }
}

fn words(push: &OfflinePushInfo, audience: &Audience, findings: &mut Vec<Finding>) {
    let titles =
        [push.title(), push.ios.title.as_str(), push.android.title.as_str(), push.harmony.title.as_str()];
    let speaks = push.server.template_id().is_some() || push.server.multi_language.is_some();
    if audience.message() == MessageKind::Custom && push.desc().is_empty() {
        findings.push(Finding::new(
            Rule::CustomWithoutDesc,
            Field::Desc,
            "empty, and a custom message without it is never pushed",
        ));
    } else if push.desc().is_empty()
        && titles.iter().all(|title| title.is_empty())
        && !speaks
        && !is_silent(push)
    {
        findings.push(Finding::new(
            Rule::NothingToShow,
            Place::Whole,
            "title and desc are empty; what is shown is what Tencent makes of the message",
        ));
    }
}

/// Whether the push only wakes the app.
fn is_silent(push: &OfflinePushInfo) -> bool {
    push.ios.background || push.ios.push_type == PushType::Voip
}

fn ext(push: &OfflinePushInfo, audience: &Audience, findings: &mut Vec<Finding>) {
    if push.ext.is_empty() {
        return;
    }
    if push.ext.text().is_none() {
        findings.push(Finding::new(Rule::ExtNotText, Field::Ext, "no UTF-8 text, which every form needs"));
    }
    if audience.reaches(Vendor::Oppo) && !push.ext.is_json_object() {
        let detail = "the ext is no JSON object, and the push does not arrive";
        findings.push(Finding::new(Rule::ExtNotObject, Field::Ext, detail).at(Vendor::Oppo));
    }
}

/// Android 8 and newer shows nothing without a notification channel where the vendor asks for one.
fn channels(push: &OfflinePushInfo, audience: &Audience, findings: &mut Vec<Finding>) {
    let missing = |vendor, field, channel: Option<&str>| {
        audience.reaches(vendor) && channel.is_none() && !audience.console_sets(field)
    };
    let android = &push.android;
    if missing(Vendor::Oppo, Field::OppoChannel, android.oppo.channel()) {
        let detail = "no notification channel: Android 8 and newer shows nothing";
        findings.push(Finding::new(Rule::ChannelMissing, Field::OppoChannel, detail).at(Vendor::Oppo));
    }
    if missing(Vendor::Xiaomi, Field::XiaomiChannel, android.xiaomi_channel()) {
        let detail = "no notification channel: Android 8 and newer shows nothing";
        findings.push(
            Finding::new(Rule::ChannelMissing, Field::XiaomiChannel, detail)
                .at(Vendor::Xiaomi)
                .because(REST_2026),
        );
    }
    if missing(Vendor::Fcm, Field::FcmChannel, android.fcm_channel()) {
        let detail = "no notification channel, which FCM takes on Android 8 and newer, and needs for a sound";
        findings.push(
            Finding::new(Rule::ChannelMissing, Field::FcmChannel, detail)
                .at(Vendor::Fcm)
                .with_severity(Severity::Warning)
                .because(HEADER),
        );
    }
}
