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

/// How long `Uri.encode(text, null)` is.
pub(super) fn encoded_len(text: &str) -> usize {
    let escapes = text.bytes().filter(|byte| !scan::is_kept(*byte)).count();
    text.len().saturating_add(escapes.saturating_mul(2))
}

/// Appends `Uri.encode(text, null)`.
pub(super) fn push_encoded(out: &mut String, text: &str) {
    // A string takes any piece.
    let _ = write_encoded(out, text, Keep::Unreserved);
}

/// Writes the text as it is if every char of it is kept or a `%`, else `Uri.encode` of the whole, `%` and all.
pub(super) fn write_encoded_if_not<W: Write + ?Sized>(out: &mut W, text: &str, keep: Keep) -> fmt::Result {
    if text.bytes().all(|byte| byte == b'%' || keep.keeps(byte)) {
        out.write_str(text)
    } else {
        write_encoded(out, text, keep)
    }
}

/// What stands for each byte: itself or its escape from the lowest byte on, and above bit 28 how many of them count. All
/// four bytes are ASCII.
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
            [byte as u8, 0, 0, 1 << 5]
        } else {
            [b'%', HEX[byte >> 4], HEX[byte & 15], 3 << 5]
        });
        byte += 1;
    }
    table
}

/// Room for the escapes of a piece, and for four more entries from wherever the piece may end.
#[repr(align(16))]
struct Room<const N: usize>([u8; N]);

impl<const N: usize> Room<N> {
    /// The last place from which four entries fit.
    const LAST: usize = N.saturating_sub(17);
    /// How many bytes are escaped at once.
    const PIECE: usize = Self::LAST / 3;
}

type Small = Room<{ 256 + 16 }>;
type Large = Room<{ 1024 + 16 }>;

fn write_escaped<W: Write + ?Sized>(out: &mut W, bytes: &[u8], escapes: &Escapes) -> fmt::Result {
    // What was just written is slow to read again, so that few large pieces are better; but room has its price, too.
    if bytes.len() <= Small::PIECE {
        return out.write_str(Small::new().escape(bytes, escapes));
    }
    let mut room = Large::new();
    bytes.chunks(Large::PIECE).try_for_each(|piece| out.write_str(room.escape(piece, escapes)))
}

impl<const N: usize> Room<N> {
    fn new() -> Self {
        Self([0; N])
    }

    /// Escapes a piece. Every entry is stored in full and the next one goes over what does not count of it. Four at a time,
    /// from a place that is known to fit, so that none of them needs a check.
    fn escape(&mut self, piece: &[u8], escapes: &Escapes) -> &str {
        let entry = |byte: u8| escapes.get(usize::from(byte)).copied().unwrap_or(0);
        let counts = |entry: u32| usize::try_from(entry >> 29).unwrap_or(0);
        let mut store = |at: usize, entry: u32| {
            if let Some(slot) = self.0.get_mut(at..).and_then(<[u8]>::first_chunk_mut) {
                *slot = entry.to_le_bytes();
            }
        };
        let mut len = 0_usize;
        let mut rest = piece;
        while let Some((four, behind)) = rest.split_first_chunk::<4>() {
            let [a, b, c, d] = four.map(entry);
            let start = len & Self::LAST;
            let second = start.wrapping_add(counts(a));
            let third = second.wrapping_add(counts(b));
            let fourth = third.wrapping_add(counts(c));
            store(start, a);
            store(second, b);
            store(third, c);
            store(fourth, d);
            len = fourth.wrapping_add(counts(d));
            rest = behind;
        }
        for byte in rest {
            let start = len & Self::LAST;
            let entry = entry(*byte);
            store(start, entry);
            len = start.wrapping_add(counts(entry));
        }
        // Whole words are checked faster than what is left of one. What does not count is ASCII, too.
        let words = self.0.get(..len.next_multiple_of(16)).and_then(|text| std::str::from_utf8(text).ok());
        words.and_then(|text| text.get(..len)).unwrap_or_default()
    }
}

/// `Uri.decode(text)`.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    if scan::find(text.as_bytes(), b'%').is_none() {
        return Cow::Borrowed(text);
    }
    let short = text.len() <= Large::LAST;
    Cow::Owned(if short { with_decoded(text, str::to_owned) } else { decode_at_length(text) })
}

/// Hands on `Uri.decode(text)`. Texts of up to [`Large`] take no block.
#[inline]
pub(super) fn with_decoded<R>(text: &str, take: impl FnOnce(&str) -> R) -> R {
    // The large one has its price.
    if text.len() <= Small::LAST {
        decode_in(&mut Small::new(), text, take)
    } else {
        decode_in(&mut Large::new(), text, take)
    }
}

