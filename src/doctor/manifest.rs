//! What the doctor needs of a manifest, and several of them merged.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::shown;
use crate::intent::Intent;
use crate::intent::filter::IntentFilter;
use crate::intent::manifest::{ComponentElement, ComponentKind};
use crate::secret::Hidden;

/// The parts of an `AndroidManifest.xml` that matter to push. The caller reads the XML, as the example
/// `doctor` does.
///
/// ```
/// use tim_offline_push::doctor::Manifest;
/// use tim_offline_push::intent::manifest::{ComponentElement, ComponentKind};
///
/// let chat = ComponentElement::new(ComponentKind::Activity, ".ChatActivity").with_exported(true);
/// let manifest = Manifest::new("com.example.im").with_component(chat).with_target_sdk(35);
/// assert_eq!(manifest.components().len(), 1);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[must_use]
pub struct Manifest {
    file: Box<str>,
    package: Box<str>,
    kind: ManifestKind,
    target_sdk: Option<u32>,
    components: Vec<ComponentElement>,
    /// The values may be keys.
    meta_data: Vec<(Box<str>, Hidden)>,
    permissions: Vec<Box<str>>,
    own_permissions: Vec<Box<str>>,
    removed: Vec<(Box<str>, Box<str>)>,
}

/// Which manifest it is. The merger takes them in this order, and only the merged one shows what is missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ManifestKind {
    /// The one that the build merged, with everything that ships.
    Merged,
    /// The one in the source of the app. What libraries add when the app is built is not in it.
    #[default]
    Source,
    /// The one in the source of a library.
    Library,
}

impl Manifest {
    /// A manifest with this package: the `namespace` of the build file, or `package` on the root element.
    /// Names of classes that begin with `.` belong to it. An empty one is unknown.
    pub fn new(package: impl Into<Box<str>>) -> Self {
        Self { package: package.into(), ..Self::default() }
    }

    /// With the name of its file, which findings show.
    pub fn with_file(self, file: impl Into<Box<str>>) -> Self {
        Self { file: file.into(), ..self }
    }

    /// Says which manifest it is. By default it is the one in the source of the app.
    pub fn of_kind(self, kind: ManifestKind) -> Self {
        Self { kind, ..self }
    }

    /// With an activity, an alias, a service, a receiver or a provider.
    pub fn with_component(mut self, component: ComponentElement) -> Self {
        self.components.push(component);
        self
    }

    /// With a `<meta-data>` of the application or of a component. For `android:resource` the value is its
    /// `@…`.
    pub fn with_meta_data(mut self, name: impl Into<Box<str>>, value: impl Into<Box<str>>) -> Self {
        self.meta_data.push((name.into(), Hidden(value.into())));
        self
    }

    /// With a `<uses-permission>` that holds on every Android version.
    pub fn with_permission(mut self, name: impl Into<Box<str>>) -> Self {
        self.permissions.push(name.into());
        self
    }

    /// With a `<permission>` that the app defines.
    pub fn with_own_permission(mut self, name: impl Into<Box<str>>) -> Self {
        self.own_permissions.push(name.into());
        self
    }

    /// Without an element that another manifest adds (`tools:node="remove"`). `tag` is the element's, such as
    /// `meta-data`; the name `*` stands for all of them (`removeAll`).
    pub fn with_removed(mut self, tag: impl Into<Box<str>>, name: impl Into<Box<str>>) -> Self {
        self.removed.push((tag.into(), name.into()));
        self
    }

    /// With the API level that the app targets.
    pub fn with_target_sdk(self, api_level: u32) -> Self {
        Self { target_sdk: Some(api_level), ..self }
    }

    /// The package, if it is known.
    pub fn package(&self) -> Option<&str> {
        (!self.package.is_empty() && !is_computed(&self.package)).then_some(&*self.package)
    }

    /// Whether it is the one that the build merged.
    pub fn is_merged(&self) -> bool {
        self.kind == ManifestKind::Merged
    }

    /// The API level that the app targets.
    pub const fn target_sdk(&self) -> Option<u32> {
        self.target_sdk
    }

    /// The components, in the order in which they were added.
    pub fn components(&self) -> &[ComponentElement] {
        &self.components
    }

    /// Names and values of the meta-data.
    pub fn meta_data(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.meta_data.iter().map(|(name, value)| (&**name, &*value.0))
    }

    /// The permissions that it asks for.
    pub fn permissions(&self) -> impl ExactSizeIterator<Item = &str> {
        self.permissions.iter().map(|name| &**name)
    }

    fn place(&self) -> String {
        if self.file.is_empty() { "manifest".to_owned() } else { shown(&self.file) }
    }
}

/// Whether only the build or the device knows a value: a placeholder or a resource.
pub(super) fn is_computed(value: &str) -> bool {
    value.contains("${") || value.starts_with(['@', '?'])
}

