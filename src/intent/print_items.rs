//! The items of an intent URI, in Android's order. Each is written as `;name=value`: the `;` closes what stands before, be
//! it `#Intent` or an item, and `;end` closes the last.

#![expect(
    clippy::inline_always,
    reason = "measured: what these small functions give would go through memory, which costs up to a third of the time"
)]

use std::fmt::{self, Write};

use super::action::Action;
use super::codec;
use super::item::{self, TextItem};
use super::java_text;
use super::model::Intent;
use super::scan::Keep;
use super::source_bounds::SourceBounds;
use super::texts::{Span, Text, Texts};
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
            && intent.extras.iter().all(|extra| extra.item().len() == 0)
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
        let mut out = Printer { out, texts: &intent.texts, printed: Span::NOTHING };
        if let Some(Scheme { text, plain }) = self.scheme {
            out.write_str(item::SCHEME)?;
            if plain || !self.version.encodes_scheme() {
                out.write_str(text)?;
            } else {
                codec::write_encoded(out.out, text, Keep::Unreserved)?;
            }
        }
        match self.action(intent) {
            None => {}
            Some(Action::Other(action)) => out.text(TextItem::ACTION, action)?,
            Some(Action::View) => out.known(TextItem::ACTION, Action::VIEW)?,
            Some(Action::Main) => out.known(TextItem::ACTION, Action::MAIN)?,
        }
        for category in intent.categories.iter() {
            out.item(category.item())?;
        }
        if let Some(mime_type) = intent.mime_type {
            out.text(TextItem::MIME_TYPE, mime_type)?;
        }
        if let Some(identifier) = self.identifier(intent) {
            out.text(TextItem::IDENTIFIER, identifier)?;
        }
        if !intent.flags.is_empty() {
            out.write_str(item::LAUNCH_FLAGS)?;
            java_text::write_hex(out.out, intent.flags.bits())?;
        }
        if let Some(bits) = self.extended_flags(intent) {
            out.write_str(item::EXTENDED_LAUNCH_FLAGS)?;
            java_text::write_hex(out.out, bits)?;
        }
        if let Some(package) = self.package(intent) {
            out.text(TextItem::PACKAGE, package)?;
        }
        if let Some((component, _)) = intent.component {
            out.text(TextItem::COMPONENT, component)?;
        }
        if let Some(bounds) = intent.source_bounds {
            out.settle()?;
            write_bounds(out.out, bounds)?;
        }
        for extra in intent.extras.iter() {
            out.item(extra.item())?;
        }
        out.settle()
    }
}

/// Writes items. Those that stand among the texts as they are printed, one behind the other, go in one piece.
struct Printer<'a, W: ?Sized> {
    out: &'a mut W,
    texts: &'a Texts,
    /// The part of the texts that is to be written next.
    printed: Span,
}

impl<W: Write + ?Sized> Printer<'_, W> {
    /// Writes a part of the texts, at once or later.
    #[inline(always)]
    fn item(&mut self, item: Span) -> fmt::Result {
        if item.start != self.printed.end {
            self.settle()?;
            self.printed.start = item.start;
        }
        self.printed.end = item.end;
        Ok(())
    }

    /// Writes what is left to be written, as must be before anything else is.
    #[inline(always)]
    fn settle(&mut self) -> fmt::Result {
        let part = self.printed;
        self.printed.start = part.end;
        if part.len() == 0 { Ok(()) } else { self.out.write_str(self.texts.get(part)) }
    }

    #[inline(always)]
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.settle()?;
        self.out.write_str(text)
    }

    /// Writes an item whose text needs no escape.
    fn known(&mut self, item: TextItem, text: &str) -> fmt::Result {
        self.write_str(item.begin)?;
        self.out.write_str(text)
    }

    #[inline(always)]
    fn text(&mut self, item: TextItem, text: Text) -> fmt::Result {
        if text.plain {
            return self.item(text.span.with_before(item.begin.len()));
        }
        self.write_str(item.begin)?;
        codec::write_encoded(self.out, self.texts.get(text.span), item.keep)
    }
}

fn write_bounds<W: Write + ?Sized>(out: &mut W, bounds: SourceBounds) -> fmt::Result {
    let SourceBounds { left, top, right, bottom } = bounds;
    out.write_str(item::SOURCE_BOUNDS)?;
    java_text::write_decimal(out, i64::from(left))?;
    for side in [top, right, bottom] {
        out.write_str("%20")?;
        java_text::write_decimal(out, i64::from(side))?;
    }
    Ok(())
}

impl Intent {
    /// How many bytes the data and the items take in a URI, flags and bounds apart, if few chars need an escape; and more than
    /// half of what they take at most.
    pub(super) fn printed_len(&self) -> usize {
        let mut sum = self.data.map_or(0, Span::len);
        let mut add = |len: usize| sum = sum.saturating_add(len);
        let mut add_text = |item: TextItem, text: Option<Text>| {
            if let Some(Text { span, plain }) = text {
                add(item.begin.len());
                add(if plain { span.len() } else { span.len().saturating_mul(2) });
            }
        };
        if let Some(Action::Other(action)) = self.action {
            add_text(TextItem::ACTION, Some(action));
        }
        add_text(TextItem::MIME_TYPE, self.mime_type);
        add_text(TextItem::IDENTIFIER, self.identifier);
        add_text(TextItem::PACKAGE, self.package);
        add_text(TextItem::COMPONENT, self.component.map(|(short, _)| short));
        for category in self.categories.iter() {
            add(category.item().len());
        }
        for extra in self.extras.iter() {
            add(extra.item().len());
        }
        sum
    }
}
