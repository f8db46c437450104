//! Every command that a text prints is run by `.ci/run`, or stands among the exceptions with a reason.

#![allow(clippy::string_slice, reason = "the places are those of characters that were found")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const LIST: &str = include_str!("../../.ci/commands/list");
const EXCEPTIONS: &str = include_str!("../../.ci/commands/exceptions");
const STEPS: &str = include_str!("../../.ci/run");

/// The programs by which a command is known outside of a block that holds nothing else.
const PROGRAMS: [&str; 7] = ["cargo", "bash", "./", "npm", "adb", "readelf", "rustup"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files of that kind below a folder, but build output.
fn files(folder: &Path, suffix: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("target") {
            files(&path, suffix, found);
        } else if path.extension().is_some_and(|extension| extension == suffix) {
            found.push(path);
        }
    }
}

/// The text for people in a file: all of a Markdown file, the documentation in a Rust file.
fn prose(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    if path.extension().is_some_and(|extension| extension == "md") {
        return text;
    }
    let lines = text.lines().map(str::trim_start);
    let lines = lines.filter_map(|line| line.strip_prefix("//!").or_else(|| line.strip_prefix("///")));
    lines.flat_map(|line| [line.strip_prefix(' ').unwrap_or(line), "\n"]).collect()
}

/// Whether a text begins with a program of the list, after the variables that are set for it.
fn is_command(text: &str) -> bool {
    let mut rest = text;
    while let Some((name, value)) = rest.split_once('=') {
        if name.is_empty() || !name.chars().all(|c| c.is_ascii_uppercase() || c == '_') {
            break;
        }
        let end = match value.strip_prefix('"') {
            Some(quoted) => quoted.find('"').map_or(value.len(), |at| at + 2),
            None => value.find(' ').unwrap_or(value.len()),
        };
        rest = value[end..].trim_start();
    }
    PROGRAMS.iter().any(|program| {
        let after = rest.strip_prefix(program);
        after.is_some_and(|after| program.ends_with('/') || after.starts_with(' '))
    })
}

/// A line without prompt and comment.
fn bare(line: &str) -> &str {
    let line = line.trim();
    let line = line.strip_prefix("$ ").unwrap_or(line);
    line.split_once(" #").map_or(line, |(command, _)| command).trim_end()
}

/// The commands of a code block.
fn block_commands(language: &str, block: &str) -> Vec<String> {
    let block = block.replace("\\\n", " ");
    match language {
        "sh" | "bash" | "console" => {
            let lines = block.lines().filter(|line| !line.trim_start().starts_with('#')).map(bare);
            lines.filter(|line| !line.is_empty()).map(one_space).collect()
        }
        "text" => {
            let lines = block.lines().map(bare);
            let lines = lines.filter(|line| line.split(" | ").any(is_command));
            lines.map(one_space).collect()
        }
        "yaml" => {
            // The lines below `run: >` are one command.
            let mut commands = Vec::new();
            let mut lines = block.lines().peekable();
            while let Some(line) = lines.next() {
                let Some((before, command)) = line.split_once("run:") else { continue };
                let mut command = command.trim().trim_start_matches(['>', '|']).to_owned();
                let deep = |next: &&str| next.len() - next.trim_start().len() > before.len();
                while let Some(next) = lines.next_if(deep) {
                    command = format!("{command} {}", next.trim());
                }
                commands.push(one_space(&command));
            }
            commands
        }
        _ => Vec::new(),
    }
}

