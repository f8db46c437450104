use thiserror::Error;

use super::advanced_glob::MAX_ENTRIES;

/// Why a part of an intent filter cannot be built.
///
/// Positions are UTF-16 code units from the start of the pattern, as Android counts them. [`exception`](Self::exception) is what
/// Android throws in the same place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum FilterError {
    /// A type has no `/`, begins with it, or has nothing after it.
    #[error("mime type of the filter is not of the form type/subtype")]
    MalformedMimeType,
    /// A port is not a decimal 32-bit integer.
    #[error("port of the filter is not a decimal 32-bit integer")]
    PortNumber,
    /// An advanced pattern compiles to more entries than Android's fixed buffer takes.
    #[error("advanced pattern is too large: more than {MAX_ENTRIES} entries")]
    PatternTooLarge,
    /// A `\` stands at the end of an advanced pattern.
    #[error("advanced pattern: nothing follows the escape at index {at}")]
    EscapeAtEnd {
        /// Index of the `\`.
        at: usize,
    },
    /// The `[` that opens a set is the last character.
    #[error("advanced pattern: ends with the '[' at index {at}")]
    SetAtEnd {
        /// Index of the `[`.
        at: usize,
    },
    /// A set has no member: `[]` or `[^]`.
    #[error("advanced pattern: the set at index {at} has no member")]
    EmptySet {
        /// Index of the `[`.
        at: usize,
    },
    /// A set has no closing `]`.
    #[error("advanced pattern: the set at index {at} is not closed")]
    UnterminatedSet {
        /// Index of the `[`.
        at: usize,
    },
    /// A `*`, `+` or `{` stands first, or after another one.
    #[error("advanced pattern: the modifier at index {at} follows nothing that it can repeat")]
    ModifierWithoutToken {
        /// Index of the modifier.
        at: usize,
    },
    /// A `{` has no closing `}`.
    #[error("advanced pattern: the repetition at index {at} is not closed")]
    UnterminatedRepetition {
        /// Index of the `{`.
        at: usize,
    },
    /// What stands between `{` and `}` is not `n`, `n,` or `n,m`.
    #[error("advanced pattern: the repetition at index {at} is not {{n}}, {{n,}} or {{n,m}}")]
    RepetitionNumber {
        /// Index of the `{`.
        at: usize,
    },
    /// `{n,m}` with n greater than m.
    #[error("advanced pattern: the repetition at index {at} has a minimum above its maximum")]
    RepetitionOrder {
        /// Index of the `{`.
        at: usize,
    },
}

impl FilterError {
    /// The Java class, without its package, of the exception that Android throws for this.
    pub const fn exception(self) -> &'static str {
        match self {
            Self::MalformedMimeType => "MalformedMimeTypeException",
            Self::PortNumber => "NumberFormatException",
            Self::SetAtEnd { .. } => "StringIndexOutOfBoundsException",
            Self::PatternTooLarge
            | Self::EscapeAtEnd { .. }
            | Self::EmptySet { .. }
            | Self::UnterminatedSet { .. }
            | Self::ModifierWithoutToken { .. }
            | Self::UnterminatedRepetition { .. }
            | Self::RepetitionNumber { .. }
            | Self::RepetitionOrder { .. } => "IllegalArgumentException",
        }
    }
}
