//! `Uri.encode` and `Uri.decode` with their quirks (AOSP android-16.0.0_r2, Uri.java and UriCodec.java).

use std::borrow::Cow;

/// The stand-in for what a Rust text cannot hold: a lone surrogate, and bytes that are no UTF-8.
const REPLACEMENT: &str = "\u{FFFD}";

/// What an encoded text leaves alone.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Keep {
    /// ASCII letters, digits and `_-!.~'()*`.
    Unreserved,
    /// These and `/`.
    UnreservedAndSlash,
}

impl Keep {
    #[inline]
    fn keeps(self, byte: u8) -> bool {
        let kept = match self {
            Self::Unreserved => UNRESERVED,
            Self::UnreservedAndSlash => UNRESERVED | SLASH,
        };
        class(byte) & kept != 0
    }

    /// How many bytes are left alone, from the first on.
    #[inline]
    pub(super) fn leading(self, bytes: &[u8]) -> usize {
        position(bytes, |byte| !self.keeps(byte)).unwrap_or(bytes.len())
    }

    /// Whether the whole text is left alone.
    pub(super) fn keeps_all(self, text: &str) -> bool {
        self.leading(text.as_bytes()) == text.len()
    }
}

/// Where the first byte of some kind is. Takes eight at a time, since to ask at each byte whether it is the
/// last takes longer than to look at it.
#[inline]
pub(super) fn position(bytes: &[u8], wanted: impl Fn(u8) -> bool) -> Option<usize> {
    let mut start = 0_usize;
    let mut rest = bytes;
    while let Some((eight, behind)) = rest.split_first_chunk::<8>() {
        if let Some(at) = eight.iter().position(|byte| wanted(*byte)) {
            return Some(start.wrapping_add(at));
        }
        start = start.wrapping_add(8);
        rest = behind;
    }
    rest.iter().position(|byte| wanted(*byte)).map(|at| start.wrapping_add(at))
}

/// `Uri.encode(text, allowed)`.
pub(super) fn encode<'a>(text: &'a str, allowed: &str) -> Cow<'a, str> {
    let keeps =
        |c: char| u8::try_from(c).is_ok_and(|byte| Keep::Unreserved.keeps(byte)) || allowed.contains(c);
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
            push_escaped(&mut out, c);
        }
    }
    Cow::Owned(out)
}

/// A char of two UTF-16 units, none, one or both of which `allowed` may hold (as parts of other chars).
fn encode_by_halves(out: &mut String, c: char, allowed: &str) {
    let mut units = [0; 2];
    c.encode_utf16(&mut units);
    match units.map(|unit| allowed.encode_utf16().any(|other| other == unit)) {
        [true, true] => out.push(c),
        [true, false] => out.extend([REPLACEMENT, "%3F"]),
        [false, true] => out.extend(["%3F", REPLACEMENT]),
        [false, false] => push_escaped(out, c),
    }
}

fn push_escaped(out: &mut String, c: char) {
    out.extend(c.encode_utf8(&mut [0; 4]).bytes().flat_map(escape).map(char::from));
}

/// Writes `Uri.encode(text, keep)`.
pub(super) fn write_encoded(out: &mut String, text: &str, keep: Keep) {
    let mut rest = text;
    loop {
        let (plain, escaped) = rest.split_at_checked(keep.leading(rest.as_bytes())).unwrap_or((rest, ""));
        out.push_str(plain);
        let Some(c) = escaped.chars().next() else { return };
        push_escaped(out, c);
        rest = escaped.get(c.len_utf8()..).unwrap_or_default();
    }
}

/// The escape of a byte.
fn escape(byte: u8) -> [u8; 3] {
    let digit = |nibble: u8| *b"0123456789ABCDEF".get(usize::from(nibble)).unwrap_or(&b'0');
    [b'%', digit(byte >> 4), digit(byte & 15)]
}

/// What a byte is, in the bits of its class. The low four are its value as a hex digit: lower-case letters,
/// which `Uri.encode` does not write, are none.
const NO_HEX: u8 = 0x10;
const UNRESERVED: u8 = 0x20;
const SLASH: u8 = 0x40;

static CLASSES: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut classes = [NO_HEX; 256];
    let (mut byte, mut rest): (u8, &mut [u8]) = (0, &mut classes);
    while let [class, behind @ ..] = rest {
        *class = match byte {
            b'0'..=b'9' => UNRESERVED | (byte & 15),
            b'A'..=b'F' => UNRESERVED | (byte & 15).wrapping_add(9),
            b'G'..=b'Z' | b'a'..=b'z' | b'_' | b'-' | b'!' | b'.' | b'~' | b'\''..=b'*' => {
                UNRESERVED | NO_HEX
            }
            b'/' => SLASH | NO_HEX,
            _ => NO_HEX,
        };
        byte = byte.wrapping_add(1);
        rest = behind;
    }
    classes
}

