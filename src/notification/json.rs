//! Reads a JSON object into a payload. Nested values become text: nobody may ever look at them.

use super::system::MEIZU_CONTENT;
use super::{JsonText, Payload, PayloadError, PayloadValue, SystemKey};
use crate::json::{self, Json, JsonWriter, Limits, Members, is_object};
use crate::vendor::Vendor;

pub(super) const LIMITS: Limits = Limits { bytes: Payload::MAX_BYTES, depth: json::MAX_DEPTH };

/// Reads the text of an object, or the text of a text of an object.
pub(super) fn payload(text: &str) -> Result<Payload, PayloadError> {
    match json::read(text, LIMITS)? {
        Json::Object(members) => from_members(members),
        Json::Text(inner) => match json::read_object(&inner, LIMITS) {
            Ok(members) => from_members(members),
            Err(_) if !inner.trim_ascii_start().starts_with('{') => Err(PayloadError::NotAnObject),
            Err(error) => Err(error.into()),
        },
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::Array(_) => Err(PayloadError::NotAnObject),
    }
}

/// Reads the text of an object with the extras and the data of an intent, and nothing else: a flat map of extras given by
/// mistake would lose all that is in it.
pub(super) fn flattened_intent(text: &str) -> Result<Payload, PayloadError> {
    let Json::Object(members) = json::read(text, LIMITS)? else {
        return Err(PayloadError::NotAFlattenedIntent);
    };
    let (mut extras, mut data) = (None, None);
    for (key, value) in members {
        match (key.as_ref(), value) {
            ("extras", Json::Object(members)) if extras.is_none() => extras = Some(from_members(members)?),
            ("data", Json::Text(uri)) if data.is_none() => data = Some(uri),
            ("extras" | "data", Json::Null) => {}
            _ => return Err(PayloadError::NotAFlattenedIntent),
        }
    }
    let payload = extras.unwrap_or_default();
    match data {
        Some(uri) => payload.with_data(uri),
        None => Ok(payload),
    }
}

/// The object whose text is the JSON text `text`.
pub(super) fn unwrapped(text: &str) -> Option<String> {
    if !text.trim_ascii_start().starts_with('"') {
        return None;
    }
    serde_json::from_str(text).ok().filter(|inner: &String| is_object(inner))
}

/// Whether the text is a JSON object with a key `ext`.
pub(super) fn has_ext(text: &str) -> bool {
    object(text).is_some_and(|members| members.iter().any(|(key, _)| key.as_ref() == "ext"))
}

/// Whether the text is a JSON dump of a Meizu intent's extras, and not the self-defined content, which may be any text.
/// Nobody else's keys are in such a dump, and there may be none at all, as in a start from the launcher.
pub(super) fn is_meizu_bundle(text: &str) -> bool {
    object(text).is_some_and(|members| {
        let mut keys = members.iter().map(|(key, _)| key.as_ref());
        keys.clone().any(|key| matches!(key, "ext" | MEIZU_CONTENT))
            || keys.all(|key| SystemKey::is_one(Some(Vendor::Meizu), key))
    })
}

fn object(text: &str) -> Option<Members> {
    let begins = text.trim_ascii_start().starts_with('{');
    begins.then(|| json::read_object(text, LIMITS).ok()).flatten()
}

fn from_members(members: Members) -> Result<Payload, PayloadError> {
    Payload::from_pairs(members.into_iter().map(|(key, value)| (key, from_json(value))))
}

fn from_json(value: Json) -> PayloadValue {
    match value {
        Json::Text(text) => PayloadValue::Text(text),
        Json::Bool(flag) => PayloadValue::Boolean(flag),
        Json::Number(ref number) => {
            number.as_i64().map_or_else(|| PayloadValue::Json(JsonText::of(&value)), PayloadValue::Integer)
        }
        Json::Null | Json::Array(_) | Json::Object(_) => PayloadValue::Json(JsonText::of(&value)),
    }
}

impl JsonText {
    fn of(value: &Json) -> Self {
        Self::written(JsonWriter::text_of(value))
    }
}
