//! The order of `android.util.ArrayMap` and `ArraySet`.

use std::collections::btree_map::{self, BTreeMap};
use std::iter::Peekable;
use std::{mem, slice, vec};

use super::text::{Span, Text};

/// Up to how many entries a sorted list is quicker than a tree.
const FEW: usize = 32;

/// A key that is looked for: a text or Java's null.
#[derive(Clone, Copy)]
pub(super) struct Key<'k> {
    hash: i32,
    text: Option<&'k str>,
}

impl<'k> Key<'k> {
    pub(super) const NULL: Self = Self { hash: 0, text: None };

    pub(super) fn new(text: &'k str) -> Self {
        Self { hash: java_hash(text), text: Some(text) }
    }

    /// The key as it stands in the tree: among equal hashes the order serves the search alone.
    fn in_tree(self) -> TreeKey {
        (self.hash, self.text.map(Into::into))
    }
}

type TreeKey = (i32, Option<Box<str>>);

/// Entries in the order in which Android's hash-ordered containers hold them: by Java's signed hash of the key, equal
/// hashes by first insertion. An equal key replaces the value in place. The keys may stand in the source of the intent.
///
/// However many entries there are, and however many of their hashes are equal, an insertion takes no more than a search in a
/// tree does.
#[derive(Clone)]
pub(super) enum HashOrdered<V> {
    Few(Vec<ListEntry<V>>),
    Many { tree: BTreeMap<TreeKey, Ranked<V>>, next_rank: usize },
}

#[derive(Clone)]
pub(super) struct ListEntry<V> {
    hash: i32,
    key: Option<Text>,
    value: V,
}

impl<V> ListEntry<V> {
    fn key<'m>(&'m self, source: &'m str) -> Option<&'m str> {
        self.key.as_ref().map(|key| key.get(source))
    }
}

/// A value of the tree, with its place in the order of insertion.
#[derive(Clone)]
pub(super) struct Ranked<V> {
    rank: usize,
    value: V,
}

impl<V> HashOrdered<V> {
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Few(entries) => entries.len(),
            Self::Many { tree, .. } => tree.len(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(super) fn iter<'m>(&'m self, source: &'m str) -> Iter<'m, V> {
        match self {
            Self::Few(entries) => Iter::Few { source, entries: entries.iter() },
            Self::Many { tree, .. } => {
                Iter::Many { rest: tree.iter().peekable(), tied: Vec::new().into_iter() }
            }
        }
    }

    /// Makes room for so many more entries at once, as far as they go into a list.
    pub(super) fn reserve(&mut self, more: usize) {
        if let Self::Few(entries) = self {
            entries.reserve(more.min(FEW.saturating_sub(entries.len())));
        }
    }

    pub(super) fn get(&self, source: &str, key: Key<'_>) -> Option<&V> {
        match self {
            Self::Few(entries) => entries.get(find(entries, source, key).ok()?).map(|entry| &entry.value),
            Self::Many { tree, .. } => tree.get(&key.in_tree()).map(|ranked| &ranked.value),
        }
    }

    /// Inserts a value at a text, or at Java's null. An equal key keeps its place and gets the value; the old one is returned.
    pub(super) fn insert(&mut self, source: &str, key: Option<Text>, value: V) -> Option<V> {
        let lookup = key.as_ref().map_or(Key::NULL, |key| Key::new(key.get(source)));
        let hash = lookup.hash;
        match self {
            Self::Few(entries) => match find(entries, source, lookup) {
                Ok(at) => entries.get_mut(at).map(|entry| mem::replace(&mut entry.value, value)),
                Err(at) if entries.len() < FEW => {
                    entries.push(ListEntry { hash, key, value });
                    if let Some(tail) = entries.get_mut(at..).filter(|tail| tail.len() > 1) {
                        tail.rotate_right(1);
                    }
                    None
                }
                Err(_) => {
                    let ranked = |(rank, entry): (usize, ListEntry<V>)| {
                        let key = Key { hash: entry.hash, text: entry.key(source) }.in_tree();
                        (key, Ranked { rank, value: entry.value })
                    };
                    let mut tree: BTreeMap<_, _> =
                        mem::take(entries).into_iter().enumerate().map(ranked).collect();
                    tree.insert(lookup.in_tree(), Ranked { rank: FEW, value });
                    *self = Self::Many { tree, next_rank: FEW.saturating_add(1) };
                    None
                }
            },
            Self::Many { tree, next_rank } => match tree.entry(lookup.in_tree()) {
                btree_map::Entry::Occupied(mut old) => Some(mem::replace(&mut old.get_mut().value, value)),
                btree_map::Entry::Vacant(place) => {
                    place.insert(Ranked { rank: *next_rank, value });
                    *next_rank = next_rank.saturating_add(1);
                    None
                }
            },
        }
    }

    /// As [`insert`](Self::insert), for a key of ASCII that stands in the source: in order, as a rule.
    #[inline]
    pub(super) fn insert_read(&mut self, source: &str, key: Span, value: V) {
        let hash = ascii_hash(key.of(source).as_bytes());
        if let Self::Few(entries) = self {
            if entries.len() < FEW && entries.last().is_none_or(|last| last.hash < hash) {
                entries.push(ListEntry { hash, key: Some(Text::Read(key)), value });
                return;
            }
        }
        self.insert(source, Some(Text::Read(key)), value);
    }

    pub(super) fn remove(&mut self, source: &str, key: Key<'_>) -> Option<V> {
        match self {
            Self::Few(entries) => {
                let at = find(entries, source, key).ok()?;
                Some(entries.remove(at).value)
            }
            Self::Many { tree, .. } => tree.remove(&key.in_tree()).map(|ranked| ranked.value),
        }
    }
}

/// Where a key is, or where it would go: after all entries with its hash.
fn find<V>(entries: &[ListEntry<V>], source: &str, key: Key<'_>) -> Result<usize, usize> {
    let first = entries.partition_point(|entry| entry.hash < key.hash);
    let run = entries.iter().skip(first).take_while(|entry| entry.hash == key.hash);
    let mut end = first;
    for entry in run {
        if entry.key(source) == key.text {
            return Ok(end);
        }
        end = end.saturating_add(1);
    }
    Err(end)
}

impl<V> Default for HashOrdered<V> {
    fn default() -> Self {
        Self::Few(Vec::new())
    }
}

/// A key and its value.
pub(super) struct Entry<'m, V> {
    key: EntryKey<'m>,
    pub(super) value: &'m V,
}

