use serde::{Deserialize, Serialize};

/// What a host found out by asking a service whether it is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "a question has a yes, a no and no answer")]
pub enum Probe {
    /// Nobody asked, or the answer did not come.
    #[default]
    Unknown,
    /// It is there.
    Available {
        /// Its version code, if the host knows it (HMS: 20401300 is 2.4.1.300).
        version: Option<u64>,
    },
    /// It is not there, or said that it cannot.
    Unavailable,
}

impl Probe {
    /// It is there, in an unknown version.
    pub const AVAILABLE: Self = Self::Available { version: None };

    /// The answer of a probe that says yes or no.
    pub const fn of(available: bool) -> Self {
        if available { Self::AVAILABLE } else { Self::Unavailable }
    }
}

impl From<Option<bool>> for Probe {
    fn from(answer: Option<bool>) -> Self {
        answer.map_or(Self::Unknown, Self::of)
    }
}

/// A service on a phone that a host can ask after, and the call that does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Service {
    /// HMS Core: `HuaweiApiAvailability.isHuaweiMobileServicesAvailable`, with its version code.
    Hms,
    /// Honor Push: `HonorPushClient.checkSupportHonorPush`.
    Honor,
    /// HeyTap push: `HeytapPushManager.isSupportPush`, after `init`.
    Oppo,
    /// vivo push: `PushClient.isSupport`.
    Vivo,
    /// Flyme push: `MzSystemUtils.isBrandMeizu`.
    Meizu,
    /// Google Play services: `GoogleApiAvailability.isGooglePlayServicesAvailable`.
    PlayServices,
}
