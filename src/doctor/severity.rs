use std::fmt;

use serde::Serialize;

/// How bad a [`Finding`](super::Finding) is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "a finding is to be fixed, to be weighed or to be known")]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Pushes arrive less often, or other than was meant.
    Warning,
    /// Pushes do not arrive, taps do nothing, or a secret is out.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}
