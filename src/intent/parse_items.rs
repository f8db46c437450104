//! The items of an intent URI: `name=value;` up to one that begins with `end`.

use std::borrow::Cow;

use super::codec;
use super::component::{Component, SourceBounds};
use super::error::{NumberField, ParseUriError, SyntaxReason};
use super::extra::{Extra, KeptExtra};
use super::flags::{IntentFlags, ParseFlags};
use super::hash_ordered::Key;
use super::java_number;
use super::model::Intent;
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
pub(super) struct Items<'a> {
    reading: Reading<'a>,
    pub(super) intent: Intent,
    /// The intent after the last `SEL;`: all further items are its own.
    pub(super) selector: Option<Box<Intent>>,
    pub(super) scheme: Option<Cow<'a, str>>,
    pub(super) explicit_action: bool,
    /// Where the next `=` of the text is, if it was looked for: many items may ask for the same one. There is none before this
    /// place, and one at it unless it is the end of the text.
    next_equals: Option<usize>,
    /// How many bytes the names of extras have that lie over later items.
    overlap: usize,
}

impl<'a> Items<'a> {
    /// No items: an intent to view something.
    pub(super) fn new(reading: Reading<'a>) -> Self {
        let intent = Intent { action: Some(Cow::Borrowed(Intent::ACTION_VIEW)), ..Intent::new() };
        Self {
            reading,
            intent,
            selector: None,
            scheme: None,
            explicit_action: false,
            next_equals: None,
            overlap: 0,
        }
    }

    /// Reads items up to one that begins with `end`. Returns where that is.
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
            self.next_equals = None;
            rest = self.reading.uri;
        }
    }

    /// Where in the text the rest begins, in bytes.
    fn place(&self, rest: &str) -> usize {
        self.reading.uri.len().wrapping_sub(rest.len())
    }

    /// Reads one item. Returns what follows its `;`, or `None` if it has none.
    fn read(&mut self, rest: &'a str) -> Result<Option<&'a str>, ParseUriError> {
        let Some((item, behind)) = rest.split_once(';') else { return Ok(None) };
        if item == "SEL" {
            // A later one takes the place of an earlier one.
            self.selector = Some(Box::default());
        } else {
            self.set(rest, item)?;
        }
        Ok(Some(behind))
    }

    /// Reads an item without `;`, whose value then counts as empty. Only Androids before API 35 come here.
    #[cold]
    fn read_unended(&mut self, rest: &'a str) -> Result<(), ParseUriError> {
        let item = rest.split_inclusive('=').next().filter(|name| name.ends_with('=')).unwrap_or_default();
        self.set(rest, item)
    }

    /// The intent that the items are for.
    fn current(&mut self) -> &mut Intent {
        self.selector.as_deref_mut().unwrap_or(&mut self.intent)
    }

    /// Takes an item, with which the rest of the text begins.
    fn set(&mut self, rest: &'a str, item: &'a str) -> Result<(), ParseUriError> {
        let equals = item.bytes().position(|byte| byte == b'=').and_then(|at| item.split_at_checked(at));
        let Some((name, value)) = equals else { return self.set_overlapping_extra(rest) };
        let raw = value.strip_prefix('=').unwrap_or_default();
        if name.as_bytes().get(1) == Some(&b'.') {
            return self.set_extra(rest, name, raw);
        }
        let reading = self.reading;
        let at = Some(self.place(rest));
        let value = codec::decode(raw);
        let in_selector = self.selector.is_some();
        let intent = self.current();
        match name {
            "action" => {
                intent.action = Some(text(value));
                self.explicit_action |= !in_selector;
            }
            "category" => {
                intent.categories.insert(Key::new(text(value)), ());
            }
            "type" => intent.mime_type = Some(value.into_owned()),
            "identifier" if reading.version.has_identifier() => intent.identifier = Some(value.into_owned()),
            "launchFlags" => {
                intent.flags = reading
                    .launch_flags(&value)
                    .ok_or_else(|| reading.number(NumberField::LaunchFlags, at))?;
            }
            "extendedLaunchFlags" if reading.version.has_extended_flags() => {
                intent.extended_flags = reading
                    .flag_bits(&value)
                    .ok_or_else(|| reading.number(NumberField::ExtendedLaunchFlags, at))?;
            }
            "package" => intent.package = Some(value.into_owned()),
            "component" => intent.component = Component::unflatten(&value),
            "scheme" if in_selector => intent.data = Some([&*value, ":"].concat()),
            "scheme" => self.scheme = Some(value),
            "sourceBounds" => {
                intent.source_bounds = source_bounds(&value)
                    .map_err(|OutOfRange| reading.number(NumberField::SourceBounds, at))?;
            }
            _ => return self.set_extra(rest, name, raw),
        }
        Ok(())
    }

    /// An extra whose name reaches up to the `=` of a later item; it has no value.
    #[cold]
    fn set_overlapping_extra(&mut self, rest: &'a str) -> Result<(), ParseUriError> {
        let at = self.place(rest);
        let uri = self.reading.uri;
        if self.next_equals.is_none_or(|known| known < at) {
            self.next_equals = Some(rest.find('=').map_or(uri.len(), |found| at.saturating_add(found)));
        }
        let illegal = || self.reading.syntax(SyntaxReason::IllegalFormat, Some(at));
        let equals = self.next_equals.filter(|equals| *equals < uri.len()).ok_or_else(illegal)?;
        let name = uri.get(at..equals).ok_or_else(illegal)?;
        self.overlap = self.overlap.saturating_add(name.len());
        if self.overlap > OVERLAP_LIMIT {
            return Err(ParseUriError::TooLarge { limit: OVERLAP_LIMIT });
        }
        self.set_extra(rest, name, "")
    }

    /// An extra by its name, which is prefix and key, and its value as it stands in the text.
    fn set_extra(&mut self, rest: &str, name: &'a str, raw: &str) -> Result<(), ParseUriError> {
        let reading = self.reading;
        let at = Some(self.place(rest));
        // The prefix is two UTF-16 units, which may be two bytes or more.
        if name.encode_utf16().nth(1).is_none() {
            return Err(reading.syntax(SyntaxReason::IllegalFormat, at));
        }
        let unknown = || reading.syntax(SyntaxReason::UnknownExtraType, at);
        let (prefix, key) = name.split_at_checked(2).ok_or_else(unknown)?;
        let value = match prefix.as_bytes() {
            b"S." => KeptExtra::of_raw(raw),
            [letter, b'.'] => {
                let value = primitive(*letter, &codec::decode(raw)).map_err(|error| match error {
                    ExtraError::Number(field) => reading.number(field, at),
                    ExtraError::NoChar => reading.syntax(SyntaxReason::IllegalFormat, at),
                    ExtraError::UnknownType => unknown(),
                })?;
                KeptExtra::Plain(value)
            }
            _ => return Err(unknown()),
        };
        self.current().extras.insert(Key::new(text(codec::decode(key))), value);
        Ok(())
    }
}

/// A text that an intent keeps. Those that nearly every intent has take no memory of their own.
fn text(text: Cow<'_, str>) -> Cow<'static, str> {
    const USUAL: [&str; 5] = [
        Intent::ACTION_VIEW,
        Intent::ACTION_MAIN,
        Intent::CATEGORY_DEFAULT,
        Intent::CATEGORY_BROWSABLE,
        Intent::CATEGORY_LAUNCHER,
    ];
    match USUAL.into_iter().find(|usual| *usual == text) {
        Some(usual) => Cow::Borrowed(usual),
        None => Cow::Owned(text.into_owned()),
    }
}

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
