//! The ext: bytes with a typed view, and Tencent's container both ways.

use proptest::prelude::*;
use serde_json::{Value, json};
use tim_offline_push::account::{GroupId, Peer, UserId};
use tim_offline_push::ext::{Container, Ext, ExtError, PushFeatures};
use tim_offline_push::time::UnixTime;

const CANARY: &str = "CANARYf3a91c";

fn user(id: &str) -> Peer {
    Peer::User(UserId::new(id).unwrap())
}

fn group(id: &str) -> Peer {
    Peer::Group(GroupId::new(id).unwrap())
}

/// A container with every field, and its text as Tencent's classes name the keys.
fn full() -> (Container, &'static str) {
    let features = PushFeatures::default().with_fcm_data_message(false).with_fcm_pass_through(true);
    let container = Container::chat(group("@TGS#1PWYXLTGA"))
        .with_nickname("丹尼")
        .with_face_url("https://example.com/face.png")
        .with_content("你好 \"😀\"")
        .with_send_time(UnixTime::from_secs(1_700_000_000))
        .with_custom_data(vec![0, 127, 128, 255])
        .with_push_features(features);
    let text = concat!(
        r#"{"entity":{"version":1,"chatType":2,"action":1,"sender":"@TGS#1PWYXLTGA","nickname":"丹尼","#,
        r#""faceUrl":"https://example.com/face.png","content":"你好 \"😀\"","sendTime":1700000000,"#,
        r#""customData":[0,127,-128,-1]},"timPushFeatures":{"fcmPushType":1,"fcmNotificationType":1}}"#,
    );
    (container, text)
}

#[test]
fn every_field_of_the_container_has_its_key_and_its_place() {
    let (container, text) = full();
    let ext = Ext::from_json(&container).unwrap();
    assert_eq!(ext.text(), Some(text));
    assert_eq!(ext.container(), Ok(Some(container)));
}

