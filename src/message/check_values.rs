//! The values of a push by themselves: those that a constructor refuses or no document knows, and those that
//! are cut.

use super::check::Check;
use super::choices::fault;
use super::info::badge_range;
use super::rules;
use super::wire::WHOLE;
use super::{Field, Form, Harmony, LiveActivityConfig, OfflinePushInfo, PushInfoError};
use crate::device::Platform;
use crate::finding::{Cut, Finding, RuleId, Severity};
use crate::json::{Json, JsonWriter};
use crate::vendor::{Bound, EXT_LIMIT, LimitField, LimitUnit, MESSAGE_LIMIT, Vendor, limit};

pub(super) fn inspect(push: &OfflinePushInfo, findings: &mut Vec<Finding>) {
    undocumented(push, findings);
    texts(push, findings);
    numbers(push, findings);
    structure(push, findings);
}

fn undocumented(push: &OfflinePushInfo, findings: &mut Vec<Finding>) {
    let is_unknown = |field: &Field| push.value_of(*field).is_some_and(|value| !field.documents(value));
    for field in Field::ALL.iter().copied().filter(is_unknown) {
        // No list of the classes of OPPO and vivo is complete.
        let (severity, cause) = if matches!(field, Field::OppoCategory | Field::VivoCategory) {
            (Severity::Note, "not one of the classes that this crate knows; the vendor has more")
        } else {
            (Severity::Warning, "not one of the documented values")
        };
        findings.push(rules::UNKNOWN_VALUE.at(field, cause).rated(severity));
    }
}

/// The addresses of images, and then the names of sounds.
fn texts(push: &OfflinePushInfo, findings: &mut Vec<Finding>) {
    let fault = |field: &Field| Some((*field, fault(*field, push.text(*field)?)?));
    let mut sounds = Vec::new();
    for (field, error) in Field::ALL.iter().filter_map(fault) {
        if error == (PushInfoError::NotHttps { field }) {
            findings.push(rules::rule("push-image-not-https").at(field, "does not begin with https://"));
        } else if error == (PushInfoError::SoundWithSuffix { field }) {
            let cause = "names a file, not a resource without suffix";
            sounds.push(rules::rule("push-sound-with-suffix").at(field, cause));
        } else {
            sounds.push(rules::rule("push-sound-without-suffix").at(field, "a file without its suffix"));
        }
    }
    let is_idle = !push.has(Field::HarmonySound) && push.has(Field::HarmonySoundDuration);
    let cause = "has no effect without a sound";
    let idle = rules::rule("push-duration-without-sound").at(Field::HarmonySoundDuration, cause);
    findings.extend(sounds.into_iter().chain(is_idle.then_some(idle)));
}

fn numbers(push: &OfflinePushInfo, findings: &mut Vec<Finding>) {
    let range = Harmony::SOUND_SECONDS;
    if push.number(Field::HarmonySoundDuration).is_some_and(|seconds| !range.contains(&seconds)) {
        let cause = format!("outside {} to {} seconds", range.start(), range.end());
        findings.push(rules::OUT_OF_RANGE.at(Field::HarmonySoundDuration, cause));
    }
    for field in [Field::BadgeAdd, Field::BadgeSet] {
        let Some(count) = push.number(field) else { continue };
        for vendor in Vendor::ALL.iter().copied() {
            if let Some(range) = badge_range(field, vendor).filter(|range| !range.contains(&count)) {
                let cause = format!("outside {} to {}", range.start(), range.end());
                findings.push(rules::OUT_OF_RANGE.at(field, cause).on(vendor));
            }
        }
    }
}

fn structure(push: &OfflinePushInfo, findings: &mut Vec<Finding>) {
    let is_lone = push.has(Field::OppoNotifyLevel) && !push.fields.admits_notify_level();
    let cause = "has no effect without a category of the class of IM";
    let lone = rules::rule("push-level-without-category").at(Field::OppoNotifyLevel, cause).on(Vendor::Oppo);
    findings.extend(is_lone.then_some(lone));
    let params = &push.vendor_params;
    let (severity, cause) = if params.unreadable {
        (Severity::Error, "not a JSON object")
    } else {
        (Severity::Warning, "has members that are unknown or of another type")
    };
    let odd = rules::rule("push-vendor-params").at(Field::VendorParams, cause).rated(severity);
    findings.extend(params.says_more().then_some(odd));
    if let Some(activity) = push.fields.json(Field::IosLiveActivity) {
        let max = LiveActivityConfig::MAX_ID_BYTES;
        let id = activity.as_object().into_iter().flatten().find(|(key, _)| key.as_ref() == "LaId");
        if !id.map(|(_, value)| value).and_then(Json::as_text).is_some_and(|id| (1..=max).contains(&id.len()))
        {
            let cause = format!("its LaId is not a text of 1 to {max} bytes");
            findings.push(rules::rule("push-live-activity-id").at(Field::IosLiveActivity, cause));
        }
    }
}

