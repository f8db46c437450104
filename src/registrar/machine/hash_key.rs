//! `SipHash-2-4`: a keyed hash, so that nobody who sees a hash can search for what was hashed. And a memory of the last
//! hashes of a kind.
//!
//! Written out from its specification (Aumasson and Bernstein, "`SipHash`: a fast short-input PRF", 2012), since the
//! standard library offers no keyed and stable hash.

use std::num::NonZeroU64;

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

/// The last so many digests, the newest last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct LastDigests<const KEPT: usize>(Vec<NonZeroU64>);

impl<const KEPT: usize> LastDigests<KEPT> {
    pub(super) fn contains(&self, digest: NonZeroU64) -> bool {
        self.0.contains(&digest)
    }

    /// Remembers one, unless it has it.
    pub(super) fn remember(&mut self, digest: NonZeroU64) {
        if !self.contains(digest) {
            if self.0.len() >= KEPT {
                self.0.remove(0);
            }
            self.0.push(digest);
        }
    }

    /// As they are stored, oldest first.
    pub(super) fn iter(&self) -> impl Iterator<Item = u64> {
        self.0.iter().map(|digest| digest.get())
    }
}

impl<const KEPT: usize> FromIterator<u64> for LastDigests<KEPT> {
    fn from_iter<I: IntoIterator<Item = u64>>(stored: I) -> Self {
        let mut last = Self::default();
        for digest in stored.into_iter().filter_map(NonZeroU64::new) {
            last.remember(digest);
        }
        last
    }
}
