//! The time of both sides, on the same intents and filters, as ratios: absolute figures are the machine's.

use std::hint::black_box;
use std::time::Instant;

use serde_json::Value;
use tim_offline_push::intent::filter::{Authority, IntentFilter, MatchTarget, PatternKind, PatternMatcher};
use tim_offline_push::intent::{Intent, ParseFlags, UriScheme};

use crate::driver::{Driver, Part};

pub(crate) fn compare(driver: &mut Driver) {
    let uris: Vec<String> = include_str!("../data/bench_corpus.jsonl")
        .lines()
        .map(|line| {
            serde_json::from_str::<Value>(line).unwrap()["uri_intent_scheme"].as_str().unwrap().to_owned()
        })
        .collect();
    for uri in &uris {
        driver.ask("load", &[Part::new('u', [uri])]);
    }
    let read = |uri: &String| Intent::parse_uri(uri, ParseFlags::INTENT_SCHEME).unwrap();
    let intents: Vec<Intent> = uris.iter().map(read).collect();
    let tapped = intents[0].clone().with_category(Intent::CATEGORY_DEFAULT);
    // Android's Uri remembers its parts.
    let target = MatchTarget::new(&tapped);
    let filters: Vec<IntentFilter> = (0..960).map(filter).collect();
    let own = [
        ("parse", "parse", best(uris.len(), |at| drop(black_box(read(black_box(&uris[at])))))),
        ("write", "write", best(intents.len(), |at| drop(black_box(intents[at].to_uri(UriScheme::Intent))))),
        (
            "match",
            "match with `MatchTarget`",
            best(filters.len(), |at| {
                let _ = black_box(filters[at].matches_target(black_box(&target)));
            }),
        ),
        (
            "match",
            "match without",
            best(filters.len(), |at| {
                let _ = black_box(filters[at].matches(black_box(&tapped)));
            }),
        ),
    ];
    println!("| | Android's classes on a JVM | this crate | ratio |\n|---|---|---|---|");
    for (what, shown, own) in own {
        let android: f64 = driver.ask(&format!("time\t{what}"), &[]).parse().unwrap();
        println!("| {shown} | {android:.0} ns | {own:.0} ns | {:.1} |", android / own);
    }
}

/// Every second one takes the intent's host, a third of those its path in each of three ways; as in
/// `Driver.java`.
fn filter(number: usize) -> IntentFilter {
    let host = match number % 2 {
        0 => "com.tencent.qcloud.tim".to_owned(),
        _ => format!("*.example{}.com", number % 7),
    };
    IntentFilter::new()
        .with_action(Intent::ACTION_VIEW)
        .with_category(Intent::CATEGORY_DEFAULT)
        .with_scheme("pushscheme")
        .with_authority(Authority::new(host))
        .with_path(PatternMatcher::new(PatternKind::ALL[number % 3], "/detail").unwrap())
}

/// Nanoseconds for one of so many: the best of several rounds.
fn best(count: usize, mut work: impl FnMut(usize)) -> f64 {
    let mut best = f64::MAX;
    for _ in 0..200 {
        let start = Instant::now();
        (0..count).for_each(&mut work);
        best = best.min(start.elapsed().as_secs_f64());
    }
    best * 1e9 / f64::from(u32::try_from(count).unwrap())
}
