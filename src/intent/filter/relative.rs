use super::PatternMatcher;
use crate::intent::UriParts;

/// Patterns for path, query and fragment that must all match: `<uri-relative-filter-group>`, API 35.
///
/// A filter holds a list of groups. The first group that matches decides: an allowing one lets the intent pass, a
/// blocking one does not. A group without filters never matches. Groups are asked only if none of the filter's paths
/// matches (<https://developer.android.com/guide/topics/manifest/uri-relative-filter-group-element>, read 2026-11-22).
///
/// Android compiles an advanced pattern of a group when it is first held against a URI, and fails then; here a pattern is
/// checked when it is made.
///
/// ```
/// use tim_offline_push::intent::filter::{GroupAction, PatternMatcher, RelativeFilter, RelativeFilterGroup};
///
/// let not_the_shop = RelativeFilterGroup::new(GroupAction::Block)
///     .with_filter(RelativeFilter::query(PatternMatcher::literal("page=shop")));
/// assert_eq!(not_the_shop.filters().len(), 1);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RelativeFilterGroup {
    action: GroupAction,
    filters: Vec<RelativeFilter>,
}

impl RelativeFilterGroup {
    /// A group without filters.
    pub const fn new(action: GroupAction) -> Self {
        Self { action, filters: Vec::new() }
    }

    /// Adds a filter.
    #[must_use]
    pub fn with_filter(mut self, filter: RelativeFilter) -> Self {
        self.filters.push(filter);
        self
    }

    /// What a match of this group means.
    pub const fn action(&self) -> GroupAction {
        self.action
    }

    /// The filters, all of which must match.
    pub fn filters(&self) -> &[RelativeFilter] {
        &self.filters
    }

    pub(super) fn matches(&self, data: &UriParts<'_>) -> bool {
        !self.filters.is_empty() && self.filters.iter().all(|filter| filter.matches(data))
    }
}

/// What a match of a [`RelativeFilterGroup`] means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "android:allow is true or false")]
pub enum GroupAction {
    /// The intent passes.
    Allow,
    /// The intent does not pass.
    Block,
}

/// One pattern of a [`RelativeFilterGroup`] and the part of the URI it is for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RelativeFilter {
    part: RelativePart,
    pattern: PatternMatcher,
}

impl RelativeFilter {
    /// A pattern for a part.
    pub const fn new(part: RelativePart, pattern: PatternMatcher) -> Self {
        Self { part, pattern }
    }

    /// A pattern for the whole path.
    pub const fn path(pattern: PatternMatcher) -> Self {
        Self::new(RelativePart::Path, pattern)
    }

    /// A pattern for one parameter of the query.
    pub const fn query(pattern: PatternMatcher) -> Self {
        Self::new(RelativePart::Query, pattern)
    }

    /// A pattern for the whole fragment.
    pub const fn fragment(pattern: PatternMatcher) -> Self {
        Self::new(RelativePart::Fragment, pattern)
    }

    /// The part of the URI.
    pub const fn part(&self) -> RelativePart {
        self.part
    }

    /// The pattern.
    pub const fn pattern(&self) -> &PatternMatcher {
        &self.pattern
    }

    fn matches(&self, data: &UriParts<'_>) -> bool {
        match self.part {
            RelativePart::Path => data.path().is_some_and(|path| self.pattern.matches(&path)),
            RelativePart::Fragment => data.fragment().is_some_and(|fragment| self.pattern.matches(&fragment)),
            RelativePart::Query => data.query().is_some_and(|query| self.matches_parameter(&query)),
        }
    }

    /// The parameters are what Java's `split("&")` gives or, if that is one piece, `split(";")` of the whole query:
    /// neither gives the empty pieces at the end, except for an empty query.
    fn matches_parameter(&self, query: &str) -> bool {
        let separator = if java_split(query, '&').count() == 1 { ';' } else { '&' };
        java_split(query, separator).any(|parameter| self.pattern.matches(parameter))
    }
}

fn java_split(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let kept = text.trim_end_matches(separator);
    // A text of separators only has no piece, the empty text has one.
    let none = kept.is_empty() && !text.is_empty();
    kept.split(separator).filter(move |_| !none)
}

/// The part of a URI that a [`RelativeFilter`] is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "Android has these three")]
pub enum RelativePart {
    /// The path.
    Path,
    /// One parameter of the query.
    Query,
    /// The fragment.
    Fragment,
}
