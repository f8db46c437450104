//! `Intent.toUri` (AOSP android-16.0.0_r2, Intent.java).

use std::fmt::{self, Write};

use super::android_uri::AndroidUri;
use super::codec::{self, Keep};
use super::error::ToUriError;
use super::extra::Extra;
use super::java_float;
use super::java_text;
use super::model::{Intent, SourceBounds};
use super::uri_form::UriScheme;
use super::version::AndroidVersion;

impl Intent {
    /// The URI of the intent, as Android 16's `toUri` writes it.
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
        let mut uri = String::with_capacity(self.capacity());
        self.write_uri(&mut uri, scheme, version)?;
        Ok(uri)
    }

    fn capacity(&self) -> usize {
        self.data.as_ref().map_or(400, |data| data.as_str().len().saturating_add(400))
    }

    /// Writes the URI of the intent into any writer. Nothing is allocated here.
    ///
    /// # Errors
    /// As [`Intent::to_uri`], and [`ToUriError::Write`] if the writer refuses a piece.
    pub fn write_uri<W: Write + ?Sized>(
        &self,
        out: &mut W,
        scheme: UriScheme,
        version: AndroidVersion,
    ) -> Result<(), ToUriError> {
        let mut fragment = Fragment { scheme: None, action: Some(Self::ACTION_VIEW), package: None, version };
        match scheme {
            UriScheme::Intent => {
                let split = self.data.as_ref().map(|data| (data, split_scheme(data.as_str(), version)));
                match split {
                    None => out.write_str("intent:")?,
                    Some((_, Some((scheme, rest)))) => {
                        out.write_str("intent:")?;
                        out.write_str(rest)?;
                        fragment.scheme = Some(scheme);
                    }
                    Some((data, None)) => out.write_str(data.as_str())?,
                }
            }
            UriScheme::AndroidApp => {
                let package = self.package.as_deref().ok_or(ToUriError::NoPackage)?;
                if !self.write_app_base(out, package, version)? {
                    fragment.action = Some(Self::ACTION_MAIN);
                }
                fragment.package = Some(package);
            }
            UriScheme::Bare => {
                if let Some(data) = &self.data {
                    out.write_str(data.as_str())?;
                }
            }
        }
        if !fragment.is_empty(self) {
            out.write_str("#Intent;")?;
            fragment.write(self, out)?;
            if let Some(selector) = &self.selector {
                out.write_str("SEL;")?;
                let scheme = selector.data.as_ref().and_then(AndroidUri::scheme);
                Fragment { scheme, action: None, package: None, version }.write(selector, out)?;
            }
            out.write_str("end")?;
        }
        Ok(())
    }

    /// Writes what stands before the fragment of an `android-app:` URI; whether the data's scheme is in it.
    fn write_app_base<W: Write + ?Sized>(
        &self,
        out: &mut W,
        package: &str,
        version: AndroidVersion,
    ) -> Result<bool, ToUriError> {
        out.write_str("android-app://")?;
        if version.encodes_package() {
            codec::write_encoded(out, package, Keep::Unreserved)?;
        } else {
            out.write_str(package)?;
        }
        let Some(data) = &self.data else { return Ok(false) };
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

/// The scheme of data under `intent:`, and what follows the colon: letters, digits, `.`, `-` (`+` not on API 23), one at
/// least, and `:`.
fn split_scheme(data: &str, version: AndroidVersion) -> Option<(&str, &str)> {
    let belongs = |byte: u8| {
        byte.is_ascii_alphanumeric()
            || byte == b'.'
            || byte == b'-'
            || (byte == b'+' && version.plus_in_schemes())
    };
    let end = data.bytes().position(|byte| !belongs(byte))?;
    let (scheme, rest) = data.split_at_checked(end)?;
    let rest = rest.strip_prefix(':')?;
    (!scheme.is_empty()).then_some((scheme, rest))
}

/// What the items of one intent depend on beside itself.
struct Fragment<'a> {
    scheme: Option<&'a str>,
    /// The action that is not printed.
    action: Option<&'a str>,
    /// The package that is not printed.
    package: Option<&'a str>,
    version: AndroidVersion,
}

