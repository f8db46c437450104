//! `Intent.toUri` (AOSP android-16.0.0_r2, Intent.java).
//!
//! Each item is written as `;name=value`: the `;` closes what stands before, be it `#Intent` or an item, and `;end` closes
//! the last.

use std::fmt::Write as _;

use super::android_uri::AndroidUri;
use super::codec::{self, Keep};
use super::component::{KeptComponent, SourceBounds};
use super::error::ToUriError;
use super::extra::KeptExtra;
use super::flags::UriScheme;
use super::kept::{Entry, Span, Text};
use super::model::Intent;
use super::version::AndroidVersion;

impl Intent {
    /// The URI of the intent, as Android 16's `toUri` writes it.
    ///
    /// Not everything comes back from it, and data may hold text that is read as fields: see
    /// [`Intent::check_round_trip`].
    ///
    /// ```
    /// use tim_offline_push::intent::{Intent, ToUriError, UriScheme};
    ///
    /// let intent = Intent::new().with_data("https://example.com/a").with_package("com.example.im").with_extra("n", 1);
    /// let uri = intent.to_uri(UriScheme::Intent)?;
    /// assert_eq!(uri, "intent://example.com/a#Intent;scheme=https;package=com.example.im;i.n=1;end");
    /// let uri = intent.to_uri(UriScheme::AndroidApp)?;
    /// assert_eq!(uri, "android-app://com.example.im/https/example.com/a#Intent;i.n=1;end");
    /// let uri = intent.to_uri(UriScheme::Bare)?;
    /// assert_eq!(uri, "https://example.com/a#Intent;package=com.example.im;i.n=1;end");
    /// # Ok::<(), ToUriError>(())
    /// ```
    ///
    /// # Errors
    /// [`ToUriError::NoPackage`] for an `android-app:` URI without a package.
    pub fn to_uri(&self, scheme: UriScheme) -> Result<String, ToUriError> {
        self.to_uri_on(scheme, AndroidVersion::NEWEST)
    }

    /// The URI of the intent, as the given Android's `toUri` writes it.
    ///
    /// # Errors
    /// As [`Intent::to_uri`].
    pub fn to_uri_on(&self, scheme: UriScheme, version: AndroidVersion) -> Result<String, ToUriError> {
        let mut uri = String::with_capacity(self.expected_len());
        let mut items = Items { intent: self, scheme: None, action: VIEW, package: true, version };
        let data = self.text(self.data.as_ref());
        match scheme {
            UriScheme::Intent => match data.map(|data| split_scheme(data, version).ok_or(data)) {
                None => uri.push_str("intent:"),
                Some(Ok((scheme, rest))) => {
                    uri.push_str("intent:");
                    uri.push_str(rest);
                    items.scheme = Some(scheme);
                }
                Some(Err(data)) => uri.push_str(data),
            },
            UriScheme::AndroidApp => {
                let has_scheme = self.write_app_base(&mut uri, version)?;
                items.action = if has_scheme { VIEW } else { MAIN };
                items.package = false;
            }
            UriScheme::Bare => uri.push_str(data.unwrap_or_default()),
        }
        items.write_fragment(&mut uri);
        Ok(uri)
    }

