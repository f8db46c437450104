//! The values of a push's fields: what a host may set, and what a JSON value under a known key means for a
//! field.

use std::fmt;
use std::ops::RangeInclusive;

use serde_json::Value;

use super::choices::{Category, fault};
use super::field::{Field, FieldValue, Kind, NESTED, NESTED_TEXT, PushInfoError};
use super::wire::Shape;
use crate::json::{self, Json};

/// The fields that are set, in the order of [`Field`], each with a value that its [`Kind`] allows. Yes and no
/// are 1 and 0.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct Fields(Vec<(Field, Json)>);

impl Fields {
    /// With a value of the field's own kind. An empty text unsets the field.
    pub(super) fn with(mut self, field: Field, value: impl Into<Json>) -> Self {
        self.put(field, value.into());
        self
    }

    /// With the fields of a group in the place of those whose paths begin in the same way.
    pub(super) fn with_group(mut self, path: &str, group: Self) -> Self {
        self.0.retain(|(field, _)| !field.as_str().starts_with(path));
        for (field, value) in group.0 {
            self.insert(field, value);
        }
        self
    }

    /// The fields whose paths begin in this way.
    pub(super) fn group(&self, path: &str) -> Self {
        Self(self.0.iter().filter(|(field, _)| field.as_str().starts_with(path)).cloned().collect())
    }

    /// Sets a field; an empty text and the number that an unset field means unset it. Whether the field has
    /// values of this type, and can hold this one.
    pub(super) fn put(&mut self, field: Field, value: Json) -> bool {
        let says_something = match (field.kind(), &value, value.as_integer()) {
            (Kind::Text | Kind::Texts(_) | Kind::ClassOf(_), Json::Text(text), _) => !text.is_empty(),
            (Kind::NumbersOr(unset, _), _, Some(number)) => number != unset,
            (Kind::Flag, _, Some(number @ (0 | 1))) => number == 1,
            (Kind::Bool, _, Some(0 | 1))
            | (Kind::Number | Kind::Numbers(_), _, Some(_))
            | (Kind::Object, Json::Object(_), _)
            | (Kind::Array, Json::Array(_), _)
            | (Kind::Json, _, _) => true,
            _ => return false,
        };
        self.remove(field);
        if says_something {
            self.insert(field, value);
        }
        true
    }

    /// Adds a field that is not set.
    fn insert(&mut self, field: Field, value: Json) {
        let at = self.0.partition_point(|(known, _)| *known < field);
        self.0.insert(at, (field, value));
    }

    /// Unsets a field, and gives the value that it had.
    pub(super) fn remove(&mut self, field: Field) -> Option<Json> {
        let at = self.0.iter().position(|(known, _)| *known == field)?;
        Some(self.0.remove(at).1)
    }

    /// The fields that are set.
    pub(super) fn iter(&self) -> impl Iterator<Item = Field> {
        self.0.iter().map(|(field, _)| *field)
    }

    pub(super) fn get(&self, field: Field) -> Option<FieldValue<'_>> {
        let value = self.json(field)?;
        Some(match (field.kind(), value, value.as_integer()) {
            (Kind::Json, ..) => FieldValue::Json(value),
            (_, Json::Text(text), _) => FieldValue::Text(text),
            (_, _, Some(number)) => FieldValue::Number(number),
            (_, _, None) => FieldValue::Json(value),
        })
    }

    /// The value of a field, as it is kept.
    pub(super) fn json(&self, field: Field) -> Option<&Json> {
        self.0.iter().find(|(known, _)| *known == field).map(|(_, value)| value)
    }
}

/// What a host may set.
impl Fields {
    /// A text that the field can hold.
    pub(super) fn with_text(self, field: Field, text: String) -> Result<Self, PushInfoError> {
        fault(field, &text).map_or_else(|| Ok(self.with(field, text)), Err)
    }

    /// A number, if it lies in the range.
    pub(super) fn with_number(
        self,
        field: Field,
        number: i64,
        range: RangeInclusive<i64>,
    ) -> Result<Self, PushInfoError> {
        if range.contains(&number) {
            return Ok(self.with(field, number));
        }
        Err(PushInfoError::OutOfRange { field, min: *range.start(), max: *range.end() })
    }

    /// A JSON value, of the type that the field needs.
    pub(super) fn with_json(self, field: Field, value: &Value) -> Result<Self, PushInfoError> {
        json_of_host(field, value).map(|json| self.with(field, json))
    }

