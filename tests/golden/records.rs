//! Reads the records of a family, counts what passes, and holds the failures against
//! `tests/expected_failures.txt`.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// What one family found.
pub(crate) struct Tally {
    family: &'static str,
    total: usize,
    failed: Vec<(String, String)>,
    remark: String,
}

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Runs `check` over every record of `file`. `None` if `GOLDEN_DIR` is set and has no such file.
pub(crate) fn run(
    family: &'static str,
    file: &str,
    mut check: impl FnMut(&Value) -> Result<(), String>,
) -> Option<Tally> {
    let held_back = std::env::var_os("GOLDEN_DIR").map(PathBuf::from);
    let path = held_back.clone().unwrap_or_else(|| project("tests/data")).join(file);
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if held_back.is_some() && error.kind() == std::io::ErrorKind::NotFound => {
            say(&format!("golden {family}: skipped, no {file}"));
            return None;
        }
        Err(error) => panic!("{}: {error}", path.display()),
    };
    let text = String::from_utf8_lossy(&bytes);
    let text = text.trim_start_matches('\u{feff}');
    let mut tally = Tally { family, total: 0, failed: Vec::new(), remark: String::new() };
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let record = serde_json::from_str(line).unwrap_or(Value::Null);
        tally.total += 1;
        if let Err(why) = one(&record, &mut check) {
            let id = record["id"].as_str().map_or_else(|| format!("line {}", number + 1), str::to_owned);
            tally.failed.push((id, why));
        }
    }
    Some(tally)
}

/// A record that cannot be read, or whose check panics, is one that failed: the others are checked all the
/// same.
fn one(record: &Value, check: &mut impl FnMut(&Value) -> Result<(), String>) -> Result<(), String> {
    if !record.is_object() {
        return Err("not a JSON object".to_owned());
    }
    let checked = std::panic::catch_unwind(AssertUnwindSafe(|| check(record)));
    checked.unwrap_or_else(|panic| {
        let told = panic.downcast_ref::<String>().map(String::as_str);
        let told = told.or_else(|| panic.downcast_ref::<&str>().copied());
        Err(format!("panicked: {}", told.unwrap_or_default()))
    })
}

impl Tally {
    /// Adds words behind the closing line, such as `(45 exact)`.
    pub(crate) fn remark(mut self, remark: impl Into<String>) -> Self {
        self.remark = remark.into();
        self
    }

    /// Prints the closing line, then asserts: against `tests/data/` the failures must be exactly those listed
    /// in `tests/expected_failures.txt` for `prefix`; elsewhere there must be none.
    pub(crate) fn finish(self, prefix: &str) {
        let passed = self.total - self.failed.len();
        let remark = if self.remark.is_empty() { String::new() } else { format!(" {}", self.remark) };
        say(&format!("golden {}: {passed} of {}{remark}", self.family, self.total));
        for (id, why) in self.failed.iter().take(40) {
            say(&format!("  {id}: {why}"));
        }
        let failed: BTreeSet<String> = self.failed.into_iter().map(|(id, _)| id).collect();
        let expected = if std::env::var_os("GOLDEN_DIR").is_some() {
            BTreeSet::new()
        } else {
            expected_failures(prefix)
        };
        assert_eq!(
            failed, expected,
            "golden {}: failures differ from tests/expected_failures.txt",
            self.family
        );
    }
}

/// The ids listed in `tests/expected_failures.txt` that begin with `prefix`. Each line is `id reason`; `#`
/// starts a comment.
fn expected_failures(prefix: &str) -> BTreeSet<String> {
    let text =
        std::fs::read_to_string(project("tests/expected_failures.txt")).expect("tests/expected_failures.txt");
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|id| id.starts_with(prefix))
        .map(str::to_owned)
        .collect()
}

/// Each id in `tests/expected_failures.txt` stands once and belongs to a record of `tests/data/`.
pub(crate) fn expected_failures_name_records_once() {
    let text =
        std::fs::read_to_string(project("tests/expected_failures.txt")).expect("tests/expected_failures.txt");
    let listed =
        text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).count();
    let ids = expected_failures("");
    assert_eq!(listed, ids.len(), "an id is listed twice");
    let mut known = BTreeSet::new();
    for entry in std::fs::read_dir(project("tests/data")).expect("tests/data") {
        let path = entry.expect("an entry of tests/data").path();
        if path.extension().is_some_and(|extension| extension == "jsonl") {
            for line in std::fs::read_to_string(&path).expect("a data file").lines() {
                let record: Value = serde_json::from_str(line).expect("a record");
                known.insert(record["id"].as_str().expect("an id").to_owned());
            }
        }
    }
    assert!(ids.is_subset(&known), "not in tests/data: {:?}", ids.difference(&known).collect::<Vec<_>>());
}

/// Writes a line that the test harness does not capture.
pub(crate) fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").expect("standard output");
}
