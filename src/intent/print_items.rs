//! The items of an intent URI, in Android's order. Each is written as `;name=value`: the `;` closes what stands before, be
//! it `#Intent` or an item, and `;end` closes the last.

#![expect(
    clippy::inline_always,
    reason = "measured: what these small functions give would go through memory, which costs up to a third of the time"
)]

use std::fmt::{self, Write};

use super::action::Action;
use super::codec;
use super::component::Component;
use super::extra::Value;
use super::hash_ordered::Key;
use super::java_float;
use super::java_text;
use super::model::{Intent, SourceBounds};
use super::scan::Keep;
use super::texts::{Text, Texts};
use super::version::AndroidVersion;

/// The value of `scheme=`.
#[derive(Clone, Copy)]
pub(super) struct Scheme<'a> {
    pub(super) text: &'a str,
    /// Whether it is known that no char needs an escape.
    pub(super) plain: bool,
}

/// What the items of an intent depend on beside itself.
pub(super) struct Items<'a> {
    pub(super) scheme: Option<Scheme<'a>>,
    /// The action that is not printed.
    pub(super) action: Option<Action>,
    pub(super) print_package: bool,
    pub(super) version: AndroidVersion,
}

impl Items<'_> {
    /// Whether [`Items::write`] would write none, nor is there a selector.
    pub(super) fn are_none(&self, intent: &Intent) -> bool {
        self.scheme.is_none()
            && intent.flags.is_empty()
            && intent.component.is_none()
            && self.package(intent).is_none()
            && self.action(intent).is_none()
            && intent.categories.is_empty()
            && intent.mime_type.is_none()
            && self.identifier(intent).is_none()
            && self.extended_flags(intent).is_none()
            && intent.source_bounds.is_none()
            && intent.selector.is_none()
            && intent.extras.values().all(|value| matches!(value, Value::Unprintable))
    }

    fn action(&self, intent: &Intent) -> Option<Action> {
        intent.action.filter(|action| match action {
            Action::View => !matches!(self.action, Some(Action::View)),
            Action::Main => !matches!(self.action, Some(Action::Main)),
            Action::Other(_) => true,
        })
    }

    fn identifier(&self, intent: &Intent) -> Option<Text> {
        intent.identifier.filter(|_| self.version.has_identifier())
    }

    fn extended_flags(&self, intent: &Intent) -> Option<u32> {
        Some(intent.extended_flags).filter(|bits| *bits != 0 && self.version.has_extended_flags())
    }

    fn package(&self, intent: &Intent) -> Option<Text> {
        intent.package.filter(|_| self.print_package)
    }

    pub(super) fn write<W: Write + ?Sized>(&self, intent: &Intent, out: &mut W) -> fmt::Result {
        if let Some(Scheme { text, plain }) = self.scheme {
            out.write_str(";scheme=")?;
            if plain || !self.version.encodes_scheme() {
                out.write_str(text)?;
            } else {
                codec::write_encoded(out, text, Keep::Unreserved)?;
            }
        }
        let texts = &intent.texts;
        match self.action(intent) {
            None => {}
            Some(Action::Other(action)) => write_text(out, ";action=", texts, action, Keep::Unreserved)?,
            Some(Action::View) => out.write_str(";action=android.intent.action.VIEW")?,
            Some(Action::Main) => out.write_str(";action=android.intent.action.MAIN")?,
        }
        for (category, ()) in intent.categories.iter(texts) {
            out.write_str(";category=")?;
            write_key(out, category)?;
        }
        if let Some(mime_type) = intent.mime_type {
            write_text(out, ";type=", texts, mime_type, Keep::UnreservedAndSlash)?;
        }
        if let Some(identifier) = self.identifier(intent) {
            write_text(out, ";identifier=", texts, identifier, Keep::UnreservedAndSlash)?;
        }
        if !intent.flags.is_empty() {
            out.write_str(";launchFlags=0x")?;
            java_text::write_hex(out, intent.flags.bits())?;
        }
        if let Some(bits) = self.extended_flags(intent) {
            out.write_str(";extendedLaunchFlags=0x")?;
            java_text::write_hex(out, bits)?;
        }
        if let Some(package) = self.package(intent) {
            write_text(out, ";package=", texts, package, Keep::Unreserved)?;
        }
        if let Some(component) = &intent.component {
            write_component(out, component)?;
        }
        if let Some(bounds) = intent.source_bounds {
            write_bounds(out, bounds)?;
        }
        for (key, value) in intent.extras.iter(texts) {
            write_extra(out, texts, key, *value)?;
        }
        Ok(())
    }
}

