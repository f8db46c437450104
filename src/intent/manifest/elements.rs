use std::fmt;

use super::xml::{Attributes, Element, ManifestError};
use crate::intent::filter::{
    Authority, ContentType, FilterError, IntentFilter, PatternKind, PatternMatcher, RelativeFilterGroup,
    RelativePart,
};

/// An `<intent-filter>` element.
///
/// Android pools all `<data>` elements of one filter: each scheme goes with each host and each path, in
/// whichever elements they stand ([`to_filter`](Self::to_filter)).
///
/// ```
/// use tim_offline_push::intent::manifest::{DataElement, FilterElement};
///
/// let element = FilterElement::new()
///     .with_action("android.intent.action.VIEW")
///     .with_data(DataElement::new().with_scheme("pushscheme"))
///     .with_data(DataElement::new().with_host("a.example"))
///     .with_data(DataElement::new().with_host("b.example"));
/// let filter = element.to_filter()?;
/// assert_eq!(filter.authorities().len(), 2);
/// assert!(element.to_string().contains(r#"<data android:host="b.example" />"#));
/// # Ok::<(), tim_offline_push::intent::filter::FilterError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[must_use]
pub struct FilterElement {
    attributes: Attributes,
    actions: Vec<Box<str>>,
    categories: Vec<Box<str>>,
    data: Vec<DataElement>,
    groups: Vec<RelativeFilterGroup>,
}

impl FilterElement {
    /// An element without children.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets an attribute of the filter, such as `autoVerify` or `priority`.
    ///
    /// # Errors
    /// [`ManifestError::AttributeName`].
    pub fn with_attribute(mut self, name: &str, value: impl Into<Box<str>>) -> Result<Self, ManifestError> {
        self.attributes.set_checked(name, value)?;
        Ok(self)
    }

    /// Adds an `<action>`.
    pub fn with_action(mut self, action: impl Into<Box<str>>) -> Self {
        self.actions.push(action.into());
        self
    }

    /// Adds a `<category>`.
    pub fn with_category(mut self, category: impl Into<Box<str>>) -> Self {
        self.categories.push(category.into());
        self
    }

    /// Adds a `<data>`.
    pub fn with_data(mut self, data: DataElement) -> Self {
        self.data.push(data);
        self
    }

    /// Adds a `<uri-relative-filter-group>` (API 35).
    pub fn with_group(mut self, group: RelativeFilterGroup) -> Self {
        self.groups.push(group);
        self
    }

    /// The filter that Android makes of it.
    ///
    /// A port without a host in the same element is passed over, and so are attributes that no filter knows.
    /// The attributes of the filter itself have no part in matching.
    ///
    /// # Errors
    /// [`FilterError`] for a type, port or advanced pattern that Android refuses.
    pub fn to_filter(&self) -> Result<IntentFilter, FilterError> {
        let filter = self.actions.iter().cloned().fold(IntentFilter::new(), IntentFilter::with_action);
        let filter = self.categories.iter().cloned().fold(filter, IntentFilter::with_category);
        let filter = self.groups.iter().cloned().fold(filter, IntentFilter::with_group);
        self.data.iter().try_fold(filter, |filter, data| data.pour_into(filter))
    }

    fn element(&self) -> Element<'_> {
        let named = |tag, name| Element { tag, attributes: vec![("name".into(), name)], children: None };
        let actions = self.actions.iter().map(|action| named("action", &**action));
        let categories = self.categories.iter().map(|category| named("category", &**category));
        let data = self.data.iter().map(|data| data.attributes.pairs());
        let data = data.map(|attributes| Element { tag: "data", attributes, children: None });
        let children = actions.chain(categories).chain(data).chain(self.groups.iter().map(group_element));
        Element {
            tag: "intent-filter",
            attributes: self.attributes.pairs(),
            children: Some(children.collect()),
        }
    }
}

fn group_element(group: &RelativeFilterGroup) -> Element<'_> {
    let data = group.filters().iter().map(|(part, pattern)| {
        let part = match part {
            RelativePart::Path => "path",
            RelativePart::Query => "query",
            RelativePart::Fragment => "fragment",
        };
        let attribute = (attribute_name(part, pattern.kind()).into(), pattern.pattern());
        Element { tag: "data", attributes: vec![attribute], children: None }
    });
    let allow = if group.allows() { "true" } else { "false" };
    Element {
        tag: "uri-relative-filter-group",
        attributes: vec![("allow".into(), allow)],
        children: Some(data.collect()),
    }
}

/// Writes the element, indented, with a line feed after it.
impl fmt::Display for FilterElement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.element().write(f, 0)
    }
}

