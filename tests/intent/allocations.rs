//! How many blocks of memory printing and parsing ask for, over the corpus of the benchmarks.

use allocation_counter::measure;
use serde_json::Value;
use tim_offline_push::intent::{Component, Extra, Intent, IntentFlags, ParseFlags, SourceBounds, UriScheme};

const SCHEMES: [UriScheme; 3] = [UriScheme::Intent, UriScheme::AndroidApp, UriScheme::Bare];

fn corpus() -> Vec<String> {
    include_str!("../data/bench_corpus.jsonl")
        .lines()
        .map(|line| {
            serde_json::from_str::<Value>(line).unwrap()["uri_intent_scheme"].as_str().unwrap().to_owned()
        })
        .collect()
}

fn read(uri: &str) -> Intent {
    Intent::parse_uri(uri, ParseFlags::INTENT_SCHEME).unwrap()
}

/// Intents with many texts, most of which need escapes.
fn awkward() -> Vec<Intent> {
    let long = "汉字 and \u{1F600}; ".repeat(200);
    let slashes = "/".repeat(2000);
    let bounds = SourceBounds { left: i32::MIN, top: 0, right: i32::MAX, bottom: -7 };
    let plain = Intent::new().with_data("x:y").with_package("p");
    let mut many = plain.clone();
    for number in 0..40 {
        many = many.with_extra(format!("键{number}"), number).with_category(format!("类 {number}"));
    }
    vec![
        Intent::new(),
        plain.clone().with_action(long.as_str()),
        plain.clone().with_mime_type(long.as_str()),
        plain.clone().with_identifier(long.as_str()),
        plain.clone().with_category(&long),
        plain.clone().with_extra(&long, 1),
        plain.with_extra("k", long.as_str()),
        Intent::new().with_package(long.as_str()).with_data(format!("x://{long}/{long}?{long}#{long}")),
        Intent::new().with_selector(Intent::new().with_action(long.as_str()).with_extra("k", long.as_str())),
        Intent::new().with_selector(Intent::new().with_data("+".repeat(2000) + ":")),
        Intent::new().with_data("+".repeat(2000) + ":x"),
        Intent::new().with_action(slashes.as_str()).with_package(slashes.as_str()),
        Intent::new().with_component(Component::new(&slashes, &long)),
        Intent::new().with_flags(IntentFlags::from_bits(u32::MAX)).with_source_bounds(bounds),
        many,
    ]
}

#[test]
fn printing_asks_once_unless_many_characters_need_an_escape() {
    for (uri, intent) in corpus().iter().map(|uri| (uri, read(uri))) {
        let mut printed = None;
        let info = measure(|| printed = intent.to_uri(UriScheme::Intent).ok());
        assert_eq!(info.count_total, 1, "{uri}");
        assert_eq!(printed.as_ref(), Some(uri));
        assert!(printed.unwrap().capacity() <= 2 * uri.len() + 250);
    }
    for intent in awkward() {
        for scheme in SCHEMES {
            // What was built has no URI to go by, so that the text doubles as it grows.
            let info = measure(|| drop(intent.to_uri(scheme)));
            assert!((0..=10).contains(&info.count_total), "{} blocks for {intent:?}", info.count_total);
        }
    }
}

#[test]
fn comparing_two_texts_copies_neither() {
    let [one, same] = [(); 2].map(|()| Extra::from("汉字 ".repeat(200)));
    assert_eq!(measure(|| assert!(one == same)).count_total, 0);
}

/// One block for the URI, in which the texts stand, and one for each collection.
fn blocks_without_escapes(intent: &Intent) -> usize {
    let selector = intent.selector().map_or(0, |selector| 1 + blocks_without_escapes(selector));
    let collections = [intent.categories().count(), intent.extras().count()];
    1 + collections.into_iter().filter(|len| *len > 0).count() + selector
}

#[test]
fn parsing_asks_for_a_block_for_the_uri_and_one_for_each_collection() {
    let blocks_of = |uri: &str| {
        let mut parsed = None;
        let info = measure(|| parsed = Intent::parse_uri(uri, ParseFlags::INTENT_SCHEME).ok());
        (usize::try_from(info.count_total).unwrap(), parsed.unwrap())
    };
    for uri in corpus() {
        let (blocks, intent) = blocks_of(&uri);
        assert_eq!(blocks, blocks_without_escapes(&intent), "{uri}");
    }
    for uri in awkward().into_iter().map(|intent| intent.to_uri(UriScheme::Intent).unwrap()) {
        let (blocks, intent) = blocks_of(&uri);
        // A text with an escape is decoded, and many entries go into a tree.
        let escapes = uri.split([';', '=']).filter(|part| part.contains('%')).count();
        let entries = intent.extras().count() + intent.categories().count();
        let texts = usize::from(intent.selector().is_some()) * 8;
        let allowed = blocks_without_escapes(&intent) + 2 * escapes + 2 * entries + texts;
        assert!(blocks <= allowed, "{blocks} blocks, {allowed} allowed: {uri}");
    }
}

/// What is replaced or taken out does not stay for good.
#[test]
fn changes_do_not_pile_up() {
    let mut intent = Intent::new().with_action("kept").with_category("kept").with_extra("kept", "kept");
    let info = measure(|| {
        for number in 0..10_000 {
            let text = format!("{number:0100}");
            intent = std::mem::take(&mut intent)
                .with_data(&text)
                .with_mime_type(&text)
                .with_identifier(&text)
                .with_package(&text)
                .with_category(&text)
                .with_extra("replaced", text.as_str())
                .with_extra(&text, text.as_str());
            assert!(intent.remove_category(&text) && intent.remove_extra(&text).is_some());
        }
    });
    assert!(info.bytes_max < 20_000, "{} bytes", info.bytes_max);
    let last = format!("{:0100}", 9_999);
    let expected = Intent::new()
        .with_action("kept")
        .with_category("kept")
        .with_extra("kept", "kept")
        .with_data(&last)
        .with_mime_type(&last)
        .with_identifier(&last)
        .with_package(&last)
        .with_extra("replaced", last.as_str());
    assert_eq!(intent, expected);
    assert_eq!(intent.to_uri(UriScheme::Intent), expected.to_uri(UriScheme::Intent));
}

/// An error keeps nothing of the text.
#[test]
fn an_error_asks_for_little() {
    for uri in ["intent:#Intent;foo=bar;end", "intent:#Intent;launchFlags=x;end", "intent:#Intent;S.k=v"] {
        let info = measure(|| assert!(Intent::parse_uri(uri, ParseFlags::INTENT_SCHEME).is_err()));
        assert!(info.count_total <= 3, "{uri}: {}", info.count_total);
    }
}

/// What one URI can make the parser hold at most, in times its own length.
#[test]
fn memory_is_bounded() {
    let size = 1 << 16;
    for item in ["S.a;", "S.%41=%4z;", "category=a;", "SEL;S.a=b;", "l.a=1;", "c.%=a;", ";"] {
        let distinct: String =
            (0..size / 12).map(|number| item.replacen('a', &format!("{number}a"), 1)).collect();
        for text in [item.repeat(size / item.len()), distinct] {
            let uri = format!("intent:#Intent;{text}S.z=;end");
            let info = measure(|| drop(Intent::parse_uri(&uri, ParseFlags::INTENT_SCHEME)));
            // Keys of 1 MiB that lie over later items are kept as they are and as they are printed, in a
            // block that doubles.
            let limit = 40 * u64::try_from(uri.len()).unwrap() + (12 << 20);
            assert!(info.bytes_max < limit, "{item}: {} of {} bytes", info.bytes_max, uri.len());
        }
    }
}
