//! Values that stand in a URI as `toUri` writes them.

use super::codec;
use super::java_float;
use super::primitive::{Kind, Primitive};

/// The value of an extra that is no string, by the letter of its type, and what is behind its `;`.
#[inline]
pub(super) fn primitive(letter: u8, text: &[u8]) -> Option<(Primitive, &[u8])> {
    match letter {
        b'i' => whole::<i32>(Kind::Int, text),
        b'l' => whole::<i64>(Kind::Long, text),
        b's' => whole::<i16>(Kind::Short, text),
        b'b' => whole::<i8>(Kind::Byte, text),
        b'B' => match text.strip_prefix(b"true;") {
            Some(behind) => Some((Primitive::boolean(true), behind)),
            None => Some((Primitive::boolean(false), text.strip_prefix(b"false;")?)),
        },
        b'f' => {
            decimal(text).map(|(value, behind)| (Primitive::float(java_float::nearest_float(value)), behind))
        }
        b'd' => decimal(text).map(|(value, behind)| (Primitive::double(value), behind)),
        _ => None,
    }
}

/// Digits without a needless zero, behind a sign if the number is negative. So few that they cannot overflow.
#[inline]
fn whole<T: TryFrom<i64>>(kind: Kind, text: &[u8]) -> Option<(Primitive, &[u8])> {
    const MOST: usize = 15;
    let (digits, negative) = match text {
        [b'-', digits @ ..] => (digits, true),
        digits => (digits, false),
    };
    if matches!(digits, [b'0', b'0'..=b'9', ..]) || (negative && matches!(digits, [b'0', ..])) {
        return None;
    }
    let (number, _, behind) = split_digits(digits, MOST, b';')?;
    let number = i64::from_ne_bytes(number.to_ne_bytes());
    let number = if negative { number.wrapping_neg() } else { number };
    T::try_from(number).is_ok().then_some((Primitive::whole(kind, number), behind))
}

/// One to three digits on each side of a point, and none of them needless. Six digits stand for one number each in either
/// precision, so that no shorter text stands for it. Their quotient by a power of ten, both being exact, is rounded once; and
/// it is too far from the middle between two floats for a second rounding to matter.
fn decimal(text: &[u8]) -> Option<(f64, &[u8])> {
    const POWERS_OF_TEN: [f64; 4] = [1.0, 10.0, 100.0, 1000.0];
    const MOST: usize = 3;
    if let [b'0', b'0'..=b'9', ..] = text {
        return None;
    }
    let (whole, _, rest) = split_digits(text, MOST, b'.')?;
    let (fraction, places, behind) = split_digits(rest, MOST, b';')?;
    if places > 1 && fraction % 10 == 0 {
        return None;
    }
    let scale = POWERS_OF_TEN.get(places)?;
    let [whole, fraction] = [whole, fraction].map(|part| f64::from(u32::try_from(part).unwrap_or(0)));
    Some(((whole * scale + fraction) / scale, behind))
}

/// The number of one digit or more, but no more than `most`, their count, and what is behind the `end` that follows them.
#[inline]
fn split_digits(text: &[u8], most: usize, end: u8) -> Option<(u64, usize, &[u8])> {
    let mut number = 0_u64;
    let mut rest = text;
    while let [byte, behind @ ..] = rest {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            let len = text.len().wrapping_sub(rest.len());
            return (*byte == end && (1..=most).contains(&len)).then_some((number, len, behind));
        }
        number = number.wrapping_mul(10).wrapping_add(u64::from(digit));
        rest = behind;
    }
    None
}

/// Flags below the sign bit, in hex, and what is behind their `;`.
#[inline]
pub(super) fn flags(text: &[u8]) -> Option<(u32, &[u8])> {
    const MOST: usize = 8;
    let mut bits = 0_u32;
    let mut rest = text;
    while let [byte, behind @ ..] = rest {
        let digit = codec::hex_value(*byte);
        if digit > 15 {
            let len = text.len().wrapping_sub(rest.len());
            let whole = *byte == b';' && (1..=MOST).contains(&len) && i32::try_from(bits).is_ok();
            return whole.then_some((bits, behind));
        }
        bits = (bits << 4) | u32::from(digit);
        rest = behind;
    }
    None
}
