//! The items of an intent URI: `name=value;` up to one that begins with `end`.

#![expect(
    clippy::inline_always,
    reason = "measured: what these small functions give would go through memory, which costs up to a third of the time"
)]

use std::borrow::Cow;

use super::action::Action;
use super::codec;
use super::component::Component;
use super::error::{NumberField, ParseUriError, SyntaxReason};
use super::extra::Value as Kept;
use super::hash_ordered::Key;
use super::model::Intent;
use super::parse_value::{self, ExtraError, OutOfRange};
use super::reading::Reading;
use super::scan::{self, Keep};
use super::texts::{Text, Texts};

/// How many bytes the names of extras may have that lie over later items.
const OVERLAP_LIMIT: usize = 1 << 20;

/// What the items have given so far.
pub(super) struct Items<'a, 'i> {
    reading: Reading<'a>,
    pub(super) intent: &'i mut Intent,
    /// The intent behind the last `SEL;`: all further items are its own.
    pub(super) selector: Option<Box<Intent>>,
    pub(super) scheme: Option<Cow<'a, str>>,
    pub(super) explicit_action: bool,
    equals: NextEquals,
    overlap: usize,
}

impl<'a, 'i> Items<'a, 'i> {
    /// Items that go into the intent.
    pub(super) fn new(reading: Reading<'a>, intent: &'i mut Intent) -> Self {
        Self {
            reading,
            intent,
            selector: None,
            scheme: None,
            explicit_action: false,
            equals: NextEquals::default(),
            overlap: 0,
        }
    }

    /// Brings categories and extras into their order.
    pub(super) fn settle(&mut self) {
        self.intent.settle();
        if let Some(selector) = &mut self.selector {
            selector.settle();
        }
    }

    /// Reads items up to one that begins with `end`; gives where that is.
    pub(super) fn read_all(&mut self, items: &'a str) -> Result<usize, ParseUriError> {
        let mut rest = items;
        let mut restarted = false;
        loop {
            if rest.starts_with("end") {
                return Ok(self.place(rest));
            }
            if let Some(behind) = self.read(rest)? {
                rest = behind;
                continue;
            }
            if self.reading.version.checks_item_end() {
                return Err(self.reading.syntax(SyntaxReason::EndNotFound, None));
            }
            if restarted {
                return Err(ParseUriError::Endless);
            }
            self.read_unended(rest)?;
            restarted = true;
            self.equals = NextEquals::default();
            rest = self.reading.uri;
        }
    }

    /// The intent that the items are for.
    fn current(&mut self) -> &mut Intent {
        self.selector.as_deref_mut().unwrap_or(self.intent)
    }

    /// Where in the text the rest begins, in bytes.
    fn place(&self, rest: &str) -> usize {
        self.reading.uri.len().wrapping_sub(rest.len())
    }

