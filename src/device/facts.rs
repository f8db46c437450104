use super::{Probe, Properties, PropertiesError, Service};
use crate::vendor::Vendor;

/// What is known of a device: what its properties say, and what the host's probes found. Small and `Copy`.
///
/// ```
/// use tim_offline_push::device::{DeviceFacts, ElectionPolicy, elect};
/// use tim_offline_push::vendor::Vendor;
///
/// let facts = DeviceFacts::from_getprop("[ro.product.brand]: [meizu]\n[ro.product.manufacturer]: [meizu]")?;
/// assert_eq!(elect(&facts, &ElectionPolicy::default()).first(), Some(Vendor::Meizu));
/// # Ok::<(), tim_offline_push::device::PropertiesError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DeviceFacts {
    pub(super) platform: Platform,
    pub(super) family: Option<Vendor>,
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

impl DeviceFacts {
    /// A phone that runs Android and says this of itself.
    pub fn android(properties: &Properties) -> Self {
        let says = |name: &str| {
            ["ro.product.brand", "ro.product.manufacturer"]
                .into_iter()
                .filter_map(|key| properties.value(key))
                .any(|value| value.eq_ignore_ascii_case(name))
        };
        let family = [
            ("xiaomi", Vendor::Xiaomi),
            ("huawei", Vendor::Huawei),
            ("honor", Vendor::Honor),
            ("oppo", Vendor::Oppo),
            ("vivo", Vendor::Vivo),
            ("meizu", Vendor::Meizu),
        ]
        .into_iter()
        .find_map(|(name, vendor)| says(name).then_some(vendor));
        Self { family, ..Self::on(Platform::Android) }
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

    /// With the value of `miui.os.Build.IS_GLOBAL_BUILD`.
    #[must_use]
    pub const fn with_global_miui(self, global: bool) -> Self {
        Self { global_miui: Some(global), ..self }
    }

    /// Whether the phone is used outside mainland China.
    #[must_use]
    pub const fn with_overseas(self, overseas: bool) -> Self {
        Self { overseas: Some(overseas), ..self }
    }

    const fn on(platform: Platform) -> Self {
        Self {
            platform,
            family: None,
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
