//! What is seen only by whoever looks twice: waits, a notice that is due again, beliefs, transitions, texts
//! refused.

use std::time::Duration;

use tim_offline_push::registrar::{
    Belief, Event, IgnoredReason, InstallId, Jitter, Lane, Machine, Origin, Policy, PolicySettings, Region,
    StateName, Verdict,
};
use tim_offline_push::secret::Secret;
use tim_offline_push::time::Now;
use tim_offline_push::vendor::{TokenKind, Vendor};

use super::rig::{
    Rig, arrival, configuration, configured, login, origin, phone, seconds, steady, tap, token,
};

fn voip_token() -> Event {
    Event::Token { vendor: Vendor::Apns, kind: TokenKind::Voip, text: Secret::new("cd".repeat(32)) }
}

/// An Apple phone with both tokens, and a process that starts with them.
fn restored_apple() -> Rig {
    let apple = || configured(configuration(&[Vendor::Apns]));
    let mut rig = Rig::new(steady());
    rig.tell_all([apple(), phone("Apple"), token(Vendor::Apns, &"ab".repeat(32)), voip_token()]);
    let (mut rig, _) = rig.restart(2);
    rig.tell_all([apple(), phone("Apple")]);
    rig
}

/// How often APNs was asked for a VoIP token.
fn asked_for_voip(rig: &mut Rig) -> usize {
    rig.drain().iter().filter(|effect| *effect == "RegisterVendor(APNs VoIP)").count()
}

#[test]
fn a_voip_sdk_that_does_not_repeat_its_token_is_not_asked_again() {
    let mut rig = restored_apple();
    assert_eq!(asked_for_voip(&mut rig), 1);
    rig.reach_deadline_if_sooner(3_600_000);
    assert_eq!(asked_for_voip(&mut rig), 0);
}

#[test]
fn a_voip_token_that_comes_after_its_refusal_ends_the_wait() {
    let mut rig = Rig::new(steady());
    rig.tell_all([configured(configuration(&[Vendor::Apns])), phone("Apple")]);
    assert_eq!(asked_for_voip(&mut rig), 1);
    let id = rig.registration.unwrap();
    rig.tell_all([Event::VendorFailed { id, code: (-987_654).into() }, voip_token()]);
    rig.reach_deadline_if_sooner(3_600_000);
    assert_eq!(asked_for_voip(&mut rig), 0);
}

#[test]
fn each_vendor_has_a_refused_text_of_its_own() {
    let mut rig = Rig::registering(steady());
    rig.reach_deadline();
    rig.tell_all([login("alice"), token(Vendor::Xiaomi, "xiaomi-1"), token(Vendor::Fcm, "fcm-1")]);
    // The server refuses the first, and then the second, which has taken its place.
    for _ in 0..2 {
        rig.tell_all([rig.failed(22003)]);
    }
    for (vendor, text) in [(Vendor::Xiaomi, "xiaomi-1"), (Vendor::Fcm, "fcm-1")] {
        let verdict = rig.tell(token(vendor, text));
        assert_eq!(verdict, Verdict::Ignored(IgnoredReason::RefusedByServer), "{vendor}");
    }
    assert_eq!(rig.tell(token(Vendor::Fcm, "fcm-2")), Verdict::Applied);
}

#[test]
fn a_slow_pace_waits_at_least_half_its_time_whatever_the_dice_show() {
    let mut settings = PolicySettings::default();
    settings.jitter = Jitter::Full;
    let slow = settings.slow_base;
    let mut waits: Vec<Duration> = Vec::new();
    for seed in 0..40 {
        let machine = Machine::new(origin(1).with_seed(seed), Policy::new(settings.clone()).unwrap());
        let mut rig = Rig::around(machine, 1_000);
        rig.tell_all([configured(configuration(&[Vendor::Xiaomi])), phone("Xiaomi")]);
        rig.tell_all([login("alice"), token(Vendor::Xiaomi, "xiaomi-1")]);
        // The console does not know the certificate: that may take minutes.
        rig.tell_all([rig.failed(22001)]);
        let from = rig.millis;
        while rig.state(Region::Binding) == StateName::Waiting {
            assert!(rig.reach_deadline());
        }
        waits.push(Duration::from_millis(rig.millis - from));
    }
    assert!(waits.iter().all(|wait| (slow / 2..=slow).contains(wait)), "{waits:?}");
    assert!(waits.iter().any(|wait| *wait < slow / 10 * 7), "the dice are thrown: {waits:?}");
}

