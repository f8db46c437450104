use std::fmt;
use std::hash::{Hash, Hasher};

use super::hash_ordered::{HashOrdered, Key};

/// The value of an extra, of one of the nine types that a URI can carry.
///
/// Equality is that of Java's boxed types: all NaN are equal, `0.0` and `-0.0` are not. `Debug` shows the type and, of a
/// text, the length only.
#[derive(Clone)]
#[non_exhaustive]
pub enum Extra {
    /// `S.`: a text.
    String(Box<str>),
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

impl Extra {
    /// The text, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        if let Self::String(text) = self { Some(text) } else { None }
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

impl PartialEq for Extra {
    fn eq(&self, other: &Self) -> bool {
        self.discriminant() == other.discriminant() && self.as_str() == other.as_str()
    }
}

impl Eq for Extra {}

impl Hash for Extra {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.discriminant().hash(state);
        self.as_str().hash(state);
    }
}

impl fmt::Debug for Extra {
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

impl From<&str> for Extra {
    fn from(text: &str) -> Self {
        Self::String(text.into())
    }
}

impl From<String> for Extra {
    fn from(text: String) -> Self {
        Self::String(text.into())
    }
}

impl From<bool> for Extra {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<i8> for Extra {
    fn from(value: i8) -> Self {
        Self::Byte(value)
    }
}

impl From<i16> for Extra {
    fn from(value: i16) -> Self {
        Self::Short(value)
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

/// The extras of an intent, in Android's order: by the signed `String.hashCode` of the key, equal hashes by first
/// insertion. An equal key replaces the value, and its type, in place.
///
/// A key is `None` where Java has a null key, which is another key than `"null"`.
///
/// ```
/// use tim_offline_push::intent::{Extra, Extras};
///
/// let mut extras = Extras::new();
/// extras.insert("int", 1);
/// extras.insert("string", "a");
/// extras.insert("float", 1.5_f32);
/// let keys: Vec<_> = extras.iter().filter_map(|(key, _)| key).collect();
/// assert_eq!(keys, ["string", "int", "float"]);
/// assert_eq!(extras.insert("int", true), Some(Extra::Int(1)));
/// assert_eq!(extras.get("int"), Some(&Extra::Boolean(true)));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Extras(HashOrdered<Extra>);

impl Extras {
    /// No extras.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many there are, unprintable ones included.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Keys and values, in Android's order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (Option<&str>, &Extra)> {
        self.0.iter().map(|(key, value)| (key.text, value))
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Extra> {
        self.0.get(Some(key))
    }

    /// The value of the null key.
    pub fn get_at_null(&self) -> Option<&Extra> {
        self.0.get(None)
    }

    /// Inserts a value; gives the one that it replaces.
    pub fn insert(&mut self, key: impl AsRef<str>, value: impl Into<Extra>) -> Option<Extra> {
        self.0.insert(Key::new(key.as_ref()), value.into())
    }

    /// As [`HashOrdered::insert_deferred`].
    #[inline]
    pub(super) fn insert_deferred(&mut self, key: Key<'_>, value: Extra, expected: impl FnOnce() -> usize) {
        self.0.insert_deferred(key, value, expected);
    }

    pub(super) fn size_of_keys(&self) -> usize {
        self.0.size_of_keys()
    }

    pub(super) fn values(&self) -> impl Iterator<Item = &Extra> {
        self.0.values()
    }

    /// Keys and values, with what is known of the keys.
    pub(super) fn marked(&self) -> impl Iterator<Item = (Key<'_>, &Extra)> {
        self.0.iter()
    }

    /// As [`HashOrdered::settle`].
    pub(super) fn settle(&mut self) {
        self.0.settle();
    }

    /// Inserts a value at the null key, which prints as `null`.
    pub fn insert_at_null(&mut self, value: impl Into<Extra>) -> Option<Extra> {
        self.0.insert(Key::NULL, value.into())
    }

    /// Takes a value out.
    pub fn remove(&mut self, key: &str) -> Option<Extra> {
        self.0.remove(Some(key))
    }
}
