use thiserror::Error;
use tim_offline_push::account::UserIdError;
use tim_offline_push::certificate::ConfigError;
use tim_offline_push::device::PropertiesError;
use tim_offline_push::notification::PayloadError;
use tim_offline_push::registrar::{InstallIdError, StartError};
use tim_offline_push::vendor::{UnknownTokenKind, UnknownVendor};

/// Why a call from Java cannot be carried out. No variant holds what Java gave.
#[derive(Debug, Error)]
pub(crate) enum HostError {
    /// The registrar was closed, or has not started.
    #[error("the registrar is closed")]
    Closed,
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Device(#[from] PropertiesError),
    #[error(transparent)]
    InstallId(#[from] InstallIdError),
    #[error(transparent)]
    UserId(#[from] UserIdError),
    #[error(transparent)]
    Vendor(#[from] UnknownVendor),
    #[error(transparent)]
    TokenKind(#[from] UnknownTokenKind),
    #[error(transparent)]
    Payload(#[from] PayloadError),
    #[error(transparent)]
    Start(#[from] StartError),
    /// JNI failed, or a Java exception is on its way.
    #[error("JNI: {0}")]
    Jni(#[from] jni::errors::Error),
}

impl HostError {
    /// The code of the exception: the crate's own, which does not change between versions.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Config(error) => error.code(),
            Self::Device(error) => error.code(),
            Self::InstallId(error) => error.code(),
            Self::UserId(error) => error.code(),
            Self::Vendor(error) => error.code(),
            Self::TokenKind(error) => error.code(),
            Self::Payload(error) => error.code(),
            Self::Start(error) => error.code(),
            Self::Jni(jni::errors::Error::NullPtr(_)) => "null",
            Self::Jni(_) => "jni",
        }
    }
}
