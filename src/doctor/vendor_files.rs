//! The files that vendors' consoles give for an app, compared with the app before the vendor refuses it.

use serde_json::Value;

use super::keys;
use super::preflight::Setup;
use crate::finding::{Finding, Rule, Severity, shown};
use crate::vendor::{Source, Vendor};

const AGC: Source = Source::read(
    "https://developer.huawei.com/consumer/en/doc/HMSCore-References/error-code-0000001050255690/",
);
const FIREBASE: Source = Source::read("https://firebase.google.com/docs/projects/api-keys");

pub(super) const ALL: &[&Rule] =
    &[UNREADABLE, OTHER_PACKAGE, APP_ID_DIFFERS, SIGNING_DIFFERS, SIGNING_UNKNOWN];

const UNREADABLE: &Rule = &Rule::error(
    "vendor-file-unreadable",
    "A vendor's file is not JSON, or is another file.",
    "download it again from the vendor's console",
    AGC,
);

const OTHER_PACKAGE: &Rule = &Rule::error(
    "vendor-file-package",
    "A vendor's file is for another package than the app: Huawei answers 6003 or 907135000, Firebase refuses the installation.",
    "add the app with its application id in the vendor's console, and download the file again",
    AGC,
);

const APP_ID_DIFFERS: &Rule = &Rule::error(
    "vendor-file-app-id",
    "The app id in a vendor's file is not the one in the manifest or in the configuration: Huawei answers 907135000.",
    "keep one: the file's, from the vendor's console",
    AGC,
);

const SIGNING_DIFFERS: &Rule = &Rule::error(
    "signing-differs",
    "The app is signed with another certificate than the vendor knows: Huawei answers 6003, and Firebase's API key refuses the app.",
    "add the fingerprint of the certificate that signs this build in the vendor's console",
    AGC,
);

const SIGNING_UNKNOWN: &Rule = &Rule::note(
    "signing-cannot-be-judged",
    "Whether the vendor knows the certificate that signs the app cannot be judged.",
    "give the SHA-256 that AppGallery Connect shows as --registered-signing; Firebase's file has SHA-1",
    AGC,
);

/// A file that a vendor's console gives for an app. It holds keys by design.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum VendorFile {
    /// Huawei's.
    AgConnect,
    /// Firebase's.
    GoogleServices,
    /// Honor's.
    McsServices,
}

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

