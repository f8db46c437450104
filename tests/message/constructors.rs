//! What a host may not build.

use serde_json::{Value, json};
use tim_offline_push::message::{
    Android, Category, FcmPriority, Field, Form, Harmony, Huawei, InterruptionLevel, Ios, IosSound,
    MessageImportance, OfflinePushInfo, Oppo, OppoNotifyLevel, PushInfoError, ServerOptions, VendorParams,
};

#[test]
fn images_are_https() {
    for url in [
        "",
        "www.image.com",
        "http://a.com/b.png",
        "https://",
        "https:///b.png",
        "https://a b",
        "https:/a.com",
        "https://a\\b",
        "https://?x",
        " https://a.com",
    ] {
        let refused = |field| PushInfoError::NotHttps { field };
        assert_eq!(Ios::new().with_image(url), Err(refused(Field::IosImage)), "{url}");
        assert_eq!(Huawei::new().with_image(url), Err(refused(Field::HuaweiImage)), "{url}");
        assert_eq!(Android::new().with_honor_image(url), Err(refused(Field::HonorImage)), "{url}");
        assert_eq!(Android::new().with_fcm_image(url), Err(refused(Field::FcmImage)), "{url}");
        assert_eq!(Harmony::new().with_image(url), Err(refused(Field::HarmonyImage)), "{url}");
    }
    for url in ["https://a.com/b.png", "HTTPS://a.com", "https://例子.com/图.png?x=1#y", "https://[::1]/a"]
    {
        let push = OfflinePushInfo::default().with_ios(Ios::new().with_image(url).unwrap());
        assert_eq!(push.value(Field::IosImage), Some(url.into()));
    }
}

#[test]
fn sounds_are_named_as_each_system_wants() {
    for name in ["ring", "", "default", "push.no_sound", ".caf", "ring.", "ring.c a f"] {
        assert!(IosSound::file(name).is_err(), "{name}");
    }
    assert_eq!(IosSound::file("ring.caf").unwrap().as_str(), "ring.caf");
    for name in ["ring.mp3", "", "raw/ring", "my ring", "a\\b"] {
        let refused = Err(PushInfoError::SoundWithSuffix { field: Field::AndroidSound });
        assert_eq!(Android::new().with_sound(name), refused, "{name}");
    }
    let android = Android::new().with_sound("private_ring").unwrap();
    assert!(Harmony::new().with_sound("alert").is_err());
    let harmony = Harmony::new().with_sound("alert.mp3").unwrap();
    let push = OfflinePushInfo::default().with_android(android).with_harmony(harmony);
    assert_eq!(push.value(Field::AndroidSound), Some("private_ring".into()));
    assert_eq!(push.value(Field::HarmonySound), Some("alert.mp3".into()));
}

#[test]
fn numbers_stay_in_their_ranges() {
    let refused = |field, min, max| PushInfoError::OutOfRange { field, min, max };
    for seconds in [0, 61, 255] {
        assert_eq!(
            Harmony::new().with_sound_duration(seconds),
            Err(refused(Field::HarmonySoundDuration, 1, 60))
        );
    }
    let harmony = Harmony::new().with_sound_duration(1).unwrap();
    for count in [0, 100, u16::MAX] {
        assert_eq!(ServerOptions::new().with_badge_add(count), Err(refused(Field::BadgeAdd, 1, 99)));
    }
    for count in [1000, u16::MAX] {
        assert_eq!(ServerOptions::new().with_badge_set(count), Err(refused(Field::BadgeSet, 0, 999)));
    }
    let server = ServerOptions::new().with_badge_add(99).unwrap().with_badge_set(999).unwrap();
    let push = OfflinePushInfo::default().with_harmony(harmony).with_server(server);
    let numbers =
        [Field::HarmonySoundDuration, Field::BadgeAdd, Field::BadgeSet].map(|field| push.value(field));
    assert_eq!(numbers, [Some(1.into()), Some(99.into()), Some(999.into())]);
}

#[test]
fn a_notify_level_needs_a_category() {
    let refused = Oppo::new().with_notify_level(OppoNotifyLevel::Banner);
    assert_eq!(refused, Err(PushInfoError::NotifyLevelWithoutCategory));
    assert_eq!(
        PushInfoError::NotifyLevelWithoutCategory.to_string(),
        "android.oppo.notify_level needs android.oppo.category of the class of IM"
    );
}

