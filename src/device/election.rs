use std::fmt;

use serde::Serialize;

use super::{Acceptance, Refusal};
use crate::certificate::Market;
use crate::vendor::Vendor;

/// The channels of a device in rank order, each with its eligibility. Made by [`elect`](super::elect).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Election {
    candidates: Vec<Candidate>,
    market: Market,
}

impl Election {
    pub(super) const fn new(candidates: Vec<Candidate>, market: Market) -> Self {
        Self { candidates, market }
    }

    /// Every channel once: the accepted ones in rank order, then the refused ones.
    pub fn candidates(&self) -> &[Candidate] {
        &self.candidates
    }

    /// The channels to try, best first.
    pub fn accepted(&self) -> impl Iterator<Item = Vendor> + '_ {
        self.candidates.iter().filter(|candidate| candidate.is_accepted()).map(Candidate::vendor)
    }

    /// The best channel; `None` if the device is unsupported: then each candidate says why.
    pub fn first(&self) -> Option<Vendor> {
        self.accepted().next()
    }

    /// The eligibility on a channel.
    pub fn eligibility(&self, vendor: Vendor) -> Option<Eligibility> {
        self.candidates.iter().find(|candidate| candidate.vendor == vendor).map(Candidate::eligibility)
    }

    /// The profile that was applied: overseas if the policy or the device's facts say so.
    pub const fn market(&self) -> Market {
        self.market
    }
}

impl fmt::Display for Election {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.first() {
            Some(vendor) => write!(f, "elected: {vendor}")?,
            None => write!(f, "unsupported: no channel can serve this device")?,
        }
        self.candidates.iter().try_for_each(|candidate| write!(f, "\n  {candidate}"))
    }
}

/// A channel and the eligibility on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Candidate {
    vendor: Vendor,
    eligibility: Eligibility,
}

impl Candidate {
    pub(super) const fn new(vendor: Vendor, eligibility: Eligibility) -> Self {
        Self { vendor, eligibility }
    }

    /// The channel.
    pub const fn vendor(&self) -> Vendor {
        self.vendor
    }

    /// The eligibility with its reason.
    pub const fn eligibility(&self) -> Eligibility {
        self.eligibility
    }

    /// Whether the channel is to be tried.
    pub const fn is_accepted(&self) -> bool {
        matches!(self.eligibility, Eligibility::Accepted(_))
    }
}

impl fmt::Display for Candidate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.vendor, self.eligibility)
    }
}

/// Whether a channel is to be tried, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "a candidate is accepted or refused")]
pub enum Eligibility {
    /// To be tried.
    Accepted(Acceptance),
    /// Not to be tried.
    Refused(Refusal),
}

impl fmt::Display for Eligibility {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Accepted(why) => write!(f, "accepted: {why}"),
            Self::Refused(why) => write!(f, "refused: {why}"),
        }
    }
}
