//! `Uri.encode` and `Uri.decode` with their quirks (AOSP android-16.0.0_r2, Uri.java and UriCodec.java).

use std::borrow::Cow;
use std::fmt::{self, Write};

use super::scan::{self, Keep};

/// The stand-in for what a Rust text cannot hold: a lone surrogate, and bytes that are no UTF-8.
const REPLACEMENT: &str = "\u{FFFD}";

/// `Uri.encode(text, allowed)`.
pub(super) fn encode<'a>(text: &'a str, allowed: &str) -> Cow<'a, str> {
    let unreserved = |c: char| u8::try_from(c).is_ok_and(|byte| Keep::Unreserved.keeps(byte));
    let keeps = |c: char| unreserved(c) || allowed.contains(c);
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
    // A string takes any piece.
    let _ = write_escaped(out, c.encode_utf8(&mut [0; 4]).as_bytes(), &ESCAPES);
}

/// Writes `Uri.encode(text, keep)`.
#[inline]
pub(super) fn write_encoded<W: Write + ?Sized>(out: &mut W, text: &str, keep: Keep) -> fmt::Result {
    if keep.keeps_all(text.as_bytes()) {
        return out.write_str(text);
    }
    write_escaped(out, text.as_bytes(), if keep == Keep::Unreserved { &ESCAPES } else { &ESCAPES_BUT_SLASH })
}

/// Writes the text as it is if every char of it is kept or a `%`, else `Uri.encode` of the whole, `%` and all.
pub(super) fn write_encoded_if_not<W: Write + ?Sized>(out: &mut W, text: &str, keep: Keep) -> fmt::Result {
    if text.bytes().all(|byte| byte == b'%' || keep.keeps(byte)) {
        out.write_str(text)
    } else {
        write_encoded(out, text, keep)
    }
}

/// What stands for each byte: itself or its escape from the lowest byte on, and in the highest how many of them count.
type Escapes = [u32; 256];

static ESCAPES: Escapes = escapes(Keep::Unreserved);
static ESCAPES_BUT_SLASH: Escapes = escapes(Keep::UnreservedAndSlash);

#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "evaluated at compile time, where an index out of range or an overflow is a compile error"
)]
const fn escapes(keep: Keep) -> Escapes {
    const HEX: [u8; 16] = *b"0123456789ABCDEF";
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < table.len() {
        table[byte] = u32::from_le_bytes(if keep.keeps(byte as u8) {
            [byte as u8, 0, 0, 1]
        } else {
            [b'%', HEX[byte >> 4], HEX[byte & 15], 3]
        });
        byte += 1;
    }
    table
}

/// How many bytes are escaped at once.
const PIECE: usize = 64;

/// Room for the escapes of a piece, and for one more entry.
#[repr(align(16))]
struct Room([u8; PIECE * 3 + 4]);

fn write_escaped<W: Write + ?Sized>(out: &mut W, bytes: &[u8], escapes: &Escapes) -> fmt::Result {
    let mut room = Room([0; PIECE * 3 + 4]);
    for piece in bytes.chunks(PIECE) {
        out.write_str(escape_piece(piece, escapes, &mut room))?;
    }
    Ok(())
}

/// Escapes up to [`PIECE`] bytes. Every entry is stored in full and the next one goes over what does not count of it.
fn escape_piece<'r>(piece: &[u8], escapes: &Escapes, room: &'r mut Room) -> &'r str {
    let mut len = 0_usize;
    for byte in piece {
        let Some(entry) = escapes.get(usize::from(*byte)) else { break };
        let Some(slot) = room.0.get_mut(len..).and_then(<[u8]>::first_chunk_mut) else { break };
        *slot = entry.to_le_bytes();
        len = len.wrapping_add(usize::from(u8::try_from(entry >> 24).unwrap_or(0)));
    }
    room.0.get(..len).and_then(|text| std::str::from_utf8(text).ok()).unwrap_or_default()
}

