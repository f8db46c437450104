//! The cost of every public parser and builder grows with its input, not with the square of it.
//!
//! Each subject runs at a size and at eight times that size. Counted are the blocks and bytes that it
//! allocates, and, since a search through a list allocates nothing, the time that this thread ran on a
//! processor. Linear work grows eightfold, n log n about tenfold, quadratic work 64-fold.

use std::hint::black_box;
use std::time::Instant;

use allocation_counter::measure;
use tim_offline_push::certificate::Certificates;
use tim_offline_push::click_action::Screen;
use tim_offline_push::device::DeviceFacts;
use tim_offline_push::doctor::PushTrace;
use tim_offline_push::ext::Ext;
use tim_offline_push::intent::filter::{
    Authority, ContentType, IntentFilter, Mismatch, PatternKind, PatternMatcher, RelativeFilterGroup,
    RelativePart, required_filter,
};
use tim_offline_push::intent::manifest::{ComponentElement, ComponentKind, DataElement, FilterElement};
use tim_offline_push::intent::{AndroidUri, Intent, ParseFlags, Sanitizer, UriScheme};
use tim_offline_push::message::{Envelope, Form, OfflinePushInfo};
use tim_offline_push::notification::{Payload, Tap};
use tim_offline_push::token::Token;
use tim_offline_push::trace::ServerRecord;
use tim_offline_push::vendor::{TokenKind, Vendor, VendorCode};

/// What a size is multiplied by, and what the cost may be multiplied by.
const GROWTH: usize = 8;
const LIMIT: f64 = 28.0;

/// Nanoseconds that this thread ran on a processor, which other processes do not add to; elsewhere the
/// clock's.
fn processor_time(since: Instant) -> u64 {
    let stated = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let ran = stated.and_then(|text| text.split(' ').next()?.parse().ok());
    ran.unwrap_or_else(|| u64::try_from(since.elapsed().as_nanos()).unwrap())
}

struct Cost {
    blocks: f64,
    bytes: f64,
    nanoseconds: f64,
}

/// What a call costs. It is repeated until its time is well above the grain of the processor's accounts.
fn cost(call: &dyn Fn()) -> Cost {
    const LONG: u64 = 12_000_000;
    let since = Instant::now();
    let start = processor_time(since);
    let (mut calls, mut ran) = (0.0, 0);
    while ran < LONG {
        call();
        calls += 1.0;
        ran = processor_time(since) - start;
    }
    let info = measure(call);
    Cost { blocks: info.count_total as f64, bytes: info.bytes_total as f64, nanoseconds: ran as f64 / calls }
}

/// Runs what `prepare` makes of a size, and of eight times the size.
fn grows_with_its_input<F: Fn()>(name: &str, size: usize, prepare: impl Fn(usize) -> F) {
    let [small, large] = [size, size * GROWTH].map(|size| cost(&prepare(size)));
    // Below these the figures are noise.
    let ratios = [
        ("blocks", large.blocks / small.blocks.max(50.0)),
        ("bytes", large.bytes / small.bytes.max(10_000.0)),
        ("time", large.nanoseconds / small.nanoseconds.max(10_000.0)),
    ];
    for (what, ratio) in ratios {
        assert!(ratio < LIMIT, "{name}: {GROWTH} times the input takes {ratio:.0} times the {what}");
    }
}

/// Keys of one length and one hash.
fn colliding(count: usize) -> Vec<String> {
    let letters =
        |number: usize| (0..16).map(|bit| if number >> bit & 1 == 0 { "Aa" } else { "BB" }).collect();
    (0..count).map(letters).collect()
}

fn distinct(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("key{:x}", number.wrapping_mul(2_654_435_761) % 4_294_967_291)).collect()
}

fn with_extras(keys: &[String]) -> Intent {
    let mut intent = Intent::new().with_action(Intent::ACTION_VIEW).with_data("s://h/p");
    for key in keys {
        intent.set_extra(key, "a b");
    }
    intent
}

fn with_categories(keys: &[String]) -> Intent {
    keys.iter().fold(Intent::new().with_data("s://h/p"), Intent::with_category)
}

