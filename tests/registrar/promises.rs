//! Promises that were broken once, each with the shortest life that broke it.

use tim_offline_push::account::UserId;
use tim_offline_push::registrar::{
    Cause, DoubtStatus, Effect, Event, IgnoredReason, Lane, NoticeCode, Region, ReportId, Restored,
    SessionId, StateName, Verdict,
};
use tim_offline_push::secret::Secret;
use tim_offline_push::vendor::{TokenKind, Vendor};

use super::rig::{Rig, configuration, configured, login, phone, steady, token};

fn voip_token(text: &str) -> Event {
    Event::Token { vendor: Vendor::Apns, kind: TokenKind::Voip, text: Secret::new(text) }
}

fn apple() -> Event {
    configured(configuration(&[Vendor::Apns]))
}

/// An iPhone with alice logged in, both of whose tokens are acknowledged.
fn bound_for_both() -> Rig {
    let mut rig = Rig::new(steady());
    rig.tell_all([apple(), phone("Apple"), login("alice")]);
    rig.tell_all([token(Vendor::Apns, &"ab".repeat(32)), voip_token(&"cd".repeat(32))]);
    rig.tell_all([rig.done()]);
    rig.tell_all([rig.done()]);
    assert_eq!(rig.state(Region::VoipBinding), StateName::Bound);
    rig.effects.clear();
    rig
}

/// Acknowledges every report that comes, and says which kinds were emptied.
fn emptied(rig: &mut Rig) -> Vec<TokenKind> {
    let mut emptied = Vec::new();
    let mut next = 0;
    while let Some(effect) = rig.effects.get(next).cloned() {
        next += 1;
        if let Effect::Report { id, binding } = effect {
            emptied.extend(binding.is_empty().then_some(binding.kind()));
            rig.tell(Event::ReportDone { id });
        }
    }
    rig.effects.clear();
    emptied
}

const BOTH: [TokenKind; 2] = [TokenKind::Standard, TokenKind::Voip];

#[test]
fn a_voip_binding_left_by_an_earlier_process_is_emptied() {
    let (mut rig, _) = bound_for_both().restart(2);
    rig.tell_all([apple(), Event::ConsentWithdrawn]);
    rig.effects.clear();
    rig.tell_all([login("alice")]);
    assert_eq!(emptied(&mut rig), BOTH);
}

#[test]
fn a_voip_binding_left_by_an_earlier_session_is_emptied() {
    let mut rig = bound_for_both();
    rig.tell_all([login("bob"), Event::ConsentWithdrawn]);
    emptied(&mut rig);
    rig.tell_all([login("alice")]);
    assert_eq!(emptied(&mut rig), BOTH);
    // Nothing is left of her: she is not called possibly bound any more.
    rig.tell_all([login("bob")]);
    assert_eq!(rig.machine.possibly_bound().count(), 0);
}

#[test]
fn a_voip_binding_is_emptied_after_its_certificate_and_token_are_gone() {
    let mut rig = bound_for_both();
    rig.tell_all([configured(configuration(&[Vendor::Fcm]))]);
    rig.tell_all([Event::TokenInvalid { vendor: Vendor::Apns, kind: TokenKind::Voip }]);
    let (mut rig, _) = rig.restart(2);
    rig.tell_all([configured(configuration(&[Vendor::Fcm])), phone("Apple"), login("alice")]);
    emptied(&mut rig);
    rig.tell_all([Event::PushDisabled]);
    assert_eq!(emptied(&mut rig), BOTH);
}

#[test]
fn who_never_had_a_voip_binding_gets_no_report_of_one() {
    let mut rig = Rig::bound(steady());
    rig.tell_all([Event::PushDisabled]);
    assert_eq!(emptied(&mut rig), [TokenKind::Standard]);
}

fn releases(rig: &mut Rig) -> Vec<(SessionId, bool, bool)> {
    std::iter::from_fn(|| rig.machine.poll_effect())
        .filter_map(|effect| match effect {
            Effect::ReleaseLogout { session, clean, superseded } => Some((session, clean, superseded)),
            _ => None,
        })
        .collect()
}

fn possibly_bound(rig: &Rig) -> Vec<&str> {
    rig.machine.possibly_bound().map(UserId::as_str).collect()
}

#[test]
fn a_queued_release_is_superseded_by_another_login() {
    let mut rig = Rig::bound(steady());
    let session = rig.session();
    rig.tell_untaken(Event::LogoutRequested { session });
    let again = rig.tell_untaken(Event::LogoutRequested { session });
    assert_eq!(again, Verdict::Ignored(IgnoredReason::AlreadyEnding));
    rig.tell_untaken(login("bob"));
    assert_eq!(possibly_bound(&rig), ["alice"]);
    assert_eq!(releases(&mut rig), [(session, true, true)]);
    assert_eq!(rig.machine.account().map(UserId::as_str), Some("bob"));
}

