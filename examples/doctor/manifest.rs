//! Reads an `AndroidManifest.xml`, as text: the one in the source, or the merged one of the build.
//!
//! Names are resolved by the address of their namespace, not by its prefix, and elements that the manifest
//! merger removes are not there.

use std::collections::BTreeMap;

use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use tim_offline_push::doctor::{Manifest, ManifestKind};
use tim_offline_push::intent::filter::{PatternKind, PatternMatcher, RelativeFilterGroup, RelativePart};
use tim_offline_push::intent::manifest::{ComponentElement, ComponentKind, DataElement, FilterElement};

use crate::files::position;

/// The deepest nesting that is read. A manifest needs seven levels.
const MAX_DEPTH: usize = 32;

const ANDROID: &[u8] = b"http://schemas.android.com/apk/res/android";
const TOOLS: &[u8] = b"http://schemas.android.com/tools";

/// What stands for `${…}` in a manifest.
pub(crate) type Placeholders = BTreeMap<String, String>;

/// Reads a manifest. What is not about push is skipped. The error names line and column.
pub(crate) fn read(text: &str, placeholders: &Placeholders) -> Result<Manifest, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim_start().starts_with('{') {
        return Err("JSON, not a manifest: uni-app's manifest.json and its like are no AndroidManifest.xml; give the merged \
                    manifest of the build, app/build/intermediates/merged_manifests/…/AndroidManifest.xml"
            .to_owned());
    }
    let mut reader = NsReader::from_str(text);
    let mut building = Building::new(placeholders);
    loop {
        let before = reader.buffer_position();
        let error = |why: &str, at: u64| {
            let (line, column) = position(text, usize::try_from(at).unwrap_or(usize::MAX));
            format!("{why} at line {line}, column {column}")
        };
        let event = reader.read_event();
        match event {
            Ok(Event::Start(start)) => {
                let attributes =
                    attributes(&reader, &start, placeholders).map_err(|why| error(why, before))?;
                building.open(&start, &attributes).map_err(|why| error(why, before))?;
            }
            Ok(Event::Empty(start)) => {
                let attributes =
                    attributes(&reader, &start, placeholders).map_err(|why| error(why, before))?;
                building.open(&start, &attributes).map_err(|why| error(why, before))?;
                building.close();
            }
            Ok(Event::End(_)) => building.close(),
            Ok(Event::Eof) => return building.finish().map_err(|why| error(why, before)),
            Ok(Event::Text(text))
                if building.open.is_empty() && !text.iter().all(u8::is_ascii_whitespace) =>
            {
                return Err(error(
                    "not a manifest: expected the text of an AndroidManifest.xml, and found other text",
                    before,
                ));
            }
            Ok(_) => {}
            Err(_) => return Err(error("not well-formed XML", reader.error_position())),
        }
    }
}

/// The attributes of an element by their place.
#[derive(Default)]
struct Attributes {
    android: Vec<(String, String)>,
    tools: Vec<(String, String)>,
    plain: Vec<(String, String)>,
}

fn find<'a>(attributes: &'a [(String, String)], name: &str) -> Option<&'a str> {
    attributes.iter().find_map(|(own, value)| (own == name).then_some(value.as_str()))
}

impl Attributes {
    fn android(&self, name: &str) -> Option<&str> {
        find(&self.android, name)
    }

    fn name(&self) -> &str {
        self.android("name").unwrap_or_default()
    }

    /// What the manifest merger is to do with the element.
    fn node(&self) -> &str {
        find(&self.tools, "node").unwrap_or_default()
    }
}

