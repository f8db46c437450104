use thiserror::Error;

use super::Field;

/// Why a value cannot be put into an [`OfflinePushInfo`](super::OfflinePushInfo). It names the field and the rule, never
/// the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum PushInfoError {
    /// An image address does not begin with `https://` and a host, or holds white space or a control character.
    #[error("{field} is no HTTPS address")]
    NotHttps {
        /// The image field.
        field: Field,
    },
    /// The sound is a file in the app bundle, and is named with its suffix.
    #[error("{field} is no file name with a suffix, such as ring.caf")]
    SoundWithoutSuffix {
        /// The sound field.
        field: Field,
    },
    /// The sound is an Android resource, and is named without its suffix.
    #[error("{field} is no resource name without a suffix, such as ring for res/raw/ring.mp3")]
    SoundWithSuffix {
        /// The sound field.
        field: Field,
    },
    /// A number is outside its range.
    #[error("{field} is outside {min} to {max}")]
    OutOfRange {
        /// The field.
        field: Field,
        /// The smallest allowed number.
        min: i64,
        /// The largest allowed number.
        max: i64,
    },
    /// OPPO heeds a notify level only beside a category.
    #[error("{level} needs {category}", level = Field::OppoNotifyLevel, category = Field::OppoCategory)]
    NotifyLevelWithoutCategory,
    /// A JSON value has another type than the field needs.
    #[error("{field} is no JSON {expected}")]
    WrongJsonType {
        /// The field.
        field: Field,
        /// What it must be.
        expected: &'static str,
    },
    /// A JSON value nests deeper than what can be read back.
    #[error("{field} nests deeper than {limit} levels")]
    TooDeep {
        /// The field.
        field: Field,
        /// The deepest level that can be read back.
        limit: usize,
    },
}

/// What is wrong with a text that is no JSON object. It names the place, never the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The text is longer than [`MAX_BYTES`](super::MAX_BYTES), and is not looked at.
    #[error("input has {bytes} bytes, at most {limit} are read")]
    TooLarge {
        /// Length of the text in bytes.
        bytes: usize,
        /// The most that is read.
        limit: usize,
    },
    /// The text is not JSON.
    #[error("input is not JSON at line {line} column {column}")]
    Syntax {
        /// Line of the error, from 1.
        line: usize,
        /// Column of the error in bytes, from 1; 0 where the parser names none.
        column: usize,
    },
    /// The text ends in the middle of a value.
    #[error("input ends too early at line {line} column {column}")]
    EndsEarly {
        /// Line of the end, from 1.
        line: usize,
        /// Column of the end in bytes.
        column: usize,
    },
    /// Arrays and objects nest deeper than [`MAX_DEPTH`](super::MAX_DEPTH).
    #[error("input nests deeper than {limit} levels at line {line} column {column}")]
    TooDeep {
        /// The deepest level that is read.
        limit: usize,
        /// Line of the level that is too deep, from 1.
        line: usize,
        /// Column of that level in bytes.
        column: usize,
    },
    /// The text is JSON, but no object.
    #[error("input is no JSON object at line {line} column {column}")]
    NotAnObject {
        /// Line of the value, from 1.
        line: usize,
        /// Column of the value in bytes, from 1.
        column: usize,
    },
}
