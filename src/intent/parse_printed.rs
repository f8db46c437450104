//! The items of an intent URI that stand in it as `toUri` writes them, which is the common case: nothing of them is copied or
//! decoded. What is not written so is no error here, but to be read by Java's rules.

#![expect(
    clippy::inline_always,
    reason = "measured: what these small functions give would go through memory, which costs up to a third of the time"
)]

use std::borrow::Cow;

use super::action::Action;
use super::codec;
use super::component::Component;
use super::hash_ordered::Entry;
use super::item::{self, TextItem};
use super::items::Items;
use super::java_hash::{java_hash, known_hash};
use super::kept_extra::KeptExtra;
use super::model::Intent;
use super::parse_printed_value as value;
use super::printed_text::leading_printed;
use super::scan::{self, Keep};
use super::texts::{KeyedItem, Span, Text, Texts};

impl<'a> Items<'a, '_> {
    /// Reads items of the intent itself, behind a `;`, as long as they are as printed. Gives what is left.
    #[inline(never)]
    pub(super) fn read_printed(&mut self, items: &'a str) -> &'a str {
        let mut rest = items.as_bytes();
        while let Some(behind) = self.read_printed_item(rest) {
            rest = behind;
        }
        items.get(items.len().saturating_sub(rest.len())..).unwrap_or_default()
    }

    /// Reads an item and gives what is behind its `;`. What is none, or not as printed, changes nothing.
    #[inline(always)]
    fn read_printed_item(&mut self, rest: &'a [u8]) -> Option<&'a [u8]> {
        match rest {
            [letter, b'.', key @ ..] => self.read_printed_extra(*letter, key),
            [b'a', ..] => {
                let (text, behind) = self.printed_text(rest, TextItem::ACTION)?;
                let known = Action::known(self.printed(text.span));
                self.intent.action = Some(known.unwrap_or(Action::Other(text)));
                self.explicit_action = true;
                Some(behind)
            }
            [b'c', b'a', ..] => self.read_printed_category(rest),
            [b'c', b'o', ..] => {
                let (text, behind) = self.printed_text(rest, TextItem::COMPONENT)?;
                let component = Component::unflatten(self.printed(text.span))?;
                if component.short_len() != text.span.len() {
                    return None;
                }
                self.intent.component = Some((text, component.short_form()));
                Some(behind)
            }
            [b'l', ..] => {
                let (bits, behind) = value::flags(rest.strip_prefix(inner(item::LAUNCH_FLAGS))?)?;
                self.intent.flags = self.reading.allowed(bits);
                Some(behind)
            }
            [b'p', ..] => {
                let (text, behind) = self.printed_text(rest, TextItem::PACKAGE)?;
                self.intent.package = Some(text);
                Some(behind)
            }
            [b's', ..] => {
                let text = rest.strip_prefix(inner(item::SCHEME))?;
                let behind = split(text, Keep::Unreserved)?;
                self.scheme = Some(Cow::Borrowed(self.printed(self.span(text, behind))));
                Some(behind)
            }
            [b't', ..] => {
                let (text, behind) = self.printed_text(rest, TextItem::MIME_TYPE)?;
                self.intent.mime_type = Some(text);
                Some(behind)
            }
            _ => None,
        }
    }

    /// Where a text stands that goes up to the byte before what is behind it.
    #[inline(always)]
    fn span(&self, text: &[u8], behind: &[u8]) -> Span {
        let place = |rest: &[u8]| self.reading.uri.len().wrapping_sub(rest.len());
        Span { start: place(text), end: place(behind).wrapping_sub(1) }
    }

    /// What stands there. It is taken from the text that is read, since the copy was just written, which makes it slow to read.
    #[inline(always)]
    fn printed(&self, span: Span) -> &'a str {
        self.reading.uri.get(span.start..span.end).unwrap_or_default()
    }

    /// The text of an item, and what is behind its `;`.
    #[inline(always)]
    fn printed_text(&self, rest: &'a [u8], item: TextItem) -> Option<(Text, &'a [u8])> {
        let text = rest.strip_prefix(inner(item.begin))?;
        let behind = split(text, item.keep)?;
        Some((Text { span: self.span(text, behind), plain: true }, behind))
    }

    #[inline(always)]
    fn read_printed_category(&mut self, rest: &'a [u8]) -> Option<&'a [u8]> {
        let text = rest.strip_prefix(inner(item::CATEGORY))?;
        if let Some((hash, behind)) = split_known_category(text).or_else(|| split_key(text, b';')) {
            let key = self.span(text, behind);
            let keyed = KeyedItem { key, item: key.with_before(item::CATEGORY.len()) };
            let Intent { texts, categories, .. } = &mut *self.intent;
            categories.insert_deferred(texts, Entry::new(hash, keyed, ()), || 4);
            return Some(behind);
        }
        let behind = split_escaped_key(text, b';')?;
        let key = self.span(text, behind);
        let item = key.with_before(item::CATEGORY.len());
        let escaped = self.printed(key);
        let Intent { texts, categories, .. } = &mut *self.intent;
        let (hash, key) = keep_key(texts, escaped);
        categories.insert_deferred(texts, Entry::new(hash, KeyedItem { key, item }, ()), || 4);
        Some(behind)
    }

    #[inline(always)]
    fn read_printed_extra(&mut self, letter: u8, key: &'a [u8]) -> Option<&'a [u8]> {
        match split_key(key, b'=') {
            Some((hash, text)) => {
                let (value, behind) = split_value(letter, text)?;
                let span = self.span(key, text);
                Some(self.insert_printed(hash, span, self.item(key, behind), value, behind))
            }
            None => self.read_extra_of_escaped_key(letter, key),
        }
    }

    #[cold]
    fn read_extra_of_escaped_key(&mut self, letter: u8, key: &'a [u8]) -> Option<&'a [u8]> {
        let text = split_escaped_key(key, b'=')?;
        let (value, behind) = split_value(letter, text)?;
        let escaped = self.printed(self.span(key, text));
        let (hash, decoded) = keep_key(&mut self.intent.texts, escaped);
        Some(self.insert_printed(hash, decoded, self.item(key, behind), value, behind))
    }

    /// The item of an extra.
    #[inline(always)]
    fn item(&self, key: &[u8], behind: &[u8]) -> Span {
        self.span(key, behind).with_before(item::STRING_EXTRA.len())
    }

    #[inline(always)]
    fn insert_printed(
        &mut self,
        hash: i32,
        key: Span,
        item: Span,
        value: KeptExtra,
        behind: &'a [u8],
    ) -> &'a [u8] {
        let Intent { texts, extras, .. } = &mut *self.intent;
        let entry = Entry::new(hash, KeyedItem { key, item }, value);
        extras.insert_deferred(texts, entry, || expected_items(behind));
        behind
    }
}

/// The begin of an item without the `;` that closes what stands before.
#[inline(always)]
fn inner(begin: &str) -> &[u8] {
    begin.as_bytes().split_first().map_or(&[], |(_, inner)| inner)
}

/// The value of an extra, by the letter of its type, and what is behind its `;`.
#[inline(always)]
fn split_value(letter: u8, text: &[u8]) -> Option<(KeptExtra, &[u8])> {
    if letter == b'S' {
        let (len, escaped) = leading_printed(text);
        let behind = text.get(len..)?.strip_prefix(b";")?;
        return Some((KeptExtra::String { len, escaped }, behind));
    }
    let (value, behind) = value::primitive(letter, text)?;
    Some((KeptExtra::Primitive(value), behind))
}

/// What is behind a key with escapes, and behind the byte that ends it.
#[cold]
fn split_escaped_key(text: &[u8], end: u8) -> Option<&[u8]> {
    let (len, _) = leading_printed(text);
    text.get(len..)?.strip_prefix(&[end])
}

/// Keeps a key that has escapes without them, and gives its hash.
fn keep_key(texts: &mut Texts, escaped: &str) -> (i32, Span) {
    codec::with_decoded(escaped, |key| (java_hash(key), texts.keep([key])))
}

/// What is behind a text and its `;`, if nothing in the text needs an escape.
#[inline(always)]
fn split(text: &[u8], keep: Keep) -> Option<&[u8]> {
    text.get(keep.leading(text)..)?.strip_prefix(b";")
}

/// The hash of a key up to the given end, and what is behind that; but only if nothing in the key needs an escape.
#[inline(always)]
fn split_key(text: &[u8], end: u8) -> Option<(i32, &[u8])> {
    let (len, hash) = scan::leading_hashed(text);
    Some((hash, text.get(len..)?.strip_prefix(&[end])?))
}

/// The hash of one of the categories that nearly every intent with categories has, and what is behind its `;`.
#[inline(always)]
fn split_known_category(text: &[u8]) -> Option<(i32, &[u8])> {
    const DEFAULT: i32 = known_hash(Intent::CATEGORY_DEFAULT);
    const BROWSABLE: i32 = known_hash(Intent::CATEGORY_BROWSABLE);
    let (hash, behind) = match text.strip_prefix(Intent::CATEGORY_DEFAULT.as_bytes()) {
        Some(behind) => (DEFAULT, behind),
        None => (BROWSABLE, text.strip_prefix(Intent::CATEGORY_BROWSABLE.as_bytes())?),
    };
    Some((hash, behind.strip_prefix(b";")?))
}

/// How many extras there may be, judged by the length of what is behind the first.
fn expected_items(behind: &[u8]) -> usize {
    const USUAL_ITEM: usize = 16;
    const MANY: usize = 16;
    if behind.starts_with(b"end") {
        return 1;
    }
    behind.len().min(MANY * USUAL_ITEM).div_ceil(USUAL_ITEM).saturating_add(1)
}
