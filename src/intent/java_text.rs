//! How Java writes numbers: integers, and floating point with the shortest digits that read back to the number.
//!
//! Digits are cut out of texts, since bytes put together would have to be checked before they are a text.

use std::fmt::{self, Write};
use std::str::FromStr;

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

/// Writes what `Double.toString` gives, as of JDK 19.
pub(super) fn write_double<W: Write + ?Sized>(out: &mut W, value: f64) -> fmt::Result {
    let magnitude = value.abs();
    write_sign(out, value.is_sign_negative() && !value.is_nan())?;
    if let Some(thousandths) = thousandths(magnitude, |quotient| quotient.to_bits() == magnitude.to_bits()) {
        return write_thousandths(out, thousandths);
    }
    if let Some(name) = name(value) {
        return out.write_str(name);
    }
    let mut digits = Digits::of(format_args!("{magnitude:e}"));
    if digits.len == 1 {
        digits = Digits::of(format_args!("{magnitude:.1e}")).without_last_zero();
    } else if let Some(even) = digits.even_of_a_tie(magnitude).filter(|even| even.parse() == Some(magnitude))
    {
        digits = even;
    }
    digits.write(out)
}

/// Writes what `Float.toString` gives, as of JDK 19.
pub(super) fn write_float<W: Write + ?Sized>(out: &mut W, value: f32) -> fmt::Result {
    let magnitude = value.abs();
    let wide = f64::from(magnitude);
    write_sign(out, value.is_sign_negative() && !value.is_nan())?;
    if let Some(thousandths) =
        thousandths(wide, |quotient| nearest_float(quotient).to_bits() == magnitude.to_bits())
    {
        return write_thousandths(out, thousandths);
    }
    if let Some(name) = name(wide) {
        return out.write_str(name);
    }
    let mut digits = Digits::of(format_args!("{magnitude:e}"));
    if digits.len == 1 {
        digits = Digits::of(format_args!("{magnitude:.1e}")).without_last_zero();
    } else if let Some(even) = digits.even_of_a_tie(wide).filter(|even| even.parse() == Some(magnitude)) {
        digits = even;
    }
    digits.write(out)
}

fn write_sign<W: Write + ?Sized>(out: &mut W, negative: bool) -> fmt::Result {
    if negative { out.write_str("-") } else { Ok(()) }
}

/// What stands for a value without digits, the sign apart.
fn name(value: f64) -> Option<&'static str> {
    match (value.is_nan(), value.is_infinite()) {
        (true, _) => Some("NaN"),
        (false, true) => Some("Infinity"),
        (false, false) => None,
    }
}

/// The quick way for everyday numbers: how many thousandths the value has, if it has six digits at most and `reads_back`
/// says that their quotient stands for it. Six digits stand for one number each in either precision, so that no other,
/// shorter ones stand for the same.
fn thousandths(value: f64, reads_back: impl FnOnce(f64) -> bool) -> Option<u64> {
    // Adding 2^52 leaves the nearest whole number in the low bits.
    const WHOLE: f64 = 4_503_599_627_370_496.0;
    if value != 0.0 && !(0.001..1000.0).contains(&value) {
        return None;
    }
    let shifted = value * 1000.0 + WHOLE;
    let quotient = (shifted - WHOLE) / 1000.0;
    (quotient < 1000.0 && reads_back(quotient)).then_some(shifted.to_bits() & 0x000F_FFFF_FFFF_FFFF)
}

/// The nearest float.
#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    reason = "there is no other conversion, and rounding to the nearest is what is wanted"
)]
fn nearest_float(value: f64) -> f32 {
    value as f32
}

/// Writes thousandths with a point, without zeros at the end but the first.
fn write_thousandths<W: Write + ?Sized>(out: &mut W, thousandths: u64) -> fmt::Result {
    write_unsigned(out, thousandths / 1000)?;
    out.write_str(".")?;
    write_unsigned(out, thousandths / 100 % 10)?;
    if thousandths % 100 != 0 {
        write_unsigned(out, thousandths / 10 % 10)?;
    }
    if thousandths % 10 != 0 {
        write_unsigned(out, thousandths % 10)?;
    }
    Ok(())
}

/// A decimal `d.ddd · 10^exponent`. Java asks for two digits at least, and takes the nearest two where one would do, so
/// that the least double is 4.9E-324 and not 5.0E-324.
struct Digits {
    number: u64,
    /// How many digits the number has.
    len: u32,
    exponent: i32,
}

