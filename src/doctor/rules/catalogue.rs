use std::fmt::Write;

use super::{click, config, device, manifest, phone, push};
use crate::doctor::Rule;

const FAMILIES: [(&str, &[&Rule]); 6] = [
    ("Configuration", config::ALL),
    ("Manifest and source", manifest::ALL),
    ("Taps", click::ALL),
    ("Messages", push::ALL),
    ("Phones", device::ALL),
    ("On the phone", phone::ALL),
];

impl Rule {
    /// Every rule, in the order of the catalogue.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        FAMILIES.into_iter().flat_map(|(_, rules)| rules.iter().copied())
    }

    /// The rule with this id.
    pub fn by_id(id: &str) -> Option<&'static Self> {
        Self::all().find(|rule| rule.id() == id)
    }

    /// The catalogue as a page of Markdown, as it stands in [`catalogue`](crate::doctor::catalogue).
    pub fn catalogue() -> String {
        let mut page = String::new();
        for (family, rules) in FAMILIES {
            let _ = writeln!(page, "## {family}\n");
            for rule in rules {
                let _ = writeln!(page, "### `{}` ({})\n", rule.id(), rule.severity());
                let _ = writeln!(page, "{}", escaped(rule.sentence()));
                let _ = writeln!(page, "What to do: {}.\n", escaped(rule.fix()));
                let example = rule.example();
                let _ = writeln!(page, "Found in:\n\n```text\n{}\n```\n", example.broken);
                let _ = writeln!(page, "Not in:\n\n```text\n{}\n```\n", example.sound);
                let _ = writeln!(page, "Source: {}\n", linked(&rule.source().to_string()));
            }
        }
        page
    }
}

/// Without HTML tags.
fn escaped(text: &str) -> String {
    text.replace('<', "\\<")
}

/// The address in angle brackets, so that it is a link.
fn linked(source: &str) -> String {
    source
        .split_inclusive(' ')
        .map(|word| {
            let address = word.trim_end_matches([' ', ',']);
            match word.strip_prefix(address) {
                Some(rest) if address.starts_with("https://") => format!("<{address}>{rest}"),
                Some(_) | None => word.to_owned(),
            }
        })
        .collect()
}
