use std::borrow::Cow;
use std::fmt;

use serde::Serialize;

use super::{Rule, Severity};
use crate::vendor::{Source, Vendor};

/// Something that would go wrong, or did.
///
/// It names keys, classes and channels, and never shows a token, an account, a secret or what a message says. `Display`
/// writes one line; the remedy is left to [`Finding::fix`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Finding {
    rule: &'static Rule,
    severity: Severity,
    #[serde(rename = "where")]
    place: Cow<'static, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    vendor: Option<Vendor>,
    why: Cow<'static, str>,
    fix: Cow<'static, str>,
    source: Source,
}

impl Finding {
    /// Longer names out of an input are cut, in characters.
    pub(super) const MAX_NAME: usize = 120;

    pub(super) fn new(
        rule: &'static Rule,
        place: impl Into<Cow<'static, str>>,
        why: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            rule,
            severity: rule.severity(),
            place: place.into(),
            vendor: None,
            why: why.into(),
            fix: rule.fix().into(),
            source: rule.source(),
        }
    }

    pub(super) fn on(mut self, vendor: Vendor) -> Self {
        self.vendor = Some(vendor);
        self
    }

    pub(super) fn on_any(mut self, vendor: Option<Vendor>) -> Self {
        self.vendor = vendor;
        self
    }

    pub(super) fn rated(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    pub(super) fn with_fix(mut self, fix: impl Into<Cow<'static, str>>) -> Self {
        self.fix = fix.into();
        self
    }

    pub(super) fn because(mut self, source: Source) -> Self {
        self.source = source;
        self
    }

    pub(super) fn because_any(mut self, source: Option<Source>) -> Self {
        self.source = source.unwrap_or(self.source);
        self
    }

    /// A name out of an input, fit to be shown: cut and with its control characters escaped.
    pub(super) fn name(text: &str) -> String {
        text.chars().take(Self::MAX_NAME).flat_map(char::escape_debug).collect()
    }

    /// The rule that is broken.
    pub const fn rule(&self) -> &'static Rule {
        self.rule
    }

    /// How bad it is here.
    pub const fn severity(&self) -> Severity {
        self.severity
    }

    /// Where it was found.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// The channel that it is about; `None`: all of them, or none in particular.
    pub const fn vendor(&self) -> Option<Vendor> {
        self.vendor
    }

    /// What was found, in words.
    pub fn why(&self) -> &str {
        &self.why
    }

    /// What to do about it.
    pub fn fix(&self) -> &str {
        &self.fix
    }

    /// Where that stands.
    pub const fn source(&self) -> Source {
        self.source
    }

    /// The gravest first, then by the order of the channels, then as the catalogue and the input have them.
    pub(super) fn rank(&self) -> impl Ord + use<> {
        let channel = self.vendor.and_then(|own| Vendor::ALL.iter().position(|vendor| *vendor == own));
        (std::cmp::Reverse(self.severity), channel)
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: ", self.severity, self.place)?;
        if let Some(vendor) = self.vendor {
            write!(f, "{vendor}: ")?;
        }
        write!(f, "{} [{}]", self.why, self.rule)
    }
}
