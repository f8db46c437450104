//! `Intent.parseUri` (AOSP android-16.0.0_r2, Intent.java).

use std::borrow::Cow;

use super::android_uri::AndroidUri;
use super::codec;
use super::component::Component;
use super::error::{NumberField, ParseUriError, SyntaxReason};
use super::extra::Extra;
use super::flags::IntentFlags;
use super::java_number;
use super::model::{Intent, SourceBounds};
use super::parse_old;
use super::uri_form::ParseFlags;
use super::version::AndroidVersion;

/// How many bytes the keys of extras may have that lie over later items.
const OVERLAP_LIMIT: usize = 1 << 20;

impl Intent {
    /// Reads a URI as Android 16's `parseUri` does.
    ///
    /// # Errors
    /// [`ParseUriError`], where Android throws.
    pub fn parse_uri(uri: &str, flags: ParseFlags) -> Result<Self, ParseUriError> {
        Self::parse_uri_on(uri, flags, AndroidVersion::NEWEST)
    }

    /// Reads a URI as the given Android's `parseUri` does.
    ///
    /// # Errors
    /// [`ParseUriError`], where Android throws or never ends.
    pub fn parse_uri_on(
        uri: &str,
        flags: ParseFlags,
        version: AndroidVersion,
    ) -> Result<Self, ParseUriError> {
        let android_app = uri.starts_with("android-app:");
        let wants_scheme = flags.intersects(ParseFlags::INTENT_SCHEME | ParseFlags::ANDROID_APP_SCHEME);
        if wants_scheme && !android_app && !uri.starts_with("intent:") {
            return Ok(view(uri));
        }
        let reading = Reading { uri, flags, version };
        match uri.rsplit_once('#') {
            Some((base, fragment)) if fragment.starts_with("Intent;") => {
                reading.parse(base, fragment.strip_prefix("Intent;"))
            }
            _ if android_app => reading.parse(uri, None),
            Some((base, fragment)) => parse_old::parse(reading, base, fragment),
            None => Ok(view(uri)),
        }
    }
}

/// The intent that shows the text.
fn view(uri: &str) -> Intent {
    Intent { action: Some(Intent::ACTION_VIEW.into()), data: Some(AndroidUri::new(uri)), ..Intent::default() }
}

/// A text and how it is to be read.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a> {
    pub(super) uri: &'a str,
    pub(super) flags: ParseFlags,
    pub(super) version: AndroidVersion,
}

impl<'a> Reading<'a> {
    /// Reads the items, then the text before them.
    fn parse(self, base: &'a str, items: Option<&'a str>) -> Result<Intent, ParseUriError> {
        let mut items_read = Items::new(self);
        let end = match items {
            Some(items) => Some(items_read.read_all(items)?),
            None => None,
        };
        let Items { mut intent, selector, scheme, explicit_action, .. } = items_read;
        intent.settle();
        if let Some(mut selector) = selector {
            if intent.package.is_none() {
                selector.settle();
                intent.selector = Some(selector);
            }
        }
        if let Some(rest) = base.strip_prefix("intent:") {
            intent.data = match scheme {
                Some(scheme) => Some(AndroidUri::new(join(&[&scheme, ":", rest]))),
                None => (!rest.is_empty()).then(|| AndroidUri::new(rest)),
            };
        } else if let Some(rest) = base.strip_prefix("android-app:") {
            self.read_app_base(&mut intent, rest, scheme, explicit_action)
                .ok_or_else(|| self.syntax(SyntaxReason::IllegalFormat, end))?;
        } else if !base.is_empty() {
            intent.data = Some(AndroidUri::new(base));
        }
        Ok(intent)
    }

    /// Reads what follows `android-app:`. `None` if two chars are not there.
    fn read_app_base(
        self,
        intent: &mut Intent,
        rest: &str,
        scheme: Option<Cow<'_, str>>,
        explicit_action: bool,
    ) -> Option<()> {
        let Some(rest) = rest.strip_prefix("//") else {
            return (!rest.is_empty() && rest != "/").then_some(());
        };
        let decode =
            |text| if self.version.app_intent_encoding() { codec::decode(text) } else { Cow::Borrowed(text) };
        let (package, rest) = match rest.split_once('/') {
            Some((package, rest)) => (package, Some(rest)),
            None => (rest, None),
        };
        intent.package = Some(decode(package).into());
        let data = match rest {
            None => None,
            Some("") => scheme.map(|scheme| join(&[&scheme, ":"])),
            Some(rest) => Some(match rest.split_once('/') {
                None => join(&[&decode(rest), ":"]),
                Some((scheme, rest)) => match rest.find('/').and_then(|end| rest.split_at_checked(end)) {
                    None => join(&[&decode(scheme), ":"]),
                    Some((authority, rest)) => join(&[&decode(scheme), "://", &decode(authority), rest]),
                },
            }),
        };
        match data {
            Some(data) => intent.data = Some(AndroidUri::new(data)),
            None if !explicit_action => intent.action = Some(Intent::ACTION_MAIN.into()),
            None => {}
        }
        Some(())
    }

