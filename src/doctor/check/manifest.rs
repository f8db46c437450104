//! The manifest by itself.

use std::collections::BTreeMap;

use super::secret::{is_secret_name, normal, secret_shape};
use crate::certificate::settings;
use crate::doctor::rules::{config as config_rules, manifest as rules};
use crate::doctor::{App, Manifest, Preflight};
use crate::finding::{Finding, shown};
use crate::intent::manifest::{ComponentElement, ComponentKind};
use crate::vendor::Vendor;

/// The first API level whose apps must say `android:exported`, and the first whose users are asked about notifications.
const ANDROID_12: u32 = 31;
const ANDROID_13: u32 = 33;

/// Meta-data that the vendors' SDKs read by themselves, number or not, as their documents have it.
const READ_BY_SDKS: [&str; 4] = [
    "com.vivo.push.app_id",
    "com.vivo.push.api_key",
    "com.hihonor.push.app_id",
    "com.huawei.hms.client.appid",
];

/// What the receiver of a vendor's tokens listens to, in public manifests.
const RECEIVERS: [(&str, Vendor); 3] = [
    ("com.google.firebase.MESSAGING_EVENT", Vendor::Fcm),
    ("com.xiaomi.mipush.RECEIVE_MESSAGE", Vendor::Xiaomi),
    ("com.meizu.flyme.push.intent.REGISTER.FEEDBACK", Vendor::Meizu),
];

const FILE: &str = "manifest";

pub(in crate::doctor) fn manifest(preflight: &Preflight, findings: &mut Vec<Finding>) {
    let Some(manifest) = &preflight.manifest else { return };
    let target_sdk = target_sdk(preflight);
    meta_data(manifest, findings);
    for component in manifest.components() {
        one_component(manifest, component, target_sdk, findings);
    }
    receivers(manifest, findings);
    badge(preflight, manifest, findings);
    if target_sdk >= Some(ANDROID_13)
        && !manifest.permissions().any(|name| name == "android.permission.POST_NOTIFICATIONS")
    {
        let why = "POST_NOTIFICATIONS is not declared; an SDK's manifest may add it when the app is built";
        findings.push(Finding::new(rules::NOTIFICATION_PERMISSION, FILE, why));
    }
}

/// What the app targets: the app's word goes before the manifest's, which build files override.
pub(super) fn target_sdk(preflight: &Preflight) -> Option<u32> {
    let own = preflight.app.as_ref().and_then(App::target_sdk);
    own.or_else(|| preflight.manifest.as_ref().and_then(Manifest::target_sdk))
}

pub(super) fn place(class: &str) -> String {
    format!("{FILE}: {}", shown(class))
}

fn meta_data(manifest: &Manifest, findings: &mut Vec<Finding>) {
    for (name, value) in manifest.meta_data() {
        let at = || place(&format!("meta-data {name}"));
        if is_secret_name(name) && !value.is_empty() {
            let why = "a secret of the server by its name";
            findings.push(Finding::new(config_rules::SERVER_SECRET, at(), why));
        } else if let Some(shape) = secret_shape(name, value) {
            let why = format!("the value looks like {shape}; it is {} bytes long and not shown", value.len());
            findings.push(Finding::new(config_rules::SECRET_SHAPE, at(), why));
        }
        let digits = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
        if digits && is_id_name(name) && !READ_BY_SDKS.contains(&name) {
            let why = format!("{} digits and nothing else: Android reads a number, not a text", value.len());
            findings.push(Finding::new(rules::NUMERIC_META_DATA, at(), why));
        }
    }
}

fn is_id_name(name: &str) -> bool {
    let name = normal(name);
    // `…android` is the end of many a package.
    !name.ends_with("android")
        && ["id", "key", "secret", "number", "sender"].iter().any(|word| name.ends_with(word))
}

fn one_component(
    manifest: &Manifest,
    component: &ComponentElement,
    target_sdk: Option<u32>,
    findings: &mut Vec<Finding>,
) {
    let class = manifest.class_of(component);
    let at = || place(&class);
    // Android asks it of activities, services and receivers.
    let asked = component.kind() != ComponentKind::Provider && !component.filters().is_empty();
    if asked && component.attribute("exported").is_none() && target_sdk >= Some(ANDROID_12) {
        let why = "has an intent filter and no android:exported; the app cannot be installed on Android 12";
        findings.push(Finding::new(rules::EXPORTED_MISSING, at(), why));
    }
    for element in component.filters() {
        let filter = match element.to_filter() {
            Ok(filter) => filter,
            Err(error) => {
                findings.push(Finding::new(rules::FILTER_UNREADABLE, at(), error.to_string()));
                continue;
            }
        };
        if filter.has_action("com.google.firebase.INSTANCE_ID_EVENT") {
            let why = "a service for FirebaseInstanceId, which Firebase calls no more";
            findings.push(Finding::new(rules::OUTDATED_FIREBASE, at(), why).on(Vendor::Fcm));
        }
        let capital =
            |text: &str| !text.contains('$') && text.contains(|char: char| char.is_ascii_uppercase());
        let hosts = filter.authorities().iter().any(|authority| capital(authority.host()));
        if hosts || filter.schemes().any(capital) {
            let why = "the scheme or host of its filter has capital letters";
            findings.push(Finding::new(rules::MANIFEST_SCHEME_CASE, at(), why));
        }
    }
}

/// One owner for each vendor's tokens.
fn receivers(manifest: &Manifest, findings: &mut Vec<Finding>) {
    let mut owners: BTreeMap<Vendor, String> = BTreeMap::new();
    for component in manifest.components() {
        let class = manifest.class_of(component);
        let filters: Vec<_> =
            component.filters().iter().filter_map(|filter| filter.to_filter().ok()).collect();
        for (action, vendor) in RECEIVERS {
            if !filters.iter().any(|filter| filter.has_action(action)) {
                continue;
            }
            match owners.get(&vendor) {
                None => drop(owners.insert(vendor, class.clone().into_owned())),
                Some(owner) if *owner == class => {}
                Some(owner) => {
                    let why = format!("receives what {} receives too: {action}", shown(owner));
                    findings.push(Finding::new(rules::SDK_TWICE, place(&class), why).on(vendor));
                }
            }
        }
    }
}

fn badge(preflight: &Preflight, manifest: &Manifest, findings: &mut Vec<Finding>) {
    if manifest.components().is_empty() {
        return;
    }
    let mut unknown = |at: String, class: &str| {
        if !class.is_empty() && manifest.activity(class).is_none() {
            let why = format!("{} is no activity of the manifest", shown(class));
            findings.push(Finding::new(rules::BADGE_ACTIVITY, at, why));
        }
    };
    if let Some(class) = preflight.app.as_ref().and_then(App::badge_activity) {
        unknown("app: badge activity".to_owned(), class);
    }
    settings(preflight.config.as_deref().unwrap_or_default(), &mut |setting| {
        if normal(setting.name).ends_with("badgeclassname") {
            unknown(format!("config: {}", shown(setting.name)), setting.text.unwrap_or_default());
        }
    });
}
