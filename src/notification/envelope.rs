//! Payloads in which the extras lie inside another value, and what stands beside it.

use super::system::MEIZU_CONTENT;
use super::{Payload, PayloadError, PayloadValue, java, json};
use crate::vendor::Vendor;

/// A key whose value holds the extras, by vendor. What lies in it is spread to `<key>.<inner key>`, the form in which
/// some hosts hand it over in the first place.
pub(super) struct Envelope {
    pub(super) vendor: Vendor,
    /// The key that holds it.
    pub(super) key: &'static str,
    /// Where the extras are inside: spread keys begin so.
    pub(super) extras: &'static str,
    /// What the vendor's object says of itself, beside the extras.
    pub(super) siblings: &'static [&'static str],
}

/// The fields of Xiaomi's `MiPushMessage`, as it prints them and as it puts them into a bundle.
const MI_PUSH_MESSAGE: &[&str] = &[
    "messageId",
    "messageType",
    "passThrough",
    "alias",
    "topic",
    "userAccount",
    "user_account",
    "content",
    "description",
    "title",
    "isNotified",
    "notifyId",
    "notifyType",
    "category",
];

/// All envelopes. The names are those of the vendor SDKs' classes, as their `toString` and their getters show them.
const ENVELOPES: &[Envelope] = &[
    Envelope { vendor: Vendor::Xiaomi, key: "key_message", extras: "key_message.extra.", siblings: &[] },
    Envelope {
        vendor: Vendor::Xiaomi,
        key: "key_message.extra",
        extras: "key_message.extra.",
        siblings: &[],
    },
    Envelope { vendor: Vendor::Xiaomi, key: "extra", extras: "extra.", siblings: MI_PUSH_MESSAGE },
    Envelope {
        vendor: Vendor::Vivo,
        key: "params",
        extras: "params.",
        siblings: &[
            "targetType",
            "tragetContent",
            "title",
            "content",
            "notifyType",
            "purePicUrl",
            "iconUrl",
            "coverUrl",
            "skipContent",
            "skipType",
            "showTime",
            "msgId",
        ],
    },
    Envelope {
        vendor: Vendor::Meizu,
        key: MEIZU_CONTENT,
        extras: "selfDefineContentString.",
        siblings: &["title", "content", "pushType", "taskId", "notifyId"],
    },
    Envelope {
        vendor: Vendor::HarmonyOs,
        key: "parameters",
        extras: "parameters.",
        siblings: &[
            "deviceId",
            "bundleName",
            "moduleName",
            "abilityName",
            "action",
            "entities",
            "uri",
            "type",
            "flags",
        ],
    },
];

/// Where a message id stands, best first. `_push_msgid` is what Huawei's own sample reads from the launch intent;
/// `vivo_push_messageId` is seen in the field, no document promises it.
const MESSAGE_IDS: &[(Vendor, &str)] = &[
    (Vendor::Xiaomi, "key_message.messageId"),
    (Vendor::Xiaomi, "messageId"),
    (Vendor::Huawei, "_push_msgid"),
    (Vendor::Honor, "_push_msgid"),
    (Vendor::Vivo, "msgId"),
    (Vendor::Vivo, "vivo_push_messageId"),
    (Vendor::Fcm, "google.message_id"),
    (Vendor::Fcm, "message_id"),
    (Vendor::Apns, "gcm.message_id"),
];

/// The keys at which `vendor` puts a message id, best first.
pub(super) fn message_id_keys(vendor: Vendor) -> impl Iterator<Item = &'static str> {
    MESSAGE_IDS.iter().filter(move |(owner, _)| *owner == vendor).map(|(_, key)| *key)
}

impl Envelope {
    /// The envelopes that `vendor` uses.
    pub(super) fn of(vendor: Option<Vendor>) -> impl Iterator<Item = &'static Self> {
        Self::all().filter(move |envelope| Some(envelope.vendor) == vendor)
    }

    pub(super) fn all() -> impl Iterator<Item = &'static Self> {
        ENVELOPES.iter()
    }

    /// What lies in it, spread to `<key>.<inner key>`.
    pub(super) fn open(&self, payload: &Payload) -> Vec<(Box<str>, PayloadValue)> {
        let Some(text) = payload.get(self.key).and_then(PayloadValue::as_object_like) else {
            return Vec::new();
        };
        if self.vendor == Vendor::Meizu && !json::has_ext(text) {
            return Vec::new();
        }
        let mut spread = Vec::new();
        match Payload::from_json(text) {
            Ok(inner) => {
                for (key, value) in inner.iter() {
                    let path = format!("{}.{key}", self.key);
                    // MiPushMessage in JSON: its map lies one level deeper.
                    let deeper = self.extras.strip_suffix('.') == Some(path.as_str());
                    let map = if deeper { value.as_object_like() } else { None };
                    match map.map(|text| (text, Payload::from_json(text))) {
                        Some((_, Ok(map))) => spread.extend(
                            map.iter().map(|(key, value)| (spread_key(self.extras, key), value.clone())),
                        ),
                        Some((text, Err(PayloadError::NotJson { .. })))
                            if text.trim_start().starts_with('{') =>
                        {
                            self.open_printed(text, &mut spread);
                        }
                        Some((_, Err(_))) | None => spread.push((path.into(), value.clone())),
                    }
                }
            }
            Err(PayloadError::NotJson { .. }) => self.open_printed(text, &mut spread),
            Err(_) => {}
        }
        spread
    }

    /// Reads what a Java object printed of itself.
    fn open_printed(&self, text: &str, spread: &mut Vec<(Box<str>, PayloadValue)>) {
        // Of vivo's message the id stands behind the title and the text, so that whoever writes those could forge it.
        let id = if self.vendor == Vendor::Xiaomi { java::field(text, "messageId={", '}') } else { None };
        if let Some(id) = id {
            spread.push((spread_key(self.key, ".messageId"), id.into()));
        }
        let opening = if self.vendor == Vendor::Vivo { "mParams={" } else { "extra={{" };
        let map = match text.trim_start().strip_prefix('{') {
            Some(inside) => java::map(inside),
            None => java::map_behind(text, opening),
        };
        spread.extend(map.into_iter().map(|(key, value)| (spread_key(self.extras, key), value.into())));
    }
}

fn spread_key(prefix: &str, key: &str) -> Box<str> {
    format!("{prefix}{key}").into()
}
