//! Whether the push arrives, how it looks and sounds where it does, and how often it may.

use std::borrow::Cow;

use super::{Audience, MessageKind, rules, values};
use crate::finding::{Finding, Severity};
use crate::json::{Json, JsonWriter};
use crate::message::{Field, InterruptionLevel, OfflinePushInfo, Place, PushFlag, PushType};
use crate::vendor::Vendor;

impl OfflinePushInfo {
    /// Lists what would go wrong for this audience: what never arrives, what is cut and where, what a vendor
    /// ignores, and what costs quota. An empty list means that no problem is known.
    ///
    /// ```
    /// use tim_offline_push::ext::Ext;
    /// use tim_offline_push::finding::Severity;
    /// use tim_offline_push::message::{Audience, OfflinePushInfo};
    /// use tim_offline_push::vendor::{Vendor, VendorSet};
    ///
    /// let push = OfflinePushInfo::new("denny", "hi").with_ext(Ext::from_text("jump to denny"));
    /// let findings = push.check(&Audience::of(VendorSet::EMPTY.with(Vendor::Oppo)));
    ///
    /// let finding = &findings[0];
    /// assert_eq!((finding.rule().id(), finding.severity()), ("push-ext-not-object", Severity::Error));
    /// assert_eq!((finding.place(), finding.vendor()), ("ext", Some(Vendor::Oppo)));
    /// assert_eq!(finding.fix(), "write the ext as a JSON object");
    /// ```
    pub fn check(&self, audience: &Audience) -> Vec<Finding> {
        let mut findings = Vec::new();
        delivery(self, audience, &mut findings);
        values::lengths(self, audience, &mut findings);
        presentation(self, audience, &mut findings);
        values::inspect(self, &mut findings);
        findings.retain(|finding| finding.vendor().is_none_or(|vendor| audience.reaches(vendor)));
        findings
    }
}

fn delivery(push: &OfflinePushInfo, audience: &Audience, findings: &mut Vec<Finding>) {
    if audience.is_online_only() {
        findings.push(Finding::new(
            rules::ONLINE_ONLY,
            Place::Whole,
            "the message is sent to online users only and is never pushed",
        ));
    }
    if push.push_flag == PushFlag::NoPush {
        findings.push(Finding::new(
            rules::PUSH_DISABLED,
            Field::PushFlag,
            "push is disabled for this message",
        ));
    }
    words(push, audience, findings);
    ext(push, audience, findings);
    if audience.has_notification_channels() {
        channels(push, audience, findings);
    }
    if audience.reaches(Vendor::Xiaomi) {
        xiaomi_template(push, audience, findings);
    }
}

/// Xiaomi takes a private message only with a template. Whether a channel is private, only Xiaomi's console knows.
fn xiaomi_template(push: &OfflinePushInfo, audience: &Audience, findings: &mut Vec<Finding>) {
    let params = &push.vendor_params;
    let is_named = params.push_template_id().is_some() || audience.console_sets(Field::TemplateId);
    if push.android.xiaomi_channel().is_some() && !is_named && push.push_flag != PushFlag::NoPush {
        let cause =
            "no template id: a private message needs one beside its channel; a public channel needs none";
        findings.push(Finding::new(rules::TEMPLATE_MISSING, Field::TemplateId, cause).on(Vendor::Xiaomi));
    }
    let Some(Json::Object(variables)) = params.push_template_params() else { return };
    let too_long = |value: &Json| !(1..=128).contains(&shown(value).chars().count());
    let cause = if variables.len() > 9 {
        "more than 9 variables"
    } else if variables.iter().any(|(_, value)| too_long(value)) {
        "a variable is not of 1 to 128 characters"
    } else if variables.iter().any(|(_, value)| shown(value).chars().any(is_emoji)) {
        "a variable holds an emoji"
    } else {
        return;
    };
    findings.push(Finding::new(rules::TEMPLATE_PARAMS, Field::TemplateParam, cause).on(Vendor::Xiaomi));
}

fn shown(value: &Json) -> Cow<'_, str> {
    if let Json::Text(text) = value { text.as_ref().into() } else { JsonWriter::text_of(value).into() }
}

/// Whether the character is shown as an emoji: pictographs, symbols, flags and the selector that asks for one.
const fn is_emoji(letter: char) -> bool {
    matches!(letter, '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{2b50}' | '\u{2b55}' | '\u{fe0f}' | '\u{20e3}')
}

