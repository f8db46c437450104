//! A registrar at work: its diagnosis, and what the host knows of the phone.

use std::time::Duration;

use crate::doctor::Phone;
use crate::doctor::rules::phone as rules;
use crate::finding::{Finding, Severity};
use crate::registrar::{Belief, Diagnosis, Region, StateName};
use crate::vendor::{ImEffect, Pace, Remedy, Vendor, explain, explain_im, lifetime};

/// A run with so many reports or tokens flaps: a phone needs one of each for a login.
const MANY: u32 = 16;

/// Looks a phone through, and gives the codes under which Tencent's console files what it loses.
pub(in crate::doctor) fn phone(phone: &Phone, findings: &mut Vec<Finding>) -> Vec<i32> {
    let diagnosis = &phone.diagnosis;
    blocked(diagnosis, findings);
    let losses = losses(diagnosis, findings);
    tokens(diagnosis, findings);
    flapping(diagnosis, findings);
    codes(diagnosis, findings);
    host(phone, findings);
    for account in &diagnosis.possibly_bound {
        let why = format!("the server may still push here for the account with the fingerprint {account}");
        findings.push(Finding::new(rules::POSSIBLY_BOUND, "binding", why));
    }
    if diagnosis.regions.iter().any(|region| region.state == StateName::Dirty) {
        findings.push(Finding::new(rules::STORE_FAILED, "store", "the last write of the snapshot failed"));
    }
    losses
}

fn blocked(diagnosis: &Diagnosis, findings: &mut Vec<Finding>) {
    let Some(blocker) = &diagnosis.blocked_by else {
        if !diagnosis.reachable {
            let why = "the registrar is not done: no report is acknowledged yet";
            findings.push(Finding::new(rules::ON_THE_WAY, "binding", why));
        }
        return;
    };
    let rule = if only_voip_is_blocked(diagnosis) {
        rules::VOIP_BLOCKED
    } else if is_under_way(diagnosis) {
        rules::ON_THE_WAY
    } else {
        rules::BLOCKED
    };
    let finding = Finding::new(rule, blocker.region.to_string(), blocker.cause.clone());
    findings.push(finding.with_fix(blocker.remedy.clone()));
}

/// Whether ordinary pushes can arrive, and VoIP pushes cannot.
fn only_voip_is_blocked(diagnosis: &Diagnosis) -> bool {
    diagnosis.reachable
        && diagnosis.blocked_by.as_ref().is_some_and(|blocker| blocker.region == Region::VoipBinding)
}

/// Whether the region that blocks is in a state that ends by itself.
fn is_under_way(diagnosis: &Diagnosis) -> bool {
    diagnosis.blocked_by.as_ref().is_some_and(|blocker| {
        diagnosis.regions.iter().filter(|region| region.region == blocker.region).any(|region| {
            matches!(
                region.state,
                StateName::Registering
                    | StateName::BackingOff
                    | StateName::Storing
                    | StateName::Reporting
                    | StateName::Waiting
                    | StateName::Draining
            )
        })
    })
}

/// Maps onto the console's loss codes: -1, no certificate id; -2, no token.
fn losses(diagnosis: &Diagnosis, findings: &mut Vec<Finding>) -> Vec<i32> {
    let mut losses = Vec::new();
    let mut without_id = diagnosis.tokens.iter().filter(|token| token.business_id.is_none()).peekable();
    if without_id.peek().is_some() && !diagnosis.tokens.iter().any(|token| token.business_id.is_some()) {
        losses.push(-1);
    }
    for token in without_id {
        let why = "a token is in hand, and no certificate id to report it under";
        findings.push(Finding::new(rules::CERTIFICATE_NOT_SET, "certificates", why).on(token.vendor));
    }
    let uploaded = diagnosis.beliefs.iter().any(|known| known.belief == Belief::Bound);
    if !uploaded {
        losses.push(-2);
        let severity = if is_under_way(diagnosis) { Severity::Warning } else { Severity::Error };
        let unknown = diagnosis.beliefs.iter().any(|known| known.belief == Belief::Unknown);
        let why = if unknown {
            "it is not known whether the server has this phone's token"
        } else {
            "the server has no token of this phone"
        };
        findings.push(Finding::new(rules::TOKEN_NOT_UPLOADED, "binding", why).rated(severity));
    }
    losses
}

