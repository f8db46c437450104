//! Any bytes, any JSON, any map: no panic, bounds, and not a word of the content anywhere.

use std::sync::Mutex;

use proptest::prelude::*;
use serde_json::{Value, json};
use tim_offline_push::account::UserId;
use tim_offline_push::ext::Ext;
use tim_offline_push::notification::{Payload, PayloadError, PayloadValue, Tap};
use tim_offline_push::vendor::Vendor;

use crate::{CONTAINER, tap};

#[allow(unreachable_pub, reason = "the fuzz target calls it from another package")]
#[path = "../fuzz_bodies/tap.rs"]
mod body;

/// Seeds: one of each form, and the samples.
fn corpus() -> Vec<Vec<u8>> {
    let printed = format!("messageId={{m}},title={{t}}, extra={{{{a=b, ext={CONTAINER}}}}}");
    let mut texts = vec![
        json!({"ext": CONTAINER}).to_string(),
        json!(json!({"ext": json!(CONTAINER).to_string()}).to_string()).to_string(),
        json!({"key_message": printed, "aps": {"alert": [1.5, null]}}).to_string(),
        format!("intent://h/p#Intent;scheme=s;S.ext={{}};l.n=5;end"),
        format!("ext={CONTAINER}&google.ttl=5&entity={{}}"),
        printed,
        format!("UPSNotificationMessage{{mTitle='t', mMsgId=7, mParams={{a=b, ext={CONTAINER}}}}}"),
        format!("MzPushMessage{{title='t', selfDefineContentString='{CONTAINER}', notifyId=1}}"),
        json!({"params": {"ext": CONTAINER}, "parameters": {}, "extra": "{a=b}", "key_message.extra": "{}"})
            .to_string(),
        CONTAINER.to_owned(),
    ];
    let clicks = include_str!("../data/clicks.jsonl").lines();
    texts.extend(clicks.map(|line| serde_json::from_str::<Value>(line).unwrap()["extras"].to_string()));
    texts.into_iter().map(|text| [&[0, 0], text.as_bytes()].concat()).collect()
}

struct XorShift(u64);

impl XorShift {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(limit.max(1)).unwrap()).unwrap()
    }
}

#[test]
fn fuzz_body_over_the_corpus() {
    let corpus = corpus();
    let mut random = XorShift(0x2026_1122);
    let pieces: [&[u8]; 12] = [
        b"{",
        b"}",
        b"\"",
        b"\\",
        b"=",
        b", ",
        b"extra={{ext=",
        b"\"ext\":",
        b"\\u",
        b"\xff",
        b"[",
        b"messageId={",
    ];
    for round in 0..6_000 {
        let mut data = corpus[random.below(corpus.len())].clone();
        data[0] = u8::try_from(random.below(256)).unwrap();
        data[1] = u8::try_from(random.below(256)).unwrap();
        for _ in 0..random.below(6) {
            let at = 2 + random.below(data.len() - 2);
            match random.below(4) {
                0 => data[at] = u8::try_from(random.below(256)).unwrap(),
                1 => drop(data.splice(at..at, pieces[random.below(pieces.len())].iter().copied())),
                2 => data.truncate(at.max(3)),
                _ => {
                    let other = &corpus[random.below(corpus.len())];
                    drop(data.splice(at..at, other[2..].iter().copied()));
                }
            }
        }
        body::tap(&data[..if round % 100 == 0 { round % data.len() } else { data.len() }]);
    }
}

proptest! {
    #[test]
    fn fuzz_body_over_any_bytes(data in proptest::collection::vec(any::<u8>(), 0..200)) {
        body::tap(&data);
    }
}

