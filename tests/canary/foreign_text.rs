//! A canary at every place where foreign text comes in: each value and each key of real samples, for every
//! reader. None of it is seen in the `Debug`, `Display` or JSON of what was read, of its findings, or of the
//! error.

use std::fmt::{Debug, Display, Write as _};
use std::fs;

use serde_json::{Map, Value, json};
use tim_offline_push::account::{GroupId, UserId};
use tim_offline_push::certificate::{BusinessId, Certificates, ConfigReading};
use tim_offline_push::click_action::{Screen, WebLink};
use tim_offline_push::device::{DeviceFacts, ElectionPolicy, Properties, elect};
use tim_offline_push::doctor::{
    App, AppleApp, BuildFile, HarmonyModule, Manifest, Preflight, PushTrace, Waivers,
};
use tim_offline_push::ext::Ext;
use tim_offline_push::intent::{Intent, ParseFlags};
use tim_offline_push::message::{Audience, Envelope, Form, OfflinePushInfo, TokenObject};
use tim_offline_push::notification::{DataMessage, Payload, PushEvent, PushEventKind, Tap};
use tim_offline_push::registrar::{InstallId, Machine, NotificationChannel, Origin, Policy};
use tim_offline_push::secret::Secret;
use tim_offline_push::time::{Now, UnixTime};
use tim_offline_push::token::Token;
use tim_offline_push::trace::ServerRecord;
use tim_offline_push::vendor::{TokenKind, Vendor, VendorCode, explain};

use super::{CANARY, assert_silent, capture};

/// In the shapes that readers look at: a secret of 32 hex digits would be flagged and so named, a long one is
/// cut, one with blanks, dots or quotes is escaped.
fn canaries() -> [String; 4] {
    [
        "Canary7secret".into(),
        format!("0123456789abcdef{CANARY}"),
        format!("{CANARY}.\"{CANARY}\" {CANARY}\n{CANARY}"),
        CANARY.repeat(60),
    ]
}

/// What was seen of one reading.
#[derive(Default)]
struct Seen(String);

impl Seen {
    fn debug(&mut self, value: &impl Debug) {
        write!(self.0, "{value:?}\n{value:#?}\n").unwrap();
    }

    fn shown(&mut self, value: &(impl Debug + Display)) {
        self.debug(value);
        write!(self.0, "{value}\n{value:#}\n").unwrap();
    }

    fn result<T: Debug, E: Debug + Display>(&mut self, result: &Result<T, E>) {
        match result {
            Ok(value) => self.debug(value),
            Err(error) => self.shown(error),
        }
    }

    fn json(&mut self, value: &impl serde::Serialize) {
        self.0.push_str(&serde_json::to_string(value).unwrap());
    }
}

fn samples(file: &str) -> Vec<Map<String, Value>> {
    let path = format!("{}/tests/data/{file}.jsonl", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(path).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The document with the canary in place of each value and of each key, and as a key more in each object.
fn planted(document: &Value, canary: &str) -> Vec<Value> {
    let text = || Value::from(canary);
    let mut planted = vec![text()];
    match document {
        Value::Object(members) => {
            for (key, value) in members {
                let put = |new_key: &str, new: Value| {
                    let others = members.iter().filter(|(other, _)| *other != key);
                    let mut copy: Map<_, _> =
                        others.map(|(key, value)| (key.clone(), value.clone())).collect();
                    copy.insert(new_key.into(), new);
                    Value::Object(copy)
                };
                planted.push(put(canary, value.clone()));
                planted.extend(inner(value, canary).into_iter().map(|new| put(key, new)));
            }
            let mut more = members.clone();
            more.insert(canary.into(), text());
            planted.push(Value::Object(more));
        }
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                for new in inner(element, canary) {
                    let mut copy = elements.clone();
                    copy[index] = new;
                    planted.push(Value::Array(copy));
                }
            }
        }
        _ => {}
    }
    planted
}

/// JSON inside of a text counts as a document too.
fn inner(value: &Value, canary: &str) -> Vec<Value> {
    let mut all = planted(value, canary);
    if let Some(nested @ (Value::Object(_) | Value::Array(_))) =
        value.as_str().and_then(|text| serde_json::from_str(text).ok())
    {
        all.extend(planted(&nested, canary).iter().map(|nested| nested.to_string().into()));
    }
    all
}

