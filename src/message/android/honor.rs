use crate::message::unknown::UnknownText;

/// The message class on Honor. Source: <https://trtc.io/document/77715>, read 2026-11-22.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum HonorImportance {
    /// Marketing (`LOW`).
    Low,
    /// Service and communication (`NORMAL`).
    Normal,
    /// Another text, as it was read.
    Unknown(UnknownText),
}

impl HonorImportance {
    /// What a text on the wire means.
    pub fn from_text(text: &str) -> Self {
        match text {
            "LOW" => Self::Low,
            "NORMAL" => Self::Normal,
            other => Self::Unknown(UnknownText::new(other)),
        }
    }

    /// The text on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Low => "LOW",
            Self::Normal => "NORMAL",
            Self::Unknown(other) => other.as_str(),
        }
    }
}
