//! `Intent.parseUri` (AOSP android-16.0.0_r2, Intent.java): which form a text has, and what stands before the items.

use std::borrow::Cow;

use super::codec;
use super::error::{ParseUriError, SyntaxReason};
use super::flags::ParseFlags;
use super::model::Intent;
use super::parse_items::{Items, Reading};
use super::parse_old;
use super::version::AndroidVersion;

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
        Reading { uri, flags, version }.read()
    }
}

impl<'a> Reading<'a> {
    fn read(self) -> Result<Intent, ParseUriError> {
        let uri = self.uri;
        let android_app = uri.starts_with("android-app:");
        let wants_scheme = self.flags.intersects(ParseFlags::INTENT_SCHEME | ParseFlags::ANDROID_APP_SCHEME);
        if wants_scheme && !android_app && !uri.starts_with("intent:") {
            return Ok(self.view());
        }
        match uri.rfind('#').and_then(|at| uri.split_at_checked(at)) {
            Some((base, fragment)) => match fragment.strip_prefix("#Intent;") {
                Some(text) => {
                    let mut items = Items::new(self);
                    let end = items.read_all(text)?;
                    self.finish(items, base, Some(end))
                }
                None if android_app => self.finish(Items::new(self), uri, None),
                None => parse_old::parse(self, base, fragment),
            },
            None if android_app => self.finish(Items::new(self), uri, None),
            None => Ok(self.view()),
        }
    }

    /// The intent that shows the text.
    fn view(self) -> Intent {
        Intent {
            action: Some(Cow::Borrowed(Intent::ACTION_VIEW)),
            data: Some(self.uri.to_owned()),
            ..Intent::new()
        }
    }

    /// Reads the text before the items, which end at the given place.
    fn finish(self, items: Items<'a>, base: &'a str, end: Option<usize>) -> Result<Intent, ParseUriError> {
        let Items { mut intent, selector, scheme, explicit_action, .. } = items;
        if intent.package.is_none() {
            intent.selector = selector;
        }
        if let Some(rest) = base.strip_prefix("intent:") {
            intent.data = match scheme {
                Some(scheme) => Some([&*scheme, ":", rest].concat()),
                None => Some(rest).filter(|rest| !rest.is_empty()).map(str::to_owned),
            };
        } else if let Some(rest) = base.strip_prefix("android-app:") {
            self.read_app_base(&mut intent, rest, scheme, explicit_action)
                .ok_or_else(|| self.syntax(SyntaxReason::IllegalFormat, end))?;
        } else if !base.is_empty() {
            intent.data = Some(base.to_owned());
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
        intent.package = Some(decode(package).into_owned());
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
            Some(data) => intent.data = Some(data),
            None if !explicit_action => intent.action = Some(Cow::Borrowed(Intent::ACTION_MAIN)),
            None => {}
        }
        Some(())
    }
}
