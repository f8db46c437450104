//! `clickExt` and `notifyMode` of Tencent's push service, in every vendor's wrapping.

use serde_json::{Value, json};
use tim_offline_push::ext::Ext;
use tim_offline_push::notification::{DataMessage, Payload, PushId, Route, Tap, TapMode};
use tim_offline_push::vendor::Vendor;

const EXT: &str = r#"{"entity":{"sender":"u1","chatType":1,"action":1,"version":1}}"#;
const ENTITY: &str = r#"{"sender":"u1","chatType":1,"action":1,"version":1}"#;
const ID: &str = "66f0c1d2_1_2_3_4";

/// What each vendor hands over of an ext, an id and a mode.
fn wrappings(ext: &str, entity: &str, mode: &str) -> Vec<(Option<Vendor>, Value)> {
    let flat = json!({"ext": ext, "clickExt": ID, "notifyMode": mode});
    let printed = format!("{{notify_effect=1, ext={ext}, clickExt={ID}, notifyMode={mode}}}");
    let mi =
        format!("messageId={{m1}},passThrough={{0}},title={{t}}, category={{null}}, extra={{{printed}}}");
    vec![
        (Some(Vendor::Huawei), flat.clone()),
        (Some(Vendor::Honor), flat.clone()),
        (Some(Vendor::Vivo), flat.clone()),
        (Some(Vendor::Vivo), json!({"params": flat})),
        (Some(Vendor::Meizu), flat.clone()),
        (Some(Vendor::Meizu), json!({"selfDefineContentString": flat.to_string()})),
        (
            Some(Vendor::Fcm),
            json!({"ext": ext, "clickExt": ID, "notifyMode": mode, "google.ttl": 1, "from": "0"}),
        ),
        (Some(Vendor::Fcm), json!({"data": flat, "userInteraction": true})),
        (Some(Vendor::Apns), json!({"ext": ext, "clickExt": ID, "notifyMode": mode, "aps": {"badge": 1}})),
        (Some(Vendor::HarmonyOs), json!({"parameters": flat})),
        (Some(Vendor::Xiaomi), json!({"key_message": mi})),
        (Some(Vendor::Xiaomi), json!({"key_message": {"messageId": "m1", "extra": flat}})),
        // Xiaomi's own map goes before the extras of the intent.
        (
            Some(Vendor::Xiaomi),
            json!({"key_message": mi, "ext": "{\"other\":1}", "clickExt": "other", "notifyMode": "7"}),
        ),
        (Some(Vendor::Oppo), json!({"ext": ext, "clickExt": ID, "notifyMode": mode})),
        (Some(Vendor::Oppo), json!({"ext": "", "entity": entity, "clickExt": ID, "notifyMode": mode})),
        (Some(Vendor::Oppo), json!({"entity": entity, "clickExt": ID, "notifyMode": mode})),
        (None, flat),
    ]
}

#[test]
fn id_and_mode_are_found_in_every_wrapping() {
    for (mode, expected) in [("0", TapMode::Launcher), ("2", TapMode::InApp), ("", TapMode::InApp)] {
        for (vendor, payload) in wrappings(EXT, ENTITY, mode) {
            let tap = Tap::from_text(vendor, &payload.to_string()).unwrap();
            assert_eq!(tap.push_id().map(PushId::as_str), Some(ID), "{payload}");
            assert_eq!((tap.mode(), tap.states_mode()), (expected, true), "{payload}");
            assert_eq!(
                tap.ext().unwrap().json().unwrap(),
                serde_json::from_str::<Value>(EXT).unwrap(),
                "{payload}"
            );
            assert!(tap.route().peer().is_some(), "{payload}");
            assert_eq!(tap.user_keys().filter(|(key, _)| *key != "entity").count(), 0, "{payload}");
        }
    }
}

