use thiserror::Error;

/// Why a text is not the JSON object that was asked for. It names the place, never the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum JsonError {
    /// The text is longer than the reader's limit. It was not looked at.
    #[error("input has {bytes} bytes, at most {limit} are read")]
    TooLarge {
        /// Length of the text in bytes.
        bytes: usize,
        /// The longest text that is read, in bytes.
        limit: usize,
    },
    /// The text is not JSON.
    #[error("input is not JSON at line {line} column {column}")]
    Syntax {
        /// Line of the error, from 1.
        line: usize,
        /// Column of the error in bytes, from 1.
        column: usize,
    },
    /// The text ends in the middle of a value.
    #[error("input ends too early at line {line} column {column}")]
    EndsEarly {
        /// Line of the end, from 1.
        line: usize,
        /// Column of the end in bytes, from 1.
        column: usize,
    },
    /// Arrays and objects nest too deep.
    #[error("input nests deeper than {limit} levels at line {line} column {column}")]
    TooDeep {
        /// The deepest level that is read.
        limit: usize,
        /// Line of the level that is too deep, from 1.
        line: usize,
        /// Column of that level in bytes, from 1.
        column: usize,
    },
    /// The text is JSON, but not an object.
    #[error("input is not a JSON object at line {line} column {column}")]
    NotAnObject {
        /// Line of the value, from 1.
        line: usize,
        /// Column of the value in bytes, from 1.
        column: usize,
    },
}

impl JsonError {
    /// Line and column of the error, both from 1; 1 and 1 for a text that was not looked at.
    #[must_use]
    pub const fn position(self) -> (usize, usize) {
        match self {
            Self::TooLarge { .. } => (1, 1),
            Self::Syntax { line, column }
            | Self::EndsEarly { line, column }
            | Self::TooDeep { line, column, .. }
            | Self::NotAnObject { line, column } => (line, column),
        }
    }

    /// A stable short name, for bridges.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "json_too_large",
            Self::Syntax { .. } => "json_syntax",
            Self::EndsEarly { .. } => "json_ends_early",
            Self::TooDeep { .. } => "json_too_deep",
            Self::NotAnObject { .. } => "json_not_an_object",
        }
    }
}
