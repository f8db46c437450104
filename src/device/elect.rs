use super::identity::Side;
use super::system::Edition;
use super::{Acceptance, Candidate, DeviceFacts, Election, Eligibility, Platform, Probe, Refusal, Service};
use crate::certificate::{Certificates, Market};
use crate::vendor::{FCM_MIN_API, Family, HMS_MIN_VERSION, Vendor, VendorSet, served_overseas};

/// What an app decides about its push vendors. By default every vendor is configured and wired, none goes first
/// whatever the phone says, and the domestic profile holds.
///
/// ```
/// use tim_offline_push::device::{DeviceFacts, ElectionPolicy, elect};
/// use tim_offline_push::vendor::Vendor;
///
/// let policy = ElectionPolicy::default().with_configured([Vendor::Xiaomi, Vendor::Fcm]).with_fcm_preferred(true);
/// assert_eq!(elect(&DeviceFacts::default(), &policy).first(), Some(Vendor::Fcm));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[must_use]
pub struct ElectionPolicy {
    /// `None`: all of them, here and below.
    pub(super) configured: Option<VendorSet>,
    pub(super) wired: Option<VendorSet>,
    pub(super) overriding: Option<Vendor>,
    pub(super) prefer_fcm: bool,
    pub(super) market: Market,
}

impl ElectionPolicy {
    /// With the vendors that have a certificate.
    pub fn with_configured(self, vendors: impl IntoIterator<Item = Vendor>) -> Self {
        Self { configured: Some(vendors.into_iter().collect()), ..self }
    }

    /// With the vendors that have a certificate in `certificates`.
    pub fn with_certificates(self, certificates: &Certificates) -> Self {
        self.with_configured(certificates.vendors())
    }

    /// With the vendors whose SDK the host has wired.
    pub fn with_wired(self, vendors: impl IntoIterator<Item = Vendor>) -> Self {
        Self { wired: Some(vendors.into_iter().collect()), ..self }
    }

    /// With a vendor that goes first whatever the phone says.
    pub const fn with_override(self, vendor: Option<Vendor>) -> Self {
        Self { overriding: vendor, ..self }
    }

    /// Whether FCM goes before the phone's own vendor (TIMPush: `forceUseFCMPushChannel`).
    pub const fn with_fcm_preferred(self, prefer_fcm: bool) -> Self {
        Self { prefer_fcm, ..self }
    }

    /// With the flavour of the app. Overseas, Tencent serves FCM, Huawei, OPPO and APNs only.
    pub const fn with_market(self, market: Market) -> Self {
        Self { market, ..self }
    }

    /// The flavour of the app.
    pub const fn market(&self) -> Market {
        self.market
    }
}

/// Ranks the vendors for a device. Pure: the same facts and policy give the same election.
///
/// The order is fixed and every vendor has its reason:
///
/// 1. a vendor without a certificate or a wired SDK is refused; then the app's override goes first;
/// 2. the one vendor of Apple's systems and of HarmonyOS NEXT;
/// 3. FCM, if the app prefers it;
/// 4. the vendor of the phone's family, in the order Honor, Huawei, Xiaomi, OPPO, vivo, Meizu. Where a host
///    can probe the service, the answer goes before what brand and system say;
/// 5. a service of another family that a probe found (not HMS, which can be installed anywhere);
/// 6. FCM, unless Play services are known to be missing;
/// 7. last resorts.
///
/// ```
/// use tim_offline_push::device::{BuildField, DeviceFacts, ElectionPolicy, Probe, Properties, Service, elect};
/// use tim_offline_push::vendor::Vendor;
///
/// let phone = Properties::default()
///     .with_build(BuildField::Brand, "HUAWEI")
///     .with_build(BuildField::Manufacturer, "HUAWEI");
/// let facts =
///     DeviceFacts::android(&phone).with_probe(Service::Hms, Probe::Available { version: Some(20_301_000) });
/// let election = elect(&facts, &ElectionPolicy::default());
///
/// assert_eq!(election.first(), Some(Vendor::Fcm));
/// assert!(election.to_string().contains("Huawei: refused: HMS Core 20301000 is older than 20401300"));
/// ```
pub fn elect(facts: &DeviceFacts, policy: &ElectionPolicy) -> Election {
    let market = market(facts, *policy);
    let mut ranked: Vec<(Rank, Candidate)> = Vec::new();
    for vendor in ORDER {
        let (rank, eligibility) = match consider(vendor, facts, *policy, market) {
            Ok((rank, reason)) => (rank, Eligibility::Accepted(reason)),
            Err(reason) => (Rank::Refused, Eligibility::Refused(reason)),
        };
        let place = ranked.partition_point(|(before, _)| *before <= rank);
        ranked.insert(place, (rank, Candidate { vendor, eligibility }));
    }
    Election { candidates: ranked.into_iter().map(|(_, candidate)| candidate).collect(), market }
}