#[test]
fn payloads_are_bounded() {
    let keys = |count: usize| (0..count).map(|n| (n.to_string(), 1));
    assert_eq!(Payload::from_pairs(keys(Payload::MAX_KEYS)).unwrap().len(), Payload::MAX_KEYS);
    assert_eq!(Payload::from_pairs(keys(Payload::MAX_KEYS + 1)), Err(PayloadError::TooManyKeys));
    let full = "x".repeat(Payload::MAX_BYTES - 1);
    let mut payload = Payload::from_pairs([("a", full.as_str())]).unwrap();
    let before = payload.clone();
    assert_eq!(payload.insert("b", ""), Err(PayloadError::TooLong { bytes: Payload::MAX_BYTES + 1 }));
    assert_eq!(
        payload.insert("a", format!("{full}y")),
        Err(PayloadError::TooLong { bytes: Payload::MAX_BYTES + 1 })
    );
    assert_eq!(payload, before);
    assert!(payload.with_data("d").is_err());
    let long = "x".repeat(Payload::MAX_BYTES + 1);
    let too_long = Err(PayloadError::TooLong { bytes: Payload::MAX_BYTES + 1 });
    for vendor in [None, Some(Vendor::Xiaomi)] {
        assert_eq!(Tap::from_text(vendor, &long), too_long);
        assert_eq!(Tap::from_intent_uri(vendor, &long), too_long);
        assert!(matches!(Tap::from_ext(vendor, &Ext::from_text(&*long)), Err(PayloadError::TooLong { .. })));
    }
    assert!(matches!(Tap::from_text(Some(Vendor::Meizu), &long), Err(PayloadError::TooLong { .. })));
    assert_eq!(PayloadValue::json(long), Err(PayloadError::TooLong { bytes: Payload::MAX_BYTES + 1 }));
    let control = [("a", "\u{1}".repeat(Payload::MAX_BYTES - 1))];
    let heaviest = Tap::new(Some(Vendor::Oppo), Payload::from_pairs(control).unwrap()).weight();
    assert!((7 * Payload::MAX_BYTES - 10..8 * Payload::MAX_BYTES).contains(&heaviest), "{heaviest}");
    let deep = format!("{{\"a\":{}1{}}}", "[".repeat(200), "]".repeat(200));
    assert!(matches!(Payload::from_json(&deep), Err(PayloadError::NotJson { .. })));
}