#[test]
fn what_is_not_set_is_not_written() {
    let ext = Ext::from_json(&Container::call(user("denny"))).unwrap();
    assert_eq!(ext.text(), Some(r#"{"entity":{"version":1,"chatType":1,"action":2,"sender":"denny"}}"#));
}

#[test]
fn container_is_read_as_leniently_as_apps_write_it() {
    let denny = Container::chat(user("2019")).with_send_time(UnixTime::from_secs(7));
    for text in [
        r#"{"entity":{"version":1,"chatType":1,"action":1,"sender":"2019","sendTime":7}}"#,
        r#" {"entity" : {"sendTime":"7","sender":2019,"action":"1","chatType":1.0,"version":" 1 "}} "#,
        r#"{"entity":"{\"version\":1,\"chatType\":1,\"action\":1,\"sender\":\"2019\",\"sendTime\":7}"}"#,
        r#"{"entity":{"version":1,"chatType":1,"action":1,"sender":"2019","sendTime":7,"nickname":null}}"#,
        // What a number with a fraction looks like where another crate has switched on serde_json's
        // `arbitrary_precision`.
        r#"{"entity":{"version":1,"chatType":1,"action":{"$serde_json::private::Number":"1.0"},"sender":"2019","sendTime":7}}"#,
        r#"{"\u0065ntity":{"\u0076ersion":1,"chatType":1,"action":1,"sender":"\u0032019","sendTime":7}}"#,
    ] {
        assert_eq!(Ext::from_text(text).container(), Ok(Some(denny.clone())), "{text}");
    }
    let bytes = |numbers: &str| {
        let ext = Ext::from_text(format!(r#"{{"entity":{{"customData":{numbers}}}}}"#));
        ext.container().unwrap().unwrap().custom_data()
    };
    assert_eq!(bytes("[-1,128,255]"), Some(vec![255, 128, 255]), "signed and unsigned bytes");
    assert_eq!(bytes("[256]"), None);
    assert_eq!(bytes(r#""text""#), None);
}

#[test]
fn absent_fields_have_tencents_defaults() {
    let container = Ext::from_text(r#"{"entity":{}}"#).container().unwrap().unwrap();
    assert!(!container.is_call());
    assert_eq!((container.sender(), container.peer()), (None, None));
    let features = r#"{"entity":{},"timPushFeatures":{"fcmPushType":-1,"fcmNotificationType":-1}}"#;
    let container = Ext::from_text(features).container().unwrap().unwrap();
    assert_eq!(container.push_features(), Some(&PushFeatures::default()));
}

#[test]
fn what_is_no_container_is_none() {
    let others =
        ["", "hello", "[1]", "42", r#""{}""#, "{}", r#"{"extKey":"ext content"}"#, r#"{"entity":1}"#];
    for text in others.into_iter().chain([r#"{"entity":null}"#, r#"{"entity":"text"}"#, r#"{"entity":[{}]}"#])
    {
        assert_eq!(Ext::from_text(text).container(), Ok(None), "{text}");
    }
    assert_eq!(Ext::from_bytes(vec![0xff, 0xfe]).container(), Ok(None));
}

#[test]
fn a_time_that_is_none_does_not_cost_the_chat() {
    for time in [r#""2021-10-01 12:00""#, "1.5", "true", "[]", "18446744073709551615"] {
        let text = format!(
            r#"{{"entity":{{"version":1,"chatType":1,"action":1,"sender":"2019","sendTime":{time}}}}}"#
        );
        let container = Ext::from_text(text.clone()).container().unwrap().unwrap();
        assert_eq!((container.peer().unwrap().id(), container.send_time()), ("2019", None), "{text}");
        assert!(container.entity().any(|(key, _)| key == "sendTime"));
        assert_eq!(Ext::from_json(&container).unwrap().container().unwrap(), Some(container), "{text}");
    }
}

#[test]
fn every_error_is_named_and_placed() {
    let container = |text: &str| Ext::from_text(text).container();
    let whole = |field| Err(ExtError::WrongType { field, expected: "a whole number" });
    assert_eq!(container(r#"{"entity":{"version":2}}"#), Err(ExtError::UnknownVersion { version: 2 }));
    assert_eq!(container(r#"{"entity":{"version":0}}"#), Err(ExtError::UnknownVersion { version: 0 }));
    assert_eq!(
        container(r#"{"entity":{"chatType":[],"version":"3"}}"#),
        Err(ExtError::UnknownVersion { version: 3 }),
        "of another version nothing else is judged",
    );
    assert_eq!(container(r#"{"entity":{"version":"1.0.2"}}"#), whole("entity.version"));
    assert_eq!(container(r#"{"entity":{"chatType":true}}"#), whole("entity.chatType"));
    assert_eq!(container(r#"{"entity":{"action":{"a":1}}}"#), whole("entity.action"));
    assert_eq!(container("{\"entity\":\n{]}"), Err(ExtError::NotJson { line: 2, column: 2 }));
    assert_eq!(container(r#"{"entity":{}} x"#), Err(ExtError::NotJson { line: 1, column: 15 }));

    assert_eq!(Ext::from_bytes(b"ab\xff".to_vec()).json(), Err(ExtError::NotText { offset: 2 }));
    let long = Ext::from_text("1".repeat(Ext::MAX_BYTES + 1));
    assert_eq!(long.json(), Err(ExtError::TooLong { bytes: Ext::MAX_BYTES + 1 }));
    assert_eq!(long.container(), Err(ExtError::TooLong { bytes: Ext::MAX_BYTES + 1 }));
    let keys_are_pairs = std::collections::BTreeMap::from([((1, 2), 3)]);
    assert_eq!(Ext::from_json(&keys_are_pairs), Err(ExtError::NotSerializable));
    assert_eq!(GroupId::new("").unwrap_err().to_string(), "group id is empty");
    assert_eq!(
        ExtError::UnknownVersion { version: 2 }.to_string(),
        "ext is a container of version 2, known is 1"
    );
}

#[test]
fn unknown_keys_and_odd_types_survive() {
    let text = concat!(
        r#"{"entity":{"version":1,"sender":"a","content":{"call":1},"customData":"zz","later":[1,{"x":null}]},"#,
        r#""timPushFeatures":{"fcmPushType":7,"more":true},"other":"kept"}"#,
    );
    let container = Ext::from_text(text).container().unwrap().unwrap();
    let entity: Vec<&str> = container.entity().map(|(key, _)| key).collect();
    assert_eq!(entity, ["content", "customData", "later", "sender"]);
    assert_eq!((container.content(), container.custom_data()), (None, None));
    assert_eq!(container.unknown_keys().collect::<Vec<_>>(), [("other", &json!("kept"))]);
    assert_eq!(container.push_features().unwrap().fcm_data_message(), None);
    let written = Ext::from_json(&container).unwrap();
    assert_eq!(written.json().unwrap(), serde_json::from_str::<Value>(text).unwrap());

    let set = container.with_content("hello");
    let written = Ext::from_json(&set).unwrap();
    assert_eq!(written.text().unwrap().matches("\"content\"").count(), 1, "a set field replaces an odd one");
}

#[test]
fn a_peer_needs_a_possible_id() {
    let peer = |entity: &str| {
        let ext = Ext::from_text(format!(r#"{{"entity":{entity}}}"#));
        ext.container().unwrap().unwrap().peer()
    };
    assert_eq!(peer(r#"{"chatType":1,"sender":"denny"}"#), Some(user("denny")));
    assert_eq!(peer(r#"{"chatType":2,"sender":"denny"}"#), Some(group("denny")));
    assert_eq!(peer(r#"{"chatType":3,"sender":"denny"}"#), None);
    assert_eq!(peer(r#"{"chatType":1,"sender":""}"#), None);
    assert_eq!(peer(r#"{"chatType":2,"sender":""}"#), None);
    assert_eq!(peer(r#"{"chatType":1}"#), None);
    assert_eq!(peer(&format!(r#"{{"chatType":1,"sender":"{}"}}"#, "a".repeat(33))), None);
}

#[test]
fn size_and_shape_are_told() {
    let ext = Ext::from_text("你好");
    assert_eq!((ext.len(), ext.is_empty(), ext.is_json_object()), (6, false, false));
    assert!(Ext::from_text("").is_empty());
    assert!(Ext::from_text(r#" {"a":[1,2,{"b":null}]} "#).is_json_object());
    assert!(!Ext::from_text(r#"{"a":1"#).is_json_object());
    assert!(!Ext::from_text(r#"{"a":1}}"#).is_json_object());
    assert!(!Ext::from_text("[]").is_json_object());
    assert_eq!(Ext::ADVISED_BYTES, 1024);
}

#[test]
fn bytes_are_equal_however_they_came() {
    assert_eq!(Ext::from_bytes("hello".as_bytes()), Ext::from_text("hello"));
    let bytes = Ext::from_bytes(vec![0, 159, 146, 150]);
    assert_eq!((bytes.text(), bytes.as_bytes()), (None, &[0, 159, 146, 150][..]));
}

#[test]
fn serde_form_is_frozen() {
    let forms =
        [(Ext::from_text("a\"b"), json!("a\"b")), (Ext::from_bytes(vec![255]), json!({"base64": "/w=="}))];
    for (ext, form) in forms {
        assert_eq!(serde_json::to_value(&ext).unwrap(), form);
        assert_eq!(serde_json::from_value::<Ext>(form).unwrap(), ext);
    }
    assert_eq!(
        serde_json::from_value::<Ext>(json!({"base64": "/w==", "later": 1})).unwrap(),
        Ext::from_bytes(vec![255])
    );
    for wrong in [json!(1), json!({"base64": "%"}), json!({})] {
        assert!(serde_json::from_value::<Ext>(wrong).is_err());
    }
}

#[test]
fn nothing_shows_the_content() {
    let canary = |text: &str| Ext::from_text(text.replace("CANARY", CANARY));
    let mut seen = Vec::new();
    for text in [
        r#"{"entity":{"version":1,"chatType":2,"sender":"CANARY","nickname":"CANARY","content":"CANARY","CANARY":1}}"#,
        r#"{"entity":{"version":"CANARY"}}"#,
        r#"{"entity":CANARY}"#,
        "CANARY",
    ] {
        let ext = canary(text);
        seen.push(format!("{ext:?} {:?} {:?}", ext.container(), ext.json().map(drop)));
        seen.extend(ext.container().err().map(|error| error.to_string()));
        seen.extend(ext.json().err().map(|error| error.to_string()));
    }
    let bytes = [CANARY.as_bytes(), &[0xff]].concat();
    let base64 = serde_json::from_value::<Ext>(json!({"base64": format!("%{CANARY}")})).unwrap_err();
    seen.push(format!("{:?} {base64} {base64:?}", Ext::from_bytes(bytes)));
    assert!(!seen.concat().contains(CANARY), "{seen:?}");
}

#[test]
fn hostile_json_ends_soon_and_named() {
    let deep = format!("{}{}", "[".repeat(30_000), "]".repeat(30_000));
    for text in [
        deep.clone(),
        format!(r#"{{"entity":{deep}}}"#),
        format!(r#"{{"entity":{{"sender":{deep}}}}}"#),
        format!(r#"{{"a":{deep}}}"#),
        r#"{"a":"#.repeat(10_000),
    ] {
        let ext = Ext::from_text(text);
        assert!(matches!(ext.json(), Err(ExtError::NotJson { .. })));
        assert!(matches!(ext.container(), Ok(None) | Err(ExtError::NotJson { .. })));
    }
    let nested = format!("{}1{}", "[".repeat(118), "]".repeat(118));
    assert!(Ext::from_text(format!(r#"{{"entity":{{"later":{nested}}}}}"#)).container().is_ok());
}

/// What a sender sets, or what a container holds that was read: any number at all.
fn any_features() -> impl Strategy<Value = PushFeatures> {
    let set = any::<(bool, bool)>().prop_map(|(data, pass_through)| {
        PushFeatures::default().with_fcm_data_message(data).with_fcm_pass_through(pass_through)
    });
    let read = (any::<i64>(), -2_i64..4).prop_map(|(push, notification)| {
        let features = json!({"fcmPushType": push, "fcmNotificationType": notification});
        let ext = Ext::from_json(&json!({"entity": {}, "timPushFeatures": features})).unwrap();
        ext.container().unwrap().unwrap().push_features().unwrap().clone()
    });
    prop_oneof![set, read]
}

prop_compose! {
    fn any_container()(
        peer in prop_oneof![
            "[^\\x00]{1,8}".prop_map(|id| user(&id)),
            "\\PC{1,20}".prop_map(|id| group(&id)),
        ],
        call in any::<bool>(),
        nickname in proptest::option::of(any::<String>()),
        face_url in proptest::option::of(any::<String>()),
        content in proptest::option::of(any::<String>()),
        send_time in proptest::option::of(any::<i64>()),
        custom_data in proptest::option::of(any::<Vec<u8>>()),
        features in proptest::option::of(any_features()),
    ) -> Container {
        let mut container = if call { Container::call(peer) } else { Container::chat(peer) };
        if let Some(nickname) = nickname { container = container.with_nickname(nickname); }
        if let Some(url) = face_url { container = container.with_face_url(url); }
        if let Some(content) = content { container = container.with_content(content); }
        if let Some(seconds) = send_time { container = container.with_send_time(UnixTime::from_secs(seconds)); }
        if let Some(data) = custom_data { container = container.with_custom_data(data); }
        if let Some(features) = features { container = container.with_push_features(features); }
        container
    }
}

proptest! {
    #[test]
    fn read_after_write_is_the_identity(container in any_container()) {
        let ext = Ext::from_json(&container).unwrap();
        prop_assert_eq!(ext.container(), Ok(Some(container.clone())));
        let doubly = json!({"entity": ext.json().unwrap()["entity"].to_string()});
        let read = Ext::from_json(&doubly).unwrap().container().unwrap().unwrap();
        prop_assert_eq!((read.peer(), read.content()), (container.peer(), container.content()));
    }

    #[test]
    fn serde_after_serde_is_the_identity(bytes in any::<Vec<u8>>()) {
        let ext = Ext::from_bytes(bytes.clone());
        prop_assert_eq!(ext.as_bytes(), &bytes);
        let text = serde_json::to_string(&ext).unwrap();
        prop_assert_eq!(serde_json::from_str::<Ext>(&text).unwrap(), ext);
    }

    #[test]
    fn any_text_is_read_without_harm(text in any::<String>()) {
        let ext = Ext::from_text(text);
        prop_assert_eq!(ext.is_json_object(), ext.json().is_ok_and(|json| json.is_object()));
        let _container = ext.container();
    }
}
