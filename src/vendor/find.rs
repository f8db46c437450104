//! Finds a vendor's error code in what a host holds: an exception's text, a wrapper's message, a printed SDK
//! object.

use std::iter;

use super::code::{CodeName, VendorCode};
use super::codes::code_rows;
use super::{Vendor, WordList};

/// How much of a text is read, in bytes: a printed exception with all its causes.
const MAX_BYTES: usize = 64 * 1024;

/// A number of a table with so many digits is taken wherever it stands: nothing else looks like it.
const UNMISTAKABLE_DIGITS: usize = 7;

/// User ids of Android begin at 10000, and times in milliseconds have five digits. Such numbers must stand
/// where codes stand, and shorter ones must also end there.
const LONG_DIGITS: usize = 5;

/// Keys whose numbers are no error codes.
const OTHER_KEYS: WordList = WordList(
    "id uid pid tid appid userid port line column row time timeout count size length version sdk api level \
     attempt attempts retry retries after took in java kt dart swift js source m",
);

/// What stands before `Code` in names that are no error codes.
const OTHER_CODES: WordList = WordList("version request country area zip bar qr uni sms source pin");

/// Parts of the words after which a code is stated without a name of its own.
const STATING: WordList = WordList("err fail exception stat result reason ret");

const UNITS: WordList = WordList(
    "ms s sec secs second seconds min minute minutes h hour hours day days byte bytes kb mb times of attempt \
     attempts retries more apps devices topics messages",
);

/// Sentences of an SDK that stand for a code which it does not name. Firebase: firebase-installations,
/// `FirebaseInstallationsException`, and firebase-messaging 25.1. Apple: the localized description of the
/// errors, <https://cloud.tencent.com/document/product/269/130369>.
const PHRASES: [(Vendor, &str, &str); 4] = [
    (Vendor::Fcm, "Firebase Installations Service is unavailable", "FIS_UNAVAILABLE"),
    (Vendor::Fcm, "API disabled", "API_DISABLED"),
    (Vendor::Apns, "aps-environment", "3000"),
    (Vendor::Apns, "supported in the simulator", "3010"),
];

/// The field in which the vendor's own SDK prints its code: `MiPushCommandMessage` 6.0.1, `CallBackResult` of
/// OPPO 3.7.1, `BasicStatus` of Meizu 5.0.5, run on a JVM 2026-11-29.
const OWN_FIELDS: [(Vendor, &str); 3] =
    [(Vendor::Xiaomi, "resultCode"), (Vendor::Oppo, "mResponseCode"), (Vendor::Meizu, "code")];

/// The code under which wrappers of HMS hand on any failure: its message holds the code of HMS.
const HUAWEI_MESSAGE_HOLDS_CODE: i64 = 907_122_045;

/// The error domain in which Apple's registration codes are numbered.
const APNS_DOMAIN: &str = "NSCocoaErrorDomain";

impl VendorCode {
    /// The code in a text that a host has: an exception, a wrapper's message, or an object of the vendor's
    /// SDK as it prints itself.
    ///
    /// Numbers and names count if the vendor's table has them ([`known_codes`](super::known_codes)); a field
    /// that is called a code goes before a number in a message. A text that is nothing but a number of 32
    /// bits, and the field in which the vendor's own SDK prints its code, count whether the table has them or
    /// not. Nothing else of the text is kept: without a code the answer is the name *unnamed error*. The
    /// first 64 KiB are read.
    ///
    /// ```
    /// use tim_offline_push::vendor::{Vendor, VendorCode};
    ///
    /// let thrown = "com.huawei.hms.common.ApiException: 907122036: no right";
    /// assert_eq!(VendorCode::find(Vendor::Huawei, thrown), VendorCode::Number(907_122_036));
    ///
    /// let printed = "command={register}, resultCode={70000002}, reason={err, code=5}";
    /// assert_eq!(VendorCode::find(Vendor::Xiaomi, printed), VendorCode::Number(70_000_002));
    ///
    /// let other = VendorCode::find(Vendor::Fcm, "token dQw4w9 refused");
    /// assert_eq!(other.to_string(), "unnamed error");
    /// ```
    pub fn find(vendor: Vendor, text: &str) -> Self {
        let text = head(text).trim();
        if let Ok(number) = text.parse::<i32>() {
            return number.into();
        }
        let mut found = Vec::new();
        for line in text.lines().filter(|line| !is_stack_frame(line)) {
            let mut domain = None;
            for word in words(line) {
                if vendor == Vendor::Apns && word.before.ends_with("Domain=") {
                    domain = Some(word.text);
                }
                if domain.is_none_or(|domain| domain == APNS_DOMAIN) {
                    weigh(&mut found, vendor, &word);
                }
            }
        }
        found.extend(phrase(vendor, text).map(|code| (Rank::Phrase, code)));
        let surest = found.into_iter().min_by_key(|(rank, _)| *rank);
        surest.map_or_else(|| Self::Name(CodeName::unnamed()), |(_, code)| code)
    }
}

