//! The order of `android.util.ArrayMap` and `ArraySet`.

use std::hash::{Hash, Hasher};

/// Up to how many entries an insertion at the right place costs less than a later sort.
const FEW: usize = 64;

/// Entries in the order in which Android's hash-ordered containers hold them: by Java's signed hash of the key, equal
/// hashes by first insertion. An equal key replaces the value in place.
///
/// Kept in order at insertion, so that printing needs no sort. One insertion costs a binary search and a shift, as in
/// Android.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct HashOrdered<V> {
    entries: Vec<Entry<V>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry<V> {
    hash: i32,
    key: Option<Box<str>>,
    value: V,
}

impl<V: Hash> Hash for Entry<V> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key.hash(state);
        self.value.hash(state);
    }
}

impl<V> Default for HashOrdered<V> {
    fn default() -> Self {
        Self { entries: Vec::new() }
    }
}

impl<V> HashOrdered<V> {
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = (Option<&str>, &V)> {
        self.entries.iter().map(|entry| (entry.key.as_deref(), &entry.value))
    }

    pub(super) fn get(&self, key: Option<&str>) -> Option<&V> {
        let at = self.find(java_hash(key), key).ok()?;
        self.entries.get(at).map(|entry| &entry.value)
    }

    /// Inserts, or replaces the value of an equal key and gives the old one.
    pub(super) fn insert(&mut self, key: Option<Box<str>>, value: V) -> Option<V> {
        let hash = java_hash(key.as_deref());
        match self.find(hash, key.as_deref()) {
            Ok(at) => self.entries.get_mut(at).map(|entry| std::mem::replace(&mut entry.value, value)),
            Err(at) => {
                self.entries.insert(at, Entry { hash, key, value });
                None
            }
        }
    }

    /// Inserts as [`HashOrdered::insert`] does, but puts off the work when there are many, so that reading `n` entries
    /// costs no more than sorting them. Nothing else may be called before [`HashOrdered::settle`].
    pub(super) fn insert_deferred(&mut self, key: Option<Box<str>>, value: V) {
        if self.entries.len() < FEW {
            self.insert(key, value);
        } else {
            self.entries.push(Entry { hash: java_hash(key.as_deref()), key, value });
        }
    }

    /// Brings entries that were put off to their places.
    pub(super) fn settle(&mut self) {
        if self.entries.len() <= FEW {
            return;
        }
        let mut numbered: Vec<(usize, Entry<V>)> =
            std::mem::take(&mut self.entries).into_iter().enumerate().collect();
        // Stable, so that entries with an equal key stay in the order of insertion.
        numbered.sort_by(|(_, one), (_, other)| (one.hash, &one.key).cmp(&(other.hash, &other.key)));
        // Of those the first gives the place and the last the value.
        numbered.dedup_by(|(_, later), (_, first)| {
            let equal = later.key == first.key;
            if equal {
                std::mem::swap(&mut later.value, &mut first.value);
            }
            equal
        });
        numbered.sort_by_key(|(number, entry)| (entry.hash, *number));
        self.entries = numbered.into_iter().map(|(_, entry)| entry).collect();
    }

    pub(super) fn remove(&mut self, key: Option<&str>) -> Option<V> {
        let at = self.find(java_hash(key), key).ok()?;
        Some(self.entries.remove(at).value)
    }

    /// Where the key is, or where it would go: behind all entries with its hash.
    fn find(&self, hash: i32, key: Option<&str>) -> Result<usize, usize> {
        let first = self.entries.partition_point(|entry| entry.hash < hash);
        let run = self.entries.iter().skip(first).take_while(|entry| entry.hash == hash);
        let mut end = first;
        for entry in run {
            if entry.key.as_deref() == key {
                return Ok(end);
            }
            end = end.saturating_add(1);
        }
        Err(end)
    }
}

/// `String.hashCode`, over UTF-16 units; 0 for null.
pub(super) fn java_hash(key: Option<&str>) -> i32 {
    let step = |hash: i32, unit: u16| hash.wrapping_mul(31).wrapping_add(i32::from(unit));
    let Some(key) = key else { return 0 };
    if key.is_ascii() {
        key.bytes().fold(0, |hash, byte| step(hash, u16::from(byte)))
    } else {
        key.encode_utf16().fold(0, step)
    }
}
