//! Printing and parsing of intent URIs over the corpus of `tests/data/bench_corpus.jsonl`: 256 URIs of four
//! sorts, as push clicks carry them, of 305 bytes on average.
//!
//! Each figure is for one URI: divide the time of an iteration by the number of elements, or read `thrpt`.
//! `floor/all` copies each finished URI into a fresh `String`. Absolute figures are the machine's;
//! `tests/android/run --time` measures Android's own classes beside the crate and prints the ratios.
//!
//! An intent that was read keeps its URI, so that `to_uri` mostly copies; `build_and_print` encodes every
//! text, and `parse_and_read` decodes those that it reads.

#![allow(missing_docs, reason = "criterion's macros make undocumented items")]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a benchmark without its corpus measures nothing"
)]

use std::hint::black_box;
use std::ops::Range;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use tim_offline_push::intent::{Extra, Intent, ParseFlags, UriScheme};

/// The groups, as the corpus has them one behind the other.
const GROUPS: [(&str, Range<usize>); 5] = [
    ("all", 0..256),
    ("component", 0..64),
    ("json_extra", 64..128),
    ("typed_extras", 128..192),
    ("https", 192..256),
];

/// The URIs, and the intents that they stand for.
fn corpus() -> (Vec<String>, Vec<Intent>) {
    let text = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/data/bench_corpus.jsonl");
    let text = std::fs::read_to_string(text).expect("the corpus");
    let uris: Vec<String> = text
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("a record"))
        .map(|record| record["uri_intent_scheme"].as_str().expect("a uri").to_owned())
        .collect();
    let intents = uris
        .iter()
        .map(|uri| Intent::parse_uri(uri, ParseFlags::INTENT_SCHEME).expect("an intent"))
        .inspect(|intent| assert!(intent.to_uri(UriScheme::Intent).is_ok_and(|uri| uris.contains(&uri))))
        .collect();
    (uris, intents)
}

/// How many elements a range has, for criterion.
fn elements<T>(slice: &[T]) -> Throughput {
    Throughput::Elements(u64::try_from(slice.len()).unwrap_or(u64::MAX))
}

fn to_uri(criterion: &mut Criterion) {
    let (_, intents) = corpus();
    let mut group = criterion.benchmark_group("to_uri");
    for (name, range) in GROUPS {
        let intents = &intents[range];
        group.throughput(elements(intents));
        group.bench_with_input(BenchmarkId::from_parameter(name), intents, |bencher, intents| {
            bencher.iter(|| {
                for intent in intents {
                    black_box(&black_box(intent).to_uri(UriScheme::Intent));
                }
            });
        });
    }
    group.finish();
}

fn parse_uri(criterion: &mut Criterion) {
    let (uris, _) = corpus();
    let mut group = criterion.benchmark_group("parse_uri");
    for (name, range) in GROUPS {
        let uris = &uris[range];
        group.throughput(elements(uris));
        group.bench_with_input(BenchmarkId::from_parameter(name), uris, |bencher, uris| {
            bencher.iter(|| {
                for uri in uris {
                    black_box(&Intent::parse_uri(black_box(uri), ParseFlags::INTENT_SCHEME));
                }
            });
        });
    }
    group.finish();
}

/// Parsing, and then asking for every extra, whose escapes are decoded only then.
fn parse_and_read(criterion: &mut Criterion) {
    let (uris, _) = corpus();
    let mut group = criterion.benchmark_group("parse_and_read");
    for (name, range) in GROUPS {
        let uris = &uris[range];
        group.throughput(elements(uris));
        group.bench_with_input(BenchmarkId::from_parameter(name), uris, |bencher, uris| {
            bencher.iter(|| {
                for uri in uris {
                    let intent = Intent::parse_uri(black_box(uri), ParseFlags::INTENT_SCHEME);
                    for extra in intent.iter().flat_map(Intent::extras) {
                        black_box(&extra);
                    }
                }
            });
        });
    }
    group.finish();
}

/// Building an intent with its extras, whose escapes are written then, and printing it.
fn build_and_print(criterion: &mut Criterion) {
    let (_, intents) = corpus();
    let mut group = criterion.benchmark_group("build_and_print");
    for (name, range) in GROUPS {
        let intents = &intents[range];
        let extras: Vec<Vec<_>> = intents.iter().map(|intent| intent.extras().collect()).collect();
        group.throughput(elements(intents));
        group.bench_with_input(BenchmarkId::from_parameter(name), &extras, |bencher, extras| {
            bencher.iter(|| {
                for (intent, extras) in intents.iter().zip(extras) {
                    black_box(&built(black_box(intent), extras).to_uri(UriScheme::Intent));
                }
            });
        });
    }
    group.finish();
}

fn built(intent: &Intent, extras: &[(Option<&str>, Extra)]) -> Intent {
    let mut built = Intent::new().with_flags(intent.flags());
    if let Some(action) = intent.action() {
        built = built.with_action(action);
    }
    if let Some(data) = intent.data() {
        built = built.with_data(data.as_str());
    }
    if let Some(package) = intent.package() {
        built = built.with_package(package);
    }
    if let Some(component) = intent.component() {
        built = built.with_component(component);
    }
    for category in intent.categories() {
        built = built.with_category(category);
    }
    for (key, value) in extras {
        built = built
            .with_extra(key.unwrap_or_default(), value.as_str().map_or_else(|| value.clone(), Extra::from));
    }
    built
}

fn floor(criterion: &mut Criterion) {
    let (uris, _) = corpus();
    let mut group = criterion.benchmark_group("floor");
    group.throughput(elements(&uris));
    group.bench_with_input(BenchmarkId::from_parameter("all"), &uris, |bencher, uris| {
        bencher.iter(|| {
            for uri in uris {
                black_box(&String::from(black_box(uri.as_str())));
            }
        });
    });
    group.finish();
}

/// Texts of 1 MiB that are made to cost much. Each figure is for the whole text.
fn hostile(criterion: &mut Criterion) {
    const SIZE: usize = 1 << 20;
    let repeated = |piece: &str| format!("intent:#Intent;{}end", piece.repeat(SIZE / piece.len()));
    let numbered = |item: &dyn Fn(usize) -> String| {
        let items: String = (0..SIZE / 14).map(item).collect();
        format!("intent:#Intent;{items}end")
    };
    let texts = [
        ("semicolons", repeated(";")),
        ("overlapping_keys", format!("intent:#Intent;{}=;end", "S.a;".repeat(SIZE / 4))),
        ("selectors", repeated("SEL;")),
        ("distinct_extras", numbered(&|number| format!("S.{number:010}=;"))),
        ("equal_extras", repeated("S.a=b;")),
        ("escapes", format!("intent:#Intent;S.a={};end", "%41".repeat(SIZE / 3))),
        ("bad_escapes", format!("intent:#Intent;S.a={};end", "%4z".repeat(SIZE / 3))),
        ("long_number", format!("intent:#Intent;d.a={}e-9;end", "7".repeat(SIZE))),
    ];
    let mut group = criterion.benchmark_group("hostile");
    group.sample_size(20);
    for (name, text) in &texts {
        group.bench_with_input(BenchmarkId::from_parameter(name), text, |bencher, text| {
            bencher
                .iter(|| black_box(&Intent::parse_uri(black_box(text), ParseFlags::INTENT_SCHEME)).is_ok());
        });
    }
    group.finish();
}

criterion_group!(benches, floor, to_uri, parse_uri, parse_and_read, build_and_print, hostile);
criterion_main!(benches);
