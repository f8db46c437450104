use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::error_code::error_code;
use crate::vendor::{TokenKind, Vendor};

/// The number of a push certificate in Tencent's console: 1 to 4294967295. Zero means *not configured* there,
/// so it is no id here.
///
/// The width is that of `offline_push_token_business_id` in the C interface (header of `im_electron_sdk`
/// 8.0.5906, read 2026-11-22).
///
/// ```
/// use tim_offline_push::certificate::BusinessId;
///
/// assert_eq!(BusinessId::new(30206)?.as_u32(), 30206);
/// assert_eq!("30206".parse::<BusinessId>()?, BusinessId::new(30206)?);
/// assert!(BusinessId::new(0).is_err());
/// # Ok::<(), tim_offline_push::certificate::BusinessIdError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct BusinessId(NonZeroU32);

impl BusinessId {
    /// The id with this number.
    ///
    /// # Errors
    /// [`BusinessIdError::Zero`].
    pub const fn new(number: u32) -> Result<Self, BusinessIdError> {
        match NonZeroU32::new(number) {
            Some(number) => Ok(Self(number)),
            None => Err(BusinessIdError::Zero),
        }
    }

    /// The number.
    pub const fn as_u32(self) -> u32 {
        self.0.get()
    }
}

impl fmt::Display for BusinessId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for BusinessId {
    type Err = BusinessIdError;

    /// Reads decimal digits; white space around them does not count.
    fn from_str(text: &str) -> Result<Self, BusinessIdError> {
        let text = text.trim();
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = text.parse::<u32>().ok().filter(|_| is_number).ok_or(BusinessIdError::NotANumber)?;
        Self::new(number)
    }
}

/// Why something is no business id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum BusinessIdError {
    /// Zero.
    #[error("business id 0 means that the certificate is not configured")]
    Zero,
    /// A text that is no number from 0 to 4294967295.
    #[error("business id is a number from 1 to 4294967295 in decimal digits")]
    NotANumber,
}

impl BusinessIdError {
    /// A stable short name, for bridges.
    pub fn code(&self) -> String {
        error_code("business_id", self)
    }
}

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[must_use]
pub struct CertificateSlot {
    pub(super) vendor: Vendor,
    pub(super) kind: TokenKind,
    pub(super) environment: Option<AppleEnvironment>,
    pub(super) market: Market,
}

impl CertificateSlot {
    /// The standard certificate of a vendor. For APNs it serves both environments.
    pub const fn of(vendor: Vendor) -> Self {
        Self { vendor, kind: TokenKind::Standard, environment: None, market: Market::Domestic }
    }

    /// An APNs certificate of a kind for one environment.
    pub const fn apns(kind: TokenKind, environment: AppleEnvironment) -> Self {
        Self { kind, environment: Some(environment), ..Self::of(Vendor::Apns) }
    }

    /// An APNs certificate for VoIP that serves both environments.
    pub const fn voip() -> Self {
        Self { kind: TokenKind::Voip, ..Self::of(Vendor::Apns) }
    }

    /// The same for the overseas flavour of the app.
    pub const fn overseas(self) -> Self {
        Self { market: Market::Overseas, ..self }
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
        let kind = if self.kind == TokenKind::Voip { " VoIP" } else { "" };
        let environment = match self.environment {
            Some(AppleEnvironment::Development) => " development",
            Some(AppleEnvironment::Production) => " production",
            None => "",
        };
        let market = if self.market == Market::Overseas { " overseas" } else { "" };
        write!(f, "{}{kind}{environment}{market}", self.vendor)
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
#[serde(try_from = "Vec<Entry>", into = "Vec<Entry>")]
#[must_use]
pub struct Certificates {
    /// In the order of the slots, of which there are few.
    ids: Vec<(CertificateSlot, BusinessId)>,
}

impl Certificates {
    /// No certificate.
    pub fn new() -> Self {
        Self::default()
    }

    /// With this id; it takes the place of an earlier one for the same slot.
    pub fn with(mut self, slot: impl Into<CertificateSlot>, id: BusinessId) -> Self {
        self.insert(slot, id);
        self
    }

    /// Adds an id and returns the one it takes the place of.
    pub fn insert(&mut self, slot: impl Into<CertificateSlot>, id: BusinessId) -> Option<BusinessId> {
        let slot = slot.into();
        let known = self.ids.binary_search_by_key(&slot, |(known, _)| *known);
        let earlier = known.ok().map(|at| self.ids.remove(at).1);
        self.ids.reserve_exact(1);
        self.ids.insert(known.unwrap_or_else(|at| at), (slot, id));
        earlier
    }

    /// Adds the ids for whose slots there is none.
    pub(super) fn fill(&mut self, others: impl IntoIterator<Item = (CertificateSlot, BusinessId)>) {
        for (slot, id) in others {
            if self.ids.iter().all(|(known, _)| *known != slot) {
                self.insert(slot, id);
            }
        }
    }

    /// The id under which a token of `vendor` is reported.
    ///
    /// An id for the overseas flavour serves only that flavour; a domestic one also serves the overseas
    /// flavour if that has none. An id for one of Apple's environments serves only that environment; one
    /// without serves both. `environment` matters to APNs alone.
    pub fn business_id(
        &self,
        vendor: Vendor,
        kind: TokenKind,
        environment: AppleEnvironment,
        market: Market,
    ) -> Option<BusinessId> {
        let serves = |slot: &CertificateSlot| {
            (slot.vendor, slot.kind) == (vendor, kind)
                && slot.environment.is_none_or(|own| own == environment)
                && slot.market <= market
        };
        let ids = self.ids.iter().filter(|(slot, _)| serves(slot));
        ids.max_by_key(|(slot, _)| (slot.market, slot.environment)).map(|(_, id)| *id)
    }

    /// The vendors with any certificate, each once.
    pub fn vendors(&self) -> impl Iterator<Item = Vendor> + '_ {
        Vendor::ALL.iter().copied().filter(|vendor| self.ids.iter().any(|(slot, _)| slot.vendor == *vendor))
    }

    /// Every slot and its id.
    pub fn iter(&self) -> impl Iterator<Item = (CertificateSlot, BusinessId)> + '_ {
        self.ids.iter().copied()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }
}

/// The serde form of the whole is a list of these.
#[derive(Serialize, Deserialize)]
struct Entry {
    vendor: Vendor,
    #[serde(default)]
    kind: TokenKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    environment: Option<AppleEnvironment>,
    #[serde(default)]
    market: Market,
    id: BusinessId,
}

impl TryFrom<Vec<Entry>> for Certificates {
    type Error = String;

    fn try_from(entries: Vec<Entry>) -> Result<Self, String> {
        let mut all = Self::new();
        for Entry { vendor, kind, environment, market, id } in entries {
            if vendor != Vendor::Apns && (kind != TokenKind::Standard || environment.is_some()) {
                return Err(format!(
                    "only APNs has certificates for VoIP or for one environment, {vendor} has not"
                ));
            }
            all.insert(CertificateSlot { vendor, kind, environment, market }, id);
        }
        Ok(all)
    }
}

impl From<Certificates> for Vec<Entry> {
    fn from(all: Certificates) -> Self {
        let entry = |(slot, id)| {
            let CertificateSlot { vendor, kind, environment, market } = slot;
            Entry { vendor, kind, environment, market, id }
        };
        all.ids.into_iter().map(entry).collect()
    }
}
