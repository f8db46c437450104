//! Every key of every form, by name: it is read, written back as it was, and in its place.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tim_offline_push::message::{Field, Form, OfflinePushInfo};

/// Group, key, a value that is no default, and whether only newer libraries know the key.
type KeyRow = (&'static str, &'static str, &'static str, bool);

const C_API: &[KeyRow] = &[
    ("", "offline_push_config_title", r#""t""#, true),
    ("", "offline_push_config_desc", r#""d""#, false),
    ("", "offline_push_config_ext", r#""{}""#, false),
    ("", "offline_push_config_flag", "1", false),
    ("", "offline_push_config_vendor_params", r#""{\"fcmPriority\":\"high\"}""#, true),
    ("offline_push_config_ios_config", "ios_offline_push_config_title", r#""t""#, false),
    ("offline_push_config_ios_config", "ios_offline_push_config_sound", r#""push.no_sound""#, false),
    ("offline_push_config_ios_config", "ios_offline_push_config_ignore_badge", "true", false),
    ("offline_push_config_ios_config", "ios_offline_push_config_push_type", "1", false),
    (
        "offline_push_config_ios_config",
        "ios_offline_push_config_image",
        r#""https://example.com/i.png""#,
        false,
    ),
    (
        "offline_push_config_ios_config",
        "ios_offline_push_config_interruption_level",
        r#""time-sensitive""#,
        true,
    ),
    (
        "offline_push_config_ios_config",
        "ios_offline_push_config_enable_background_notification",
        "true",
        true,
    ),
    ("offline_push_config_android_config", "android_offline_push_config_title", r#""t""#, false),
    ("offline_push_config_android_config", "android_offline_push_config_sound", r#""ring""#, false),
    ("offline_push_config_android_config", "android_offline_push_config_notify_mode", "1", false),
    ("offline_push_config_android_config", "android_offline_push_config_oppo_channel_id", r#""c""#, false),
    ("offline_push_config_android_config", "android_offline_push_config_oppo_category", r#""IM""#, true),
    ("offline_push_config_android_config", "android_offline_push_config_oppo_notify_level", "16", true),
    ("offline_push_config_android_config", "android_offline_push_config_fcm_channel_id", r#""c""#, false),
    (
        "offline_push_config_android_config",
        "android_offline_push_config_fcm_image",
        r#""https://example.com/i.png""#,
        false,
    ),
    ("offline_push_config_android_config", "android_offline_push_config_xiaomi_channel_id", r#""c""#, false),
    ("offline_push_config_android_config", "android_offline_push_config_vivo_classification", "0", false),
    ("offline_push_config_android_config", "android_offline_push_config_vivo_category", r#""IM""#, false),
    ("offline_push_config_android_config", "android_offline_push_config_huawei_category", r#""IM""#, false),
    (
        "offline_push_config_android_config",
        "android_offline_push_config_huawei_image",
        r#""https://example.com/i.png""#,
        false,
    ),
    (
        "offline_push_config_android_config",
        "android_offline_push_config_honor_image",
        r#""https://example.com/i.png""#,
        false,
    ),
    (
        "offline_push_config_android_config",
        "android_offline_push_config_honor_importance",
        r#""NORMAL""#,
        true,
    ),
    ("offline_push_config_android_config", "android_offline_push_config_meizu_notify_type", "0", true),
    ("offline_push_config_harmony_config", "harmony_offline_push_config_title", r#""t""#, true),
    (
        "offline_push_config_harmony_config",
        "harmony_offline_push_config_image",
        r#""https://example.com/i.png""#,
        true,
    ),
    ("offline_push_config_harmony_config", "harmony_offline_push_config_category", r#""IM""#, true),
    ("offline_push_config_harmony_config", "harmony_offline_push_config_ignore_badge", "true", true),
];

const REST: &[KeyRow] = &[
    ("", "PushFlag", "1", false),
    ("", "Title", r#""t""#, false),
    ("", "Desc", r#""d""#, false),
    ("", "MultiLanguageContent", r#"[{"Language":"en","Title":"t","Desc":"d"}]"#, false),
    ("", "Ext", r#""{}""#, false),
    ("", "BadgeAddNum", "1", false),
    ("", "BadgeSetNum", "0", false),
    ("", "PushTemplateId", r#""1400000000-1""#, false),
    ("", "PushTemplateParam", r#"{"UserName":"u"}"#, false),
    ("AndroidInfo", "Sound", r#""ring""#, false),
    ("AndroidInfo", "PushStyle", "1", false),
    ("AndroidInfo", "XiaoMiChannelID", r#""c""#, false),
    ("AndroidInfo", "OPPOChannelID", r#""c""#, false),
    ("AndroidInfo", "OPPOCategory", r#""IM""#, false),
    ("AndroidInfo", "OPPONotifyLevel", "16", false),
    ("AndroidInfo", "OPPOPrivateMsgTemplateId", r#""x""#, false),
    ("AndroidInfo", "OPPOPrivateTitleParameters", r#"{"k1":"v1"}"#, false),
    ("AndroidInfo", "OPPOPrivateContentParameters", r#"{"k1":"v1"}"#, false),
    ("AndroidInfo", "VIVOClassification", "0", false),
    ("AndroidInfo", "VIVOCategory", r#""IM""#, false),
    ("AndroidInfo", "VIVONotifyType", "4", false),
    ("AndroidInfo", "HuaWeiImportance", r#""NORMAL""#, false),
    ("AndroidInfo", "HuaWeiCategory", r#""IM""#, false),
    ("AndroidInfo", "HuaWeiImage", r#""https://example.com/i.png""#, false),
    ("AndroidInfo", "HuaWeiChannelID", r#""c""#, false),
    ("AndroidInfo", "ExtAsHuaweiIntentParam", "0", false),
    ("AndroidInfo", "HonorImage", r#""https://example.com/i.png""#, false),
    ("AndroidInfo", "HonorImportance", r#""LOW""#, false),
    ("AndroidInfo", "GoogleImage", r#""https://example.com/i.png""#, false),
    ("AndroidInfo", "GooglePriority", r#""high""#, false),
    ("AndroidInfo", "GoogleChannelID", r#""c""#, false),
    ("AndroidInfo", "MeiZuNoticeMsgType", "0", false),
    ("ApnsInfo", "BadgeMode", "0", false),
    ("ApnsInfo", "Title", r#""t""#, false),
    ("ApnsInfo", "SubTitle", r#""s""#, false),
    ("ApnsInfo", "Image", r#""https://example.com/i.png""#, false),
    ("ApnsInfo", "Sound", r#""apns.mp3""#, false),
    ("ApnsInfo", "MutableContent", "0", false),
    ("ApnsInfo", "InterruptionLevel", r#""passive""#, false),
    ("ApnsInfo", "ContentAvailable", "1", false),
    ("ApnsInfo", "IsVoipPush", "1", false),
    (
        "ApnsInfo",
        "LiveActivity",
        r#"{"LaId":"timpush","Event":"end","ContentState":{"k1":1.5},"DismissalDate":1739502750}"#,
        false,
    ),
    ("HarmonyInfo", "Title", r#""t""#, false),
    ("HarmonyInfo", "Category", r#""IM""#, false),
    ("HarmonyInfo", "Image", r#""https://example.com/i.png""#, false),
    ("HarmonyInfo", "Sound", r#""alert.mp3""#, false),
    ("HarmonyInfo", "SoundDuration", "10", false),
];

const V2TIM: &[KeyRow] = &[
    ("", "title", r#""t""#, false),
    ("", "desc", r#""d""#, false),
    ("", "ext", r#""{}""#, false),
    ("", "vendorParams", r#""{\"vivoNotifyType\":3}""#, false),
    ("", "disablePush", "true", false),
    ("", "iOSSound", r#""default""#, false),
    ("", "iOSImage", r#""https://example.com/i.png""#, false),
    ("", "ignoreIOSBadge", "true", false),
    ("", "iOSPushType", "1", false),
    ("", "iOSInterruptionLevel", r#""critical""#, false),
    ("", "enableIOSBackgroundNotification", "true", false),
    ("", "androidSound", r#""ring""#, false),
    ("", "androidOPPOChannelID", r#""c""#, false),
    ("", "androidOPPOCategory", r#""ACCOUNT""#, false),
    ("", "androidOPPONotifyLevel", "2", false),
    ("", "androidVIVOCategory", r#""IM""#, false),
    ("", "androidVIVOClassification", "0", false),
    ("", "androidFCMChannelID", r#""c""#, false),
    ("", "androidFCMImage", r#""https://example.com/i.png""#, false),
    ("", "androidXiaoMiChannelID", r#""c""#, false),
    ("", "androidHuaWeiCategory", r#""MARKETING""#, false),
    ("", "androidHuaWeiImage", r#""https://example.com/i.png""#, false),
    ("", "androidHonorImage", r#""https://example.com/i.png""#, false),
    ("", "androidHonorImportance", r#""LOW""#, false),
    ("", "androidMeizuNotifyType", "1", false),
    ("", "harmonyImage", r#""https://example.com/i.png""#, false),
    ("", "harmonyCategory", r#""IM""#, false),
    ("", "ignoreHarmonyBadge", "true", false),
];

const V2TIM_ARKTS: &[KeyRow] = &[
    ("", "title", r#""t""#, false),
    ("", "desc", r#""d""#, false),
    ("", "ext", r#""{}""#, false),
    ("", "vendorParams", r#""{\"vivoNotifyType\":3}""#, false),
    ("", "disablePush", "true", false),
    ("", "iOSSound", r#""default""#, false),
    ("", "iOSImage", r#""https://example.com/i.png""#, false),
    ("", "ignoreIOSBadge", "true", false),
    ("", "iOSPushType", "1", false),
    ("", "iOSInterruptionLevel", r#""critical""#, false),
    ("", "enableIOSBackgroundNotification", "true", false),
    ("", "AndroidSound", r#""ring""#, false),
    ("", "AndroidOPPOChannelID", r#""c""#, false),
    ("", "AndroidOPPOCategory", r#""ACCOUNT""#, false),
    ("", "AndroidOPPONotifyLevel", "2", false),
    ("", "AndroidVIVOCategory", r#""IM""#, false),
    ("", "AndroidVIVOClassification", "0", false),
    ("", "AndroidFCMChannelID", r#""c""#, false),
    ("", "AndroidFCMImage", r#""https://example.com/i.png""#, false),
    ("", "AndroidXiaoMiChannelID", r#""c""#, false),
    ("", "AndroidHuaWeiCategory", r#""MARKETING""#, false),
    ("", "AndroidHuaWeiImage", r#""https://example.com/i.png""#, false),
    ("", "AndroidHonorImage", r#""https://example.com/i.png""#, false),
    ("", "AndroidHonorImportance", r#""LOW""#, false),
    ("", "AndroidMeizuNotifyType", "1", false),
    ("", "HarmonyImage", r#""https://example.com/i.png""#, false),
    ("", "HarmonyCategory", r#""IM""#, false),
    ("", "ignoreHarmonyBadge", "true", false),
];

const WEB: &[KeyRow] = &[
    ("", "disablePush", "true", false),
    ("", "title", r#""t""#, false),
    ("", "description", r#""d""#, false),
    ("", "extension", r#""{}""#, false),
    ("androidInfo", "sound", r#""ring""#, false),
    ("androidInfo", "XiaoMiChannelID", r#""c""#, false),
    ("androidInfo", "OPPOChannelID", r#""c""#, false),
    ("androidInfo", "FCMChannelID", r#""c""#, false),
    ("androidInfo", "VIVOClassification", "0", false),
    ("androidInfo", "VIVOCategory", r#""IM""#, false),
    ("androidInfo", "HuaWeiCategory", r#""IM""#, false),
    ("androidInfo", "OPPOCategory", r#""IM""#, false),
    ("androidInfo", "HuaWeiImage", r#""https://example.com/i.png""#, false),
    ("androidInfo", "HonorImage", r#""https://example.com/i.png""#, false),
    ("androidInfo", "GoogleImage", r#""https://example.com/i.png""#, false),
    ("androidInfo", "HonorImportance", r#""LOW""#, false),
    ("androidInfo", "MeizuNotifyType", "1", false),
    ("apnsInfo", "sound", r#""default""#, false),
    ("apnsInfo", "ignoreIOSBadge", "true", false),
    ("apnsInfo", "disableVoipPush", "false", false),
    ("apnsInfo", "image", r#""https://example.com/i.png""#, false),
    ("apnsInfo", "interruptionLevel", r#""passive""#, false),
    ("apnsInfo", "enableIOSBackgroundNotification", "true", false),
];

const FORMS: [(Form, &[KeyRow]); 5] = [
    (Form::CApi, C_API),
    (Form::Rest, REST),
    (Form::V2tim, V2TIM),
    (Form::V2timArkTs, V2TIM_ARKTS),
    (Form::Web, WEB),
];

fn object(rows: &[KeyRow]) -> Value {
    let mut object = json!({});
    for (group, key, value, _) in rows {
        let value: Value = serde_json::from_str(value).unwrap();
        if group.is_empty() {
            object[key] = value;
        } else {
            object[group][key] = value;
        }
    }
    object
}

/// What is written of an input, as JSON, after it was read without anything odd about its keys.
fn through(form: Form, input: &Value) -> Value {
    let reading = OfflinePushInfo::read(form, &input.to_string()).unwrap();
    let odd = |rule| matches!(rule, "push-unknown-key" | "push-wrong-type" | "push-duplicate-key");
    assert!(
        !reading.findings().iter().any(|finding| odd(finding.rule().id())),
        "{form}: {:?}",
        reading.findings()
    );
    let written = reading.info().write(form);
    assert_eq!(written.not_carried().len(), 0, "{form}: {input}");
    serde_json::from_str(written.text()).unwrap()
}

#[test]
fn each_key_alone_is_read_and_written_back() {
    for (form, rows) in FORMS {
        for row in rows {
            let input = object(std::slice::from_ref(row));
            let written = through(form, &input);
            let path = if row.0.is_empty() { format!("/{}", row.1) } else { format!("/{}/{}", row.0, row.1) };
            assert_eq!(written.pointer(&path), input.pointer(&path), "{form}: {path}");
            // The C API has the title in three places, of which the newer one may stand alone.
            if row.1 != "offline_push_config_title" {
                assert_eq!(written, input, "{form}: {path}");
            }
        }
    }
}

#[test]
fn all_keys_together_are_read_and_written_back() {
    for (form, rows) in FORMS {
        let input = object(rows);
        assert_eq!(through(form, &input), input, "{form}");
    }
}

#[test]
fn the_forms_have_these_keys_and_no_others() {
    for (form, rows) in FORMS {
        let expected: BTreeSet<_> =
            rows.iter().map(|(group, key, _, newer)| (*group, *key, *newer)).collect();
        let keys: BTreeSet<_> = form.keys().map(|key| (key.group(), key.name(), key.is_newer())).collect();
        assert_eq!(keys, expected, "{form}");
        assert_eq!(form.keys().count(), rows.len(), "{form} has a key twice");
    }
}

#[test]
fn keys_are_written_in_the_order_of_the_form() {
    for (form, rows) in FORMS {
        let mut reversed: Vec<_> = rows.to_vec();
        reversed.reverse();
        let written = OfflinePushInfo::read(form, &object(&reversed).to_string()).unwrap().info().write(form);
        let places: Vec<_> = form
            .keys()
            .map(|key| {
                let from = if key.group().is_empty() {
                    0
                } else {
                    written.text().find(&format!("\"{}\":{{", key.group())).expect("the group")
                };
                from + written.text()[from..].find(&format!("\"{}\":", key.name())).expect("the key")
            })
            .collect();
        assert!(places.is_sorted(), "{form}: {places:?}");
    }
}

#[test]
fn flutter_and_arkts_names_are_read_in_either_form() {
    let flutter = OfflinePushInfo::read(Form::V2timArkTs, &object(V2TIM).to_string()).unwrap();
    let arkts = OfflinePushInfo::read(Form::V2tim, &object(V2TIM_ARKTS).to_string()).unwrap();
    assert_eq!(flutter.info(), arkts.info());
    assert_eq!(flutter.findings(), arkts.findings());
    let arkts_text = flutter.info().write(Form::V2timArkTs);
    assert_eq!(serde_json::from_str::<Value>(arkts_text.text()).unwrap(), object(V2TIM_ARKTS));
}

#[test]
fn react_native_writes_a_vivo_class_as_text() {
    let input = r#"{"title":"t","androidVIVOClassification":"0"}"#;
    let reading = OfflinePushInfo::read(Form::V2tim, input).unwrap();
    assert_eq!(reading.info().value(Field::VivoClassification), Some(0.into()));
    assert_eq!(reading.info().write(Form::V2tim).text(), input);
    assert_eq!(
        reading.info().write(Form::V2timArkTs).text(),
        r#"{"title":"t","AndroidVIVOClassification":0}"#
    );
    assert_eq!(
        reading.info().write(Form::Rest).text(),
        r#"{"Title":"t","AndroidInfo":{"VIVOClassification":0}}"#
    );
}

/// The vendor parameters' own keys, and the fields of REST that say the same.
#[test]
fn vendor_params_become_fields_of_rest_and_back() {
    let params = json!({
        "fcmPriority": "high",
        "vivoNotifyType": 2,
        "oppoTemplateId": "68",
        "oppoTitleParam": {"city": "Beijing"},
        "oppoContentParam": {"name": "Tom"},
    });
    let input = json!({"vendorParams": params.to_string()});
    let info = OfflinePushInfo::read(Form::V2tim, &input.to_string()).unwrap().into_info();
    let rest = info.write(Form::Rest);
    assert_eq!(rest.not_carried().len(), 0);
    let android = json!({
        "GooglePriority": "high",
        "VIVONotifyType": 2,
        "OPPOPrivateMsgTemplateId": "68",
        "OPPOPrivateTitleParameters": {"city": "Beijing"},
        "OPPOPrivateContentParameters": {"name": "Tom"},
    });
    assert_eq!(serde_json::from_str::<Value>(rest.text()).unwrap(), json!({"AndroidInfo": android}));
    let back = OfflinePushInfo::read(Form::Rest, rest.text()).unwrap();
    let text: Value = serde_json::from_str(back.info().vendor_params().text()).unwrap();
    assert_eq!(text, params);
}

/// One of Tencent's samples nests the parameters as a JSON text.
#[test]
fn nested_vendor_params_are_understood_and_kept_as_they_were() {
    let params = r#"{ "oppoTitleParam": "{\"city\":\"Beijing\"}", "newer": 1 }"#;
    let input = json!({"vendorParams": params}).to_string();
    let info = OfflinePushInfo::read(Form::V2tim, &input).unwrap().into_info();
    assert_eq!(info.value(Field::OppoTitleParams), Some(json!({"city": "Beijing"})));
    assert_eq!(info.write(Form::V2tim).text(), input);
    let rest = info.write(Form::Rest);
    assert_eq!(rest.text(), r#"{"AndroidInfo":{"OPPOPrivateTitleParameters":{"city":"Beijing"}}}"#);
    assert_eq!(rest.not_carried()[0].to_string(), "vendor_params", "the unknown member is lost there");
}