pub(super) fn lengths(check: &mut Check<'_>) {
    let ext = check.push.ext.len();
    if ext > size(EXT_LIMIT) {
        let cause = format!("{ext} bytes, at most {EXT_LIMIT} are advised");
        check.add(rules::rule("push-ext-long").at(Field::Ext, cause).because(EXT_LIMIT.source));
    }
    for vendor in check.audience.vendors.iter() {
        shown(check, vendor);
        carried(check, vendor);
    }
    // REST names most fields, so its text stands for what travels.
    let whole = check.push.write(Form::Rest).text().len().saturating_add(check.audience.body_bytes);
    if whole > size(MESSAGE_LIMIT) {
        let cause = format!("{whole} bytes with the push, at most {MESSAGE_LIMIT} go through");
        check.add(rules::rule("push-message-too-long").at(WHOLE, cause).because(MESSAGE_LIMIT.source));
    }
}

/// What a vendor shows of title and desc.
fn shown(check: &mut Check<'_>, vendor: Vendor) {
    let limit = |field| limit(vendor, field, check.audience.profile);
    let own = match Platform::of(vendor) {
        Platform::Apple => Field::IosTitle,
        Platform::HarmonyOs => Field::HarmonyTitle,
        Platform::Android => Field::AndroidTitle,
    };
    let title = if check.push.has(own) { own } else { Field::Title };
    let is_big = check.push.number(Field::AndroidPushStyle) == Some(1);
    let expanded = if is_big { limit(LimitField::ExpandedBody) } else { None };
    let (of_title, of_desc) = (limit(LimitField::Title), expanded.or_else(|| limit(LimitField::Body)));
    cut(check, rules::rule("push-title-cut"), title, of_title, vendor);
    cut(check, rules::rule("push-desc-cut"), Field::Desc, of_desc, vendor);
}

/// Tencent's server shows the first units of a text that is too long, and three dots that count.
fn cut(check: &mut Check<'_>, rule: RuleId, field: Field, bound: Option<Bound>, vendor: Vendor) {
    let Some((text, bound)) = check.push.text(field).zip(bound) else { return };
    let (length, limit) = (bound.unit.measure(text), size(bound));
    if length <= limit {
        return;
    }
    let kept = if bound.unit == LimitUnit::Utf16Units { limit.saturating_sub(DOTS) } else { limit };
    let keeps_bytes = prefix(text, bound.unit, kept);
    let cause = format!("{length} {}, at most {limit} are shown: cut after byte {keeps_bytes}", bound.unit);
    let finding = rule.at(field, cause).on(vendor).because(bound.source);
    check.add(finding.with_cut(Cut { length, limit, keeps_bytes }));
}

const DOTS: usize = 3;

/// How many bytes of a text stay if it is cut to so many units, between two characters.
fn prefix(text: &str, unit: LimitUnit, units: usize) -> usize {
    let mut left = units;
    for (at, letter) in text.char_indices() {
        let Some(rest) = left.checked_sub(unit.measure(letter.encode_utf8(&mut [0; 4]))) else { return at };
        left = rest;
    }
    text.len()
}

/// What a vendor carries: the ext as custom data (the key `ext` and the text, which OPPO takes apart), and
/// what title, desc and ext add up to in its payload, where quotes and line breaks are escaped.
fn carried(check: &mut Check<'_>, vendor: Vendor) {
    let push = check.push;
    let limit = |field| limit(vendor, field, check.audience.profile);
    let is_call = vendor == Vendor::Apns && push.number(Field::IosPushType) == Some(1);
    let whole = limit(if is_call { LimitField::WholeVoip } else { LimitField::Whole });
    let together = limit(LimitField::DescAndExt);
    if let Some((bound, ext)) = limit(LimitField::CustomData).zip(push.ext.text()) {
        let key = if vendor == Vendor::Oppo { 0 } else { "ext".len() };
        let length = bound.unit.measure(ext).saturating_add(key);
        if length > size(bound) {
            let cause = format!("{length} {} as custom data, at most {bound} go through", bound.unit);
            check.add(rules::EXT_TOO_LONG.at(Field::Ext, cause).on(vendor).because(bound.source));
        }
    }
    if let Some(bound) = together {
        let length = push.desc().len().saturating_add(push.ext.len());
        if length > size(bound) {
            let cause = format!("{length} bytes of desc and ext, at most {bound}");
            check.add(rules::DESC_AND_EXT_TOO_LONG.at(WHOLE, cause).on(vendor).because(bound.source));
        }
    }
    if let Some(bound) = whole {
        let texts = [push.title(), push.desc(), push.ext.text().unwrap_or_default()];
        let length = texts.into_iter().map(escaped_len).fold(0, usize::saturating_add);
        if length > size(bound) {
            let cause = format!("{length} bytes of title, desc and ext once escaped, at most {bound} in all");
            check.add(rules::rule("push-payload-too-long").at(WHOLE, cause).on(vendor).because(bound.source));
        }
    }
}

/// The length of a text inside a JSON text, in bytes.
fn escaped_len(text: &str) -> usize {
    let quotes = 2;
    JsonWriter::text_of(&text.into()).len().saturating_sub(quotes)
}

fn size(bound: Bound) -> usize {
    usize::try_from(bound.max).unwrap_or(usize::MAX)
}
