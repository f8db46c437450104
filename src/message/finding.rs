use std::borrow::Cow;
use std::fmt;

use super::rule::Rule;
use super::{Field, Place, Severity};
use crate::vendor::{Source, Vendor};

/// What a check or a reader has to say about a push.
///
/// It shows no title, text or ext of the push. `Display` writes one line; [`Finding::fix`] and [`Finding::source`] are
/// left to the caller.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Finding {
    severity: Severity,
    rule: Rule,
    place: Place,
    vendor: Option<Vendor>,
    detail: Cow<'static, str>,
    fix: &'static str,
    source: Source,
    cut: Option<Cut>,
}

impl Finding {
    pub(super) fn new(rule: Rule, place: impl Into<Place>, detail: impl Into<Cow<'static, str>>) -> Self {
        let (severity, fix, source) = rule.facts();
        Self {
            severity,
            rule,
            place: place.into(),
            vendor: None,
            detail: detail.into(),
            fix,
            source,
            cut: None,
        }
    }

    pub(super) fn at(mut self, vendor: Vendor) -> Self {
        self.vendor = Some(vendor);
        self
    }

    pub(super) fn because(mut self, source: Source) -> Self {
        self.source = source;
        self
    }

    pub(super) fn with_severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    pub(super) fn with_cut(mut self, cut: Cut) -> Self {
        self.cut = Some(cut);
        self
    }

    /// How bad it is.
    pub const fn severity(&self) -> Severity {
        self.severity
    }

    /// The rule that is broken.
    pub const fn rule(&self) -> Rule {
        self.rule
    }

    /// What it is about.
    pub const fn place(&self) -> &Place {
        &self.place
    }

    /// The field that it is about, if it is about one.
    pub const fn field(&self) -> Option<Field> {
        self.place.field()
    }

    /// The channel that it is about; `None`: all of them.
    pub const fn vendor(&self) -> Option<Vendor> {
        self.vendor
    }

    /// What was found, in words.
    pub fn detail(&self) -> &str {
        &self.detail
    }

    /// What to do about it.
    pub const fn fix(&self) -> &'static str {
        self.fix
    }

    /// Where the rule stands.
    pub const fn source(&self) -> Source {
        self.source
    }

    /// Where a text is cut, if that is what was found.
    pub const fn cut(&self) -> Option<Cut> {
        self.cut
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: ", self.severity, self.place)?;
        if let Some(vendor) = self.vendor {
            write!(f, "{vendor}: ")?;
        }
        f.write_str(&self.detail)
    }
}

/// Where a text that is too long is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Cut {
    /// Length of the text, in the vendor's unit.
    pub length: usize,
    /// The most that is shown, in the vendor's unit, dots included.
    pub limit: usize,
    /// How many bytes of the text stay, at most: a place between two characters. What follows is replaced by `...`.
    pub keeps_bytes: usize,
}