/// Whether [`elect`] accepts this vendor.
pub(crate) fn accepts(facts: &DeviceFacts, policy: ElectionPolicy, vendor: Vendor) -> bool {
    consider(vendor, facts, policy, market(facts, policy)).is_ok()
}

const fn market(facts: &DeviceFacts, policy: ElectionPolicy) -> Market {
    if matches!(facts.overseas, Some(true)) { Market::Overseas } else { policy.market }
}

/// The order within one rank.
const ORDER: [Vendor; 9] = {
    use Vendor::{Apns, Fcm, HarmonyOs, Honor, Huawei, Meizu, Oppo, Vivo, Xiaomi};
    [Honor, Huawei, Xiaomi, Oppo, Vivo, Meizu, Fcm, Apns, HarmonyOs]
};

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Overriding,
    Preferred,
    Own,
    /// The second of two vendors that a phone may have.
    OwnSecond,
    Found,
    EveryPhone,
    LastResort,
    Refused,
}

type Considered = Result<(Rank, Acceptance), Refusal>;

fn consider(vendor: Vendor, facts: &DeviceFacts, policy: ElectionPolicy, market: Market) -> Considered {
    let lacks = |vendors: Option<VendorSet>| vendors.is_some_and(|vendors| !vendors.contains(vendor));
    if lacks(policy.configured) {
        return Err(Refusal::NotConfigured);
    }
    if lacks(policy.wired) {
        return Err(Refusal::NotWired);
    }
    if facts.platform != Platform::of(vendor) {
        return Err(Refusal::OtherPlatform);
    }
    if policy.overriding == Some(vendor) {
        return Ok((Rank::Overriding, Acceptance::Overriding));
    }
    if market == Market::Overseas && !served_overseas(vendor) {
        return Err(Refusal::NotServedOverseas);
    }
    match vendor {
        Vendor::Apns | Vendor::HarmonyOs => Ok((Rank::Own, Acceptance::Platform)),
        Vendor::Fcm => fcm(facts, policy),
        Vendor::Huawei => huawei(facts, market),
        Vendor::Honor => honor(facts, market),
        Vendor::Xiaomi => xiaomi(facts),
        Vendor::Oppo => oppo(facts),
        Vendor::Vivo => vivo(facts),
        Vendor::Meizu => by_family(facts, Service::Meizu, facts.identity.family == Family::Meizu),
    }
}

fn fcm(facts: &DeviceFacts, policy: ElectionPolicy) -> Considered {
    if facts.probe(Service::PlayServices) == Probe::Unavailable {
        return Err(Refusal::Unavailable);
    }
    if let Some(api) = facts.identity.api.filter(|api| *api < FCM_MIN_API) {
        return Err(Refusal::OldAndroid { api, required: FCM_MIN_API });
    }
    if policy.prefer_fcm {
        return Ok((Rank::Preferred, Acceptance::FcmPreferred));
    }
    Ok((Rank::EveryPhone, Acceptance::EveryPhone))
}

/// What stands against a maker's service if no probe has answered.
fn native(facts: &DeviceFacts, of_family: bool) -> Result<&'static str, Refusal> {
    if let Some(property) = facts.identity.custom {
        return Err(Refusal::CustomSystem { property });
    }
    if facts.identity.family == Family::Contradictory {
        return Err(Refusal::Contradictory);
    }
    if of_family { Ok(facts.identity.evidence) } else { Err(Refusal::OtherFamily) }
}

fn by_family(facts: &DeviceFacts, service: Service, of_family: bool) -> Considered {
    match facts.probe(service) {
        Probe::Unavailable => Err(Refusal::Unavailable),
        Probe::Available { .. } if of_family => Ok((Rank::Own, Acceptance::Probed)),
        Probe::Available { .. } => Ok((Rank::Found, Acceptance::Probed)),
        Probe::Unknown => native(facts, of_family).map(|property| match service {
            Service::Oppo | Service::Vivo => (Rank::Own, Acceptance::Unprobed { property }),
            Service::Hms | Service::Honor | Service::Meizu | Service::PlayServices => {
                (Rank::Own, Acceptance::Family { property })
            }
        }),
    }
}

fn xiaomi(facts: &DeviceFacts) -> Considered {
    let property = native(facts, facts.identity.family == Family::Xiaomi)?;
    match facts.edition() {
        Some((Edition::Global, property)) => Err(Refusal::GlobalMiui { property }),
        Some((Edition::LikelyGlobal, property)) => {
            Ok((Rank::LastResort, Acceptance::OverseasEdition { property }))
        }
        Some((Edition::Mainland, property)) => Ok((Rank::Own, Acceptance::MainlandMiui { property })),
        None => Ok((Rank::Own, Acceptance::Family { property })),
    }
}

