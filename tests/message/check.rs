//! What the check finds, rule by rule.

use serde_json::json;
use tim_offline_push::ext::Ext;
use tim_offline_push::finding::{Finding, Severity};
use tim_offline_push::message::{
    Android, Audience, Category, Field, Form, Harmony, Huawei, InterruptionLevel, Ios, MessageImportance,
    OfflinePushInfo, Oppo, VendorParams,
};
use tim_offline_push::vendor::{LimitProfile, Vendor, VendorSet};

fn only(vendor: Vendor) -> Audience {
    Audience::of(VendorSet::EMPTY.with(vendor))
}

/// A push against which nothing is known.
fn spotless() -> OfflinePushInfo {
    OfflinePushInfo::new("denny", "hi")
        .with_ext(Ext::from_text(r#"{"action":"jump to denny"}"#))
        .with_android(
            Android::new()
                .with_oppo(Oppo::new().with_channel("tuikit").with_category(Category::IM))
                .with_huawei(Huawei::new().with_category(Category::IM))
                .with_honor_importance(MessageImportance::Normal)
                .with_vivo_category(Category::IM)
                .with_xiaomi_channel("high_system")
                .with_fcm_channel("fcm_push_channel"),
        )
        .with_vendor_params(VendorParams::new().with_push_template("1400000000-1"))
}

fn of(findings: &[Finding], rule: &str) -> Vec<(String, Option<Vendor>, Severity)> {
    findings
        .iter()
        .filter(|finding| finding.rule().id() == rule)
        .map(|finding| (finding.place().to_string(), finding.vendor(), finding.severity()))
        .collect()
}

#[test]
fn nothing_is_known_against_a_good_push() {
    for profile in [LimitProfile::Strict, LimitProfile::Latest] {
        let audience = Audience::everyone().with_limits(profile);
        assert_eq!(spotless().check(&audience), []);
        assert_eq!(spotless().check(&audience.with_custom_message()), []);
    }
}

#[test]
fn a_custom_message_needs_a_desc() {
    let push = OfflinePushInfo::new("t", "");
    let found = |audience: Audience| of(&push.check(&audience), "push-custom-without-desc");
    assert_eq!(found(only(Vendor::Apns)), []);
    let custom = only(Vendor::Apns).with_custom_message();
    assert_eq!(found(custom), [("desc".to_owned(), None, Severity::Error)]);
}

#[test]
fn something_must_be_there_to_show() {
    let found = |push: OfflinePushInfo| of(&push.check(&only(Vendor::Apns)), "push-nothing-to-show");
    assert_eq!(found(OfflinePushInfo::default()), [("push".to_owned(), None, Severity::Warning)]);
    for push in [
        OfflinePushInfo::new("t", ""),
        OfflinePushInfo::new("", "d"),
        OfflinePushInfo::default().with_ios(Ios::new().with_title("t")),
        OfflinePushInfo::default().with_ios(Ios::new().with_background()),
        OfflinePushInfo::default().with_vendor_params(VendorParams::new().with_push_template("1-1")),
    ] {
        assert_eq!(found(push), []);
    }
}

#[test]
fn a_message_for_online_users_is_never_pushed() {
    let found = spotless().check(&Audience::everyone().with_online_only());
    assert_eq!(of(&found, "push-online-only"), [("push".to_owned(), None, Severity::Error)]);
    let disabled = spotless().with_push_disabled().check(&Audience::everyone());
    assert_eq!(of(&disabled, "push-push-disabled"), [("push_flag".to_owned(), None, Severity::Note)]);
}

#[test]
fn oppo_needs_an_ext_that_is_an_object() {
    let found =
        |ext: Ext, vendor| of(&spotless().with_ext(ext).check(&only(vendor)), "push-ext-not-object").len();
    for text in ["text", "[]", "\"{}\"", "{", "1", "null", "{} x"] {
        assert_eq!(found(Ext::from_text(text), Vendor::Oppo), 1, "{text}");
        assert_eq!(found(Ext::from_text(text), Vendor::Xiaomi), 0, "{text}");
    }
    assert_eq!(found(Ext::from_bytes([0xff]), Vendor::Oppo), 1);
    for text in ["", "{}", r#" {"entity":{}} "#] {
        assert_eq!(found(Ext::from_text(text), Vendor::Oppo), 0, "{text}");
    }
    let bytes = spotless().with_ext(Ext::from_bytes([0xff])).check(&only(Vendor::Xiaomi));
    assert_eq!(of(&bytes, "push-ext-not-text"), [("ext".to_owned(), None, Severity::Error)]);
}

fn ext_of(bytes: usize) -> Ext {
    let frame = json!({"k": ""}).to_string().len();
    Ext::from_json(&json!({"k": "x".repeat(bytes - frame)})).unwrap()
}

#[test]
fn an_ext_has_an_advised_length_and_a_bound_for_each_channel() {
    let audience = Audience::everyone();
    assert_eq!(of(&spotless().with_ext(ext_of(1000)).check(&audience), "push-ext-long"), []);
    assert_eq!(of(&spotless().with_ext(ext_of(1024)).check(&audience), "push-ext-long"), []);
    let long = spotless().with_ext(ext_of(1025)).check(&audience);
    assert_eq!(of(&long, "push-ext-long"), [("ext".to_owned(), None, Severity::Warning)]);

    let bound = |bytes, profile| -> Vec<Vendor> {
        let findings = spotless().with_ext(ext_of(bytes)).check(&Audience::everyone().with_limits(profile));
        of(&findings, "push-ext-too-long").into_iter().filter_map(|(_, vendor, _)| vendor).collect()
    };
    // Xiaomi, vivo and Meizu count the key `ext` too; OPPO takes the object apart.
    assert_eq!(bound(697, LimitProfile::Strict), []);
    assert_eq!(bound(698, LimitProfile::Strict), [Vendor::Vivo]);
    assert_eq!(bound(997, LimitProfile::Latest), []);
    assert_eq!(bound(998, LimitProfile::Latest), [Vendor::Meizu]);
    assert_eq!(bound(1021, LimitProfile::Latest), [Vendor::Meizu]);
    assert_eq!(bound(1022, LimitProfile::Latest), [Vendor::Xiaomi, Vendor::Vivo, Vendor::Meizu]);
    assert_eq!(bound(4000, LimitProfile::Latest), [Vendor::Xiaomi, Vendor::Vivo, Vendor::Meizu]);
    let all = [Vendor::Xiaomi, Vendor::Oppo, Vendor::Vivo, Vendor::Meizu];
    assert_eq!(bound(4001, LimitProfile::Latest), all);
}

#[test]
fn apns_leaves_three_kilobytes_for_desc_and_ext() {
    let found = |desc: usize, ext: usize| {
        let push = OfflinePushInfo::new("t", "d".repeat(desc)).with_ext(ext_of(ext));
        of(&push.check(&only(Vendor::Apns)), "push-desc-and-ext-too-long")
    };
    assert_eq!(found(1072, 2000), []);
    assert_eq!(found(1073, 2000), [("push".to_owned(), Some(Vendor::Apns), Severity::Error)]);
}

#[test]
fn payloads_are_weighed_as_they_are_escaped() {
    // Each quote of the ext takes two bytes inside the payload.
    let ext = Ext::from_json(&json!({"k": vec![""; 800]})).unwrap();
    assert!(ext.len() < 3072);
    let found = OfflinePushInfo::new("t", "d").with_ext(ext).check(&only(Vendor::Fcm));
    assert_eq!(of(&found, "push-payload-too-long"), []);
    let ext = Ext::from_json(&json!({"k": vec![""; 900]})).unwrap();
    assert!(ext.len() < 4096);
    let push = OfflinePushInfo::new("t", "d").with_ext(ext);
    for (vendor, finds) in [(Vendor::Fcm, 1), (Vendor::Huawei, 1), (Vendor::Apns, 1), (Vendor::Oppo, 0)] {
        assert_eq!(of(&push.check(&only(vendor)), "push-payload-too-long").len(), finds, "{vendor}");
    }
    // A call may weigh more.
    let call = push.with_ios(Ios::new().with_voip());
    assert_eq!(of(&call.check(&only(Vendor::Apns)), "push-payload-too-long").len(), 0);
}

#[test]
fn a_message_has_twelve_kilobytes_with_its_push() {
    let push = OfflinePushInfo::new("denny", "hi");
    let size = push.write(Form::Rest).text().len();
    let found =
        |body| of(&push.check(&only(Vendor::Apns).with_body_bytes(body)), "push-message-too-long").len();
    assert_eq!(found(12 * 1024 - size), 0);
    assert_eq!(found(12 * 1024 - size + 1), 1);
    assert_eq!(found(usize::MAX), 1);
}

#[test]
fn titles_and_texts_are_cut_where_tencent_cuts_them() {
    let long = "长".repeat(1000);
    let push = OfflinePushInfo::new(&long, &long);
    let findings = push.check(&Audience::everyone());
    let cuts = |rule| -> Vec<_> {
        findings
            .iter()
            .filter(|finding| finding.rule().id() == rule)
            .map(|finding| {
                (finding.vendor().unwrap(), finding.cut().unwrap().limit, finding.cut().unwrap().keeps_bytes)
            })
            .collect()
    };
    // Three units of the limit are for the dots; a Chinese character has three bytes.
    assert_eq!(
        cuts("push-title-cut"),
        [
            (Vendor::Xiaomi, 50, 47 * 3),
            (Vendor::Huawei, 60, 57 * 3),
            (Vendor::Oppo, 50, 47 * 3),
            (Vendor::Vivo, 40, 37 * 3),
            (Vendor::Meizu, 32, 29 * 3),
            (Vendor::Honor, 50, 47 * 3),
            (Vendor::HarmonyOs, 60, 30 * 3),
        ]
    );
    assert_eq!(
        cuts("push-desc-cut"),
        [
            (Vendor::Xiaomi, 128, 125 * 3),
            (Vendor::Huawei, 600, 597 * 3),
            (Vendor::Oppo, 50, 47 * 3),
            (Vendor::Vivo, 100, 97 * 3),
            (Vendor::Meizu, 100, 97 * 3),
            (Vendor::Honor, 400, 397 * 3),
        ]
    );
    let big = push.with_android(Android::new().with_big_text(true));
    let oppo = big.check(&only(Vendor::Oppo));
    let cut = oppo.iter().find(|finding| finding.rule().id() == "push-desc-cut").unwrap().cut().unwrap();
    assert_eq!((cut.length, cut.limit), (1000, 128));
}

#[test]
fn a_cut_never_parts_a_character() {
    // 29 units remain on Meizu: 14 characters of two units, and half of one, which goes.
    let title = "😀".repeat(20);
    let findings = OfflinePushInfo::new(&title, "d").check(&only(Vendor::Meizu));
    let finding = findings.iter().find(|finding| finding.rule().id() == "push-title-cut").unwrap();
    let cut = finding.cut().unwrap();
    assert_eq!((cut.length, cut.limit, cut.keeps_bytes), (40, 32, 14 * 4));
    assert!(title.is_char_boundary(cut.keeps_bytes));
    assert_eq!(finding.cause(), "40 UTF-16 units, at most 32 are shown: cut after byte 56");
    // One unit less than too much.
    assert_eq!(
        of(&OfflinePushInfo::new("😀".repeat(16), "d").check(&only(Vendor::Meizu)), "push-title-cut"),
        []
    );
}

#[test]
fn the_strict_profile_takes_the_smallest_limit_of_any_source() {
    let push = OfflinePushInfo::new("t".repeat(45), "d".repeat(90));
    let cut = |profile, rule| -> Vec<Vendor> {
        let findings = push.check(&Audience::everyone().with_limits(profile));
        of(&findings, rule).into_iter().filter_map(|(_, vendor, _)| vendor).collect()
    };
    assert_eq!(cut(LimitProfile::Latest, "push-title-cut"), [Vendor::Vivo, Vendor::Meizu]);
    assert_eq!(
        cut(LimitProfile::Strict, "push-title-cut"),
        [Vendor::Huawei, Vendor::Oppo, Vendor::Vivo, Vendor::Meizu]
    );
    assert_eq!(cut(LimitProfile::Latest, "push-desc-cut"), [Vendor::Oppo]);
    assert_eq!(cut(LimitProfile::Strict, "push-desc-cut"), [Vendor::Huawei, Vendor::Oppo]);
}

#[test]
fn the_title_of_the_platform_is_the_one_that_is_cut() {
    let push = OfflinePushInfo::new("short", "d")
        .with_android(Android::new().with_title("a".repeat(80)))
        .with_harmony(Harmony::new().with_title("h".repeat(80)));
    let places = |vendor| of(&push.check(&only(vendor)), "push-title-cut");
    assert_eq!(places(Vendor::Vivo)[0].0, "android.title");
    assert_eq!(places(Vendor::HarmonyOs)[0].0, "harmony.title");
    assert_eq!(places(Vendor::Apns), []);
}

#[test]
fn channels_are_missed_where_android_needs_them() {
    let push = OfflinePushInfo::new("t", "d");
    let missing = |audience: &Audience| of(&push.check(audience), "push-channel-missing");
    assert_eq!(
        missing(&Audience::everyone()),
        [
            ("android.oppo.channel".to_owned(), Some(Vendor::Oppo), Severity::Error),
            ("android.xiaomi_channel".to_owned(), Some(Vendor::Xiaomi), Severity::Error),
            ("android.fcm_channel".to_owned(), Some(Vendor::Fcm), Severity::Warning),
        ]
    );
    assert_eq!(missing(&Audience::everyone().with_android_before_8()), []);
    let console = Audience::everyone()
        .with_console(Field::OppoChannel)
        .with_console(Field::XiaomiChannel)
        .with_console(Field::FcmChannel);
    assert_eq!(missing(&console), []);
    assert_eq!(missing(&Audience::everyone().without(Vendor::Xiaomi).without(Vendor::Fcm)).len(), 1);
}

#[test]
fn a_missing_class_costs_quota() {
    let push = OfflinePushInfo::new("t", "d");
    let findings = push.check(&Audience::everyone());
    assert_eq!(
        of(&findings, "push-category-missing"),
        [
            ("android.huawei.category".to_owned(), Some(Vendor::Huawei), Severity::Warning),
            ("android.honor_importance".to_owned(), Some(Vendor::Honor), Severity::Warning),
            ("android.vivo_category".to_owned(), Some(Vendor::Vivo), Severity::Warning),
            ("android.oppo.category".to_owned(), Some(Vendor::Oppo), Severity::Warning),
        ]
    );
    let huawei = findings.iter().find(|finding| finding.vendor() == Some(Vendor::Huawei)).unwrap();
    assert!(huawei.cause().contains("2 a day"), "{huawei}");
    let console = only(Vendor::Huawei).with_console(Field::HuaweiCategory);
    assert_eq!(push.check(&console), []);
}

#[test]
fn a_sound_is_heeded_by_few() {
    let sound = |android: Android, audience: &Audience| -> Vec<Vendor> {
        let push = OfflinePushInfo::new("t", "d").with_android(android.with_sound("ring").unwrap());
        of(&push.check(audience), "push-sound-ignored")
            .into_iter()
            .filter_map(|(_, vendor, _)| vendor)
            .collect()
    };
    let deaf = [Vendor::Xiaomi, Vendor::Oppo, Vendor::Vivo, Vendor::Meizu];
    let everyone = Audience::everyone();
    let expected: Vec<_> = deaf.into_iter().chain([Vendor::Fcm, Vendor::Honor]).collect();
    assert_eq!(sound(Android::new(), &everyone), expected);
    let expected: Vec<_> = deaf.into_iter().chain([Vendor::Honor]).collect();
    assert_eq!(sound(Android::new().with_fcm_channel("c"), &everyone), expected);
    assert_eq!(sound(Android::new(), &Audience::everyone().with_android_before_8()), expected);
    assert_eq!(OfflinePushInfo::new("t", "d").check(&only(Vendor::Meizu)), []);
}

#[test]
fn ios_images_and_levels_need_something_in_the_app() {
    let push = OfflinePushInfo::new("t", "d").with_ios(
        Ios::new()
            .with_image("https://example.com/i.png")
            .unwrap()
            .with_interruption_level(InterruptionLevel::Critical),
    );
    let findings = push.check(&only(Vendor::Apns));
    assert_eq!(
        of(&findings, "push-image-needs-extension"),
        [("ios.image".to_owned(), Some(Vendor::Apns), Severity::Note)]
    );
    assert_eq!(
        of(&findings, "push-level-needs-approval"),
        [("ios.interruption_level".to_owned(), Some(Vendor::Apns), Severity::Note)]
    );
    assert!(findings[0].cause().contains("mutable-content"));
    let switched = push.check(&only(Vendor::Apns).with_console(Field::IosMutableContent));
    assert!(!switched[0].cause().contains("mutable-content"));
    assert_eq!(push.check(&only(Vendor::Meizu)), []);
}

#[test]
fn odd_values_that_were_read_are_found_again_by_the_check() {
    let text = r#"{"Title":"t","Desc":"d","BadgeSetNum":500,"ApnsInfo":{"Image":"www.image.com"},"AndroidInfo":{"OPPONotifyLevel":16}}"#;
    let push = OfflinePushInfo::read(Form::Rest, text).unwrap().into_info();
    let findings = push.check(&only(Vendor::Apns));
    assert_eq!(of(&findings, "push-image-not-https").len(), 1);
    assert_eq!(of(&findings, "push-out-of-range"), [], "500 fits iOS, and nobody else is asked");
    assert_eq!(of(&findings, "push-level-without-category"), []);
    assert_eq!(of(&push.check(&only(Vendor::Honor)), "push-out-of-range").len(), 1);
    let oppo = push.check(&only(Vendor::Oppo));
    assert_eq!(of(&oppo, "push-level-without-category").len(), 1);
}

/// Whatever is found, it says what to do and where that stands.
#[test]
fn each_finding_has_a_remedy_and_a_source() {
    let long = "长".repeat(2000);
    let push = OfflinePushInfo::new(&long, &long)
        .with_ext(Ext::from_text(&long))
        .with_android(Android::new().with_sound("ring").unwrap())
        .with_ios(Ios::new().with_interruption_level(InterruptionLevel::TimeSensitive));
    let findings = push.check(&Audience::everyone().with_online_only().with_body_bytes(12_000));
    assert!(findings.len() > 20);
    for finding in &findings {
        assert!(!finding.fix().is_empty() && !finding.cause().is_empty());
        assert!(!finding.source().document().is_empty());
        assert!(finding.to_string().starts_with(&format!("{}: {}: ", finding.severity(), finding.place())));
    }
    assert_eq!(findings[0].place(), "push");
    assert!(Severity::Error > Severity::Warning && Severity::Warning > Severity::Note);
}
