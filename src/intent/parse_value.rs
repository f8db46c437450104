//! The values of an intent URI that are no text.

use super::error::NumberField;
use super::extra::Value;
use super::java_number;
use super::model::SourceBounds;

/// Why a value is none of its type.
pub(super) enum ExtraError {
    Number(NumberField),
    /// An empty text has no first char.
    NoChar,
    UnknownType,
}

/// The value of an extra that is no string, by the letter of its type.
pub(super) fn extra(letter: u8, value: &str) -> Result<Value, ExtraError> {
    fn integer<T: TryFrom<i64>>(value: &str, field: NumberField) -> Result<T, ExtraError> {
        let number = java_number::parse_integer(value).and_then(|number| T::try_from(number).ok());
        number.ok_or(ExtraError::Number(field))
    }
    Ok(match letter {
        b'B' => Value::Boolean(value.eq_ignore_ascii_case("true")),
        b'b' => Value::Byte(integer(value, NumberField::Byte)?),
        b'c' => Value::Char(value.encode_utf16().next().ok_or(ExtraError::NoChar)?),
        b'd' => {
            Value::Double(java_number::parse_double(value).ok_or(ExtraError::Number(NumberField::Double))?)
        }
        b'f' => Value::Float(java_number::parse_float(value).ok_or(ExtraError::Number(NumberField::Float))?),
        b'i' => Value::Int(integer(value, NumberField::Int)?),
        b'l' => Value::Long(integer(value, NumberField::Long)?),
        b's' => Value::Short(integer(value, NumberField::Short)?),
        _ => return Err(ExtraError::UnknownType),
    })
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
