//! Tencent's container as JSON: read as leniently as Tencent's own apps write it, written in one fixed order.

use std::collections::BTreeMap;

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::container::{bytes, signed};
use super::{Container, Ext, ExtError, PushFeatures};
use crate::account::Peer;
use crate::json::{self, Json, Limits, Members};

const LIMITS: Limits = Limits { bytes: Ext::MAX_BYTES, depth: json::MAX_DEPTH };

/// The order in which the members of `entity` are written behind the version.
const ENTITY: &[&str] =
    &["chatType", "action", "sender", "nickname", "faceUrl", "content", "sendTime", "customData"];

/// The container in `text`; `None` if it is none.
pub(super) fn container(text: &str) -> Result<Option<Container>, ExtError> {
    let Some(mut members) = object(text)? else { return Ok(None) };
    let Some(entity) = take_entity(&mut members) else { return Ok(None) };
    // Of another version nothing else is judged.
    let version = whole(&entity, "version", "entity.version")?.unwrap_or(Container::VERSION);
    if version != Container::VERSION {
        return Err(ExtError::UnknownVersion { version });
    }
    let mut container = Container::default();
    for (key, field) in [("chatType", "entity.chatType"), ("action", "entity.action")] {
        if let Some(number) = whole(&entity, key, field)? {
            container.entity.insert(key.to_owned(), number.into());
        }
    }
    for (key, value) in entity {
        take_from_entity(&mut container.entity, &key, &value);
    }
    for (key, value) in members {
        match (key.as_ref(), push_features(&value)) {
            ("entity", _) => {}
            ("timPushFeatures", Some(features)) => container.push_features = Some(features),
            _ => {
                container.unknown.insert(key.into(), value.to_value());
            }
        }
    }
    Ok(Some(container))
}

/// The chat of Tencent's second format, if the text is of it.
pub(super) fn conversation(text: &str) -> Option<Peer> {
    let members = object(text).ok()??;
    json::last(&members, "conversationID").and_then(text_of).and_then(|id| Peer::from_conversation_id(&id))
}

/// The text as JSON of any type.
pub(super) fn value(text: &str) -> Result<Value, ExtError> {
    json::read(text, LIMITS).map(|json| json.to_value()).map_err(ExtError::not_json)
}

/// The members of the object that the text begins like.
fn object(text: &str) -> Result<Option<Members>, ExtError> {
    if !text.trim_ascii_start().starts_with('{') {
        return Ok(None);
    }
    json::read_object(text, LIMITS).map(Some).map_err(ExtError::not_json)
}

/// Takes the entity out of a container.
fn take_entity(members: &mut Members) -> Option<Members> {
    let (_, entity) = members.iter_mut().rev().find(|(key, _)| key.as_ref() == "entity")?;
    object_or_text(std::mem::replace(entity, Json::Null))
}

/// An object, which may stand there as its text.
fn object_or_text(value: Json) -> Option<Members> {
    match value {
        Json::Object(members) => Some(members),
        Json::Text(text) => json::read_object(&text, LIMITS).ok(),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::Array(_) => None,
    }
}

/// A whole number, or the text of one. Null counts as missing.
fn whole(entity: &Members, key: &str, field: &'static str) -> Result<Option<i64>, ExtError> {
    match json::last(entity, key) {
        None | Some(Json::Null) => Ok(None),
        Some(value) => {
            value.to_integer().map(Some).ok_or(ExtError::WrongType { field, expected: "a whole number" })
        }
    }
}

/// A text, or a whole number taken as one.
fn text_of(value: &Json) -> Option<String> {
    match value {
        Json::Text(text) => Some(text.clone().into()),
        Json::Number(number) if number.is_i64() || number.is_u64() => Some(number.to_string()),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::Array(_) | Json::Object(_) => None,
    }
}

/// A value of another type than its key's is kept as it is. Null counts as missing.
fn take_from_entity(entity: &mut BTreeMap<String, Value>, key: &str, value: &Json) {
    let typed = match key {
        "version" | "chatType" | "action" => return,
        "nickName" if entity.get("nickname").is_some_and(Value::is_string) => return,
        "sender" | "nickname" | "nickName" | "faceUrl" | "content" => text_of(value).map(Value::from),
        "sendTime" => value.to_integer().map(Value::from),
        "customData" => bytes(&value.to_value()).map(|bytes| signed(&bytes)),
        _ => None,
    };
    // The spelling of TUIKit for uni-app 3.2.0.
    let own = if key == "nickName" && typed.is_some() { "nickname" } else { key };
    let is_known = key == "nickName" || (ENTITY.contains(&key) && key != "customData");
    if is_known && *value == Json::Null {
        entity.remove(own);
    } else {
        entity.insert(own.to_owned(), typed.unwrap_or_else(|| value.to_value()));
    }
}

fn push_features(value: &Json) -> Option<PushFeatures> {
    let members = object_or_text(value.clone())?;
    // -1 is how Tencent's class spells "not set".
    let is_unset = |key: &str, value: &Json| FEATURES.contains(&key) && value.as_integer() == Some(-1);
    let set = members.into_iter().filter(|(key, value)| !is_unset(key, value));
    let mut features = PushFeatures::default();
    features.0.extend(set.map(|(key, value)| (key.into(), value.to_value())));
    Some(features)
}

const FEATURES: &[&str] = &["fcmPushType", "fcmNotificationType"];

impl Serialize for Container {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let version = Value::from(Self::VERSION);
        let entity = [("version", &version)].into_iter().chain(in_order(ENTITY, &self.entity));
        let entity = Object(entity.collect());
        let features = self.push_features.as_ref().map(|own| Object(in_order(FEATURES, &own.0).collect()));
        let mut object = serializer.serialize_map(None)?;
        object.serialize_entry("entity", &entity)?;
        if let Some(features) = &features {
            object.serialize_entry("timPushFeatures", features)?;
        }
        for (key, value) in &self.unknown {
            object.serialize_entry(key, value)?;
        }
        object.end()
    }
}

/// Members in the order in which they are written.
struct Object<'a>(Vec<(&'a str, &'a Value)>);

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().copied())
    }
}

/// The members of `order` that are there, in that order, then all others.
fn in_order<'a>(
    order: &'a [&'a str],
    members: &'a BTreeMap<String, Value>,
) -> impl Iterator<Item = (&'a str, &'a Value)> {
    let known = order.iter().filter_map(|key| members.get_key_value(*key));
    let others = members.iter().filter(|(key, _)| !order.contains(&key.as_str()));
    known.chain(others).map(|(key, value)| (key.as_str(), value))
}
