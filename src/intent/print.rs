//! `Intent.toUri` (AOSP android-16.0.0_r2, Intent.java): the forms, and what stands before the items.

use std::fmt::Write;

use super::action::Action;
use super::android_uri::AndroidUri;
use super::codec;
use super::error::ToUriError;
use super::model::Intent;
use super::print_items::{Items, Scheme};
use super::scan::{self, Keep};
use super::texts::Span;
use super::uri_form::UriScheme;
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
        let mut uri = String::with_capacity(self.capacity(scheme));
        self.write_uri(&mut uri, scheme, version)?;
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
        let mut uri = String::with_capacity(self.capacity(UriScheme::Intent));
        let split = self.data().and_then(|data| data.as_str().split_once(':'));
        // A string takes any piece, and only an `android-app:` URI can lack a package.
        let _ = match split.filter(|(scheme, _)| !scheme.is_empty()) {
            None => self.write_uri(&mut uri, UriScheme::Intent, version),
            Some((text, rest)) => {
                uri.extend(["intent:", rest]);
                let scheme = Some(Scheme { text, plain: false });
                let items = Items { scheme, action: Some(Action::View), print_package: true, version };
                self.write_fragment(&items, &mut uri)
            }
        };
        uri
    }

    /// A size that the URI fits in unless many chars need an escape. It is more than half of the URI's size, so that the
    /// text grows once at most.
    fn capacity(&self, scheme: UriScheme) -> usize {
        /// The begin and the end, the scheme's name, flags and bounds.
        const FRAME: usize = 192;
        let escaped = match scheme {
            UriScheme::Intent => self.data().map_or(0, |data| longest_scheme(data.as_str())),
            UriScheme::AndroidApp => self.data.map_or(0, Span::len),
            UriScheme::Bare => 0,
        };
        let selector = self.selector().map_or(0, |selector| {
            let scheme = selector.data().and_then(AndroidUri::scheme).map_or(0, str::len);
            selector.printed_len().saturating_add(scheme).saturating_add(FRAME)
        });
        [self.printed_len(), escaped, selector, FRAME].into_iter().fold(0, usize::saturating_add)
    }

    /// Writes the URI of the intent, as the given Android's `toUri` does, into any writer. Nothing is allocated here.
    ///
    /// ```
    /// use tim_offline_push::intent::{AndroidVersion, Intent, ToUriError, UriScheme};
    ///
    /// let mut line = String::from("click: ");
    /// let intent = Intent::new().with_action("com.example.OPEN");
    /// intent.write_uri(&mut line, UriScheme::Intent, AndroidVersion::NEWEST)?;
    /// assert_eq!(line, "click: intent:#Intent;action=com.example.OPEN;end");
    /// # Ok::<(), ToUriError>(())
    /// ```
    ///
    /// # Errors
    /// As [`Intent::to_uri`], and [`ToUriError::Write`] if the writer refuses a piece.
    pub fn write_uri<W: Write + ?Sized>(
        &self,
        out: &mut W,
        scheme: UriScheme,
        version: AndroidVersion,
    ) -> Result<(), ToUriError> {
        let mut items = Items { scheme: None, action: Some(Action::View), print_package: true, version };
        match scheme {
            UriScheme::Intent => {
                match self.data().map(|data| (data.as_str(), split_scheme(data.as_str(), version))) {
                    None => out.write_str("intent:")?,
                    Some((_, Some((scheme, rest)))) => {
                        out.write_str("intent:")?;
                        out.write_str(rest)?;
                        items.scheme = Some(scheme);
                    }
                    Some((data, None)) => out.write_str(data)?,
                }
            }
            UriScheme::AndroidApp => {
                let has_scheme = self.write_app_base(out, version)?;
                items.action = Some(if has_scheme { Action::View } else { Action::Main });
                items.print_package = false;
            }
            UriScheme::Bare => out.write_str(self.data().map_or("", AndroidUri::as_str))?,
        }
        self.write_fragment(&items, out)
    }

    /// Writes the items and the selector, if there are any.
    fn write_fragment<W: Write + ?Sized>(&self, items: &Items<'_>, out: &mut W) -> Result<(), ToUriError> {
        let version = items.version;
        if !items.are_none(self) {
            out.write_str("#Intent")?;
            items.write(self, out)?;
            if let Some(selector) = self.selector() {
                out.write_str(";SEL")?;
                let scheme =
                    selector.data().and_then(AndroidUri::scheme).map(|text| Scheme { text, plain: false });
                Items { scheme, action: None, print_package: true, version }.write(selector, out)?;
            }
            out.write_str(";end")?;
        }
        Ok(())
    }

    /// Writes what stands before the items of an `android-app:` URI; whether the data's scheme is in it.
    fn write_app_base<W: Write + ?Sized>(
        &self,
        out: &mut W,
        version: AndroidVersion,
    ) -> Result<bool, ToUriError> {
        let package = self.package().ok_or(ToUriError::NoPackage)?;
        out.write_str("android-app://")?;
        if version.encodes_package() {
            codec::write_encoded(out, package, Keep::Unreserved)?;
        } else {
            out.write_str(package)?;
        }
        let Some(data) = self.data() else { return Ok(false) };
        let parts = data.parts(version);
        let Some(scheme) = parts.scheme() else { return Ok(false) };
        let mut part = |mark: &str, text: &str, keep| {
            out.write_str(mark)?;
            if version.app_intent_encoding() {
                codec::write_encoded_if_not(out, text, keep)
            } else {
                out.write_str(text)
            }
        };
        part("/", scheme, Keep::Unreserved)?;
        if let Some(authority) = parts.encoded_authority() {
            part("/", authority, Keep::Unreserved)?;
            if let Some(path) = parts.encoded_path() {
                part("", path, Keep::UnreservedAndSlash)?;
            }
            if let Some(query) = parts.encoded_query() {
                part("?", query, Keep::Unreserved)?;
            }
            if let Some(fragment) = parts.encoded_fragment() {
                part("#", fragment, Keep::Unreserved)?;
            }
        }
        Ok(true)
    }
}

/// How long the scheme of data under `intent:` is at most.
fn longest_scheme(data: &str) -> usize {
    const SHORT: usize = 64;
    if data.len() <= SHORT { data.len() } else { scan::leading_scheme(data.as_bytes()).0 }
}

/// The scheme of data under `intent:`, and what follows the colon: letters, digits, `.`, `-` (`+` not on API 23), one at
/// least, and `:`.
fn split_scheme(data: &str, version: AndroidVersion) -> Option<(Scheme<'_>, &str)> {
    let (len, plus) = scan::leading_scheme(data.as_bytes());
    let (text, rest) = data.split_at_checked(len)?;
    let rest = rest.strip_prefix(':')?;
    let taken = !text.is_empty() && (version.plus_in_schemes() || !plus);
    // Of all these chars only `+` needs an escape.
    taken.then_some((Scheme { text, plain: !plus }, rest))
}
