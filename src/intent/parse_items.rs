//! The items of an intent URI: `name=value;` up to one that begins with `end`.

use std::borrow::Cow;

use super::codec::{self, Keep};
use super::component::{Component, KeptComponent, SourceBounds};
use super::error::{ParseUriError, SyntaxReason};
use super::extra::{Extra, ExtraError, KeptExtra};
use super::flags::{IntentFlags, ParseFlags};
use super::java_number;
use super::kept::{Span, Text};
use super::model::Intent;
use super::version::AndroidVersion;

/// How many bytes the names of extras may have that overlap later items.
const OVERLAP_LIMIT: usize = 1 << 20;

/// A text and how it is to be read.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a> {
    pub(super) uri: &'a str,
    pub(super) flags: ParseFlags,
    pub(super) version: AndroidVersion,
}

impl Reading<'_> {
    /// The error at a place of the text, given in bytes.
    #[cold]
    pub(super) fn syntax(self, reason: SyntaxReason, at: Option<usize>) -> ParseUriError {
        ParseUriError::Syntax { reason, index: self.index(at) }
    }

    /// The error of a number in the item at a place of the text, given in bytes.
    #[cold]
    pub(super) fn number(self, field: &'static str, at: Option<usize>) -> ParseUriError {
        ParseUriError::Number { field, index: self.index(at) }
    }

    /// Bytes to UTF-16 units.
    fn index(self, at: Option<usize>) -> Option<usize> {
        let (before, _) = self.uri.split_at_checked(at?)?;
        Some(before.encode_utf16().count())
    }

    /// `launchFlags`, without what an untrusted text may not set.
    pub(super) fn launch_flags(self, value: &str) -> Option<IntentFlags> {
        let flags = IntentFlags::from_bits(self.flag_bits(value)?);
        let safe = !self.flags.intersects(ParseFlags::ALLOW_UNSAFE);
        Some(if safe { flags & !IntentFlags::URI_PERMISSIONS } else { flags })
    }

    /// The bits of `launchFlags` and `extendedLaunchFlags`.
    pub(super) fn flag_bits(self, value: &str) -> Option<u32> {
        match java_number::decode_integer(value) {
            Some(bits) => Some(u32::from_ne_bytes(bits.to_ne_bytes())),
            None if self.version.since(35) => java_number::decode_unsigned_hex(value),
            None => None,
        }
    }
}

/// What the items have given so far.
pub(super) struct Items<'a, 'i> {
    reading: Reading<'a>,
    pub(super) intent: &'i mut Intent,
    /// The intent after the last `SEL;`: all further items are its own.
    pub(super) selector: Option<Box<Intent>>,
    /// The scheme of the data.
    pub(super) scheme: Option<Cow<'a, str>>,
    pub(super) explicit_action: bool,
    /// Where the next `=` of the text is, if it was looked for: many items may ask for the same one. There is
    /// none before this place, and one at it unless it is the end of the text.
    next_equals: Option<usize>,
    /// How many bytes the names of extras have that overlap later items.
    overlap: usize,
    /// Whether the text was read again from its start, which only Androids before API 35 do.
    restarted: bool,
}

impl<'a, 'i> Items<'a, 'i> {
    /// Items that go into an intent, which is one to view something so far. Its source, if it has one, begins
    /// with the text.
    pub(super) fn new(reading: Reading<'a>, intent: &'i mut Intent) -> Self {
        intent.action = Some(VIEW);
        Self {
            reading,
            intent,
            selector: None,
            scheme: None,
            explicit_action: false,
            next_equals: None,
            overlap: 0,
            restarted: false,
        }
    }

    /// Reads items up to one that begins with `end`. Returns where that is.
    pub(super) fn read_all(&mut self, items: &'a str) -> Result<usize, ParseUriError> {
        let text = self.reading.uri.as_bytes();
        let mut at = text.len().saturating_sub(items.len());
        loop {
            let item = text.get(at..).unwrap_or_default();
            if item.starts_with(b"end") {
                return Ok(at);
            }
            at = self.read(at, item)?;
        }
    }

