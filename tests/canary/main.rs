//! A canary token and canary accounts, through everything the register example plays and more: none of it is
//! ever seen in a log line, a `Debug`, an error, a notice, a diagnosis or a timeline. And the log keeps its
//! contract.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::wildcard_enum_match_arm,
    reason = "a test stops at the first thing that is not as expected"
)]

mod foreign_text;
#[path = "../../examples/register/scenarios.rs"]
mod scenarios;
#[allow(dead_code, reason = "the canary has a cast of its own")]
#[path = "../../examples/register/stage.rs"]
mod stage;
mod stories;
#[path = "../../examples/register/timeline.rs"]
mod timeline;
#[path = "../../examples/register/why.rs"]
mod why;

use std::cell::RefCell;
use std::sync::Once;
use std::time::Duration;

use log::Level;
use tim_offline_push::account::UserId;
use tim_offline_push::certificate::{BusinessId, Certificates};
use tim_offline_push::device::DeviceFacts;
use tim_offline_push::doctor::PhoneCheck;
use tim_offline_push::ext::Ext;
use tim_offline_push::notification::Tap;
use tim_offline_push::registrar::{Diagnosis, Outcome, Policy, Registrar, Unread};
use tim_offline_push::testing::{Ask, Phone, Record, Reply};
use tim_offline_push::vendor::{TokenKind, Vendor};

use scenarios::SCENARIOS;
use stage::{Cast, Setup, Stage};

/// With a digit, as tokens have: letters alone may be the name of an error code.
const CANARY: &str = "canary7";

fn token(vendor: Vendor, number: u32) -> String {
    format!("CANARY7token{}{number}", vendor.as_str())
}

fn account(name: &str) -> UserId {
    UserId::new(format!("Canary7-{name}")).unwrap()
}

fn certificates() -> Certificates {
    let android = [Vendor::Xiaomi, Vendor::Huawei, Vendor::Oppo, Vendor::Fcm];
    android.into_iter().fold(Certificates::new(), |certificates, vendor| {
        certificates.with(vendor, BusinessId::new(30207).unwrap())
    })
}

fn assert_silent(what: &str, text: &str) {
    let text = text.to_lowercase();
    if let Some(found) = text.find(CANARY) {
        let around: String = text.chars().skip(found.saturating_sub(80)).take(160).collect();
        panic!("{what}: {around}");
    }
}

#[test]
fn no_scenario_sings() {
    let mut lines = 0;
    for brand in ["Xiaomi", "HUAWEI", "OPPO", "google"] {
        for scenario in SCENARIOS {
            let setup = Setup {
                certificates: certificates(),
                device: DeviceFacts::from_getprop(&format!("[ro.product.brand]: [{brand}]")).unwrap(),
                policy: Policy::default(),
                cast: Cast { alice: account("alice"), bob: account("bob"), token },
            };
            let (log, ()) = capture(|| {
                let mut stage = Stage::new(&setup);
                (scenario.play)(&mut stage);
                assert_silent("Debug of everything", &format!("{stage:?}"));
                let (timeline, diagnosis) = stage.finish();
                assert_silent("timeline", &timeline.to_string());
                assert_silent("lines", &serde_json::to_string(timeline.lines()).unwrap());
                let diagnosis = diagnosis.unwrap();
                assert_silent("diagnosis", &diagnosis.to_string());
                assert_silent("diagnosis in JSON", &serde_json::to_string(&diagnosis).unwrap());
                assert_silent("diagnosis in Debug", &format!("{diagnosis:?}"));
            });
            for line in &log {
                assert_silent("log", &line.text);
            }
            lines += log.len();
        }
    }
    assert!(lines > 2_000, "{lines} lines");
}

