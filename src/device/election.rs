use std::fmt;

use serde::Serialize;

use crate::vendor::Vendor;

/// The channels of a device in rank order, each with its verdict. Made by [`elect`](super::elect).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Election {
    candidates: Vec<Candidate>,
}

impl Election {
    pub(super) fn new(candidates: Vec<Candidate>) -> Self {
        Self { candidates }
    }

    /// Every channel once: the accepted ones in rank order, then the refused ones.
    pub fn candidates(&self) -> &[Candidate] {
        &self.candidates
    }

    /// The channels to try, best first.
    pub fn accepted(&self) -> impl Iterator<Item = Vendor> + '_ {
        self.candidates.iter().filter(|candidate| candidate.is_accepted()).map(Candidate::vendor)
    }

    /// The best channel; `None` if the device has none.
    pub fn first(&self) -> Option<Vendor> {
        self.accepted().next()
    }
}

impl fmt::Display for Election {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, candidate) in self.candidates.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            candidate.fmt(f)?;
        }
        Ok(())
    }
}

/// A channel and the verdict on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Candidate {
    vendor: Vendor,
    verdict: Verdict,
}

impl Candidate {
    pub(super) const fn new(vendor: Vendor, verdict: Verdict) -> Self {
        Self { vendor, verdict }
    }

    /// The channel.
    pub const fn vendor(&self) -> Vendor {
        self.vendor
    }

    /// The verdict with its reason.
    pub const fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// Whether the channel is to be tried.
    pub const fn is_accepted(&self) -> bool {
        matches!(self.verdict, Verdict::Accepted(_))
    }
}

impl fmt::Display for Candidate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.vendor, self.verdict)
    }
}

/// Whether a channel is to be tried, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "a candidate is accepted or refused")]
pub enum Verdict {
    /// To be tried.
    Accepted(Acceptance),
    /// Not to be tried.
    Refused(Refusal),
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Accepted(why) => write!(f, "accepted: {why}"),
            Self::Refused(why) => write!(f, "refused: {why}"),
        }
    }
}

/// Why a channel is to be tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Acceptance {
    /// The phone is of the channel's family.
    Family,
    /// FCM serves every phone with Play services.
    Fallback,
}

impl fmt::Display for Acceptance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Family => "the phone is of this family",
            Self::Fallback => "serves every phone with Play services",
        })
    }
}

/// Why a channel is not to be tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Refusal {
    /// No certificate.
    NotConfigured,
    /// No SDK.
    NotWired,
    /// The phone is of another family.
    OtherFamily,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotConfigured => "no certificate is configured",
            Self::NotWired => "no SDK is wired",
            Self::OtherFamily => "the phone is of another family",
        })
    }
}
