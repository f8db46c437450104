//! The rules of the doctor, which `rules.txt` has, and the catalogue of all.

use std::fmt::Write as _;
use std::sync::LazyLock;

use crate::finding::{Rule, RuleId, read_rules};
use crate::message;

/// A rule of the doctor, by its id.
pub(super) const fn rule_id(id: &'static str) -> RuleId {
    RuleId::new(id, rule)
}

/// The rules in families, by name.
static FAMILIES: LazyLock<Vec<(&str, Vec<Rule>)>> = LazyLock::new(|| {
    const TABLE: &str = include_str!("rules.txt");
    let families = TABLE.split("\n## ").skip(1).map(|family| {
        let (name, rules) = family.split_once("\n\n").unwrap_or_default();
        // Those of a push alone are the message's.
        let of_pushes = message::rules::ALL.iter().filter(|_| name == "Messages").copied();
        (name, read_rules(TABLE, rules).chain(of_pushes).collect())
    });
    families.collect()
});

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