fn attributes(
    reader: &NsReader<&[u8]>,
    start: &BytesStart<'_>,
    placeholders: &Placeholders,
) -> Result<Attributes, &'static str> {
    let mut read = Attributes::default();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|_| "not well-formed XML: an attribute")?;
        let value = attribute.unescape_value().map_err(|_| "not well-formed XML: an entity")?;
        let value = filled(&without_escapes(&value), placeholders);
        let (namespace, local) = reader.resolve_attribute(attribute.key);
        let name = String::from_utf8_lossy(local.as_ref()).into_owned();
        let list = match namespace {
            ResolveResult::Bound(namespace) if namespace.as_ref() == ANDROID => &mut read.android,
            ResolveResult::Bound(namespace) if namespace.as_ref() == TOOLS => &mut read.tools,
            // A part of a manifest often lacks the declarations.
            ResolveResult::Unknown(prefix) if prefix == b"android" => &mut read.android,
            ResolveResult::Unknown(prefix) if prefix == b"tools" => &mut read.tools,
            ResolveResult::Unbound => &mut read.plain,
            ResolveResult::Bound(_) | ResolveResult::Unknown(_) => continue,
        };
        list.push((name, value));
    }
    Ok(read)
}

/// Fills in the placeholders that are known.
fn filled(value: &str, placeholders: &Placeholders) -> String {
    let mut filled = String::new();
    let mut rest = value;
    while let Some((before, behind)) = rest.split_once("${") {
        filled.push_str(before);
        match behind.split_once('}').map(|(name, after)| (placeholders.get(name), name, after)) {
            Some((Some(known), _, after)) => {
                filled.push_str(known);
                rest = after;
            }
            Some((None, name, after)) => {
                filled.push_str("${");
                filled.push_str(name);
                filled.push('}');
                rest = after;
            }
            None => {
                filled.push_str("${");
                rest = behind;
            }
        }
    }
    filled.push_str(rest);
    filled
}

#[allow(clippy::struct_excessive_bools, reason = "marks that each show something of the manifest")]
struct Building<'a> {
    placeholders: &'a Placeholders,
    manifest: Manifest,
    /// The tags around the place that is read.
    open: Vec<String>,
    component: Option<ComponentElement>,
    filter: Option<FilterElement>,
    group: Option<RelativeFilterGroup>,
    has_root: bool,
    has_package: bool,
    has_target_sdk: bool,
    has_relative_names: bool,
    has_computed_values: bool,
    has_merged_marks: bool,
    application: Attributes,
}

impl<'a> Building<'a> {
    fn new(placeholders: &'a Placeholders) -> Self {
        Self {
            placeholders,
            manifest: Manifest::default(),
            open: Vec::new(),
            component: None,
            filter: None,
            group: None,
            has_root: false,
            has_package: false,
            has_target_sdk: false,
            has_relative_names: false,
            has_computed_values: false,
            has_merged_marks: false,
            application: Attributes::default(),
        }
    }

