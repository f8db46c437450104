use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};

use super::action::Action;
use super::android_uri::AndroidUri;
use super::component::{Component, ShortForm};
use super::extra::Extra;
use super::extras::Extras;
use super::flags::IntentFlags;
use super::hash_ordered::{Entry, HashOrdered};
use super::item::{self, TextItem};
use super::java_hash::java_hash;
use super::kept_extra::KeptExtra;
use super::source_bounds::SourceBounds;
use super::texts::{Span, Text, Texts};

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
#[derive(Clone, Default)]
// Measured: where it begins in the middle of a cache line, some of its fields lie in two, and reading a short URI into it takes
// up to a third longer, by chance of where the stack happens to be.
#[repr(align(64))]
pub struct Intent {
    /// What all fields of text, the categories and the extras point into.
    pub(super) texts: Texts,
    pub(super) action: Option<Action>,
    pub(super) data: Option<Span>,
    pub(super) mime_type: Option<Text>,
    pub(super) identifier: Option<Text>,
    pub(super) package: Option<Text>,
    /// Its short form, and how that is to be read.
    pub(super) component: Option<(Text, ShortForm)>,
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
    pub fn with_action(mut self, action: impl AsRef<str>) -> Self {
        self.take_action();
        self.action = Some(Action::keep(&mut self.texts, action.as_ref()));
        self
    }

    /// Sets the data.
    #[must_use]
    pub fn with_data(mut self, data: impl AsRef<str>) -> Self {
        self.take_data();
        self.data = Some(self.texts.keep([data.as_ref()]));
        self
    }

    /// Sets the MIME type.
    #[must_use]
    pub fn with_mime_type(mut self, mime_type: impl AsRef<str>) -> Self {
        if let Some(replaced) = self.mime_type.take() {
            self.forget_text(TextItem::MIME_TYPE, replaced);
        }
        self.mime_type = Some(self.texts.keep_text(TextItem::MIME_TYPE, mime_type.as_ref()));
        self
    }

    /// Sets the identifier.
    #[must_use]
    pub fn with_identifier(mut self, identifier: impl AsRef<str>) -> Self {
        if let Some(replaced) = self.identifier.take() {
            self.forget_text(TextItem::IDENTIFIER, replaced);
        }
        self.identifier = Some(self.texts.keep_text(TextItem::IDENTIFIER, identifier.as_ref()));
        self
    }

    /// Limits the intent to a package.
    #[must_use]
    pub fn with_package(mut self, package: impl AsRef<str>) -> Self {
        self.take_package();
        self.package = Some(self.texts.keep_text(TextItem::PACKAGE, package.as_ref()));
        self
    }

    /// Names the one component that is to get the intent.
    #[must_use]
    pub fn with_component(mut self, component: Component<'_>) -> Self {
        if let Some((replaced, _)) = self.component.take() {
            self.forget_text(TextItem::COMPONENT, replaced);
        }
        self.set_component(component);
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
    pub fn with_extra<'v>(mut self, key: impl AsRef<str>, value: impl Into<Extra<'v>>) -> Self {
        self.extras_mut().insert(key, value);
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
        let entry = keep_category(&mut self.texts, category.as_ref());
        match self.categories.insert(&self.texts, entry) {
            Some(replaced) => {
                self.forget_entry(&replaced);
                false
            }
            None => true,
        }
    }

    /// Takes a category out; whether it was there.
    pub fn remove_category(&mut self, category: &str) -> bool {
        let removed = self.categories.remove(&self.texts, Some(category));
        if let Some(removed) = &removed {
            self.forget_entry(removed);
        }
        removed.is_some()
    }

    /// Sets the flags; earlier ones are gone.
    pub fn set_flags(&mut self, flags: IntentFlags) {
        self.flags = flags;
    }

    /// Takes the action out.
    pub fn take_action(&mut self) -> Option<Box<str>> {
        let action = self.action.take()?;
        let taken = action.as_str(&self.texts).into();
        if let Action::Other(text) = action {
            self.forget_text(TextItem::ACTION, text);
        }
        Some(taken)
    }

    /// Takes the data out.
    pub fn take_data(&mut self) -> Option<Box<str>> {
        let data = self.data.take()?;
        let taken = self.texts.get(data).into();
        self.texts.forget(data);
        self.tidy();
        Some(taken)
    }

    /// Takes the package out.
    pub fn take_package(&mut self) -> Option<Box<str>> {
        let package = self.package.take()?;
        let taken = self.texts.get(package.span).into();
        self.forget_text(TextItem::PACKAGE, package);
        Some(taken)
    }

    /// Takes the component out, in its short form.
    pub fn take_component(&mut self) -> Option<Box<str>> {
        let (short, _) = self.component.take()?;
        let taken = self.texts.get(short.span).into();
        self.forget_text(TextItem::COMPONENT, short);
        Some(taken)
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
        self.action.map(|action| action.as_str(&self.texts))
    }

