use std::hash::{Hash, Hasher};

use super::scan::{self, Keep};

/// A text, with what is known of it for writing it into a URI.
#[derive(Clone)]
pub(super) struct Text {
    text: Box<str>,
    /// By which rule no char of it needs an escape; `None` if by neither, or if that is not known.
    plain_by: Option<Keep>,
}

impl Text {
    pub(super) fn new(text: impl Into<Box<str>>) -> Self {
        let text = text.into();
        Self { plain_by: scan::plain_by(text.as_bytes()), text }
    }

    /// A text of which it is known by which rule it needs no escape.
    pub(super) fn known(text: Box<str>, plain_by: Option<Keep>) -> Self {
        Self { text, plain_by }
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    pub(super) fn is_plain(&self, keep: Keep) -> bool {
        self.plain_by.is_some_and(|plain_by| plain_by <= keep)
    }

    pub(super) fn into_inner(self) -> Box<str> {
        self.text
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Text {}

impl Hash for Text {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}
