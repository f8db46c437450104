//! A phone before it runs the app: which vendor serves it, and known pitfalls.

use super::preflight::Setup;
use super::rules::rule_id;
use crate::certificate::Market;
use crate::device::{Acceptance, Election, ElectionPolicy, Eligibility, Refusal, elect};
use crate::finding::{Finding, Severity};
use crate::vendor::Vendor;

const PLACE: &str = "device";

pub(super) fn check(setup: &Setup<'_>, findings: &mut Vec<Finding>) {
    let facts = match &setup.preflight.device {
        None => return,
        Some(Err(error)) => return findings.push(rule_id("device-unreadable").at(PLACE, error.to_string())),
        Some(Ok(facts)) => facts,
    };
    let certificates = setup.certificates();
    let market = setup.preflight.app.market;
    let policy = ElectionPolicy::default().with_market(market.unwrap_or_default());
    // A vendor that the app wants counts only if it has a certificate, where certificates are known at all.
    let has_certificate =
        |vendor: &Vendor| certificates.is_none_or(|known| known.vendors().any(|own| own == *vendor));
    let usable = setup.wanted_or_all().iter().filter(has_certificate);
    let election = elect(facts, &policy.with_configured(usable));
    let best = elect(facts, &policy);

    unsupported(&election, findings);
    if let (Some(best), Some(first)) = (best.first(), election.first()) {
        if election.eligibility(best) == Some(Eligibility::Refused(Refusal::NotConfigured)) {
            let cause =
                format!("the phone's own vendor is {best}, which the app does not have; {first} is taken");
            findings.push(rule_id("elected-without-certificate").at(PLACE, cause).on(best));
        }
    }
    if let Some(Eligibility::Refused(cause @ Refusal::GlobalMiui { .. })) = best.eligibility(Vendor::Xiaomi) {
        let without_fcm = election.first() != Some(Vendor::Fcm);
        let finding = rule_id("mi-push-global").at(PLACE, cause.to_string()).on(Vendor::Xiaomi);
        findings.push(finding.rated_if(without_fcm, Severity::Warning));
    } else if election.first() == Some(Vendor::Fcm) && election.market != Market::Overseas {
        // That Google's services are installed does not show that Google can be reached.
        let maker = facts.family().map(|maker| format!(" on a phone that could have {maker}"));
        let cause = format!("FCM is elected{}", maker.unwrap_or_default());
        let finding = rule_id("fcm-mainland").at(PLACE, cause).on(Vendor::Fcm);
        findings.push(finding.rated_if(market != Some(Market::Domestic), Severity::Note));
    }
    for eligibility in [Vendor::Honor, Vendor::Huawei].into_iter().filter_map(|own| best.eligibility(own)) {
        use Acceptance::{BeforeHonorService, EitherHonorOrHms, ProbeInDoubt};
        let Eligibility::Accepted(cause) = eligibility else { continue };
        if matches!(cause, BeforeHonorService { .. } | EitherHonorOrHms | ProbeInDoubt) {
            findings.push(rule_id("honor-boundary").at(PLACE, cause.to_string()).on(Vendor::Honor));
        }
    }
}

fn unsupported(election: &Election, findings: &mut Vec<Finding>) {
    let supported = election.first().is_some();
    let mut reasons = Vec::new();
    for candidate in &election.candidates {
        let (vendor, Eligibility::Refused(cause)) = (candidate.vendor, candidate.eligibility) else {
            continue;
        };
        if matches!(cause, Refusal::OldHms { .. } | Refusal::OldAndroid { .. }) {
            let finding = rule_id("device-below-minimum").at(PLACE, cause.to_string()).on(vendor);
            findings.push(finding.rated_if(supported, Severity::Warning));
        }
        if !matches!(cause, Refusal::OtherPlatform | Refusal::OtherFamily | Refusal::NotConfigured) {
            reasons.push(format!("{vendor}: {cause}"));
        }
    }
    if !supported {
        let cause = if reasons.is_empty() {
            "none of the app's vendors serves this phone".to_owned()
        } else {
            format!("no vendor is left; {}", reasons.join("; "))
        };
        findings.push(rule_id("device-unsupported").at(PLACE, cause));
    }
}
