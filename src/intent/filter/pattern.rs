use std::fmt;

use super::glob::{FilterError, Glob};
use crate::intent::AndroidUri;

/// How a [`PatternMatcher`] reads its pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum PatternKind {
    /// The text is the pattern. Manifest attribute without suffix: `path`, `ssp`.
    Literal,
    /// The text begins with the pattern: `pathPrefix`.
    Prefix,
    /// The text ends with the pattern: `pathSuffix` (API 31).
    Suffix,
    /// `.` any one unit, `c*` any number of `c`, `.*` anything up to the next character of the pattern, `\`
    /// escapes: `pathPattern`.
    SimpleGlob,
    /// `.`, `[set]`, `[^set]`, and after one of them or a character `*`, `+`, `{n}`, `{n,}` or `{n,m}`; `\`
    /// escapes: `pathAdvancedPattern` (API 31 in a manifest).
    AdvancedGlob,
}

impl PatternKind {
    /// All kinds, in Android's order of their numbers with the suffix last.
    pub const ALL: &'static [Self] =
        &[Self::Literal, Self::Prefix, Self::SimpleGlob, Self::AdvancedGlob, Self::Suffix];
}

/// One pattern for a path, a scheme-specific part, a query or a fragment: `android.os.PatternMatcher`.
///
/// A pattern is compared with decoded text and is itself not decoded. Both globs are greedy and never go
/// back, as Android's: `.*x` stops at the **first** `x`, and `a*a` matches nothing but what `a*` leaves. Each
/// match reads the text once. All kinds count UTF-16 code units, as Android does, so that `.` matches half an
/// emoji.
///
/// Two patterns are equal if kind and text are.
///
/// ```
/// use tim_offline_push::intent::filter::{PatternKind, PatternMatcher};
///
/// let pages = PatternMatcher::new(PatternKind::SimpleGlob, "/chat/.*")?;
/// assert!(pages.matches("/chat/denny"));
/// assert!(!pages.matches("/home"));
///
/// let ids = PatternMatcher::new(PatternKind::AdvancedGlob, "/user/[0-9]{1,8}")?;
/// assert!(ids.matches("/user/42"));
/// assert_eq!(ids.kind(), PatternKind::AdvancedGlob);
/// assert!(PatternMatcher::new(PatternKind::AdvancedGlob, "/user/[0-9").is_err());
/// # Ok::<(), tim_offline_push::intent::filter::FilterError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PatternMatcher {
    kind: PatternKind,
    pattern: Box<str>,
    glob: Option<Glob>,
}

impl PatternMatcher {
    /// A pattern of the given kind.
    ///
    /// # Errors
    /// Only for [`PatternKind::AdvancedGlob`]: a [`FilterError`] that names what is wrong and where.
    pub fn new(kind: PatternKind, pattern: impl Into<Box<str>>) -> Result<Self, FilterError> {
        let pattern = pattern.into();
        let glob = match kind {
            PatternKind::SimpleGlob => Some(Glob::simple(&pattern)),
            PatternKind::AdvancedGlob => Some(Glob::advanced(&pattern)?),
            PatternKind::Literal | PatternKind::Prefix | PatternKind::Suffix => None,
        };
        Ok(Self { kind, pattern, glob })
    }

    /// Matches exactly this text.
    pub fn literal(text: impl Into<Box<str>>) -> Self {
        Self { kind: PatternKind::Literal, pattern: text.into(), glob: None }
    }

    /// Matches what begins with this text.
    pub fn prefix(text: impl Into<Box<str>>) -> Self {
        Self { kind: PatternKind::Prefix, pattern: text.into(), glob: None }
    }

    /// Whether decoded text matches.
    pub fn matches(&self, text: &str) -> bool {
        match (&self.glob, self.kind) {
            (Some(glob), _) => glob.matches(text),
            (None, PatternKind::Prefix) => text.starts_with(&*self.pattern),
            (None, PatternKind::Suffix) => text.ends_with(&*self.pattern),
            // A glob was parsed with its pattern, so only a literal is left.
            (None, _) => *text == *self.pattern,
        }
    }

    /// How the pattern is read.
    pub const fn kind(&self) -> PatternKind {
        self.kind
    }

    /// The pattern as it was given.
    pub fn pattern(&self) -> &str {
        &self.pattern
    }
}

impl fmt::Debug for PatternMatcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}({:?})", self.kind, self.pattern)
    }
}

/// Patterns for path, query and fragment that must all match: `<uri-relative-filter-group>`, API 35.
///
/// A filter holds a list of groups. The first group that matches decides: an allowing one lets the intent
/// pass, a blocking one does not. A group without filters never matches. Groups are asked only if none of the
/// filter's paths matches
/// (<https://developer.android.com/guide/topics/manifest/uri-relative-filter-group-element>, read
/// 2026-11-22).
///
/// Android compiles an advanced pattern of a group when it is first compared with a URI, and fails then; here
/// a pattern is checked when it is made.
///
/// ```
/// use tim_offline_push::intent::filter::{PatternMatcher, RelativeFilterGroup, RelativePart};
///
/// let shop = PatternMatcher::literal("page=shop");
/// let not_the_shop = RelativeFilterGroup::block().with_filter(RelativePart::Query, shop);
/// assert!(!not_the_shop.allows());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[must_use]
pub struct RelativeFilterGroup {
    allows: bool,
    filters: Vec<(RelativePart, PatternMatcher)>,
}

impl RelativeFilterGroup {
    /// A group without filters, whose match lets the intent pass: `android:allow="true"`.
    pub const fn allow() -> Self {
        Self { allows: true, filters: Vec::new() }
    }

    /// A group without filters, whose match does not let the intent pass: `android:allow="false"`.
    pub const fn block() -> Self {
        Self { allows: false, filters: Vec::new() }
    }

    /// Adds a pattern for a part of the URI.
    pub fn with_filter(mut self, part: RelativePart, pattern: PatternMatcher) -> Self {
        self.filters.push((part, pattern));
        self
    }

    /// Whether a match of this group lets the intent pass.
    pub const fn allows(&self) -> bool {
        self.allows
    }

    /// The patterns with their parts, all of which must match.
    pub fn filters(&self) -> &[(RelativePart, PatternMatcher)] {
        &self.filters
    }

    pub(super) fn matches(&self, data: AndroidUri<'_>) -> bool {
        !self.filters.is_empty() && self.filters.iter().all(|(part, pattern)| part.matches(pattern, data))
    }
}

/// The part of a URI that a pattern of a [`RelativeFilterGroup`] is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "Android has these three")]
pub enum RelativePart {
    /// The whole path.
    Path,
    /// One parameter of the query.
    Query,
    /// The whole fragment.
    Fragment,
}

impl RelativePart {
    /// The parameters of a query are what Java's `split("&")` gives or, if that is one piece, `split(";")` of
    /// the whole: neither gives the empty pieces at the end, except for an empty query.
    fn matches(self, pattern: &PatternMatcher, data: AndroidUri<'_>) -> bool {
        let whole = match self {
            Self::Path => data.path(),
            Self::Fragment => data.fragment(),
            Self::Query => {
                return data.query().is_some_and(|query| {
                    let separator = if java_split(&query, '&').count() == 1 { ';' } else { '&' };
                    java_split(&query, separator).any(|parameter| pattern.matches(parameter))
                });
            }
        };
        whole.is_some_and(|text| pattern.matches(&text))
    }
}

fn java_split(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let kept = text.trim_end_matches(separator);
    // A text of separators only has no piece, the empty text has one.
    let none = kept.is_empty() && !text.is_empty();
    kept.split(separator).filter(move |_| !none)
}
