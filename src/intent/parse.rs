//! `Intent.parseUri` (AOSP android-16.0.0_r2, Intent.java): which form a text has, and what stands before the
//! items.

use std::borrow::Cow;

use super::codec;
use super::component::{Component, KeptComponent};
use super::error::{ParseUriError, SyntaxReason};
use super::extra::{Extra, ExtraError};
use super::flags::ParseFlags;
use super::kept::{Span, Text};
use super::model::Intent;
use super::parse_items::{Items, Reading, VIEW};
use super::version::AndroidVersion;

const MAIN: Text = Text::Own(Cow::Borrowed(Intent::ACTION_MAIN));

impl Intent {
    /// Reads a URI, with [`ParseFlags::INTENT_SCHEME`] as a rule, as Android 16's `parseUri` does: `intent:`,
    /// `android-app:`, any text with a fragment `#Intent;…;end`, and the form that was used before these. A
    /// text that is none of them is the data of an intent to view it.
    ///
    /// The text chooses the component, the package, the selector, flags and extras. Before an intent of an
    /// untrusted source is started, see [`Sanitizer`](super::Sanitizer).
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
    /// let version = |level| AndroidVersion::new(level).ok_or("unknown");
    /// assert!(Intent::parse_uri_on(uri, ParseFlags::INTENT_SCHEME, version(35)?).is_ok());
    /// assert!(Intent::parse_uri_on(uri, ParseFlags::INTENT_SCHEME, version(34)?).is_err());
    /// # Ok::<(), &str>(())
    /// ```
    ///
    /// # Errors
    /// [`ParseUriError`], where Android throws or never ends.
    pub fn parse_uri_on(
        uri: &str,
        flags: ParseFlags,
        version: AndroidVersion,
    ) -> Result<Self, ParseUriError> {
        let mut intent = Self::new();
        Reading { uri, flags, version }.read(&mut intent)?;
        Ok(intent)
    }
}

impl<'a> Reading<'a> {
    /// Schemes up to this length find room in the source.
    const USUAL_SCHEME: usize = 64;

    /// Reads the text into an intent that has nothing set.
    fn read(self, intent: &mut Intent) -> Result<(), ParseUriError> {
        let uri = self.uri;
        let is_app = uri.starts_with("android-app:");
        let wants_scheme = self.flags.intersects(ParseFlags::INTENT_SCHEME | ParseFlags::ANDROID_APP_SCHEME);
        let is_data = wants_scheme && !is_app && !uri.starts_with("intent:");
        let at = uri.rfind('#').filter(|_| !is_data).unwrap_or(uri.len());
        let (base, fragment) = uri.split_at_checked(at).unwrap_or((uri, ""));
        let Some(text) = fragment.strip_prefix("#Intent;") else {
            return if is_app {
                self.finish(Items::new(self, intent), uri, None)
            } else {
                parse_old(self, intent, base, fragment)
            };
        };
        // The data get their scheme in front.
        let more = base.len().saturating_add(Self::USUAL_SCHEME);
        intent.source = String::with_capacity(uri.len().saturating_add(more));
        intent.source.push_str(uri);
        let mut items = Items::new(self, intent);
        let end = items.read_all(text)?;
        self.finish(items, base, Some(end))
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
                intent.data = Some(Text::own(rest));
            }
        } else if let Some(rest) = base.strip_prefix("android-app:") {
            self.read_app_base(intent, rest, scheme, explicit_action)
                .ok_or_else(|| self.syntax(SyntaxReason::IllegalFormat, end))?;
        } else if !base.is_empty() {
            intent.data = Some(Text::own(base));
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
        intent.package = Some(Text::own(decode(package)));
        let data = match rest {
            None => None,
            Some("") => scheme.map(|scheme| [&*scheme, ":"].concat()),
            Some(rest) => {
                let (scheme, rest) = rest.split_once('/').unwrap_or((rest, ""));
                let scheme = decode(scheme);
                Some(match rest.split_once('/') {
                    None => [&*scheme, ":"].concat(),
                    Some((authority, path)) => [&*scheme, "://", &*decode(authority), "/", path].concat(),
                })
            }
        };
        match data {
            Some(data) => intent.data = Some(Text::own(data)),
            None if !explicit_action => intent.action = Some(MAIN),
            None => {}
        }
        Some(())
    }
}