/// Waits until a request is withdrawn. How often the host was told that it is busy.
fn until_withdrawn(rig: &mut Rig) -> usize {
    let before = rig.machine.counters().requests_withdrawn;
    while rig.machine.counters().requests_withdrawn == before {
        assert!(rig.reach_deadline());
    }
    rig.drain().iter().filter(|effect| *effect == "Notice(HostBusy)").count()
}

#[test]
fn a_host_that_is_busy_once_more_is_told_of_once_more() {
    let mut rig = Rig::bound(steady());
    rig.busy = Some(Lane::ImClient);
    rig.tell_all([Event::PushDisabled]);
    assert_eq!(until_withdrawn(&mut rig), 1);
    assert_eq!(until_withdrawn(&mut rig), 0, "it is busy still");
    rig.busy = None;
    while !rig.drain().contains(&"Report(nothing)".to_owned()) {
        assert!(rig.reach_deadline());
    }
    rig.tell_all([rig.done()]);
    rig.busy = Some(Lane::ImClient);
    rig.tell_all([Event::PushEnabled]);
    assert_eq!(until_withdrawn(&mut rig), 1);
}

#[test]
fn of_whoever_is_back_it_is_not_known_what_the_server_has() {
    let belief = |rig: &Rig| {
        let diagnosis = rig.machine.diagnose();
        diagnosis.beliefs.iter().find(|status| status.kind == TokenKind::Standard).map(|status| status.belief)
    };
    let mut rig = Rig::bound(steady());
    assert_eq!(belief(&rig), Some(Belief::Bound));
    rig.tell_all([login("bob")]);
    rig.tell_all([rig.done()]);
    // Nothing is under way before the intent is stored, and nothing is in doubt.
    rig.stores = false;
    rig.tell_all([login("alice")]);
    assert_eq!(rig.state(Region::Binding), StateName::Storing);
    assert_eq!(belief(&rig), Some(Belief::Unknown));
}

#[test]
fn each_transition_is_told_once() {
    let mut rig = Rig::registering(steady());
    let told = |rig: &mut Rig| {
        let mut told = Vec::new();
        while let Some(transition) = rig.machine.poll_transition() {
            told.push((transition.region, transition.from, transition.to));
        }
        told
    };
    told(&mut rig);
    rig.stores = false;
    rig.tell_all([token(Vendor::Xiaomi, "xiaomi-1")]);
    let (election, store) = ((Region::Election, StateName::Registering, StateName::Elected), Region::Store);
    assert_eq!(told(&mut rig), [election, (store, StateName::Clean, StateName::Writing)]);
    rig.tell_all([login("alice")]);
    let begun = told(&mut rig);
    assert!(begun.contains(&(Region::Session, StateName::LoggedOut, StateName::LoggedIn)), "{begun:?}");
    assert!(begun.iter().all(|(region, from, to)| from != to || *region == Region::Session), "{begun:?}");
    // One session in place of another is a transition too.
    rig.tell_all([login("bob")]);
    assert!(told(&mut rig).contains(&(Region::Session, StateName::LoggedIn, StateName::LoggedIn)));
    assert_eq!(told(&mut rig), []);
}

#[test]
fn what_is_taken_from_a_lane_brings_back_all_that_was_withdrawn_there() {
    let mut rig = Rig::bound(steady());
    rig.busy = Some(Lane::ImClient);
    rig.tell_all([Event::Foreground, Event::PushDisabled]);
    let mut seen = 0;
    // One of them waits to be taken while the other was withdrawn, or both do: never comes one alone.
    for _ in 0..20 {
        assert!(rig.reach_deadline());
        let mut free = rig.clone();
        free.drain();
        free.busy = None;
        free.pass(0);
        let taken = free.drain();
        assert!(matches!(taken.len(), 0 | 2), "{taken:?}");
        seen += taken.len();
    }
    assert!(seen > 0);
}

