//! The items of an intent URI: `name=value;` up to one that begins with `end`.

use super::action::Action;
use super::codec;
use super::component::Component;
use super::error::{NumberField, ParseUriError, SyntaxReason};
use super::extra::Extra;
use super::item::TextItem;
use super::items::Items;
use super::kept_extra::KeptExtra;
use super::model::Intent;
use super::next_equals::NextEquals;
use super::parse_value::{self, ExtraError, OutOfRange};
use super::scan;

/// How many bytes the names of extras may have that lie over later items.
const OVERLAP_LIMIT: usize = 1 << 20;

impl<'a> Items<'a, '_> {
    /// Reads items up to one that begins with `end`; gives where that is.
    pub(super) fn read_all(&mut self, items: &'a str) -> Result<usize, ParseUriError> {
        let mut rest = items;
        let mut restarted = false;
        loop {
            if rest.starts_with("end") {
                return Ok(self.place(rest));
            }
            if let Some(behind) = self.read(rest)? {
                // The texts of a selector are its own.
                rest = if self.selector.is_none() { self.read_printed(behind) } else { behind };
                continue;
            }
            if self.reading.version.checks_item_end() {
                return Err(self.reading.syntax(SyntaxReason::EndNotFound, None));
            }
            if restarted {
                return Err(ParseUriError::Endless);
            }
            self.read_unended(rest)?;
            restarted = true;
            self.equals = NextEquals::default();
            rest = self.reading.uri;
        }
    }

    /// Where in the text the rest begins, in bytes.
    fn place(&self, rest: &str) -> usize {
        self.reading.uri.len().wrapping_sub(rest.len())
    }

    /// Reads one item and gives what is behind its `;`. `None` if it has none.
    fn read(&mut self, rest: &'a str) -> Result<Option<&'a str>, ParseUriError> {
        if let Some(behind) = rest.strip_prefix("SEL;") {
            // A later one takes the place of an earlier one.
            **self.selector.get_or_insert_default() = Intent::new();
            return Ok(Some(behind));
        }
        let end = scan::find(rest.as_bytes(), b';').and_then(|end| rest.split_at_checked(end));
        let Some((item, behind)) = end else { return Ok(None) };
        self.set(rest, item)?;
        Ok(behind.strip_prefix(';'))
    }

    /// Reads an item without `;`, whose value then counts as empty. Only Androids before API 35 come here.
    #[cold]
    fn read_unended(&mut self, rest: &'a str) -> Result<(), ParseUriError> {
        let item = rest.split_inclusive('=').next().filter(|name| name.ends_with('=')).unwrap_or_default();
        self.set(rest, item)
    }

    /// Takes an item, with which the rest of the text begins.
    fn set(&mut self, rest: &'a str, item: &'a str) -> Result<(), ParseUriError> {
        let Some((name, value)) = item.split_once('=') else { return self.set_overlapping_extra(rest) };
        if name == "scheme" && self.selector.is_none() {
            self.scheme = Some(codec::decode(value));
            return Ok(());
        }
        codec::with_decoded(value, |value| match self.field(name) {
            Some(field) => self.set_field(field, value, rest),
            None => self.set_extra(rest, name, value),
        })
    }

    /// The field of this name.
    fn field(&self, name: &str) -> Option<Field> {
        let version = self.reading.version;
        match name {
            "action" => Some(Field::Action),
            "category" => Some(Field::Category),
            "component" => Some(Field::Component),
            "package" => Some(Field::Package),
            "scheme" => Some(Field::SelectorScheme),
            "sourceBounds" => Some(Field::SourceBounds),
            "type" => Some(Field::MimeType),
            "launchFlags" => Some(Field::LaunchFlags),
            "identifier" if version.has_identifier() => Some(Field::Identifier),
            "extendedLaunchFlags" if version.has_extended_flags() => Some(Field::ExtendedLaunchFlags),
            _ => None,
        }
    }

    fn set_field(&mut self, field: Field, value: &str, rest: &str) -> Result<(), ParseUriError> {
        let reading = self.reading;
        let at = self.place(rest);
        let number = |field| reading.number(field, Some(at));
        let in_selector = self.selector.is_some();
        let intent = self.selector.as_deref_mut().unwrap_or(self.intent);
        match field {
            Field::Action => {
                intent.action = Some(Action::keep(&mut intent.texts, value));
                self.explicit_action |= !in_selector;
            }
            Field::Category => intent.insert_category(value),
            Field::MimeType => intent.mime_type = Some(intent.texts.keep_text(TextItem::MIME_TYPE, value)),
            Field::Identifier => {
                intent.identifier = Some(intent.texts.keep_text(TextItem::IDENTIFIER, value));
            }
            Field::LaunchFlags => {
                intent.flags = reading.launch_flags(value).ok_or_else(|| number(NumberField::LaunchFlags))?;
            }
            Field::ExtendedLaunchFlags => {
                intent.extended_flags =
                    reading.flag_bits(value).ok_or_else(|| number(NumberField::ExtendedLaunchFlags))?;
            }
            Field::Package => intent.package = Some(intent.texts.keep_text(TextItem::PACKAGE, value)),
            Field::Component => {
                intent.component = None;
                if let Some(component) = Component::unflatten(value) {
                    intent.set_component(component);
                }
            }
            Field::SelectorScheme => intent.data = Some(intent.texts.keep([value, ":"])),
            Field::SourceBounds => {
                intent.source_bounds = parse_value::source_bounds(value)
                    .map_err(|OutOfRange| number(NumberField::SourceBounds))?;
            }
        }
        Ok(())
    }

    /// An extra whose name reaches up to the `=` of a later item; it has no value.
    #[cold]
    fn set_overlapping_extra(&mut self, rest: &'a str) -> Result<(), ParseUriError> {
        let at = self.place(rest);
        let illegal = || self.reading.syntax(SyntaxReason::IllegalFormat, Some(at));
        let equals = self.equals.at_or_behind(self.reading.uri, at).ok_or_else(illegal)?;
        let name = self.reading.uri.get(at..equals).ok_or_else(illegal)?;
        self.overlap = self.overlap.saturating_add(name.len());
        if self.overlap > OVERLAP_LIMIT {
            return Err(ParseUriError::TooLarge { limit: OVERLAP_LIMIT });
        }
        self.set_extra(rest, name, "")
    }

    /// An extra by its name, which is prefix and key, and its value.
    fn set_extra(&mut self, rest: &str, name: &str, value: &str) -> Result<(), ParseUriError> {
        let fail = |reason| Err(self.reading.syntax(reason, Some(self.place(rest))));
        // The prefix is two UTF-16 units, which may be two bytes or more.
        if name.encode_utf16().nth(1).is_none() {
            return fail(SyntaxReason::IllegalFormat);
        }
        let Some((prefix, key)) = name.split_at_checked(2) else {
            return fail(SyntaxReason::UnknownExtraType);
        };
        let extra = match prefix.as_bytes() {
            b"S." => Extra::from(value),
            [letter, b'.'] => match parse_value::primitive(*letter, value) {
                Some(value) => value.into(),
                None => match parse_value::failure(*letter) {
                    ExtraError::Number(field) => {
                        return Err(self.reading.number(field, Some(self.place(rest))));
                    }
                    ExtraError::NoChar => return fail(SyntaxReason::IllegalFormat),
                    ExtraError::UnknownType => return fail(SyntaxReason::UnknownExtraType),
                },
            },
            _ => return fail(SyntaxReason::UnknownExtraType),
        };
        let Intent { texts, extras, .. } = self.current();
        let entry = codec::with_decoded(key, |key| KeptExtra::keep(texts, key, &extra));
        extras.insert_deferred(texts, entry, || 4);
        Ok(())
    }
}

#[derive(Clone, Copy)]
enum Field {
    Action,
    Category,
    MimeType,
    Identifier,
    LaunchFlags,
    ExtendedLaunchFlags,
    Package,
    Component,
    SelectorScheme,
    SourceBounds,
}
