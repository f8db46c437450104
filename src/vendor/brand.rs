use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::Vendor;

/// The number by which Tencent's SDKs name an Android push channel, 2000 to 2006.
///
/// Source: observed behaviour of the IM SDK and TIMPush 8.5.6865, read 2026-11-22. APNs and HarmonyOS have none.
///
/// ```
/// use tim_offline_push::vendor::{BrandId, Vendor};
///
/// let honor = BrandId::new(2006)?;
/// assert_eq!(honor.vendor(), Vendor::Honor);
/// assert_eq!(BrandId::of(Vendor::Xiaomi).map(BrandId::as_u32), Some(2000));
/// assert_eq!(BrandId::of(Vendor::Apns), None);
/// # Ok::<(), tim_offline_push::vendor::BrandIdError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct BrandId(Vendor);

const BRAND_IDS: [(u32, Vendor); 7] = [
    (2000, Vendor::Xiaomi),
    (2001, Vendor::Huawei),
    (2002, Vendor::Fcm),
    (2003, Vendor::Meizu),
    (2004, Vendor::Oppo),
    (2005, Vendor::Vivo),
    (2006, Vendor::Honor),
];

impl BrandId {
    /// The brand id with this number.
    ///
    /// # Errors
    /// [`BrandIdError`] for any other number; 2007 is NIO, which has no push channel here.
    pub fn new(number: u32) -> Result<Self, BrandIdError> {
        BRAND_IDS
            .into_iter()
            .find_map(|(known, vendor)| (known == number).then_some(Self(vendor)))
            .ok_or(BrandIdError { number })
    }

    /// The brand id of a channel, if Tencent has given it one.
    pub fn of(vendor: Vendor) -> Option<Self> {
        BRAND_IDS.into_iter().any(|(_, known)| known == vendor).then_some(Self(vendor))
    }

    /// The channel with this brand id.
    pub const fn vendor(self) -> Vendor {
        self.0
    }

    /// The number as Tencent's SDKs exchange it.
    pub fn as_u32(self) -> u32 {
        BRAND_IDS
            .into_iter()
            .find_map(|(number, vendor)| (vendor == self.0).then_some(number))
            .unwrap_or_default()
    }
}

impl TryFrom<u32> for BrandId {
    type Error = BrandIdError;

    fn try_from(number: u32) -> Result<Self, BrandIdError> {
        Self::new(number)
    }
}

impl From<BrandId> for u32 {
    fn from(id: BrandId) -> Self {
        id.as_u32()
    }
}

/// A number that is no brand id of a push channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("brand id {number} names no push channel: expected 2000 to 2006")]
#[non_exhaustive]
pub struct BrandIdError {
    /// The refused number.
    pub number: u32,
}
