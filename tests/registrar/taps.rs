//! The inbox: every tap once, to the right account, also after a crash.

use tim_offline_push::notification::{Payload, Tap};
use tim_offline_push::registrar::{Effect, Event, IgnoredReason, Receiver, TapFence, TapId, Unread, Verdict};
use tim_offline_push::vendor::Vendor;

use super::rig::{Rig, configuration, configured, login, phone, seconds, steady, tap, token, user};

/// The deliveries among the effects so far.
fn deliveries(rig: &mut Rig) -> Vec<(TapId, Receiver)> {
    std::mem::take(&mut rig.effects)
        .into_iter()
        .filter_map(|effect| match effect {
            Effect::DeliverTap { id, receiver, .. } => Some((id, receiver)),
            _ => None,
        })
        .collect()
}

fn plain(text: &str) -> Tap {
    Tap::new(None, Payload::from_pairs([("ext", text)]).unwrap())
}

#[test]
fn a_cold_start_delivers_once_host_and_account_are_there() {
    let mut rig = Rig::new(steady());
    rig.tell_all([Event::Tapped(tap("m1", Some("alice"))), Event::HostReady]);
    assert!(deliveries(&mut rig).is_empty());
    rig.tell_all([login("alice")]);
    let delivered = deliveries(&mut rig);
    assert_eq!(
        delivered.iter().map(|(_, to)| to.clone()).collect::<Vec<_>>(),
        [Receiver::Stated(user("alice"))]
    );
    rig.tell_all([Event::Foreground, Event::LoggedOut { session: rig.session() }, login("alice")]);
    assert!(deliveries(&mut rig).is_empty(), "once in a process");
}

#[test]
fn a_tap_that_was_not_handled_before_a_crash_comes_again_under_the_same_id() {
    let mut rig = Rig::new(steady());
    rig.tell_all([login("alice"), Event::HostReady, Event::Tapped(tap("m1", None))]);
    let first = deliveries(&mut rig);
    let mut next = rig.restart(2).0;
    next.tell_all([login("alice"), Event::HostReady]);
    let second = deliveries(&mut next);
    assert_eq!((first.len(), second.len()), (1, 1));
    assert_eq!(first[0].0, second[0].0);
    // The launch intent, given to the new process once more, is the same tap.
    let again = next.tell(Event::Tapped(tap("m1", None)));
    assert_eq!(again, DUPLICATE);
    next.tell_all([Event::TapHandled { id: second[0].0 }]);
    let mut third = next.restart(3).0;
    third.tell_all([login("alice"), Event::HostReady]);
    assert!(deliveries(&mut third).is_empty());
}

const DUPLICATE: Verdict = Verdict::Ignored(IgnoredReason::DuplicateTap);

/// Android gives an activity that it makes anew its old intent, in this process or the next.
#[test]
fn a_message_that_was_handled_never_comes_again() {
    let mut rig = Rig::new(steady());
    rig.tell_all([login("alice"), Event::HostReady, Event::Tapped(tap("m1", None))]);
    rig.tell_all([Event::TapHandled { id: rig.tap.unwrap() }]);
    rig.pass(86_400_000);
    assert_eq!(rig.tell(Event::Tapped(tap("m1", None))), DUPLICATE, "after the window");
    for incarnation in 2..5 {
        rig = rig.restart(incarnation).0;
        rig.tell_all([login("alice"), Event::HostReady]);
        assert_eq!(rig.tell(Event::Tapped(tap("m1", None))), DUPLICATE, "in process {incarnation}");
        assert_eq!(rig.tell(Event::Tapped(tap("m1", Some("alice")))), DUPLICATE, "stated by now");
        assert!(deliveries(&mut rig).is_empty());
        // Whatever else is stored must not lose it.
        rig.tell_all([Event::PushDisabled, Event::PushEnabled]);
    }
    rig.tell_all([Event::Tapped(tap("m2", None))]);
    assert_eq!(deliveries(&mut rig).len(), 1, "another message");
}

