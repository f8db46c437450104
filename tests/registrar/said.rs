//! What is said to people: when it is said, and in which words.

use std::io::ErrorKind;
use std::time::Duration;

use tim_offline_push::registrar::{
    Blocker, Event, Lane, NoticeCode, Policy, PolicySettings, Region, StateName,
};
use tim_offline_push::time::{Now, UnixTime};
use tim_offline_push::vendor::{TokenKind, Vendor};

use super::rig::{Rig, configuration, configured, login, phone, steady, token};

#[test]
fn a_switch_warns_unless_the_server_is_known_to_have_nothing() {
    let warns = |rig: &mut Rig| {
        rig.effects.clear();
        rig.tell_all([login("bob")]);
        let warned = rig.drain().contains(&"Notice(AccountPossiblyBound)".to_owned());
        assert_eq!(warned, rig.machine.possibly_bound().count() == 1);
        warned
    };
    let mut rig = Rig::bound(steady());
    assert!(warns(&mut rig.clone()), "bound for certain");
    let mut off = rig.clone();
    off.tell_all([Event::PushDisabled]);
    assert!(warns(&mut off.clone()), "the report is under way");
    off.tell_all([off.done()]);
    assert!(!warns(&mut off), "unbound for certain");
    rig.tell_all([Event::LogoutRequested { session: rig.session() }]);
    assert!(!warns(&mut rig), "logged out before");
}

#[test]
fn a_diagnosis_tells_times_as_people_do() {
    let mut rig = Rig::registering(steady());
    let said = rig.machine.diagnose().to_string();
    assert!(said.contains("election: Registering (Xiaomi), waits for an answer for at most 10 s"), "{said}");
    rig.tell_all([login("alice"), token(Vendor::Xiaomi, "xiaomi-1")]);
    let said = rig.machine.diagnose().to_string();
    assert!(said.contains("binding: Reporting, waits for an answer for at most 15 s"), "{said}");
    rig.tell_all([rig.done()]);
    rig.pass(300_000);
    let said = rig.machine.diagnose().to_string();
    let again = said.lines().find(|line| line.starts_with("  binding: Bound, reported again in ")).unwrap();
    let hours: u32 = again.split_whitespace().rev().nth(3).unwrap().parse().unwrap();
    assert!(again.ends_with(" min") && again.contains(" h ") && (20..28).contains(&hours), "{said}");
    assert!(said.contains("\n  reports since the last start: 1 begun, 1 acknowledged"), "{said}");
}

/// How often this notice was given since it was last asked, over the next deadlines.
fn times(rig: &mut Rig, notice: &str, deadlines: usize) -> usize {
    for _ in 0..deadlines {
        rig.reach_deadline();
    }
    rig.drain().iter().filter(|effect| *effect == notice).count()
}

/// A phone with one vendor, whose SDK was just asked for a token of this kind.
fn asked(settings: PolicySettings, kind: TokenKind, busy: Option<Lane>) -> Rig {
    let (vendor, maker) =
        if kind == TokenKind::Voip { (Vendor::Apns, "Apple") } else { (Vendor::Fcm, "google") };
    let mut rig = Rig::new(settings);
    rig.busy = busy;
    rig.tell_all([configured(configuration(&[vendor])), phone(maker)]);
    if kind == TokenKind::Voip {
        rig.tell_all([token(vendor, &"ab".repeat(32))]);
    }
    rig
}

#[test]
fn a_silence_is_said_once_in_a_streak_whatever_failed_before_it() {
    let silent = "Notice(VendorSilent)";
    let mut flat = steady();
    flat.backoff_factor = 1;
    for (settings, kind, fails, busy) in [
        (steady(), TokenKind::Standard, false, None),
        (steady(), TokenKind::Voip, false, None),
        (steady(), TokenKind::Standard, true, None),
        (steady(), TokenKind::Voip, true, None),
        (steady(), TokenKind::Standard, false, Some(Lane::Vendor(Vendor::Fcm))),
        (steady(), TokenKind::Voip, false, Some(Lane::Vendor(Vendor::Apns))),
        (flat.clone(), TokenKind::Standard, false, None),
        (flat, TokenKind::Voip, true, None),
    ] {
        let mut rig = asked(settings, kind, busy);
        if fails {
            rig.tell_all([Event::VendorFailed { id: rig.registration.unwrap(), code: (-987_654).into() }]);
        }
        if busy.is_some() {
            assert_eq!(times(&mut rig, silent, 1), 0);
            rig.busy = None;
        }
        assert_eq!(times(&mut rig, silent, 12), 1, "{kind} fails: {fails}, {busy:?}");
        // A code in between makes it no news.
        rig.tell(Event::VendorFailed { id: rig.registration.unwrap(), code: (-987_654).into() });
        assert_eq!(times(&mut rig, silent, 8), 0, "{kind} fails: {fails}, {busy:?}");
        rig.tell(Event::UserRetry);
        assert_eq!(times(&mut rig, silent, 8), 1, "{kind} fails: {fails}, {busy:?}: another streak");
    }
}

#[test]
fn why_a_write_failed_is_said_once_for_each_reason() {
    let failed = "Notice(StoreFailed)";
    let mut rig = Rig::registering(steady());
    rig.stores = false;
    rig.tell_all([token(Vendor::Xiaomi, "xiaomi-1")]);
    for (kind, expected) in [
        (ErrorKind::StorageFull, 1),
        (ErrorKind::StorageFull, 0),
        (ErrorKind::ResourceBusy, 1),
        (ErrorKind::StorageFull, 0),
    ] {
        rig.tell_all([Event::StoreFailed { version: rig.version.unwrap(), kind }]);
        assert_eq!(times(&mut rig, failed, 1), expected, "{kind}");
    }
    rig.tell_all([Event::Stored { version: rig.version.unwrap() }, token(Vendor::Xiaomi, "xiaomi-2")]);
    rig.tell_all([Event::StoreFailed { version: rig.version.unwrap(), kind: ErrorKind::StorageFull }]);
    assert_eq!(times(&mut rig, failed, 0), 1);
}

