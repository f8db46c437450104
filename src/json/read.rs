use std::cell::Cell;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;
use serde_json::{Number, Value};
use thiserror::Error;

use super::value::{Json, Members};
use crate::error_code::error_code;

/// The deepest nesting of arrays and objects that any reader of the crate takes. It is a little under the 127
/// levels of `serde_json`, so that the error can name the limit.
pub const MAX_DEPTH: usize = 120;

/// With its feature `arbitrary_precision`, which any crate of the build may switch on, `serde_json` hands
/// over a number with a fraction, or one of more than 64 bits, as an object with this one member, whose value
/// is the number's text.
const NUMBER_KEY: &str = "$serde_json::private::Number";

/// How much a reader takes.
#[derive(Clone, Copy)]
pub(crate) struct Limits {
    /// The longest text, in bytes. A value takes about forty times as much memory at worst.
    pub(crate) bytes: usize,
    /// The deepest nesting of arrays and objects, at most [`MAX_DEPTH`].
    pub(crate) depth: usize,
}

/// Reads the text of one JSON value.
pub(crate) fn read(text: &str, limits: Limits) -> Result<Json, JsonError> {
    if text.len() > limits.bytes {
        return Err(JsonError::TooLarge { bytes: text.len(), limit: limits.bytes });
    }
    let too_deep = Cell::new(false);
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = Builder { levels_left: limits.depth, too_deep: &too_deep, knows_numbers: true }
        .deserialize(&mut deserializer)
        .and_then(|value| deserializer.end().map(|()| value));
    value.map_err(|error| {
        // `serde_json` counts a line that has not begun as column 0.
        let (line, column) = (error.line(), error.column().max(1));
        if too_deep.get() {
            return JsonError::TooDeep { limit: limits.depth, line, column };
        }
        match error.classify() {
            Category::Eof => JsonError::EndsEarly { line, column },
            Category::Io | Category::Syntax | Category::Data => JsonError::Syntax { line, column },
        }
    })
}

/// Takes a value of the host. `None` if it nests deeper than `depth` levels.
pub(crate) fn read_value(value: &Value, depth: usize) -> Option<Json> {
    Some(match value {
        Value::Null => Json::Null,
        Value::Bool(flag) => Json::Bool(*flag),
        Value::Number(number) => Json::Number(number.clone()),
        Value::String(text) => text.as_str().into(),
        Value::Array(items) => {
            let below = depth.checked_sub(1)?;
            Json::Array(items.iter().map(|item| read_value(item, below)).collect::<Option<_>>()?)
        }
        Value::Object(members) => {
            let below = depth.checked_sub(1)?;
            let members =
                members.iter().map(|(key, value)| Some((key.as_str().into(), read_value(value, below)?)));
            Json::Object(members.collect::<Option<_>>()?)
        }
    })
}

/// Reads the text of a JSON object.
pub(crate) fn read_object(text: &str, limits: Limits) -> Result<Members, JsonError> {
    match read(text, limits)? {
        Json::Object(members) => Ok(members),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) | Json::Array(_) => {
            let before = text.split(|letter: char| !letter.is_ascii_whitespace()).next().unwrap_or_default();
            let line = before.matches('\n').count().saturating_add(1);
            let column = before.rsplit('\n').next().map_or(0, str::len).saturating_add(1);
            Err(JsonError::NotAnObject { line, column })
        }
    }
}

/// Whether the text is a JSON object, of any depth. Builds nothing.
pub(crate) fn is_object(text: &str) -> bool {
    text.trim_ascii_start().starts_with('{') && serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// The length of the JSON value that the text begins with, of any depth. Builds nothing.
pub(crate) fn value_len(text: &str) -> Option<usize> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
    values.next()?.ok()?;
    Some(values.byte_offset())
}

/// Reads the JSON text of a text.
pub(crate) fn read_text(text: &str) -> Option<String> {
    serde_json::from_str(text).ok()
}

/// Builds a value from what the parser finds.
#[derive(Clone, Copy)]
struct Builder<'a> {
    /// How many more levels may open.
    levels_left: usize,
    too_deep: &'a Cell<bool>,
    /// Whether an object with the one member [`NUMBER_KEY`] is a number.
    knows_numbers: bool,
}

impl Builder<'_> {
    fn below<E: serde::de::Error>(self) -> Result<Self, E> {
        if let Some(levels_left) = self.levels_left.checked_sub(1) {
            return Ok(Self { levels_left, ..self });
        }
        self.too_deep.set(true);
        // The readers of texts say it in their own words, with their own limit.
        Err(E::custom(format_args!("nests deeper than {MAX_DEPTH} levels")))
    }
}

impl<'de> DeserializeSeed<'de> for Builder<'_> {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // What has a serde form holds the texts of others at keys of others, and no number with a fraction.
        Builder { levels_left: MAX_DEPTH, too_deep: &Cell::new(false), knows_numbers: false }
            .deserialize(deserializer)
    }
}

impl<'de> Visitor<'de> for Builder<'_> {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Json, E> {
        Ok(Json::Bool(flag))
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
            members.push((key.into_boxed_str(), map.next_value_seed(below)?));
        }
        let number = match members.as_slice() {
            [(key, Json::Text(text))] if self.knows_numbers && key.as_ref() == NUMBER_KEY => {
                text.parse().ok()
            }
            _ => None,
        };
        Ok(number.map_or(Json::Object(members), Json::Number))
    }
}

/// Why a text is not the JSON object that was asked for. It names the place, never the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum JsonError {
    /// The text is longer than the reader's limit. It was not looked at.
    #[error("input has {bytes} bytes, at most {limit} are read")]
    TooLarge {
        /// Length of the text in bytes.
        bytes: usize,
        /// The longest text that is read, in bytes.
        limit: usize,
    },
    /// The text is not JSON.
    #[error("input is not JSON at line {line} column {column}")]
    Syntax {
        /// Line of the error, from 1.
        line: usize,
        /// Column of the error in bytes, from 1.
        column: usize,
    },
    /// The text ends in the middle of a value.
    #[error("input ends too early at line {line} column {column}")]
    EndsEarly {
        /// Line of the end, from 1.
        line: usize,
        /// Column of the end in bytes, from 1.
        column: usize,
    },
    /// Arrays and objects nest too deep.
    #[error("input nests deeper than {limit} levels at line {line} column {column}")]
    TooDeep {
        /// The deepest level that is read.
        limit: usize,
        /// Line of the level that is too deep, from 1.
        line: usize,
        /// Column of that level in bytes, from 1.
        column: usize,
    },
    /// The text is JSON, but not an object.
    #[error("input is not a JSON object at line {line} column {column}")]
    NotAnObject {
        /// Line of the value, from 1.
        line: usize,
        /// Column of the value in bytes, from 1.
        column: usize,
    },
}

impl JsonError {
    /// Line and column of the error, both from 1; 1 and 1 for a text that was not looked at.
    pub const fn position(self) -> (usize, usize) {
        match self {
            Self::TooLarge { .. } => (1, 1),
            Self::Syntax { line, column }
            | Self::EndsEarly { line, column }
            | Self::TooDeep { line, column, .. }
            | Self::NotAnObject { line, column } => (line, column),
        }
    }

    /// A stable short name, for bridges.
    pub fn code(&self) -> String {
        error_code("json", self)
    }
}