fn oppo(facts: &DeviceFacts) -> Considered {
    let family = facts.identity.family;
    // A OnePlus phone runs OxygenOS unless something says that it is for mainland China.
    let abroad = family == Family::OnePlus && !matches!(facts.identity.edition, Some((Edition::Mainland, _)));
    match facts.probe(Service::Oppo) {
        Probe::Unavailable if abroad => Err(Refusal::GlobalOnePlus),
        Probe::Unknown if abroad => {
            native(facts, true).map(|_| (Rank::LastResort, Acceptance::GlobalOnePlus))
        }
        Probe::Unavailable | Probe::Unknown | Probe::Available { .. } => {
            by_family(facts, Service::Oppo, matches!(family, Family::Oppo | Family::OnePlus))
        }
    }
}

fn vivo(facts: &DeviceFacts) -> Considered {
    let of_family = facts.identity.family == Family::Vivo;
    match (facts.edition(), facts.probe(Service::Vivo)) {
        (Some((Edition::Global | Edition::LikelyGlobal, property)), Probe::Unknown) => {
            native(facts, of_family).map(|_| (Rank::LastResort, Acceptance::OverseasEdition { property }))
        }
        _ => by_family(facts, Service::Vivo, of_family),
    }
}

fn huawei(facts: &DeviceFacts, market: Market) -> Considered {
    let property = facts.identity.evidence;
    let of_family = matches!(facts.identity.family, Family::Huawei | Family::HarmonyContainer);
    let (honor, side) = (facts.probe(Service::Honor), side(facts, market));
    match facts.probe(Service::Hms) {
        Probe::Unavailable => return Err(Refusal::Unavailable),
        Probe::Available { version: Some(version) } if version < HMS_MIN_VERSION => {
            return Err(Refusal::OldHms { version, required: HMS_MIN_VERSION });
        }
        Probe::Available { .. } if !of_family => return Ok((Rank::LastResort, Acceptance::ForeignHms)),
        Probe::Available { .. } => {
            // HMS goes behind Honor's own service where both may be there.
            let second = honor != Probe::Unavailable
                && (honor != Probe::Unknown || matches!(side, Side::After | Side::Unsure));
            return Ok((if second { Rank::OwnSecond } else { Rank::Own }, Acceptance::Probed));
        }
        Probe::Unknown => native(facts, of_family)?,
    };
    if facts.identity.family == Family::HarmonyContainer {
        return Ok((Rank::Own, Acceptance::Container { property }));
    }
    match side {
        Side::NoHonor => Ok((Rank::Own, Acceptance::Family { property })),
        Side::Before => Ok((Rank::Own, Acceptance::BeforeHonorService { property })),
        Side::Unsure => Ok((Rank::OwnSecond, Acceptance::EitherHonorOrHms)),
        // HMS may still be there where Honor's own service is known to be missing.
        Side::After if honor == Probe::Unavailable => Ok((Rank::Own, Acceptance::EitherHonorOrHms)),
        Side::After => Err(Refusal::HonorHasItsOwn),
    }
}

fn honor(facts: &DeviceFacts, market: Market) -> Considered {
    let property = facts.identity.evidence;
    let side = side(facts, market);
    let is_honor = side != Side::NoHonor;
    let probe = facts.probe(Service::Honor);
    match probe {
        Probe::Available { .. } => {
            let of_family = facts.identity.family == Family::Huawei;
            return Ok((if of_family { Rank::Own } else { Rank::Found }, Acceptance::Probed));
        }
        Probe::Unavailable if !is_honor => return Err(Refusal::Unavailable),
        Probe::Unavailable | Probe::Unknown => native(facts, is_honor)?,
    };
    let missing = probe == Probe::Unavailable;
    match side {
        Side::NoHonor => Err(Refusal::OtherFamily),
        Side::Before => Err(Refusal::BeforeHonorService),
        // The probe is known to say no on Honor 90 and 100, which have the service.
        Side::After if missing && !matches!(facts.probe(Service::Hms), Probe::Available { .. }) => {
            Ok((Rank::LastResort, Acceptance::ProbeInDoubt))
        }
        Side::After | Side::Unsure if missing => Err(Refusal::Unavailable),
        Side::After => Ok((Rank::Own, Acceptance::HonorService { property })),
        Side::Unsure => Ok((Rank::Own, Acceptance::Family { property })),
    }
}

const fn side(facts: &DeviceFacts, market: Market) -> Side {
    let [domestic, overseas] = facts.identity.honor;
    match market {
        Market::Domestic => domestic,
        Market::Overseas => overseas,
    }
}
