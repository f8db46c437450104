//! The values of a push's fields, and what a JSON value under a known key means for a field.

use std::fmt;

use super::OfflinePushInfo;
use super::field::{Field, FieldValue, Kind, NESTED};
use super::wire::Shape;
use crate::json::{self, Json};

/// The fields of one group that are set, in the order of [`Field`].
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct Fields(Vec<(Field, Value)>);

/// A value for a field. Truths are 1 and 0.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) enum Value {
    Text(Box<str>),
    Number(i64),
    Json(Json),
}

impl Fields {
    /// With a value. One that the field cannot hold is left out.
    pub(super) fn with(mut self, field: Field, value: impl Into<Value>) -> Self {
        self.put(field, value.into());
        self
    }

    /// Sets a field; an empty text and the number that an unset field means unset it. Whether the field has values of this
    /// type, and can hold this one.
    pub(super) fn put(&mut self, field: Field, value: Value) -> bool {
        let says_something = match (field.kind(), &value) {
            (Kind::Text | Kind::Texts(_) | Kind::ClassOf(_), Value::Text(text)) => !text.is_empty(),
            (Kind::NumbersOr(unset, _), Value::Number(number)) => *number != unset,
            (Kind::Flag, Value::Number(number @ (0 | 1))) => *number == 1,
            (Kind::Bool, Value::Number(0 | 1))
            | (Kind::Number | Kind::Numbers(_), Value::Number(_))
            | (Kind::Object, Value::Json(Json::Object(_)))
            | (Kind::Array, Value::Json(Json::Array(_)))
            | (Kind::Json, Value::Json(_)) => true,
            _ => return false,
        };
        self.remove(field);
        if says_something {
            let at = self.0.partition_point(|(known, _)| *known < field);
            self.0.insert(at, (field, value));
        }
        true
    }

    pub(super) fn remove(&mut self, field: Field) {
        self.0.retain(|(known, _)| *known != field);
    }

    /// The fields that are set.
    pub(super) fn iter(&self) -> impl Iterator<Item = Field> {
        self.0.iter().map(|(field, _)| *field)
    }

    pub(super) fn get(&self, field: Field) -> Option<FieldValue<'_>> {
        self.0.iter().find(|(known, _)| *known == field).map(|(_, value)| value.view())
    }

    pub(super) fn has(&self, field: Field) -> bool {
        self.get(field).is_some()
    }

    pub(super) fn text(&self, field: Field) -> Option<&str> {
        if let Some(FieldValue::Text(text)) = self.get(field) { Some(text) } else { None }
    }

    pub(super) fn number(&self, field: Field) -> Option<i64> {
        if let Some(FieldValue::Number(number)) = self.get(field) { Some(number) } else { None }
    }

    pub(super) fn flag(&self, field: Field) -> Option<bool> {
        match self.number(field)? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }

    pub(super) fn json(&self, field: Field) -> Option<&Json> {
        if let Some(FieldValue::Json(json)) = self.get(field) { Some(json) } else { None }
    }
}

impl fmt::Debug for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut map = f.debug_map();
        for (field, value) in &self.0 {
            match value {
                Value::Text(text) if field.is_word() && field.documents(value.view()) => {
                    map.entry(field, &format_args!("{text}"))
                }
                Value::Text(_) | Value::Number(_) | Value::Json(_) => map.entry(field, value),
            };
        }
        map.finish()
    }
}

impl Value {
    const fn view(&self) -> FieldValue<'_> {
        match self {
            Self::Text(text) => FieldValue::Text(text),
            Self::Number(number) => FieldValue::Number(*number),
            Self::Json(json) => FieldValue::Json(json),
        }
    }

    /// Whether a field would have this value now if it had been set to it.
    pub(super) fn is(&self, field: Field, now: Option<FieldValue<'_>>) -> bool {
        let mut alone = OfflinePushInfo::default();
        alone.put(field, self.clone()) && alone.value_of(field) == now
    }
}