#[test]
fn intents() {
    for keys in [distinct, colliding] {
        // So few that the large size fits into a cache, too.
        let size = 1_000;
        grows_with_its_input("with_extra", size, |size| {
            let keys = keys(size);
            move || drop(black_box(with_extras(&keys)))
        });
        grows_with_its_input("with_category", size, |size| {
            let keys = keys(size);
            move || drop(black_box(with_categories(&keys)))
        });
        grows_with_its_input("remove", size, |size| {
            let keys = keys(size);
            let intent = with_extras(&keys);
            move || {
                let mut intent = intent.clone();
                for key in &keys {
                    intent.remove_extra(key);
                }
                assert_eq!(intent.extras().count(), 0);
            }
        });
        grows_with_its_input("extra", size, |size| {
            let keys = keys(size);
            let intent = with_extras(&keys);
            move || assert!(keys.iter().all(|key| intent.extra(key).is_some()))
        });
        grows_with_its_input("to_uri", size, |size| {
            let intent = with_extras(&keys(size));
            move || drop(black_box(intent.to_uri(UriScheme::Intent)))
        });
        grows_with_its_input("parse_uri", size, |size| {
            let uri = with_extras(&keys(size)).to_uri(UriScheme::Intent).unwrap();
            move || drop(black_box(Intent::parse_uri(&uri, ParseFlags::INTENT_SCHEME)))
        });
        grows_with_its_input("check_round_trip and ==", size, |size| {
            let intent = with_extras(&keys(size));
            move || assert_eq!(intent.check_round_trip(UriScheme::Intent), Ok(Vec::new()))
        });
        grows_with_its_input("sanitize", size, |size| {
            let intent = with_categories(&keys(size));
            move || drop(black_box(Sanitizer::new().sanitize(intent.clone())))
        });
        grows_with_its_input("required_filter, matches and explain", size, |size| {
            let intent = with_categories(&keys(size));
            move || {
                let filter = required_filter(&intent);
                assert!(filter.matches(&intent).is_ok() && filter.explain(&intent).is_ok());
            }
        });
    }
}

#[test]
fn filters_and_manifests() {
    grows_with_its_input("an IntentFilter", 1_000, |size| {
        let keys = distinct(size);
        move || {
            let mut filter = IntentFilter::new();
            for key in &keys {
                let group = RelativeFilterGroup::allow()
                    .with_filter(RelativePart::Query, PatternMatcher::literal(key.as_str()));
                filter = filter
                    .with_action(key.as_str())
                    .with_category(key.as_str())
                    .with_scheme(key.as_str())
                    .with_content_type(ContentType::new(format!("a/{key}")).unwrap())
                    .with_authority(Authority::new(key.as_str()))
                    .with_path(PatternMatcher::prefix(key.as_str()))
                    .with_group(group);
            }
            let intent = Intent::new().with_action("key0").with_data(format!("{}://h/p?a", keys[0]));
            drop(black_box(Mismatch::nearest([&filter], &intent)));
        }
    });
    grows_with_its_input("a host beside many", 1_000, |size| {
        let hosts =
            distinct(size).into_iter().map(|key| Authority::new(format!("*.{key}.{}", "x".repeat(100))));
        let filter = hosts.fold(IntentFilter::new().with_scheme("s"), IntentFilter::with_authority);
        let intent = Intent::new().with_data(format!("s://{}/", "ab.é".repeat(size)));
        move || assert!(filter.matches(&intent).is_err())
    });
    grows_with_its_input("FilterElement", 1_000, |size| {
        let keys = distinct(size);
        move || {
            let mut element = FilterElement::new();
            let mut data = DataElement::new();
            for key in &keys {
                element = element.with_action(key.as_str()).with_category(key.as_str());
                element = element.with_attribute(key, key.as_str()).unwrap();
                element =
                    element.with_data(DataElement::new().with_scheme(key.as_str()).with_host(key.as_str()));
                data = data.with_attribute(key, key.as_str()).unwrap();
            }
            let element = element.with_data(data);
            let filter = element.to_filter().unwrap();
            let component = ComponentElement::new(ComponentKind::Activity, "a.B")
                .with_filter(FilterElement::from(&filter))
                .with_filter(element);
            assert!(component.to_string().len() > keys.len());
        }
    });
    for pattern in ["a.*b", "[a-z]", "x\\."] {
        grows_with_its_input("a simple glob", 8_000, |size| {
            let (pattern, text) = (pattern.repeat(size / 4), "aab".repeat(size / 3));
            move || {
                black_box(
                    PatternMatcher::new(PatternKind::SimpleGlob, pattern.as_str()).unwrap().matches(&text),
                );
            }
        });
    }
}

