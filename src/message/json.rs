use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;
use serde_json::{Number, Value};

use super::{Field, PushInfoError, ReadError};
use crate::ext::NUMBER_KEY;

/// The longest text that is read: 1 MiB. Reading takes about forty times that in memory at worst.
pub const MAX_BYTES: usize = 1 << 20;

/// The deepest nesting of arrays and objects that is read, a little under the 127 levels of `serde_json`, so that the
/// error can name the bound.
pub const MAX_DEPTH: usize = 120;

/// The deepest nesting of a value that a host hands over: it must be read back from three levels down, and from inside a
/// message.
pub(super) const MAX_KEPT_DEPTH: usize = 100;

/// A JSON value with its members in the order in which they were read. `serde_json::Map` keeps that order only if some
/// crate in the build asks for it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) enum Json {
    Null,
    Bool(bool),
    Number(Number),
    Text(Box<str>),
    Array(Vec<Self>),
    Object(Vec<(Box<str>, Self)>),
}

/// The members of an object, in their order.
pub(super) type Members = Vec<(Box<str>, Json)>;

/// The members of the JSON object that `text` is.
pub(super) fn parse_object(text: &str) -> Result<Members, ReadError> {
    parse_object_to(text, MAX_DEPTH)
}

/// The members of the JSON object that `text` is, nested no deeper than `limit`.
pub(super) fn parse_object_to(text: &str, limit: usize) -> Result<Members, ReadError> {
    match parse(text, limit)? {
        Json::Object(members) => Ok(members),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) | Json::Array(_) => {
            let before = text.split(|letter: char| !letter.is_ascii_whitespace()).next().unwrap_or_default();
            let line = before.matches('\n').count().saturating_add(1);
            let column = before.rsplit('\n').next().map_or(0, str::len).saturating_add(1);
            Err(ReadError::NotAnObject { line, column })
        }
    }
}

fn parse(text: &str, limit: usize) -> Result<Json, ReadError> {
    if text.len() > MAX_BYTES {
        return Err(ReadError::TooLarge { bytes: text.len(), limit: MAX_BYTES });
    }
    let too_deep = Cell::new(false);
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = Nested { left: limit, too_deep: &too_deep }
        .deserialize(&mut deserializer)
        .and_then(|value| deserializer.end().map(|()| value));
    value.map_err(|error| {
        // `serde_json` counts a line that has not begun as column 0.
        let (line, column) = (error.line(), error.column().max(1));
        if too_deep.get() {
            return ReadError::TooDeep { limit, line, column };
        }
        match error.classify() {
            Category::Eof => ReadError::EndsEarly { line, column },
            Category::Io | Category::Syntax | Category::Data => ReadError::Syntax { line, column },
        }
    })
}

impl Json {
    /// Takes a value of the host for a field that needs a certain type.
    pub(super) fn of_host(
        field: Field,
        value: &Value,
        fits: fn(&Value) -> bool,
        expected: &'static str,
    ) -> Result<Self, PushInfoError> {
        if !fits(value) {
            return Err(PushInfoError::WrongJsonType { field, expected });
        }
        Self::from_value(value).ok_or(PushInfoError::TooDeep { field, limit: MAX_KEPT_DEPTH })
    }

    /// `None` if the value nests deeper than what can be read back from inside a push.
    fn from_value(value: &Value) -> Option<Self> {
        Self::from_value_at(value, 0)
    }

    fn from_value_at(value: &Value, depth: usize) -> Option<Self> {
        if depth > MAX_KEPT_DEPTH {
            return None;
        }
        let below = depth.saturating_add(1);
        Some(match value {
            Value::Null => Self::Null,
            Value::Bool(truth) => Self::Bool(*truth),
            Value::Number(number) => Self::Number(number.clone()),
            Value::String(text) => Self::Text(text.as_str().into()),
            Value::Array(items) => {
                let items: Option<Vec<_>> =
                    items.iter().map(|item| Self::from_value_at(item, below)).collect();
                Self::Array(items?)
            }
            Value::Object(members) => {
                let members: Option<Vec<_>> = members
                    .iter()
                    .map(|(key, value)| Some((key.as_str().into(), Self::from_value_at(value, below)?)))
                    .collect();
                Self::Object(members?)
            }
        })
    }

    /// The value as `serde_json` has it. Of members with the same key the last one stays.
    pub(super) fn to_value(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Bool(truth) => Value::Bool(*truth),
            Self::Number(number) => Value::Number(number.clone()),
            Self::Text(text) => Value::String(text.as_ref().into()),
            Self::Array(items) => Value::Array(items.iter().map(Self::to_value).collect()),
            Self::Object(members) => Value::Object(
                members.iter().map(|(key, value)| (key.as_ref().into(), value.to_value())).collect(),
            ),
        }
    }

    /// The integer that the value is; `1.0` is none.
    pub(super) fn as_integer(&self) -> Option<i64> {
        match self {
            Self::Number(number) => number.as_i64(),
            Self::Null | Self::Bool(_) | Self::Text(_) | Self::Array(_) | Self::Object(_) => None,
        }
    }

    /// Whether the value says nothing: null, false, zero, or an empty text, array or object.
    pub(super) fn is_blank(&self) -> bool {
        match self {
            Self::Null | Self::Bool(false) => true,
            Self::Bool(true) => false,
            Self::Number(number) => number.as_f64() == Some(0.0),
            Self::Text(text) => text.is_empty(),
            Self::Array(items) => items.is_empty(),
            Self::Object(members) => members.is_empty(),
        }
    }

    /// The JSON name of the value's type.
    pub(super) const fn type_name(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "bool",
            Self::Number(_) => "number",
            Self::Text(_) => "text",
            Self::Array(_) => "array",
            Self::Object(_) => "object",
        }
    }
}

/// Shows the type and the size: what is kept as it was read may be what people wrote.
impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null | Self::Bool(_) | Self::Number(_) => write!(f, "[{}]", self.type_name()),
            Self::Text(text) => write!(f, "[text of {} bytes]", text.len()),
            Self::Array(items) => write!(f, "[array of {}]", items.len()),
            Self::Object(members) => write!(f, "[object of {}]", members.len()),
        }
    }
}

#[derive(Clone, Copy)]
struct Nested<'a> {
    /// How many levels may still open.
    left: usize,
    too_deep: &'a Cell<bool>,
}

impl Nested<'_> {
    fn below<E: serde::de::Error>(self) -> Result<Self, E> {
        if let Some(left) = self.left.checked_sub(1) {
            return Ok(Self { left, ..self });
        }
        self.too_deep.set(true);
        Err(E::custom("too deep"))
    }
}

impl<'de> DeserializeSeed<'de> for Nested<'_> {
    type Value = Json;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Nested<'_> {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Json, E> {
        Ok(Json::Bool(truth))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json, E> {
        Ok(Json::Number(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json, E> {
        Ok(Json::Number(number.into()))
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<Json, E> {
        Number::from_f64(number).map(Json::Number).ok_or_else(|| E::custom("no finite number"))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Text(text.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Json, A::Error> {
        let below = self.below()?;
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(below)? {
            items.push(item);
        }
        Ok(Json::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let below = self.below()?;
        let mut members = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            if key == NUMBER_KEY {
                return map.next_value::<String>()?.parse().map(Json::Number).map_err(A::Error::custom);
            }
            members.push((key.into_boxed_str(), map.next_value_seed(below)?));
        }
        Ok(Json::Object(members))
    }
}
