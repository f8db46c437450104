//! What public bug reports have: maps of wrappers, printed maps, system keys, ids, and exts encoded once too
//! often.

use serde_json::{Value, json};
use tim_offline_push::account::{GroupId, Peer, UserId};
use tim_offline_push::ext::{Ext, ExtEncoding};
use tim_offline_push::notification::{NoExt, Payload, PayloadValue, Route, Tap};
use tim_offline_push::vendor::Vendor;

const CHAT: &str = r#"{"entity":{"sender":"u1","chatType":1,"action":1,"content":"hi","version":1}}"#;

fn chat_with(user: &str) -> Route {
    Route::Chat(Peer::User(UserId::new(user).unwrap()))
}

fn tap(vendor: impl Into<Option<Vendor>>, value: &Value) -> Tap {
    Tap::from_text(vendor.into(), &value.to_string()).unwrap()
}

fn text(tap: &Tap) -> Option<&str> {
    tap.ext().and_then(Ext::text)
}

#[test]
fn maps_of_wrappers_are_opened() {
    for (vendor, map) in [
        (
            Vendor::Huawei,
            json!({"uriPage": "", "extras": {"_push_msgid": "m1", "ext": CHAT}, "remoteMessage": null}),
        ),
        (Vendor::Fcm, json!({"data": {"ext": CHAT, "google.message_id": "0:1"}, "userInteraction": true})),
        (Vendor::Apns, json!({"userInfo": {"ext": CHAT, "aps": {"badge": 1}}, "coldStart": 1})),
        (Vendor::Xiaomi, json!({"payload": {"ext": CHAT}, "type": "click"})),
        (Vendor::Xiaomi, json!({"extras": {"key_message": {"messageId": "m", "extra": {"ext": CHAT}}}})),
        (Vendor::Honor, json!({"message": {"data": {"ext": CHAT}}})),
        (
            Vendor::Oppo,
            json!({"extras": {"entity": r#"{"sender":"u1","chatType":1,"action":1,"content":"hi","version":1}"#}}),
        ),
        (Vendor::Vivo, json!({"extras": json!({"ext": CHAT}).to_string()})),
        // Cordova, Expo on Android and on iOS, iOS itself, a printed map in a map.
        (
            Vendor::Fcm,
            json!({"additionalData": {"ext": CHAT, "google.ttl": 1}, "title": "t", "message": "m"}),
        ),
        (
            Vendor::Fcm,
            json!({"actionIdentifier": "d", "notification": {"request": {"content": {"title": "t", "data": null},
                "trigger": {"type": "push", "remoteMessage": {"messageId": "0:1", "data": {"ext": CHAT}}}}}}),
        ),
        (
            Vendor::Apns,
            json!({"notification": {"request": {"content": {"userInfo": {"aps": {}, "ext": CHAT}}}}}),
        ),
        (
            Vendor::Apns,
            json!({"UIApplicationLaunchOptionsRemoteNotificationKey": {"aps": {"badge": 1}, "ext": CHAT}}),
        ),
        (Vendor::HarmonyOs, json!({"want": {"parameters": {"ext": CHAT}, "bundleName": "com.a"}})),
        (Vendor::Honor, json!({"result": {"extras": {"ext": CHAT}}, "code": 0})),
        (Vendor::Huawei, json!({"extras": format!("{{_push_msgid=m1, ext={CHAT}}}")})),
        (Vendor::Fcm, json!({"remoteMessage": {"data": format!("{{ext={CHAT}, google.ttl=1}}")}})),
    ] {
        let tap = tap(vendor, &map);
        assert_eq!(tap.route(), chat_with("u1"), "{vendor} {map}");
        let user_keys = tap.user_keys().filter(|(key, _)| *key != "entity").count();
        assert_eq!(user_keys, 0, "{vendor} {map}");
        assert_eq!(tap.payload().len(), map.as_object().unwrap().len(), "the payload is kept as it was");
        let stored = serde_json::to_string(&tap).unwrap();
        assert_eq!(serde_json::from_str::<Tap>(&stored).unwrap(), tap);
    }
    let huawei = tap(Vendor::Huawei, &json!({"extras": {"_push_msgid": "m1", "ext": CHAT}}));
    assert_eq!(huawei.message_id(), Some("m1"));
    let fcm = tap(Vendor::Fcm, &json!({"messageId": "0:7", "data": {"ext": CHAT, "mine": 1}}));
    assert_eq!((fcm.message_id(), fcm.user_keys().count()), (Some("0:7"), 1));
    assert_eq!(tap(None, &json!({"data": {"ext": CHAT, "google.ttl": 1}})).vendor(), Some(Vendor::Fcm));
}

/// A key that only happens to have a wrapper's name stays the sender's.
#[test]
fn an_object_without_an_ext_is_no_wrapper() {
    let fcm = tap(Vendor::Fcm, &json!({"data": {"title": "x"}, "google.ttl": 1}));
    assert_eq!((fcm.no_ext(), fcm.user_keys().count()), (Some(NoExt::NoExtKey), 1));
    let beside = tap(Vendor::Huawei, &json!({"ext": "mine", "extras": {"ext": CHAT}}));
    assert_eq!(text(&beside), Some("mine"));
    let content = tap(Vendor::Xiaomi, &json!({"messageId": "m", "content": CHAT, "extra": {"k": "v"}}));
    assert_eq!(content.ext(), None, "the text of a message is no wrapper");
    // OPPO hands over the members of the sender's own ext.
    for own in [
        json!({"content": {"type": "file", "ext": "mp4"}, "id": 7}),
        json!({"data": {"ext": "mp4"}, "result": {"ext": "zip"}}),
    ] {
        let ext = tap(Vendor::Oppo, &own).ext().unwrap().json().unwrap();
        assert_eq!(ext, own);
    }
    let marked = json!({"extras": {"ext": "mp4", "clickExt": "66f0c1d2_1_2_3_4"}});
    assert_eq!(tap(Vendor::Oppo, &marked).ext().and_then(Ext::text), Some("mp4"));
    let deep = (0..6).fold(json!({"ext": CHAT}), |inner, _| json!({"data": inner}));
    assert_eq!(tap(Vendor::Fcm, &deep).ext(), None, "five wrappers at most");
}

#[test]
fn keys_of_huawei_are_not_the_users() {
    for (vendor, map) in [
        (Vendor::Huawei, json!({"_hw_from": "push", "_push_msgid": "m1"})),
        (Vendor::Huawei, json!({"_hw_msg_id": "m1", "_hw_from": "push"})),
        (Vendor::Honor, json!({"_hw_msg_id": "m1", "_push_cmd_type": "cosa"})),
    ] {
        let tap = tap(vendor, &map);
        assert_eq!((tap.no_ext(), tap.user_keys().count()), (Some(NoExt::OnlySystemKeys), 0), "{map}");
    }
}

#[test]
fn a_printed_map_is_read() {
    for (vendor, text) in [
        (Some(Vendor::Xiaomi), format!("{{notify_effect=2, ext={CHAT}}}")),
        (None, format!("{{ext={CHAT}, channel_id=im, notify_foreground=1}}")),
        (Some(Vendor::Vivo), format!("{{ext={CHAT}}}")),
        (
            Some(Vendor::Fcm),
            format!("Bundle[{{google.sent_time=1700000000000, ext={CHAT}, google.message_id=0:1}}]"),
        ),
    ] {
        let tap = Tap::from_text(vendor, &text).unwrap();
        assert_eq!((tap.route(), self::text(&tap)), (chat_with("u1"), Some(CHAT)), "{text}");
    }
    let fcm = Tap::from_text(Some(Vendor::Fcm), "Bundle[{google.message_id=0:1, ext=words, k=v}]").unwrap();
    assert_eq!((fcm.message_id(), text(&fcm)), (Some("0:1"), Some("words")));
    assert!(Tap::from_text(Some(Vendor::Xiaomi), "{words}").is_err());
    // The brace of the map is one, that of the ext is its own.
    let escaped = CHAT.replace('"', "\\\"");
    for text in [format!("{{k=v, ext={escaped}}}"), format!("Bundle[{{ext={escaped}, k={{a{{b}}}}}}]")] {
        let tap = Tap::from_text(Some(Vendor::Huawei), &text).unwrap();
        assert_eq!(
            (tap.route(), tap.ext_encoding()),
            (chat_with("u1"), Some(ExtEncoding::EscapedQuotes)),
            "{text}"
        );
    }
    // A map within the map is read as part of it.
    for (vendor, text, id) in [
        (Vendor::Xiaomi, "{key_message={extra={k=v, ext=hi}, messageId=m1}}", "m1"),
        (Vendor::Fcm, "{remoteMessage={data={k=v, ext=hi}, google.message_id=m1}, k=v}", "m1"),
        (Vendor::Huawei, "Bundle[{message={extras={k={}, ext=hi, _push_msgid=m1}}}]", "m1"),
    ] {
        let tap = Tap::from_text(Some(vendor), text).unwrap();
        assert_eq!((tap.ext().and_then(Ext::text), tap.message_id()), (Some("hi"), Some(id)), "{text}");
    }
    let bundle = Tap::from_text(None, "Bundle[{ext=hi, k={a{b}}}]").unwrap();
    assert_eq!(bundle.payload().get("k").and_then(PayloadValue::as_text), Some("{a{b}}"));
}

#[test]
fn vivo_prints_its_message_id() {
    let printed = |id: &str, map: &str, tail: &str| {
        format!(
            "UPSNotificationMessage{{mTargetType=0, mTragetContent='', mTitle='t, mMsgId=5, mContent='x', mMsgId={id}, mParams={{{map}}}{tail}}}"
        )
    };
    let old = "";
    let v404 = ", mCustomValue= }, mCustomValue=x, mExtentStatus= 1";
    let v410 = ", mIsMacroReplace=1, mAdClickCheckUrl='u', mCompatibleType=2, mExtentStatus=0, mCustomValue='v=1', mMsgArriveTime=17";
    for (id, expected) in [("1306307", Some("1306307")), ("0", None), ("x7", None)] {
        for (map, ext) in [(format!("ext={CHAT}"), Some(CHAT)), ("ext=words, k=v".to_owned(), Some("words"))]
        {
            for tail in [old, v410] {
                let tap = Tap::from_text(Some(Vendor::Vivo), &printed(id, &map, tail)).unwrap();
                assert_eq!((tap.message_id(), text(&tap)), (expected, ext), "{id} {tail}");
                assert!(tap.user_keys().all(|(key, _)| key == "k"), "{id} {tail}");
            }
        }
    }
    // The sender's own value may look like the end of the map; it is then cut at the later place.
    let tap = Tap::from_text(Some(Vendor::Vivo), &printed("3", &format!("ext={CHAT}"), v404)).unwrap();
    assert_eq!(tap.route(), chat_with("u1"));
    let empty = Tap::from_text(Some(Vendor::Vivo), &printed("4", "", v410)).unwrap();
    assert_eq!((empty.message_id(), empty.ext()), (Some("4"), None));
}

#[test]
fn the_nickname_of_uni_apps_tuikit_is_read() {
    for (entity, nickname) in [
        (r#"{"nickName":"Denny"}"#, "Denny"),
        (r#"{"nickName":"old","nickname":"Denny"}"#, "Denny"),
        (r#"{"nickname":"Denny","nickName":"other"}"#, "Denny"),
        (r#"{"nickName":42}"#, "42"),
    ] {
        let ext = Ext::from_text(format!(r#"{{"entity":{entity}}}"#));
        assert_eq!(ext.container().unwrap().unwrap().nickname(), Some(nickname), "{entity}");
    }
}

#[test]
fn an_ext_that_was_encoded_once_too_often_is_decoded_once() {
    let escaped = CHAT.replace('"', "\\\"");
    let json_text = Value::from(CHAT).to_string();
    let percent = CHAT.bytes().fold(String::new(), |text, byte| text + &format!("%{byte:02X}"));
    let form = format!("%7B%22entity%22%3A+{}%7D", "%7B%22sender%22%3A%22u1%22%2C%22chatType%22%3A1%7D");
    for (ext, encoding) in [
        (escaped.clone(), ExtEncoding::EscapedQuotes),
        (json_text, ExtEncoding::JsonText),
        (percent, ExtEncoding::Percent),
        (form, ExtEncoding::Percent),
    ] {
        for vendor in [Vendor::Xiaomi, Vendor::Huawei, Vendor::Fcm, Vendor::Apns] {
            let tap = tap(vendor, &json!({"ext": ext}));
            assert_eq!(
                (tap.route(), tap.ext_encoding()),
                (chat_with("u1"), Some(encoding)),
                "{vendor} {ext}"
            );
        }
    }
    let twice = escaped.replace('\\', "\\\\").replace('"', "\\\"");
    for plain in [CHAT, "words", "%zz", "100%", r#"{\"a\":"#, "{}", "\"text in quotes\"", twice.as_str()] {
        let tap = tap(Vendor::Huawei, &json!({"ext": plain}));
        assert_eq!((text(&tap), tap.ext_encoding()), (Some(plain), None), "{plain}");
    }
}

#[test]
fn tencents_second_format_names_a_chat() {
    let group = Route::Chat(Peer::Group(GroupId::new("@TGS#1").unwrap()));
    for (vendor, map, route) in [
        (Some(Vendor::Huawei), json!({"ext": r#"{"conversationID":"c2c_u1"}"#}), chat_with("u1")),
        (Some(Vendor::Oppo), json!({"conversationID": "group_@TGS#1"}), group.clone()),
        (None, json!({"conversationID": "group_@TGS#1"}), group.clone()),
        (Some(Vendor::Meizu), json!({"ext": r#"{"conversationID":"group_@TGS#1","x":1}"#}), group),
        (None, json!({"conversationID": "c2c_a_b", "other": 1}), chat_with("a_b")),
    ] {
        assert_eq!(tap(vendor, &map).route(), route, "{map}");
    }
    for other in
        [json!({"conversationID": "denny"}), json!({"conversationID": "c2c_"}), json!({"conversationID": 7})]
    {
        let tap = tap(None, &other);
        assert_eq!((tap.no_ext(), tap.route()), (Some(NoExt::NotAPush), Route::None), "{other}");
    }
    let both = Ext::from_text(r#"{"conversationID":"c2c_u1","entity":{"sender":"u2","chatType":1}}"#);
    assert_eq!(Route::of(Some(&both)), chat_with("u2"), "the container goes before it");
}

#[test]
fn a_message_id_of_zero_is_none() {
    for map in [json!({"_push_msgid": "0", "ext": "{}"}), json!({"_push_msgid": "", "ext": "{}"})] {
        assert_eq!(tap(Vendor::Huawei, &map).message_id(), None);
    }
    let mut payload = Payload::new();
    payload.insert("vivo_push_messageId", 0_i64).unwrap();
    assert_eq!(Tap::new(Some(Vendor::Vivo), payload).message_id(), None);
}
