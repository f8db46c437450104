use thiserror::Error;
use tim_offline_push::account::IdError;
use tim_offline_push::certificate::ConfigError;
use tim_offline_push::device::PropertiesError;
use tim_offline_push::notification::PayloadError;
use tim_offline_push::vendor::UnknownName;

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
    Id(#[from] IdError),
    #[error(transparent)]
    Name(#[from] UnknownName),
    /// No service of this name can be asked.
    #[error("no such service: hms, honor, oppo, vivo, meizu and play_services are")]
    Service,
    #[error(transparent)]
    Payload(#[from] PayloadError),
    /// The system refused a thread for the scheduler.
    #[error("no thread for the scheduler: {0}")]
    Start(#[from] std::io::Error),
    /// JNI failed, or a Java exception is on its way.
    #[error("JNI: {0}")]
    Jni(#[from] jni::errors::Error),
}

impl HostError {
    /// The code of the exception: the crate's own, which does not change between versions.
    pub(crate) fn code(&self) -> String {
        match self {
            Self::Closed => "closed".to_owned(),
            Self::Config(error) => error.code(),
            Self::Device(error) => error.code(),
            Self::Id(error) => error.code(),
            Self::Name(error) => error.code(),
            Self::Service => "unknown_service".to_owned(),
            Self::Payload(error) => error.code(),
            Self::Start(_) => "start_thread".to_owned(),
            Self::Jni(jni::errors::Error::NullPtr(_)) => "null".to_owned(),
            Self::Jni(_) => "jni".to_owned(),
        }
    }
}
