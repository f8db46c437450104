use std::fmt;

use serde::{Serialize, Serializer};

use super::Severity;
use crate::vendor::Source;

/// A rule of the doctor: one row of the catalogue.
///
/// Its id is stable, so that a build may tolerate a rule by name. `Display` and serde write the id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rule {
    id: &'static str,
    severity: Severity,
    sentence: &'static str,
    fix: &'static str,
    source: Source,
    example: Example,
}

/// An input that breaks a rule, and one that keeps it. Each is a list of the options of the `doctor` example, one a line,
/// with the text itself where the program takes the name of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Example {
    /// The rule finds something here.
    pub broken: &'static str,
    /// It finds nothing here.
    pub sound: &'static str,
}

impl Rule {
    pub(super) const fn new(
        id: &'static str,
        severity: Severity,
        sentence: &'static str,
        fix: &'static str,
        source: Source,
    ) -> Self {
        Self { id, severity, sentence, fix, source, example: Example { broken: "", sound: "" } }
    }

    pub(super) const fn broken_by(mut self, input: &'static str) -> Self {
        self.example.broken = input;
        self
    }

    pub(super) const fn kept_by(mut self, input: &'static str) -> Self {
        self.example.sound = input;
        self
    }

    /// The name, in kebab case.
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// How bad it is to break it, unless a finding says otherwise.
    pub const fn severity(&self) -> Severity {
        self.severity
    }

    /// What goes wrong where it is broken.
    pub const fn sentence(&self) -> &'static str {
        self.sentence
    }

    /// What to do about it, unless a finding knows better.
    pub const fn fix(&self) -> &'static str {
        self.fix
    }

    /// Where it stands.
    pub const fn source(&self) -> Source {
        self.source
    }

    /// An input that breaks it, and one that keeps it.
    pub const fn example(&self) -> Example {
        self.example
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
