//! The order of `android.util.ArrayMap` and `ArraySet`.

use std::fmt;
use std::hash::{Hash, Hasher};

use super::java_hash::{java_hash, known_hash};
use super::scan::Keep;

/// Up to how many entries an insertion at the right place costs less than a later sort.
const FEW: usize = 64;

/// Entries in the order in which Android's hash-ordered containers hold them: by Java's signed hash of the key, equal
/// hashes by first insertion. An equal key replaces the value in place.
///
/// Kept in order at insertion, so that printing needs no sort. One insertion costs a binary search and a shift, as in
/// Android. All keys lie in one block of memory.
#[derive(Clone)]
pub(super) struct HashOrdered<V> {
    keys: String,
    entries: Vec<Entry<V>>,
}

#[derive(Clone)]
struct Entry<V> {
    hash: i32,
    null: bool,
    /// Whether no char of the key is known to need an escape.
    plain: bool,
    /// Where the key begins among the keys.
    start: usize,
    len: usize,
    value: V,
}

/// A key, its hash, and whether it is known that no char of it needs an escape.
#[derive(Clone, Copy)]
pub(super) struct Key<'a> {
    /// `None` is Java's null, which prints as `null`.
    pub(super) text: Option<&'a str>,
    pub(super) hash: i32,
    pub(super) plain: bool,
}

impl<'a> Key<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let plain = Keep::Unreserved.keeps_all(text.as_bytes());
        Self { text: Some(text), hash: java_hash(text), plain }
    }

    /// A key of unreserved chars, known at compile time.
    pub(super) const fn known(text: &'static str) -> Self {
        Self { text: Some(text), hash: known_hash(text), plain: true }
    }

    pub(super) const NULL: Self = Self { text: None, hash: 0, plain: true };
}

impl<V> HashOrdered<V> {
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = (Key<'_>, &V)> {
        self.entries
            .iter()
            .map(|entry| (Key { text: self.key(entry), hash: entry.hash, plain: entry.plain }, &entry.value))
    }

    pub(super) fn values(&self) -> impl Iterator<Item = &V> {
        self.entries.iter().map(|entry| &entry.value)
    }

    /// How many bytes all keys have together.
    pub(super) fn size_of_keys(&self) -> usize {
        self.keys.len()
    }

    fn key(&self, entry: &Entry<V>) -> Option<&str> {
        let (_, text) = self.keys.split_at_checked(entry.start)?;
        let (key, _) = text.split_at_checked(entry.len)?;
        (!entry.null).then_some(key)
    }

    pub(super) fn get(&self, key: Option<&str>) -> Option<&V> {
        let at = self.find(key.map_or(0, java_hash), key).ok()?;
        self.entries.get(at).map(|entry| &entry.value)
    }

    /// Inserts, or replaces the value of an equal key and gives the old one.
    pub(super) fn insert(&mut self, key: Key<'_>, value: V) -> Option<V> {
        let at = match self.find(key.hash, key.text) {
            Ok(at) => {
                return self.entries.get_mut(at).map(|entry| std::mem::replace(&mut entry.value, value));
            }
            Err(at) => at,
        };
        self.push(key, value);
        self.entries.get_mut(at..)?.rotate_right(1);
        None
    }

    #[inline]
    fn push(&mut self, key: Key<'_>, value: V) {
        let text = key.text.unwrap_or_default();
        let start = self.keys.len();
        self.keys.push_str(text);
        self.entries.push(Entry {
            hash: key.hash,
            null: key.text.is_none(),
            plain: key.plain,
            start,
            len: text.len(),
            value,
        });
    }

    /// Inserts as [`HashOrdered::insert`] does, but puts off the work when there are many, so that reading `n` entries
    /// costs no more than sorting them. Nothing else may be called before [`HashOrdered::settle`].
    ///
    /// The first one makes room for as many as `expected` tells.
    #[inline]
    pub(super) fn insert_deferred(&mut self, key: Key<'_>, value: V, expected: impl FnOnce() -> usize) {
        if self.entries.capacity() == 0 {
            let entries = expected();
            self.entries = Vec::with_capacity(entries);
            self.keys =
                String::with_capacity(entries.saturating_mul(USUAL_KEY).max(key.text.map_or(0, str::len)));
        }
        // The items of a printed URI come in order.
        if self.entries.len() >= FEW || self.entries.last().is_none_or(|last| last.hash < key.hash) {
            self.push(key, value);
        } else {
            self.insert(key, value);
        }
    }

    /// Brings entries that were put off to their places.
    pub(super) fn settle(&mut self) {
        if self.entries.len() > FEW {
            self.sort();
        }
    }

    #[cold]
    fn sort(&mut self) {
        let entries = std::mem::take(&mut self.entries);
        let mut numbered: Vec<(usize, Entry<V>)> = entries.into_iter().enumerate().collect();
        // Stable, so that entries with an equal key stay in the order of insertion.
        numbered.sort_by(|(_, one), (_, other)| {
            one.hash.cmp(&other.hash).then_with(|| self.key(one).cmp(&self.key(other)))
        });
        // Of those the first gives the place and the last the value.
        numbered.dedup_by(|(_, later), (_, first)| {
            let equal = later.hash == first.hash && self.key(later) == self.key(first);
            if equal {
                std::mem::swap(&mut later.value, &mut first.value);
            }
            equal
        });
        numbered.sort_by_key(|(number, entry)| (entry.hash, *number));
        self.entries = numbered.into_iter().map(|(_, entry)| entry).collect();
    }

    pub(super) fn remove(&mut self, key: Option<&str>) -> Option<V> {
        let at = self.find(key.map_or(0, java_hash), key).ok()?;
        let removed = self.entries.remove(at);
        let kept = self.keys.split_off(removed.start);
        self.keys.push_str(kept.get(removed.len..).unwrap_or_default());
        for entry in self.entries.iter_mut().filter(|entry| entry.start > removed.start) {
            entry.start = entry.start.saturating_sub(removed.len);
        }
        Some(removed.value)
    }

    /// Where the key is, or where it would go: behind all entries with its hash.
    fn find(&self, hash: i32, key: Option<&str>) -> Result<usize, usize> {
        let first = self.entries.partition_point(|entry| entry.hash < hash);
        let run = self.entries.iter().skip(first).take_while(|entry| entry.hash == hash);
        let mut end = first;
        for entry in run {
            if self.key(entry) == key {
                return Ok(end);
            }
            end = end.saturating_add(1);
        }
        Err(end)
    }
}

/// How many bytes a key usually has at most.
const USUAL_KEY: usize = 16;

impl<V> Default for HashOrdered<V> {
    fn default() -> Self {
        Self { keys: String::new(), entries: Vec::new() }
    }
}

impl<V: PartialEq> PartialEq for HashOrdered<V> {
    fn eq(&self, other: &Self) -> bool {
        self.iter()
            .map(|(key, value)| (key.text, value))
            .eq(other.iter().map(|(key, value)| (key.text, value)))
    }
}

impl<V: Eq> Eq for HashOrdered<V> {}

impl<V: Hash> Hash for HashOrdered<V> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.len().hash(state);
        for (key, value) in self.iter() {
            key.text.hash(state);
            value.hash(state);
        }
    }
}

impl<V: fmt::Debug> fmt::Debug for HashOrdered<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter().map(|(key, value)| (key.text, value))).finish()
    }
}
