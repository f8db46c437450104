use std::fmt;

use serde::{Serialize, Serializer};

use crate::vendor::Source;

/// How bad a [`Finding`](super::Finding) is. A higher severity compares greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(
    clippy::exhaustive_enums,
    reason = "a finding must be fixed, should be weighed, or is worth knowing"
)]
pub enum Severity {
    /// Worth knowing. Nothing has to change.
    Note,
    /// Pushes arrive less often, or differently than intended.
    Warning,
    /// Pushes do not arrive, taps do nothing, or a secret is exposed.
    Error,
}

impl Severity {
    /// The word for it: `note`, `warning` or `error`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A rule that an input can break: one row of the catalogue that [`doctor::catalogue`](crate::doctor::catalogue) prints.
///
/// Its id does not change, so that a build can tolerate a rule by name. `Display` and serde write the id.
///
/// ```
/// use tim_offline_push::doctor;
/// use tim_offline_push::finding::Severity;
///
/// let rule = doctor::rule("server-secret").ok_or("no such rule")?;
/// assert_eq!((rule.id(), rule.severity()), ("server-secret", Severity::Error));
/// println!("{}\nFix: {}", rule.summary(), rule.fix());
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rule {
    id: &'static str,
    severity: Severity,
    summary: &'static str,
    fix: &'static str,
    source: Source,
    bad_example: &'static str,
    good_example: &'static str,
}

impl Rule {
    pub(crate) const fn new(
        id: &'static str,
        severity: Severity,
        summary: &'static str,
        fix: &'static str,
        source: Source,
    ) -> Self {
        Self { id, severity, summary, fix, source, bad_example: "", good_example: "" }
    }

    /// With an input that breaks the rule and one that does not. Both are run by the tests.
    pub(crate) const fn with_examples(mut self, bad: &'static str, good: &'static str) -> Self {
        self.bad_example = bad;
        self.good_example = good;
        self
    }

    /// The name, in kebab case.
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// How bad it is to break the rule, unless a finding says otherwise.
    pub const fn severity(&self) -> Severity {
        self.severity
    }

    /// What goes wrong where the rule is broken, as a sentence.
    pub const fn summary(&self) -> &'static str {
        self.summary
    }

    /// What to do about it, unless a finding knows better.
    pub const fn fix(&self) -> &'static str {
        self.fix
    }

    /// Where the rule comes from.
    pub const fn source(&self) -> Source {
        self.source
    }

    /// An input in which the rule finds something: options of the example program `doctor`, one per line, with the text of
    /// a file in place of its name.
    pub const fn bad_example(&self) -> &'static str {
        self.bad_example
    }

    /// A similar input in which it finds nothing.
    pub const fn good_example(&self) -> &'static str {
        self.good_example
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id)
    }
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id)
    }
}
