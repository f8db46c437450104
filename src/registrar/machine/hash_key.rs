//! `SipHash-2-4`: a keyed hash, so that nobody who sees a hash can search for what was hashed.
//!
//! Written out from its specification (Aumasson and Bernstein, "`SipHash`: a fast short-input PRF", 2012), since the
//! standard library offers no keyed and stable hash.

/// A key of 128 bits.
#[derive(Clone, Copy)]
pub(super) struct HashKey {
    low: u64,
    high: u64,
}

impl HashKey {
    pub(super) const fn new(low: u64, high: u64) -> Self {
        Self { low, high }
    }

    /// The key that a text of any length makes.
    pub(super) fn of(text: &[u8]) -> Self {
        Self::new(Self::new(0, 0).hash(text), Self::new(0, 1).hash(text))
    }

    /// The hash of these bytes under this key.
    pub(super) fn hash(self, bytes: &[u8]) -> u64 {
        let mut lanes = [
            self.low ^ 0x736f_6d65_7073_6575,
            self.high ^ 0x646f_7261_6e64_6f6d,
            self.low ^ 0x6c79_6765_6e65_7261,
            self.high ^ 0x7465_6462_7974_6573,
        ];
        let chunks = bytes.chunks_exact(8);
        let rest = chunks.remainder();
        for chunk in chunks {
            mix(&mut lanes, little_endian(chunk));
        }
        // The last word holds what is left, and the length in its highest byte.
        let [length, ..] = bytes.len().to_le_bytes();
        mix(&mut lanes, little_endian(rest) | (u64::from(length) << 56));
        let [_, _, third, _] = &mut lanes;
        *third ^= 0xff;
        for _ in 0..4 {
            round(&mut lanes);
        }
        lanes.into_iter().fold(0, |hash, lane| hash ^ lane)
    }
}

fn mix(lanes: &mut [u64; 4], word: u64) {
    let [.., last] = lanes;
    *last ^= word;
    round(lanes);
    round(lanes);
    let [first, ..] = lanes;
    *first ^= word;
}

/// At most eight bytes, the first one lowest.
fn little_endian(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |word, byte| (word << 8) | u64::from(*byte))
}

const fn round(lanes: &mut [u64; 4]) {
    let [mut a, mut b, mut c, mut d] = *lanes;
    a = a.wrapping_add(b);
    b = b.rotate_left(13) ^ a;
    a = a.rotate_left(32);
    c = c.wrapping_add(d);
    d = d.rotate_left(16) ^ c;
    a = a.wrapping_add(d);
    d = d.rotate_left(21) ^ a;
    c = c.wrapping_add(b);
    b = b.rotate_left(17) ^ c;
    c = c.rotate_left(32);
    *lanes = [a, b, c, d];
}
