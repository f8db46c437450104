//! `Intent.parseUri` (AOSP android-16.0.0_r2, Intent.java): which form a text has, and what stands before the items.

use std::borrow::Cow;

use super::codec;
use super::error::{ParseUriError, SyntaxReason};
use super::flags::ParseFlags;
use super::model::Intent;
use super::parse_items::{Items, Reading, VIEW};
use super::parse_old;
use super::text::{Span, Text};
use super::version::AndroidVersion;

const MAIN: Text = Text::Own(Cow::Borrowed(Intent::ACTION_MAIN));

impl Intent {
    /// Reads a URI, with [`ParseFlags::INTENT_SCHEME`] as a rule, as Android 16's `parseUri` does: `intent:`, `android-app:`, any text with a fragment `#Intent;…;end`, and the
    /// form that was used before these. A text that is none of them is the data of an intent to view it.
    ///
    /// The text chooses the component, the package, the selector, flags and extras. Before an intent of an untrusted source is
    /// started, see [`Sanitizer`](super::Sanitizer).
    ///
    /// ```
    /// use tim_offline_push::intent::{Extra, Intent, ParseFlags, ParseUriError, SyntaxReason};
    ///
    /// let uri = "intent://chat/42#Intent;scheme=myapp;package=com.example.im;i.unread=3;end";
    /// let intent = Intent::parse_uri(uri, ParseFlags::INTENT_SCHEME)?;
    /// assert_eq!(intent.data().map(|data| data.as_str()), Some("myapp://chat/42"));
    /// assert_eq!(intent.extra("unread"), Some(Extra::Int(3)));
    ///
    /// let error = Intent::parse_uri("intent:#Intent;unread=3;end", ParseFlags::INTENT_SCHEME).unwrap_err();
    /// assert_eq!(error, ParseUriError::Syntax { reason: SyntaxReason::UnknownExtraType, index: Some(15) });
    /// assert_eq!(error.to_string(), "unknown EXTRA type at index 15");
    /// # Ok::<(), ParseUriError>(())
    /// ```
    ///
    /// # Errors
    /// [`ParseUriError`], where Android throws.
    pub fn parse_uri(uri: &str, flags: ParseFlags) -> Result<Self, ParseUriError> {
        Self::parse_uri_on(uri, flags, AndroidVersion::NEWEST)
    }

    /// Reads a URI as the given Android's `parseUri` does.
    ///
    /// ```
    /// use tim_offline_push::intent::{AndroidVersion, Intent, ParseFlags};
    ///
    /// let uri = "intent:#Intent;launchFlags=0x80000000;end";
    /// assert!(Intent::parse_uri_on(uri, ParseFlags::INTENT_SCHEME, AndroidVersion::new(35)?).is_ok());
    /// assert!(Intent::parse_uri_on(uri, ParseFlags::INTENT_SCHEME, AndroidVersion::new(34)?).is_err());
    /// # Ok::<(), tim_offline_push::intent::UnknownAndroidVersion>(())
    /// ```
    ///
    /// # Errors
    /// [`ParseUriError`], where Android throws or never ends.
    pub fn parse_uri_on(
        uri: &str,
        flags: ParseFlags,
        version: AndroidVersion,
    ) -> Result<Self, ParseUriError> {
        // The intent is made where it goes, since it is large.
        let mut result = Ok(Self::new());
        if let Ok(intent) = &mut result {
            if let Err(error) = (Reading { uri, flags, version }).read(intent) {
                result = Err(error);
            }
        }
        result
    }
}

impl<'a> Reading<'a> {
    /// Schemes up to this length find room in the source.
    const USUAL_SCHEME: usize = 64;

    /// Reads the text into an intent that has nothing set.
    fn read(self, intent: &mut Intent) -> Result<(), ParseUriError> {
        let uri = self.uri;
        let android_app = uri.starts_with("android-app:");
        let wants_scheme = self.flags.intersects(ParseFlags::INTENT_SCHEME | ParseFlags::ANDROID_APP_SCHEME);
        if wants_scheme && !android_app && !uri.starts_with("intent:") {
            self.view(intent);
            return Ok(());
        }
        match uri.rfind('#').and_then(|at| uri.split_at_checked(at)) {
            Some((base, fragment)) => match fragment.strip_prefix("#Intent;") {
                Some(text) => {
                    // The data get their scheme in front.
                    let more = base.len().saturating_add(Self::USUAL_SCHEME);
                    intent.source = String::with_capacity(uri.len().saturating_add(more));
                    intent.source.push_str(uri);
                    let mut items = Items::new(self, intent);
                    let end = items.read_all(uri.len().saturating_sub(text.len()))?;
                    self.finish(items, base, Some(end))
                }
                None if android_app => self.finish(Items::new(self, intent), uri, None),
                None => parse_old::parse(self, intent, base, fragment),
            },
            None if android_app => self.finish(Items::new(self, intent), uri, None),
            None => {
                self.view(intent);
                Ok(())
            }
        }
    }

    /// Makes it the intent that shows the text.
    fn view(self, intent: &mut Intent) {
        intent.action = Some(VIEW);
        intent.set_data(self.uri);
    }

    /// Reads the text before the items, which end at the given place.
    fn finish(self, items: Items<'a, '_>, base: &'a str, end: Option<usize>) -> Result<(), ParseUriError> {
        let Items { intent, selector, scheme, explicit_action, .. } = items;
        if intent.package.is_none() {
            intent.selector = selector;
        }
        if let Some(rest) = base.strip_prefix("intent:") {
            let start = intent.source.len();
            if let Some(scheme) = scheme {
                intent.source.extend([&*scheme, ":", rest]);
                intent.data = Some(Text::Read(Span { start, end: intent.source.len() }));
            } else if !rest.is_empty() {
                intent.set_data(rest);
            }
        } else if let Some(rest) = base.strip_prefix("android-app:") {
            self.read_app_base(intent, rest, scheme, explicit_action)
                .ok_or_else(|| self.syntax(SyntaxReason::IllegalFormat, end))?;
        } else if !base.is_empty() {
            intent.set_data(base);
        }
        Ok(())
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
        intent.set_package(decode(package));
        let data = match rest {
            None => None,
            Some("") => scheme.map(|scheme| [&*scheme, ":"].concat()),
            Some(rest) => Some(match rest.split_once('/') {
                None => [&*decode(rest), ":"].concat(),
                Some((scheme, rest)) => match rest.find('/').and_then(|end| rest.split_at_checked(end)) {
                    None => [&*decode(scheme), ":"].concat(),
                    Some((authority, rest)) => [&*decode(scheme), "://", &*decode(authority), rest].concat(),
                },
            }),
        };
        match data {
            Some(data) => intent.set_data(data),
            None if !explicit_action => intent.action = Some(MAIN),
            None => {}
        }
        Some(())
    }
}
