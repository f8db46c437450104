use std::collections::BTreeSet;
use std::path::Path;

use tim_offline_push::doctor::{self, rules};
use tim_offline_push::finding::Rule;

use crate::input;

#[test]
fn every_rule_finds_its_example_and_leaves_the_other_in_peace() {
    let mut wrong = Vec::new();
    for rule in rules() {
        let (bad, good) = doctor::examples(rule).unwrap_or_else(|| panic!("{rule} lacks an example"));
        let found = |input| input::rules(input).contains(&rule.id());
        if !found(bad) {
            wrong.push(format!("{rule} does not find its example: {:?}", input::rules(bad)));
        }
        if found(good) {
            wrong.push(format!("{rule} finds what keeps it: {:?}", input::findings(good)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn ids_are_kebab_case_and_stand_once() {
    let ids: BTreeSet<&str> = rules().map(Rule::id).collect();
    assert_eq!(ids.len(), rules().count());
    for rule in rules() {
        assert!(rule.id().bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{rule}");
        assert!(rule.summary().ends_with('.') && !rule.fix().ends_with('.'), "{rule}");
        assert_eq!(doctor::rule(rule.id()), Some(rule));
    }
    assert_eq!(doctor::rule("no-such-rule"), None);
}

/// A rule that the table lacks would say nothing, and one that no code names would find nothing.
#[test]
fn the_code_names_the_rules_of_the_table() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let text = |path| std::fs::read_to_string(path).unwrap();
    let files = std::fs::read_dir(src.join("doctor")).unwrap().map(|entry| entry.unwrap().path());
    let own: String = files.map(text).collect();
    let of_pushes = ["rules.rs", "check.rs", "check_values.rs", "wire/read.rs"];
    let of_pushes: String = of_pushes.map(|name| text(src.join("message").join(name))).concat();
    let named = own.split("rule_id(\"").skip(1).chain(of_pushes.split("rule(\"").skip(1));
    let named: Vec<&str> = named.map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(named.iter().find(|id| doctor::rule(id).is_none()), None);
    assert_eq!(named.len(), rules().count());
    let examples = text(src.join("doctor/examples.txt"));
    assert_eq!(examples.lines().filter(|line| line.starts_with("rule: ")).count(), rules().count());
}

#[test]
fn the_page_has_every_rule() {
    let page = doctor::catalogue();
    assert!(rules().all(|rule| page.contains(&format!("### `{}` ({})", rule.id(), rule.severity()))));
}
