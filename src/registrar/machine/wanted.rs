//! What the server is to have, as a number.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::num::NonZeroU64;

use super::tokens::HeldToken;
use crate::certificate::BusinessId;
use crate::vendor::Vendor;

/// A binding as a number that tells bindings apart: the vendor whose token it carries in the lowest bits, none if it is
/// empty, and a digest in the others. It never leaves the process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Wanted(NonZeroU64);

/// How many bits the vendor takes.
const VENDOR_BITS: u32 = 4;

impl Wanted {
    /// No token: the server is to push nothing of this kind.
    pub(super) const EMPTY: Self = match NonZeroU64::new(1 << VENDOR_BITS) {
        Some(number) => Self(number),
        None => Self(NonZeroU64::MIN),
    };

    /// This token under this certificate.
    pub(super) fn of(held: &HeldToken, id: BusinessId) -> Self {
        let mut hasher = DefaultHasher::new();
        (held.digest(), id.as_u32()).hash(&mut hasher);
        let place = Vendor::ALL.iter().copied().zip(1_u64..).find(|(vendor, _)| *vendor == held.vendor());
        let number = hasher.finish() << VENDOR_BITS | place.map_or(0, |(_, place)| place);
        NonZeroU64::new(number).map_or(Self::EMPTY, Self)
    }

    /// The vendor whose token it carries; none if it is empty.
    pub(super) fn vendor(self) -> Option<Vendor> {
        let place = self.0.get() & Self::VENDOR;
        Vendor::ALL
            .iter()
            .copied()
            .zip(1_u64..)
            .find_map(|(vendor, known)| (known == place).then_some(vendor))
    }

    pub(super) const fn is_empty(self) -> bool {
        self.0.get() & Self::VENDOR == 0
    }

    const VENDOR: u64 = (1 << VENDOR_BITS) - 1;
}
