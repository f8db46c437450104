//! The values of an intent URI that are no text.

use super::error::NumberField;
use super::java_number;
use super::primitive::{Kind, Primitive};
use super::source_bounds::SourceBounds;

/// Why a value is none of its type.
pub(super) enum ExtraError {
    Number(NumberField),
    /// An empty text has no first char.
    NoChar,
    UnknownType,
}

/// The value of an extra that is no string, by the letter of its type. `None` as [`failure`] says.
#[inline]
pub(super) fn primitive(letter: u8, value: &str) -> Option<Primitive> {
    fn whole<T: TryFrom<i64>>(kind: Kind, value: &str) -> Option<Primitive> {
        let number = java_number::parse_integer(value)?;
        T::try_from(number).is_ok().then(|| Primitive::whole(kind, number))
    }
    match letter {
        b'B' => Some(Primitive::boolean(value.eq_ignore_ascii_case("true"))),
        b'b' => whole::<i8>(Kind::Byte, value),
        b'c' => value.encode_utf16().next().map(Primitive::char),
        b'd' => java_number::parse_double(value).map(Primitive::double),
        b'f' => java_number::parse_float(value).map(Primitive::float),
        b'i' => whole::<i32>(Kind::Int, value),
        b'l' => whole::<i64>(Kind::Long, value),
        b's' => whole::<i16>(Kind::Short, value),
        _ => None,
    }
}

/// Why a text is no value of the type with this letter, if it is none.
#[cold]
pub(super) fn failure(letter: u8) -> ExtraError {
    match letter {
        b'b' => ExtraError::Number(NumberField::Byte),
        b'c' => ExtraError::NoChar,
        b'd' => ExtraError::Number(NumberField::Double),
        b'f' => ExtraError::Number(NumberField::Float),
        b'i' => ExtraError::Number(NumberField::Int),
        b'l' => ExtraError::Number(NumberField::Long),
        b's' => ExtraError::Number(NumberField::Short),
        _ => ExtraError::UnknownType,
    }
}

/// A number is outside of signed 32 bits.
pub(super) struct OutOfRange;

/// Four integers with one space between; anything else is no rectangle.
pub(super) fn source_bounds(value: &str) -> Result<Option<SourceBounds>, OutOfRange> {
    let mut sides = value.split(' ');
    let (Some(left), Some(top), Some(right), Some(bottom), None) =
        (sides.next(), sides.next(), sides.next(), sides.next(), sides.next())
    else {
        return Ok(None);
    };
    let fits = |side: &str| {
        let digits = side.strip_prefix('-').unwrap_or(side);
        !digits.is_empty() && digits.chars().all(java_number::is_unicode_digit)
    };
    if ![left, top, right, bottom].into_iter().all(fits) {
        return Ok(None);
    }
    let number =
        |side| java_number::parse_integer(side).and_then(|side| i32::try_from(side).ok()).ok_or(OutOfRange);
    Ok(Some(SourceBounds {
        left: number(left)?,
        top: number(top)?,
        right: number(right)?,
        bottom: number(bottom)?,
    }))
}
