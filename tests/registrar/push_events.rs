//! Arrivals and clicks: made once, kept until confirmed, sent under their own account, and bounded.

use std::time::Duration;

use tim_offline_push::notification::{PushEvent, PushEventKind};
use tim_offline_push::registrar::{
    Effect, Event, IgnoredReason, Jitter, Lost, Machine, NoticeCode, Policy, PolicySettings, Region,
    StateName, Verdict,
};

use super::rig::{Rig, arrival, configuration, configured, login, origin, steady, tap, tap_of_push, user};

fn counting() -> PolicySettings {
    let mut settings = steady();
    settings.push_events = true;
    settings
}

fn rig() -> Rig {
    let mut rig = Rig::new(counting());
    rig.tell_all([configured(configuration(&[]))]);
    rig.effects.clear();
    rig
}

/// All that was sent, in the order of the calls.
fn sent(rig: &Rig) -> Vec<PushEvent> {
    let events = |effect: &Effect| match effect {
        Effect::ReportPushEvents { events, .. } => events.clone(),
        _ => Vec::new(),
    };
    rig.effects.iter().flat_map(events).collect()
}

fn ids(rig: &Rig) -> Vec<String> {
    sent(rig).iter().map(|event| event.push_id().as_str().to_owned()).collect()
}

fn confirm(rig: &mut Rig) {
    let id = rig.push_events.unwrap();
    rig.tell_all([Event::PushEventsReported { id }]);
}

fn fail(rig: &mut Rig, code: i32, retry_after: Option<Duration>) {
    let id = rig.push_events.unwrap();
    rig.tell_all([Event::PushEventsFailed { id, code: code.into(), retry_after }]);
}

#[test]
fn an_arrival_and_a_click_wait_for_the_login_over_a_restart() {
    let mut rig = rig();
    rig.tell_all([arrival("p1", None)]);
    rig.wall += 60;
    rig.tell_all([Event::Tapped(tap_of_push("p1", None))]);
    assert_eq!(sent(&rig), []);
    let mut next = rig.restart(2).0;
    next.tell_all([configured(configuration(&[])), login("alice")]);
    let sent = sent(&next);
    let told: Vec<_> = sent.iter().map(|event| (event.kind(), event.time().as_secs())).collect();
    assert_eq!(told, [(PushEventKind::Arrived, 1_800_000_000), (PushEventKind::Clicked, 1_800_000_060)]);
    confirm(&mut next);
    let counters = next.machine.counters().clone();
    assert_eq!((counters.push_events_reported, next.machine.diagnose().kept_push_events), (2, 0));
    // Confirmed is confirmed, in later processes too.
    let mut last = next.restart(3).0;
    last.tell_all([configured(configuration(&[])), login("alice")]);
    assert_eq!(last.tell(arrival("p1", None)), Verdict::Ignored(IgnoredReason::Unchanged));
    assert_eq!(self::sent(&last), []);
}

#[test]
fn what_is_not_confirmed_is_sent_again_after_a_kill() {
    let mut rig = rig();
    rig.tell_all([login("alice"), arrival("p1", None)]);
    assert_eq!(ids(&rig), ["p1"]);
    let mut next = rig.restart(2).0;
    next.tell_all([configured(configuration(&[])), login("bob")]);
    assert_eq!(ids(&next), Vec::<String>::new(), "it was sent under alice");
    next.tell_all([login("alice")]);
    assert_eq!(ids(&next), ["p1"]);
}

#[test]
fn none_is_sent_under_another_account() {
    let mut rig = rig();
    rig.tell_all([login("alice"), arrival("p1", Some("bob")), arrival("p2", Some("alice"))]);
    rig.tell_all([Event::Tapped(tap_of_push("p3", Some("bob"))), Event::Tapped(tap_of_push("p4", None))]);
    confirm(&mut rig);
    confirm(&mut rig);
    assert_eq!(ids(&rig), ["p2", "p4"]);
    rig.effects.clear();
    rig.tell_all([login("bob")]);
    assert_eq!(ids(&rig), ["p1", "p3"]);
    // An account of which a logout was requested starts nothing.
    rig.effects.clear();
    rig.tell_all([login("carol")]);
    rig.tell_all([Event::LogoutRequested { session: rig.session() }]);
    rig.tell_all([arrival("p5", Some("carol"))]);
    assert_eq!(ids(&rig), Vec::<String>::new());
}

