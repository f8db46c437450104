//! What the registrar keeps of a tap: its serde form, its key for deduplication, its account.

use serde_json::json;
use tim_offline_push::account::UserId;
use tim_offline_push::notification::{DedupeKey, Payload, PayloadValue, Tap};
use tim_offline_push::vendor::Vendor;

use crate::{CONTAINER, tap};

fn user(id: &str) -> UserId {
    UserId::new(id).unwrap()
}

#[test]
fn serde_form_is_frozen() {
    let mut payload = Payload::new();
    payload.insert("ext", CONTAINER).unwrap();
    payload.insert("n", 5).unwrap();
    payload.insert("t", true).unwrap();
    payload.insert("b", vec![255_u8]).unwrap();
    payload.insert("j", PayloadValue::json("[1, 2.50]").unwrap()).unwrap();
    let payload = payload.with_data("pushscheme://h/p").unwrap();
    let tap = Tap::new(Some(Vendor::Huawei), payload).with_account(user("vinson")).with_message_id("m1");
    let form = json!({
        "vendor": "Huawei",
        "account": "vinson",
        "message_id": "m1",
        "payload": {
            "extras": {"b": {"bytes": "/w=="}, "ext": CONTAINER, "j": {"json": "[1, 2.50]"}, "n": 5, "t": true},
            "data": "pushscheme://h/p",
        },
    });
    assert_eq!(serde_json::to_value(&tap).unwrap(), form);
    assert_eq!(serde_json::from_value::<Tap>(form).unwrap(), tap);

    let least = Tap::new(None, Payload::new());
    assert_eq!(serde_json::to_value(&least).unwrap(), json!({"payload": {"extras": {}}}));
    let later = json!({"payload": {"extras": {}, "later": 1}, "later": 2});
    assert_eq!(serde_json::from_value::<Tap>(later).unwrap(), least);
}

#[test]
fn a_stored_tap_is_checked() {
    let many: serde_json::Map<_, _> = (0..=Payload::MAX_KEYS).map(|n| (n.to_string(), json!(n))).collect();
    for wrong in [
        json!({"payload": {"extras": many}}),
        json!({"payload": {"extras": {"a": "x".repeat(Payload::MAX_BYTES)}}}),
        json!({"payload": {"extras": {"a": {"json": "{"}}}}),
        json!({"payload": {"extras": {"a": {"bytes": "%"}}}}),
        json!({"payload": {"extras": {"a": null}}}),
        json!({"payload": {"extras": {}}, "account": ""}),
        json!({"payload": {"extras": {}}, "vendor": "nobody"}),
    ] {
        assert!(serde_json::from_value::<Tap>(wrong).is_err());
    }
}

#[test]
fn one_touch_told_twice_is_one() {
    let key = |vendor: Option<Vendor>, extras| tap(vendor, &extras).dedupe_key();
    let callback = key(Some(Vendor::Vivo), json!({"params": {"ext": CONTAINER}, "msgId": "7"}));
    let intent = key(Some(Vendor::Vivo), json!({"ext": CONTAINER, "vivo_push_messageId": 7}));
    let bare = key(None, json!({"ext": CONTAINER}));
    for (left, right) in [(&callback, &intent), (&callback, &bare), (&bare, &intent), (&bare, &bare)] {
        assert!(left.matches(right) && right.matches(left));
    }
    let next = key(Some(Vendor::Vivo), json!({"ext": CONTAINER, "vivo_push_messageId": 8}));
    assert!(
        !next.matches(&intent),
        "equal content of two messages is two taps, where the vendor tells them apart"
    );
    assert!(!bare.matches(&key(None, json!({"ext": "{}"}))));
    assert!(!callback.matches(&key(Some(Vendor::Fcm), json!({"ext": CONTAINER}))));

    let custom = |value: &str| key(Some(Vendor::Fcm), json!({"mine": value, "google.ttl": 5}));
    assert!(custom("a").matches(&key(None, json!({"mine": "a"}))), "without an ext the other keys decide");
    assert!(!custom("a").matches(&custom("b")));
    assert!(key(None, json!({"ab": "c"})) != key(None, json!({"a": "bc"})), "parts do not run together");
}

#[test]
fn a_stated_account_tells_taps_apart() {
    let bare = tap(Vendor::Fcm, &json!({"ext": CONTAINER}));
    let vinson = bare.clone().with_account(user("vinson"));
    let denny = bare.clone().with_account(user("denny"));
    assert!(!vinson.dedupe_key().matches(&denny.dedupe_key()));
    assert!(vinson.dedupe_key().matches(&bare.dedupe_key()));
}

#[test]
fn a_dedupe_key_is_small_and_can_be_stored() {
    let tap = tap(Vendor::Fcm, &json!({"ext": CONTAINER, "google.message_id": "x".repeat(200)}));
    let text = serde_json::to_string(&tap.dedupe_key()).unwrap();
    assert!(text.len() < 200 && !text.contains("xx") && !text.contains("denny"));
    assert_eq!(serde_json::from_str::<DedupeKey>(&text).unwrap(), tap.dedupe_key());
}

#[test]
fn an_account_is_stated_by_the_host_or_by_the_ext() {
    let own = tap(Vendor::Fcm, &json!({"ext": r#"{"to":"vinson","a/b":{"~":["denny"]},"n":5,"e":""}"#}));
    assert_eq!(own.account(), None);
    let at = |pointer: &str| own.clone().with_account_at(pointer).account().cloned();
    assert_eq!(at("/to"), Some(user("vinson")));
    assert_eq!(at("/a~1b/~0/0"), Some(user("denny")));
    assert_eq!(at("/n"), Some(user("5")), "bridges turn such texts into numbers");
    for nothing in ["/e", "/missing", "to", "", "/a~1b"] {
        assert_eq!(at(nothing), None, "{nothing}");
    }
    let stated = own.with_account(user("host")).with_account_at("/missing");
    assert_eq!(stated.account(), Some(&user("host")));
}

#[test]
fn message_ids_are_bounded() {
    let long = "x".repeat(Tap::MAX_MESSAGE_ID_BYTES + 1);
    for id in ["", "null", long.as_str()] {
        let tap = tap(Vendor::Fcm, &json!({"google.message_id": id, "message_id": "second"}));
        assert_eq!(tap.message_id(), Some("second"));
        assert_eq!(tap.with_message_id(id).message_id(), Some("second"));
    }
    let tap = tap(Vendor::Fcm, &json!({"google.message_id": "0:1"}));
    assert_eq!(tap.with_message_id("host").message_id(), Some("host"));
}
