//! How Java writes floating point: the shortest digits that read back to the number, in Java's notation.

use std::fmt::{self, Write};

use super::java_text::{self, NumberText};

/// `Double.toString`, as of JDK 19.
pub(super) fn double(value: f64) -> NumberText {
    let magnitude = value.abs();
    let digits = || {
        let digits = Digits::of(format_args!("{magnitude:e}"));
        if digits.len == 1 {
            return Digits::of(format_args!("{magnitude:.1e}")).without_last_zero();
        }
        digits.even_of_a_tie(magnitude).filter(|even| even.parse() == Some(magnitude)).unwrap_or(digits)
    };
    text(value.is_nan(), value.is_infinite(), value.is_sign_negative(), digits)
}

/// `Float.toString`, as of JDK 19.
pub(super) fn float(value: f32) -> NumberText {
    let magnitude = value.abs();
    let digits = || {
        let digits = Digits::of(format_args!("{magnitude:e}"));
        if digits.len == 1 {
            return Digits::of(format_args!("{magnitude:.1e}")).without_last_zero();
        }
        digits
            .even_of_a_tie(f64::from(magnitude))
            .filter(|even| even.parse() == Some(magnitude))
            .unwrap_or(digits)
    };
    text(value.is_nan(), value.is_infinite(), value.is_sign_negative(), digits)
}

fn text(nan: bool, infinite: bool, negative: bool, digits: impl FnOnce() -> Digits) -> NumberText {
    let mut text = NumberText::new();
    if nan {
        text.extend(b"NaN");
        return text;
    }
    if negative {
        text.push(b'-');
    }
    if infinite {
        text.extend(b"Infinity");
    } else {
        digits().arrange(&mut text);
    }
    text
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
        let mut rust = NumberText::new();
        // A number text takes any piece.
        let _ = rust.write_fmt(scientific);
        let (mantissa, exponent) = rust.as_str().split_once('e').unwrap_or((rust.as_str(), "0"));
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
            _ => self,
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
    fn parse<T: std::str::FromStr>(&self) -> Option<T> {
        let mut text = NumberText::new();
        let last = i64::from(self.exponent).saturating_sub(i64::from(self.len)).saturating_add(1);
        write!(text, "{}e{last}", self.number).ok()?;
        text.as_str().parse().ok()
    }

    /// Writes it plain from 10⁻³ up to 10⁷, else with `E`; one digit at least on each side of the point.
    fn arrange(&self, text: &mut NumberText) {
        let digits = java_text::unsigned(self.number);
        let digits = digits.as_str().as_bytes();
        let plain = (-3..7).contains(&self.exponent);
        let whole =
            if plain { usize::try_from(self.exponent).map_or(0, |last| last.saturating_add(1)) } else { 1 };
        let (before, behind) = digits.split_at_checked(whole).unwrap_or((digits, &[]));
        text.extend(if whole == 0 { b"0" } else { before });
        for _ in before.len()..whole {
            text.push(b'0');
        }
        text.push(b'.');
        if plain {
            for _ in self.exponent..-1 {
                text.push(b'0');
            }
        }
        text.extend(if behind.is_empty() { b"0" } else { behind });
        if !plain {
            text.push(b'E');
            text.extend(java_text::decimal(i64::from(self.exponent)).as_str().as_bytes());
        }
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
