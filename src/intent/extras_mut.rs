use super::extra::Extra;
use super::hash_ordered::Entry;
use super::kept_extra::KeptExtra;
use super::model::Intent;

impl Intent {
    /// The extras, to be changed.
    pub fn extras_mut(&mut self) -> ExtrasMut<'_> {
        ExtrasMut { intent: self }
    }
}

/// The extras of an intent, to be changed. An equal key replaces the value, and its type, in place.
///
/// ```
/// use tim_offline_push::intent::{Extra, Intent};
///
/// let mut intent = Intent::new().with_extra("k", 1);
/// assert_eq!(intent.extras_mut().insert("k", true), Some(Extra::Int(1)));
/// assert_eq!(intent.extra("k"), Some(Extra::Boolean(true)));
/// assert_eq!(intent.extras_mut().remove("k"), Some(Extra::Boolean(true)));
/// ```
#[derive(Debug)]
pub struct ExtrasMut<'a> {
    intent: &'a mut Intent,
}

impl ExtrasMut<'_> {
    /// Inserts a value; gives the one that it replaces.
    pub fn insert<'v>(
        &mut self,
        key: impl AsRef<str>,
        value: impl Into<Extra<'v>>,
    ) -> Option<Extra<'static>> {
        let entry = KeptExtra::keep(&mut self.intent.texts, key.as_ref(), &value.into());
        self.put(entry)
    }

    /// Inserts a value at the null key, which prints as `null`.
    pub fn insert_at_null<'v>(&mut self, value: impl Into<Extra<'v>>) -> Option<Extra<'static>> {
        let entry = KeptExtra::keep(&mut self.intent.texts, "null", &value.into());
        self.put(entry.at_null())
    }

    /// Takes a value out.
    pub fn remove(&mut self, key: &str) -> Option<Extra<'static>> {
        self.take(Some(key))
    }

    /// Takes the value of the null key out.
    pub fn remove_at_null(&mut self) -> Option<Extra<'static>> {
        self.take(None)
    }

    fn take(&mut self, key: Option<&str>) -> Option<Extra<'static>> {
        let Intent { texts, extras, .. } = &mut *self.intent;
        let removed = extras.remove(texts, key)?;
        Some(self.give(&removed))
    }

    fn put(&mut self, entry: Entry<KeptExtra>) -> Option<Extra<'static>> {
        let Intent { texts, extras, .. } = &mut *self.intent;
        let replaced = extras.insert(texts, entry)?;
        Some(self.give(&replaced))
    }

    /// Gives a value that is no longer kept.
    fn give(&mut self, entry: &Entry<KeptExtra>) -> Extra<'static> {
        let given = entry.value.value(entry.item(), &self.intent.texts).into_owned();
        self.intent.forget_entry(entry);
        given
    }
}
