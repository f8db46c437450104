//! Situations of a registrar, by name, and what the doctor says of each.

use std::io::ErrorKind;
use std::time::Duration;

use tim_offline_push::account::UserId;
use tim_offline_push::certificate::{BusinessId, Certificates};
use tim_offline_push::device::DeviceFacts;
use tim_offline_push::doctor::{PhoneCheck, PhoneReport, ReportVerdict};
use tim_offline_push::finding::Severity;
use tim_offline_push::notification::{DataMessage, Payload};
use tim_offline_push::registrar::{Configuration, Event, Lane, Registrar};
use tim_offline_push::secret::Secret;
use tim_offline_push::testing::{Ask, Phone, Reply};
use tim_offline_push::time::{MonotonicTime, Now, UnixTime};
use tim_offline_push::vendor::{TokenKind, Vendor};

use crate::rig::{Rig, certificates, configuration, configured, login, phone, steady, token};

/// The situations that the catalogue names.
#[expect(clippy::too_many_lines, reason = "one arm for each situation")]
pub(crate) fn situation(name: &str) -> PhoneCheck {
    match name {
        "all is well" => of(&well()),
        "nobody is logged in" => {
            let mut rig = Rig::registering(steady());
            rig.tell_all([token(Vendor::Xiaomi, TOKEN)]);
            of(&rig)
        }
        "the vendor SDK has not answered yet" => {
            let mut rig = Rig::registering(steady());
            rig.tell_all([login("alice")]);
            of(&rig)
        }
        "the vendor of the token has no certificate" => {
            let mut rig = well();
            let none = Configuration::new(Certificates::new(), [Vendor::Xiaomi]);
            rig.tell(configured(none));
            of(&rig)
        }
        "the maker's SDK is silent and another one serves" => {
            let mut rig = Rig::registering(steady());
            rig.tell_all([login("alice")]);
            rig.pass(10_000);
            rig.tell_all([token(Vendor::Fcm, "fUjyKUVSR4O7Tq2fRNDQ:APA91bE")]);
            rig.tell_all([rig.done()]);
            of(&rig)
        }
        "bound, and an earlier report may still land" => {
            let mut rig = well();
            rig.tell_all([login("bob")]);
            rig.tell_all([rig.done()]);
            of(&rig)
        }
        "a token of a vendor without certificate beside one that serves" => {
            let mut rig = well();
            rig.tell_all([token(Vendor::Fcm, "fUjyKUVSR4O7Tq2fRNDQ:APA91bE")]);
            of(&rig)
        }
        "a vivo token of eight days" => of(&vivo(8)),
        "a vivo token of six days" => of(&vivo(6)),
        "an OPPO token given as Xiaomi's" => {
            let mut rig = Rig::registering(steady());
            rig.tell_all([login("alice"), token(Vendor::Xiaomi, "OPPO_CN_b6bbd94b59cdb5df8391642c1509b7fe")]);
            of(&rig)
        }
        "a new token twenty times" => {
            let mut rig = well();
            for number in 0..20 {
                rig.tell_all([token(Vendor::Xiaomi, &format!("{TOKEN}{number}"))]);
                rig.tell_all([rig.done()]);
            }
            of(&rig)
        }
        "notifications are not allowed" => of(&well()).with_notifications_allowed(false),
        "notifications are allowed" => of(&well()).with_notifications_allowed(true),
        "the notification channel is off" => of(&well()).with_channel_enabled(Vendor::Xiaomi, false),
        "the notification channel is on" => of(&well()).with_channel_enabled(Vendor::Xiaomi, true),
        "a logout was never answered" => {
            let mut rig = Rig::registering(steady());
            rig.tell_all([login("alice"), token(Vendor::Xiaomi, TOKEN)]);
            rig.tell_all([Event::LoggedOut { session: rig.session() }]);
            rig.tell_all([login("bob")]);
            of(&rig)
        }
        "Huawei answered 6003" => {
            let mut rig = Rig::new(steady());
            rig.tell_all([configured(configuration(&[Vendor::Huawei])), phone("HUAWEI"), login("alice")]);
            let id = rig.registration.unwrap();
            rig.tell_all([Event::VendorFailed { id, code: 6003_i64.into() }]);
            of(&rig)
        }
        "the server answered 22001" => {
            let mut rig = Rig::registering(steady());
            rig.tell_all([login("alice"), token(Vendor::Xiaomi, TOKEN)]);
            rig.tell_all([rig.failed(22001)]);
            of(&rig)
        }
        "the server refused the VoIP token only" => of(&voip_refused(6017)),
        "FCM is elected" => {
            let mut rig = Rig::new(steady());
            let text = "abcdefghijklmnopqrstuv:APA91babcdefghijkl";
            rig.tell_all([
                configured(configuration(&[Vendor::Fcm])),
                phone("google"),
                login("alice"),
                token(Vendor::Fcm, text),
            ]);
            rig.tell_all([rig.done()]);
            of(&rig)
        }
        "the store fails" => {
            let mut rig = Rig::registering(steady());
            rig.stores = false;
            rig.tell_all([login("alice"), token(Vendor::Xiaomi, TOKEN)]);
            let version = rig.version.unwrap();
            rig.tell(Event::StoreFailed { version, kind: ErrorKind::Other });
            of(&rig)
        }
        "an OPPO phone without a notification channel" => {
            let mut rig = Rig::new(steady());
            let none = Configuration::new(certificates(), [Vendor::Oppo]);
            rig.tell_all([configured(none), phone("OPPO"), login("alice")]);
            rig.tell_all([token(Vendor::Oppo, "OPPO_CN_b6bbd94b59cdb5df8391642c1509b7fe")]);
            rig.tell_all([rig.done()]);
            of(&rig)
        }
        "the presence call is refused" => {
            let mut rig = well();
            rig.tell_all([Event::Foreground]);
            rig.tell_all([Event::PresenceFailed { id: rig.presence.unwrap(), code: 6017.into() }]);
            of(&rig)
        }
        "the app has never said where it is" => {
            let mut rig = well();
            rig.pass(3_700_000);
            of(&rig)
        }
        "arrivals are never confirmed" => {
            push_events(&[Reply::silence(), Reply::silence(), Reply::silence()])
        }
        "arrivals are confirmed" => push_events(&[]),
        "the store takes no call" => {
            let mut rig = well();
            let now = rig.now();
            rig.machine.handle(now, token(Vendor::Xiaomi, &format!("{TOKEN}2")));
            while rig.machine.poll_effect_on(|lane| lane != Lane::Store).is_some() {}
            rig.millis += 3_000;
            let now = rig.now();
            rig.machine.handle_timeout(now);
            of(&rig)
        }
        "the registrar was shut down" => {
            let phone = Phone::new();
            let push = started(&phone);
            push.shutdown();
            PhoneCheck::new(push.diagnose())
        }
        _ => panic!("no situation {name}"),
    }
}

