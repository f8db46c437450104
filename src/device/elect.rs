use super::{Acceptance, Candidate, DeviceFacts, Election, ElectionPolicy, Platform, Refusal, Verdict};
use crate::vendor::Vendor;

/// Orders the push channels for a device. Pure: the same facts and policy give the same election.
pub fn elect(facts: &DeviceFacts, policy: &ElectionPolicy) -> Election {
    let native = match facts.platform {
        Platform::Android => facts.family,
        Platform::Apple => Some(Vendor::Apns),
        Platform::HarmonyOs => Some(Vendor::HarmonyOs),
    };
    let verdict = |vendor: Vendor| {
        if !policy.configured.contains(vendor) {
            Verdict::Refused(Refusal::NotConfigured)
        } else if !policy.wired.contains(vendor) {
            Verdict::Refused(Refusal::NotWired)
        } else if native == Some(vendor) {
            Verdict::Accepted(Acceptance::Family)
        } else if vendor == Vendor::Fcm && facts.platform == Platform::Android {
            Verdict::Accepted(Acceptance::Fallback)
        } else {
            Verdict::Refused(Refusal::OtherFamily)
        }
    };
    let mut candidates: Vec<Candidate> =
        Vendor::ALL.into_iter().map(|vendor| Candidate::new(vendor, verdict(vendor))).collect();
    candidates.sort_by_key(|candidate| match candidate.verdict() {
        Verdict::Accepted(Acceptance::Family) => 0,
        Verdict::Accepted(Acceptance::Fallback) => 1,
        Verdict::Refused(_) => 2,
    });
    Election::new(candidates)
}
