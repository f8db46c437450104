use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};

use super::hash_ordered::HashOrdered;
use super::texts::{Text, Texts};

/// The value of an extra, of one of the nine types that a URI can carry.
///
/// What an intent gives borrows its text from the intent; what it is given may be borrowed or owned.
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

/// The value of an extra as an intent keeps it.
#[derive(Clone, Copy)]
pub(super) enum Value {
    String(Text),
    Boolean(bool),
    Byte(i8),
    Char(u16),
    Double(f64),
    Float(f32),
    Int(i32),
    Long(i64),
    Short(i16),
    Unprintable,
}

impl Value {
    pub(super) fn keep(texts: &mut Texts, extra: &Extra<'_>) -> Self {
        match extra {
            Extra::String(text) => Self::String(texts.keep(text)),
            Extra::Boolean(value) => Self::Boolean(*value),
            Extra::Byte(value) => Self::Byte(*value),
            Extra::Char(unit) => Self::Char(*unit),
            Extra::Double(value) => Self::Double(*value),
            Extra::Float(value) => Self::Float(*value),
            Extra::Int(value) => Self::Int(*value),
            Extra::Long(value) => Self::Long(*value),
            Extra::Short(value) => Self::Short(*value),
            Extra::Unprintable => Self::Unprintable,
        }
    }

    pub(super) fn of(self, texts: &Texts) -> Extra<'_> {
        match self {
            Self::String(text) => Extra::String(texts.get(text).into()),
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

    /// The text, if it is one.
    pub(super) fn text(&self) -> Option<Text> {
        if let Self::String(text) = self { Some(*text) } else { None }
    }

    pub(super) fn text_mut(&mut self) -> Option<&mut Text> {
        if let Self::String(text) = self { Some(text) } else { None }
    }
}

/// The extras of an intent, in Android's order: by the signed `String.hashCode` of the key, equal hashes by first
/// insertion.
///
/// A key is `None` where Java has a null key, which is another key than `"null"`.
///
/// ```
/// use tim_offline_push::intent::{Extra, Intent};
///
/// let intent = Intent::new().with_extra("int", 1).with_extra("string", "a").with_extra("float", 1.5_f32);
/// let keys: Vec<_> = intent.extras().iter().filter_map(|(key, _)| key).collect();
/// assert_eq!(keys, ["string", "int", "float"]);
/// assert_eq!(intent.extras().get("int"), Some(Extra::Int(1)));
/// ```
#[derive(Clone, Copy)]
pub struct Extras<'a> {
    texts: &'a Texts,
    values: &'a HashOrdered<Value>,
}

impl<'a> Extras<'a> {
    pub(super) const fn new(texts: &'a Texts, values: &'a HashOrdered<Value>) -> Self {
        Self { texts, values }
    }

    /// How many there are, unprintable ones included.
    pub fn len(self) -> usize {
        self.values.len()
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Keys and values, in Android's order.
    pub fn iter(self) -> impl ExactSizeIterator<Item = (Option<&'a str>, Extra<'a>)> + use<'a> {
        self.values.iter(self.texts).map(move |(key, value)| (key.text, value.of(self.texts)))
    }

    /// The value of a key.
    pub fn get(self, key: &str) -> Option<Extra<'a>> {
        self.at(Some(key))
    }

    /// The value of the null key.
    pub fn get_at_null(self) -> Option<Extra<'a>> {
        self.at(None)
    }

    fn at(self, key: Option<&str>) -> Option<Extra<'a>> {
        self.values.get(self.texts, key).map(|value| value.of(self.texts))
    }
}

impl PartialEq for Extras<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Extras<'_> {}

impl Hash for Extras<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.len().hash(state);
        self.iter().for_each(|extra| extra.hash(state));
    }
}

impl fmt::Debug for Extras<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}