#[inline(always)]
fn write_text<W: Write + ?Sized>(
    out: &mut W,
    name: &str,
    texts: &Texts,
    text: Text,
    keep: Keep,
) -> fmt::Result {
    out.write_str(name)?;
    write_kept(out, texts, text, keep)
}

#[inline(always)]
fn write_kept<W: Write + ?Sized>(out: &mut W, texts: &Texts, text: Text, keep: Keep) -> fmt::Result {
    if text.is_plain(keep) {
        out.write_str(texts.get(text))
    } else {
        codec::write_encoded(out, texts.get(text), keep)
    }
}

#[inline(always)]
fn write_key<W: Write + ?Sized>(out: &mut W, key: Key<'_>) -> fmt::Result {
    let text = key.text.unwrap_or("null");
    if key.plain { out.write_str(text) } else { codec::write_encoded(out, text, Keep::Unreserved) }
}

fn write_component<W: Write + ?Sized>(out: &mut W, component: &Component) -> fmt::Result {
    let (package, class) = (component.package(), component.short_class());
    out.write_str(";component=")?;
    if component.is_plain() {
        out.write_str(package)?;
        out.write_str("/")?;
        out.write_str(class)?;
    } else {
        codec::write_encoded(out, package, Keep::UnreservedAndSlash)?;
        out.write_str("/")?;
        codec::write_encoded(out, class, Keep::UnreservedAndSlash)?;
    }
    Ok(())
}

fn write_bounds<W: Write + ?Sized>(out: &mut W, bounds: SourceBounds) -> fmt::Result {
    let SourceBounds { left, top, right, bottom } = bounds;
    out.write_str(";sourceBounds=")?;
    java_text::write_decimal(out, i64::from(left))?;
    for side in [top, right, bottom] {
        out.write_str("%20")?;
        java_text::write_decimal(out, i64::from(side))?;
    }
    Ok(())
}

fn write_extra<W: Write + ?Sized>(out: &mut W, texts: &Texts, key: Key<'_>, value: Value) -> fmt::Result {
    let prefix = match value {
        Value::String(_) => ";S.",
        Value::Boolean(_) => ";B.",
        Value::Byte(_) => ";b.",
        Value::Char(_) => ";c.",
        Value::Double(_) => ";d.",
        Value::Float(_) => ";f.",
        Value::Int(_) => ";i.",
        Value::Long(_) => ";l.",
        Value::Short(_) => ";s.",
        Value::Unprintable => return Ok(()),
    };
    out.write_str(prefix)?;
    write_key(out, key)?;
    out.write_str("=")?;
    match value {
        Value::String(text) => write_kept(out, texts, text, Keep::Unreserved)?,
        Value::Boolean(true) => out.write_str("true")?,
        Value::Boolean(false) => out.write_str("false")?,
        Value::Byte(value) => java_text::write_decimal(out, i64::from(value))?,
        Value::Short(value) => java_text::write_decimal(out, i64::from(value))?,
        Value::Int(value) => java_text::write_decimal(out, i64::from(value))?,
        Value::Long(value) => java_text::write_decimal(out, value)?,
        Value::Float(value) => java_float::write_float(out, value)?,
        Value::Double(value) => java_float::write_double(out, value)?,
        Value::Char(unit) => match char::from_u32(u32::from(unit)) {
            Some(c) => codec::write_encoded(out, c.encode_utf8(&mut [0; 4]), Keep::Unreserved)?,
            None => out.write_str("%3F")?,
        },
        Value::Unprintable => {}
    }
    Ok(())
}

impl Intent {
    /// How many bytes the data and the items take if few chars need an escape, and more than half of what they take at
    /// most.
    pub(super) fn printed_size(&self) -> usize {
        const CATEGORY: usize = ";category=".len();
        const EXTRA: usize = 28;
        let component = self.component.as_ref().map_or(0, Component::printed_len);
        let names = self.categories.len().saturating_mul(CATEGORY);
        let names = names.saturating_add(self.extras.len().saturating_mul(EXTRA));
        self.texts.printed_len().saturating_add(component).saturating_add(names)
    }
}
