use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use thiserror::Error;

use crate::intent::{Extra, ParseUriError};
use crate::json::{self, Json, JsonError, JsonWriter, Limits};

/// What is read of a payload, and of a JSON value in it.
pub(super) const LIMITS: Limits = Limits { bytes: 64 * 1024, depth: json::MAX_DEPTH };

/// The most keys of a payload.
pub(super) const MAX_KEYS: usize = 1024;

/// One value of a [`Payload`](super::Payload).
///
/// In serde a text is a text, a number a number, a boolean a boolean; bytes are `{"bytes": <base64>}` and other JSON is
/// `{"json": <its text>}`. `Debug` shows the type and the length.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PayloadValue {
    /// A text.
    Text(Box<str>),
    /// An int or a long.
    Integer(i64),
    /// A boolean.
    Boolean(bool),
    /// A byte array.
    Bytes(Box<[u8]>),
    /// Any other JSON: null, a number with a fraction, an array, an object.
    Json(JsonText),
}

impl PayloadValue {
    /// The text, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Integer(_) | Self::Boolean(_) | Self::Bytes(_) | Self::Json(_) => None,
        }
    }

    /// The text of what may be an object: JSON, a text, or the bytes of one.
    pub(super) fn as_object_like(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Json(json) => Some(json.as_str()),
            Self::Bytes(bytes) => std::str::from_utf8(bytes).ok(),
            Self::Integer(_) | Self::Boolean(_) => None,
        }
    }

    /// How many bytes it holds.
    pub(super) fn weight(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Integer(_) | Self::Boolean(_) => 8,
            Self::Bytes(bytes) => bytes.len(),
            Self::Json(json) => json.as_str().len(),
        }
    }

    /// What a Java `String.valueOf` of it would show; `None` for bytes and for JSON's null.
    pub(super) fn to_text(&self) -> Option<Box<str>> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::Integer(number) => Some(number.to_string().into()),
            Self::Boolean(flag) => Some(flag.to_string().into()),
            Self::Bytes(_) => None,
            Self::Json(json) => (json.as_str() != "null").then(|| json.0.clone()),
        }
    }
}

impl fmt::Debug for PayloadValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(f, "Text({} bytes)", text.len()),
            Self::Integer(_) => f.write_str("Integer"),
            Self::Boolean(_) => f.write_str("Boolean"),
            Self::Bytes(bytes) => write!(f, "Bytes({} bytes)", bytes.len()),
            Self::Json(json) => write!(f, "{json:?}"),
        }
    }
}

impl From<&str> for PayloadValue {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for PayloadValue {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<i32> for PayloadValue {
    fn from(number: i32) -> Self {
        Self::Integer(number.into())
    }
}

impl From<i64> for PayloadValue {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<bool> for PayloadValue {
    fn from(flag: bool) -> Self {
        Self::Boolean(flag)
    }
}

impl From<Vec<u8>> for PayloadValue {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes.into())
    }
}

impl From<&Value> for PayloadValue {
    fn from(value: &Value) -> Self {
        match value {
            Value::String(text) => Self::Text(text.as_str().into()),
            Value::Bool(flag) => Self::Boolean(*flag),
            Value::Number(number) => {
                number.as_i64().map_or_else(|| Self::Json(JsonText::printed(value)), Self::Integer)
            }
            Value::Null | Value::Array(_) | Value::Object(_) => Self::Json(JsonText::printed(value)),
        }
    }
}

impl From<Json> for PayloadValue {
    fn from(value: Json) -> Self {
        match value {
            Json::Text(text) => Self::Text(text),
            Json::Bool(flag) => Self::Boolean(flag),
            Json::Number(ref number) => {
                number.as_i64().map_or_else(|| Self::Json(JsonText::of(&value)), Self::Integer)
            }
            Json::Null | Json::Array(_) | Json::Object(_) => Self::Json(JsonText::of(&value)),
        }
    }
}

impl From<Extra<'_>> for PayloadValue {
    /// A number with a fraction becomes JSON, or a text where JSON has no such number; what no URI can carry is null.
    fn from(extra: Extra<'_>) -> Self {
        let fraction = |number: f64| {
            serde_json::Number::from_f64(number).map_or_else(
                || Self::from(number.to_string()),
                |number| Self::Json(JsonText(number.to_string().into())),
            )
        };
        match extra {
            Extra::String(text) => Self::Text(text.into()),
            Extra::Boolean(flag) => Self::Boolean(flag),
            Extra::Byte(number) => Self::Integer(number.into()),
            Extra::Short(number) => Self::Integer(number.into()),
            Extra::Int(number) => Self::Integer(number.into()),
            Extra::Long(number) => Self::Integer(number),
            Extra::Char(unit) => Self::from(String::from_utf16_lossy(&[unit])),
            Extra::Double(number) => fraction(number),
            Extra::Float(number) => fraction(number.into()),
            Extra::Unprintable => Self::Json(JsonText("null".into())),
        }
    }
}