    /// Reads the item with which the rest of the text begins, at a place of the text. Returns where the next
    /// item begins.
    fn read(&mut self, at: usize, item: &'a [u8]) -> Result<usize, ParseUriError> {
        let (form, len) = Form::of_name(item);
        let Some((name, [b'=', ..])) = item.split_at_checked(len) else {
            return self.read_without_equals(at, item, len);
        };
        // Of a component, an identifier or a type.
        let with_slash = matches!(name, [b'c', b'o', ..] | [b'i', b'd', ..] | [b't', b'y', ..]);
        let keep = if with_slash { Keep::UnreservedAndSlash } else { Keep::Unreserved };
        let start = len.wrapping_add(1);
        // No place in a text overflows.
        let span =
            |start: usize, end: usize| Span { start: at.wrapping_add(start), end: at.wrapping_add(end) };
        let (value_form, value, next) = match Form::of_value(item, start, keep) {
            Some((form, end)) => (form, span(start, end), at.wrapping_add(end).wrapping_add(1)),
            None => (Form::Plain, Span::NOTHING, self.restart()?),
        };
        if let [_, b'.', ..] = name {
            self.set_extra(span(0, len), form, value, value_form)?;
        } else {
            self.set_field(at, name, value, value_form)?;
        }
        Ok(next)
    }

    /// As [`read`](Self::read), for an item without `=`, which ends with a `;` at a place of it or with the
    /// text.
    #[cold]
    fn read_without_equals(&mut self, at: usize, item: &'a [u8], len: usize) -> Result<usize, ParseUriError> {
        let next = match item.get(len) {
            Some(_) => at.saturating_add(len).saturating_add(1),
            None => self.restart()?,
        };
        if item.starts_with(b"SEL;") {
            // A later one takes the place of an earlier one.
            self.selector = Some(Box::default());
        } else {
            let end = self.next_equals(at, item)?;
            self.set_extra(Span { start: at, end }, Form::Other, Span::NOTHING, Form::Plain)?;
        }
        Ok(next)
    }

    /// Where to continue after an item without `;`: Android before API 35 counts its value as empty and
    /// starts again at the beginning of the text. The second time this would never end.
    #[cold]
    fn restart(&mut self) -> Result<usize, ParseUriError> {
        if self.reading.version.since(35) {
            return Err(self.reading.syntax(SyntaxReason::EndNotFound, None));
        }
        if self.restarted {
            return Err(ParseUriError::Endless);
        }
        self.restarted = true;
        self.next_equals = None;
        Ok(0)
    }

    /// Finds the `=` of a later item, up to which the key of an extra without its own `=` reaches.
    fn next_equals(&mut self, at: usize, rest: &[u8]) -> Result<usize, ParseUriError> {
        let len = self.reading.uri.len();
        if self.next_equals.is_none_or(|known| known < at) {
            let found = rest.iter().position(|byte| *byte == b'=');
            self.next_equals = Some(found.map_or(len, |found| at.saturating_add(found)));
        }
        let end = self.next_equals.filter(|equals| *equals < len);
        let end = end.ok_or_else(|| self.reading.syntax(SyntaxReason::IllegalFormat, Some(at)))?;
        self.overlap = self.overlap.saturating_add(end.saturating_sub(at));
        if self.overlap > OVERLAP_LIMIT {
            return Err(ParseUriError::TooLarge { limit: OVERLAP_LIMIT });
        }
        Ok(end)
    }

    /// Whether an item is one of the intent itself, as it stands in the source.
    fn in_source(&self) -> bool {
        self.selector.is_none() && !self.restarted
    }

    /// Sets a field other than an extra. `at` is where its item begins.
    fn set_field(&mut self, at: usize, name: &[u8], value: Span, form: Form) -> Result<(), ParseUriError> {
        let reading = self.reading;
        let number = |field| reading.number(field, Some(at));
        let decoded = || form.decoded(value.of(reading.uri));
        let is_written = form == Form::Plain && self.in_source();
        let in_selector = self.selector.is_some();
        let intent = self.selector.as_deref_mut().unwrap_or(self.intent);
        let text = || Some(if is_written { Text::Read(value) } else { Text::own(decoded()) });
        match name {
            b"action" => {
                self.explicit_action |= !in_selector;
                intent.action = text();
            }
            b"identifier" if reading.version.since(29) => intent.identifier = text(),
            b"type" => intent.mime_type = text(),
            b"package" => intent.package = text(),
            b"scheme" if in_selector => intent.data = Some(Text::own([&*decoded(), ":"].concat())),
            b"scheme" => self.scheme = Some(decoded()),
            b"category" if is_written => intent.categories.insert_read(&intent.source, value, || ()),
            b"category" => {
                intent.categories.insert(&intent.source, Some(Text::own(decoded())), ());
            }
            b"component" => {
                let text = decoded();
                intent.component = if is_written && Component::is_short_form(&text) {
                    Some(KeptComponent::Read(value))
                } else {
                    Component::unflatten(&text).map(KeptComponent::Own)
                };
            }
            b"extendedLaunchFlags" if reading.version.since(35) => {
                let bits = reading.flag_bits(&decoded());
                intent.extended_flags = bits.ok_or_else(|| number("extendedLaunchFlags"))?;
            }
            b"launchFlags" => {
                intent.flags = reading.launch_flags(&decoded()).ok_or_else(|| number("launchFlags"))?;
            }
            b"sourceBounds" => intent.source_bounds = SourceBounds::read(&decoded()).map_err(number)?,
            // It has no prefix of an extra.
            _ => {
                let name = Span { start: at, end: at.saturating_add(name.len()) };
                self.set_extra(name, Form::Other, value, form)?;
            }
        }
        Ok(())
    }