    fn open(&mut self, start: &BytesStart<'_>, attributes: &Attributes) -> Result<(), &'static str> {
        let tag = String::from_utf8_lossy(start.local_name().as_ref()).into_owned();
        if self.open.len() >= MAX_DEPTH {
            return Err("elements nest too deep");
        }
        if self.open.is_empty() && (tag != "manifest" || self.has_root) {
            return Err("not a manifest: the root element is not <manifest>");
        }
        self.has_root = true;
        self.has_computed_values |= attributes.android.iter().any(|(_, value)| value.contains("${"));
        if attributes.node() == "remove" || attributes.node() == "removeAll" {
            self.remove(&tag, attributes);
        } else {
            self.head(&tag, attributes);
            self.inside_component(&tag, attributes);
        }
        self.open.push(tag);
        Ok(())
    }

    /// An element that the merger takes out of every other manifest too.
    fn remove(&mut self, tag: &str, attributes: &Attributes) {
        let all = attributes.node() == "removeAll";
        let name = if all { "*" } else { attributes.name() };
        let package = self.manifest.package().unwrap_or_default();
        let full = match tag {
            "activity" | "activity-alias" | "service" | "receiver" | "provider" if name.starts_with('.') => {
                format!("{package}{name}")
            }
            _ => name.to_owned(),
        };
        self.manifest = std::mem::take(&mut self.manifest).with_removed(tag, full);
    }

    /// What stands outside of components.
    fn head(&mut self, tag: &str, attributes: &Attributes) {
        let manifest = std::mem::take(&mut self.manifest);
        self.manifest = match tag {
            "manifest" if self.open.is_empty() => {
                let package = find(&attributes.plain, "package").unwrap_or_default();
                self.has_package = !package.is_empty();
                self.has_merged_marks |= attributes.android("compileSdkVersion").is_some()
                    || find(&attributes.plain, "platformBuildVersionCode").is_some();
                let known = self.placeholders.get(NAMESPACE).map_or(package, String::as_str);
                Manifest::new(known)
            }
            "uses-sdk" => match attributes.android("targetSdkVersion").and_then(|level| level.parse().ok()) {
                Some(level) => {
                    self.has_target_sdk = true;
                    manifest.with_target_sdk(level)
                }
                None => manifest,
            },
            "uses-permission" | "uses-permission-sdk-23" => {
                let last = attributes.android("maxSdkVersion").and_then(|level| level.parse::<u32>().ok());
                // Permissions of push are asked for on Android 13 and newer.
                if last.is_some_and(|last| last < 33) {
                    manifest
                } else {
                    manifest.with_permission(attributes.name())
                }
            }
            "permission" => manifest.with_own_permission(attributes.name()),
            "meta-data" => {
                let value = attributes.android("value").or_else(|| attributes.android("resource"));
                manifest.with_meta_data(attributes.name(), value.unwrap_or_default())
            }
            "application" => {
                self.has_merged_marks |= attributes
                    .android("appComponentFactory")
                    .is_some_and(|factory| factory == "androidx.core.app.CoreComponentFactory");
                self.application =
                    Attributes { android: attributes.android.clone(), tools: Vec::new(), plain: Vec::new() };
                manifest
            }
            _ => manifest,
        };
    }

    fn inside_component(&mut self, tag: &str, attributes: &Attributes) {
        let kind = match tag {
            "activity" => Some(ComponentKind::Activity),
            "activity-alias" => Some(ComponentKind::ActivityAlias),
            "service" => Some(ComponentKind::Service),
            "receiver" => Some(ComponentKind::Receiver),
            "provider" => Some(ComponentKind::Provider),
            _ => None,
        };
        let name = attributes.name();
        let outer = self.open.last().map(String::as_str);
        if let Some(kind) = kind.filter(|_| outer == Some("application")) {
            self.has_relative_names |= name.starts_with('.') || !name.contains('.');
            self.has_merged_marks |= name == "androidx.startup.InitializationProvider"
                && attributes.android("authorities").is_some_and(|value| !value.contains("${"));
            let component =
                with_android(ComponentElement::new(kind, name), attributes, |element, name, value| {
                    element.clone().with_attribute(name, value).unwrap_or(element)
                });
            self.component = Some(self.within_application(component, attributes));
            return;
        }
        match tag {
            "intent-filter" if self.component.is_some() => {
                self.filter = Some(with_android(FilterElement::new(), attributes, |element, name, value| {
                    element.clone().with_attribute(name, value).unwrap_or(element)
                }));
            }
            "action" => self.filter = self.filter.take().map(|filter| filter.with_action(name)),
            "category" => self.filter = self.filter.take().map(|filter| filter.with_category(name)),
            "uri-relative-filter-group" if self.filter.is_some() => {
                let blocks = attributes.android("allow") == Some("false");
                let group = if blocks { RelativeFilterGroup::block() } else { RelativeFilterGroup::allow() };
                self.group = Some(group);
            }
            "data" if outer == Some("uri-relative-filter-group") => {
                self.group = self.group.take().map(|group| in_group(group, attributes));
            }
            "data" if outer == Some("intent-filter") => {
                let data = with_android(DataElement::new(), attributes, |element, name, value| {
                    element.clone().with_attribute(name, value).unwrap_or(element)
                });
                self.filter = self.filter.take().map(|filter| filter.with_data(data));
            }
            _ => {}
        }
    }

    /// What `<application>` says of all its components.
    fn within_application(&self, component: ComponentElement, attributes: &Attributes) -> ComponentElement {
        let mut component = component;
        for name in ["permission", "enabled"] {
            let own = attributes.android(name);
            // A component is enabled only if its application is.
            let inherited = self.application.android(name).filter(|value| match name {
                "enabled" => *value == "false",
                _ => own.is_none(),
            });
            if let Some(value) = inherited {
                component = component.clone().with_attribute(name, value).unwrap_or(component);
            }
        }
        component
    }

    fn close(&mut self) {
        match self.open.pop().as_deref() {
            Some("uri-relative-filter-group") => {
                if let (Some(filter), Some(group)) = (self.filter.take(), self.group.take()) {
                    self.filter = Some(filter.with_group(group));
                }
            }
            Some("intent-filter") => {
                if let (Some(component), Some(filter)) = (self.component.take(), self.filter.take()) {
                    self.component = Some(component.with_filter(filter));
                }
            }
            Some("activity" | "activity-alias" | "service" | "receiver" | "provider") => {
                if let Some(component) = self.component.take() {
                    self.manifest = std::mem::take(&mut self.manifest).with_component(component);
                }
            }
            Some(_) | None => {}
        }
    }

    fn finish(self) -> Result<Manifest, &'static str> {
        if !self.has_root {
            return Err("not a manifest: there is no element");
        }
        if !self.open.is_empty() {
            return Err("not well-formed XML: an element is not closed");
        }
        let merged = self.has_package
            && !self.has_relative_names
            && !self.has_computed_values
            && !self.manifest.components().is_empty()
            && (self.has_target_sdk || self.has_merged_marks);
        let library = !self.has_launcher()
            && ["label", "icon", "name", "theme"].iter().all(|name| self.application.android(name).is_none())
            && !self.manifest.components().iter().any(|component| {
                matches!(component.kind(), ComponentKind::Activity | ComponentKind::ActivityAlias)
            });
        Ok(match (merged, library) {
            (true, _) => self.manifest.of_kind(ManifestKind::Merged),
            (false, true) => self.manifest.of_kind(ManifestKind::Library),
            (false, false) => self.manifest,
        })
    }

