use std::fmt;

use super::xml::{Attributes, XmlWriter};
use super::{FilterElement, ManifestError};

/// The element of a component that takes intents: `<activity>` and its like, with its filters.
///
/// From Android 12 on, an app that targets it must set `android:exported` on every component that has a filter
/// (<https://developer.android.com/about/versions/12/behavior-changes-12>, read 2026-11-22).
///
/// ```
/// use tim_offline_push::intent::manifest::{ComponentElement, ComponentKind, FilterElement, LaunchMode};
///
/// let chat = ComponentElement::new(ComponentKind::Activity, "com.example.im.ChatActivity")
///     .with_exported(true)
///     .with_launch_mode(LaunchMode::SingleTask)
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
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
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
    #[must_use]
    pub fn with_exported(self, exported: bool) -> Self {
        self.with_known("exported", if exported { "true" } else { "false" })
    }

    /// How an activity is launched.
    #[must_use]
    pub fn with_launch_mode(self, mode: LaunchMode) -> Self {
        self.with_known("launchMode", mode.as_str())
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
    #[must_use]
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

    /// Writes the element, indented, with a line feed after it.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write_xml(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        let mut xml = XmlWriter::new(out);
        let tag = self.kind.as_str();
        if self.filters.is_empty() {
            return xml.leaf(tag, self.attributes.iter());
        }
        xml.parent(tag, self.attributes.iter(), |xml| {
            self.filters.iter().try_for_each(|filter| filter.write(xml))
        })
    }

    /// Sets an attribute whose name this crate writes out, and so knows to be one.
    pub(crate) fn with_known(mut self, name: &'static str, value: &str) -> Self {
        self.attributes.set(name, value);
        self
    }
}

impl fmt::Display for ComponentElement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_xml(f)
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

/// `android:launchMode` of an activity
/// (<https://developer.android.com/guide/topics/manifest/activity-element>, read 2026-11-22).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum LaunchMode {
    /// A new instance for each intent.
    Standard,
    /// A new instance, unless one is at the top of the task.
    SingleTop,
    /// One instance, at the root of its task or above it; a second intent goes to it.
    SingleTask,
    /// One instance, alone in its task.
    SingleInstance,
}

impl LaunchMode {
    /// The attribute's value.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::SingleTop => "singleTop",
            Self::SingleTask => "singleTask",
            Self::SingleInstance => "singleInstance",
        }
    }
}