/// With `serde_json`'s feature `arbitrary_precision`, which another crate may switch on, numbers come as
/// objects.
#[test]
fn numbers_stay_numbers_however_serde_json_hands_them_over() {
    let number = |text: &str| format!(r#"{{"$serde_json::private::Number":"{text}"}}"#);
    let text = format!(r#"{{"a":{},"b":[1,{{"c":{}}}]}}"#, number("1.50"), number("12345678901234567890123"));
    let tap = Tap::from_text(Some(Vendor::Oppo), &text).unwrap();
    let ext = tap.ext().and_then(Ext::text).unwrap();
    assert!(!ext.contains("private"), "{ext}");
    assert_eq!(serde_json::from_str::<Value>(ext).unwrap()["a"], 1.5);
}

/// A key that `serde_json` uses for such numbers may be anybody's, too.
#[test]
fn a_key_of_serde_json_is_a_key_like_others() {
    let key = "$serde_json::private::Number";
    for extras in [vec![(key, "5")], vec![(key, "5"), ("ext", "{}")], vec![(key, "x")], vec![(key, "1.5")]] {
        let keys = extras.len();
        let tap = Tap::new(Some(Vendor::Huawei), Payload::from_texts(extras, None).unwrap());
        let stored = serde_json::to_string(&tap).unwrap();
        assert_eq!(serde_json::from_str::<Tap>(&stored).unwrap(), tap, "{stored}");
        assert_eq!(serde_json::from_value::<Tap>(serde_json::to_value(&tap).unwrap()).unwrap(), tap);
        let payload = serde_json::to_string(tap.payload()).unwrap();
        assert_eq!(serde_json::from_str::<Payload>(&payload).unwrap().len(), keys);
    }
    for value in
        [json!({ key: "5" }), json!({ key: "x" }), json!({ key: "5", "ext": "{}" }), json!([{ key: "5" }])]
    {
        let text = value.to_string();
        assert_eq!(PayloadValue::from(&value).as_json(), Some(text.as_str()));
        assert!(PayloadValue::json(text).is_ok());
    }
    for text in [format!(r#"{{"{key}":"x"}}"#), format!(r#"{{"{key}":"5","ext":"{{}}"}}"#)] {
        let keys = Tap::from_text(Some(Vendor::Huawei), &text).map(|tap| tap.payload().len());
        assert_eq!(keys, Ok(text.matches(':').count() - 4));
    }
}

/// An array is no dump of a Meizu intent, and is not built to find that out.
#[test]
fn a_long_array_is_refused_before_it_is_built() {
    let array = format!("[{}0]", "0,".repeat(Payload::MAX_BYTES / 2 - 100));
    let peak = allocation_counter::measure(|| drop(Tap::from_text(Some(Vendor::Meizu), &array))).bytes_max;
    assert!(peak < 4 * 65_536, "{peak}");
}

/// Errors of the serde forms name the field and the limit, and nothing that stands in them.
#[test]
fn what_does_not_read_is_named() {
    let value = |value: &str| format!(r#"{{"payload":{{"extras":{{"CANARY-a":1,"CANARY-b":{value}}}}}}}"#);
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    let long = "x".repeat(Payload::MAX_BYTES);
    for (stored, expected) in [
        ("5".into(), "expected an object with vendor"),
        ("{}".into(), "payload: missing"),
        (r#"{"vendor":5,"payload":{}}"#.into(), "vendor: expected a text"),
        (r#"{"vendor":"CANARY","payload":{}}"#.into(), "vendor: not a vendor: expected"),
        (r#"{"vendor":"Xiaomi","vendor":"HUAWEI","payload":{}}"#.into(), "vendor: stands twice"),
        (r#"{"account":["CANARY"],"payload":{}}"#.into(), "account: expected a text"),
        (r#"{"account":"","payload":{}}"#.into(), "account: user id is empty"),
        (r#"{"message_id":{},"payload":{}}"#.into(), "message_id: expected a text"),
        (r#"{"payload":"CANARY"}"#.into(), "payload: expected an object"),
        (r#"{"payload":{},"payload":{}}"#.into(), "payload: stands twice"),
        (r#"{"payload":{"extras":["CANARY"]}}"#.into(), "extras: expected an object"),
        (r#"{"payload":{"data":7}}"#.into(), "data: expected a text"),
        (value("1.5"), "extras: value 2: expected a payload value"),
        (value(r#"{"bytes":"CANARY!"}"#), "extras: value 2: bytes: base64 is malformed"),
        (
            value(r#"{"json":"CANARY"}"#),
            "extras: value 2: json: payload is not JSON: wrong at line 1 column 1",
        ),
        (value(&format!(r#"{{"json":"{long}x"}}"#)), "at most 65536 are read"),
        (value(&format!("\"{long}\"")), "at most 65536 are read"),
        (value(&deep), "nests deeper than 120 levels"),
    ] {
        let error = serde_json::from_str::<Tap>(&stored).unwrap_err().to_string();
        let start = stored.get(..40).unwrap_or(&stored);
        assert!(error.contains(expected) && !error.contains("CANARY"), "{start}: {error}");
    }
}

/// Texts made to be read again and again: each must cost no more than a small multiple of its length.
#[test]
fn reading_is_bounded() {
    let fill = |piece: &str| piece.repeat(Payload::MAX_BYTES / piece.len());
    let nested = format!("messageId={{m}}{}", fill("extra={{ext={\"a\":\""));
    for text in [
        fill("extra={{ext={}, "),
        fill("extra={{ext={"),
        fill("extra={{ext=[1,"),
        fill("extra={{a=b "),
        fill("extra={{a=b, "),
        fill("a={}, "),
        fill(", "),
        fill("a=, "),
        nested,
    ] {
        let text = format!("messageId={{{}", text.get(..text.len() - 40).unwrap());
        let read = Tap::from_text(Some(Vendor::Xiaomi), &text).map(|tap| tap.user_keys().count());
        assert!(read.is_ok_and(|keys| keys <= 2 * Payload::MAX_KEYS));
    }
    for (start, piece, end) in [
        ("UPSNotificationMessage{", "mParams={ext={}, ", "}"),
        ("UPSNotificationMessage{", "mParams={ext={\"a\":\"", "}"),
        ("MzPushMessage{", "selfDefineContentString='{\"a\":\"", "', notifyId=1}"),
        ("MzPushMessage{", "selfDefineContentString='[", "', notifyId=1}"),
        ("{\"params\":\"{", "ext={}, ", "\"}"),
    ] {
        let inside = fill(piece);
        let text = format!("{start}{}{end}", inside.get(..inside.len() - 60).unwrap());
        assert!(Tap::from_text(None, &text).is_ok_and(|tap| tap.weight() <= 8 * Payload::MAX_BYTES));
    }
    let keys: Vec<String> = (0..1_000).map(|n| format!("\"extra.k{n}\":\"\"")).collect();
    let tap =
        Tap::from_text(Some(Vendor::Xiaomi), &format!("{{{},\"messageId\":\"\"}}", keys.join(","))).unwrap();
    assert_eq!(tap.user_keys().count(), 1_000);
}

struct Capture(Mutex<Vec<String>>);

impl log::Log for Capture {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        self.0.lock().unwrap().push(format!("{} {}", record.target(), record.args()));
    }

    fn flush(&self) {}
}

static LOG: Capture = Capture(Mutex::new(Vec::new()));

#[test]
fn nothing_shows_the_content() {
    const CANARY: &str = "CANARY7be2d0";
    log::set_logger(&LOG).unwrap();
    log::set_max_level(log::LevelFilter::Trace);
    let ext =
        json!({"entity": {"version": 1, "chatType": 1, "sender": CANARY, "content": CANARY, CANARY: CANARY}});
    let entity = ext["entity"].to_string();
    let mut seen = Vec::new();
    for vendor in Vendor::ALL.iter().copied().map(Some).chain([None]) {
        for extras in [
            json!({"ext": ext.to_string(), CANARY: CANARY, "google.message_id": CANARY, "msgId": CANARY}),
            json!({"entity": entity, CANARY: CANARY}),
            json!({"key_message": format!("messageId={{{CANARY}}},title={{{CANARY}}}, extra={{{{ext={ext}}}}}")}),
            json!({CANARY: {CANARY: [CANARY, 1.5]}}),
        ] {
            let tap = tap(vendor, &extras).with_message_id(CANARY).with_account(UserId::new(CANARY).unwrap());
            seen.push(format!("{tap:?} {:?} {:?} {:?}", tap.route(), tap.no_ext(), tap.dedupe_key()));
            for (_, value) in tap.user_keys().chain(tap.system_keys()) {
                seen.push(format!("{value:?}"));
            }
        }
        for broken in [CANARY, "{\"CANARY7be2d0\":", "{\"a\":CANARY7be2d0", "[\"CANARY7be2d0\"]"] {
            let text =
                Tap::from_text(vendor, broken).map_err(|error| seen.push(format!("{error} {error:?}")));
            let uri = format!("intent:#Intent;i.{CANARY}={CANARY};S.{broken}");
            let uri =
                Tap::from_intent_uri(vendor, &uri).map_err(|error| seen.push(format!("{error} {error:?}")));
            seen.push(format!("{text:?} {uri:?}"));
        }
    }
    let stored = serde_json::from_value::<Tap>(json!({"payload": {"extras": {"a": {"json": CANARY}}}}));
    seen.push(format!("{stored:?}"));
    seen.extend(LOG.0.lock().unwrap().iter().cloned());
    let shown: Vec<_> = seen.iter().filter(|line| line.contains(CANARY)).collect();
    assert!(shown.is_empty(), "{shown:?}");
    assert!(seen.len() > 200, "the canary was looked for in {} texts", seen.len());
}
