use thiserror::Error;

/// Android's `MATCH_ADJUSTMENT_NORMAL`, which it adds to every match.
const ADJUSTMENT: i32 = 0x8000;

/// How closely an intent matches a filter: the part of the filter that decided, from the least to the most exact.
///
/// [`value`](Self::value) is the number that Android gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum MatchCategory {
    /// Neither data nor type.
    Empty,
    /// The scheme.
    Scheme,
    /// The host.
    Host,
    /// Host and port.
    Port,
    /// The path, or a group.
    Path,
    /// The scheme-specific part.
    SchemeSpecificPart,
    /// The MIME type.
    Type,
}

impl MatchCategory {
    /// The number that `IntentFilter.match` gives: Android's `MATCH_CATEGORY_…` plus `MATCH_ADJUSTMENT_NORMAL`.
    pub const fn value(self) -> i32 {
        ADJUSTMENT
            | match self {
                Self::Empty => 0x10_0000,
                Self::Scheme => 0x20_0000,
                Self::Host => 0x30_0000,
                Self::Port => 0x40_0000,
                Self::Path => 0x50_0000,
                Self::SchemeSpecificPart => 0x58_0000,
                Self::Type => 0x60_0000,
            }
    }
}

/// Which test of a filter an intent did not pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Error)]
#[non_exhaustive]
pub enum NoMatch {
    /// The MIME type.
    #[error("the filter does not take the type")]
    Type,
    /// The data.
    #[error("the filter does not take the data")]
    Data,
    /// The action.
    #[error("the filter does not take the action")]
    Action,
    /// A category.
    #[error("the filter lacks a category of the intent")]
    Category,
}

impl NoMatch {
    /// The number that `IntentFilter.match` gives.
    pub const fn value(self) -> i32 {
        match self {
            Self::Type => -1,
            Self::Data => -2,
            Self::Action => -3,
            Self::Category => -4,
        }
    }
}
