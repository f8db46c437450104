/// `String.hashCode`: over UTF-16 units, `31·hash + unit`, wrapped to 32 bits.
pub(super) fn java_hash(text: &str) -> i32 {
    ascii_hash(text.as_bytes())
        .unwrap_or_else(|| text.encode_utf16().fold(0, |hash, unit| step(hash, i32::from(unit))))
}

/// The hash of an ASCII text that is known at compile time.
#[expect(clippy::as_conversions, reason = "evaluated at compile time, where `From` is not to be had")]
pub(super) const fn known_hash(text: &str) -> i32 {
    let mut hash = 0;
    let mut rest = text.as_bytes();
    while let [byte, behind @ ..] = rest {
        hash = step(hash, *byte as i32);
        rest = behind;
    }
    hash
}

const fn step(hash: i32, unit: i32) -> i32 {
    hash.wrapping_mul(31).wrapping_add(unit)
}

const POWER_4: i32 = 31 * 31 * 31 * 31;
const POWER_8: i32 = POWER_4.wrapping_mul(POWER_4);

/// Eight bytes at a time, since one by one each would wait for the multiplication before it. `None` if a byte is not ASCII.
fn ascii_hash(bytes: &[u8]) -> Option<i32> {
    const NOT_ASCII: u64 = 0x8080_8080_8080_8080;
    let mut hash = 0_i32;
    let mut seen = 0_u64;
    let mut rest = bytes;
    while let Some((chunk, behind)) = rest.split_first_chunk() {
        let word = u64::from_le_bytes(*chunk);
        hash = hash.wrapping_mul(POWER_8).wrapping_add(word_hash(word));
        seen |= word;
        rest = behind;
    }
    if let Some(chunk) = rest.first_chunk::<4>() {
        let word = u64::from(u32::from_le_bytes(*chunk)) << 32;
        hash = hash.wrapping_mul(POWER_4).wrapping_add(word_hash(word));
        seen |= word;
        rest = rest.get(4..).unwrap_or_default();
    }
    for byte in rest {
        hash = step(hash, i32::from(*byte));
        seen |= u64::from(*byte);
    }
    (seen & NOT_ASCII == 0).then_some(hash)
}

/// The hash of eight bytes, the lowest first. Zeros before the others do not count.
#[inline]
fn word_hash(word: u64) -> i32 {
    // Each step joins neighbours: bytes to pairs in 16 bits, pairs to fours in 32 bits, those to one. None overflows its
    // lane but the last, which is meant to.
    const PAIRS: u64 = 0x00FF_00FF_00FF_00FF;
    const FOURS: u64 = 0x0000_FFFF_0000_FFFF;
    let pairs = (word & PAIRS).wrapping_mul(31).wrapping_add((word >> 8) & PAIRS);
    let fours = (pairs & FOURS).wrapping_mul(31 * 31).wrapping_add((pairs >> 16) & FOURS);
    let all = (fours & 0xFFFF_FFFF).wrapping_mul(31 * 31 * 31 * 31).wrapping_add(fours >> 32);
    let [a, b, c, d, ..] = all.to_le_bytes();
    i32::from_le_bytes([a, b, c, d])
}
