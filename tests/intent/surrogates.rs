//! One half of a surrogate pair is no `char`. What stands for it where Android would have it.

use tim_offline_push::intent::{AndroidUri, Extra, Intent, ParseFlags, UriScheme};

fn read(item: &str) -> Intent {
    Intent::parse_uri(&format!("intent:#Intent;{item};end"), ParseFlags::INTENT_SCHEME).unwrap()
}

/// The three bytes of a surrogate in CESU-8 are no UTF-8: each is a maximal invalid part.
#[test]
fn decoding_gives_replacement_chars() {
    for unit in [0xD800_u32, 0xDBFF, 0xDC00, 0xDFFF] {
        let escaped = format!("%ED%{:X}%{:X}", 0x80 | (unit >> 6 & 0x3F), 0x80 | (unit & 0x3F));
        assert_eq!(AndroidUri::decode(&escaped), "\u{FFFD}\u{FFFD}\u{FFFD}");
        let intent = read(&format!("S.k={escaped};action={escaped}"));
        assert_eq!(intent.extra("k").as_ref().and_then(Extra::as_str), Some("\u{FFFD}\u{FFFD}\u{FFFD}"));
        assert_eq!(intent.action(), Some("\u{FFFD}\u{FFFD}\u{FFFD}"));
    }
}

#[test]
fn a_lone_surrogate_is_printed_as_a_question_mark() {
    for unit in 0xD7F0..=0xE010_u16 {
        let intent = Intent::new().with_extra("k", Extra::Char(unit));
        let uri = intent.to_uri(UriScheme::Intent).unwrap();
        let lone = (0xD800..=0xDFFF).contains(&unit);
        assert_eq!(uri.ends_with("c.k=%3F;end"), lone, "{uri}");
        let back = Intent::parse_uri(&uri, ParseFlags::INTENT_SCHEME).unwrap();
        let expected = if lone { u16::from(b'?') } else { unit };
        assert_eq!(back.extra("k"), Some(Extra::Char(expected)));
    }
}

/// A char extra is the first UTF-16 unit of the value, so that of a pair the first half is left.
#[test]
fn a_char_is_one_unit() {
    for (value, unit) in [("😀", 0xD83D), ("%F0%9F%98%80x", 0xD83D), ("中国", 0x4E2D), ("%00", 0)] {
        assert_eq!(read(&format!("c.k={value}")).extra("k"), Some(Extra::Char(unit)));
    }
}

/// `allowed` is compared by units: the half that is in it is kept.
#[test]
fn encoding_tears_a_pair_that_is_half_allowed() {
    // U+1F600 and U+1F601 have the first half in common, U+1F600 and U+1FA00 the second.
    assert_eq!(AndroidUri::encode("\u{1F600}", "\u{1F600}"), "\u{1F600}");
    assert_eq!(AndroidUri::encode("\u{1F600}", "\u{1F601}"), "\u{FFFD}%3F");
    assert_eq!(AndroidUri::encode("\u{1F600}", "\u{1FA00}"), "%3F\u{FFFD}");
}
