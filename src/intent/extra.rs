use std::fmt;
use std::hash::{Hash, Hasher};

use super::codec;
use super::java_number::{self, parse_double, parse_float, parse_integer};
use super::kept::Text;

/// The value of an extra, of one of the nine types that a URI can carry.
///
/// Equality is that of Java's boxed types: all NaN are equal, `0.0` and `-0.0` are not. `Debug` shows the
/// type and, of a text, the length only.
#[derive(Clone)]
#[non_exhaustive]
pub enum Extra {
    /// `S.`: a text.
    String(String),
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
    /// Null, or a value of a type that no URI can carry (an array, a `Bundle`, a `Parcelable`). It takes its
    /// key's place and is never printed.
    Unprintable,
}

impl Extra {
    /// The text, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        if let Self::String(text) = self { Some(text) } else { None }
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

    /// The value that a text stands for, by the letter of its type.
    pub(super) fn of_type(letter: u8, text: &str) -> Result<Self, ExtraError> {
        fn whole<T: TryFrom<i64>>(text: &str, type_name: &'static str) -> Result<T, ExtraError> {
            let number = parse_integer(text).and_then(|number| T::try_from(number).ok());
            number.ok_or(ExtraError::Number(type_name))
        }
        match letter {
            b'S' => Ok(Self::String(text.to_owned())),
            b'B' => Ok(Self::Boolean(text.eq_ignore_ascii_case("true"))),
            b'b' => whole(text, "a byte extra").map(Self::Byte),
            b'c' => text.encode_utf16().next().map(Self::Char).ok_or(ExtraError::NoChar),
            b'd' => parse_double(text).map(Self::Double).ok_or(ExtraError::Number("a double extra")),
            b'f' => parse_float(text).map(Self::Float).ok_or(ExtraError::Number("a float extra")),
            b'i' => whole(text, "an int extra").map(Self::Int),
            b'l' => whole(text, "a long extra").map(Self::Long),
            b's' => whole(text, "a short extra").map(Self::Short),
            _ => Err(ExtraError::UnknownType),
        }
    }

    /// The value as an intent URI has it.
    fn written(self) -> String {
        match self {
            Self::String(text) => codec::encode(&text, "").into_owned(),
            Self::Boolean(value) => value.to_string(),
            Self::Byte(value) => value.to_string(),
            Self::Char(unit) => codec::encode(&String::from_utf16_lossy(&[unit]), "").into_owned(),
            Self::Double(value) => java_number::written(value),
            Self::Float(value) => java_number::written(value),
            Self::Int(value) => value.to_string(),
            Self::Long(value) => value.to_string(),
            Self::Short(value) => value.to_string(),
            Self::Unprintable => String::new(),
        }
    }
}

/// By what a URI has, where each value of a type has a text of its own.
impl PartialEq for Extra {
    fn eq(&self, other: &Self) -> bool {
        // Without a copy of either.
        if let (Self::String(own), Self::String(other)) = (self, other) {
            return own == other;
        }
        KeptExtra::new(self.clone()).identity("") == KeptExtra::new(other.clone()).identity("")
    }
}

impl Eq for Extra {}

impl Hash for Extra {
    fn hash<H: Hasher>(&self, state: &mut H) {
        KeptExtra::new(self.clone()).identity("").hash(state);
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::String(text) => return write!(f, "String({} bytes)", text.len()),
            Self::Boolean(_) => "Boolean",
            Self::Byte(_) => "Byte",
            Self::Char(_) => "Char",
            Self::Double(_) => "Double",
            Self::Float(_) => "Float",
            Self::Int(_) => "Int",
            Self::Long(_) => "Long",
            Self::Short(_) => "Short",
            Self::Unprintable => "Unprintable",
        })
    }
}

impl From<&str> for Extra {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<String> for Extra {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl From<bool> for Extra {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<i32> for Extra {
    fn from(value: i32) -> Self {
        Self::Int(value)
    }
}

impl From<i64> for Extra {
    fn from(value: i64) -> Self {
        Self::Long(value)
    }
}

impl From<f32> for Extra {
    fn from(value: f32) -> Self {
        Self::Float(value)
    }
}

impl From<f64> for Extra {
    fn from(value: f64) -> Self {
        Self::Double(value)
    }
}

/// Why a text is no value of its type.
#[derive(Clone, Copy)]
pub(super) enum ExtraError {
    /// What the number is for.
    Number(&'static str),
    /// An empty text has no first char.
    NoChar,
    UnknownType,
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
    pub(super) fn new(value: Extra) -> Self {
        match (value.letter(), value) {
            (Some(_), Extra::Char(unit @ 0xD800..=0xDFFF)) => Self::Half(unit),
            (Some(letter), value) => Self::Written { letter, text: Text::own(value.written()) },
            (None, _) => Self::Unprintable,
        }
    }

    pub(super) fn get(&self, source: &str) -> Extra {
        match self {
            // What was written is a value of its type.
            Self::Written { letter, text } => {
                Extra::of_type(*letter, &codec::decode(text.get(source))).unwrap_or(Extra::Unprintable)
            }
            Self::Half(unit) => Extra::Char(*unit),
            Self::Unprintable => Extra::Unprintable,
        }
    }

    /// All that tells two values apart.
    pub(super) fn identity<'e>(&'e self, source: &'e str) -> (u8, u16, &'e str) {
        match self {
            Self::Written { letter, text } => (*letter, 0, text.get(source)),
            Self::Half(unit) => (b'c', *unit, ""),
            Self::Unprintable => (0, 0, ""),
        }
    }
}