#[test]
fn texts() {
    for piece in ["%41", "%4z", "%E5%BC%A0", "%FF", "é", "a", "%", "/", "@", ":", "://", "?", "#"] {
        grows_with_its_input("AndroidUri", 4_000, |size| {
            let text = piece.repeat(size);
            move || {
                black_box(AndroidUri::decode(&text));
                black_box(AndroidUri::encode(&text, "/"));
                black_box(AndroidUri::bad_escape(&text));
                let uri = AndroidUri::new(text.as_str());
                black_box((uri.host(), uri.port(), uri.path(), uri.query(), uri.fragment(), uri.user_info()));
            }
        });
        for begin in ["", "intent:", "intent:#Intent;S.a=", "android-app://", "#Intent;", "#extras(Sk="] {
            grows_with_its_input(begin, 4_000, |size| {
                let text = begin.to_owned() + &piece.repeat(size);
                move || {
                    black_box(Intent::parse_uri(&text, ParseFlags::NONE)).ok();
                    black_box(Screen::from_uri(&text)).ok();
                    black_box(Tap::from_intent_uri(None, &text)).ok();
                }
            });
        }
        grows_with_its_input("tokens and codes", 4_000, |size| {
            let text = piece.repeat(size);
            move || {
                for vendor in Vendor::ALL.iter().copied() {
                    black_box(Token::parse(vendor, TokenKind::Standard, &text)).ok();
                    black_box(VendorCode::find(vendor, &text));
                }
            }
        });
    }
}

/// Objects of many members, arrays of many elements, deep nesting, long texts.
fn json(size: usize) -> Vec<String> {
    let members: Vec<String> = distinct(size).iter().map(|key| format!("\"{key}\":\"{key}\"")).collect();
    let objects: Vec<String> =
        distinct(size).iter().map(|key| format!("{{\"businessId\":1,\"{key}\":{{\"a\":[1]}}}}")).collect();
    let same = vec!["\"ext\":\"e\""; size].join(",");
    vec![
        format!("{{{}}}", members.join(",")),
        format!("{{\"ext\":{{{}}}}}", members.join(",")),
        format!("{{\"OfflinePushInfo\":{{{}}}}}", members.join(",")),
        format!("[{}]", objects.join(",")),
        format!("{{{same}}}"),
        format!("{}{}", "[".repeat(size), "]".repeat(size)),
        format!("{{\"ext\":\"{}\"}}", "\\\"".repeat(size)),
    ]
}

#[test]
fn json_texts() {
    for at in 0..json(1).len() {
        grows_with_its_input("json", 1_000, |size| {
            let text = json(size).swap_remove(at);
            move || {
                for form in Form::ALL.iter().copied() {
                    black_box(OfflinePushInfo::read(form, &text)).ok();
                    black_box(Envelope::read(form, &text)).ok();
                }
                black_box(Certificates::read(&text)).ok();
                black_box(Payload::from_json(&text)).ok();
                black_box(Payload::from_intent_json(&text)).ok();
                black_box(Tap::from_text(None, &text)).ok();
                black_box(Ext::from_text(text.as_str()));
            }
        });
    }
}

