//! `Intent.parseUri` (AOSP android-16.0.0_r2, Intent.java): which form a text has, and what stands before the items.

use std::borrow::Cow;

use super::action::Action;
use super::codec;
use super::error::{ParseUriError, SyntaxReason};
use super::item::TextItem;
use super::items::Items;
use super::model::Intent;

use super::parse_old;
use super::reading::Reading;
use super::scan;
use super::texts::Texts;
use super::uri_form::ParseFlags;
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
        let reading = Reading { uri, flags, version };
        // The result is made where it is to go, since an intent is large.
        let mut result = Ok(Self::default());
        if let Ok(intent) = &mut result {
            if let Err(error) = reading.read(intent) {
                result = Err(error);
            }
        }
        result
    }
}

impl<'a> Reading<'a> {
    /// Longer schemes cost a second block.
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
        let split = |at: Option<usize>| uri.split_at_checked(at?);
        // What is printed holds one `#`, and its items none.
        if let Some((base, fragment)) = split(scan::find(uri.as_bytes(), b'#')) {
            if let Some(text) = fragment.strip_prefix("#Intent;") {
                let mut items = self.items(intent, base);
                let rest = items.read_printed(text);
                if scan::find(rest.as_bytes(), b'#').is_none() {
                    return self.finish_items(&mut items, rest, base);
                }
                *intent = Intent::default();
            }
        }
        let split = split(scan::find_last(uri.as_bytes(), b'#'));
        match split.map(|(base, fragment)| (base, fragment, fragment.strip_prefix("#Intent;"))) {
            Some((base, _, Some(text))) => {
                let mut items = self.items(intent, base);
                let rest = items.read_printed(text);
                self.finish_items(&mut items, rest, base)
            }
            Some(_) | None if android_app => self.finish(&mut self.items(intent, uri), uri, None),
            Some((base, fragment, None)) => parse_old::parse(self, intent, base, fragment),
            None => {
                self.view(intent);
                Ok(())
            }
        }
    }

    /// Makes it the intent that shows the text.
    fn view(self, intent: &mut Intent) {
        intent.action = Some(Action::View);
        intent.data = Some(intent.texts.keep([self.uri]));
    }

    /// An intent to view something, and the items that go into it.
    fn items<'i>(self, intent: &'i mut Intent, base: &str) -> Items<'a, 'i> {
        intent.action = Some(Action::View);
        // Data gets its scheme in front.
        let more = base.len().saturating_add(Self::USUAL_SCHEME);
        intent.texts = Texts::of_uri(self.uri, more);
        Items::new(self, intent)
    }

    /// Reads the items that are left, and the text before all items.
    #[inline]
    fn finish_items(
        self,
        items: &mut Items<'a, '_>,
        text: &'a str,
        base: &'a str,
    ) -> Result<(), ParseUriError> {
        let end = items.read_all(text)?;
        items.settle();
        self.finish(items, base, Some(end))
    }

    /// Reads the text before the items, which end at the given place.
    fn finish(
        self,
        items: &mut Items<'a, '_>,
        base: &'a str,
        end: Option<usize>,
    ) -> Result<(), ParseUriError> {
        let Items { intent, selector, scheme, explicit_action, .. } = items;
        if intent.package.is_none() {
            intent.selector = selector.take();
        }
        if let Some(rest) = base.strip_prefix("intent:") {
            intent.data = match scheme {
                Some(scheme) => Some(intent.texts.keep([scheme, ":", rest])),
                None => (!rest.is_empty()).then(|| intent.texts.keep([rest])),
            };
        } else if let Some(rest) = base.strip_prefix("android-app:") {
            self.read_app_base(intent, rest, scheme.take(), *explicit_action)
                .ok_or_else(|| self.syntax(SyntaxReason::IllegalFormat, end))?;
        } else if !base.is_empty() {
            intent.data = Some(intent.texts.keep([base]));
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
        intent.package = Some(intent.texts.keep_text(TextItem::PACKAGE, &decode(package)));
        let texts = &mut intent.texts;
        let data = match rest {
            None => None,
            Some("") => scheme.map(|scheme| texts.keep([&*scheme, ":"])),
            Some(rest) => Some(match rest.split_once('/') {
                None => texts.keep([&*decode(rest), ":"]),
                Some((scheme, rest)) => match rest.find('/').and_then(|end| rest.split_at_checked(end)) {
                    None => texts.keep([&*decode(scheme), ":"]),
                    Some((authority, rest)) => {
                        texts.keep([&*decode(scheme), "://", &*decode(authority), rest])
                    }
                },
            }),
        };
        match data {
            Some(data) => intent.data = Some(data),
            None if !explicit_action => intent.action = Some(Action::Main),
            None => {}
        }
        Some(())
    }
}
