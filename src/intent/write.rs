//! `Intent.toUri` (AOSP android-16.0.0_r2, Intent.java).
//!
//! Each item is written as `;name=value`: the `;` closes what stands before, be it `#Intent` or an item, and
//! `;end` closes the last.

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
        let data = self.text(self.data.as_ref());
        let (uri, left) = match scheme {
            UriScheme::Intent => self.intent_base(data.and_then(|data| split_scheme(data, version))),
            UriScheme::AndroidApp => self.app_base(version)?,
            UriScheme::Bare => {
                let left = Leftover { scheme: None, action: VIEW, package: self.package.as_ref() };
                (self.begin([data.unwrap_or_default(), ""]), left)
            }
        };
        Ok(self.with_fragment(uri, left, version))
    }

    /// An `intent:` URI that Android's parser reads back even if the data's scheme has a character that its
    /// `toUri` cannot write, such as `_`. Equal to [`Intent::to_uri`] with [`UriScheme::Intent`] for every
    /// other intent.
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
        let data = self.text(self.data.as_ref());
        let split = data.and_then(|data| data.split_once(':')).filter(|(scheme, _)| !scheme.is_empty());
        let (uri, left) = self.intent_base(split);
        self.with_fragment(uri, left, AndroidVersion::NEWEST)
    }

    /// A URI that begins with these texts.
    fn begin(&self, texts: [&str; 2]) -> String {
        /// The names of all items that occur once, with flags and bounds: more than a push adds to its URI.
        const FRAME: usize = 192;
        let mut uri = String::with_capacity(self.source.len().saturating_add(FRAME));
        uri.extend(texts);
        uri
    }

    /// The text before the items of an `intent:` URI, from the data's scheme and the rest: data without a
    /// scheme are written as they are.
    fn intent_base<'i>(&'i self, split: Option<(&'i str, &'i str)>) -> (String, Leftover<'i>) {
        let texts = match split {
            Some((_, rest)) => ["intent:", rest],
            None => [self.text(self.data.as_ref()).unwrap_or("intent:"), ""],
        };
        let scheme = split.map(|(scheme, _)| scheme);
        (self.begin(texts), Leftover { scheme, action: VIEW, package: self.package.as_ref() })
    }

    /// The text before the items of an `android-app:` URI.
    fn app_base(&self, version: AndroidVersion) -> Result<(String, Leftover<'_>), ToUriError> {
        let package = self.package().ok_or(ToUriError::NoPackage)?;
        let mut out = self.begin(["android-app://", ""]);
        if version.since(35) {
            codec::write_encoded(&mut out, package, Keep::Unreserved);
        } else {
            out.push_str(package);
        }
        let mut part = |mark: &str, text: Option<&str>, keep: Keep| {
            let Some(text) = text else { return };
            out.push_str(mark);
            // A text of which every char is kept or a `%` is taken for one that is encoded.
            let is_encoded = || text.split('%').all(|part| keep.keeps_all(part));
            if version.app_intent_encoding() && !is_encoded() {
                codec::write_encoded(&mut out, text, keep);
            } else {
                out.push_str(text);
            }
        };
        let mut action = MAIN;
        if let Some((data, scheme)) = self.data().and_then(|data| Some((data.on(version), data.scheme()?))) {
            action = VIEW;
            part("/", Some(scheme), Keep::Unreserved);
            if let Some(authority) = data.encoded_authority() {
                part("/", Some(authority), Keep::Unreserved);
                part("", data.encoded_path(), Keep::UnreservedAndSlash);
                part("?", data.encoded_query(), Keep::Unreserved);
                part("#", data.encoded_fragment(), Keep::Unreserved);
            }
        }
        Ok((out, Leftover { scheme: None, action, package: None }))
    }

    /// Adds the items and the selector, if there are any.
    fn with_fragment(&self, mut out: String, left: Leftover<'_>, version: AndroidVersion) -> String {
        let start = out.len();
        out.push_str("#Intent");
        let items = out.len();
        self.write_items(&mut out, left, version);
        if let Some(selector) = self.selector() {
            out.push_str(";SEL");
            let scheme = selector.data().and_then(AndroidUri::scheme);
            let left = Leftover { scheme, action: None, package: selector.package.as_ref() };
            selector.write_items(&mut out, left, version);
        }
        if out.len() == items {
            out.truncate(start);
        } else {
            out.push_str(";end");
        }
        out
    }

    /// Writes the items in Android's order.
    fn write_items(&self, out: &mut String, left: Leftover<'_>, version: AndroidVersion) {
        let mut out = ItemWriter { out, source: &self.source, piece: Span::NOTHING };
        match left.scheme {
            Some(scheme) if version.since(34) => out.encoded(";scheme=", scheme, Keep::Unreserved),
            Some(scheme) => out.extend(&[";scheme=", scheme]),
            None => {}
        }
        out.text(";action=", self.action.as_ref().filter(|_| self.action() != left.action), Keep::Unreserved);
        for category in self.categories.iter() {
            out.text(";category=", category.key.as_ref(), Keep::Unreserved);
        }
        out.text(";type=", self.mime_type.as_ref(), Keep::UnreservedAndSlash);
        let identifier = self.identifier.as_ref().filter(|_| version.since(29));
        out.text(";identifier=", identifier, Keep::UnreservedAndSlash);
        out.flags(";launchFlags=0x", self.flags.bits());
        out.flags(";extendedLaunchFlags=0x", if version.since(35) { self.extended_flags } else { 0 });
        out.text(";package=", left.package, Keep::Unreserved);
        match &self.component {
            Some(KeptComponent::Read(short)) => out.piece(short.with_before(";component=")),
            Some(KeptComponent::Own(component)) => {
                out.encoded(";component=", component.package(), Keep::UnreservedAndSlash);
                out.encoded("/", component.short_class(), Keep::UnreservedAndSlash);
            }
            None => {}
        }
        if let Some(SourceBounds { left, top, right, bottom }) = self.source_bounds {
            out.finish();
            // A string takes any piece.
            let _ = write!(out.out, ";sourceBounds={left}%20{top}%20{right}%20{bottom}");
        }
        for extra in self.extras.iter() {
            out.extra(extra);
        }
        out.finish();
    }
}