/// Whether the whole of `text` is a code or a name of the vendor's table.
pub(crate) fn is_code(vendor: Vendor, text: &str) -> bool {
    known(vendor, text).is_some()
}

fn known(vendor: Vendor, text: &str) -> Option<VendorCode> {
    let number = text.parse().ok().map(VendorCode::Number);
    let named = |code: &VendorCode| matches!(code, VendorCode::Name(name) if name.as_str() == text);
    code_rows(vendor).map(|row| &row.code).find(|code| Some(*code) == number.as_ref() || named(code)).cloned()
}

/// A sentence of the SDK that stands for a code without naming it.
fn phrase(vendor: Vendor, text: &str) -> Option<VendorCode> {
    let mut phrases = PHRASES.iter().filter(|(of, phrase, _)| *of == vendor && text.contains(phrase));
    phrases.next().and_then(|(_, _, code)| known(vendor, code))
}

fn head(text: &str) -> &str {
    let end = (0..=MAX_BYTES.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    end.and_then(|end| text.get(..end)).unwrap_or_default()
}

fn is_stack_frame(line: &str) -> bool {
    let line = line.trim_start();
    (line.starts_with("at ") && line.contains('(')) || line.starts_with("... ")
}

/// Where a code stands, the surest place first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// In the field in which the vendor's own SDK prints its code.
    Own,
    /// In a field that is called a code, and in the table.
    Field,
    /// Elsewhere, and in the table.
    Stated,
    /// A code whose message holds the real one.
    Wrapper,
    /// A sentence that stands for it.
    Phrase,
    /// In a field that is called a code, but not in the table.
    Unknown,
}

/// Adds the code of a word, if it is one. The first code of a rank counts.
fn weigh(found: &mut Vec<(Rank, VendorCode)>, vendor: Vendor, word: &Word<'_>) {
    let Some(place) = word.place() else { return };
    let code = known(vendor, &word.signed());
    let wrapper = VendorCode::Number(HUAWEI_MESSAGE_HOLDS_CODE);
    let rank = match (&place, &code) {
        (Place::Field(key), _) if OWN_FIELDS.contains(&(vendor, key)) => Rank::Own,
        (Place::Field(_), Some(_)) => Rank::Field,
        (Place::Field(_), None) => Rank::Unknown,
        (Place::Stated, Some(code)) if *code == wrapper && vendor == Vendor::Huawei => Rank::Wrapper,
        (Place::Stated, Some(_)) => Rank::Stated,
        (Place::Stated, None) => return,
    };
    // OPPO prints the server's text before its code, the others behind it.
    if rank == Rank::Own && vendor == Vendor::Oppo {
        found.retain(|(known, _)| *known != rank);
    }
    let is_first = found.iter().all(|(known, _)| *known != rank);
    found.extend(code.or_else(|| word.number()).filter(|_| is_first).map(|code| (rank, code)));
}

enum Place<'text> {
    /// Behind the name of a field that holds a code.
    Field(&'text str),
    /// Where codes stand in messages.
    Stated,
}

/// A run of ASCII letters, digits and underscores, with the rest of its line on both sides.
struct Word<'text> {
    before: &'text str,
    text: &'text str,
    after: &'text str,
}

impl<'text> Word<'text> {
    fn is_number(&self) -> bool {
        self.text.bytes().all(|byte| byte.is_ascii_digit())
    }

