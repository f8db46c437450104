//! What an intent keeps: texts, and entries in the order of `android.util.ArrayMap` and `ArraySet`.
//!
//! An intent that was read from a URI keeps that URI as its *source*, and most of its texts are places in
//! there: what stands in a URI as `toUri` writes it is neither decoded nor copied, nor encoded again.

use std::borrow::{Borrow, Cow};
use std::collections::BTreeMap;
use std::{fmt, mem};

/// A place in the source of an intent, in bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Span {
    pub(super) const NOTHING: Self = Self { start: 0, end: 0 };

    /// The same with a text before it, which stands there.
    pub(super) fn with_before(self, text: &str) -> Self {
        Self { start: self.start.saturating_sub(text.len()), ..self }
    }

    pub(super) fn of(self, source: &str) -> &str {
        source.get(self.start..self.end).unwrap_or_default()
    }
}

/// A text of an intent.
#[derive(Clone)]
pub(super) enum Text {
    /// It stands in the source, after the name of its item, without an escape.
    Read(Span),
    Own(Cow<'static, str>),
}

impl Text {
    pub(super) fn get<'t>(&'t self, source: &'t str) -> &'t str {
        match self {
            Self::Read(span) => span.of(source),
            Self::Own(text) => text,
        }
    }

    pub(super) fn own(text: impl Into<String>) -> Self {
        Self::Own(Cow::Owned(text.into()))
    }
}

/// Up to how many entries a sorted list is quicker than a tree.
const FEW: usize = 32;

/// Entries in the order in which Android's hash-ordered containers hold them: by Java's signed hash of the
/// key, equal hashes by first insertion. An equal key replaces the value in place. The keys may stand in the
/// source of the intent.
///
/// However many entries there are, and however many of their hashes are equal, an insertion takes no more
/// than a search in a tree does.
#[derive(Clone)]
pub(super) enum HashOrdered<V> {
    Few(Vec<Entry<V>>),
    Many(Box<Tree<V>>),
}

/// A key, which is `None` where Java has null, and its value.
#[derive(Clone)]
pub(super) struct Entry<V> {
    hash: i32,
    pub(super) key: Option<Text>,
    pub(super) value: V,
}

impl<V> Entry<V> {
    pub(super) fn key<'m>(&'m self, source: &'m str) -> Option<&'m str> {
        self.key.as_ref().map(|key| key.get(source))
    }
}

/// More entries than a list is good for.
#[derive(Clone)]
pub(super) struct Tree<V> {
    /// By hash and rank.
    entries: BTreeMap<(i32, usize), Entry<V>>,
    /// The rank of each key: how many came before it.
    ranks: BTreeMap<Option<Box<str>>, usize>,
    next_rank: usize,
}

impl<V> Tree<V> {
    fn place(&self, key: Option<&str>) -> Option<(i32, usize)> {
        // A tree is searched by a key of its own type.
        let rank = self.ranks.get(&key.map(Box::from))?;
        Some((java_hash(key), *rank))
    }

    fn insert(&mut self, source: &str, entry: Entry<V>) -> Option<V> {
        let key = entry.key(source);
        if let Some(known) = self.place(key).and_then(|place| self.entries.get_mut(&place)) {
            return Some(mem::replace(&mut known.value, entry.value));
        }
        self.ranks.insert(key.map(Box::from), self.next_rank);
        self.entries.insert((entry.hash, self.next_rank), entry);
        self.next_rank = self.next_rank.saturating_add(1);
        None
    }
}

impl<V> HashOrdered<V> {
    pub(super) fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// The entries in Android's order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Entry<V>> {
        let (few, many) = match self {
            Self::Few(entries) => (entries.as_slice(), None),
            Self::Many(tree) => (Default::default(), Some(tree.entries.values())),
        };
        few.iter().chain(many.into_iter().flatten())
    }

    /// Makes room for so many more entries at once, as far as they go into a list.
    pub(super) fn reserve(&mut self, more: usize) {
        if let Self::Few(entries) = self {
            entries.reserve(more.min(FEW.saturating_sub(entries.len())));
        }
    }

    pub(super) fn get(&self, source: &str, key: Option<&str>) -> Option<&V> {
        let entry = match self {
            Self::Few(entries) => entries.get(find(entries, source, key).ok()?),
            Self::Many(tree) => tree.entries.get(&tree.place(key)?),
        };
        entry.map(|entry| &entry.value)
    }