    /// Sets an extra by its name, which is prefix and key, and its value.
    fn set_extra(
        &mut self,
        name: Span,
        form: Form,
        value: Span,
        value_form: Form,
    ) -> Result<(), ParseUriError> {
        let (reading, in_source) = (self.reading, self.in_source());
        let fail = |reason| Err(reading.syntax(reason, Some(name.start)));
        let name_text = name.of(reading.uri);
        let &[letter, b'.', ..] = name_text.as_bytes() else {
            // The prefix is two UTF-16 units.
            let too_short = name_text.encode_utf16().nth(1).is_none();
            let reason = if too_short { SyntaxReason::IllegalFormat } else { SyntaxReason::UnknownExtraType };
            return fail(reason);
        };
        let text = value.of(reading.uri);
        let is_written =
            (letter == b'S' && value_form != Form::Other) || java_number::is_surely_written(letter, text);
        let key = Span { start: name.start.saturating_add(2), ..name };
        if is_written && form == Form::Plain && in_source {
            let Intent { source, extras, .. } = &mut *self.intent;
            if extras.is_empty() {
                // Few items have fewer bytes.
                let more = reading.uri.len().saturating_sub(value.end) / 8;
                extras.reserve(more.saturating_add(1));
            }
            extras.insert_read(source, key, || KeptExtra::Written { letter, text: Text::Read(value) });
            return Ok(());
        }
        let kept = match Extra::of_type(letter, &value_form.decoded(text)) {
            Ok(extra) => KeptExtra::new(extra),
            Err(ExtraError::Number(field)) => return Err(reading.number(field, Some(name.start))),
            Err(ExtraError::NoChar) => return fail(SyntaxReason::IllegalFormat),
            Err(ExtraError::UnknownType) => return fail(SyntaxReason::UnknownExtraType),
        };
        let intent = self.selector.as_deref_mut().unwrap_or(self.intent);
        intent.extras.insert(&intent.source, Some(Text::own(form.decoded(key.of(reading.uri)))), kept);
        Ok(())
    }
}

/// How a value, or the key of an extra, stands in the text that is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// As it is written, without an escape.
    Plain,
    /// As `Uri.encode` writes it, with an escape.
    Encoded,
    /// Otherwise.
    Other,
}

impl Form {
    /// The form of the name of an item, and its length up to a `=` or a `;`, or to the end.
    #[inline]
    fn of_name(item: &[u8]) -> (Self, usize) {
        let plain = Keep::Unreserved.leading(item);
        let rest = item.get(plain..).unwrap_or_default();
        if rest.first() == Some(&b'=') {
            return (Self::Plain, plain);
        }
        let more = rest.iter().position(|byte| matches!(byte, b'=' | b';')).unwrap_or(rest.len());
        (Self::Other, plain.wrapping_add(more))
    }

    /// The form of a value that begins at a place of its item, and where it ends, if there is a `;`.
    #[inline]
    fn of_value(item: &[u8], start: usize, keep: Keep) -> Option<(Self, usize)> {
        let value = item.get(start..)?;
        let plain = keep.leading(value);
        if value.get(plain) == Some(&b';') {
            return Some((Self::Plain, start.wrapping_add(plain)));
        }
        let encoded = plain.wrapping_add(codec::leading_encoded(value.get(plain..)?));
        let more = value.get(encoded..)?.iter().position(|byte| *byte == b';')?;
        let form = if more == 0 { Self::Encoded } else { Self::Other };
        Some((form, start.wrapping_add(encoded).wrapping_add(more)))
    }

    fn decoded(self, text: &str) -> Cow<'_, str> {
        if self == Self::Plain { Cow::Borrowed(text) } else { codec::decode(text) }
    }
}

pub(super) const VIEW: Text = Text::Own(Cow::Borrowed(Intent::ACTION_VIEW));
