//! The manifest by itself: meta-data, components, filters, permissions.

use super::keys;
use super::manifest::{Declared, Lookup, MetaData, is_computed};
use super::preflight::Setup;
use super::rules::rule_id;
use crate::finding::{Finding, RuleId, Severity, shown};
use crate::intent::filter::IntentFilter;
use crate::intent::manifest::ComponentKind;
use crate::vendor::Vendor;

const NOTIFICATION_PERMISSION: RuleId = rule_id("notification-permission-missing");

/// The first API level whose apps must say `android:exported`.
const ANDROID_12_LEVEL: u32 = 31;

/// The first API level whose users are asked about notifications, and whose system refuses an intent that no
/// filter of the component it names takes.
pub(super) const ANDROID_13_LEVEL: u32 = 33;

/// Meta-data that the vendors' SDKs read correctly, whether it is a number or not. The short names are
/// vivo's.
const READ_BY_SDKS: &str = "com.vivo.push.app_id com.vivo.push.api_key app_id api_key com.hihonor.push.app_id \
    com.huawei.hms.client.appid com.huawei.hms.client.cpid";

const INSTALLATION_FLAG: &str = "firebase_messaging_installation_id_enabled";

pub(super) fn check(setup: &Setup<'_>, findings: &mut Vec<Finding>) {
    const PERMISSION: &str = "android.permission.POST_NOTIFICATIONS";
    let manifest = &setup.manifest;
    let target_sdk = setup.target_sdk();
    manifest.meta_data.iter().for_each(|data| meta_data(data, findings));
    let meta = |names: [&str; 2]| names.into_iter().find_map(|name| manifest.meta(name));
    let vivo = meta(["com.vivo.push.api_key", "api_key"]).zip(meta(["com.vivo.push.app_id", "app_id"]));
    findings.extend(vivo.and_then(|(key, id)| keys::vivo_secret(key.value, id.value, key.place())));
    manifest.components.iter().for_each(|component| one_component(component, target_sdk, findings));
    badge(setup, findings);
    // Other modules and libraries may declare it, so only the merged manifest shows that it is missing.
    let is_declared = manifest.permissions.contains(&PERMISSION);
    if !is_declared && target_sdk >= Some(ANDROID_13_LEVEL) && manifest.is_app() {
        let is_open = !manifest.certainly_lacks("uses-permission", PERMISSION);
        let rest = if is_open { " here; an SDK's manifest may add it when the app is built" } else { "" };
        let cause = format!("POST_NOTIFICATIONS is not declared{rest}");
        findings.push(NOTIFICATION_PERMISSION.at(manifest.place(), cause).rated_if(is_open, Severity::Note));
    }
    if manifest.meta(INSTALLATION_FLAG).is_some_and(|flag| flag.value == "true") {
        let cause = format!("{INSTALLATION_FLAG} is true");
        findings.push(rule_id("fcm-installation-ids").at(manifest.place(), cause).on(Vendor::Fcm));
    }
}

fn meta_data(data: &MetaData<'_>, findings: &mut Vec<Finding>) {
    let MetaData { name, value, .. } = data;
    if is_computed(value) || value.trim().is_empty() {
        return;
    }
    let vendor = keys::vendor_of(name);
    let by_name = keys::secret_by_name(name, data.place());
    let secret = by_name.or_else(|| keys::secret_by_shape(name, value, &data.place()));
    findings.extend(secret.map(|finding| finding.on(vendor)));
    let digits = value.bytes().all(|byte| byte.is_ascii_digit());
    if digits && keys::is_push_id(name) && READ_BY_SDKS.split(' ').all(|known| known != *name) {
        let cause = format!("{} digits and nothing else: Android reads a number, not a text", value.len());
        findings.push(rule_id("numeric-meta-data").at(data.place(), cause).on(vendor));
    }
}

fn one_component(component: &Declared, target_sdk: Option<u32>, findings: &mut Vec<Finding>) {
    let element = &component.element;
    // Android asks it of activities, services and receivers. What is merged into a library's element has its
    // attributes.
    let is_partial =
        element.attribute("tools:node").is_some() || element.attribute("tools:replace").is_some();
    let asked = element.kind() != ComponentKind::Provider && !element.filters().is_empty() && !is_partial;
    if asked && element.attribute("exported").is_none() && target_sdk >= Some(ANDROID_12_LEVEL) {
        let cause = "has an intent filter and no android:exported; the app cannot be installed on Android 12";
        findings.push(rule_id("exported-missing").at(component.place(), cause));
    }
    let computed = element.filters().iter().any(|filter| filter.to_string().contains("${"));
    for error in element.filters().iter().filter_map(|filter| filter.to_filter().err()) {
        let finding = rule_id("filter-unreadable").at(component.place(), error.to_string());
        findings.push(finding.rated_if(computed, Severity::Note));
    }
    // A filter that takes both spellings is written with care.
    let capital = |filter: &IntentFilter| {
        filter.schemes().any(|scheme| {
            let small = scheme.to_ascii_lowercase();
            !is_computed(scheme) && small != scheme && !filter.has_scheme(&small)
        })
    };
    if component.filters.iter().any(capital) {
        let cause = "the scheme of its filter has capital letters";
        findings.push(rule_id("filter-scheme-case").at(component.place(), cause));
    }
}

fn badge(setup: &Setup<'_>, findings: &mut Vec<Finding>) {
    let manifest = &setup.manifest;
    if manifest.activities().next().is_none() {
        return;
    }
    let mut look = |at: String, class: &str| {
        let is_open = class.is_empty() || is_computed(class) || keys::is_sample(class);
        // A class of a package that is not known cannot be judged.
        if !is_open && matches!(manifest.activity(class), Lookup::No) {
            let cause = format!("{} is not an activity of the manifest", shown(class));
            findings.push(rule_id("badge-activity-unknown").at(at, cause));
        }
    };
    if let Some(class) = &setup.preflight.app.badge_activity {
        look("app: badge activity".to_owned(), class);
    }
    // Two vendors have such a key.
    let mut left = 8_usize;
    setup.settings(&mut |setting| {
        if left > 0 && keys::normal(setting.name).ends_with("badgeclassname") {
            left = left.saturating_sub(1);
            look(format!("config: {}", shown(setting.name)), setting.text.unwrap_or_default());
        }
    });
}
