//! Both READMEs say the same: the same code, the same calls, the same sections.

const ENGLISH: &str = include_str!("../../README.md");
const CHINESE: &str = include_str!("../../README.zh-CN.md");
const GUIDE: &str = include_str!("../../src/guide/order.md");

fn code(text: &str) -> Vec<&str> {
    text.split("```").skip(1).step_by(2).collect()
}

/// The code spans of a table row, without the words around them.
fn rows(text: &str) -> Vec<Vec<&str>> {
    text.lines()
        .filter(|line| line.starts_with("| ") && line.contains('`'))
        .map(|line| line.split('`').skip(1).step_by(2).collect())
        .collect()
}

/// The lines of code without their comments, which are in the language of the text.
fn statements(text: &str) -> Vec<Vec<&str>> {
    code(text)
        .into_iter()
        .map(|block| {
            let lines = block.lines().map(|line| line.split(" // ").next().unwrap_or(line));
            let lines = lines.map(|line| line.split(" # ").next().unwrap_or(line).trim_end());
            lines.filter(|line| !line.trim_start().starts_with("//")).collect()
        })
        .collect()
}

#[test]
fn both_have_the_same_code() {
    assert!(!code(ENGLISH).is_empty());
    assert_eq!(statements(ENGLISH), statements(CHINESE));
}

#[test]
fn both_have_the_same_tables() {
    assert!(rows(ENGLISH).len() > 10);
    assert_eq!(rows(ENGLISH), rows(CHINESE));
}

#[test]
fn both_have_the_same_sections() {
    let sections = |text: &str| text.lines().filter(|line| line.starts_with("## ")).count();
    assert_eq!(sections(ENGLISH), sections(CHINESE));
}

#[test]
fn every_example_is_listed() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples");
    for entry in std::fs::read_dir(folder).expect("examples") {
        let path = entry.expect("an entry").path();
        let is_example =
            path.extension().is_some_and(|suffix| suffix == "rs") || path.join("main.rs").exists();
        if is_example {
            let name = path.file_stem().and_then(|name| name.to_str()).expect("a name");
            assert!(
                ENGLISH.contains(&format!("`{name}`")) || ENGLISH.contains(&format!("--example {name}")),
                "{name}"
            );
            assert!(GUIDE.contains(&format!("[`{name}`](https://docs.rs/")), "{name} in the guide");
        }
    }
}

#[test]
fn every_guide_is_listed() {
    let module = include_str!("../../src/guide/mod.rs");
    for line in module.lines() {
        if let Some(name) = line.strip_prefix("pub mod ").and_then(|rest| rest.strip_suffix(" {}")) {
            assert!(GUIDE.contains(&format!("[`{name}`](self::{name})")), "{name}");
        }
    }
}
