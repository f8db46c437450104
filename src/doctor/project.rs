//! The build files of a project: plugins, placeholders, dependencies.

use std::collections::{BTreeMap, BTreeSet};

use super::keys;
use super::manifest::is_computed;
use super::preflight::Setup;
use super::rules::rule_id;
use super::vendor_files::file_name;
use crate::finding::{Finding, RuleId, Severity, shown};
use crate::secret::Hidden;
use crate::vendor::{Source, Vendor};

const FIREBASE: Source = Source::read("https://firebase.google.com/docs/android/setup");

const PLUGIN_MISSING: RuleId = rule_id("gradle-plugin-missing");
const FILE_MISSING: RuleId = rule_id("vendor-file-missing");
const VERSIONS_MIXED: RuleId = rule_id("versions-mixed");

/// The parts of a module's `build.gradle` or `build.gradle.kts` that matter to push, each with its line. The
/// caller reads the text, as the example `doctor` does.
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use]
pub struct BuildFile {
    file: Box<str>,
    is_app: bool,
    entries: BTreeMap<What, Vec<Entry>>,
}

/// A value of a build file, with its line.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    line: usize,
    name: Box<str>,
    /// A placeholder's, which may be a key, or the version of a dependency.
    value: Hidden,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    ApplicationId,
    Namespace,
    TargetSdk,
    Placeholder,
    Plugin,
    /// Named in a comment, or with `apply false`.
    UnappliedPlugin,
    Dependency,
    Unread,
}

impl BuildFile {
    /// An empty build file. Findings show its name.
    pub fn new(file: impl Into<Box<str>>) -> Self {
        Self { file: file.into(), ..Self::default() }
    }

    fn with(mut self, line: usize, what: What, name: Box<str>, value: Box<str>) -> Self {
        self.entries.entry(what).or_default().push(Entry { line, name, value: Hidden(value) });
        self
    }

    /// Says that it builds an app, not a library.
    pub fn of_app(self) -> Self {
        Self { is_app: true, ..self }
    }

    /// With `applicationId`. If flavors have different ones, it is unknown which one ships.
    pub fn with_application_id(self, line: usize, id: impl Into<Box<str>>) -> Self {
        let id = id.into();
        let is_known = self.all(What::ApplicationId).next_back().is_some_and(|known| known.name == id);
        let file = if is_known { self } else { self.with(line, What::ApplicationId, id, Box::default()) };
        file.of_app()
    }

    /// With `namespace`.
    pub fn with_namespace(self, line: usize, namespace: impl Into<Box<str>>) -> Self {
        self.with(line, What::Namespace, namespace.into(), Box::default())
    }

    /// With `targetSdk`.
    pub fn with_target_sdk(self, line: usize, level: u32) -> Self {
        self.with(line, What::TargetSdk, level.to_string().into(), Box::default())
    }

    /// With one of `manifestPlaceholders`.
    pub fn with_placeholder(self, line: usize, name: &str, value: &str) -> Self {
        self.with(line, What::Placeholder, name.into(), value.into())
    }

    /// With a plugin that is applied, or only named, in a comment or with `apply false`.
    pub fn with_plugin(self, line: usize, id: impl Into<Box<str>>, is_applied: bool) -> Self {
        let what = if is_applied { What::Plugin } else { What::UnappliedPlugin };
        self.with(line, what, id.into(), Box::default())
    }

    /// With a dependency, `group:name` and a version; an empty version is unknown.
    pub fn with_dependency(self, line: usize, name: &str, version: &str) -> Self {
        self.with(line, What::Dependency, name.into(), version.into())
    }

    /// With something that only Gradle evaluates, such as `apply from: "push.gradle"`, in a few words.
    pub fn with_unread(self, line: usize, what: impl Into<Box<str>>) -> Self {
        self.with(line, What::Unread, what.into(), Box::default())
    }

