//! Reads files as text, whatever encoding they have, and names those that are no text.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The longest file that is read, in bytes.
const MAX_BYTES: u64 = 1 << 20;

/// The most files of a project, and the deepest folder that is looked into.
const MAX_FILES: usize = 4000;
const MAX_DEPTH: usize = 12;

/// Reads a file of at most [`MAX_BYTES`], or the standard input under the name `-`. The error names the file
/// and what to do.
pub(crate) fn open(name: &str) -> Result<String, String> {
    let named = |why: String| format!("{name}: {why}");
    let file: Box<dyn Read> = match name {
        "-" => Box::new(io::stdin()),
        _ => Box::new(File::open(name).map_err(|error| named(error.to_string()))?),
    };
    let mut bytes = Vec::new();
    file.take(MAX_BYTES.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| named(error.to_string()))?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > MAX_BYTES) {
        return Err(named(
            kind(&bytes).unwrap_or_else(|| format!("over {MAX_BYTES} bytes, which is more than is read")),
        ));
    }
    text(&bytes).map_err(named)
}

/// The text of a file: UTF-8, or UTF-16 with a byte order mark, as PowerShell writes it.
pub(crate) fn text(bytes: &[u8]) -> Result<String, String> {
    let utf_16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = bytes.chunks(2).map(|pair| match pair {
            [first, second] => unit([*first, *second]),
            _ => 0xfffd,
        });
        char::decode_utf16(units).map(|char| char.unwrap_or('\u{fffd}')).collect::<String>()
    };
    match bytes {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => Err("UTF-32 text; save it as UTF-8".to_owned()),
        [0xff, 0xfe, rest @ ..] => Ok(utf_16(rest, u16::from_le_bytes)),
        [0xfe, 0xff, rest @ ..] => Ok(utf_16(rest, u16::from_be_bytes)),
        [0xef, 0xbb, 0xbf, rest @ ..] => utf_8(rest),
        _ => match kind(bytes) {
            Some(what) => Err(what),
            None => utf_8(bytes),
        },
    }
}

fn utf_8(bytes: &[u8]) -> Result<String, String> {
    String::from_utf8(bytes.to_vec()).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let before = error.as_bytes().get(..at).unwrap_or_default();
        let line = before.split(|byte| *byte == b'\n').count();
        let column = before.iter().rev().take_while(|byte| **byte != b'\n').count().saturating_add(1);
        format!("not UTF-8 text at line {line}, column {column}; save it as UTF-8")
    })
}

/// What a file is that is no text, and what to give instead.
fn kind(bytes: &[u8]) -> Option<String> {
    let what = match bytes {
        [0x03, 0x00, 0x08, 0x00, ..] => {
            "a compiled AndroidManifest.xml (binary XML); give the text: \
             app/build/intermediates/merged_manifests/…/AndroidManifest.xml, or what `apkanalyzer manifest print app.apk` prints"
        }
        [b'P', b'K', 3, 4, ..] => {
            "an archive (APK, AAB, AAR or ZIP); give the text of the file in it: for the manifest, what \
             `apkanalyzer manifest print app.apk` prints"
        }
        [b'b', b'p', b'l', b'i', b's', b't', ..] => {
            "a binary property list; convert it first: plutil -convert xml1 FILE"
        }
        [0x1f, 0x8b, ..] => "gzip data; unpack it first",
        [0, second, 0, fourth, ..] if *second != 0 && *fourth != 0 => {
            "UTF-16 text without a byte order mark; save it as UTF-8"
        }
        [first, 0, third, 0, ..] if *first != 0 && *third != 0 => {
            "UTF-16 text without a byte order mark; save it as UTF-8"
        }
        _ if bytes.contains(&0) => "binary data, not text",
        _ => return None,
    };
    Some(what.to_owned())
}

/// Line and column of a byte, both from 1.
pub(crate) fn position(text: &str, at: usize) -> (usize, usize) {
    let before: String =
        text.char_indices().take_while(|(index, _)| *index < at).map(|(_, char)| char).collect();
    let line = before.matches('\n').count().saturating_add(1);
    let last = before.rsplit('\n').next().unwrap_or_default();
    (line, last.chars().count().saturating_add(1))
}

/// The files below a folder that may matter, sorted. Output of builds and hidden folders are left out.
pub(crate) fn below(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut files = Vec::new();
    walk(folder, 0, &mut files).map_err(|error| format!("{}: {error}", folder.display()))?;
    if files.len() >= MAX_FILES {
        return Err(format!("{}: more than {MAX_FILES} files; name the folder of the app", folder.display()));
    }
    files.sort();
    Ok(files)
}

fn walk(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) -> io::Result<()> {
    const LEFT_OUT: [&str; 8] =
        ["build", "node_modules", "Pods", "oh_modules", "target", "test", "androidTest", "__MACOSX"];
    // Another project that was checked out inside of this one. A submodule, whose `.git` is a file, is part
    // of it.
    let is_another = depth > 0 && folder.join(".git").is_dir();
    if depth > MAX_DEPTH || is_another {
        return Ok(());
    }
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if files.len() >= MAX_FILES || name.starts_with('.') {
            continue;
        }
        let kind = entry.file_type()?;
        if kind.is_dir() {
            let left_out =
                LEFT_OUT.contains(&&*name) || name.ends_with("Tests") || name.ends_with("framework");
            if !left_out {
                walk(&entry.path(), depth.saturating_add(1), files)?;
            }
        } else if kind.is_file() && matters(&name) {
            files.push(entry.path());
        }
    }
    Ok(())
}

fn matters(name: &str) -> bool {
    const NAMES: [&str; 8] = [
        "AndroidManifest.xml",
        "agconnect-services.json",
        "google-services.json",
        "mcs-services.json",
        "timpush-configs.json",
        "Info.plist",
        "module.json5",
        "libs.versions.toml",
    ];
    const ENDS: [&str; 6] = [".gradle", ".gradle.kts", ".java", ".kt", ".entitlements", "-Info.plist"];
    NAMES.contains(&name) || ENDS.iter().any(|end| name.ends_with(end))
}
