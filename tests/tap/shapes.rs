//! Each vendor's payload, by hand.

use serde_json::json;
use tim_offline_push::account::{GroupId, Peer, UserId};
use tim_offline_push::ext::{Container, Ext};
use tim_offline_push::intent::{Extra, Intent, UriScheme};
use tim_offline_push::notification::{NoExt, Payload, PayloadError, PayloadValue, Route, Tap, is_system_key};
use tim_offline_push::vendor::Vendor;

use crate::{CONTAINER, names, tap, text};

fn denny() -> Peer {
    Peer::User(UserId::new("denny").unwrap())
}

#[test]
fn xiaomi_by_callback() {
    let tap = tap(
        Vendor::Xiaomi,
        &json!({"ext": CONTAINER, "notify_effect": "2", "callback.type": "1", "mine": "m"}),
    );
    assert_eq!(text(&tap), Some(CONTAINER));
    assert_eq!(names(tap.user_keys()), ["mine"]);
    assert_eq!(names(tap.system_keys()), ["callback.type", "notify_effect"]);
    assert_eq!(tap.route(), Route::Chat(denny()));
}

#[test]
fn xiaomi_by_intent_in_four_forms() {
    let printed = format!(
        "messageId={{m1}},passThrough={{0}},alias={{null}},topic={{null}},userAccount={{null}},content={{}},\
         description={{hi, x=1}},title={{denny}},isNotified={{true}},notifyId={{7}},notifyType={{1}}, category={{null}}, \
         extra={{{{notify_effect=2, ext={CONTAINER}, mine=m}}}}"
    );
    let as_json = json!({"messageId": "m1", "title": "denny", "extra": {"ext": CONTAINER, "mine": "m"}});
    let flat = json!({
        "key_message.extra.ext": CONTAINER,
        "key_message.extra.notify_effect": "2",
        "key_message.extra.mine": "m",
        "key_message.title": "denny",
        "key_message.messageId": "m1",
    });
    for vendor in [Some(Vendor::Xiaomi), None] {
        for tap in [
            tap(vendor, &json!({"key_message": printed})),
            tap(vendor, &json!({"key_message": as_json.to_string()})),
            tap(vendor, &json!({"key_message": as_json})),
            tap(vendor, &flat),
            Tap::from_text(vendor, &printed).unwrap(),
        ] {
            assert_eq!(tap.vendor(), Some(Vendor::Xiaomi));
            assert_eq!(text(&tap), Some(CONTAINER));
            assert_eq!(tap.message_id(), Some("m1"));
            assert_eq!(names(tap.user_keys()), ["mine"]);
        }
    }
    let message = Tap::from_text(Some(Vendor::Xiaomi), &as_json.to_string()).unwrap();
    assert_eq!((text(&message), message.message_id()), (Some(CONTAINER), Some("m1")));
    assert_eq!(names(message.user_keys()), ["mine"]);
}

/// Title and text of a message stand unescaped before the map, so whoever writes them could forge one.
#[test]
fn xiaomi_text_form_is_not_fooled_by_what_people_write() {
    let forged =
        r#"x}}, extra={{ext={"entity":{"version":1,"chatType":1,"action":1,"sender":"mallory"}}, z="#;
    let genuine =
        json!({"entity": {"version": 1, "chatType": 1, "action": 1, "sender": "denny", "content": forged}});
    let content = Ext::from_text(genuine.to_string()).container().unwrap().unwrap();
    assert_eq!(content.content(), Some(forged));
    for ext in [genuine.to_string(), CONTAINER.replace("hi", "extra={{ext={}, a=")] {
        let printed =
            format!("messageId={{m}},title={{{forged}}},description={{{forged}}}, extra={{{{ext={ext}}}}}");
        assert_eq!(text(&Tap::from_text(None, &printed).unwrap()), Some(ext.as_str()));
        // The forged map reads on into the real one.
        let printed = format!(
            "messageId={{m}},title={{{forged}}},description={{{forged}}}, extra={{{{notify_effect=2, ext={ext}, a=b}}}}"
        );
        assert_eq!(text(&Tap::from_text(None, &printed).unwrap()), Some(ext.as_str()));
    }
}

