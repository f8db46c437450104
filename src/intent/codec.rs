//! `Uri.encode` and `Uri.decode` with their quirks (AOSP android-16.0.0_r2, Uri.java and UriCodec.java).

use std::borrow::Cow;
use std::fmt::{self, Write};

/// What [`write_encoded`] leaves alone.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Keep {
    /// ASCII letters, digits and `_-!.~'()*`.
    Unreserved,
    /// These and `/`.
    UnreservedAndSlash,
}

impl Keep {
    fn keeps(self, byte: u8) -> bool {
        is_unreserved(char::from(byte)) || (byte == b'/' && self == Self::UnreservedAndSlash)
    }
}

/// Writes `Uri.encode(text, keep)`.
pub(super) fn write_encoded<W: Write + ?Sized>(out: &mut W, text: &str, keep: Keep) -> fmt::Result {
    let mut rest = text;
    while !rest.is_empty() {
        let plain = rest.bytes().position(|byte| !keep.keeps(byte)).unwrap_or(rest.len());
        let (head, tail) = rest.split_at_checked(plain).unwrap_or((rest, ""));
        out.write_str(head)?;
        let mut tail = tail.chars();
        if let Some(c) = tail.next() {
            let mut escaped = String::new();
            push_escaped(&mut escaped, c.encode_utf8(&mut [0; 4]).as_bytes());
            out.write_str(&escaped)?;
        }
        rest = tail.as_str();
    }
    Ok(())
}

/// Writes the text as it is if every char of it is kept or a `%`, else `Uri.encode` of the whole, `%` and all.
pub(super) fn write_encoded_if_not<W: Write + ?Sized>(out: &mut W, text: &str, keep: Keep) -> fmt::Result {
    if text.bytes().all(|byte| byte == b'%' || keep.keeps(byte)) {
        out.write_str(text)
    } else {
        write_encoded(out, text, keep)
    }
}

/// The stand-in for what a Rust text cannot hold: a lone surrogate, and bytes that are no UTF-8.
const REPLACEMENT: &str = "\u{FFFD}";

/// `Uri.encode(text, allowed)`.
pub(super) fn encode<'a>(text: &'a str, allowed: &str) -> Cow<'a, str> {
    let keeps = |c: char| is_unreserved(c) || allowed.contains(c);
    if text.chars().all(keeps) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len().saturating_mul(3));
    for c in text.chars() {
        if keeps(c) {
            out.push(c);
        } else if c.len_utf16() == 2 && !allowed.is_ascii() {
            encode_by_halves(&mut out, c, allowed);
        } else {
            push_escaped(&mut out, c.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }
    Cow::Owned(out)
}

/// A char of two UTF-16 units, none, one or both of which `allowed` may hold (as parts of other chars).
fn encode_by_halves(out: &mut String, c: char, allowed: &str) {
    let mut units = [0_u16; 2];
    let keeps: Vec<bool> = c
        .encode_utf16(&mut units)
        .iter()
        .map(|unit| allowed.encode_utf16().any(|other| other == *unit))
        .collect();
    if keeps.iter().all(|keep| *keep) {
        out.push(c);
    } else if keeps.iter().any(|keep| *keep) {
        for keep in keeps {
            out.push_str(if keep { REPLACEMENT } else { "%3F" });
        }
    } else {
        push_escaped(out, c.encode_utf8(&mut [0; 4]).as_bytes());
    }
}

fn is_unreserved(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '!' | '.' | '~' | '\'' | '(' | ')' | '*')
}

fn push_escaped(out: &mut String, bytes: &[u8]) {
    for byte in bytes {
        out.push('%');
        for digit in [byte >> 4, byte & 15] {
            out.extend(char::from_digit(u32::from(digit), 16).map(|digit| digit.to_ascii_uppercase()));
        }
    }
}

/// `Uri.decode(text)` in a block of its own.
pub(super) fn decode_boxed(text: &str) -> Box<str> {
    match decode(text) {
        Cow::Borrowed(text) => text.into(),
        Cow::Owned(text) => text.into_boxed_str(),
    }
}

/// `Uri.decode(text)`.
///
/// Bytes of an escape are collected and read as UTF-8, one U+FFFD for each maximal invalid subpart. As a raw char never
/// begins with a continuation byte, reading the whole result at once gives the same.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    if !text.as_bytes().contains(&b'%') {
        return Cow::Borrowed(text);
    }
    let mut out: Vec<u8> = Vec::with_capacity(text.len());
    let mut rest = text.chars();
    'text: while let Some(c) = rest.next() {
        if c != '%' {
            out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            continue;
        }
        let mut byte = 0_u8;
        for _ in 0..2 {
            let Some(digit) = rest.next() else {
                out.extend_from_slice(REPLACEMENT.as_bytes());
                break 'text;
            };
            if let Some(value) = digit.to_digit(16).and_then(|value| u8::try_from(value).ok()) {
                byte = (byte << 4) | value;
            } else {
                out.extend_from_slice(REPLACEMENT.as_bytes());
                out.push(byte);
                if digit.len_utf16() == 2 {
                    out.extend_from_slice(REPLACEMENT.as_bytes());
                }
                continue 'text;
            }
        }
        out.push(byte);
    }
    Cow::Owned(match String::from_utf8(out) {
        Ok(text) => text,
        Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
    })
}