/// What a vendor's file says of the apps in it.
#[derive(Default)]
struct Read {
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
            findings.push(
                Finding::new(UNREADABLE, name, cause).with_fix("give it as keytool -list -v prints it"),
            );
        }
    }
    let signing = signing.and_then(Result::ok);
    let registered = registered.and_then(Result::ok);
    if let (Some(own), Some(known)) = (&signing, &registered) {
        if own.len() != known.len() {
            let cause = "one fingerprint is SHA-1 and the other SHA-256, so they cannot be compared";
            findings.push(Finding::new(SIGNING_UNKNOWN, "signing", cause));
        } else if own != known {
            let cause = "the fingerprint of the build is not the registered one";
            findings.push(Finding::new(SIGNING_DIFFERS, "signing", cause));
        }
    }
    for (kind, name, text) in &preflight.vendor_files {
        let file = shown(name);
        match read(*kind, text) {
            Ok(read) => {
                compare(setup, *kind, &file, &read, findings);
                signings(setup, *kind, &file, &read, signing.as_deref(), registered.is_some(), findings);
            }
            Err(cause) => findings.push(Finding::new(UNREADABLE, file, cause).on(kind.vendor())),
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

fn read(kind: VendorFile, text: &str) -> Result<Read, String> {
    let document: Value = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| format!("not JSON at line {}, column {}", error.line(), error.column()))?;
    let mut read = Read::default();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    match kind {
        VendorFile::GoogleServices => {
            if document.get("project_info").is_none() {
                return Err("not google-services.json: it has no project_info".to_owned());
            }
            for client in list(document.get("client").unwrap_or(&Value::Null)) {
                google_client(&client, &mut read);
            }
        }
        VendorFile::AgConnect => {
            let places = ["client", "app_info"].into_iter().filter_map(|key| document.get(key));
            let more = list(document.get("appInfos").unwrap_or(&Value::Null));
            for place in places.chain(&more) {
                take(place, &mut read);
                if let Some(inner) = place.get("app_info") {
                    take(inner, &mut read);
                }
            }
            if read.app_ids.is_empty() {
                return Err("not agconnect-services.json: it has no client.app_id".to_owned());
            }
        }
        VendorFile::McsServices => {
            anywhere(&document, 0, &mut read);
            if read.app_ids.is_empty() {
                return Err("not mcs-services.json: it has no app id".to_owned());
            }
        }
    }
    Ok(read)
}

fn google_client(client: &Value, read: &mut Read) {
    let text = |pointer: &str| client.pointer(pointer).and_then(Value::as_str).map(str::to_owned);
    read.packages.extend(text("/client_info/android_client_info/package_name"));
    read.app_ids.extend(text("/client_info/mobilesdk_app_id"));
    for oauth in client.get("oauth_client").and_then(Value::as_array).into_iter().flatten() {
        let of_android = |key: &str| oauth.pointer(&format!("/android_info/{key}")).and_then(Value::as_str);
        if let (Some(package), Some(hash)) = (of_android("package_name"), of_android("certificate_hash")) {
            read.signings.push((package.to_owned(), hash.to_ascii_lowercase()));
        }
    }
}

/// Takes the package and the app id of one object.
fn take(place: &Value, read: &mut Read) {
    let text = |key: &str| {
        place.get(key).and_then(|value| match value {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
        })
    };
    let mut add = |list: fn(&mut Read) -> &mut Vec<String>, value: Option<String>| {
        let list = list(read);
        if let Some(value) = value.filter(|value| !value.is_empty() && !list.contains(value)) {
            list.push(value);
        }
    };
    for key in ["package_name", "packageName", "package"] {
        add(|read| &mut read.packages, text(key));
    }
    for key in ["app_id", "appId", "appid"] {
        add(|read| &mut read.app_ids, text(key));
    }
}

/// Whether a document names an app as Huawei's and Honor's files do: its id together with its package.
pub(super) fn names_an_app(document: &Value) -> bool {
    let mut read = Read::default();
    anywhere(document, 0, &mut read);
    !read.app_ids.is_empty() && !read.packages.is_empty()
}

/// Honor's file has changed its form: what counts is looked for at every level.
fn anywhere(value: &Value, depth: usize, read: &mut Read) {
    const MOST: usize = 64;
    if depth > 8 || read.app_ids.len() > MOST {
        return;
    }
    take(value, read);
    match value {
        Value::Object(members) => {
            members.values().for_each(|member| anywhere(member, depth.saturating_add(1), read));
        }
        Value::Array(items) => items.iter().for_each(|item| anywhere(item, depth.saturating_add(1), read)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn compare(setup: &Setup<'_>, kind: VendorFile, file: &str, read: &Read, findings: &mut Vec<Finding>) {
    let vendor = kind.vendor();
    if let Some(package) = setup.package() {
        if !read.packages.is_empty() && !read.packages.iter().any(|own| own == package) {
            let has = read.packages.iter().take(3).map(|own| shown(own)).collect::<Vec<_>>().join(", ");
            let cause = format!("it is for {has}, and the app is {}", shown(package));
            // The build may set another application id than the package of a source manifest.
            let severity = if setup.package_is_certain() { Severity::Error } else { Severity::Warning };
            findings.push(Finding::new(OTHER_PACKAGE, file.to_owned(), cause).on(vendor).rated(severity));
        }
    }
    let name = match kind {
        VendorFile::AgConnect => "com.huawei.hms.client.appid",
        VendorFile::McsServices => "com.hihonor.push.app_id",
        VendorFile::GoogleServices => return,
    };
    if let Some(data) = setup.manifest.meta(name) {
        let own = data.value.trim().trim_start_matches("appid=").trim_start_matches('\\').trim();
        differs(read, vendor, own, &format!("meta-data {name} of {}", data.file), file, findings);
    }
    let text = setup.preflight.config.as_deref().unwrap_or_default();
    crate::certificate::settings(text, &mut |setting| {
        let path = setting.path();
        let is_app_id = keys::normal(&path).ends_with("appid")
            && keys::vendor_of(setting.name).or_else(|| keys::vendor_of(&path)) == Some(vendor);
        if let Some(value) = setting.text.filter(|_| is_app_id) {
            differs(read, vendor, value.trim(), "the configuration", file, findings);
        }
    });
}

fn differs(read: &Read, vendor: Vendor, own: &str, place: &str, file: &str, findings: &mut Vec<Finding>) {
    let is_id = !own.is_empty() && own.bytes().all(|byte| byte.is_ascii_digit());
    if is_id && !read.app_ids.iter().any(|id| id == own) {
        let cause = format!("its app id is not that in {place}");
        findings.push(Finding::new(APP_ID_DIFFERS, file.to_owned(), cause).on(vendor));
    }
}

fn signings(
    setup: &Setup<'_>,
    kind: VendorFile,
    file: &str,
    read: &Read,
    signing: Option<&str>,
    is_registered_known: bool,
    findings: &mut Vec<Finding>,
) {
    let Some(own) = signing else { return };
    let vendor = kind.vendor();
    let unknown = |cause: &'static str| Finding::new(SIGNING_UNKNOWN, file.to_owned(), cause).on(vendor);
    if kind != VendorFile::GoogleServices {
        if !is_registered_known {
            findings.push(unknown("it states no fingerprint; the vendor's console does"));
        }
        return;
    }
    let of_app: Vec<&str> = read
        .signings
        .iter()
        .filter(|(package, _)| setup.package().is_none_or(|known| known == package))
        .map(|(_, hash)| hash.as_str())
        .collect();
    if of_app.is_empty() {
        findings.push(unknown(
            "it states no fingerprint for the app; FCM works without one unless the API key is restricted",
        ));
    } else if own.len() != 40 {
        findings.push(unknown("it states SHA-1 fingerprints, and the one given is SHA-256"));
    } else if !of_app.contains(&own) {
        let cause = "none of its fingerprints is that of the build";
        // FCM minds only where the API key is restricted to fingerprints.
        let finding = Finding::new(SIGNING_DIFFERS, file.to_owned(), cause).on(vendor).because(FIREBASE);
        findings.push(finding.rated(Severity::Warning));
    }
}
