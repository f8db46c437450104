//! The texts of an intent. One that was read from a URI keeps that URI as its *source*, and most of its texts are places in
//! there: what stands in a URI as `toUri` writes it is neither decoded nor copied, nor encoded again.

use std::borrow::Cow;

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

    /// Its place in the source, if it stands there.
    pub(super) const fn span(&self) -> Option<Span> {
        if let Self::Read(span) = self { Some(*span) } else { None }
    }

    pub(super) fn into_string(self, source: &str) -> String {
        match self {
            Self::Read(span) => span.of(source).to_owned(),
            Self::Own(text) => text.into_owned(),
        }
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::Own(Cow::Owned(text))
    }
}
