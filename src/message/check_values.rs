//! The values of a push by themselves: those that a constructor refuses or no document knows, and those that are cut.

use super::check::Check;
use super::choices::{has_suffix, is_https, is_ios_file, is_resource};
use super::info::badge_range;
use super::rules;
use super::wire::WHOLE;
use super::{Field, Form, Harmony, LiveActivityConfig, OfflinePushInfo};
use crate::device::Platform;
use crate::finding::{Cut, Finding, Rule, Severity};
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

/// The addresses of images and the names of sounds.
fn texts(push: &OfflinePushInfo, findings: &mut Vec<Finding>) {
    use Field::{FcmImage, HarmonyImage, HonorImage, HuaweiImage, IosImage};
    let mut find = |field, is_right: fn(&str) -> bool, rule: &'static Rule, cause: &'static str| {
        if push.text(field).is_some_and(|text| !is_right(text)) {
            findings.push(rule.at(field, cause));
        }
    };
    for field in [IosImage, HuaweiImage, HonorImage, FcmImage, HarmonyImage] {
        find(field, is_https, rules::IMAGE_NOT_HTTPS, "does not begin with https://");
    }
    let (no_suffix, cause) = (rules::SOUND_WITHOUT_SUFFIX, "a file without its suffix");
    find(Field::IosSound, |name| !is_ios_file(name) || has_suffix(name), no_suffix, cause);
    let resource = "names a file, not a resource without suffix";
    find(Field::AndroidSound, is_resource, rules::SOUND_WITH_SUFFIX, resource);
    find(Field::HarmonySound, has_suffix, no_suffix, cause);
    if !push.has(Field::HarmonySound) && push.has(Field::HarmonySoundDuration) {
        let cause = "has no effect without a sound";
        findings.push(rules::DURATION_WITHOUT_SOUND.at(Field::HarmonySoundDuration, cause));
    }
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
    if push.has(Field::OppoNotifyLevel) && !push.fields.admits_notify_level() {
        let cause = "has no effect without a category of the class of IM";
        let finding = rules::LEVEL_WITHOUT_CATEGORY.at(Field::OppoNotifyLevel, cause);
        findings.push(finding.on(Vendor::Oppo));
    }
    let params = &push.vendor_params;
    if params.unreadable {
        let finding = rules::VENDOR_PARAMS.at(Field::VendorParams, "not a JSON object");
        findings.push(finding.rated(Severity::Error));
    } else if params.says_more() {
        let cause = "has members that are unknown or of another type";
        findings.push(rules::VENDOR_PARAMS.at(Field::VendorParams, cause));
    }
    if let Some(activity) = push.fields.json(Field::IosLiveActivity) {
        let max = LiveActivityConfig::MAX_ID_BYTES;
        let id = activity.as_object().into_iter().flatten().find(|(key, _)| key.as_ref() == "LaId");
        if !id.map(|(_, value)| value).and_then(Json::as_text).is_some_and(|id| (1..=max).contains(&id.len()))
        {
            let cause = format!("its LaId is not a text of 1 to {max} bytes");
            findings.push(rules::LIVE_ACTIVITY_ID.at(Field::IosLiveActivity, cause));
        }
    }
}

pub(super) fn lengths(check: &mut Check<'_>) {
    let ext = check.push.ext.len();
    if exceeds(ext, EXT_LIMIT) {
        let cause = format!("{ext} bytes, at most {EXT_LIMIT} are advised");
        check.add(rules::EXT_LONG.at(Field::Ext, cause).because(EXT_LIMIT.source));
    }
    for vendor in check.audience.vendors.iter() {
        title(check, vendor);
        desc(check, vendor);
        custom_data(check, vendor);
        together(check, vendor);
    }
    whole(check);
}

fn title(check: &mut Check<'_>, vendor: Vendor) {
    let own = match Platform::of(vendor) {
        Platform::Apple => Field::IosTitle,
        Platform::HarmonyOs => Field::HarmonyTitle,
        Platform::Android => Field::AndroidTitle,
    };
    let field = if check.push.has(own) { own } else { Field::Title };
    if let Some(bound) = limit(vendor, LimitField::Title, check.audience.profile) {
        cut(check, rules::TITLE_CUT, field, bound, vendor);
    }
}

