//! The items of an intent URI: `name=value;` up to one that begins with `end`.

use std::borrow::Cow;

use super::codec::{self, Keep};
use super::component::{Component, SourceBounds};
use super::error::{NumberField, ParseUriError, SyntaxReason};
use super::extra::{Extra, KeptExtra, KeptValue};
use super::flags::{IntentFlags, ParseFlags};
use super::java_number;
use super::model::Intent;
use super::text::{Span, Text};
use super::version::AndroidVersion;

/// How many bytes the names of extras may have that lie over later items.
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
    pub(super) fn number(self, field: NumberField, at: Option<usize>) -> ParseUriError {
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
            None if self.version.reads_unsigned_flags() => java_number::decode_unsigned_hex(value),
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
    pub(super) scheme: Option<Cow<'a, str>>,
    pub(super) explicit_action: bool,
    /// Where the next `=` of the text is, if it was looked for: many items may ask for the same one. There is none before this
    /// place, and one at it unless it is the end of the text.
    next_equals: Option<usize>,
    /// How many bytes the names of extras have that lie over later items.
    overlap: usize,
    /// Whether the text was read again from its start, which only Androids before API 35 do.
    restarted: bool,
}

impl<'a, 'i> Items<'a, 'i> {
    /// Items that go into an intent, which is one to view something so far. Its source, if it has one, begins with the text.
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

    /// Reads items up to one that begins with `end`, from a place on. Returns where that is.
    pub(super) fn read_all(&mut self, start: usize) -> Result<usize, ParseUriError> {
        let text = self.reading.uri.as_bytes();
        let mut at = start;
        loop {
            let rest = text.get(at..).unwrap_or_default();
            if rest.starts_with(b"end") {
                return Ok(at);
            }
            if let Some(len) = self.read(at, rest)? {
                at = at.saturating_add(len);
                continue;
            }
            if self.reading.version.checks_item_end() {
                return Err(self.reading.syntax(SyntaxReason::EndNotFound, None));
            }
            if self.restarted {
                return Err(ParseUriError::Endless);
            }
            self.restarted = true;
            self.read_unended(at, rest)?;
            self.next_equals = None;
            at = 0;
        }
    }

    /// Reads the item at a place, with which the rest of the text begins. Returns how long it is with its `;`, or `None` if it
    /// has none.
    fn read(&mut self, at: usize, rest: &'a [u8]) -> Result<Option<usize>, ParseUriError> {
        let usual = usual_name(rest);
        let mut name_len = usual;
        let tail = loop {
            match rest.get(name_len..) {
                Some([b'=', tail @ ..]) => break tail,
                Some([b';', ..]) => {
                    if rest.starts_with(b"SEL;") {
                        // A later one takes the place of an earlier one.
                        self.selector = Some(Box::default());
                    } else {
                        self.set_overlapping_extra(at, rest)?;
                    }
                    return Ok(Some(name_len.saturating_add(1)));
                }
                Some([_, ..]) => name_len = name_len.saturating_add(1),
                Some([]) | None => return Ok(None),
            }
        };
        let name = Name { at, text: rest.get(..name_len).unwrap_or_default(), plain: name_len == usual };
        let keep = match name.text {
            b"component" | b"type" | b"identifier" => Keep::UnreservedAndSlash,
            _ => Keep::Unreserved,
        };
        let ends_at = |len: usize| tail.get(len) == Some(&b';');
        let plain = keep.leading(tail);
        let (form, len) = if ends_at(plain) {
            (Form::Plain, plain)
        } else {
            let behind = tail.get(plain..).unwrap_or_default();
            let encoded = plain.saturating_add(codec::leading_encoded(behind));
            if ends_at(encoded) {
                (Form::Encoded, encoded)
            } else if let Some(more) = behind.iter().position(|byte| *byte == b';') {
                (Form::Other, plain.saturating_add(more))
            } else {
                return Ok(None);
            }
        };
        let start = at.saturating_add(name_len).saturating_add(1);
        let end = start.saturating_add(len);
        self.set(name, Value { span: Span { start, end }, form })?;
        Ok(Some(end.saturating_sub(at).saturating_add(1)))
    }

    /// Reads an item without `;`, whose value then counts as empty. Only Androids before API 35 come here.
    #[cold]
    fn read_unended(&mut self, at: usize, rest: &'a [u8]) -> Result<(), ParseUriError> {
        match rest.iter().position(|byte| *byte == b'=').and_then(|end| rest.get(..end)) {
            Some(text) => self.set(Name { at, text, plain: false }, Value::EMPTY),
            None => self.set_overlapping_extra(at, rest),
        }
    }

    /// Whether an item is one of the intent itself, as it stands in the source.
    fn in_source(&self) -> bool {
        self.selector.is_none() && !self.restarted
    }