/// One `<data>` element if the filter has at most one value of each sort; otherwise one for each value, so
/// that no reader takes them for pairs.
impl From<&IntentFilter> for FilterElement {
    fn from(filter: &IntentFilter) -> Self {
        let host = |authority: &Authority| {
            let data = DataElement::new().with_host(authority.host());
            authority.port().into_iter().fold(data, DataElement::with_port)
        };
        let part = |pattern| DataElement::new().with_scheme_specific_part(pattern);
        let sorts: [Vec<DataElement>; 5] = [
            filter.authorities().iter().map(host).collect(),
            filter.paths().iter().map(|path| DataElement::new().with_path(path)).collect(),
            filter.scheme_specific_parts().iter().map(part).collect(),
            filter.schemes().map(|scheme| DataElement::new().with_scheme(scheme)).collect(),
            filter.content_types().iter().map(|own| DataElement::new().with_content_type(own)).collect(),
        ];
        let mut data = sorts.concat();
        if data.len() > 1 && sorts.iter().all(|sort| sort.len() <= 1) {
            let attributes = data.iter().flat_map(|data| data.attributes.iter());
            data = vec![attributes.fold(DataElement::new(), |data, (name, value)| data.with(name, value))];
        }
        Self {
            attributes: Attributes::default(),
            actions: filter.actions().map(Into::into).collect(),
            categories: filter.categories().map(Into::into).collect(),
            data,
            groups: filter.groups().to_vec(),
        }
    }
}

/// A `<data>` element: any set of attributes, by their names without `android:`.
///
/// ```
/// use tim_offline_push::intent::manifest::DataElement;
///
/// let data = DataElement::new().with_scheme("pushscheme").with_host("com.tencent.qcloud.tim");
/// assert_eq!(data.attribute("host"), Some("com.tencent.qcloud.tim"));
/// # Ok::<(), tim_offline_push::intent::manifest::ManifestError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[must_use]
pub struct DataElement {
    attributes: Attributes,
}

impl DataElement {
    /// An element without attributes.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets any attribute, also one that [`FilterElement::to_filter`] passes over.
    ///
    /// # Errors
    /// [`ManifestError::AttributeName`].
    pub fn with_attribute(mut self, name: &str, value: impl Into<Box<str>>) -> Result<Self, ManifestError> {
        self.attributes.set_checked(name, value)?;
        Ok(self)
    }

    /// Sets the scheme, without `:`.
    pub fn with_scheme(self, scheme: impl Into<Box<str>>) -> Self {
        self.with("scheme", scheme)
    }

    /// Sets the host.
    pub fn with_host(self, host: impl Into<Box<str>>) -> Self {
        self.with("host", host)
    }

    /// Sets the port. Android passes over it if the same element has no host.
    pub fn with_port(self, port: u32) -> Self {
        self.with("port", port.to_string())
    }

    /// Sets `path`, `pathPrefix`, `pathPattern`, `pathAdvancedPattern` or `pathSuffix`, as the pattern's kind
    /// asks.
    pub fn with_path(self, pattern: &PatternMatcher) -> Self {
        self.with(&attribute_name("path", pattern.kind()), pattern.pattern())
    }

    /// Sets `ssp`, `sspPrefix`, `sspPattern`, `sspAdvancedPattern` or `sspSuffix`, as the pattern's kind
    /// asks.
    pub fn with_scheme_specific_part(self, pattern: &PatternMatcher) -> Self {
        self.with(&attribute_name("ssp", pattern.kind()), pattern.pattern())
    }

    /// Sets the MIME type.
    pub fn with_content_type(self, content_type: &ContentType) -> Self {
        self.with("mimeType", content_type.as_str())
    }

    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name)
    }

    /// Pours the attributes into a filter, as Android does when it reads a manifest.
    fn pour_into(&self, filter: IntentFilter) -> Result<IntentFilter, FilterError> {
        let patterns = |part| {
            let pattern = move |kind| Some((kind, self.attribute(&attribute_name(part, kind))?));
            let given = PatternKind::ALL.iter().copied().filter_map(pattern);
            given.map(|(kind, text)| PatternMatcher::new(kind, text))
        };
        let content_type = self.attribute("mimeType").map(ContentType::new).transpose()?;
        let filter = content_type.into_iter().fold(filter, IntentFilter::with_content_type);
        let mut filter = self.attribute("scheme").into_iter().fold(filter, IntentFilter::with_scheme);
        for pattern in patterns("ssp") {
            filter = filter.with_scheme_specific_part(pattern?);
        }
        if let Some(host) = self.attribute("host") {
            filter = filter.with_authority(Authority::from_manifest(host, self.attribute("port"))?);
        }
        for pattern in patterns("path") {
            filter = filter.with_path(pattern?);
        }
        Ok(filter)
    }

    fn with(mut self, name: &str, value: impl Into<Box<str>>) -> Self {
        self.attributes.set(name, value);
        self
    }
}

