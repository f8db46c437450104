//! Whatever JSON object a sender attaches comes back equal from every vendor's shape.

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use tim_offline_push::ext::Ext;
use tim_offline_push::intent::{Intent, UriScheme};
use tim_offline_push::message::{Form, OfflinePushInfo};
use tim_offline_push::notification::{Payload, PayloadValue, Tap, is_system_key};
use tim_offline_push::vendor::Vendor;

/// Keys as senders choose them, and such as vendors use themselves.
fn any_key() -> impl Strategy<Value = String> {
    let known = [
        "ext",
        "entity",
        "timPushFeatures",
        "extra",
        "from",
        "aps",
        "google.x",
        "key_message",
        "params",
        "title",
    ];
    prop_oneof![4 => "\\PC{0,12}", 1 => any::<String>(), 1 => proptest::sample::select(known.to_vec()).prop_map(str::to_owned)]
}

/// Texts that are anything, or look like what vendors wrap around an ext.
fn any_text() -> impl Strategy<Value = String> {
    let odd = [
        "",
        "null",
        "{}",
        "{\"a\":1}",
        "\"{}\"",
        ", a=b",
        "}}",
        "extra={{a=b}}",
        "extra={{ext=",
        "ext={}, b=c",
        "messageId={x}",
        "#Intent;S.ext=x;end",
        "\u{0}\u{1f}\u{7f}",
        "😀\u{2028}\\\"/",
    ];
    prop_oneof![3 => any::<String>(), 1 => proptest::sample::select(odd.to_vec()).prop_map(str::to_owned)]
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any_text().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::from),
            btree_map(any_key(), inner, 0..6).prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

fn any_object() -> impl Strategy<Value = Map<String, Value>> {
    btree_map(any_key(), any_json(), 0..6).prop_map(|map| map.into_iter().collect())
}

/// The object's text, compact or spread out.
fn any_object_text() -> impl Strategy<Value = String> {
    (any_object(), any::<bool>()).prop_map(|(object, pretty)| {
        if pretty {
            serde_json::to_string_pretty(&object).unwrap()
        } else {
            Value::Object(object).to_string()
        }
    })
}

type Pairs<'a> = &'a [(&'a str, &'a str)];

/// A flat map, by hand, as JSON text and as an intent URI.
fn taps_of(vendor: Option<Vendor>, pairs: Pairs<'_>) -> Vec<Tap> {
    let object: Map<String, Value> =
        pairs.iter().map(|(key, value)| ((*key).to_owned(), json!(value))).collect();
    let object = Value::Object(object).to_string();
    let intent = pairs.iter().fold(Intent::new(), |intent, (key, value)| intent.with_extra(*key, *value));
    vec![
        Tap::new(vendor, Payload::from_pairs(pairs.iter().copied()).unwrap()),
        Tap::from_text(vendor, &object).unwrap(),
        Tap::from_text(vendor, &json!(object).to_string()).unwrap(),
        Tap::from_intent_uri(vendor, &intent.to_uri(UriScheme::Intent).unwrap()).unwrap(),
    ]
}

/// What Java prints of a `MiPushMessage`.
fn printed(extra: Pairs<'_>) -> String {
    let map: Vec<String> = extra.iter().map(|(key, value)| format!("{key}={value}")).collect();
    format!(
        "messageId={{m1}},passThrough={{0}},alias={{null}},content={{}},description={{hi}},title={{denny}},\
         isNotified={{true}},notifyId={{1}},notifyType={{1}}, category={{null}}, extra={{{{{}}}}}",
        map.join(", ")
    )
}

