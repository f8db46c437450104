//! A keyed hash, so that nobody who sees a hash can search for what was hashed. And a memory of the last
//! hashes of a kind.

use std::hash::Hasher as _;
use std::num::NonZeroU64;

/// A key of 128 bits for `SipHash-2-4` (Aumasson and Bernstein, "`SipHash`: a fast short-input PRF", 2012).
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

    /// The hash of these bytes under this key, the same in every version.
    pub(super) fn hash(self, bytes: &[u8]) -> u64 {
        #[expect(deprecated, reason = "`DefaultHasher`, its successor, has no key and may change")]
        let mut hasher = std::hash::SipHasher::new_with_keys(self.low, self.high);
        hasher.write(bytes);
        hasher.finish()
    }
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
