//! The build files of a project: plugins, placeholders, dependencies.

use std::collections::{BTreeMap, BTreeSet};

use super::keys;
use super::manifest::is_computed;
use super::preflight::{Setup, VendorFile};
use crate::finding::{Finding, Rule, Severity, shown};
use crate::vendor::{Source, Vendor};

const TIMPUSH: Source = Source::read("https://cloud.tencent.com/document/product/269/100626");
const AGC: Source = Source::read(
    "https://developer.huawei.com/consumer/en/doc/HMSCore-References/error-code-0000001050255690/",
);
const FIREBASE: Source = Source::read("https://firebase.google.com/docs/android/setup");

pub(super) const ALL: &[&Rule] =
    &[PLACEHOLDER_EMPTY, PLUGIN_MISSING, FILE_MISSING, VERSIONS_MIXED, PACKAGE_MISSING, BUILD_UNREAD];

const PLACEHOLDER_EMPTY: &Rule = &Rule::error("placeholder-empty", TIMPUSH)
    .says("A placeholder that fills a vendor's key in the manifest is empty, so the vendor's registration fails.")
    .with_fix("write the value of the vendor's console into manifestPlaceholders");

const PLUGIN_MISSING: &Rule = &Rule::error("gradle-plugin-missing", AGC)
    .says("The Gradle plugin that puts a vendor's file into the app is not applied, so the vendor's SDK finds no app id: Huawei answers 907135000, Firebase does not start.")
    .with_fix("apply the plugin in the build file of the app module");

const FILE_MISSING: &Rule = &Rule::error("vendor-file-missing", AGC)
    .says("The file that a vendor's console gives for the app is not in the app module, and the plugin that reads it is applied: the build or the registration fails.")
    .with_fix("download the file from the vendor's console into the folder of the app module");

const VERSIONS_MIXED: &Rule = &Rule::warning("versions-mixed", TIMPUSH)
    .says("Packages of one family have different versions.")
    .with_fix("give all packages of the family one version");

const PACKAGE_MISSING: &Rule = &Rule::warning("timpush-package-missing", TIMPUSH)
    .says("The app uses TIMPush and wants a vendor, and TIMPush's package for that vendor is not among the dependencies.")
    .with_fix("add com.tencent.timpush:<vendor> in the version of com.tencent.timpush:timpush");

const BUILD_UNREAD: &Rule = &Rule::note("build-cannot-be-judged", TIMPUSH)
    .says("The build computes something that its text does not show.")
    .with_fix("look at what Gradle makes of it, or give the merged manifest");

/// The parts of a module's `build.gradle` or `build.gradle.kts` that matter to push, each with its line. The caller reads
/// the text, as the example `doctor` does.
///
/// ```
/// use tim_offline_push::doctor::{App, BuildFile, Preflight};
/// use tim_offline_push::vendor::{Vendor, VendorSet};
///
/// let file = BuildFile::new("app/build.gradle")
///     .with_placeholder(14, "VIVO_APPKEY", "");
/// let app = App::new("com.example.im").with_vendors(VendorSet::EMPTY.with(Vendor::Vivo));
/// let report = Preflight::new().with_app(app).with_build_file(file).check();
/// assert_eq!(report.findings()[0].place(), "app/build.gradle: line 14");
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
#[must_use]
pub struct BuildFile {
    file: Box<str>,
    is_app: bool,
    application_id: Option<(usize, Box<str>)>,
    has_several_ids: bool,
    namespace: Option<(usize, Box<str>)>,
    target_sdk: Option<(usize, u32)>,
    placeholders: Vec<(usize, Box<str>, Box<str>)>,
    plugins: Vec<(usize, Box<str>, bool)>,
    dependencies: Vec<(usize, Box<str>, Box<str>)>,
    unread: Vec<(usize, Box<str>)>,
}

/// Shows no placeholder's value, which may be a key.
impl std::fmt::Debug for BuildFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BuildFile")
            .field("file", &self.file)
            .field("placeholders", &self.placeholders.len())
            .finish_non_exhaustive()
    }
}

impl BuildFile {
    /// An empty build file. Findings show its name.
    pub fn new(file: impl Into<Box<str>>) -> Self {
        Self { file: file.into(), ..Self::default() }
    }

