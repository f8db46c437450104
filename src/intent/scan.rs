//! Searches over bytes, a few words at a time. The loops over fixed arrays are written so that the compiler turns each
//! into vector instructions: no early exit, no branch.

#![expect(
    clippy::inline_always,
    reason = "measured: what these small functions give would go through memory, which costs up to a third of the time"
)]

/// What an encoded text leaves alone.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Keep {
    /// ASCII letters, digits and `_-!.~'()*`.
    Unreserved,
    /// These and `/`.
    UnreservedAndSlash,
}

impl Keep {
    /// Whether a byte is left alone.
    pub(super) const fn keeps(self, byte: u8) -> bool {
        byte.is_ascii_alphanumeric()
            || matches!(byte, b'_' | b'-' | b'!' | b'.' | b'~' | b'\'' | b'(' | b')' | b'*')
            || (byte == b'/' && matches!(self, Self::UnreservedAndSlash))
    }

    /// How many bytes from the first on are left alone.
    #[inline]
    pub(super) fn leading(self, bytes: &[u8]) -> usize {
        match self {
            Self::Unreserved => leading::<false>(bytes),
            Self::UnreservedAndSlash => leading::<true>(bytes),
        }
    }

    /// Whether all bytes are left alone.
    #[inline]
    pub(super) fn keeps_all(self, bytes: &[u8]) -> bool {
        self.leading(bytes) == bytes.len()
    }
}

/// As [`Keep::leading`] of [`Keep::Unreserved`], with `String.hashCode` of these bytes.
pub(super) fn leading_hashed(bytes: &[u8]) -> (usize, i32) {
    let mut hash = 0_i32;
    let end = bytes.iter().position(|byte| {
        let kept = is_kept(*byte);
        if kept {
            hash = hash.wrapping_mul(31).wrapping_add(i32::from(*byte));
        }
        !kept
    });
    (end.unwrap_or(bytes.len()), hash)
}

/// Whether a byte is left alone by every rule.
#[inline(always)]
pub(super) fn is_kept(byte: u8) -> bool {
    KEPT.get(usize::from(byte)).is_some_and(|class| class & KEPT_ALWAYS != 0)
}

fn leading<const SLASH: bool>(bytes: &[u8]) -> usize {
    let mask = if SLASH { KEPT_WITH_SLASH } else { KEPT_ALWAYS };
    let class = |byte: u8| KEPT.get(usize::from(byte)).copied().unwrap_or(0);
    // Short texts one by one: the processor foresees where a loop ends, but would have to wait for the place that a
    // vector instruction finds.
    // With slashes it is most likely a component, which is long.
    let short = if SLASH { 0 } else { SHORT };
    let (short, long) = bytes.split_at_checked(short).unwrap_or((bytes, &[]));
    if let Some(at) = short.iter().position(|byte| class(*byte) & mask == 0) {
        return at;
    }
    let mut rest = long;
    while let Some((chunk, behind)) = rest.split_first_chunk() {
        let outside = outside::<SLASH>(chunk);
        if outside != 0 {
            return place(bytes, rest).wrapping_add(first(outside));
        }
        rest = behind;
    }
    let end = rest.iter().position(|byte| class(*byte) & mask == 0);
    end.map_or(bytes.len(), |at| place(bytes, rest).wrapping_add(at))
}

/// Up to how many bytes a text is short.
const SHORT: usize = 48;

/// Where the rest begins.
#[inline(always)]
fn place(bytes: &[u8], rest: &[u8]) -> usize {
    bytes.len().wrapping_sub(rest.len())
}

/// The place of the first byte that is not 0.
#[inline(always)]
fn first(bits: u128) -> usize {
    usize::try_from(bits.trailing_zeros() >> 3).unwrap_or(0)
}

/// 0 for each byte that is kept. Arithmetic alone, since a comparison might become a branch.
#[inline(always)]
fn outside<const SLASH: bool>(chunk: &[u8; 16]) -> u128 {
    let mut outside = [0; 16];
    for (slot, byte) in outside.iter_mut().zip(*chunk) {
        let sign_or_digit =
            if SLASH { beyond(byte, b'-', 12) } else { beyond(byte, b'0', 9).min(beyond(byte, b'-', 1)) };
        let letter = beyond(byte | 0x20, b'a', 25);
        let mark = beyond(byte, b'\'', 3);
        *slot = sign_or_digit.min(letter).min(mark).min(byte ^ b'!').min(byte ^ b'_').min(byte ^ b'~');
    }
    u128::from_le_bytes(outside)
}

/// 0 if the byte is in the range that begins with `first` and has `more` bytes behind it, else not.
#[inline(always)]
fn beyond(byte: u8, first: u8, more: u8) -> u8 {
    byte.wrapping_sub(first).saturating_sub(more)
}

const KEPT_ALWAYS: u8 = 1;
const KEPT_WITH_SLASH: u8 = 2;

/// By which rules each byte is kept.
#[expect(
    clippy::as_conversions,
    clippy::indexing_slicing,
    reason = "evaluated at compile time; a table of 256 entries takes any byte"
)]
const KEPT: &[u8; 256] = &{
    let mut table = [0; 256];
    let mut byte = 0_u8;
    loop {
        if Keep::Unreserved.keeps(byte) {
            table[byte as usize] |= KEPT_ALWAYS;
        }
        if Keep::UnreservedAndSlash.keeps(byte) {
            table[byte as usize] |= KEPT_WITH_SLASH;
        }
        if byte == u8::MAX {
            break table;
        }
        byte += 1;
    }
};

