use std::borrow::Cow;
use std::fmt::{self, Write};
use std::hash::{Hash, Hasher};

use super::codec::{self, Keep};
use super::error::NumberField;
use super::text::Text;
use super::{java_number, java_text};

/// The value of an extra, of one of the nine types that a URI can carry.
///
/// An extra that an intent gives borrows its text from the intent, unless the text has escapes in a URI: those are decoded each
/// time.
///
/// Equality is that of Java's boxed types: all NaN are equal, `0.0` and `-0.0` are not. `Debug` shows the type and, of a
/// text, the length only.
#[derive(Clone)]
#[non_exhaustive]
pub enum Extra<'a> {
    /// `S.`: a text.
    String(Cow<'a, str>),
    /// `B.`: a boolean.
    Boolean(bool),
    /// `b.`: a byte.
    Byte(i8),
    /// `c.`: one UTF-16 unit, possibly one half of a surrogate pair.
    Char(u16),
    /// `d.`: a double.
    Double(f64),
    /// `f.`: a float.
    Float(f32),
    /// `i.`: an int.
    Int(i32),
    /// `l.`: a long.
    Long(i64),
    /// `s.`: a short.
    Short(i16),
    /// Null, or a value of a type that no URI can carry (an array, a `Bundle`, a `Parcelable`). It takes its key's place
    /// and is never printed.
    Unprintable,
}

impl Extra<'_> {
    /// The text, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        if let Self::String(text) = self { Some(text) } else { None }
    }

    /// The same, with a text of its own.
    pub fn into_owned(self) -> Extra<'static> {
        match self {
            Self::String(text) => Extra::String(Cow::Owned(text.into_owned())),
            Self::Boolean(value) => Extra::Boolean(value),
            Self::Byte(value) => Extra::Byte(value),
            Self::Char(unit) => Extra::Char(unit),
            Self::Double(value) => Extra::Double(value),
            Self::Float(value) => Extra::Float(value),
            Self::Int(value) => Extra::Int(value),
            Self::Long(value) => Extra::Long(value),
            Self::Short(value) => Extra::Short(value),
            Self::Unprintable => Extra::Unprintable,
        }
    }

    /// All that tells two values apart, beside the text.
    fn discriminant(&self) -> (u8, u64) {
        let signed = |value: i64| u64::from_ne_bytes(value.to_ne_bytes());
        match self {
            Self::String(_) => (0, 0),
            Self::Boolean(value) => (1, u64::from(*value)),
            Self::Byte(value) => (2, signed(i64::from(*value))),
            Self::Char(value) => (3, u64::from(*value)),
            Self::Double(value) => (4, if value.is_nan() { f64::NAN } else { *value }.to_bits()),
            Self::Float(value) => (5, u64::from(if value.is_nan() { f32::NAN } else { *value }.to_bits())),
            Self::Int(value) => (6, signed(i64::from(*value))),
            Self::Long(value) => (7, signed(*value)),
            Self::Short(value) => (8, signed(i64::from(*value))),
            Self::Unprintable => (9, 0),
        }
    }
}

impl PartialEq for Extra<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.discriminant() == other.discriminant() && self.as_str() == other.as_str()
    }
}

impl Eq for Extra<'_> {}

impl Hash for Extra<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.discriminant().hash(state);
        self.as_str().hash(state);
    }
}

impl fmt::Debug for Extra<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::String(text) => write!(f, "String({} bytes)", text.len()),
            Self::Boolean(_) => f.write_str("Boolean"),
            Self::Byte(_) => f.write_str("Byte"),
            Self::Char(_) => f.write_str("Char"),
            Self::Double(_) => f.write_str("Double"),
            Self::Float(_) => f.write_str("Float"),
            Self::Int(_) => f.write_str("Int"),
            Self::Long(_) => f.write_str("Long"),
            Self::Short(_) => f.write_str("Short"),
            Self::Unprintable => f.write_str("Unprintable"),
        }
    }
}

impl<'a> From<&'a str> for Extra<'a> {
    fn from(text: &'a str) -> Self {
        Self::String(text.into())
    }
}

impl<'a> From<&'a String> for Extra<'a> {
    fn from(text: &'a String) -> Self {
        Self::String(text.into())
    }
}

impl From<String> for Extra<'_> {
    fn from(text: String) -> Self {
        Self::String(text.into())
    }
}

impl<'a> From<Cow<'a, str>> for Extra<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Self::String(text)
    }
}

impl From<bool> for Extra<'_> {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<i8> for Extra<'_> {
    fn from(value: i8) -> Self {
        Self::Byte(value)
    }
}

impl From<i16> for Extra<'_> {
    fn from(value: i16) -> Self {
        Self::Short(value)
    }
}

impl From<i32> for Extra<'_> {
    fn from(value: i32) -> Self {
        Self::Int(value)
    }
}

impl From<i64> for Extra<'_> {
    fn from(value: i64) -> Self {
        Self::Long(value)
    }
}

impl From<f32> for Extra<'_> {
    fn from(value: f32) -> Self {
        Self::Float(value)
    }
}

impl From<f64> for Extra<'_> {
    fn from(value: f64) -> Self {
        Self::Double(value)
    }
}

