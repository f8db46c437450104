use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::BusinessId;
use crate::vendor::{TokenKind, Vendor};

/// Which of Apple's two services a build talks to. A token of one is no token for the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "Apple runs two environments")]
pub enum AppleEnvironment {
    /// Builds signed for development.
    Development,
    /// `TestFlight` and the App Store.
    Production,
}

/// Where an app is published. Apps that come in two flavours have a second certificate for the overseas one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "Tencent's demo knows two flavours")]
pub enum Market {
    /// Mainland China, and apps with one flavour.
    #[default]
    Domestic,
    /// The overseas flavour (`_ABROAD` in Tencent's demo).
    Overseas,
}

/// What one certificate is for. Only APNs has certificates for VoIP, and for one environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "SlotForm", into = "SlotForm")]
pub struct CertificateSlot {
    vendor: Vendor,
    kind: TokenKind,
    environment: Option<AppleEnvironment>,
    market: Market,
}

impl CertificateSlot {
    /// The standard certificate of a vendor. For APNs it serves both environments.
    pub const fn of(vendor: Vendor) -> Self {
        Self { vendor, kind: TokenKind::Standard, environment: None, market: Market::Domestic }
    }

    /// An APNs certificate of a kind for one environment.
    pub const fn apns(kind: TokenKind, environment: AppleEnvironment) -> Self {
        Self { vendor: Vendor::Apns, kind, environment: Some(environment), market: Market::Domestic }
    }

    /// An APNs certificate for VoIP that serves both environments.
    pub const fn voip() -> Self {
        Self { vendor: Vendor::Apns, kind: TokenKind::Voip, environment: None, market: Market::Domestic }
    }

    /// The same for the overseas flavour of the app.
    #[must_use]
    pub const fn overseas(self) -> Self {
        self.with_market(Market::Overseas)
    }

    /// The same for a flavour of the app.
    #[must_use]
    pub const fn with_market(self, market: Market) -> Self {
        Self { market, ..self }
    }

    /// The same for a kind of tokens; only for APNs.
    pub(super) const fn of_kind(self, kind: TokenKind) -> Self {
        Self { kind, ..self }
    }

    /// The same for one of Apple's environments; only for APNs.
    pub(super) const fn in_environment(self, environment: Option<AppleEnvironment>) -> Self {
        Self { environment, ..self }
    }

    /// Whose certificate it is.
    pub const fn vendor(self) -> Vendor {
        self.vendor
    }

    /// The kind of tokens it is for.
    pub const fn kind(self) -> TokenKind {
        self.kind
    }

    /// The environment it is for; `None` for any.
    pub const fn environment(self) -> Option<AppleEnvironment> {
        self.environment
    }

    /// The flavour of the app that it is for.
    pub const fn market(self) -> Market {
        self.market
    }
}

impl From<Vendor> for CertificateSlot {
    fn from(vendor: Vendor) -> Self {
        Self::of(vendor)
    }
}

impl fmt::Display for CertificateSlot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.vendor)?;
        if self.kind == TokenKind::Voip {
            write!(f, " VoIP")?;
        }
        match self.environment {
            Some(AppleEnvironment::Development) => write!(f, " development")?,
            Some(AppleEnvironment::Production) => write!(f, " production")?,
            None => {}
        }
        match self.market {
            Market::Domestic => Ok(()),
            Market::Overseas => write!(f, " overseas"),
        }
    }
}

/// The business ids of an app.
///
/// ```
/// use tim_offline_push::certificate::{AppleEnvironment, BusinessId, Certificates, CertificateSlot, Market};
/// use tim_offline_push::vendor::{TokenKind, Vendor};
///
/// let certificates = Certificates::new()
///     .with(Vendor::Xiaomi, BusinessId::new(30207)?)
///     .with(Vendor::Huawei, BusinessId::new(30206)?)
///     .with(CertificateSlot::of(Vendor::Huawei).overseas(), BusinessId::new(31206)?)
///     .with(CertificateSlot::apns(TokenKind::Voip, AppleEnvironment::Production), BusinessId::new(30301)?);
///
/// let id = |vendor, market| {
///     certificates.business_id(vendor, TokenKind::Standard, AppleEnvironment::Production, market)
/// };
/// assert_eq!(id(Vendor::Huawei, Market::Overseas), Some(BusinessId::new(31206)?));
/// // One flavour only: its certificate serves both.
/// assert_eq!(id(Vendor::Xiaomi, Market::Overseas), Some(BusinessId::new(30207)?));
/// // A VoIP certificate never stands in for a standard one.
/// assert_eq!(id(Vendor::Apns, Market::Domestic), None);
/// # Ok::<(), tim_offline_push::certificate::BusinessIdError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Vec<Entry>", into = "Vec<Entry>")]
pub struct Certificates {
    ids: BTreeMap<CertificateSlot, BusinessId>,
}