    /// Says that it builds an app, not a library.
    pub fn of_app(self) -> Self {
        Self { is_app: true, ..self }
    }

    /// With `applicationId`. If flavors have different ones, it is unknown which one ships.
    pub fn with_application_id(self, line: usize, id: impl Into<Box<str>>) -> Self {
        let id = id.into();
        let has_several =
            self.has_several_ids || self.application_id.as_ref().is_some_and(|(_, known)| *known != id);
        let application_id = self.application_id.or(Some((line, id)));
        Self { application_id, is_app: true, has_several_ids: has_several, ..self }
    }

    /// With `namespace`.
    pub fn with_namespace(self, line: usize, namespace: impl Into<Box<str>>) -> Self {
        Self { namespace: Some((line, namespace.into())), ..self }
    }

    /// With `targetSdk`.
    pub fn with_target_sdk(self, line: usize, level: u32) -> Self {
        Self { target_sdk: Some((line, level)), ..self }
    }

    /// With one of `manifestPlaceholders`.
    pub fn with_placeholder(
        mut self,
        line: usize,
        name: impl Into<Box<str>>,
        value: impl Into<Box<str>>,
    ) -> Self {
        self.placeholders.push((line, name.into(), value.into()));
        self
    }

    /// With a plugin that is applied, or only named, in a comment or with `apply false`.
    pub fn with_plugin(mut self, line: usize, id: impl Into<Box<str>>, is_applied: bool) -> Self {
        self.plugins.push((line, id.into(), is_applied));
        self
    }

    /// With a dependency, `group:name` and a version; an empty version is unknown.
    pub fn with_dependency(
        mut self,
        line: usize,
        name: impl Into<Box<str>>,
        version: impl Into<Box<str>>,
    ) -> Self {
        self.dependencies.push((line, name.into(), version.into()));
        self
    }

    /// With something that only Gradle evaluates, such as `apply from: "push.gradle"`, in a few words.
    pub fn with_unread(mut self, line: usize, what: impl Into<Box<str>>) -> Self {
        self.unread.push((line, what.into()));
        self
    }

    /// The application id, unless it is computed or each flavor has its own.
    pub fn application_id(&self) -> Option<&str> {
        self.application_id.as_ref().filter(|_| !self.has_several_ids).map(|(_, id)| &**id)
    }

    /// The namespace, unless it is computed.
    pub fn namespace(&self) -> Option<&str> {
        self.namespace.as_ref().map(|(_, namespace)| &**namespace)
    }

    /// The API level that the app targets, unless it is computed.
    pub fn target_sdk(&self) -> Option<u32> {
        self.target_sdk.map(|(_, level)| level)
    }

    /// Whether it builds an app.
    pub const fn is_app(&self) -> bool {
        self.is_app
    }

    /// Names and values of the placeholders. One that flavors give different values is left out.
    pub fn placeholders(&self) -> impl Iterator<Item = (&str, &str)> {
        let mut values: BTreeMap<&str, Option<&str>> = BTreeMap::new();
        for (_, name, value) in &self.placeholders {
            let known = values.entry(name).or_insert(Some(value));
            *known = known.filter(|known| **known == **value);
        }
        values.into_iter().filter_map(|(name, value)| Some((name, value?)))
    }

    /// What was read: a line for each value, with its place.
    pub fn provenance(&self) -> Vec<String> {
        let text = |what, value: &Option<(usize, Box<str>)>| {
            value.as_ref().map(|(line, value)| (what, value.to_string(), *line))
        };
        let values = [
            text("application id", &self.application_id),
            text("namespace", &self.namespace),
            self.target_sdk.map(|(line, level)| ("target SDK", level.to_string(), line)),
        ];
        let placeholders =
            self.placeholders.iter().map(|(line, name, _)| ("placeholder", name.to_string(), *line));
        let plugins = self.plugins.iter().filter(|(_, _, applied)| *applied);
        let dependencies = self.dependencies.iter().filter(|(_, name, _)| family(name).is_some());
        values
            .into_iter()
            .flatten()
            .chain(placeholders)
            .chain(plugins.map(|(line, id, _)| ("plugin", id.to_string(), *line)))
            .chain(
                dependencies.map(|(line, name, version)| ("dependency", format!("{name}:{version}"), *line)),
            )
            .map(|(what, value, line)| {
                format!("{what} {}: {}, line {line}", shown(&value), shown(&self.file))
            })
            .collect()
    }