#[test]
fn a_message_is_its_vendors_and_one_without_an_id_is_told_by_the_window_only() {
    let of = |vendor| {
        let payload = Payload::from_pairs([("ext", "hello")]).unwrap();
        Tap::new(Some(vendor), payload).with_message_id("m1")
    };
    let mut rig = Rig::new(steady());
    for known in [of(Vendor::Xiaomi), plain("bye")] {
        rig.tell_all([Event::Tapped(known)]);
    }
    rig.tell_all([login("alice"), Event::HostReady]);
    for (id, _) in deliveries(&mut rig) {
        rig.tell_all([Event::TapHandled { id }]);
    }
    let mut rig = rig.restart(2).0;
    assert_eq!(rig.tell(Event::Tapped(of(Vendor::Xiaomi))), DUPLICATE);
    assert_eq!(rig.tell(Event::Tapped(of(Vendor::Fcm))), Verdict::Applied);
    assert_eq!(rig.tell(Event::Tapped(plain("bye"))), Verdict::Applied, "it may be another message");
}

#[test]
fn the_last_eight_messages_are_known_and_no_more() {
    let mut rig = Rig::new(steady());
    rig.tell_all([login("alice"), Event::HostReady]);
    for number in 0..9 {
        rig.tell_all([Event::Tapped(tap(&format!("m{number}"), None))]);
        rig.tell_all([Event::TapHandled { id: rig.tap.unwrap() }]);
    }
    let mut rig = rig.restart(2).0;
    for number in 1..9 {
        assert_eq!(rig.tell(Event::Tapped(tap(&format!("m{number}"), None))), DUPLICATE, "m{number}");
    }
    assert_eq!(rig.tell(Event::Tapped(tap("m0", None))), Verdict::Applied);
}

#[test]
fn a_tap_that_was_never_delivered_may_be_told_again_after_it_expired() {
    let mut rig = Rig::new(steady());
    rig.tell_all([Event::Tapped(tap("seen by nobody", None))]);
    rig.pass(600_000);
    rig.tell_all([Event::Tapped(tap("seen by nobody", None)), login("alice"), Event::HostReady]);
    assert_eq!(deliveries(&mut rig).len(), 1);
    // Delivered, and never answered: it has had its turn.
    rig.pass(600_000);
    assert_eq!(rig.machine.diagnose().held_taps, 0);
    assert_eq!(rig.tell(Event::Tapped(tap("seen by nobody", None))), DUPLICATE);
}

#[test]
fn a_tap_that_crashes_the_app_does_so_no_more_if_each_process_is_told_of_it() {
    let mut rig = Rig::new(steady());
    let mut delivered = 0;
    for incarnation in 2..9 {
        rig.tell(Event::Tapped(tap("m1", None)));
        rig.tell_all([login("alice"), Event::HostReady]);
        delivered += deliveries(&mut rig).len();
        rig = rig.restart(incarnation).0;
    }
    assert_eq!(delivered, 3);
}

#[test]
fn a_tap_that_crashes_the_app_does_so_three_times_at_most() {
    let mut rig = Rig::new(steady());
    rig.tell_all([login("alice"), Event::HostReady, Event::Tapped(tap("m1", None))]);
    let mut delivered = deliveries(&mut rig).len();
    for incarnation in 2..8 {
        rig = rig.restart(incarnation).0;
        rig.tell_all([login("alice"), Event::HostReady]);
        delivered += deliveries(&mut rig).len();
    }
    assert_eq!(delivered, 3);
}

