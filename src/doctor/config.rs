//! The configuration: business ids, the app's keys, and what must not be there.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::keys;
use super::preflight::Setup;
use super::rules::rule_id;
use super::vendor_files;
use crate::certificate::{
    AppleEnvironment, BusinessId, CertificateSlot, ConfigFinding, ConfigFindingKind as Kind, ConfigReading,
};
use crate::finding::{Finding, RuleId, Severity, shown, shown_key};
use crate::vendor::{TokenKind, Vendor};

const CERTIFICATE_MISSING: RuleId = rule_id("certificate-missing");
const CERTIFICATE_ZERO: RuleId = rule_id("certificate-id-zero");
const CERTIFICATE_INVALID: RuleId = rule_id("certificate-id-invalid");
const CERTIFICATE_CONFLICT: RuleId = rule_id("certificate-id-conflict");
const CERTIFICATE_UNASSIGNED: RuleId = rule_id("certificate-id-unassigned");
const OTHER_FILE: RuleId = rule_id("config-other-file");

const FILE: &str = "config";

/// Which other file the text is, by its content; `None` for a configuration.
pub(super) fn other_file(text: &str) -> Option<&'static str> {
    if text.len() > ConfigReading::MAX_BYTES {
        return None;
    }
    let document: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).ok()?;
    let has = |key: &str| document.get(key).is_some();
    let text = document.to_string();
    let contains = |words: [&str; 3]| words.iter().any(|word| text.contains(word));
    let has_ids = text.contains("ussinessId") || text.contains("BUZID");
    let of_vendor = !has_ids && vendor_files::names_an_app(&document);
    let files = [
        (has("project_info") && has("client"), "google-services.json, Firebase's"),
        (has("type") && has("private_key_id"), "a service account's key, which belongs to a server"),
        (has("app-plus") || has("uni-app"), "manifest.json, uni-app's"),
        (of_vendor && contains(["agcgw", "cp_id", "product_id"]), "agconnect-services.json, Huawei's"),
        (of_vendor && contains(["mcs", "honor", "developer_id"]), "mcs-services.json, Honor's"),
        (of_vendor, "agconnect-services.json or mcs-services.json, a vendor's"),
    ];
    files.into_iter().find(|(is_it, _)| *is_it).map(|(_, name)| name)
}

pub(super) fn check(setup: &Setup<'_>, findings: &mut Vec<Finding>) {
    if let Some(name) = setup.other_file {
        findings.push(OTHER_FILE.at(FILE, format!("this is {name}, not timpush-configs.json")));
    }
    let reading = match &setup.reading {
        None => return,
        Some(Err(error)) => return findings.push(rule_id("config-unreadable").at(FILE, error.to_string())),
        Some(Ok(reading)) => reading,
    };
    blocks(setup, reading, findings);
    let mut shapes = Vec::new();
    let (mut vivo_key, mut vivo_id) = (None, String::new());
    setup.settings(&mut |setting| {
        let Some(text) = setting.text else { return };
        let path = setting.path();
        look_at_value(setup, setting.name, &path, text, &mut shapes);
        if keys::is_vivo_key(&path) {
            vivo_key = Some((place(setting.name), text.to_owned()));
        } else if keys::is_vivo_id(&path) {
            text.clone_into(&mut vivo_id);
        }
    });
    if let Some((place, key)) = vivo_key {
        shapes.extend(keys::vivo_secret(&key, &vivo_id, place));
    }
    let stated = reading.findings().iter().filter_map(|finding| stated(setup, finding));
    let shown: BTreeSet<_> = shapes.iter().map(|shape| (shape.rule().id(), shape.place())).collect();
    findings.extend(stated.filter(|own| !shown.contains(&(own.rule().id(), own.place()))));
    // A secret by its name is found once.
    let secrets = reading.findings().iter().filter(|known| known.kind == Kind::ServerSecret);
    let secrets: BTreeSet<String> = secrets.map(|known| place(&known.key)).collect();
    findings.extend(shapes.into_iter().filter(|shape| !secrets.contains(shape.place())));
    shared(reading, findings);
    for kind in TokenKind::ALL {
        let environments = setup.apple_environments(*kind);
        let development = Some(AppleEnvironment::Development);
        if !environments.is_empty() && environments.iter().all(|environment| *environment == development) {
            let cause = format!("the {kind} certificate is for development only");
            findings.push(rule_id("apns-environment").at(FILE, cause).on(Vendor::Apns));
        }
    }
    missing(setup, reading, findings);
}

fn place(key: &str) -> String {
    format!("{FILE}: {}", shown_key(key))
}

fn blocks(setup: &Setup<'_>, reading: &ConfigReading, findings: &mut Vec<Finding>) {
    let package = setup.package;
    let own = package.is_some_and(|package| reading.packages().any(|name| name == package));
    let others = reading.findings().iter().filter(|finding| finding.kind == Kind::SecondBlock).count();
    if others > 0 {
        let which = if own {
            "; only the one of the app's package counts"
        } else {
            ", and none is named after the app's package"
        };
        let cause = format!("{} blocks have business ids{which}", others.saturating_add(1));
        findings.push(rule_id("config-blocks").at(FILE, cause));
    }
    if let (Some(package), Some(other), false) = (package, reading.packages().next(), own) {
        let cause = format!("its block is for {}, and the app is {}", shown(other), shown(package));
        findings.push(rule_id("config-other-package").at(FILE, cause));
    }
}

