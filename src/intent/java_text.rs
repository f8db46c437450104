//! How Java writes integers.
//!
//! Digits are cut out of texts, since bytes put together would have to be checked before they are a text.

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
    if value < 10_000 {
        write_first(out, value / 100)?;
    } else {
        // Four digits at once, since each division waits for the one before.
        write_unsigned(out, value / 10_000)?;
        out.write_str(entry::<2>(PAIRS, value / 100 % 100))?;
    }
    out.write_str(entry::<2>(PAIRS, value % 100))
}

/// Writes one or two digits.
#[inline]
fn write_first<W: Write + ?Sized>(out: &mut W, value: u64) -> fmt::Result {
    if value < 10 {
        out.write_str(entry::<1>(DIGITS, value))
    } else {
        out.write_str(entry::<2>(PAIRS, value))
    }
}

/// Writes what `Integer.toHexString` gives. Flags are mostly zeros at the end, which go in one piece.
pub(super) fn write_hex<W: Write + ?Sized>(out: &mut W, bits: u32) -> fmt::Result {
    let highest = 31_u32.saturating_sub(bits.leading_zeros()) / 4;
    let lowest = (bits.trailing_zeros() / 4).min(highest);
    for place in (lowest..=highest).rev() {
        let digit = bits.checked_shr(place.saturating_mul(4)).unwrap_or(0) & 15;
        out.write_str(entry::<1>(DIGITS, u64::from(digit)))?;
    }
    out.write_str(ZEROS.get(..usize::try_from(lowest).unwrap_or(0)).unwrap_or_default())
}

/// The entry of a table in which each takes so many bytes.
#[inline]
fn entry<const WIDTH: usize>(table: &'static str, at: u64) -> &'static str {
    let start = usize::try_from(at).unwrap_or(0).wrapping_mul(WIDTH);
    table.get(start..start.wrapping_add(WIDTH)).unwrap_or_default()
}

const ZEROS: &str = "0000000";

const DIGITS: &str = "0123456789abcdef";

const PAIRS: &str = "\
    00010203040506070809\
    10111213141516171819\
    20212223242526272829\
    30313233343536373839\
    40414243444546474849\
    50515253545556575859\
    60616263646566676869\
    70717273747576777879\
    80818283848586878889\
    90919293949596979899";