const SHOWN: &str = r#"{"IMTitle":"denny","ext":"{}","clickExt":"p1"}"#;

fn started(phone: &Phone) -> Registrar {
    let certificates = Certificates::new().with(Vendor::Xiaomi, BusinessId::new(30207).unwrap());
    let device = DeviceFacts::from_getprop("[ro.product.manufacturer]: [Xiaomi]").unwrap();
    let push = phone.registrar(certificates).start(device).unwrap();
    push.logged_in(UserId::new("alice").unwrap());
    push
}

/// A phone whose IM client answers so to an arrival.
fn push_events(replies: &[Reply]) -> PhoneCheck {
    let phone = Phone::new();
    phone.script(Ask::PushEvents, replies.to_vec());
    let push = started(&phone);
    push.arrived(&DataMessage::read(&Payload::from_json(SHOWN).unwrap()).unwrap());
    phone.advance(Duration::from_secs(40));
    PhoneCheck::new(push.diagnose())
}

const TOKEN: &str = "d//igwEhgBGCI2TG6lWq";

/// A Xiaomi phone whose token is acknowledged.
fn well() -> Rig {
    let mut rig = Rig::registering(steady());
    rig.tell_all([login("alice"), token(Vendor::Xiaomi, TOKEN)]);
    rig.tell_all([rig.done()]);
    rig
}

/// An Apple phone whose standard token is acknowledged, and whose VoIP token is not.
fn voip_refused(code: i32) -> Rig {
    let mut rig = Rig::new(steady());
    rig.tell_all([configured(configuration(&[Vendor::Apns])), phone("Apple"), login("alice")]);
    rig.tell_all([token(Vendor::Apns, &"ab".repeat(32))]);
    let voip =
        Event::Token { vendor: Vendor::Apns, kind: TokenKind::Voip, text: Secret::new("cd".repeat(32)) };
    rig.tell_all([rig.done(), voip]);
    rig.tell_all([rig.failed(code)]);
    rig
}

fn of(rig: &Rig) -> PhoneCheck {
    PhoneCheck::new(rig.machine.diagnose())
}

fn vivo(days: i64) -> Rig {
    let mut rig = Rig::new(steady());
    rig.tell_all([configured(configuration(&[Vendor::Vivo])), phone("vivo"), login("alice")]);
    rig.tell_all([token(Vendor::Vivo, "15659158930000000000064")]);
    rig.tell_all([rig.done()]);
    let later = UnixTime::from_secs(1_800_000_000 + days * 24 * 3600);
    rig.machine.handle_timeout(Now::new(MonotonicTime::from_millis(rig.millis), later));
    rig
}

fn report(name: &str) -> PhoneReport {
    situation(name).check()
}

#[test]
fn a_phone_that_is_well_is_ready_and_nothing_is_said() {
    let report = report("all is well");
    assert_eq!((report.verdict(), report.findings()), (ReportVerdict::Clean, [].as_slice()));
    assert_eq!(report.console_losses().len(), 0);
    assert_eq!(report.diagnosis().blocked_by, None);
}

