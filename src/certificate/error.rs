use thiserror::Error;

/// Why a text is no configuration. Lines and columns count from 1, and column 0 is the break before the line. No variant
/// carries any of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// Over [`ConfigReading::MAX_BYTES`](super::ConfigReading::MAX_BYTES).
    #[error("configuration has {bytes} bytes, at most {max} are read", max = super::ConfigReading::MAX_BYTES)]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// There is nothing in it.
    #[error("configuration is empty")]
    Empty,
    /// It begins as JSON, and is none from here on.
    #[error("configuration is not JSON at line {line}, column {column}")]
    Syntax {
        /// Line.
        line: usize,
        /// Column in that line.
        column: usize,
    },
    /// It begins as JSON, and ends before its end.
    #[error("configuration is JSON that breaks off at line {line}, column {column}")]
    Truncated {
        /// Line.
        line: usize,
        /// Column in that line.
        column: usize,
    },
    /// Objects and arrays nest deeper than [`ConfigReading::MAX_DEPTH`](super::ConfigReading::MAX_DEPTH).
    #[error("configuration nests deeper than {max} at line {line}, column {column}", max = super::ConfigReading::MAX_DEPTH)]
    TooDeep {
        /// Line.
        line: usize,
        /// Column in that line.
        column: usize,
    },
    /// It is JSON without a single named value: `[]`, say.
    #[error(
        "configuration is JSON without a single key: expected an object such as {{\"huaweiPushBussinessId\": \"30206\"}}"
    )]
    NoMember,
    /// It is neither JSON nor source code that gives a value to any name.
    #[error("configuration is neither a JSON object nor source code with constants")]
    NoKeys,
}

impl ConfigError {
    /// A stable short name, for bridges.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLong { .. } => "config_too_long",
            Self::Empty => "config_empty",
            Self::Syntax { .. } => "config_syntax",
            Self::Truncated { .. } => "config_truncated",
            Self::TooDeep { .. } => "config_too_deep",
            Self::NoMember => "config_no_member",
            Self::NoKeys => "config_no_keys",
        }
    }
}