impl Certificates {
    /// No certificate.
    pub fn new() -> Self {
        Self::default()
    }

    /// With this id; it takes the place of an earlier one for the same slot.
    #[must_use]
    pub fn with(mut self, slot: impl Into<CertificateSlot>, id: BusinessId) -> Self {
        self.insert(slot, id);
        self
    }

    /// Adds an id and returns the one it takes the place of.
    pub fn insert(&mut self, slot: impl Into<CertificateSlot>, id: BusinessId) -> Option<BusinessId> {
        self.ids.insert(slot.into(), id)
    }

    /// The id under which a token of `vendor` is reported.
    ///
    /// An id for the overseas flavour serves only that flavour; a domestic one also serves the overseas flavour if that
    /// has none. An id for one of Apple's environments serves only that environment; one without serves both.
    /// `environment` matters to APNs alone.
    pub fn business_id(
        &self,
        vendor: Vendor,
        kind: TokenKind,
        environment: AppleEnvironment,
        market: Market,
    ) -> Option<BusinessId> {
        let markets = match market {
            Market::Domestic => [Market::Domestic].as_slice(),
            Market::Overseas => &[Market::Overseas, Market::Domestic],
        };
        markets.iter().find_map(|market| {
            [Some(environment), None].into_iter().find_map(|environment| {
                self.ids.get(&CertificateSlot { vendor, kind, environment, market: *market }).copied()
            })
        })
    }

    /// The vendors with any certificate, each once.
    pub fn vendors(&self) -> impl Iterator<Item = Vendor> + '_ {
        Vendor::ALL.into_iter().filter(|vendor| self.ids.keys().any(|slot| slot.vendor == *vendor))
    }

    /// Every slot and its id.
    pub fn iter(&self) -> impl Iterator<Item = (CertificateSlot, BusinessId)> + '_ {
        self.ids.iter().map(|(slot, id)| (*slot, *id))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }
}

/// A slot that cannot be: VoIP or an environment for a vendor other than APNs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("only APNs has certificates for VoIP or for one environment, {vendor} has not")]
#[non_exhaustive]
pub struct CertificateSlotError {
    /// The vendor that has none.
    pub vendor: Vendor,
}

/// The serde form of a slot.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct SlotForm {
    vendor: Vendor,
    #[serde(default)]
    kind: TokenKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    environment: Option<AppleEnvironment>,
    #[serde(default)]
    market: Market,
}

impl TryFrom<SlotForm> for CertificateSlot {
    type Error = CertificateSlotError;

    fn try_from(form: SlotForm) -> Result<Self, CertificateSlotError> {
        let SlotForm { vendor, kind, environment, market } = form;
        if vendor != Vendor::Apns && (kind != TokenKind::Standard || environment.is_some()) {
            return Err(CertificateSlotError { vendor });
        }
        Ok(Self { vendor, kind, environment, market })
    }
}

impl From<CertificateSlot> for SlotForm {
    fn from(slot: CertificateSlot) -> Self {
        let CertificateSlot { vendor, kind, environment, market } = slot;
        Self { vendor, kind, environment, market }
    }
}

/// The serde form of the whole: a list.
#[derive(Serialize, Deserialize)]
struct Entry {
    #[serde(flatten)]
    slot: CertificateSlot,
    id: BusinessId,
}

impl From<Vec<Entry>> for Certificates {
    fn from(entries: Vec<Entry>) -> Self {
        Self { ids: entries.into_iter().map(|entry| (entry.slot, entry.id)).collect() }
    }
}

impl From<Certificates> for Vec<Entry> {
    fn from(certificates: Certificates) -> Self {
        certificates.iter().map(|(slot, id)| Entry { slot, id }).collect()
    }
}

impl CertificateSlotError {
    /// A stable short name, for bridges.
    pub const fn code(&self) -> &'static str {
        "unknown_certificate_slot"
    }
}