impl Extra<'_> {
    /// The value that a text stands for, by the letter of its type.
    pub(super) fn of_type(letter: u8, text: &str) -> Result<Extra<'static>, ExtraError> {
        fn whole<T: TryFrom<i64>>(text: &str, field: NumberField) -> Result<T, ExtraError> {
            let number = java_number::parse_integer(text).and_then(|number| T::try_from(number).ok());
            number.ok_or(ExtraError::Number(field))
        }
        match letter {
            b'S' => Ok(Extra::String(Cow::Owned(text.to_owned()))),
            b'B' => Ok(Extra::Boolean(text.eq_ignore_ascii_case("true"))),
            b'b' => whole(text, NumberField::Byte).map(Extra::Byte),
            b'c' => text.encode_utf16().next().map(Extra::Char).ok_or(ExtraError::NoChar),
            b'd' => java_number::parse_double(text)
                .map(Extra::Double)
                .ok_or(ExtraError::Number(NumberField::Double)),
            b'f' => {
                java_number::parse_float(text).map(Extra::Float).ok_or(ExtraError::Number(NumberField::Float))
            }
            b'i' => whole(text, NumberField::Int).map(Extra::Int),
            b'l' => whole(text, NumberField::Long).map(Extra::Long),
            b's' => whole(text, NumberField::Short).map(Extra::Short),
            _ => Err(ExtraError::UnknownType),
        }
    }

    /// The letter of its type, if a URI can carry it.
    const fn letter(&self) -> Option<u8> {
        Some(match self {
            Self::String(_) => b'S',
            Self::Boolean(_) => b'B',
            Self::Byte(_) => b'b',
            Self::Char(_) => b'c',
            Self::Double(_) => b'd',
            Self::Float(_) => b'f',
            Self::Int(_) => b'i',
            Self::Long(_) => b'l',
            Self::Short(_) => b's',
            Self::Unprintable => return None,
        })
    }

    /// Writes the value as an intent URI has it.
    fn write<W: Write + ?Sized>(&self, out: &mut W) -> fmt::Result {
        match self {
            Self::String(text) => codec::write_encoded(out, text, Keep::Unreserved),
            Self::Boolean(value) => out.write_str(if *value { "true" } else { "false" }),
            Self::Byte(value) => write!(out, "{value}"),
            Self::Char(unit) => {
                // One half of a surrogate pair is written as `?`.
                let char = char::from_u32(u32::from(*unit)).unwrap_or('?');
                codec::write_encoded(out, char.encode_utf8(&mut [0; 4]), Keep::Unreserved)
            }
            Self::Double(value) => java_text::write_double(out, *value),
            Self::Float(value) => java_text::write_float(out, *value),
            Self::Int(value) => write!(out, "{value}"),
            Self::Long(value) => write!(out, "{value}"),
            Self::Short(value) => write!(out, "{value}"),
            Self::Unprintable => Ok(()),
        }
    }

    /// Whether the value is written as the text that it was read from.
    pub(super) fn is_written_as(&self, text: &str) -> bool {
        match self {
            Self::Boolean(value) => text == if *value { "true" } else { "false" },
            _ => {
                let mut rest = Rest(text);
                self.write(&mut rest).is_ok() && rest.0.is_empty()
            }
        }
    }
}

/// Why a text is no value of its type.
#[derive(Clone, Copy)]
pub(super) enum ExtraError {
    Number(NumberField),
    /// An empty text has no first char.
    NoChar,
    UnknownType,
}

/// The rest of a text that is expected. It takes nothing else.
struct Rest<'a>(&'a str);

impl Write for Rest<'_> {
    fn write_str(&mut self, piece: &str) -> fmt::Result {
        self.0 = self.0.strip_prefix(piece).ok_or(fmt::Error)?;
        Ok(())
    }
}

/// The value of an extra as an intent keeps it: a push's extras are written more often than they are read.
#[derive(Clone)]
pub(super) enum KeptExtra {
    /// The letter of its type, and the text that a URI has.
    Written {
        letter: u8,
        text: Text,
    },
    /// One half of a surrogate pair, which is written as `?`.
    Half(u16),
    Unprintable,
}

impl KeptExtra {
    pub(super) fn new(value: Extra<'_>) -> Self {
        let Some(letter) = value.letter() else { return Self::Unprintable };
        if let Extra::Char(unit) = value {
            if char::from_u32(u32::from(unit)).is_none() {
                return Self::Half(unit);
            }
        }
        let text = if let Extra::String(text) = value {
            if Keep::Unreserved.keeps_all(&text) { text.into_owned() } else { codec::encoded(&text) }
        } else {
            let mut text = String::new();
            // A string takes any piece.
            let _ = value.write(&mut text);
            text
        };
        Self::Written { letter, text: Text::from(text) }
    }

    pub(super) fn get<'e>(&'e self, source: &'e str) -> Extra<'e> {
        match self {
            Self::Written { letter: b'S', text } => Extra::String(codec::decode(text.get(source))),
            // What was written is a value of its type.
            Self::Written { letter, text } => {
                Extra::of_type(*letter, &codec::decode(text.get(source))).unwrap_or(Extra::Unprintable)
            }
            Self::Half(unit) => Extra::Char(*unit),
            Self::Unprintable => Extra::Unprintable,
        }
    }
}