    /// Reads one item and gives what is behind its `;`. `None` if it has none.
    #[inline(always)]
    fn read(&mut self, rest: &'a str) -> Result<Option<&'a str>, ParseUriError> {
        if let Some((field, text)) = self.field(rest) {
            if field == Field::Category {
                if let Some((key, behind)) = split_known_category(text).or_else(|| split_key(text, ';')) {
                    let Intent { texts, categories, .. } = self.current();
                    categories.insert_deferred(texts, key, (), || 4);
                    return Ok(Some(behind));
                }
            }
            let Some((value, behind)) = Value::split(text, field.keep()) else { return Ok(None) };
            self.set(field, &value, rest)?;
            return Ok(Some(behind));
        }
        if let Some(behind) = rest.strip_prefix("SEL;") {
            // A later one takes the place of an earlier one.
            **self.selector.get_or_insert_default() = Intent::new();
            return Ok(Some(behind));
        }
        // The common case: an extra whose key holds nothing odd.
        if let Some((key, text)) = prefixed(rest).and_then(|text| split_key(text, '=')) {
            let Some((value, behind)) = Value::split(text, Keep::Unreserved) else { return Ok(None) };
            self.set_extra(rest, key, &value, behind)?;
            return Ok(Some(behind));
        }
        let Some((item, behind)) = rest.split_once(';') else { return Ok(None) };
        match item.split_once('=') {
            Some((name, value)) => self.set_raw_extra(rest, name, &Value::unknown(value))?,
            None => self.set_overlapping_extra(rest)?,
        }
        Ok(Some(behind))
    }

    /// Reads an item without `;`, whose value then counts as empty. Only Androids before API 36 come here.
    #[cold]
    fn read_unended(&mut self, rest: &'a str) -> Result<(), ParseUriError> {
        if let Some((field, _)) = self.field(rest) {
            return self.set(field, &Value::EMPTY, rest);
        }
        match rest.split_once('=') {
            Some((name, _)) => self.set_raw_extra(rest, name, &Value::EMPTY),
            None => self.set_overlapping_extra(rest),
        }
    }

    /// The field that the item is for, and the text behind its `=`.
    #[inline(always)]
    fn field(&self, rest: &'a str) -> Option<(Field, &'a str)> {
        let version = self.reading.version;
        match rest.as_bytes() {
            [b'a', ..] => Some((Field::Action, rest.strip_prefix("action=")?)),
            [b'c', b'a', ..] => Some((Field::Category, rest.strip_prefix("category=")?)),
            [b'c', b'o', ..] => Some((Field::Component, rest.strip_prefix("component=")?)),
            [b'p', ..] => Some((Field::Package, rest.strip_prefix("package=")?)),
            [b's', b'c', ..] => Some((Field::Scheme, rest.strip_prefix("scheme=")?)),
            [b's', b'o', ..] => Some((Field::SourceBounds, rest.strip_prefix("sourceBounds=")?)),
            [b't', ..] => Some((Field::MimeType, rest.strip_prefix("type=")?)),
            [b'l', b'a', ..] => Some((Field::LaunchFlags, rest.strip_prefix("launchFlags=")?)),
            [b'i', b'd', ..] if version.has_identifier() => {
                Some((Field::Identifier, rest.strip_prefix("identifier=")?))
            }
            [b'e', ..] if version.has_extended_flags() => {
                Some((Field::ExtendedLaunchFlags, rest.strip_prefix("extendedLaunchFlags=")?))
            }
            _ => None,
        }
    }

    #[inline(always)]
    fn set(&mut self, field: Field, value: &Value<'a>, rest: &str) -> Result<(), ParseUriError> {
        let reading = self.reading;
        let in_selector = self.selector.is_some();
        let number = |field| reading.number(field, Some(reading.uri.len().wrapping_sub(rest.len())));
        let intent = self.current();
        match field {
            Field::Action => {
                intent.action = Some(value.action(&mut intent.texts));
                self.explicit_action |= !in_selector;
            }
            Field::Category => {
                let Intent { texts, categories, .. } = intent;
                codec::with_decoded(value.raw, |category| {
                    categories.insert_deferred(texts, Key::new(category), (), || 4);
                });
            }
            Field::MimeType => intent.mime_type = Some(value.keep(&mut intent.texts)),
            Field::Identifier => intent.identifier = Some(value.keep(&mut intent.texts)),
            Field::LaunchFlags => {
                let flags = value.read(|text| reading.launch_flags(text));
                intent.flags = flags.ok_or_else(|| number(NumberField::LaunchFlags))?;
            }
            Field::ExtendedLaunchFlags => {
                let bits = value.read(|text| reading.flag_bits(text));
                intent.extended_flags = bits.ok_or_else(|| number(NumberField::ExtendedLaunchFlags))?;
            }
            Field::Package => intent.package = Some(value.keep(&mut intent.texts)),
            Field::Component => {
                let plain = value.plain_by.is_some();
                intent.component = value.read(|text| Component::unflatten_known(text, plain));
            }
            Field::Scheme if in_selector => {
                intent.data = Some(intent.texts.keep_joined([&value.decoded(), ":"]));
            }
            Field::Scheme => self.scheme = Some(value.decoded()),
            Field::SourceBounds => {
                intent.source_bounds = value
                    .read(parse_value::source_bounds)
                    .map_err(|OutOfRange| number(NumberField::SourceBounds))?;
            }
        }
        Ok(())
    }

    /// An extra whose name reaches up to the `=` of a later item; it has no value.
    #[cold]
    fn set_overlapping_extra(&mut self, rest: &'a str) -> Result<(), ParseUriError> {
        let at = self.place(rest);
        let illegal = || self.reading.syntax(SyntaxReason::IllegalFormat, Some(at));
        let equals = self.equals.at_or_behind(self.reading.uri, at).ok_or_else(illegal)?;
        let name = self.reading.uri.get(at..equals).ok_or_else(illegal)?;
        self.overlap = self.overlap.saturating_add(name.len());
        if self.overlap > OVERLAP_LIMIT {
            return Err(ParseUriError::TooLarge { limit: OVERLAP_LIMIT });
        }
        self.set_raw_extra(rest, name, &Value::EMPTY)
    }

    /// An extra whose name, prefix and key, may be anything.
    fn set_raw_extra(&mut self, rest: &str, name: &str, value: &Value<'a>) -> Result<(), ParseUriError> {
        let fail = |reason| Err(self.reading.syntax(reason, Some(self.place(rest))));
        // The prefix is two UTF-16 units, which may be two bytes or more.
        if name.encode_utf16().nth(1).is_none() {
            return fail(SyntaxReason::IllegalFormat);
        }
        match name.get(2..) {
            Some(key) => codec::with_decoded(key, |key| self.set_extra(rest, Key::new(key), value, rest)),
            None => fail(SyntaxReason::UnknownExtraType),
        }
    }

    /// An extra of the type that the first two bytes of the rest name.
    fn set_extra(
        &mut self,
        rest: &str,
        key: Key<'_>,
        value: &Value<'a>,
        behind: &str,
    ) -> Result<(), ParseUriError> {
        let illegal = SyntaxReason::IllegalFormat;
        let fail = |reason| Err(self.reading.syntax(reason, Some(self.place(rest))));
        let value = match rest.as_bytes() {
            [b'S', b'.', ..] => Kept::String(value.keep(&mut self.current().texts)),
            [letter, b'.', ..] => match value.read(|text| parse_value::extra(*letter, text)) {
                Ok(value) => value,
                Err(ExtraError::Number(field)) => {
                    return Err(self.reading.number(field, Some(self.place(rest))));
                }
                Err(ExtraError::NoChar) => return fail(illegal),
                Err(ExtraError::UnknownType) => return fail(SyntaxReason::UnknownExtraType),
            },
            _ => return fail(SyntaxReason::UnknownExtraType),
        };
        let Intent { texts, extras, .. } = self.current();
        extras.insert_deferred(texts, key, value, || expected_items(behind));
        Ok(())
    }
}

/// A key up to the given end, and what is behind that; but only if nothing in it needs an escape.
#[inline(always)]
fn split_key(text: &str, end: char) -> Option<(Key<'_>, &str)> {
    let (len, hash) = scan::leading_hashed(text.as_bytes());
    let (key, behind) = text.split_at_checked(len)?;
    Some((Key { text: Some(key), hash, plain: true }, behind.strip_prefix(end)?))
}

/// One of the categories that nearly every intent with categories has, and what is behind its `;`.
#[inline(always)]
fn split_known_category(text: &str) -> Option<(Key<'static>, &str)> {
    const DEFAULT: Key<'static> = Key::known(Intent::CATEGORY_DEFAULT);
    const BROWSABLE: Key<'static> = Key::known(Intent::CATEGORY_BROWSABLE);
    let (key, behind) = match text.strip_prefix(Intent::CATEGORY_DEFAULT) {
        Some(behind) => (DEFAULT, behind),
        None => (BROWSABLE, text.strip_prefix(Intent::CATEGORY_BROWSABLE)?),
    };
    Some((key, behind.strip_prefix(';')?))
}

/// What is behind a prefix that may be the one of an extra: a letter and a `.`.
fn prefixed(rest: &str) -> Option<&str> {
    match rest.as_bytes() {
        [letter, b'.', ..] if letter.is_ascii_alphabetic() => rest.get(2..),
        _ => None,
    }
}

/// How many extras there may be, judged by the length of what is behind the first.
fn expected_items(behind: &str) -> usize {
    const USUAL_ITEM: usize = 16;
    const MANY: usize = 16;
    if behind.starts_with("end") {
        return 1;
    }
    behind.len().min(MANY * USUAL_ITEM).div_ceil(USUAL_ITEM).saturating_add(1)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Action,
    Category,
    MimeType,
    Identifier,
    LaunchFlags,
    ExtendedLaunchFlags,
    Package,
    Component,
    Scheme,
    SourceBounds,
}

impl Field {
    /// What `toUri` leaves alone in the value.
    fn keep(self) -> Keep {
        match self {
            Self::MimeType | Self::Identifier | Self::Component => Keep::UnreservedAndSlash,
            Self::Action
            | Self::Category
            | Self::LaunchFlags
            | Self::ExtendedLaunchFlags
            | Self::Package
            | Self::Scheme
            | Self::SourceBounds => Keep::Unreserved,
        }
    }
}

/// A value or a key as it stands in the URI.
struct Value<'a> {
    raw: &'a str,
    /// By which rule it is known to hold no char that would be escaped, and so no escape either.
    plain_by: Option<Keep>,
}

