//! A push: what reading and checking it found, and what only shows beside the app.

use crate::doctor::rules::push as rules;
use crate::doctor::{App, Preflight};
use crate::ext::{FcmPushType, PushFeatures};
use crate::finding::Finding;
use crate::vendor::Vendor;

const FILE: &str = "push";

pub(in crate::doctor) fn push(preflight: &Preflight, findings: &mut Vec<Finding>) {
    let reading = match &preflight.push {
        None => return,
        Some(Err(error)) => return findings.push(Finding::new(rules::UNREADABLE, FILE, error.to_string())),
        Some(Ok(reading)) => reading,
    };
    let info = reading.info();
    let audience = preflight.audience();
    let mut told = reading.findings().to_vec();
    told.retain(|finding| finding.vendor().is_none_or(|vendor| audience.reaches(vendor)));
    for finding in info.check(&audience) {
        if !told.contains(&finding) {
            told.push(finding);
        }
    }
    findings.extend(told.iter().map(placed));

    let channel = preflight.app.as_ref().and_then(App::channel);
    if let (Some(own), Some(named)) = (channel, info.android().oppo().channel()) {
        if own.id() != named && audience.reaches(Vendor::Oppo) {
            let why = "names another notification channel than the one that the app creates";
            findings.push(
                Finding::new(rules::CHANNEL_MISMATCH, format!("{FILE}: OPPOChannelID"), why).on(Vendor::Oppo),
            );
        }
    }
    let container = info.ext().container().ok().flatten();
    let features = container.as_ref().and_then(|container| container.push_features());
    if features.and_then(PushFeatures::fcm_push_type) == Some(FcmPushType::Data)
        && audience.reaches(Vendor::Fcm)
    {
        let why = "fcmPushType 0: FCM carries it as a data message";
        findings.push(Finding::new(rules::FCM_DATA, format!("{FILE}: ext"), why).on(Vendor::Fcm));
    }
}

/// Names the file before the field.
fn placed(finding: &Finding) -> Finding {
    finding.clone().within(FILE)
}
