//! The configuration: what its reader finds, and what only shows beside the app's wish.

use std::collections::BTreeMap;

use super::secret::{is_oppo_app_key, secret_shape};
use crate::certificate::{
    AppleEnvironment, BusinessId, CertificateSlot, ConfigError, ConfigFinding, ConfigFindingKind,
    ConfigReading, Setting, settings,
};
use crate::doctor::rules::config as rules;
use crate::doctor::{App, Preflight};
use crate::finding::{Finding, Severity, shown_key};
use crate::vendor::{TokenKind, Vendor, VendorSet};

const FILE: &str = "config";

pub(in crate::doctor) fn config(
    preflight: &Preflight,
    reading: Option<&Result<ConfigReading, ConfigError>>,
    findings: &mut Vec<Finding>,
) {
    let reading = match reading {
        None => return,
        Some(Err(error)) => return findings.push(Finding::new(rules::UNREADABLE, FILE, error.to_string())),
        Some(Ok(reading)) => reading,
    };
    let wanted = preflight.app.as_ref().map(App::vendors);
    let mut zeros = Vec::new();
    let mut shapes = Vec::new();
    settings(preflight.config.as_deref().unwrap_or_default(), &mut |setting| {
        if setting.is_zero() {
            zeros.push(setting.name.to_owned());
        }
        look_at_value(&setting, &mut shapes);
    });
    for finding in reading.findings() {
        told(finding, wanted, &zeros, findings);
    }
    let named = |finding: &Finding| {
        !reading.findings().iter().any(|known| {
            known.kind == ConfigFindingKind::ServerSecret && place(&known.key) == finding.place()
        })
    };
    findings.extend(shapes.into_iter().filter(named));
    shared(reading, findings);
    apns(reading, findings);
    if wanted.is_none() && reading.certificates().is_empty() && reading.unassigned().is_none() {
        let why = "no business id in it, so that no channel can be reported";
        findings.push(Finding::new(rules::CERTIFICATE_MISSING, FILE, why));
    }
    for vendor in wanted.unwrap_or_default().iter() {
        let told = reading.findings().iter().any(|finding| {
            let of_id =
                matches!(finding.kind, ConfigFindingKind::InvalidId | ConfigFindingKind::NotConfigured);
            finding.vendor == Some(vendor) && of_id
        });
        let unassigned = reading.unassigned().is_some() && matches!(vendor, Vendor::Apns | Vendor::HarmonyOs);
        if !told && !unassigned && !reading.certificates().vendors().any(|known| known == vendor) {
            let why = "the app wants the channel, and the configuration has no business id for it";
            findings.push(Finding::new(rules::CERTIFICATE_MISSING, FILE, why).on(vendor));
        }
    }
}

fn place(key: &str) -> String {
    format!("{FILE}: {}", shown_key(key))
}

/// What the reader of configurations found.
fn told(finding: &ConfigFinding, wanted: Option<VendorSet>, zeros: &[String], findings: &mut Vec<Finding>) {
    let Some(vendor) = finding.vendor else {
        return findings.extend(without_vendor(finding));
    };
    let wants = wanted.map(|wanted| wanted.contains(vendor));
    let (rule, why) = match finding.kind {
        ConfigFindingKind::ServerSecret => (rules::SERVER_SECRET, "a secret of the server by its name"),
        ConfigFindingKind::InvalidId => {
            (rules::CERTIFICATE_INVALID, "not a business id, which is a number from 1 to 4294967295")
        }
        ConfigFindingKind::Conflict => {
            (rules::CERTIFICATE_CONFLICT, "stands there twice with different values; the last one counts")
        }
        ConfigFindingKind::NotConfigured => {
            let is_zero = zeros.iter().any(|name| name.starts_with(&finding.key));
            let (severity, why) = match wants {
                Some(true) => (Severity::Error, "0 or empty, and the app wants the channel"),
                None if is_zero => (Severity::Warning, "0, which is no certificate's id"),
                Some(false) | None => (Severity::Note, "0 or empty: the channel is not configured"),
            };
            let zero = Finding::new(rules::CERTIFICATE_ZERO, place(&finding.key), why);
            return findings.push(zero.on(vendor).rated(severity));
        }
        ConfigFindingKind::Missing => {
            // A missing business id is told where the app wants the channel.
            if is_id(&finding.key) || wants == Some(false) {
                return;
            }
            (rules::CLIENT_KEY_MISSING, "not there; the vendor's client call takes it")
        }
        ConfigFindingKind::Expression => return,
        ConfigFindingKind::SecondBlock | ConfigFindingKind::Unassigned | ConfigFindingKind::Unknown => {
            (rules::KEY_UNKNOWN, "means nothing here")
        }
    };
    findings.push(Finding::new(rule, place(&finding.key), why).on(vendor));
}