    /// The data.
    pub fn data(&self) -> Option<AndroidUri<'_>> {
        self.data.map(|data| AndroidUri::new(self.texts.get(data)))
    }

    /// The MIME type (Android's `getType`).
    pub fn mime_type(&self) -> Option<&str> {
        self.mime_type.map(|text| self.texts.get(text.span))
    }

    /// The identifier.
    pub fn identifier(&self) -> Option<&str> {
        self.identifier.map(|text| self.texts.get(text.span))
    }

    /// The package to which the intent is limited.
    pub fn package(&self) -> Option<&str> {
        self.package.map(|text| self.texts.get(text.span))
    }

    /// The one component that is to get the intent.
    pub fn component(&self) -> Option<Component<'_>> {
        self.component.map(|(short, form)| Component::of_short_form(self.texts.get(short.span), form))
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
        self.categories.iter().map(|category| category.key(&self.texts).unwrap_or_default())
    }

    /// Whether it has this category.
    pub fn has_category(&self, category: &str) -> bool {
        self.categories.get(&self.texts, Some(category)).is_some()
    }

    /// Where on the screen the intent came from.
    pub fn source_bounds(&self) -> Option<SourceBounds> {
        self.source_bounds
    }

    /// The extras.
    pub fn extras(&self) -> Extras<'_> {
        Extras::new(&self.texts, &self.extras)
    }

    /// The extra with this key.
    pub fn extra(&self, key: &str) -> Option<Extra<'_>> {
        self.extras().get(key)
    }

    /// The text of the extra with this key, if it is one (Android's `getStringExtra`). Escapes are decoded each time; a text
    /// with some, as JSON always has, is owned.
    ///
    /// ```
    /// use tim_offline_push::intent::{Intent, ParseFlags};
    ///
    /// let uri = "intent:#Intent;S.ext=%7B%22chat%22%3A7%7D;end";
    /// let intent = Intent::parse_uri(uri, ParseFlags::INTENT_SCHEME)?;
    /// let ext = intent.string_extra("ext").ok_or("no ext")?;
    /// let ext: serde_json::Value = serde_json::from_str(&ext)?;
    /// assert_eq!(ext["chat"], 7);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn string_extra(&self, key: &str) -> Option<Cow<'_, str>> {
        if let Extra::String(text) = self.extra(key)? { Some(text) } else { None }
    }

    /// The intent that is to be resolved in place of this one.
    pub fn selector(&self) -> Option<&Self> {
        self.selector.as_deref()
    }
}

#[expect(clippy::missing_fields_in_debug, reason = "the block of texts is shown as what points into it")]
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
            .field("extras", &self.extras())
            .field("selector", &self.selector)
            .finish()
    }
}

/// By what it holds, wherever the texts stand. Escapes in extras are decoded for it.
impl PartialEq for Intent {
    fn eq(&self, other: &Self) -> bool {
        self.content() == other.content() && self.categories().eq(other.categories())
    }
}

impl Eq for Intent {}

impl Hash for Intent {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.content().hash(state);
        self.categories().for_each(|category| category.hash(state));
    }
}

/// Keeping texts
impl Intent {
    /// All but the categories.
    fn content(&self) -> impl Eq + Hash {
        (
            (self.action(), self.data(), self.mime_type(), self.identifier(), self.package()),
            (self.component(), self.flags, self.extended_flags, self.source_bounds),
            (self.extras(), self.selector()),
        )
    }

    /// Says that no field has this text any more.
    fn forget_text(&mut self, item: TextItem, text: Text) {
        self.texts.forget_text(item, text);
        self.tidy();
    }

    /// Moves the texts together if that is worth it.
    fn tidy(&mut self) {
        if !self.texts.is_wasteful() {
            return;
        }
        let room = self.printed_len();
        let from = std::mem::replace(&mut self.texts, Texts::with_capacity(room));
        let Self {
            texts, action, data, mime_type, identifier, package, component, categories, extras, ..
        } = self;
        if let Some(Action::Other(text)) = action {
            texts.adopt_text(TextItem::ACTION, text, &from);
        }
        if let Some(data) = data {
            *data = texts.keep([from.get(*data)]);
        }
        for (item, text) in [
            (TextItem::MIME_TYPE, mime_type.as_mut()),
            (TextItem::IDENTIFIER, identifier.as_mut()),
            (TextItem::PACKAGE, package.as_mut()),
            (TextItem::COMPONENT, component.as_mut().map(|(short, _)| short)),
        ] {
            if let Some(text) = text {
                texts.adopt_text(item, text, &from);
            }
        }
        for category in categories.iter_mut() {
            category.adopt(texts, &from);
        }
        for extra in extras.iter_mut() {
            extra.adopt(texts, &from);
        }
    }

    pub(super) fn set_component(&mut self, component: Component<'_>) {
        let (item, package, class) = (TextItem::COMPONENT, component.package(), component.short_class());
        let span = self.texts.keep([item.begin, package, "/", class]).last(component.short_len());
        let plain = [package, class].into_iter().all(|part| item.keep.keeps_all(part.as_bytes()));
        self.component = Some((Text { span, plain }, component.short_form()));
    }

    /// Adds a category, as [`HashOrdered::insert_deferred`] does.
    pub(super) fn insert_category(&mut self, category: &str) {
        let entry = keep_category(&mut self.texts, category);
        self.categories.insert_deferred(&self.texts, entry, || 4);
    }

    /// Says that a collection has this entry no more.
    pub(super) fn forget_entry<V>(&mut self, entry: &Entry<V>) {
        entry.forget(&mut self.texts);
        self.tidy();
    }

    /// As [`HashOrdered::settle`], for both collections.
    pub(super) fn settle(&mut self) {
        self.categories.settle(&self.texts);
        self.extras.settle(&self.texts);
    }
}

fn keep_category(texts: &mut Texts, category: &str) -> Entry<()> {
    let keyed = texts.keep_item(item::CATEGORY, category, 0, |_| {});
    Entry::new(java_hash(category), keyed, ())
}
