use std::collections::BTreeSet;
use std::path::Path;

use tim_offline_push::doctor::Rule;
use tim_offline_push::message;

use crate::input;

#[test]
fn every_rule_finds_its_example_and_leaves_the_other_in_peace() {
    let mut wrong = Vec::new();
    for rule in Rule::all() {
        let example = rule.example();
        assert!(!example.broken.is_empty() && !example.sound.is_empty(), "{rule} lacks an example");
        let found = |input| input::rules(input).contains(&rule.id());
        if !found(example.broken) {
            wrong.push(format!("{rule} does not find its example: {:?}", input::rules(example.broken)));
        }
        if found(example.sound) {
            wrong.push(format!("{rule} finds what keeps it: {:?}", input::findings(example.sound)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn ids_are_kebab_case_and_stand_once() {
    let ids: BTreeSet<&str> = Rule::all().map(Rule::id).collect();
    assert_eq!(ids.len(), Rule::all().count());
    for rule in Rule::all() {
        assert!(rule.id().bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{rule}");
        assert!(rule.sentence().ends_with('.') && !rule.fix().ends_with('.'), "{rule}");
        assert_eq!(Rule::by_id(rule.id()), Some(rule));
    }
    assert_eq!(Rule::by_id("no-such-rule"), None);
}

/// A rule that is written and not listed would be missing from the documentation.
#[test]
fn every_rule_that_is_written_is_listed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/doctor/rules");
    let written: usize = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap())
        .map(|text| text.matches(": &Rule =").count())
        .sum();
    assert_eq!(written, Rule::all().count());
}

/// Every rule of a message is one of the doctor's, under its name.
#[test]
fn rules_of_messages_keep_their_names() {
    for rule in [message::Rule::UnknownKey, message::Rule::ExtNotObject, message::Rule::LevelNeedsApproval] {
        assert!(Rule::by_id(&format!("push-{rule}")).is_some(), "{rule}");
    }
}

/// `src/doctor/rules.md` is what [`Rule::catalogue`] writes; `UPDATE_RULES=1 cargo test --test doctor` writes it.
#[test]
fn the_documentation_is_the_catalogue() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/doctor/rules.md");
    if std::env::var_os("UPDATE_RULES").is_some() {
        std::fs::write(&path, Rule::catalogue()).unwrap();
    }
    let page = std::fs::read_to_string(&path).unwrap();
    assert!(page == Rule::catalogue(), "run UPDATE_RULES=1 cargo test --test doctor");
}
