use std::fmt;

/// A text that people read. `Debug` shows its length only, so that no chat ends up in a log.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct Prose(String);

impl Prose {
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Prose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{} bytes]", self.0.len())
    }
}