#[test]
fn a_write_is_not_withdrawn_before_its_time() {
    let mut settings = steady();
    settings.store = seconds(20);
    let mut rig = Rig::new(settings);
    rig.busy = Some(Lane::Store);
    rig.tell_all([configured(configuration(&[Vendor::Xiaomi, Vendor::Fcm])), phone("Xiaomi")]);
    rig.tell_all([login("alice")]);
    assert!(rig.reach_deadline());
    assert!(rig.drain().contains(&"Notice(VendorSilent)".to_owned()), "the deadline was another's");
    assert_eq!(rig.machine.counters().requests_withdrawn, 0);
}

#[test]
fn a_write_that_was_not_needed_for_a_while_gets_its_own_time() {
    let mut rig = Rig::bound(steady());
    rig.busy = Some(Lane::Store);
    rig.tell_all([Event::PushDisabled]);
    rig.pass(1_500);
    // What is stored is true again, for a moment.
    rig.tell_all([Event::PushEnabled, Event::PushDisabled]);
    rig.pass(1_500);
    assert_eq!(rig.machine.counters().requests_withdrawn, 0);
    rig.pass(500);
    assert_eq!(rig.machine.counters().requests_withdrawn, 1);
}

#[test]
fn after_a_snapshot_is_lost_whoever_logs_out_first_may_be_bound() {
    let (machine, _) =
        Machine::restore(origin(2), Policy::default(), b"{\"version\":", Rig::new(steady()).now());
    let mut rig = Rig::around(machine, 1_000);
    rig.tell_all([configured(configuration(&[Vendor::Xiaomi])), phone("Xiaomi"), login("alice")]);
    rig.effects.clear();
    rig.tell_all([Event::LogoutRequested { session: rig.session() }]);
    assert!(!rig.drain().iter().any(|effect| effect.starts_with("ReleaseLogout")));
    rig.pass(5_000);
    assert!(rig.drain().contains(&"ReleaseLogout(unclean)".to_owned()));
    assert_eq!(rig.machine.possibly_bound().count(), 1);
}

#[test]
fn whose_a_tap_is_assumed_to_be_outlives_the_process() {
    let mut rig = Rig::bound(steady());
    rig.tell_all([Event::LogoutRequested { session: rig.session() }]);
    rig.tell_all([Event::LoggedOut { session: rig.released.unwrap() }, Event::Tapped(tap("m", None))]);
    let (mut rig, _) = rig.restart(2);
    rig.tell_all([Event::HostReady, login("bob")]);
    assert!(!rig.drain().iter().any(|effect| effect.starts_with("DeliverTap")), "it is alice's");
    rig.tell_all([login("alice")]);
    assert!(rig.drain().contains(&"DeliverTap(assumed)".to_owned()));
}

#[test]
fn a_vendor_without_notification_channel_waits_for_none() {
    let mut rig = Rig::registering(steady());
    rig.tell_all([login("alice")]);
    let blocker = rig.machine.diagnose().blocked_by.unwrap();
    assert_eq!(blocker.cause, "the Xiaomi SDK was asked for a token and has not given one");
}

#[test]
fn ids_fit_a_number_of_javascript() {
    let origin = Origin::new(InstallId::new("i").unwrap(), u32::MAX);
    let mut machine = Machine::new(origin.clone(), Policy::default());
    machine.handle(Now::default(), login("alice"));
    let session = machine.session().unwrap();
    assert!((1..1 << 53).contains(&session.as_u64()), "{session}");
    assert_eq!(session.as_u64() >> 32, u64::from(origin.incarnation()));
}

#[test]
fn what_waits_for_the_store_is_due_when_the_write_is() {
    let due = |rig: &Rig, region| {
        let diagnosis = rig.machine.diagnose();
        let status = diagnosis.regions.into_iter().find(|status| status.region == region).unwrap();
        status.due_in.map(|due| (status.state, due.as_secs()))
    };
    // An acknowledged binding is reported again in a day, and the new token much sooner.
    let mut rig = Rig::bound(steady());
    rig.stores = false;
    rig.tell_all([token(Vendor::Xiaomi, "xiaomi-2")]);
    assert_eq!(due(&rig, Region::Binding), Some((StateName::Storing, 2)));

    let mut settings = steady();
    settings.push_events = true;
    let mut rig = Rig::registering(settings);
    rig.tell_all([arrival("push-1", None)]);
    rig.stores = false;
    rig.tell_all([login("alice")]);
    assert_eq!(due(&rig, Region::Receipts), Some((StateName::Reporting, 2)));
}
