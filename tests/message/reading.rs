//! Reading what other people wrote: nothing that can be read is an error, and nothing is lost.

use serde_json::{Value, json};
use tim_offline_push::finding::{Finding, Severity};
use tim_offline_push::message::{Android, Field, Form, MeizuNotifyType, OfflinePushInfo, PushReading};

fn read(form: Form, text: &str) -> PushReading {
    OfflinePushInfo::read(form, text).unwrap()
}

fn rules(reading: &PushReading) -> Vec<(&'static str, String)> {
    reading.findings().iter().map(|finding| (finding.rule().id(), finding.place().to_string())).collect()
}

/// What Tencent's own samples say is odd, and stays.
#[test]
fn the_official_sample_is_read_with_findings() {
    let text = r#"{"PushFlag":0,"Desc":"d","Ext":"This is the passthrough content","AndroidInfo":{"Sound":"android.mp3"},"ApnsInfo":{"Sound":"apns.mp3","BadgeMode":1,"Title":"apns title","SubTitle":"apns subtitle","Image":"www.image.com"}}"#;
    let reading = read(Form::Rest, text);
    assert_eq!(
        rules(&reading),
        [
            ("push-image-not-https", "ios.image".to_owned()),
            ("push-sound-with-suffix", "android.sound".to_owned()),
        ]
    );
    let written: Value = serde_json::from_str(reading.info().write(Form::Rest).text()).unwrap();
    let mut expected: Value = serde_json::from_str(text).unwrap();
    expected.as_object_mut().unwrap().remove("PushFlag");
    assert_eq!(written, expected);
}

#[test]
fn unknown_keys_stay_in_their_place_and_order() {
    let text = r#"{"Title":"t","Descs":{"b":1,"a":[1.5,-2,18446744073709551615,"x",null,true]},"NewTitle":null,"AndroidInfo":{"PushSound":1,"NewKey":2},"ApnsInfo":{"x":"y"},"Other":{}}"#;
    let reading = read(Form::Rest, text);
    let unknown: Vec<_> = rules(&reading);
    assert_eq!(
        unknown,
        [
            "Descs",
            "a key of 8 characters",
            "AndroidInfo.PushSound",
            "AndroidInfo.a key of 6 characters",
            "ApnsInfo.a key of 1 character",
            "a key of 5 characters",
        ]
        .map(|path| ("push-unknown-key", path.to_owned()))
    );
    let written = reading.info().write(Form::Rest);
    assert_eq!(
        written.text(),
        r#"{"Title":"t","AndroidInfo":{"PushSound":1,"NewKey":2},"ApnsInfo":{"x":"y"},"Descs":{"b":1,"a":[1.5,-2,18446744073709551615,"x",null,true]},"NewTitle":null,"Other":{}}"#
    );
    assert_eq!(read(Form::Rest, written.text()).info(), reading.info());
    // Another form has no place for them, and says so.
    let lost: Vec<_> =
        reading.info().write(Form::CApi).not_carried().iter().map(ToString::to_string).collect();
    assert_eq!((lost.len(), lost[0].as_str()), (6, "Descs"));
}

/// A secret may stand where a key is expected.
#[test]
fn an_unknown_key_is_shown_only_if_it_is_near_tencents_own() {
    for (key, shown) in [
        ("k".repeat(1000).as_str(), "a key of 1000 characters"),
        ("a\u{1b}[2J", "a key of 5 characters"),
        ("Canary7secret", "a key of 13 characters"),
        ("_13_80_01_38_00", "a key of 15 characters"),
        ("ext_13_80_01_38_00", "a key of 18 characters"),
        ("ext13_title80_ext01", "a key of 19 characters"),
        ("4desc", "4desc"),
        ("推送", "a key of 2 characters"),
        ("Tittle", "Tittle"),
        ("HuaWeiSound", "HuaWeiSound"),
        ("android_offline_push_config_vivo_sound", "android_offline_push_config_vivo_sound"),
    ] {
        let text = serde_json::json!({ key: 1 }).to_string();
        let reading = read(Form::Rest, &text);
        assert_eq!(rules(&reading), [("push-unknown-key", shown.to_owned())]);
        assert_eq!(reading.info().write(Form::Rest).text(), text);
    }
}

