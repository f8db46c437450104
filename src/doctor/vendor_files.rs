//! The files that vendors' consoles provide for an app, compared with the app.

use serde_json::Value;

use super::keys;
use super::preflight::{Setup, VendorFile};
use crate::finding::{Finding, Rule, Severity, shown};
use crate::vendor::{Source, Vendor};

const AGC: Source = Source::read(
    "https://developer.huawei.com/consumer/en/doc/HMSCore-References/error-code-0000001050255690/",
);
const FIREBASE: Source = Source::read("https://firebase.google.com/docs/projects/api-keys");

pub(super) const ALL: &[&Rule] =
    &[UNREADABLE, OTHER_PACKAGE, APP_ID_DIFFERS, SIGNING_DIFFERS, SIGNING_UNKNOWN];

const UNREADABLE: &Rule = &Rule::error("vendor-file-unreadable", AGC)
    .says("A vendor's file is not JSON, or is another file.")
    .with_fix("download it again from the vendor's console");

const OTHER_PACKAGE: &Rule = &Rule::error("vendor-file-package", AGC)
    .says("A vendor's file is for another package than the app: Huawei answers 6003 or 907135000, Firebase refuses the installation.")
    .with_fix("add the app with its application id in the vendor's console, and download the file again");

const APP_ID_DIFFERS: &Rule = &Rule::error("vendor-file-app-id", AGC)
    .says("The app id in a vendor's file is not the one in the manifest or in the configuration: Huawei answers 907135000.")
    .with_fix("keep one: the file's, from the vendor's console");

const SIGNING_DIFFERS: &Rule = &Rule::error("signing-differs", AGC)
    .says("The app is signed with another certificate than the vendor knows: Huawei answers 6003, and Firebase's API key refuses the app.")
    .with_fix("add the fingerprint of the certificate that signs this build in the vendor's console");

const SIGNING_UNKNOWN: &Rule = &Rule::note("signing-cannot-be-judged", AGC)
    .says("Whether the vendor knows the certificate that signs the app cannot be judged.")
    .with_fix(
        "give the SHA-256 that AppGallery Connect shows as --registered-signing; Firebase's file has SHA-1",
    );

impl VendorFile {
    pub(super) const fn file_name(self) -> &'static str {
        match self {
            Self::AgConnect => "agconnect-services.json",
            Self::GoogleServices => "google-services.json",
            Self::McsServices => "mcs-services.json",
        }
    }

    const fn vendor(self) -> Vendor {
        match self {
            Self::AgConnect => Vendor::Huawei,
            Self::GoogleServices => Vendor::Fcm,
            Self::McsServices => Vendor::Honor,
        }
    }
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
    let signing = preflight.signing.as_deref().map(fingerprint);
    let registered = preflight.registered_signing.as_deref().map(fingerprint);
    for (name, given) in [("--signing", &signing), ("--registered-signing", &registered)] {
        if let Some(Err(length)) = given {
            let cause = format!("{length} hexadecimal digits; SHA-1 has 40, SHA-256 has 64");
            let finding = UNREADABLE.at(name, cause);
            findings.push(finding.with_fix("give it as keytool -list -v prints it"));
        }
    }
    let signing = signing.and_then(Result::ok);
    let registered = registered.and_then(Result::ok);
    if let (Some(own), Some(known)) = (&signing, &registered) {
        if own.len() != known.len() {
            let cause = "one fingerprint is SHA-1 and the other SHA-256, so they cannot be compared";
            findings.push(SIGNING_UNKNOWN.at("signing", cause));
        } else if own != known {
            let cause = "the fingerprint of the build is not the registered one";
            findings.push(SIGNING_DIFFERS.at("signing", cause));
        }
    }
    for (kind, name, text) in &preflight.vendor_files {
        let find = |rule: &'static Rule, cause: String| rule.at(shown(name), cause).on(kind.vendor());
        match read(*kind, text) {
            Ok(apps) => {
                other_package(setup, &apps, &find, findings);
                other_app_id(setup, *kind, &apps, &find, findings);
                let is_registered = registered.is_some();
                let found = signing.as_deref().and_then(|own| match kind {
                    VendorFile::GoogleServices => google_signing(setup, &apps, own, &find),
                    VendorFile::AgConnect | VendorFile::McsServices => (!is_registered).then(|| {
                        let cause = "it states no fingerprint; the vendor's console does";
                        find(SIGNING_UNKNOWN, cause.to_owned())
                    }),
                });
                findings.extend(found);
            }
            Err(cause) => findings.push(find(UNREADABLE, cause)),
        }
    }
}

/// The digits of a fingerprint in lower case, or how many there are.
fn fingerprint(text: &str) -> Result<String, usize> {
    let text = text.trim();
    let text = text
        .split_once(':')
        .filter(|(begin, _)| begin.to_ascii_uppercase().starts_with("SHA"))
        .map_or(text, |(_, rest)| rest);
    let digits: String =
        text.chars().filter(char::is_ascii_hexdigit).map(|digit| digit.to_ascii_lowercase()).collect();
    if matches!(digits.len(), 40 | 64) { Ok(digits) } else { Err(digits.len()) }
}

