use super::codec;
use super::item::TextItem;

/// All texts of an intent, in one block of memory: the URI that it was read from, if any, then what does not stand in there
/// as it is kept.
///
/// A text stands behind the begin of its item. Where no char of it needs an escape, the item is printed by copying both at
/// once, together with what stands behind if that is the next item.
///
/// What is no longer part of the intent stays where it is until [`Texts::is_wasteful`].
#[derive(Clone, Default)]
pub(super) struct Texts {
    all: String,
    /// How many bytes were part of the intent once.
    forgotten: usize,
}

/// A part of [`Texts`], in bytes.
#[derive(Clone, Copy)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Span {
    pub(super) const NOTHING: Self = Self { start: 0, end: 0 };

    pub(super) fn len(self) -> usize {
        self.end.wrapping_sub(self.start)
    }

    /// The same with so many bytes before it.
    pub(super) fn with_before(self, bytes: usize) -> Self {
        debug_assert!(bytes <= self.start, "what is before a text is part of the texts");
        Self { start: self.start.wrapping_sub(bytes), ..self }
    }

    /// The last so many bytes of it.
    pub(super) fn last(self, bytes: usize) -> Self {
        debug_assert!(bytes <= self.len(), "the end of a text is part of it");
        Self { start: self.end.wrapping_sub(bytes), ..self }
    }

    /// Whether it lies within the other.
    pub(super) fn is_inside(self, other: Self) -> bool {
        other.start <= self.start && self.end <= other.end
    }

    /// The same in what was moved.
    pub(super) fn moved(self, from: Self, to: Self) -> Self {
        let moved = |place: usize| place.wrapping_sub(from.start).wrapping_add(to.start);
        Self { start: moved(self.start), end: moved(self.end) }
    }
}

/// Where the text of a [`TextItem`] stands among [`Texts`].
#[derive(Clone, Copy)]
pub(super) struct Text {
    pub(super) span: Span,
    /// Whether it is known that no char of it needs an escape.
    pub(super) plain: bool,
}

/// Where a key stands among [`Texts`], and the item that begins with it, as it is printed. If no char of the key needs an
/// escape, it is part of the item.
#[derive(Clone, Copy)]
pub(super) struct KeyedItem {
    pub(super) key: Span,
    pub(super) item: Span,
}

impl Texts {
    /// Up to how many forgotten bytes are not worth the moving of the others.
    const FEW: usize = 256;

    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self { all: String::with_capacity(bytes), forgotten: 0 }
    }

    /// Copies a URI, and leaves room for so many bytes more.
    pub(super) fn of_uri(uri: &str, more: usize) -> Self {
        let mut texts = Self::with_capacity(uri.len().saturating_add(more));
        texts.all.push_str(uri);
        texts
    }

    #[inline]
    pub(super) fn get(&self, span: Span) -> &str {
        let text = self.all.get(span.start..span.end);
        debug_assert!(text.is_some(), "a span is part of the texts");
        text.unwrap_or_default()
    }

    /// Copies parts, which are one text then.
    #[inline]
    pub(super) fn keep<const N: usize>(&mut self, parts: [&str; N]) -> Span {
        let start = self.all.len();
        for part in parts {
            self.all.push_str(part);
        }
        Span { start, end: self.all.len() }
    }

    /// Copies the text of an item, behind the begin of that.
    pub(super) fn keep_text(&mut self, item: TextItem, text: &str) -> Text {
        let span = self.keep([item.begin, text]).last(text.len());
        Text { span, plain: item.keep.keeps_all(text.as_bytes()) }
    }

    /// Copies a key, behind the begin of its item, and lets `write` write what is behind it, which may take `more` bytes.
    pub(super) fn keep_item(
        &mut self,
        begin: &str,
        key: &str,
        more: usize,
        write: impl FnOnce(&mut String),
    ) -> KeyedItem {
        let encoded_len = codec::encoded_len(key);
        let plain = encoded_len == key.len();
        let room = [begin.len(), encoded_len, more, if plain { 0 } else { key.len() }];
        self.all.reserve(room.into_iter().fold(0, usize::saturating_add));
        let aside = (!plain).then(|| self.keep([key]));
        let start = self.all.len();
        self.all.push_str(begin);
        codec::push_encoded(&mut self.all, key);
        let inside = Span { start, end: self.all.len() }.last(encoded_len);
        write(&mut self.all);
        KeyedItem { key: aside.unwrap_or(inside), item: Span { start, end: self.all.len() } }
    }

    /// Says that a text is no longer part of the intent.
    pub(super) fn forget_text(&mut self, item: TextItem, text: Text) {
        self.forget(text.span.with_before(item.begin.len()));
    }

    /// Says that an item is no longer part of the intent.
    pub(super) fn forget_item(&mut self, KeyedItem { key, item }: KeyedItem) {
        self.forget(item);
        if !key.is_inside(item) {
            self.forget(key);
        }
    }

    /// Says that a part is no longer part of the intent.
    pub(super) fn forget(&mut self, span: Span) {
        self.forgotten = self.forgotten.saturating_add(span.len());
    }

    /// Whether more than half of the block, and more than a little, was forgotten.
    pub(super) fn is_wasteful(&self) -> bool {
        self.forgotten > Self::FEW && self.forgotten > self.all.len() / 2
    }

    /// Copies a text of others.
    pub(super) fn adopt_text(&mut self, item: TextItem, text: &mut Text, from: &Self) {
        let old = text.span.with_before(item.begin.len());
        text.span = text.span.moved(old, self.keep([from.get(old)]));
    }

    /// Copies an item of others.
    pub(super) fn adopt_item(&mut self, keyed: &mut KeyedItem, from: &Self) {
        let item = self.keep([from.get(keyed.item)]);
        keyed.key = if keyed.key.is_inside(keyed.item) {
            keyed.key.moved(keyed.item, item)
        } else {
            self.keep([from.get(keyed.key)])
        };
        keyed.item = item;
    }
}
