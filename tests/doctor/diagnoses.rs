//! A diagnosis as a file: written, read, damaged, cut off, of a later version.

use std::time::Duration;

use tim_offline_push::account::UserId;
use tim_offline_push::certificate::{BusinessId, Certificates};
use tim_offline_push::device::DeviceFacts;
use tim_offline_push::registrar::{Diagnosis, DiagnosisError};
use tim_offline_push::testing::{Phone, Reply};
use tim_offline_push::vendor::Vendor;

use crate::diagnosis;

const TOKEN: &str = "d//igwEhgBGCI2TG6lWqlCktBnTh6g==";

/// A phone whose report is refused with this code, after some time.
fn refused(code: i32) -> Diagnosis {
    let phone = Phone::new();
    phone.vendors().script(Vendor::Xiaomi, [Reply::token(TOKEN)]);
    phone.im().script((0..40).map(|_| Reply::failed(code)));
    let certificates = Certificates::new().with(Vendor::Xiaomi, BusinessId::new(30207).unwrap());
    let device = DeviceFacts::from_getprop("[ro.product.manufacturer]: [Xiaomi]").unwrap();
    let push = phone.registrar(certificates).start(device).unwrap();
    push.logged_in(UserId::new("alice-the-account").unwrap());
    phone.advance(Duration::from_secs(60));
    push.diagnose()
}

fn said(texts: &[&str]) -> String {
    let diagnoses: Vec<_> = texts.iter().map(|text| diagnosis::read("sent.json", text).unwrap()).collect();
    let mut out = Vec::new();
    diagnosis::print(&diagnoses, false, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn what_is_written_is_read_again() {
    for code in [22_001, 6_017, 20_004] {
        let diagnosis = refused(code);
        let text = serde_json::to_string(&diagnosis).unwrap();
        let read = Diagnosis::read(&text).unwrap();
        assert_eq!(read.unread, [""; 0], "{code}");
        assert_eq!(serde_json::to_string(&read).unwrap(), text);
        assert_eq!(read.to_string(), diagnosis.to_string());
        assert!(!text.contains(TOKEN) && !text.contains("alice"), "{text}");
    }
}

#[test]
fn the_first_line_and_the_json_say_the_same() {
    let diagnosis = refused(22_001);
    assert_eq!(diagnosis.to_string().lines().next(), Some(diagnosis.summary.as_str()));
    assert_eq!(serde_json::to_value(&diagnosis).unwrap()["summary"], diagnosis.summary);
    assert_eq!(diagnosis.schema, Diagnosis::SCHEMA);
    assert_eq!(diagnosis.crate_version, env!("CARGO_PKG_VERSION"));
}

#[test]
fn a_file_is_told_in_sentences_with_the_fix() {
    let text = serde_json::to_string(&refused(22_001)).unwrap();
    let said = said(&[&text]);
    assert!(said.contains("The phone is not reachable: "), "{said}");
    assert!(said.contains("What to do: "), "{said}");
    assert!(said.contains("Written by tim-offline-push "), "{said}");
}

#[test]
fn two_files_show_what_has_changed() {
    let earlier = serde_json::to_string(&refused(22_001)).unwrap();
    let later = serde_json::to_string(&refused(6_017)).unwrap();
    let said = said(&[&earlier, &later]);
    assert!(said.starts_with("Earlier: not reachable") && said.contains("\nLater: "), "{said}");
    assert!(said.contains("Between them: "), "{said}");
}

#[test]
fn a_damaged_member_is_named_and_the_rest_is_read() {
    let mut value = serde_json::to_value(refused(22_001)).unwrap();
    value["regions"][0]["state"] = "no_such_state".into();
    value["tokens"] = "CANARY".into();
    value["counters"]["reports"] = "CANARY".into();
    value["CANARY"] = 1.into();
    let read = Diagnosis::read(&value.to_string()).unwrap();
    let expected =
        ["regions[0]: not readable", "tokens: not a list", "counters: not readable", "1 unknown members"];
    assert_eq!(read.unread, expected);
    assert_eq!(read.summary, value["summary"]);
    assert!(!said(&[&value.to_string()]).contains("CANARY"));
}

#[test]
fn a_later_schema_is_read_as_far_as_it_goes_and_named() {
    let mut value = serde_json::to_value(refused(22_001)).unwrap();
    value["schema"] = 99.into();
    value["crate_version"] = "9.9.9".into();
    let said = said(&[&value.to_string()]);
    assert!(said.contains("Written in schema 99; this program knows schema 1."), "{said}");
    assert!(said.contains("The phone is not reachable"), "{said}");
}

#[test]
fn what_is_no_diagnosis_is_a_clear_error() {
    let whole = serde_json::to_string(&refused(22_001)).unwrap();
    let half = whole.get(..whole.len() / 2).unwrap();
    assert!(matches!(Diagnosis::read(half), Err(DiagnosisError::CutOff { line: 1, .. })));
    assert_eq!(Diagnosis::read("{}"), Err(DiagnosisError::NotADiagnosis));
    assert_eq!(Diagnosis::read("[1]"), Err(DiagnosisError::NotADiagnosis));
    let noise = "\u{1}x".repeat(1 << 19);
    assert!(matches!(Diagnosis::read(&noise), Err(DiagnosisError::NotJson { .. })));
    let long = " ".repeat(Diagnosis::MAX_BYTES + 1);
    assert_eq!(Diagnosis::read(&long), Err(DiagnosisError::TooLong { bytes: Diagnosis::MAX_BYTES + 1 }));
    let deep = format!("{{\"regions\":{}", "[".repeat(100_000));
    assert!(matches!(Diagnosis::read(&deep), Err(DiagnosisError::NotJson { .. })));
}