/// `Uri.decode(text)` in a block of its own.
pub(super) fn decode_boxed(text: &str) -> Box<str> {
    match scan::count(text.as_bytes(), b'%') {
        0 => text.into(),
        escapes => decode_counted(text, escapes).into_boxed_str(),
    }
}

/// Hands on `Uri.decode(text)`, which is not to be kept: short texts take no block.
pub(super) fn with_decoded<R>(text: &str, take: impl FnOnce(&str) -> R) -> R {
    let mut room = [0; 256];
    let escapes = scan::count(text.as_bytes(), b'%');
    let decoded = room
        .get_mut(..text.len().saturating_sub(escapes.saturating_mul(2)))
        .and_then(|room| decode_well_formed(text.as_bytes(), room).map(|()| room))
        .and_then(|bytes| std::str::from_utf8(bytes).ok());
    match decoded {
        Some(decoded) => take(decoded),
        None => take(&decode(text)),
    }
}

/// `Uri.decode(text)`.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    match scan::count(text.as_bytes(), b'%') {
        0 => Cow::Borrowed(text),
        escapes => Cow::Owned(decode_counted(text, escapes)),
    }
}

/// Decodes a text with so many `%`.
fn decode_counted(text: &str, escapes: usize) -> String {
    let len = text.len().saturating_sub(escapes.saturating_mul(2));
    // Filled with something else than zeros, which an allocator would be asked for at a higher price.
    let mut out = Vec::with_capacity(len);
    out.resize(len, b'%');
    let well_formed = decode_well_formed(text.as_bytes(), &mut out).is_some();
    into_text(if well_formed { out } else { decode_malformed(text) })
}

/// Bytes of an escape are collected and read as UTF-8, one U+FFFD for each maximal invalid subpart. As a raw char never
/// begins with a continuation byte, reading the whole result at once gives the same.
fn into_text(bytes: Vec<u8>) -> String {
    match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
    }
}

/// Fills `out`, which has just the length of the result. `None` at a malformed escape.
fn decode_well_formed(text: &[u8], out: &mut [u8]) -> Option<()> {
    let mut bytes = text.iter();
    for slot in out {
        let byte = *bytes.next()?;
        if byte == b'%' {
            let (high, low) = (hex_value(*bytes.next()?), hex_value(*bytes.next()?));
            if high | low > 15 {
                return None;
            }
            *slot = (high << 4) | low;
        } else {
            *slot = byte;
        }
    }
    bytes.next().is_none().then_some(())
}

/// The value of an ASCII hex digit, else 255.
#[inline]
pub(super) fn hex_value(digit: u8) -> u8 {
    HEX_VALUES.get(usize::from(digit)).copied().unwrap_or(255)
}

static HEX_VALUES: [u8; 256] = hex_values();

#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "evaluated at compile time, where an index out of range or an overflow is a compile error"
)]
const fn hex_values() -> [u8; 256] {
    let mut table = [255; 256];
    let mut value = 0;
    while value < 16 {
        let digit = b"0123456789abcdef"[value];
        table[digit as usize] = value as u8;
        table[digit.to_ascii_uppercase() as usize] = value as u8;
        value += 1;
    }
    table
}

/// Decodes a text that has a malformed escape: the end of the text in it ends the decoding, and a bad digit is eaten and
/// leaves the half-built byte behind it.
fn decode_malformed(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len().saturating_mul(2));
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
            let value = u8::try_from(digit).map_or(255, hex_value);
            if value > 15 {
                out.extend_from_slice(REPLACEMENT.as_bytes());
                out.push(byte);
                // Of a char of two UTF-16 units only the first was eaten.
                if digit.len_utf16() == 2 {
                    out.extend_from_slice(REPLACEMENT.as_bytes());
                }
                continue 'text;
            }
            byte = (byte << 4) | value;
        }
        out.push(byte);
    }
    out
}
