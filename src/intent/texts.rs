use super::scan::{self, Keep};

/// All texts of an intent, one behind the other in one block of memory. A text that is replaced stays where it is until
/// [`Texts::is_wasteful`].
#[derive(Clone, Default)]
pub(super) struct Texts {
    all: String,
    /// How many bytes belong to no field any more.
    unused: usize,
    /// How many bytes may need an escape.
    to_escape: usize,
}

/// Where a text stands among [`Texts`], with what is known of it for writing it into a URI.
#[derive(Clone, Copy)]
pub(super) struct Text {
    start: usize,
    len: usize,
    /// By which rule no char of it needs an escape; `None` if by neither, or if that is not known.
    plain_by: Option<Keep>,
}

impl Text {
    pub(super) fn is_plain(self, keep: Keep) -> bool {
        self.plain_by.is_some_and(|plain_by| plain_by <= keep)
    }
}

impl Texts {
    /// Up to how many unused bytes are not worth the moving of the others.
    const FEW: usize = 256;

    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self { all: String::with_capacity(bytes), unused: 0, to_escape: 0 }
    }

    #[inline]
    pub(super) fn get(&self, text: Text) -> &str {
        self.all.get(text.start..text.start.wrapping_add(text.len)).unwrap_or_default()
    }

    /// Takes a text of which nothing is known.
    pub(super) fn keep(&mut self, text: &str) -> Text {
        self.keep_known(text, scan::plain_by(text.as_bytes()))
    }

    /// Takes a text of which it is known by which rule it needs no escape.
    #[inline]
    pub(super) fn keep_known(&mut self, text: &str, plain_by: Option<Keep>) -> Text {
        if plain_by.is_none() {
            self.to_escape = self.to_escape.saturating_add(text.len());
        }
        self.keep_verbatim([text], plain_by)
    }

    /// Takes a text that is made of these parts and is printed as it is, as data is.
    pub(super) fn keep_joined<const N: usize>(&mut self, parts: [&str; N]) -> Text {
        self.keep_verbatim(parts, None)
    }

    #[inline]
    fn keep_verbatim<const N: usize>(&mut self, parts: [&str; N], plain_by: Option<Keep>) -> Text {
        let start = self.all.len();
        for part in parts {
            self.all.push_str(part);
        }
        Text { start, len: self.all.len().wrapping_sub(start), plain_by }
    }

    /// Says that a text belongs to no field any more.
    pub(super) fn forget(&mut self, text: Text) {
        self.unused = self.unused.saturating_add(text.len);
        if text.plain_by.is_none() {
            self.to_escape = self.to_escape.saturating_sub(text.len);
        }
    }

    /// Whether more than half of the block, and more than a little, is unused.
    pub(super) fn is_wasteful(&self) -> bool {
        self.unused > Self::FEW && self.unused > self.all.len() / 2
    }

    /// How many bytes the texts take in a URI if few chars need an escape, and more than half of what they take at most.
    pub(super) fn printed_len(&self) -> usize {
        self.all.len().saturating_add(self.to_escape)
    }

    /// Moves a text of other [`Texts`] here.
    pub(super) fn adopt(&mut self, text: &mut Text, from: &Self) {
        *text = self.keep_known(from.get(*text), text.plain_by);
    }
}