impl Fragment<'_> {
    /// Whether no item would be written. Kept beside [`Fragment::write`], whose conditions it repeats.
    fn is_empty(&self, intent: &Intent) -> bool {
        self.scheme.is_none()
            && self.action(intent).is_none()
            && intent.categories.is_empty()
            && intent.mime_type.is_none()
            && self.identifier(intent).is_none()
            && intent.flags.is_empty()
            && self.extended_flags(intent).is_none()
            && self.package(intent).is_none()
            && intent.component.is_none()
            && intent.source_bounds.is_none()
            && intent.selector.is_none()
            && intent.extras.iter().all(|(_, value)| matches!(value, Extra::Unprintable))
    }

    fn action<'i>(&self, intent: &'i Intent) -> Option<&'i str> {
        intent.action().filter(|action| Some(*action) != self.action)
    }

    fn identifier<'i>(&self, intent: &'i Intent) -> Option<&'i str> {
        intent.identifier().filter(|_| self.version.has_identifier())
    }

    fn extended_flags(&self, intent: &Intent) -> Option<u32> {
        Some(intent.extended_flags).filter(|bits| *bits != 0 && self.version.has_extended_flags())
    }

    fn package<'i>(&self, intent: &'i Intent) -> Option<&'i str> {
        intent.package().filter(|package| Some(*package) != self.package)
    }

    fn write<W: Write + ?Sized>(&self, intent: &Intent, out: &mut W) -> fmt::Result {
        if let Some(scheme) = self.scheme {
            if self.version.encodes_scheme() {
                write_item(out, "scheme=", scheme, Keep::Unreserved)?;
            } else {
                out.write_str("scheme=")?;
                out.write_str(scheme)?;
                out.write_str(";")?;
            }
        }
        if let Some(action) = self.action(intent) {
            write_item(out, "action=", action, Keep::Unreserved)?;
        }
        for category in intent.categories() {
            write_item(out, "category=", category, Keep::Unreserved)?;
        }
        if let Some(mime_type) = intent.mime_type() {
            write_item(out, "type=", mime_type, Keep::UnreservedAndSlash)?;
        }
        if let Some(identifier) = self.identifier(intent) {
            write_item(out, "identifier=", identifier, Keep::UnreservedAndSlash)?;
        }
        if !intent.flags.is_empty() {
            write_number(out, "launchFlags=0x", java_text::hex(intent.flags.bits()).as_str())?;
        }
        if let Some(bits) = self.extended_flags(intent) {
            write_number(out, "extendedLaunchFlags=0x", java_text::hex(bits).as_str())?;
        }
        if let Some(package) = self.package(intent) {
            write_item(out, "package=", package, Keep::Unreserved)?;
        }
        if let Some(component) = &intent.component {
            out.write_str("component=")?;
            codec::write_encoded(out, component.package(), Keep::UnreservedAndSlash)?;
            out.write_str("/")?;
            codec::write_encoded(out, component.short_class(), Keep::UnreservedAndSlash)?;
            out.write_str(";")?;
        }
        if let Some(bounds) = intent.source_bounds {
            write_bounds(out, bounds)?;
        }
        for (key, value) in intent.extras.iter() {
            write_extra(out, key, value)?;
        }
        Ok(())
    }
}

fn write_item<W: Write + ?Sized>(out: &mut W, name: &str, value: &str, keep: Keep) -> fmt::Result {
    out.write_str(name)?;
    codec::write_encoded(out, value, keep)?;
    out.write_str(";")
}

fn write_number<W: Write + ?Sized>(out: &mut W, name: &str, digits: &str) -> fmt::Result {
    out.write_str(name)?;
    out.write_str(digits)?;
    out.write_str(";")
}

fn write_bounds<W: Write + ?Sized>(out: &mut W, bounds: SourceBounds) -> fmt::Result {
    let SourceBounds { left, top, right, bottom } = bounds;
    out.write_str("sourceBounds=")?;
    out.write_str(java_text::decimal(i64::from(left)).as_str())?;
    for side in [top, right, bottom] {
        out.write_str("%20")?;
        out.write_str(java_text::decimal(i64::from(side)).as_str())?;
    }
    out.write_str(";")
}

fn write_extra<W: Write + ?Sized>(out: &mut W, key: Option<&str>, value: &Extra) -> fmt::Result {
    let prefix = match value {
        Extra::String(_) => "S.",
        Extra::Boolean(_) => "B.",
        Extra::Byte(_) => "b.",
        Extra::Char(_) => "c.",
        Extra::Double(_) => "d.",
        Extra::Float(_) => "f.",
        Extra::Int(_) => "i.",
        Extra::Long(_) => "l.",
        Extra::Short(_) => "s.",
        Extra::Unprintable => return Ok(()),
    };
    out.write_str(prefix)?;
    codec::write_encoded(out, key.unwrap_or("null"), Keep::Unreserved)?;
    out.write_str("=")?;
    match value {
        Extra::String(text) => codec::write_encoded(out, text, Keep::Unreserved)?,
        Extra::Boolean(value) => out.write_str(if *value { "true" } else { "false" })?,
        Extra::Byte(value) => out.write_str(java_text::decimal(i64::from(*value)).as_str())?,
        Extra::Char(unit) => match char::from_u32(u32::from(*unit)) {
            Some(c) => codec::write_encoded(out, c.encode_utf8(&mut [0; 4]), Keep::Unreserved)?,
            None => out.write_str("%3F")?,
        },
        Extra::Double(value) => out.write_str(java_float::double(*value).as_str())?,
        Extra::Float(value) => out.write_str(java_float::float(*value).as_str())?,
        Extra::Int(value) => out.write_str(java_text::decimal(i64::from(*value)).as_str())?,
        Extra::Long(value) => out.write_str(java_text::decimal(*value).as_str())?,
        Extra::Short(value) => out.write_str(java_text::decimal(i64::from(*value)).as_str())?,
        Extra::Unprintable => {}
    }
    out.write_str(";")
}