/// Shows no text but one that a document lists: nothing that people wrote ends up in a log.
impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(f, "[{} bytes]", text.len()),
            Self::Number(number) => write!(f, "{number}"),
            Self::Json(json) => write!(f, "{json:?}"),
        }
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Self {
        Self::Number(truth.into())
    }
}

impl From<Json> for Value {
    fn from(json: Json) -> Self {
        Self::Json(json)
    }
}

/// What a value means for a field.
pub(super) enum Coercion {
    /// The field has its default.
    Default,
    /// The field has this value.
    Value(Value),
    /// The type is another one.
    OtherType,
}

/// The meaning of a value of the right type.
pub(super) fn strict(shape: Shape, value: &Json) -> Coercion {
    let text = |text: &str| if text.is_empty() { Coercion::Default } else { Coercion::Value(text.into()) };
    let number =
        |number: Option<i64>| number.map_or(Coercion::OtherType, |number| Coercion::Value(number.into()));
    match (shape, value) {
        (_, Json::Null) | (Shape::Bool | Shape::BoolOrNumber, Json::Bool(false)) => Coercion::Default,
        // An empty text says nothing, so it takes nothing away from what another key of the field said.
        (Shape::Text | Shape::TitleOrCommon, Json::Text(whole)) => text(whole),
        (Shape::Stem, Json::Text(whole)) => {
            text(whole.rsplit_once('.').map_or_else(|| whole.as_ref(), |(stem, _)| stem))
        }
        (Shape::Number, Json::Number(_)) => number(value.as_integer()),
        (Shape::Unsigned, Json::Number(_)) => number(unsigned(value.as_integer())),
        (Shape::Bool | Shape::BoolOrNumber, Json::Bool(true)) => number(Some(1)),
        (Shape::BoolOrNumber, Json::Number(_)) => {
            number(value.as_integer().filter(|number| matches!(number, 0 | 1)))
        }
        (Shape::InvertedBool, Json::Bool(flag)) => number(Some(i64::from(!*flag))),
        (Shape::Object, Json::Object(_)) | (Shape::Array, Json::Array(_)) | (Shape::Any, _) => {
            Coercion::Value(value.clone().into())
        }
        _ => Coercion::OtherType,
    }
}

/// Takes a value of another type, if what was meant is plain: `"1"` for 1, 1 for true, an object as a JSON text.
pub(super) fn coerce(shape: Shape, value: &Json) -> Option<Value> {
    let number = || match value {
        Json::Number(number) => value.as_integer().or_else(|| whole(&number.to_string())),
        Json::Text(text) => text.trim().parse().ok(),
        Json::Bool(truth) => Some(i64::from(*truth)),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    };
    let truth = || match value.as_text() {
        Some(text) if text.eq_ignore_ascii_case("true") => Some(1),
        Some(text) if text.eq_ignore_ascii_case("false") => Some(0),
        _ => number().filter(|number| matches!(number, 0 | 1)),
    };
    match shape {
        Shape::Stem if value.as_text().is_some() => match strict(shape, value) {
            Coercion::Value(stem) => Some(stem),
            Coercion::Default | Coercion::OtherType => None,
        },
        Shape::Text | Shape::Stem | Shape::TitleOrCommon => {
            value.as_integer().map(|number| number.to_string().into())
        }
        Shape::Number => number().map(Value::from),
        Shape::Unsigned => unsigned(number()).map(Value::from),
        Shape::Bool | Shape::BoolOrNumber => truth().map(Value::from),
        Shape::InvertedBool => truth().map(|truth| Value::from(truth == 0)),
        Shape::Object => {
            let members = json::read_object(value.as_text()?, NESTED).ok()?;
            Some(Json::Object(members).into())
        }
        Shape::Array | Shape::Any => None,
    }
}

/// The number, if it has 32 bits and no sign.
pub(super) fn unsigned(number: Option<i64>) -> Option<i64> {
    number.filter(|number| u32::try_from(*number).is_ok())
}

/// The integer that a number such as `1.0` is.
fn whole(number: &str) -> Option<i64> {
    number.strip_suffix(".0")?.parse().ok()
}
