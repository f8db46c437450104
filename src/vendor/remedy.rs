use std::fmt;

use serde::Serialize;

/// The class of an error code's fix: what has to happen before another attempt makes sense, wherever the fault lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Remedy {
    /// Nothing has to: the code says that the call succeeded.
    Nothing,
    /// Time. The same call may succeed later.
    RetryLater,
    /// The app's build or a console has to be corrected; until then each attempt fails.
    FixConfiguration,
    /// Nothing: this device or its system cannot use the channel. Another channel may.
    DeviceCannot,
    /// The person who holds the phone has to agree, install or switch on something.
    UserMustAct,
    /// A quota has to be renewed: much later, an hour or a day.
    Quota,
}

impl Remedy {
    /// The class as a word for logs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::RetryLater => "retry later",
            Self::FixConfiguration => "fix the configuration",
            Self::DeviceCannot => "this device cannot",
            Self::UserMustAct => "the user must act",
            Self::Quota => "quota",
        }
    }

    /// Whether another attempt without any change may succeed.
    pub const fn is_transient(self) -> bool {
        matches!(self, Self::RetryLater | Self::Quota)
    }
}

impl fmt::Display for Remedy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// How soon another attempt makes sense, where one does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Pace {
    /// After the ordinary back-off.
    Normal,
    /// When the network is back, or after the ordinary back-off if nobody says so.
    WhenConnected,
    /// At the longest delay of the back-off: the cause is unknown, or known to take minutes.
    Slow,
    /// When the quota is renewed: an hour at least.
    Quota,
}
