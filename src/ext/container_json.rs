//! Tencent's container as JSON: read as leniently as Tencent's own apps write it, written in one fixed order.

use std::collections::BTreeMap;

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::{Container, Ext, ExtError, PushFeatures};
use crate::account::Peer;
use crate::json::{self, Json, Limits, Members};
use crate::time::UnixTime;

const LIMITS: Limits = Limits { bytes: Ext::MAX_BYTES, depth: json::MAX_DEPTH };

/// What a route needs of an ext.
#[derive(Debug)]
pub(crate) struct Head {
    /// [`Container::CHAT`], [`Container::CALL`] or another.
    pub(crate) action: i64,
    pub(crate) peer: Option<Peer>,
}

/// The head of the container in `text`, or the chat of Tencent's second format (`conversationID`); `None` if it is neither.
pub(super) fn head(text: &str) -> Result<Option<Head>, ExtError> {
    let Some(mut members) = object(text)? else { return Ok(None) };
    let Some(entity) = take_entity(&mut members) else {
        let id = last(&members, "conversationID").and_then(text_of);
        let peer = id.and_then(|id| Peer::from_conversation_id(&id));
        return Ok(peer.map(|peer| Head { action: Container::CHAT, peer: Some(peer) }));
    };
    let Numbers { chat_type, action } = Numbers::read(&entity)?;
    let sender = last(&entity, "sender").and_then(text_of);
    let peer = chat_type.zip(sender).and_then(|(chat_type, sender)| Container::peer_of(chat_type, &sender));
    Ok(Some(Head { action: action.unwrap_or(Container::CHAT), peer }))
}

/// The whole container in `text`; `None` if it is none.
pub(super) fn container(text: &str) -> Result<Option<Container>, ExtError> {
    let Some(mut members) = object(text)? else { return Ok(None) };
    let Some(entity) = take_entity(&mut members) else { return Ok(None) };
    let Numbers { chat_type, action } = Numbers::read(&entity)?;
    let mut container = Container { chat_type, action, ..Container::default() };
    for (key, value) in entity {
        container.take_from_entity(&key, &value);
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

/// Takes the entity out of a container. It may be the text of an object.
fn take_entity(members: &mut Members) -> Option<Members> {
    let (_, entity) = members.iter_mut().rev().find(|(key, _)| key.as_ref() == "entity")?;
    match std::mem::replace(entity, Json::Null) {
        Json::Object(members) => Some(members),
        Json::Text(text) => json::read_object(&text, LIMITS).ok(),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::Array(_) => None,
    }
}

struct Numbers {
    chat_type: Option<i64>,
    action: Option<i64>,
}

impl Numbers {
    /// Checks the version first: of another version nothing else is judged.
    fn read(entity: &Members) -> Result<Self, ExtError> {
        let version = whole(entity, "version", "entity.version")?.unwrap_or(Container::VERSION);
        if version != Container::VERSION {
            return Err(ExtError::UnknownVersion { version });
        }
        Ok(Self {
            chat_type: whole(entity, "chatType", "entity.chatType")?,
            action: whole(entity, "action", "entity.action")?,
        })
    }
}

fn last<'a>(members: &'a Members, key: &str) -> Option<&'a Json> {
    members.iter().rev().find(|(name, _)| name.as_ref() == key).map(|(_, value)| value)
}

/// A whole number, or the text of one. Null counts as missing.
fn whole(entity: &Members, key: &str, field: &'static str) -> Result<Option<i64>, ExtError> {
    match last(entity, key) {
        None | Some(Json::Null) => Ok(None),
        Some(value) => {
            value.to_integer().map(Some).ok_or(ExtError::WrongType { field, expected: "a whole number" })
        }
    }
}

/// A text, or a whole number taken as one.
fn text_of(value: &Json) -> Option<Box<str>> {
    match value {
        Json::Text(text) => Some(text.clone()),
        Json::Number(number) if number.is_i64() || number.is_u64() => Some(number.to_string().into()),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::Array(_) | Json::Object(_) => None,
    }
}