#[test]
fn of_doubled_keys_the_last_counts() {
    let text = r#"{"Title":"first","AndroidInfo":{"Sound":"a"},"x":1,"Title":"last","x":2,"AndroidInfo":{"HonorImportance":"LOW"}}"#;
    let reading = read(Form::Rest, text);
    assert_eq!(
        reading.info().write(Form::Rest).text(),
        r#"{"Title":"last","AndroidInfo":{"HonorImportance":"LOW"},"x":2}"#
    );
    let doubled: Vec<_> =
        rules(&reading).into_iter().filter(|(rule, _)| *rule == "push-duplicate-key").collect();
    assert_eq!(doubled.len(), 3);
}

#[test]
fn null_is_absent() {
    let reading =
        read(Form::Rest, r#"{"Title":null,"PushFlag":null,"AndroidInfo":null,"ApnsInfo":{"Sound":null}}"#);
    assert_eq!(reading.findings(), []);
    assert_eq!(reading.info(), &OfflinePushInfo::default());
}

/// PHP has one empty value for lists and maps, and often texts for numbers.
#[test]
fn php_is_understood_and_kept() {
    let text = r#"{"PushFlag":"1","Title":42,"ApnsInfo":[],"AndroidInfo":{"VIVOClassification":"0","OPPONotifyLevel":"","VIVONotifyType":"2","ExtAsHuaweiIntentParam":true,"OPPOPrivateTitleParameters":"{\"k\":\"v\"}"}}"#;
    let reading = read(Form::Rest, text);
    let info = reading.info();
    assert!(info.is_push_disabled());
    assert_eq!(info.title(), "42");
    assert_eq!(info.value(Field::VivoClassification), Some(0.into()));
    assert_eq!(info.value(Field::HuaweiExtAsIntentParam), Some(1.into()));
    assert_eq!(info.value(Field::VivoNotifyType), Some(2.into()));
    assert_eq!(info.value(Field::OppoTitleParams), Some(json!({"k": "v"})));
    let severities: Vec<_> = reading
        .findings()
        .iter()
        .map(|finding| (finding.place().to_string(), finding.rule().id(), finding.severity()))
        .collect();
    let wrong = |path: &str, severity| (path.to_owned(), "push-wrong-type", severity);
    assert_eq!(
        severities,
        [
            wrong("PushFlag", Severity::Error),
            wrong("Title", Severity::Error),
            wrong("ApnsInfo", Severity::Note),
            wrong("AndroidInfo.VIVOClassification", Severity::Error),
            wrong("AndroidInfo.OPPONotifyLevel", Severity::Note),
            wrong("AndroidInfo.VIVONotifyType", Severity::Error),
            wrong("AndroidInfo.ExtAsHuaweiIntentParam", Severity::Error),
            wrong("AndroidInfo.OPPOPrivateTitleParameters", Severity::Error),
        ]
    );
    // REST gets it back as it was, other forms with the types that they need.
    assert_eq!(
        info.write(Form::Rest).text(),
        r#"{"PushFlag":"1","Title":42,"AndroidInfo":{"OPPOPrivateTitleParameters":"{\"k\":\"v\"}","VIVOClassification":"0","VIVONotifyType":"2","ExtAsHuaweiIntentParam":true}}"#
    );
    let c_api = info.write(Form::CApi);
    assert_eq!(c_api.not_carried(), [Field::HuaweiExtAsIntentParam.as_str()]);
    assert!(c_api.text().contains(r#""offline_push_config_flag":1"#));
    assert!(c_api.text().contains(r#""offline_push_config_title":"42""#));
}

#[test]
fn what_is_not_understood_is_kept_and_not_carried_elsewhere() {
    let text = r#"{"Title":["t"],"Ext":{"k":"v"},"AndroidInfo":"none","ApnsInfo":{"ContentAvailable":2,"LiveActivity":7}}"#;
    let reading = read(Form::Rest, text);
    let written = reading.info().write(Form::Rest);
    assert_eq!(written.not_carried().len(), 0);
    assert_eq!(
        serde_json::from_str::<Value>(written.text()).unwrap(),
        serde_json::from_str::<Value>(text).unwrap()
    );
    let elsewhere = reading.info().write(Form::V2tim);
    assert_eq!(elsewhere.text(), "{}");
    let lost: Vec<_> = elsewhere.not_carried().iter().map(ToString::to_string).collect();
    assert_eq!(lost, ["AndroidInfo", "Ext", "Title", "ApnsInfo.ContentAvailable", "ApnsInfo.LiveActivity"]);
}

#[test]
fn a_field_that_is_set_afterwards_replaces_what_was_kept() {
    let reading =
        read(Form::Rest, r#"{"AndroidInfo":{"MeiZuNoticeMsgType":"1","Sound":["x"]},"HarmonyInfo":"none"}"#);
    let android = Android::new().with_meizu_notify_type(MeizuNotifyType::Public).with_sound("ring").unwrap();
    let push = reading.into_info().with_android(android);
    let written = push.write(Form::Rest);
    assert_eq!(
        written.text(),
        r#"{"AndroidInfo":{"Sound":"ring","MeiZuNoticeMsgType":0},"HarmonyInfo":"none"}"#
    );
    assert_eq!(written.not_carried().len(), 0);
    let lost: Vec<_> = push.write(Form::CApi).not_carried().iter().map(ToString::to_string).collect();
    assert_eq!(lost, ["HarmonyInfo"]);
}

#[test]
fn undocumented_values_are_kept_with_a_finding() {
    let text = r#"{"PushFlag":3,"AndroidInfo":{"PushStyle":9,"OPPOCategory":"ORDER","OPPONotifyLevel":4,"VIVOClassification":2,"VIVOCategory":"ORDER","VIVONotifyType":5,"HuaWeiImportance":"HIGH","HuaWeiCategory":"NEW","HonorImportance":"HIGH","GooglePriority":"max","MeiZuNoticeMsgType":2},"ApnsInfo":{"BadgeMode":2,"InterruptionLevel":"loud","IsVoipPush":2},"HarmonyInfo":{"Category":"NEW"}}"#;
    let reading = read(Form::Rest, text);
    let found: Vec<_> = reading
        .findings()
        .iter()
        .filter(|finding| finding.rule().id() == "push-unknown-value")
        .map(Finding::place)
        .collect();
    assert_eq!(
        found,
        [
            Field::PushFlag.as_str(),
            Field::IosBadgeMode.as_str(),
            Field::IosPushType.as_str(),
            Field::IosInterruptionLevel.as_str(),
            Field::AndroidPushStyle.as_str(),
            Field::OppoCategory.as_str(),
            Field::OppoNotifyLevel.as_str(),
            Field::HuaweiCategory.as_str(),
            Field::HuaweiImportance.as_str(),
            Field::VivoClassification.as_str(),
            Field::VivoCategory.as_str(),
            Field::HonorImportance.as_str(),
            Field::MeizuNotifyType.as_str(),
            Field::HarmonyCategory.as_str(),
            Field::FcmPriority.as_str(),
            Field::VivoNotifyType.as_str(),
        ]
    );
    let written: Value = serde_json::from_str(reading.info().write(Form::Rest).text()).unwrap();
    assert_eq!(written, serde_json::from_str::<Value>(text).unwrap());
    let mode = r#"{"offline_push_config_android_config":{"android_offline_push_config_notify_mode":5}}"#;
    let reading = read(Form::CApi, mode);
    assert_eq!(rules(&reading), [("push-unknown-value", "android.notify_mode".to_owned())]);
    assert_eq!(reading.info().write(Form::CApi).text(), mode);
}

#[test]
fn values_that_a_constructor_refuses_are_findings() {
    for (text, rule, place) in [
        (r#"{"ApnsInfo":{"Image":"http://a/b.png"}}"#, "push-image-not-https", "ios.image"),
        (r#"{"AndroidInfo":{"HuaWeiImage":"https://"}}"#, "push-image-not-https", "android.huawei.image"),
        (r#"{"AndroidInfo":{"HonorImage":"https://a b"}}"#, "push-image-not-https", "android.honor_image"),
        (r#"{"AndroidInfo":{"GoogleImage":"x"}}"#, "push-image-not-https", "android.fcm_image"),
        (r#"{"HarmonyInfo":{"Image":"x"}}"#, "push-image-not-https", "harmony.image"),
        (r#"{"ApnsInfo":{"Sound":"ring"}}"#, "push-sound-without-suffix", "ios.sound"),
        (r#"{"AndroidInfo":{"Sound":"ring.mp3"}}"#, "push-sound-with-suffix", "android.sound"),
        (r#"{"HarmonyInfo":{"Sound":"ring"}}"#, "push-sound-without-suffix", "harmony.sound"),
        (r#"{"HarmonyInfo":{"SoundDuration":5}}"#, "push-duration-without-sound", "harmony.sound_duration"),
        (
            r#"{"HarmonyInfo":{"Sound":"a.mp3","SoundDuration":61}}"#,
            "push-out-of-range",
            "harmony.sound_duration",
        ),
        (r#"{"BadgeAddNum":100}"#, "push-out-of-range", "server.badge_add"),
        (r#"{"BadgeAddNum":0}"#, "push-out-of-range", "server.badge_add"),
        (r#"{"BadgeSetNum":-1}"#, "push-out-of-range", "server.badge_set"),
        (r#"{"BadgeSetNum":500}"#, "push-out-of-range", "server.badge_set"),
        (
            r#"{"AndroidInfo":{"OPPONotifyLevel":16}}"#,
            "push-level-without-category",
            "android.oppo.notify_level",
        ),
        (r#"{"ApnsInfo":{"LiveActivity":{"Event":"end"}}}"#, "push-live-activity-id", "ios.live_activity"),
    ] {
        let reading = read(Form::Rest, text);
        let found =
            reading.findings().iter().any(|finding| finding.rule().id() == rule && finding.place() == place);
        assert!(found, "{text}: {:?}", reading.findings());
        assert!(reading.findings().iter().all(|finding| finding.rule().id() == rule), "{text}");
        let written = reading.info().write(Form::Rest);
        assert_eq!(written.text(), text);
    }
    for text in [r#"{"vendorParams":"not JSON"}"#, r#"{"vendorParams":"{\"fcmPriority\":5}"}"#] {
        let reading = read(Form::V2tim, text);
        assert_eq!(rules(&reading), [("push-vendor-params", "vendor_params".to_owned())]);
        assert_eq!(reading.info().write(Form::V2tim).text(), text);
        assert_eq!(reading.info().write(Form::Rest).not_carried(), [Field::VendorParams.as_str()]);
    }
}

/// A badge of 500 is too much for Huawei, Honor and HarmonyOS, and fits iOS.
#[test]
fn badges_are_held_against_each_channel() {
    let vendors = |text| {
        let reading = read(Form::Rest, text);
        reading.findings().iter().filter_map(Finding::vendor).map(|v| v.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(vendors(r#"{"BadgeSetNum":99}"#), [""; 0]);
    assert_eq!(vendors(r#"{"BadgeSetNum":100}"#), ["Huawei", "Honor", "HarmonyOS"]);
    assert_eq!(vendors(r#"{"BadgeSetNum":1000}"#), ["Huawei", "Honor", "APNs", "HarmonyOS"]);
}

/// `OpenIM` uses the same name for an object with other keys.
#[test]
fn openim_is_not_tencent() {
    let text = r#"{"title":"t","desc":"d","ex":"{}","iOSPushSound":"default","iOSBadgeCount":true}"#;
    let reading = read(Form::Rest, text);
    assert_eq!(reading.info().write(Form::Rest).text(), text);
    assert_eq!(reading.findings().len(), 5);
    assert!(reading.info().ext().is_empty());
}
