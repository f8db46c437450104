use std::fmt::{self, Write};

use super::attribute::TOOLS;

/// Writes elements whose attributes are in the `android:` namespace, if they are not in `tools:`, four spaces a level.
pub(super) struct XmlWriter<'a> {
    out: &'a mut dyn Write,
    depth: usize,
}

impl<'a> XmlWriter<'a> {
    pub(super) fn new(out: &'a mut dyn Write) -> Self {
        Self { out, depth: 0 }
    }

    /// An element that holds others.
    pub(super) fn parent<'b>(
        &mut self,
        tag: &str,
        attributes: impl Iterator<Item = (&'b str, &'b str)>,
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
    pub(super) fn leaf<'b>(
        &mut self,
        tag: &str,
        attributes: impl Iterator<Item = (&'b str, &'b str)>,
    ) -> fmt::Result {
        self.open(tag, attributes, " />")
    }

    /// One attribute stands beside its tag; several stand one a line.
    fn open<'b>(
        &mut self,
        tag: &str,
        attributes: impl Iterator<Item = (&'b str, &'b str)>,
        end: &str,
    ) -> fmt::Result {
        self.indent(0)?;
        write!(self.out, "<{tag}")?;
        let mut attributes = attributes.peekable();
        let mut alone = true;
        while let Some((name, value)) = attributes.next() {
            alone = alone && attributes.peek().is_none();
            if alone {
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