/// All manifests of an app, as the build would merge them: the app's goes before those of libraries.
#[derive(Debug, Default)]
pub(super) struct Merged<'a> {
    /// Empty where there is no manifest at all.
    pub(super) manifests: Vec<&'a Manifest>,
    pub(super) components: Vec<Declared>,
    pub(super) meta_data: Vec<MetaData<'a>>,
    pub(super) permissions: Vec<&'a str>,
    pub(super) own_permissions: Vec<(&'a str, String)>,
    pub(super) application_id: Option<&'a str>,
    removed: Removed<'a>,
}

/// What no manifest below may add: tag and name.
type Removed<'a> = BTreeSet<(&'a str, &'a str)>;

/// A component, by its full name as far as that is known.
#[derive(Debug)]
pub(super) struct Declared {
    pub(super) element: ComponentElement,
    /// The full name; it begins with `.` if the package is unknown.
    pub(super) class: String,
    pub(super) filters: Vec<IntentFilter>,
    file: String,
}

#[derive(Debug)]
pub(super) struct MetaData<'a> {
    pub(super) name: &'a str,
    pub(super) value: &'a str,
    pub(super) file: String,
}

impl MetaData<'_> {
    /// Where it stands, for a finding.
    pub(super) fn place(&self) -> String {
        format!("{}: meta-data {}", self.file, shown(self.name))
    }
}

/// Whether a class is declared.
#[derive(Debug)]
pub(super) enum Lookup<'a> {
    Declared(&'a Declared),
    /// Only the last part of the name agrees: the package of the manifest is unknown.
    Perhaps,
    No,
}

impl<'a> Merged<'a> {
    pub(super) fn of(manifests: &'a [Manifest], application_id: Option<&'a str>) -> Self {
        let mut merged = Self { application_id, manifests: manifests.iter().collect(), ..Self::default() };
        // The sort is stable: among equals the first given goes first.
        merged.manifests.sort_by_key(|manifest| manifest.kind);
        let mut by_class: BTreeMap<String, usize> = BTreeMap::new();
        let mut files: BTreeMap<&str, String> = BTreeMap::new();
        let mut removed = Removed::default();
        for manifest in &merged.manifests {
            let file = manifest.place();
            let keeps = |tag: &str, name: &str| !is_removed(&removed, tag, name);
            for (name, value) in manifest.meta_data() {
                let above = files.entry(name).or_insert_with(|| file.clone());
                if *above == file && keeps("meta-data", name) {
                    merged.meta_data.push(MetaData { name, value, file: file.clone() });
                }
            }
            merged.permissions.extend(manifest.permissions().filter(|name| keeps("uses-permission", name)));
            let own = manifest.own_permissions.iter().map(|name| (&**name, file.clone()));
            merged.own_permissions.extend(own);
            for element in &manifest.components {
                let class = class_name(element, manifest.package(), application_id);
                if !keeps(element.kind().as_str(), &class) {
                    continue;
                }
                let known = by_class.get(&class).and_then(|index| merged.components.get_mut(*index));
                if let Some(known) = known.filter(|known| known.file != file) {
                    *known = Declared::new(joined(&known.element, element), class, known.file.clone());
                } else {
                    by_class.entry(class.clone()).or_insert(merged.components.len());
                    merged.components.push(Declared::new(element.clone(), class, file.clone()));
                }
            }
            removed.extend(manifest.removed.iter().map(|(tag, name)| (&**tag, &**name)));
        }
        Self { removed, ..merged }
    }

    /// Whether this element is not there and cannot be: all that ships is known, or a manifest removes it.
    pub(super) fn certainly_lacks(&self, tag: &str, name: &str) -> bool {
        self.is_complete() || is_removed(&self.removed, tag, name)
    }

    /// Whether there is a manifest.
    pub(super) fn is_given(&self) -> bool {
        !self.manifests.is_empty()
    }

    /// Whether everything that ships is in it.
    pub(super) fn is_complete(&self) -> bool {
        self.manifests.iter().any(|manifest| manifest.is_merged())
    }

    /// Whether one of the manifests is an app's.
    pub(super) fn is_app(&self) -> bool {
        let is_launcher = |filter: &IntentFilter| filter.has_category(Intent::CATEGORY_LAUNCHER);
        self.is_complete() || self.filters().any(|(_, filter)| is_launcher(filter))
    }

