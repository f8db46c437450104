use thiserror::Error;

/// Why a call from Java cannot be carried out. No variant holds what Java gave.
#[derive(Debug, Error)]
pub(crate) enum HostError {
    /// The registrar was closed, or has not started.
    #[error("the registrar is closed")]
    Closed,
    /// What Java gave is not what the crate takes.
    #[error("{message}")]
    Refused {
        /// What it was.
        code: &'static str,
        /// The crate's own words.
        message: String,
    },
    /// JNI failed, or a Java exception is on its way.
    #[error("JNI: {0}")]
    Jni(#[from] jni::errors::Error),
}

impl HostError {
    /// For `map_err`: the crate's error under the name of what Java gave.
    pub(crate) fn refused<E: std::fmt::Display>(code: &'static str) -> impl FnOnce(E) -> Self {
        move |error| Self::Refused { code, message: error.to_string() }
    }

    /// The code of the exception.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Refused { code, .. } => code,
            Self::Jni(jni::errors::Error::NullPtr(_)) => "null",
            Self::Jni(_) => "jni",
        }
    }
}
