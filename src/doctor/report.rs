//! What the checks found, and the catalogue of all rules.

use std::fmt::{self, Write as _};

use serde::Serialize;

use super::{
    click, components, config, device, keys, launch, loopback, phone, platforms, project, push, push_sdks,
    target, vendor_files, waivers,
};
use crate::finding::{Finding, Rule, Severity};
use crate::message;

/// What a check found, the most severe first, and the verdict.
///
/// `Display` writes each finding with its fix below, [`Report::to_markdown`] a table; serde writes a
/// document with [`Report::VERSION`] in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    version: u32,
    verdict: ReportVerdict,
    findings: Vec<Finding>,
    left_out: usize,
    waived: usize,
}

impl Report {
    /// The version of the serde form. It changes with the names and meanings of its members, not with the catalogue.
    pub const VERSION: u32 = 1;

    /// The most findings that are kept: the most severe.
    pub const MAX_FINDINGS: usize = 1024;

    pub(super) fn of(mut findings: Vec<Finding>, waived: usize) -> Self {
        findings.sort_by_key(Finding::rank);
        let left_out = findings.len().saturating_sub(Self::MAX_FINDINGS);
        findings.truncate(Self::MAX_FINDINGS);
        let verdict = ReportVerdict::of(&findings);
        Self { version: Self::VERSION, verdict, findings, left_out, waived }
    }

    /// The findings, the most severe first, then by vendor, then in the order of the inputs.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// How many findings there were beyond [`Report::MAX_FINDINGS`].
    pub const fn left_out(&self) -> usize {
        self.left_out
    }

    /// How many findings [`Waivers`](super::Waivers) have taken out.
    pub const fn waived(&self) -> usize {
        self.waived
    }

    /// The verdict.
    pub const fn verdict(&self) -> ReportVerdict {
        self.verdict
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
            let cells = cells.map(|cell| cell.replace('|', "\\|").replace('\n', " "));
            text.extend(["| ", &cells.join(" | "), " |\n"]);
        }
        text
    }

    fn summary(&self) -> String {
        let counted = |severity| {
            let count = self.count(severity);
            let plural = if count == 1 { "" } else { "s" };
            format!("{count} {severity}{plural}")
        };
        let waived = if self.waived > 0 { format!(", {} waived", self.waived) } else { String::new() };
        let counts = [Severity::Error, Severity::Warning, Severity::Note].map(counted);
        counts.join(", ") + &waived
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

/// The verdict on a set-up. Notes do not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "nothing, warnings at worst, or errors")]
pub enum ReportVerdict {
    /// Nothing has to change.
    Clean,
    /// It works, but less well than it could.
    Warnings,
    /// Something does not work.
    Errors,
}

impl ReportVerdict {
    /// The verdict of sorted findings.
    pub(super) fn of(findings: &[Finding]) -> Self {
        match findings.first().map(Finding::severity) {
            None | Some(Severity::Note) => Self::Clean,
            Some(Severity::Warning) => Self::Warnings,
            Some(Severity::Error) => Self::Errors,
        }
    }

    /// The words for a set-up and for a phone.
    pub(super) const fn words(self) -> [&'static str; 2] {
        match self {
            Self::Clean => ["clean", "ready"],
            Self::Warnings => ["warnings", "degraded"],
            Self::Errors => ["errors", "broken"],
        }
    }
}

impl fmt::Display for ReportVerdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.words()[0])
    }
}

/// The rules in families: the name, and a list for each source file of the family, or several by subject.
const FAMILIES: [(&str, &[&[&[&Rule]]]); 9] = [
    ("Configuration", &[config::ALL, &[keys::ALL]]),
    ("Build files and vendors' files", &[&[project::ALL, vendor_files::ALL]]),
    ("Manifest and source", &[components::ALL, &[push_sdks::ALL, push::SOURCE_RULES]]),
    ("Taps", &[click::ALL, target::ALL, &[launch::ALL]]),
    ("Messages", &[&[push::ALL, message::rules::ALL]]),
    ("Apple and HarmonyOS", &[&[platforms::ALL]]),
    ("Phones", &[device::ALL]),
    ("On the phone", &[phone::ALL, &[loopback::ALL]]),
    ("Waivers", &[&[waivers::ALL]]),
];

/// Every rule that the doctor checks, in the order of the [`catalogue`].
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    FAMILIES.into_iter().flat_map(|(_, files)| files.iter().copied().flatten().copied().flatten().copied())
}

/// The rule with this id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    rules().find(|rule| rule.id() == id)
}

/// An input in which the rule finds something, and a similar one in which it finds nothing. Both are options of the example
/// program `doctor`, one per line, with the text of a file in place of its name. `LONG` stands for 5000 letters, a manifest
/// without its root element belongs to the package `com.example.im`, and `phone:` names a situation of a registrar. The tests
/// run both.
pub fn examples(rule: &Rule) -> Option<(&'static str, &'static str)> {
    let (_, rest) = EXAMPLES.split_once(&format!("rule: {rule}\nfound in:\n"))?;
    let (found, rest) = rest.split_once("\nnot in:\n")?;
    Some((found, rest.split_once("\n\nrule: ").map_or_else(|| rest.trim_end(), |(not_found, _)| not_found)))
}

const EXAMPLES: &str = include_str!("examples.txt");

/// The catalogue as a page of Markdown, each rule with its [`examples`]. The example program prints it:
/// `cargo run --example doctor -- --rules`.
pub fn catalogue() -> String {
    let mut page = String::new();
    for (family, files) in FAMILIES {
        // Writing into a String does not fail.
        let _ = writeln!(page, "## {family}\n");
        for rule in files.iter().copied().flatten().copied().flatten() {
            let _ = writeln!(page, "### `{}` ({})\n", rule.id(), rule.severity());
            let _ = writeln!(page, "{}\nFix: {}.\n", rule.summary(), rule.fix());
            if let Some((found, not_found)) = examples(rule) {
                let _ = writeln!(page, "Found in:\n\n```text\n{found}\n```\n");
                let _ = writeln!(page, "Not in:\n\n```text\n{not_found}\n```\n");
            }
            let _ = writeln!(page, "Source: {}\n", rule.source());
        }
    }
    page
}
