//! A phone: which channel serves it, and what is known of that.

use crate::certificate::{Certificates, Market};
use crate::device::{Acceptance, DeviceFacts, Election, ElectionPolicy, Eligibility, Refusal, elect};
use crate::doctor::rules::device as rules;
use crate::doctor::{App, Preflight};
use crate::finding::{Finding, Severity};
use crate::vendor::{Vendor, VendorSet};

const PLACE: &str = "device";

pub(in crate::doctor) fn device(
    preflight: &Preflight,
    vendors: Option<VendorSet>,
    certificates: Option<&Certificates>,
    findings: &mut Vec<Finding>,
) {
    let facts = match &preflight.device {
        None => return,
        Some(Err(error)) => return findings.push(Finding::new(rules::UNREADABLE, PLACE, error.to_string())),
        Some(Ok(facts)) => facts,
    };
    let market = preflight.app.as_ref().and_then(App::market);
    let policy = ElectionPolicy::default().with_market(market.unwrap_or_default());
    // A channel that the app wants counts only if it has a certificate, where certificates are known at all.
    let has_certificate =
        |vendor: Vendor| certificates.is_none_or(|known| known.vendors().any(|own| own == vendor));
    let usable = vendors.unwrap_or(VendorSet::ALL).iter().filter(|vendor| has_certificate(*vendor));
    let election = elect(facts, &policy.with_configured(usable));
    let best = elect(facts, &policy);

    unsupported(&election, findings);
    if let (Some(best), Some(first)) = (best.first(), election.first()) {
        let refused = election.eligibility(best) == Some(Eligibility::Refused(Refusal::NotConfigured));
        if best != first && refused {
            let why =
                format!("the phone's own channel is {best}, which the app does not have; {first} is taken");
            findings.push(Finding::new(rules::WITHOUT_CERTIFICATE, PLACE, why).on(best));
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
        if let Eligibility::Refused(why @ (Refusal::OldHms { .. } | Refusal::OldAndroid { .. })) =
            candidate.eligibility()
        {
            let severity = if supported { Severity::Warning } else { Severity::Error };
            let finding = Finding::new(rules::BELOW_MINIMUM, PLACE, why.to_string());
            findings.push(finding.on(candidate.vendor()).rated(severity));
        }
    }
    if !supported {
        let other = |why: &Refusal| {
            matches!(why, Refusal::OtherPlatform | Refusal::OtherFamily | Refusal::NotConfigured)
        };
        let reasons: Vec<String> = election
            .candidates()
            .iter()
            .filter_map(|candidate| match candidate.eligibility() {
                Eligibility::Refused(why) if !other(&why) => Some(format!("{}: {why}", candidate.vendor())),
                Eligibility::Refused(_) | Eligibility::Accepted(_) => None,
            })
            .collect();
        let why = match reasons.as_slice() {
            [] => "none of the app's channels is one of this phone".to_owned(),
            reasons => format!("no channel is left; {}", reasons.join("; ")),
        };
        findings.push(Finding::new(rules::UNSUPPORTED, PLACE, why));
    }
}

/// What holds of the phone whatever the app has.
fn peculiarities(best: &Election, election: &Election, findings: &mut Vec<Finding>) {
    if let Some(Eligibility::Refused(why @ Refusal::GlobalMiui { .. })) = best.eligibility(Vendor::Xiaomi) {
        let without_fcm = election.first() != Some(Vendor::Fcm);
        let severity = if without_fcm { Severity::Warning } else { Severity::Note };
        findings.push(
            Finding::new(rules::MI_PUSH_GLOBAL, PLACE, why.to_string()).on(Vendor::Xiaomi).rated(severity),
        );
    }
    let sides = [Vendor::Honor, Vendor::Huawei].map(|vendor| best.eligibility(vendor));
    for eligibility in sides.into_iter().flatten() {
        if let Eligibility::Accepted(
            why @ (Acceptance::BeforeHonorService { .. }
            | Acceptance::EitherHonorOrHms
            | Acceptance::ProbeInDoubt),
        ) = eligibility
        {
            findings.push(Finding::new(rules::HONOR_BOUNDARY, PLACE, why.to_string()).on(Vendor::Honor));
        }
    }
}

/// Google's services say nothing of whether Google can be reached.
fn mainland(facts: &DeviceFacts, election: &Election, market: Option<Market>, findings: &mut Vec<Finding>) {
    if election.first() != Some(Vendor::Fcm) || election.market() == Market::Overseas {
        return;
    }
    let maker = facts.family();
    let severity = if market == Some(Market::Domestic) { Severity::Warning } else { Severity::Note };
    let why = match maker {
        Some(maker) => format!("FCM is elected on a phone that could have {maker}"),
        None => "FCM is elected".to_owned(),
    };
    findings.push(Finding::new(rules::FCM_MAINLAND, PLACE, why).on(Vendor::Fcm).rated(severity));
}