    fn is_negative(&self) -> bool {
        self.before.strip_suffix('-').is_some_and(|before| !before.ends_with(is_word_character))
    }

    fn signed(&self) -> String {
        if self.is_number() && self.is_negative() { format!("-{}", self.text) } else { self.text.to_owned() }
    }

    /// The number, if it is one of 32 bits: no telephone number and no account id is.
    fn number(&self) -> Option<VendorCode> {
        self.signed().parse::<i32>().ok().map(VendorCode::from)
    }

    fn place(&self) -> Option<Place<'text>> {
        if self.text.len() > CodeName::MAX_BYTES || (self.is_number() && self.is_part_of_a_number()) {
            return None;
        }
        let before = if self.is_negative() { self.before.strip_suffix('-')? } else { self.before };
        let named = before.trim_end_matches(|character: char| {
            character.is_whitespace()
                || matches!(character, '=' | ':' | '"' | '\'' | '{' | '[' | '(' | '#' | '<')
        });
        let key = named.rsplit(|character: char| !is_word_character(character)).next().unwrap_or_default();
        let separated = named.len() < before.len();
        if (separated && is_code_key(key)) || named.ends_with('码') {
            return Some(Place::Field(key));
        }
        (!self.is_number() || self.is_stated(named, key, before)).then_some(Place::Stated)
    }

    /// Whether a number stands where messages state a code.
    fn is_stated(&self, named: &str, key: &str, before: &str) -> bool {
        let name = lower(key);
        let unit =
            self.after.trim_start_matches(' ').split(|character: char| !is_word_character(character)).next();
        let unit = lower(unit.unwrap_or_default());
        if name.ends_with("code") || OTHER_KEYS.contains(&name) || UNITS.contains(&unit) {
            return false;
        }
        if self.text.len() >= UNMISTAKABLE_DIGITS {
            return true;
        }
        let stating = STATING.iter().any(|part| name.contains(part))
            || named.ends_with("错误")
            || named.ends_with("失败");
        // `E/Push( 6003): …`: the process of a log line.
        let tag = before.trim_end().strip_suffix('(').and_then(|tag| tag.split_whitespace().next_back());
        if tag.is_some_and(|tag| tag.get(1..2) == Some("/")) {
            return false;
        }
        let opened = named.is_empty() || !before.trim_end().ends_with(is_word_character);
        let closed =
            self.after.trim_start().chars().next().is_none_or(|next| !is_word_character(next) && next != '-');
        stating || (opened && (closed || self.text.len() >= LONG_DIGITS))
    }

    /// Whether it is a part of a time, a version, a fraction, a date or an address.
    fn is_part_of_a_number(&self) -> bool {
        let joint = |character: char| matches!(character, '.' | ':' | '-' | '/');
        let digit = |character: char| character.is_ascii_digit();
        self.before.strip_suffix(joint).is_some_and(|before| before.ends_with(digit))
            || self.after.strip_prefix(joint).is_some_and(|after| after.starts_with(digit))
    }
}

/// The words of a line, one after the other.
fn words(line: &str) -> impl Iterator<Item = Word<'_>> {
    let mut rest = line;
    iter::from_fn(move || {
        let word = rest.trim_start_matches(|character| !is_word_character(character));
        let after = word.trim_start_matches(is_word_character);
        rest = after;
        let (before, text) = (cut(line, word)?, cut(word, after)?);
        (!text.is_empty()).then_some(Word { before, text, after })
    })
}

/// `text` without the `end` that it ends with, which is not compared again.
fn cut<'text>(text: &'text str, end: &str) -> Option<&'text str> {
    text.len().checked_sub(end.len()).and_then(|at| text.get(..at))
}

fn is_word_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_'
}

fn is_code_key(key: &str) -> bool {
    let key = lower(key);
    key.strip_suffix("code").is_some_and(|of| !OTHER_CODES.contains(of.trim_end_matches('_')))
}

/// The key in lower case; empty if it is too long for a name.
fn lower(key: &str) -> String {
    if key.len() > CodeName::MAX_BYTES { String::new() } else { key.to_ascii_lowercase() }
}
