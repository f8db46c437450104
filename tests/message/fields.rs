//! Every field in every form: it comes back as it was, or the form says that it cannot carry it.

use serde_json::json;
use tim_offline_push::ext::Ext;
use tim_offline_push::message::{
    Android, Category, FcmPriority, Field, Form, Harmony, Huawei, InterruptionLevel, Ios, IosSound, Key,
    MeizuNotifyType, MessageImportance, OfflinePushInfo, Oppo, OppoNotifyLevel, ServerOptions, VendorParams,
    VivoClassification, VivoNotifyType,
};

const IMAGE: &str = "https://example.com/i.png";

/// A push in which one field is set, and what that field cannot be without.
pub(crate) fn with(field: Field) -> OfflinePushInfo {
    let push = OfflinePushInfo::default();
    let ios = |ios: Ios| OfflinePushInfo::default().with_ios(ios);
    let android = |android: Android| OfflinePushInfo::default().with_android(android);
    let oppo = |oppo: Oppo| android(Android::new().with_oppo(oppo));
    let huawei = |huawei: Huawei| android(Android::new().with_huawei(huawei));
    let harmony = |harmony: Harmony| OfflinePushInfo::default().with_harmony(harmony);
    let params = |params: VendorParams| OfflinePushInfo::default().with_vendor_params(params);
    let server = |server: ServerOptions| OfflinePushInfo::default().with_server(server);
    match field {
        Field::Title => OfflinePushInfo::new("t", ""),
        Field::Desc => OfflinePushInfo::new("", "d"),
        Field::Ext => push.with_ext(Ext::from_text("{}")),
        Field::PushFlag => push.with_push_disabled(),
        Field::VendorParams => params(VendorParams::from_text(r#"{"newer":1}"#)),
        Field::IosTitle => ios(Ios::new().with_title("t")),
        Field::IosSubtitle => ios(Ios::new().with_subtitle("s")),
        Field::IosSound => ios(Ios::new().with_sound(IosSound::NO_SOUND)),
        Field::IosBadgeMode => ios(Ios::new().with_badge_counted(false)),
        Field::IosPushType => ios(Ios::new().with_voip()),
        Field::IosInterruptionLevel => {
            ios(Ios::new().with_interruption_level(InterruptionLevel::TimeSensitive))
        }
        Field::IosBackground => ios(Ios::new().with_background()),
        Field::IosImage => ios(Ios::new().with_image(IMAGE).unwrap()),
        Field::IosMutableContent => ios(Ios::new().with_mutable_content(false)),
        Field::IosLiveActivity => ios(Ios::new().with_live_activity(&json!({"LaId": "timpush"})).unwrap()),
        Field::AndroidTitle => android(Android::new().with_title("t")),
        Field::AndroidSound => android(Android::new().with_sound("ring").unwrap()),
        Field::AndroidNotifyMode => android(Android::new().with_custom_notification()),
        Field::AndroidPushStyle => android(Android::new().with_big_text(false)),
        Field::OppoChannel => oppo(Oppo::new().with_channel("tuikit")),
        Field::OppoCategory => oppo(Oppo::new().with_category(Category::IM)),
        Field::OppoNotifyLevel => {
            oppo(Oppo::new().with_category(Category::IM).with_notify_level(OppoNotifyLevel::Banner).unwrap())
        }
        Field::HuaweiCategory => huawei(Huawei::new().with_category(Category::IM)),
        Field::HuaweiImage => huawei(Huawei::new().with_image(IMAGE).unwrap()),
        Field::HuaweiImportance => huawei(Huawei::new().with_importance(MessageImportance::Low)),
        Field::HuaweiChannel => huawei(Huawei::new().with_channel("c")),
        Field::HuaweiExtAsIntentParam => huawei(Huawei::new().with_ext_as_intent_param(false)),
        Field::XiaomiChannel => android(Android::new().with_xiaomi_channel("c")),
        Field::VivoClassification => {
            android(Android::new().with_vivo_classification(VivoClassification::Operation))
        }
        Field::VivoCategory => android(Android::new().with_vivo_category(Category::IM)),
        Field::HonorImportance => android(Android::new().with_honor_importance(MessageImportance::Normal)),
        Field::HonorImage => android(Android::new().with_honor_image(IMAGE).unwrap()),
        Field::MeizuNotifyType => android(Android::new().with_meizu_notify_type(MeizuNotifyType::Public)),
        Field::FcmChannel => android(Android::new().with_fcm_channel("c")),
        Field::FcmImage => android(Android::new().with_fcm_image(IMAGE).unwrap()),
        Field::HarmonyTitle => harmony(Harmony::new().with_title("t")),
        Field::HarmonyImage => harmony(Harmony::new().with_image(IMAGE).unwrap()),
        Field::HarmonyCategory => harmony(Harmony::new().with_category(Category::IM)),
        Field::HarmonyIgnoreBadge => harmony(Harmony::new().with_badge_ignored()),
        Field::HarmonySound => harmony(Harmony::new().with_sound("alert.mp3").unwrap()),
        Field::HarmonySoundDuration => harmony(Harmony::new().with_sound_duration(60).unwrap()),
        Field::FcmPriority => params(VendorParams::new().with_fcm_priority(FcmPriority::High)),
        Field::VivoNotifyType => params(VendorParams::new().with_vivo_notify_type(VivoNotifyType::Silent)),
        Field::OppoTemplateId => params(VendorParams::new().with_oppo_template("68")),
        Field::OppoTitleParams => {
            params(VendorParams::new().with_oppo_title_params(&json!({"k": "v"})).unwrap())
        }
        Field::OppoContentParams => {
            params(VendorParams::new().with_oppo_content_params(&json!({"k": "v"})).unwrap())
        }
        Field::BadgeAdd => server(ServerOptions::new().with_badge_add(1).unwrap()),
        Field::BadgeSet => server(ServerOptions::new().with_badge_set(0).unwrap()),
        Field::MultiLanguage => {
            server(ServerOptions::new().with_multi_language(&json!([{"Language": "en"}])).unwrap())
        }
        Field::TemplateId => params(VendorParams::new().with_push_template("1400000000-1")),
        Field::TemplateParam => {
            params(VendorParams::new().with_push_template_params(&json!({"UserName": "u"})).unwrap())
        }
        other => panic!("no sample for {other}"),
    }
}

/// The fields that are set in the sample of a field.
fn set_with(field: Field) -> Vec<Field> {
    match field {
        Field::OppoNotifyLevel => vec![Field::OppoCategory, field],
        // The client forms carry the vendor parameters as one text.
        Field::FcmPriority
        | Field::VivoNotifyType
        | Field::OppoTemplateId
        | Field::OppoTitleParams
        | Field::OppoContentParams
        | Field::TemplateId
        | Field::TemplateParam => vec![field, Field::VendorParams],
        field => vec![field],
    }
}

#[test]
fn each_field_comes_back_or_is_named() {
    for form in Form::ALL.iter().copied() {
        let keys: Vec<_> = form.keys().map(Key::field).collect();
        for field in Field::ALL.iter().copied() {
            let push = with(field);
            let written = push.write(form);
            let carried = |set: &Field| keys.contains(set);
            let is_carried = if field == Field::OppoNotifyLevel {
                carried(&field)
            } else {
                set_with(field).iter().any(carried)
            };
            if is_carried {
                assert_eq!(written.not_carried().len(), 0, "{form}: {field}");
                assert_ne!(written.text(), "{}", "{form}: {field}");
                let reading = OfflinePushInfo::read(form, written.text()).unwrap();
                assert_eq!(reading.info(), &push, "{form}: {field}: {}", written.text());
            } else {
                let lost = if field == Field::OppoNotifyLevel {
                    set_with(field).into_iter().filter(|set| !carried(set)).map(Field::as_str).collect()
                } else {
                    Vec::from_iter(set_with(field).into_iter().last().map(Field::as_str))
                };
                assert_eq!(written.not_carried(), lost, "{form}: {field}");
                let says_nothing = !set_with(field).iter().any(carried);
                assert_eq!(written.text() == "{}", says_nothing, "{form}: {field}");
            }
        }
    }
}

#[test]
fn a_push_without_anything_is_an_empty_object() {
    for form in Form::ALL.iter().copied() {
        let written = OfflinePushInfo::default().write(form);
        assert_eq!((written.text(), written.not_carried().len()), ("{}", 0), "{form}");
    }
}

#[test]
fn fields_have_names_of_their_own() {
    let mut names: Vec<_> = Field::ALL.iter().map(|field| field.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), Field::ALL.len());
}

/// The versions of Tencent's release history.
#[test]
fn fields_know_since_when_they_are_there() {
    for (field, since) in [
        (Field::Title, None),
        (Field::OppoChannel, Some("4.6.1")),
        (Field::IosTitle, Some("4.7.1")),
        (Field::VivoClassification, Some("5.4.666")),
        (Field::AndroidSound, Some("6.1.2155")),
        (Field::IosPushType, Some("6.7.3184")),
        (Field::HuaweiCategory, Some("7.0.3754")),
        (Field::FcmChannel, Some("7.0.3754")),
        (Field::XiaomiChannel, Some("7.0.3754")),
        (Field::VivoCategory, Some("7.2.4123")),
        (Field::IosImage, Some("8.0.5895")),
        (Field::HuaweiImage, Some("8.0.5895")),
        (Field::HonorImage, Some("8.0.5895")),
        (Field::FcmImage, Some("8.0.5895")),
        (Field::HarmonyImage, Some("8.1.6122")),
        (Field::HarmonyCategory, Some("8.1.6122")),
        (Field::HarmonyIgnoreBadge, Some("8.1.6122")),
        (Field::OppoCategory, Some("8.3.6498")),
        (Field::OppoNotifyLevel, Some("8.3.6498")),
        (Field::HonorImportance, Some("8.4.6667")),
        (Field::IosInterruptionLevel, Some("8.4.6667")),
        (Field::IosBackground, Some("8.4.6667")),
        (Field::MeizuNotifyType, Some("8.6.7019")),
        (Field::VendorParams, Some("8.7.7201")),
        (Field::BadgeAdd, None),
    ] {
        assert_eq!(field.since(), since, "{field}");
    }
}

/// Badge mode 0 says something to the server only: to pushes that are no chat, unset means 1.
#[test]
fn badge_mode_count_is_told_from_unset_in_rest() {
    let push = OfflinePushInfo::default().with_ios(Ios::new().with_badge_counted(true));
    assert_eq!(push.write(Form::Rest).text(), r#"{"ApnsInfo":{"BadgeMode":0}}"#);
    for form in [Form::CApi, Form::V2tim, Form::Web] {
        let written = push.write(form);
        assert_eq!((written.text(), written.not_carried().len()), ("{}", 0), "{form}");
    }
}

#[test]
fn a_platform_title_that_is_the_common_one_is_carried_with_it() {
    let same = OfflinePushInfo::new("t", "").with_harmony(Harmony::new().with_title("t"));
    assert_eq!(same.write(Form::V2tim).not_carried().len(), 0);
    let other = OfflinePushInfo::new("t", "").with_harmony(Harmony::new().with_title("other"));
    assert_eq!(other.write(Form::V2tim).not_carried(), [Field::HarmonyTitle.as_str()]);
}

#[test]
fn values_that_a_type_cannot_hold_are_named() {
    let read = |form, text| OfflinePushInfo::read(form, text).unwrap().into_info();
    // Unknown numbers where another form has a bool.
    let push = read(Form::Rest, r#"{"PushFlag":2,"ApnsInfo":{"BadgeMode":7,"IsVoipPush":3}}"#);
    assert_eq!(push.write(Form::Rest).not_carried().len(), 0);
    let c_api = push.write(Form::CApi);
    assert_eq!(
        c_api.text(),
        r#"{"offline_push_config_flag":2,"offline_push_config_ios_config":{"ios_offline_push_config_push_type":3}}"#
    );
    assert_eq!(c_api.not_carried(), [Field::IosBadgeMode.as_str()]);
    let web = push.write(Form::Web);
    assert_eq!(web.text(), "{}");
    let lost = [Field::PushFlag, Field::IosBadgeMode, Field::IosPushType].map(Field::as_str);
    assert_eq!(web.not_carried(), lost);
    // An ext that is no text.
    let push = OfflinePushInfo::default().with_ext(Ext::from_bytes([0xff, 0xfe]));
    for form in Form::ALL.iter().copied() {
        assert_eq!(push.write(form).not_carried(), [Field::Ext.as_str()], "{form}");
    }
}
