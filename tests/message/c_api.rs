//! The C API's form, as Tencent's library treats it (observed with npm `im_electron_sdk` 8.0.5906).

use serde_json::Value;
use tim_offline_push::ext::Ext;
use tim_offline_push::message::{
    Android, Field, Form, Harmony, Ios, IosSound, Key, OfflinePushInfo, Oppo, VivoClassification,
};

fn read(text: &str) -> OfflinePushInfo {
    OfflinePushInfo::read(Form::CApi, text).unwrap().into_info()
}

#[test]
fn the_whole_form() {
    let push = OfflinePushInfo::new("denny", "hi")
        .with_ext(Ext::from_text(r#"{"action":"jump to denny"}"#))
        .with_push_disabled()
        .with_ios(
            Ios::new().with_sound(IosSound::file("ring.caf").unwrap()).with_badge_counted(false).with_voip(),
        )
        .with_android(
            Android::new()
                .with_oppo(Oppo::new().with_channel("tuikit"))
                .with_vivo_classification(VivoClassification::Operation),
        )
        .with_harmony(Harmony::new().with_badge_ignored());
    let expected = concat!(
        r#"{"offline_push_config_title":"denny","offline_push_config_desc":"hi","#,
        r#""offline_push_config_ext":"{\"action\":\"jump to denny\"}","offline_push_config_flag":1,"#,
        r#""offline_push_config_ios_config":{"ios_offline_push_config_title":"denny","#,
        r#""ios_offline_push_config_sound":"ring.caf","ios_offline_push_config_ignore_badge":true,"#,
        r#""ios_offline_push_config_push_type":1},"#,
        r#""offline_push_config_android_config":{"android_offline_push_config_title":"denny","#,
        r#""android_offline_push_config_oppo_channel_id":"tuikit","#,
        r#""android_offline_push_config_vivo_classification":0},"#,
        r#""offline_push_config_harmony_config":{"harmony_offline_push_config_ignore_badge":true}}"#,
    );
    assert_eq!(push.write(Form::CApi).text(), expected);
    assert_eq!(read(expected), push);
}

/// The library refuses an object with an escaped surrogate pair, and sends the message without its push.
#[test]
fn text_is_raw_utf8() {
    let push = OfflinePushInfo::new("消息 😀", "\u{1}\u{8}\t\n\u{c}\r\u{1f}\"\\/\u{7f}\u{2028}");
    let written = push.write(Form::CApi);
    assert!(written.text().contains("消息 😀"));
    assert!(written.text().contains("\\u0001\\b\\t\\n\\f\\r\\u001f\\\"\\\\/\u{7f}\u{2028}"));
    assert!(!written.text().contains("\\ud"));
    assert_eq!(read(written.text()), push);
    // Escapes of every kind are read, and none but the necessary is written.
    let escaped =
        r#"{"offline_push_config_desc":"\ud83d\ude00\u6d88\/","x":{"\ud83d\ude00":["\ud83d\ude00"]}}"#;
    assert_eq!(
        read(escaped).write(Form::CApi).text(),
        r#"{"offline_push_config_desc":"😀消/","x":{"😀":["😀"]}}"#
    );
}

#[test]
fn the_title_goes_where_every_library_reads_it() {
    let titles = |push: &OfflinePushInfo| {
        let json: Value = serde_json::from_str(push.write(Form::CApi).text()).unwrap();
        [
            "/offline_push_config_title",
            "/offline_push_config_ios_config/ios_offline_push_config_title",
            "/offline_push_config_android_config/android_offline_push_config_title",
            "/offline_push_config_harmony_config/harmony_offline_push_config_title",
        ]
        .map(|path| json.pointer(path).map(|title| title.as_str().unwrap().to_owned()))
    };
    let some = |title: &str| Some(title.to_owned());
    let common = OfflinePushInfo::new("t", "");
    assert_eq!(titles(&common), [some("t"), some("t"), some("t"), None]);
    let ios = common.with_ios(Ios::new().with_title("i"));
    assert_eq!(titles(&ios), [some("t"), some("i"), some("t"), None]);
    let only_ios = OfflinePushInfo::default().with_ios(Ios::new().with_title("i"));
    assert_eq!(titles(&only_ios), [None, some("i"), None, None]);
    let harmony = OfflinePushInfo::default().with_harmony(Harmony::new().with_title("h"));
    assert_eq!(titles(&harmony), [None, None, None, some("h")]);
}

#[test]
fn titles_are_read_back_as_they_were_meant() {
    let text = |top: &str, ios: &str, android: &str| {
        format!(
            r#"{{"offline_push_config_title":"{top}",
                "offline_push_config_ios_config":{{"ios_offline_push_config_title":"{ios}"}},
                "offline_push_config_android_config":{{"android_offline_push_config_title":"{android}"}}}}"#
        )
    };
    for (top, ios, android, common, own_ios, own_android) in [
        ("t", "t", "t", "t", None, None),
        // Libraries until 8.0 have no title for all.
        ("", "t", "t", "t", None, None),
        ("", "i", "a", "a", Some("i"), None),
        ("", "i", "", "", Some("i"), None),
        ("", "", "a", "", None, Some("a")),
        ("t", "i", "a", "t", Some("i"), Some("a")),
        ("t", "", "", "t", None, None),
        ("", "", "", "", None, None),
    ] {
        let push = read(&text(top, ios, android));
        assert_eq!(
            (push.title(), push.value(Field::IosTitle), push.value(Field::AndroidTitle)),
            (common, own_ios.map(Into::into), own_android.map(Into::into)),
            "{top} {ios} {android}"
        );
        assert_eq!(read(push.write(Form::CApi).text()), push);
    }
}