fn decode_in<const N: usize, R>(room: &mut Room<N>, text: &str, take: impl FnOnce(&str) -> R) -> R {
    let decoded = room.decode(text.as_bytes()).map(std::str::from_utf8);
    match decoded {
        Some(Ok(text)) => take(text),
        Some(Err(_)) | None => take(&decode_at_length(text)),
    }
}

impl<const N: usize> Room<N> {
    /// Decodes a text. `None` if it has a malformed escape, or is longer than the room.
    fn decode(&mut self, text: &[u8]) -> Option<&[u8]> {
        let mut rest = Some(text).filter(|text| text.len() <= Self::LAST)?;
        let mut len = 0_usize;
        let mut digits = 0;
        loop {
            let at = len & Self::LAST;
            match rest {
                [b'%', a, b, b'%', c, d, behind @ ..] => {
                    let [a, b, c, d] = [a, b, c, d].map(|digit| hex_value(*digit));
                    digits |= a | b | c | d;
                    *self.0.get_mut(at..)?.first_chunk_mut()? = [(a << 4) | b, (c << 4) | d];
                    rest = behind;
                    len = at.wrapping_add(2);
                }
                [b'%', high, low, behind @ ..] => {
                    let (high, low) = (hex_value(*high), hex_value(*low));
                    digits |= high | low;
                    *self.0.get_mut(at)? = (high << 4) | low;
                    rest = behind;
                    len = at.wrapping_add(1);
                }
                // Eight bytes at a time, of which those before the next escape count.
                [first, behind @ ..] if *first != b'%' => {
                    if let Some(eight) = rest.first_chunk::<8>() {
                        *self.0.get_mut(at..)?.first_chunk_mut()? = *eight;
                        let [_, seven @ ..] = eight;
                        let plain =
                            seven.iter().position(|byte| *byte == b'%').map_or(8, |at| at.wrapping_add(1));
                        rest = rest.get(plain..)?;
                        len = at.wrapping_add(plain);
                    } else {
                        *self.0.get_mut(at)? = *first;
                        rest = behind;
                        len = at.wrapping_add(1);
                    }
                }
                [] if digits <= 15 => return self.0.get(..len),
                _ => return None,
            }
        }
    }
}

/// Decodes a text of any length, well-formed or not.
#[cold]
fn decode_at_length(text: &str) -> String {
    into_text(decode_well_formed(text.as_bytes()).unwrap_or_else(|| decode_malformed(text)))
}

/// Bytes of an escape are collected and read as UTF-8, one U+FFFD for each maximal invalid subpart. As a raw char never
/// begins with a continuation byte, reading the whole result at once gives the same.
fn into_text(bytes: Vec<u8>) -> String {
    match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
    }
}

/// Decodes a text of any length. `None` at a malformed escape.
fn decode_well_formed(text: &[u8]) -> Option<Vec<u8>> {
    let escapes = scan::count(text, b'%');
    let mut out = Vec::with_capacity(text.len().saturating_sub(escapes.saturating_mul(2)));
    let mut pieces = text.split(|byte| *byte == b'%');
    out.extend_from_slice(pieces.next().unwrap_or_default());
    for piece in pieces {
        let [high, low, plain @ ..] = piece else { return None };
        let (high, low) = (hex_value(*high), hex_value(*low));
        if high | low > 15 {
            return None;
        }
        out.push((high << 4) | low);
        out.extend_from_slice(plain);
    }
    Some(out)
}

/// Where the first escape is that [`decode`] cannot read, in bytes.
pub(super) fn bad_escape(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0_usize;
    // The bytes of a run of escapes, which begins at the place beside it.
    let (mut run_start, mut run) = (0_usize, Vec::new());
    let bad_in = |start: usize, run: &[u8]| {
        let valid = std::str::from_utf8(run).err()?.valid_up_to();
        Some(start.saturating_add(valid.saturating_mul(3)))
    };
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let escape = match rest {
            [b'%', high, low, ..] => Some((hex_value(*high), hex_value(*low))),
            [b'%', ..] => Some((u8::MAX, u8::MAX)),
            _ => None,
        };
        match escape {
            Some((high, low)) if high | low <= 15 => {
                if run.is_empty() {
                    run_start = at;
                }
                run.push((high << 4) | low);
                at = at.saturating_add(3);
            }
            other => {
                if let Some(bad) = bad_in(run_start, &run) {
                    return Some(bad);
                }
                if other.is_some() {
                    return Some(at);
                }
                run.clear();
                at = at.saturating_add(1);
            }
        }
    }
    bad_in(run_start, &run)
}

/// The value of an ASCII hex digit, else 255.
#[inline]
pub(super) fn hex_value(digit: u8) -> u8 {
    HEX_VALUES.get(usize::from(digit)).copied().unwrap_or(255)
}

const HEX_VALUES: &[u8; 256] = &hex_values();

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
