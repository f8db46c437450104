//! The order of `android.util.ArrayMap` and `ArraySet`.

use std::borrow::Cow;
use std::collections::btree_map::{self, BTreeMap, Entry};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::iter::Peekable;
use std::{mem, slice, vec};

/// Up to how many entries a sorted list is quicker than a tree.
const FEW: usize = 32;

/// A key of a map: a text or Java's null. The order is that of the hash; among equal hashes it serves the search alone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Key<'k> {
    hash: i32,
    text: Option<Cow<'k, str>>,
}

impl<'k> Key<'k> {
    pub(super) const NULL: Self = Self { hash: 0, text: None };

    pub(super) fn new(text: impl Into<Cow<'k, str>>) -> Self {
        let text = text.into();
        Self { hash: java_hash(&text), text: Some(text) }
    }

    fn to_static(&self) -> Key<'static> {
        Key { hash: self.hash, text: self.text().map(|text| Cow::Owned(text.to_owned())) }
    }

    pub(super) fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }
}

/// Entries in the order in which Android's hash-ordered containers hold them: by Java's signed hash of the key, equal
/// hashes by first insertion. An equal key replaces the value in place.
///
/// However many entries there are, and however many of their hashes are equal, an insertion takes no more than a search in a
/// tree does.
#[derive(Clone)]
pub(super) enum HashOrdered<V> {
    Few(Vec<(Key<'static>, V)>),
    Many { tree: BTreeMap<Key<'static>, Ranked<V>>, next_rank: usize },
}

/// A value of the tree, which keeps the order of insertion beside it.
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

    pub(super) fn iter(&self) -> Iter<'_, V> {
        match self {
            Self::Few(entries) => Iter::Few(entries.iter()),
            Self::Many { tree, .. } => {
                Iter::Many { rest: tree.iter().peekable(), tied: Vec::new().into_iter() }
            }
        }
    }

    pub(super) fn get(&self, key: &Key<'_>) -> Option<&V> {
        match self {
            Self::Few(entries) => entries.get(find(entries, key).ok()?).map(|(_, value)| value),
            Self::Many { tree, .. } => tree.get(&key.to_static()).map(|ranked| &ranked.value),
        }
    }

    /// Inserts, or replaces the value of an equal key in its place and gives the old one.
    pub(super) fn insert(&mut self, key: Key<'static>, value: V) -> Option<V> {
        match self {
            Self::Few(entries) => match find(entries, &key) {
                Ok(at) => entries.get_mut(at).map(|(_, old)| mem::replace(old, value)),
                Err(at) if entries.len() < FEW => {
                    entries.insert(at.min(entries.len()), (key, value));
                    None
                }
                Err(_) => {
                    let ranked = |(rank, (key, value))| (key, Ranked { rank, value });
                    let mut tree: BTreeMap<_, _> =
                        mem::take(entries).into_iter().enumerate().map(ranked).collect();
                    tree.insert(key, Ranked { rank: FEW, value });
                    *self = Self::Many { tree, next_rank: FEW.saturating_add(1) };
                    None
                }
            },
            Self::Many { tree, next_rank } => match tree.entry(key) {
                Entry::Occupied(mut old) => Some(mem::replace(&mut old.get_mut().value, value)),
                Entry::Vacant(place) => {
                    place.insert(Ranked { rank: *next_rank, value });
                    *next_rank = next_rank.saturating_add(1);
                    None
                }
            },
        }
    }

    pub(super) fn remove(&mut self, key: &Key<'_>) -> Option<V> {
        match self {
            Self::Few(entries) => {
                let at = find(entries, key).ok()?;
                Some(entries.remove(at).1)
            }
            Self::Many { tree, .. } => tree.remove(&key.to_static()).map(|ranked| ranked.value),
        }
    }
}

/// Where a key is, or where it would go: after all entries with its hash.
fn find<V>(entries: &[(Key<'static>, V)], key: &Key<'_>) -> Result<usize, usize> {
    // A URI has its items in order, as a rule.
    if entries.last().is_none_or(|(last, _)| last.hash < key.hash) {
        return Err(entries.len());
    }
    let first = entries.partition_point(|(own, _)| own.hash < key.hash);
    let run = entries.iter().skip(first).take_while(|(own, _)| own.hash == key.hash);
    let mut end = first;
    for (own, _) in run {
        if own.text == key.text {
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

impl<V: PartialEq> PartialEq for HashOrdered<V> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl<V: Eq> Eq for HashOrdered<V> {}

impl<V: Hash> Hash for HashOrdered<V> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.len().hash(state);
        self.iter().for_each(|entry| entry.hash(state));
    }
}

impl<V: fmt::Debug> fmt::Debug for HashOrdered<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

/// The entries in Android's order; a key is `None` where Java has null.
#[derive(Clone)]
pub(super) enum Iter<'m, V> {
    Few(slice::Iter<'m, (Key<'static>, V)>),
    Many {
        rest: Peekable<btree_map::Iter<'m, Key<'static>, Ranked<V>>>,
        /// What is left of the entries with one hash, by rank.
        tied: vec::IntoIter<(&'m Key<'static>, &'m Ranked<V>)>,
    },
}

impl<'m, V> Iterator for Iter<'m, V> {
    type Item = (Option<&'m str>, &'m V);

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::Few(entries) => entries.next().map(|(key, value)| (key.text(), value)),
            Self::Many { rest, tied } => {
                let (key, ranked) = tied.next().or_else(|| {
                    let first = rest.next()?;
                    let is_tied = |next: &(&'m Key<'static>, &'m Ranked<V>)| next.0.hash == first.0.hash;
                    if !rest.peek().is_some_and(is_tied) {
                        return Some(first);
                    }
                    let mut run = vec![first];
                    run.extend(std::iter::from_fn(|| rest.next_if(is_tied)));
                    run.sort_unstable_by_key(|(_, ranked)| ranked.rank);
                    *tied = run.into_iter();
                    tied.next()
                })?;
                Some((key.text(), &ranked.value))
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let len = match self {
            Self::Few(entries) => entries.len(),
            Self::Many { rest, tied } => rest.len().saturating_add(tied.len()),
        };
        (len, Some(len))
    }
}

impl<V> ExactSizeIterator for Iter<'_, V> {}

/// `String.hashCode`: over UTF-16 units, `31·hash + unit`, wrapped to 32 bits.
fn java_hash(text: &str) -> i32 {
    let step = |hash: i32, unit: i32| hash.wrapping_mul(31).wrapping_add(unit);
    if !text.is_ascii() {
        return text.encode_utf16().fold(0, |hash, unit| step(hash, i32::from(unit)));
    }
    // Four at a time, since one by one each would wait for the multiplication before it.
    const POWER_4: i32 = 31 * 31 * 31 * 31;
    let fours = text.as_bytes().chunks_exact(4);
    let rest = fours.remainder();
    let hash = fours.fold(0_i32, |hash, four| {
        hash.wrapping_mul(POWER_4).wrapping_add(four.iter().fold(0, |sum, byte| step(sum, i32::from(*byte))))
    });
    rest.iter().fold(hash, |hash, byte| step(hash, i32::from(*byte)))
}
