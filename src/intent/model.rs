use std::fmt;
use std::hash::{Hash, Hasher};

use super::android_uri::AndroidUri;
use super::component::{Component, KeptComponent, SourceBounds};
use super::extra::{Extra, KeptExtra};
use super::flags::IntentFlags;
use super::kept::{HashOrdered, Text};

/// What an `android.content.Intent` holds, as far as a URI can carry it.
///
/// Each field has a builder method (`with_…`) and a getter. Fields are independent of each other: setting the
/// data leaves the type alone, and a selector may stand beside a package, which Android's setters prevent and
/// its URI parser does not. Two intents are equal if they hold the same.
///
/// ```
/// use tim_offline_push::intent::{Component, Intent, IntentFlags};
///
/// let mut intent = Intent::new()
///     .with_component(Component::new("com.tencent.qcloud.tim.tuikit", "com.tencent.qcloud.tim.demo.chat.ChatActivity"))
///     .with_data("pushscheme://com.tencent.qcloud.tim/detail")
///     .with_flags(IntentFlags::ACTIVITY_CLEAR_TOP);
/// intent.set_extra("unread", 3);
/// assert_eq!(intent.data().and_then(|data| data.scheme()), Some("pushscheme"));
/// ```
#[derive(Clone, Default)]
#[must_use]
pub struct Intent {
    /// The URI that it was read from, and the data that were put together from its parts.
    pub(super) source: String,
    pub(super) action: Option<Text>,
    pub(super) data: Option<Text>,
    pub(super) mime_type: Option<Text>,
    pub(super) identifier: Option<Text>,
    pub(super) package: Option<Text>,
    pub(super) component: Option<KeptComponent>,
    pub(super) flags: IntentFlags,
    pub(super) extended_flags: u32,
    pub(super) categories: HashOrdered<()>,
    pub(super) source_bounds: Option<SourceBounds>,
    pub(super) extras: HashOrdered<KeptExtra>,
    pub(super) selector: Option<Box<Self>>,
}

/// Building
impl Intent {
    /// `android.intent.action.VIEW`.
    pub const ACTION_VIEW: &'static str = "android.intent.action.VIEW";
    /// `android.intent.action.MAIN`.
    pub const ACTION_MAIN: &'static str = "android.intent.action.MAIN";
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
    pub fn with_action(mut self, action: impl Into<String>) -> Self {
        self.action = Some(Text::own(action));
        self
    }

    /// Sets the data.
    pub fn with_data(mut self, data: impl Into<String>) -> Self {
        self.data = Some(Text::own(data));
        self
    }

    /// Sets the MIME type.
    pub fn with_mime_type(mut self, mime_type: impl Into<String>) -> Self {
        self.mime_type = Some(Text::own(mime_type));
        self
    }

    /// Sets the identifier.
    pub fn with_identifier(mut self, identifier: impl Into<String>) -> Self {
        self.identifier = Some(Text::own(identifier));
        self
    }

    /// Limits the intent to a package.
    pub fn with_package(mut self, package: impl Into<String>) -> Self {
        self.package = Some(Text::own(package));
        self
    }

    /// Names the one component that is to get the intent.
    pub fn with_component(mut self, component: Component) -> Self {
        self.component = Some(KeptComponent::Own(component));
        self
    }

    /// Sets the flags, in place of earlier ones.
    pub const fn with_flags(mut self, flags: IntentFlags) -> Self {
        self.flags = flags;
        self
    }

    /// Sets the extended flags, in place of earlier ones.
    pub const fn with_extended_flags(mut self, bits: u32) -> Self {
        self.extended_flags = bits;
        self
    }

    /// Adds a category.
    pub fn with_category(mut self, category: impl Into<String>) -> Self {
        self.add_category(category);
        self
    }

    /// Sets where on the screen the intent came from.
    pub const fn with_source_bounds(mut self, bounds: SourceBounds) -> Self {
        self.source_bounds = Some(bounds);
        self
    }

    /// Adds an extra, or replaces the one with this key.
    pub fn with_extra(mut self, key: impl Into<String>, value: impl Into<Extra>) -> Self {
        self.set_extra(key, value);
        self
    }

    /// Sets the intent that is to be resolved in place of this one. A selector's own selector is dropped,
    /// since no URI carries one.
    pub fn with_selector(mut self, selector: Self) -> Self {
        self.selector = Some(Box::new(Self { selector: None, ..selector }));
        self
    }
}

/// Changing
impl Intent {
    /// Adds a category. Returns whether it is new.
    pub fn add_category(&mut self, category: impl Into<String>) -> bool {
        self.categories.insert(&self.source, Some(Text::own(category)), ()).is_none()
    }

    /// Removes a category. Returns whether it was there.
    pub fn remove_category(&mut self, category: &str) -> bool {
        self.categories.remove(&self.source, Some(category)).is_some()
    }

    /// Adds an extra. An equal key keeps its place, and the value that it had is returned.
    ///
    /// ```
    /// use tim_offline_push::intent::{Extra, Intent};
    ///
    /// let mut intent = Intent::new().with_extra("k", 1);
    /// assert_eq!(intent.set_extra("k", true), Some(Extra::Int(1)));
    /// assert_eq!(intent.remove_extra("k"), Some(Extra::Boolean(true)));
    /// ```
    pub fn set_extra(&mut self, key: impl Into<String>, value: impl Into<Extra>) -> Option<Extra> {
        self.put_extra(Some(Text::own(key)), value.into())
    }