#[test]
fn a_queued_release_is_superseded_by_the_same_account_and_by_the_end_of_the_session() {
    for event in [login("alice"), Event::KickedOff { session: Rig::bound(steady()).session() }] {
        let mut rig = Rig::bound(steady());
        let session = rig.session();
        rig.tell_untaken(Event::LogoutRequested { session });
        assert_eq!(rig.tell_untaken(event), Verdict::Applied);
        assert_eq!(releases(&mut rig), [(session, true, true)]);
        assert!(possibly_bound(&rig).is_empty());
    }
}

#[test]
fn an_unclean_release_that_is_taken_after_the_settle_interval_is_clean() {
    let mut rig = Rig::registering(steady());
    rig.tell_all([login("alice"), token(Vendor::Xiaomi, "xiaomi-1")]);
    let session = rig.session();
    rig.tell_untaken(Event::LogoutRequested { session });
    for after in [5_000, 60_000] {
        rig.millis += after;
        let now = rig.now();
        rig.machine.handle_timeout(now);
    }
    assert_eq!(releases(&mut rig), [(session, true, false)]);
    assert!(possibly_bound(&rig).is_empty());
}

#[test]
fn a_process_killed_before_the_release_was_taken_leaves_its_account() {
    let mut rig = Rig::bound(steady());
    let session = rig.session();
    rig.tell_untaken(Event::LogoutRequested { session });
    rig.snapshot = rig.machine.snapshot().into_bytes();
    let (mut rig, _) = rig.restart(2);
    assert!(rig.drain().contains(&"Notice(LogoutUnfinished)".to_owned()));
    rig.tell_all([login("bob")]);
    assert_eq!(possibly_bound(&rig), ["alice"]);
}

#[test]
fn a_code_about_the_token_refuses_that_token_alone() {
    for code in [22_003, 22_004] {
        let mut rig = Rig::registering(steady());
        rig.tell_all([login("alice"), token(Vendor::Xiaomi, "xiaomi-1")]);
        rig.effects.clear();
        rig.tell_all([rig.failed(code)]);
        let effects = rig.drain();
        assert!(effects.contains(&"Notice(TokenRefusedByServer)".to_owned()), "{effects:?}");
        assert!(effects.contains(&"RegisterVendor(Xiaomi)".to_owned()), "{effects:?}");
        assert!(rig.machine.diagnose().tokens.is_empty());
        // The SDK repeats itself: nothing comes of it.
        let before = rig.machine.clone();
        let again = rig.tell(token(Vendor::Xiaomi, "xiaomi-1"));
        assert_eq!(again, Verdict::Ignored(IgnoredReason::RefusedByServer));
        assert!(rig.machine.is_in_state_of(&before));
        rig.tell_all([token(Vendor::Xiaomi, "xiaomi-2")]);
        assert_eq!(rig.drain(), ["Store", "Report(Xiaomi)"]);
        rig.tell_all([rig.done()]);
        assert!(rig.machine.diagnose().reachable);
    }
}

#[test]
fn a_refused_text_may_be_tried_again_after_a_change() {
    for change in [Event::UserRetry, login("bob"), configured(configuration(&[Vendor::Xiaomi]))] {
        let mut rig = Rig::registering(steady());
        rig.tell_all([login("alice"), token(Vendor::Xiaomi, "xiaomi-1")]);
        rig.tell_all([rig.failed(22_003), change.clone()]);
        assert_eq!(rig.tell(token(Vendor::Xiaomi, "xiaomi-1")), Verdict::Applied, "{change:?}");
    }
}

#[test]
fn tokens_that_are_refused_one_after_another_follow_the_backoff() {
    let mut rig = Rig::registering(steady());
    rig.tell_all([login("alice")]);
    for number in 0..500 {
        rig.tell(token(Vendor::Xiaomi, &format!("xiaomi-{number}")));
        if let Some(id) = rig.report.take() {
            rig.tell(Event::ReportFailed { id, code: 22_004.into(), retry_after: None });
        }
        rig.pass(10);
    }
    assert!(rig.machine.counters().reports < 10, "{}", rig.machine.counters().reports);
}

