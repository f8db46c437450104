use serde::{Deserialize, Serialize};

use super::identity::Identity;
use super::system::Edition;
use super::{Properties, PropertiesError};
use crate::vendor::{Family, Vendor};

/// What is known of a device: what its properties say, and what the host's probes found. Small and `Copy`.
/// The default is an Android phone of which nothing is known.
///
/// ```
/// use tim_offline_push::device::{DeviceFacts, ElectionPolicy, Probe, Service, elect};
/// use tim_offline_push::vendor::Vendor;
///
/// let facts = DeviceFacts::from_getprop("[ro.product.brand]: [meizu]\n[ro.product.manufacturer]: [meizu]")?;
/// assert_eq!(elect(&facts, &ElectionPolicy::default()).first(), Some(Vendor::Meizu));
///
/// let without = facts.with_probe(Service::Meizu, Probe::Unavailable);
/// assert_eq!(elect(&without, &ElectionPolicy::default()).first(), Some(Vendor::Fcm));
/// # Ok::<(), tim_offline_push::device::PropertiesError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[must_use]
pub struct DeviceFacts {
    pub(crate) platform: Platform,
    pub(super) identity: Identity,
    /// The answers in the order of [`Service`].
    probes: [Probe; 6],
    pub(super) global_miui: Option<bool>,
    pub(super) overseas: Option<bool>,
}

/// What kind of system a device runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Platform {
    /// Android, and HarmonyOS up to 4, which runs Android apps.
    #[default]
    Android,
    /// iOS and the systems beside it.
    Apple,
    /// HarmonyOS NEXT.
    HarmonyOs,
}

impl Platform {
    /// The system that a vendor serves.
    pub(crate) fn of(vendor: Vendor) -> Self {
        let others = [(Vendor::Apns, Self::Apple), (Vendor::HarmonyOs, Self::HarmonyOs)];
        others.iter().find(|(own, _)| *own == vendor).map_or(Self::Android, |(_, system)| *system)
    }
}

impl DeviceFacts {
    /// A phone that runs Android and says this of itself.
    pub fn android(properties: &Properties) -> Self {
        Self { identity: Identity::of(properties), ..Self::default() }
    }

    /// A phone that runs Android and whose dump of properties is this. See [`Properties::parse`].
    ///
    /// # Errors
    /// [`PropertiesError`].
    pub fn from_getprop(text: &str) -> Result<Self, PropertiesError> {
        Properties::parse(text).map(|properties| Self::android(&properties))
    }

    /// A device that runs iOS or a system beside it.
    pub fn apple() -> Self {
        Self { platform: Platform::Apple, ..Self::default() }
    }

    /// A device that runs HarmonyOS NEXT.
    pub fn harmony_os() -> Self {
        Self { platform: Platform::HarmonyOs, ..Self::default() }
    }

    /// The Android API level, if the properties state it.
    pub const fn android_api(&self) -> Option<u32> {
        self.identity.api
    }

    /// With the answer of a probe.
    pub fn with_probe(mut self, service: Service, probe: Probe) -> Self {
        if let Some(known) = self.probes.get_mut(place(service)) {
            *known = probe;
        }
        self
    }

    /// The answer of a probe.
    pub fn probe(&self, service: Service) -> Probe {
        self.probes.get(place(service)).copied().unwrap_or_default()
    }

    /// With the value of `miui.os.Build.IS_GLOBAL_BUILD`, which goes before what the properties say.
    pub const fn with_global_miui(self, global: bool) -> Self {
        Self { global_miui: Some(global), ..self }
    }

    /// Whether the phone is used outside mainland China. If so, the overseas profile holds whatever the
    /// policy says.
    pub const fn with_overseas(self, overseas: bool) -> Self {
        Self { overseas: Some(overseas), ..self }
    }

    /// The vendor of the phone's family, if its properties or its platform name one. It need not be the one
    /// that is elected.
    pub const fn family(&self) -> Option<Vendor> {
        use Family::{Contradictory, Custom, Google, NoVendor, Unknown};
        match self.platform {
            Platform::Apple => Some(Vendor::Apns),
            Platform::HarmonyOs => Some(Vendor::HarmonyOs),
            Platform::Android => match self.identity.family {
                Family::Xiaomi => Some(Vendor::Xiaomi),
                Family::Huawei | Family::Honor | Family::HarmonyContainer => Some(Vendor::Huawei),
                Family::Oppo | Family::OnePlus => Some(Vendor::Oppo),
                Family::Vivo => Some(Vendor::Vivo),
                Family::Meizu => Some(Vendor::Meizu),
                Unknown | NoVendor | Google | Contradictory | Custom => None,
            },
        }
    }

    /// For whom the system is built: the host's answer about MIUI, else the properties'. With the property
    /// that says so, empty for the host.
    pub(super) const fn edition(&self) -> Option<(Edition, &'static str)> {
        match (self.global_miui, self.identity.family) {
            (Some(true), Family::Xiaomi) => Some((Edition::Global, "")),
            (Some(false), Family::Xiaomi) => Some((Edition::Mainland, "")),
            _ => self.identity.edition,
        }
    }
}

/// Where the answer about a service stands in [`DeviceFacts::probes`].
#[expect(clippy::as_conversions, reason = "the place of a variant in its enum")]
const fn place(service: Service) -> usize {
    service as usize
}

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
