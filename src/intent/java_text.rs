//! How Java writes floating point: with the shortest digits that read back to the number.

use std::fmt::{self, LowerExp, Write};
use std::str::FromStr;

/// Writes what `Double.toString` gives, as of JDK 19.
pub(super) fn write_double<W: Write + ?Sized>(out: &mut W, value: f64) -> fmt::Result {
    write_sign(out, value.is_sign_negative() && !value.is_nan())?;
    write_magnitude(out, value.abs(), value.abs())
}

/// Writes what `Float.toString` gives, as of JDK 19.
pub(super) fn write_float<W: Write + ?Sized>(out: &mut W, value: f32) -> fmt::Result {
    write_sign(out, value.is_sign_negative() && !value.is_nan())?;
    write_magnitude(out, value.abs(), f64::from(value.abs()))
}

fn write_sign<W: Write + ?Sized>(out: &mut W, negative: bool) -> fmt::Result {
    if negative { out.write_str("-") } else { Ok(()) }
}

/// Writes a number without sign, which is given in double precision too.
fn write_magnitude<W: Write + ?Sized, T>(out: &mut W, magnitude: T, wide: f64) -> fmt::Result
where
    T: Copy + FromStr + LowerExp + PartialEq,
{
    if wide.is_nan() {
        return out.write_str("NaN");
    }
    if wide.is_infinite() {
        return out.write_str("Infinity");
    }
    let mut digits = Digits::of(format_args!("{magnitude:e}"));
    if digits.len == 1 {
        digits = Digits::of(format_args!("{magnitude:.1e}")).without_last_zero();
    } else if let Some(even) = digits.even_of_a_tie(wide).filter(|even| even.parse() == Some(magnitude)) {
        digits = even;
    }
    digits.write(out)
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
        write!(digits, "{}", self.number)?;
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
            write!(out, "E{}", self.exponent)?;
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
