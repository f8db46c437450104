use crate::message::unknown::UnknownNumber;

/// The message class on Meizu; unset (-1 in the SDKs), the console certificate decides. Source:
/// <https://trtc.io/document/77715>, read 2026-11-22.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum MeizuNotifyType {
    /// A public message (0).
    Public,
    /// A private message (1).
    Private,
    /// Another number, as it was read.
    Unknown(UnknownNumber),
}

impl MeizuNotifyType {
    /// What a number on the wire means.
    pub const fn from_number(number: i64) -> Self {
        match number {
            0 => Self::Public,
            1 => Self::Private,
            other => Self::Unknown(UnknownNumber::new(other)),
        }
    }

    /// The number on the wire.
    pub const fn as_number(self) -> i64 {
        match self {
            Self::Public => 0,
            Self::Private => 1,
            Self::Unknown(other) => other.as_i64(),
        }
    }
}
