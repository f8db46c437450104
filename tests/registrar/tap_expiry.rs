//! How taps end that nobody handles: by their age over all processes, whatever the clocks do, and each with
//! its reason.

use proptest::prelude::*;
use tim_offline_push::registrar::{Cause, Effect, Event, Machine, Notice, NoticeCode, TapExpiry};
use tim_offline_push::time::UnixTime;
use tim_offline_push::vendor::Vendor;

use super::rig::{Rig, login, origin, steady, tap, token};

/// The default of `tap_expiry`, in seconds.
const EXPIRY: i64 = 600;

/// The next process, so many seconds later by the wall clock; the monotonic one starts where it likes.
fn restart(rig: &mut Rig, incarnation: u32, seconds: i64) -> Vec<Notice> {
    rig.wall += seconds;
    *rig = rig.restart(incarnation).0;
    notices(rig)
}

fn notices(rig: &mut Rig) -> Vec<Notice> {
    let of = |effect| match effect {
        Effect::Notice(notice) => Some(notice),
        _ => None,
    };
    std::mem::take(&mut rig.effects).into_iter().filter_map(of).collect()
}

fn reasons(notices: &[Notice]) -> Vec<TapExpiry> {
    let expired = notices.iter().filter(|notice| notice.code() == NoticeCode::TapExpired);
    expired
        .map(|notice| match notice.cause() {
            Some(Cause::Tap(reason)) => *reason,
            other => panic!("{notice}: {other:?}"),
        })
        .collect()
}

fn held(rig: &Rig) -> usize {
    rig.machine.diagnose().held_taps
}

/// Bob is logged in; the tap is for alice, who never comes.
fn fenced() -> Rig {
    let mut rig = Rig::new(steady());
    rig.tell_all([login("bob"), Event::HostReady, Event::Tapped(tap("m1", Some("alice")))]);
    rig
}

#[test]
fn a_tap_ages_over_short_processes() {
    let mut rig = fenced();
    for incarnation in 2..7 {
        assert!(reasons(&restart(&mut rig, incarnation, 100)).is_empty());
        rig.tell_all([login("bob"), Event::HostReady]);
        assert_eq!(held(&rig), 1, "{incarnation}");
    }
    // 500 seconds are over. The rest is this process's own.
    rig.pass(99_999);
    assert_eq!(held(&rig), 1);
    rig.pass(1);
    assert_eq!((held(&rig), reasons(&notices(&mut rig))), (0, vec![TapExpiry::HeldTooLong]));
}

#[test]
fn a_tap_that_is_too_old_is_not_taken_up_and_may_be_told_again() {
    let mut rig = fenced();
    assert_eq!(reasons(&restart(&mut rig, 2, EXPIRY)), [TapExpiry::HeldTooLong]);
    assert_eq!((held(&rig), rig.machine.counters().taps_expired), (0, 1));
    // That it is over is stored.
    assert!(restart(&mut rig, 3, 0).is_empty());
    rig.tell_all([Event::Tapped(tap("m1", Some("alice")))]);
    assert_eq!(held(&rig), 1, "nobody had seen it");
}

#[test]
fn a_clock_set_forward_ends_a_tap_and_one_set_back_begins_its_time_anew() {
    let mut rig = fenced();
    assert!(restart(&mut rig, 2, -1_000_000).is_empty());
    assert_eq!(held(&rig), 1);
    // Its age counts from the moment that the clock shows now, also in later processes.
    assert!(restart(&mut rig, 3, EXPIRY - 1).is_empty());
    assert_eq!(held(&rig), 1);
    assert_eq!(reasons(&restart(&mut rig, 4, 1)), [TapExpiry::HeldTooLong]);

    let mut rig = fenced();
    assert_eq!(reasons(&restart(&mut rig, 2, 10 * 365 * 86_400)), [TapExpiry::HeldTooLong]);
}