    /// Takes an item by its name and its value.
    fn set(&mut self, name: Name<'_>, value: Value) -> Result<(), ParseUriError> {
        if let [_, b'.', ..] = name.text {
            return self.set_extra(name, value);
        }
        let reading = self.reading;
        let number = |field| reading.number(field, Some(name.at));
        let in_selector = self.selector.is_some();
        let in_source = self.in_source();
        let text = || value.text(reading.uri, in_source);
        let intent = self.selector.as_deref_mut().unwrap_or(self.intent);
        match name.text {
            b"action" => {
                intent.action = Some(text());
                self.explicit_action |= !in_selector;
            }
            b"category" => {
                let category = text();
                let item = category.span().map(|span| span.with_before(";category="));
                intent.categories.insert(&intent.source, Some(category), item);
            }
            b"type" => intent.mime_type = Some(text()),
            b"identifier" if reading.version.has_identifier() => intent.identifier = Some(text()),
            b"launchFlags" => {
                let flags = reading.launch_flags(&value.decoded(reading.uri));
                intent.flags = flags.ok_or_else(|| number(NumberField::LaunchFlags))?;
            }
            b"extendedLaunchFlags" if reading.version.has_extended_flags() => {
                let bits = reading.flag_bits(&value.decoded(reading.uri));
                intent.extended_flags = bits.ok_or_else(|| number(NumberField::ExtendedLaunchFlags))?;
            }
            b"package" => intent.package = Some(text()),
            b"component" => {
                let text = value.decoded(reading.uri);
                let item = Some(value.span.with_before(";component="));
                let item = item
                    .filter(|_| in_source && value.form == Form::Plain && Component::is_short_form(&text));
                intent.component = Component::unflatten(&text).map(|component| (component, item));
            }
            b"scheme" if in_selector => intent.set_data([&*value.decoded(reading.uri), ":"].concat()),
            b"scheme" => self.scheme = Some(value.decoded(reading.uri)),
            b"sourceBounds" => {
                let bounds = source_bounds(&value.decoded(reading.uri));
                intent.source_bounds = bounds.map_err(|OutOfRange| number(NumberField::SourceBounds))?;
            }
            _ => return self.set_extra(name, value),
        }
        Ok(())
    }

    /// An extra whose name reaches up to the `=` of a later item; it has no value.
    #[cold]
    fn set_overlapping_extra(&mut self, at: usize, rest: &'a [u8]) -> Result<(), ParseUriError> {
        let len = self.reading.uri.len();
        if self.next_equals.is_none_or(|known| known < at) {
            let found = rest.iter().position(|byte| *byte == b'=');
            self.next_equals = Some(found.map_or(len, |found| at.saturating_add(found)));
        }
        let equals = self.next_equals.filter(|equals| *equals < len);
        let text = equals.and_then(|equals| rest.get(..equals.checked_sub(at)?));
        let text = text.ok_or_else(|| self.reading.syntax(SyntaxReason::IllegalFormat, Some(at)))?;
        self.overlap = self.overlap.saturating_add(text.len());
        if self.overlap > OVERLAP_LIMIT {
            return Err(ParseUriError::TooLarge { limit: OVERLAP_LIMIT });
        }
        self.set_extra(Name { at, text, plain: false }, Value::EMPTY)
    }

    /// An extra by its name, which is prefix and key, and its value.
    fn set_extra(&mut self, name: Name<'_>, value: Value) -> Result<(), ParseUriError> {
        let Name { at, text: name, plain } = name;
        let reading = self.reading;
        let fail = |reason| Err(reading.syntax(reason, Some(at)));
        let end = at.saturating_add(name.len());
        let &[letter, b'.', ref key @ ..] = name else {
            // The prefix is two UTF-16 units.
            let name = reading.uri.get(at..end).unwrap_or_default();
            let too_short = name.encode_utf16().nth(1).is_none();
            return fail(if too_short {
                SyntaxReason::IllegalFormat
            } else {
                SyntaxReason::UnknownExtraType
            });
        };
        let in_source = self.in_source() && value != Value::EMPTY;
        let key_span = Span { start: at.saturating_add(2), end };
        let form = match key.len() {
            len if plain || Keep::Unreserved.leading(key) == len => Form::Plain,
            len if codec::leading_encoded(key) == len => Form::Encoded,
            _ => Form::Other,
        };
        let key = Value { span: key_span, form };
        let (kept, value_is_written) = if letter == b'S' {
            value.string(reading.uri, in_source)
        } else {
            let text = value.decoded(reading.uri);
            match primitive(letter, &text) {
                Ok(extra) => {
                    let is_written = in_source && extra.is_written_as(value.raw(reading.uri));
                    (KeptValue::Plain(extra), is_written)
                }
                Err(ExtraError::Number(field)) => return Err(reading.number(field, Some(at))),
                Err(ExtraError::NoChar) => return fail(SyntaxReason::IllegalFormat),
                Err(ExtraError::UnknownType) => return fail(SyntaxReason::UnknownExtraType),
            }
        };
        let is_written = value_is_written && form != Form::Other;
        let item = is_written.then_some(Span { start: at.saturating_sub(1), end: value.span.end });
        let key = Some(key.text(reading.uri, in_source));
        let intent = self.selector.as_deref_mut().unwrap_or(self.intent);
        intent.extras.insert(&intent.source, key, KeptExtra { item, value: kept });
        Ok(())
    }
}

