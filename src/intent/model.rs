use std::fmt;

use super::action::Action;
use super::android_uri::AndroidUri;
use super::component::Component;
use super::extra::{Extra, Extras};
use super::flags::IntentFlags;
use super::hash_ordered::{HashOrdered, Key};
use super::text::Text;

/// What an `android.content.Intent` holds, as far as a URI can carry it.
///
/// Fields are independent of each other: setting the data leaves the type alone, and a selector may stand beside a
/// package, which Android's setters prevent and its URI parser does not.
///
/// ```
/// use tim_offline_push::intent::{Component, Intent, IntentFlags};
///
/// let intent = Intent::new()
///     .with_component(Component::new("com.tencent.qcloud.tim.tuikit", "com.tencent.qcloud.tim.demo.chat.ChatActivity"))
///     .with_data("pushscheme://com.tencent.qcloud.tim/detail")
///     .with_flags(IntentFlags::ACTIVITY_CLEAR_TOP);
/// assert_eq!(intent.data().and_then(|data| data.scheme()), Some("pushscheme"));
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Intent {
    pub(super) action: Option<Action>,
    pub(super) data: Option<AndroidUri>,
    pub(super) mime_type: Option<Text>,
    pub(super) identifier: Option<Text>,
    pub(super) package: Option<Text>,
    pub(super) component: Option<Component>,
    pub(super) flags: IntentFlags,
    pub(super) extended_flags: u32,
    pub(super) categories: HashOrdered<()>,
    pub(super) source_bounds: Option<SourceBounds>,
    pub(super) extras: Extras,
    pub(super) selector: Option<Box<Self>>,
}

/// Building
impl Intent {
    /// `android.intent.action.VIEW`.
    pub const ACTION_VIEW: &'static str = Action::VIEW;
    /// `android.intent.action.MAIN`.
    pub const ACTION_MAIN: &'static str = Action::MAIN;
    /// `android.intent.category.DEFAULT`: what an activity must have to be found by an implicit intent.
    pub const CATEGORY_DEFAULT: &'static str = "android.intent.category.DEFAULT";
    /// `android.intent.category.BROWSABLE`: what an activity must have to be opened from a web page.
    pub const CATEGORY_BROWSABLE: &'static str = "android.intent.category.BROWSABLE";
    /// `android.intent.category.LAUNCHER`.
    pub const CATEGORY_LAUNCHER: &'static str = "android.intent.category.LAUNCHER";

    /// An intent with nothing set.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the action.
    #[must_use]
    pub fn with_action(mut self, action: impl Into<Box<str>>) -> Self {
        self.action = Some(Text::new(action).into());
        self
    }

    /// Sets the data.
    #[must_use]
    pub fn with_data(mut self, data: impl Into<AndroidUri>) -> Self {
        self.data = Some(data.into());
        self
    }

    /// Sets the MIME type.
    #[must_use]
    pub fn with_mime_type(mut self, mime_type: impl Into<Box<str>>) -> Self {
        self.mime_type = Some(Text::new(mime_type));
        self
    }

    /// Sets the identifier.
    #[must_use]
    pub fn with_identifier(mut self, identifier: impl Into<Box<str>>) -> Self {
        self.identifier = Some(Text::new(identifier));
        self
    }

    /// Limits the intent to a package.
    #[must_use]
    pub fn with_package(mut self, package: impl Into<Box<str>>) -> Self {
        self.package = Some(Text::new(package));
        self
    }

    /// Names the one component that is to get the intent.
    #[must_use]
    pub fn with_component(mut self, component: Component) -> Self {
        self.component = Some(component);
        self
    }

    /// Sets the flags; earlier ones are gone.
    #[must_use]
    pub fn with_flags(mut self, flags: IntentFlags) -> Self {
        self.flags = flags;
        self
    }

    /// Sets the extended flags; earlier ones are gone.
    #[must_use]
    pub fn with_extended_flags(mut self, bits: u32) -> Self {
        self.extended_flags = bits;
        self
    }

    /// Adds a category.
    #[must_use]
    pub fn with_category(mut self, category: impl AsRef<str>) -> Self {
        self.add_category(category);
        self
    }

    /// Sets where on the screen the intent came from.
    #[must_use]
    pub fn with_source_bounds(mut self, bounds: SourceBounds) -> Self {
        self.source_bounds = Some(bounds);
        self
    }

    /// Adds an extra, or replaces the one with this key.
    #[must_use]
    pub fn with_extra(mut self, key: impl AsRef<str>, value: impl Into<Extra>) -> Self {
        self.extras.insert(key, value);
        self
    }

