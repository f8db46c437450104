//! The rules of the doctor, which `rules.txt` has, and the catalogue of all.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::LazyLock;

use crate::finding::{Finding, Rule};
use crate::message;
use crate::vendor::Source;

/// A rule of the doctor, by its id. Whatever else there is to say of it is in the table.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct RuleId(pub(super) &'static str);

impl RuleId {
    /// The rule. The tests compare the ids in the code with the table: none is missing there.
    pub(super) fn rule(self) -> &'static Rule {
        rule(self.0).unwrap_or(&const { Rule::error("", Source::PUBLIC_CODE) })
    }

    /// A finding of this rule: where, and what was found.
    pub(super) fn at(
        self,
        place: impl Into<Cow<'static, str>>,
        cause: impl Into<Cow<'static, str>>,
    ) -> Finding {
        self.rule().at(place, cause)
    }
}

const TABLE: &str = include_str!("rules.txt");

/// The rules in families, by name.
static FAMILIES: LazyLock<Vec<(&str, Vec<Rule>)>> = LazyLock::new(|| {
    let families = TABLE.split("\n## ").skip(1).map(|family| {
        let mut blocks = family.split("\n\n");
        let name = blocks.next().unwrap_or_default();
        let own = blocks.filter_map(read);
        // Those of a push alone are the message's.
        let of_pushes = message::rules::ALL.iter().filter(|_| name == "Messages").map(|rule| **rule);
        (name, own.chain(of_pushes).collect())
    });
    families.collect()
});

/// Reads a block of the table.
fn read(block: &'static str) -> Option<Rule> {
    let mut lines = block.lines();
    let mut head = lines.next()?.split(' ');
    let (severity, id, source) = (head.next()?, head.next()?, head.next()?);
    let document = TABLE.lines().find_map(|line| line.strip_prefix(source)?.strip_prefix(" = "))?;
    let new = match severity {
        "error" => Rule::error,
        "warning" => Rule::warning,
        _ => Rule::note,
    };
    Some(new(id, Source::read(document)).says(lines.next()?).with_fix(lines.next()?))
}

/// Every rule that the doctor checks, in the order of the [`catalogue`].
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    FAMILIES.iter().flat_map(|(_, rules)| rules)
}

/// The rule with this id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    rules().find(|rule| rule.id() == id)
}

/// An input in which the rule finds something, and a similar one in which it finds nothing. Both are options
/// of the example program `doctor`, one per line, with the text of a file in place of its name. `LONG` stands
/// for 5000 letters, a manifest without its root element belongs to the package `com.example.im`, and
/// `phone:` names a situation of a registrar. The tests run both.
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
    for (family, rules) in FAMILIES.iter() {
        // Writing into a String does not fail.
        let _ = writeln!(page, "## {family}\n");
        for rule in rules {
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