    /// The error at a place of the text, given in bytes.
    pub(super) fn syntax(self, reason: SyntaxReason, at: Option<usize>) -> ParseUriError {
        ParseUriError::Syntax { reason, index: self.index(at) }
    }

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

    fn flag_bits(self, value: &str) -> Option<u32> {
        match java_number::decode_integer(value) {
            Some(bits) => Some(u32::from_ne_bytes(bits.to_ne_bytes())),
            None if self.version.reads_unsigned_flags() => java_number::decode_unsigned_hex(value),
            None => None,
        }
    }
}

/// One block for the whole.
fn join(parts: &[&str]) -> Box<str> {
    parts.concat().into_boxed_str()
}

/// What the items have given so far.
struct Items<'a> {
    reading: Reading<'a>,
    intent: Intent,
    /// The intent behind the last `SEL;`: all further items are its own.
    selector: Option<Box<Intent>>,
    scheme: Option<Cow<'a, str>>,
    explicit_action: bool,
    equals: NextEquals,
    overlap: usize,
}

impl<'a> Items<'a> {
    fn new(reading: Reading<'a>) -> Self {
        Self {
            reading,
            intent: Intent { action: Some(Intent::ACTION_VIEW.into()), ..Intent::default() },
            selector: None,
            scheme: None,
            explicit_action: false,
            equals: NextEquals::default(),
            overlap: 0,
        }
    }

    /// Reads items up to one that begins with `end`; gives where that is.
    fn read_all(&mut self, items: &'a str) -> Result<usize, ParseUriError> {
        let mut rest = items;
        let mut restarted = false;
        loop {
            let at = self.reading.uri.len().saturating_sub(rest.len());
            if rest.starts_with("end") {
                return Ok(at);
            }
            if let Some((item, behind)) = rest.split_once(';') {
                self.read(at, item, true)?;
                rest = behind;
                continue;
            }
            if self.reading.version.checks_item_end() {
                return Err(self.reading.syntax(SyntaxReason::EndNotFound, None));
            }
            if restarted {
                return Err(ParseUriError::Endless);
            }
            self.read(at, rest, false)?;
            restarted = true;
            self.equals = NextEquals::default();
            rest = self.reading.uri;
        }
    }

    /// Reads one item. Without its `;` every value counts as empty.
    fn read(&mut self, at: usize, item: &'a str, ended: bool) -> Result<(), ParseUriError> {
        let value = |name: &str| item.strip_prefix(name).map(|value| if ended { value } else { "" });
        let in_selector = self.selector.is_some();
        let intent = self.selector.as_deref_mut().unwrap_or(&mut self.intent);
        let version = self.reading.version;
        if let Some(value) = value("action=") {
            intent.action = Some(codec::decode_boxed(value));
            self.explicit_action |= !in_selector;
        } else if let Some(value) = value("category=") {
            intent.categories.insert_deferred(Some(codec::decode_boxed(value)), ());
        } else if let Some(value) = value("type=") {
            intent.mime_type = Some(codec::decode_boxed(value));
        } else if let Some(value) = value("identifier=").filter(|_| version.has_identifier()) {
            intent.identifier = Some(codec::decode_boxed(value));
        } else if let Some(value) = value("launchFlags=") {
            intent.flags = self
                .reading
                .launch_flags(&codec::decode(value))
                .ok_or_else(|| self.reading.number(NumberField::LaunchFlags, Some(at)))?;
        } else if let Some(value) = value("extendedLaunchFlags=").filter(|_| version.has_extended_flags()) {
            intent.extended_flags = self
                .reading
                .flag_bits(&codec::decode(value))
                .ok_or_else(|| self.reading.number(NumberField::ExtendedLaunchFlags, Some(at)))?;
        } else if let Some(value) = value("package=") {
            intent.package = Some(codec::decode_boxed(value));
        } else if let Some(value) = value("component=") {
            intent.component = Component::unflatten(&codec::decode(value));
        } else if let Some(value) = value("scheme=") {
            let scheme = codec::decode(value);
            if in_selector {
                intent.data = Some(AndroidUri::new(join(&[&scheme, ":"])));
            } else {
                self.scheme = Some(scheme);
            }
        } else if let Some(value) = value("sourceBounds=") {
            intent.source_bounds = source_bounds(&codec::decode(value))
                .map_err(|OutOfRange| self.reading.number(NumberField::SourceBounds, Some(at)))?;
        } else if item == "SEL" && ended {
            self.selector = Some(Box::default());
        } else {
            self.read_extra(at, item, ended)?;
        }
        Ok(())
    }

