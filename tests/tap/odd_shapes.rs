//! Shapes that no document promises and that hosts, bridges and languages make all the same.

use serde_json::json;
use tim_offline_push::account::UserId;
use tim_offline_push::ext::Ext;
use tim_offline_push::notification::{NoExt, Payload, PayloadValue, Route, Tap};
use tim_offline_push::vendor::Vendor;

use crate::{CONTAINER, names, tap, text};

fn of(vendor: Option<Vendor>, pairs: &[(&str, PayloadValue)]) -> Tap {
    let pairs = pairs.iter().map(|(key, value)| (*key, value.clone()));
    Tap::new(vendor, Payload::from_pairs(pairs).unwrap())
}

/// `Ext` is a byte array in Tencent's Java interface, so that a host may have bytes in its hands.
#[test]
fn bytes_are_read_as_the_text_that_they_are() {
    let twice = json!(CONTAINER).to_string();
    let wrapped = json!({"ext": CONTAINER}).to_string();
    for tap in [
        of(Some(Vendor::Huawei), &[("ext", CONTAINER.as_bytes().to_vec().into())]),
        of(Some(Vendor::Huawei), &[("ext", twice.into_bytes().into())]),
        of(Some(Vendor::Meizu), &[("selfDefineContentString", CONTAINER.as_bytes().to_vec().into())]),
        of(Some(Vendor::Meizu), &[("selfDefineContentString", wrapped.clone().into_bytes().into())]),
        of(Some(Vendor::Vivo), &[("params", wrapped.into_bytes().into())]),
        of(Some(Vendor::Oppo), &[("ext", CONTAINER.as_bytes().to_vec().into())]),
    ] {
        assert_eq!(text(&tap), Some(CONTAINER), "{tap:?}");
        assert!(tap.route().peer().is_some());
    }
    let opaque = of(Some(Vendor::Huawei), &[("ext", vec![0xff, 0xfe].into())]);
    assert_eq!(opaque.ext(), Some(&Ext::from_bytes(vec![0xff, 0xfe])));
}

/// The app's icon was tapped: the launch intent has no extras, whatever the phone.
#[test]
fn a_start_from_the_launcher_is_no_ext() {
    for vendor in Vendor::ALL.iter().copied().map(Some).chain([None]) {
        for nothing in ["{}", " { } ", "\"{}\"", "intent:#Intent;action=android.intent.action.MAIN;end"] {
            let read = if nothing.starts_with("intent") { Tap::from_intent_uri } else { Tap::from_text };
            let tap = read(vendor, nothing).unwrap();
            assert_eq!(
                (tap.no_ext(), tap.route()),
                (Some(NoExt::Empty), Route::None),
                "{vendor:?} {nothing}"
            );
        }
    }
}

/// Two taps without an ext are told apart by all that they hold.
#[test]
fn bytes_tell_taps_apart() {
    let key = |bytes: &[u8]| of(Some(Vendor::Fcm), &[("own", bytes.to_vec().into())]).dedupe_key();
    assert!(key(&[1, 2]).matches(&key(&[1, 2])) && !key(&[1, 2]).matches(&key(&[1, 3])));
}

/// A key that is there and empty does not hide the ext that stands elsewhere.
#[test]
fn an_empty_ext_gives_way() {
    for empty in [json!(""), json!(null), json!("null")] {
        let map = json!({"extra": {"ext": CONTAINER}});
        assert_eq!(text(&tap(Vendor::Xiaomi, &json!({"ext": empty, "key_message": map}))), Some(CONTAINER));
        assert_eq!(
            text(&tap(Vendor::Vivo, &json!({"ext": empty, "params": {"ext": CONTAINER}}))),
            Some(CONTAINER)
        );
        assert_eq!(
            text(&tap(Vendor::Meizu, &json!({"ext": empty, "selfDefineContentString": CONTAINER}))),
            Some(CONTAINER)
        );
        let none = tap(Vendor::Huawei, &json!({"ext": empty}));
        assert_eq!((none.no_ext(), none.route()), (Some(NoExt::EmptyExt), Route::None), "{empty}");
        let hollow = json!({"selfDefineContentString": {"ext": empty}});
        assert_eq!(tap(Vendor::Meizu, &hollow).no_ext(), Some(NoExt::EmptyExt), "{hollow}");
    }
    let parts =
        tap(Vendor::Fcm, &json!({"ext": "", "entity": {"chatType": 1, "sender": "denny"}, "mine": 1}));
    assert!(parts.route().peer().is_some());
    assert_eq!((parts.no_ext(), names(parts.ignored_keys())), (None, vec!["mine"]));
}