/// How many bytes from the first on may stand in the scheme that an `intent:` URI takes out of its data (ASCII letters,
/// digits, `.-+`), and whether there is a `+` among them.
pub(super) fn leading_scheme(bytes: &[u8]) -> (usize, bool) {
    let mut classes = 0;
    let end = bytes.iter().position(|byte| {
        let class = SCHEME_BYTES.get(usize::from(*byte)).copied().unwrap_or(0);
        classes |= class;
        class == 0
    });
    (end.unwrap_or(bytes.len()), classes & PLUS != 0)
}

const IN_SCHEME: u8 = 1;
const PLUS: u8 = 2;

#[expect(
    clippy::as_conversions,
    clippy::indexing_slicing,
    reason = "evaluated at compile time; a table of 256 entries takes any byte"
)]
const SCHEME_BYTES: &[u8; 256] = &{
    let mut table = [0; 256];
    let mut byte = 0_u8;
    loop {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-') {
            table[byte as usize] = IN_SCHEME;
        }
        if byte == u8::MAX {
            break;
        }
        byte += 1;
    }
    table[b'+' as usize] = PLUS;
    table
};

/// Where a byte first is.
pub(super) fn find(bytes: &[u8], needle: u8) -> Option<usize> {
    const LOWEST: u64 = u64::from_le_bytes([0x01; 8]);
    const HIGHEST: u64 = u64::from_le_bytes([0x80; 8]);
    let needles = u64::from_le_bytes([needle; 8]);
    let mut rest = bytes;
    while let Some((chunk, behind)) = rest.split_first_chunk() {
        // 0 where it is. The subtraction borrows from the first of these on, so that the lowest bit is right.
        let differs = u64::from_le_bytes(*chunk) ^ needles;
        let found = differs.wrapping_sub(LOWEST) & !differs & HIGHEST;
        if found != 0 {
            let behind = usize::try_from(found.trailing_zeros() >> 3).unwrap_or(0);
            return place(bytes, rest).checked_add(behind);
        }
        rest = behind;
    }
    place(bytes, rest).checked_add(rest.iter().position(|byte| *byte == needle)?)
}

/// Where a byte last is.
pub(super) fn find_last(bytes: &[u8], needle: u8) -> Option<usize> {
    let mut rest = bytes;
    while let Some((before, chunk)) = rest.split_last_chunk::<64>() {
        if has(chunk, needle) {
            break;
        }
        rest = before;
    }
    while let Some((before, chunk)) = rest.split_last_chunk() {
        let equal = equal(chunk, needle);
        if equal != 0 {
            let behind = usize::try_from(equal.leading_zeros() >> 3).unwrap_or(0);
            return rest.len().checked_sub(behind)?.checked_sub(1);
        }
        rest = before;
    }
    rest.iter().rposition(|byte| *byte == needle)
}

#[inline(always)]
fn has<const N: usize>(chunk: &[u8; N], needle: u8) -> bool {
    chunk.iter().fold(0, |any, byte| any | u8::from(*byte == needle)) != 0
}

/// 255 for each byte that equals the needle.
#[inline(always)]
fn equal(chunk: &[u8; 16], needle: u8) -> u128 {
    let mut equal = [0; 16];
    for (slot, byte) in equal.iter_mut().zip(*chunk) {
        *slot = if byte == needle { 255 } else { 0 };
    }
    u128::from_le_bytes(equal)
}

/// How many times a byte is there.
pub(super) fn count(bytes: &[u8], needle: u8) -> usize {
    let mut sum = 0_usize;
    let mut rest = bytes;
    while let Some((chunk, behind)) = rest.split_first_chunk::<64>() {
        let in_chunk = chunk.iter().fold(0_u8, |count, byte| count.wrapping_add(u8::from(*byte == needle)));
        sum = sum.wrapping_add(usize::from(in_chunk));
        rest = behind;
    }
    while let Some((chunk, behind)) = rest.split_first_chunk() {
        sum = sum.wrapping_add(ones(equal(chunk, needle)));
        rest = behind;
    }
    // What is left, as the end of a whole chunk.
    if let Some(chunk) = bytes.last_chunk().filter(|_| !rest.is_empty()) {
        let known = 16_usize.wrapping_sub(rest.len()).wrapping_mul(8);
        return sum.wrapping_add(ones(
            equal(chunk, needle).checked_shr(u32::try_from(known).unwrap_or(0)).unwrap_or(0),
        ));
    }
    rest.iter().fold(sum, |sum, byte| sum.wrapping_add(usize::from(*byte == needle)))
}

/// How many of the bytes, each 0 or 255, are 255.
#[inline(always)]
fn ones(bits: u128) -> usize {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let [low, high] =
        [bits, bits >> 64].map(|half| u64::try_from(half & u128::from(u64::MAX)).unwrap_or(0) & EACH);
    // The products' highest bytes are the sums of all bytes.
    usize::try_from(low.wrapping_add(high).wrapping_mul(EACH) >> 56).unwrap_or(0)
}