    /// An `intent:` URI that Android's parser reads back even if the data's scheme has a character that its `toUri` cannot
    /// write, such as `_`. Equal to [`Intent::to_uri`] with [`UriScheme::Intent`] for every other intent.
    ///
    /// ```
    /// use tim_offline_push::intent::{Intent, ParseFlags, UriScheme};
    ///
    /// let intent = Intent::new().with_action(Intent::ACTION_VIEW).with_data("my_app://chat").with_package("com.example.im");
    /// let read_as_data = intent.to_uri(UriScheme::Intent)?;
    /// assert_eq!(read_as_data, "my_app://chat#Intent;package=com.example.im;end");
    /// let uri = intent.to_readable_uri();
    /// assert_eq!(uri, "intent://chat#Intent;scheme=my_app;package=com.example.im;end");
    /// assert_eq!(Intent::parse_uri(&uri, ParseFlags::INTENT_SCHEME)?, intent);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_readable_uri(&self) -> String {
        let version = AndroidVersion::NEWEST;
        let split = self.data().and_then(|data| data.as_str().split_once(':'));
        let (scheme, rest) = match split.filter(|(scheme, _)| !scheme.is_empty()) {
            Some((scheme, rest)) => (Some(scheme), rest),
            // Without a scheme it is written as it is.
            None => (None, self.data().map_or("intent:", AndroidUri::as_str)),
        };
        let mut uri = String::with_capacity(self.expected_len());
        uri.extend([if scheme.is_some() { "intent:" } else { "" }, rest]);
        Items { intent: self, scheme, action: VIEW, package: true, version }.write_fragment(&mut uri);
        uri
    }

    /// Writes the text before the items of an `android-app:` URI. Returns whether the data's scheme is in it.
    fn write_app_base(&self, out: &mut String, version: AndroidVersion) -> Result<bool, ToUriError> {
        let package = self.package().ok_or(ToUriError::NoPackage)?;
        out.push_str("android-app://");
        if version.encodes_package() {
            codec::write_encoded(out, package, Keep::Unreserved);
        } else {
            out.push_str(package);
        }
        let Some(data) = self.data() else { return Ok(false) };
        let parts = data.on(version);
        let Some(scheme) = parts.scheme() else { return Ok(false) };
        let mut part = |mark: &str, text: Option<&str>, keep| {
            let Some(text) = text else { return };
            out.push_str(mark);
            if version.app_intent_encoding() {
                codec::write_encoded_if_not(out, text, keep);
            } else {
                out.push_str(text);
            }
        };
        part("/", Some(scheme), Keep::Unreserved);
        if let Some(authority) = parts.encoded_authority() {
            part("/", Some(authority), Keep::Unreserved);
            part("", parts.encoded_path(), Keep::UnreservedAndSlash);
            part("?", parts.encoded_query(), Keep::Unreserved);
            part("#", parts.encoded_fragment(), Keep::Unreserved);
        }
        Ok(true)
    }

    /// How many bytes the URI takes, unless many characters need an escape.
    fn expected_len(&self) -> usize {
        /// The names of all items that occur once, with flags and bounds.
        const FRAME: usize = 192;
        /// The name of a category, or the prefix of an extra and a number.
        const ITEM: usize = 24;
        // What is in the source is counted with it.
        let mut sum = self.source.len().saturating_add(FRAME);
        for text in [&self.action, &self.data, &self.mime_type, &self.identifier, &self.package] {
            if let Some(Text::Own(text)) = text {
                sum = sum.saturating_add(text.len());
            }
        }
        if let Some(KeptComponent::Own(component)) = &self.component {
            sum = sum.saturating_add(component.flat_len());
        }
        for category in self.categories.iter().filter(|category| category.place().is_none()) {
            sum = sum.saturating_add(ITEM).saturating_add(category.key(&self.source).map_or(0, str::len));
        }
        for extra in self.extras.iter() {
            if extra.place().is_none() {
                sum = sum.saturating_add(ITEM).saturating_add(extra.key(&self.source).map_or(0, str::len));
            }
            if let KeptExtra::Written { text: Text::Own(text), .. } = &extra.value {
                sum = sum.saturating_add(text.len());
            }
        }
        self.selector().map_or(sum, |selector| selector.expected_len().saturating_add(sum))
    }
}

/// The scheme of data under `intent:`, and what follows the colon: letters, digits, `.`, `-` (`+` not on API 23), one at
/// least, and `:`.
fn split_scheme(data: &str, version: AndroidVersion) -> Option<(&str, &str)> {
    let takes = |byte: u8| {
        byte.is_ascii_alphanumeric()
            || matches!(byte, b'.' | b'-')
            || (byte == b'+' && version.plus_in_schemes())
    };
    let (scheme, rest) = data.split_at_checked(data.bytes().position(|byte| !takes(byte))?)?;
    Some((scheme, rest.strip_prefix(':')?)).filter(|_| !scheme.is_empty())
}

const VIEW: Option<&str> = Some(Intent::ACTION_VIEW);
const MAIN: Option<&str> = Some(Intent::ACTION_MAIN);

/// The items of an intent, and what they depend on beside it.
struct Items<'a> {
    intent: &'a Intent,
    scheme: Option<&'a str>,
    /// The action that is not written.
    action: Option<&'a str>,
    /// Whether the package is written.
    package: bool,
    version: AndroidVersion,
}

