//! The files that vendors' consoles provide for an app, compared with the app.

use serde_json::Value;

use super::preflight::Setup;
use super::rules::rule_id;
use super::{BuildFile, keys};
use crate::finding::{Finding, RuleId, Severity, shown};
use crate::vendor::{Source, Vendor};

const FIREBASE: Source = Source::read("https://firebase.google.com/docs/projects/api-keys");

const UNREADABLE: RuleId = rule_id("vendor-file-unreadable");
const OTHER_PACKAGE: RuleId = rule_id("vendor-file-package");
const APP_ID_DIFFERS: RuleId = rule_id("vendor-file-app-id");
const SIGNING_DIFFERS: RuleId = rule_id("signing-differs");
const SIGNING_UNKNOWN: RuleId = rule_id("signing-cannot-be-judged");

/// The name of the file that a vendor's console gives for an app, if it gives one.
pub(super) fn file_name(vendor: Vendor) -> Option<&'static str> {
    const FILES: [(Vendor, &str); 3] = [
        (Vendor::Huawei, "agconnect-services.json"),
        (Vendor::Fcm, "google-services.json"),
        (Vendor::Honor, "mcs-services.json"),
    ];
    FILES.iter().find(|(own, _)| *own == vendor).map(|(_, name)| *name)
}

/// The apps that a vendor's file names.
#[derive(Default)]
struct Apps {
    packages: Vec<String>,
    app_ids: Vec<String>,
    /// SHA-1 fingerprints with the package that they are for.
    signings: Vec<(String, String)>,
}

pub(super) fn check(setup: &Setup<'_>, findings: &mut Vec<Finding>) {
    let preflight = setup.preflight;
    let given = [("--signing", &preflight.signing), ("--registered-signing", &preflight.registered_signing)];
    let [signing, registered] = given.map(|(name, text)| {
        let digits = fingerprint(text.as_deref()?);
        if !matches!(digits.len(), 40 | 64) {
            let cause = format!("{} hexadecimal digits; SHA-1 has 40, SHA-256 has 64", digits.len());
            findings.push(UNREADABLE.at(name, cause).with_fix("give it as keytool -list -v prints it"));
            return None;
        }
        Some(digits)
    });
    if let (Some(own), Some(known)) = (&signing, &registered) {
        let (rule, cause) = if own.len() == known.len() {
            (SIGNING_DIFFERS, "the fingerprint of the build is not the registered one")
        } else {
            (SIGNING_UNKNOWN, "one fingerprint is SHA-1 and the other SHA-256, so they cannot be compared")
        };
        findings.extend((own != known).then(|| rule.at("signing", cause)));
    }
    for (vendor, name, text) in &preflight.vendor_files {
        let at = shown(name);
        let mut found = Vec::new();
        match read(*vendor, &text.0) {
            Err((cause, fix)) => found.push(UNREADABLE.at(at, cause).with_fix(fix)),
            Ok(apps) => {
                found.extend(other_package(setup, &apps, &at));
                other_app_id(setup, *vendor, &apps, &at, &mut found);
                let unknown = "it states no fingerprint; the vendor's console does";
                found.extend(match &signing {
                    Some(own) if *vendor == Vendor::Fcm => google_signing(setup, &apps, own, at),
                    Some(_) if registered.is_none() => Some(SIGNING_UNKNOWN.at(at, unknown)),
                    Some(_) | None => None,
                });
            }
        }
        findings.extend(found.into_iter().map(|finding| finding.on(*vendor)));
    }
}

/// The digits of a fingerprint in lower case.
fn fingerprint(text: &str) -> String {
    let named = text.trim().split_once(':').filter(|(name, _)| name.to_ascii_uppercase().starts_with("SHA"));
    let digits = named.map_or(text, |(_, rest)| rest).chars().filter(char::is_ascii_hexdigit);
    digits.map(|digit| digit.to_ascii_lowercase()).collect()
}

/// Reads a file, or says what it is instead and what to do.
fn read(vendor: Vendor, text: &str) -> Result<Apps, (String, &'static str)> {
    let Some(file) = file_name(vendor) else {
        let cause = "this vendor's console gives no such file".to_owned();
        return Err((cause, "leave it out: Huawei, Honor and FCM have one"));
    };
    let document: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
        (format!("not JSON at line {}, column {}", error.line(), error.column()), UNREADABLE.rule().fix())
    })?;
    let mut apps = Apps::default();
    let list = |key: &str| document.get(key).and_then(Value::as_array).into_iter().flatten();
    let missing = if vendor == Vendor::Fcm {
        list("client").for_each(|client| google_client(client, &mut apps));
        let is_for_none = apps.packages.is_empty().then_some("client with a package_name");
        document.get("project_info").map_or(Some("project_info"), |_| is_for_none)
    } else if vendor == Vendor::Huawei {
        let places = ["client", "app_info"].into_iter().filter_map(|key| document.get(key));
        for place in places.chain(list("appInfos")) {
            take(place, &mut apps);
            take(place.get("app_info").unwrap_or(&Value::Null), &mut apps);
        }
        apps.app_ids.is_empty().then_some("client.app_id")
    } else {
        anywhere(&document, 0, &mut apps);
        apps.app_ids.is_empty().then_some("app id")
    };
    match missing {
        None => Ok(apps),
        Some(missing) => Err((format!("not {file}: it has no {missing}"), UNREADABLE.rule().fix())),
    }
}