fn missing(setup: &Setup<'_>, reading: &ConfigReading, findings: &mut Vec<Finding>) {
    let unassigned = reading.unassigned().is_some();
    if setup.preflight.app.vendors.is_none() {
        if reading.certificates().is_empty() && !unassigned && expressions(reading).next().is_none() {
            let finding = CERTIFICATE_MISSING.at(FILE, "it has no business id, so no token can be reported");
            // A file with empty ids is a template that somebody has yet to fill in.
            let is_template = reading.findings().iter().any(|finding| finding.kind == Kind::NotConfigured);
            findings.push(finding.rated_if(is_template, Severity::Warning));
        }
        return;
    }
    for vendor in setup.wanted.iter() {
        let stated = reading.findings().iter().any(|finding| {
            finding.vendor == Some(vendor) && matches!(finding.kind, Kind::InvalidId | Kind::NotConfigured)
        });
        let mut configured = reading.certificates().vendors().chain(expressions(reading));
        let perhaps = unassigned && matches!(vendor, Vendor::Apns | Vendor::HarmonyOs);
        if !stated && !perhaps && !configured.any(|known| known == vendor) {
            let cause = "the app wants this vendor, and the configuration has no business id for it";
            findings.push(CERTIFICATE_MISSING.at(FILE, cause).on(vendor));
        }
    }
}

/// The vendors whose id is known to the build only.
pub(super) fn expressions(reading: &ConfigReading) -> impl Iterator<Item = Vendor> {
    let computed = reading.findings().iter().filter(|finding| finding.kind == Kind::Expression);
    computed.filter_map(|finding| finding.vendor)
}

/// What the reader of configurations found.
fn stated(setup: &Setup<'_>, finding: &ConfigFinding) -> Option<Finding> {
    let explicit = setup.preflight.app.vendors;
    let wants = finding.vendor.and_then(|vendor| explicit.map(|vendors| vendors.contains(vendor)));
    let words = finding.kind.words();
    let (rule, cause) = match finding.kind {
        Kind::ServerSecret => {
            let by_name = keys::secret_by_name(&finding.key, place(&finding.key));
            let by_name = by_name.filter(|_| finding.vendor.is_none());
            let found = by_name.unwrap_or_else(|| keys::servers_secret(place(&finding.key)));
            return Some(found.on(finding.vendor));
        }
        Kind::InvalidId => (CERTIFICATE_INVALID, words),
        Kind::Conflict => (CERTIFICATE_CONFLICT, words),
        Kind::NotConfigured if wants == Some(true) => {
            (CERTIFICATE_ZERO, "0 or empty, and the app wants this vendor")
        }
        Kind::NotConfigured => (CERTIFICATE_ZERO, words),
        Kind::Unassigned => (CERTIFICATE_UNASSIGNED, words),
        Kind::Expression => (rule_id("value-computed"), words),
        // A missing business id is found where the app wants the vendor.
        Kind::Missing
            if finding.vendor.is_some() && wants != Some(false) && !finding.key.ends_with("BussinessId") =>
        {
            (keys::CLIENT_KEY_MISSING, "missing; the vendor's client call takes it")
        }
        Kind::Unknown if keys::is_misspelt(&finding.key) => {
            (rule_id("config-key-unknown"), "unknown, and close to a known key")
        }
        // What is not about push is left alone. Several blocks are one finding.
        Kind::Missing | Kind::Unknown | Kind::SecondBlock => return None,
    };
    let of_zero = if wants == Some(true) { Severity::Error } else { Severity::Note };
    let found = rule.at(place(&finding.key), cause).on(finding.vendor);
    Some(found.rated_if(finding.kind == Kind::NotConfigured, of_zero))
}

/// What the value shows, beyond the name of its key.
fn look_at_value(setup: &Setup<'_>, name: &str, path: &str, text: &str, findings: &mut Vec<Finding>) {
    let at = place(name);
    findings.extend(keys::secret_by_shape(path, text, &at));
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if keys::is_oppo_app_key(path) && digits {
        let cause = "digits only, like an AppID: OPPO's registration fails with code 14";
        findings.push(rule_id("oppo-key-is-id").at(at.clone(), cause).on(Vendor::Oppo));
    }
    let vendor = keys::vendor_of_setting(name, path).filter(|vendor| setup.wanted.contains(*vendor));
    let Some(vendor) = vendor else { return };
    if text.trim().is_empty() && keys::is_client_key(name, vendor) {
        let finding = keys::CLIENT_KEY_MISSING.at(at.clone(), "empty, and the vendor's client call takes it");
        findings.push(finding.on(vendor).rated(Severity::Warning));
    }
    if keys::is_push_id(path) && keys::is_sample(text) {
        findings.push(keys::sample(at).on(vendor));
    }
}

/// A certificate belongs to one vendor, and for APNs to one kind of token. Apple's environments and an app's
/// flavours may share one.
fn shared(reading: &ConfigReading, findings: &mut Vec<Finding>) {
    let mut users: BTreeMap<BusinessId, CertificateSlot> = BTreeMap::new();
    for (slot, id) in reading.certificates().iter() {
        let first = *users.entry(id).or_insert(slot);
        if (first.vendor(), first.kind()) != (slot.vendor(), slot.kind()) {
            let cause = format!("the business id {id} of {slot} is also that of {first}");
            findings.push(rule_id("certificate-id-shared").at(FILE, cause).on(slot.vendor()));
        }
    }
}
