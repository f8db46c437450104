//! The loop-back test: a push to oneself, through every wire form and every vendor's wrapping.

use std::time::Duration;

use serde_json::Value;
use tim_offline_push::doctor::{Loopback, LoopbackReport};
use tim_offline_push::ext::Ext;
use tim_offline_push::message::{Form, OfflinePushInfo};
use tim_offline_push::notification::{Payload, Tap};
use tim_offline_push::time::MonotonicTime;
use tim_offline_push::vendor::Vendor;

use crate::phones;

const DEADLINE: Duration = Duration::from_secs(30);

fn at(seconds: u64) -> MonotonicTime {
    MonotonicTime::from_millis(seconds * 1000)
}

fn sent() -> Loopback {
    let mut loopback = Loopback::new(7, DEADLINE);
    loopback.sent(at(0));
    loopback
}

fn tap(ext: &Ext) -> Tap {
    Tap::from_ext(Some(Vendor::Xiaomi), ext).unwrap()
}

/// The situations that the catalogue names.
pub(crate) fn report(name: &str) -> LoopbackReport {
    let mut loopback = sent();
    let tap = tap(&loopback.ext());
    match name {
        "arrived" => drop(loopback.arrived(at(2), &tap)),
        "arrived late" => drop(loopback.arrived(at(31), &tap)),
        "tapped unseen" => drop(loopback.tapped(at(12), &tap)),
        "over the quota" => loopback = loopback.with_loss_code(-203),
        "lost without a reason" => {}
        "no token" => {
            let phone = phones::situation("nobody is logged in").check();
            return loopback.report(at(30), Some(&phone));
        }
        "permission off" => {
            let phone = phones::situation("notifications are not allowed").check();
            return loopback.report(at(30), Some(&phone));
        }
        "a phone that is well" => {
            let phone = phones::situation("all is well").check();
            return loopback.report(at(30), Some(&phone));
        }
        "Google's services are frozen" => {
            let phone = phones::situation("FCM is elected").check();
            return loopback.report(at(30), Some(&phone));
        }
        _ => panic!("no situation {name}"),
    }
    loopback.report(at(40), None)
}

#[test]
fn each_end_is_told() {
    for (name, said, after) in [
        ("arrived", "arrived after 2.0 s", Some(2)),
        ("arrived late", "arrived late, after 31.0 s", Some(31)),
        ("tapped unseen", "tapped after 12.0 s, without a report of its arrival", Some(12)),
        ("over the quota", "lost at the vendor", None),
        ("lost without a reason", "lost somewhere", None),
        ("no token", "lost at Tencent's server", None),
        ("permission off", "lost on the phone", None),
        ("a phone that is well", "lost at the vendor", None),
        ("Google's services are frozen", "lost at the vendor", None),
    ] {
        let report = report(name);
        assert_eq!(report.to_string().lines().next(), Some(said), "{name}");
        assert_eq!(report.arrived_after(), after.map(Duration::from_secs), "{name}");
        assert_eq!(report.is_lost(), after.is_none(), "{name}");
        assert_eq!(report.findings().is_empty(), name == "arrived", "{name}: {report}");
    }
}

#[test]
fn until_the_deadline_it_is_on_its_way() {
    let said = |loopback: &Loopback, seconds| loopback.report(at(seconds), None).to_string();
    let mut loopback = Loopback::new(7, DEADLINE);
    assert_eq!(said(&loopback, 5), "not sent");
    loopback.sent(at(5));
    assert_eq!(said(&loopback, 10), "on its way, 25.0 s left");
    assert!(!loopback.report(at(10), None).is_lost());
    assert!(said(&loopback, 35).starts_with("lost somewhere"));
    // A code of the push records settles it at once.
    assert!(said(&loopback.with_loss_code(-1), 6).starts_with("lost at Tencent's server"));
    // What arrives first counts, however often it arrives.
    let mut loopback = sent();
    let tap = tap(&loopback.ext());
    assert!(loopback.arrived(at(3), &tap) && loopback.arrived(at(9), &tap) && loopback.tapped(at(10), &tap));
    assert_eq!(said(&loopback, 99), "arrived after 3.0 s");
}

/// The form of the report in JSON.
#[test]
fn reports_are_written_as_json() {
    for (name, state) in [
        ("arrived", r#"{"arrived":{"after":{"secs":2,"nanos":0}}}"#),
        ("over the quota", r#"{"lost":{"place":"vendor"}}"#),
    ] {
        let json = serde_json::to_string(&report(name)).unwrap();
        assert!(json.starts_with(&format!(r#"{{"state":{state},"findings":["#)), "{json}");
    }
}

#[test]
fn another_push_is_not_this_one() {
    let mut loopback = sent();
    for other in [Loopback::new(8, DEADLINE).ext(), Ext::from_text("{}"), Ext::from_text("")] {
        assert!(!loopback.arrived(at(1), &tap(&other)));
    }
    assert!(!loopback.tapped(at(1), &Tap::new(None, Payload::new())));
}

#[test]
fn every_wire_form_carries_it() {
    let loopback = sent();
    for form in [Form::CApi, Form::Rest, Form::V2tim, Form::V2timArkTs, Form::Web] {
        let written = loopback.push().write(form);
        let read = OfflinePushInfo::read(form, written.text()).unwrap();
        assert!(loopback.recognizes(&tap(read.info().ext())), "{form}: {}", written.text());
    }
}

/// The payloads of the samples with the loop-back's ext in the place of theirs.
#[test]
fn every_vendors_wrapping_carries_it() {
    let loopback = sent();
    let own = loopback.ext();
    let own = own.text().unwrap();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/clicks.jsonl");
    let (mut wrapped, mut vendors) = (0, std::collections::BTreeSet::new());
    for line in std::fs::read_to_string(path).unwrap().lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        let Some(ext) = record["expected"]["ext"].as_str().filter(|ext| ext.len() > 2) else { continue };
        let extras = record["extras"].as_object().unwrap();
        // The ext stands there as it is, or inside of another JSON text.
        let (quoted, own_quoted) = (inner(ext), inner(own));
        let changed: serde_json::Map<String, Value> = extras
            .iter()
            .map(|(key, value)| {
                let text = value.to_string();
                let twice = text.replace(&inner(&quoted), &inner(&own_quoted));
                let once = if twice == text { text.replace(&quoted, &own_quoted) } else { twice };
                (key.clone(), serde_json::from_str(&once).unwrap())
            })
            .collect();
        if changed == *extras {
            continue;
        }
        let vendor = record["vendor"].as_str().map(|name| name.parse::<Vendor>().unwrap());
        let payload = Payload::from_json(&Value::Object(changed).to_string()).unwrap();
        assert!(loopback.recognizes(&Tap::new(vendor, payload)), "{line}");
        wrapped += 1;
        vendors.insert(vendor);
    }
    assert!(wrapped >= 7 && vendors.len() >= 5, "{wrapped} of {vendors:?}");
    // OPPO takes the ext apart; iOS and TIMPush hand it over as it is.
    for vendor in [Vendor::Oppo, Vendor::Apns, Vendor::HarmonyOs, Vendor::Vivo, Vendor::Meizu] {
        assert!(loopback.recognizes(&Tap::from_text(Some(vendor), own).unwrap()), "{vendor}");
    }
}

/// The text as it stands inside of a JSON string.
fn inner(text: &str) -> String {
    let quoted = Value::String(text.to_owned()).to_string();
    quoted.trim_start_matches('"').strip_suffix('"').unwrap().to_owned()
}