    fn all(&self, what: What) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.get(&what).into_iter().flatten()
    }

    /// The application id, unless it is computed or each flavor has its own.
    pub fn application_id(&self) -> Option<&str> {
        let mut ids = self.all(What::ApplicationId).map(|entry| &*entry.name);
        let first = ids.next()?;
        ids.all(|id| id == first).then_some(first)
    }

    /// The namespace, unless it is computed.
    pub fn namespace(&self) -> Option<&str> {
        self.all(What::Namespace).next_back().map(|entry| &*entry.name)
    }

    /// The API level that the app targets, unless it is computed.
    pub fn target_sdk(&self) -> Option<u32> {
        self.all(What::TargetSdk).next_back()?.name.parse().ok()
    }

    /// Whether it builds an app.
    pub const fn is_app(&self) -> bool {
        self.is_app
    }

    /// Names and values of the placeholders. One that flavors give different values is left out.
    pub fn placeholders(&self) -> impl Iterator<Item = (&str, &str)> {
        let mut values: BTreeMap<&str, Option<&str>> = BTreeMap::new();
        for Entry { name, value, .. } in self.all(What::Placeholder) {
            let value = &*value.0;
            let known = values.entry(name).or_insert(Some(value));
            *known = known.filter(|known| *known == value);
        }
        values.into_iter().filter_map(|(name, value)| Some((name, value?)))
    }

    /// What was read: a line for each value, with its place.
    pub fn provenance(&self) -> Vec<String> {
        let file = shown(&self.file);
        let read = |word: &str, own: &Entry, text: &str| {
            format!("{word} {}: {file}, line {}", shown(text), own.line)
        };
        let single = [
            ("application id", self.all(What::ApplicationId).next()),
            ("namespace", self.all(What::Namespace).next_back()),
            ("target SDK", self.all(What::TargetSdk).next_back()),
        ];
        let single = single.into_iter().filter_map(|(word, own)| Some((word, own?)));
        let placeholders = self.all(What::Placeholder).map(|own| ("placeholder", own));
        let plugins = self.all(What::Plugin).map(|own| ("plugin", own));
        let named = single.chain(placeholders).chain(plugins).map(|(word, own)| read(word, own, &own.name));
        let of_family = |own: &&Entry| FAMILIES.iter().any(|family| own.name.starts_with(family));
        let dependencies = self.all(What::Dependency).filter(of_family);
        let dependencies =
            dependencies.map(|own| read("dependency", own, &format!("{}:{}", own.name, own.value.0)));
        named.chain(dependencies).collect()
    }

    fn place(&self, line: usize) -> String {
        format!("{}: line {line}", shown(&self.file))
    }
}

impl<'a> Setup<'a> {
    /// Every dependency of the build files, with its place.
    pub(super) fn dependencies(&self) -> impl Iterator<Item = (&'a str, String)> {
        let of = |file: &'a BuildFile| {
            file.all(What::Dependency).map(|entry| (&*entry.name, file.place(entry.line)))
        };
        self.preflight.build_files.iter().flat_map(of)
    }

    /// Whether TIMPush's package for a vendor is among the dependencies.
    fn has_package(&self, vendor: Vendor) -> bool {
        timpush_package(vendor).is_some_and(|package| self.dependencies().any(|(name, _)| name == package))
    }

    /// Whether a build file has placeholders that fill this vendor's keys.
    pub(super) fn fills(&self, vendor: Vendor) -> bool {
        let mut placeholders = self.preflight.build_files.iter().flat_map(|file| file.all(What::Placeholder));
        placeholders.any(|entry| keys::vendor_of(&entry.name) == Some(vendor))
    }
}

pub(super) fn check(setup: &Setup<'_>, findings: &mut Vec<Finding>) {
    for file in &setup.preflight.build_files {
        placeholders(setup, file, findings);
    }
    plugins(setup, findings);
    versions(setup, findings);
    packages(setup, findings);
}

fn placeholders(setup: &Setup<'_>, file: &BuildFile, findings: &mut Vec<Finding>) {
    let is_empty = |entry: &&Entry| entry.value.0.trim().is_empty();
    let filled: BTreeSet<&str> =
        file.all(What::Placeholder).filter(|entry| !is_empty(entry)).map(|entry| &*entry.name).collect();
    for entry in file.all(What::Placeholder) {
        // An empty placeholder of a vendor that nobody wants is how TIMPush's document leaves one out.
        let is_wanted = |vendor: &Vendor| setup.wanted.contains(*vendor) || setup.wanted.is_empty();
        let Some(vendor) = keys::vendor_of(&entry.name).filter(is_wanted) else { continue };
        let (at, name, value) = (file.place(entry.line), shown(&entry.name), &*entry.value.0);
        // A flavor may leave a vendor out that another one has.
        if is_empty(&entry) && !filled.contains(&*entry.name) {
            let is_known = !setup.wanted.is_empty() || setup.has_package(vendor);
            let finding = rule_id("placeholder-empty").at(at, format!("the placeholder {name} is empty"));
            findings.push(finding.on(vendor).rated_if(!is_known, Severity::Note));
        } else if keys::is_sample(value) && !is_computed(value) {
            let cause = format!("the placeholder {name} has the text of a sample");
            findings.push(keys::SAMPLE_TEXT.at(at, cause).on(vendor));
        }
    }
}

