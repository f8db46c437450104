//! The items of an intent URI: `name=value;` up to one that begins with `end`.

use std::borrow::Cow;

use super::codec::{self, Keep};
use super::component::{Component, OutOfRange, SourceBounds};
use super::error::{NumberField, ParseUriError, SyntaxReason};
use super::extra::{Extra, ExtraError, KeptExtra};
use super::flags::{IntentFlags, ParseFlags};
use super::model::{Intent, KeptComponent};
use super::text::{Span, Text};
use super::version::AndroidVersion;
use super::{java_number, java_text};

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
    /// How many bytes the names of extras have that overlap later items.
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
            at = self.read(at, rest)?;
        }
    }

    /// Reads the item at the start of `rest`, which begins at `at` in the text. Returns where the next item begins.
    fn read(&mut self, at: usize, rest: &'a [u8]) -> Result<usize, ParseUriError> {
        let (name, len) = match Name::of_field(rest, self.reading.version) {
            Some(field) => field,
            None => match Name::of_extra(rest) {
                Some((name, len)) if rest.get(len) == Some(&b'=') => (name, len),
                behind => return self.read_without_equals(at, rest, behind.map(|(_, len)| len)),
            },
        };
        let place = Span { start: at, end: at.saturating_add(len) };
        let start = place.end.saturating_add(1);
        let tail = rest.get(len.saturating_add(1)..).unwrap_or_default();
        let (value, next) = match Value::split(start, tail, name.keep()) {
            Some(value) => (value, value.span.end.saturating_add(1)),
            None => (Value::EMPTY, self.restart()?),
        };
        if let Name::Extra(form) = name {
            self.set_extra(place, form, value)?;
        } else {
            self.set_field(name, place.start, value)?;
        }
        Ok(next)
    }

    /// As [`read`](Self::read), for an item without `=`. `len` is its length up to its `;`, if it has one.
    #[cold]
    fn read_without_equals(
        &mut self,
        at: usize,
        rest: &'a [u8],
        len: Option<usize>,
    ) -> Result<usize, ParseUriError> {
        let next = match len {
            Some(len) => at.saturating_add(len).saturating_add(1),
            None => self.restart()?,
        };
        if rest.starts_with(b"SEL;") {
            // A later one takes the place of an earlier one.
            self.selector = Some(Box::default());
        } else {
            let end = self.next_equals(at, rest)?;
            self.set_extra(Span { start: at, end }, Form::Other, Value::EMPTY)?;
        }
        Ok(next)
    }

    /// Where to continue after an item without `;`: Android before API 35 counts its value as empty and starts again at the
    /// beginning of the text. The second time this would never end.
    #[cold]
    fn restart(&mut self) -> Result<usize, ParseUriError> {
        if self.reading.version.checks_item_end() {
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
    fn set_field(&mut self, name: Name, at: usize, value: Value) -> Result<(), ParseUriError> {
        let reading = self.reading;
        let number = |field| reading.number(field, Some(at));
        let in_selector = self.selector.is_some();
        let in_source = self.in_source();
        let text = || value.text(reading.uri, in_source);
        let intent = self.selector.as_deref_mut().unwrap_or(self.intent);
        let field = match name {
            Name::Action => {
                self.explicit_action |= !in_selector;
                &mut intent.action
            }
            Name::Identifier => &mut intent.identifier,
            Name::MimeType => &mut intent.mime_type,
            Name::Package => &mut intent.package,
            Name::Category => {
                if in_source && value.form == Form::Plain {
                    intent.categories.insert_read(&intent.source, value.span, ());
                } else {
                    intent.categories.insert(&intent.source, Some(text()), ());
                }
                return Ok(());
            }
            Name::Component => {
                let text = value.decoded(reading.uri);
                let is_written = in_source && value.form == Form::Plain && Component::is_short_form(&text);
                intent.component = if is_written {
                    Some(KeptComponent::Read(value.span))
                } else {
                    Component::unflatten(&text).map(KeptComponent::Own)
                };
                return Ok(());
            }
            Name::ExtendedFlags => {
                let bits = reading.flag_bits(&value.decoded(reading.uri));
                intent.extended_flags = bits.ok_or_else(|| number(NumberField::ExtendedLaunchFlags))?;
                return Ok(());
            }
            Name::Extra(_) => return Ok(()),
            Name::LaunchFlags => {
                let flags = reading.launch_flags(&value.decoded(reading.uri));
                intent.flags = flags.ok_or_else(|| number(NumberField::LaunchFlags))?;
                return Ok(());
            }
            Name::Scheme => {
                if in_selector {
                    intent.set_data([&*value.decoded(reading.uri), ":"].concat());
                } else {
                    self.scheme = Some(value.decoded(reading.uri));
                }
                return Ok(());
            }
            Name::SourceBounds => {
                let bounds = SourceBounds::read(&value.decoded(reading.uri));
                intent.source_bounds = bounds.map_err(|OutOfRange| number(NumberField::SourceBounds))?;
                return Ok(());
            }
        };
        *field = Some(text());
        Ok(())
    }

    /// An extra by its name, which is prefix and key, and its value.
    fn set_extra(&mut self, name: Span, form: Form, value: Value) -> Result<(), ParseUriError> {
        let reading = self.reading;
        let fail = |reason| Err(reading.syntax(reason, Some(name.start)));
        let text = name.of(reading.uri);
        let &[letter, b'.', ..] = text.as_bytes() else {
            // The prefix is two UTF-16 units.
            let too_short = text.encode_utf16().nth(1).is_none();
            let reason = if too_short { SyntaxReason::IllegalFormat } else { SyntaxReason::UnknownExtraType };
            return fail(reason);
        };
        let is_written = match value.is_written(letter, reading.uri) {
            Ok(is_written) => is_written,
            Err(ExtraError::Number(field)) => return Err(reading.number(field, Some(name.start))),
            Err(ExtraError::NoChar) => return fail(SyntaxReason::IllegalFormat),
            Err(ExtraError::UnknownType) => return fail(SyntaxReason::UnknownExtraType),
        };
        let key = Value { span: Span { start: name.start.saturating_add(2), ..name }, form };
        let in_source = self.in_source();
        let intent = self.selector.as_deref_mut().unwrap_or(self.intent);
        if intent.extras.is_empty() {
            // Few items have fewer bytes.
            let more = reading.uri.len().saturating_sub(value.span.end) / 8;
            intent.extras.reserve(more.saturating_add(1));
        }
        if in_source && is_written && form == Form::Plain {
            let kept = KeptExtra::Written { letter, text: Text::Read(value.span) };
            intent.extras.insert_read(&intent.source, key.span, kept);
        } else {
            let kept = value.extra(letter, reading.uri);
            intent.extras.insert(
                &intent.source,
                Some(Text::from(key.decoded(reading.uri).into_owned())),
                kept,
            );
        }
        Ok(())
    }
}

/// What an item sets.
#[derive(Clone, Copy)]
enum Name {
    Action,
    Category,
    Component,
    ExtendedFlags,
    /// An extra, with the form of its key; or what is no known field, which only an extra can be.
    Extra(Form),
    Identifier,
    LaunchFlags,
    MimeType,
    Package,
    Scheme,
    SourceBounds,
}

impl Name {
    const EXTRA: Self = Self::Extra(Form::Other);

    /// The name of the field that an item sets, and its length.
    fn of_field(item: &[u8], version: AndroidVersion) -> Option<(Self, usize)> {
        let (name, tail) = match item.first()? {
            b'a' => (Self::Action, item.strip_prefix(b"action=")?),
            b'c' => match item.strip_prefix(b"component=") {
                Some(tail) => (Self::Component, tail),
                None => (Self::Category, item.strip_prefix(b"category=")?),
            },
            b'e' if version.has_extended_flags() => {
                (Self::ExtendedFlags, item.strip_prefix(b"extendedLaunchFlags=")?)
            }
            b'i' if version.has_identifier() => (Self::Identifier, item.strip_prefix(b"identifier=")?),
            b'l' => (Self::LaunchFlags, item.strip_prefix(b"launchFlags=")?),
            b'p' => (Self::Package, item.strip_prefix(b"package=")?),
            b's' => match item.strip_prefix(b"scheme=") {
                Some(tail) => (Self::Scheme, tail),
                None => (Self::SourceBounds, item.strip_prefix(b"sourceBounds=")?),
            },
            b't' => (Self::MimeType, item.strip_prefix(b"type=")?),
            _ => return None,
        };
        Some((name, item.len().saturating_sub(tail.len()).saturating_sub(1)))
    }

    /// The name of an item that sets no field, and its length up to a `=` or a `;`. `None` if neither follows.
    fn of_extra(item: &[u8]) -> Option<(Self, usize)> {
        let plain = match item {
            [b'a'..=b'z' | b'A'..=b'Z', b'.', key @ ..] => Keep::Unreserved.leading(key).saturating_add(2),
            _ => 0,
        };
        if item.get(plain) == Some(&b'=') && plain > 0 {
            return Some((Self::Extra(Form::Plain), plain));
        }
        let more = item.get(plain..)?.iter().position(|byte| matches!(byte, b'=' | b';'))?;
        Some((Self::EXTRA, plain.saturating_add(more)))
    }

    /// What is left alone in the value of such an item.
    const fn keep(self) -> Keep {
        match self {
            Self::Component | Self::Identifier | Self::MimeType => Keep::UnreservedAndSlash,
            Self::Action
            | Self::Category
            | Self::ExtendedFlags
            | Self::Extra(_)
            | Self::LaunchFlags
            | Self::Package
            | Self::Scheme
            | Self::SourceBounds => Keep::Unreserved,
        }
    }
}

/// A value in the text that is read.
#[derive(Clone, Copy)]
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

    /// The value with which a text begins that starts at a place, up to the `;`, if there is one.
    fn split(start: usize, text: &[u8], keep: Keep) -> Option<Self> {
        let plain = keep.leading(text);
        let behind = text.get(plain..).unwrap_or_default();
        let (form, more) = if behind.starts_with(b";") {
            (Form::Plain, 0)
        } else {
            let encoded = codec::leading_encoded(behind);
            match behind.get(encoded..).unwrap_or_default() {
                [b';', ..] => (Form::Encoded, encoded),
                rest => (Form::Other, encoded.saturating_add(rest.iter().position(|byte| *byte == b';')?)),
            }
        };
        let end = start.saturating_add(plain).saturating_add(more);
        Some(Self { span: Span { start, end }, form })
    }

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

    /// Whether the value of an extra is as it is written, by the letter of its type.
    #[inline]
    fn is_written(self, letter: u8, uri: &str) -> Result<bool, ExtraError> {
        if letter == b'S' {
            return Ok(self.form != Form::Other);
        }
        if matches!(letter, b'd' | b'f') && java_text::is_short_decimal(self.raw(uri)) {
            return Ok(true);
        }
        match &Extra::of_type(letter, &self.decoded(uri)) {
            Ok(extra) => Ok(extra.is_written_as(self.raw(uri))),
            Err(error) => Err(*error),
        }
    }

    /// The value of an extra, by the letter of its type.
    #[cold]
    fn extra(self, letter: u8, uri: &str) -> KeptExtra {
        Extra::of_type(letter, &self.decoded(uri)).map_or(KeptExtra::Unprintable, KeptExtra::new)
    }
}

pub(super) const VIEW: Text = Text::Own(Cow::Borrowed(Intent::ACTION_VIEW));