#[test]
fn a_token_code_in_answer_to_an_empty_binding_parks_that_kind_alone() {
    let mut rig = bound_for_both();
    rig.tell_all([Event::PushDisabled]);
    rig.tell_all([rig.failed(22_003)]);
    assert_eq!(rig.state(Region::Binding), StateName::Parked);
    let effects = rig.drain();
    assert!(effects.contains(&"Notice(ReportParked)".to_owned()), "{effects:?}");
    assert!(effects.contains(&"Report(nothing VoIP)".to_owned()), "it holds no gate: {effects:?}");
    rig.tell_all([rig.done()]);
    let mut left = rig.clone();
    left.tell_all([login("bob")]);
    assert_eq!(possibly_bound(&left), ["alice"], "the account stays possibly bound");
    rig.tell_all([Event::PushEnabled]);
    assert!(rig.drain().contains(&"Report(APNs)".to_owned()));
}

#[test]
fn an_sdk_that_is_at_it_is_not_asked_for_voip_again() {
    let (mut rig, _) = bound_for_both().restart(2);
    rig.tell_all([apple(), phone("Apple")]);
    assert!(rig.drain().contains(&"RegisterVendor(APNs VoIP)".to_owned()));
    rig.tell_all([Event::TokenInvalid { vendor: Vendor::Apns, kind: TokenKind::Voip }]);
    assert!(!rig.drain().contains(&"RegisterVendor(APNs VoIP)".to_owned()));
    // Its time is up, and it is asked again at the back-off's pace.
    rig.pass(10_000);
    rig.pass(1_000);
    assert!(rig.drain().contains(&"RegisterVendor(APNs VoIP)".to_owned()));
}

fn stores(rig: &mut Rig) -> usize {
    std::iter::from_fn(|| rig.machine.poll_effect())
        .filter(|effect| matches!(effect, Effect::Store { .. }))
        .count()
}

#[test]
fn one_write_is_out_at_a_time_after_a_restore_that_is_drained_late() {
    let mut rig = Rig::bound(steady());
    rig.tell_all([Event::LogoutRequested { session: rig.session() }, login("alice")]);
    let (machine, restored) = tim_offline_push::registrar::Machine::restore(
        super::rig::origin(2),
        rig.machine.policy().clone(),
        b"damaged",
        rig.now(),
    );
    assert!(matches!(restored, Restored::Malformed { .. }));
    let mut rig = Rig::around(machine, rig.millis + 1_900);
    assert_eq!(stores(&mut rig), 1, "taken late");
    rig.millis += 200;
    let now = rig.now();
    rig.machine.handle_timeout(now);
    rig.tell_untaken(login("alice"));
    assert_eq!(stores(&mut rig), 0, "it is answered within two seconds from when it was taken");
    rig.millis += 1_800;
    let now = rig.now();
    rig.machine.handle_timeout(now);
    rig.tell_untaken(token(Vendor::Xiaomi, "xiaomi-1"));
    assert_eq!(stores(&mut rig), 1, "a report waits for its intent, and not for a failed store to recover");
}

#[test]
fn a_token_that_died_is_replaced_at_once_even_after_a_permanent_code() {
    let parked = || {
        let mut rig = Rig::registering(steady());
        rig.tell_all([login("alice"), token(Vendor::Xiaomi, "xiaomi-1")]);
        rig.tell_all([rig.failed(6_017)]);
        rig.effects.clear();
        rig
    };
    let mut rig = parked();
    rig.tell_all([
        Event::TokenInvalid { vendor: Vendor::Xiaomi, kind: TokenKind::Standard },
        token(Vendor::Xiaomi, "xiaomi-2"),
    ]);
    assert!(rig.drain().contains(&"Report(Xiaomi)".to_owned()));
    let mut rig = parked();
    rig.tell_all([token(Vendor::Xiaomi, "xiaomi-2")]);
    assert_eq!(rig.state(Region::Binding), StateName::Parked);
}

#[test]
fn a_voip_token_that_died_is_replaced_at_once_even_after_a_permanent_code() {
    let mut rig = bound_for_both();
    rig.tell_all([voip_token(&"ce".repeat(32))]);
    rig.tell_all([rig.failed(6_017)]);
    rig.tell_all([Event::TokenInvalid { vendor: Vendor::Apns, kind: TokenKind::Voip }]);
    rig.effects.clear();
    rig.tell_all([voip_token(&"cf".repeat(32))]);
    assert!(rig.drain().contains(&"Report(APNs VoIP)".to_owned()));
}

fn next_report(rig: &mut Rig, is_free: impl Fn(Lane) -> bool) -> Option<ReportId> {
    std::iter::from_fn(|| rig.machine.poll_effect_on(&is_free)).find_map(|effect| match effect {
        Effect::Report { id, .. } => Some(id),
        _ => None,
    })
}