#[test]
fn one_touch_told_twice_is_one_tap() {
    let mut rig = Rig::new(steady());
    rig.tell_all([login("alice"), Event::HostReady, Event::Tapped(plain("hello").with_message_id("m1"))]);
    let id = deliveries(&mut rig)[0].0;
    rig.tell_all([Event::TapHandled { id }]);
    assert_eq!(rig.tell(Event::Tapped(plain("hello"))), DUPLICATE, "by its content");
    assert_eq!(rig.tell(Event::Tapped(plain("bye").with_message_id("m1"))), DUPLICATE, "by its id");
    assert_eq!(rig.tell(Event::Tapped(plain("hello").with_message_id("m2"))), Verdict::Applied);
    rig.pass(10_001);
    assert_eq!(rig.tell(Event::Tapped(plain("hello"))), Verdict::Applied, "after the window");
    assert_eq!(rig.tell(Event::Tapped(plain("bye").with_message_id("m1"))), DUPLICATE, "by its id, always");
}

#[test]
fn the_same_touch_is_another_one_when_the_window_is_over() {
    let mut rig = Rig::new(steady());
    rig.tell_all([Event::Tapped(plain("bye"))]);
    rig.millis += 9_999;
    assert_eq!(rig.tell(Event::Tapped(plain("bye"))), DUPLICATE);
    rig.millis += 1;
    assert_eq!(rig.tell(Event::Tapped(plain("bye"))), Verdict::Applied);
}

#[test]
fn a_tap_never_goes_to_another_account_as_its_own() {
    for (fence, to_bob, held) in [(TapFence::Hold, 0, 1), (TapFence::Drop, 0, 0), (TapFence::NotYours, 1, 1)]
    {
        let mut settings = steady();
        settings.tap_fence = fence;
        let mut rig = Rig::new(settings);
        rig.tell_all([login("bob"), Event::HostReady, Event::Tapped(tap("m1", Some("alice")))]);
        let delivered = deliveries(&mut rig);
        assert_eq!(delivered.len(), to_bob, "{fence:?}");
        assert!(delivered.iter().all(|(_, to)| *to == Receiver::NotYours(user("alice"))));
        assert_eq!(rig.machine.diagnose().held_taps, held, "{fence:?}");
        rig.tell_all([login("alice")]);
        let expected = usize::from(fence == TapFence::Hold);
        assert_eq!(deliveries(&mut rig).len(), expected, "{fence:?}");
    }
}

/// Delivered to alice in an earlier process, and not known to be handled.
#[test]
fn a_tap_that_alice_saw_does_not_come_again_after_bobs_login_dropped_it() {
    let mut settings = steady();
    settings.tap_fence = TapFence::Drop;
    let mut rig = Rig::new(settings.clone());
    rig.tell_all([login("alice"), Event::HostReady, Event::Tapped(tap("m1", Some("alice")))]);
    assert_eq!(deliveries(&mut rig).len(), 1);
    rig = rig.restart(2).0;
    rig.tell_all([login("bob"), Event::HostReady]);
    assert_eq!(rig.machine.diagnose().held_taps, 0);
    rig.pass(20_000);
    assert_eq!(rig.tell(Event::Tapped(tap("m1", Some("alice")))), DUPLICATE);
    rig = rig.restart(3).0;
    assert_eq!(rig.tell(Event::Tapped(tap("m1", Some("alice")))), DUPLICATE, "it is stored");

    // What nobody saw may be told again.
    let mut rig = Rig::new(settings);
    rig.tell_all([login("bob"), Event::HostReady, Event::Tapped(tap("m1", Some("alice")))]);
    rig.pass(20_000);
    rig.tell_all([Event::Tapped(tap("m1", Some("alice")))]);
}

#[test]
fn a_tap_without_account_is_assumed_to_be_for_the_one_bound_last() {
    let mut rig = Rig::bound(steady());
    let (mut next, _) = rig.restart(2);
    next.tell_all([Event::Tapped(tap("m1", None)), Event::HostReady, login("alice")]);
    assert_eq!(deliveries(&mut next)[0].1, Receiver::Assumed(user("alice")));
    // Once another account may be pushed to as well, nobody can tell.
    rig.tell_all([Event::HostReady, login("bob")]);
    rig.tell_all([rig.done()]);
    rig.effects.clear();
    rig.tell_all([Event::Tapped(tap("m2", None))]);
    assert_eq!(deliveries(&mut rig)[0].1, Receiver::Unknown);
}

