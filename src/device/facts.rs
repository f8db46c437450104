use std::fmt;

use super::identity::{Family, Identity};
use super::miui::Edition;
use super::{Probe, Properties, PropertiesError, Service};
use crate::vendor::Vendor;

/// What is known of a device: what its properties say, and what the host's probes found. Small and `Copy`.
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DeviceFacts {
    pub(super) platform: Platform,
    pub(super) identity: Identity,
    pub(super) hms: Probe,
    pub(super) honor: Probe,
    pub(super) oppo: Probe,
    pub(super) vivo: Probe,
    pub(super) meizu: Probe,
    pub(super) play_services: Probe,
    pub(super) global_miui: Option<bool>,
    pub(super) overseas: Option<bool>,
}

/// What kind of system a device runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Platform {
    /// Android, and HarmonyOS up to 4, which runs Android apps.
    Android,
    /// iOS and the systems beside it.
    Apple,
    /// HarmonyOS NEXT.
    HarmonyOs,
}

impl Default for DeviceFacts {
    /// An Android phone of which nothing is known.
    fn default() -> Self {
        Self::on(Platform::Android)
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
    pub const fn apple() -> Self {
        Self::on(Platform::Apple)
    }

    /// A device that runs HarmonyOS NEXT.
    pub const fn harmony_os() -> Self {
        Self::on(Platform::HarmonyOs)
    }

    /// What kind of system it runs.
    pub const fn platform(&self) -> Platform {
        self.platform
    }

    /// The Android API level, where the properties tell it.
    pub const fn android_api(&self) -> Option<u32> {
        self.identity.api
    }

    /// With the answer of a probe.
    #[must_use]
    pub const fn with_probe(mut self, service: Service, probe: Probe) -> Self {
        match service {
            Service::Hms => self.hms = probe,
            Service::Honor => self.honor = probe,
            Service::Oppo => self.oppo = probe,
            Service::Vivo => self.vivo = probe,
            Service::Meizu => self.meizu = probe,
            Service::PlayServices => self.play_services = probe,
        }
        self
    }

    /// The answer of a probe.
    pub const fn probe(&self, service: Service) -> Probe {
        match service {
            Service::Hms => self.hms,
            Service::Honor => self.honor,
            Service::Oppo => self.oppo,
            Service::Vivo => self.vivo,
            Service::Meizu => self.meizu,
            Service::PlayServices => self.play_services,
        }
    }

    /// With the value of `miui.os.Build.IS_GLOBAL_BUILD`, which goes before what the properties say.
    #[must_use]
    pub const fn with_global_miui(self, global: bool) -> Self {
        Self { global_miui: Some(global), ..self }
    }

    /// Whether the phone is used outside mainland China. If so, the overseas profile holds whatever the policy says.
    #[must_use]
    pub const fn with_overseas(self, overseas: bool) -> Self {
        Self { overseas: Some(overseas), ..self }
    }

    /// The channel of the phone's family, if its properties or its platform name one. It need not be the one that is
    /// elected.
    pub const fn family(&self) -> Option<Vendor> {
        match self.platform {
            Platform::Apple => Some(Vendor::Apns),
            Platform::HarmonyOs => Some(Vendor::HarmonyOs),
            Platform::Android => match self.identity.family {
                Family::Xiaomi => Some(Vendor::Xiaomi),
                Family::Huawei | Family::HarmonyContainer => Some(Vendor::Huawei),
                Family::Oppo | Family::OnePlus => Some(Vendor::Oppo),
                Family::Vivo => Some(Vendor::Vivo),
                Family::Meizu => Some(Vendor::Meizu),
                Family::Unknown | Family::NoChannel | Family::Contradictory => None,
            },
        }
    }

    /// Whether MIUI is the global edition: the host's answer, else the properties'. With the property that says so,
    /// empty for the host.
    pub(super) const fn global_edition(&self) -> Option<(bool, &'static str)> {
        match (self.global_miui, self.identity.edition) {
            (Some(global), _) => Some((global, "")),
            (None, Some((edition, property))) => Some((matches!(edition, Edition::Global), property)),
            (None, None) => None,
        }
    }

    const fn on(platform: Platform) -> Self {
        Self {
            platform,
            identity: Identity::UNKNOWN,
            hms: Probe::Unknown,
            honor: Probe::Unknown,
            oppo: Probe::Unknown,
            vivo: Probe::Unknown,
            meizu: Probe::Unknown,
            play_services: Probe::Unknown,
            global_miui: None,
            overseas: None,
        }
    }
}

impl fmt::Display for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Android => "Android",
            Self::Apple => "Apple",
            Self::HarmonyOs => "HarmonyOS",
        })
    }
}