/// A push that nobody states an account for is that of the account bound last, also while another one is on
/// its way in.
#[test]
fn an_event_belongs_to_the_account_bound_last() {
    let mut rig = Rig::bound(counting());
    rig.tell_all([Event::LogoutRequested { session: rig.session() }]);
    let session = rig.released.unwrap();
    rig.tell_all([Event::LoggedOut { session }, arrival("p1", None)]);
    rig.effects.clear();
    rig.tell_all([login("bob")]);
    assert_eq!(ids(&rig), Vec::<String>::new());
    rig.tell_all([login("alice")]);
    assert_eq!(ids(&rig), ["p1"]);
}

#[test]
fn at_most_twenty_go_in_one_call_and_sixty_four_are_kept() {
    let mut rig = rig();
    for number in 0..70 {
        rig.tell_all([arrival(&format!("p{number}"), Some("alice"))]);
    }
    assert_eq!(rig.machine.diagnose().kept_push_events, 64);
    assert_eq!(rig.machine.counters().push_events_dropped, 6);
    assert!(rig.drain().contains(&"Notice(PushEventDropped)".to_owned()));
    assert_eq!(rig.tell(arrival("p3", Some("alice"))), Verdict::Ignored(IgnoredReason::Unchanged));
    rig.tell_all([login("alice")]);
    for _ in 0..4 {
        confirm(&mut rig);
    }
    let calls: Vec<String> =
        rig.effects.iter().map(super::rig::words).filter(|word| word.starts_with("ReportPush")).collect();
    assert_eq!(calls, [20, 20, 20, 4].map(|count| format!("ReportPushEvents({count})")));
    let expected: Vec<String> = (6..70).map(|number| format!("p{number}")).collect();
    assert_eq!(ids(&rig), expected);
    // The snapshot stays small all the same.
    assert!(rig.machine.snapshot().len() < 2_048, "{}", rig.machine.snapshot().len());
}

#[test]
fn none_is_made_or_sent_while_the_consent_is_not_given() {
    let asks = || configured(configuration(&[]).with_consent_required(true));
    let mut rig = Rig::new(counting());
    rig.tell_all([asks(), login("alice")]);
    assert_eq!(rig.tell(arrival("p1", None)), Verdict::Ignored(IgnoredReason::NotCounted));
    rig.tell_all([Event::Tapped(tap_of_push("p2", None))]);
    assert_eq!(rig.machine.diagnose().kept_push_events, 0);
    rig.tell_all([Event::ConsentGranted, arrival("p1", None)]);
    assert_eq!(ids(&rig), ["p1"]);
    // A consent that does not read counts as not given; what was kept waits for the answer.
    let stored = String::from_utf8(rig.snapshot.clone()).unwrap();
    rig.snapshot = stored.replace("\"consent\":true", "\"consent\":7").into_bytes();
    let mut next = rig.restart(2).0;
    next.tell_all([configured(configuration(&[])), login("alice")]);
    assert_eq!(next.tell(arrival("p3", None)), Verdict::Ignored(IgnoredReason::NotCounted));
    assert_eq!(ids(&next), Vec::<String>::new());
    next.tell_all([Event::ConsentGranted]);
    assert_eq!(ids(&next), ["p1"]);
    // Taken back: nothing is kept.
    next.tell_all([Event::ConsentWithdrawn]);
    assert_eq!(next.machine.diagnose().kept_push_events, 0);
}

