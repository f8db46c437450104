use std::fmt;

use serde::Serialize;
use thiserror::Error;

use crate::error_code::error_code;
use crate::vendor::Vendor;

/// Something about a configuration file that its owner should know. It names the key, never the value.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct ConfigFinding {
    /// What it is.
    pub kind: ConfigFindingKind,
    /// The key as the file spells it, or its length where it is made of unknown words, since it may be a
    /// secret. Cut off after [`ConfigReading::MAX_KEY_CHARS`](super::ConfigReading::MAX_KEY_CHARS)
    /// characters. For [`ConfigFindingKind::Missing`] it is the name in Tencent's `timpush-configs.json`.
    pub key: String,
    /// Whose it is, if that is known.
    pub vendor: Option<Vendor>,
}

/// What a [`ConfigFinding`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ConfigFindingKind {
    /// A secret that belongs to a server, in a file that ships with the app. Whoever has the app has it.
    ServerSecret,
    /// An id that is no number from 1 to 4294967295.
    InvalidId,
    /// The same id stands there twice with different values; the last one counts.
    Conflict,
    /// An id without a vendor (`businessID`, as iOS and HarmonyOS apps have it): see
    /// [`ConfigReading::with_unassigned_for`](super::ConfigReading::with_unassigned_for).
    Unassigned,
    /// A second block of ids, for another app or for none. The one under the app's own package counts: see
    /// [`ConfigReading::with_package`](super::ConfigReading::with_package).
    SecondBlock,
    /// An id whose value is only known when the code runs (`BuildConfig.XM_ID`): it cannot be judged.
    Expression,
    /// An id that is 0 or empty: the vendor is not configured.
    NotConfigured,
    /// A key that is not there.
    Missing,
    /// A key that means nothing here.
    Unknown,
}

impl ConfigFindingKind {
    /// What is wrong.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::ServerSecret => "a server's secret: remove it from the app, and have a new one issued",
            Self::InvalidId => "not a business id, which is a number from 1 to 4294967295",
            Self::Conflict => "given twice with different values; the last one counts",
            Self::Unassigned => "does not say whether it belongs to APNs or HarmonyOS",
            Self::SecondBlock => "a second block of ids; the one under the app's own package counts",
            Self::Expression => "computed when the app is built or runs, so it cannot be judged",
            Self::NotConfigured => "0 or empty: this vendor is not configured",
            Self::Missing => "missing",
            Self::Unknown => "unknown",
        }
    }
}

impl fmt::Display for ConfigFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_nameless = self.kind == ConfigFindingKind::SecondBlock && self.key.is_empty();
        let key = if is_nameless { "(no package)" } else { &self.key };
        write!(f, "{key}: {}", self.kind.words())
    }
}

/// Why a text is no configuration. Lines and columns count from 1, and column 0 is the break before the line.
/// No variant carries any of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// Over [`ConfigReading::MAX_BYTES`](super::ConfigReading::MAX_BYTES).
    #[error("configuration has {bytes} bytes, at most {max} are read", max = super::ConfigReading::MAX_BYTES)]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// There is nothing in it.
    #[error("configuration is empty")]
    Empty,
    /// It begins as JSON, and is none from here on.
    #[error("configuration is not JSON at line {line}, column {column}")]
    Syntax {
        /// Line.
        line: usize,
        /// Column in that line.
        column: usize,
    },
    /// It begins as JSON, and ends before its end.
    #[error("configuration is JSON that breaks off at line {line}, column {column}")]
    Truncated {
        /// Line.
        line: usize,
        /// Column in that line.
        column: usize,
    },
    /// Objects and arrays nest deeper than [`ConfigReading::MAX_DEPTH`](super::ConfigReading::MAX_DEPTH).
    #[error("configuration nests deeper than {max} at line {line}, column {column}", max = super::ConfigReading::MAX_DEPTH)]
    TooDeep {
        /// Line.
        line: usize,
        /// Column in that line.
        column: usize,
    },
    /// It is JSON without a single named value: `[]`, say.
    #[error(
        "configuration is JSON without a single key: expected an object such as {{\"huaweiPushBussinessId\": \"30206\"}}"
    )]
    NoMember,
    /// It is neither JSON nor source code that gives a value to any name.
    #[error("configuration is neither a JSON object nor source code with constants")]
    NoKeys,
}

impl ConfigError {
    /// A stable short name, for bridges.
    pub fn code(&self) -> String {
        error_code("config", self)
    }
}