/// The name of an item, and where it is.
#[derive(Clone, Copy)]
struct Name<'a> {
    at: usize,
    text: &'a [u8],
    /// Whether it is known that no character of an extra's key needs an escape.
    plain: bool,
}

/// How many bytes the name of an item has at least: all of it, as a rule, so that it need not be searched byte by byte.
fn usual_name(rest: &[u8]) -> usize {
    let usual: &[u8] = match rest {
        [b'a'..=b'z' | b'A'..=b'Z', b'.', key @ ..] => {
            return Keep::Unreserved.leading(key).saturating_add(2);
        }
        [b'a', ..] => b"action",
        [b'c', b'a', ..] => b"category",
        [b'c', ..] => b"component",
        [b'l', ..] => b"launchFlags",
        [b'p', ..] => b"package",
        [b's', ..] => b"scheme",
        _ => b"",
    };
    if rest.starts_with(usual) { usual.len() } else { 0 }
}

/// A value in the text that is read.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Value {
    span: Span,
    form: Form,
}

/// How a value stands in the text that is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// As it is written, without an escape.
    Plain,
    /// As `Uri.encode` writes it, with an escape.
    Encoded,
    /// Otherwise.
    Other,
}

impl Value {
    /// The value of an item that has none.
    const EMPTY: Self = Self { span: Span::NOTHING, form: Form::Plain };

    fn raw(self, uri: &str) -> &str {
        self.span.of(uri)
    }

    fn decoded(self, uri: &str) -> Cow<'_, str> {
        if self.form == Form::Plain { Cow::Borrowed(self.raw(uri)) } else { codec::decode(self.raw(uri)) }
    }

    /// The text: its place, if it is in the source as it is written.
    fn text(self, uri: &str, in_source: bool) -> Text {
        if in_source && self.form == Form::Plain {
            Text::Read(self.span)
        } else {
            Text::from(self.decoded(uri).into_owned())
        }
    }

    /// The text of an extra, and whether it stands in the source as it is written.
    fn string(self, uri: &str, in_source: bool) -> (KeptValue, bool) {
        if in_source && self.form != Form::Other {
            return (KeptValue::Encoded(Text::Read(self.span)), true);
        }
        (KeptExtra::new(Extra::String(self.decoded(uri))).value, false)
    }
}

pub(super) const VIEW: Text = Text::Own(Cow::Borrowed(Intent::ACTION_VIEW));

/// Why a value is none of its type.
pub(super) enum ExtraError {
    Number(NumberField),
    /// An empty text has no first char.
    NoChar,
    UnknownType,
}

/// The value of an extra that is no string, by the letter of its type.
pub(super) fn primitive(letter: u8, value: &str) -> Result<Extra<'static>, ExtraError> {
    fn whole<T: TryFrom<i64>>(value: &str, field: NumberField) -> Result<T, ExtraError> {
        let number = java_number::parse_integer(value).and_then(|number| T::try_from(number).ok());
        number.ok_or(ExtraError::Number(field))
    }
    match letter {
        b'B' => Ok(Extra::Boolean(value.eq_ignore_ascii_case("true"))),
        b'b' => whole(value, NumberField::Byte).map(Extra::Byte),
        b'c' => value.encode_utf16().next().map(Extra::Char).ok_or(ExtraError::NoChar),
        b'd' => {
            java_number::parse_double(value).map(Extra::Double).ok_or(ExtraError::Number(NumberField::Double))
        }
        b'f' => {
            java_number::parse_float(value).map(Extra::Float).ok_or(ExtraError::Number(NumberField::Float))
        }
        b'i' => whole(value, NumberField::Int).map(Extra::Int),
        b'l' => whole(value, NumberField::Long).map(Extra::Long),
        b's' => whole(value, NumberField::Short).map(Extra::Short),
        _ => Err(ExtraError::UnknownType),
    }
}

/// A number is outside of signed 32 bits.
struct OutOfRange;

/// Four integers with one space between; anything else is no rectangle.
fn source_bounds(value: &str) -> Result<Option<SourceBounds>, OutOfRange> {
    let mut sides = value.split(' ');
    let (Some(left), Some(top), Some(right), Some(bottom), None) =
        (sides.next(), sides.next(), sides.next(), sides.next(), sides.next())
    else {
        return Ok(None);
    };
    let fits = |side: &str| {
        let digits = side.strip_prefix('-').unwrap_or(side);
        !digits.is_empty() && digits.chars().all(java_number::is_unicode_digit)
    };
    if ![left, top, right, bottom].into_iter().all(fits) {
        return Ok(None);
    }
    let number =
        |side| java_number::parse_integer(side).and_then(|side| i32::try_from(side).ok()).ok_or(OutOfRange);
    Ok(Some(SourceBounds {
        left: number(left)?,
        top: number(top)?,
        right: number(right)?,
        bottom: number(bottom)?,
    }))
}
