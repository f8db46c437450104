use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};

use super::primitive::{Kind, Primitive};

/// The value of an extra, of one of the nine types that a URI can carry.
///
/// What an intent gives borrows its text from the intent, unless there are escapes in it, which are decoded each time; what it
/// is given may be borrowed or owned.
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
            Self::String(text) => Extra::String(text.into_owned().into()),
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

impl From<Primitive> for Extra<'_> {
    fn from(value: Primitive) -> Self {
        // Each was made from a value of its type.
        fn whole<T: TryFrom<i64> + Default>(value: Primitive) -> T {
            T::try_from(value.as_whole()).unwrap_or_default()
        }
        match value.kind {
            Kind::Boolean => Self::Boolean(value.as_boolean()),
            Kind::Byte => Self::Byte(whole(value)),
            Kind::Char => Self::Char(value.as_char()),
            Kind::Double => Self::Double(value.as_double()),
            Kind::Float => Self::Float(value.as_float()),
            Kind::Int => Self::Int(whole(value)),
            Kind::Long => Self::Long(value.as_whole()),
            Kind::Short => Self::Short(whole(value)),
        }
    }
}
