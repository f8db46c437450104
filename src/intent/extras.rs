use std::fmt;
use std::hash::{Hash, Hasher};

use super::extra::{Extra, KeptExtra};
use super::hash_ordered::{self, HashOrdered, Key};
use super::text::Text;

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
    source: &'a str,
    entries: &'a HashOrdered<KeptExtra>,
}

impl<'a> Extras<'a> {
    pub(super) const fn new(source: &'a str, entries: &'a HashOrdered<KeptExtra>) -> Self {
        Self { source, entries }
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
        self.entries.get(self.source, Key::new(key)).map(|kept| kept.get(self.source))
    }

    /// The value of the null key.
    pub fn get_at_null(self) -> Option<Extra<'a>> {
        self.entries.get(self.source, Key::NULL).map(|kept| kept.get(self.source))
    }
}

impl<'a> IntoIterator for Extras<'a> {
    type Item = (Option<&'a str>, Extra<'a>);
    type IntoIter = ExtrasIter<'a>;

    fn into_iter(self) -> Self::IntoIter {
        ExtrasIter { source: self.source, entries: self.entries.iter() }
    }
}

/// The extras of an intent, one by one.
#[derive(Clone)]
pub struct ExtrasIter<'a> {
    source: &'a str,
    entries: hash_ordered::Iter<'a, KeptExtra>,
}

impl<'a> Iterator for ExtrasIter<'a> {
    type Item = (Option<&'a str>, Extra<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        self.entries.next().map(|entry| (entry.key(self.source), entry.value.get(self.source)))
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
pub struct ExtrasMut<'a> {
    source: &'a str,
    entries: &'a mut HashOrdered<KeptExtra>,
}

impl<'a> ExtrasMut<'a> {
    pub(super) const fn new(source: &'a str, entries: &'a mut HashOrdered<KeptExtra>) -> Self {
        Self { source, entries }
    }

    /// Inserts a value, and returns the one that it replaces.
    pub fn insert<'v>(
        &mut self,
        key: impl Into<String>,
        value: impl Into<Extra<'v>>,
    ) -> Option<Extra<'static>> {
        self.put(Some(Text::from(key.into())), value.into())
    }

    /// Inserts a value at the null key, which prints as `null`.
    pub fn insert_at_null<'v>(&mut self, value: impl Into<Extra<'v>>) -> Option<Extra<'static>> {
        self.put(None, value.into())
    }

    /// Removes a value.
    pub fn remove(&mut self, key: &str) -> Option<Extra<'static>> {
        self.take(Key::new(key))
    }

    /// Removes the value of the null key.
    pub fn remove_at_null(&mut self) -> Option<Extra<'static>> {
        self.take(Key::NULL)
    }

    fn put(&mut self, key: Option<Text>, value: Extra<'_>) -> Option<Extra<'static>> {
        let old = self.entries.insert(self.source, key, KeptExtra::new(value))?;
        Some(old.get(self.source).into_owned())
    }

    fn take(&mut self, key: Key<'_>) -> Option<Extra<'static>> {
        let removed = self.entries.remove(self.source, key)?;
        Some(removed.get(self.source).into_owned())
    }
}

impl fmt::Debug for ExtrasMut<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Extras::new(self.source, self.entries).fmt(f)
    }
}
