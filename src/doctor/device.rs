//! A phone before it runs the app: which vendor serves it, and known pitfalls.

use super::preflight::Setup;
use crate::certificate::Market;
use crate::device::{Acceptance, DeviceFacts, Election, ElectionPolicy, Eligibility, Refusal, elect};
use crate::finding::{Finding, Rule, Severity};
use crate::vendor::{Source, Vendor, VendorSet};

const MI_PUSH_ENDED: Source = Source::read("https://developer.clevertap.com/docs/xiaomi-push-notifications");
const HONOR: Source = Source::read("https://help.aliyun.com/en/document_detail/2640075.html");
const GMS: Source = Source::read("https://github.com/OneSignal/OneSignal-Android-SDK/pull/1984");

pub(super) const ALL: &[&[&Rule]] = &[
    &[UNREADABLE, UNSUPPORTED, WITHOUT_CERTIFICATE, BELOW_MINIMUM],
    &[MI_PUSH_GLOBAL, HONOR_BOUNDARY, FCM_MAINLAND],
];

const UNREADABLE: &Rule = &Rule::error("device-unreadable", Source::TENCENT_FAQ)
    .says("The text has no property of a phone, or is too large.")
    .with_fix("save the output of `adb shell getprop`");

const UNSUPPORTED: &Rule = &Rule::error("device-unsupported", Source::TENCENT_2021)
    .says("No vendor of the app serves this phone.")
    .with_fix("add the vendor of the phone, or FCM where Google's services are installed");

const WITHOUT_CERTIFICATE: &Rule = &Rule::warning("elected-without-certificate", Source::TENCENT_FAQ)
    .says("The phone's own vendor is not among those of the app, which takes another one.")
    .with_fix("add the vendor of the phone's maker");

const BELOW_MINIMUM: &Rule = &Rule::error("device-below-minimum", Source::TENCENT_2021)
    .says("The phone's HMS Core or Android is older than the vendor requires.")
    .with_fix("let the user update HMS Core, or fall back on another vendor");

const MI_PUSH_GLOBAL: &Rule = &Rule::note("mi-push-global", MI_PUSH_ENDED)
    .says("A Xiaomi phone has a system for abroad, where Mi Push ended on 2024-04-02: FCM serves it.")
    .with_fix("configure FCM beside Mi Push, and elect by the phone's system, not by its brand");

const HONOR_BOUNDARY: &Rule = &Rule::note("honor-boundary", HONOR)
    .says("An Honor phone from the time between HMS and Honor's own service. Only the phone itself shows which of them it has.")
    .with_fix("configure Honor and Huawei both, probe HonorPushClient.checkSupportHonorPush first and HMS second");

const FCM_MAINLAND: &Rule = &Rule::warning("fcm-mainland", GMS)
    .says("FCM serves the phone, and the app is for mainland China, where Google cannot be reached though its services are installed.")
    .with_fix("configure the makers' vendors, and say with_market(Overseas) for phones abroad; a loop-back test (doctor::Loopback) shows whether a push arrives");

const PLACE: &str = "device";

pub(super) fn check(setup: &Setup<'_>, findings: &mut Vec<Finding>) {
    let facts = match &setup.preflight.device {
        None => return,
        Some(Err(error)) => return findings.push(UNREADABLE.at(PLACE, error.to_string())),
        Some(Ok(facts)) => facts,
    };
    let certificates = setup.certificates();
    let market = setup.preflight.app.market;
    let policy = ElectionPolicy::default().with_market(market.unwrap_or_default());
    // A vendor that the app wants counts only if it has a certificate, where certificates are known at all.
    let has_certificate =
        |vendor: Vendor| certificates.is_none_or(|known| known.vendors().any(|own| own == vendor));
    let usable = (if setup.wanted.is_empty() { VendorSet::ALL } else { setup.wanted })
        .iter()
        .filter(|vendor| has_certificate(*vendor));
    let election = elect(facts, &policy.with_configured(usable));
    let best = elect(facts, &policy);

    unsupported(&election, findings);
    if let (Some(best), Some(first)) = (best.first(), election.first()) {
        let refused = election.eligibility(best) == Some(Eligibility::Refused(Refusal::NotConfigured));
        if best != first && refused {
            let cause =
                format!("the phone's own vendor is {best}, which the app does not have; {first} is taken");
            findings.push(WITHOUT_CERTIFICATE.at(PLACE, cause).on(best));
        }
    }
    peculiarities(&best, &election, findings);
    let abroad =
        matches!(best.eligibility(Vendor::Xiaomi), Some(Eligibility::Refused(Refusal::GlobalMiui { .. })));
    if !abroad {
        mainland(facts, &election, market, findings);
    }
}

