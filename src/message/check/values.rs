//! The values of a push by themselves: those that a constructor refuses or no document knows, and those that are cut.

use super::{Audience, rules};
use crate::finding::{Cut, Finding, Rule, Severity};
use crate::json::Json;
use crate::message::info::badge_range;
use crate::message::text::{has_suffix, is_https, is_resource};
use crate::message::{
    BadgeMode, Category, FcmPriority, Field, Form, Harmony, InterruptionLevel, MeizuNotifyType,
    MessageImportance, NotifyMode, OfflinePushInfo, OppoNotifyLevel, Place, PushFlag, PushStyle, PushType,
    VivoClassification, VivoNotifyType,
};
use crate::vendor::{Bound, EXT_LIMIT, LimitField, LimitProfile, LimitUnit, MESSAGE_LIMIT, Vendor, limit};

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
        (Field::HuaweiImportance, matches!(huawei.importance, Some(MessageImportance::Unknown(_)))),
        (Field::VivoClassification, matches!(android.vivo_classification(), VivoClassification::Unknown(_))),
        (Field::VivoCategory, undocumented_class(android.vivo_category.as_ref(), Vendor::Vivo)),
        (Field::HonorImportance, matches!(android.honor_importance, Some(MessageImportance::Unknown(_)))),
        (Field::MeizuNotifyType, matches!(android.meizu_notify_type, Some(MeizuNotifyType::Unknown(_)))),
        (Field::HarmonyCategory, undocumented_class(push.harmony.category.as_ref(), Vendor::HarmonyOs)),
        (Field::FcmPriority, matches!(params.fcm_priority(), Some(FcmPriority::Unknown(_)))),
        (Field::VivoNotifyType, matches!(params.vivo_notify_type(), Some(VivoNotifyType::Unknown(_)))),
    ];
    for (field, unknown) in rows {
        if unknown {
            // No list of the classes of OPPO and vivo is complete.
            let (severity, cause) = if matches!(field, Field::OppoCategory | Field::VivoCategory) {
                (Severity::Note, "not one of the classes that this crate knows; the vendor has more")
            } else {
                (Severity::Warning, "not one of the documented values")
            };
            findings.push(Finding::new(rules::UNKNOWN_VALUE, field, cause).rated(severity));
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
    if let Some(sound) = &push.ios.sound {
        if sound.is_file() && !has_suffix(sound.as_str()) {
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
        for vendor in Vendor::ALL.iter().copied() {
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

pub(super) fn lengths(push: &OfflinePushInfo, audience: &Audience, findings: &mut Vec<Finding>) {
    let ext = push.ext.len();
    if exceeds(ext, EXT_LIMIT) {
        let cause = format!("{ext} bytes, at most {EXT_LIMIT} are advised");
        findings.push(Finding::new(rules::EXT_LONG, Field::Ext, cause).because(EXT_LIMIT.source));
    }
    for vendor in audience.vendors().iter() {
        title(push, vendor, audience.profile(), findings);
        desc(push, vendor, audience.profile(), findings);
        custom_data(push, vendor, audience.profile(), findings);
        together(push, vendor, audience.profile(), findings);
    }
    whole(push, audience, findings);
}

fn title(push: &OfflinePushInfo, vendor: Vendor, profile: LimitProfile, findings: &mut Vec<Finding>) {
    let own = match vendor {
        Vendor::Apns => push.ios.title(),
        Vendor::HarmonyOs => push.harmony.title(),
        Vendor::Xiaomi
        | Vendor::Huawei
        | Vendor::Honor
        | Vendor::Oppo
        | Vendor::Vivo
        | Vendor::Meizu
        | Vendor::Fcm => push.android.title(),
    };
    let field = match (vendor, own) {
        (_, None) => Field::Title,
        (Vendor::Apns, Some(_)) => Field::IosTitle,
        (Vendor::HarmonyOs, Some(_)) => Field::HarmonyTitle,
        (_, Some(_)) => Field::AndroidTitle,
    };
    if let Some(bound) = limit(vendor, LimitField::Title, profile) {
        cut(rules::TITLE_CUT, field, own.unwrap_or_else(|| push.title()), bound, vendor, findings);
    }
}

fn desc(push: &OfflinePushInfo, vendor: Vendor, profile: LimitProfile, findings: &mut Vec<Finding>) {
    let expanded = (push.android.push_style == Some(PushStyle::BigText))
        .then(|| limit(vendor, LimitField::ExpandedBody, profile))
        .flatten();
    if let Some(bound) = expanded.or_else(|| limit(vendor, LimitField::Body, profile)) {
        cut(rules::DESC_CUT, Field::Desc, push.desc(), bound, vendor, findings);
    }
}

/// Tencent's server shows the first units of a text that is too long, and three dots that count.
fn cut(
    rule: &'static Rule,
    field: Field,
    text: &str,
    bound: Bound,
    vendor: Vendor,
    findings: &mut Vec<Finding>,
) {
    let limit = size(bound);
    // No unit is smaller than a byte.
    if text.len() <= limit {
        return;
    }
    let length = bound.unit.measure(text);
    if length <= limit {
        return;
    }
    let kept = if bound.unit == LimitUnit::Utf16Units { limit.saturating_sub(DOTS) } else { limit };
    let keeps_bytes = prefix(text, bound.unit, kept);
    let cause = format!("{length} {}, at most {limit} are shown: cut after byte {keeps_bytes}", bound.unit);
    findings.push(Finding::new(rule, field, cause).on(vendor).because(bound.source).with_cut(Cut {
        length,
        limit,
        keeps_bytes,
    }));
}

const DOTS: usize = 3;

/// How many bytes of a text stay if it is cut to so many units, between two characters.
fn prefix(text: &str, unit: LimitUnit, units: usize) -> usize {
    let mut left = units;
    let mut bytes: usize = 0;
    for letter in text.chars() {
        let Some(rest) = left.checked_sub(unit.measure(letter.encode_utf8(&mut [0; 4]))) else { break };
        left = rest;
        bytes = bytes.saturating_add(letter.len_utf8());
    }
    bytes
}

/// The ext as custom data of a vendor: the key `ext` and the text, which OPPO takes apart.
fn custom_data(push: &OfflinePushInfo, vendor: Vendor, profile: LimitProfile, findings: &mut Vec<Finding>) {
    let Some((bound, ext)) = limit(vendor, LimitField::CustomData, profile).zip(push.ext.text()) else {
        return;
    };
    let key = if vendor == Vendor::Oppo { 0 } else { "ext".len() };
    // No unit is smaller than a byte.
    if ext.len().saturating_add(key) <= size(bound) {
        return;
    }
    let length = bound.unit.measure(ext).saturating_add(key);
    if exceeds(length, bound) {
        let cause = format!("{length} {} as custom data, at most {bound} go through", bound.unit);
        findings.push(Finding::new(rules::EXT_TOO_LONG, Field::Ext, cause).on(vendor).because(bound.source));
    }
}

/// What title, desc and ext add up to in a vendor's payload, where quotes and line breaks are escaped.
fn together(push: &OfflinePushInfo, vendor: Vendor, profile: LimitProfile, findings: &mut Vec<Finding>) {
    if let Some(bound) = limit(vendor, LimitField::DescAndExt, profile) {
        let length = push.desc().len().saturating_add(push.ext.len());
        if exceeds(length, bound) {
            let cause = format!("{length} bytes of desc and ext, at most {bound}");
            let finding = Finding::new(rules::DESC_AND_EXT_TOO_LONG, Place::Whole, cause);
            findings.push(finding.on(vendor).because(bound.source));
        }
    }
    let is_call = vendor == Vendor::Apns && push.ios.push_type == PushType::Voip;
    let field = if is_call { LimitField::WholeVoip } else { LimitField::Whole };
    if let Some(bound) = limit(vendor, field, profile) {
        let texts = [push.title(), push.desc(), push.ext.text().unwrap_or_default()];
        let length = texts.into_iter().map(escaped_len).fold(0, usize::saturating_add);
        if exceeds(length, bound) {
            let cause = format!("{length} bytes of title, desc and ext once escaped, at most {bound} in all");
            let finding = Finding::new(rules::PAYLOAD_TOO_LONG, Place::Whole, cause);
            findings.push(finding.on(vendor).because(bound.source));
        }
    }
}

/// The length of a text inside a JSON text, in bytes.
fn escaped_len(text: &str) -> usize {
    let extra = text.bytes().map(|byte| match byte {
        b'"' | b'\\' | b'\n' | b'\r' | b'\t' | 0x08 | 0x0c => 1,
        0..=0x1f => 5,
        _ => 0_usize,
    });
    extra.fold(text.len(), usize::saturating_add)
}

/// REST names most fields, so its text stands for what travels.
fn whole(push: &OfflinePushInfo, audience: &Audience, findings: &mut Vec<Finding>) {
    let length = push.write(Form::Rest).text().len().saturating_add(audience.body_bytes());
    if exceeds(length, MESSAGE_LIMIT) {
        let cause = format!("{length} bytes with the push, at most {MESSAGE_LIMIT} go through");
        findings
            .push(Finding::new(rules::MESSAGE_TOO_LONG, Place::Whole, cause).because(MESSAGE_LIMIT.source));
    }
}

fn exceeds(length: usize, bound: Bound) -> bool {
    length > size(bound)
}

fn size(bound: Bound) -> usize {
    usize::try_from(bound.max).unwrap_or(usize::MAX)
}