/// Reads each text, whole and cut in the middle, and asserts that nothing sings, in the log neither.
fn assert_reader_silent(name: &str, texts: &[String], read: impl Fn(&mut Seen, &str)) {
    assert!(texts.iter().any(|text| text.to_lowercase().contains(CANARY)));
    for text in texts {
        let half = (0..=text.len() / 2).rev().find(|index| text.is_char_boundary(*index)).unwrap();
        for text in [text.as_str(), &text[..half]] {
            let mut seen = Seen::default();
            let (log, ()) = capture(|| read(&mut seen, text));
            assert_silent(&format!("{name}, given {text}"), &seen.0);
            for line in log {
                assert_silent(name, &line.text);
            }
        }
    }
}

fn planted_texts(document: &Value) -> Vec<String> {
    let documents = canaries().into_iter().flat_map(|canary| planted(document, &canary));
    documents.map(|document| document.to_string()).collect()
}

#[test]
fn certificates() {
    for sample in samples("configs") {
        assert_reader_silent("certificates", &planted_texts(&sample["config"]), |seen, text| {
            let reading = Certificates::read(text);
            seen.result(&reading);
            if let Ok(reading) = reading {
                for finding in reading.findings() {
                    seen.shown(finding);
                    seen.json(finding);
                }
                seen.json(reading.certificates());
            }
        });
    }
    let lines: Vec<String> = canaries()
        .iter()
        .flat_map(|canary| {
            [
                format!("static let xiaomiBusinessID = \"{canary}\""),
                format!("#define {canary} 1234"),
                format!("public static final String XM_PUSH_APPKEY = \"{canary}\";"),
                format!("XM_PUSH_BUZID = {canary};"),
                format!("String appSecret = \"{canary}\"; int {canary} = 5;"),
                format!("const {canary} = {{ {canary}: '{canary}' }};"),
            ]
        })
        .collect();
    assert_reader_silent("certificates in source code", &lines, |seen, text| {
        let reading = Certificates::read(text);
        seen.result(&reading);
        for finding in reading.iter().flat_map(ConfigReading::findings) {
            seen.shown(finding);
        }
    });
}

#[test]
fn devices() {
    let dump = "[ro.product.manufacturer]: [Xiaomi]\n[ro.product.brand]: [POCO]\n[ro.build.version.sdk]: [34]\n\
        [ro.miui.ui.version.name]: [V14]\n[ro.build.fingerprint]: [a/b/c]\n[ro.product.cpu.abilist]: [x86]";
    let mut texts = Vec::new();
    for canary in canaries() {
        for line in dump.lines() {
            // What the known properties say is what the election goes by, and is shown.
            let (key, _) = line.split_once(": ").unwrap();
            texts.push(dump.replace(key, &format!("[{canary}]")));
            texts.push(format!("{dump}\n{canary}"));
        }
    }
    assert_reader_silent("device", &texts, |seen, text| {
        seen.result(&Properties::parse(text));
        let facts = DeviceFacts::from_getprop(text);
        seen.result(&facts);
        if let Ok(facts) = facts {
            let election = elect(&facts, &ElectionPolicy::default());
            seen.debug(&election);
            for candidate in &election.candidates {
                write!(seen.0, "{candidate:?}").unwrap();
            }
        }
    });
}

#[test]
fn messages() {
    for sample in samples("push_info") {
        let document = sample.get("json").or_else(|| sample.get("raw")).unwrap();
        assert_reader_silent("message", &planted_texts(document), |seen, text| {
            for form in Form::ALL.iter().copied() {
                let reading = OfflinePushInfo::read(form, text);
                seen.result(&reading);
                seen.result(&Envelope::read(form, text));
                if let Ok(reading) = reading {
                    let checked = reading.info().check(&Audience::everyone());
                    for finding in reading.findings().iter().chain(&checked) {
                        seen.shown(finding);
                    }
                    seen.debug(&reading.info().write(form));
                }
            }
            seen.result(&TokenObject::read(text));
        });
    }
    let object = serde_json::json!({"businessID": 30207, "token": "abc", "isTPNSToken": false});
    assert_reader_silent("token object", &planted_texts(&object), |seen, text| {
        seen.result(&TokenObject::read(text));
    });
}