#[test]
fn a_store_that_blocks_holds_up_no_report() {
    let mut rig = Rig::registering(steady());
    rig.stores = false;
    rig.tell_untaken(login("alice"));
    rig.tell_untaken(token(Vendor::Xiaomi, "xiaomi-1"));
    let free = |lane| lane != Lane::Store;
    assert_eq!(next_report(&mut rig, free), None);
    rig.millis += 2_000;
    let now = rig.now();
    rig.machine.handle_timeout(now);
    let mut reported = false;
    let mut busy = 0;
    while let Some(effect) = rig.machine.poll_effect_on(free) {
        match effect {
            Effect::Report { .. } => reported = true,
            Effect::Notice(notice) if notice.code() == NoticeCode::HostBusy => {
                assert_eq!(notice.cause(), Some(&Cause::Lane(Lane::Store)));
                busy += 1;
            }
            _ => {}
        }
    }
    assert!(reported);
    assert_eq!(busy, 1);
    assert_eq!(rig.machine.diagnose().beliefs[0].doubt, DoubtStatus::Unsettled);
}

#[test]
fn a_report_that_nobody_takes_is_withdrawn_and_counted_nowhere() {
    let mut rig = Rig::registering(steady());
    let free = |lane| lane != Lane::ImClient;
    rig.tell_untaken(login("alice"));
    rig.tell_untaken(token(Vendor::Xiaomi, "xiaomi-1"));
    let store = |rig: &mut Rig| {
        while let Some(effect) = rig.machine.poll_effect_on(free) {
            if let Effect::Store { version, .. } = effect {
                rig.tell_untaken(Event::Stored { version });
            }
        }
    };
    store(&mut rig);
    assert_eq!(rig.state(Region::Binding), StateName::Reporting);
    rig.millis += 15_000;
    let now = rig.now();
    rig.machine.handle_timeout(now);
    store(&mut rig);
    assert_eq!(rig.state(Region::Binding), StateName::Waiting);
    let counters = rig.machine.counters();
    assert_eq!((counters.reports, counters.reports_unknown, counters.requests_withdrawn), (0, 0, 1));
    // Something is taken from the lane: the host is there again.
    rig.tell_untaken(Event::Foreground);
    let taken: Vec<_> = std::iter::from_fn(|| rig.machine.poll_effect()).collect();
    assert!(taken.iter().any(|effect| matches!(effect, Effect::EnterForeground { .. })), "{taken:?}");
    assert!(taken.iter().any(|effect| matches!(effect, Effect::Report { .. })), "{taken:?}");
}

#[test]
fn a_registration_that_nobody_takes_moves_on_to_the_next_vendor() {
    let mut rig = Rig::new(steady());
    rig.tell_untaken(configured(configuration(&[Vendor::Xiaomi, Vendor::Fcm])));
    rig.tell_untaken(phone("Xiaomi"));
    let free = |lane| lane != Lane::Vendor(Vendor::Xiaomi);
    assert!(rig.machine.poll_effect_on(free).is_none());
    rig.millis += 10_000;
    let now = rig.now();
    rig.machine.handle_timeout(now);
    let taken: Vec<_> = std::iter::from_fn(|| rig.machine.poll_effect_on(free)).collect();
    assert!(
        taken.iter().any(|effect| matches!(effect, Effect::RegisterVendor { vendor: Vendor::Fcm, .. })),
        "{taken:?}"
    );
    assert_eq!(rig.machine.counters().registrations, 1);
    assert_eq!(rig.machine.counters().registrations_timed_out, 0);
}

#[test]
fn a_report_carries_what_its_stored_intent_covers_or_is_left_out() {
    let mut rig = Rig::registering(steady());
    rig.tell_all([Event::PushDisabled]);
    rig.effects.clear();
    rig.tell_untaken(login("alice"));
    let version = std::iter::from_fn(|| rig.machine.poll_effect())
        .find_map(|effect| match effect {
            Effect::Store { version, .. } => Some(version),
            _ => None,
        })
        .unwrap();
    rig.tell_untaken(Event::Stored { version });
    assert_eq!(rig.state(Region::Binding), StateName::Reporting, "an empty binding is due");
    rig.tell_untaken(Event::PushEnabled);
    rig.tell_untaken(token(Vendor::Xiaomi, "xiaomi-1"));
    assert_eq!(rig.state(Region::Binding), StateName::Storing);
    assert_eq!(next_report(&mut rig, |_| true), None, "what is stored says nothing of a token");
}