fn one_space(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The commands in code spans: a span ends in the paragraph in which it begins.
fn span_commands(text: &str) -> Vec<String> {
    let paragraphs = text.split("\n\n");
    let spans = paragraphs.flat_map(|paragraph| paragraph.split('`').skip(1).step_by(2).map(one_space));
    spans.filter(|span| is_command(span)).collect()
}

/// All commands of a text.
fn commands(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = String::new();
    let mut block: Option<(String, String)> = None;
    for line in text.lines() {
        let fence = line.trim_start().strip_prefix("```");
        match (&mut block, fence) {
            (None, Some(language)) => block = Some((language.trim().to_owned(), String::new())),
            (None, None) => rest = rest + line + "\n",
            (Some((_, inside)), None) => *inside = inside.clone() + line + "\n",
            (Some((language, inside)), Some(_)) => {
                found.extend(block_commands(language, inside));
                block = None;
            }
        }
    }
    found.extend(span_commands(&rest));
    found
}

/// Each command, with the files that print it.
fn printed() -> BTreeMap<String, BTreeSet<String>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(root()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "md") {
            paths.push(path);
        }
    }
    for folder in ["src", "examples", "tests", "benches", "fuzz"] {
        files(&root().join(folder), "md", &mut paths);
        files(&root().join(folder), "rs", &mut paths);
    }
    let mut printed = BTreeMap::<_, BTreeSet<_>>::new();
    for path in paths {
        let name = path.strip_prefix(root()).unwrap().display().to_string();
        for command in commands(&prose(&path)) {
            printed.entry(command).or_default().insert(name.clone());
        }
    }
    printed
}

/// The commands that `.ci/run` runs: those of the list, and its own steps.
fn run() -> BTreeSet<String> {
    let lines = LIST.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let listed = lines.map(|line| one_space(line.splitn(3, ' ').last().unwrap()));
    listed.collect()
}

fn steps() -> BTreeSet<String> {
    STEPS.lines().map(|line| one_space(&line.replace(" --locked", ""))).collect()
}

/// The exceptions: a command, and below it, indented, the reason.
fn exceptions() -> BTreeMap<String, String> {
    let mut exceptions = BTreeMap::<String, String>::new();
    let mut command = String::new();
    for line in EXCEPTIONS.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if line.starts_with(' ') {
            exceptions.entry(command.clone()).or_default().push_str(line.trim());
        } else {
            command = one_space(line);
            exceptions.insert(command.clone(), String::new());
        }
    }
    exceptions
}

#[test]
fn every_command_is_run_or_excepted() {
    let (run, steps, exceptions) = (run(), steps(), exceptions());
    let printed = printed();
    assert!(printed.len() > 40, "{printed:#?}");
    let unknown: Vec<_> = printed
        .iter()
        .filter(|(command, _)| {
            !run.contains(*command) && !steps.contains(*command) && !exceptions.contains_key(*command)
        })
        .collect();
    assert!(unknown.is_empty(), "neither in .ci/commands/list nor in .ci/commands/exceptions: {unknown:#?}");
}

#[test]
fn every_exception_has_a_reason_and_a_text() {
    let (run, printed) = (run(), printed());
    for (command, reason) in exceptions() {
        assert!(reason.len() > 10, "no reason: {command}");
        assert!(printed.contains_key(&command), "no text prints it: {command}");
        assert!(!run.contains(&command), "it is run: {command}");
    }
}

#[test]
fn every_listed_command_stands_in_a_text() {
    let printed = printed();
    for command in run() {
        assert!(printed.contains_key(&command), "no text prints it: {command}");
    }
}

#[test]
fn commands_are_found_in_every_form() {
    let text = "Run `cargo run --example a`, or `A_B=\"x y\" cargo\ntest`, not `cargo`.\n\n\
        ```sh\ncargo b   # why\n# a comment\nls\n```\n\n\
        ```text\necho '{}' | cargo c \\\n  --d\nnothing\n```\n\n\
        ```yaml\n  - run: >\n      cargo e\n      f\n  - run: bash g\n```\n\n```rust\ncargo no\n```\n";
    let expected = [
        "cargo b",
        "ls",
        "echo '{}' | cargo c --d",
        "cargo e f",
        "bash g",
        "cargo run --example a",
        "A_B=\"x y\" cargo test",
    ];
    assert_eq!(commands(text), expected);
}
