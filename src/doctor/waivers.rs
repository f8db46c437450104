//! Findings that a team has accepted for a while, each with a reason and a last day.

use thiserror::Error;

use super::report;
use crate::finding::{Finding, Rule};
use crate::time::UnixTime;
use crate::vendor::Source;

pub(super) const ALL: &[&Rule] = &[UNUSED, EXPIRED];

const OWN: Source = Source::read("tim_offline_push::doctor::Waivers");

const UNUSED: &Rule = &Rule::warning("waiver-unused", OWN)
    .says("A waiver matches no finding: what it accepted is gone, or its place is spelled differently.")
    .with_fix("remove the line, or write the place as the finding has it");

const EXPIRED: &Rule = &Rule::warning("waiver-expired", OWN)
    .says("The last day of a waiver is over, so its findings count again.")
    .with_fix("fix what was waived, or write a new last day with a new reason");

/// The findings that a team accepts for a while: a file that a build keeps beside its code.
///
/// One waiver a line: `RULE until YYYY-MM-DD: REASON`, or `RULE in PLACE until YYYY-MM-DD: REASON` for the findings whose
/// place contains PLACE. The last day counts, in UTC. `#` begins a comment line. A waiver that matches nothing or has expired is a finding
/// itself (`waiver-unused`, `waiver-expired`).
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
    place: Box<str>,
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
        let mut used = vec![false; self.lines.len()];
        let before = findings.len();
        findings.retain(|finding| {
            let mut is_waived = false;
            for (waiver, used) in self.lines.iter().zip(&mut used) {
                if waiver.matches(finding) {
                    *used = true;
                    is_waived |= today <= waiver.last_day;
                }
            }
            !is_waived
        });
        let waived = before.saturating_sub(findings.len());
        for (waiver, used) in self.lines.iter().zip(used) {
            let place = format!("waivers: line {}", waiver.line);
            if !used {
                let cause = format!("no finding of {} matches it", waiver.rule);
                findings.push(UNUSED.at(place, cause));
            } else if today > waiver.last_day {
                findings.push(EXPIRED.at(place, format!("the waiver of {} has expired", waiver.rule)));
            }
        }
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
        let rule = report::rule(id.trim()).ok_or(no_rule)?;
        let (date, reason) = rest.split_once(':').unwrap_or((rest, ""));
        let last_day = UnixTime::from_date(date.trim()).ok_or(shape)?;
        if reason.trim().is_empty() {
            return Err(failed("no reason; write it after the date and a colon"));
        }
        Ok(Self { line, rule, place: place.trim().into(), last_day })
    }

    fn matches(&self, finding: &Finding) -> bool {
        self.rule == finding.rule() && finding.place().contains(&*self.place)
    }
}

/// Why a line is no waiver. `Display` names the line and the reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[error("waivers: line {line}: {why}")]
pub struct WaiverError {
    line: usize,
    why: &'static str,
}
