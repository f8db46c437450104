//! Reads an `AndroidManifest.xml`, as text: the one in the source, or the merged one of the build.

use std::fmt;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use tim_offline_push::doctor::Manifest;
use tim_offline_push::intent::manifest::{ComponentElement, ComponentKind, DataElement, FilterElement};

/// The deepest nesting that is read. A manifest needs six levels.
const MAX_DEPTH: usize = 32;

/// Where a text is no manifest, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct XmlError {
    why: &'static str,
    line: usize,
    column: usize,
}

impl fmt::Display for XmlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { why, line, column } = self;
        write!(f, "{why} at line {line}, column {column}")
    }
}

/// Reads a manifest. What is not about push is passed over.
pub(crate) fn read(text: &str) -> Result<Manifest, XmlError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader::from_str(text);
    let mut building = Building::default();
    loop {
        let before = reader.buffer_position();
        let error = |why, at: u64| position(text, why, usize::try_from(at).unwrap_or(usize::MAX));
        let event = reader.read_event();
        match event {
            Ok(Event::Start(start)) => building.open(&start).map_err(|why| error(why, before))?,
            Ok(Event::Empty(start)) => {
                building.open(&start).map_err(|why| error(why, before))?;
                building.close();
            }
            Ok(Event::End(_)) => building.close(),
            Ok(Event::Eof) => {
                return building.finish().map_err(|why| error(why, before));
            }
            Ok(Event::Text(text))
                if building.open.is_empty() && !text.iter().all(u8::is_ascii_whitespace) =>
            {
                return Err(error("not XML: text outside of the manifest", before));
            }
            Ok(_) => {}
            Err(_) => return Err(error("not well-formed XML", reader.error_position())),
        }
    }
}

/// Line and column of a byte, both from 1.
fn position(text: &str, why: &'static str, at: usize) -> XmlError {
    let before: String =
        text.char_indices().take_while(|(index, _)| *index < at).map(|(_, char)| char).collect();
    let line = before.matches('\n').count().saturating_add(1);
    let last = before.rsplit('\n').next().unwrap_or_default();
    XmlError { why, line, column: last.chars().count().saturating_add(1) }
}

#[derive(Default)]
struct Building {
    manifest: Manifest,
    /// The tags around the place that is read.
    open: Vec<String>,
    component: Option<ComponentElement>,
    filter: Option<FilterElement>,
    has_root: bool,
}

impl Building {
    fn open(&mut self, start: &BytesStart<'_>) -> Result<(), &'static str> {
        let tag = String::from_utf8_lossy(start.name().as_ref()).into_owned();
        let attributes = attributes(start)?;
        if self.open.len() >= MAX_DEPTH {
            return Err("elements nest too deep");
        }
        if self.open.is_empty() && (tag != "manifest" || self.has_root) {
            return Err("no manifest: the root element is not <manifest>");
        }
        self.has_root = true;
        let android = |name: &str| {
            attributes.iter().find_map(|(own, value)| {
                (own.strip_prefix("android:") == Some(name)).then_some(value.as_str())
            })
        };
        let name = || android("name").unwrap_or_default();
        let manifest = std::mem::take(&mut self.manifest);
        self.manifest = match tag.as_str() {
            "manifest" => {
                let package = attributes.iter().find(|(own, _)| own == "package");
                Manifest::new(package.map_or("", |(_, package)| package))
            }
            "uses-sdk" => match android("targetSdkVersion").and_then(|level| level.parse().ok()) {
                Some(level) => manifest.with_target_sdk(level),
                None => manifest,
            },
            "uses-permission" | "uses-permission-sdk-23" => manifest.with_permission(name()),
            "meta-data" => match android("value") {
                Some(value) => manifest.with_meta_data(name(), value),
                None => manifest,
            },
            _ => manifest,
        };
        let removed = attributes.iter().any(|(own, value)| own == "tools:node" && value == "remove");
        match tag.as_str() {
            "activity" | "activity-alias" | "service" | "receiver" if !removed => {
                let kind = match tag.as_str() {
                    "activity" => ComponentKind::Activity,
                    "activity-alias" => ComponentKind::ActivityAlias,
                    "service" => ComponentKind::Service,
                    _ => ComponentKind::Receiver,
                };
                self.component = Some(with_android(
                    ComponentElement::new(kind, name()),
                    &attributes,
                    |element, name, value| element.clone().with_attribute(name, value).unwrap_or(element),
                ));
            }
            "intent-filter" if self.component.is_some() => self.filter = Some(FilterElement::new()),
            "action" => self.filter = self.filter.take().map(|filter| filter.with_action(name())),
            "category" => self.filter = self.filter.take().map(|filter| filter.with_category(name())),
            "data" if self.open.last().is_some_and(|outer| outer == "intent-filter") => {
                let data = with_android(DataElement::new(), &attributes, |element, name, value| {
                    element.clone().with_attribute(name, value).unwrap_or(element)
                });
                self.filter = self.filter.take().map(|filter| filter.with_data(data));
            }
            _ => {}
        }
        self.open.push(tag);
        Ok(())
    }

    fn close(&mut self) {
        match self.open.pop().as_deref() {
            Some("intent-filter") => {
                if let (Some(component), Some(filter)) = (self.component.take(), self.filter.take()) {
                    self.component = Some(component.with_filter(filter));
                }
            }
            Some("activity" | "activity-alias" | "service" | "receiver") => {
                if let Some(component) = self.component.take() {
                    self.manifest = std::mem::take(&mut self.manifest).with_component(component);
                }
            }
            Some(_) | None => {}
        }
    }

    fn finish(self) -> Result<Manifest, &'static str> {
        match (self.has_root, self.open.is_empty()) {
            (false, _) => Err("no manifest: there is no element"),
            (true, false) => Err("not well-formed XML: an element is not closed"),
            (true, true) => Ok(self.manifest),
        }
    }
}

/// Sets the attributes of the `android:` namespace but the name, which is set already.
fn with_android<T>(element: T, attributes: &[(String, String)], set: impl Fn(T, &str, String) -> T) -> T {
    attributes.iter().fold(element, |element, (name, value)| match name.strip_prefix("android:") {
        Some(name) if name != "name" => set(element, name, value.clone()),
        Some(_) | None => element,
    })
}

fn attributes(start: &BytesStart<'_>) -> Result<Vec<(String, String)>, &'static str> {
    start
        .attributes()
        .map(|attribute| {
            let attribute = attribute.map_err(|_| "not well-formed XML: an attribute")?;
            let name = String::from_utf8_lossy(attribute.key.as_ref()).into_owned();
            let value = attribute.unescape_value().map_err(|_| "not well-formed XML: an entity")?;
            Ok((name, without_escapes(&value)))
        })
        .collect()
}

/// What the resource compiler makes of `\\`; other escapes do not occur in what matters here.
fn without_escapes(value: &str) -> String {
    value.replace("\\\\", "\\")
}
