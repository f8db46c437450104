//! Which host object an effect is for.

use std::fmt;

use serde::Serialize;

use super::Effect;
use crate::vendor::{Vendor, VendorSet};

/// One host object whose calls never overlap. Effects of one lane keep their order; a lane whose host blocks holds up no
/// other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Lane {
    /// The IM SDK: reports and presence calls.
    ImClient,
    /// The IM SDK's call that takes arrivals and clicks.
    PushEvents,
    /// One vendor's SDK.
    Vendor(Vendor),
    /// The store.
    Store,
    /// Logouts that wait for their release.
    Logout,
    /// Android's notification channels.
    NotificationChannels,
    /// The badge and the notifications that stand with it.
    Badge,
    /// The tap handler.
    Taps,
    /// Observers.
    Observer,
}

impl fmt::Display for Lane {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ImClient => f.pad("the IM client"),
            Self::PushEvents => f.pad("the IM client's report of push events"),
            Self::Vendor(vendor) => write!(f, "the {vendor} SDK"),
            Self::Store => f.pad("the store"),
            Self::Logout => f.pad("the callback of a logout"),
            Self::NotificationChannels => f.pad("the notification channels"),
            Self::Badge => f.pad("the badge"),
            Self::Taps => f.pad("the tap handler"),
            Self::Observer => f.pad("an observer"),
        }
    }
}

/// A set of lanes: those on which a host can take the next effect.
///
/// ```
/// use tim_offline_push::registrar::{Lane, Lanes};
/// use tim_offline_push::vendor::Vendor;
///
/// let free = Lanes::ALL.without(Lane::Store);
/// assert!(free.contains(Lane::Vendor(Vendor::Xiaomi)));
/// assert!(!free.contains(Lane::Store));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Lanes {
    vendors: VendorSet,
    others: u8,
}

impl Lanes {
    /// Every lane.
    pub const ALL: Self = Self { vendors: VendorSet::ALL, others: u8::MAX };
    /// How many there are: one for each vendor, and eight others.
    pub(in crate::registrar) const COUNT: usize = Vendor::ALL.len().saturating_add(8);
    /// No lane.
    pub const NONE: Self = Self { vendors: VendorSet::EMPTY, others: 0 };

    /// With this lane.
    #[must_use]
    pub const fn with(self, lane: Lane) -> Self {
        match place(lane) {
            Place::Vendor(vendor) => Self { vendors: self.vendors.with(vendor), ..self },
            Place::Other(bit) => Self { others: self.others | bit, ..self },
        }
    }

    /// Without this lane.
    #[must_use]
    pub const fn without(self, lane: Lane) -> Self {
        match place(lane) {
            Place::Vendor(vendor) => Self { vendors: self.vendors.without(vendor), ..self },
            Place::Other(bit) => Self { others: self.others & !bit, ..self },
        }
    }

    /// Whether it has this lane.
    pub const fn contains(self, lane: Lane) -> bool {
        match place(lane) {
            Place::Vendor(vendor) => self.vendors.contains(vendor),
            Place::Other(bit) => self.others & bit != 0,
        }
    }
}

enum Place {
    Vendor(Vendor),
    Other(u8),
}

const fn place(lane: Lane) -> Place {
    Place::Other(match lane {
        Lane::Vendor(vendor) => return Place::Vendor(vendor),
        Lane::ImClient => 1,
        Lane::Store => 1 << 1,
        Lane::Logout => 1 << 2,
        Lane::NotificationChannels => 1 << 3,
        Lane::Badge => 1 << 4,
        Lane::Taps => 1 << 5,
        Lane::Observer => 1 << 6,
        Lane::PushEvents => 1 << 7,
    })
}

impl Effect {
    /// Whose call it is.
    pub const fn lane(&self) -> Lane {
        match self {
            Self::RegisterVendor { vendor, .. } | Self::UnregisterVendor { vendor } => Lane::Vendor(*vendor),
            Self::EnsureNotificationChannel { .. } => Lane::NotificationChannels,
            Self::Store { .. } => Lane::Store,
            Self::Report { .. } | Self::EnterForeground { .. } | Self::EnterBackground { .. } => {
                Lane::ImClient
            }
            Self::ReleaseLogout { .. } => Lane::Logout,
            Self::SetBadge { .. } | Self::ClearNotifications => Lane::Badge,
            Self::DeliverTap { .. } => Lane::Taps,
            Self::ReportPushEvents { .. } => Lane::PushEvents,
            Self::Notice(_) => Lane::Observer,
        }
    }
}
