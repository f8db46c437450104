//! Reads Tencent's container once through, without building a tree of what it knows.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize as _;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::field::{Key, TextField, Whole};
use super::{Action, ChatType, Container, ExtError, Peer, PushFeatures};
use crate::time::UnixTime;

/// As much of a container as a route needs.
#[derive(Debug)]
pub(crate) struct Head {
    pub(crate) action: Action,
    pub(crate) peer: Option<Peer>,
}

/// The head of the container in `text`; `None` if it is no container.
pub(super) fn head(text: &str) -> Result<Option<Head>, ExtError> {
    let Some(entity) = raw(text, Keep::Head)?.and_then(|raw| raw.entity) else { return Ok(None) };
    let numbers = entity.numbers()?;
    let peer = numbers.chat_type.zip(entity.sender.text()).and_then(|(kind, sender)| kind.peer(sender));
    Ok(Some(Head { action: numbers.action.unwrap_or(Action::Chat), peer }))
}

/// The whole container in `text`; `None` if it is none.
pub(super) fn container(text: &str) -> Result<Option<Container>, ExtError> {
    let Some(RawContainer { entity: Some(entity), features, mut unknown }) = raw(text, Keep::All)? else {
        return Ok(None);
    };
    let numbers = entity.numbers()?;
    let rest = entity.rest.map(|rest| *rest).unwrap_or_default();
    let mut entity_unknown = rest.unknown;
    let custom_data = match rest.custom_data.map(bytes) {
        Some(Ok(data)) => Some(data),
        Some(Err(value)) => {
            entity_unknown.insert("customData".to_owned(), value);
            None
        }
        None => None,
    };
    let push_features = match features.map(push_features) {
        Some(Ok(features)) => Some(features),
        Some(Err(value)) => {
            unknown.insert("timPushFeatures".to_owned(), value);
            None
        }
        None => None,
    };
    // Nothing hangs on the time: one that is no whole number is kept, as any other odd field is.
    let send_time = match rest.send_time.map(send_time) {
        Some(Ok(time)) => time,
        Some(Err(value)) => {
            entity_unknown.insert("sendTime".to_owned(), value);
            None
        }
        None => None,
    };
    let mut text_of = |key: &str, field: TextField<'_>| match field {
        TextField::Missing => None,
        TextField::Is(text) => Some(Box::from(text)),
        TextField::Not(value) => {
            entity_unknown.insert(key.to_owned(), value);
            None
        }
    };
    Ok(Some(Container {
        chat_type: numbers.chat_type,
        action: numbers.action,
        sender: text_of("sender", entity.sender),
        nickname: text_of("nickname", rest.nickname),
        face_url: text_of("faceUrl", rest.face_url),
        content: text_of("content", rest.content),
        send_time,
        custom_data,
        entity_unknown,
        push_features,
        unknown,
    }))
}

fn raw(text: &str, keep: Keep) -> Result<Option<RawContainer<'_>>, ExtError> {
    if !text.trim_ascii_start().starts_with('{') {
        return Ok(None);
    }
    let mut deserializer = serde_json::Deserializer::from_str(text);
    ContainerSeed(keep)
        .deserialize(&mut deserializer)
        .and_then(|raw| deserializer.end().map(|()| Some(raw)))
        .map_err(|error| ExtError::not_json(&error))
}

/// Whether everything is wanted, or only what a route needs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keep {
    Head,
    All,
}

#[derive(Default)]
struct RawContainer<'a> {
    entity: Option<RawEntity<'a>>,
    features: Option<Value>,
    unknown: BTreeMap<String, Value>,
}

#[derive(Default)]
struct RawEntity<'a> {
    version: Whole,
    chat_type: Whole,
    action: Whole,
    sender: TextField<'a>,
    /// Apart, so that a head is small where it is handed on.
    rest: Option<Box<RawRest<'a>>>,
}

/// What a route does not need.
#[derive(Default)]
struct RawRest<'a> {
    send_time: Option<Value>,
    nickname: TextField<'a>,
    face_url: TextField<'a>,
    content: TextField<'a>,
    custom_data: Option<Value>,
    unknown: BTreeMap<String, Value>,
}

struct Numbers {
    chat_type: Option<ChatType>,
    action: Option<Action>,
}

impl RawEntity<'_> {
    /// Checks the version first: of another version nothing else is judged.
    fn numbers(&self) -> Result<Numbers, ExtError> {
        let version = self.version.number("entity.version")?.unwrap_or(Container::VERSION);
        if version != Container::VERSION {
            return Err(ExtError::UnknownVersion { version });
        }
        Ok(Numbers {
            chat_type: self.chat_type.number("entity.chatType")?.map(ChatType::from),
            action: self.action.number("entity.action")?.map(Action::from),
        })
    }
}

fn send_time(value: Value) -> Result<Option<UnixTime>, Value> {
    match Whole::deserialize(&value) {
        Ok(Whole::Missing) => Ok(None),
        Ok(Whole::Is(seconds)) => Ok(Some(UnixTime::from_secs(seconds))),
        Ok(Whole::Not) | Err(_) => Err(value),
    }
}

