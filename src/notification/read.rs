//! From a vendor's payload to what it says.

use super::keys::{
    self, CLICK_EXT, CONTAINER_KEYS, CONVERSATION, EXT, Envelope, MEIZU_CONTENT, NOTIFY_MODE, is_system_key,
    message_id_keys,
};
use super::route::{PushId, TapMode};
use super::value::{PayloadError, PayloadValue};
use super::{Payload, java};
use crate::ext::{Ext, ExtEncoding};
use crate::json::{self, JsonWriter};
use crate::vendor::Vendor;

/// The longest message id, in bytes.
pub(super) const MAX_MESSAGE_ID_BYTES: usize = 256;

/// What a payload says.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Found {
    pub(super) vendor: Option<Vendor>,
    pub(super) ext: Option<Ext>,
    /// The encoding that was taken off the ext.
    pub(super) encoding: Option<ExtEncoding>,
    pub(super) message_id: Option<Box<str>>,
    pub(super) push_id: Option<PushId>,
    pub(super) mode: Option<TapMode>,
    /// Whether the ext was put together from extras.
    pub(super) reassembled: bool,
    /// The vendor's map, where a wrapper's map holds it.
    pub(super) inner: Option<Payload>,
    /// What the envelopes hold.
    pub(super) flattened: Vec<(Box<str>, PayloadValue)>,
}

/// Turns a text into a payload: JSON, or what a vendor's object, a Java map or a bundle prints of itself.
pub(super) fn payload_of_text(vendor: Option<Vendor>, text: &str) -> Result<Payload, PayloadError> {
    let whole = |key: &str| Payload::from_pairs([(key, text)]);
    if text.len() > Payload::MAX_BYTES {
        return Err(PayloadError::TooLong { bytes: text.len() });
    }
    let object = Ext::from_text(text).unwrapped().filter(|(_, encoding)| *encoding == ExtEncoding::JsonText);
    let text = object.as_ref().and_then(|(object, _)| object.text()).unwrap_or(text);
    match vendor {
        None | Some(Vendor::Meizu) if java::is_of_class(text, "MzPushMessage") => {
            let content = java::quoted(text, "selfDefineContentString='", "', notifyId=").unwrap_or_default();
            Payload::from_pairs([(MEIZU_CONTENT, content)])
        }
        Some(Vendor::Meizu) if !is_meizu_bundle(text) => whole(MEIZU_CONTENT),
        None | Some(Vendor::Xiaomi) if text.trim_start().starts_with("messageId={") => whole("key_message"),
        None | Some(Vendor::Vivo) if java::is_of_class(text, "UPSNotificationMessage") => whole("params"),
        _ => keys::map_of(text),
    }
}

/// Whether the text is a JSON dump of a Meizu intent's extras, and not the self-defined content, which may be
/// any text. Such a dump has the content, an ext or only Meizu's own keys; it is empty after a start from the
/// launcher.
fn is_meizu_bundle(text: &str) -> bool {
    keys::object(text).is_some_and(|members| {
        let mut keys = members.iter().map(|(key, _)| key.as_ref());
        keys.clone().any(|key| matches!(key, EXT | MEIZU_CONTENT))
            || keys.all(|key| is_system_key(Some(Vendor::Meizu), key))
    })
}

pub(super) fn read(given: Option<Vendor>, whole: &Payload) -> Found {
    let inner = keys::unwrapped(given, whole);
    let payload = inner.as_ref().unwrap_or(whole);
    let vendor = given.or_else(|| recognise(payload)).or_else(|| recognise(whole));
    let flattened: Vec<_> = Envelope::of(vendor).flat_map(|envelope| envelope.open(payload)).collect();
    let find = |key: &str| {
        let inside = || flattened.iter().find(|(name, _)| name.as_ref() == key).map(|(_, value)| value);
        payload.get(key).or_else(inside)
    };
    let places = |key: &str| {
        let top = payload.get(key);
        let wrapped = Envelope::of(vendor).filter_map(|envelope| find(&format!("{}{key}", envelope.extras)));
        // Xiaomi's own map goes before the extras of the intent, as in TIMPush.
        let (first, last) = if vendor == Some(Vendor::Xiaomi) { (None, top) } else { (top, None) };
        first.into_iter().chain(wrapped).chain(last).collect::<Vec<_>>()
    };
    let text = |key: &str| places(key).first().and_then(|value| value.to_text());
    let push_id = text(CLICK_EXT).and_then(PushId::new);
    let mode = text(NOTIFY_MODE).map(|text| TapMode::from_text(&text));

    let of_tencent = push_id.is_some() || mode.is_some();
    let mut ext = places(EXT);
    if vendor == Some(Vendor::Oppo) {
        // OPPO's extras are the ext's own members; `ext` is one of them, unless TIMPush's keys stand beside
        // it.
        ext.retain(|value| of_tencent || is_object(value));
        let is_ext = |value: &&PayloadValue| of_tencent && value.as_text().is_some() && !is_object(value);
        ext.extend(payload.get("entity").filter(is_ext));
    }
    // Meizu's content is itself the ext, unless one lies in it.
    if vendor == Some(Vendor::Meizu) && flattened.is_empty() {
        ext.extend(payload.get(MEIZU_CONTENT));
    }
    let is_nowhere = ext.is_empty();
    let whole_ext = ext.into_iter().find_map(ext_of);
    let parts = if whole_ext.is_none() { reassemble(vendor, payload, of_tencent) } else { None };
    let reassembled = is_nowhere || parts.is_some();
    let (ext, encoding) = whole_ext.or_else(|| parts.map(|ext| (ext, None))).unzip();
    let encoding = encoding.flatten();
    let message_id = vendor
        .into_iter()
        .flat_map(message_id_keys)
        .filter_map(find)
        // A wrapper of FCM's SDK names the id beside the data.
        .chain(whole.get("messageId").filter(|_| inner.is_some() && vendor == Some(Vendor::Fcm)))
        .filter_map(PayloadValue::to_text)
        .find(|id| is_message_id(id));
    Found { vendor, ext, encoding, message_id, push_id, mode, reassembled, inner, flattened }
}

