use std::fmt;

use serde::{Deserialize, Serialize};

use super::Vendor;

/// A small set of push channels.
///
/// ```
/// use tim_offline_push::vendor::{Vendor, VendorSet};
///
/// let wired: VendorSet = [Vendor::Xiaomi, Vendor::Fcm].into_iter().collect();
/// assert!(wired.contains(Vendor::Fcm));
/// assert!(!wired.contains(Vendor::Vivo));
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Vec<Vendor>", into = "Vec<Vendor>")]
pub struct VendorSet(u16);

impl VendorSet {
    /// No channel.
    pub const EMPTY: Self = Self(0);

    /// Every channel.
    pub const ALL: Self = Self(0x1ff);

    /// With this channel.
    #[must_use]
    pub const fn with(self, vendor: Vendor) -> Self {
        Self(self.0 | bit(vendor))
    }

    /// Without this channel.
    #[must_use]
    pub const fn without(self, vendor: Vendor) -> Self {
        Self(self.0 & !bit(vendor))
    }

    /// Whether it has this channel.
    pub const fn contains(self, vendor: Vendor) -> bool {
        self.0 & bit(vendor) != 0
    }

    /// Whether it has none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Its channels in the order of [`Vendor::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Vendor> {
        Vendor::ALL.into_iter().filter(move |vendor| self.contains(*vendor))
    }
}

const fn bit(vendor: Vendor) -> u16 {
    match vendor {
        Vendor::Xiaomi => 1,
        Vendor::Huawei => 1 << 1,
        Vendor::Oppo => 1 << 2,
        Vendor::Vivo => 1 << 3,
        Vendor::Meizu => 1 << 4,
        Vendor::Fcm => 1 << 5,
        Vendor::Honor => 1 << 6,
        Vendor::Apns => 1 << 7,
        Vendor::HarmonyOs => 1 << 8,
    }
}

impl FromIterator<Vendor> for VendorSet {
    fn from_iter<I: IntoIterator<Item = Vendor>>(vendors: I) -> Self {
        vendors.into_iter().fold(Self::EMPTY, Self::with)
    }
}

impl From<Vec<Vendor>> for VendorSet {
    fn from(vendors: Vec<Vendor>) -> Self {
        vendors.into_iter().collect()
    }
}

impl From<VendorSet> for Vec<Vendor> {
    fn from(set: VendorSet) -> Self {
        set.iter().collect()
    }
}

impl fmt::Debug for VendorSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}
