use std::fmt;
use std::hash::{Hash, Hasher};
use std::slice;

use super::extra::Extra;
use super::hash_ordered::{Entry, HashOrdered};
use super::kept_extra::KeptExtra;
use super::texts::Texts;

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
    entries: &'a HashOrdered<KeptExtra>,
}

impl<'a> Extras<'a> {
    pub(super) const fn new(texts: &'a Texts, entries: &'a HashOrdered<KeptExtra>) -> Self {
        Self { texts, entries }
    }

    /// How many there are, unprintable ones included.
    pub fn len(self) -> usize {
        self.entries.len()
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
        self.at(Some(key))
    }

    /// The value of the null key.
    pub fn get_at_null(self) -> Option<Extra<'a>> {
        self.at(None)
    }

    fn at(self, key: Option<&str>) -> Option<Extra<'a>> {
        self.entries.get(self.texts, key).map(|entry| entry.value.value(entry.item(), self.texts))
    }
}

impl<'a> IntoIterator for Extras<'a> {
    type Item = (Option<&'a str>, Extra<'a>);
    type IntoIter = ExtrasIter<'a>;

    fn into_iter(self) -> Self::IntoIter {
        ExtrasIter { texts: self.texts, entries: self.entries.iter() }
    }
}

/// The extras of an intent, one by one.
#[derive(Clone)]
pub struct ExtrasIter<'a> {
    texts: &'a Texts,
    entries: slice::Iter<'a, Entry<KeptExtra>>,
}

impl<'a> Iterator for ExtrasIter<'a> {
    type Item = (Option<&'a str>, Extra<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let entry = self.entries.next()?;
        Some((entry.key(self.texts), entry.value.value(entry.item(), self.texts)))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.entries.size_hint()
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
