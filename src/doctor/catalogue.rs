//! The catalogue: every rule, in families.

use std::fmt::Write as _;

use super::rules::{click, config, device, manifest, phone, push};
use crate::finding::Rule;
use crate::message::rules as message_rules;

const FAMILIES: [(&str, &[&Rule]); 7] = [
    ("Configuration", config::ALL),
    ("Manifest and source", manifest::ALL),
    ("Taps", click::ALL),
    ("Messages", message_rules::ALL),
    ("Messages and the app", push::ALL),
    ("Phones", device::ALL),
    ("On the phone", phone::ALL),
];

/// Every rule that the doctor checks, in the order of the [`catalogue`].
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    FAMILIES.into_iter().flat_map(|(_, rules)| rules.iter().copied())
}

/// The rule with this id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    rules().find(|rule| rule.id() == id)
}

/// The catalogue as a page of Markdown, each rule with an input that breaks it and one that does not. The example program
/// prints it: `cargo run --example doctor -- --rules`.
///
/// An example is a list of options of that program, one per line, with the text of a file in place of its name. `LONG` stands
/// for 5000 letters, a manifest without its root element belongs to the package `com.example.im`, and `phone:` names a
/// situation of a registrar.
pub fn catalogue() -> String {
    let mut page = String::new();
    for (family, rules) in FAMILIES {
        // Writing into a String does not fail.
        let _ = writeln!(page, "## {family}\n");
        for rule in rules {
            let _ = writeln!(page, "### `{}` ({})\n", rule.id(), rule.severity());
            let _ = writeln!(page, "{}\nFix: {}.\n", rule.summary(), rule.fix());
            let _ = writeln!(page, "Found in:\n\n```text\n{}\n```\n", rule.bad_example());
            let _ = writeln!(page, "Not in:\n\n```text\n{}\n```\n", rule.good_example());
            let _ = writeln!(page, "Source: {}\n", rule.source());
        }
    }
    page
}
