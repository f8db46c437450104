use crate::message::unknown::{UnknownNumber, UnknownText};

/// The former message class on vivo. Source: Tencent's header `V2TIMManager+Message.h`, read 2026-11-22.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum VivoClassification {
    /// An operation message (0).
    Operation,
    /// A system message (1).
    #[default]
    System,
    /// Another number, as it was read.
    Unknown(UnknownNumber),
}

impl VivoClassification {
    /// What a number on the wire means.
    pub const fn from_number(number: i64) -> Self {
        match number {
            0 => Self::Operation,
            1 => Self::System,
            other => Self::Unknown(UnknownNumber::new(other)),
        }
    }

    /// The number on the wire.
    pub const fn as_number(self) -> i64 {
        match self {
            Self::Operation => 0,
            Self::System => 1,
            Self::Unknown(other) => other.as_i64(),
        }
    }
}

/// The message class on vivo. Sources: Tencent's header `V2TIMManager+Message.h` and <https://trtc.io/document/77715>, read
/// 2026-11-22; vivo has more of them, which [`VivoCategory::from_text`] takes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum VivoCategory {
    /// Chat (`IM`), a system message.
    Im,
    /// Marketing (`MARKETING`), an operation message.
    Marketing,
    /// Another text, as it was read.
    Unknown(UnknownText),
}

impl VivoCategory {
    /// What a text on the wire means.
    pub fn from_text(text: &str) -> Self {
        match text {
            "IM" => Self::Im,
            "MARKETING" => Self::Marketing,
            other => Self::Unknown(UnknownText::new(other)),
        }
    }

    /// The text on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Im => "IM",
            Self::Marketing => "MARKETING",
            Self::Unknown(other) => other.as_str(),
        }
    }
}
