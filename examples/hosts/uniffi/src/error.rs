//! Errors with fields, so that an app can show its own words.

use tim_offline_push::account::IdError;
use tim_offline_push::json::JsonError;
use tim_offline_push::notification::PayloadError;

/// What was given that cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum PushInput {
    Certificates,
    Device,
    InstallId,
    UserId,
    Tap,
    Message,
    ClickAction,
}

/// Why it cannot be used. Nothing here holds what was given.
#[derive(Debug, thiserror::Error, uniffi::Error)]
pub enum PushError {
    #[error("{input:?} is empty")]
    Empty { input: PushInput },
    #[error("{input:?} has {bytes} bytes, at most {max} are taken")]
    TooLong { input: PushInput, bytes: u64, max: u64 },
    #[error("{input:?} is not JSON at line {line} column {column}")]
    NotJson { input: PushInput, line: u64, column: u64 },
    #[error("{input:?}: {detail}")]
    Unusable { input: PushInput, detail: String },
    /// The system refused a thread for the default scheduler.
    #[error("the registrar did not start: {detail}")]
    NotStarted { detail: String },
}

const fn wide(number: usize) -> u64 {
    number as u64
}

impl PushError {
    pub(crate) fn unusable<E: std::fmt::Display>(input: PushInput) -> impl FnOnce(E) -> Self {
        move |error| Self::Unusable { input, detail: error.to_string() }
    }

    pub(crate) fn id(input: PushInput) -> impl FnOnce(IdError) -> Self {
        move |error| match error {
            IdError::Empty { .. } => Self::Empty { input },
            IdError::TooLong { bytes, max, .. } => {
                Self::TooLong { input, bytes: wide(bytes), max: wide(max) }
            }
            _ => Self::Unusable { input, detail: error.to_string() },
        }
    }

    pub(crate) fn json(input: PushInput, error: &JsonError) -> Self {
        match *error {
            JsonError::TooLarge { bytes, limit } => {
                Self::TooLong { input, bytes: wide(bytes), max: wide(limit) }
            }
            JsonError::Syntax { line, column } | JsonError::EndsEarly { line, column } => {
                Self::NotJson { input, line: wide(line), column: wide(column) }
            }
            _ => Self::Unusable { input, detail: error.to_string() },
        }
    }
}

impl From<PayloadError> for PushError {
    fn from(error: PayloadError) -> Self {
        let input = PushInput::Tap;
        match error {
            PayloadError::TooLong { bytes } => {
                let max = wide(tim_offline_push::notification::Payload::MAX_BYTES);
                Self::TooLong { input, bytes: wide(bytes), max }
            }
            _ => Self::Unusable { input, detail: error.to_string() },
        }
    }
}

/// What a host call in the other language ends with if it throws.
#[derive(Debug, thiserror::Error, uniffi::Error)]
pub enum HostError {
    #[error("the host failed")]
    Failed,
}

impl From<uniffi::UnexpectedUniFFICallbackError> for HostError {
    /// Any exception. Its text is dropped: it may hold a token.
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Failed
    }
}