/// A launch may bring its tap before the app's configuration: whether the user is asked is known only then.
#[test]
fn what_comes_before_the_configuration_counts_unless_the_user_is_asked() {
    let mut rig = Rig::new(counting());
    rig.tell_all([Event::Tapped(tap_of_push("p1", None)), arrival("p2", None)]);
    let stored = String::from_utf8(rig.snapshot.clone()).unwrap();
    assert!(!stored.contains("push_events"), "nothing is stored without a consent: {stored}");
    let mut asked = rig.clone();
    rig.tell_all([configured(configuration(&[])), login("alice")]);
    assert_eq!(ids(&rig), ["p1", "p2"]);
    let mut next = rig.restart(2).0;
    next.tell_all([configured(configuration(&[])), login("alice")]);
    assert_eq!(ids(&next), ["p1", "p2"]);
    asked.tell_all([configured(configuration(&[]).with_consent_required(true)), login("alice")]);
    let diagnosis = asked.machine.diagnose();
    assert_eq!((diagnosis.kept_push_events, diagnosis.counters.push_events_dropped), (0, 2));
    asked.tell_all([Event::ConsentGranted]);
    assert_eq!(ids(&asked), Vec::<String>::new());
    // It counts as never told.
    asked.tell_all([arrival("p2", None)]);
    assert_eq!(ids(&asked), ["p2"]);
}

#[test]
fn what_made_room_before_the_configuration_leaves_nothing_that_is_stored() {
    let mut settings = counting();
    settings.push_event_limit = 1;
    let mut rig = Rig::new(settings);
    rig.tell_all([arrival("p1", None), arrival("p2", None)]);
    let stored = String::from_utf8(rig.snapshot.clone()).unwrap();
    assert!(!stored.contains("push_events"), "{stored}");
    let mut next = rig.restart(2).0;
    next.tell_all([arrival("p1", None), configured(configuration(&[])), login("alice")]);
    assert_eq!(ids(&next), ["p1"]);
}

#[test]
fn a_host_that_reports_none_keeps_none() {
    let mut rig = Rig::new(steady());
    rig.tell_all([configured(configuration(&[])), login("alice")]);
    assert_eq!(rig.tell(arrival("p1", None)), Verdict::Ignored(IgnoredReason::NotCounted));
    rig.tell_all([Event::Tapped(tap_of_push("p2", None)), Event::Tapped(tap("m1", None))]);
    assert_eq!(rig.machine.diagnose().kept_push_events, 0);
    assert_eq!(rig.machine.counters().push_events_unreported, 2, "of taps that have a push id");
    assert_eq!(sent(&rig), []);
}

#[test]
fn failures_follow_the_back_off_and_end() {
    let mut rig = rig();
    rig.tell_all([login("alice"), arrival("p1", None)]);
    fail(&mut rig, 22006, Some(Duration::from_secs(90)));
    rig.effects.clear();
    rig.tell(Event::NetworkUp);
    rig.pass(89_000);
    assert_eq!(ids(&rig), Vec::<String>::new(), "the server asked to wait");
    rig.pass(1_000);
    assert_eq!(ids(&rig), ["p1"]);
    // For good: dropped, with a notice that says the code.
    fail(&mut rig, 6017, None);
    assert_eq!((rig.machine.diagnose().kept_push_events, rig.state(Region::Receipts)), (0, StateName::Idle));
    let notice = rig.effects.iter().find_map(|effect| match effect {
        Effect::Notice(notice) if notice.code() == NoticeCode::PushEventsRefused => Some(notice.to_string()),
        _ => None,
    });
    assert!(notice.unwrap().contains("6017"));
    assert_eq!(
        rig.tell(arrival("p1", None)),
        Verdict::Ignored(IgnoredReason::Unchanged),
        "and not made again"
    );
}

/// A server that never confirms is asked a hundred times in one process, and no more.
#[test]
fn a_code_that_ends_the_session_is_what_the_diagnosis_names() {
    for code in [6206, 6208, 70_001, 70_003] {
        let mut rig = Rig::bound(counting());
        rig.tell_all([arrival("p1", None)]);
        fail(&mut rig, code, None);
        assert_eq!(rig.machine.session(), None, "{code}");
        let blocker = rig.machine.diagnose().blocked_by.unwrap();
        assert_eq!(blocker.notice, Some(NoticeCode::SessionOver), "{code}: {blocker:?}");
    }
}

