//! What the checks found, and what of that a team has accepted for a while.

use std::fmt;

use serde::Serialize;
use thiserror::Error;

use super::rules::{rule, rule_id};
use crate::finding::{Finding, Rule, RuleId, Severity};
use crate::secret::Hidden;
use crate::time::UnixTime;

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
    /// The version of the serde form. It changes with the names and meanings of its members, not with the
    /// catalogue.
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

    /// How many findings [`Waivers`] have taken out.
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
        [Severity::Error, Severity::Warning, Severity::Note].map(counted).join(", ") + &waived
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

    /// The word for a phone.
    pub(super) const fn of_phone(self) -> &'static str {
        match self {
            Self::Clean => "ready",
            Self::Warnings => "degraded",
            Self::Errors => "broken",
        }
    }
}

const UNUSED: RuleId = rule_id("waiver-unused");
const EXPIRED: RuleId = rule_id("waiver-expired");

/// The findings that a team accepts for a while: a file that a build keeps beside its code.
///
/// One waiver a line: `RULE until YYYY-MM-DD: REASON`, or `RULE in PLACE until YYYY-MM-DD: REASON` for the
/// findings whose place contains PLACE. The last day counts, in UTC. `#` begins a comment line. A waiver that
/// matches nothing or has expired is a finding itself (`waiver-unused`, `waiver-expired`). `Debug` shows no
/// PLACE and no REASON.
///
/// ```
/// use tim_offline_push::doctor::{Preflight, ReportVerdict, Waivers};
/// use tim_offline_push::time::UnixTime;
///
/// let waivers = Waivers::read("certificate-id-shared until 2027-01-31: Honor's certificate is on its way")?;
/// let report = Preflight::new()
///     .with_config_text(r#"{"huaweiPushBussinessId": "30206", "honorPushBussinessId": "30206"}"#)
///     .with_waivers(waivers, UnixTime::from_secs(1_800_000_000)) // 15 January 2027
///     .check();
/// assert_eq!((report.verdict(), report.waived()), (ReportVerdict::Clean, 1));
/// # Ok::<(), tim_offline_push::doctor::WaiverError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waivers {
    lines: Vec<Waiver>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Waiver {
    line: usize,
    rule: &'static Rule,
    /// Empty for any.
    place: Hidden,
    last_day: UnixTime,
}

impl Waivers {
    /// The most waivers that are read.
    pub const MAX: usize = 1_000;

    /// Reads a file of waivers.
    ///
    /// # Errors
    /// [`WaiverError`] with the first line that cannot be used.
    pub fn read(text: &str) -> Result<Self, WaiverError> {
        let mut lines = Vec::new();
        let numbered = (1_usize..).zip(text.lines().map(str::trim));
        for (line, text) in numbered.filter(|(_, text)| !text.is_empty() && !text.starts_with('#')) {
            if lines.len() == Self::MAX {
                return Err(WaiverError { line, why: "more than 1000 waivers" });
            }
            lines.push(Waiver::read(line, text)?);
        }
        Ok(Self { lines })
    }

    /// Takes out what is waived, and says how many that were.
    pub(super) fn apply(&self, today: UnixTime, findings: &mut Vec<Finding>) -> usize {
        let today = today.start_of_day();
        let mut own = Vec::new();
        for waiver in &self.lines {
            let place = format!("waivers: line {}", waiver.line);
            if !findings.iter().any(|finding| waiver.matches(finding)) {
                own.push(UNUSED.at(place, format!("no finding of {} matches it", waiver.rule)));
            } else if today > waiver.last_day {
                own.push(EXPIRED.at(place, format!("the waiver of {} has expired", waiver.rule)));
            }
        }
        let before = findings.len();
        let valid = self.lines.iter().filter(|waiver| today <= waiver.last_day);
        findings.retain(|finding| !valid.clone().any(|waiver| waiver.matches(finding)));
        let waived = before.saturating_sub(findings.len());
        findings.extend(own);
        waived
    }
}

impl Waiver {
    fn read(line: usize, text: &str) -> Result<Self, WaiverError> {
        let failed = |why| WaiverError { line, why };
        let shape = failed("expected RULE [in PLACE] until YYYY-MM-DD: REASON");
        let (subject, rest) = text.split_once(" until ").ok_or(shape)?;
        let (id, place) = subject.split_once(" in ").unwrap_or((subject, ""));
        let no_rule = failed("no such rule; doctor::rules has them all");
        let rule = rule(id.trim()).ok_or(no_rule)?;
        let (date, reason) = rest.split_once(':').unwrap_or((rest, ""));
        let last_day = UnixTime::from_date(date.trim()).ok_or(shape)?;
        if reason.trim().is_empty() {
            return Err(failed("no reason; write it after the date and a colon"));
        }
        Ok(Self { line, rule, place: Hidden(place.trim().into()), last_day })
    }

    fn matches(&self, finding: &Finding) -> bool {
        self.rule == finding.rule() && finding.place().contains(&*self.place.0)
    }
}

/// Why a line is no waiver. `Display` names the line and the reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[error("waivers: line {line}: {why}")]
pub struct WaiverError {
    line: usize,
    why: &'static str,
}
