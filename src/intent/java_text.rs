//! How Java writes integers.
//!
//! Digits are taken as texts from tables, since bytes put together would have to be checked before they are a text.

use std::fmt::{self, Write};

/// Writes what `Integer.toString`, `Long.toString` and so on give.
pub(super) fn write_decimal<W: Write + ?Sized>(out: &mut W, value: i64) -> fmt::Result {
    if value < 0 {
        out.write_str("-")?;
    }
    write_unsigned(out, value.unsigned_abs())
}

/// Writes an unsigned number.
pub(super) fn write_unsigned<W: Write + ?Sized>(out: &mut W, value: u64) -> fmt::Result {
    if value < 100 {
        return write_first(out, value);
    }
    let mut pairs = [0; 10];
    let mut rest = value;
    let mut count = 0_usize;
    for slot in &mut pairs {
        *slot = rest % 100;
        rest /= 100;
        count = count.wrapping_add(1);
        if rest == 0 {
            break;
        }
    }
    let mut pairs = pairs.iter().take(count).rev();
    write_first(out, pairs.next().copied().unwrap_or(0))?;
    for pair in pairs {
        out.write_str(entry(&PAIRS, *pair))?;
    }
    Ok(())
}

/// Writes one or two digits.
#[inline]
fn write_first<W: Write + ?Sized>(out: &mut W, value: u64) -> fmt::Result {
    out.write_str(if value < 10 { entry(&DIGITS, value) } else { entry(&PAIRS, value) })
}

/// Writes what `Integer.toHexString` gives. Flags are mostly zeros at the end, which go in one piece.
pub(super) fn write_hex<W: Write + ?Sized>(out: &mut W, bits: u32) -> fmt::Result {
    let highest = 31_u32.saturating_sub(bits.leading_zeros()) / 4;
    let lowest = (bits.trailing_zeros() / 4).min(highest);
    for place in (lowest..=highest).rev() {
        let digit = bits.checked_shr(place.saturating_mul(4)).unwrap_or(0) & 15;
        out.write_str(entry(&DIGITS, u64::from(digit)))?;
    }
    out.write_str(entry(&ZEROS, u64::from(lowest)))
}

#[inline]
fn entry<const N: usize>(table: &[&'static str; N], at: u64) -> &'static str {
    usize::try_from(at).ok().and_then(|at| table.get(at)).copied().unwrap_or("")
}

/// So many zeros.
const ZEROS: [&str; 8] = ["", "0", "00", "000", "0000", "00000", "000000", "0000000"];

const DIGITS: [&str; 16] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "a", "b", "c", "d", "e", "f"];

#[rustfmt::skip]
const PAIRS: [&str; 100] = [
    "00", "01", "02", "03", "04", "05", "06", "07", "08", "09",
    "10", "11", "12", "13", "14", "15", "16", "17", "18", "19",
    "20", "21", "22", "23", "24", "25", "26", "27", "28", "29",
    "30", "31", "32", "33", "34", "35", "36", "37", "38", "39",
    "40", "41", "42", "43", "44", "45", "46", "47", "48", "49",
    "50", "51", "52", "53", "54", "55", "56", "57", "58", "59",
    "60", "61", "62", "63", "64", "65", "66", "67", "68", "69",
    "70", "71", "72", "73", "74", "75", "76", "77", "78", "79",
    "80", "81", "82", "83", "84", "85", "86", "87", "88", "89",
    "90", "91", "92", "93", "94", "95", "96", "97", "98", "99",
];
