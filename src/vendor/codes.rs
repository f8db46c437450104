//! The vendors' registration error codes, each with its meaning, its fix and where it stands.

use super::{Pace, Remedy, Source, Vendor, WordList};

/// A table of codes as text: a table of rows would take a pointer, a length and a relocation for each of its
/// texts.
///
/// A line is `codes words | meaning | fix | what helps if it persists`. The first word is the class (`done`,
/// `retry`, `config`, `device`, `user`, `quota`), which also begins what helps if the code persists;
/// `offline` and `slow` are the pace. A word in capitals is where the row stands, and those below it up to
/// the next such word; `WORD = document` says what it stands for, which was read on 2026-11-22 if nothing
/// else is said. Without a fix a row has the usual one of its class. `#` begins a comment.
#[derive(Clone, Copy)]
pub(super) struct CodeTable(pub(super) &'static str);

/// A row of a [`CodeTable`], for one of its codes. What is not said is empty.
pub(super) struct TableRow {
    table: CodeTable,
    pub(super) code: &'static str,
    pub(super) words: WordList,
    pub(super) meaning: &'static str,
    fix: &'static str,
    if_it_persists: &'static str,
    source: &'static str,
}

impl CodeTable {
    pub(super) fn rows(self) -> impl Iterator<Item = TableRow> {
        let mut source = "";
        self.0.lines().filter_map(|line| line.split_once(" | ")).flat_map(move |(head, texts)| {
            let (codes, words) = head.split_once(' ').unwrap_or_default();
            let words = WordList(words);
            source = words.iter().find(|word| word.bytes().all(|byte| byte < b'a')).unwrap_or(source);
            let mut texts = texts.split('|').map(str::trim);
            let [meaning, fix, if_it_persists] = [(); 3].map(|()| texts.next().unwrap_or_default());
            let (table, source) = (self, source);
            let row = move |code| TableRow { table, code, words, meaning, fix, if_it_persists, source };
            codes.split(',').map(row)
        })
    }
}

impl TableRow {
    /// What to do, if the row says so.
    pub(super) fn fix_or(&self, usual: &'static str) -> &'static str {
        if self.fix.is_empty() { usual } else { self.fix }
    }

    /// The class.
    pub(super) fn remedy(&self) -> Option<Remedy> {
        remedy(self.words.iter().next()?)
    }

    /// The class of what helps if the code persists, and in words.
    pub(super) fn if_it_persists(&self) -> Option<(Remedy, &'static str)> {
        let (class, fix) = self.if_it_persists.split_once(' ')?;
        Some((remedy(class)?, fix))
    }

    pub(super) fn pace(&self) -> Pace {
        let paces = [("offline", Pace::WhenConnected), ("slow", Pace::Slow), ("quota", Pace::Quota)];
        let said = paces.into_iter().find(|(word, _)| self.words.contains(word));
        said.map_or(Pace::Normal, |(_, pace)| pace)
    }

    /// Where the row stands.
    pub(super) fn source(&self) -> Source {
        let defined = |line: &'static str| line.strip_prefix(self.source)?.strip_prefix(" = ");
        let document = match self.source {
            "CODE" => return Source::PUBLIC_CODE,
            "FAQ" => return Source::TENCENT_FAQ,
            "IOS_FAQ" => return Source::TENCENT_IOS_FAQ,
            _ => self.table.0.lines().find_map(defined).unwrap_or_default(),
        };
        let (document, day) = document.split_once(", read ").unwrap_or((document, "2026-11-22"));
        Source::read_on(document, day)
    }
}

/// The class that a word of a table names.
fn remedy(word: &str) -> Option<Remedy> {
    Some(match word {
        "done" => Remedy::Nothing,
        "retry" => Remedy::RetryLater,
        "config" => Remedy::FixConfiguration,
        "device" => Remedy::DeviceCannot,
        "user" => Remedy::UserMustAct,
        "quota" => Remedy::Quota,
        _ => return None,
    })
}

/// The table of a vendor.
pub(super) const fn code_table(vendor: Vendor) -> CodeTable {
    CodeTable(match vendor {
        Vendor::Xiaomi => include_str!("codes/xiaomi.txt"),
        Vendor::Huawei => include_str!("codes/huawei.txt"),
        Vendor::Honor => include_str!("codes/honor.txt"),
        Vendor::Oppo => include_str!("codes/oppo.txt"),
        Vendor::Vivo => include_str!("codes/vivo.txt"),
        Vendor::Meizu => include_str!("codes/meizu.txt"),
        Vendor::Fcm => include_str!("codes/fcm.txt"),
        Vendor::Apns => include_str!("codes/apns.txt"),
        Vendor::HarmonyOs => include_str!("codes/harmony_os.txt"),
    })
}