fn words(push: &OfflinePushInfo, audience: &Audience, findings: &mut Vec<Finding>) {
    let titles =
        [push.title(), push.ios.title.as_str(), push.android.title.as_str(), push.harmony.title.as_str()];
    let speaks = push.vendor_params.push_template_id().is_some() || push.server.multi_language.is_some();
    if audience.message() == MessageKind::Custom && push.desc().is_empty() {
        findings.push(Finding::new(
            rules::CUSTOM_WITHOUT_DESC,
            Field::Desc,
            "empty: a custom message without it is never pushed",
        ));
    } else if push.desc().is_empty()
        && titles.iter().all(|title| title.is_empty())
        && !speaks
        && !is_silent(push)
    {
        findings.push(Finding::new(
            rules::NOTHING_TO_SHOW,
            Place::Whole,
            "title and desc are empty: Tencent chooses the text that is shown",
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
        findings.push(Finding::new(
            rules::EXT_NOT_TEXT,
            Field::Ext,
            "not UTF-8 text, which every form requires",
        ));
    }
    if let Some((_, encoding)) = push.ext.unwrapped() {
        let cause = format!("{encoding}, where the object itself is expected");
        findings.push(Finding::new(rules::EXT_ENCODED, Field::Ext, cause));
    }
    if audience.reaches(Vendor::Oppo) && !push.ext.is_json_object() {
        let cause = "the ext is not a JSON object, so the push does not arrive";
        findings.push(Finding::new(rules::EXT_NOT_OBJECT, Field::Ext, cause).on(Vendor::Oppo));
    }
}

/// Android 8 and newer shows nothing without a notification channel where the vendor asks for one.
fn channels(push: &OfflinePushInfo, audience: &Audience, findings: &mut Vec<Finding>) {
    let missing = |vendor, field, channel: Option<&str>| {
        audience.reaches(vendor) && channel.is_none() && !audience.console_sets(field)
    };
    let android = &push.android;
    if missing(Vendor::Oppo, Field::OppoChannel, android.oppo.channel()) {
        let cause = "no notification channel: Android 8 and newer shows nothing";
        findings.push(Finding::new(rules::CHANNEL_MISSING, Field::OppoChannel, cause).on(Vendor::Oppo));
    }
    if missing(Vendor::Xiaomi, Field::XiaomiChannel, android.xiaomi_channel()) {
        let cause = "no notification channel: Android 8 and newer shows nothing";
        findings.push(
            Finding::new(rules::CHANNEL_MISSING, Field::XiaomiChannel, cause)
                .on(Vendor::Xiaomi)
                .because(rules::REST_2026),
        );
    }
    if missing(Vendor::Fcm, Field::FcmChannel, android.fcm_channel()) {
        let cause =
            "no notification channel: FCM uses one on Android 8 and newer, and plays a sound only with one";
        findings.push(
            Finding::new(rules::CHANNEL_MISSING, Field::FcmChannel, cause)
                .on(Vendor::Fcm)
                .rated(Severity::Warning)
                .because(rules::HEADER),
        );
    }
}

fn presentation(push: &OfflinePushInfo, audience: &Audience, findings: &mut Vec<Finding>) {
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
            "no message class: it counts as marketing, 2 a day (news apps 5)",
        ),
        (
            Vendor::Honor,
            Field::HonorImportance,
            android.honor_importance.is_some(),
            "no message class: it counts as marketing, 2 a day (news apps 5)",
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
            "no message class: it counts as content and marketing, 2 a day (news apps 5)",
        ),
    ];
    for (vendor, field, set, cause) in rows {
        if audience.reaches(vendor) && !set && !audience.console_sets(field) {
            findings.push(Finding::new(rules::CATEGORY_MISSING, field, cause).on(vendor));
        }
    }
}

fn sound(push: &OfflinePushInfo, audience: &Audience, findings: &mut Vec<Finding>) {
    if push.android.sound().is_none() {
        return;
    }
    for vendor in audience.vendors().iter() {
        let cause = match vendor {
            Vendor::Xiaomi => "takes the sound of its notification channel, not this one",
            Vendor::Honor | Vendor::Oppo | Vendor::Vivo | Vendor::Meizu => "ignores the sound",
            Vendor::Fcm => {
                let named = push.android.fcm_channel().is_some() || audience.console_sets(Field::FcmChannel);
                if named || !audience.has_notification_channels() {
                    continue;
                }
                "plays the sound on Android 8 and newer only with a notification channel"
            }
            Vendor::Huawei | Vendor::Apns | Vendor::HarmonyOs => continue,
        };
        findings.push(Finding::new(rules::SOUND_IGNORED, Field::AndroidSound, cause).on(vendor));
    }
}

fn ios(push: &OfflinePushInfo, audience: &Audience, findings: &mut Vec<Finding>) {
    let ios = &push.ios;
    if ios.image().is_some() {
        let cause = if ios.mutable_content == Some(true) || audience.console_sets(Field::IosMutableContent) {
            "shown only by an app with a notification service extension"
        } else {
            "shown only by an app with a notification service extension, and with mutable-content switched on"
        };
        findings.push(Finding::new(rules::IMAGE_NEEDS_EXTENSION, Field::IosImage, cause).on(Vendor::Apns));
    }
    let needed = match &ios.interruption_level {
        Some(InterruptionLevel::TimeSensitive) => {
            "the app needs the entitlement for time-sensitive notifications"
        }
        Some(InterruptionLevel::Critical) => "the app needs Apple's approval for critical alerts",
        Some(InterruptionLevel::Passive | InterruptionLevel::Active | InterruptionLevel::Unknown(_))
        | None => return,
    };
    let finding = Finding::new(rules::LEVEL_NEEDS_APPROVAL, Field::IosInterruptionLevel, needed);
    findings.push(finding.on(Vendor::Apns));
}