/// The folder is as good as ever: the host holds the store's thread.
#[test]
fn a_write_that_nobody_took_is_no_failed_write() {
    let mut rig = asked(steady(), TokenKind::Standard, Some(Lane::Store));
    rig.tell_all([token(Vendor::Fcm, "fcm-1"), login("alice")]);
    rig.pass(2_000);
    let effects = rig.drain();
    let notices: Vec<_> = effects.iter().filter(|effect| effect.starts_with("Notice")).collect();
    assert_eq!(notices, ["Notice(HostBusy)"]);
    rig.tell_all([rig.done()]);
    let blocker = rig.machine.diagnose().blocked_by.unwrap();
    assert_eq!(blocker.notice, Some(NoticeCode::HostBusy));
    assert!(blocker.cause.ends_with(": the store"), "{}", blocker.cause);
}

/// The reports of a phone whose first failures come after 0 s, 1 s, 3 s and 7 s; the number of the one at
/// which a notice says that the failure persists, if one of these does.
fn persists_at(settings: &PolicySettings) -> Option<usize> {
    let mut rig = Rig::registering(settings.clone());
    rig.tell_all([login("alice"), token(Vendor::Xiaomi, "xiaomi-1")]);
    (1..=4).find(|_| {
        while rig.state(Region::Binding) != StateName::Reporting {
            rig.reach_deadline();
        }
        rig.tell_all([rig.failed(20_004)]);
        rig.drain().contains(&"Notice(ReportKeepsFailing)".to_owned())
    })
}

#[test]
fn a_failure_persists_from_the_number_and_the_time_of_the_policy_on() {
    let mut settings = steady();
    settings.persist_failures = 3;
    for (millis, expected) in [(1, 3), (3_000, 3), (3_001, 4), (7_000, 4)] {
        settings.persist_after = Duration::from_millis(millis);
        assert_eq!(persists_at(&settings), Some(expected), "{millis} ms");
    }
    settings.persist_failures = 1;
    settings.persist_after = Duration::from_secs(1);
    assert_eq!(persists_at(&settings), Some(2));
}

#[test]
fn no_failure_persists_where_the_policy_says_never() {
    let mut settings = steady();
    settings.persist_failures = 3;
    settings.persist_after = Policy::MAX_DELAY;
    settings.backoff_base = Policy::MAX_DELAY / 2;
    settings.backoff_cap_foreground = settings.backoff_base;
    assert_eq!(persists_at(&settings), None);
}

#[test]
fn a_token_that_the_server_refused_is_no_report_that_keeps_failing() {
    let mut settings = steady();
    settings.persist_failures = 2;
    settings.persist_after = Duration::from_secs(1);
    let mut rig = Rig::registering(settings);
    rig.tell_all([login("alice"), token(Vendor::Xiaomi, "xiaomi-1")]);
    let says_so = |rig: &Rig| {
        let blocker = rig.machine.diagnose().blocked_by.unwrap();
        blocker.notice == Some(NoticeCode::ReportKeepsFailing)
    };
    while !says_so(&rig) {
        rig.tell_all([rig.failed(20_004)]);
        while rig.state(Region::Binding) != StateName::Reporting {
            rig.reach_deadline();
        }
    }
    rig.tell_all([rig.failed(22_003), token(Vendor::Xiaomi, "xiaomi-2")]);
    assert_eq!(rig.state(Region::Binding), StateName::Reporting);
    assert!(!says_so(&rig), "the next token is reported: {}", rig.machine.diagnose());
    rig.tell_all([rig.failed(20_004)]);
    assert!(says_so(&rig), "{}", rig.machine.diagnose());
}

#[test]
fn the_code_0_is_no_error() {
    let mut rig = Rig::registering(steady());
    rig.tell_all([login("alice"), token(Vendor::Xiaomi, "xiaomi-1")]);
    rig.tell_all([rig.failed(0)]);
    assert_eq!(rig.state(Region::Binding), StateName::Bound);
    let counters = rig.machine.counters();
    assert_eq!((counters.reports_done, counters.reports_failed, counters.last_im_code), (1, 0, None));
}

#[test]
fn busy_vendors_are_named_in_the_usual_order() {
    let mut rig = Rig::new(steady());
    // Nobody takes anything, so both SDKs are waited for in vain.
    rig.tell_untaken(configured(configuration(&[Vendor::Fcm, Vendor::Honor])));
    rig.tell_untaken(phone("HONOR"));
    for _ in 0..8 {
        let due = rig.machine.poll_timeout().unwrap();
        rig.machine.handle_timeout(Now::new(due, UnixTime::from_secs(0)));
    }
    rig.tell_untaken(Event::PushDisabled);
    let diagnosis = rig.machine.diagnose();
    let busy = |blocker: &&Blocker| blocker.notice == Some(NoticeCode::HostBusy);
    let mut causes = diagnosis.also.iter().filter(busy).map(|blocker| blocker.cause.as_str());
    assert!(causes.next().is_some_and(|cause| cause.ends_with(": the FCM SDK")), "{diagnosis}");
    assert!(causes.next().is_some_and(|cause| cause.ends_with(": the Honor SDK")), "{diagnosis}");
}
