//! How Java reads numbers (`Integer.parseInt` and its kin, `Integer.decode`, `Double.parseDouble`), and how it writes floating
//! point: with the shortest digits that read back to the number.

use std::fmt::LowerExp;
use std::str::FromStr;

/// `Integer.parseInt`, `Long.parseLong`, `Short.parseShort`, `Byte.parseByte`: an optional sign, then decimal digits of any
/// script of the Basic Multilingual Plane. `None` where Java throws; the caller narrows the range.
pub(super) fn parse_integer(text: &str) -> Option<i64> {
    // Rust reads the same ASCII texts.
    text.parse().ok().or_else(|| {
        let (negative, digits) = sign(text);
        parse_digits::<10>(digits, negative)
    })
}

/// Whether a text is beyond doubt how Java writes a value, by the letter of an extra's type: few digits, and no needless zero.
/// Six digits stand for one number each in either precision, so that no other, shorter ones stand for the same.
pub(super) fn is_surely_written(letter: u8, text: &str) -> bool {
    let digits = |text: &str, most: usize| {
        (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let whole = |text: &str, most| digits(text, most) && (text.len() == 1 || !text.starts_with('0'));
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let most = match letter {
        b'b' => 2,
        b's' => 4,
        b'i' => 9,
        b'l' => 18,
        b'd' | b'f' => {
            return unsigned.split_once('.').is_some_and(|(before, behind)| {
                whole(before, 3) && digits(behind, 3) && (behind.len() == 1 || !behind.ends_with('0'))
            });
        }
        b'B' => return matches!(text, "true" | "false"),
        _ => return false,
    };
    whole(unsigned, most) && text != "-0"
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
    let digits = |prefix| unsigned.get(prefix..).unwrap_or_default();
    let number = match unsigned.as_bytes() {
        [b'0', b'x' | b'X', ..] => parse_digits::<16>(digits(2), negative),
        [b'#', ..] => parse_digits::<16>(digits(1), negative),
        [b'0', _, ..] => parse_digits::<8>(digits(1), negative),
        _ => parse_digits::<10>(unsigned, negative),
    };
    i32::try_from(number?).ok()
}

/// What API 35 tries when `Integer.decode` fails: unsigned 32 bits in hex behind a lower-case `0x`.
pub(super) fn decode_unsigned_hex(text: &str) -> Option<u32> {
    let digits = text.strip_prefix("0x")?;
    u32::try_from(parse_digits::<16>(digits.strip_prefix('+').unwrap_or(digits), false)?).ok()
}

/// One digit or more, no sign.
fn parse_digits<const RADIX: u32>(digits: &str, negative: bool) -> Option<i64> {
    if digits.is_empty() {
        return None;
    }
    digits.chars().try_fold(0_i64, |sum, c| {
        let digit = i64::from(digit_value(c, RADIX)?);
        let sum = sum.checked_mul(i64::from(RADIX))?;
        if negative { sum.checked_sub(digit) } else { sum.checked_add(digit) }
    })
}

/// How far U+FF21, the full-width `A`, is from the ASCII one.
const FULL_WIDTH: u32 = 0xFF21 - 0x41;

/// `Character.digit`, which knows the decimal digits of every script and the full-width Latin letters. It takes UTF-16
/// units here, so that digits outside the Basic Multilingual Plane are none.
fn digit_value(c: char, radix: u32) -> Option<u32> {
    if c.is_ascii() {
        return c.to_digit(radix);
    }
    let full_width_letter = || {
        let code = u32::from(c).checked_sub(FULL_WIDTH)?;
        char::from_u32(code).filter(char::is_ascii_alphabetic)?.to_digit(radix)
    };
    unicode_digit(c).filter(|_| c.len_utf16() == 1).filter(|digit| *digit < radix).or_else(full_width_letter)
}

/// Whether `\d` of Android's regular expressions takes it: any char of general category Nd.
pub(super) fn is_unicode_digit(c: char) -> bool {
    c.is_ascii_digit() || unicode_digit(c).is_some()
}

fn unicode_digit(c: char) -> Option<u32> {
    let code = u32::from(c);
    let zero = ZEROS.iter().rev().find(|zero| **zero <= code)?;
    code.checked_sub(*zero).filter(|digit| *digit < 10)
}

/// The digit zero of every script: the first of each ten in general category Nd of Unicode 14. The five sets of
/// mathematical digits from U+1D7CE follow each other without a gap.
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
    parse(text, HexFloat::to_f64)
}

/// `Float.parseFloat`: rounded once, from the decimal text.
pub(super) fn parse_float(text: &str) -> Option<f32> {
    parse(text, HexFloat::to_f32)
}

/// A number in the grammar of `Double.parseDouble` and `Float.parseFloat`, of which Rust reads the decimal form alike.
fn parse<T: FromStr>(text: &str, rounded: fn(HexFloat) -> T) -> Option<T> {
    let text = text.trim_matches(|c| c <= ' ');
    if matches!(sign(text).1, "NaN" | "Infinity") {
        return text.parse().ok();
    }
    let text = text.strip_suffix(['f', 'F', 'd', 'D']).unwrap_or(text);
    let (negative, unsigned) = sign(text);
    match unsigned.strip_prefix("0x").or_else(|| unsigned.strip_prefix("0X")) {
        Some(hex) => HexFloat::parse(hex, negative).map(rounded),
        None => text.parse().ok().filter(|_| is_decimal(unsigned)),
    }
}

/// Digits with a point before, in or behind them, then maybe an exponent. ASCII only.
fn is_decimal(text: &str) -> bool {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent_fits = |exponent: &str| {
        let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !digits.is_empty() && all_digits(digits)
    };
    all_digits(whole)
        && all_digits(fraction)
        && !(whole.is_empty() && fraction.is_empty())
        && exponent.is_none_or(exponent_fits)
}

/// Java's hexadecimal floating point, `0x1.8p3`: a number `significand · 2^exponent`, with a sign of what was cut off below.
#[derive(Clone, Copy)]
struct HexFloat {
    negative: bool,
    /// The leading 60 bits or more of the digits.
    significand: u64,
    exponent: i64,
    /// Whether a digit other than 0 was cut off.
    inexact: bool,
}

impl HexFloat {
    /// Reads what follows `0x`: hex digits with a point before, in or behind them, then `p` and a decimal exponent.
    fn parse(text: &str, negative: bool) -> Option<Self> {
        let (mantissa, exponent) = text.split_once(['p', 'P'])?;
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        if whole.is_empty() && fraction.is_empty() {
            return None;
        }
        let exponent = parse_exponent(exponent)?;
        let mut number = Self { negative, significand: 0, exponent, inexact: false };
        for c in whole.chars() {
            number.push(c.to_digit(16)?, 4);
        }
        for c in fraction.chars() {
            number.push(c.to_digit(16)?, 0);
        }
        Some(number)
    }

    /// Takes a further digit; `weight` is what the exponent gains when the digit is cut off.
    fn push(&mut self, digit: u32, weight: i64) {
        if self.significand >> 60 == 0 {
            self.significand = (self.significand << 4) | u64::from(digit);
            self.exponent = self.exponent.saturating_add(weight).saturating_sub(4);
        } else {
            self.inexact |= digit != 0;
            self.exponent = self.exponent.saturating_add(weight);
        }
    }

    /// Rounded to the nearest double, ties to even.
    fn to_f64(self) -> f64 {
        f64::from_bits(self.round(53, -1074, 0x7FF) | (u64::from(self.negative) << 63))
    }

    /// Rounded to the nearest float, ties to even.
    fn to_f32(self) -> f32 {
        let bits = u32::try_from(self.round(24, -149, 0xFF)).unwrap_or(0x7F80_0000);
        f32::from_bits(bits | (u32::from(self.negative) << 31))
    }

    /// The bits of the nearest number of an IEEE format with `precision` bits, whose least exponent (of the lowest bit)
    /// is `least`, and whose exponent field of infinity is `top_field`.
    fn round(self, precision: u32, least: i64, top_field: u64) -> u64 {
        let fraction_bits = precision.saturating_sub(1);
        let infinity = top_field << fraction_bits;
        if self.significand == 0 {
            return 0;
        }
        let length = 64_u32.saturating_sub(self.significand.leading_zeros());
        let normal = self.exponent.saturating_add(i64::from(length)).saturating_sub(i64::from(precision));
        let lowest = normal.max(least);
        let surplus = lowest.saturating_sub(self.exponent);
        let (kept, round_up) = match u32::try_from(surplus) {
            Ok(0) => (self.significand, false),
            Ok(cut) if cut <= 64 => {
                let top = self.significand.checked_shr(cut).unwrap_or(0);
                let half = 1_u64 << cut.saturating_sub(1);
                let above_half = self.inexact || self.significand & half.wrapping_sub(1) != 0;
                (top, self.significand & half != 0 && (above_half || top & 1 != 0))
            }
            Ok(_) => (0, false),
            Err(_) if surplus > 0 => (0, false),
            // Fewer bits than the format has: shift left. At most 60 places, since the significand has one bit or more.
            Err(_) => (self.significand << surplus.unsigned_abs().min(63), false),
        };
        let kept = kept.saturating_add(u64::from(round_up));
        // A carry into the next power of two adds one to the exponent by itself, also out of the subnormal range.
        match u64::try_from(lowest.saturating_sub(least)) {
            Ok(above) if above < top_field => infinity.min((above << fraction_bits).saturating_add(kept)),
            Ok(_) | Err(_) => infinity,
        }
    }
}

/// Far above any exponent that the digits of a text of realistic length could bring back into range.
const CAP: i64 = 1 << 48;

/// An exponent of any length, with a sign; ASCII digits.
fn parse_exponent(text: &str) -> Option<i64> {
    let (negative, digits) = sign(text);
    if digits.is_empty() {
        return None;
    }
    let magnitude = digits.chars().try_fold(0_i64, |sum, c| {
        Some(sum.saturating_mul(10).saturating_add(i64::from(c.to_digit(10)?)).min(CAP))
    })?;
    Some(if negative { magnitude.saturating_neg() } else { magnitude })
}

/// What `Double.toString` gives, as of JDK 19.
pub(super) fn written_double(value: f64) -> String {
    decimal_text(value.is_sign_negative(), value.abs(), value.abs())
}

/// What `Float.toString` gives, as of JDK 19.
pub(super) fn written_float(value: f32) -> String {
    decimal_text(value.is_sign_negative(), value.abs(), f64::from(value.abs()))
}

/// The shortest digits that read back to a number, which is given without its sign, and in double precision too.
fn decimal_text<T: FromStr + LowerExp + PartialEq>(negative: bool, magnitude: T, wide: f64) -> String {
    let text = if wide.is_nan() {
        return "NaN".to_owned();
    } else if wide.is_infinite() {
        "Infinity".to_owned()
    } else {
        let shortest = Digits::of(&format!("{magnitude:e}"));
        if shortest.digits.len() == 1 {
            Digits::of(&format!("{magnitude:.1e}")).without_zeros().text()
        } else {
            let even = shortest.even_of_a_tie(wide).filter(|even| even.parse() == Some(magnitude));
            even.unwrap_or(shortest).text()
        }
    };
    if negative { ["-", &text].concat() } else { text }
}

/// A decimal `d.ddd · 10^exponent`. Java asks for two digits at least, and takes the nearest two where one would do, so
/// that the least double is 4.9E-324 and not 5.0E-324.
struct Digits {
    digits: String,
    exponent: i32,
}

impl Digits {
    /// From Rust's `1.2345e-7`.
    fn of(scientific: &str) -> Self {
        let (mantissa, exponent) = scientific.split_once('e').unwrap_or_default();
        Self { digits: mantissa.replace('.', ""), exponent: exponent.parse().unwrap_or(0) }
    }

    fn without_zeros(mut self) -> Self {
        self.digits.truncate(self.digits.trim_end_matches('0').len());
        self
    }

    /// If the value lies in the middle between two decimals of this length: the even one of them, which Java takes.
    fn even_of_a_tie(&self, value: f64) -> Option<Self> {
        // The value is `odd / 2^halvings`. In units of the last digit, which is 10^-places, it is
        // `odd · 5^places / 2^(halvings - places)`: a whole number and a half if just one power of two is left.
        let (odd, halvings) = odd_part(value)?;
        let places = i32::try_from(self.digits.len()).ok()?.checked_sub(1)?.checked_sub(self.exponent)?;
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
        Some(Self { digits: below.checked_add(below & 1)?.to_string(), exponent: self.exponent })
    }

    /// The number that these digits stand for.
    fn parse<T: FromStr>(&self) -> Option<T> {
        format!("0.{}e{}", self.digits, self.exponent.saturating_add(1)).parse().ok()
    }

    /// Plain from 10⁻³ up to 10⁷, else with `E`; one digit at least on each side of the point.
    fn text(&self) -> String {
        let plain = (-3..7).contains(&self.exponent);
        let shift = if plain { self.exponent } else { 0 };
        let zeros = usize::try_from(shift.saturating_neg()).unwrap_or(0);
        let point = usize::try_from(shift).unwrap_or(0).saturating_add(1);
        let mut text = "0".repeat(zeros) + &self.digits;
        while text.len() <= point {
            text.push('0');
        }
        text.insert(point, '.');
        if plain { text } else { format!("{text}E{}", self.exponent) }
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