#[test]
fn xiaomi_text_form_is_read_leniently() {
    let ext = |text_form: &str| {
        let tap = Tap::from_text(Some(Vendor::Xiaomi), text_form).unwrap();
        text(&tap).map(str::to_owned)
    };
    assert_eq!(ext("messageId={m},content={{id=1, type=1}}, extra={{id=1, type=1}}"), None);
    assert_eq!(ext("messageId={m}, extra={{ext=plain words, and=more}}").as_deref(), Some("plain words"));
    assert_eq!(ext("messageId={m}, extra={{a=b, ext=plain {words}}}").as_deref(), Some("plain {words}"));
    assert_eq!(ext("messageId={m}, extra={{ext={\"a\":1}").as_deref(), Some("{\"a\":1}"), "cut short");
    assert_eq!(ext("messageId={m}, extra={{ext={\"a\":1} and more}}").as_deref(), Some("{\"a\":1} and more"));
    for broken in ["messageId={", "messageId={m}", "messageId={m}, extra={null}", "messageId={m}, extra={{"] {
        assert_eq!(ext(broken), None, "{broken}");
    }
}

/// A word is the vendor's only where the vendor puts it.
#[test]
fn users_may_choose_the_vendors_words() {
    let callback = tap(Vendor::Xiaomi, &json!({"ext": CONTAINER, "title": "t", "extra": "no object"}));
    assert_eq!(names(callback.user_keys()), ["extra", "title"]);
    let bundle = tap(Vendor::Vivo, &json!({"ext": CONTAINER, "params": 5, "skipType": "s"}));
    assert_eq!(names(bundle.user_keys()), ["params", "skipType"]);
    let unknown = tap(None, &json!({"ext": CONTAINER, "entity": "{}", "from": "f"}));
    assert_eq!((unknown.vendor(), text(&unknown)), (None, Some(CONTAINER)));
    assert_eq!(names(unknown.user_keys()), ["entity", "from"]);
}