/// The text of one JSON value, as it was given.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct JsonText(Box<str>);

impl JsonText {
    /// Checks and takes a text.
    ///
    /// # Errors
    /// [`PayloadError::NotJson`], [`PayloadError::TooLong`].
    pub fn new(text: impl Into<Box<str>>) -> Result<Self, PayloadError> {
        let text = text.into();
        if text.len() > LIMITS.bytes {
            return Err(PayloadError::TooLong { bytes: text.len() });
        }
        json::read(&text, LIMITS)?;
        Ok(Self(text))
    }

    fn of(value: &Json) -> Self {
        Self(JsonWriter::text_of(value).into())
    }

    fn printed(value: &Value) -> Self {
        Self(value.to_string().into())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for JsonText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Json({} bytes)", self.0.len())
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Wrapped {
    Bytes(String),
    Json(String),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum SerdeForm {
    Text(String),
    Integer(i64),
    Boolean(bool),
    Wrapped(Wrapped),
}

impl Serialize for PayloadValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Integer(number) => serializer.serialize_i64(*number),
            Self::Boolean(flag) => serializer.serialize_bool(*flag),
            Self::Bytes(bytes) => Wrapped::Bytes(STANDARD.encode(bytes)).serialize(serializer),
            Self::Json(json) => Wrapped::Json(json.as_str().to_owned()).serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for PayloadValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let refused = || D::Error::custom("expected a payload value: text, integer, boolean, bytes or json");
        match SerdeForm::deserialize(deserializer).map_err(|_| refused())? {
            SerdeForm::Text(text) => Ok(Self::Text(text.into())),
            SerdeForm::Integer(number) => Ok(Self::Integer(number)),
            SerdeForm::Boolean(flag) => Ok(Self::Boolean(flag)),
            SerdeForm::Wrapped(Wrapped::Bytes(text)) => {
                STANDARD.decode(text).map(Self::from).map_err(|_| refused())
            }
            SerdeForm::Wrapped(Wrapped::Json(text)) => {
                JsonText::new(text).map(Self::Json).map_err(|_| refused())
            }
        }
    }
}

/// Why what a host handed over is not a payload. No variant holds any of it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PayloadError {
    /// All keys and values together are over [`Payload::MAX_BYTES`](super::Payload::MAX_BYTES).
    #[error("payload has {bytes} bytes or more, at most {max} are read", max = LIMITS.bytes)]
    TooLong {
        /// Bytes seen when the limit was passed.
        bytes: usize,
    },
    /// There are more keys than [`Payload::MAX_KEYS`](super::Payload::MAX_KEYS).
    #[error("payload has more than {max} keys", max = MAX_KEYS)]
    TooManyKeys,
    /// The text is not JSON, ends too early, or nests deeper than [`MAX_DEPTH`](crate::json::MAX_DEPTH).
    #[error("payload is not JSON: wrong at line {line} column {column}")]
    NotJson {
        /// Line of the error, from 1.
        line: usize,
        /// Column of the error in bytes, from 1.
        column: usize,
    },
    /// The text is JSON, and no object.
    #[error("payload is JSON, but not an object")]
    NotAnObject,
    /// The text is JSON, and no intent as [`Payload::from_intent_json`](super::Payload::from_intent_json) takes it.
    #[error("payload is JSON, but not an object with only extras (an object) and data (a text)")]
    NotAFlattenedIntent,
    /// The text is not an intent URI.
    #[error("payload is not an intent URI")]
    NotAnIntent(#[from] ParseUriError),
}

impl From<JsonError> for PayloadError {
    fn from(error: JsonError) -> Self {
        match error {
            JsonError::TooLarge { bytes, .. } => Self::TooLong { bytes },
            JsonError::NotAnObject { .. } => Self::NotAnObject,
            JsonError::Syntax { line, column }
            | JsonError::EndsEarly { line, column }
            | JsonError::TooDeep { line, column, .. } => Self::NotJson { line, column },
        }
    }
}

impl PayloadError {
    /// A stable short name, for bridges.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLong { .. } => "payload_too_long",
            Self::TooManyKeys => "payload_too_many_keys",
            Self::NotJson { .. } => "payload_not_json",
            Self::NotAnObject => "payload_not_an_object",
            Self::NotAFlattenedIntent => "payload_not_a_flattened_intent",
            Self::NotAnIntent(..) => "payload_not_an_intent",
        }
    }
}