    /// Sets the intent that is to be resolved in place of this one. A selector's own selector is dropped, since no URI
    /// carries one.
    #[must_use]
    pub fn with_selector(mut self, mut selector: Self) -> Self {
        selector.selector = None;
        self.selector = Some(Box::new(selector));
        self
    }

    /// Adds a category; whether it is new.
    pub fn add_category(&mut self, category: impl AsRef<str>) -> bool {
        self.categories.insert(Key::new(category.as_ref()), ()).is_none()
    }

    /// Takes a category out; whether it was there.
    pub fn remove_category(&mut self, category: &str) -> bool {
        self.categories.remove(Some(category)).is_some()
    }

    /// Sets the flags; earlier ones are gone.
    pub fn set_flags(&mut self, flags: IntentFlags) {
        self.flags = flags;
    }

    /// The extras, to be changed.
    pub fn extras_mut(&mut self) -> &mut Extras {
        &mut self.extras
    }

    /// Takes the action out.
    pub fn take_action(&mut self) -> Option<Box<str>> {
        self.action.take().map(Action::into_inner)
    }

    /// Takes the data out.
    pub fn take_data(&mut self) -> Option<AndroidUri> {
        self.data.take()
    }

    /// Takes the package out.
    pub fn take_package(&mut self) -> Option<Box<str>> {
        self.package.take().map(Text::into_inner)
    }

    /// Takes the component out.
    pub fn take_component(&mut self) -> Option<Component> {
        self.component.take()
    }

    /// Takes the selector out.
    pub fn take_selector(&mut self) -> Option<Self> {
        self.selector.take().map(|selector| *selector)
    }
}

/// Reading
impl Intent {
    /// The action.
    pub fn action(&self) -> Option<&str> {
        self.action.as_ref().map(Action::as_str)
    }

    /// The data.
    pub fn data(&self) -> Option<&AndroidUri> {
        self.data.as_ref()
    }

    /// The MIME type (Android's `getType`).
    pub fn mime_type(&self) -> Option<&str> {
        self.mime_type.as_ref().map(Text::as_str)
    }

    /// The identifier.
    pub fn identifier(&self) -> Option<&str> {
        self.identifier.as_ref().map(Text::as_str)
    }

    /// The package to which the intent is limited.
    pub fn package(&self) -> Option<&str> {
        self.package.as_ref().map(Text::as_str)
    }

    /// The one component that is to get the intent.
    pub fn component(&self) -> Option<&Component> {
        self.component.as_ref()
    }

    /// The flags.
    pub fn flags(&self) -> IntentFlags {
        self.flags
    }

    /// The extended flags, which the system sets.
    pub fn extended_flags(&self) -> u32 {
        self.extended_flags
    }

    /// The categories, in Android's order.
    pub fn categories(&self) -> impl ExactSizeIterator<Item = &str> {
        self.categories.iter().map(|(category, ())| category.text.unwrap_or_default())
    }

    /// Whether it has this category.
    pub fn has_category(&self, category: &str) -> bool {
        self.categories.get(Some(category)).is_some()
    }

    /// Where on the screen the intent came from.
    pub fn source_bounds(&self) -> Option<SourceBounds> {
        self.source_bounds
    }

    /// The extras.
    pub fn extras(&self) -> &Extras {
        &self.extras
    }

    /// The extra with this key.
    pub fn extra(&self, key: &str) -> Option<&Extra> {
        self.extras.get(key)
    }

    /// The intent that is to be resolved in place of this one.
    pub fn selector(&self) -> Option<&Self> {
        self.selector.as_deref()
    }
}

impl fmt::Debug for Intent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Intent")
            .field("action", &self.action())
            .field("data", &self.data)
            .field("mime_type", &self.mime_type())
            .field("identifier", &self.identifier())
            .field("package", &self.package())
            .field("component", &self.component)
            .field("flags", &self.flags)
            .field("extended_flags", &self.extended_flags)
            .field("categories", &self.categories().collect::<Vec<_>>())
            .field("source_bounds", &self.source_bounds)
            .field("extras", &self.extras)
            .field("selector", &self.selector)
            .finish()
    }
}

/// For the parser
impl Intent {
    pub(super) fn set_package(&mut self, package: impl Into<Box<str>>) {
        self.package = Some(Text::new(package));
    }

    /// As [`HashOrdered::settle`], for both collections.
    pub(super) fn settle(&mut self) {
        self.categories.settle();
        self.extras.settle();
    }
}

/// Where on the screen an intent came from, in pixels: an `android.graphics.Rect`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_structs, reason = "a rectangle has four sides")]
pub struct SourceBounds {
    /// The left side.
    pub left: i32,
    /// The upper side.
    pub top: i32,
    /// The right side.
    pub right: i32,
    /// The lower side.
    pub bottom: i32,
}