#[test]
fn taps() {
    for sample in samples("clicks") {
        let vendor: Option<Vendor> = sample["vendor"].as_str().and_then(|name| name.parse().ok());
        let mut texts = planted_texts(&sample["extras"]);
        for canary in canaries() {
            texts.push(format!("intent://{canary}#Intent;S.ext={canary};S.{canary}=1;i.x={canary};end"));
            texts.push(format!("intent:#Intent;{canary};{canary}={canary};end"));
        }
        assert_reader_silent("tap", &texts, |seen, text| {
            for vendor in [None, vendor] {
                seen.result(&Payload::from_json(text));
                seen.result(&Payload::from_intent_uri(text));
                for tap in [
                    Tap::from_text(vendor, text),
                    Tap::from_intent_uri(vendor, text),
                    Tap::from_ext(vendor, &Ext::from_text(text)),
                ] {
                    seen.result(&tap);
                    let Ok(tap) = tap else { continue };
                    write!(seen.0, "{:?}{:?}{:?}", tap.route(), tap.no_ext(), tap.dedupe_key()).unwrap();
                    if let Some(ext) = tap.ext() {
                        seen.debug(ext);
                        seen.result(&ext.container());
                    }
                }
            }
            seen.debug(&Ext::from_text(text));
        });
    }
}

#[test]
fn names_numbers_and_addresses() {
    let mut texts: Vec<String> = canaries().to_vec();
    for canary in canaries() {
        texts.push(format!("intent://{canary}/#Intent;scheme={canary};i.{canary}={canary};end"));
        texts.push(format!("intent:#Intent;component={canary}/.{canary};launchFlags={canary};end"));
        texts.push(format!("https://{canary}@{canary}:{canary}/{canary}?{canary}={canary}"));
        texts.push(format!("{canary}: arguments {canary}"));
        texts.push(canary.chars().take(30).collect());
    }
    assert_reader_silent("small readers", &texts, |seen, text| {
        // What an intent holds is shown, since it is what a developer wrote; what is wrong with one is not.
        if let Err(error) = Intent::parse_uri(text, ParseFlags::INTENT_SCHEME) {
            seen.shown(&error);
        }
        if let Err(error) = Screen::from_uri(text) {
            seen.shown(&error);
        }
        seen.result(&WebLink::new(text));
        seen.result(&UserId::new(text));
        seen.result(&GroupId::new(text));
        seen.result(&InstallId::new(text));
        seen.result(&text.parse::<BusinessId>());
        seen.result(&text.parse::<Vendor>());
        seen.result(&text.parse::<TokenKind>());
        seen.result(&text.parse::<Form>());
        seen.debug(&Secret::new(text));
        for vendor in Vendor::ALL.iter().copied() {
            for kind in TokenKind::ALL.iter().copied() {
                seen.result(&Token::parse(vendor, kind, text));
            }
            let code = VendorCode::find(vendor, text);
            seen.shown(&code);
            seen.shown(&explain(vendor, &code));
        }
    });
}

#[test]
fn snapshots_and_origins() {
    let now = Now::default();
    let install = || InstallId::new(CANARY).unwrap();
    let origin = || Origin::new(install(), 1);
    let machine = Machine::new(origin(), Policy::default());
    let mut document: Value = serde_json::from_slice(machine.snapshot().as_bytes()).unwrap();
    let members = document.as_object_mut().unwrap();
    members.insert("session".into(), serde_json::json!({"account": "x", "tokens": [{"text": "y"}]}));
    members
        .insert("tokens".into(), serde_json::json!([{"vendor": "Xiaomi", "kind": "standard", "text": "y"}]));
    assert_reader_silent("snapshot", &planted_texts(&document), |seen, text| {
        let (machine, restored) = Machine::restore(origin(), Policy::default(), text.as_bytes(), now);
        seen.debug(&machine);
        seen.debug(&restored);
        seen.debug(&origin());
        seen.debug(&machine.snapshot());
        let diagnosis = machine.diagnose();
        seen.shown(&diagnosis);
        seen.json(&diagnosis);
    });
    let mut seen = Seen::default();
    seen.debug(&NotificationChannel::new("messages", "Messages"));
    assert_silent("notification channel", &seen.0);
}

#[test]
fn what_the_doctor_is_given() {
    let mut texts = Vec::new();
    for file in ["configs", "push_info", "devices"] {
        for sample in samples(file).iter().take(4) {
            let document = ["config", "json", "props"].iter().find_map(|member| sample.get(*member));
            texts.extend(document.into_iter().flat_map(planted_texts));
        }
    }
    for canary in canaries() {
        texts.push(format!("[ro.product.brand]: [{canary}]\n[{canary}]: [Xiaomi]"));
        texts.push(format!("void onNotificationMessageArrived() {{ secret = \"{canary}\"; }}"));
    }
    assert_reader_silent("doctor", &texts, |seen, text| {
        let preflights = [
            Preflight::new().with_config_text(text),
            Preflight::new().with_push_text(Form::Rest, text),
            Preflight::new().with_device_text(text),
            Preflight::new().with_source_text("a.java", text),
            Preflight::new().with_click(Vendor::Xiaomi, text),
        ];
        for preflight in preflights {
            seen.debug(&preflight);
            let report = preflight.check();
            seen.shown(&report);
            seen.json(&report);
            seen.0.push_str(&report.to_markdown());
        }
    });
}