    fn read_extra(&mut self, at: usize, item: &'a str, ended: bool) -> Result<(), ParseUriError> {
        let reading = self.reading;
        let illegal = || reading.syntax(SyntaxReason::IllegalFormat, Some(at));
        let (name, value) = if let Some((name, value)) = item.split_once('=') {
            (name, if ended { value } else { "" })
        } else {
            // The item takes its name up to the `=` of a later one, and has no value.
            let equals = self.equals.at_or_behind(reading.uri, at).ok_or_else(illegal)?;
            let name = reading.uri.get(at..equals).ok_or_else(illegal)?;
            self.overlap = self.overlap.saturating_add(name.len());
            if self.overlap > OVERLAP_LIMIT {
                return Err(ParseUriError::TooLarge { limit: OVERLAP_LIMIT });
            }
            (name, "")
        };
        let mut units = name.encode_utf16();
        if units.next().is_none() || units.next().is_none() {
            return Err(illegal());
        }
        let (Some(prefix), Some(key)) = (name.get(..2), name.get(2..)) else {
            return Err(reading.syntax(SyntaxReason::UnknownExtraType, Some(at)));
        };
        let number = |field| reading.number(field, Some(at));
        let value = match prefix {
            "S." => Extra::String(codec::decode_boxed(value)),
            _ => match extra_value(prefix, &codec::decode(value)) {
                Ok(value) => value,
                Err(ExtraError::Number(field)) => return Err(number(field)),
                Err(ExtraError::NoChar) => return Err(illegal()),
                Err(ExtraError::UnknownType) => {
                    return Err(reading.syntax(SyntaxReason::UnknownExtraType, Some(at)));
                }
            },
        };
        let intent = self.selector.as_deref_mut().unwrap_or(&mut self.intent);
        intent.extras.insert_deferred(codec::decode_boxed(key), value);
        Ok(())
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
pub(super) fn extra_value(prefix: &str, value: &str) -> Result<Extra, ExtraError> {
    fn integer<T: TryFrom<i64>>(value: &str, field: NumberField) -> Result<T, ExtraError> {
        let number = java_number::parse_integer(value).and_then(|number| T::try_from(number).ok());
        number.ok_or(ExtraError::Number(field))
    }
    Ok(match prefix {
        "B." => Extra::Boolean(value.eq_ignore_ascii_case("true")),
        "b." => Extra::Byte(integer(value, NumberField::Byte)?),
        "c." => Extra::Char(value.encode_utf16().next().ok_or(ExtraError::NoChar)?),
        "d." => {
            Extra::Double(java_number::parse_double(value).ok_or(ExtraError::Number(NumberField::Double))?)
        }
        "f." => Extra::Float(java_number::parse_float(value).ok_or(ExtraError::Number(NumberField::Float))?),
        "i." => Extra::Int(integer(value, NumberField::Int)?),
        "l." => Extra::Long(integer(value, NumberField::Long)?),
        "s." => Extra::Short(integer(value, NumberField::Short)?),
        _ => return Err(ExtraError::UnknownType),
    })
}

/// Where the next `=` of the text is. Remembered, since many items may ask in vain.
#[derive(Default)]
struct NextEquals {
    /// There is none before this place, and one at it unless it is the end of the text.
    known: Option<usize>,
}

impl NextEquals {
    fn at_or_behind(&mut self, text: &str, from: usize) -> Option<usize> {
        if self.known.is_none_or(|known| known < from) {
            let found = text.get(from..)?.find('=').and_then(|at| from.checked_add(at));
            self.known = Some(found.unwrap_or(text.len()));
        }
        self.known.filter(|known| *known < text.len())
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
