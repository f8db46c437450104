//! What a JSON value under a known key means.

use super::table::Shape;
use crate::json::{self, Json};
use crate::message::Field;
use crate::message::OfflinePushInfo;
use crate::message::leaf::{Input, Leaf, NESTED};

/// What a value means for a field.
pub(super) enum Meaning<'a> {
    /// The field has its default.
    Default,
    /// The field has this value.
    Value(Input<'a>),
    /// The type is another one.
    Another,
}

/// The meaning of a value of the right type.
pub(super) fn strict(shape: Shape, value: &Json) -> Meaning<'_> {
    match (shape, value) {
        (_, Json::Null) | (Shape::Truth, Json::Bool(false)) | (Shape::Untruth, Json::Bool(true)) => {
            Meaning::Default
        }
        (Shape::Text | Shape::TitleOrCommon, Json::Text(text)) => Meaning::Value(Input::Text(text)),
        (Shape::Number, Json::Number(_)) => {
            value.as_integer().map_or(Meaning::Another, |number| Meaning::Value(Input::Number(number)))
        }
        (Shape::Unsigned, Json::Number(_)) => unsigned(value.as_integer())
            .map_or(Meaning::Another, |number| Meaning::Value(Input::Number(number))),
        (Shape::Truth, Json::Bool(true)) | (Shape::Untruth, Json::Bool(false)) => {
            Meaning::Value(Input::Number(1))
        }
        (Shape::Object, Json::Object(_)) | (Shape::Array, Json::Array(_)) | (Shape::Any, _) => {
            Meaning::Value(Input::Json(value.clone()))
        }
        _ => Meaning::Another,
    }
}

/// Takes a value of another type, if what was meant is plain: `"1"` for 1, 1 for true, an object as a JSON text.
pub(super) fn lenient(shape: Shape, value: &Json) -> Option<Loose> {
    let number = || match value {
        Json::Number(number) => value.as_integer().or_else(|| whole(&number.to_string())),
        Json::Text(text) => text.trim().parse().ok(),
        Json::Bool(truth) => Some(i64::from(*truth)),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    };
    let truth = || match value {
        Json::Text(text) if text.eq_ignore_ascii_case("true") => Some(1),
        Json::Text(text) if text.eq_ignore_ascii_case("false") => Some(0),
        Json::Text(_) | Json::Number(_) | Json::Bool(_) => number().filter(|number| matches!(number, 0 | 1)),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    };
    match shape {
        Shape::Text | Shape::TitleOrCommon => match value {
            Json::Number(_) => value.as_integer().map(|number| Loose::Text(number.to_string())),
            Json::Null | Json::Bool(_) | Json::Text(_) | Json::Array(_) | Json::Object(_) => None,
        },
        Shape::Number => number().map(Loose::Number),
        Shape::Unsigned => unsigned(number()).map(Loose::Number),
        Shape::Truth => truth().map(Loose::Number),
        Shape::Untruth => truth().map(|truth| Loose::Number(1_i64.saturating_sub(truth))),
        Shape::Object => match value {
            Json::Text(text) => {
                json::read_object(text, NESTED).ok().map(|members| Loose::Object(Json::Object(members)))
            }
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::Array(_) | Json::Object(_) => None,
        },
        Shape::Array | Shape::Any => None,
    }
}

/// A value that was taken from one of another type.
#[derive(Debug)]
pub(super) enum Loose {
    Text(String),
    Number(i64),
    Object(Json),
}

impl Loose {
    pub(super) fn put(&self, info: &mut OfflinePushInfo, field: Field) -> bool {
        info.put(
            field,
            match self {
                Self::Text(text) => Input::Text(text),
                Self::Number(number) => Input::Number(*number),
                Self::Object(object) => Input::Json(object.clone()),
            },
        )
    }

    /// Whether this is the value that the field has now.
    pub(super) fn is(&self, field: Field, now: Leaf<'_>) -> bool {
        let mut alone = OfflinePushInfo::default();
        self.put(&mut alone, field)
            && match (alone.leaf(field), now) {
                (Leaf::Unset, Leaf::Unset) => true,
                (Leaf::Text(read), Leaf::Text(now)) => read == now,
                (Leaf::Number(read), Leaf::Number(now)) => read == now,
                (Leaf::Json(read), Leaf::Json(now)) => read == now,
                _ => false,
            }
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
