//! The vendors' registration error codes, each with its meaning, its fix and where it stands.

use std::sync::LazyLock;

use serde::Serialize;

use super::{Pace, Remedy, Source, Vendor, VendorCode, WordList};

/// One row of a vendor's table of registration error codes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct CodeRow {
    /// The code.
    pub(super) code: VendorCode,
    /// What it means.
    pub(super) meaning: &'static str,
    /// The class of its fix.
    pub(super) remedy: Remedy,
    /// How soon to try again where [`CodeRow::remedy`] is transient.
    pub(super) pace: Pace,
    /// The class of what helps if the code persists.
    pub(super) if_it_persists: Option<Remedy>,
    /// What helps if the code persists, in words.
    pub(super) fix_if_it_persists: Option<&'static str>,
    /// What to do, in words.
    pub(super) fix: &'static str,
    /// Where this stands.
    pub(super) source: Source,
}

/// The rows of a vendor's table.
pub(super) fn code_rows(vendor: Vendor) -> impl Iterator<Item = &'static CodeRow> {
    static ROWS: LazyLock<Vec<(Vendor, CodeRow)>> = LazyLock::new(|| {
        let rows = |vendor: Vendor| read(code_table(vendor)).map(move |row| (vendor, row));
        Vendor::ALL.iter().copied().flat_map(rows).collect()
    });
    ROWS.iter().filter(move |(of, _)| *of == vendor).map(|(_, row)| row)
}

/// The rows of a table that is text: a table of rows would take a pointer, a length and a relocation for each
/// of its texts.
///
/// A line is `codes words | meaning | fix | what helps if it persists`. The first word is the class (`done`,
/// `retry`, `config`, `device`, `user`, `quota`), which also begins what helps if the code persists;
/// `offline` and `slow` are the pace. A word in capitals is where the row stands, and those below it up to
/// the next such word; `WORD = document` says what it stands for, which was read on 2026-11-22 if nothing
/// else is said. Without a fix a row has the usual one of its class. `#` begins a comment.
pub(super) fn read(table: &'static str) -> impl Iterator<Item = CodeRow> {
    let mut source = Source::CRATE;
    table.lines().filter_map(|line| line.split_once(" | ")).flat_map(move |(head, texts)| {
        let (codes, words) = head.split_once(' ').unwrap_or_default();
        let words = WordList(words);
        source = words.iter().find_map(|word| document(table, word)).unwrap_or(source);
        let mut texts = texts.split('|').map(str::trim);
        let [meaning, fix, persisting] = [(); 3].map(|()| texts.next().unwrap_or_default());
        let (remedy, usual) = words.iter().next().and_then(class).unwrap_or(USUAL);
        let persisting = persisting.split_once(' ').and_then(|(word, fix)| Some((class(word)?.0, fix)));
        let (if_it_persists, fix_if_it_persists) = persisting.unzip();
        let paces = [("offline", Pace::WhenConnected), ("slow", Pace::Slow), ("quota", Pace::Quota)];
        let pace = paces.into_iter().find(|(word, _)| words.contains(word));
        let row = move |code| CodeRow {
            code: VendorCode::known(code),
            meaning,
            remedy,
            pace: pace.map_or(Pace::Normal, |(_, pace)| pace),
            if_it_persists,
            fix_if_it_persists,
            fix: if fix.is_empty() { usual } else { fix },
            source,
        };
        codes.split(',').map(row)
    })
}

/// The document that a word of a table stands for.
fn document(table: &'static str, word: &str) -> Option<Source> {
    let of_word = |line: &'static str| line.strip_prefix(word)?.strip_prefix(" = ");
    table.lines().find_map(of_word).map(Source::noted)
}

/// The class that a word of a table names, and the usual fix.
fn class(word: &str) -> Option<(Remedy, &'static str)> {
    Some(match word {
        "done" => (Remedy::Nothing, "nothing"),
        "retry" => USUAL,
        "config" => (Remedy::FixConfiguration, "correct the call"),
        "device" => (Remedy::DeviceCannot, "use another vendor"),
        "user" => (Remedy::UserMustAct, "ask the user"),
        "quota" => (Remedy::Quota, "call once a launch at most"),
        _ => return None,
    })
}

const USUAL: (Remedy, &str) = (Remedy::RetryLater, "try again later");

/// The table of a vendor.
pub(super) const fn code_table(vendor: Vendor) -> &'static str {
    match vendor {
        Vendor::Xiaomi => include_str!("codes/xiaomi.txt"),
        Vendor::Huawei => include_str!("codes/huawei.txt"),
        Vendor::Honor => include_str!("codes/honor.txt"),
        Vendor::Oppo => include_str!("codes/oppo.txt"),
        Vendor::Vivo => include_str!("codes/vivo.txt"),
        Vendor::Meizu => include_str!("codes/meizu.txt"),
        Vendor::Fcm => include_str!("codes/fcm.txt"),
        Vendor::Apns => include_str!("codes/apns.txt"),
        Vendor::HarmonyOs => include_str!("codes/harmony_os.txt"),
    }
}