impl Items<'_> {
    /// Writes the items and the selector, if there are any.
    fn write_fragment(&self, out: &mut String) {
        if self.are_none() {
            return;
        }
        out.push_str("#Intent");
        self.write(out);
        if let Some(selector) = self.intent.selector() {
            out.push_str(";SEL");
            let scheme = selector.data().and_then(AndroidUri::scheme);
            Items { intent: selector, scheme, action: None, package: true, version: self.version }.write(out);
        }
        out.push_str(";end");
    }

    /// Whether [`Items::write`] would write none, nor is there a selector.
    fn are_none(&self) -> bool {
        let Intent { flags, component, categories, mime_type, source_bounds, extras, selector, .. } =
            self.intent;
        self.scheme.is_none()
            && flags.is_empty()
            && component.is_none()
            && self.package().is_none()
            && self.action().is_none()
            && categories.is_empty()
            && mime_type.is_none()
            && self.identifier().is_none()
            && self.extended_flags().is_none()
            && source_bounds.is_none()
            && selector.is_none()
            && extras.iter().all(|extra| matches!(extra.value, KeptExtra::Unprintable))
    }

    fn action(&self) -> Option<&Text> {
        let action = self.intent.action.as_ref()?;
        (self.action != Some(action.get(&self.intent.source))).then_some(action)
    }

    fn identifier(&self) -> Option<&Text> {
        self.intent.identifier.as_ref().filter(|_| self.version.has_identifier())
    }

    fn extended_flags(&self) -> Option<u32> {
        Some(self.intent.extended_flags).filter(|bits| *bits != 0 && self.version.has_extended_flags())
    }

    fn package(&self) -> Option<&Text> {
        self.intent.package.as_ref().filter(|_| self.package)
    }

    /// Writes the items in Android's order.
    fn write(&self, out: &mut String) {
        let intent = self.intent;
        let source = intent.source.as_str();
        let mut out = ItemWriter { out, source, piece: Span::NOTHING };
        if let Some(scheme) = self.scheme {
            out.write_str(";scheme=");
            if self.version.encodes_scheme() {
                codec::write_encoded(out.out, scheme, Keep::Unreserved);
            } else {
                out.write_str(scheme);
            }
        }
        if let Some(action) = self.action() {
            out.text(";action=", action, Keep::Unreserved);
        }
        for category in intent.categories.iter() {
            if let Some(place) = category.place() {
                out.piece(place.with_before(";category="));
            } else {
                out.write_str(";category=");
                codec::write_encoded(out.out, category.key(source).unwrap_or_default(), Keep::Unreserved);
            }
        }
        if let Some(mime_type) = &intent.mime_type {
            out.text(";type=", mime_type, Keep::UnreservedAndSlash);
        }
        if let Some(identifier) = self.identifier() {
            out.text(";identifier=", identifier, Keep::UnreservedAndSlash);
        }
        if !intent.flags.is_empty() {
            out.write_str(";launchFlags=0x");
            write_hex(out.out, intent.flags.bits());
        }
        if let Some(bits) = self.extended_flags() {
            out.write_str(";extendedLaunchFlags=0x");
            write_hex(out.out, bits);
        }
        if let Some(package) = self.package() {
            out.text(";package=", package, Keep::Unreserved);
        }
        match &intent.component {
            Some(KeptComponent::Read(short)) => out.piece(short.with_before(";component=")),
            Some(KeptComponent::Own(component)) => {
                out.write_str(";component=");
                codec::write_encoded(out.out, component.package(), Keep::UnreservedAndSlash);
                out.write_str("/");
                codec::write_encoded(out.out, component.short_class(), Keep::UnreservedAndSlash);
            }
            None => {}
        }
        if let Some(bounds) = intent.source_bounds {
            out.write_str(";sourceBounds=");
            let SourceBounds { left, top, right, bottom } = bounds;
            // A string takes any piece.
            write!(out.out, "{left}%20{top}%20{right}%20{bottom}").unwrap_or_default();
        }
        for extra in intent.extras.iter() {
            out.extra(extra);
        }
        out.finish();
    }
}

/// Writes items. Those that stand in the source one after the other, as they are written, go in one piece.
struct ItemWriter<'a> {
    out: &'a mut String,
    source: &'a str,
    /// The part of the source that is to be written next.
    piece: Span,
}

impl ItemWriter<'_> {
    /// Writes a part of the source, at once or later.
    fn piece(&mut self, piece: Span) {
        if piece.start != self.piece.end {
            self.finish();
            self.piece.start = piece.start;
        }
        self.piece.end = piece.end;
    }

    /// Writes what is left of the source, as must be before anything else is written.
    fn finish(&mut self) {
        let piece = self.piece;
        self.piece = Span::NOTHING;
        if piece != Span::NOTHING {
            self.out.push_str(piece.of(self.source));
        }
    }

    fn write_str(&mut self, text: &str) {
        self.finish();
        self.out.push_str(text);
    }

    /// Writes an item with its name, whose text leaves alone what it keeps.
    fn text(&mut self, name: &str, text: &Text, keep: Keep) {
        match text {
            Text::Read(span) => self.piece(span.with_before(name)),
            Text::Own(text) => {
                self.write_str(name);
                codec::write_encoded(self.out, text, keep);
            }
        }
    }

    /// Writes an extra.
    fn extra(&mut self, extra: &Entry<KeptExtra>) {
        let (letter, value) = match &extra.value {
            KeptExtra::Written { letter, text } => (*letter, text.get(self.source)),
            KeptExtra::Half(_) => (b'c', "%3F"),
            KeptExtra::Unprintable => return,
        };
        if let (Some(key), KeptExtra::Written { text: Text::Read(value), .. }) = (extra.place(), &extra.value)
        {
            // Both are of the same item, unless a later one replaced the value.
            if key.end.checked_add(1) == Some(value.start) {
                self.piece(Span { end: value.end, ..key.with_before(";S.") });
                return;
            }
        }
        self.write_str(";");
        self.out.push(char::from(letter));
        self.out.push('.');
        codec::write_encoded(self.out, extra.key(self.source).unwrap_or("null"), Keep::Unreserved);
        self.out.push('=');
        self.out.push_str(value);
    }
}

/// Writes what `Integer.toHexString` gives.
fn write_hex(out: &mut String, bits: u32) {
    let highest = 31_u32.saturating_sub(bits.leading_zeros()) / 4;
    for place in (0..=highest).rev() {
        let digit = bits.checked_shr(place.saturating_mul(4)).unwrap_or(0) & 15;
        out.push(char::from_digit(digit, 16).unwrap_or_default());
    }
}