impl Digits {
    /// From Rust's `1.2345e-7`.
    fn of(scientific: fmt::Arguments<'_>) -> Self {
        let mut rust = StackBuffer::default();
        // A number fits, so this cannot fail.
        let _ = rust.write_fmt(scientific);
        let (mantissa, exponent) = rust.text().split_once('e').unwrap_or_default();
        let mut digits = Self { number: 0, len: 0, exponent: exponent.parse().unwrap_or(0) };
        for digit in mantissa.bytes().filter(u8::is_ascii_digit) {
            digits.number =
                digits.number.saturating_mul(10).saturating_add(u64::from(digit.wrapping_sub(b'0')));
            digits.len = digits.len.saturating_add(1);
        }
        digits
    }

    fn without_last_zero(self) -> Self {
        match self.number.checked_div(10) {
            Some(tenth) if tenth.checked_mul(10) == Some(self.number) => {
                Self { number: tenth, len: 1, ..self }
            }
            Some(_) | None => self,
        }
    }

    /// If the value lies in the middle between two decimals of this length: the even one of them, which Java takes.
    fn even_of_a_tie(&self, value: f64) -> Option<Self> {
        // The value is `odd / 2^halvings`. In units of the last digit, which is 10^-places, it is
        // `odd · 5^places / 2^(halvings - places)`: a whole number and a half if just one power of two is left.
        let (odd, halvings) = odd_part(value)?;
        let places = i32::try_from(self.len).ok()?.checked_sub(1)?.checked_sub(self.exponent)?;
        if halvings != places.checked_add(1)? {
            return None;
        }
        let power = 5_u64.checked_pow(places.unsigned_abs())?;
        let doubled = if places >= 0 {
            odd.checked_mul(power)?
        } else {
            Some(odd).filter(|odd| odd.checked_rem(power) == Some(0))?.checked_div(power)?
        };
        let below = doubled >> 1;
        Some(Self { number: below.checked_add(below & 1)?, ..*self })
    }

    /// The number that these digits stand for.
    fn parse<T: FromStr>(&self) -> Option<T> {
        let last = i64::from(self.exponent).saturating_sub(i64::from(self.len)).saturating_add(1);
        let mut text = StackBuffer::default();
        write!(text, "{}e{last}", self.number).ok()?;
        text.text().parse().ok()
    }

    /// Writes it plain from 10⁻³ up to 10⁷, else with `E`; one digit at least on each side of the point.
    fn write<W: Write + ?Sized>(&self, out: &mut W) -> fmt::Result {
        let mut digits = StackBuffer::default();
        write_unsigned(&mut digits, self.number)?;
        let digits = digits.text();
        let plain = (-3..7).contains(&self.exponent);
        let whole =
            if plain { usize::try_from(self.exponent).map_or(0, |last| last.saturating_add(1)) } else { 1 };
        let (before, behind) = digits.split_at_checked(whole).unwrap_or((digits, ""));
        out.write_str(if whole == 0 { "0" } else { before })?;
        for _ in before.len()..whole {
            out.write_str("0")?;
        }
        out.write_str(".")?;
        if plain {
            for _ in self.exponent..-1 {
                out.write_str("0")?;
            }
        }
        out.write_str(if behind.is_empty() { "0" } else { behind })?;
        if !plain {
            out.write_str("E")?;
            write_decimal(out, i64::from(self.exponent))?;
        }
        Ok(())
    }
}

/// A positive value as `odd / 2^halvings`.
fn odd_part(value: f64) -> Option<(u64, i32)> {
    let bits = value.to_bits();
    let field = i32::try_from(bits >> 52).ok()?;
    let fraction = bits & 0x000F_FFFF_FFFF_FFFF;
    // A field of 0 is the subnormal range: the exponent of field 1, without the leading one.
    let (significand, halvings) =
        if field == 0 { (fraction, 1074) } else { (fraction | (1 << 52), 1075_i32.checked_sub(field)?) };
    let even = significand.trailing_zeros();
    Some((significand.checked_shr(even)?, halvings.checked_sub(i32::try_from(even).ok()?)?))
}

/// A short text on the stack: the digits and the exponent of a number.
#[derive(Default)]
struct StackBuffer {
    bytes: [u8; 32],
    len: usize,
}

impl StackBuffer {
    fn text(&self) -> &str {
        self.bytes.get(..self.len).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

impl Write for StackBuffer {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = self.len.saturating_add(text.len());
        self.bytes.get_mut(self.len..end).ok_or(fmt::Error)?.copy_from_slice(text.as_bytes());
        self.len = end;
        Ok(())
    }
}
