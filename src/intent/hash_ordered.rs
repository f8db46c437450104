//! The order of `android.util.ArrayMap` and `ArraySet`.

use std::slice;

use super::java_hash::java_hash;
use super::texts::{KeyedItem, Span, Texts};

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
pub(super) struct Entry<V> {
    hash: i32,
    /// Whether the key is Java's null, which prints as the text that is kept.
    null: bool,
    keyed: KeyedItem,
    pub(super) value: V,
}

impl<V> Entry<V> {
    /// An entry by its key and the hash of that.
    #[inline]
    pub(super) fn new(hash: i32, keyed: KeyedItem, value: V) -> Self {
        Self { hash, null: false, keyed, value }
    }

    /// The same at Java's null.
    pub(super) fn at_null(self) -> Self {
        Self { hash: 0, null: true, ..self }
    }

    pub(super) fn key<'t>(&self, texts: &'t Texts) -> Option<&'t str> {
        (!self.null).then(|| texts.get(self.keyed.key))
    }

    /// The item as it is printed.
    pub(super) fn item(&self) -> Span {
        self.keyed.item
    }

    /// Says that its texts are no longer part of the intent.
    pub(super) fn forget(&self, texts: &mut Texts) {
        texts.forget_item(self.keyed);
    }

    /// Copies its texts here from others.
    pub(super) fn adopt(&mut self, texts: &mut Texts, from: &Texts) {
        texts.adopt_item(&mut self.keyed, from);
    }
}

impl<V> HashOrdered<V> {
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(super) fn iter(&self) -> slice::Iter<'_, Entry<V>> {
        self.entries.iter()
    }

    pub(super) fn iter_mut(&mut self) -> slice::IterMut<'_, Entry<V>> {
        self.entries.iter_mut()
    }

    pub(super) fn get(&self, texts: &Texts, key: Option<&str>) -> Option<&Entry<V>> {
        let at = self.find(texts, key.map_or(0, java_hash), key).ok()?;
        self.entries.get(at)
    }

    /// Inserts, or replaces the entry of an equal key in its place and gives it.
    pub(super) fn insert(&mut self, texts: &Texts, entry: Entry<V>) -> Option<Entry<V>> {
        match self.find(texts, entry.hash, entry.key(texts)) {
            Ok(at) => self.entries.get_mut(at).map(|replaced| std::mem::replace(replaced, entry)),
            Err(at) => {
                self.entries.push(entry);
                self.entries.get_mut(at..)?.rotate_right(1);
                None
            }
        }
    }

    /// Inserts as [`HashOrdered::insert`] does, but puts off the work when there are many, so that reading `n` entries
    /// costs no more than sorting them. Nothing else may be called before [`HashOrdered::settle`].
    ///
    /// The first one makes room for as many as `expected` tells.
    #[expect(
        clippy::inline_always,
        reason = "measured: an entry would be made in memory and then moved, at every extra"
    )]
    #[inline(always)]
    pub(super) fn insert_deferred(
        &mut self,
        texts: &Texts,
        entry: Entry<V>,
        expected: impl FnOnce() -> usize,
    ) {
        if self.entries.capacity() == 0 {
            self.entries = Vec::with_capacity(expected());
        }
        // The items of a printed URI come in order.
        if self.entries.len() >= FEW || self.entries.last().is_none_or(|last| last.hash < entry.hash) {
            self.entries.push(entry);
        } else {
            self.insert(texts, entry);
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
                std::mem::swap(later, first);
            }
            equal
        });
        numbered.sort_by_key(|(number, entry)| (entry.hash, *number));
        self.entries = numbered.into_iter().map(|(_, entry)| entry).collect();
    }

    pub(super) fn remove(&mut self, texts: &Texts, key: Option<&str>) -> Option<Entry<V>> {
        let at = self.find(texts, key.map_or(0, java_hash), key).ok()?;
        Some(self.entries.remove(at))
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