    /// Whether OPPO's notify level has an effect beside the category: not beside content and marketing;
    /// beside an unknown one it may.
    pub(super) fn admits_notify_level(&self) -> bool {
        let marketing = [Category::NEWS, Category::CONTENT, Category::MARKETING];
        self.json(Field::OppoCategory)
            .and_then(Json::as_text)
            .is_some_and(|own| marketing.iter().all(|known| known.as_str() != own))
    }
}

/// Takes a value of the host for a field that needs an array or an object.
pub(super) fn json_of_host(field: Field, value: &Value) -> Result<Json, PushInfoError> {
    let is_list = matches!(field.kind(), Kind::Array);
    let (fits, expected) = if is_list { (value.is_array(), "array") } else { (value.is_object(), "object") };
    if !fits {
        return Err(PushInfoError::WrongJsonType { field, expected });
    }
    // The clients carry the parameters of a template as a JSON text.
    let limit = if field == Field::TemplateParam { NESTED_TEXT.depth } else { NESTED.depth };
    json::read_value(value, limit).ok_or(PushInfoError::TooDeep { field, limit })
}

/// Shows no text but one that a document lists: nothing that people wrote ends up in a log.
impl fmt::Debug for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut map = f.debug_map();
        for (field, value) in &self.0 {
            match self.get(*field) {
                Some(shown @ FieldValue::Text(text))
                    if matches!(field.kind(), Kind::Texts(_) | Kind::ClassOf(_))
                        && field.documents(shown) =>
                {
                    map.entry(field, &format_args!("{text}"))
                }
                Some(FieldValue::Number(number)) => map.entry(field, &number),
                _ => map.entry(field, value),
            };
        }
        map.finish()
    }
}

/// What a value of the right type means for a field; null is the field's default. `None`: the type is another
/// one.
pub(super) fn strict(shape: Shape, value: &Json) -> Option<Json> {
    let text = |text: &str| if text.is_empty() { Json::Null } else { text.into() };
    let integer = value.as_integer();
    Some(match (shape, value) {
        (_, Json::Null) | (Shape::Bool | Shape::BoolOrNumber, Json::Bool(false)) => Json::Null,
        // An empty text says nothing, so it takes nothing away from what another key of the field said.
        (Shape::Text | Shape::TitleOrCommon, Json::Text(whole)) => text(whole),
        (Shape::Stem, Json::Text(whole)) => text(whole.rsplit_once('.').map_or(whole, |(stem, _)| stem)),
        (Shape::Number, _) => integer?.into(),
        (Shape::Unsigned, _) => unsigned(integer)?.into(),
        (Shape::Bool | Shape::BoolOrNumber, Json::Bool(true)) => 1.into(),
        (Shape::BoolOrNumber, _) => bit(integer)?.into(),
        (Shape::InvertedBool, Json::Bool(flag)) => i64::from(!*flag).into(),
        (Shape::Object, Json::Object(_)) | (Shape::Array, Json::Array(_)) | (Shape::Any, _) => value.clone(),
        _ => return None,
    })
}

/// Takes a value of another type, if what was meant is plain: `"1"` for 1, 1 for true, an object as a JSON
/// text.
pub(super) fn coerce(shape: Shape, value: &Json) -> Option<Json> {
    let number = || match value {
        Json::Bool(truth) => Some(i64::from(*truth)),
        Json::Null | Json::Number(_) | Json::Text(_) | Json::Array(_) | Json::Object(_) => value.to_integer(),
    };
    let truth = || match value.as_text() {
        Some(text) if text.eq_ignore_ascii_case("true") => Some(1),
        Some(text) if text.eq_ignore_ascii_case("false") => Some(0),
        _ => bit(number()),
    };
    match shape {
        Shape::Stem if value.as_text().is_some() => strict(shape, value).filter(|stem| *stem != Json::Null),
        Shape::Text | Shape::Stem | Shape::TitleOrCommon => Some(value.as_integer()?.to_string().into()),
        Shape::Number => Some(number()?.into()),
        Shape::Unsigned => Some(unsigned(number())?.into()),
        Shape::Bool | Shape::BoolOrNumber => Some(truth()?.into()),
        Shape::InvertedBool => Some(1_i64.saturating_sub(truth()?).into()),
        Shape::Object => json::read_object(value.as_text()?, NESTED).ok().map(Json::Object),
        Shape::Array | Shape::Any => None,
    }
}

/// The number, if it has 32 bits and no sign.
pub(super) fn unsigned(number: Option<i64>) -> Option<i64> {
    number.filter(|number| u32::try_from(*number).is_ok())
}

/// The number, if it is 0 or 1.
fn bit(number: Option<i64>) -> Option<i64> {
    number.filter(|number| matches!(number, 0 | 1))
}