    fn has_launcher(&self) -> bool {
        let filters = self.manifest.components().iter().flat_map(ComponentElement::filters);
        filters
            .filter_map(|filter| filter.to_filter().ok())
            .any(|filter| filter.has_category("android.intent.category.LAUNCHER"))
    }
}

/// The placeholder under which the caller gives the namespace of the build file.
pub(crate) const NAMESPACE: &str = "namespace of the module";

/// Sets the attributes of Android's namespace but the name, which is set already, and those of `tools:`.
fn with_android<T>(element: T, attributes: &Attributes, set: impl Fn(T, &str, String) -> T) -> T {
    let android = attributes.android.iter().filter(|(name, _)| name != "name").cloned();
    let tools = attributes.tools.iter().map(|(name, value)| (format!("tools:{name}"), value.clone()));
    android.chain(tools).fold(element, |element, (name, value)| set(element, &name, value))
}

/// A `<data>` of a group: all that it says must hold.
fn in_group(group: RelativeFilterGroup, attributes: &Attributes) -> RelativeFilterGroup {
    const PARTS: [(&str, RelativePart); 3] =
        [("path", RelativePart::Path), ("query", RelativePart::Query), ("fragment", RelativePart::Fragment)];
    const KINDS: [(&str, PatternKind); 5] = [
        ("", PatternKind::Literal),
        ("Prefix", PatternKind::Prefix),
        ("Pattern", PatternKind::SimpleGlob),
        ("AdvancedPattern", PatternKind::AdvancedGlob),
        ("Suffix", PatternKind::Suffix),
    ];
    let mut group = group;
    for (name, part) in PARTS {
        for (suffix, kind) in KINDS {
            let Some(value) = attributes.android(&format!("{name}{suffix}")) else { continue };
            if let Ok(pattern) = PatternMatcher::new(kind, value) {
                group = group.with_filter(part, pattern);
            }
        }
    }
    group
}

/// What the resource compiler makes of `\\`; other escapes do not occur in what matters here.
fn without_escapes(value: &str) -> String {
    value.replace("\\\\", "\\")
}
