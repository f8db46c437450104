//! The order of `android.util.ArrayMap` and `ArraySet`.

use super::java_hash::{java_hash, known_hash};
use super::scan::Keep;
use super::texts::{Text, Texts};

/// Up to how many entries an insertion at the right place costs less than a later sort.
const FEW: usize = 64;

/// Entries in the order in which Android's hash-ordered containers hold them: by Java's signed hash of the key, equal
/// hashes by first insertion. An equal key replaces the value in place.
///
/// Kept in order at insertion, so that printing needs no sort. One insertion costs a binary search and a shift, as in
/// Android. The keys stand among the texts of the intent, which every method is given.
#[derive(Clone)]
pub(super) struct HashOrdered<V> {
    entries: Vec<Entry<V>>,
}

#[derive(Clone)]
struct Entry<V> {
    hash: i32,
    null: bool,
    key: Text,
    value: V,
}

impl<V> Entry<V> {
    fn key<'t>(&self, texts: &'t Texts) -> Option<&'t str> {
        (!self.null).then(|| texts.get(self.key))
    }
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

    pub(super) fn iter<'t>(
        &'t self,
        texts: &'t Texts,
    ) -> impl ExactSizeIterator<Item = (Key<'t>, &'t V)> + use<'t, V> {
        self.entries.iter().map(|entry| {
            let plain = entry.key.is_plain(Keep::Unreserved);
            (Key { text: entry.key(texts), hash: entry.hash, plain }, &entry.value)
        })
    }

    pub(super) fn values(&self) -> impl Iterator<Item = &V> {
        self.entries.iter().map(|entry| &entry.value)
    }

    /// Where the keys stand, and the values.
    pub(super) fn entries_mut(&mut self) -> impl Iterator<Item = (&mut Text, &mut V)> {
        self.entries.iter_mut().map(|entry| (&mut entry.key, &mut entry.value))
    }

    pub(super) fn get(&self, texts: &Texts, key: Option<&str>) -> Option<&V> {
        let at = self.find(texts, key.map_or(0, java_hash), key).ok()?;
        self.entries.get(at).map(|entry| &entry.value)
    }

    /// Inserts, or replaces the value of an equal key and gives the old one.
    pub(super) fn insert(&mut self, texts: &mut Texts, key: Key<'_>, value: V) -> Option<V> {
        let at = match self.find(texts, key.hash, key.text) {
            Ok(at) => {
                return self.entries.get_mut(at).map(|entry| std::mem::replace(&mut entry.value, value));
            }
            Err(at) => at,
        };
        self.push(texts, key, value);
        self.entries.get_mut(at..)?.rotate_right(1);
        None
    }

    #[inline]
    fn push(&mut self, texts: &mut Texts, key: Key<'_>, value: V) {
        let text = texts.keep_known(key.text.unwrap_or_default(), key.plain.then_some(Keep::Unreserved));
        self.entries.push(Entry { hash: key.hash, null: key.text.is_none(), key: text, value });
    }

    /// Inserts as [`HashOrdered::insert`] does, but puts off the work when there are many, so that reading `n` entries
    /// costs no more than sorting them. Nothing else may be called before [`HashOrdered::settle`].
    ///
    /// The first one makes room for as many as `expected` tells.
    #[inline]
    pub(super) fn insert_deferred(
        &mut self,
        texts: &mut Texts,
        key: Key<'_>,
        value: V,
        expected: impl FnOnce() -> usize,
    ) {
        if self.entries.capacity() == 0 {
            self.entries = Vec::with_capacity(expected());
        }
        // The items of a printed URI come in order.
        if self.entries.len() >= FEW || self.entries.last().is_none_or(|last| last.hash < key.hash) {
            self.push(texts, key, value);
        } else {
            self.insert(texts, key, value);
        }
    }

    /// Brings entries that were put off to their places.
    pub(super) fn settle(&mut self, texts: &Texts) {
        if self.entries.len() > FEW {
            self.sort(texts);
        }
    }

    #[cold]
    fn sort(&mut self, texts: &Texts) {
        let entries = std::mem::take(&mut self.entries);
        let mut numbered: Vec<(usize, Entry<V>)> = entries.into_iter().enumerate().collect();
        // Stable, so that entries with an equal key stay in the order of insertion.
        numbered.sort_by(|(_, one), (_, other)| {
            one.hash.cmp(&other.hash).then_with(|| one.key(texts).cmp(&other.key(texts)))
        });
        // Of those the first gives the place and the last the value.
        numbered.dedup_by(|(_, later), (_, first)| {
            let equal = later.hash == first.hash && later.key(texts) == first.key(texts);
            if equal {
                std::mem::swap(&mut later.value, &mut first.value);
            }
            equal
        });
        numbered.sort_by_key(|(number, entry)| (entry.hash, *number));
        self.entries = numbered.into_iter().map(|(_, entry)| entry).collect();
    }

    pub(super) fn remove(&mut self, texts: &mut Texts, key: Option<&str>) -> Option<V> {
        let at = self.find(texts, key.map_or(0, java_hash), key).ok()?;
        let removed = self.entries.remove(at);
        texts.forget(removed.key);
        Some(removed.value)
    }

    /// Where the key is, or where it would go: behind all entries with its hash.
    fn find(&self, texts: &Texts, hash: i32, key: Option<&str>) -> Result<usize, usize> {
        let first = self.entries.partition_point(|entry| entry.hash < hash);
        let run = self.entries.iter().skip(first).take_while(|entry| entry.hash == hash);
        let mut end = first;
        for entry in run {
            if entry.key(texts) == key {
                return Ok(end);
            }
            end = end.saturating_add(1);
        }
        Err(end)
    }
}

impl<V> Default for HashOrdered<V> {
    fn default() -> Self {
        Self { entries: Vec::new() }
    }
}
