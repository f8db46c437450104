//! Rules whose words stand in a table of text.

use super::model::Text;
use super::{Finding, Rule, Severity};
use crate::vendor::Source;

/// A rule by its id, and the table that has its words.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RuleId {
    pub(crate) id: &'static str,
    find: fn(&str) -> Option<&'static Rule>,
}

impl RuleId {
    pub(crate) const fn new(id: &'static str, find: fn(&str) -> Option<&'static Rule>) -> Self {
        Self { id, find }
    }

    /// The rule. The tests compare the ids in the code with the tables: none is missing there.
    pub(crate) fn rule(self) -> &'static Rule {
        (self.find)(self.id).unwrap_or(&UNKNOWN)
    }

    /// Whether it found this.
    pub(crate) fn found(self, finding: &Finding) -> bool {
        finding.rule().id() == self.id
    }

    /// A finding of this rule: where, and what was found.
    pub(crate) fn at(self, place: impl Into<Text>, cause: impl Into<Text>) -> Finding {
        self.rule().found(place.into(), cause.into())
    }
}

static UNKNOWN: Rule =
    Rule { id: "unknown", severity: Severity::Error, summary: "", fix: "", source: Source::CRATE };

/// Reads the rules in a part of a table. A block between empty lines is a rule: how bad it is, its id and
/// where it stands; what goes wrong; what to do. A line `WORD = document` says what a word stands for.
pub(crate) fn read_rules(table: &'static str, part: &'static str) -> impl Iterator<Item = Rule> {
    part.split("\n\n").filter_map(|block| {
        let mut lines = block.lines();
        let mut head = lines.next()?.split(' ');
        let (severity, id, source) = (head.next()?, head.next()?, head.next()?);
        let mut severities = [Severity::Note, Severity::Warning, Severity::Error].into_iter();
        let severity = severities.find(|known| known.as_str() == severity)?;
        let document = table.lines().find_map(|line| line.strip_prefix(source)?.strip_prefix(" = "))?;
        let (summary, fix) = (lines.next()?, lines.next()?);
        Some(Rule { id, severity, summary, fix, source: Source::noted(document) })
    })
}