fn without_vendor(finding: &ConfigFinding) -> Option<Finding> {
    let (rule, why) = match finding.kind {
        ConfigFindingKind::ServerSecret => (rules::SERVER_SECRET, "a secret of the server by its name"),
        ConfigFindingKind::InvalidId => {
            (rules::CERTIFICATE_INVALID, "not a business id, which is a number from 1 to 4294967295")
        }
        ConfigFindingKind::Conflict => {
            (rules::CERTIFICATE_CONFLICT, "stands there twice with different values; the last one counts")
        }
        ConfigFindingKind::NotConfigured => {
            let zero = Finding::new(rules::CERTIFICATE_ZERO, place(&finding.key), "0 or empty");
            return Some(zero.rated(Severity::Note));
        }
        ConfigFindingKind::Unassigned => {
            (rules::CERTIFICATE_UNASSIGNED, "does not say whether it is APNs' or HarmonyOS's")
        }
        ConfigFindingKind::Missing | ConfigFindingKind::Expression => return None,
        ConfigFindingKind::SecondBlock => (
            rules::CERTIFICATE_CONFLICT,
            "a second block of ids beside this; the one under the app's own package counts",
        ),
        ConfigFindingKind::Unknown => (rules::KEY_UNKNOWN, "means nothing here"),
    };
    Some(Finding::new(rule, place(&finding.key), why))
}

fn is_id(key: &str) -> bool {
    key.ends_with("BussinessId")
}

/// What a value shows that its name does not.
fn look_at_value(setting: &Setting<'_>, findings: &mut Vec<Finding>) {
    let Some(text) = setting.text else { return };
    let names = setting.path();
    if let Some(shape) = secret_shape(&names, text) {
        let why = format!("the value looks like {shape}; it is {} bytes long and not shown", text.len());
        findings.push(Finding::new(rules::SECRET_SHAPE, place(setting.name), why));
    }
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_oppo_app_key(&names) && digits {
        let why = "digits only, as an AppID is: OPPO's registration fails with code 14";
        findings.push(Finding::new(rules::OPPO_KEY_IS_ID, place(setting.name), why).on(Vendor::Oppo));
    }
}

/// A certificate belongs to one channel, and for APNs to one kind of tokens. Apple's environments and an app's flavours
/// may share one.
fn shared(reading: &ConfigReading, findings: &mut Vec<Finding>) {
    let mut users: BTreeMap<BusinessId, CertificateSlot> = BTreeMap::new();
    for (slot, id) in reading.certificates().iter() {
        match users.get(&id) {
            None => drop(users.insert(id, slot)),
            Some(first) if (first.vendor(), first.kind()) == (slot.vendor(), slot.kind()) => {}
            Some(first) => {
                let why = format!("the business id {id} of {slot} is also that of {first}");
                findings.push(Finding::new(rules::CERTIFICATE_SHARED, FILE, why).on(slot.vendor()));
            }
        }
    }
}

fn apns(reading: &ConfigReading, findings: &mut Vec<Finding>) {
    for kind in TokenKind::ALL {
        let ids: Vec<_> = reading
            .certificates()
            .iter()
            .map(|(slot, _)| slot)
            .filter(|slot| slot.vendor() == Vendor::Apns && slot.kind() == kind)
            .map(CertificateSlot::environment)
            .collect();
        if !ids.is_empty()
            && ids.iter().all(|environment| *environment == Some(AppleEnvironment::Development))
        {
            let why = format!("the {kind} certificate is for development only");
            findings.push(Finding::new(rules::APNS_ENVIRONMENT, FILE, why).on(Vendor::Apns));
        }
    }
}