#[test]
fn json_values_have_a_type_and_a_depth() {
    let nested = |levels: usize| (0..levels).fold(json!({}), |inner, _| json!({"k": inner}));
    let wrong = |field, expected| Some(PushInfoError::WrongJsonType { field, expected });
    let ios = Ios::new().with_live_activity(&json!([])).err();
    assert_eq!(ios, wrong(Field::IosLiveActivity, "object"));
    let languages = ServerOptions::new().with_multi_language(&json!({})).err();
    assert_eq!(languages, wrong(Field::MultiLanguage, "array"));
    let template = VendorParams::new().with_push_template_params(&json!("x")).err();
    assert_eq!(template, wrong(Field::TemplateParam, "object"));
    let title = VendorParams::new().with_oppo_title_params(&Value::Null).err();
    assert_eq!(title, wrong(Field::OppoTitleParams, "object"));
    let content = VendorParams::new().with_oppo_content_params(&json!(1)).err();
    assert_eq!(content, wrong(Field::OppoContentParams, "object"));
    assert!(Ios::new().with_live_activity(&nested(99)).is_ok());
    let deep = Err(PushInfoError::TooDeep { field: Field::IosLiveActivity, limit: 100 });
    assert_eq!(Ios::new().with_live_activity(&nested(100)), deep);
}

/// A documented value has one spelling in memory, whichever way it came.
#[test]
fn what_is_read_equals_the_constants() {
    assert_eq!(Category::new("IM"), Category::IM);
    assert_eq!(
        format!("{:?} {:?}", Category::VOIP, Category::new("ORDER")),
        "Category(VOIP) Category([5 bytes])"
    );
}

/// The options of a push that was read can be taken, changed and set again; those that are set take the place
/// of the old ones.
#[test]
fn one_option_of_a_push_can_change() {
    let text =
        r#"{"Title":"t","ApnsInfo":{"Sound":"a.caf"},"AndroidInfo":{"OPPOChannelID":"old","Sound":"ring"}}"#;
    let push = OfflinePushInfo::read(Form::Rest, text).unwrap().into_info();
    let android = push.android();
    let oppo = android.oppo().with_channel("new");
    let push = push.with_android(android.with_oppo(oppo));
    assert_eq!(
        push.write(Form::Rest).text(),
        r#"{"Title":"t","AndroidInfo":{"Sound":"ring","OPPOChannelID":"new"},"ApnsInfo":{"Sound":"a.caf"}}"#
    );
    let push = push.with_android(Android::new()).with_ios(Ios::new());
    assert_eq!(push.write(Form::Rest).text(), r#"{"Title":"t"}"#);
}

/// What a host changes in vendor parameters that it has read leaves the rest of them alone.
#[test]
fn vendor_params_keep_what_they_do_not_know() {
    let params = VendorParams::from_text(r#"{"newer":{"b":1,"a":2},"fcmPriority":"normal"}"#);
    let changed = params.with_fcm_priority(FcmPriority::High);
    assert_eq!(changed.text(), r#"{"fcmPriority":"high","newer":{"b":1,"a":2}}"#);
    assert_eq!(VendorParams::from_text(changed.text()), changed);
}

/// A documented value has one spelling in memory, whichever way it came, and may be shown.
#[test]
fn known_texts_never_become_unknown_ones() {
    assert_eq!(Category::new("IM"), Category::IM);
    let shown = format!("{:?} {:?}", Category::new("VOIP"), Category::new("ORDER"));
    assert_eq!(shown, "Category(VOIP) Category([5 bytes])");
    let ios = Ios::new().with_interruption_level(InterruptionLevel::TimeSensitive);
    assert!(format!("{ios:?}").contains(": time-sensitive"));
    let android = Android::new().with_honor_importance(MessageImportance::Low);
    assert!(format!("{android:?}").contains(": LOW"));
    let oppo = Oppo::new().with_category(Category::new("IM")).with_channel("secret");
    let shown = format!("{oppo:?}");
    assert!(shown.contains(": IM") && !shown.contains("secret"), "{shown}");
}