fn tokens(diagnosis: &Diagnosis, findings: &mut Vec<Finding>) {
    for token in &diagnosis.tokens {
        for suspicion in &token.suspicions {
            findings.push(Finding::new(rules::TOKEN_ODD, "token", suspicion.clone()).on(token.vendor));
        }
        let (Some(age), Some(life)) = (token.age, lifetime(token.vendor)) else { continue };
        let (limit, what) = match (life.dead_after, life.quiet_after) {
            (Some(dead), _) if age >= dead => (dead, "is dead"),
            (_, Some(quiet)) if age >= quiet => (quiet, "gets no pushes"),
            (Some(_) | None, Some(_) | None) => continue,
        };
        let why = format!(
            "it is {} days old, and {what} if the phone was without a connection to its vendor for {} days",
            days(age),
            days(limit)
        );
        findings.push(Finding::new(rules::TOKEN_OLD, "token", why).on(token.vendor).because(life.source));
    }
}

fn days(time: Duration) -> u64 {
    time.as_secs().checked_div(24 * 3600).unwrap_or_default()
}

fn flapping(diagnosis: &Diagnosis, findings: &mut Vec<Finding>) {
    let counts = [("reports", diagnosis.counters.reports), ("tokens", diagnosis.counters.tokens)];
    for (what, count) in counts {
        if count >= MANY {
            let why = format!("{count} {what} since the registrar was made");
            findings.push(Finding::new(rules::FLAPPING, "counters", why));
        }
    }
}

/// The last codes. One that a later success has overtaken is only a note; one of the IM SDK that is behind what blocks
/// VoIP pushes alone is a warning, as that is.
fn codes(diagnosis: &Diagnosis, findings: &mut Vec<Finding>) {
    let severity = |lasting: bool| match (diagnosis.reachable, lasting) {
        (true, _) => Severity::Note,
        (false, true) => Severity::Error,
        (false, false) => Severity::Warning,
    };
    if let Some((vendor, code)) = &diagnosis.counters.last_vendor_code {
        let known = explain(*vendor, code);
        let persisting = diagnosis.counters.persisting();
        let lasting = matches!(
            persisting.unwrap_or_else(|| known.remedy()),
            Remedy::FixConfiguration | Remedy::DeviceCannot | Remedy::UserMustAct
        );
        if known.remedy() != Remedy::Nothing {
            let pace = if known.pace() == Pace::Quota { ", an hour later at least" } else { "" };
            let times = diagnosis.counters.last_vendor_code_repeats;
            let rather = persisting
                .map(|remedy| format!("; {times} times in a row, so perhaps rather: {remedy}"))
                .unwrap_or_default();
            let why = format!("code {code}: {} ({}{pace}{rather})", known.meaning(), known.remedy());
            let finding = Finding::new(rules::VENDOR_CODE, "vendor SDK", why).on(*vendor);
            let finding = finding.with_fix(known.fix()).rated(severity(lasting));
            findings.push(match known.source() {
                Some(source) => finding.because(source),
                None => finding,
            });
        }
    }
    if let Some(code) = diagnosis.counters.last_im_code {
        let known = explain_im(code);
        let lasting = matches!(
            known.effect(),
            ImEffect::CertificateUnknown | ImEffect::TokenRefused | ImEffect::Permanent
        ) || diagnosis.regions.iter().any(|region| region.state == StateName::Parked);
        let why = format!("code {code}: {}", known.meaning());
        let finding = Finding::new(rules::IM_CODE, "IM SDK", why);
        let severity = if only_voip_is_blocked(diagnosis) { Severity::Warning } else { severity(lasting) };
        findings.push(finding.with_fix(known.fix()).rated(severity));
    }
}

fn host(phone: &Phone, findings: &mut Vec<Finding>) {
    if phone.notifications_allowed == Some(false) {
        let why = "the user has not allowed notifications: pushes arrive and nothing is shown";
        findings.push(Finding::new(rules::PERMISSION_DENIED, "permission", why));
    }
    let elected = phone.diagnosis.elected;
    for (vendor, enabled) in &phone.channels {
        if *enabled {
            continue;
        }
        let why =
            "its notification channel is missing or switched off: nothing is shown on Android 8 and newer";
        // Another vendor's channel matters when that vendor is elected.
        let matters = elected.is_none_or(|elected: Vendor| elected == *vendor);
        let severity = if matters { Severity::Error } else { Severity::Note };
        let finding = Finding::new(rules::CHANNEL_BLOCKED, "notification channel", why);
        findings.push(finding.on(*vendor).rated(severity));
    }
}
