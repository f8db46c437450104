//! Java's hexadecimal floating point: `0x1.8p3`.

/// A number `significand · 2^exponent`, with a sign of what was cut off below.
#[derive(Clone, Copy)]
pub(super) struct HexFloat {
    /// The leading 60 bits or more of the digits.
    significand: u64,
    exponent: i64,
    /// Whether a digit other than 0 was cut off.
    inexact: bool,
}

impl HexFloat {
    /// Reads what follows `0x`: hex digits with a point before, in or behind them, then `p` and a decimal exponent.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (mantissa, exponent) = text.split_once(['p', 'P'])?;
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        if whole.is_empty() && fraction.is_empty() {
            return None;
        }
        let mut number = Self { significand: 0, exponent: parse_exponent(exponent)?, inexact: false };
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
    pub(super) fn to_f64(self) -> f64 {
        f64::from_bits(self.round(53, -1074, 0x7FF))
    }

    /// Rounded to the nearest float, ties to even.
    pub(super) fn to_f32(self) -> f32 {
        f32::from_bits(u32::try_from(self.round(24, -149, 0xFF)).unwrap_or(0x7F80_0000))
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
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if digits.is_empty() {
        return None;
    }
    let magnitude = digits.chars().try_fold(0_i64, |sum, c| {
        Some(sum.saturating_mul(10).saturating_add(i64::from(c.to_digit(10)?)).min(CAP))
    })?;
    Some(if negative { magnitude.saturating_neg() } else { magnitude })
}
