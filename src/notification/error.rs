use thiserror::Error;

use super::Payload;
use crate::intent::ParseUriError;
use crate::json::JsonError;

/// Why what a host handed over is no payload. No variant holds any of it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PayloadError {
    /// All keys and values together are over [`Payload::MAX_BYTES`].
    #[error("payload has {bytes} bytes or more, at most {max} are read", max = Payload::MAX_BYTES)]
    TooLong {
        /// Bytes seen when the limit was passed.
        bytes: usize,
    },
    /// There are more keys than [`Payload::MAX_KEYS`].
    #[error("payload has more than {max} keys", max = Payload::MAX_KEYS)]
    TooManyKeys,
    /// The text is not JSON, ends too early, or nests deeper than [`MAX_DEPTH`](crate::json::MAX_DEPTH).
    #[error("payload is not JSON: wrong at line {line} column {column}")]
    NotJson {
        /// Line of the error, from 1.
        line: usize,
        /// Column of the error in bytes, from 1.
        column: usize,
    },
    /// The text is JSON, and no object.
    #[error("payload is JSON, but not an object")]
    NotAnObject,
    /// The text is JSON, and no intent as [`Payload::from_intent_json`] takes it.
    #[error("payload is JSON, but not an object with only extras (an object) and data (a text)")]
    NotAFlattenedIntent,
    /// The text is no intent URI.
    #[error("payload is not an intent URI")]
    NotAnIntent(#[from] ParseUriError),
}

impl From<JsonError> for PayloadError {
    fn from(error: JsonError) -> Self {
        match error {
            JsonError::TooLarge { bytes, .. } => Self::TooLong { bytes },
            JsonError::NotAnObject { .. } => Self::NotAnObject,
            JsonError::Syntax { line, column }
            | JsonError::EndsEarly { line, column }
            | JsonError::TooDeep { line, column, .. } => Self::NotJson { line, column },
        }
    }
}