fn read(kind: VendorFile, text: &str) -> Result<Apps, String> {
    let document: Value = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| format!("not JSON at line {}, column {}", error.line(), error.column()))?;
    let mut apps = Apps::default();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    match kind {
        VendorFile::GoogleServices => {
            if document.get("project_info").is_none() {
                return Err("not google-services.json: it has no project_info".to_owned());
            }
            for client in list(document.get("client").unwrap_or(&Value::Null)) {
                google_client(&client, &mut apps);
            }
        }
        VendorFile::AgConnect => {
            let places = ["client", "app_info"].into_iter().filter_map(|key| document.get(key));
            let more = list(document.get("appInfos").unwrap_or(&Value::Null));
            for place in places.chain(&more) {
                take(place, &mut apps);
                if let Some(inner) = place.get("app_info") {
                    take(inner, &mut apps);
                }
            }
            if apps.app_ids.is_empty() {
                return Err("not agconnect-services.json: it has no client.app_id".to_owned());
            }
        }
        VendorFile::McsServices => {
            anywhere(&document, 0, &mut apps);
            if apps.app_ids.is_empty() {
                return Err("not mcs-services.json: it has no app id".to_owned());
            }
        }
    }
    Ok(apps)
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
            let text = match value {
                Value::String(text) => text.clone(),
                Value::Number(number) => number.to_string(),
                Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => continue,
            };
            if !text.is_empty() && !list.contains(&text) {
                list.push(text);
            }
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
    match value {
        Value::Object(members) => {
            members.values().for_each(|member| anywhere(member, depth.saturating_add(1), apps));
        }
        Value::Array(items) => items.iter().for_each(|item| anywhere(item, depth.saturating_add(1), apps)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn other_package(
    setup: &Setup<'_>,
    apps: &Apps,
    find: &dyn Fn(&'static Rule, String) -> Finding,
    findings: &mut Vec<Finding>,
) {
    let Some(package) = setup.package() else { return };
    if apps.packages.is_empty() || apps.packages.iter().any(|own| own == package) {
        return;
    }
    let has = apps.packages.iter().take(3).map(|own| shown(own)).collect::<Vec<_>>().join(", ");
    let cause = format!("it is for {has}, and the app is {}", shown(package));
    // The build may set another application id than the package of a source manifest.
    let severity = if setup.package_is_certain() { Severity::Error } else { Severity::Warning };
    findings.push(find(OTHER_PACKAGE, cause).rated(severity));
}

/// The app id in the manifest and in the configuration.
fn other_app_id(
    setup: &Setup<'_>,
    kind: VendorFile,
    apps: &Apps,
    find: &dyn Fn(&'static Rule, String) -> Finding,
    findings: &mut Vec<Finding>,
) {
    let name = match kind {
        VendorFile::AgConnect => "com.huawei.hms.client.appid",
        VendorFile::McsServices => "com.hihonor.push.app_id",
        VendorFile::GoogleServices => return,
    };
    let mut compare = |own: &str, place: &str| {
        let is_id = !own.is_empty() && own.bytes().all(|byte| byte.is_ascii_digit());
        if is_id && !apps.app_ids.iter().any(|id| id == own) {
            findings.push(find(APP_ID_DIFFERS, format!("its app id is not that in {place}")));
        }
    };
    if let Some(data) = setup.manifest.meta(name) {
        let own = data.value.trim().trim_start_matches("appid=").trim_start_matches('\\').trim();
        compare(own, &format!("meta-data {name} of {}", data.file));
    }
    let text = setup.preflight.config.as_deref().unwrap_or_default();
    crate::certificate::settings(text, &mut |setting| {
        let path = setting.path();
        let is_app_id = keys::normal(&path).ends_with("appid")
            && keys::vendor_of(setting.name).or_else(|| keys::vendor_of(&path)) == Some(kind.vendor());
        if let Some(value) = setting.text.filter(|_| is_app_id) {
            compare(value.trim(), "the configuration");
        }
    });
}

/// Whether Firebase's file has the fingerprint of the build.
fn google_signing(
    setup: &Setup<'_>,
    apps: &Apps,
    own: &str,
    find: &dyn Fn(&'static Rule, String) -> Finding,
) -> Option<Finding> {
    let is_app = |package: &str| setup.package().is_none_or(|known| known == package);
    let mut of_app = apps.signings.iter().filter(|(package, _)| is_app(package)).peekable();
    let unknown = if of_app.peek().is_none() {
        "it states no fingerprint for the app; FCM works without one unless the API key is restricted"
    } else if own.len() != 40 {
        "it states SHA-1 fingerprints, and the one given is SHA-256"
    } else if of_app.any(|(_, hash)| hash == own) {
        return None;
    } else {
        // FCM minds only where the API key is restricted to fingerprints.
        let finding = find(SIGNING_DIFFERS, "none of its fingerprints is that of the build".to_owned());
        return Some(finding.because(FIREBASE).rated(Severity::Warning));
    };
    Some(find(SIGNING_UNKNOWN, unknown.to_owned()))
}
