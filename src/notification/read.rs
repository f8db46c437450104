//! From a vendor's payload to the ext in it.

use super::envelope::{Envelope, message_id_keys};
use super::system::MEIZU_CONTENT;
use super::{Payload, PayloadError, PayloadValue, SystemKey, Tap, java, json};
use crate::ext::Ext;
use crate::json::{self as any_json, JsonWriter};
use crate::vendor::Vendor;

/// The one key that Tencent's server writes, for all vendors but OPPO.
const EXT: &str = "ext";

/// The top-level keys of Tencent's container. Where they stand by themselves, they are an ext taken apart.
const CONTAINER_KEYS: [&str; 2] = ["entity", "timPushFeatures"];

/// What a payload says.
pub(super) struct Reading {
    pub(super) vendor: Option<Vendor>,
    pub(super) ext: Option<Ext>,
    pub(super) message_id: Option<Box<str>>,
    /// Whether the ext was put together from extras.
    pub(super) taken_apart: bool,
    /// What lay inside of envelopes.
    pub(super) spread: Vec<(Box<str>, PayloadValue)>,
}

/// Turns a text into a payload: JSON, or what a vendor's object prints of itself.
pub(super) fn payload_of_text(vendor: Option<Vendor>, text: &str) -> Result<Payload, PayloadError> {
    let whole = |key: &str| Payload::from_pairs([(key.into(), text.into())]);
    if text.len() > Payload::MAX_BYTES {
        return Err(PayloadError::TooLong { bytes: text.len() });
    }
    let unwrapped = json::unwrapped(text);
    let text = unwrapped.as_deref().unwrap_or(text);
    match vendor {
        None | Some(Vendor::Meizu) if java::is_of_class(text, "MzPushMessage") => {
            let content = java::quoted(text, "selfDefineContentString='", "', notifyId=").unwrap_or_default();
            Payload::from_pairs([(MEIZU_CONTENT.into(), content.into())])
        }
        Some(Vendor::Meizu) if !json::is_meizu_bundle(text) => whole(MEIZU_CONTENT),
        None | Some(Vendor::Xiaomi) if text.trim_start().starts_with("messageId={") => whole("key_message"),
        None | Some(Vendor::Vivo) if java::is_of_class(text, "UPSNotificationMessage") => whole("params"),
        _ => Payload::from_json(text),
    }
}

pub(super) fn read(given: Option<Vendor>, payload: &Payload) -> Reading {
    let vendor = given.or_else(|| recognise(payload));
    let spread: Vec<_> = Envelope::of(vendor).flat_map(|envelope| envelope.open(payload)).collect();
    let find = |key: &str| find(payload, &spread, key);
    let top = payload.get(EXT).filter(|value| vendor != Some(Vendor::Oppo) || is_object(value));
    let wrapped = Envelope::of(vendor).filter_map(|envelope| find(&format!("{}{EXT}", envelope.extras)));
    // Meizu's content is itself the ext, unless one lies in it.
    let content = payload.get(MEIZU_CONTENT).filter(|_| vendor == Some(Vendor::Meizu) && spread.is_empty());
    let mut places = top.into_iter().chain(wrapped).chain(content).peekable();
    let is_nowhere = places.peek().is_none();
    let whole = places.find_map(ext_of);
    let parts = if whole.is_none() { reassemble(payload, |key| is_part(vendor, key)) } else { None };
    let taken_apart = is_nowhere || parts.is_some();
    let ext = whole.or(parts);
    let message_id = vendor
        .into_iter()
        .flat_map(message_id_keys)
        .filter_map(|key| find(key)?.to_text())
        .find(|id| Tap::is_message_id(id));
    Reading { vendor, ext, message_id, taken_apart, spread }
}

pub(super) fn find<'a>(
    payload: &'a Payload,
    spread: &'a [(Box<str>, PayloadValue)],
    key: &str,
) -> Option<&'a PayloadValue> {
    payload.get(key).or_else(|| spread.iter().find(|(name, _)| name.as_ref() == key).map(|(_, value)| value))
}

