use super::{Authority, FilterError, PatternMatcher, RelativeFilterGroup};
use crate::intent::kept::Distinct;

/// What an activity, service or receiver declares to take: `android.content.IntentFilter`.
///
/// [`matches`](Self::matches) answers exactly as Android's `IntentFilter.match`. Only action, type, data and
/// categories of an intent count there: component and package are applied by the system outside the filter,
/// and a selector replaces the intent before it is resolved.
///
/// The parts of a filter are pooled, not paired: with two schemes and two hosts, each scheme goes with each
/// host. Paths count only with authorities, and authorities, paths and scheme-specific parts only with
/// schemes.
///
/// ```
/// use tim_offline_push::intent::filter::{Authority, IntentFilter, MatchCategory, NoMatch, PatternMatcher};
/// use tim_offline_push::intent::Intent;
///
/// let filter = IntentFilter::new()
///     .with_action(Intent::ACTION_VIEW)
///     .with_category(Intent::CATEGORY_DEFAULT)
///     .with_scheme("pushscheme")
///     .with_authority(Authority::new("com.tencent.qcloud.tim"))
///     .with_path(PatternMatcher::literal("/detail"));
///
/// let intent = Intent::new().with_action(Intent::ACTION_VIEW).with_data("pushscheme://com.tencent.qcloud.tim/detail");
/// assert_eq!(filter.matches(&intent), Ok(MatchCategory::Path));
/// let other = Intent::new().with_action(Intent::ACTION_VIEW).with_data("pushscheme://com.tencent.qcloud.tim/other");
/// assert_eq!(filter.matches(&other), Err(NoMatch::Data));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[must_use]
pub struct IntentFilter {
    actions: Distinct<Box<str>>,
    categories: Distinct<Box<str>>,
    content_types: Distinct<ContentType>,
    schemes: Distinct<Box<str>>,
    scheme_specific_parts: Vec<PatternMatcher>,
    authorities: Vec<Authority>,
    paths: Vec<PatternMatcher>,
    groups: Vec<RelativeFilterGroup>,
}

/// Building. A text that is there already is not added again.
impl IntentFilter {
    /// A filter without parts. It takes intents without action, type, data and categories.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes this action.
    pub fn with_action(mut self, action: impl Into<Box<str>>) -> Self {
        self.actions.add(action.into());
        self
    }

    /// Takes intents that ask for this category.
    pub fn with_category(mut self, category: impl Into<Box<str>>) -> Self {
        self.categories.add(category.into());
        self
    }

    /// Takes this MIME type.
    pub fn with_content_type(mut self, content_type: ContentType) -> Self {
        self.content_types.add(content_type);
        self
    }

    /// Takes data with this scheme. Letter case counts. The empty text takes data without a scheme too.
    pub fn with_scheme(mut self, scheme: impl Into<Box<str>>) -> Self {
        self.schemes.add(scheme.into());
        self
    }

    /// Takes data whose scheme-specific part matches.
    pub fn with_scheme_specific_part(mut self, pattern: PatternMatcher) -> Self {
        self.scheme_specific_parts.push(pattern);
        self
    }

    /// Takes data with this host, and port if it has one. Of several that match, the first one gives the
    /// result.
    pub fn with_authority(mut self, authority: Authority) -> Self {
        self.authorities.push(authority);
        self
    }

    /// Takes data whose path matches.
    pub fn with_path(mut self, pattern: PatternMatcher) -> Self {
        self.paths.push(pattern);
        self
    }

    /// Takes, or refuses, data that matches the group.
    pub fn with_group(mut self, group: RelativeFilterGroup) -> Self {
        self.groups.push(group);
        self
    }
}

/// Reading. Each list has the order in which it was built.
impl IntentFilter {
    /// The actions.
    pub fn actions(&self) -> impl ExactSizeIterator<Item = &str> {
        self.actions.as_slice().iter().map(|action| &**action)
    }

    /// The categories.
    pub fn categories(&self) -> impl ExactSizeIterator<Item = &str> {
        self.categories.as_slice().iter().map(|category| &**category)
    }

    /// The MIME types.
    pub fn content_types(&self) -> &[ContentType] {
        self.content_types.as_slice()
    }

    /// The schemes.
    pub fn schemes(&self) -> impl ExactSizeIterator<Item = &str> {
        self.schemes.as_slice().iter().map(|scheme| &**scheme)
    }

    /// The patterns for the scheme-specific part.
    pub fn scheme_specific_parts(&self) -> &[PatternMatcher] {
        &self.scheme_specific_parts
    }

    /// The hosts with their ports.
    pub fn authorities(&self) -> &[Authority] {
        &self.authorities
    }

    /// The patterns for the path.
    pub fn paths(&self) -> &[PatternMatcher] {
        &self.paths
    }

    /// The groups of patterns for path, query and fragment.
    pub fn groups(&self) -> &[RelativeFilterGroup] {
        &self.groups
    }

    /// Whether it says anything of data or type: whether its element has a `<data>`.
    pub fn has_data(&self) -> bool {
        !(self.content_types().is_empty()
            && self.schemes.as_slice().is_empty()
            && self.scheme_specific_parts.is_empty()
            && self.authorities.is_empty()
            && self.paths.is_empty()
            && self.groups.is_empty())
    }

    /// Whether the filter takes this action.
    pub fn has_action(&self, action: &str) -> bool {
        self.actions.place(action).is_some()
    }

    /// Whether the filter takes intents that ask for this category.
    pub fn has_category(&self, category: &str) -> bool {
        self.categories.place(category).is_some()
    }

    /// Whether the filter takes this scheme.
    pub fn has_scheme(&self, scheme: &str) -> bool {
        self.schemes.place(scheme).is_some()
    }
}

/// A MIME type that a filter takes: `type/subtype`, `type/*` or `*/*`.
///
/// Comparison is case-sensitive, and parameters such as `; charset=utf-8` are not cut off, as in Android.
///
/// ```
/// use tim_offline_push::intent::filter::ContentType;
///
/// let images = ContentType::new("image/*")?;
/// assert!(images.accepts("image/png"));
/// assert!(!images.accepts("IMAGE/png"));
/// assert!(ContentType::new("image").is_err());
/// # Ok::<(), tim_offline_push::intent::filter::FilterError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentType(Box<str>);

impl ContentType {
    /// Takes a type. It needs a `/` that is not the first character, and something after it.
    ///
    /// # Errors
    /// [`FilterError::MalformedMimeType`].
    pub fn new(text: impl Into<Box<str>>) -> Result<Self, FilterError> {
        let text = text.into();
        match text.split_once('/') {
            Some((main, sub)) if !main.is_empty() && !sub.is_empty() => Ok(Self(text)),
            Some(_) | None => Err(FilterError::MalformedMimeType),
        }
    }

    /// The type as it was given.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether an intent with this type passes. An intent may ask for `type/*` and `*/*` too.
    pub fn accepts(&self, intent_type: &str) -> bool {
        let stored = self.stored();
        if stored == intent_type || stored == "*" || intent_type == "*/*" {
            return true;
        }
        match intent_type.split_once('/') {
            Some((main, sub)) if !main.is_empty() => {
                stored == main || (sub == "*" && stored.split_once('/').is_some_and(|(own, _)| own == main))
            }
            Some(_) | None => false,
        }
    }

    /// Android keeps `type/*` as `type`; an intent of the malformed type `type` then matches, and does here.
    fn stored(&self) -> &str {
        match self.0.split_once('/') {
            Some((main, "*")) => main,
            Some(_) | None => &self.0,
        }
    }
}
