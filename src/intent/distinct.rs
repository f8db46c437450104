use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::fmt;
use std::hash::{Hash, Hasher};

/// Items in the order in which they were added, each once. Adding and finding one takes no more
/// than a search in a tree, however many there are.
#[derive(Clone)]
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

    /// Whether an item is there.
    pub(super) fn contains<Q: Ord + ?Sized>(&self, item: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.places.contains_key(item)
    }

    /// Where an item is.
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

impl<T: PartialEq> PartialEq for Distinct<T> {
    fn eq(&self, other: &Self) -> bool {
        self.items == other.items
    }
}

impl<T: Eq> Eq for Distinct<T> {}

impl<T: Hash> Hash for Distinct<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.items.hash(state);
    }
}

impl<T: fmt::Debug> fmt::Debug for Distinct<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.items.fmt(f)
    }
}