/// Whether a text is an id. Java prints a missing one as `null`, the vendors' SDKs as 0.
pub(super) fn is_message_id(id: &str) -> bool {
    !matches!(id, "" | "null" | "0") && id.len() <= MAX_MESSAGE_ID_BYTES
}

/// Whether `key` belongs to an ext that was taken apart: of OPPO all that is not the system's, of others only
/// what Tencent's formats have.
pub(super) fn is_part(vendor: Option<Vendor>, payload: &Payload, key: &str) -> bool {
    if vendor == Some(Vendor::Oppo) {
        return !is_system_key(vendor, key);
    }
    CONTAINER_KEYS.contains(&key) || (key == CONVERSATION && keys::holds_conversation(payload))
}

/// The vendor whose payload it is, if that can be told.
fn recognise(payload: &Payload) -> Option<Vendor> {
    if let Some(vendor) = keys::vendor_by_key(payload) {
        return Some(vendor);
    }
    if payload.get(EXT).is_some() {
        return None;
    }
    if payload.get("entity").is_some() || keys::holds_conversation(payload) {
        return Some(Vendor::Oppo);
    }
    // Nobody else puts an ext into such an object.
    keys::ENVELOPES.iter().find(|envelope| envelope.holds_ext(payload)).map(|envelope| envelope.vendor)
}

fn is_object(value: &PayloadValue) -> bool {
    value.as_object_like().is_some_and(json::is_object)
}

/// An ext as it was sent, without an encoding too many. An empty one is none: Tencent's SDKs leave out what
/// is empty. Neither is `null`, which Java prints for a missing value.
fn ext_of(value: &PayloadValue) -> Option<(Ext, Option<ExtEncoding>)> {
    let ext = if let PayloadValue::Bytes(bytes) = value {
        Ext::from_bytes(bytes.clone())
    } else {
        Ext::from_text(value.to_text()?)
    };
    let is_text = matches!(value, PayloadValue::Text(_) | PayloadValue::Bytes(_));
    match ext.unwrapped().filter(|_| is_text) {
        Some((object, encoding)) => Some((object, Some(encoding))),
        None => (!ext.is_empty() && ext.text() != Some("null")).then_some((ext, None)),
    }
}

/// Reassembles an ext whose top-level keys were handed over one by one. A text stays a text, though it may
/// have been JSON: nothing distinguishes the two. Only the container's keys are known to hold objects.
fn reassemble(vendor: Option<Vendor>, payload: &Payload, of_tencent: bool) -> Option<Ext> {
    let mut text = String::with_capacity(payload.weight().saturating_add(16));
    let mut out = JsonWriter::new(&mut text);
    out.open_object();
    let mut found = false;
    for (key, value) in payload.iter().filter(|(key, _)| is_part(vendor, payload, key)) {
        // No JSON makes a byte array of an extra, so it was not the sender's. Beside TIMPush's keys an `ext`
        // is Tencent's.
        if matches!(value, PayloadValue::Bytes(_)) || (of_tencent && key == EXT) {
            continue;
        }
        found = true;
        out.key(key);
        match value {
            PayloadValue::Text(text) if CONTAINER_KEYS.contains(&key) && json::is_object(text) => {
                out.raw(text);
            }
            PayloadValue::Text(text) => out.value(text),
            PayloadValue::Integer(number) => out.value(number),
            PayloadValue::Boolean(flag) => out.value(flag),
            PayloadValue::Json(json) => out.raw(json),
            PayloadValue::Bytes(_) => {}
        }
    }
    out.close_object();
    found.then(|| Ext::from_text(text))
}