enum EntryKey<'m> {
    Few { source: &'m str, key: Option<&'m Text> },
    Many(Option<&'m str>),
}

impl<'m, V> Entry<'m, V> {
    /// The key; `None` where Java has null.
    pub(super) fn key(&self) -> Option<&'m str> {
        match self.key {
            EntryKey::Few { source, key } => key.map(|key| key.get(source)),
            EntryKey::Many(key) => key,
        }
    }

    /// Where the key is in the source, if it stands there.
    pub(super) fn place(&self) -> Option<Span> {
        match self.key {
            EntryKey::Few { key, .. } => key.and_then(Text::span),
            EntryKey::Many(_) => None,
        }
    }
}

/// The entries in Android's order.
#[derive(Clone)]
pub(super) enum Iter<'m, V> {
    Few {
        source: &'m str,
        entries: slice::Iter<'m, ListEntry<V>>,
    },
    Many {
        rest: Peekable<btree_map::Iter<'m, TreeKey, Ranked<V>>>,
        /// What is left of the entries with one hash, by rank.
        tied: vec::IntoIter<(&'m TreeKey, &'m Ranked<V>)>,
    },
}

impl<'m, V> Iterator for Iter<'m, V> {
    type Item = Entry<'m, V>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::Few { source, entries } => entries.next().map(|ListEntry { key, value, .. }| Entry {
                key: EntryKey::Few { source, key: key.as_ref() },
                value,
            }),
            Self::Many { rest, tied } => {
                let (key, ranked) = tied.next().or_else(|| {
                    let first = rest.next()?;
                    let is_tied = |next: &(&'m TreeKey, &'m Ranked<V>)| next.0.0 == first.0.0;
                    if !rest.peek().is_some_and(is_tied) {
                        return Some(first);
                    }
                    let mut run = vec![first];
                    run.extend(std::iter::from_fn(|| rest.next_if(is_tied)));
                    run.sort_unstable_by_key(|(_, ranked)| ranked.rank);
                    *tied = run.into_iter();
                    tied.next()
                })?;
                Some(Entry { key: EntryKey::Many(key.1.as_deref()), value: &ranked.value })
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let len = match self {
            Self::Few { entries, .. } => entries.len(),
            Self::Many { rest, tied } => rest.len().saturating_add(tied.len()),
        };
        (len, Some(len))
    }
}

impl<V> ExactSizeIterator for Iter<'_, V> {}

/// `String.hashCode`: over UTF-16 units, `31·hash + unit`, wrapped to 32 bits.
fn java_hash(text: &str) -> i32 {
    if text.is_ascii() {
        return ascii_hash(text.as_bytes());
    }
    text.encode_utf16().fold(0, |hash: i32, unit| hash.wrapping_mul(31).wrapping_add(i32::from(unit)))
}

/// The same over bytes: four at a time, since one by one each would wait for the multiplication before it.
fn ascii_hash(text: &[u8]) -> i32 {
    const POWER_4: i32 = 31 * 31 * 31 * 31;
    let step = |hash: i32, byte: &u8| hash.wrapping_mul(31).wrapping_add(i32::from(*byte));
    let fours = text.chunks_exact(4);
    let rest = fours.remainder();
    let hash =
        fours.fold(0_i32, |hash, four| hash.wrapping_mul(POWER_4).wrapping_add(four.iter().fold(0, step)));
    rest.iter().fold(hash, step)
}
