//! Whose an arrival or a click is where nobody says.

use tim_offline_push::registrar::{Effect, Event, PolicySettings, Receiver};

use super::rig::{Rig, arrival, configuration, configured, login, phone, steady, tap_of_push};

fn counting() -> PolicySettings {
    let mut settings = steady();
    settings.push_events = true;
    settings
}

/// What was sent, push by push.
fn sent(rig: &Rig) -> Vec<String> {
    let events = rig.effects.iter().filter_map(|effect| match effect {
        Effect::ReportPushEvents { events, .. } => Some(events),
        _ => None,
    });
    events.flatten().map(|event| event.push_id().as_str().to_owned()).collect()
}

/// Whoever has logged out in the regular way is pushed to no more.
fn log_out(rig: &mut Rig) {
    rig.tell_all([Event::LogoutRequested { session: rig.session() }]);
    let session = rig.released.unwrap();
    rig.tell_all([Event::LoggedOut { session }]);
    rig.effects.clear();
}

/// The server may have the report of the session long before its answer comes.
#[test]
fn a_report_under_way_makes_the_session_the_owner() {
    let mut rig = Rig::bound(counting());
    log_out(&mut rig);
    rig.tell_all([Event::HostReady, login("bob"), arrival("p1", None)]);
    assert_eq!(sent(&rig), ["p1"], "it is bob's, whose report is under way");
    rig.tell_all([Event::Tapped(tap_of_push("p2", None))]);
    let to = rig.effects.iter().find_map(|effect| match effect {
        Effect::DeliverTap { receiver, .. } => Some(receiver.clone()),
        _ => None,
    });
    assert_eq!(to, Some(Receiver::Unknown), "a tap is not held for alice");
    // The answer never comes, and the session ends: the server may still have it.
    rig.tell_all([Event::KickedOff { session: rig.session() }, arrival("p3", None)]);
    rig.effects.clear();
    rig.tell_all([login("alice")]);
    assert_eq!(sent(&rig), Vec::<String>::new());
    rig.tell_all([login("bob")]);
    assert_eq!(sent(&rig), ["p1", "p2", "p3"]);
}

/// While nothing was reported for the account that is logged in, the one bound before is the only one it can
/// be.
#[test]
fn a_session_that_has_reported_nothing_owns_nothing() {
    let mut rig = Rig::bound(counting());
    log_out(&mut rig);
    rig.stores = false;
    // Its report waits for the store.
    rig.tell_all([login("bob"), arrival("p1", None)]);
    assert_eq!(sent(&rig), Vec::<String>::new());
}

/// The account that an event goes with is stored before the event leaves.
#[test]
fn an_event_of_nobody_is_sent_under_one_account_only_over_a_kill() {
    let mut first = Rig::new(counting());
    first.tell_all([configured(configuration(&[])), arrival("p1", None)]);
    first.stores = false;
    first.effects.clear();
    first.tell_all([login("alice")]);
    assert_eq!(sent(&first), Vec::<String>::new(), "not before the store has the account");
    // Killed here: the snapshot says nothing of alice, and nothing was sent for her.
    let mut next = first.restart(2).0;
    next.stores = true;
    next.tell_all([configured(configuration(&[])), login("bob")]);
    assert_eq!(sent(&next), ["p1"]);
    let mut last = next.restart(3).0;
    last.tell_all([configured(configuration(&[])), login("alice")]);
    assert_eq!(sent(&last), Vec::<String>::new(), "it was sent under bob");
    // Stored in time: it goes with alice from then on, whatever happens next.
    let version = first.version.unwrap();
    first.tell_all([Event::Stored { version }]);
    assert_eq!(sent(&first), ["p1"]);
}

/// A store that fails, or is late, holds nothing up.
#[test]
fn a_store_that_fails_holds_up_no_event() {
    let waiting = || {
        let mut rig = Rig::new(counting());
        rig.tell_all([configured(configuration(&[])), phone("Xiaomi"), arrival("p1", None)]);
        rig.stores = false;
        rig.effects.clear();
        rig.tell_all([login("alice")]);
        assert_eq!(sent(&rig), Vec::<String>::new());
        rig
    };
    let mut failing = waiting();
    let version = failing.version.unwrap();
    failing.tell_all([Event::StoreFailed { version, kind: std::io::ErrorKind::StorageFull }]);
    assert_eq!(sent(&failing), ["p1"]);
    let mut late = waiting();
    late.pass(2_000);
    assert_eq!(sent(&late), ["p1"]);
    // The session that it waited in ends: the next one of that account waits for the store, too.
    let mut kicked = waiting();
    kicked.tell_all([Event::KickedOff { session: kicked.session() }]);
    kicked.tell_all([login("alice")]);
    assert_eq!(sent(&kicked), Vec::<String>::new());
    // Without snapshots there is nothing to wait for.
    let mut settings = counting();
    settings.snapshots = false;
    let mut without = Rig::new(settings);
    without.tell_all([configured(configuration(&[])), arrival("p1", None), login("alice")]);
    assert_eq!(sent(&without), ["p1"]);
}

/// What a killed process had bound is pushed to, also when nothing of it can land any more.
#[test]
fn an_arrival_after_a_kill_is_not_for_the_account_bound_last_if_another_was_here() {
    let mut rig = Rig::bound(counting());
    for name in ["bob", "alice"] {
        rig.tell_all([login(name)]);
        rig.tell_all([rig.done()]);
    }
    rig.tell_all([Event::KickedOff { session: rig.session() }, login("bob")]);
    rig.tell_all([rig.failed(6_017)]);
    rig.pass(120_000);
    let mut next = rig.restart(2).0;
    next.tell_all([arrival("p1", None), configured(configuration(&[])), login("alice")]);
    assert_eq!(sent(&next), Vec::<String>::new(), "alice was bound last, and kicked off");
    next.tell_all([login("bob")]);
    assert_eq!(sent(&next), ["p1"]);
}
