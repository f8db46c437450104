//! An intent as a bridge from another language hands it over: texts at keys and a data URI, or one JSON text.

use tim_offline_push::notification::{Payload, PayloadError, PayloadValue, Tap};
use tim_offline_push::vendor::Vendor;

use crate::{CONTAINER, text};

#[test]
fn texts_and_one_json_text_make_the_same_payload() {
    let data = "pushscheme://com.example.im/detail";
    let texts = Payload::from_texts([("ext", CONTAINER), ("from", "123")], Some(data)).unwrap();
    let json = serde_json::json!({"extras": {"ext": CONTAINER, "from": "123"}, "data": data}).to_string();
    assert_eq!(Payload::from_intent_json(&json), Ok(texts.clone()));
    assert_eq!(texts.data(), Some(data));
    assert_eq!(text(&Tap::new(Some(Vendor::Huawei), texts)), Some(CONTAINER));
}

#[test]
fn extras_and_data_may_be_missing_and_values_of_any_type() {
    for empty in ["{}", r#"{"extras":null,"data":null}"#, r#"{"extras":{}}"#] {
        assert_eq!(Payload::from_intent_json(empty), Ok(Payload::new()), "{empty}");
    }
    let payload = Payload::from_intent_json(r#"{"extras":{"a":1,"b":true,"c":{"d":1},"a":2}}"#).unwrap();
    assert_eq!(payload.len(), 3);
    assert_eq!(payload.get("a"), Some(&PayloadValue::Integer(2)), "the last of equal keys counts");
    let twice = Payload::from_texts([("a", "1"), ("a", "2")], None).unwrap();
    assert_eq!(twice.get("a").and_then(PayloadValue::as_text), Some("2"));
}

#[test]
fn what_is_no_flattened_intent_is_refused() {
    for other in [
        r#"{"ext":"{}"}"#,
        r#"{"extras":{},"more":1}"#,
        r#"{"extras":[]}"#,
        r#"{"data":5}"#,
        r#"{"data":"a","data":"b"}"#,
        "[]",
        "\"{}\"",
    ] {
        assert_eq!(Payload::from_intent_json(other), Err(PayloadError::NotAFlattenedIntent), "{other}");
    }
    for broken in ["", "{", r#"{"extras":{"#, r#"{"extras":{}} x"#] {
        assert!(matches!(Payload::from_intent_json(broken), Err(PayloadError::NotJson { .. })), "{broken}");
    }
    let deep = format!(r#"{{"extras":{{"a":{}}}}}"#, "[".repeat(100_000));
    assert!(matches!(Payload::from_intent_json(&deep), Err(PayloadError::TooLong { .. })));
    let deep = format!(r#"{{"extras":{{"a":{}}}}}"#, "[".repeat(10_000));
    assert!(matches!(Payload::from_intent_json(&deep), Err(PayloadError::NotJson { .. })));
}

#[test]
fn the_bounds_hold() {
    let many = || (0..=Payload::MAX_KEYS).map(|number| (number.to_string(), ""));
    assert_eq!(Payload::from_texts(many(), None), Err(PayloadError::TooManyKeys));
    let long = "x".repeat(Payload::MAX_BYTES);
    assert!(matches!(Payload::from_texts([("ext", long.as_str())], None), Err(PayloadError::TooLong { .. })));
    assert!(matches!(
        Payload::from_texts([("ext", "")], Some(long.as_str())),
        Err(PayloadError::TooLong { .. })
    ));
    let json = format!(r#"{{"data":"{long}"}}"#);
    assert!(matches!(Payload::from_intent_json(&json), Err(PayloadError::TooLong { .. })));
}
