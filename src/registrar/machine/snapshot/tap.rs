//! A tap in a snapshot: its payload, and what the host stated, in the form of `Tap`'s own serde.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::restore::{Members, account, members, named, plain, text_of};
use super::{object, text};
use crate::account::UserId;
use crate::notification::{Payload, PayloadValue, Tap};
use crate::vendor::Vendor;

pub(super) fn write(tap: &Tap) -> String {
    let payload = tap.payload();
    let extras: Vec<(&str, String)> = payload.iter().map(|(key, value)| (key, write_value(value))).collect();
    let (vendor, message_id) = tap.stated();
    object(&[
        ("vendor", text(vendor.map(Vendor::as_str))),
        ("account", text(tap.account().map(UserId::as_str))),
        ("message_id", text(message_id)),
        ("payload", object(&[("extras", object(&extras)), ("data", text(payload.data()))])),
    ])
}

fn write_value(value: &PayloadValue) -> String {
    match value {
        PayloadValue::Text(known) => text(known.as_ref()),
        PayloadValue::Integer(number) => number.to_string(),
        PayloadValue::Boolean(flag) => flag.to_string(),
        PayloadValue::Bytes(bytes) => object(&[("bytes", text(STANDARD.encode(bytes).as_str()))]),
        PayloadValue::Json(json) => object(&[("json", text(json.as_ref()))]),
    }
}

pub(super) fn read(form: &Members<'_>) -> Option<Tap> {
    let payload = form.get("payload", |json| read_payload(&form.object(json)?))?;
    let mut tap = Tap::new(form.optional("vendor", named)?, payload);
    if let Some(account) = form.optional("account", account)? {
        tap = tap.with_account(account);
    }
    if let Some(id) = form.optional("message_id", text_of)? {
        tap = tap.with_message_id(id);
    }
    Some(tap)
}

fn read_payload(form: &Members<'_>) -> Option<Payload> {
    let mut extras: Vec<(Box<str>, Option<PayloadValue>)> = Vec::new();
    form.or_default("extras", |json| {
        members(json, &mut |key, value| extras.push((key.into(), read_value(form, value)))).ok()
    })?;
    let extras = extras.into_iter().map(|(key, value)| Some((key, value?)));
    let payload = Payload::from_pairs(extras.collect::<Option<Vec<_>>>()?).ok()?;
    match form.optional("data", text_of)? {
        Some(uri) => payload.with_data(uri).ok(),
        None => Some(payload),
    }
}

fn read_value<'a>(form: &Members<'a>, json: &'a str) -> Option<PayloadValue> {
    let written_plainly = text_of(json)
        .map(PayloadValue::from)
        .or_else(|| plain::<i64>(json).map(PayloadValue::from))
        .or_else(|| plain::<bool>(json).map(PayloadValue::from));
    written_plainly.or_else(|| {
        let wrapped = form.object(json)?;
        match wrapped.get("bytes", text_of) {
            Some(bytes) => STANDARD.decode(bytes).ok().map(PayloadValue::from),
            None => PayloadValue::json(wrapped.get("json", text_of)?).ok(),
        }
    })
}
