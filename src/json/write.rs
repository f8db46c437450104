use std::fmt::Write as _;
use std::io;
use std::str;

use serde::Serialize;

use super::value::Json;

/// Writes compact JSON in raw UTF-8 to the end of a text.
///
/// It writes the keys of this crate's tables without looking for escapes. Tencent's C library refuses an
/// object that holds a surrogate pair as `\ud83d\ude00`; `serde_json` escapes nothing above U+001F but `"`
/// and `\`.
pub(crate) struct JsonWriter<'a>(&'a mut String);

impl<'a> JsonWriter<'a> {
    pub(crate) fn new(text: &'a mut String) -> Self {
        Self(text)
    }

    /// The JSON text of a value, which always has one.
    pub(crate) fn text_of(value: &Json) -> String {
        serde_json::to_string(value).unwrap_or_default()
    }

    pub(crate) fn open_object(&mut self) {
        self.0.push('{');
    }

    pub(crate) fn close_object(&mut self) {
        self.0.push('}');
    }

    /// Opens an object under a constant key, and returns the place to go back to if the object stays empty.
    pub(crate) fn open_member(&mut self, key: &str) -> usize {
        let before = self.0.len();
        self.constant_key(key);
        self.open_object();
        before
    }

    /// Closes the object, or removes it with its key if it is empty. Returns whether it was empty.
    pub(crate) fn close_member(&mut self, before: usize) -> bool {
        // No value ends with a brace that opens.
        let empty = self.0.ends_with('{');
        if empty {
            self.0.truncate(before);
        } else {
            self.close_object();
        }
        empty
    }

    /// Writes a key of this crate's tables: ASCII without anything to escape.
    pub(crate) fn constant_key(&mut self, key: &str) {
        self.comma();
        self.0.extend(["\"", key, "\":"]);
    }

    pub(crate) fn key(&mut self, key: &str) {
        self.comma();
        self.text(key);
        self.0.push(':');
    }

    /// What follows an opening brace needs no comma before it, and no value ends with one.
    fn comma(&mut self) {
        if self.0.as_bytes().last() != Some(&b'{') {
            self.0.push(',');
        }
    }

    /// Writes a text, of which most of a push is: `serde_json` would write it in many small pieces.
    pub(crate) fn text(&mut self, text: &str) {
        self.0.push('"');
        let mut rest = text;
        while let Some((place, byte)) = rest.bytes().enumerate().find(|(_, byte)| needs_escape(*byte)) {
            // What is escaped is one byte long, so both places lie between two characters.
            self.0.push_str(rest.get(..place).unwrap_or_default());
            self.escape(byte);
            rest = rest.get(place.saturating_add(1)..).unwrap_or_default();
        }
        self.0.push_str(rest);
        self.0.push('"');
    }

    fn escape(&mut self, byte: u8) {
        match byte {
            b'"' => self.0.push_str("\\\""),
            b'\\' => self.0.push_str("\\\\"),
            0x08 => self.0.push_str("\\b"),
            b'\t' => self.0.push_str("\\t"),
            b'\n' => self.0.push_str("\\n"),
            0x0c => self.0.push_str("\\f"),
            b'\r' => self.0.push_str("\\r"),
            control => {
                // Writing to a `String` cannot fail.
                let _ = write!(self.0, "\\u{control:04x}");
            }
        }
    }

    /// Appends a text that is JSON already.
    pub(crate) fn raw(&mut self, json: &str) {
        self.0.push_str(json);
    }

    /// Recursion is bounded: a value nests no deeper than [`MAX_DEPTH`](super::MAX_DEPTH).
    pub(crate) fn value(&mut self, value: &(impl Serialize + ?Sized)) {
        // What is written here has a JSON form, and a text takes all of it.
        serde_json::to_writer(self, value).unwrap_or_default();
    }
}

impl io::Write for JsonWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.push_str(str::from_utf8(bytes).map_err(io::Error::other)?);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

const fn needs_escape(byte: u8) -> bool {
    matches!(byte, b'"' | b'\\' | 0..=0x1f)
}
