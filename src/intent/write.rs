//! `Intent.toUri` (AOSP android-16.0.0_r2, Intent.java).
//!
//! Each item is written as `;name=value`: the `;` closes what stands before, be it `#Intent` or an item, and `;end` closes
//! the last.

use std::fmt::{self, Write};

use super::android_uri::AndroidUri;
use super::codec::{self, Keep};
use super::component::Component;
use super::error::ToUriError;
use super::extra::{Extra, KeptExtra};
use super::flags::UriScheme;
use super::java_text;
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
        let mut uri = String::with_capacity(self.expected_len());
        let split = self.data().and_then(|data| data.as_str().split_once(':'));
        // A string takes any piece, and only an `android-app:` URI can lack a package.
        let _ = match split.filter(|(scheme, _)| !scheme.is_empty()) {
            None => self.write_uri(&mut uri, UriScheme::Intent, version),
            Some((scheme, rest)) => {
                uri.extend(["intent:", rest]);
                Items { intent: self, scheme: Some(scheme), action: VIEW, package: true, version }
                    .write_fragment(&mut uri)
            }
        };
        uri
    }

    /// Writes the URI of the intent, as the given Android's `toUri` does, into any writer. Allocates nothing, unless the
    /// intent has more than 32 extras or categories of which some have equal hashes.
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
        let mut items = Items { intent: self, scheme: None, action: VIEW, package: true, version };
        let data = self.data.as_deref();
        match scheme {
            UriScheme::Intent => match data.map(|data| split_scheme(data, version).ok_or(data)) {
                None => out.write_str("intent:")?,
                Some(Ok((scheme, rest))) => {
                    out.write_str("intent:")?;
                    out.write_str(rest)?;
                    items.scheme = Some(scheme);
                }
                Some(Err(data)) => out.write_str(data)?,
            },
            UriScheme::AndroidApp => {
                let has_scheme = self.write_app_base(out, version)?;
                items.action = if has_scheme { VIEW } else { MAIN };
                items.package = false;
            }
            UriScheme::Bare => out.write_str(data.unwrap_or_default())?,
        }
        items.write_fragment(out)
    }

    /// Writes the text before the items of an `android-app:` URI. Returns whether the data's scheme is in it.
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

    /// How many bytes the URI takes, unless many characters need an escape.
    fn expected_len(&self) -> usize {
        /// The names of all items that occur once, with flags and bounds.
        const FRAME: usize = 192;
        /// The name of a category, or a prefix and a number.
        const ITEM: usize = 24;
        let len = |key: Option<&str>| key.map_or(0, str::len).saturating_add(ITEM);
        let texts = [&self.data, &self.mime_type, &self.identifier, &self.package];
        let texts = texts.into_iter().flatten().map(String::len);
        let component = self.component.as_ref().map(Component::flat_len);
        let keys = self.categories.iter().map(|(category, ())| len(category));
        let extras = self.extras.iter().map(|(key, value)| len(key).saturating_add(value.text_len()));
        let own = texts.chain(self.action().map(str::len)).chain(component).chain(keys).chain(extras);
        let selector = self.selector().map_or(0, Self::expected_len);
        own.fold(selector.saturating_add(FRAME), usize::saturating_add)
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
    fn write_fragment<W: Write + ?Sized>(&self, out: &mut W) -> Result<(), ToUriError> {
        if self.are_none() {
            return Ok(());
        }
        out.write_str("#Intent")?;
        self.write(out)?;
        if let Some(selector) = self.intent.selector() {
            out.write_str(";SEL")?;
            let scheme = selector.data().and_then(AndroidUri::scheme);
            Items { intent: selector, scheme, action: None, package: true, version: self.version }
                .write(out)?;
        }
        out.write_str(";end")?;
        Ok(())
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
            && extras.iter().all(|(_, extra)| matches!(extra, KeptExtra::Plain(Extra::Unprintable)))
    }

    fn action(&self) -> Option<&str> {
        self.intent.action().filter(|action| self.action != Some(action))
    }

    fn identifier(&self) -> Option<&str> {
        self.intent.identifier().filter(|_| self.version.has_identifier())
    }

    fn extended_flags(&self) -> Option<u32> {
        Some(self.intent.extended_flags).filter(|bits| *bits != 0 && self.version.has_extended_flags())
    }

    fn package(&self) -> Option<&str> {
        self.intent.package().filter(|_| self.package)
    }

    /// Writes the items in Android's order.
    fn write<W: Write + ?Sized>(&self, out: &mut W) -> fmt::Result {
        let intent = self.intent;
        if let Some(scheme) = self.scheme {
            out.write_str(";scheme=")?;
            if self.version.encodes_scheme() {
                codec::write_encoded(out, scheme, Keep::Unreserved)?;
            } else {
                out.write_str(scheme)?;
            }
        }
        if let Some(action) = self.action() {
            out.write_str(";action=")?;
            codec::write_encoded(out, action, Keep::Unreserved)?;
        }
        for category in intent.categories() {
            out.write_str(";category=")?;
            codec::write_encoded(out, category, Keep::Unreserved)?;
        }
        if let Some(mime_type) = intent.mime_type() {
            out.write_str(";type=")?;
            codec::write_encoded(out, mime_type, Keep::UnreservedAndSlash)?;
        }
        if let Some(identifier) = self.identifier() {
            out.write_str(";identifier=")?;
            codec::write_encoded(out, identifier, Keep::UnreservedAndSlash)?;
        }
        if !intent.flags.is_empty() {
            out.write_str(";launchFlags=0x")?;
            java_text::write_hex(out, intent.flags.bits())?;
        }
        if let Some(bits) = self.extended_flags() {
            out.write_str(";extendedLaunchFlags=0x")?;
            java_text::write_hex(out, bits)?;
        }
        if let Some(package) = self.package() {
            out.write_str(";package=")?;
            codec::write_encoded(out, package, Keep::Unreserved)?;
        }
        if let Some(component) = intent.component() {
            out.write_str(";component=")?;
            codec::write_encoded(out, component.package(), Keep::UnreservedAndSlash)?;
            out.write_str("/")?;
            codec::write_encoded(out, component.short_class(), Keep::UnreservedAndSlash)?;
        }
        if let Some(bounds) = intent.source_bounds {
            out.write_str(";sourceBounds=")?;
            java_text::write_decimal(out, i64::from(bounds.left))?;
            for side in [bounds.top, bounds.right, bounds.bottom] {
                out.write_str("%20")?;
                java_text::write_decimal(out, i64::from(side))?;
            }
        }
        intent.extras.iter().try_for_each(|(key, value)| write_extra(out, key.unwrap_or("null"), value))
    }
}