#[test]
fn the_verdict_follows_from_the_gravest_finding() {
    for (name, verdict) in [
        ("nobody is logged in", ReportVerdict::Errors),
        ("the vendor SDK has not answered yet", ReportVerdict::Warnings),
        ("the vendor of the token has no certificate", ReportVerdict::Errors),
        ("a vivo token of eight days", ReportVerdict::Clean),
        ("bound, and an earlier report may still land", ReportVerdict::Warnings),
        ("a token of a vendor without certificate beside one that serves", ReportVerdict::Clean),
        ("a vivo token of six days", ReportVerdict::Clean),
        ("a new token twenty times", ReportVerdict::Warnings),
        ("notifications are not allowed", ReportVerdict::Errors),
        ("the notification channel is off", ReportVerdict::Errors),
        ("Huawei answered 6003", ReportVerdict::Errors),
        ("the server answered 22001", ReportVerdict::Errors),
        ("the server refused the VoIP token only", ReportVerdict::Warnings),
    ] {
        assert_eq!(report(name).verdict(), verdict, "{name}: {}", report(name));
    }
}

/// Support sees these codes in Tencent's console.
#[test]
fn losses_are_those_of_tencents_console() {
    let losses = |name| report(name).console_losses().collect::<Vec<_>>();
    assert_eq!(losses("all is well"), [0_i32; 0]);
    assert_eq!(losses("nobody is logged in"), [-2]);
    assert!(losses("the vendor of the token has no certificate").contains(&-1));
}

#[test]
fn the_first_cause_and_its_remedy_are_told() {
    let report = report("nobody is logged in");
    let blocker = report.diagnosis().blocked_by.as_ref().unwrap();
    assert!(blocker.cause.contains("nobody is logged in"));
    let finding = report.findings().iter().find(|finding| finding.rule().id() == "phone-blocked").unwrap();
    assert_eq!(finding.fix(), blocker.fix);
}

/// Whether the report is parked or tried again: ordinary pushes arrive all the same.
#[test]
fn a_failed_voip_report_is_a_warning_and_so_is_the_code_behind_it() {
    for code in [6017, 22001, 20004] {
        let mut rig = voip_refused(code);
        let report = of(&rig).check();
        let told: Vec<_> =
            report.findings().iter().map(|finding| (finding.rule().id(), finding.severity())).collect();
        assert_eq!(
            told,
            [("phone-voip-blocked", Severity::Warning), ("im-code", Severity::Warning)],
            "{code}"
        );
        assert_eq!(report.verdict(), ReportVerdict::Warnings, "{code}");
        assert_eq!(report.console_losses().len(), 0);
        // Once it is acknowledged, the code is history.
        rig.tell_all([Event::UserRetry]);
        rig.tell_all([rig.done()]);
        let report = of(&rig).check();
        assert_eq!(report.verdict(), ReportVerdict::Clean, "{code}: {report}");
    }
}

/// A code that a success has overtaken is history.
#[test]
fn a_code_of_the_past_is_a_note() {
    let mut rig = Rig::registering(steady());
    rig.tell_all([login("alice"), token(Vendor::Xiaomi, TOKEN)]);
    rig.tell_all([rig.failed(22001)]);
    rig.tell_all([Event::UserRetry]);
    rig.tell_all([rig.done()]);
    let report = of(&rig).check();
    let code = report.findings().iter().find(|finding| finding.rule().id() == "im-code").unwrap();
    assert_eq!(code.severity(), Severity::Note);
    assert_eq!(report.verdict(), ReportVerdict::Clean);
}

/// A silent week with vivo and a silent month with the others that document one.
#[test]
fn every_documented_lifetime_counts() {
    for (vendor, maker, text, days) in [
        (Vendor::Oppo, "OPPO", "b6bbd94b59cdb5df8391642c1509b7fe", 30),
        (Vendor::Huawei, "HUAWEI", "IQAAAACy0123456789abcdef", 30),
        (Vendor::Fcm, "google", "abcdefghijklmnopqrstuv:APA91babcdefghijkl", 30),
        (Vendor::Fcm, "google", "abcdefghijklmnopqrstuv:APA91babcdefghijkl", 270),
    ] {
        for (age, old) in [(days - 1, days == 270), (days, true)] {
            let mut rig = Rig::new(steady());
            let configuration = Configuration::new(certificates(), [vendor]);
            rig.tell_all([configured(configuration), phone(maker), login("alice"), token(vendor, text)]);
            let later = UnixTime::from_secs(1_800_000_000 + age * 24 * 3600);
            rig.machine.handle_timeout(Now::new(MonotonicTime::from_millis(rig.millis), later));
            let report = of(&rig).check();
            let found = report.findings().iter().find(|finding| finding.rule().id() == "token-old");
            assert_eq!(found.is_some(), old, "{vendor} at {age} days");
            if age == 270 {
                assert!(found.unwrap().cause().contains("is dead"), "{found:?}");
            }
        }
    }
}