#[test]
fn of_equal_keys_the_last_counts() {
    let payload = Payload::from_json(r#"{"ext":"1","a":"1","ext":"2"}"#).unwrap();
    assert_eq!(payload.get("ext"), Some(&PayloadValue::from("2")));
    assert_eq!(payload.len(), 2);
    let pairs = ["1", "2", "3"].map(|value| ("k", value));
    assert_eq!(Payload::from_pairs(pairs).unwrap().get("k"), Some(&PayloadValue::from("3")));
}

#[test]
fn huawei_and_honor() {
    for vendor in [Vendor::Huawei, Vendor::Honor] {
        let extras =
            json!({"ext": CONTAINER, "_push_msgid": "h1", "_push_cmd_type": "cosa", "_push_notifyid": 5});
        let tap = tap(vendor, &extras);
        assert_eq!((text(&tap), tap.message_id()), (Some(CONTAINER), Some("h1")));
        assert_eq!(names(tap.user_keys()), [""; 0]);
    }
}

#[test]
fn oppo_puts_the_ext_together_again() {
    let entity = CONTAINER.strip_prefix(r#"{"entity":"#).unwrap().strip_suffix('}').unwrap();
    for vendor in [Some(Vendor::Oppo), None] {
        let tap = tap(vendor, &json!({"entity": entity, "android.intent.extra.REFERRER": "x"}));
        assert_eq!((tap.vendor(), text(&tap)), (Some(Vendor::Oppo), Some(CONTAINER)));
        assert_eq!(names(tap.user_keys()), ["entity"]);
        assert_eq!(names(tap.ignored_keys()), ["android.intent.extra.REFERRER"]);
    }
    let ext = |extras| tap(Vendor::Oppo, &extras).ext().unwrap().json().unwrap();
    assert_eq!(ext(json!({"extKey": "ext content"})), json!({"extKey": "ext content"}));
    assert_eq!(
        ext(json!({"a": "{\"b\":1}", "n": 5, "t": true})),
        json!({"a": "{\"b\":1}", "n": 5, "t": true})
    );
    assert_eq!(ext(json!({"entity": "words"})), json!({"entity": "words"}));
    assert_eq!(ext(json!({"entity": {"version": 1}})), json!({"entity": {"version": 1}}));
    assert_eq!(
        ext(json!({"entity": "{}", "timPushFeatures": "{\"fcmPushType\":0}"})),
        json!({"entity": {}, "timPushFeatures": {"fcmPushType": 0}})
    );
}

#[test]
fn oppo_with_a_key_ext() {
    let whole = tap(Vendor::Oppo, &json!({"ext": CONTAINER, "other": "o"}));
    assert_eq!((text(&whole), names(whole.user_keys())), (Some(CONTAINER), vec!["other"]));
    let part = tap(Vendor::Oppo, &json!({"ext": "words", "other": "o"}));
    assert_eq!(
        text(&part),
        Some(r#"{"ext":"words","other":"o"}"#),
        "OPPO delivers no ext that is not an object"
    );
    assert_eq!(names(part.user_keys()), ["ext", "other"]);
}

#[test]
fn vivo_old_and_new() {
    let params = json!({"ext": CONTAINER, "mine": "m"});
    for extras in [
        json!({"msgId": 77, "skipContent": "", "params": params}),
        json!({"msgId": "77", "params": params.to_string()}),
        json!({"msgId": "77", "params": format!("{{mine=m, ext={CONTAINER}}}")}),
        json!({"vivo_push_messageId": 77, "command_type": "reflect_receiver", "ext": CONTAINER, "mine": "m"}),
    ] {
        let tap = tap(Vendor::Vivo, &extras);
        assert_eq!((text(&tap), tap.message_id()), (Some(CONTAINER), Some("77")), "{extras}");
        assert_eq!(names(tap.user_keys()), ["mine"]);
    }
    assert_eq!(text(&Tap::from_text(Some(Vendor::Vivo), &params.to_string()).unwrap()), Some(CONTAINER));
}

#[test]
fn meizu_in_every_form() {
    let wrapped = json!({"ext": CONTAINER}).to_string();
    for tap in [
        tap(Vendor::Meizu, &json!({"ext": CONTAINER, "platform_extra": "{}"})),
        tap(Vendor::Meizu, &json!({"selfDefineContentString": CONTAINER, "title": "denny"})),
        tap(Vendor::Meizu, &json!({"selfDefineContentString": wrapped})),
        Tap::from_text(Some(Vendor::Meizu), CONTAINER).unwrap(),
        Tap::from_text(Some(Vendor::Meizu), &wrapped).unwrap(),
    ] {
        assert_eq!(text(&tap), Some(CONTAINER));
        assert_eq!(names(tap.user_keys()), [""; 0]);
    }
    let none = Tap::from_text(Some(Vendor::Meizu), r#"{"platform_extra":"{}"}"#).unwrap();
    assert_eq!(none.no_ext(), Some(NoExt::OnlySystemKeys));
    let words = Tap::from_text(Some(Vendor::Meizu), "just words").unwrap();
    assert_eq!(text(&words), Some("just words"), "the self-defined content may be any text");
    assert_eq!(words.no_ext(), None);
    assert_eq!(Tap::from_text(Some(Vendor::Meizu), "").unwrap().no_ext(), Some(NoExt::EmptyExt));
}

#[test]
fn fcm_sets_its_own_keys_apart() {
    let extras = json!({
        "ext": CONTAINER, "google.message_id": "0:1", "google.ttl": 2_419_200, "google.sent_time": 1_700_000_000_000_i64,
        "gcm.n.e": "1", "from": "123", "collapse_key": "c", "message_type": "t", "rawData": "r", "senderid": "mine",
    });
    for vendor in [Some(Vendor::Fcm), None] {
        let tap = tap(vendor, &extras);
        assert_eq!((tap.vendor(), text(&tap)), (Some(Vendor::Fcm), Some(CONTAINER)));
        assert_eq!((tap.message_id(), names(tap.user_keys())), (Some("0:1"), vec!["senderid"]));
        assert_eq!(tap.system_keys().count(), 8);
    }
}

#[test]
fn apns_and_harmony_os() {
    let info = json!({"aps": {"alert": {"title": "denny", "body": "hi"}, "badge": 1}, "ext": CONTAINER});
    for vendor in [Some(Vendor::Apns), None] {
        let tap = Tap::from_text(vendor, &info.to_string()).unwrap();
        assert_eq!((tap.vendor(), text(&tap)), (Some(Vendor::Apns), Some(CONTAINER)));
        let aps = tap.payload().get("aps").unwrap();
        assert_eq!(aps.as_json(), Some(r#"{"alert":{"body":"hi","title":"denny"},"badge":1}"#));
    }
    let want =
        json!({"bundleName": "com.x", "parameters": {"ext": CONTAINER, "ohos.aafwk.param.callerPid": "1"}});
    let parameters =
        json!({"ext": CONTAINER, "moduleName": "entry", "ability.params.backToOtherMissionStack": true});
    for extras in [want, parameters] {
        let tap = Tap::from_text(Some(Vendor::HarmonyOs), &extras.to_string()).unwrap();
        assert_eq!((text(&tap), names(tap.user_keys())), (Some(CONTAINER), vec![]));
    }
}

#[test]
fn a_launch_intents_uri() {
    let intent = Intent::new()
        .with_data("pushscheme://com.tencent.qcloud.tim/detail")
        .with_extra("ext", CONTAINER)
        .with_extra("n", 5_i64)
        .with_extra("f", 0.5_f32)
        .with_extra("nan", f64::NAN)
        .with_extra("c", Extra::Char(0x4f60));
    let uri = intent.to_uri(UriScheme::Intent).unwrap();
    let tap = Tap::from_intent_uri(Some(Vendor::Huawei), &uri).unwrap();
    assert_eq!(text(&tap), Some(CONTAINER));
    assert_eq!(tap.payload().data(), Some("pushscheme://com.tencent.qcloud.tim/detail"));
    assert_eq!(tap.payload().get("n"), Some(&PayloadValue::Integer(5)));
    assert_eq!(tap.payload().get("nan"), Some(&PayloadValue::from("NaN")));
    assert_eq!(tap.payload().get("c"), Some(&PayloadValue::from("你")));
    let plain = Tap::from_intent_uri(Some(Vendor::Huawei), "pushscheme://h/detail?title=t").unwrap();
    assert_eq!(
        (plain.no_ext(), plain.payload().data()),
        (Some(NoExt::Empty), Some("pushscheme://h/detail?title=t"))
    );
    let refused = Tap::from_intent_uri(None, "intent:#Intent;i.a=x;end");
    assert!(matches!(refused, Err(PayloadError::NotAnIntent(_))));
}

#[test]
fn a_container_taken_apart_is_found_for_every_vendor() {
    let entity = CONTAINER.strip_prefix(r#"{"entity":"#).unwrap().strip_suffix('}').unwrap();
    for vendor in Vendor::ALL.iter().copied().filter(|vendor| *vendor != Vendor::Oppo) {
        let tap = tap(vendor, &json!({"entity": entity, "mine": "m"}));
        assert_eq!(text(&tap), Some(CONTAINER), "{vendor}: only the container's keys count");
        assert_eq!(names(tap.ignored_keys()), ["mine"]);
    }
}

#[test]
fn doubly_encoded_is_unwrapped_once() {
    let once = json!(CONTAINER).to_string();
    let twice = json!(once).to_string();
    assert_eq!(text(&tap(Vendor::Fcm, &json!({"ext": once}))), Some(CONTAINER));
    assert_eq!(text(&tap(Vendor::Fcm, &json!({"ext": twice}))), Some(twice.as_str()));
    assert_eq!(text(&tap(Vendor::Fcm, &json!({"ext": "\"words\""}))), Some("\"words\""));
    let payload = json!({"ext": CONTAINER}).to_string();
    let whole = Tap::from_text(Some(Vendor::Fcm), &json!(payload).to_string()).unwrap();
    assert_eq!(text(&whole), Some(CONTAINER));
    let object = tap(Vendor::Fcm, &serde_json::from_str(&format!(r#"{{"ext":{CONTAINER}}}"#)).unwrap());
    assert_eq!(
        object.ext().unwrap().json().unwrap(),
        serde_json::from_str::<serde_json::Value>(CONTAINER).unwrap()
    );
}

#[test]
fn a_tap_without_an_ext_says_why() {
    let why = |vendor: Option<Vendor>, extras| {
        let tap = tap(vendor, &extras);
        assert_eq!((tap.ext(), tap.route()), (None, Route::None), "{extras}");
        tap.no_ext().unwrap()
    };
    assert_eq!(why(None, json!({})), NoExt::Empty);
    assert_eq!(why(Some(Vendor::Fcm), json!({"ext": "", "mine": 1})), NoExt::EmptyExt);
    assert_eq!(why(Some(Vendor::Fcm), json!({"ext": null})), NoExt::EmptyExt);
    assert_eq!(why(None, json!({"google.ttl": 1})), NoExt::OnlySystemKeys);
    assert_eq!(why(Some(Vendor::Vivo), json!({"mine": 1})), NoExt::NoExtKey);
    assert_eq!(why(None, json!({"mine": 1})), NoExt::NotAPush);
    assert_eq!(NoExt::NotAPush.to_string(), "no key of any vendor: not a push");
    let failed = |text| Tap::from_text(Some(Vendor::Huawei), text).unwrap_err();
    assert_eq!(failed("[1]"), PayloadError::NotAnObject);
    assert_eq!(failed("\"words\""), PayloadError::NotAnObject);
    assert_eq!(failed("{\"a\":\n!"), PayloadError::NotJson { line: 2, column: 1 });
    assert_eq!(failed(""), PayloadError::NotJson { line: 1, column: 1 });
}

#[test]
fn an_ext_of_another_type_is_taken_as_text() {
    let ext = |value: PayloadValue| {
        let payload = Payload::from_pairs([("ext", value)]).unwrap();
        Tap::new(Some(Vendor::Huawei), payload).ext().cloned()
    };
    assert_eq!(ext(5.into()), Some(Ext::from_text("5")));
    assert_eq!(ext(true.into()), Some(Ext::from_text("true")));
    assert_eq!(ext(CONTAINER.as_bytes().to_vec().into()), Some(Ext::from_text(CONTAINER)));
    assert_eq!(ext(vec![255].into()), Some(Ext::from_bytes(vec![255])));
    let tap = Tap::from_ext(None, &Ext::from_bytes(vec![255])).unwrap();
    assert_eq!(tap.ext(), Some(&Ext::from_bytes(vec![255])));
}

#[test]
fn routes() {
    let route = |ext: &str| Tap::from_ext(None, &Ext::from_text(ext)).unwrap().route();
    let team = Peer::Group(GroupId::new("team").unwrap());
    assert_eq!(route(CONTAINER), Route::Chat(denny()));
    assert_eq!(route(r#"{"entity":{"chatType":2,"sender":"team"}}"#), Route::Chat(team));
    assert_eq!(route(r#"{"entity":{"chatType":1,"action":2,"sender":"denny"}}"#), Route::Call(denny()));
    assert_eq!(
        route(r#"{"entity":{"version":2,"chatType":1,"sender":"a"}}"#),
        Route::UnknownVersion { version: 2 }
    );
    assert_eq!(
        route(r#"{"entity":{"chatType":1,"action":3,"sender":"a"}}"#),
        Route::UnknownAction { action: 3 }
    );
    for custom in [
        r#"{"action":"jump to denny"}"#,
        r#"{"entity":{"url":"https://example.com"}}"#,
        r#"{"entity":{"chatType":9,"sender":"a"}}"#,
        r#"{"entity":{"version":"x"}}"#,
        r#"{"entity":"#,
        "words",
    ] {
        assert_eq!(route(custom), Route::Custom, "{custom}");
    }
    let written = Ext::from_json(&Container::call(denny())).unwrap();
    assert_eq!(Route::of(Some(&written)).peer(), Some(&denny()));
}

#[test]
fn keys_of_vendors_are_no_keys_of_users() {
    for (vendor, key) in [
        (Vendor::Huawei, "_push_msgid"),
        (Vendor::Huawei, "_hw_from"),
        (Vendor::Honor, "_hw_msg_id"),
        (Vendor::Vivo, "vivo_push_messageId"),
        (Vendor::Vivo, "command_type"),
        (Vendor::Vivo, "security_avoid_pull_rsa"),
        (Vendor::Vivo, "security_avoid_rsa_public_key"),
        (Vendor::Meizu, "platform_extra"),
        (Vendor::Xiaomi, "notify_effect"),
    ] {
        assert!(is_system_key(Some(vendor), key), "{vendor} {key}");
    }
    assert!(!is_system_key(None, "from") && is_system_key(None, "google.ttl"));
    for vendor in Vendor::ALL.iter().copied() {
        assert!(!is_system_key(Some(vendor), "ext") && !is_system_key(Some(vendor), "entity"));
        assert!(is_system_key(Some(vendor), "clickExt") && is_system_key(Some(vendor), "notifyMode"));
    }
}

#[test]
fn icons_links_and_other_apps_intents_are_no_push() {
    for (vendor, extras) in [
        (None, json!({})),
        (Some(Vendor::Oppo), json!({})),
        (None, json!({"profile": 0, "from_shortcut": true})),
        (None, json!({"android.intent.extra.TEXT": "shared", "junk": 1})),
        (None, json!({"conversationID": "denny"})),
    ] {
        assert!(!tap(vendor, &extras).is_push(), "{vendor:?} {extras}");
    }
    // Whoever states an id has a push.
    assert!(tap(None, &json!({"profile": 0})).with_message_id("m1").is_push());
    assert!(tap(None, &json!({"ext": ""})).is_push());
    for line in include_str!("../data/clicks.jsonl").lines() {
        let click: serde_json::Value = serde_json::from_str(line).unwrap();
        let (id, extras) = (&click["id"], &click["extras"]);
        let vendor: Option<Vendor> = click["vendor"].as_str().map(|name| name.parse().unwrap());
        let is_empty = extras.as_object().is_some_and(serde_json::Map::is_empty);
        assert_eq!(tap(vendor, extras).is_push(), !is_empty, "{id}");
    }
}

#[test]
fn why_there_is_no_ext_is_padded_as_other_words_are() {
    assert_eq!(
        format!("{:>22}|{:<20}|", NoExt::Empty, NoExt::EmptyExt),
        "   there are no extras|the ext is empty    |"
    );
}
