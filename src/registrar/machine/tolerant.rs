//! Parts of a snapshot that are read one by one: what a part cannot be read as costs that part only.

use std::fmt;
use std::marker::PhantomData;
use std::slice::Iter;

use serde::de::{DeserializeOwned, Deserializer, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// A member that may be missing.
#[derive(Serialize)]
#[serde(transparent)]
pub(super) struct Tolerant<T> {
    value: Option<T>,
    /// It is there, and is none of these.
    #[serde(skip)]
    unread: bool,
}

impl<T> Tolerant<T> {
    pub(super) const fn is_none(&self) -> bool {
        self.value.is_none()
    }

    /// What it was read as.
    pub(super) const fn value(&self) -> Option<&T> {
        self.value.as_ref()
    }

    pub(super) fn into_value(self) -> Option<T> {
        self.value
    }

    /// How much of it does not read: nothing or one.
    pub(super) const fn unread(&self) -> usize {
        if self.unread { 1 } else { 0 }
    }
}

impl<T> From<Option<T>> for Tolerant<T> {
    fn from(value: Option<T>) -> Self {
        Self { value, unread: false }
    }
}

impl<T> Default for Tolerant<T> {
    fn default() -> Self {
        None.into()
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Tolerant<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?;
        let value = serde_json::from_str(raw.get()).ok();
        Ok(Self { unread: value.is_none(), value })
    }
}

/// A list, element by element.
#[derive(Serialize)]
#[serde(transparent)]
pub(super) struct TolerantList<T> {
    read: Vec<T>,
    /// How many are none of these. A list that is no list counts as one.
    #[serde(skip)]
    unread: usize,
}

impl<T> TolerantList<T> {
    pub(super) fn is_empty(&self) -> bool {
        self.read.is_empty()
    }

    /// Those that read.
    pub(super) fn iter(&self) -> Iter<'_, T> {
        self.read.iter()
    }

    pub(super) fn into_read(self) -> Vec<T> {
        self.read
    }

    /// How many do not read.
    pub(super) const fn unread(&self) -> usize {
        self.unread
    }
}

impl<T> FromIterator<T> for TolerantList<T> {
    fn from_iter<I: IntoIterator<Item = T>>(elements: I) -> Self {
        Self { read: elements.into_iter().collect(), unread: 0 }
    }
}

impl<T> Default for TolerantList<T> {
    fn default() -> Self {
        Self { read: Vec::new(), unread: 0 }
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for TolerantList<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?;
        Ok(serde_json::Deserializer::from_str(raw.get())
            .deserialize_seq(OneByOne(PhantomData))
            .unwrap_or(Self { read: Vec::new(), unread: 1 }))
    }
}

struct OneByOne<T>(PhantomData<T>);

impl<'de, T: DeserializeOwned> Visitor<'de> for OneByOne<T> {
    type Value = TolerantList<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut elements = TolerantList::default();
        while let Some(raw) = list.next_element::<&RawValue>()? {
            match serde_json::from_str(raw.get()) {
                Ok(element) => elements.read.push(element),
                Err(_) => elements.unread = elements.unread.saturating_add(1),
            }
        }
        Ok(elements)
    }
}
