use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};

use super::codec::{self, Keep};
use super::hash_ordered::{self, HashOrdered, Key};

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
    /// The same with a borrowed text.
    fn borrowed(&self) -> Extra<'_> {
        match self {
            Self::String(text) => Extra::String(Cow::Borrowed(text)),
            other => other.clone(),
        }
    }

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
pub struct Extras<'a>(&'a HashOrdered<KeptExtra>);

impl<'a> Extras<'a> {
    pub(super) const fn new(entries: &'a HashOrdered<KeptExtra>) -> Self {
        Self(entries)
    }

    /// How many there are, unprintable ones included.
    pub fn len(self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Keys and values, in Android's order.
    pub fn iter(self) -> ExtrasIter<'a> {
        self.into_iter()
    }

    /// The value of a key.
    pub fn get(self, key: &str) -> Option<Extra<'a>> {
        self.0.get(&Key::new(key)).map(KeptExtra::get)
    }

    /// The value of the null key.
    pub fn get_at_null(self) -> Option<Extra<'a>> {
        self.0.get(&Key::NULL).map(KeptExtra::get)
    }
}

impl<'a> IntoIterator for Extras<'a> {
    type Item = (Option<&'a str>, Extra<'a>);
    type IntoIter = ExtrasIter<'a>;

    fn into_iter(self) -> Self::IntoIter {
        ExtrasIter(self.0.iter())
    }
}

/// The extras of an intent, one by one.
#[derive(Clone)]
pub struct ExtrasIter<'a>(hash_ordered::Iter<'a, KeptExtra>);

impl<'a> Iterator for ExtrasIter<'a> {
    type Item = (Option<&'a str>, Extra<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(key, value)| (key, value.get()))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl ExactSizeIterator for ExtrasIter<'_> {}

impl fmt::Debug for ExtrasIter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.clone()).finish()
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

/// The extras of an intent, to be changed. An equal key replaces the value, and its type, in place.
///
/// ```
/// use tim_offline_push::intent::{Extra, Intent};
///
/// let mut intent = Intent::new().with_extra("k", 1);
/// assert_eq!(intent.extras_mut().insert("k", true), Some(Extra::Int(1)));
/// assert_eq!(intent.extra("k"), Some(Extra::Boolean(true)));
/// assert_eq!(intent.extras_mut().remove("k"), Some(Extra::Boolean(true)));
/// ```
pub struct ExtrasMut<'a>(&'a mut HashOrdered<KeptExtra>);

impl<'a> ExtrasMut<'a> {
    pub(super) const fn new(entries: &'a mut HashOrdered<KeptExtra>) -> Self {
        Self(entries)
    }

    /// Inserts a value, and returns the one that it replaces.
    pub fn insert<'v>(
        &mut self,
        key: impl Into<String>,
        value: impl Into<Extra<'v>>,
    ) -> Option<Extra<'static>> {
        self.put(Key::new(key.into()), value.into())
    }

    /// Inserts a value at the null key, which prints as `null`.
    pub fn insert_at_null<'v>(&mut self, value: impl Into<Extra<'v>>) -> Option<Extra<'static>> {
        self.put(Key::NULL, value.into())
    }

    /// Removes a value.
    pub fn remove(&mut self, key: &str) -> Option<Extra<'static>> {
        self.0.remove(&Key::new(key)).map(KeptExtra::into_extra)
    }

    /// Removes the value of the null key.
    pub fn remove_at_null(&mut self) -> Option<Extra<'static>> {
        self.0.remove(&Key::NULL).map(KeptExtra::into_extra)
    }

    fn put(&mut self, key: Key<'static>, value: Extra<'_>) -> Option<Extra<'static>> {
        self.0.insert(key, KeptExtra::new(value)).map(KeptExtra::into_extra)
    }
}

impl fmt::Debug for ExtrasMut<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Extras(self.0).fmt(f)
    }
}

/// The value of an extra as an intent keeps it. Each value has one form, so that equal ones are equal here.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) enum KeptExtra {
    /// A text that has escapes in a URI, as it is written there: a push's JSON is printed more often than it is read.
    Escaped(Box<str>),
    /// Any other value.
    Plain(Extra<'static>),
}

impl KeptExtra {
    pub(super) fn new(value: Extra<'_>) -> Self {
        match value {
            Extra::String(text) if !Keep::Unreserved.keeps_all(&text) => {
                Self::Escaped(codec::encoded(&text).into())
            }
            other => Self::Plain(other.into_owned()),
        }
    }

    /// A text, by how it stands in a URI.
    pub(super) fn of_raw(raw: &str) -> Self {
        if Keep::Unreserved.keeps_all(raw) {
            Self::Plain(Extra::String(Cow::Owned(raw.to_owned())))
        } else if codec::is_encoded(raw) {
            Self::Escaped(raw.into())
        } else {
            Self::new(Extra::String(codec::decode(raw)))
        }
    }

    /// How many bytes a text takes in a URI; 0 for any other value.
    pub(super) fn text_len(&self) -> usize {
        match self {
            Self::Escaped(text) => text.len(),
            Self::Plain(value) => value.as_str().map_or(0, str::len),
        }
    }

    fn get(&self) -> Extra<'_> {
        match self {
            Self::Escaped(text) => Extra::String(codec::decode(text)),
            Self::Plain(value) => value.borrowed(),
        }
    }

    fn into_extra(self) -> Extra<'static> {
        match self {
            Self::Escaped(text) => Extra::String(codec::decode(&text).into_owned().into()),
            Self::Plain(value) => value,
        }
    }
}
