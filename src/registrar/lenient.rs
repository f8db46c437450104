//! Parts of a snapshot that are read one by one: what a part cannot be read as costs that part only.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeOwned, Deserializer, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// A member that may be missing.
#[derive(Serialize)]
#[serde(transparent)]
pub(super) struct Member<T> {
    pub(super) value: Option<T>,
    /// It is there, and is none of these.
    #[serde(skip)]
    pub(super) unread: bool,
}

impl<T> Member<T> {
    pub(super) const fn is_none(&self) -> bool {
        self.value.is_none()
    }
}

impl<T> From<Option<T>> for Member<T> {
    fn from(value: Option<T>) -> Self {
        Self { value, unread: false }
    }
}

impl<T> Default for Member<T> {
    fn default() -> Self {
        None.into()
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Member<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?;
        Ok(serde_json::from_str::<Option<T>>(raw.get())
            .map_or(Self { value: None, unread: true }, Self::from))
    }
}

/// A list, element by element.
#[derive(Serialize)]
#[serde(transparent)]
pub(super) struct Elements<T> {
    pub(super) read: Vec<T>,
    /// How many are none of these. A list that is no list counts as one.
    #[serde(skip)]
    pub(super) unread: usize,
}

impl<T> Elements<T> {
    pub(super) fn is_empty(&self) -> bool {
        self.read.is_empty()
    }
}

impl<T> From<Vec<T>> for Elements<T> {
    fn from(read: Vec<T>) -> Self {
        Self { read, unread: 0 }
    }
}

impl<T> Default for Elements<T> {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Elements<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?;
        Ok(serde_json::Deserializer::from_str(raw.get())
            .deserialize_seq(OneByOne(PhantomData))
            .unwrap_or(Self { read: Vec::new(), unread: 1 }))
    }
}

struct OneByOne<T>(PhantomData<T>);

impl<'de, T: DeserializeOwned> Visitor<'de> for OneByOne<T> {
    type Value = Elements<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut elements = Elements::default();
        while let Some(raw) = list.next_element::<&RawValue>()? {
            match serde_json::from_str(raw.get()) {
                Ok(element) => elements.read.push(element),
                Err(_) => elements.unread = elements.unread.saturating_add(1),
            }
        }
        Ok(elements)
    }
}