impl<'a> Value<'a> {
    const EMPTY: Self = Self { raw: "", plain_by: Some(Keep::Unreserved) };

    fn unknown(raw: &'a str) -> Self {
        Self { raw, plain_by: None }
    }

    /// The text up to the next `;`, and what is behind that.
    #[inline(always)]
    fn split(text: &'a str, keep: Keep) -> Option<(Self, &'a str)> {
        Self::split_at(text, keep, b';').or_else(|| {
            let (raw, behind) = text.split_at_checked(scan::find(text.as_bytes(), b';')?)?;
            Some((Self::unknown(raw), behind.strip_prefix(';')?))
        })
    }

    /// As [`Value::split`], but only if nothing before the end needs an escape.
    #[inline(always)]
    fn split_at(text: &'a str, keep: Keep, end: u8) -> Option<(Self, &'a str)> {
        let (raw, behind) = text.split_at_checked(keep.leading(text.as_bytes()))?;
        let behind = behind.strip_prefix(char::from(end))?;
        Some((Self { raw, plain_by: Some(keep) }, behind))
    }

    #[inline(always)]
    fn decoded(&self) -> Cow<'a, str> {
        if self.plain_by.is_some() { Cow::Borrowed(self.raw) } else { codec::decode(self.raw) }
    }

    #[inline(always)]
    fn read<R>(&self, take: impl FnOnce(&str) -> R) -> R {
        if self.plain_by.is_some() { take(self.raw) } else { codec::with_decoded(self.raw, take) }
    }

    #[inline(always)]
    fn keep(&self, texts: &mut Texts) -> Text {
        match self.plain_by {
            Some(keep) => texts.keep_known(self.raw, Some(keep)),
            None => codec::with_decoded(self.raw, |text| texts.keep_known(text, None)),
        }
    }

    fn action(&self, texts: &mut Texts) -> Action {
        match self.plain_by {
            Some(_) => Action::known(self.raw).unwrap_or_else(|| Action::Other(self.keep(texts))),
            None => codec::with_decoded(self.raw, |text| Action::keep(texts, text)),
        }
    }
}

/// Where the next `=` of the text is. Remembered, since many items may ask for the same one.
#[derive(Default)]
struct NextEquals {
    /// There is none before this place, and one at it unless it is the end of the text.
    known: Option<usize>,
}

impl NextEquals {
    fn at_or_behind(&mut self, text: &str, from: usize) -> Option<usize> {
        if self.known.is_none_or(|known| known < from) {
            let found = scan::find(text.as_bytes().get(from..)?, b'=').and_then(|at| from.checked_add(at));
            self.known = Some(found.unwrap_or(text.len()));
        }
        self.known.filter(|known| *known < text.len())
    }
}
