//! A diagnosis as a file: written, read, damaged, cut off, of a later version.

use std::time::Duration;

use tim_offline_push::account::UserId;
use tim_offline_push::certificate::{BusinessId, Certificates};
use tim_offline_push::device::DeviceFacts;
use tim_offline_push::registrar::{Diagnosis, DiagnosisError, Unread};
use tim_offline_push::testing::{Ask, Phone, Reply};
use tim_offline_push::vendor::Vendor;

use crate::diagnosis;

const TOKEN: &str = "d//igwEhgBGCI2TG6lWqlCktBnTh6g==";

/// A phone whose report is refused with this code, after some time.
fn refused(code: i32) -> Diagnosis {
    let phone = Phone::new();
    phone.script(Vendor::Xiaomi, [Reply::token(TOKEN)]);
    phone.script(Ask::Report, (0..40).map(|_| Reply::failed(code)));
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
    diagnosis::print(diagnoses, &diagnosis::Seen::default(), false, &mut out).unwrap();
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
fn a_file_is_read_out_of_a_mail() {
    let text = serde_json::to_string(&refused(22_001)).unwrap();
    assert_eq!(said(&[&format!("Hello,\n{text}\n-- \nA user")]), said(&[&text]));
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
fn two_files_are_put_in_order_and_told_apart() {
    let at = |secs: i64, account: &str| {
        let mut value = serde_json::to_value(refused(22_001)).unwrap();
        value["written_at"] = secs.into();
        value["account"] = account.into();
        value
    };
    let (earlier, mut later) = (at(1_000, "00000001"), at(2_000, "00000002"));
    let said_of =
        |first: &serde_json::Value, last: &serde_json::Value| said(&[&first.to_string(), &last.to_string()]);
    let reversed = said_of(&later, &earlier);
    assert!(reversed.starts_with("The first file is the later one"), "{reversed}");
    let in_order = said_of(&earlier, &later);
    assert!(in_order.contains("Another account is logged in."), "{in_order}");
    assert!(!in_order.contains("other way round") && !in_order.contains("restarted"), "{in_order}");

    later["runs_for_ms"] = 5.into();
    let restarted = said_of(&earlier, &later);
    assert!(restarted.contains("The app was restarted between them"), "{restarted}");

    later["ranking"] = serde_json::json!(["OPPO"]);
    later["tokens"][0]["fingerprint"] = "00000009".into();
    let other = said_of(&earlier, &later);
    assert!(other.contains("They seem to be of different phones"), "{other}");
    assert!(!other.contains("Between them: "), "{other}");
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

/// The file that the README's commands read, as it is written now. `UPDATE_SAMPLE=1` writes it anew.
#[test]
fn the_sample_file_is_what_is_written_now() {
    let phone = Phone::new();
    phone.otherwise(Vendor::Huawei, Reply::failed(6_003));
    phone.otherwise(Vendor::Fcm, Reply::failed("SERVICE_NOT_AVAILABLE"));
    let certificates = Certificates::new()
        .with(Vendor::Huawei, BusinessId::new(30_208).unwrap())
        .with(Vendor::Fcm, BusinessId::new(30_210).unwrap());
    let device = DeviceFacts::from_getprop("[ro.product.manufacturer]: [HUAWEI]").unwrap();
    let push = phone.registrar(certificates).start(device).unwrap();
    push.logged_in(UserId::new("alice").unwrap());
    push.enter_background(Unread::new(2));
    phone.advance(Duration::from_secs(3_600));
    let written = serde_json::to_string_pretty(&push.diagnose()).unwrap() + "\n";
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/diagnosis.json");
    if std::env::var_os("UPDATE_SAMPLE").is_some() {
        std::fs::write(path, &written).unwrap();
    }
    assert_eq!(
        std::fs::read_to_string(path).unwrap(),
        written,
        "UPDATE_SAMPLE=1 cargo test --test doctor sample"
    );
}

/// A file of an earlier version lacks what came later, and nothing is said of that.
#[test]
fn a_file_of_an_earlier_version_reads_without_complaint() {
    let now = serde_json::to_value(refused(9_508)).unwrap();
    let names: Vec<String> = now.as_object().unwrap().keys().cloned().collect();
    for name in names.iter().filter(|name| !["regions", "reachable"].contains(&name.as_str())) {
        let mut earlier = now.clone();
        earlier.as_object_mut().unwrap().remove(name);
        assert_eq!(Diagnosis::read(&earlier.to_string()).unwrap().unread, [""; 0], "{name}");
        assert!(!said(&[&earlier.to_string()]).contains("Could not be read"), "{name}");
    }
    let mut earlier = now;
    for name in ["since_ms", "attempts"] {
        earlier["blocked_by"].as_object_mut().unwrap().remove(name);
    }
    let read = Diagnosis::read(&earlier.to_string()).unwrap();
    assert_eq!((read.unread.len(), read.blocked_by.unwrap().since), (0, None));
}
