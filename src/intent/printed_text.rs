//! Texts as `Uri.encode(text, null)` writes them: to print them again they are copied.

#![expect(
    clippy::inline_always,
    reason = "measured: what these small functions give would go through memory, which costs up to a third of the time"
)]

use super::scan::{self, Keep};

/// How many bytes from the first on are as `Uri.encode` writes them, and whether there is an escape among them.
pub(super) fn leading_printed(bytes: &[u8]) -> (usize, bool) {
    let plain = Keep::Unreserved.leading(bytes);
    let mut rest = bytes.get(plain..).unwrap_or_default();
    loop {
        if let [b'%', high, low, behind @ ..] = rest {
            let byte = byte_of(*high, *low);
            rest = match ESCAPED.get(usize::from(byte)) {
                Some(Escaped::Char) => behind,
                Some(Escaped::FirstOfChar) => match behind_char(byte, behind) {
                    Some(behind) => behind,
                    None => break,
                },
                Some(Escaped::Never) | None => break,
            };
        } else {
            match rest.iter().position(|byte| !scan::is_kept(*byte)).unwrap_or(rest.len()) {
                0 => break,
                len => rest = rest.get(len..).unwrap_or_default(),
            }
        }
    }
    let len = bytes.len().wrapping_sub(rest.len());
    (len, len != plain)
}

/// What is behind the escapes of a char's further bytes, if they make one. `str::from_utf8` of the bytes says the same, but
/// texts in Chinese took a tenth longer (`parse_uri/json_extra`).
#[inline]
fn behind_char(first: u16, behind: &[u8]) -> Option<&[u8]> {
    let (second, behind) = further_byte(behind)?;
    let code = (u32::from(first & 0x1F) << 6) | second;
    if first < 0xE0 {
        return is_char(code, 2).then_some(behind);
    }
    let (third, behind) = further_byte(behind)?;
    let code = ((code & 0x3FF) << 6) | third;
    if first < 0xF0 {
        return is_char(code, 3).then_some(behind);
    }
    let (fourth, behind) = further_byte(behind)?;
    is_char(((code & 0x7FFF) << 6) | fourth, 4).then_some(behind)
}

/// The bits of a further byte of a char, and what is behind its escape.
#[inline(always)]
fn further_byte(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let [b'%', high, low, behind @ ..] = bytes else { return None };
    let byte = byte_of(*high, *low);
    (byte & !0x3F == 0x80).then_some((u32::from(byte & 0x3F), behind))
}

/// Whether the number is a char that takes so many bytes: more of them than needed make none.
#[inline(always)]
fn is_char(code: u32, len: usize) -> bool {
    char::from_u32(code).is_some_and(|c| c.len_utf8() == len)
}

/// What the byte of an escape is, in the text of `Uri.encode`.
#[derive(Clone, Copy)]
enum Escaped {
    /// A char.
    Char,
    /// The first of a char's two bytes or more.
    FirstOfChar,
    /// Not to be found: it is a char that is left alone, can begin no char, or is no byte.
    Never,
}

/// By [`byte_of`] two digits.
#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    reason = "evaluated at compile time, where an index out of range is a compile error"
)]
const ESCAPED: &[Escaped; 512] = &{
    let mut table = [Escaped::Never; 512];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            byte if Keep::Unreserved.keeps(byte) => Escaped::Never,
            0..0x80 => Escaped::Char,
            0x80..0xC2 | 0xF5.. => Escaped::Never,
            0xC2..0xF5 => Escaped::FirstOfChar,
        };
        byte += 1;
    }
    table
};

/// The byte that two hex digits stand for; [`NO_BYTE`] or more, below twice of it, if one is not as `Uri.encode` writes it.
#[inline(always)]
fn byte_of(high: u8, low: u8) -> u16 {
    let value = |digit: u8, table: &[u16; 256]| table.get(usize::from(digit)).copied().unwrap_or(NO_BYTE);
    (value(high, HIGH_DIGITS) | value(low, LOW_DIGITS)) & 0x1FF
}

const NO_BYTE: u16 = 0x100;

const HIGH_DIGITS: &[u16; 256] = &digits(4);
const LOW_DIGITS: &[u16; 256] = &digits(0);

#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "evaluated at compile time, where an index out of range or an overflow is a compile error"
)]
const fn digits(shift: u32) -> [u16; 256] {
    let mut table = [NO_BYTE; 256];
    let mut value = 0;
    while value < 16 {
        table[b"0123456789ABCDEF"[value] as usize] = (value as u16) << shift;
        value += 1;
    }
    table
}
