use std::fmt;

use serde::{Serialize, Serializer};
use serde_json::{Number, Value};

/// A JSON value. `serde_json::Map` keeps neither the order of the members (unless another crate of the build
/// asks for it) nor duplicates; this value keeps both.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    Number(Number),
    Text(Box<str>),
    Array(Vec<Self>),
    Object(Members),
}

/// The members of an object, in their order.
pub(crate) type Members = Vec<(Box<str>, Json)>;

impl Json {
    /// The value as `serde_json` has it. Of members with the same key the last one stays.
    pub(crate) fn to_value(&self) -> Value {
        // Every key is a text, so nothing fails.
        serde_json::to_value(self).unwrap_or_default()
    }

    /// An object of the members that are there.
    pub(crate) fn object(members: Vec<(&str, Option<Self>)>) -> Self {
        let there = members.into_iter().filter_map(|(key, value)| Some((key.into(), value?)));
        Self::Object(there.collect())
    }

    /// The text, if it is one.
    pub(crate) fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The items, if it is an array.
    pub(crate) fn as_array(&self) -> Option<&[Self]> {
        if let Self::Array(items) = self { Some(items) } else { None }
    }

    /// The members, if it is an object.
    pub(crate) fn as_object(&self) -> Option<&Members> {
        if let Self::Object(members) = self { Some(members) } else { None }
    }

    /// The integer that the value is; `1.0` is none.
    pub(crate) fn as_integer(&self) -> Option<i64> {
        if let Self::Number(number) = self { number.as_i64() } else { None }
    }

    /// The integer that the value stands for: a number without a fraction (`7`, `7.0`), or the text of an
    /// integer with white space around it.
    pub(crate) fn to_integer(&self) -> Option<i64> {
        match self {
            Self::Number(number) => number.as_i64().or_else(|| {
                let number = number.as_f64().filter(|number| number.fract() == 0.0)?;
                // A cast would saturate without a word.
                format!("{number:.0}").parse().ok()
            }),
            Self::Text(text) => text.trim().parse().ok(),
            Self::Null | Self::Bool(_) | Self::Array(_) | Self::Object(_) => None,
        }
    }

    /// The last member with this key, if the value is an object with one.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        last(self.as_object()?, key)
    }

    /// The member with this key, if there is one.
    ///
    /// # Errors
    /// If this is no object, or there are two. It names the key, which must not be anybody else's.
    pub(crate) fn member(&self, key: &'static str) -> Result<Option<&Self>, String> {
        let members = self.as_object().ok_or_else(|| format!("expected an object with {key}"))?;
        let mut own = members.iter().filter(|(name, _)| name.as_ref() == key).map(|(_, value)| value);
        match (own.next(), own.next()) {
            (value, None) => Ok(value),
            _ => Err(format!("{key}: stands twice")),
        }
    }

    /// The text of the member with this key; none where it is null.
    ///
    /// # Errors
    /// If it is of another type, this is no object, or there are two. It names the key, which must not be
    /// anybody else's.
    pub(crate) fn text_member(&self, key: &'static str) -> Result<Option<&str>, String> {
        match self.member(key)? {
            None | Some(Self::Null) => Ok(None),
            Some(value) => value.as_text().map(Some).ok_or_else(|| format!("{key}: expected a text")),
        }
    }

    /// Whether the value says nothing: null, false, zero, or an empty text, array or object.
    pub(crate) fn is_blank(&self) -> bool {
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
    pub(crate) const fn type_name(&self) -> &'static str {
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

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(flag) => serializer.serialize_bool(*flag),
            Self::Number(number) => number.serialize(serializer),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Array(items) => serializer.collect_seq(items),
            Self::Object(members) => serializer.collect_map(members.iter().map(|(key, value)| (key, value))),
        }
    }
}

/// The last member with this key.
pub(crate) fn last<'a>(members: &'a Members, key: &str) -> Option<&'a Json> {
    members.iter().rev().find(|(name, _)| name.as_ref() == key).map(|(_, value)| value)
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<i64> for Json {
    fn from(number: i64) -> Self {
        Self::Number(number.into())
    }
}

/// Shows the type and the size only: the value may hold what people wrote.
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
