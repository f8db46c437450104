use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use thiserror::Error;

use crate::error_code::error_code;
use crate::ext::Ext;
use crate::intent::{Extra, ParseUriError};
use crate::json::{self, Json, JsonError, JsonWriter, Limits};

/// What is read of a payload, and of a JSON value in it.
pub(super) const LIMITS: Limits = Limits { bytes: 64 * 1024, depth: json::MAX_DEPTH };

/// The most keys of a payload.
pub(super) const MAX_KEYS: usize = 1024;

/// One value of a [`Payload`](super::Payload).
///
/// In serde a text is a text, a number a number, a boolean a boolean; bytes are `{"bytes": <base64>}` and
/// other JSON is `{"json": <its text>}`. `Debug` shows the type and the length.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Json", into = "Json")]
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
    /// The text of any other JSON: null, a number with a fraction, an array, an object. Made by
    /// [`PayloadValue::json`].
    #[non_exhaustive]
    Json(Box<str>),
}

impl PayloadValue {
    /// Takes the text of one JSON value, as it is.
    ///
    /// # Errors
    /// [`PayloadError::NotJson`], [`PayloadError::TooLong`].
    pub fn json(text: impl Into<Box<str>>) -> Result<Self, PayloadError> {
        let text = text.into();
        json::read(&text, LIMITS)?;
        Ok(Self::Json(text))
    }

    /// The text, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The text of any other JSON, if it is such.
    pub fn as_json(&self) -> Option<&str> {
        if let Self::Json(text) = self { Some(text) } else { None }
    }

    /// The value that a member of an object is.
    pub(super) fn of_json(value: Json) -> Self {
        match (value.as_integer(), value) {
            (_, Json::Text(text)) => Self::Text(text),
            (_, Json::Bool(flag)) => Self::Boolean(flag),
            (Some(number), _) => Self::Integer(number),
            (None, value) => Self::Json(JsonWriter::text_of(&value).into()),
        }
    }

    /// The text of what may be an object: JSON, a text, or the bytes of one.
    pub(super) fn as_object_like(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Json(text) => Some(text),
            Self::Bytes(bytes) => std::str::from_utf8(bytes).ok(),
            Self::Integer(_) | Self::Boolean(_) => None,
        }
    }

    /// How many bytes it holds.
    pub(super) fn weight(&self) -> usize {
        match self {
            Self::Text(text) | Self::Json(text) => text.len(),
            Self::Integer(_) | Self::Boolean(_) => 8,
            Self::Bytes(bytes) => bytes.len(),
        }
    }

    /// What a Java `String.valueOf` of it would show; `None` for bytes and for JSON's null.
    pub(super) fn to_text(&self) -> Option<Box<str>> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::Integer(number) => Some(number.to_string().into()),
            Self::Boolean(flag) => Some(flag.to_string().into()),
            Self::Bytes(_) => None,
            Self::Json(json) => (json.as_ref() != "null").then(|| json.clone()),
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
            Self::Json(json) => write!(f, "Json({} bytes)", json.len()),
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

impl From<&Ext> for PayloadValue {
    fn from(ext: &Ext) -> Self {
        ext.text().map_or_else(|| ext.as_bytes().to_vec().into(), Self::from)
    }
}

impl From<&Value> for PayloadValue {
    fn from(value: &Value) -> Self {
        let own = || Self::Json(value.to_string().into());
        json::read_value(value, json::MAX_DEPTH).map_or_else(own, Self::of_json)
    }
}

impl From<Extra> for PayloadValue {
    /// A number with a fraction becomes JSON, or a text where JSON has no such number; what no URI can carry
    /// is null.
    fn from(extra: Extra) -> Self {
        let fraction = |number: f64| {
            serde_json::Number::from_f64(number).map_or_else(
                || Self::from(number.to_string()),
                |number| Self::Json(number.to_string().into()),
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
            Extra::Unprintable => Self::Json("null".into()),
        }
    }
}

impl From<PayloadValue> for Json {
    fn from(value: PayloadValue) -> Self {
        match value {
            PayloadValue::Text(text) => Self::Text(text),
            PayloadValue::Integer(number) => number.into(),
            PayloadValue::Boolean(flag) => Self::Bool(flag),
            PayloadValue::Bytes(bytes) => Self::object(vec![("bytes", Some(STANDARD.encode(bytes).into()))]),
            PayloadValue::Json(text) => Self::object(vec![("json", Some(Self::Text(text)))]),
        }
    }
}

impl TryFrom<Json> for PayloadValue {
    type Error = String;

    fn try_from(form: Json) -> Result<Self, String> {
        let wrapped = match form.as_object().map(Vec::as_slice) {
            Some([(key, Json::Text(text))]) => Some((key.as_ref(), text)),
            _ => None,
        };
        match wrapped {
            Some(("bytes", text)) => STANDARD
                .decode(text.as_ref())
                .map(Self::from)
                .map_err(|_| "bytes: base64 is malformed".into()),
            Some(("json", text)) => Self::json(text.clone()).map_err(|error| format!("json: {error}")),
            _ => Some(Self::of_json(form))
                .filter(|value| value.as_json().is_none())
                .ok_or_else(|| "expected a payload value: text, integer, boolean, bytes or json".into()),
        }
    }
}

/// Why what a host handed over is not a payload. No variant holds any of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Error)]
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
    /// The text is JSON, and no intent as [`Payload::from_intent_json`](super::Payload::from_intent_json)
    /// takes it.
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
    pub fn code(&self) -> String {
        error_code("payload", self)
    }
}
