//! The serde forms: frozen names, and nothing in them that must not be seen.

use serde_json::{Value, json};
use tim_offline_push::doctor::{Preflight, Report};
use tim_offline_push::vendor::Vendor;

use crate::{input, phones, rig};

#[test]
fn the_report_has_its_members() {
    let report = input::preflight(
        "--config {\"huaweiPushBussinessId\": \"30206\", \"honorPushBussinessId\": \"30206\", \"vivoPushBussinesId\": 1}",
    )
    .check();
    let document = serde_json::to_value(&report).unwrap();
    assert_eq!(
        document,
        json!({
            "version": 1,
            "verdict": "errors",
            "findings": [
                {
                    "rule": "certificate-id-shared",
                    "severity": "error",
                    "place": "config",
                    "vendor": "Honor",
                    "cause": "the business id 30206 of Honor is also that of Huawei",
                    "fix": "write each vendor's own id from Tencent's console",
                    "source": {
                        "document": "https://cloud.tencent.com/document/product/269/117847",
                        "read": "2026-11-22"
                    }
                },
                {
                    "rule": "config-key-unknown",
                    "severity": "note",
                    "place": "config: vivoPushBussinesId",
                    "cause": "unknown, and close to a known key",
                    "fix": "check its spelling; Tencent's own keys say Bussiness",
                    "source": {
                        "document": "https://cloud.tencent.com/document/product/269/103769",
                        "read": "2026-11-22"
                    }
                }
            ],
            "left_out": 0,
            "waived": 0
        })
    );
    assert!(report.to_markdown().contains("| `certificate-id-shared` | config (Honor) |"));
    assert!(report.to_string().ends_with("1 error, 0 warnings, 1 note"));
    assert_eq!(Preflight::new().check().to_string(), "0 errors, 0 warnings, 0 notes");
}

#[test]
fn the_phones_document_has_its_members() {
    let report = phones::situation("nobody is logged in").with_notifications_allowed(true).check();
    let document = serde_json::to_value(&report).unwrap();
    let members: Vec<&String> = document.as_object().unwrap().keys().collect();
    assert_eq!(
        members,
        ["console_losses", "diagnosis", "findings", "notifications_allowed", "verdict", "version"]
    );
    assert_eq!((&document["version"], &document["verdict"]), (&json!(1), &json!("broken")));
    assert_eq!(document["console_losses"][0]["code"], json!(-2));
    assert!(
        document["findings"].as_array().unwrap().iter().any(|finding| finding["rule"] == "phone-blocked")
    );
}

const CANARY: &str = "canary7";

fn assert_silent(what: &str, text: &str) {
    assert!(!text.to_lowercase().contains(CANARY), "{what}: {text}");
}

fn assert_report_silent(report: &Report) {
    assert_silent("Display", &report.to_string());
    assert_silent("Markdown", &report.to_markdown());
    assert_silent("JSON", &serde_json::to_string(report).unwrap());
    assert_silent("Debug", &format!("{report:?}"));
}

/// Secrets, tokens, accounts and what a message says never leave the doctor.
#[test]
fn no_document_sings() {
    let config = r#"{"xiaomiPushAppSecret": "Canary7secret", "oppoPushAppKey": "Canary7", "vivoPushAppSecret": "Canary7",
        "huaweiPushBussinessId": "Canary7", "other": "-----BEGIN PRIVATE KEY-----Canary7", "Canary7": "x", "huawei_Canary7_id": 0}"#;
    let preflight = Preflight::new()
        .with_config_text(config)
        .with_push_text(
            tim_offline_push::message::Form::Rest,
            r#"{"Title": "Canary7", "Desc": "Canary7", "Ext": "Canary7", "PushFlag": "Canary7", "AndroidInfo": {"HonorImportance": "Canary7"}}"#,
        )
        .with_click(Vendor::Xiaomi, "intent://canary7#Intent;S.canary7=canary7;canary7=1;end")
        .with_click(Vendor::Huawei, "https://canary7.example.com/ canary7")
        .with_device_text("[ro.serialno]: [Canary7]")
        .with_source_text("Push.java", "FirebaseInstanceId canary7");
    assert_silent("Debug of the input", &format!("{preflight:?}"));
    let report = preflight.check();
    assert!(report.findings().len() > 6, "{report}");
    assert_report_silent(&report);

    let mut rig = rig::Rig::registering(rig::steady());
    rig.tell_all([rig::login("Canary7-alice"), rig::token(Vendor::Xiaomi, "OPPO_CN_canary7+/")]);
    rig.tell(rig.failed(22001));
    let session = rig.session();
    rig.tell(tim_offline_push::registrar::Event::LoggedOut { session });
    rig.tell(rig::login("Canary7-bob"));
    let report = tim_offline_push::doctor::PhoneCheck::new(rig.machine.diagnose()).check();
    assert_silent("Display", &report.to_string());
    assert_silent("JSON", &serde_json::to_string_pretty(&report).unwrap());
    assert_silent("Debug", &format!("{report:?}"));
    let document: Value = serde_json::to_value(&report).unwrap();
    assert!(document["diagnosis"]["tokens"][0]["fingerprint"].is_string(), "{document}");
}
