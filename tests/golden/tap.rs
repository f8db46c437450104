//! `clicks`: what hosts were handed over by a tap, and what must be found in it.

use serde_json::Value;
use tim_offline_push::account::Peer;
use tim_offline_push::ext::Ext;
use tim_offline_push::notification::{Payload, PushId, Route, Tap, TapMode};
use tim_offline_push::vendor::Vendor;

use crate::records;

#[test]
fn clicks() {
    if let Some(tally) = records::run("clicks", "clicks.jsonl", check) {
        tally.finish("ck-");
    }
}

/// `clickExt` and `notifyMode` in every vendor's wrapping.
#[test]
fn push_ids() {
    if let Some(tally) = records::run("push_ids", "push_ids.jsonl", check) {
        tally.finish("push-");
    }
}

/// What real objects of the vendors' SDKs print of themselves.
#[test]
fn sdk_messages() {
    if let Some(tally) = records::run("sdk_messages", "sdk_messages.jsonl", check_printed) {
        tally.finish("sdk-");
    }
}

fn check_printed(record: &Value) -> Result<(), String> {
    let vendor = record["vendor"].as_str().and_then(|name| name.parse::<Vendor>().ok());
    let text = record["text"].as_str().ok_or("no text")?;
    let tap = Tap::from_text(vendor, text).map_err(|error| error.to_string())?;
    let expected = &record["expected"];
    let wanted = expected["ext"].as_str().filter(|ext| !ext.is_empty());
    same("ext", &tap.ext().and_then(Ext::text), &wanted)?;
    same("message_id", &tap.message_id(), &expected["message_id"].as_str())
}

fn check(record: &Value) -> Result<(), String> {
    let tap = tap(record)?;
    let expected = &record["expected"];
    let text = tap.ext().map(|ext| ext.text().ok_or("ext is not text")).transpose()?;

    if let Some(wanted) = expected.get("ext") {
        same("ext", &text, &wanted.as_str())?;
    }
    if let Some(wanted) = expected.get("ext_json") {
        let found = tap.ext().ok_or("no ext")?.json().map_err(|error| error.to_string())?;
        same("ext_json", &found, wanted)?;
    }
    if let Some(wanted) = expected.get("chat") {
        let chat = tap.route().peer().map(|peer| {
            let chat_type = match peer {
                Peer::User(_) => 1,
                Peer::Group(_) => 2,
            };
            serde_json::json!({"chat_type": chat_type, "peer": peer.id()})
        });
        same("chat", &chat.unwrap_or_default(), wanted)?;
    }
    // The route reads as little as it can; the whole container must say the same.
    let container = tap.ext().and_then(|ext| ext.container().ok().flatten());
    let container = container.filter(|_| !matches!(tap.route(), Route::UnknownAction { .. }));
    if let Some(container) = container {
        same("peer", &tap.route().peer().cloned(), &container.peer())?;
    }
    if let Some(wanted) = expected.get("message_id") {
        same("message_id", &tap.message_id(), &wanted.as_str())?;
    }
    if let Some(wanted) = expected.get("push_id") {
        same("push_id", &tap.push_id().map(PushId::as_str), &wanted.as_str())?;
    }
    if let Some(wanted) = expected.get("mode") {
        let mode = match tap.mode() {
            TapMode::Launcher => "launcher",
            TapMode::Link => "link",
            TapMode::InApp => "in_app",
            _ => "new",
        };
        same("mode", &Some(mode), &wanted.as_str())?;
    }
    if let Some(wanted) = expected.get("link") {
        let link = if let Route::Link(link) = tap.route() { Some(link.as_str().to_owned()) } else { None };
        same("link", &link.as_deref(), &wanted.as_str())?;
    }
    if let Some(wanted) = expected.get("user_keys") {
        same("user_keys", &user_keys(&tap, record), &names(wanted, expected))?;
    }
    Ok(())
}

fn tap(record: &Value) -> Result<Tap, String> {
    // A vendor that this crate has no name for is an unknown one.
    let vendor = record["vendor"].as_str().and_then(|name| name.parse::<Vendor>().ok());
    if let Some(text) = record["text"].as_str() {
        return Tap::from_text(vendor, text).map_err(|error| error.to_string());
    }
    let extras = record["extras"].as_object().ok_or("no extras")?;
    let pairs = extras.iter().map(|(key, value)| (key.as_str(), value));
    let payload = Payload::from_pairs(pairs).map_err(|error| error.to_string())?;
    let payload = match record["data"].as_str() {
        Some(data) => payload.with_data(data).map_err(|error| error.to_string())?,
        None => payload,
    };
    // The same extras as one JSON text must read the same, but for Meizu, whose texts are the ext itself.
    let tap = Tap::new(vendor, payload);
    if vendor != Some(Vendor::Meizu) {
        let again =
            Tap::from_text(vendor, &record["extras"].to_string()).map_err(|error| error.to_string())?;
        same("the ext from JSON", &again.ext(), &tap.ext())?;
    }
    Ok(tap)
}

/// The keys of the record's own extras that the tap calls the user's. The ext itself is on neither side.
fn user_keys(tap: &Tap, record: &Value) -> Vec<String> {
    let optional = &record["expected"]["user_keys_may_miss"];
    let mut keys: Vec<String> = tap.user_keys().map(|(key, _)| key.to_owned()).collect();
    keys.retain(|key| record["extras"].get(key).is_some() && key != "ext" && !contains(optional, key));
    keys.sort_unstable();
    keys
}

fn names(wanted: &Value, expected: &Value) -> Vec<String> {
    let wanted = wanted.as_array().into_iter().flatten().filter_map(Value::as_str);
    let optional = &expected["user_keys_may_miss"];
    wanted.filter(|key| *key != "ext" && !contains(optional, key)).map(str::to_owned).collect()
}

fn contains(list: &Value, key: &str) -> bool {
    list.as_array().is_some_and(|list| list.iter().any(|name| name == key))
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, found: &T, wanted: &T) -> Result<(), String> {
    if found == wanted { Ok(()) } else { Err(format!("{what}: found {found:?}, expected {wanted:?}")) }
}
