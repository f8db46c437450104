use super::ManifestError;
use super::xml::Attributes;
use crate::intent::filter::{Authority, ContentType, FilterError, IntentFilter, PatternKind, PatternMatcher};

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
pub struct DataElement {
    attributes: Attributes,
}

impl DataElement {
    /// An element without attributes.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets any attribute, also one that [`FilterElement::to_filter`](super::FilterElement::to_filter) passes over.
    ///
    /// # Errors
    /// [`ManifestError::AttributeName`].
    pub fn with_attribute(mut self, name: &str, value: impl Into<Box<str>>) -> Result<Self, ManifestError> {
        self.attributes.set_checked(name, value)?;
        Ok(self)
    }

    /// Sets the scheme, without `:`.
    #[must_use]
    pub fn with_scheme(self, scheme: impl Into<Box<str>>) -> Self {
        self.with("scheme", scheme)
    }

    /// Sets the host.
    #[must_use]
    pub fn with_host(self, host: impl Into<Box<str>>) -> Self {
        self.with("host", host)
    }

    /// Sets the port. Android passes over it if the same element has no host.
    #[must_use]
    pub fn with_port(self, port: u32) -> Self {
        self.with("port", port.to_string())
    }

    /// Sets `path`, `pathPrefix`, `pathPattern`, `pathAdvancedPattern` or `pathSuffix`, as the pattern's kind asks.
    #[must_use]
    pub fn with_path(self, pattern: &PatternMatcher) -> Self {
        self.with(attribute_name(&PATH, pattern.kind()), pattern.pattern())
    }

    /// Sets `ssp`, `sspPrefix`, `sspPattern`, `sspAdvancedPattern` or `sspSuffix`, as the pattern's kind asks.
    #[must_use]
    pub fn with_scheme_specific_part(self, pattern: &PatternMatcher) -> Self {
        self.with(attribute_name(&SSP, pattern.kind()), pattern.pattern())
    }

    /// Sets the MIME type.
    #[must_use]
    pub fn with_content_type(self, content_type: &ContentType) -> Self {
        self.with("mimeType", content_type.as_str())
    }

    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name)
    }

    /// Names and values, in the order in which they were first set.
    pub fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attributes.iter()
    }

    /// Pours the attributes into a filter, as Android does when it reads a manifest.
    pub(super) fn pour_into(&self, mut filter: IntentFilter) -> Result<IntentFilter, FilterError> {
        if let Some(content_type) = self.attribute("mimeType") {
            filter = filter.with_content_type(ContentType::new(content_type)?);
        }
        if let Some(scheme) = self.attribute("scheme") {
            filter = filter.with_scheme(scheme);
        }
        for (kind, name) in SSP {
            if let Some(pattern) = self.attribute(name) {
                filter = filter.with_scheme_specific_part(PatternMatcher::new(kind, pattern)?);
            }
        }
        if let Some(host) = self.attribute("host") {
            filter = filter.with_authority(Authority::from_manifest(host, self.attribute("port"))?);
        }
        for (kind, name) in PATH {
            if let Some(pattern) = self.attribute(name) {
                filter = filter.with_path(PatternMatcher::new(kind, pattern)?);
            }
        }
        Ok(filter)
    }

    /// All attributes in one element, or no element if there are none.
    pub(super) fn joined(elements: Vec<Self>) -> Vec<Self> {
        elements
            .into_iter()
            .reduce(|joined, next| {
                next.attributes().fold(joined, |joined, (name, value)| joined.with(name, value))
            })
            .into_iter()
            .collect()
    }

    fn with(mut self, name: &str, value: impl Into<Box<str>>) -> Self {
        self.attributes.set(name, value);
        self
    }
}

/// The attribute names of one part of a URI, by the kind of pattern.
pub(super) type PatternAttributes = [(PatternKind, &'static str); 5];

pub(super) const PATH: PatternAttributes = [
    (PatternKind::Literal, "path"),
    (PatternKind::Prefix, "pathPrefix"),
    (PatternKind::SimpleGlob, "pathPattern"),
    (PatternKind::AdvancedGlob, "pathAdvancedPattern"),
    (PatternKind::Suffix, "pathSuffix"),
];

pub(super) const QUERY: PatternAttributes = [
    (PatternKind::Literal, "query"),
    (PatternKind::Prefix, "queryPrefix"),
    (PatternKind::SimpleGlob, "queryPattern"),
    (PatternKind::AdvancedGlob, "queryAdvancedPattern"),
    (PatternKind::Suffix, "querySuffix"),
];

pub(super) const FRAGMENT: PatternAttributes = [
    (PatternKind::Literal, "fragment"),
    (PatternKind::Prefix, "fragmentPrefix"),
    (PatternKind::SimpleGlob, "fragmentPattern"),
    (PatternKind::AdvancedGlob, "fragmentAdvancedPattern"),
    (PatternKind::Suffix, "fragmentSuffix"),
];

const SSP: PatternAttributes = [
    (PatternKind::Literal, "ssp"),
    (PatternKind::Prefix, "sspPrefix"),
    (PatternKind::SimpleGlob, "sspPattern"),
    (PatternKind::AdvancedGlob, "sspAdvancedPattern"),
    (PatternKind::Suffix, "sspSuffix"),
];

pub(super) fn attribute_name(names: &PatternAttributes, kind: PatternKind) -> &'static str {
    names.iter().find_map(|(own, name)| (*own == kind).then_some(*name)).unwrap_or_default()
}
