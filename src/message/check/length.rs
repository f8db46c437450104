//! How much of the push gets through, and what is cut.

use super::{Audience, rules};
use crate::finding::{Cut, Finding, Rule};
use crate::message::{Field, Form, OfflinePushInfo, Place, PushStyle, PushType};
use crate::vendor::{Bound, EXT_LIMIT, LimitField, LimitProfile, LimitUnit, MESSAGE_LIMIT, Vendor, limit};

pub(super) fn check(push: &OfflinePushInfo, audience: &Audience, findings: &mut Vec<Finding>) {
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
