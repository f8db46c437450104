use std::fmt::{self, Write};

use thiserror::Error;

use crate::intent::kept::Distinct;

/// Writes elements whose attributes are in the `android:` namespace, if they are not in `tools:`, four spaces
/// a level.
pub(super) struct XmlWriter<'a> {
    out: &'a mut dyn Write,
    depth: usize,
}

/// The names and values of attributes.
type Pairs<'p, 't> = &'p [(&'t str, &'t str)];

impl<'a> XmlWriter<'a> {
    pub(super) fn new(out: &'a mut dyn Write) -> Self {
        Self { out, depth: 0 }
    }

    /// An element that holds others.
    pub(super) fn parent(
        &mut self,
        tag: &str,
        attributes: Pairs<'_, '_>,
        children: impl FnOnce(&mut Self) -> fmt::Result,
    ) -> fmt::Result {
        self.open(tag, attributes, ">")?;
        self.depth = self.depth.saturating_add(1);
        children(self)?;
        self.depth = self.depth.saturating_sub(1);
        self.indent(0)?;
        writeln!(self.out, "</{tag}>")
    }

    /// An element that holds none.
    pub(super) fn leaf(&mut self, tag: &str, attributes: Pairs<'_, '_>) -> fmt::Result {
        self.open(tag, attributes, " />")
    }

    /// One attribute stands beside its tag; several stand one a line.
    fn open(&mut self, tag: &str, attributes: Pairs<'_, '_>, end: &str) -> fmt::Result {
        self.indent(0)?;
        write!(self.out, "<{tag}")?;
        for (name, value) in attributes {
            if attributes.len() == 1 {
                self.out.write_char(' ')?;
            } else {
                self.out.write_char('\n')?;
                self.indent(1)?;
            }
            let prefix = if name.starts_with(TOOLS) { "" } else { "android:" };
            write!(self.out, "{prefix}{name}=\"")?;
            write_value(self.out, value)?;
            self.out.write_char('"')?;
        }
        writeln!(self.out, "{end}")
    }

    fn indent(&mut self, deeper: usize) -> fmt::Result {
        (0..self.depth.saturating_add(deeper)).try_for_each(|_| self.out.write_str("    "))
    }
}

/// Escapes for XML and for the resource compiler, which reads `\` and `\uXXXX`.
fn write_value(out: &mut dyn Write, value: &str) -> fmt::Result {
    for char in value.chars() {
        match char {
            '\\' => out.write_str("\\\\")?,
            '&' => out.write_str("&amp;")?,
            '<' => out.write_str("&lt;")?,
            '>' => out.write_str("&gt;")?,
            '"' => out.write_str("&quot;")?,
            // A parser would turn these into spaces.
            '\t' | '\n' | '\r' => write!(out, "&#{};", u32::from(char))?,
            '\0'..'\u{20}' | '\u{FFFE}' | '\u{FFFF}' => write!(out, "\\u{:04X}", u32::from(char))?,
            _ => out.write_char(char)?,
        }
    }
    Ok(())
}

/// The attributes of an element, each name once, in the order in which they were first set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Attributes {
    names: Distinct<Box<str>>,
    values: Vec<Box<str>>,
}

impl Attributes {
    pub(super) fn set(&mut self, name: &str, value: impl Into<Box<str>>) {
        let value = value.into();
        match self.values.get_mut(self.names.add(name.into())) {
            Some(old) => *old = value,
            None => self.values.push(value),
        }
    }

    pub(super) fn set_checked(
        &mut self,
        name: &str,
        value: impl Into<Box<str>>,
    ) -> Result<(), ManifestError> {
        let local = name.strip_prefix(TOOLS).unwrap_or(name);
        if !local.starts_with(|first: char| first.is_ascii_alphabetic())
            || !local.bytes().all(|byte| byte.is_ascii_alphanumeric())
        {
            return Err(ManifestError::AttributeName);
        }
        self.set(name, value);
        Ok(())
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.values.get(self.names.place(name)?).map(|value| &**value)
    }

    /// Names and values.
    pub(super) fn pairs(&self) -> Vec<(&str, &str)> {
        self.iter().collect()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.names.as_slice().iter().zip(&self.values).map(|(name, value)| (&**name, &**value))
    }
}

/// The prefix of what is meant for the build tools alone: `tools:node="replace"`. The device never sees it.
pub(super) const TOOLS: &str = "tools:";

/// Why an element of a manifest cannot be built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum ManifestError {
    /// The name of an attribute is not an ASCII letter with ASCII letters and digits after it, alone or after
    /// `tools:`.
    #[error(
        "name of the attribute is not ASCII letters and digits, alone or behind tools:, without the android: prefix"
    )]
    AttributeName,
}
