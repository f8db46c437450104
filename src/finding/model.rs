//! Rules, and what they find.

use std::borrow::Cow;
use std::fmt;

use crate::vendor::{Source, Vendor};
use serde::{Deserialize, Serialize, Serializer};

/// A text of the program's own, or one that was made.
pub(super) type Text = Cow<'static, str>;

/// Something that is wrong, would go wrong, or is worth knowing.
///
/// It names keys, classes and vendors, and never shows a token, an account, a secret, or the text of a
/// message. `Display` writes one line with the fix; `{:#}` writes the fix and the source on lines of their
/// own.
///
/// ```
/// use tim_offline_push::ext::Ext;
/// use tim_offline_push::message::{Audience, OfflinePushInfo};
/// use tim_offline_push::vendor::{Vendor, VendorSet};
///
/// let push = OfflinePushInfo::new("denny", "hi").with_ext(Ext::from_text("jump to denny"));
/// for finding in push.check(&Audience::of(VendorSet::EMPTY.with(Vendor::Oppo))) {
///     println!("{finding}");
///     assert!(finding.to_string().contains(finding.fix()));
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[must_use]
pub struct Finding {
    rule: &'static Rule,
    severity: Severity,
    place: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    vendor: Option<Vendor>,
    cause: Text,
    fix: Text,
    source: Source,
    #[serde(skip_serializing_if = "Option::is_none")]
    cut: Option<Cut>,
}

impl Finding {
    /// About one vendor, or about none in particular.
    pub(crate) fn on(self, vendor: impl Into<Option<Vendor>>) -> Self {
        Self { vendor: vendor.into(), ..self }
    }

    pub(crate) fn rated(self, severity: Severity) -> Self {
        Self { severity, ..self }
    }

    /// With this severity if the condition holds.
    pub(crate) fn rated_if(self, holds: bool, severity: Severity) -> Self {
        if holds { self.rated(severity) } else { self }
    }

    pub(crate) fn with_fix(self, fix: impl Into<Text>) -> Self {
        Self { fix: fix.into(), ..self }
    }

    /// From another source than the rule's, if there is one.
    pub(crate) fn because(self, source: impl Into<Option<Source>>) -> Self {
        Self { source: source.into().unwrap_or(self.source), ..self }
    }

    pub(crate) fn with_cut(self, cut: Cut) -> Self {
        Self { cut: Some(cut), ..self }
    }

    /// In a file, whose name stands before the place.
    pub(crate) fn within(self, file: &str) -> Self {
        Self { place: format!("{file}: {}", self.place).into(), ..self }
    }

    /// The rule that is broken.
    pub const fn rule(&self) -> &'static Rule {
        self.rule
    }

    /// How bad it is here.
    pub const fn severity(&self) -> Severity {
        self.severity
    }

    /// Where it was found: a file and a key, a component, or a field of a push.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// The vendor that it is about. `None`: every vendor, or none in particular.
    pub const fn vendor(&self) -> Option<Vendor> {
        self.vendor
    }

    /// What was found.
    pub fn cause(&self) -> &str {
        &self.cause
    }

    /// What to do about it.
    pub fn fix(&self) -> &str {
        &self.fix
    }

    /// Where the rule comes from.
    pub const fn source(&self) -> Source {
        self.source
    }

    /// Where a text is cut, if that is what was found.
    pub const fn cut(&self) -> Option<Cut> {
        self.cut
    }

    /// The most severe first, then by vendor, then in the order of the input.
    pub(crate) fn rank(&self) -> impl Ord + use<> {
        let vendor = self.vendor.and_then(|own| Vendor::ALL.iter().position(|vendor| *vendor == own));
        (std::cmp::Reverse(self.severity), vendor)
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rule, severity, place, vendor, cause, fix, source, .. } = self;
        write!(f, "{severity}: {place}: ")?;
        if let Some(vendor) = vendor {
            write!(f, "{vendor}: ")?;
        }
        if f.alternate() {
            write!(f, "{cause} [{rule}]\n    fix: {fix}\n    source: {source}")
        } else {
            write!(f, "{cause}; fix: {fix} [{rule}]")
        }
    }
}

/// Where a text that is too long is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Cut {
    /// Length of the text, in the vendor's unit.
    pub length: usize,
    /// The most that is shown, in the vendor's unit, dots included.
    pub limit: usize,
    /// How many bytes of the text are kept, at most: a place between two characters. What follows is replaced
    /// by `...`.
    pub keeps_bytes: usize,
}

/// How bad a [`Finding`] is. A higher severity compares greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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

/// A rule that an input can break: one row of the catalogue that
/// [`doctor::catalogue`](crate::doctor::catalogue) prints.
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
    pub(super) id: &'static str,
    pub(super) severity: Severity,
    pub(super) summary: &'static str,
    pub(super) fix: &'static str,
    pub(super) source: Source,
}

impl Rule {
    /// A finding of this rule: where, and what was found.
    #[inline(never)]
    pub(super) fn found(&'static self, place: Text, cause: Text) -> Finding {
        Finding {
            rule: self,
            severity: self.severity,
            place,
            vendor: None,
            cause,
            fix: self.fix.into(),
            source: self.source,
            cut: None,
        }
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
