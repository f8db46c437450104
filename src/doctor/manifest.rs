use std::borrow::Cow;

use crate::intent::manifest::{ComponentElement, ComponentKind};

/// What of an `AndroidManifest.xml` matters to push. The caller reads the XML, as the example `doctor` does.
///
/// ```
/// use tim_offline_push::doctor::Manifest;
/// use tim_offline_push::intent::manifest::{ComponentElement, ComponentKind};
///
/// let chat = ComponentElement::new(ComponentKind::Activity, ".ChatActivity").with_exported(true);
/// let manifest = Manifest::new("com.example.im").with_component(chat).with_target_sdk(35);
/// assert!(manifest.activity("com.example.im.ChatActivity").is_some());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Manifest {
    package: Box<str>,
    target_sdk: Option<u32>,
    components: Vec<ComponentElement>,
    meta_data: Vec<(Box<str>, Box<str>)>,
    permissions: Vec<Box<str>>,
}

impl Manifest {
    /// A manifest with this package: `package` on the root element, or the `namespace` of the build file. Names of classes
    /// that begin with `.` lie in it.
    pub fn new(package: impl Into<Box<str>>) -> Self {
        Self { package: package.into(), ..Self::default() }
    }

    /// With an activity, an alias, a service or a receiver.
    #[must_use]
    pub fn with_component(mut self, component: ComponentElement) -> Self {
        self.components.push(component);
        self
    }

    /// With a `<meta-data>` of the application or of a component.
    #[must_use]
    pub fn with_meta_data(mut self, name: impl Into<Box<str>>, value: impl Into<Box<str>>) -> Self {
        self.meta_data.push((name.into(), value.into()));
        self
    }

    /// With a `<uses-permission>`.
    #[must_use]
    pub fn with_permission(mut self, name: impl Into<Box<str>>) -> Self {
        self.permissions.push(name.into());
        self
    }

    /// With the API level that the app targets.
    #[must_use]
    pub fn with_target_sdk(self, api_level: u32) -> Self {
        Self { target_sdk: Some(api_level), ..self }
    }

    /// The package.
    pub fn package(&self) -> &str {
        &self.package
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
        self.meta_data.iter().map(|(name, value)| (&**name, &**value))
    }

    /// The permissions that it asks for.
    pub fn permissions(&self) -> impl ExactSizeIterator<Item = &str> {
        self.permissions.iter().map(|name| &**name)
    }

    /// The activity, or its alias, of this class, by its full name.
    pub fn activity(&self, class: &str) -> Option<&ComponentElement> {
        self.activities().find(|activity| self.class_of(activity) == class)
    }

    pub(super) fn activities(&self) -> impl Iterator<Item = &ComponentElement> {
        self.components.iter().filter(|component| {
            matches!(component.kind(), ComponentKind::Activity | ComponentKind::ActivityAlias)
        })
    }

    /// The full name of a component's class. `${applicationId}` is taken for the package.
    pub(super) fn class_of<'a>(&self, component: &'a ComponentElement) -> Cow<'a, str> {
        let name = component.attribute("name").unwrap_or_default();
        if name.starts_with('.') {
            Cow::Owned(format!("{}{name}", self.package))
        } else if !name.contains('.') && !name.is_empty() {
            Cow::Owned(format!("{}.{name}", self.package))
        } else if name.contains("${applicationId}") {
            Cow::Owned(name.replace("${applicationId}", &self.package))
        } else {
            Cow::Borrowed(name)
        }
    }
}

/// Whether other apps may start a component: what it says, or else whether it has a filter.
pub(super) fn is_exported(component: &ComponentElement) -> Exported {
    match component.attribute("exported") {
        Some("false") => Exported::No,
        None if component.filters().is_empty() => Exported::NoByDefault,
        // Of a resource or a placeholder nobody can tell.
        Some(_) | None => Exported::Yes,
    }
}

/// Whether other apps may start a component.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Exported {
    Yes,
    No,
    /// It says nothing and has no filter.
    NoByDefault,
}
