//! Texts of 256 KiB that are made to cost much. Reading is linear, or nearly so: work that grows with the
//! square of the length would be felt here, and `tests/vocabulary/linear.rs` measures it. `--nocapture` shows
//! the times.

use std::fmt::Write;
use std::time::Instant;

use tim_offline_push::intent::{AndroidUri, AndroidVersion, Intent, ParseFlags, Sanitizer, UriScheme};

const SIZE: usize = 1 << 18;

/// Texts of the letters `Aa` and `BB`, all of one length and one hash.
fn colliding(bits: usize) -> impl Iterator<Item = String> {
    (0..1_usize << bits)
        .map(move |number| (0..bits).map(|bit| if number >> bit & 1 == 0 { "Aa" } else { "BB" }).collect())
}

/// An `intent:` URI of items made from a number, up to the size.
fn items(item: impl Fn(usize) -> String) -> String {
    let mut text = String::from("intent:#Intent;");
    for number in 0.. {
        if text.len() >= SIZE {
            break;
        }
        text += &item(number);
    }
    text + "end"
}

/// Items before and behind a colliding text, up to the size.
fn flood(before: &str, item: &str) -> String {
    let mut text = format!("intent:#Intent;{before}");
    for key in colliding(15).take(SIZE / (item.len() + 30)) {
        text += &item.replace('?', &key);
    }
    text + "end"
}

fn old_form(mut text: String, part: impl Fn(usize) -> String) -> String {
    for number in 0.. {
        if text.len() >= SIZE {
            break;
        }
        text += &part(number);
    }
    text + ")"
}

fn hostile() -> Vec<(&'static str, String)> {
    let repeated = |piece: &str| piece.repeat(SIZE / piece.len());
    let fragment = |piece: &str| format!("intent:#Intent;{}end", repeated(piece));
    let mut keys = colliding(15);
    let mut categories = String::from("#categories(");
    for key in keys.by_ref().take(SIZE / 31) {
        write!(categories, "{key}!").unwrap();
    }
    vec![
        ("only ;", fragment(";")),
        ("only =", fragment("=")),
        ("only %", fragment("%")),
        ("only #", fragment("#")),
        ("only :", repeated(":")),
        ("only #, bare", repeated("#")),
        ("only (", format!("#action({}", repeated("("))),
        ("#Intent; again and again", repeated("#Intent;")),
        ("intent: again and again", repeated("intent:")),
        ("one extra again and again", fragment("S.a;=")),
        ("extras without =", fragment("S.a;")),
        ("extras without = but one", format!("intent:#Intent;{}=;end", repeated("S.a;"))),
        ("selectors", fragment("SEL;")),
        ("selectors with an extra", fragment("SEL;S.a=b;")),
        ("one category again and again", fragment("category=a;")),
        ("categories", items(|number| format!("category={number};"))),
        ("extras", items(|number| format!("S.{number}=;"))),
        ("extras, descending hashes", items(|number| format!("l.{:07}=1;", 9_999_999 - number))),
        ("colliding extras", flood("", "S.?=;")),
        ("colliding categories", flood("", "category=?;")),
        ("colliding extras of a selector", flood("SEL;", "S.?=;")),
        ("colliding categories, old form", categories + ")"),
        ("extras, old form", old_form("#extras(".into(), |number| format!("S{number}=a!"))),
        ("a long extra", format!("intent:#Intent;S.a={};end", repeated("%41"))),
        ("a long extra of bad escapes", format!("intent:#Intent;S.a={};end", repeated("%4z"))),
        ("a long char", format!("intent:#Intent;c.a={};end", repeated("%41"))),
        (
            "a long double",
            format!("intent:#Intent;d.a=1{}.{}e-9999;end", "0".repeat(SIZE / 2), "7".repeat(SIZE / 2)),
        ),
        ("a long hex double", format!("intent:#Intent;d.a=0x1.{}p-9999;end", repeated("7"))),
        ("long flags", format!("intent:#Intent;launchFlags=0x{};end", repeated("0"))),
        ("a long component", format!("intent:#Intent;component={};end", repeated("a/"))),
        ("long bounds", format!("intent:#Intent;sourceBounds={};end", repeated("1%20"))),
        ("an app with many slashes", format!("android-app://{}#Intent;end", repeated("/"))),
        ("an app with many escapes", format!("android-app://a/b/{}#Intent;end", repeated("%2F"))),
    ]
}

#[test]
#[allow(clippy::print_stdout, reason = "the times are for whoever asks for them")]
fn hostile_texts_are_read_soon() {
    for (name, text) in hostile() {
        assert!(text.len() >= SIZE * 9 / 10, "{name} is too short");
        let mut line = format!("{name:>34}:");
        for (version, flags) in
            [(AndroidVersion::NEWEST, ParseFlags::NONE), (AndroidVersion::OLDEST, ParseFlags::INTENT_SCHEME)]
        {
            let start = Instant::now();
            let intent = Intent::parse_uri_on(&text, flags, version);
            write!(line, " read {:?}", start.elapsed()).unwrap();
            let Ok(intent) = intent else { continue };
            let start = Instant::now();
            let printed = intent.to_uri(UriScheme::Intent).unwrap();
            write!(line, ", print {:?}", start.elapsed()).unwrap();
            assert!(printed.len() <= 4 * text.len() + 100);
            let start = Instant::now();
            drop(Sanitizer::new().sanitize(intent));
            write!(line, ", clean {:?};", start.elapsed()).unwrap();
        }
        println!("{line}");
    }
}

#[test]
#[allow(clippy::print_stdout, reason = "the times are for whoever asks for them")]
fn hostile_intents_are_checked_soon() {
    for (name, text) in hostile() {
        let Ok(intent) = Intent::parse_uri(&text, ParseFlags::NONE) else { continue };
        let start = Instant::now();
        let losses = intent.check_round_trip(UriScheme::Intent).unwrap();
        println!("{name:>34}: checked {:?}, {} losses", start.elapsed(), losses.len());
    }
}

#[test]
#[allow(clippy::print_stdout, reason = "the times are for whoever asks for them")]
fn hostile_texts_are_unescaped_and_taken_apart_soon() {
    for (name, text) in hostile() {
        let start = Instant::now();
        let decoded = AndroidUri::decode(&text).len();
        let encoded = AndroidUri::encode(&text, "").len();
        let uri = AndroidUri::new(&text);
        let parts = uri.on(AndroidVersion::OLDEST);
        drop((parts.host(), parts.port(), uri.host(), uri.port(), uri.path(), uri.query()));
        println!("{name:>34}: {:?}, {decoded} and {encoded} bytes", start.elapsed());
    }
}
