//! The values of extras that are no text, as an intent URI has them.

use std::fmt;

use super::codec;
use super::java_float;
use super::java_text;
use super::primitive::{Kind, Primitive};

/// Writes a value behind the text.
pub(super) fn push_value(out: &mut String, value: Primitive) {
    // A string takes any piece.
    let _ = write_value(out, value);
}

fn write_value(out: &mut String, value: Primitive) -> fmt::Result {
    match value.kind {
        Kind::Boolean => out.push_str(if value.as_boolean() { "true" } else { "false" }),
        Kind::Byte | Kind::Short | Kind::Int | Kind::Long => java_text::write_decimal(out, value.as_whole())?,
        Kind::Float => java_float::write_float(out, value.as_float())?,
        Kind::Double => java_float::write_double(out, value.as_double())?,
        Kind::Char => match char::from_u32(u32::from(value.as_char())) {
            Some(c) => codec::push_encoded(out, c.encode_utf8(&mut [0; 4])),
            None => out.push_str("%3F"),
        },
    }
    Ok(())
}