    /// Adds an extra at Java's null key, which is another key than `"null"` and is written as that.
    pub fn set_extra_at_null(&mut self, value: impl Into<Extra>) -> Option<Extra> {
        self.put_extra(None, value.into())
    }

    fn put_extra(&mut self, key: Option<Text>, value: Extra) -> Option<Extra> {
        let old = self.extras.insert(&self.source, key, KeptExtra::new(value))?;
        Some(old.get(&self.source))
    }

    /// Takes an extra out.
    pub fn remove_extra(&mut self, key: &str) -> Option<Extra> {
        Some(self.extras.remove(&self.source, Some(key))?.get(&self.source))
    }
}

/// Reading
impl Intent {
    /// The action.
    pub fn action(&self) -> Option<&str> {
        self.text(self.action.as_ref())
    }

    /// The data.
    pub fn data(&self) -> Option<AndroidUri<'_>> {
        self.text(self.data.as_ref()).map(AndroidUri::new)
    }

    /// The MIME type (Android's `getType`).
    pub fn mime_type(&self) -> Option<&str> {
        self.text(self.mime_type.as_ref())
    }

    /// The identifier.
    pub fn identifier(&self) -> Option<&str> {
        self.text(self.identifier.as_ref())
    }

    /// The package that the intent is limited to.
    pub fn package(&self) -> Option<&str> {
        self.text(self.package.as_ref())
    }

    /// The one component that is to get the intent. One that was read from a URI is put together each time.
    pub fn component(&self) -> Option<Component> {
        match self.component.as_ref()? {
            KeptComponent::Read(short) => Component::unflatten(short.of(&self.source)),
            KeptComponent::Own(component) => Some(component.clone()),
        }
    }

    /// The flags.
    pub const fn flags(&self) -> IntentFlags {
        self.flags
    }

    /// The extended flags, which the system sets.
    pub const fn extended_flags(&self) -> u32 {
        self.extended_flags
    }

    /// The categories, in Android's order.
    pub fn categories(&self) -> impl Iterator<Item = &str> {
        self.categories.iter().map(|entry| entry.key(&self.source).unwrap_or_default())
    }

    /// Whether it has this category.
    pub fn has_category(&self, category: &str) -> bool {
        self.categories.get(&self.source, Some(category)).is_some()
    }

    /// Where on the screen the intent came from.
    pub const fn source_bounds(&self) -> Option<SourceBounds> {
        self.source_bounds
    }

    /// The keys and values of the extras, in Android's order: by the signed `String.hashCode` of the key,
    /// equal hashes by first insertion. A key is `None` where Java has a null key.
    ///
    /// ```
    /// use tim_offline_push::intent::Intent;
    ///
    /// let intent = Intent::new().with_extra("int", 1).with_extra("string", "a").with_extra("float", 1.5);
    /// let keys: Vec<_> = intent.extras().filter_map(|(key, _)| key).collect();
    /// assert_eq!(keys, ["string", "int", "float"]);
    /// ```
    pub fn extras(&self) -> impl Iterator<Item = (Option<&str>, Extra)> {
        self.extras.iter().map(|entry| (entry.key(&self.source), entry.value.get(&self.source)))
    }

    /// The extra with this key.
    pub fn extra(&self, key: &str) -> Option<Extra> {
        self.extra_at(Some(key))
    }

    /// The extra at Java's null key.
    pub fn extra_at_null(&self) -> Option<Extra> {
        self.extra_at(None)
    }

    /// The extra with this key, or at Java's null key.
    pub(super) fn extra_at(&self, key: Option<&str>) -> Option<Extra> {
        Some(self.extras.get(&self.source, key)?.get(&self.source))
    }

    /// All that it holds.
    fn content(&self) -> impl Eq + Hash {
        let extras = self.extras.iter();
        (
            (self.action(), self.data(), self.mime_type(), self.identifier(), self.package()),
            (self.component(), self.flags, self.extended_flags, self.source_bounds, self.selector()),
            self.categories().collect::<Vec<_>>(),
            extras
                .map(|entry| (entry.key(&self.source), entry.value.identity(&self.source)))
                .collect::<Vec<_>>(),
        )
    }

    pub(super) fn text<'t>(&'t self, text: Option<&'t Text>) -> Option<&'t str> {
        text.map(|text| text.get(&self.source))
    }

    /// The intent that is to be resolved in place of this one.
    pub fn selector(&self) -> Option<&Self> {
        self.selector.as_deref()
    }
}

/// By what it holds, wherever the texts stand.
impl PartialEq for Intent {
    fn eq(&self, other: &Self) -> bool {
        self.content() == other.content()
    }
}

impl Eq for Intent {}

impl Hash for Intent {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.content().hash(state);
    }
}

/// Shows of the data the scheme and the length, and of an extra its type: both may hold what a user wrote.
#[expect(clippy::missing_fields_in_debug, reason = "the source is shown as the fields that stand in it")]
impl fmt::Debug for Intent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Intent")
            .field("action", &self.action())
            .field("data", &self.data())
            .field("mime_type", &self.mime_type())
            .field("identifier", &self.identifier())
            .field("package", &self.package())
            .field("component", &self.component())
            .field("flags", &self.flags)
            .field("extended_flags", &self.extended_flags)
            .field("categories", &self.categories().collect::<Vec<_>>())
            .field("source_bounds", &self.source_bounds)
            .field("extras", &self.extras().collect::<Vec<_>>())
            .field("selector", &self.selector)
            .finish()
    }
}