impl Container {
    /// A value of another type than its field's is kept as an unknown member. Null counts as missing.
    fn take_from_entity(&mut self, key: &str, value: &Json) {
        let (nickname_set, text) = (self.nickname.is_some(), text_of(value));
        let taken = match key {
            "version" | "chatType" | "action" => return,
            "sender" => set(&mut self.sender, text),
            "nickname" => set(&mut self.nickname, text),
            // The spelling of TUIKit for uni-app 3.2.0.
            "nickName" => nickname_set || set(&mut self.nickname, text),
            "faceUrl" => set(&mut self.face_url, text),
            "content" => set(&mut self.content, text),
            "sendTime" => set(&mut self.send_time, value.to_integer().map(UnixTime::from_secs)),
            "customData" => set(&mut self.custom_data, bytes(value)),
            _ => false,
        };
        let is_known = matches!(key, "sender" | "nickname" | "nickName" | "faceUrl" | "content" | "sendTime");
        let is_absent = is_known && *value == Json::Null;
        if !taken && !is_absent {
            self.entity_unknown.insert(key.to_owned(), value.to_value());
        }
    }
}

fn set<T>(field: &mut Option<T>, value: Option<T>) -> bool {
    let some = value.is_some();
    *field = value;
    some
}

fn bytes(value: &Json) -> Option<Box<[u8]>> {
    let Json::Array(numbers) = value else { return None };
    let byte = |number: &Json| {
        let number = number.as_integer()?;
        let signed = i8::try_from(number).map(|byte| u8::from_ne_bytes(byte.to_ne_bytes()));
        signed.or_else(|_| u8::try_from(number)).ok()
    };
    numbers.iter().map(byte).collect()
}

fn push_features(value: &Json) -> Option<PushFeatures> {
    let members = match value {
        Json::Object(members) => members.clone(),
        Json::Text(text) => json::read_object(text, LIMITS).ok()?,
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::Array(_) => return None,
    };
    let mut features = PushFeatures::default();
    for (key, field) in members {
        // -1 is how Tencent's class spells "not set".
        match (key.as_ref(), field.as_integer()) {
            ("fcmPushType" | "fcmNotificationType", Some(-1)) => {}
            ("fcmPushType", number @ Some(_)) => features.fcm_push_type = number,
            ("fcmNotificationType", number @ Some(_)) => features.fcm_notification_type = number,
            _ => {
                features.unknown.insert(key.into(), field.to_value());
            }
        }
    }
    Some(features)
}

impl Serialize for Container {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = |text: &Option<Box<str>>| text.as_deref().map(Value::from);
        let entity = [
            ("version", Some(Self::VERSION.into())),
            ("chatType", self.chat_type.map(Value::from)),
            ("action", self.action.map(Value::from)),
            ("sender", text(&self.sender)),
            ("nickname", text(&self.nickname)),
            ("faceUrl", text(&self.face_url)),
            ("content", text(&self.content)),
            ("sendTime", self.send_time.map(|time| time.as_secs().into())),
            ("customData", self.custom_data.as_deref().map(signed)),
        ];
        let mut object = serializer.serialize_map(None)?;
        object.serialize_entry("entity", &Object { known: &entity, unknown: &self.entity_unknown })?;
        if let Some(features) = &self.push_features {
            let known = [
                ("fcmPushType", features.fcm_push_type.map(Value::from)),
                ("fcmNotificationType", features.fcm_notification_type.map(Value::from)),
            ];
            object
                .serialize_entry("timPushFeatures", &Object { known: &known, unknown: &features.unknown })?;
        }
        for (key, value) in &self.unknown {
            object.serialize_entry(key, value)?;
        }
        object.end()
    }
}

/// The known members that are set, in their order, then the unknown ones.
struct Object<'a> {
    known: &'a [(&'static str, Option<Value>)],
    unknown: &'a BTreeMap<String, Value>,
}

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let known = self.known.iter().filter_map(|(key, value)| Some((*key, value.as_ref()?)));
        serializer.collect_map(known.chain(self.unknown.iter().map(|(key, value)| (key.as_str(), value))))
    }
}

/// A Java `byte[]` in JSON: an array of signed numbers.
fn signed(bytes: &[u8]) -> Value {
    bytes.iter().map(|byte| i8::from_ne_bytes([*byte])).collect()
}