/// The scheme of data under `intent:`, and what follows the colon: letters, digits, `.`, `-` (`+` not on API
/// 23), one at least, and `:`.
fn split_scheme(data: &str, version: AndroidVersion) -> Option<(&str, &str)> {
    let takes = |byte: u8| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-') || (byte == b'+' && version.since(24))
    };
    let (scheme, rest) = data.split_at_checked(data.bytes().position(|byte| !takes(byte))?)?;
    Some((scheme, rest.strip_prefix(':')?)).filter(|_| !scheme.is_empty())
}

/// What the text before the items leaves to them: the scheme, the action that is not written, and the
/// package.
#[derive(Clone, Copy)]
struct Leftover<'a> {
    scheme: Option<&'a str>,
    action: Option<&'a str>,
    package: Option<&'a Text>,
}

const VIEW: Option<&str> = Some(Intent::ACTION_VIEW);
const MAIN: Option<&str> = Some(Intent::ACTION_MAIN);

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

    fn extend(&mut self, texts: &[&str]) {
        self.finish();
        self.out.extend(texts.iter().copied());
    }

    fn encoded(&mut self, name: &str, text: &str, keep: Keep) {
        self.extend(&[name]);
        codec::write_encoded(self.out, text, keep);
    }

    /// Writes an item with its name, whose text leaves alone what it keeps, if there is one.
    fn text(&mut self, name: &str, text: Option<&Text>, keep: Keep) {
        match text {
            Some(Text::Read(span)) => self.piece(span.with_before(name)),
            Some(Text::Own(text)) => self.encoded(name, text, keep),
            None => {}
        }
    }

    fn flags(&mut self, name: &str, bits: u32) {
        if bits != 0 {
            self.extend(&[name]);
            let _ = write!(self.out, "{bits:x}");
        }
    }

    /// Writes an extra.
    fn extra(&mut self, extra: &Entry<KeptExtra>) {
        let (letter, value) = match &extra.value {
            KeptExtra::Written { letter, text } => {
                if let (Some(Text::Read(key)), Text::Read(value)) = (&extra.key, text) {
                    // Both are of the same item, unless a later one replaced the value.
                    if key.end.checked_add(1) == Some(value.start) {
                        return self.piece(Span { end: value.end, ..key.with_before(";S.") });
                    }
                }
                (*letter, text.get(self.source))
            }
            KeptExtra::Half(_) => (b'c', "%3F"),
            KeptExtra::Unprintable => return,
        };
        self.extend(&[";"]);
        self.out.push(char::from(letter));
        self.out.push('.');
        codec::write_encoded(self.out, extra.key(self.source).unwrap_or("null"), Keep::Unreserved);
        self.out.extend(["=", value]);
    }
}
