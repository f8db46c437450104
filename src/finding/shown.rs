//! Which names of an input may be shown.
//!
//! A secret can stand where a name is expected: as a key of a configuration, when key and value were swapped.
//! So an unknown key is shown only if it is made of words that keys of push configurations are made of.

use std::borrow::Cow;

/// The most characters of a name that are shown.
const MAX_NAME: usize = 120;

/// The longest key that is looked into, in bytes. A longer one is no key of a push configuration.
const MAX_KEY: usize = 64;

/// The words that such keys are made of, in lower case: vendors, then the rest.
const VENDOR_WORDS: &str = "xiaomi mipush mi xm huawei hms hw honor hihonor oppo heytap vivo meizu flyme mz fcm gcm google \
    firebase apns apple ios harmony harmonyos push";
const PLAIN_WORDS: &str = include_str!("words.txt");

/// A name out of an input, ready to be shown: cut after 120 characters, with control characters escaped.
pub(crate) fn shown(name: &str) -> String {
    let mut shown = String::new();
    for char in name.chars().take(MAX_NAME) {
        // Quotes and backslashes do no harm, and escaped they would be another name.
        if matches!(char, '"' | '\'' | '\\') {
            shown.push(char);
        } else {
            shown.extend(char.escape_debug());
        }
    }
    shown
}

/// An unknown key of a configuration, or its length where it could be a secret.
pub(crate) fn shown_key(key: &str) -> Cow<'_, str> {
    if is_key_of_push(key) { Cow::Borrowed(key) } else { hidden_key(key) }
}

/// What is shown of a key that could be a secret.
pub(crate) fn hidden_key(key: &str) -> Cow<'static, str> {
    let count = key.chars().count();
    Cow::Owned(format!("a key of {count} character{}", if count == 1 { "" } else { "s" }))
}

/// Whether a key names a vendor or push, and is made of nothing but known words, misspelt ones included.
pub(crate) fn is_key_of_push(key: &str) -> bool {
    if key.len() > MAX_KEY {
        return false;
    }
    let mut names_push = false;
    for word in words(key) {
        // `appid` and `buzid` are two words without a mark between them.
        let (parts, rest) = parts(&word);
        if !rest.is_empty() && !is_known(rest) && !is_known(&word) {
            return false;
        }
        let vendors = || VENDOR_WORDS.split(' ');
        names_push |= parts.iter().any(|part| vendors().any(|known| known == *part));
        names_push |= vendors().any(|known| word.len() >= 4 && is_near(&word, known));
    }
    names_push
}

/// The words of `camelCase`, `UPPER_CASE` and `kebab-case`, in lower case. Digits at the end of a word are
/// dropped, up to two.
pub(crate) fn words(key: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut after_small = false;
    for char in key.chars() {
        let is_part = char.is_ascii_alphanumeric();
        if !is_part || (after_small && char.is_ascii_uppercase()) {
            words.push(String::new());
        }
        let is_mark = matches!(char, '_' | '-' | '.' | ' ');
        if let Some(word) = words.last_mut().filter(|_| !is_mark) {
            word.push(char.to_ascii_lowercase());
        }
        after_small = char.is_ascii_lowercase();
    }
    for word in &mut words {
        let letters = word.trim_end_matches(|char: char| char.is_ascii_digit()).len();
        if word.len().saturating_sub(letters) <= 2 {
            word.truncate(letters);
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn all_words() -> impl Iterator<Item = &'static str> {
    VENDOR_WORDS.split(' ').chain(PLAIN_WORDS.split_ascii_whitespace())
}

/// The known words at the start of a word, the longest first, and the rest.
fn parts(word: &str) -> (Vec<&str>, &str) {
    let mut parts = Vec::new();
    let mut rest = word;
    while !rest.is_empty() {
        let known = all_words().filter(|known| rest.starts_with(known)).max_by_key(|known| known.len());
        let Some((part, after)) = known.and_then(|known| rest.split_at_checked(known.len())) else { break };
        parts.push(part);
        rest = after;
    }
    (parts, rest)
}

fn is_known(word: &str) -> bool {
    all_words().any(|known| known == word || (word.len() >= 4 && is_near(word, known)))
}

/// Whether two words differ by one letter that is missing, added, changed or swapped with its neighbour; of
/// words of seven letters and more, by two.
pub(crate) fn is_near(left: &str, right: &str) -> bool {
    let most = if left.len().max(right.len()) >= 7 { 2 } else { 1 };
    left.len().abs_diff(right.len()) <= most && within(most, left.as_bytes(), right.as_bytes())
}

/// Whether so many changes make one word of the other: a letter added, taken away, changed or swapped with
/// its neighbour.
fn within(most: usize, left: &[u8], right: &[u8]) -> bool {
    let same = left.iter().zip(right).take_while(|(own, other)| own == other).count();
    let [left, right] = [left, right].map(|word| word.get(same..).unwrap_or_default());
    let Some(most) = most.checked_sub(1) else { return left.is_empty() && right.is_empty() };
    match (left, right) {
        ([], rest) | (rest, []) => rest.len() <= most.saturating_add(1),
        ([own, after @ ..], [other, behind @ ..]) => {
            within(most, after, behind)
                || within(most, after, right)
                || within(most, left, behind)
                || matches!((after, behind), ([next, after @ ..], [last, behind @ ..])
                    if own == last && other == next && within(most, after, behind))
        }
    }
}