    fn place(&self, line: usize) -> String {
        format!("{}: line {line}", shown(&self.file))
    }
}

impl<'a> Setup<'a> {
    /// Every dependency of the build files, with its place.
    pub(super) fn dependencies(&self) -> impl Iterator<Item = (&'a str, String)> {
        self.preflight
            .build_files
            .iter()
            .flat_map(|file| file.dependencies.iter().map(|(line, name, _)| (&**name, file.place(*line))))
    }

    /// Whether TIMPush's package for a vendor is among the dependencies.
    fn has_package(&self, vendor: Vendor) -> bool {
        timpush_package(vendor).is_some_and(|package| self.dependencies().any(|(name, _)| name == package))
    }

    /// Whether a build file has placeholders that fill this vendor's keys.
    pub(super) fn fills(&self, vendor: Vendor) -> bool {
        let mut placeholders = self.preflight.build_files.iter().flat_map(|file| &file.placeholders);
        placeholders.any(|(_, name, _)| keys::vendor_of(name) == Some(vendor))
    }
}

pub(super) fn check(setup: &Setup<'_>, findings: &mut Vec<Finding>) {
    let files = &setup.preflight.build_files;
    if files.is_empty() {
        return;
    }
    for file in files {
        placeholders(setup, file, findings);
    }
    plugins(setup, findings);
    versions(setup, findings);
    packages(setup, findings);
}

fn placeholders(setup: &Setup<'_>, file: &BuildFile, findings: &mut Vec<Finding>) {
    let filled: BTreeSet<&str> = file
        .placeholders
        .iter()
        .filter(|(_, _, value)| !value.trim().is_empty())
        .map(|(_, name, _)| &**name)
        .collect();
    for (line, name, value) in &file.placeholders {
        let Some(vendor) = keys::vendor_of(name) else { continue };
        // An empty placeholder of a vendor that nobody wants is how TIMPush's document leaves one out.
        if !setup.wanted.contains(vendor) && !setup.wanted.is_empty() {
            continue;
        }
        if value.trim().is_empty() {
            // A flavor may leave a vendor out that another one has.
            if filled.contains(&**name) {
                continue;
            }
            let cause = format!("the placeholder {} is empty", shown(name));
            let is_known = !setup.wanted.is_empty() || setup.has_package(vendor);
            let severity = if is_known { Severity::Error } else { Severity::Note };
            findings.push(PLACEHOLDER_EMPTY.at(file.place(*line), cause).on(vendor).rated(severity));
        } else if keys::is_sample(value) && !is_computed(value) {
            let cause = format!("the placeholder {} has the text of a sample", shown(name));
            findings.push(keys::SAMPLE_TEXT.at(file.place(*line), cause).on(vendor));
        }
    }
}

/// A plugin, the vendor whose file it reads, and that file.
const PLUGINS: [(&str, Vendor, VendorFile); 2] = [
    ("com.huawei.agconnect", Vendor::Huawei, VendorFile::AgConnect),
    ("com.google.gms.google-services", Vendor::Fcm, VendorFile::GoogleServices),
];