/// A member that is left out comes back from the library with its default.
#[test]
fn defaults_are_left_out() {
    let all_defaults = r#"{"offline_push_config_desc":"","offline_push_config_ext":"","offline_push_config_flag":0,
        "offline_push_config_ios_config":{"ios_offline_push_config_title":"","ios_offline_push_config_sound":"",
        "ios_offline_push_config_ignore_badge":false,"ios_offline_push_config_push_type":0,
        "ios_offline_push_config_image":""},
        "offline_push_config_android_config":{"android_offline_push_config_notify_mode":0,
        "android_offline_push_config_oppo_notify_level":0,
        "android_offline_push_config_meizu_notify_type":-1},
        "offline_push_config_harmony_config":{"harmony_offline_push_config_ignore_badge":false}}"#;
    let reading = OfflinePushInfo::read(Form::CApi, all_defaults).unwrap();
    assert_eq!(reading.info(), &OfflinePushInfo::default());
    assert_eq!(reading.findings(), []);
    assert_eq!(reading.info().write(Form::CApi).text(), "{}");
}

/// The library takes a number or bool of another type for whatever stands in memory. None is made here, but
/// what was read is a finding, and stays as it was.
#[test]
fn a_wrong_type_is_kept_as_it_was_read_and_never_made() {
    let odd = concat!(
        r#"{"offline_push_config_flag":"1","offline_push_config_ios_config":{"ios_offline_push_config_title":7,"#,
        r#""ios_offline_push_config_ignore_badge":1,"ios_offline_push_config_push_type":true,"#,
        r#""ios_offline_push_config_enable_background_notification":"TRUE"},"#,
        r#""offline_push_config_android_config":{"android_offline_push_config_title":"7","#,
        r#""android_offline_push_config_notify_mode":1.0,"android_offline_push_config_oppo_channel_id":7,"#,
        r#""android_offline_push_config_vivo_classification":"zero","#,
        r#""android_offline_push_config_meizu_notify_type":[1]},"offline_push_config_harmony_config":"x"}"#,
    );
    let reading = OfflinePushInfo::read(Form::CApi, odd).unwrap();
    let wrong = reading.findings().iter().filter(|finding| finding.rule().id() == "push-wrong-type").count();
    assert_eq!(wrong, 10);
    let written = reading.info().write(Form::CApi);
    let with_title = odd.replacen('{', r#"{"offline_push_config_title":"7","#, 1);
    assert_eq!(written.text(), with_title);
    assert_eq!(written.not_carried().len(), 0);
    let again = OfflinePushInfo::read(Form::CApi, written.text()).unwrap();
    assert_eq!(again.info(), reading.info());

    // What is set anew has the right type.
    let push = reading.into_info().with_push_disabled().with_ios(Ios::new().with_badge_counted(true));
    let text = push.write(Form::CApi).into_text();
    assert!(
        text.contains(r#""offline_push_config_ios_config":{"ios_offline_push_config_title":7}"#),
        "{text}"
    );

    // In another form what is meant is written, and what is not understood is named.
    let rest = push.write(Form::Rest);
    assert!(rest.text().contains(r#""PushFlag":1"#), "{}", rest.text());
    let lost: Vec<_> = rest.not_carried().iter().map(ToString::to_string).collect();
    assert_eq!(
        lost,
        [
            "android.notify_mode",
            "offline_push_config_harmony_config",
            "offline_push_config_android_config.android_offline_push_config_meizu_notify_type",
            "offline_push_config_android_config.android_offline_push_config_vivo_classification",
        ]
    );
}

/// The library takes -1 for 4294967295.
#[test]
fn a_number_that_an_unsigned_key_cannot_hold_is_named() {
    let rest =
        r#"{"PushFlag":-1,"AndroidInfo":{"VIVOClassification":4294967296},"ApnsInfo":{"IsVoipPush":-2}}"#;
    let push = OfflinePushInfo::read(Form::Rest, rest).unwrap().into_info();
    assert_eq!(push.write(Form::Rest).text(), rest);
    let written = push.write(Form::CApi);
    assert_eq!(written.text(), "{}");
    let lost = [Field::PushFlag, Field::IosPushType, Field::VivoClassification].map(Field::as_str);
    assert_eq!(written.not_carried(), lost);
    // One that was read in this form stays.
    let text = r#"{"offline_push_config_flag":-1,"offline_push_config_android_config":{"android_offline_push_config_notify_mode":4294967295}}"#;
    let reading = OfflinePushInfo::read(Form::CApi, text).unwrap();
    assert_eq!(
        reading.findings().iter().filter(|finding| finding.rule().id() == "push-wrong-type").count(),
        1
    );
    let written = reading.info().write(Form::CApi);
    assert_eq!(written.text(), text);
    assert_eq!(written.not_carried().len(), 0);
}

#[test]
fn the_dart_adapter_writes_null_for_what_is_unset() {
    let text = r#"{"offline_push_config_title":"t","offline_push_config_desc":null,"offline_push_config_ext":null,
        "offline_push_config_vendor_params":null,"offline_push_config_flag":0,
        "offline_push_config_ios_config":{"ios_offline_push_config_title":"t","ios_offline_push_config_sound":null,
        "ios_offline_push_config_ignore_badge":null,"ios_offline_push_config_push_type":null},
        "offline_push_config_android_config":{"android_offline_push_config_title":"t",
        "android_offline_push_config_vivo_classification":null},
        "offline_push_config_harmony_config":{"harmony_offline_push_config_title":"t"}}"#;
    let reading = OfflinePushInfo::read(Form::CApi, text).unwrap();
    assert_eq!(reading.findings(), []);
    let expected = OfflinePushInfo::new("t", "").with_harmony(Harmony::new().with_title("t"));
    assert_eq!(reading.info(), &expected);
    assert_eq!(reading.info().write(Form::Rest).text(), r#"{"Title":"t","HarmonyInfo":{"Title":"t"}}"#);
}

#[test]
fn only_newer_libraries_know_these_keys() {
    let newer: Vec<_> = Form::CApi.keys().filter(|key| key.is_newer()).map(Key::field).collect();
    assert_eq!(
        newer,
        [
            Field::Title,
            Field::VendorParams,
            Field::IosInterruptionLevel,
            Field::IosBackground,
            Field::OppoCategory,
            Field::OppoNotifyLevel,
            Field::HonorImportance,
            Field::MeizuNotifyType,
            Field::HarmonyTitle,
            Field::HarmonyImage,
            Field::HarmonyCategory,
            Field::HarmonyIgnoreBadge,
        ]
    );
    assert!(Form::Rest.keys().all(|key| !key.is_newer()));
}
