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
