//! How long a token lives, and what makes another one.

use std::time::Duration;

use serde::Serialize;

use super::{Source, Vendor};

/// What is documented of the life of a channel's tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Lifetime {
    /// Which channel.
    pub vendor: Vendor,
    /// After so long without a connection to the vendor, pushes are not delivered (any more).
    pub quiet_after: Option<Duration>,
    /// After so long without one, the token itself is dead.
    pub dead_after: Option<Duration>,
    /// What makes another token.
    pub changes_with: &'static str,
    /// What the token survives; empty if nothing is documented.
    pub survives: &'static str,
    /// Where this stands.
    pub source: Source,
}

/// What is documented of the life of a channel's tokens.
///
/// ```
/// use std::time::Duration;
/// use tim_offline_push::vendor::{Vendor, lifetime};
///
/// let week = Duration::from_secs(7 * 24 * 3600);
/// assert_eq!(lifetime(Vendor::Vivo).and_then(|vivo| vivo.dead_after), Some(week));
/// assert_eq!(lifetime(Vendor::Xiaomi).and_then(|xiaomi| xiaomi.dead_after), None);
/// ```
pub fn lifetime(vendor: Vendor) -> Option<&'static Lifetime> {
    LIFETIMES.iter().find(|lifetime| lifetime.vendor == vendor)
}

/// Every channel of whose tokens something is documented. Xiaomi and Honor document nothing that could be found.
pub const LIFETIMES: &[Lifetime] = &[
    Lifetime {
        vendor: Vendor::Huawei,
        quiet_after: Some(days(30)),
        dead_after: None,
        changes_with: "reinstallation, cleared app data, factory reset, deleteToken, expiry at the server",
        survives: "another HUAWEI ID",
        source: Source::read(
            "https://developer.huawei.com/consumer/en/doc/hmscore-guides/android-client-dev-0000001050042041",
        ),
    },
    Lifetime {
        vendor: Vendor::Oppo,
        quiet_after: Some(days(30)),
        dead_after: None,
        changes_with: "nothing is documented",
        survives: "",
        source: Source::read("https://www.zybuluo.com/RitcheeQinG/note/1697483"),
    },
    Lifetime {
        vendor: Vendor::Vivo,
        quiet_after: None,
        dead_after: Some(days(7)),
        changes_with: "reinstallation, cleared app data, turnOffPush: the id is made of device, app and time",
        survives: "",
        source: Source::PUBLIC_CODE,
    },
    Lifetime {
        vendor: Vendor::Meizu,
        quiet_after: None,
        dead_after: None,
        changes_with: "tools that clone a phone may leave another phone's id",
        survives: "reinstallation, Meizu says",
        source: Source::read("https://blog.csdn.net/weixin_34358092/article/details/85983979"),
    },
    Lifetime {
        vendor: Vendor::Fcm,
        quiet_after: Some(days(30)),
        dead_after: Some(days(270)),
        changes_with: "restoration on another device, reinstallation, cleared app data, deleteToken, a reset by the server",
        survives: "",
        source: Source::read("https://firebase.google.com/docs/cloud-messaging/manage-tokens"),
    },
    Lifetime {
        vendor: Vendor::Apns,
        quiet_after: None,
        dead_after: None,
        changes_with: "restoration on another device, reinstallation of the system or the app; ask at every launch",
        survives: "",
        source: Source::read(
            "https://developer.apple.com/documentation/uikit/uiapplicationdelegate/application(_:didregisterforremotenotificationswithdevicetoken:)",
        ),
    },
    Lifetime {
        vendor: Vendor::HarmonyOs,
        quiet_after: None,
        dead_after: None,
        changes_with: "reinstallation, factory reset, deleteToken or deleteAAID and then getToken",
        survives: "another account: it goes on to get the first one's pushes",
        source: Source::read(
            "https://developer.huawei.com/consumer/cn/doc/doccenter-capabilities/push-get-token.md",
        ),
    },
];

const fn days(days: u64) -> Duration {
    Duration::from_secs(days.saturating_mul(24 * 3600))
}