#[test]
fn without_a_wall_clock_each_process_begins_anew() {
    for nothing in [0, -5, i64::MIN, 40, UnixTime::FLOOR.as_secs() - 1] {
        let mut rig = Rig::new(steady());
        rig.wall = nothing;
        rig.tell_all([Event::Tapped(tap("m1", None))]);
        assert!(!String::from_utf8_lossy(&rig.snapshot).contains("since"), "{nothing}");
        rig.pass(599_000);
        assert!(restart(&mut rig, 2, 0).is_empty());
        assert_eq!(held(&rig), 1);
        rig.pass(599_999);
        assert_eq!(held(&rig), 1);
        rig.pass(1);
        assert_eq!(reasons(&notices(&mut rig)), [TapExpiry::HeldTooLong]);
    }
    // A clock that is missing for one process only does not make the age forgotten.
    let mut rig = fenced();
    let wall = rig.wall;
    rig.wall = 0;
    assert!(restart(&mut rig, 2, 0).is_empty());
    rig.wall = wall;
    assert_eq!(reasons(&restart(&mut rig, 3, EXPIRY)), [TapExpiry::HeldTooLong]);
}

/// After a cold start without a network the clock shows 1970 until the time arrives.
#[test]
fn the_time_arriving_makes_nothing_old() {
    let mut rig = Rig::new(steady());
    rig.wall = 40;
    rig.tell_all([token(Vendor::Xiaomi, "xiaomi-1"), Event::Tapped(tap("m1", None))]);
    assert!(reasons(&restart(&mut rig, 2, 1_800_000_000)).is_empty());
    assert_eq!(held(&rig), 1);
    let age = |rig: &Rig| rig.machine.diagnose().tokens.first().map(|token| token.age);
    assert_eq!(age(&rig), Some(None));
    // From now on its age is known.
    assert_eq!(reasons(&restart(&mut rig, 3, EXPIRY)), [TapExpiry::HeldTooLong]);
    // A snapshot that holds such a time.
    let mut rig = fenced();
    let text = String::from_utf8(rig.snapshot.clone()).unwrap();
    let older = text.replace(r#","since":1800000000"#, r#","since":40"#);
    assert_ne!(older, text);
    rig.snapshot = older.into_bytes();
    assert!(reasons(&restart(&mut rig, 2, 0)).is_empty());
    assert_eq!(held(&rig), 1);
}

/// As the first version of this crate wrote it: without the time at which a tap was first held.
#[test]
fn an_older_snapshot_is_read_and_counts_from_now() {
    let mut rig = fenced();
    let text = String::from_utf8(rig.snapshot.clone()).unwrap();
    let older = text.replace(r#","since":1800000000"#, "");
    assert_ne!(older, text);
    rig.snapshot = older.into_bytes();
    assert!(restart(&mut rig, 2, 1_000_000).is_empty());
    assert_eq!(held(&rig), 1);
    assert_eq!(
        reasons(&restart(&mut rig, 3, EXPIRY)),
        [TapExpiry::HeldTooLong],
        "from then on its age is known"
    );
}

#[test]
fn each_end_of_a_tap_says_why() {
    let mut settings = steady();
    settings.tap_deliveries = 1;
    let mut rig = Rig::new(settings.clone());
    rig.tell_all([login("alice"), Event::HostReady, Event::Tapped(tap("m1", None))]);
    let crash_loop = restart(&mut rig, 2, 0);
    assert_eq!(reasons(&crash_loop), [TapExpiry::DeliveredTooOften]);
    let words = crash_loop[0].to_string();
    assert_eq!(
        words,
        "tap_expired: a tap was given up: it was delivered too often without being handled; fix: see whether the app ends while it \
         handles the tap, and confirm each tap that is done"
    );
    let form = serde_json::to_string(&crash_loop[0]).unwrap();
    assert_eq!(form, r#"{"code":"tap_expired","cause":{"tap":"delivered_too_often"}}"#);

    // Both in one restore: one notice each.
    let mut rig = Rig::new(settings);
    rig.tell_all([Event::Tapped(tap("m1", Some("bob"))), login("alice"), Event::HostReady]);
    rig.tell_all([Event::Tapped(tap("m2", Some("alice")))]);
    let mut both = reasons(&restart(&mut rig, 2, EXPIRY));
    both.sort_unstable();
    assert_eq!(both, TapExpiry::ALL);
    assert_eq!(rig.machine.counters().taps_expired, 2);
    let forms = serde_json::to_string(TapExpiry::ALL).unwrap();
    assert_eq!(forms, r#"["held_too_long","delivered_too_often"]"#);
    assert_eq!(TapExpiry::HeldTooLong.to_string(), "it was held too long");
}

#[test]
fn a_policy_of_fewer_taps_drops_the_oldest_at_restore_and_says_so() {
    let mut rig = Rig::new(steady());
    for number in 0..5 {
        rig.tell_all([Event::Tapped(tap(&format!("m{number}"), None))]);
    }
    let mut fewer = steady();
    fewer.tap_limit = 2;
    let snapshot = std::mem::take(&mut rig.snapshot);
    let policy = tim_offline_push::registrar::Policy::new(fewer).unwrap();
    let mut rig = Rig::around(Machine::restore(origin(2), policy, &snapshot, rig.now()).0, 1_000);
    assert_eq!((held(&rig), rig.machine.counters().taps_dropped), (2, 3));
    rig.tell_all([login("alice"), Event::HostReady]);
    assert!(notices(&mut rig).iter().any(|notice| notice.code() == NoticeCode::TapDropped));
    // Those that are left are the newest, and known; of the others nothing is.
    for number in 3..5 {
        assert_ne!(
            rig.tell(Event::Tapped(tap(&format!("m{number}"), None))),
            tim_offline_push::registrar::Verdict::Applied
        );
    }
    rig.tell_all([Event::Tapped(tap("m0", None))]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the wall clock does between processes: a tap lives no longer than its time since the clock
    /// was last set back, and no shorter than its time by the clock.
    #[test]
    fn a_tap_lives_as_long_as_its_age_says(
        processes in prop::collection::vec((prop_oneof![-2_000_i64..2_000, -100_000_000_i64..2_000_000_000], 0_u64..300), 1..12),
    ) {
        let mut rig = fenced();
        let mut since = rig.wall;
        for ((jump, runs), incarnation) in processes.into_iter().zip(2..) {
            let expired = reasons(&restart(&mut rig, incarnation, jump));
            let is_set = UnixTime::from_secs(rig.wall).is_set();
            since = if is_set { since.min(rig.wall) } else { since };
            let age = if is_set { rig.wall - since } else { 0 };
            prop_assert_eq!(held(&rig), usize::from(age < EXPIRY));
            if age >= EXPIRY {
                prop_assert_eq!(expired, [TapExpiry::HeldTooLong]);
                break;
            }
            rig.pass(runs * 1_000);
            rig.wall += i64::try_from(runs).unwrap();
            let age = age + i64::try_from(runs).unwrap();
            prop_assert_eq!(held(&rig), usize::from(age < EXPIRY));
            if age >= EXPIRY {
                break;
            }
        }
    }

    /// Whatever is stored as the time and whatever the clock shows: no panic, and an end within one full
    /// time.
    #[test]
    fn any_pair_of_clock_values_ends(stored in any::<i64>(), wall in any::<i64>()) {
        let mut rig = fenced();
        let text = String::from_utf8(rig.snapshot.clone()).unwrap();
        rig.snapshot = text.replace(r#""since":1800000000"#, &format!(r#""since":{stored}"#)).into_bytes();
        rig.wall = wall;
        let mut rig = rig.restart(2).0;
        rig.pass(600_000);
        prop_assert_eq!(held(&rig), 0);
        prop_assert_eq!(reasons(&notices(&mut rig)), [TapExpiry::HeldTooLong]);
    }
}