#[test]
fn bad_input_does_not_sing_either() {
    let phone = Phone::new();
    let setup = || {
        phone.otherwise(Vendor::Xiaomi, Reply::token(token(Vendor::Xiaomi, 1)));
        phone.script(Vendor::Xiaomi, [Reply::token("canary7 token"), Reply::failed("Canary7:CANARY7_TOKEN")]);
        phone.script(
            Ask::Report,
            [Reply::failed("canary7TOKEN"), Reply::failed(22004), Reply::panic(), Reply::lost()],
        );
        phone.script(Ask::Save, [Reply::panic(), Reply::failed("canary7")]);
        phone.put_stored(b"canary7, and no snapshot".to_vec());
    };
    let (log, shown) = capture(|| {
        setup();
        let device = DeviceFacts::from_getprop("[ro.product.brand]: [Xiaomi]").unwrap();
        let push = phone.registrar(certificates()).start(device).unwrap();
        let session = push.logged_in(account("alice"));
        let mut shown = Vec::new();
        let too_long = CANARY.repeat(100);
        for text in ["canary7\ttoken", "\"canary7\"", "canary7%2Ftoken", too_long.as_str()] {
            for vendor in Vendor::ALL.iter().copied() {
                for kind in TokenKind::ALL.iter().copied() {
                    shown.push(format!("{:?}", push.token_received(vendor, kind, text)));
                }
            }
        }
        let ext = Ext::from_text(r#"{"entity":{"sender":"canary7","content":"canary7"}}"#);
        let tap = Tap::from_ext(Some(Vendor::Xiaomi), &ext).unwrap().with_account(account("carol"));
        shown.push(format!("{tap:?}{:?}", push.tapped(tap.clone().with_message_id("canary7"))));
        shown.push(format!(
            "{:?}",
            push.vendor_failed(Vendor::Xiaomi, TokenKind::Standard, "the canary7 sings")
        ));
        shown.push(format!("{:?}", Outcome::token("canary7")));
        push.host_ready();
        push.enter_background(Unread::new(1));
        phone.advance(Duration::from_secs(5_000));
        push.token_received(Vendor::Xiaomi, TokenKind::Standard, token(Vendor::Xiaomi, 2));
        phone.advance(Duration::from_secs(5_000));
        push.logged_in(account("carol"));
        phone.advance(Duration::from_secs(5_000));
        push.disable_push();
        push.withdraw_consent();
        push.kicked_off(session);
        shown.push(format!("{push:?}{phone:?}{}{:?}", push.diagnose(), push.diagnose()));
        shown.extend(phone.journal().notices().iter().map(ToString::to_string));
        shown.join("\n")
    });
    assert_silent("shown", &shown);
    for line in &log {
        assert_silent("log", &line.text);
    }
    // The canary was in play: it was reported, and stored.
    let reported = phone.reports();
    assert!(reported.iter().any(|binding| {
        binding.token().is_some_and(|token| token.expose_secret().starts_with("CANARY7token"))
    }));
    let stored = String::from_utf8(phone.stored().unwrap()).unwrap();
    assert!(stored.contains("Canary7-"), "{stored}");
    assert!(log.iter().any(|line| line.level == Level::Error && line.text.ends_with("panicked")));
}

#[test]
fn the_log_keeps_its_contract() {
    let phone = Phone::new();
    phone.script(Ask::Report, [Reply::failed(22001)]);
    let (log, push) = capture(|| {
        let push = start(&phone);
        phone.advance(Duration::from_secs(120));
        push
    });
    assert!(push.diagnose().reachable);
    assert!(log.iter().all(|line| line.target == "tim_offline_push::registrar"), "{log:?}");

    let of =
        |level| log.iter().filter(move |line| line.level == level).map(|line| line.text.as_str()).collect();
    let transitions = |entries: Vec<tim_offline_push::testing::Entry>| -> Vec<String> {
        let transition = |entry: &tim_offline_push::testing::Entry| match entry.record {
            Record::Transition(transition) => Some(transition.to_string()),
            _ => None,
        };
        entries.iter().filter_map(transition).collect()
    };
    let info: Vec<&str> = of(Level::Info);
    assert!(info[0].starts_with(concat!("tim-offline-push ", env!("CARGO_PKG_VERSION"), ", incarnation ")));
    assert_eq!(log[0].text, info[0], "the first line of all");
    assert_eq!(info[1..], transitions(phone.journal().entries()));
    assert!(info.contains(&"binding: Reporting -> Bound"));

    let warn: Vec<&str> = of(Level::Warn);
    assert_eq!(warn.len(), 1, "{warn:?}");
    assert!(warn[0].contains("22001"), "the code: {}", warn[0]);
    assert!(warn[0].contains("console"), "the fix: {}", warn[0]);

    let debug: Vec<&str> = of(Level::Debug);
    let reports = debug.iter().filter(|text| text.starts_with("report ")).count();
    assert_eq!(reports, phone.reports().len());
    assert!(debug.iter().any(|text| text.contains("under certificate 30207")));
    assert!(debug.contains(&"LoggedIn: applied"));
    assert!(of(Level::Error).is_empty() && of(Level::Trace).is_empty());
}

#[test]
fn the_log_says_how_an_answer_was_lost() {
    for (reply, how) in [
        (Reply::dropped(), ": its completion was dropped"),
        (Reply::panic(), ": the host panicked"),
        (Reply::lost(), ": the host does not know the outcome"),
    ] {
        let phone = Phone::new();
        phone.script(Ask::Report, [reply]);
        let (log, _push) = capture(|| start(&phone));
        let said = |line: &LogLine| line.text.starts_with("report ") && line.text.ends_with(how);
        assert_eq!(log.iter().filter(|line| said(line)).count(), 1, "{how}: {log:?}");
    }
}

fn start(phone: &Phone) -> Registrar {
    let device = DeviceFacts::from_getprop("[ro.product.brand]: [Xiaomi]").unwrap();
    let push = phone.registrar(certificates()).start(device).unwrap();
    push.logged_in(account("alice"));
    push
}

/// Every way of losing an answer, every refused text, every failing store, and codes that persist.
#[test]
fn no_fault_sings() {
    let (log, shown) = capture(|| {
        let mut shown = Vec::new();
        for text in ["CANARY7 token", "canary7\ttoken", "'CANARY7'", "CANARY7%3D"] {
            let phone = Phone::new();
            phone.otherwise(Vendor::Xiaomi, Reply::token(text));
            phone.otherwise(Vendor::Fcm, Reply::failed("CANARY7_IS_NOT_AVAILABLE: canary7"));
            let push = start(&phone);
            phone.advance(Duration::from_secs(7_200));
            shown.push(all_of(&phone, &push));
        }
        let replies =
            [Reply::dropped(), Reply::panic(), Reply::lost(), Reply::silence(), Reply::failed(9508)];
        for reply in replies {
            let phone = Phone::new();
            phone.otherwise(Vendor::Xiaomi, Reply::token(token(Vendor::Xiaomi, 1)));
            phone.otherwise(Ask::Report, reply);
            phone.otherwise(Ask::Save, Reply::failed("canary7: no space left on /data/CANARY7"));
            let push = start(&phone);
            phone.advance(Duration::from_secs(7_200));
            push.logged_in(account("bob"));
            phone.advance(Duration::from_secs(7_200));
            shown.push(all_of(&phone, &push));
        }
        shown.join("\n")
    });
    assert_silent("shown", &shown);
    for line in &log {
        assert_silent("log", &line.text);
    }
    assert!(shown.contains("token_refused") && shown.contains("report_keeps_failing"), "{shown}");
}

/// What a user may send of a phone.
fn all_of(phone: &Phone, push: &Registrar) -> String {
    let diagnosis = push.diagnose();
    let json = serde_json::to_string(&diagnosis).unwrap();
    let notices = phone.journal().notices();
    let report = PhoneCheck::new(Diagnosis::read(&json).unwrap()).check();
    let notices: Vec<String> = notices.iter().map(|notice| format!("{notice}\n{notice:?}\n")).collect();
    let notices = notices.concat();
    let report_json = serde_json::to_string(&report).unwrap();
    format!("{diagnosis}\n{diagnosis:?}\n{json}\n{notices}{report}\n{report:?}\n{report_json}\n")
}

#[derive(Clone, Debug)]
struct LogLine {
    level: Level,
    target: String,
    text: String,
}

thread_local! {
    static LINES: RefCell<Vec<LogLine>> = const { RefCell::new(Vec::new()) };
}

/// Does something, and keeps what this thread logs meanwhile.
fn capture<T>(deed: impl FnOnce() -> T) -> (Vec<LogLine>, T) {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        log::set_logger(&Capturing).unwrap();
        log::set_max_level(log::LevelFilter::Trace);
    });
    LINES.with(|lines| lines.borrow_mut().clear());
    let value = deed();
    (LINES.with(RefCell::take), value)
}

struct Capturing;

impl log::Log for Capturing {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        let line = LogLine {
            level: record.level(),
            target: record.target().to_owned(),
            text: record.args().to_string(),
        };
        LINES.with(|lines| lines.borrow_mut().push(line));
    }

    fn flush(&self) {}
}
