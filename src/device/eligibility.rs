use std::fmt;

use serde::Serialize;
use thiserror::Error;

use crate::certificate::Market;
use crate::vendor::Vendor;

/// The vendors in rank order for a device, each with its eligibility. Made by [`elect`](fn@super::elect).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Election {
    /// Every vendor once: the accepted ones in rank order, then the refused ones.
    pub candidates: Vec<Candidate>,
    /// The profile that was applied: overseas if the policy or the device's facts say so.
    pub market: Market,
}

impl Election {
    /// The vendors to try, best first.
    pub fn accepted(&self) -> impl Iterator<Item = Vendor> + '_ {
        self.candidates.iter().filter(|candidate| candidate.is_accepted()).map(|candidate| candidate.vendor)
    }

    /// The best vendor; `None` if the device is unsupported: then each candidate says why.
    pub fn first(&self) -> Option<Vendor> {
        self.accepted().next()
    }

    /// Whether a vendor is to be tried, and why.
    pub fn eligibility(&self, vendor: Vendor) -> Option<Eligibility> {
        let own = self.candidates.iter().find(|candidate| candidate.vendor == vendor);
        own.map(|candidate| candidate.eligibility)
    }
}

impl fmt::Display for Election {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.first() {
            Some(vendor) => write!(f, "elected: {vendor}")?,
            None => write!(f, "unsupported: no vendor can serve this device")?,
        }
        self.candidates.iter().try_for_each(|candidate| write!(f, "\n  {candidate}"))
    }
}

/// A vendor and its eligibility.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Candidate {
    /// The vendor.
    pub vendor: Vendor,
    /// Whether it is to be tried, and why.
    pub eligibility: Eligibility,
}

impl Candidate {
    /// Whether the vendor is to be tried.
    pub const fn is_accepted(&self) -> bool {
        matches!(self.eligibility, Eligibility::Accepted(_))
    }
}

impl fmt::Display for Candidate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.vendor, self.eligibility)
    }
}

/// Whether a vendor is to be tried, and why.
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

/// Why a vendor is to be tried. `property` names the Android property that says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Acceptance {
    /// The app puts it first.
    Overriding,
    /// The app prefers FCM to the phone's own vendor.
    FcmPreferred,
    /// The system has one push service, and this is it.
    Platform,
    /// The phone is of the vendor's family.
    Family {
        /// What says so.
        property: &'static str,
    },
    /// The phone is of the vendor's family, of which not every model has the service, and nobody has asked.
    Unprobed {
        /// What names the family.
        property: &'static str,
    },
    /// The host's probe found the service.
    Probed,
    /// A Xiaomi phone whose system is the edition for mainland China.
    MainlandMiui {
        /// What says so; empty if the host does.
        property: &'static str,
    },
    /// An Honor phone with a service of Honor's own.
    HonorService {
        /// What says so.
        property: &'static str,
    },
    /// An Honor phone from before Honor's own service, which uses HMS.
    BeforeHonorService {
        /// What says so.
        property: &'static str,
    },
    /// An Honor phone of an unknown age: this is the second of its two possible vendors.
    EitherHonorOrHms,
    /// HarmonyOS NEXT runs the app in a container; HMS may or may not be behind it.
    Container {
        /// What says so.
        property: &'static str,
    },
    /// Every phone with Play services.
    EveryPhone,
    /// HMS on a phone of another maker, where nothing better is left.
    ForeignHms,
    /// A Xiaomi or vivo phone for outside mainland China, where nothing better is left.
    OverseasEdition {
        /// What says so.
        property: &'static str,
    },
    /// OPPO's service on a OnePlus phone with a system for abroad, where nothing better is left.
    GlobalOnePlus,
    /// Honor's probe says no, but is known to say so on phones that have the service.
    ProbeInDoubt,
}