#[test]
fn none_is_sent_for_ever() {
    let mut rig = rig();
    rig.tell_all([login("alice"), arrival("p1", None)]);
    while rig.reach_deadline() {}
    assert_eq!(ids(&rig).len(), 100);
    assert_eq!(rig.machine.diagnose().kept_push_events, 0);
    assert_eq!(rig.machine.counters().push_events_dropped, 1);
    // The network's failures are no attempts.
    let mut offline = self::rig();
    offline.tell_all([login("alice"), arrival("p1", None)]);
    for _ in 0..150 {
        fail(&mut offline, 9508, None);
        offline.reach_deadline();
    }
    assert_eq!(offline.machine.diagnose().kept_push_events, 1);
}

#[test]
fn a_time_that_is_none_makes_no_event() {
    let mut rig = rig();
    rig.wall = 86_400;
    rig.tell_all([login("alice")]);
    assert_eq!(rig.tell(arrival("p1", None)), Verdict::Ignored(IgnoredReason::NotCounted));
    assert_eq!(sent(&rig), []);
    assert_eq!(rig.machine.counters().push_events_dropped, 1);
    // An event that is older than any statistics is dropped when the next process starts.
    rig.wall = 1_800_000_000;
    rig.tell_all([arrival("p2", Some("bob"))]);
    let mut later = rig.clone();
    later.wall += 29 * 86_400;
    assert_eq!(later.restart(2).0.machine.diagnose().kept_push_events, 1);
    later.wall += 2 * 86_400;
    assert_eq!(later.restart(2).0.machine.diagnose().kept_push_events, 0);
    // A clock that was set back makes nothing old.
    later.wall = 1_700_000_000;
    assert_eq!(later.restart(2).0.machine.diagnose().kept_push_events, 1);
}

/// A clock that ran ahead, and was then set right, makes no event that lasts for ever.
#[test]
fn a_time_ahead_counts_as_now_after_a_restart() {
    let mut rig = rig();
    let today = rig.wall;
    rig.wall = today + 400 * 86_400;
    rig.tell_all([arrival("p1", Some("bob"))]);
    rig.wall = today;
    let mut next = rig.restart(2).0;
    next.wall = today + 29 * 86_400;
    assert_eq!(next.restart(3).0.machine.diagnose().kept_push_events, 1);
    next.wall = today + 31 * 86_400;
    assert_eq!(next.restart(3).0.machine.diagnose().kept_push_events, 0);
    let mut told = rig.restart(4).0;
    told.tell_all([configured(configuration(&[])), login("bob")]);
    assert_eq!(sent(&told).first().map(|event| event.time().as_secs()), Some(today));
}

/// Push ids come from whatever app sends an intent: one that the server refuses takes no other event with it.
#[test]
fn a_refused_event_takes_no_other_with_it() {
    let mut rig = rig();
    for number in 0..5 {
        rig.tell_all([arrival(&format!("p{number}"), Some("alice"))]);
    }
    rig.tell_all([login("alice")]);
    assert_eq!(sent(&rig).len(), 5);
    rig.effects.clear();
    fail(&mut rig, 6017, None);
    assert_eq!(rig.machine.diagnose().kept_push_events, 5);
    // One by one from now on.
    while rig.machine.diagnose().kept_push_events > 0 {
        let last = ids(&rig).last().cloned();
        match last.as_deref() {
            Some("p1" | "p3") if rig.state(Region::Receipts) == StateName::Reporting => {
                fail(&mut rig, 6017, None);
            }
            _ if rig.state(Region::Receipts) == StateName::Reporting => confirm(&mut rig),
            _ => assert!(rig.reach_deadline()),
        }
    }
    assert_eq!(ids(&rig), ["p0", "p1", "p2", "p3", "p4"]);
    let counters = rig.machine.counters();
    assert_eq!((counters.push_events_reported, counters.push_events_dropped), (3, 2));
    let told = rig.drain().iter().filter(|word| *word == "Notice(PushEventsRefused)").count();
    assert_eq!(told, 1, "once in a session and for a code");
}

