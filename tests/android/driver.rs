//! The conversation with `Driver.java`.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use tim_offline_push::intent::AndroidVersion;

/// A letter that says what it is, and its texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) kind: char,
    pub(crate) texts: Vec<String>,
}

impl Part {
    pub(crate) fn new<const N: usize>(kind: char, texts: [&str; N]) -> Self {
        Self { kind, texts: texts.map(str::to_owned).to_vec() }
    }

    /// The places of the texts that may be anything: the others are numbers or names of a type.
    pub(crate) fn free_texts(&self) -> std::ops::Range<usize> {
        match self.kind {
            'f' | 'b' | 's' => 0..0,
            'e' if self.texts[0] == "S" => 1..3,
            'e' | 'P' | 'Q' => 1..2,
            'u' if self.texts.len() == 2 => 1..2,
            _ => 0..self.texts.len(),
        }
    }
}

pub(crate) struct Driver {
    child: Child,
    requests: ChildStdin,
    answers: BufReader<ChildStdout>,
    version: AndroidVersion,
    java: u32,
}

impl Driver {
    /// Starts the command that `ANDROID_DRIVER` names, with the API level of `ANDROID_API`. `None` without
    /// them.
    pub(crate) fn start() -> Option<Self> {
        let command = std::env::var("ANDROID_DRIVER").ok()?;
        let level = std::env::var("ANDROID_API").ok()?.parse().expect("an API level");
        let mut words = command.split_whitespace();
        let mut child = Command::new(words.next()?)
            .args(words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the driver starts");
        let requests = child.stdin.take().expect("its input");
        let answers = BufReader::new(child.stdout.take().expect("its output"));
        let version = AndroidVersion::new(level).expect("a known level");
        let mut driver = Self { child, requests, answers, version, java: 0 };
        driver.java = driver.ask("java", &[]).parse().expect("a version of Java");
        Some(driver)
    }

    pub(crate) const fn version(&self) -> AndroidVersion {
        self.version
    }

    /// Whether this Java writes floating point with the shortest digits, as Android 16 does for `float`.
    pub(crate) const fn shortest_floats(&self) -> bool {
        self.java >= 19
    }

    pub(crate) fn ask(&mut self, operation: &str, parts: &[Part]) -> String {
        let mut line = operation.to_owned();
        for part in parts {
            write!(line, "\t{}", part.kind).unwrap();
            for text in &part.texts {
                line.push('|');
                escape(&mut line, text);
            }
        }
        line.push('\n');
        self.requests.write_all(line.as_bytes()).expect("the driver reads");
        self.requests.flush().expect("the driver reads");
        let mut answer = String::new();
        self.answers.read_line(&mut answer).expect("the driver answers");
        assert!(answer.ends_with('\n'), "the driver ended at {line}");
        plain(&answer)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn escape(out: &mut String, text: &str) {
    for unit in text.encode_utf16() {
        match char::from_u32(u32::from(unit)) {
            Some(char) if char.is_ascii_graphic() && !matches!(char, '\\' | '|') => out.push(char),
            _ => write!(out, "\\u{unit:04X}").unwrap(),
        }
    }
}

/// An answer with its escapes read. A Java virtual machine makes of bytes that are no UTF-8 another number of
/// U+FFFD than Android does, so each run of them counts as one.
fn plain(answer: &str) -> String {
    let mut units: Vec<u16> = Vec::new();
    let mut rest = answer.trim_end_matches('\n');
    while let Some(first) = rest.chars().next() {
        if let Some(hex) = rest.strip_prefix("\\u").and_then(|rest| rest.get(..4)) {
            units.push(u16::from_str_radix(hex, 16).expect("four hex digits"));
            rest = &rest[6..];
        } else {
            units.extend(first.encode_utf16(&mut [0; 2]).iter());
            rest = &rest[first.len_utf8()..];
        }
    }
    one_replacement(&String::from_utf16_lossy(&units))
}

pub(crate) fn one_replacement(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        if char != '\u{FFFD}' || !out.ends_with(char) {
            out.push(char);
        }
    }
    out
}
