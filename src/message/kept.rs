use super::{Form, Place};
use crate::json::Json;

/// The object of a wire form in which a member stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Group {
    Top,
    Ios,
    Android,
    Harmony,
}

/// A member of a wire form, kept as it was read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Kept {
    pub(super) form: Form,
    pub(super) group: Group,
    pub(super) key: Box<str>,
    pub(super) value: Json,
    pub(super) why: Why,
}

/// Why a member is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Why {
    /// The form has no such key here.
    UnknownKey,
    /// The form has the key, with another type, and what was meant is plain: the field has it too.
    Understood,
    /// The form has the key, with another type.
    NotUnderstood,
}

impl Kept {
    pub(super) fn place(&self) -> Place {
        Place::key(self.form, self.form.group_key(self.group), &self.key)
    }
}