fn desc(check: &mut Check<'_>, vendor: Vendor) {
    let limit = |field| limit(vendor, field, check.audience.profile);
    let is_big = check.push.number(Field::AndroidPushStyle) == Some(1);
    let expanded = if is_big { limit(LimitField::ExpandedBody) } else { None };
    if let Some(bound) = expanded.or_else(|| limit(LimitField::Body)) {
        cut(check, rules::DESC_CUT, Field::Desc, bound, vendor);
    }
}

/// Tencent's server shows the first units of a text that is too long, and three dots that count.
fn cut(check: &mut Check<'_>, rule: &'static Rule, field: Field, bound: Bound, vendor: Vendor) {
    let Some(text) = check.push.text(field) else { return };
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
    let mut bytes: usize = 0;
    for letter in text.chars() {
        let Some(rest) = left.checked_sub(unit.measure(letter.encode_utf8(&mut [0; 4]))) else { break };
        left = rest;
        bytes = bytes.saturating_add(letter.len_utf8());
    }
    bytes
}

/// The ext as custom data of a vendor: the key `ext` and the text, which OPPO takes apart.
fn custom_data(check: &mut Check<'_>, vendor: Vendor) {
    let bound = limit(vendor, LimitField::CustomData, check.audience.profile);
    let Some((bound, ext)) = bound.zip(check.push.ext.text()) else { return };
    let key = if vendor == Vendor::Oppo { 0 } else { "ext".len() };
    let length = bound.unit.measure(ext).saturating_add(key);
    if exceeds(length, bound) {
        let cause = format!("{length} {} as custom data, at most {bound} go through", bound.unit);
        check.add(rules::EXT_TOO_LONG.at(Field::Ext, cause).on(vendor).because(bound.source));
    }
}

/// What title, desc and ext add up to in a vendor's payload, where quotes and line breaks are escaped.
fn together(check: &mut Check<'_>, vendor: Vendor) {
    let push = check.push;
    let profile = check.audience.profile;
    if let Some(bound) = limit(vendor, LimitField::DescAndExt, profile) {
        let length = push.desc().len().saturating_add(push.ext.len());
        if exceeds(length, bound) {
            let cause = format!("{length} bytes of desc and ext, at most {bound}");
            let finding = rules::DESC_AND_EXT_TOO_LONG.at(WHOLE, cause);
            check.add(finding.on(vendor).because(bound.source));
        }
    }
    let is_call = vendor == Vendor::Apns && push.number(Field::IosPushType) == Some(1);
    let field = if is_call { LimitField::WholeVoip } else { LimitField::Whole };
    if let Some(bound) = limit(vendor, field, profile) {
        let texts = [push.title(), push.desc(), push.ext.text().unwrap_or_default()];
        let length = texts.into_iter().map(escaped_len).fold(0, usize::saturating_add);
        if exceeds(length, bound) {
            let cause = format!("{length} bytes of title, desc and ext once escaped, at most {bound} in all");
            check.add(rules::PAYLOAD_TOO_LONG.at(WHOLE, cause).on(vendor).because(bound.source));
        }
    }
}

/// The length of a text inside a JSON text, in bytes.
fn escaped_len(text: &str) -> usize {
    let quotes = 2;
    JsonWriter::text_of(&text.into()).len().saturating_sub(quotes)
}

/// REST names most fields, so its text stands for what travels.
fn whole(check: &mut Check<'_>) {
    let push = check.push.write(Form::Rest);
    let length = push.text().len().saturating_add(check.audience.body_bytes);
    if exceeds(length, MESSAGE_LIMIT) {
        let cause = format!("{length} bytes with the push, at most {MESSAGE_LIMIT} go through");
        check.add(rules::MESSAGE_TOO_LONG.at(WHOLE, cause).because(MESSAGE_LIMIT.source));
    }
}

fn exceeds(length: usize, bound: Bound) -> bool {
    length > size(bound)
}

fn size(bound: Bound) -> usize {
    usize::try_from(bound.max).unwrap_or(usize::MAX)
}