fn plugins(setup: &Setup<'_>, findings: &mut Vec<Finding>) {
    let files = &setup.preflight.build_files;
    let Some(app) = files.iter().find(|file| file.is_app) else { return };
    for (id, vendor, kind) in PLUGINS {
        let used = setup.wanted.contains(vendor) || setup.has_package(vendor);
        // Huawei's app id may stand in the manifest instead.
        let by_hand =
            vendor == Vendor::Huawei && setup.manifest.meta("com.huawei.hms.client.appid").is_some();
        let named = app.plugins.iter().find(|(_, own, _)| **own == *id);
        if by_hand || (!used && (named.is_none() || !setup.wanted.is_empty())) {
            continue;
        }
        if app.plugins.iter().any(|(_, own, applied)| *applied && **own == *id) {
            let given = setup.preflight.vendor_files.iter().any(|(own, ..)| *own == kind);
            if setup.preflight.is_project && used && !given {
                let cause = format!("{} is applied, and there is no {}", id, kind.file_name());
                findings.push(FILE_MISSING.at(shown(&app.file), cause).on(vendor));
            }
            continue;
        }
        if let (None, Some((line, what))) = (named, app.unread.first()) {
            let cause = format!("{id} may be applied by {}, which is not read", shown(what));
            findings.push(BUILD_UNREAD.at(app.place(*line), cause).on(vendor));
            continue;
        }
        let (at, cause) = match named {
            Some((line, ..)) => {
                (app.place(*line), format!("{id} is named here, and not applied to this module"))
            }
            None => (shown(&app.file), format!("{id} is not applied")),
        };
        let finding = PLUGIN_MISSING.at(at, cause).on(vendor);
        let fix = "apply it in the app module, or give FirebaseApp.initializeApp its options in code";
        let finding = if used { finding } else { finding.rated(Severity::Note) };
        let is_fcm = vendor == Vendor::Fcm;
        findings.push(if is_fcm { finding.because(FIREBASE).with_fix(fix) } else { finding });
    }
}

/// The family whose packages share a version.
fn family(name: &str) -> Option<&'static str> {
    if name.starts_with("com.tencent.timpush:") {
        Some("com.tencent.timpush")
    } else if name.starts_with("com.tencent.imsdk:imsdk") {
        Some("com.tencent.imsdk")
    } else {
        None
    }
}

fn versions(setup: &Setup<'_>, findings: &mut Vec<Finding>) {
    let mut families: BTreeMap<&str, BTreeMap<&str, (String, &str)>> = BTreeMap::new();
    for file in &setup.preflight.build_files {
        for (line, name, version) in &file.dependencies {
            let is_number = version.starts_with(|first: char| first.is_ascii_digit());
            if let Some(family) = family(name).filter(|_| is_number) {
                let known = families.entry(family).or_default();
                known.entry(version).or_insert_with(|| (file.place(*line), name));
            }
        }
    }
    for versions in families.values() {
        let (Some((low, (at, name))), Some((high, (_, other)))) =
            (versions.first_key_value(), versions.last_key_value())
        else {
            continue;
        };
        if low != high {
            let cause = format!(
                "{} has version {}, and {} has {}",
                shown(name),
                shown(low),
                shown(other),
                shown(high)
            );
            findings.push(VERSIONS_MIXED.at(at.clone(), cause));
        }
    }
    // The two families are built from one source: the first two numbers of their versions agree.
    let series = |version: &&str| version.split('.').take(2).map(str::to_owned).collect::<Vec<_>>();
    let (Some(push), Some(im)) = (families.get("com.tencent.timpush"), families.get("com.tencent.imsdk"))
    else {
        return;
    };
    let of_push: BTreeSet<_> = push.keys().map(series).collect();
    if let Some((version, (at, _))) = im.iter().find(|(version, _)| !of_push.contains(&series(version))) {
        let other = push.keys().next().copied().unwrap_or_default();
        let cause = format!("imsdk has version {}, and timpush {}", shown(version), shown(other));
        findings.push(VERSIONS_MIXED.at(at.clone(), cause));
    }
}

/// TIMPush's package for a vendor.
fn timpush_package(vendor: Vendor) -> Option<String> {
    let has_package = !matches!(vendor, Vendor::Apns | Vendor::HarmonyOs);
    has_package.then(|| format!("com.tencent.timpush:{}", vendor.to_string().to_lowercase()))
}

fn packages(setup: &Setup<'_>, findings: &mut Vec<Finding>) {
    let dependencies: BTreeSet<&str> = setup.dependencies().map(|(name, _)| name).collect();
    let of_timpush = |name: &str| name == "com.tencent.timpush:timpush";
    let Some((_, at)) = setup.dependencies().find(|(name, _)| of_timpush(name)) else { return };
    // A version catalogue or a variable may name any package.
    if dependencies.iter().any(|name| name.starts_with("libs.") || name.contains('$')) {
        return;
    }
    for vendor in setup.wanted.iter() {
        let package = timpush_package(vendor).filter(|package| !dependencies.contains(package.as_str()));
        findings.extend(package.map(|package| {
            let cause = format!("{package} is not among the dependencies");
            PACKAGE_MISSING.at(at.clone(), cause).on(vendor)
        }));
    }
}
