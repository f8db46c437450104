use crate::message::Field;
use crate::message::kept::Group;
use crate::vendor::Source;

/// What stands in one wire form: its keys in the order in which they are written.
#[derive(Debug)]
pub(super) struct Table {
    /// Where the form is documented.
    pub(super) source: Source,
    pub(super) entries: &'static [Entry],
    /// The fields that the form has no key for.
    pub(super) absent: &'static [Field],
    /// The keys under which a larger object holds the push, the present one first.
    pub(super) envelope: &'static [&'static str],
}

/// A member of a form's object.
#[derive(Clone, Copy, Debug)]
pub(super) enum Entry {
    Leaf(Row),
    Group { key: &'static str, group: Group, rows: &'static [Row], newer: bool },
}

/// A key and the field that it carries.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) key: &'static str,
    pub(super) field: Field,
    pub(super) shape: Shape,
    /// Whether only newer libraries know the key.
    pub(super) newer: bool,
}

/// The JSON type under a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Text,
    /// The text of its own field, or else the common title.
    TitleOrCommon,
    Number,
    /// An integer of 32 bits without a sign.
    Unsigned,
    /// `true` is 1; `false`, the default, is not written.
    Truth,
    /// `false` is 1; `true`, the default, is not written.
    Untruth,
    Object,
    Array,
    /// Any JSON value.
    Any,
}

impl Shape {
    /// The JSON name of the type.
    pub(super) const fn type_name(self) -> &'static str {
        match self {
            Self::Text | Self::TitleOrCommon => "text",
            Self::Number => "number",
            Self::Unsigned => "number from 0 to 4294967295",
            Self::Truth | Self::Untruth => "bool",
            Self::Object => "object",
            Self::Array => "array",
            Self::Any => "a value",
        }
    }
}

impl Table {
    /// The row of a key in a group.
    pub(super) fn row(&self, group: Group, key: &str) -> Option<&'static Row> {
        self.entries.iter().find_map(|entry| match entry {
            Entry::Leaf(row) => (group == Group::Top && row.key == key).then_some(row),
            Entry::Group { group: own, rows, .. } if *own == group => rows.iter().find(|row| row.key == key),
            Entry::Group { .. } => None,
        })
    }

    /// The group whose object stands under a key.
    pub(super) fn group(&self, key: &str) -> Option<Group> {
        self.entries.iter().find_map(|entry| match entry {
            Entry::Leaf(_) => None,
            Entry::Group { key: own, group, .. } => (*own == key).then_some(*group),
        })
    }

    /// The key under which a group's object stands; empty for the outermost.
    pub(super) fn group_key(&self, group: Group) -> &'static str {
        self.entries
            .iter()
            .find_map(|entry| match entry {
                Entry::Leaf(_) => None,
                Entry::Group { key, group: own, .. } => (*own == group).then_some(*key),
            })
            .unwrap_or_default()
    }
}

pub(super) const fn leaf(key: &'static str, field: Field, shape: Shape) -> Entry {
    Entry::Leaf(row(key, field, shape))
}

pub(super) const fn newer_leaf(key: &'static str, field: Field, shape: Shape) -> Entry {
    Entry::Leaf(newer(key, field, shape))
}

pub(super) const fn row(key: &'static str, field: Field, shape: Shape) -> Row {
    Row { key, field, shape, newer: false }
}

pub(super) const fn newer(key: &'static str, field: Field, shape: Shape) -> Row {
    Row { key, field, shape, newer: true }
}