#[inline]
fn class(byte: u8) -> u8 {
    CLASSES.get(usize::from(byte)).copied().unwrap_or(NO_HEX)
}

/// How many bytes, from the first on, are as `Uri.encode(text, null)` writes them.
pub(super) fn leading_encoded(bytes: &[u8]) -> usize {
    let mut rest = bytes;
    loop {
        while let Some(behind) = split_char(rest) {
            rest = behind;
        }
        let plain = rest.iter().position(|byte| !Keep::Unreserved.keeps(*byte)).unwrap_or(rest.len());
        if plain == 0 {
            return bytes.len().saturating_sub(rest.len());
        }
        rest = rest.get(plain..).unwrap_or_default();
    }
}

/// What follows the escapes of a character that is not left alone.
fn split_char(escapes: &[u8]) -> Option<&[u8]> {
    let (first, mut rest) = split_escape(escapes, upper_hex_value)?;
    let len = match first {
        ..0x80 => return Some(rest).filter(|_| !Keep::Unreserved.keeps(first)),
        0x80..0xE0 => 2,
        0xE0..0xF0 => 3,
        0xF0.. => 4,
    };
    let mut bytes = [first, 0, 0, 0];
    for byte in bytes.get_mut(1..len)? {
        (*byte, rest) = split_escape(rest, upper_hex_value)?;
    }
    std::str::from_utf8(bytes.get(..len)?).is_ok().then_some(rest)
}

/// The byte of an escape whose digits have a value, and what follows it.
#[inline]
fn split_escape(escapes: &[u8], value: fn(u8) -> u8) -> Option<(u8, &[u8])> {
    let [b'%', high, low, behind @ ..] = escapes else { return None };
    let (high, low) = (value(*high), value(*low));
    (high | low <= 15).then_some(((high << 4) | low, behind))
}

/// The value of an ASCII hex digit without lower-case letters, else more than 15.
#[inline]
fn upper_hex_value(digit: u8) -> u8 {
    class(digit) & (NO_HEX | 15)
}

/// `Uri.decode(text)`. Bytes of an escape are collected and read as UTF-8, one U+FFFD for each maximal invalid
/// subpart. As a raw char never begins with a continuation byte, reading the whole result at once gives the
/// same.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let decoded = String::from_utf8(decoded_bytes(text));
    decoded.unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()).into()
}

/// Where the first escape is that [`decode`] cannot read, in bytes.
pub(super) fn bad_escape(text: &str) -> Option<usize> {
    let mut rest = text;
    loop {
        rest = rest.get(rest.find('%')?..)?;
        let at = text.len().saturating_sub(rest.len());
        // Escapes in a row are read together: a raw char neither ends nor continues one of theirs.
        let bytes: Vec<u8> =
            rest.as_bytes().chunks(3).map_while(|escape| Some(split_escape(escape, hex_value)?.0)).collect();
        if let Err(error) = std::str::from_utf8(&bytes) {
            return Some(at.saturating_add(error.valid_up_to().saturating_mul(3)));
        }
        if bytes.is_empty() {
            return Some(at);
        }
        rest = rest.get(bytes.len().saturating_mul(3)..)?;
    }
}

/// The value of an ASCII hex digit, else more than 15.
fn hex_value(digit: u8) -> u8 {
    upper_hex_value(digit.to_ascii_uppercase())
}

/// The bytes that a text stands for. Of a malformed escape, the end of the text in it ends the decoding, and
/// a bad digit is eaten and leaves the half-built byte after it.
fn decoded_bytes(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        if c != '%' {
            out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            continue;
        }
        let (mut byte, mut torn) = (0_u8, "");
        for _ in 0..2 {
            let digit = rest.next();
            let value = digit.and_then(|digit| u8::try_from(digit).ok()).map_or(255, hex_value);
            if value > 15 {
                out.extend_from_slice(REPLACEMENT.as_bytes());
                let Some(digit) = digit else { return out };
                // Of a char of two UTF-16 units only the first was eaten.
                torn = if digit.len_utf16() == 2 { REPLACEMENT } else { "" };
                break;
            }
            byte = (byte << 4) | value;
        }
        out.push(byte);
        out.extend_from_slice(torn.as_bytes());
    }
    out
}
