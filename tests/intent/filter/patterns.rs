//! The two globs: greedy, over UTF-16 units, in one pass; the errors of the advanced one.

use tim_offline_push::intent::filter::{Authority, ContentType, FilterError, PatternKind, PatternMatcher};

pub(crate) fn simple(pattern: &str, text: &str) -> bool {
    PatternMatcher::new(PatternKind::SimpleGlob, pattern).unwrap().matches(text)
}

fn advanced(pattern: &str, text: &str) -> bool {
    PatternMatcher::new(PatternKind::AdvancedGlob, pattern).unwrap().matches(text)
}

#[test]
fn simple_glob_is_greedy_and_never_goes_back() {
    assert!(simple("/.*x", "/abcx"));
    assert!(!simple("/.*x", "/axbx"), "the first x ends the run");
    assert!(simple("a*b", "aaab") && simple("a*b", "b"));
    assert!(!simple("a*a", "aaa"), "a* leaves nothing");
    assert!(!simple("ba*", "b"), "of what is left when the text ends only .* matches");
    assert!(simple("b.*", "b") && simple("b.*", "bcd"));
    assert!(simple("\\.", "x"), "an escaped dot is any unit");
    assert!(simple("\\*", "*") && !simple("\\*", "x"));
    assert!(simple("", "") && !simple("", "x"));
    assert!(!simple("a\\", "a") && simple("a\\", "a\0"), "a last backslash stands for NUL");
}

#[test]
fn globs_count_utf16_units() {
    assert!(simple("..", "😀") && !simple(".", "😀"));
    assert!(advanced("..", "😀") && advanced(".{2}", "😀") && !advanced(".", "😀"));
    assert!(simple(".*😀x", "ab😀x"));
    assert!(!simple(".*😀", "a😁"), "the first half is the same, the second is not");
}

#[test]
fn advanced_glob_knows_sets_and_repetitions() {
    assert!(advanced("/[a-c]{2,}", "/abc") && !advanced("/[a-c]{2,}", "/a"));
    assert!(advanced("[^/]+", "abc") && !advanced("[^/]+", "a/c"));
    assert!(advanced("[.*+{}?]+", ".*+{}?"), "in a set they stand for themselves");
    assert!(advanced("[\\]\\-]", "]") && advanced("[a\\-z]", "-") && !advanced("[a\\-z]", "b"));
    assert!(advanced("a}b", "ab"), "a brace that closes nothing is dropped");
    assert!(advanced("]", "]") && advanced("(a|b)?", "(a|b)?"));
    assert!(!advanced("[z-a]", "m"), "a range from high to low holds nothing");
    assert!(advanced("[acd]+", "adc") && !advanced("[ac]", "b"));
    assert!(!advanced("a*a", "aa"));
    assert!(advanced("a{-3,-1}", ""), "negative numbers are read, and allow nothing");
    assert!(advanced("[-a]+", "a-a") && advanced("[a-]+", "a-"));
}

#[test]
fn advanced_glob_names_its_faults_with_position() {
    let error = |pattern: &str| PatternMatcher::new(PatternKind::AdvancedGlob, pattern).unwrap_err();
    for (pattern, expected) in [
        ("ab\\", FilterError::EscapeAtEnd(2)),
        ("[a\\", FilterError::EscapeAtEnd(2)),
        ("😀[", FilterError::SetAtEnd(2)),
        ("x[]", FilterError::EmptySet(1)),
        ("x[^]", FilterError::EmptySet(1)),
        ("[^", FilterError::UnterminatedSet(0)),
        ("a[b", FilterError::UnterminatedSet(1)),
        ("*", FilterError::ModifierWithoutToken(0)),
        ("a{2}}+", FilterError::ModifierWithoutToken(5)),
        ("a+{2}", FilterError::ModifierWithoutToken(2)),
        ("a{2", FilterError::UnterminatedRepetition(1)),
        ("a{,2}", FilterError::RepetitionNumber(1)),
        ("a{99999999999}", FilterError::RepetitionNumber(1)),
        ("a{3,1}", FilterError::RepetitionOrder(1)),
    ] {
        assert_eq!(error(pattern), expected, "{pattern}");
    }
    assert_eq!(error("[").exception(), "StringIndexOutOfBoundsException");
    assert_eq!(error("*").exception(), "IllegalArgumentException");
    assert_eq!(Authority::from_manifest("h", Some(" 80")).unwrap_err().exception(), "NumberFormatException");
    assert_eq!(ContentType::new("text").unwrap_err().exception(), "MalformedMimeTypeException");
}

#[test]
fn advanced_glob_takes_as_many_entries_as_androids_buffer() {
    assert!(PatternMatcher::new(PatternKind::AdvancedGlob, "a".repeat(2046)).is_ok());
    assert_eq!(
        PatternMatcher::new(PatternKind::AdvancedGlob, "a".repeat(2047)),
        Err(FilterError::PatternTooLarge)
    );
    assert!(PatternMatcher::new(PatternKind::AdvancedGlob, format!("[{}]", "a".repeat(1022))).is_ok());
    assert_eq!(
        PatternMatcher::new(PatternKind::AdvancedGlob, format!("[{}]", "a".repeat(1023))),
        Err(FilterError::PatternTooLarge)
    );
}
