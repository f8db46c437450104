//! The files that the texts name exist.

use std::fs;
use std::path::{Path, PathBuf};

/// The folders in which a text may name a file.
const FOLDERS: [&str; 7] = ["src", "tests", "examples", "benches", "fuzz", ".ci", ".github"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if !path.is_dir() {
            found.push(path.strip_prefix(root()).unwrap().to_owned());
        } else if !path.ends_with("target") {
            files(&path, found);
        }
    }
}

/// The code spans of a text that name a file or a folder of the repository. A text that says
/// `registrar/machine/mod.rs` or `wanted.rs` means a source file by the end of its path.
fn named(text: &str) -> impl Iterator<Item = &str> {
    let outside = text.split("```").step_by(2);
    outside.flat_map(|part| part.split('`').skip(1).step_by(2)).filter(|span| {
        let first = span.split('/').next().unwrap();
        let is_path = span.contains('/') && FOLDERS.contains(&first);
        let is_source = span.strip_suffix(".rs").is_some_and(|name| !name.contains([' ', '*', ':']));
        is_path && !span.contains([' ', '*', ':']) || is_source
    })
}

#[test]
fn every_named_file_exists() {
    let mut all = Vec::new();
    for folder in FOLDERS {
        files(&root().join(folder), &mut all);
    }
    let mut count = 0;
    let texts = ["README.md", "README.zh-CN.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md"];
    for text in texts {
        for name in named(&fs::read_to_string(root().join(text)).unwrap()) {
            let exists = root().join(name).exists() || all.iter().any(|path| path.ends_with(name));
            assert!(exists, "{text} names {name}");
            count += 1;
        }
    }
    assert!(count > 40, "{count} names");
}

#[test]
fn names_are_found() {
    let text =
        "In `src/lib.rs`, `wanted.rs` and `tests/data`, not `a b.rs` or `x.json`.\n```sh\n`src/no`\n```\n";
    assert_eq!(named(text).collect::<Vec<_>>(), ["src/lib.rs", "wanted.rs", "tests/data"]);
}