/// Who does not know the vendor still has what lies in the vendor's envelope.
#[test]
fn an_envelope_with_an_ext_in_it_tells_the_vendor() {
    let map = json!({"ext": CONTAINER, "mine": "m"});
    let printed = format!("{{mine=m, ext={CONTAINER}}}");
    for (vendor, extras) in [
        (Vendor::Xiaomi, json!({"messageId": "m1", "title": "denny", "extra": map})),
        (Vendor::Xiaomi, json!({"extra": map.to_string()})),
        (Vendor::Xiaomi, json!({"extra": printed})),
        (Vendor::Vivo, json!({"msgId": 77, "skipContent": "", "params": map})),
        (Vendor::Vivo, json!({"params": printed})),
        (Vendor::HarmonyOs, json!({"bundleName": "com.x", "parameters": map})),
        (Vendor::Meizu, json!({"selfDefineContentString": map.to_string(), "title": "denny"})),
    ] {
        for known in [None, Some(vendor)] {
            let tap = tap(known, &extras);
            assert_eq!((tap.vendor(), text(&tap)), (Some(vendor), Some(CONTAINER)), "{extras}");
            assert_eq!(names(tap.user_keys()), ["mine"], "{extras}");
        }
    }
    let content = tap(None, &json!({"selfDefineContentString": CONTAINER}));
    assert_eq!((content.vendor(), text(&content)), (Some(Vendor::Meizu), Some(CONTAINER)));
    // Without an ext in it, such a word may be anybody's; and an ext beside it is the ext.
    assert_eq!(tap(None, &json!({"params": {"a": 1}})).vendor(), None);
    let beside = tap(None, &json!({"ext": CONTAINER, "params": {"ext": "another"}}));
    assert_eq!((beside.vendor(), text(&beside)), (None, Some(CONTAINER)));
}

/// A map within JSON may be JSON, the text of JSON, or what Java prints of a map; and hosts flatten as deep
/// as they like.
#[test]
fn xiaomis_map_in_every_spelling() {
    let map = json!({"ext": CONTAINER, "mine": "m", "notify_effect": "2"});
    let printed = format!("{{notify_effect=2, ext={CONTAINER}, mine=m}}");
    for extra in [map.clone(), json!(map.to_string()), json!(printed)] {
        let message = json!({"messageId": "m1", "extra": extra});
        for extras in [
            json!({"key_message": message}),
            json!({"key_message": message.to_string()}),
            json!({"key_message.extra": extra, "key_message.messageId": "m1"}),
        ] {
            for vendor in [None, Some(Vendor::Xiaomi)] {
                let tap = tap(vendor, &extras);
                assert_eq!((text(&tap), tap.message_id()), (Some(CONTAINER), Some("m1")), "{extras}");
                assert_eq!(names(tap.user_keys()), ["mine"], "{extras}");
            }
        }
    }
}

/// What the SDK itself adds to the launch intent and to the map, as phones of 2025 show it.
#[test]
fn xiaomis_launch_intent_in_full() {
    let printed = format!(
        "messageId={{smm1}},passThrough={{0}},alias={{null}},topic={{null}},userAccount={{null}},content={{}},\
         description={{hi}},title={{denny}},isNotified={{true}},notifyId={{7}},notifyType={{0}}, category={{null}}, \
         extra={{{{intent_uri=intent:#Intent;action=a.b.C;component=a.b/a.b.C;i.n=0;S.s=x;end, channel_name=运营消息, \
         channel_description=, n_stats_expose=Zf/q+==, _msg_pri=20, use_clicked_activity=true, ext={CONTAINER}, \
         __target_name=G6/x, fe_ts=1753100163238, mine=1, notify_effect=2, __m_ts=1753100163249}}}}"
    );
    let extras = json!({
        "mipush_notified": true, "pushTargetComponent": "true", "messageId": "smm1", "eventMessageType": 1000,
        "jobkey": "smm1", "sessionId": "cs1", "key_message": printed,
    });
    for vendor in [None, Some(Vendor::Xiaomi)] {
        let tap = tap(vendor, &extras);
        assert_eq!((tap.vendor(), text(&tap)), (Some(Vendor::Xiaomi), Some(CONTAINER)));
        assert_eq!((tap.message_id(), names(tap.user_keys())), (Some("smm1"), vec!["sessionId", "mine"]));
    }
    let bare = tap(None, &json!({"mipush_notified": true, "ext": CONTAINER}));
    assert_eq!((bare.vendor(), text(&bare)), (Some(Vendor::Xiaomi), Some(CONTAINER)));
}