impl fmt::Display for Acceptance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (words, property) = match *self {
            Self::Overriding => ("the app puts it first", None),
            Self::FcmPreferred => ("the app prefers FCM", None),
            Self::Platform => ("it is the system's own push service", None),
            Self::Family { property } => ("the phone is of this family", Some(property)),
            Self::Unprobed { property } => (
                "the phone is of this family, of which not every model has the service: probe it",
                Some(property),
            ),
            Self::Probed => ("the host's probe found the service", None),
            Self::MainlandMiui { property } => ("MIUI is the edition for mainland China", Some(property)),
            Self::HonorService { property } => ("an Honor phone with Honor's own service", Some(property)),
            Self::BeforeHonorService { property } => {
                ("an Honor phone from before Honor's own service: HMS serves it", Some(property))
            }
            Self::EitherHonorOrHms => ("an Honor phone of unknown age: it may be this one", None),
            Self::Container { property } => (
                "HarmonyOS NEXT runs the app in a container, and HMS may be behind it: probe it",
                Some(property),
            ),
            Self::EveryPhone => ("serves every phone with Play services", None),
            Self::ForeignHms => ("HMS is installed on a phone of another maker: the last resort", None),
            Self::OverseasEdition { property } => (
                "an edition for outside mainland China may lack the service: the last resort",
                Some(property),
            ),
            Self::GlobalOnePlus => {
                ("a OnePlus phone for abroad may have OPPO's service: the last resort", None)
            }
            Self::ProbeInDoubt => {
                ("the host's probe says no, as it wrongly does on some Honor phones: the last resort", None)
            }
        };
        f.write_str(words)?;
        property.map_or(Ok(()), |property| write!(f, " ({})", evidence(property)))
    }
}

/// What says so: a property, or the host.
const fn evidence(property: &'static str) -> &'static str {
    if property.is_empty() { "the host's probe" } else { property }
}

/// Why a vendor is not to be tried. `property` names the Android property that says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Error)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Refusal {
    /// The app has no certificate for it.
    #[error("no certificate is configured")]
    NotConfigured,
    /// The host has not wired its SDK.
    #[error("no SDK is wired")]
    NotWired,
    /// It serves another system.
    #[error("it serves another system")]
    OtherPlatform,
    /// The phone is of another family.
    #[error("the phone is of another family")]
    OtherFamily,
    /// The host's probe says that the service is not there.
    #[error("the host's probe did not find the service")]
    Unavailable,
    /// HMS Core is older than Tencent's document asks for.
    #[error("HMS Core {version} is older than {required}")]
    OldHms {
        /// The version code found.
        version: u64,
        /// The least that serves.
        required: u64,
    },
    /// Android is older than FCM asks for.
    #[error("Android API level {api} is below {required}")]
    OldAndroid {
        /// The API level found.
        api: u32,
        /// The least that serves.
        required: u32,
    },
    /// A Xiaomi phone whose system is not the edition for mainland China: Mi Push ended there on 2024-04-02.
    #[error(
        "MIUI is not the edition for mainland China ({}): Mi Push ended there on 2024-04-02",
        evidence(property)
    )]
    GlobalMiui {
        /// What says so; empty if the host does.
        property: &'static str,
    },
    /// A OnePlus phone whose system is for abroad, and the probe found no service.
    #[error("a OnePlus phone for abroad without OPPO's service")]
    GlobalOnePlus,
    /// The system is not the maker's, so its push service is missing.
    #[error("the system is not the maker's, its push service is missing ({property})")]
    CustomSystem {
        /// What says so.
        property: &'static str,
    },
    /// The phone names several makers: an emulator, a cloud phone, or a system that pretends.
    #[error("the phone names several makers: nothing can be believed")]
    Contradictory,
    /// Tencent serves FCM, Huawei, OPPO and APNs only outside mainland China.
    #[error("Tencent serves FCM, Huawei, OPPO and APNs only outside mainland China")]
    NotServedOverseas,
    /// An Honor phone from before Honor's own service.
    #[error("an Honor phone from before Honor's own service")]
    BeforeHonorService,
    /// An Honor phone with a service of Honor's own, which HMS does not serve.
    #[error("an Honor phone with Honor's own service")]
    HonorHasItsOwn,
}