    /// Inserts a value at a text, or at Java's null. An equal key keeps its place and gets the value; the old
    /// one is returned.
    pub(super) fn insert(&mut self, source: &str, key: Option<Text>, value: V) -> Option<V> {
        let text = key.as_ref().map(|key| key.get(source));
        let hash = java_hash(text);
        match self {
            Self::Few(entries) => match find(entries, source, text) {
                Ok(at) => entries.get_mut(at).map(|known| mem::replace(&mut known.value, value)),
                Err(at) if entries.len() < FEW => {
                    entries.insert(at, Entry { hash, key, value });
                    None
                }
                Err(_) => {
                    let mut tree = Tree { entries: BTreeMap::new(), ranks: BTreeMap::new(), next_rank: 0 };
                    for entry in mem::take(entries).into_iter().chain([Entry { hash, key, value }]) {
                        tree.insert(source, entry);
                    }
                    *self = Self::Many(Box::new(tree));
                    None
                }
            },
            Self::Many(tree) => tree.insert(source, Entry { hash, key, value }),
        }
    }

    /// As [`insert`](Self::insert), for a key of ASCII that stands in the source: in order, as a rule.
    #[inline]
    pub(super) fn insert_read(&mut self, source: &str, key: Span, value: impl Fn() -> V) {
        let hash = ascii_hash(key.of(source).as_bytes());
        if let Self::Few(entries) = self {
            if entries.len() < FEW && entries.last().is_none_or(|last| last.hash < hash) {
                entries.extend(std::iter::once(key).map(|key| Entry {
                    hash,
                    key: Some(Text::Read(key)),
                    value: value(),
                }));
                return;
            }
        }
        self.insert(source, Some(Text::Read(key)), value());
    }

    pub(super) fn remove(&mut self, source: &str, key: Option<&str>) -> Option<V> {
        let entry = match self {
            Self::Few(entries) => entries.remove(find(entries, source, key).ok()?),
            Self::Many(tree) => {
                let place = tree.place(key)?;
                tree.ranks.remove(&key.map(Box::from));
                tree.entries.remove(&place)?
            }
        };
        Some(entry.value)
    }
}

/// Where a key is, or where it would go: after all entries with its hash.
fn find<V>(entries: &[Entry<V>], source: &str, key: Option<&str>) -> Result<usize, usize> {
    let hash = java_hash(key);
    let first = entries.partition_point(|entry| entry.hash < hash);
    let run = entries.iter().skip(first).take_while(|entry| entry.hash == hash);
    match run.clone().position(|entry| entry.key(source) == key) {
        Some(at) => Ok(first.saturating_add(at)),
        None => Err(first.saturating_add(run.count())),
    }
}

impl<V> Default for HashOrdered<V> {
    fn default() -> Self {
        Self::Few(Vec::new())
    }
}

/// `String.hashCode`, and 0 for null: over UTF-16 units, `31·hash + unit`, wrapped to 32 bits.
fn java_hash(text: Option<&str>) -> i32 {
    let text = text.unwrap_or_default();
    if text.is_ascii() {
        return ascii_hash(text.as_bytes());
    }
    text.encode_utf16().fold(0, |hash: i32, unit| hash.wrapping_mul(31).wrapping_add(i32::from(unit)))
}

/// The same over bytes: four at a time, since one by one each would wait for the multiplication before it.
fn ascii_hash(text: &[u8]) -> i32 {
    const POWERS: [i32; 4] = [31 * 31 * 31, 31 * 31, 31, 1];
    let add = |hash: i32, (byte, power): (&u8, i32)| hash.wrapping_add(i32::from(*byte).wrapping_mul(power));
    let fours = text.chunks_exact(4);
    let rest = fours.remainder();
    let hash = fours
        .fold(0_i32, |hash, four| four.iter().zip(POWERS).fold(hash.wrapping_mul(31 * 31 * 31 * 31), add));
    rest.iter().fold(hash, |hash, byte| add(hash.wrapping_mul(31), (byte, 1)))
}

/// Items in the order in which they were added, each once. Adding and finding one takes no more
/// than a search in a tree, however many there are.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Distinct<T> {
    items: Vec<T>,
    /// The place of each item.
    places: BTreeMap<T, usize>,
}

impl<T: Clone + Ord> Distinct<T> {
    pub(super) fn as_slice(&self) -> &[T] {
        &self.items
    }

    /// Adds an item, if it is not there, and gives its place.
    pub(super) fn add(&mut self, item: T) -> usize {
        if let Some(place) = self.place(&item) {
            return place;
        }
        let place = self.items.len();
        self.places.insert(item.clone(), place);
        self.items.push(item);
        place
    }

    /// Where an item is, if it is there.
    pub(super) fn place<Q: Ord + ?Sized>(&self, item: &Q) -> Option<usize>
    where
        T: Borrow<Q>,
    {
        self.places.get(item).copied()
    }
}

impl<T> Default for Distinct<T> {
    fn default() -> Self {
        Self { items: Vec::new(), places: BTreeMap::new() }
    }
}

impl<T: fmt::Debug> fmt::Debug for Distinct<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.items.fmt(f)
    }
}