/// A plugin, and the vendor whose file it reads.
const PLUGINS: [(&str, Vendor); 2] =
    [("com.huawei.agconnect", Vendor::Huawei), ("com.google.gms.google-services", Vendor::Fcm)];

fn plugins(setup: &Setup<'_>, findings: &mut Vec<Finding>) {
    let Some(app) = setup.preflight.build_files.iter().find(|file| file.is_app) else { return };
    for (id, vendor) in PLUGINS {
        let used = setup.wanted.contains(vendor) || setup.has_package(vendor);
        // Huawei's app id may stand in the manifest instead.
        let by_hand =
            vendor == Vendor::Huawei && setup.manifest.meta("com.huawei.hms.client.appid").is_some();
        let is_applied = app.all(What::Plugin).any(|own| *own.name == *id);
        let named = app.all(What::UnappliedPlugin).find(|own| *own.name == *id);
        let is_there = is_applied || named.is_some();
        if by_hand || (!used && (!is_there || !setup.wanted.is_empty())) {
            continue;
        }
        let finding = if is_applied {
            let missing = used && setup.preflight.is_project && !setup.has_file_of(vendor);
            let Some(name) = file_name(vendor).filter(|_| missing) else { continue };
            FILE_MISSING.at(shown(&app.file), format!("{id} is applied, and there is no {name}"))
        } else if let (None, Some(Entry { line, name, .. })) = (named, app.all(What::Unread).next()) {
            let cause = format!("{id} may be applied by {}, which is not read", shown(name));
            rule_id("build-cannot-be-judged").at(app.place(*line), cause)
        } else {
            let (at, how) = match named {
                Some(own) => (app.place(own.line), "named here, and not applied to this module"),
                None => (shown(&app.file), "not applied"),
            };
            let finding = PLUGIN_MISSING.at(at, format!("{id} is {how}")).rated_if(!used, Severity::Note);
            let fix = "apply it in the app module, or give FirebaseApp.initializeApp its options in code";
            let is_fcm = vendor == Vendor::Fcm;
            if is_fcm { finding.because(FIREBASE).with_fix(fix) } else { finding }
        };
        findings.push(finding.on(vendor));
    }
}

/// How the names of packages begin that share a version: the IM SDK's, and TIMPush's.
const FAMILIES: [&str; 2] = ["com.tencent.imsdk:imsdk", "com.tencent.timpush:"];

fn versions(setup: &Setup<'_>, findings: &mut Vec<Finding>) {
    let [im, push] = FAMILIES.map(|family| {
        let mut versions: BTreeMap<&str, (String, &str)> = BTreeMap::new();
        for file in &setup.preflight.build_files {
            for Entry { line, name, value } in file.all(What::Dependency) {
                let is_number = value.0.starts_with(|first: char| first.is_ascii_digit());
                if is_number && name.starts_with(family) {
                    versions.entry(&value.0).or_insert_with(|| (file.place(*line), name));
                }
            }
        }
        versions
    });
    for versions in [&im, &push] {
        let ends = versions.first_key_value().zip(versions.last_key_value());
        if let Some(((low, (at, name)), (high, (_, other)))) = ends.filter(|(low, high)| low.0 != high.0) {
            let [name, low, other, high] = [name, low, other, high].map(|text| shown(text));
            let cause = format!("{name} has version {low}, and {other} has {high}");
            findings.push(VERSIONS_MIXED.at(at.clone(), cause));
        }
    }
    // The two families are built from one source: the first two numbers of their versions agree.
    let series = |version: &&str| version.split('.').take(2).map(str::to_owned).collect::<Vec<_>>();
    let of_push: BTreeSet<_> = push.keys().map(series).collect();
    let other = im.iter().find(|(version, _)| !of_push.contains(&series(version)));
    if let Some(((version, (at, _)), of_push)) = other.zip(push.keys().next()) {
        let cause = format!("imsdk has version {}, and timpush {}", shown(version), shown(of_push));
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
    let is_open = dependencies.iter().any(|name| name.starts_with("libs.") || name.contains('$'));
    for vendor in setup.wanted.iter().filter(|_| !is_open) {
        if let Some(package) = timpush_package(vendor).filter(|own| !dependencies.contains(own.as_str())) {
            let cause = format!("{package} is not among the dependencies");
            findings.push(rule_id("timpush-package-missing").at(at.clone(), cause).on(vendor));
        }
    }
}
