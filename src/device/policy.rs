use crate::certificate::{Certificates, Market};
use crate::vendor::{Vendor, VendorSet};

/// What an app decides about its push channels.
///
/// ```
/// use tim_offline_push::device::ElectionPolicy;
/// use tim_offline_push::vendor::Vendor;
///
/// let policy = ElectionPolicy::default().with_configured([Vendor::Xiaomi, Vendor::Fcm]).with_fcm_preferred(true);
/// assert!(policy.prefers_fcm());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ElectionPolicy {
    pub(super) configured: VendorSet,
    pub(super) wired: VendorSet,
    pub(super) overriding: Option<Vendor>,
    pub(super) prefer_fcm: bool,
    pub(super) market: Market,
}

impl Default for ElectionPolicy {
    /// Every channel configured and wired, no override, the domestic profile.
    fn default() -> Self {
        Self {
            configured: VendorSet::ALL,
            wired: VendorSet::ALL,
            overriding: None,
            prefer_fcm: false,
            market: Market::Domestic,
        }
    }
}

impl ElectionPolicy {
    /// With the channels that have a certificate.
    #[must_use]
    pub fn with_configured(self, vendors: impl IntoIterator<Item = Vendor>) -> Self {
        Self { configured: vendors.into_iter().collect(), ..self }
    }

    /// With the channels that have a certificate in `certificates`.
    #[must_use]
    pub fn with_certificates(self, certificates: &Certificates) -> Self {
        self.with_configured(certificates.vendors())
    }

    /// With the channels whose SDK the host has wired.
    #[must_use]
    pub fn with_wired(self, vendors: impl IntoIterator<Item = Vendor>) -> Self {
        Self { wired: vendors.into_iter().collect(), ..self }
    }

    /// With a channel that goes first whatever the phone says.
    #[must_use]
    pub const fn with_override(self, vendor: Option<Vendor>) -> Self {
        Self { overriding: vendor, ..self }
    }

    /// Whether FCM goes before the phone's own channel (TIMPush: `forceUseFCMPushChannel`).
    #[must_use]
    pub const fn with_fcm_preferred(self, prefer_fcm: bool) -> Self {
        Self { prefer_fcm, ..self }
    }

    /// With the flavour of the app. Overseas, Tencent serves FCM, Huawei, OPPO and APNs only.
    #[must_use]
    pub const fn with_market(self, market: Market) -> Self {
        Self { market, ..self }
    }

    /// Whether FCM goes first.
    pub const fn prefers_fcm(&self) -> bool {
        self.prefer_fcm
    }

    /// The flavour of the app.
    pub const fn market(&self) -> Market {
        self.market
    }
}
