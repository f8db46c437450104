//! The form of intent URIs before `#Intent;`: `#action(…)categories(…)type(…)launchFlags(…)component(…)extras(…)`
//! (`getIntentOld`, AOSP android-16.0.0_r2, Intent.java). Nothing is decoded but the values of string and char extras.

use super::codec;
use super::component::Component;
use super::error::{NumberField, ParseUriError, SyntaxReason};
use super::extra::Extra;
use super::model::Intent;
use super::parse_items::{ExtraError, Reading, VIEW, primitive};

/// Reads the old form, or a text with a fragment that is no intent.
pub(super) fn parse(
    reading: Reading<'_>,
    intent: &mut Intent,
    base: &str,
    fragment: &str,
) -> Result<(), ParseUriError> {
    let mut parts = Parts { reading, rest: fragment.strip_prefix('#').unwrap_or(fragment), found: false };
    // Wherever Android runs out of the text it names the place of the `#`.
    let unended = || reading.syntax(SyntaxReason::IllegalFormat, Some(base.len()));
    if parts.take("action(") {
        intent.set_action(parts.up_to_end().ok_or_else(unended)?);
    }
    if parts.take("categories(") {
        for category in
            parts.up_to_end_or_restart().unwrap_or_default().split('!').filter(|text| !text.is_empty())
        {
            intent.add_category(category);
        }
    }
    if parts.take("type(") {
        intent.set_mime_type(parts.up_to_end().ok_or_else(unended)?);
    }
    if parts.take("launchFlags(") {
        let value = parts.up_to_end().ok_or_else(unended)?;
        intent.flags = reading
            .launch_flags(value)
            .ok_or_else(|| reading.number(NumberField::LaunchFlags, Some(base.len())))?;
    }
    if parts.take("component(") {
        let component = parts.up_to_end_or_restart().and_then(|text| text.split_once('!'));
        if let Some((package, class)) = component {
            intent.set_component(Component::new(package, class));
        }
    }
    if parts.take("extras(") {
        parts.extras(intent, unended)?;
    }
    intent.set_data(if parts.found { base } else { reading.uri });
    intent.action.get_or_insert(VIEW);
    Ok(())
}

/// What is left of the text.
struct Parts<'a> {
    reading: Reading<'a>,
    rest: &'a str,
    /// Whether any part was recognised.
    found: bool,
}

impl<'a> Parts<'a> {
    fn take(&mut self, name: &str) -> bool {
        let Some(rest) = self.rest.strip_prefix(name) else { return false };
        self.rest = rest;
        self.found = true;
        true
    }

    /// The text up to the next `)`, which is passed by.
    fn up_to_end(&mut self) -> Option<&'a str> {
        let (part, rest) = self.rest.split_once(')')?;
        self.rest = rest;
        Some(part)
    }

    /// As [`Parts::up_to_end`]; without a `)` Android goes on at the begin of the whole text.
    fn up_to_end_or_restart(&mut self) -> Option<&'a str> {
        let part = self.up_to_end();
        if part.is_none() {
            self.rest = self.reading.uri;
        }
        part
    }

    fn extras(
        &mut self,
        intent: &mut Intent,
        unended: impl Fn() -> ParseUriError,
    ) -> Result<(), ParseUriError> {
        let reading = self.reading;
        let fail = |reason, rest: &str| {
            Err(reading.syntax(reason, Some(reading.uri.len().saturating_sub(rest.len()))))
        };
        let Some((_, behind)) = self.rest.split_once(')') else {
            return fail(SyntaxReason::ExtraMissingParenthesis, self.rest);
        };
        // How much is left at the `)`.
        let close = behind.len().saturating_add(1);
        while self.rest.len() > close {
            // The type is one UTF-16 unit; the other half of a pair would count as the begin of the key.
            let Some((name, value)) =
                self.rest.split_once('=').filter(|(name, _)| name.encode_utf16().nth(1).is_some())
            else {
                return fail(SyntaxReason::ExtraMissingEquals, self.rest);
            };
            if value.len() <= close {
                return fail(SyntaxReason::ExtraMissingMark, value);
            }
            let (inside, _) =
                value.split_at_checked(value.len().saturating_sub(close)).ok_or_else(&unended)?;
            let text = inside.split('!').next().unwrap_or(inside);
            let (_, rest) = value.split_at_checked(text.len()).ok_or_else(&unended)?;
            if text.is_empty() {
                return fail(SyntaxReason::ExtraMissingMark, value);
            }
            let mut name = name.chars();
            let extra = match name.next() {
                Some('S') => Extra::String(codec::decode(text)),
                Some('c') => primitive(b'c', &codec::decode(text)).map_err(|_| unended())?,
                letter => {
                    let letter = letter.and_then(|c| u8::try_from(c).ok()).unwrap_or(0);
                    match primitive(letter, text) {
                        Ok(value) => value,
                        Err(ExtraError::Number(_)) => return fail(SyntaxReason::ExtraValue, rest),
                        Err(ExtraError::NoChar | ExtraError::UnknownType) => {
                            return fail(SyntaxReason::ExtraHasUnknownType, rest);
                        }
                    }
                }
            };
            intent.set_extra(name.as_str(), extra);
            match rest.strip_prefix('!') {
                Some(rest) => self.rest = rest,
                None => break,
            }
        }
        Ok(())
    }
}