/// Whether `key` belongs to an ext that was taken apart: of OPPO all that is not the system's, of others only what
/// Tencent's container has.
pub(super) fn is_part(vendor: Option<Vendor>, key: &str) -> bool {
    if vendor == Some(Vendor::Oppo) { !SystemKey::is_one(vendor, key) } else { CONTAINER_KEYS.contains(&key) }
}

/// The vendor whose unmistakable key is there.
fn recognise(payload: &Payload) -> Option<Vendor> {
    let begins = |prefix: &str| payload.iter().any(|(key, _)| key.starts_with(prefix));
    let has = |key: &str| payload.get(key).is_some();
    if has("aps") {
        Some(Vendor::Apns)
    } else if has("key_message") || begins("key_message.") || begins("mipush_") {
        Some(Vendor::Xiaomi)
    } else if begins("google.") || begins("gcm.") {
        Some(Vendor::Fcm)
    } else if begins("vivo_push_") {
        Some(Vendor::Vivo)
    } else if begins("ohos.") {
        Some(Vendor::HarmonyOs)
    } else if has(MEIZU_CONTENT) {
        Some(Vendor::Meizu)
    } else if has(EXT) {
        None
    } else if has("entity") {
        Some(Vendor::Oppo)
    } else {
        // Nobody else puts an ext into such an object.
        let holds_ext = |envelope: &&Envelope| {
            let ext = format!("{}{EXT}", envelope.extras);
            envelope.open(payload).iter().any(|(key, _)| **key == *ext)
        };
        Envelope::all().find(holds_ext).map(|envelope| envelope.vendor)
    }
}

fn is_object(value: &PayloadValue) -> bool {
    value.as_object_like().is_some_and(any_json::is_object)
}

/// An ext as it was sent. An empty one is none: Tencent's SDKs leave out what is empty. Neither is `null`, which is what
/// Java prints where there is none.
fn ext_of(value: &PayloadValue) -> Option<Ext> {
    let text = |text: &str| Ext::from_text(json::unwrapped(text).unwrap_or_else(|| text.to_owned()));
    let ext = match value {
        PayloadValue::Bytes(bytes) => {
            std::str::from_utf8(bytes).map_or_else(|_| Ext::from_bytes(bytes.clone()), text)
        }
        PayloadValue::Text(words) => text(words),
        PayloadValue::Integer(_) | PayloadValue::Boolean(_) | PayloadValue::Json(_) => {
            Ext::from_text(value.to_text()?)
        }
    };
    (!ext.is_empty() && ext.text() != Some("null")).then_some(ext)
}

/// Puts an ext together again whose top-level keys were handed over one by one. A text stays a text, though it may have
/// been JSON: the two cannot be told apart. Only for the container's keys is it known that they hold objects.
fn reassemble(payload: &Payload, belongs: impl Fn(&str) -> bool) -> Option<Ext> {
    let mut text = String::with_capacity(payload.weight().saturating_add(16));
    let mut out = JsonWriter::new(&mut text);
    out.open_object();
    let mut found = false;
    for (key, value) in payload.iter().filter(|(key, _)| belongs(key)) {
        match value {
            // No JSON makes a byte array of an extra, so it was not the sender's.
            PayloadValue::Bytes(_) => continue,
            _ => out.key(key),
        }
        found = true;
        match value {
            PayloadValue::Text(text) if CONTAINER_KEYS.contains(&key) && any_json::is_object(text) => {
                out.raw(text)
            }
            PayloadValue::Text(text) => out.text(text),
            PayloadValue::Integer(number) => out.number(*number),
            PayloadValue::Boolean(flag) => out.bool(*flag),
            PayloadValue::Json(json) => out.raw(json.as_str()),
            PayloadValue::Bytes(_) => {}
        }
    }
    out.close_object();
    found.then(|| Ext::from_text(text))
}