/// Reads the form of intent URIs before `#Intent;`, or a text that is no intent and may have a fragment:
/// `#action(…)categories(…)type(…)launchFlags(…)component(…)extras(…)` (`getIntentOld`). Nothing is decoded
/// but the values of string and char extras.
fn parse_old<'a>(
    reading: Reading<'a>,
    intent: &mut Intent,
    base: &str,
    fragment: &'a str,
) -> Result<(), ParseUriError> {
    let mut rest = fragment.strip_prefix('#').unwrap_or(fragment);
    let mut found = false;
    // Takes the part with this name, if the rest begins with it: the text up to the next `)`. Where there is
    // none, Android names the place of the `#`, or goes on at the start of the whole text.
    let mut take = |name: &str| {
        let split = rest.strip_prefix(name)?.split_once(')');
        found = true;
        rest = split.map_or(reading.uri, |(_, behind)| behind);
        let part = split.map(|(part, _)| part);
        Some(part.ok_or_else(|| reading.syntax(SyntaxReason::IllegalFormat, Some(base.len()))))
    };
    if let Some(action) = take("action(") {
        intent.action = Some(Text::own(action?));
    }
    if let Some(categories) = take("categories(") {
        for category in categories.unwrap_or_default().split('!').filter(|text| !text.is_empty()) {
            intent.add_category(category);
        }
    }
    if let Some(mime_type) = take("type(") {
        intent.mime_type = Some(Text::own(mime_type?));
    }
    if let Some(flags) = take("launchFlags(") {
        let flags = reading.launch_flags(flags?);
        intent.flags = flags.ok_or_else(|| reading.number("launchFlags", Some(base.len())))?;
    }
    if let Some(Ok(component)) = take("component(") {
        if let Some((package, class)) = component.split_once('!') {
            intent.component = Some(KeptComponent::Own(Component::new(package, class)));
        }
    }
    if let Some(extras) = rest.strip_prefix("extras(") {
        found = true;
        parse_old_extras(reading, intent, extras)?;
    }
    intent.data = Some(Text::own(if found { base } else { reading.uri }));
    intent.action.get_or_insert(VIEW);
    Ok(())
}

fn parse_old_extras(reading: Reading<'_>, intent: &mut Intent, rest: &str) -> Result<(), ParseUriError> {
    let fail =
        |reason, rest: &str| Err(reading.syntax(reason, Some(reading.uri.len().saturating_sub(rest.len()))));
    let Some((_, behind)) = rest.split_once(')') else {
        return fail(SyntaxReason::ExtraMissingParenthesis, rest);
    };
    // How much is left at the `)`.
    let close = behind.len().saturating_add(1);
    let mut rest = rest;
    while rest.len() > close {
        // The type is one UTF-16 unit; the other half of a pair would count as the start of the key.
        let split = rest.split_once('=').filter(|(name, _)| name.encode_utf16().nth(1).is_some());
        let Some((name, value)) = split else { return fail(SyntaxReason::ExtraMissingEquals, rest) };
        let inside = value.len().checked_sub(close).and_then(|len| value.get(..len)).unwrap_or_default();
        let text = inside.split('!').next().unwrap_or_default();
        if text.is_empty() {
            return fail(SyntaxReason::ExtraMissingMark, value);
        }
        rest = value.get(text.len()..).unwrap_or_default();
        let mut name = name.chars();
        let letter = name.next().and_then(|c| u8::try_from(c).ok()).unwrap_or(0);
        let text = if matches!(letter, b'S' | b'c') { codec::decode(text) } else { Cow::Borrowed(text) };
        match Extra::of_type(letter, &text) {
            Ok(extra) => drop(intent.set_extra(name.as_str(), extra)),
            Err(ExtraError::Number(_)) => return fail(SyntaxReason::ExtraValue, rest),
            Err(_) => return fail(SyntaxReason::ExtraHasUnknownType, rest),
        }
        match rest.strip_prefix('!') {
            Some(next) => rest = next,
            None => break,
        }
    }
    Ok(())
}