fn unsupported(election: &Election, findings: &mut Vec<Finding>) {
    let supported = election.first().is_some();
    for candidate in election.candidates() {
        if let Eligibility::Refused(cause @ (Refusal::OldHms { .. } | Refusal::OldAndroid { .. })) =
            candidate.eligibility()
        {
            let severity = if supported { Severity::Warning } else { Severity::Error };
            let finding = BELOW_MINIMUM.at(PLACE, cause.to_string());
            findings.push(finding.on(candidate.vendor()).rated(severity));
        }
    }
    if !supported {
        let other = |cause: &Refusal| {
            matches!(cause, Refusal::OtherPlatform | Refusal::OtherFamily | Refusal::NotConfigured)
        };
        let reasons: Vec<String> = election
            .candidates()
            .iter()
            .filter_map(|candidate| match candidate.eligibility() {
                Eligibility::Refused(cause) if !other(&cause) => {
                    Some(format!("{}: {cause}", candidate.vendor()))
                }
                Eligibility::Refused(_) | Eligibility::Accepted(_) => None,
            })
            .collect();
        let cause = match reasons.as_slice() {
            [] => "none of the app's vendors serves this phone".to_owned(),
            reasons => format!("no vendor is left; {}", reasons.join("; ")),
        };
        findings.push(UNSUPPORTED.at(PLACE, cause));
    }
}

/// What is true of the phone, whatever vendors the app has.
fn peculiarities(best: &Election, election: &Election, findings: &mut Vec<Finding>) {
    if let Some(Eligibility::Refused(cause @ Refusal::GlobalMiui { .. })) = best.eligibility(Vendor::Xiaomi) {
        let without_fcm = election.first() != Some(Vendor::Fcm);
        let severity = if without_fcm { Severity::Warning } else { Severity::Note };
        findings.push(MI_PUSH_GLOBAL.at(PLACE, cause.to_string()).on(Vendor::Xiaomi).rated(severity));
    }
    let sides = [Vendor::Honor, Vendor::Huawei].map(|vendor| best.eligibility(vendor));
    for eligibility in sides.into_iter().flatten() {
        if let Eligibility::Accepted(
            cause @ (Acceptance::BeforeHonorService { .. }
            | Acceptance::EitherHonorOrHms
            | Acceptance::ProbeInDoubt),
        ) = eligibility
        {
            findings.push(HONOR_BOUNDARY.at(PLACE, cause.to_string()).on(Vendor::Honor));
        }
    }
}

/// That Google's services are installed does not show that Google can be reached.
fn mainland(facts: &DeviceFacts, election: &Election, market: Option<Market>, findings: &mut Vec<Finding>) {
    if election.first() != Some(Vendor::Fcm) || election.market() == Market::Overseas {
        return;
    }
    let maker = facts.family();
    let severity = if market == Some(Market::Domestic) { Severity::Warning } else { Severity::Note };
    let cause = match maker {
        Some(maker) => format!("FCM is elected on a phone that could have {maker}"),
        None => "FCM is elected".to_owned(),
    };
    findings.push(FCM_MAINLAND.at(PLACE, cause).on(Vendor::Fcm).rated(severity));
}