#[test]
fn a_consent_that_does_not_read_is_not_given() {
    let mut rig = Rig::bound(steady());
    rig.tell_all([Event::ConsentGranted]);
    let stored = String::from_utf8(rig.machine.snapshot().into_bytes()).unwrap();
    for damaged in ["7", "null", "\"yes\"", "[]", "{}", "\"\\ud800\"", "1.0", "\"true\""] {
        let text = stored.replacen("\"consent\":true", &format!("\"consent\":{damaged}"), 1);
        assert_ne!(text, stored);
        rig.snapshot = text.into_bytes();
        for start in 0..3 {
            let (mut next, restored) = rig.restart(2 + start);
            let expected = if start == 0 { Restored::InPart { unread: 1 } } else { Restored::Resumed };
            assert_eq!(restored, expected, "{damaged}: start {start}");
            next.tell_all([configured(configuration(&[Vendor::Xiaomi])), phone("Xiaomi"), login("alice")]);
            next.pass(100_000);
            let effects = next.drain();
            let notices = effects.iter().filter(|effect| effect.starts_with("Notice")).count();
            assert!(effects.contains(&"Notice(ConsentUnreadable)".to_owned()), "{damaged}: {effects:?}");
            assert_eq!(notices, 1, "{damaged}: {effects:?}");
            let called = |effect: &String| effect.contains("Register") || effect.contains("Report");
            assert!(!effects.iter().any(called), "{damaged}: {effects:?}");
            let blocker = next.machine.diagnose().blocked_by.unwrap();
            assert!(blocker.cause.contains("consent"), "{blocker:?}");
            rig.snapshot.clone_from(&next.snapshot);
            let mut granted = next.clone();
            granted.tell_all([Event::ConsentGranted]);
            assert!(granted.drain().contains(&"RegisterVendor(Xiaomi)".to_owned()));
            next.tell_all([Event::ConsentWithdrawn]);
            let effects = next.drain();
            assert!(effects.contains(&"UnregisterVendor(Xiaomi)".to_owned()), "{effects:?}");
            assert!(effects.contains(&"Report(nothing)".to_owned()), "{effects:?}");
        }
    }
}

#[test]
fn a_consent_in_a_snapshot_that_does_not_read_at_all_is_not_given() {
    let mut rig = Rig::bound(steady());
    rig.tell_all([Event::ConsentWithdrawn]);
    let stored = rig.machine.snapshot().into_bytes();
    rig.snapshot = stored[..stored.len() - 1].to_vec();
    let (mut rig, restored) = rig.restart(2);
    assert!(matches!(restored, Restored::Malformed { .. }));
    rig.tell_all([configured(configuration(&[Vendor::Xiaomi])), phone("Xiaomi")]);
    assert!(!rig.drain().iter().any(|effect| effect.starts_with("RegisterVendor")));
}

#[test]
fn an_sdk_is_unregistered_also_if_the_process_ended_before() {
    let mut rig = Rig::bound(steady());
    rig.tell_untaken(Event::ConsentWithdrawn);
    rig.snapshot = rig.machine.snapshot().into_bytes();
    let (mut rig, _) = rig.restart(2);
    assert!(rig.drain().contains(&"UnregisterVendor(Xiaomi)".to_owned()));
    let (mut rig, _) = rig.restart(3);
    assert!(!rig.drain().iter().any(|effect| effect.starts_with("Unregister")));
}

#[test]
fn an_sdk_that_was_not_unregistered_yet_runs_on_when_the_user_agrees_again() {
    let mut rig = Rig::registering(steady());
    rig.effects.clear();
    rig.tell_untaken(Event::ConsentWithdrawn);
    rig.tell_all([Event::ConsentGranted]);
    let effects = rig.drain();
    assert!(!effects.iter().any(|effect| effect.contains("egister")), "it is still at it: {effects:?}");
    rig.tell_all([token(Vendor::Xiaomi, "xiaomi-1")]);
    assert_eq!(rig.state(Region::Election), StateName::Elected);
}

#[test]
fn a_superseded_release_is_judged_when_it_is_taken() {
    let mut rig = Rig::registering(steady());
    rig.tell_all([login("alice"), token(Vendor::Xiaomi, "xiaomi-1")]);
    let session = rig.session();
    rig.tell_untaken(Event::LogoutRequested { session });
    rig.tell_untaken(login("bob"));
    let mut late = rig.clone();
    assert_eq!(releases(&mut rig), [(session, false, true)]);
    late.millis += 60_000;
    let now = late.now();
    late.machine.handle_timeout(now);
    assert_eq!(releases(&mut late), [(session, true, true)]);
}