/// What does not read is left out, above all an event whose account does not: it must not go to anybody.
#[test]
fn a_damaged_snapshot_costs_the_damaged_event_only() {
    let mut rig = rig();
    rig.tell_all([arrival("p1", Some("alice")), arrival("p2", Some("alice")), arrival("p3", Some("alice"))]);
    let stored = String::from_utf8(rig.snapshot.clone()).unwrap();
    for (from, to) in [
        ("\"push_id\":\"p2\",\"account\":\"alice\"", "\"push_id\":\"p2\",\"account\":17"),
        ("\"push_id\":\"p2\"", "\"push_id\":\"\""),
        ("\"push_id\":\"p2\"", "\"push\":\"p2\""),
        (
            "\"kind\":\"arrived\",\"time\":1800000000,\"push_id\":\"p2\"",
            "\"kind\":\"seen\",\"push_id\":\"p2\"",
        ),
    ] {
        assert!(stored.contains(from), "{stored}");
        rig.snapshot = stored.replace(from, to).into_bytes();
        let mut next = rig.restart(2).0;
        next.tell_all([configured(configuration(&[])), login("alice")]);
        assert_eq!(ids(&next), ["p1", "p3"], "{to}");
    }
    // Of a copy on another phone nothing is taken up.
    let policy = Policy::new(counting()).unwrap();
    let other = tim_offline_push::registrar::Origin::new(
        tim_offline_push::registrar::InstallId::new("another").unwrap(),
        origin(2).incarnation(),
    );
    let (machine, _) = Machine::restore(other, policy, stored.as_bytes(), rig.now());
    assert_eq!(machine.diagnose().kept_push_events, 0);
}

#[test]
fn settings_of_push_events_are_bounded() {
    for (limit, batch, attempts) in [(0, 20, 100), (65, 20, 100), (64, 0, 100), (64, 21, 100), (64, 20, 0)] {
        let mut settings = counting();
        settings.jitter = Jitter::Full;
        (settings.push_event_limit, settings.push_event_batch, settings.push_event_attempts) =
            (limit, batch, attempts);
        assert!(Policy::new(settings).is_err(), "{limit} {batch} {attempts}");
    }
}

/// Neither a push id nor an account stands in what is logged or sent for help.
#[test]
fn nothing_shows_a_push_id_or_an_account() {
    let mut rig = rig();
    rig.tell_all([arrival("canary-of-a-push", Some("canary-of-a-user")), login("canary-of-a-user")]);
    let texts = [
        format!("{:?}", rig.machine),
        format!("{:?}", rig.effects),
        format!("{:?}", arrival("canary-of-a-push", Some("canary-of-a-user"))),
        rig.machine.diagnose().to_string(),
        serde_json::to_string(&rig.machine.diagnose()).unwrap(),
    ];
    for text in texts {
        assert!(!text.contains("canary"), "{text}");
    }
    assert_eq!(rig.machine.account(), Some(&user("canary-of-a-user")));
}

/// The notices that the diagnosis says still stand, in its order.
fn standing(rig: &Rig) -> Vec<NoticeCode> {
    let diagnosis = rig.machine.diagnose();
    diagnosis.blocked_by.iter().chain(&diagnosis.also).filter_map(|problem| problem.notice).collect()
}

fn lose(rig: &mut Rig) {
    let id = rig.push_events.unwrap();
    rig.tell_all([Event::PushEventsLost { id, how: Lost::Host }]);
}

#[test]
fn what_a_diagnosis_says_of_calls_that_failed_ends_with_one_that_is_answered() {
    let mut rig = Rig::bound(counting());
    rig.tell_all([arrival("p1", Some("alice"))]);
    for _ in 0..2 {
        lose(&mut rig);
        rig.pass(600_000);
    }
    assert_eq!(standing(&rig), [NoticeCode::PushEventsUnanswered]);
    fail(&mut rig, 20_004, None);
    assert_eq!(standing(&rig), [], "an error is an answer");
    rig.pass(600_000);
    fail(&mut rig, 6017, None);
    assert_eq!(standing(&rig), [NoticeCode::PushEventsRefused]);
    rig.tell_all([arrival("p2", Some("alice"))]);
    confirm(&mut rig);
    assert_eq!(standing(&rig), []);
}