#[test]
fn an_assumed_tap_waits_for_its_account() {
    let mut rig = Rig::bound(steady());
    rig.tell_all([
        Event::LoggedOut { session: rig.session() },
        Event::HostReady,
        Event::Tapped(tap("m1", None)),
    ]);
    rig.tell_all([login("bob")]);
    assert!(deliveries(&mut rig).is_empty());
    rig.tell_all([login("alice")]);
    assert_eq!(deliveries(&mut rig)[0].1, Receiver::Assumed(user("alice")));
}

#[test]
fn what_was_not_taken_before_a_switch_goes_to_nobody_else() {
    let mut rig = Rig::bound(steady());
    rig.tell_all([Event::HostReady]);
    rig.effects.clear();
    // The host is slow: both happen before it takes what is to be done.
    let now = rig.now();
    assert_eq!(rig.machine.handle(now, Event::Tapped(tap("m1", Some("alice")))), Verdict::Applied);
    rig.tell_all([login("bob")]);
    assert!(deliveries(&mut rig).is_empty());
    rig.tell_all([login("alice")]);
    assert_eq!(deliveries(&mut rig).len(), 1);
}

#[test]
fn the_inbox_is_bounded_and_expires_with_a_notice() {
    let mut rig = Rig::new(steady());
    for number in 0..20 {
        rig.tell_all([Event::Tapped(tap(&format!("m{number}"), None))]);
    }
    assert_eq!((rig.machine.diagnose().held_taps, rig.machine.counters().taps_dropped), (8, 12));
    assert_eq!(rig.drain().iter().filter(|effect| *effect == "Notice(TapDropped)").count(), 12);
    rig.pass(600_000);
    assert_eq!((rig.machine.diagnose().held_taps, rig.machine.counters().taps_expired), (0, 8));
    assert!(rig.drain().contains(&"Notice(TapExpired)".to_owned()));
    rig.tell_all([login("alice"), Event::HostReady]);
    assert!(deliveries(&mut rig).is_empty());
}

#[test]
fn a_tap_over_the_limit_is_refused_with_its_size_only() {
    let mut rig = Rig::new(steady());
    let verdict = rig.tell(Event::Tapped(plain(&"secret ".repeat(3_000))));
    let Verdict::Refused(error) = verdict else { panic!("{verdict:?}") };
    assert!(!error.to_string().contains("secret"), "{error}");
    assert!(error.to_string().contains("16384"), "{error}");
    assert_eq!(rig.machine.diagnose().held_taps, 0);
}

#[test]
fn a_full_inbox_of_the_heaviest_taps_still_fits_a_snapshot() {
    let mut settings = steady();
    settings.tap_limit = 16;
    let mut rig = Rig::new(settings);
    rig.tell_all([configured(configuration(&[Vendor::Xiaomi])), phone("Xiaomi"), token(Vendor::Xiaomi, "x")]);
    for number in 0..16 {
        // Control characters take six bytes each in JSON.
        let heavy = plain(&"\u{1}".repeat(8_000)).with_message_id(format!("m{number}"));
        rig.tell_all([Event::Tapped(heavy)]);
    }
    let snapshot = rig.machine.snapshot();
    assert!(snapshot.len() <= tim_offline_push::registrar::Machine::MAX_SNAPSHOT_BYTES, "{}", snapshot.len());
    let (next, _) = rig.restart(2);
    assert_eq!(next.machine.diagnose().held_taps, 16);
}

#[test]
fn counts_are_clamped() {
    assert_eq!(Unread::new(-4), Unread::new(0));
    assert_eq!(Unread::new(99_999_999_999), Unread::MAX);
    assert_eq!(seconds(2).as_millis(), 2_000);
}