/// What else a set-up is made of is shown in findings, some of it, and never in `Debug`.
#[test]
fn what_a_set_up_is_made_of() {
    for canary in canaries() {
        let canary = canary.as_str();
        let manifest =
            Manifest::new(canary).with_file(canary).with_permission(canary).with_meta_data(canary, canary);
        let build = BuildFile::new(canary)
            .with_application_id(1, canary)
            .with_placeholder(1, canary, canary)
            .with_plugin(1, canary, true)
            .with_dependency(1, canary, canary)
            .with_unread(1, canary);
        let apple = AppleApp::new()
            .with_entitlements("app.entitlements", Some(canary))
            .with_info_plist("i", &[canary]);
        let harmony = HarmonyModule::new("module.json5").with_metadata("client_id", canary).with_ability(
            "EntryAbility",
            true,
            &[canary],
            &[canary],
        );
        let waivers = format!("certificate-missing in {canary} until 2027-01-31: {canary}");
        let mut seen = Seen::default();
        seen.result(&Waivers::read(&waivers));
        seen.debug(&apple);
        seen.debug(&harmony);
        let signed = Preflight::new().with_signing(canary).with_registered_signing(canary);
        let report = signed.check();
        seen.shown(&report);
        seen.json(&report);
        let info = OfflinePushInfo::new(canary, canary);
        seen.debug(
            &signed
                .with_app(App::new(canary).with_badge_activity(canary))
                .with_manifest(manifest)
                .with_build_file(build)
                .with_push_info(info)
                .with_source_text(canary, canary)
                .with_vendor_file(Vendor::Huawei, canary, canary)
                .with_apple_app(apple.with_info_plist(canary, &[]))
                .with_harmony_module(harmony.with_ability(canary, true, &[], &[])),
        );
        assert_silent("set-up", &seen.0);
    }
}

/// Server traces hold accounts, push ids, tokens and words of the server; events hold push ids, and data
/// messages exts.
#[test]
fn server_traces_and_push_events() {
    let step = json!({"PushStatus": 1, "ErrorCode": "c", "ErrorInfo": "i", "EventTime": "t"});
    let documents = [
        json!({"CallbackCommand": "Push.OfflinePush", "Events": [{"PushStage": 1, "PushPlatform": 2, "ErrCode": 1,
            "ErrInfo": "i", "EventTime": 1, "To_Account": "a", "From_Account": "b", "PushID": "p", "TaskId": "t"}]}),
        json!({"InstanceTrace": [{"PushPlatform": 2, "Token": "t", "DeviceModel": "m", "CertId": 1, "SdkVersion": "s",
            "IMCommitStat": {"IMStat": step}, "OfflinePushStat": {"ChannelStat": step, "ClickStat": step}}]}),
        json!({"ReadyToSendLoss": [{"ErrCode": "c", "ErrCount": 1, "ErrInfo": "i"}]}),
        json!({"Results": [{"TaskID": "t", "TotalCount": 1, "PlatformStatistics": [{"PushPlatform": 2}]}]}),
    ];
    for document in &documents {
        assert_reader_silent("a server trace", &planted_texts(document), |seen, text| {
            let record = ServerRecord::read(text);
            seen.result(&record);
            if let Ok(record) = record {
                record.missing().for_each(|place| seen.0.push_str(place));
                let told = PushTrace::new().with_record(&record);
                seen.shown(&told);
            }
        });
    }
    let data = json!({"IMTitle": "t", "IMDesc": "d", "ext": "e", "clickExt": "p", "notifyMode": "1"});
    assert_reader_silent("a data message", &planted_texts(&data), |seen, text| {
        if let Ok(payload) = Payload::from_json(text) {
            let message = DataMessage::read(&payload);
            seen.debug(&message);
            let id = message.as_ref().and_then(DataMessage::arrival_id);
            seen.debug(&id.map(|id| {
                PushEvent::new(PushEventKind::Arrived, id.clone(), UnixTime::from_secs(1_800_000_000))
            }));
            seen.debug(&Tap::new(
                Some(Vendor::Fcm),
                message.map(|message| message.tap_extras()).unwrap_or_default(),
            ));
        }
    });
}
