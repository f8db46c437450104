//! A phone before it runs the app: which vendor serves it, and known pitfalls.

use super::preflight::Setup;
use super::rules::rule_id;
use crate::certificate::Market;
use crate::device::{Acceptance, Election, ElectionPolicy, Eligibility, Refusal, elect};
use crate::finding::{Finding, RuleId, Severity};
use crate::vendor::Vendor;

const UNREADABLE: RuleId = rule_id("device-unreadable");
const UNSUPPORTED: RuleId = rule_id("device-unsupported");
const WITHOUT_CERTIFICATE: RuleId = rule_id("elected-without-certificate");
const BELOW_MINIMUM: RuleId = rule_id("device-below-minimum");
const MI_PUSH_GLOBAL: RuleId = rule_id("mi-push-global");
const HONOR_BOUNDARY: RuleId = rule_id("honor-boundary");
const FCM_MAINLAND: RuleId = rule_id("fcm-mainland");

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
        |vendor: &Vendor| certificates.is_none_or(|known| known.vendors().any(|own| own == *vendor));
    let usable = setup.wanted_or_all().iter().filter(has_certificate);
    let election = elect(facts, &policy.with_configured(usable));
    let best = elect(facts, &policy);

    unsupported(&election, findings);
    if let (Some(best), Some(first)) = (best.first(), election.first()) {
        if election.eligibility(best) == Some(Eligibility::Refused(Refusal::NotConfigured)) {
            let cause =
                format!("the phone's own vendor is {best}, which the app does not have; {first} is taken");
            findings.push(WITHOUT_CERTIFICATE.at(PLACE, cause).on(best));
        }
    }
    if let Some(Eligibility::Refused(cause @ Refusal::GlobalMiui { .. })) = best.eligibility(Vendor::Xiaomi) {
        let without_fcm = election.first() != Some(Vendor::Fcm);
        let finding = MI_PUSH_GLOBAL.at(PLACE, cause.to_string()).on(Vendor::Xiaomi);
        findings.push(finding.rated_if(without_fcm, Severity::Warning));
    } else if election.first() == Some(Vendor::Fcm) && election.market() != Market::Overseas {
        // That Google's services are installed does not show that Google can be reached.
        let maker = facts.family().map(|maker| format!(" on a phone that could have {maker}"));
        let cause = format!("FCM is elected{}", maker.unwrap_or_default());
        let finding = FCM_MAINLAND.at(PLACE, cause).on(Vendor::Fcm);
        findings.push(finding.rated_if(market != Some(Market::Domestic), Severity::Note));
    }
    for eligibility in [Vendor::Honor, Vendor::Huawei].into_iter().filter_map(|own| best.eligibility(own)) {
        use Acceptance::{BeforeHonorService, EitherHonorOrHms, ProbeInDoubt};
        let Eligibility::Accepted(cause) = eligibility else { continue };
        if matches!(cause, BeforeHonorService { .. } | EitherHonorOrHms | ProbeInDoubt) {
            findings.push(HONOR_BOUNDARY.at(PLACE, cause.to_string()).on(Vendor::Honor));
        }
    }
}

fn unsupported(election: &Election, findings: &mut Vec<Finding>) {
    let supported = election.first().is_some();
    let mut reasons = Vec::new();
    for candidate in election.candidates() {
        let (vendor, Eligibility::Refused(cause)) = (candidate.vendor, candidate.eligibility) else {
            continue;
        };
        if matches!(cause, Refusal::OldHms { .. } | Refusal::OldAndroid { .. }) {
            let finding = BELOW_MINIMUM.at(PLACE, cause.to_string()).on(vendor);
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
        findings.push(UNSUPPORTED.at(PLACE, cause));
    }
}