    /// The package that the app's manifest names.
    pub(super) fn package(&self) -> Option<&'a str> {
        // A single manifest may be the app's, though nothing in it shows that.
        let is_single = self.manifests.len() == 1;
        let of_app = |manifest: &&&Manifest| is_single || manifest.kind != ManifestKind::Library;
        self.manifests.iter().filter(of_app).find_map(|manifest| manifest.package())
    }

    pub(super) fn target_sdk(&self) -> Option<u32> {
        self.manifests.iter().find_map(|manifest| manifest.target_sdk)
    }

    /// What to call the manifest in a finding.
    pub(super) fn place(&self) -> String {
        self.manifests.first().map_or_else(|| "manifest".to_owned(), |manifest| manifest.place())
    }

    pub(super) fn meta(&self, name: &str) -> Option<&MetaData<'a>> {
        self.meta_data.iter().find(|known| known.name == name)
    }

    pub(super) fn activities(&self) -> impl Iterator<Item = &Declared> {
        self.components.iter().filter(|component| {
            matches!(component.element.kind(), ComponentKind::Activity | ComponentKind::ActivityAlias)
        })
    }

    /// Every filter, with its activity.
    pub(super) fn filters(&self) -> impl Iterator<Item = (&Declared, &IntentFilter)> {
        self.activities().flat_map(|activity| activity.filters.iter().map(move |filter| (activity, filter)))
    }

    /// The activity, or its alias, of this class, by its full name.
    pub(super) fn activity(&self, class: &str) -> Lookup<'_> {
        let mut found = Lookup::No;
        for activity in self.activities() {
            let own = activity.class.as_str();
            let relative = own.starts_with('.') || own.contains("${");
            let completed = self.application_id.and_then(|id| class.strip_prefix(id));
            if own == class || relative && completed == Some(own) {
                return Lookup::Declared(activity);
            }
            if relative && class.ends_with(own.rsplit('}').next().unwrap_or(own)) {
                found = Lookup::Perhaps;
            }
        }
        found
    }

    /// The activity that an alias stands for, or the activity itself.
    pub(super) fn behind_alias<'b>(&'b self, activity: &'b Declared) -> &'b Declared {
        let Some(target) = activity.element.attribute("targetActivity") else { return activity };
        let matches = |other: &&Declared| {
            other.element.kind() == ComponentKind::Activity
                && (other.class == target || (target.starts_with('.') && other.class.ends_with(target)))
        };
        self.components.iter().find(matches).unwrap_or(activity)
    }
}

impl Declared {
    fn new(element: ComponentElement, class: String, file: String) -> Self {
        let filters = element.filters().iter().filter_map(|filter| filter.to_filter().ok()).collect();
        Self { element, class, filters, file }
    }

    /// Where it stands, for a finding.
    pub(super) fn place(&self) -> String {
        format!("{}: {}", self.file, shown(&self.class))
    }

    pub(super) fn has_action(&self, action: &str) -> bool {
        self.filters.iter().any(|filter| filter.has_action(action))
    }

    /// Whether the system ignores it. A value that only the device knows counts as enabled.
    pub(super) fn is_disabled(&self) -> bool {
        self.element.attribute("enabled") == Some("false")
    }

    pub(super) fn is_launcher(&self) -> bool {
        self.filters.iter().any(|filter| {
            filter.has_action(Intent::ACTION_MAIN) && filter.has_category(Intent::CATEGORY_LAUNCHER)
        })
    }

    /// Whether other apps may start it: what it says, or else whether it has a filter.
    pub(super) fn is_exported(&self) -> bool {
        match self.element.attribute("exported") {
            Some("false") => false,
            None => !self.element.filters().is_empty(),
            // The value of a resource or a placeholder is unknown.
            Some(_) => true,
        }
    }
}

/// Whether an element is removed, by its name or with all of its kind.
fn is_removed(removed: &Removed<'_>, tag: &str, name: &str) -> bool {
    removed.contains(&(tag, name)) || removed.contains(&(tag, "*"))
}

/// The full name of a component's class, as far as it is known.
fn class_name(element: &ComponentElement, package: Option<&str>, application_id: Option<&str>) -> String {
    const ID: &str = "${applicationId}";
    let name = element.attribute("name").unwrap_or_default();
    let name = application_id.map_or_else(|| name.to_owned(), |id| name.replace(ID, id));
    let package = package.unwrap_or_default();
    match name.find('.') {
        _ if name.is_empty() || name.contains("${") => name,
        Some(0) => format!("{package}{name}"),
        None => format!("{package}.{name}"),
        Some(_) => name,
    }
}

/// The attributes that matter, and that a second declaration may add.
const MERGED: &str = "exported enabled permission launchMode taskAffinity noHistory process targetActivity";

/// Merges two declarations of a component: attributes of the first win, and filters add up, unless the first
/// replaces the second.
fn joined(above: &ComponentElement, below: &ComponentElement) -> ComponentElement {
    if above.attribute("tools:node") == Some("replace") {
        return above.clone();
    }
    let mut joined = above.clone();
    for name in MERGED.split(' ') {
        if let (None, Some(value)) = (above.attribute(name), below.attribute(name)) {
            joined = joined.with_known(name, value);
        }
    }
    below.filters().iter().cloned().fold(joined, ComponentElement::with_filter)
}
