use std::borrow::Cow;
use std::fmt::{self, Write};

use thiserror::Error;

use crate::error_code::error_code;
use crate::intent::kept::Distinct;

/// An element whose attributes are in the `android:` namespace, if they are not in `tools:`.
pub(super) struct Element<'e> {
    pub(super) tag: &'e str,
    pub(super) attributes: Vec<(Cow<'e, str>, &'e str)>,
    /// `None` for an element that holds none and closes itself.
    pub(super) children: Option<Vec<Self>>,
}

impl Element<'_> {
    /// Writes the element on lines of its own, four spaces a level. One attribute stands beside its tag;
    /// several stand one a line.
    pub(super) fn write(&self, out: &mut fmt::Formatter<'_>, depth: usize) -> fmt::Result {
        let indent = "    ".repeat(depth);
        write!(out, "{indent}<{}", self.tag)?;
        for (name, value) in &self.attributes {
            if self.attributes.len() == 1 {
                out.write_char(' ')?;
            } else {
                write!(out, "\n{indent}    ")?;
            }
            let prefix = if name.starts_with(TOOLS) { "" } else { "android:" };
            write!(out, "{prefix}{name}=\"")?;
            write_value(out, value)?;
            out.write_char('"')?;
        }
        let Some(children) = &self.children else { return writeln!(out, " />") };
        writeln!(out, ">")?;
        children.iter().try_for_each(|child| child.write(out, depth.saturating_add(1)))?;
        writeln!(out, "{indent}</{}>", self.tag)
    }
}

/// Escapes for XML and for the resource compiler, which reads `\` and `\uXXXX`.
fn write_value(out: &mut fmt::Formatter<'_>, value: &str) -> fmt::Result {
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

    pub(super) fn pairs(&self) -> Vec<(Cow<'_, str>, &str)> {
        self.iter().map(|(name, value)| (name.into(), value)).collect()
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

impl ManifestError {
    /// A stable short name, for bridges.
    pub fn code(&self) -> String {
        error_code("manifest", self)
    }
}
