//! What the guides quote stands in the hosts' sources, word for word, and their tables leave nothing out.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Writes the quotes into the guides instead of comparing them.
const UPDATE: &str = "UPDATE_GUIDES";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The lines between `// guide: NAME` and `// end` (with `#` where that is a comment), without their common
/// margin.
fn region(path: &str, name: &str) -> String {
    let text = read(path);
    let begin = format!("guide: {name}");
    let comment = |line: &str| line.trim().trim_start_matches(['/', '#']).trim_start().to_owned();
    let lines = text.lines().skip_while(|line| comment(line) != begin).skip(1);
    let lines: Vec<_> = lines.take_while(|line| comment(line) != "end").collect();
    assert!(!lines.is_empty(), "{path}: no {begin}");
    let margin =
        lines.iter().filter(|line| !line.is_empty()).map(|line| line.len() - line.trim_start().len());
    let margin = margin.min().unwrap();
    lines.iter().flat_map(|line| [line.get(margin..).unwrap_or_default(), "\n"]).collect()
}

/// The guide with every quote as the sources have it now.
fn quoted_anew(guide: &str) -> (String, usize) {
    let mut anew = String::new();
    let mut lines = guide.lines();
    let mut quotes = 0;
    while let Some(line) = lines.next() {
        anew += line;
        anew += "\n";
        let Some(source) = line.strip_prefix("<!-- ").and_then(|rest| rest.strip_suffix(" -->")) else {
            continue;
        };
        let (path, name) = source.split_once(": ").unwrap();
        let fence = lines.next().unwrap();
        assert!(fence.starts_with("```"), "{source}: no code follows");
        anew.extend([fence, "\n", &region(path, name), "```\n"]);
        lines.find(|line| *line == "```").unwrap();
        quotes += 1;
    }
    (anew, quotes)
}

#[test]
fn quotes_are_the_hosts_sources() {
    let mut all = 0;
    for guide in ["android", "jni", "uniffi", "node", "c_library"] {
        let path: PathBuf = root().join(format!("src/guide/{guide}.md"));
        let text = fs::read_to_string(&path).unwrap();
        let (anew, quotes) = quoted_anew(&text);
        if std::env::var_os(UPDATE).is_some() {
            fs::write(&path, anew).unwrap();
        } else {
            assert!(
                text == anew,
                "{guide}.md quotes old sources: {UPDATE}=1 cargo test --test examples guides"
            );
        }
        all += quotes;
    }
    assert!(all >= 10, "{all} quotes");
}

/// The names that a text calls or defines: what matches `name(` in one of its code spans.
fn named(guide: &str) -> BTreeSet<String> {
    let rows =
        guide.lines().filter(|line| line.starts_with("| ")).filter_map(|line| line.split(" | ").next());
    let spans =
        rows.flat_map(|cell| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>());
    spans.filter_map(|span| span.split_once('(').map(|(name, _)| name.to_owned())).collect()
}

/// The word before the first parenthesis of a line.
fn method(line: &str) -> Option<String> {
    let name = line.split_once('(')?.0.rsplit(' ').next()?;
    Some(name.to_owned())
}

#[test]
fn the_jni_tables_are_complete() {
    let source = read("examples/hosts/jni/java/com/example/push/PushRegistrar.java");
    let (_, called_by_rust) = source.split_once("// Called by Rust").unwrap();
    let natives = source.lines().filter(|line| line.contains(" native ") || line.starts_with("    native "));
    let callbacks = called_by_rust.lines().filter(|line| line.starts_with("    private "));
    let source: BTreeSet<_> = natives.chain(callbacks).filter_map(method).collect();
    assert!(source.len() > 45, "{source:?}");
    assert_eq!(named(&read("src/guide/jni.md")), source);
}

#[test]
fn the_uniffi_table_is_complete() {
    let mut source = BTreeSet::new();
    for file in ["push", "hosts", "message"] {
        let text = read(&format!("examples/hosts/uniffi/src/{file}.rs"));
        let exported = text.split("#[uniffi::export").skip(1);
        for block in exported.filter_map(|block| block.split("\n}").next()) {
            let lines = block.lines().filter(|line| line.len() - line.trim_start().len() <= 4);
            let functions = lines.filter(|line| {
                let line = line.trim_start();
                line.starts_with("fn ") || line.starts_with("pub fn ")
            });
            source.extend(functions.filter_map(method));
        }
    }
    assert!(source.len() > 45, "{source:?}");
    assert_eq!(named(&read("src/guide/uniffi.md")), source);
}

#[test]
fn the_node_table_is_complete() {
    let typings = read("examples/hosts/node/index.d.ts");
    let functions = typings.lines().filter(|line| line.starts_with("export function "));
    let source: BTreeSet<_> = functions.filter_map(method).collect();
    assert!(source.len() > 5, "{source:?}");
    assert_eq!(named(&read("src/guide/node.md")), source);
}

/// Each README says in a few lines how to use the host, and that taps are not to be trusted.
#[test]
fn each_host_has_a_readme() {
    for host in ["imsdk", "jni", "jni-android", "uniffi", "node"] {
        let readme = read(&format!("examples/hosts/{host}/README.md")).to_lowercase();
        assert!((8..=20).contains(&readme.lines().count()), "{host}");
        assert!(
            readme.contains("tap") && (readme.contains("stranger") || readme.contains("any app")),
            "{host}"
        );
        assert!(readme.lines().all(|line| line.chars().count() <= 140), "{host}");
    }
}

/// `unsafe` stands in one file of each host, each block with its reason, which clippy checks there.
#[test]
fn unsafe_stands_in_the_bridges_only() {
    for host in ["imsdk", "jni", "uniffi", "node"] {
        let sources = fs::read_dir(root().join(format!("examples/hosts/{host}/src"))).unwrap();
        let files = sources.map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
        let with_unsafe: Vec<_> = files
            .filter(|path| {
                let text = fs::read_to_string(path).unwrap();
                text.lines().any(|line| !line.trim_start().starts_with("//") && line.contains("unsafe {"))
            })
            .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
            .collect();
        let expected: &[&str] = match host {
            "imsdk" => &["library.rs"],
            "jni" => &["bridge.rs"],
            _ => &[],
        };
        assert_eq!(with_unsafe, expected, "{host}");
    }
}