/// Every shape in which a vendor hands over `ext`, but OPPO's.
fn shapes(ext: &str) -> Vec<Tap> {
    let mut taps = Vec::new();
    let flat: [(Option<Vendor>, Pairs<'_>); 8] = [
        (Some(Vendor::Xiaomi), &[("ext", ext), ("notify_effect", "2")]),
        (Some(Vendor::Xiaomi), &[("key_message.extra.ext", ext), ("key_message.messageId", "m1")]),
        (Some(Vendor::Huawei), &[("ext", ext), ("_push_msgid", "h")]),
        (Some(Vendor::Honor), &[("ext", ext)]),
        (Some(Vendor::Vivo), &[("ext", ext), ("vivo_push_messageId", "1")]),
        (Some(Vendor::Meizu), &[("ext", ext), ("platform_extra", "p")]),
        (Some(Vendor::Fcm), &[("ext", ext), ("google.message_id", "0:1"), ("from", "1")]),
        (None, &[("ext", ext)]),
    ];
    for (vendor, pairs) in flat {
        taps.extend(taps_of(vendor, pairs));
    }
    for vendor in [Some(Vendor::Xiaomi), None] {
        for extra in [&[("ext", ext), ("b", "c")][..], &[("a", "b"), ("ext", ext)], &[("ext", ext)]] {
            taps.extend(taps_of(vendor, &[("key_message", &printed(extra))]));
            taps.push(Tap::from_text(vendor, &printed(extra)).unwrap());
        }
        let message = json!({"messageId": "m1", "extra": {"ext": ext}});
        taps.extend(taps_of(vendor, &[("key_message", &message.to_string())]));
        taps.push(Tap::from_text(Some(Vendor::Xiaomi), &message.to_string()).unwrap());
    }
    let wrapped = json!({"ext": ext}).to_string();
    taps.extend(taps_of(Some(Vendor::Vivo), &[("msgId", "1"), ("params", &wrapped)]));
    taps.push(Tap::from_text(Some(Vendor::Meizu), &wrapped).unwrap());
    taps.extend(taps_of(Some(Vendor::Meizu), &[("selfDefineContentString", &wrapped)]));
    let info = json!({"aps": {"alert": {"title": ext, "body": "b"}}, "ext": ext}).to_string();
    taps.push(Tap::from_text(Some(Vendor::Apns), &info).unwrap());
    taps.push(Tap::from_text(None, &info).unwrap());
    let want = json!({"bundleName": "com.x", "parameters": {"ext": ext, "ohos.aafwk.param.callerPid": "1"}});
    taps.push(Tap::from_text(Some(Vendor::HarmonyOs), &want.to_string()).unwrap());
    taps.push(Tap::from_text(Some(Vendor::HarmonyOs), &want["parameters"].to_string()).unwrap());
    taps
}

proptest! {
    #[test]
    fn any_object_comes_back_from_every_vendor(ext in any_object_text()) {
        let push = OfflinePushInfo::new("title", "desc").with_ext(Ext::from_text(&*ext));
        let sent: Value = serde_json::from_str(push.write(Form::Rest).text()).unwrap();
        prop_assert_eq!(sent["Ext"].as_str(), Some(ext.as_str()), "what Tencent's server hands on");
        for tap in shapes(&ext) {
            prop_assert_eq!(tap.ext().and_then(|ext| ext.text()), Some(ext.as_str()), "{:?}", tap);
            prop_assert!(tap.vendor().is_some() || tap.payload().len() == 1);
        }
    }

    /// Where an ext is a value of its own, it may be any text, but for what stands for none and for a text of
    /// an object.
    #[test]
    fn any_text_comes_back_from_a_key_of_its_own(ext in any_text()) {
        let is_wrapped = serde_json::from_str::<String>(&ext).is_ok_and(|inner| Ext::from_text(inner).is_json_object());
        prop_assume!(!is_wrapped && ext != "null" && !ext.is_empty());
        for vendor in Vendor::ALL.iter().copied().filter(|vendor| *vendor != Vendor::Oppo).map(Some).chain([None]) {
            for tap in taps_of(vendor, &[("ext", &ext), ("mine", "m")]) {
                prop_assert_eq!(tap.ext().and_then(|ext| ext.text()), Some(ext.as_str()), "{:?}", tap);
            }
        }
    }

    /// Meizu's content may be the ext itself, unless it looks like an envelope of one.
    #[test]
    fn any_object_comes_back_as_meizus_content(ext in any_object_text()) {
        let object: Map<String, Value> = serde_json::from_str(&ext).unwrap();
        prop_assume!(!["ext", "selfDefineContentString", "platform_extra"].iter().any(|key| object.contains_key(*key)));
        // An empty one, or one with nothing but what the system puts there, is a start from the launcher.
        prop_assume!(!object.keys().all(|key| is_system_key(Some(Vendor::Meizu), key)));
        let mut taps = taps_of(Some(Vendor::Meizu), &[("selfDefineContentString", &ext)]);
        taps.push(Tap::from_text(Some(Vendor::Meizu), &ext).unwrap());
        for tap in taps {
            prop_assert_eq!(tap.ext().and_then(|ext| ext.text()), Some(ext.as_str()));
        }
    }

    /// OPPO: what is promised of top-level texts. An object at `ext` or at a key of the container means
    /// something else, and Android's own extras are left out.
    #[test]
    fn top_level_texts_come_back_from_oppo(texts in btree_map(any_key(), any_text(), 1..6)) {
        let is_object = |text: &str| serde_json::from_str::<Map<String, Value>>(text).is_ok();
        let special = |key: &str| ["ext", "entity", "timPushFeatures"].contains(&key);
        prop_assume!(!texts.iter().any(|(key, text)| special(key) && is_object(text)));
        prop_assume!(!texts.keys().any(|key| key.starts_with("android.intent.extra.")));
        let pairs: Vec<_> = texts.iter().map(|(key, text)| (key.as_str(), text.as_str())).collect();
        for tap in taps_of(Some(Vendor::Oppo), &pairs) {
            prop_assert_eq!(tap.ext().unwrap().json().unwrap(), json!(texts));
        }
    }

    /// OPPO: what is promised of Tencent's container, beside which there may be texts.
    #[test]
    fn the_container_comes_back_from_oppo(
        entity in any_object(),
        features in proptest::option::of(any_object()),
        title in proptest::option::of(any_text()),
    ) {
        let mut ext = Map::from_iter([("entity".to_owned(), Value::Object(entity))]);
        ext.extend(features.map(|features| ("timPushFeatures".to_owned(), Value::Object(features))));
        ext.extend(title.map(|title| ("title".to_owned(), Value::String(title))));
        let texts: Vec<(String, String)> = ext
            .iter()
            .map(|(key, value)| (key.clone(), value.as_str().map_or_else(|| value.to_string(), str::to_owned)))
            .collect();
        let pairs: Vec<_> = texts.iter().map(|(key, text)| (key.as_str(), text.as_str())).collect();
        for vendor in [Some(Vendor::Oppo), None] {
            for tap in taps_of(vendor, &pairs) {
                prop_assert_eq!(tap.vendor(), Some(Vendor::Oppo));
                prop_assert_eq!(tap.ext().unwrap().json().unwrap(), Value::Object(ext.clone()));
            }
        }
    }

    /// A payload in hand and the same payload as JSON are one.
    #[test]
    fn nested_values_are_kept_as_they_are(object in any_object()) {
        let payload = Payload::from_json(&Value::Object(object.clone()).to_string()).unwrap();
        prop_assert_eq!(payload.len(), object.len());
        for (key, value) in payload.iter() {
            prop_assert_eq!(value, &PayloadValue::from(&object[key]));
        }
    }
}