fn google_client(client: &Value, apps: &mut Apps) {
    let text = |pointer: &str| client.pointer(pointer).and_then(Value::as_str).map(str::to_owned);
    apps.packages.extend(text("/client_info/android_client_info/package_name"));
    apps.app_ids.extend(text("/client_info/mobilesdk_app_id"));
    for oauth in client.get("oauth_client").and_then(Value::as_array).into_iter().flatten() {
        let of_android = |key: &str| oauth.pointer(&format!("/android_info/{key}")).and_then(Value::as_str);
        if let (Some(package), Some(hash)) = (of_android("package_name"), of_android("certificate_hash")) {
            apps.signings.push((package.to_owned(), hash.to_ascii_lowercase()));
        }
    }
}

/// Takes the package and the app id of one object.
fn take(place: &Value, apps: &mut Apps) {
    let add = |list: &mut Vec<String>, keys: [&str; 3]| {
        for value in keys.into_iter().filter_map(|key| place.get(key)) {
            let number = || value.as_number().map(ToString::to_string);
            let text = value.as_str().map(str::to_owned).or_else(number).filter(|text| !text.is_empty());
            list.extend(text.filter(|text| !list.contains(text)));
        }
    };
    add(&mut apps.packages, ["package_name", "packageName", "package"]);
    add(&mut apps.app_ids, ["app_id", "appId", "appid"]);
}

/// Whether a document names an app as Huawei's and Honor's files do: its id together with its package.
pub(super) fn names_an_app(document: &Value) -> bool {
    let mut apps = Apps::default();
    anywhere(document, 0, &mut apps);
    !apps.app_ids.is_empty() && !apps.packages.is_empty()
}

/// Honor's file has changed its form: what counts is looked for at every level.
fn anywhere(value: &Value, depth: usize, apps: &mut Apps) {
    const MOST: usize = 64;
    if depth > 8 || apps.app_ids.len() > MOST {
        return;
    }
    take(value, apps);
    let members = value.as_object().into_iter().flat_map(|members| members.values());
    let inner = members.chain(value.as_array().into_iter().flatten());
    inner.for_each(|inner| anywhere(inner, depth.saturating_add(1), apps));
}

fn other_package(setup: &Setup<'_>, apps: &Apps, at: &str) -> Option<Finding> {
    let is_own = |package: &str| apps.packages.is_empty() || apps.packages.iter().any(|own| own == package);
    let package = setup.package.filter(|package| !is_own(package))?;
    let has = apps.packages.iter().take(3).map(|own| shown(own)).collect::<Vec<_>>().join(", ");
    let cause = format!("it is for {has}, and the app is {}", shown(package));
    // The build may set another application id than the package of a source manifest.
    Some(OTHER_PACKAGE.at(at.to_owned(), cause).rated_if(!setup.package_is_certain, Severity::Warning))
}

/// The app id in the manifest and in the configuration.
fn other_app_id(setup: &Setup<'_>, vendor: Vendor, apps: &Apps, at: &str, findings: &mut Vec<Finding>) {
    const NAMES: [(Vendor, &str); 2] =
        [(Vendor::Huawei, "com.huawei.hms.client.appid"), (Vendor::Honor, "com.hihonor.push.app_id")];
    let Some((_, name)) = NAMES.iter().find(|(own, _)| *own == vendor) else { return };
    let mut compare = |own: &str, place: &str| {
        let is_id = !own.is_empty() && own.bytes().all(|byte| byte.is_ascii_digit());
        if is_id && !apps.app_ids.iter().any(|id| id == own) {
            findings.push(APP_ID_DIFFERS.at(at.to_owned(), format!("its app id is not that in {place}")));
        }
    };
    let data = setup.manifest.meta(name);
    if let Some(data) = data {
        let own = data.value.trim().trim_start_matches("appid=").trim_start_matches('\\').trim();
        compare(own, &format!("meta-data {name} of {}", data.file));
    }
    for (name, value) in setup.preflight.build_files.iter().flat_map(BuildFile::placeholders) {
        // What fills the meta-data is compared there.
        let is_other = data.is_none_or(|data| data.value != value);
        if is_other && keys::normal(name).ends_with("appid") && keys::vendor_of(name) == Some(vendor) {
            compare(value.trim(), &format!("the placeholder {}", shown(name)));
        }
    }
    setup.settings(&mut |setting| {
        let Some(value) = setting.text else { return };
        let path = setting.path();
        let is_app_id = keys::normal(&path).ends_with("appid");
        if is_app_id && keys::vendor_of_setting(setting.name, &path) == Some(vendor) {
            compare(value.trim(), "the configuration");
        }
    });
}

/// Whether Firebase's file has the fingerprint of the build.
fn google_signing(setup: &Setup<'_>, apps: &Apps, own: &str, at: String) -> Option<Finding> {
    let is_app = |package: &str| setup.package.is_none_or(|known| known == package);
    let mut of_app = apps.signings.iter().filter(|(package, _)| is_app(package)).peekable();
    let unknown = if of_app.peek().is_none() {
        "it states no fingerprint for the app; FCM works without one unless the API key is restricted"
    } else if own.len() != 40 {
        "it states SHA-1 fingerprints, and the one given is SHA-256"
    } else if of_app.any(|(_, hash)| hash == own) {
        return None;
    } else {
        // FCM minds only where the API key is restricted to fingerprints.
        let finding = SIGNING_DIFFERS.at(at, "none of its fingerprints is that of the build");
        return Some(finding.because(FIREBASE).rated(Severity::Warning));
    };
    Some(SIGNING_UNKNOWN.at(at, unknown))
}