/// The name of the attribute that holds a pattern for a part of a URI: `pathPrefix`.
fn attribute_name(part: &str, kind: PatternKind) -> String {
    let suffix = match kind {
        PatternKind::Literal => "",
        PatternKind::Prefix => "Prefix",
        PatternKind::SimpleGlob => "Pattern",
        PatternKind::AdvancedGlob => "AdvancedPattern",
        PatternKind::Suffix => "Suffix",
    };
    [part, suffix].concat()
}

/// The element of a component that takes intents: `<activity>` and its like, with its filters.
///
/// From Android 12 on, an app that targets it must set `android:exported` on every component that has a
/// filter (<https://developer.android.com/about/versions/12/behavior-changes-12>, read 2026-11-22).
///
/// ```
/// use tim_offline_push::intent::manifest::{ComponentElement, ComponentKind, FilterElement};
///
/// let chat = ComponentElement::new(ComponentKind::Activity, "com.example.im.ChatActivity")
///     .with_exported(true)
///     .with_attribute("launchMode", "singleTask")?
///     .with_filter(FilterElement::new().with_action("com.example.im.OPEN_CHAT"));
/// assert_eq!(
///     chat.to_string(),
///     r#"<activity
///     android:name="com.example.im.ChatActivity"
///     android:exported="true"
///     android:launchMode="singleTask">
///     <intent-filter>
///         <action android:name="com.example.im.OPEN_CHAT" />
///     </intent-filter>
/// </activity>
/// "#
/// );
/// # Ok::<(), tim_offline_push::intent::manifest::ManifestError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[must_use]
pub struct ComponentElement {
    kind: ComponentKind,
    attributes: Attributes,
    filters: Vec<FilterElement>,
}

impl ComponentElement {
    /// An element with a name: the full name of the class, or one that begins with `.`.
    pub fn new(kind: ComponentKind, name: impl Into<Box<str>>) -> Self {
        let mut attributes = Attributes::default();
        attributes.set("name", name);
        Self { kind, attributes, filters: Vec::new() }
    }

    /// Whether other apps, and the vendor's push service among them, may start it.
    pub fn with_exported(self, exported: bool) -> Self {
        self.with_known("exported", if exported { "true" } else { "false" })
    }

    /// Sets any other attribute.
    ///
    /// # Errors
    /// [`ManifestError::AttributeName`].
    pub fn with_attribute(mut self, name: &str, value: impl Into<Box<str>>) -> Result<Self, ManifestError> {
        self.attributes.set_checked(name, value)?;
        Ok(self)
    }

    /// Adds a filter.
    pub fn with_filter(mut self, filter: FilterElement) -> Self {
        self.filters.push(filter);
        self
    }

    /// What the element declares.
    pub const fn kind(&self) -> ComponentKind {
        self.kind
    }

    /// The value of an attribute, by its name without `android:`.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name)
    }

    /// The filters.
    pub fn filters(&self) -> &[FilterElement] {
        &self.filters
    }

    /// Sets an attribute whose name this crate writes out, and so knows to be one.
    pub(crate) fn with_known(mut self, name: &'static str, value: &str) -> Self {
        self.attributes.set(name, value);
        self
    }
}

/// Writes the element, indented, with a line feed after it.
impl fmt::Display for ComponentElement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let filters: Vec<Element<'_>> = self.filters.iter().map(FilterElement::element).collect();
        let children = Some(filters).filter(|filters| !filters.is_empty());
        Element { tag: self.kind.as_str(), attributes: self.attributes.pairs(), children }.write(f, 0)
    }
}

/// What a [`ComponentElement`] declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ComponentKind {
    /// `<activity>`.
    Activity,
    /// `<activity-alias>`.
    ActivityAlias,
    /// `<service>`.
    Service,
    /// `<receiver>`.
    Receiver,
    /// `<provider>`: one of documents takes an intent filter
    /// (<https://developer.android.com/guide/topics/providers/create-document-provider>, read 2026-11-23).
    Provider,
}

impl ComponentKind {
    /// The tag.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Activity => "activity",
            Self::ActivityAlias => "activity-alias",
            Self::Service => "service",
            Self::Receiver => "receiver",
            Self::Provider => "provider",
        }
    }
}