/// vivo's and Meizu's messages, as their `toString` shows them. Who writes the title may write what looks
/// like the ext.
#[test]
fn vivos_and_meizus_messages_as_printed() {
    let forged = r#"x', mParams={ext={"a":1}}, selfDefineContentString='{"a":1}', notifyId=1"#;
    for title in ["denny", forged] {
        let vivo = format!(
            "UPSNotificationMessage{{mTargetType=0, mTragetContent='', mTitle='{title}', mContent='{title}', mNotifyType=4, \
             mPurePicUrl='', mIconUrl='', mCoverUrl='', mSkipContent='', mSkipType=1, mShowTime=false, mMsgId=77, \
             mParams={{mine=m, ext={CONTAINER}}}}}"
        );
        let meizu = format!(
            "MzPushMessage{{title='{title}', content='hi', pushType=0, taskId='1', selfDefineContentString='{CONTAINER}', \
             notifyId=5}}"
        );
        for vendor in [None, Some(Vendor::Vivo)] {
            let tap = Tap::from_text(vendor, &vivo).unwrap();
            assert_eq!((tap.vendor(), text(&tap)), (Some(Vendor::Vivo), Some(CONTAINER)), "{title}");
        }
        for vendor in [None, Some(Vendor::Meizu)] {
            let tap = Tap::from_text(vendor, &meizu).unwrap();
            assert_eq!((tap.vendor(), text(&tap)), (Some(Vendor::Meizu), Some(CONTAINER)), "{title}");
        }
    }
    let plain = "MzPushMessage{title='t', selfDefineContentString='it's plain', notifyId=5}";
    assert_eq!(text(&Tap::from_text(None, plain).unwrap()), Some("it's plain"));
    for broken in
        ["UPSNotificationMessage{", "UPSNotificationMessage{mParams={", "MzPushMessage{", "MzPushMessage{}"]
    {
        assert_eq!(Tap::from_text(None, broken).unwrap().route(), Route::None, "{broken}");
    }
}

#[test]
fn xiaomis_text_with_braces_in_every_value() {
    let printed = format!(
        "messageId={{m1}},passThrough={{0}},alias={{}},topic={{a}}}},userAccount={{null}},content={{{CONTAINER}}},\
         description={{}}, extra={{{{}}}},title={{{{}}, b=c}},isNotified={{true}}, category={{null}}, \
         extra={{{{a={{}}, b={{x=1, y={{2}}}}, ext={CONTAINER}, c=}}}}}}}}"
    );
    let tap = Tap::from_text(None, &printed).unwrap();
    assert_eq!((text(&tap), tap.message_id()), (Some(CONTAINER), Some("m1")));
}

/// Numbers as texts and texts as numbers, as loosely typed bridges write them.
#[test]
fn a_container_of_loose_types() {
    let denny =
        |ext: serde_json::Value| Tap::from_ext(None, &Ext::from_text(ext.to_string())).unwrap().route();
    let expected = Route::of(Some(&Ext::from_text(r#"{"entity":{"chatType":1,"sender":"7"}}"#)));
    assert!(matches!(expected, Route::Chat(_)));
    for entity in [
        json!({"version": "1", "chatType": "1", "action": "1", "sender": "7"}),
        json!({"version": 1.0, "chatType": 1.0, "action": 1.0, "sender": 7}),
        json!({"version": null, "chatType": " 1 ", "action": null, "sender": "7", "nickname": 5, "sendTime": "x"}),
    ] {
        assert_eq!(denny(json!({"entity": entity})), expected, "{entity}");
        assert_eq!(denny(json!({"entity": entity.to_string()})), expected, "{entity}");
    }
}

/// What an OPPO bundle may hold: any type, and the container's keys as objects or as texts of them.
#[test]
fn oppos_bundle_of_typed_values() {
    let tap = of(
        Some(Vendor::Oppo),
        &[
            ("text", "5".into()),
            ("int", 5.into()),
            ("long", 9_007_199_254_740_993_i64.into()),
            ("flag", true.into()),
            ("bytes", vec![1, 2].into()),
            ("entity", r#"{"chatType":1,"sender":"denny"}"#.into()),
            ("timPushFeatures", r#"{"fcmPushType":0}"#.into()),
        ],
    );
    assert_eq!(
        tap.ext().unwrap().json().unwrap(),
        json!({
            "text": "5", "int": 5, "long": 9_007_199_254_740_993_i64, "flag": true,
            "entity": {"chatType": 1, "sender": "denny"}, "timPushFeatures": {"fcmPushType": 0},
        })
    );
    assert!(tap.route().peer().is_some());
}

/// The account an app's senders name may be a number too.
#[test]
fn an_account_may_be_a_number() {
    let named = |to: serde_json::Value| {
        let ext = Ext::from_text(json!({"entity": {}, "to": to}).to_string());
        Tap::from_ext(None, &ext).unwrap().with_account_at("/to").account().cloned()
    };
    assert_eq!(named(json!(10001)), Some(UserId::new("10001").unwrap()));
    assert_eq!(named(json!("10001")), Some(UserId::new("10001").unwrap()));
    assert_eq!(named(json!(1.5)), None);
    assert_eq!(named(json!(null)), None);
}
