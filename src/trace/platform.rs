use std::fmt;

use crate::vendor::Vendor;

/// The server's number of a vendor (`PushPlatform`). The device's [brand id](crate::vendor::Vendor::brand_id) is another number.
///
/// ```
/// use tim_offline_push::trace::PushPlatform;
/// use tim_offline_push::vendor::Vendor;
///
/// assert_eq!(PushPlatform::from_number(2).vendor(), Some(Vendor::Xiaomi));
/// assert_eq!(PushPlatform::from_number(0).vendor(), None); // unknown, or pushed online
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PushPlatform(i64);

impl PushPlatform {
    /// Takes the server's number.
    pub const fn from_number(number: i64) -> Self {
        Self(number)
    }

    /// The server's number.
    pub const fn as_number(self) -> i64 {
        self.0
    }

    /// The vendor. `None` for 0, which the server gives for online pushes too, and for numbers that are not documented: that
    /// of HarmonyOS is not known.
    pub const fn vendor(self) -> Option<Vendor> {
        Some(match self.0 {
            1 => Vendor::Apns,
            2 => Vendor::Xiaomi,
            3 => Vendor::Huawei,
            4 => Vendor::Fcm,
            5 => Vendor::Meizu,
            6 => Vendor::Oppo,
            7 => Vendor::Vivo,
            8 => Vendor::Honor,
            _ => return None,
        })
    }
}

impl fmt::Display for PushPlatform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.vendor() {
            Some(vendor) => fmt::Display::fmt(&vendor, f),
            None => write!(f, "platform {}", self.0),
        }
    }
}