fn bytes(value: Value) -> Result<Box<[u8]>, Value> {
    let byte = |number: &Value| {
        let number = number.as_i64()?;
        i8::try_from(number)
            .map(|byte| u8::from_ne_bytes(byte.to_ne_bytes()))
            .or_else(|_| u8::try_from(number))
            .ok()
    };
    let found = value.as_array().and_then(|numbers| numbers.iter().map(byte).collect::<Option<Box<[u8]>>>());
    found.ok_or(value)
}

fn push_features(value: Value) -> Result<PushFeatures, Value> {
    let object = match &value {
        Value::Object(object) => Some(object.clone()),
        Value::String(text) => serde_json::from_str(text).ok(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => None,
    };
    let Some(object) = object else { return Err(value) };
    let mut features = PushFeatures::default();
    for (key, field) in object {
        // -1 is how Tencent's class spells "not set".
        match (key.as_str(), field.as_i64()) {
            ("fcmPushType" | "fcmNotificationType", Some(-1)) => {}
            ("fcmPushType", Some(number)) => features.fcm_push_type = Some(number.into()),
            ("fcmNotificationType", Some(number)) => features.fcm_notification_type = Some(number.into()),
            _ => {
                features.unknown.insert(key, field);
            }
        }
    }
    Ok(features)
}

/// Whether the text is a JSON object. The parser that skips values does not count levels.
pub(crate) fn is_object(text: &str) -> bool {
    text.trim_ascii_start().starts_with('{') && serde_json::from_str::<IgnoredAny>(text).is_ok()
}

struct ContainerSeed(Keep);

impl<'de> DeserializeSeed<'de> for ContainerSeed {
    type Value = RawContainer<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for ContainerSeed {
    type Value = RawContainer<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut raw = RawContainer::default();
        while let Some(Key(key)) = map.next_key()? {
            match (&*key, self.0) {
                ("entity", keep) => raw.entity = map.next_value_seed(EntitySeed { keep, unwrap: true })?,
                ("timPushFeatures", Keep::All) => raw.features = Some(map.next_value()?),
                (_, Keep::All) => {
                    raw.unknown.insert(key.into_owned(), map.next_value()?);
                }
                (_, Keep::Head) => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(raw)
    }
}

/// Reads an entity, or `None` of anything else. The text of an object is unwrapped once.
struct EntitySeed {
    keep: Keep,
    unwrap: bool,
}

impl<'de> DeserializeSeed<'de> for EntitySeed {
    type Value = Option<RawEntity<'de>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for EntitySeed {
    type Value = Option<RawEntity<'de>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an entity")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entity = RawEntity::default();
        while let Some(Key(key)) = map.next_key()? {
            match (&*key, self.keep) {
                ("version", _) => entity.version = map.next_value()?,
                ("chatType", _) => entity.chat_type = map.next_value()?,
                ("action", _) => entity.action = map.next_value()?,
                ("sender", _) => entity.sender = map.next_value()?,
                (_, Keep::Head) => {
                    map.next_value::<IgnoredAny>()?;
                }
                (_, Keep::All) => entity.rest.get_or_insert_default().field(key, &mut map)?,
            }
        }
        Ok(Some(entity))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        if !self.unwrap || !text.trim_ascii_start().starts_with('{') {
            return Ok(None);
        }
        let mut inner = serde_json::Deserializer::from_str(text);
        let entity = Self { unwrap: false, ..self }.deserialize(&mut inner);
        Ok(entity.and_then(|entity| inner.end().map(|()| entity)).ok().flatten().map(RawEntity::into_owned))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
}

impl RawEntity<'_> {
    fn into_owned(self) -> RawEntity<'static> {
        RawEntity {
            version: self.version,
            chat_type: self.chat_type,
            action: self.action,
            sender: self.sender.into_owned(),
            rest: self.rest.map(|rest| Box::new(rest.into_owned())),
        }
    }
}

impl<'a> RawRest<'a> {
    fn field<'de: 'a, A: MapAccess<'de>>(&mut self, key: Cow<'de, str>, map: &mut A) -> Result<(), A::Error> {
        match &*key {
            "nickname" => self.nickname = map.next_value()?,
            "faceUrl" => self.face_url = map.next_value()?,
            "content" => self.content = map.next_value()?,
            "sendTime" => self.send_time = Some(map.next_value()?),
            "customData" => self.custom_data = Some(map.next_value()?),
            _ => {
                self.unknown.insert(key.into_owned(), map.next_value()?);
            }
        }
        Ok(())
    }

    fn into_owned(self) -> RawRest<'static> {
        RawRest {
            send_time: self.send_time,
            nickname: self.nickname.into_owned(),
            face_url: self.face_url.into_owned(),
            content: self.content.into_owned(),
            custom_data: self.custom_data,
            unknown: self.unknown,
        }
    }
}
