use std::fmt;

use super::{Field, Form};

/// What a finding or a report is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Place {
    /// The push as a whole.
    Whole,
    /// A field.
    Field(Field),
    /// A member of a wire form that is kept as it was read.
    Key {
        /// The form.
        form: Form,
        /// The member's path, such as `AndroidInfo.Foo`; cut after [`Place::MAX_PATH`] characters.
        path: Box<str>,
    },
}

impl Place {
    /// The longest path that is kept, in characters.
    pub const MAX_PATH: usize = 120;

    pub(super) fn key(form: Form, group: &str, key: &str) -> Self {
        let dot = if group.is_empty() { "" } else { "." };
        let path: String = group.chars().chain(dot.chars()).chain(key.chars()).take(Self::MAX_PATH).collect();
        Self::Key { form, path: path.into() }
    }

    /// The field, if it is one.
    pub const fn field(&self) -> Option<Field> {
        match self {
            Self::Field(field) => Some(*field),
            Self::Whole | Self::Key { .. } => None,
        }
    }
}

impl From<Field> for Place {
    fn from(field: Field) -> Self {
        Self::Field(field)
    }
}

/// A path is printed with its control characters escaped.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole => f.pad("push"),
            Self::Field(field) => f.pad(field.as_str()),
            Self::Key { path, .. } => f.pad(&path.escape_debug().to_string()),
        }
    }
}