#[test]
fn mode_1_opens_the_link_in_the_ext() {
    let page = "https://example.com/a?b=1";
    for (vendor, payload) in wrappings(page, page, "1") {
        let tap = Tap::from_text(vendor, &payload.to_string()).unwrap();
        assert_eq!(tap.mode(), TapMode::Link);
        assert!(matches!(tap.route(), Route::Link(link) if link.as_str() == page), "{payload}");
    }
    // Other letters than ASCII in the host are the browser's to read.
    let chinese = "https://例子.中国/a";
    let tap = Tap::from_text(None, &json!({"ext": chinese, "notifyMode": "1"}).to_string()).unwrap();
    assert!(matches!(tap.route(), Route::Link(link) if link.as_str() == chinese));
    for other in [
        "javascript:alert(1)",
        "intent://x#Intent;end",
        "ftp://example.com",
        "http:example.com",
        "https:///a",
        "https://:80/a",
        "https://@/a",
        "https://user@:80/a",
        "https://example.com\\@example.org",
        "https://exam\nple.com",
        "words",
    ] {
        let tap = Tap::from_text(None, &json!({"ext": other, "notifyMode": "1"}).to_string()).unwrap();
        assert_eq!(tap.route(), Route::Custom, "{other}");
    }
    // The link alone does not make a mode.
    let tap = Tap::from_text(None, &json!({"ext": page}).to_string()).unwrap();
    assert_eq!((tap.mode(), tap.states_mode(), tap.route()), (TapMode::InApp, false, Route::Custom));
    let number = Tap::from_text(None, &json!({"ext": page, "notifyMode": 1}).to_string()).unwrap();
    assert_eq!(number.mode(), TapMode::Link);
}

#[test]
fn tencents_own_keys_are_not_the_users() {
    let map = json!({
        "notificationCreatedByIMKey": true, "notificationUIId": 7, "ext": EXT, "clickExt": ID, "mine": 1,
    });
    let tap = Tap::from_text(Some(Vendor::Fcm), &map.to_string()).unwrap();
    assert_eq!(tap.user_keys().map(|(key, _)| key).collect::<Vec<_>>(), ["mine"]);
    let oppo = json!({"action": "jump", "clickExt": ID, "notifyMode": "2"});
    let tap = Tap::from_text(Some(Vendor::Oppo), &oppo.to_string()).unwrap();
    assert_eq!(tap.ext().and_then(Ext::text), Some(r#"{"action":"jump"}"#));
}

#[test]
fn a_data_message_says_what_to_show_and_what_its_tap_carries() {
    let data = json!({
        "IMTitle": "denny", "IMDesc": "hi", "IMChannelID": "im", "IMSmallIcon": "ic", "IMSound": "ring",
        "IMBigPicture": "https://example.com/a.png", "ext": EXT, "clickExt": ID, "notifyMode": "0",
    });
    for map in [data.clone(), json!({"data": data, "messageId": "0:1"})] {
        let message = DataMessage::read(&Payload::from_json(&map.to_string()).unwrap()).unwrap();
        assert_eq!((message.title(), message.text(), message.is_silent()), ("denny", "hi", false));
        assert_eq!((message.notification_channel(), message.small_icon()), (Some("im"), Some("ic")));
        assert_eq!(
            (message.sound(), message.big_picture()),
            (Some("ring"), Some("https://example.com/a.png"))
        );
        assert_eq!(message.push_id().map(PushId::as_str), Some(ID));
        let tap = Tap::new(Some(Vendor::Fcm), message.tap_extras());
        assert_eq!(
            (tap.ext(), tap.push_id(), tap.mode()),
            (message.ext(), message.push_id(), TapMode::Launcher)
        );
        assert!(!format!("{message:?}").contains("denny"));
    }
    let read = |map: Value| DataMessage::read(&Payload::from_json(&map.to_string()).unwrap());
    assert!(read(json!({"IMTitle": "", "IMDesc": "", "clickExt": ID})).unwrap().is_silent());
    assert!(read(json!({"ext": EXT})).unwrap().is_silent());
    assert!(!read(json!({"IMDesc": "hi"})).unwrap().is_silent());
    assert_eq!(read(json!({"title": "another sender's", "google.ttl": 1})), None);
    let tap = Tap::from_text(Some(Vendor::Fcm), &data.to_string()).unwrap();
    assert_eq!(tap.user_keys().count(), 0);
}

#[test]
fn a_push_id_is_redacted_and_bounded() {
    let canary = "canary-7d1e";
    let tap = Tap::from_text(None, &json!({"ext": "{}", "clickExt": canary}).to_string()).unwrap();
    assert!(!format!("{tap:?} {:?}", tap.push_id()).contains(canary));
    assert_eq!(PushId::new(""), None);
    assert_eq!(PushId::new("x".repeat(PushId::MAX_BYTES + 1)), None);
    let id = PushId::new(canary).unwrap();
    let stored = serde_json::to_string(&id).unwrap();
    assert_eq!(serde_json::from_str::<PushId>(&stored).unwrap(), id);
    assert!(serde_json::from_str::<PushId>("\"\"").is_err());
}
