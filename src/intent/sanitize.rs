use std::mem;

use thiserror::Error;

use super::{AndroidUri, Component, Intent, IntentFlags, ParseFlags, ParseUriError};
use crate::secret::Hidden;

/// Makes an intent from an untrusted source fit to be launched, and says what it took out.
///
/// A URI chooses component, package, selector, flags, data and extras. Launched with the app's own identity
/// it reaches components that are not exported, and flags that hand on permissions, or `file:` data, can leak
/// the app's files. The rules:
///
/// - component and selector are taken out, and the category `BROWSABLE` is added, so that only activities
///   which mean to be opened from outside are found (Google Play:
///   <https://support.google.com/faqs/answer/9101196>, read 2026-11-22); a selector left in place would be
///   resolved instead of what was cleaned;
/// - only the launch flags that Chromium keeps stay (mask `0x3C083810`); those that hand on permissions go in
///   any case;
/// - data with a scheme that Chromium or Firefox refuses to launch is taken out, and so is data that is the
///   URI of an intent itself, as a URI is whose extra holds a `#` without an escape: what takes the data may
///   launch what is in it;
/// - the extra `browser_fallback_url` is taken out, and handed over if it is a web address.
///
/// The package stays: it narrows what is found. Extras stay too, so an intent that lies in one is as foreign
/// as before and must not be launched (Google Play: <https://support.google.com/faqs/answer/9267555>, read
/// 2026-11-22).
///
/// ```
/// use tim_offline_push::intent::{IntentFlags, Sanitizer, Stripped};
///
/// let uri = "intent://example.com/a#Intent;scheme=https;component=com.example.im/.Secret;launchFlags=0x1;end";
/// let clean = Sanitizer::new().sanitize_uri(uri)?;
/// assert_eq!(clean.intent().component(), None);
/// assert!(clean.intent().has_category("android.intent.category.BROWSABLE"));
/// let grant = IntentFlags::GRANT_READ_URI_PERMISSION;
/// assert_eq!(clean.stripped(), [Stripped::Component, Stripped::GrantFlags(grant)]);
/// # Ok::<(), tim_offline_push::intent::ParseUriError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[must_use]
pub struct Sanitizer {
    own_package: Option<Box<str>>,
}

/// Schemes that Chromium (the first five) or Firefox (the next three) refuses to launch, and those of
/// intents.
const REFUSED_SCHEMES: [&str; 10] =
    ["file", "content", "about", "chrome", "javascript", "jar", "data", "fido", "intent", "android-app"];

/// Chromium's extra with the page to show when nothing takes the intent.
const FALLBACK_URL: &str = "browser_fallback_url";

impl Sanitizer {
    /// The launch flags that stay: those that Chromium keeps.
    pub const KEPT_FLAGS: IntentFlags = IntentFlags::from_bits(0x3C08_3810);

    /// The rules above.
    pub fn new() -> Self {
        Self::default()
    }

    /// Lets a component of this package stay, for URIs that open the app's own screens, such as those of a
    /// push. The category `BROWSABLE` is then not added, since the screen need not be open to web pages.
    /// Whether the screen is safe to open with any extras is for the app to know.
    pub fn keeping_components_of(mut self, package: impl Into<Box<str>>) -> Self {
        self.own_package = Some(package.into());
        self
    }

    /// Reads a URI, which must begin with `intent:` or `android-app:` to be more than data, and cleans the
    /// intent. Flags that hand on a permission are reported, though a phone's parser drops them silently.
    ///
    /// # Errors
    /// [`ParseUriError`] if the text is no URI of an intent.
    pub fn sanitize_uri(&self, uri: &str) -> Result<Sanitized, ParseUriError> {
        let flags = ParseFlags::INTENT_SCHEME | ParseFlags::ALLOW_UNSAFE;
        Intent::parse_uri(uri, flags).map(|intent| self.sanitize(intent))
    }

