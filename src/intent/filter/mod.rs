//! Which intents a component takes: `android.content.IntentFilter`, matched exactly as Android 16 does.
//!
//! - [`IntentFilter`] and its parts [`Authority`], [`ContentType`], [`PatternMatcher`],
//!   [`RelativeFilterGroup`]: built from checked values, so that a filter cannot be wrong once it exists.
//! - [`IntentFilter::matches`]: Android's answer, its number included ([`MatchCategory::value`],
//!   [`NoMatch::value`]).
//! - [`IntentFilter::explain`], [`Mismatch::nearest`]: which part did not match, with the values of both
//!   sides.
//! - [`required_filter`]: the reverse question, which filter an intent needs.
//!
//! Everything is read over UTF-16 code units where Android's reading shows. Matching never fails and costs,
//! for each pattern of the filter, one pass over the part of the data that it is for.
//!
//! Source: recorded behaviour of AOSP android-16.0.0_r2 (`IntentFilter`, `PatternMatcher`,
//! `UriRelativeFilterGroup`). Groups came with API 35, suffix patterns with API 31, advanced patterns with
//! API 26; older releases know the rest. Not covered: MIME groups, the match of extras, and the variants with
//! wildcards in the intent (package visibility).

mod authority;
mod glob;
mod intent_filter;
mod matching;
mod mismatch;
mod pattern;

pub use authority::Authority;
pub use glob::FilterError;
pub use intent_filter::{ContentType, IntentFilter};
pub use matching::{FilterPart, MatchCategory, MatchTarget, NoMatch, required_filter};
pub use mismatch::Mismatch;
pub use pattern::{PatternKind, PatternMatcher, RelativeFilterGroup, RelativePart};
