use thiserror::Error;

use super::Ext;
use crate::json::JsonError;

/// Why an [`Ext`] cannot be read or written as what was asked for. No variant holds any of its text.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ExtError {
    /// The bytes are not UTF-8.
    #[error("ext is not UTF-8 text: wrong at byte {offset}")]
    NotText {
        /// Offset of the first wrong byte.
        offset: usize,
    },
    /// The ext is over [`Ext::MAX_BYTES`], and is not read.
    #[error("ext has {bytes} bytes, at most {max} are read", max = Ext::MAX_BYTES)]
    TooLong {
        /// Length in bytes.
        bytes: usize,
    },
    /// The text is not JSON, ends too early, or nests deeper than [`MAX_DEPTH`](crate::json::MAX_DEPTH).
    #[error("ext is not JSON: wrong at line {line} column {column}")]
    NotJson {
        /// Line of the error, from 1.
        line: usize,
        /// Column of the error in bytes, from 1.
        column: usize,
    },
    /// A field of Tencent's container has another type than the field has there.
    #[error("ext field {field} is not {expected}")]
    WrongType {
        /// Path of the field.
        field: &'static str,
        /// What it must be.
        expected: &'static str,
    },
    /// The ext is Tencent's container, of a version that this crate does not know. Newer apps may read it.
    #[error("ext is a container of version {version}, known is {known}", known = super::Container::VERSION)]
    UnknownVersion {
        /// The version it states.
        version: i64,
    },
    /// The value has no JSON form, for example a map whose keys are not text.
    #[error("value has no JSON form")]
    NotSerializable,
}

impl ExtError {
    pub(super) fn not_json(error: JsonError) -> Self {
        let (line, column) = error.position();
        Self::NotJson { line, column }
    }
}