    /// Cleans an intent.
    pub fn sanitize(&self, mut intent: Intent) -> Sanitized {
        let mut stripped = Vec::new();
        let mut strip = |what| stripped.push(what);
        let is_own = |component: Component| self.own_package.as_deref() == Some(component.package());
        let own_component = intent.component().is_some_and(is_own);
        if !own_component && intent.component.take().is_some() {
            strip(Stripped::Component);
        }
        if intent.selector.take().is_some() {
            strip(Stripped::Selector);
        }
        let granting = intent.flags & IntentFlags::URI_PERMISSIONS;
        if !granting.is_empty() {
            strip(Stripped::GrantFlags(granting));
        }
        let other = intent.flags() & !IntentFlags::URI_PERMISSIONS & !Self::KEPT_FLAGS;
        if !other.is_empty() {
            strip(Stripped::Flags(other));
        }
        intent.flags = intent.flags() & Self::KEPT_FLAGS;
        if mem::take(&mut intent.extended_flags) != 0 {
            strip(Stripped::ExtendedFlags);
        }
        if let Some(scheme) = intent.data().and_then(refused_scheme) {
            strip(Stripped::DataScheme(scheme));
            intent.data = None;
        }
        let fallback_url = intent.remove_extra(FALLBACK_URL);
        if fallback_url.is_some() {
            strip(Stripped::FallbackUrl);
        }
        if !own_component {
            intent.add_category(Intent::CATEGORY_BROWSABLE);
        }
        let fallback_url = fallback_url
            .as_ref()
            .and_then(|extra| extra.as_str())
            .filter(|url| url.starts_with("http://") || url.starts_with("https://"))
            .map(|url| Hidden(url.into()));
        Sanitized { intent, stripped, fallback_url }
    }
}

/// Letter case, and white space in front, do not make another scheme of it: what receives the data may think
/// the same.
fn refused_scheme(data: AndroidUri<'_>) -> Option<&'static str> {
    let scheme = data.scheme()?.trim_matches(|char: char| char.is_whitespace() || char.is_control());
    REFUSED_SCHEMES.into_iter().find(|refused| refused.eq_ignore_ascii_case(scheme))
}

/// An intent that a [`Sanitizer`] has cleaned. `Debug` shows of the fallback address only how many bytes it
/// has.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Sanitized {
    intent: Intent,
    stripped: Vec<Stripped>,
    fallback_url: Option<Hidden>,
}

impl Sanitized {
    /// What is left.
    pub const fn intent(&self) -> &Intent {
        &self.intent
    }

    /// What is left.
    pub fn into_intent(self) -> Intent {
        self.intent
    }

    /// What was taken out, in the order of the rules. Empty if only the category `BROWSABLE` was added, or
    /// nothing.
    pub fn stripped(&self) -> &[Stripped] {
        &self.stripped
    }

    /// The web page to open if nothing takes the intent, if one was named with `http://` or `https://`.
    pub fn fallback_url(&self) -> Option<&str> {
        self.fallback_url.as_ref().map(|url| &*url.0)
    }
}

/// What a [`Sanitizer`] took out, and why. `Display` says it in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Error)]
#[non_exhaustive]
pub enum Stripped {
    /// A component that is not the app's own, or that nobody said is.
    #[error("component: names one component, which need not be exported")]
    Component,
    /// A selector: it is resolved in place of the intent.
    #[error("selector: is resolved in place of the intent that was checked")]
    Selector,
    /// These flags hand on permissions for the data.
    #[error("flags: {0:#x} hand on permissions for the data")]
    GrantFlags(IntentFlags),
    /// These flags are none that an untrusted source may set.
    #[error("flags: {0:#x} are none that an untrusted source may set")]
    Flags(IntentFlags),
    /// Extended flags are the system's.
    #[error("extended flags: are the system's to set")]
    ExtendedFlags,
    /// Data with this scheme reaches files, content providers or script.
    #[error("data: scheme {0} reaches files, providers or script")]
    DataScheme(&'static str),
    /// `browser_fallback_url` is for the opener, not for the opened.
    #[error("extra: browser_fallback_url is for the one who opens, not for the opened")]
    FallbackUrl,
}