/// What reads a text again for each place in it is quadratic in these.
#[test]
fn texts_with_many_beginnings() {
    for piece in [
        "\"",
        "/",
        "/*",
        "a:",
        "#",
        "'\\",
        "'\n",
        "\"\"\" ",
        "# ' (\n",
        "a ? ",
        "x ",
        "\"masterSecret\":1,",
        "\"b\": {},",
    ] {
        for begin in ["", "{", "{\"key\": [", "a = "] {
            grows_with_its_input("a configuration", 8_000, |size| {
                let text = format!("{begin}{}", piece.repeat(size / piece.len()));
                move || drop(black_box(Certificates::read(&text)))
            });
        }
    }
    for (begin, piece) in [
        ("messageId={{", "extra={{ext={}, "),
        ("messageId={{", "extra={{ext={"),
        ("messageId={{", "extra={{ext=[1,"),
        ("messageId={{", "extra={{a=b "),
        ("messageId={{", "extra={{a=b, "),
        ("messageId={{", "a={}, "),
        ("messageId={{", ", "),
        ("messageId={{", "a=, "),
        ("messageId={{messageId={{m}}", "extra={{ext={\"a\":\""),
        ("UPSNotificationMessage{", "mParams={ext={}, "),
        ("UPSNotificationMessage{", "mParams={ext={\"a\":\""),
        ("MzPushMessage{selfDefineContentString='", "{\"a\":\""),
        ("MzPushMessage{selfDefineContentString='", "["),
        ("{\"params\":\"{", "ext={}, "),
    ] {
        grows_with_its_input("a tap", Payload::MAX_BYTES / GROWTH, |size| {
            let fill = size - begin.len();
            let text = format!("{begin}{}", piece.repeat(fill / piece.len()));
            move || {
                black_box(Tap::from_text(None, &text)).ok();
                black_box(Tap::from_text(Some(Vendor::Xiaomi), &text)).ok();
            }
        });
    }
}

/// A matcher that goes back, or starts anew at each place, is quadratic in these or worse.
#[test]
fn patterns() {
    for pattern in ["a*a*a*a*a*b", ".*.*.*.*b", ".*a.*a.*b", "a*.*a*b", "a*a*a*a*b"] {
        grows_with_its_input("a simple glob", 8_000, |size| {
            let (pattern, text) =
                (PatternMatcher::new(PatternKind::SimpleGlob, pattern).unwrap(), "a".repeat(size));
            move || assert!(!black_box(&pattern).matches(&text))
        });
    }
    let many_sets = "[a-c]*[^a]*".repeat(100);
    let large_set: String = (1..=1000_u32).filter_map(char::from_u32).flat_map(|set| ['\\', set]).collect();
    let large_set = format!("[{large_set}]*");
    for pattern in ["a*a*a*a*b", ".+.+.+b", "[a-z]{1,}[a-z]{1,}b", &many_sets, &large_set] {
        grows_with_its_input("an advanced glob", 8_000, |size| {
            let (pattern, text) =
                (PatternMatcher::new(PatternKind::AdvancedGlob, pattern).unwrap(), "a".repeat(size));
            move || {
                black_box(pattern.matches(&text));
            }
        });
    }
}

#[test]
fn server_records() {
    grows_with_its_input("webhooks of pushes", 500, |size| {
        let event = |key: &String| {
            format!(
                "{{\"EventType\":1,\"EventTime\":1728000000,\"PushPlatform\":2,\"To_Account\":\"a\",\
                 \"OfflinePushID\":\"{key}\",\"ErrCode\":0}}"
            )
        };
        let events: Vec<String> = distinct(size).iter().map(event).collect();
        let text = format!("{{\"Events\":[{}]}}", events.join(","));
        move || {
            let record = ServerRecord::read(&text).unwrap();
            black_box(PushTrace::new().with_record(&record).to_string());
        }
    });
}

#[test]
fn lines() {
    grows_with_its_input("properties", 1_000, |size| {
        let text: String = distinct(size).iter().map(|key| format!("[{key}]: [v]\n")).collect();
        move || {
            black_box(DeviceFacts::from_getprop(&text)).ok();
        }
    });
    grows_with_its_input("constants", 1_000, |size| {
        let text: String =
            distinct(size).iter().map(|key| format!("static final long {key} = 7L;\n")).collect();
        move || drop(black_box(Certificates::read(&text)))
    });
    grows_with_its_input("pairs", 1_000, |size| {
        let keys = distinct(size);
        move || {
            let pairs = keys.iter().map(|key| (key.as_str(), key.as_str()));
            black_box(Payload::from_texts(pairs, None)).ok();
        }
    });
}