fn write_extra<W: Write + ?Sized>(out: &mut W, key: &str, value: &KeptExtra) -> fmt::Result {
    let name = match value {
        KeptExtra::Escaped(_) | KeptExtra::Plain(Extra::String(_)) => ";S.",
        KeptExtra::Plain(Extra::Boolean(_)) => ";B.",
        KeptExtra::Plain(Extra::Byte(_)) => ";b.",
        KeptExtra::Plain(Extra::Char(_)) => ";c.",
        KeptExtra::Plain(Extra::Double(_)) => ";d.",
        KeptExtra::Plain(Extra::Float(_)) => ";f.",
        KeptExtra::Plain(Extra::Int(_)) => ";i.",
        KeptExtra::Plain(Extra::Long(_)) => ";l.",
        KeptExtra::Plain(Extra::Short(_)) => ";s.",
        KeptExtra::Plain(Extra::Unprintable) => return Ok(()),
    };
    out.write_str(name)?;
    codec::write_encoded(out, key, Keep::Unreserved)?;
    out.write_str("=")?;
    match value {
        KeptExtra::Escaped(text) => out.write_str(text),
        KeptExtra::Plain(Extra::String(text)) => out.write_str(text),
        KeptExtra::Plain(Extra::Boolean(value)) => out.write_str(if *value { "true" } else { "false" }),
        KeptExtra::Plain(Extra::Byte(value)) => java_text::write_decimal(out, i64::from(*value)),
        KeptExtra::Plain(Extra::Char(unit)) => {
            // One half of a surrogate pair is written as `?`.
            let char = char::from_u32(u32::from(*unit)).unwrap_or('?');
            codec::write_encoded(out, char.encode_utf8(&mut [0; 4]), Keep::Unreserved)
        }
        KeptExtra::Plain(Extra::Double(value)) => java_text::write_double(out, *value),
        KeptExtra::Plain(Extra::Float(value)) => java_text::write_float(out, *value),
        KeptExtra::Plain(Extra::Int(value)) => java_text::write_decimal(out, i64::from(*value)),
        KeptExtra::Plain(Extra::Long(value)) => java_text::write_decimal(out, *value),
        KeptExtra::Plain(Extra::Short(value)) => java_text::write_decimal(out, i64::from(*value)),
        KeptExtra::Plain(Extra::Unprintable) => Ok(()),
    }
}
