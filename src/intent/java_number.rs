//! How Java reads numbers (`Integer.parseInt` and its kin, `Integer.decode`, `Double.parseDouble`), and how
//! it writes floating point: with the shortest digits that read back to the number.

use std::fmt::{Debug, Display, UpperExp};
use std::str::FromStr;

/// `Integer.parseInt`, `Long.parseLong`, `Short.parseShort`, `Byte.parseByte`: an optional sign, then decimal
/// digits of any script of the Basic Multilingual Plane. `None` where Java throws; the caller narrows the
/// range.
pub(super) fn parse_integer(text: &str) -> Option<i64> {
    let (negative, digits) = sign(text);
    parse_digits(digits, 10, negative)
}

/// `Integer.parseInt`.
pub(super) fn parse_int(text: &str) -> Option<i32> {
    parse_integer(text).and_then(|number| i32::try_from(number).ok())
}

/// Whether a text is beyond doubt how Java writes a value, by the letter of an extra's type: few digits, and
/// no needless zero. Six digits stand for one number each in either precision, so that no other, shorter ones
/// stand for the same.
pub(super) fn is_surely_written(letter: u8, text: &str) -> bool {
    let digits = |text: &str, most: usize| {
        (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let whole = |text: &str, most| digits(text, most) && (text.len() == 1 || !text.starts_with('0'));
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    match letter {
        _ if text == "-0" => false,
        b'b' => whole(unsigned, 2),
        b's' => whole(unsigned, 4),
        b'i' => whole(unsigned, 9),
        b'l' => whole(unsigned, 18),
        b'd' | b'f' => unsigned.split_once('.').is_some_and(|(before, behind)| {
            whole(before, 3) && digits(behind, 3) && (behind.len() == 1 || !behind.ends_with('0'))
        }),
        b'B' => matches!(text, "true" | "false"),
        _ => false,
    }
}

/// Whether there is a `-`, and what follows the sign.
fn sign(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

/// `Integer.decode`: a sign, a radix prefix (`0x`, `0X`, `#`, `0`), digits; signed 32 bits.
pub(super) fn decode_integer(text: &str) -> Option<i32> {
    let (negative, unsigned) = sign(text);
    let (prefix, radix) = match unsigned.as_bytes() {
        [b'0', b'x' | b'X', ..] => (2, 16),
        [b'#', ..] => (1, 16),
        [b'0', _, ..] => (1, 8),
        _ => (0, 10),
    };
    i32::try_from(parse_digits(unsigned.get(prefix..)?, radix, negative)?).ok()
}

/// What API 35 tries when `Integer.decode` fails: unsigned 32 bits in hex behind a lower-case `0x`.
pub(super) fn decode_unsigned_hex(text: &str) -> Option<u32> {
    let digits = text.strip_prefix("0x")?;
    u32::try_from(parse_digits(digits.strip_prefix('+').unwrap_or(digits), 16, false)?).ok()
}

/// One digit or more, no sign.
fn parse_digits(digits: &str, radix: u32, negative: bool) -> Option<i64> {
    if digits.is_empty() {
        return None;
    }
    digits.chars().try_fold(0_i64, |sum, c| {
        let digit = i64::from(digit_value(c, radix)?);
        let sum = sum.checked_mul(i64::from(radix))?;
        if negative { sum.checked_sub(digit) } else { sum.checked_add(digit) }
    })
}

/// From an ASCII letter to its full-width form.
const FULL_WIDTH: u32 = 0xFF21 - 0x41;

/// `Character.digit`, which knows the decimal digits of every script and the full-width Latin letters. It
/// takes UTF-16 units here, so that digits outside the Basic Multilingual Plane are none.
fn digit_value(c: char, radix: u32) -> Option<u32> {
    let of_script = || unicode_digit(c).filter(|digit| *digit < radix && c.len_utf16() == 1);
    let full_width = || char::from_u32(u32::from(c).checked_sub(FULL_WIDTH)?)?.to_digit(radix);
    c.to_digit(radix).or_else(of_script).or_else(full_width)
}

/// The value of a char of general category Nd, which `\d` of Android's regular expressions takes.
pub(super) fn unicode_digit(c: char) -> Option<u32> {
    let code = u32::from(c);
    let zero = ZEROS.iter().rev().find(|zero| **zero <= code)?;
    code.checked_sub(*zero).filter(|digit| *digit < 10)
}

/// The digit zero of every script: the first of each ten in general category Nd of Unicode 14. The five sets
/// of mathematical digits from U+1D7CE follow each other without a gap.
const ZEROS: [u32; 66] = [
    0x0030, 0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66,
    0x0DE6, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50,
    0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x104A0, 0x10D30,
    0x11066, 0x110F0, 0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x11730, 0x118E0,
    0x11950, 0x11C50, 0x11D50, 0x11DA0, 0x16A60, 0x16AC0, 0x16B50, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC,
    0x1D7F6, 0x1E140, 0x1E2F0, 0x1E950, 0x1FBF0,
];

/// `Double.parseDouble`.
pub(super) fn parse_double(text: &str) -> Option<f64> {
    parse(text, |hex, negative| {
        let bits = hex_float(hex, 53, -1074, 0x7FF)?;
        Some(f64::from_bits(bits | (u64::from(negative) << 63)))
    })
}

/// `Float.parseFloat`: rounded once, from the decimal text.
pub(super) fn parse_float(text: &str) -> Option<f32> {
    parse(text, |hex, negative| {
        let bits = u32::try_from(hex_float(hex, 24, -149, 0xFF)?).ok()?;
        Some(f32::from_bits(bits | (u32::from(negative) << 31)))
    })
}

/// A number in the grammar of `Double.parseDouble` and `Float.parseFloat`, of which Rust reads the decimal
/// form alike. It reads other words than Java's two, and no hex digits.
fn parse<T: FromStr>(text: &str, read_hex: fn(&str, bool) -> Option<T>) -> Option<T> {
    let text = text.trim_matches(|c| c <= ' ');
    if matches!(sign(text).1, "NaN" | "Infinity") {
        return text.parse().ok();
    }
    let text = text.strip_suffix(['f', 'F', 'd', 'D']).unwrap_or(text);
    let (negative, unsigned) = sign(text);
    match unsigned.strip_prefix("0x").or_else(|| unsigned.strip_prefix("0X")) {
        Some(hex) => read_hex(hex, negative),
        None if unsigned.starts_with(|c: char| c.is_ascii_alphabetic()) => None,
        None => text.parse().ok(),
    }
}

/// Far above any exponent that the digits of a text of realistic length could bring back into range.
const CAP: i64 = 1 << 48;

/// Reads what follows `0x` in Java's hexadecimal floating point, `1.8p3`: hex digits with a point before, in
/// or behind them, then `p` and a decimal exponent. Gives the bits of the nearest number, ties to even, of an
/// IEEE format with `precision` bits, whose least exponent (of the lowest bit) is `least`, and whose exponent
/// field of infinity is `top_field`.
fn hex_float(text: &str, precision: u32, least: i64, top_field: u64) -> Option<u64> {
    let (mantissa, exponent) = text.split_once(['p', 'P'])?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let (negative, exponent) = sign(exponent);
    if exponent.is_empty() || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    let exponent = exponent.chars().try_fold(0_i64, |sum, c| {
        Some(sum.saturating_mul(10).saturating_add(i64::from(c.to_digit(10)?)).min(CAP))
    })?;
    let exponent = if negative { exponent.saturating_neg() } else { exponent };
    let places = i64::try_from(fraction.len()).ok()?.saturating_mul(4);
    // The number is `significand · 2^exponent`. Of many digits it has the first 60 bits or more, and whether
    // one of those that were cut off was not 0.
    let (mut significand, mut exponent, mut inexact) = (0_u64, exponent.saturating_sub(places), false);
    for c in whole.chars().chain(fraction.chars()) {
        let digit = c.to_digit(16)?;
        if significand >> 60 == 0 {
            significand = (significand << 4) | u64::from(digit);
        } else {
            inexact |= digit != 0;
            exponent = exponent.saturating_add(4);
        }
    }
    let Some(highest_bit) = significand.checked_ilog2() else { return Some(0) };
    let length = i64::from(highest_bit).saturating_add(1);
    let lowest = exponent.saturating_add(length).saturating_sub(i64::from(precision)).max(least);
    // 60 more bits below, of which the last one stands for all that was cut off. At least 8 of them go.
    let wide = (u128::from(significand) << 60) | u128::from(inexact);
    let cut = u32::try_from(lowest.saturating_sub(exponent).saturating_add(60).min(126)).ok()?;
    let (half, odd) = ((1_u128 << cut) >> 1, (wide >> cut) & 1);
    let kept = u64::try_from(wide.saturating_add(half).saturating_add(odd).saturating_sub(1) >> cut).ok()?;
    // A carry into the next power of two adds one to the exponent by itself, also out of the subnormal range.
    let above = u64::try_from(lowest.saturating_sub(least)).ok()?.min(top_field);
    let fraction_bits = precision.saturating_sub(1);
    Some((above << fraction_bits).saturating_add(kept).min(top_field << fraction_bits))
}

/// What `Double.toString` and `Float.toString` give, as of JDK 19: plain from 10⁻³ up to 10⁷, else with `E`;
/// the shortest digits that read back to the number, and of two that are equally near the even ones. With `E`,
/// Java asks for two digits at least, and takes the nearest two where one would do, so that the least
/// double is 4.9E-324 and not 5.0E-324.
pub(super) fn written<T: Copy + Debug + Display + UpperExp + FromStr + PartialEq>(value: T) -> String {
    let shortest = format!("{value:E}");
    let Some((mantissa, exponent)) = shortest.split_once('E') else {
        return shortest.replace("inf", "Infinity");
    };
    let behind_point = mantissa.split_once('.').map_or(0, |(_, digits)| digits.len());
    let exponent = exponent.parse().unwrap_or(0_isize);
    // Rust rounds to a number of digits as Java does, but the nearest need not be one that reads back.
    let (nearest, shortest) = if (-3..7).contains(&exponent) {
        let places = behind_point.saturating_add_signed(exponent.saturating_neg()).max(1);
        (format!("{value:.places$}"), format!("{value:?}"))
    } else {
        (format!("{value:.*E}", behind_point.max(1)), shortest)
    };
    if nearest.parse().is_ok_and(|read: T| read == value) { nearest } else { shortest }
}
