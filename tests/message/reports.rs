//! What public bug reports have: requests without a push, pushes encoded twice, objects of SDKs, exts encoded
//! once too often.

use tim_offline_push::ext::Ext;
use tim_offline_push::finding::{Finding, Severity};
use tim_offline_push::message::{
    Android, Audience, Category, Field, Form, Harmony, OfflinePushInfo, Oppo, OppoNotifyLevel, PushInfoError,
    VendorParams,
};
use tim_offline_push::vendor::{Vendor, VendorSet};

/// The ids of what is found, at an audience of one vendor that asks for nothing.
fn ids(form: Form, text: &str) -> Vec<&'static str> {
    let reading = OfflinePushInfo::read(form, text).unwrap();
    let audience = Audience::of(VendorSet::EMPTY.with(Vendor::Meizu));
    reading.check(&audience).iter().map(|finding| finding.rule().id()).collect()
}

fn of<'a>(findings: &'a [Finding], id: &str) -> Vec<&'a Finding> {
    findings.iter().filter(|finding| finding.rule().id() == id).collect()
}

#[test]
fn what_the_message_around_says_counts() {
    let custom = "push-custom-without-desc";
    let rest = |content: &str, push: &str| {
        format!(
            r#"{{"To_Account":"u1","MsgBody":[{{"MsgType":"TIMCustomElem","MsgContent":{content}}}],"OfflinePushInfo":{push}}}"#
        )
    };
    for (form, text, expected) in [
        (Form::Rest, rest(r#"{"Data":"x"}"#, r#"{"Title":"t"}"#), vec![custom]),
        (Form::Rest, rest(r#"{"Data":"x","Desc":""}"#, "{}"), vec![custom]),
        (Form::Rest, rest(r#"{"Data":"x","Desc":"hi"}"#, r#"{"Title":"t"}"#), vec![]),
        (Form::Rest, rest(r#"{"Data":"x"}"#, r#"{"Desc":"hi"}"#), vec![]),
        (
            Form::Rest,
            r#"{"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{}},{"MsgType":"TIMCustomElem"}],"OfflinePushInfo":{"Title":"t"}}"#.into(),
            vec![],
        ),
        (
            Form::CApi,
            r#"{"message_elem_array":[{"elem_type":3}],"message_offline_push_config":{"offline_push_config_title":"t"}}"#.into(),
            vec![custom],
        ),
        (
            Form::CApi,
            r#"{"message_elem_array":[{"elem_type":3,"custom_elem_desc":"hi"}],"message_offline_push_config":{"offline_push_config_title":"t"}}"#.into(),
            vec![],
        ),
        (Form::V2tim, r#"{"elemType":2,"customElem":{"data":"x"},"offlinePushInfo":{"title":"t"}}"#.into(), vec![custom]),
        (Form::Web, r#"{"type":"TIMCustomElem","payload":{"data":"x"},"offlinePushInfo":{"title":"t"}}"#.into(), vec![custom]),
        (Form::Web, r#"{"onlineUserOnly":true,"offlinePushInfo":{"title":"t"}}"#.into(), vec!["push-online-only"]),
        (Form::Web, r#"{"onlineUserOnly":false,"offlinePushInfo":{"title":"t"}}"#.into(), vec![]),
        (
            Form::CApi,
            r#"{"message_is_online_msg":true,"message_offline_push_config":{"offline_push_config_title":"t"}}"#.into(),
            vec!["push-online-only"],
        ),
        (Form::V2tim, r#"{"onlineUserOnly":"true","offlinePushInfo":{"title":"t"}}"#.into(), vec!["push-online-only"]),
        (Form::Rest, r#"{"OnlineOnlyFlag":1,"OfflinePushInfo":{"Title":"t"}}"#.into(), vec!["push-online-only"]),
        (Form::Rest, r#"{"MsgLifeTime":0,"OfflinePushInfo":{"Title":"t"}}"#.into(), vec!["push-online-only"]),
        (Form::Rest, r#"{"MsgLifeTime":60,"OfflinePushInfo":{"Title":"t"}}"#.into(), vec![]),
    ] {
        assert_eq!(ids(form, &text), expected, "{form} {text}");
    }
}

#[test]
fn a_request_without_a_push_is_named() {
    for (form, text) in [
        (
            Form::Rest,
            r#"{"SyncOtherMachine":2,"To_Account":"u1","MsgRandom":1,"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hi"}}]}"#,
        ),
        (Form::Rest, r#"{"GroupId":"@TGS#1","From_Account":"u1"}"#),
        (
            Form::CApi,
            r#"{"message_elem_array":[{"elem_type":0,"text_elem_content":"hi"}],"message_sender":"u1"}"#,
        ),
        (Form::Web, r#"{"to":"u1","conversationType":"C2C","payload":{"text":"hi"}}"#),
        (Form::V2tim, r#"{"receiver":"u1","groupID":"","onlineUserOnly":false}"#),
        (Form::Rest, r#"{"MsgBody":[{"MsgType":"TIMTextElem"}],"OfflinePushInfo":null,"MsgSeq":1}"#),
        (Form::CApi, r#"{"message_offline_push_config":null,"message_elem_array":[{"elem_type":0}]}"#),
        (Form::Web, r#"{"to":"u1","payload":{"text":"hi"},"offlinePushInfo":null}"#),
    ] {
        let reading = OfflinePushInfo::read(form, text).unwrap();
        let findings = reading.check(&Audience::everyone());
        let found: Vec<_> =
            findings.iter().map(|finding| (finding.rule().id(), finding.severity())).collect();
        assert_eq!(found, [("push-other-format", Severity::Note)], "{form} {text}");
        assert!(!reading.is_push());
        let envelope = reading.envelope().unwrap();
        assert_eq!(envelope.write(reading.info()).text(), text, "written back as it was");
    }
    let custom = r#"{"To_Account":"u1","MsgRandom":1,"MsgBody":[{"MsgType":"TIMCustomElem","MsgContent":{"Data":"x"}}]}"#;
    assert_eq!(ids(Form::Rest, custom), ["push-other-format", "push-custom-without-desc"]);
    // Another framework's push has keys of its own, and is no request.
    assert_eq!(ids(Form::Rest, r#"{"title":"t","ex":"e"}"#).first(), Some(&"push-unknown-key"));
}

#[test]
fn a_push_that_was_encoded_twice_is_named_and_read() {
    for (form, text) in [
        (Form::Rest, r#"{"MsgRandom":1,"OfflinePushInfo":"{\"Title\":\"t\"}"}"#),
        (Form::CApi, r#"{"message_offline_push_config":"{\"offline_push_config_title\":\"t\"}"}"#),
        (Form::Web, r#"{"offlinePushInfo":"{\"title\":\"t\"}"}"#),
    ] {
        let reading = OfflinePushInfo::read(form, text).unwrap();
        assert_eq!(reading.info().title(), "t", "{text}");
        assert_eq!(ids(form, text), ["push-encoded-twice"], "{text}");
        assert!(!reading.envelope().unwrap().write(reading.info()).text().contains('\\'));
    }
}

#[test]
fn an_object_of_an_sdk_is_named() {
    for text in [
        r#"{"messageOfflinePushInfo":{"title":"t","apnsConfig":{"iOSPushType":0}}}"#,
        r#"{"flag":0,"title":"t","desc":"d","ext":[],"apnsConfig":{},"androidConfig":{"OPPOChannelID":"c"}}"#,
        r#"{"title":"t","harmonyConfig":{"badgeMode":0},"androidConfig":{}}"#,
    ] {
        for form in [Form::Rest, Form::V2tim, Form::CApi] {
            let findings = OfflinePushInfo::read(form, text).unwrap().check(&Audience::everyone());
            let found: Vec<_> =
                findings.iter().map(|finding| (finding.rule().id(), finding.severity())).collect();
            assert_eq!(found, [("push-other-format", Severity::Error)], "{form} {text}");
            assert!(findings[0].cause().contains("Java"));
        }
    }
}

/// The web form has other types under its own keys: a bool for VoIP, a sound without its suffix.
#[test]
fn what_a_flat_key_holds_beyond_the_forms_own_key_is_not_lost() {
    for (value, written) in [
        (r#"{"iOSPushType":1}"#, r#"{"apnsInfo":{"disableVoipPush":false}}"#),
        (r#"{"iOSPushType":"1"}"#, r#"{"apnsInfo":{"disableVoipPush":false}}"#),
        (r#"{"iOSPushType":5}"#, r#"{"iOSPushType":5}"#),
        (r#"{"iOSPushType":-3}"#, r#"{"iOSPushType":-3}"#),
        (r#"{"iOSPushType":"55"}"#, r#"{"iOSPushType":"55"}"#),
        (r#"{"iOSPushType":55555555000000000}"#, r#"{"iOSPushType":55555555000000000}"#),
        (r#"{"androidSound":"ring.mp3"}"#, r#"{"androidInfo":{"sound":"ring"}}"#),
        (r#"{"androidSound":"ring.new.mp3"}"#, r#"{"androidSound":"ring.new.mp3"}"#),
    ] {
        let reading = OfflinePushInfo::read(Form::Web, value).unwrap();
        let again = reading.info().write(Form::Web);
        assert_eq!((again.text(), again.not_carried().len()), (written, 0), "{value}");
        assert_eq!(OfflinePushInfo::read(Form::Web, written).unwrap().info(), reading.info(), "{value}");
    }
}

#[test]
fn the_flat_keys_of_a_call_push_are_named_and_read() {
    let text = r#"{"isDisablePush":false,"title":"t","description":"d","extension":"{}","iOSPushType":1,"iOSSound":"ring.caf","androidSound":"ring","androidXiaoMiChannelID":"x","androidOPPOChannelID":"o","androidFCMChannelID":"f"}"#;
    for form in [Form::Web, Form::V2tim, Form::V2timArkTs] {
        let reading = OfflinePushInfo::read(form, text).unwrap();
        let push = reading.info();
        assert_eq!((push.title(), push.desc(), push.ext()), ("t", "d", &Ext::from_text("{}")), "{form}");
        assert_eq!(push.value(Field::IosPushType), Some(1.into()));
        assert_eq!(push.value(Field::AndroidSound), Some("ring".into()));
        let findings = reading.check(&Audience::everyone());
        assert!(of(&findings, "push-other-format")[0].cause().contains("TUICallKit"));
        assert!(
            of(&findings, "push-channel-missing").is_empty() && of(&findings, "push-unknown-key").is_empty()
        );
    }
    let disabled = OfflinePushInfo::read(Form::Web, r#"{"isDisablePush":true,"title":"t"}"#).unwrap();
    assert_eq!(disabled.info().write(Form::Web).text(), r#"{"disablePush":true,"title":"t"}"#);
    assert_eq!(ids(Form::Rest, text), ["push-other-format"], "of no use there");
    // The web form's own flat keys are no call's.
    assert!(
        ids(Form::Web, r#"{"title":"t","description":"d","androidOPPOChannelID":"o","ignoreIOSBadge":true}"#)
            .is_empty()
    );
}

#[test]
fn an_ext_that_is_encoded_once_too_often_is_found_for_every_vendor() {
    for (ext, found) in [
        (r#"{\"entity\":{\"sender\":\"u1\"}}"#, true),
        (r#""{\"a\":1}""#, true),
        ("%7B%22a%22%3A1%7D", true),
        ("%7b%22a%22%3a%22%e4%bd%a0%22%7d", true),
        (r#"{"a":1}"#, false),
        ("100%", false),
        ("\"words\"", false),
    ] {
        let push = OfflinePushInfo::new("t", "d").with_ext(Ext::from_text(ext));
        for vendor in Vendor::ALL.iter().copied() {
            let findings = push.check(&Audience::of(VendorSet::EMPTY.with(vendor)));
            let encoded = of(&findings, "push-ext-encoded");
            assert_eq!(encoded.len(), usize::from(found), "{vendor} {ext}");
            assert!(
                encoded
                    .iter()
                    .all(|finding| finding.severity() == Severity::Error && finding.vendor().is_none())
            );
        }
    }
}

#[test]
fn the_web_form_is_read_as_the_web_sdk_sends_it() {
    let read = |text: &str| OfflinePushInfo::read(Form::Web, text).unwrap();
    let rest = |text: &str| read(text).info().write(Form::Rest).into_text();
    for (web, expected) in [
        (
            r#"{"androidInfo":{"OPPOChannelID":"n"},"androidOPPOChannelID":"f"}"#,
            r#"{"AndroidInfo":{"OPPOChannelID":"n"}}"#,
        ),
        (
            r#"{"androidInfo":{"OPPOChannelID":""},"androidOPPOChannelID":"f"}"#,
            r#"{"AndroidInfo":{"OPPOChannelID":"f"}}"#,
        ),
        (r#"{"apnsInfo":{"ignoreIOSBadge":false},"ignoreIOSBadge":true}"#, r#"{"ApnsInfo":{"BadgeMode":1}}"#),
        (r#"{"apnsInfo":{"disableVoipPush":true},"disableVoipPush":false}"#, "{}"),
        (
            r#"{"apnsInfo":{"disableVoipPush":false},"disableVoipPush":true}"#,
            r#"{"ApnsInfo":{"IsVoipPush":1}}"#,
        ),
        (r#"{"androidInfo":{"sound":"dir.d/tone"}}"#, r#"{"AndroidInfo":{"Sound":"dir"}}"#),
        (r#"{"androidInfo":{"sound":".caf"}}"#, "{}"),
    ] {
        assert_eq!(rest(web), expected, "{web}");
    }
    for (web, place) in [
        (r#"{"apnsInfo":{"interruptionLevel":"loud"}}"#, "apnsInfo.interruptionLevel"),
        (r#"{"androidInfo":{"HonorImportance":"HIGH"}}"#, "androidInfo.HonorImportance"),
        (r#"{"androidInfo":{"MeizuNotifyType":7}}"#, "androidInfo.MeizuNotifyType"),
    ] {
        assert_eq!(rest(web), "{}", "{web}");
        let findings = read(web);
        let found: Vec<_> =
            findings.findings().iter().map(|finding| (finding.rule().id(), finding.place())).collect();
        assert_eq!(found, [("push-unknown-value", place)], "{web}");
    }
    let unknown = read(r#"{"androidInfo":{"Newer":1,"XiaoMiChannelID":"x"}}"#);
    assert_eq!(
        unknown.info().write(Form::Web).text(),
        r#"{"androidInfo":{"XiaoMiChannelID":"x","Newer":1}}"#
    );
}

#[test]
fn a_private_message_on_xiaomi_needs_a_template() {
    let audience = Audience::of(VendorSet::EMPTY.with(Vendor::Xiaomi));
    let push = OfflinePushInfo::new("t", "d").with_android(Android::new().with_xiaomi_channel("1"));
    assert_eq!(of(&push.check(&audience), "push-template-missing").len(), 1);
    assert!(
        of(&push.check(&audience.clone().with_console(Field::TemplateId)), "push-template-missing")
            .is_empty()
    );
    let with = |params: VendorParams| push.clone().with_vendor_params(params);
    assert!(with(VendorParams::new().with_push_template("1-1")).check(&audience).is_empty());
    let variables = |json: serde_json::Value| {
        with(VendorParams::new().with_push_template("1-1").with_push_template_params(&json).unwrap())
    };
    let many: serde_json::Map<_, _> = (0..10).map(|number| (format!("v{number}"), "x".into())).collect();
    for (json, found) in [
        (serde_json::json!({"name": "denny"}), 0),
        (serde_json::json!({"name": ""}), 1),
        (serde_json::json!({"name": "长".repeat(129)}), 1),
        (serde_json::json!({"name": "长".repeat(128)}), 0),
        (serde_json::json!({"name": "hi 😀"}), 1),
        (many.into(), 1),
    ] {
        assert_eq!(
            of(&variables(json.clone()).check(&audience), "push-template-params").len(),
            found,
            "{json}"
        );
    }
}

#[test]
fn the_push_template_travels_in_the_vendor_params_of_clients() {
    let read = |form, text: &str| OfflinePushInfo::read(form, text).unwrap();
    let client = r#"{"vendorParams":"{\"pushTemplateId\":\"1-1\",\"pushTemplateParam\":\"{\\\"name\\\":\\\"denny\\\"}\"}"}"#;
    let rest = r#"{"PushTemplateId":"1-1","PushTemplateParam":{"name":"denny"}}"#;
    let push = read(Form::V2tim, client);
    assert!(push.findings().is_empty(), "{:?}", push.findings());
    assert_eq!(push.info().write(Form::Rest).text(), rest);
    assert_eq!(read(Form::Rest, rest).info().write(Form::V2tim).text(), client);
    assert_eq!(push.info().value(Field::TemplateId), Some("1-1".into()));
}

#[test]
fn oppos_level_needs_a_category_of_the_class_of_im() {
    for (category, fits) in [
        (Category::IM, true),
        (Category::ACCOUNT, true),
        (Category::new("ORDER"), true),
        (Category::NEWS, false),
        (Category::CONTENT, false),
        (Category::MARKETING, false),
    ] {
        let oppo = Oppo::new().with_category(category.clone()).with_notify_level(OppoNotifyLevel::Banner);
        assert_eq!(oppo.is_ok(), fits, "{category:?}");
        let text =
            format!(r#"{{"AndroidInfo":{{"OPPOCategory":"{}","OPPONotifyLevel":16}}}}"#, category.as_str());
        let findings = OfflinePushInfo::read(Form::Rest, &text).unwrap();
        assert_eq!(of(findings.findings(), "push-level-without-category").is_empty(), fits, "{text}");
    }
    assert_eq!(
        Oppo::new().with_notify_level(OppoNotifyLevel::Bar),
        Err(PushInfoError::NotifyLevelWithoutCategory)
    );
}

#[test]
fn harmony_has_classes_of_its_own() {
    for (name, known) in
        [("CUSTOMER_SERVICE", true), ("IM", true), ("SYSTEM_REMINDER", false), ("PLAY_VOICE", false)]
    {
        let push =
            OfflinePushInfo::new("t", "d").with_harmony(Harmony::new().with_category(Category::new(name)));
        let found = push.check(&Audience::of(VendorSet::ALL));
        assert_eq!(!found.iter().any(|finding| finding.rule().id() == "push-unknown-value"), known, "{name}");
    }
    let push =
        OfflinePushInfo::new("t", "d").with_harmony(Harmony::new().with_category(Category::CUSTOMER_SERVICE));
    assert!(push.write(Form::Rest).text().contains(r#""Category":"CUSTOMER_SERVICE""#));
}

#[test]
fn harmonys_badge_key_is_a_bool_or_a_number() {
    for (value, ignored, written) in
        [("true", true, "true"), ("1", true, "true"), ("false", false, ""), ("0", false, "")]
    {
        let text = format!(
            r#"{{"offline_push_config_harmony_config":{{"harmony_offline_push_config_ignore_badge":{value}}}}}"#
        );
        let reading = OfflinePushInfo::read(Form::CApi, &text).unwrap();
        assert!(reading.findings().is_empty(), "{value}: {:?}", reading.findings());
        assert_eq!(reading.info().value(Field::HarmonyIgnoreBadge).is_some(), ignored);
        let expected = if written.is_empty() { "{}".to_owned() } else { text.replace(value, written) };
        assert_eq!(reading.info().write(Form::CApi).text(), expected, "{value}");
    }
}
