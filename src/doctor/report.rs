use std::fmt;

use serde::{Serialize, Serializer};

use crate::finding::{Finding, Severity};

/// What a check found, the gravest first, and what it comes to.
///
/// `Display` writes a line for each finding with its remedy below, [`Report::to_markdown`] a table; serde writes a
/// document with [`Report::VERSION`] in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    findings: Vec<Finding>,
    left_out: usize,
}

impl Report {
    /// The version of the serde form. It changes with the names and meanings of its members, not with the catalogue.
    pub const VERSION: u32 = 1;

    /// The most findings that are kept: the gravest.
    pub const MAX_FINDINGS: usize = 1024;

    pub(super) fn of(mut findings: Vec<Finding>) -> Self {
        findings.sort_by_key(Finding::rank);
        let left_out = findings.len().saturating_sub(Self::MAX_FINDINGS);
        findings.truncate(Self::MAX_FINDINGS);
        Self { findings, left_out }
    }

    /// The findings, the gravest first; among equals by channel, and then in the order of the inputs.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// How many findings there were beyond [`Report::MAX_FINDINGS`].
    pub const fn left_out(&self) -> usize {
        self.left_out
    }

    /// What it comes to.
    pub fn verdict(&self) -> ReportVerdict {
        match self.findings.first().map(Finding::severity) {
            None | Some(Severity::Note) => ReportVerdict::Clean,
            Some(Severity::Warning) => ReportVerdict::Warnings,
            Some(Severity::Error) => ReportVerdict::Errors,
        }
    }

    /// How many findings are of this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity() == severity).count()
    }

    /// The findings as a Markdown table.
    pub fn to_markdown(&self) -> String {
        let mut text = format!("**{}**\n", self.summary());
        if !self.findings.is_empty() {
            text.push_str("\n| | rule | where | what | what to do | source |\n|---|---|---|---|---|---|\n");
        }
        for finding in &self.findings {
            let vendor = finding.vendor().map(|vendor| format!(" ({vendor})")).unwrap_or_default();
            let cells = [
                finding.severity().to_string(),
                format!("`{}`", finding.rule()),
                format!("{}{vendor}", finding.place()),
                finding.cause().to_owned(),
                finding.fix().to_owned(),
                finding.source().document().to_owned(),
            ];
            for cell in cells {
                text.push_str("| ");
                text.push_str(&cell.replace('|', "\\|").replace('\n', " "));
                text.push(' ');
            }
            text.push_str("|\n");
        }
        text
    }

    fn summary(&self) -> String {
        let counted = |severity| {
            let count = self.count(severity);
            let plural = if count == 1 { "" } else { "s" };
            format!("{count} {severity}{plural}")
        };
        format!(
            "{}: {}, {}, {}",
            self.verdict(),
            counted(Severity::Error),
            counted(Severity::Warning),
            counted(Severity::Note)
        )
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for finding in &self.findings {
            writeln!(f, "{finding:#}")?;
        }
        if self.left_out > 0 {
            writeln!(f, "{} more findings left out", self.left_out)?;
        }
        f.write_str(&self.summary())
    }
}

impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Document<'a> {
            version: u32,
            verdict: ReportVerdict,
            findings: &'a [Finding],
            left_out: usize,
        }
        let Self { findings, left_out } = self;
        let document =
            Document { version: Self::VERSION, verdict: self.verdict(), findings, left_out: *left_out };
        document.serialize(serializer)
    }
}

/// What the findings before shipping come to. Notes do not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "nothing, warnings at worst, or errors")]
pub enum ReportVerdict {
    /// Nothing is known against the set-up.
    Clean,
    /// It works, less well than it could.
    Warnings,
    /// Something does not work.
    Errors,
}

impl fmt::Display for ReportVerdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Clean => "clean",
            Self::Warnings => "warnings",
            Self::Errors => "errors",
        })
    }
}
