//! The rules that settle the hard cases, one by one.

use std::time::Duration;

use tim_offline_push::account::UserId;
use tim_offline_push::registrar::{
    DoubtStatus, Event, IgnoredReason, Jitter, NoticeCode, Policy, PolicySettings, Region, StateName, Verdict,
};
use tim_offline_push::secret::Secret;
use tim_offline_push::time::MonotonicTime;
use tim_offline_push::vendor::{TokenKind, Vendor};

use super::rig::{Rig, configuration, configured, login, phone, steady, token, unread, words};

const STANDARD: TokenKind = TokenKind::Standard;

/// When the machine wants to be woken, from now.
fn due(rig: &Rig) -> Duration {
    rig.machine.poll_timeout().unwrap().saturating_since(MonotonicTime::from_millis(rig.millis))
}

/// The notices among the effects so far.
fn notices(rig: &mut Rig) -> Vec<String> {
    rig.drain().into_iter().filter(|effect| effect.starts_with("Notice")).collect()
}

/// Logged in, with a report under way.
fn reporting(settings: PolicySettings) -> Rig {
    let mut rig = Rig::registering(settings);
    rig.tell_all([login("alice"), token(Vendor::Xiaomi, "xiaomi-1")]);
    rig.effects.clear();
    rig
}

#[test]
fn rule_1_a_channel_without_certificate_or_sdk_is_passed_over() {
    let mut rig = Rig::new(steady());
    rig.tell_all([configured(configuration(&[Vendor::Fcm])), phone("Xiaomi")]);
    assert_eq!(rig.drain(), ["RegisterVendor(FCM)", "Store"]);
    let election = rig.machine.diagnose().election;
    assert!(election.iter().any(|line| line.starts_with("Xiaomi: refused")), "{election:?}");
}

#[test]
fn rule_2_the_old_binding_stays_until_the_new_token_is_in_hand() {
    let mut rig = Rig::bound(steady());
    rig.tell_all([configured(configuration(&[Vendor::Fcm]))]);
    assert_eq!(rig.drain(), ["RegisterVendor(FCM)", "Store"]);
    assert_eq!(rig.machine.diagnose().elected, Some(Vendor::Xiaomi));
    rig.tell_all([token(Vendor::Fcm, "fcm-1")]);
    assert_eq!(rig.drain(), ["Store", "Report(FCM)"]);
}

#[test]
fn rule_3_rank_only_improves_and_falls_only_with_the_token() {
    let mut rig = Rig::registering(steady());
    rig.tell_all([login("alice")]);
    rig.reach_deadline();
    rig.tell_all([token(Vendor::Fcm, "fcm-1")]);
    assert_eq!(rig.drain().last().map(String::as_str), Some("Report(FCM)"));
    rig.tell_all([rig.done()]);
    rig.effects.clear();
    // Late, but better.
    rig.tell_all([token(Vendor::Xiaomi, "xiaomi-1")]);
    assert_eq!(rig.drain(), ["Store", "Report(Xiaomi)"]);
    rig.tell_all([rig.done(), token(Vendor::Fcm, "fcm-2")]);
    assert_eq!(rig.machine.diagnose().elected, Some(Vendor::Xiaomi), "a worse one is the spare");
    rig.effects.clear();
    // The spare serves while the vendor makes a new one.
    rig.tell_all([Event::TokenInvalid { vendor: Vendor::Xiaomi, kind: STANDARD }]);
    assert_eq!(rig.drain(), ["RegisterVendor(Xiaomi)", "Store", "Report(FCM)"]);
    rig.tell_all([rig.done(), token(Vendor::Xiaomi, "xiaomi-2")]);
    assert_eq!(rig.machine.diagnose().elected, Some(Vendor::Xiaomi));
}

#[test]
fn rule_4_an_sdk_is_started_once_per_process_and_its_silence_costs_no_restored_token() {
    let rig = Rig::bound(steady());
    let (mut rig, _) = rig.restart(2);
    rig.effects.clear();
    rig.tell_all([
        configured(configuration(&[Vendor::Xiaomi, Vendor::Fcm])),
        phone("Xiaomi"),
        login("alice"),
    ]);
    let effects = rig.drain();
    assert_eq!(
        effects.iter().filter(|effect| effect.starts_with("RegisterVendor")).count(),
        1,
        "{effects:?}"
    );
    assert!(effects.contains(&"Report(Xiaomi)".to_owned()), "{effects:?}");
    rig.tell_all([rig.done()]);
    rig.pass(10_000);
    assert_eq!(rig.state(Region::Election), StateName::Elected);
    assert_eq!(rig.machine.diagnose().elected, Some(Vendor::Xiaomi));
    rig.tell_all([Event::LoggedOut { session: rig.session() }, login("bob")]);
    assert!(!rig.drain().iter().any(|effect| effect.starts_with("RegisterVendor")));
}

#[test]
fn rule_5_a_restored_machine_is_logged_out_and_says_that_a_logout_was_not_finished() {
    let mut rig = reporting(steady());
    rig.tell_all([Event::LogoutRequested { session: rig.session() }]);
    assert_eq!(rig.state(Region::Session), StateName::Draining);
    let (mut rig, _) = rig.restart(2);
    assert_eq!(rig.machine.session(), None);
    let notices = notices(&mut rig);
    assert!(notices.contains(&format!("Notice({:?})", NoticeCode::LogoutUnfinished)), "{notices:?}");
    // Its report was under way: nobody knows what became of it.
    assert_eq!(rig.machine.possibly_bound().count(), 1);
    assert_eq!(rig.machine.diagnose().beliefs[0].doubt, DoubtStatus::Unsettled);
}

#[test]
fn rule_7_a_drain_that_ends_at_its_deadline_is_not_clean() {
    let mut rig = reporting(steady());
    rig.tell_all([Event::LogoutRequested { session: rig.session() }]);
    rig.effects.clear();
    assert_eq!(due(&rig), Duration::from_secs(5));
    rig.pass(5_000);
    assert_eq!(rig.drain()[0], "ReleaseLogout(unclean)");
    assert_eq!(rig.machine.possibly_bound().count(), 1);
    // That account logs in again: it is not left behind any more.
    rig.tell_all([login("alice")]);
    assert_eq!(rig.machine.possibly_bound().count(), 0);
}

#[test]
fn rule_8_not_ready_is_retried_with_one_notice_after_three() {
    let mut rig = reporting(steady());
    for attempt in 1..=5 {
        rig.tell_all([rig.failed([6014, 6026, 9503, 21005, 6014][attempt - 1])]);
        assert_eq!(rig.state(Region::Session), StateName::LoggedIn);
        assert_eq!(notices(&mut rig).len(), usize::from(attempt == 3), "attempt {attempt}");
        rig.reach_deadline();
        rig.effects.retain(|effect| !words(effect).starts_with("RegisterVendor"));
    }
}

#[test]
fn rule_8_an_unknown_certificate_is_retried_slowly_with_one_notice() {
    let mut rig = reporting(steady());
    let mut waits = Vec::new();
    for attempt in 0..6 {
        rig.tell_all([rig.failed(22001)]);
        assert_eq!(notices(&mut rig).len(), usize::from(attempt == 0));
        waits.push(due(&rig).as_secs());
        rig.reach_deadline();
    }
    assert_eq!(waits, [60, 120, 240, 480, 960, 1_920]);
    rig.tell_all([rig.done()]);
    assert!(rig.machine.diagnose().reachable);
}

#[test]
fn rule_8_these_codes_end_the_session() {
    for code in [6206, 6208, 70001, 70003] {
        let mut rig = reporting(steady());
        rig.tell_all([rig.failed(code)]);
        assert_eq!(rig.state(Region::Session), StateName::LoggedOut, "{code}");
        assert_eq!(rig.machine.possibly_bound().count(), 0, "an answered report is not under way");
    }
}

/// Timed out before the answer: it may be there, and it may come yet.
#[test]
fn rule_8_a_code_that_tells_nothing_is_an_unknown_outcome() {
    let mut rig = reporting(steady());
    rig.tell_all([rig.failed(9520)]);
    assert_eq!(rig.machine.diagnose().beliefs[0].doubt, DoubtStatus::Unsettled);
    rig.reach_deadline();
    rig.tell_all([rig.done()]);
    assert_eq!(rig.machine.diagnose().beliefs[0].doubt, DoubtStatus::Unsettled);
    rig.pass(60_000);
    rig.tell_all([rig.done()]);
    assert!(rig.machine.diagnose().reachable);
    assert_eq!(rig.machine.counters().reports, 3);
}

#[test]
fn rule_9_a_slow_store_costs_two_seconds_and_one_report_more() {
    let mut rig = Rig::registering(steady());
    rig.stores = false;
    rig.tell_all([login("alice"), token(Vendor::Xiaomi, "xiaomi-1")]);
    assert_eq!(rig.state(Region::Binding), StateName::Storing);
    rig.effects.clear();
    rig.pass(2_000);
    assert!(rig.drain().contains(&"Report(Xiaomi)".to_owned()));
    rig.stores = true;
    rig.tell_all([rig.done()]);
    assert_eq!(rig.machine.diagnose().beliefs[0].doubt, DoubtStatus::Unsettled);
    rig.effects.clear();
    rig.pass(60_000);
    assert!(rig.drain().contains(&"Report(Xiaomi)".to_owned()));
    rig.tell_all([rig.done()]);
    assert!(rig.machine.diagnose().reachable);
}

#[test]
fn a_store_that_never_works_leaves_the_phone_reachable_and_at_rest() {
    let mut rig = Rig::registering(steady());
    rig.stores = false;
    rig.tell_all([login("alice"), token(Vendor::Xiaomi, "xiaomi-1")]);
    for _ in 0..200 {
        if rig.state(Region::Binding) == StateName::Reporting {
            rig.tell(rig.done());
        }
        rig.reach_deadline();
    }
    let diagnosis = rig.machine.diagnose();
    // Once, once more after the settle interval, and the same for each day that went by.
    let days = u32::try_from(rig.millis / 86_400_000).unwrap();
    assert!(diagnosis.counters.reports <= 2 * (days + 1), "{diagnosis}");
}

#[test]
fn without_snapshots_each_report_is_made_twice() {
    let mut settings = steady();
    settings.snapshots = false;
    let mut rig = reporting(settings);
    assert_eq!(rig.state(Region::Binding), StateName::Reporting);
    rig.tell_all([rig.done()]);
    rig.effects.clear();
    rig.pass(60_000);
    rig.tell_all([rig.done()]);
    assert_eq!(rig.drain().iter().filter(|effect| effect.starts_with("Report")).count(), 1);
    assert!(rig.machine.diagnose().reachable);
    assert_eq!(rig.machine.counters().stores, 0);
}

#[test]
fn rule_10_android_7_has_no_notification_channels() {
    let facts = "[ro.product.brand]: [OPPO]\n[ro.product.manufacturer]: [OPPO]\n[ro.build.version.sdk]: [24]";
    let facts = tim_offline_push::device::DeviceFacts::from_getprop(facts).unwrap();
    let mut rig = Rig::new(steady());
    rig.tell_all([configured(configuration(&[Vendor::Oppo])), Event::DeviceFacts(facts.into())]);
    assert_eq!(rig.drain(), ["RegisterVendor(OPPO)", "Store"]);
}

#[test]
fn rule_10_oppo_without_a_channel_gets_a_notice() {
    let bare = tim_offline_push::registrar::Configuration::new(super::rig::certificates(), [Vendor::Oppo]);
    let mut rig = Rig::new(steady());
    rig.tell_all([configured(bare), phone("OPPO")]);
    assert_eq!(rig.drain(), ["Notice(NotificationChannelMissing)", "RegisterVendor(OPPO)", "Store"]);
}

#[test]
fn rule_11_pushes_turned_off_are_an_empty_binding_and_last_over_a_restart() {
    let mut rig = Rig::bound(steady());
    rig.tell_all([Event::PushDisabled]);
    assert_eq!(rig.drain(), ["Store", "Report(nothing)"]);
    rig.tell_all([rig.done()]);
    let (mut rig, _) = rig.restart(2);
    rig.effects.clear();
    rig.tell_all([
        configured(configuration(&[Vendor::Xiaomi, Vendor::Fcm])),
        phone("Xiaomi"),
        login("alice"),
    ]);
    assert!(rig.drain().contains(&"Report(nothing)".to_owned()));
    rig.tell_all([rig.done(), Event::PushEnabled]);
    assert!(rig.drain().contains(&"Report(Xiaomi)".to_owned()));
}

#[test]
fn rule_12_a_refused_token_is_noted_and_the_registration_runs_on() {
    let mut rig = Rig::registering(steady());
    let before = rig.machine.clone();
    assert!(matches!(rig.tell(token(Vendor::Xiaomi, "")), Verdict::Refused(_)));
    assert!(rig.machine.is_in_state_of(&before));
    assert_eq!(rig.machine.counters().refused, 1);
    assert_eq!(due(&rig), Duration::from_secs(10));
}

#[test]
fn rule_14_of_presence_the_last_word_counts() {
    let mut rig = Rig::bound(steady());
    rig.tell_all([Event::Foreground]);
    let first = rig.presence.unwrap();
    rig.tell_all([
        Event::Background { unread: unread(1) },
        Event::Unread { unread: unread(2) },
        Event::Unread { unread: unread(3) },
    ]);
    rig.effects.clear();
    rig.tell_all([Event::PresenceDone { id: first }]);
    assert_eq!(rig.drain(), ["EnterBackground(3)"]);
}

#[test]
fn a_refused_presence_call_leaves_what_was_acknowledged() {
    let mut rig = Rig::bound(steady());
    rig.tell_all([Event::Foreground]);
    rig.tell_all([Event::PresenceDone { id: rig.presence.unwrap() }]);
    rig.tell_all([Event::Background { unread: unread(1) }]);
    rig.tell_all([Event::PresenceFailed { id: rig.presence.unwrap(), code: 6017.into() }]);
    rig.effects.clear();
    rig.tell_all([Event::Foreground]);
    assert!(rig.drain().is_empty(), "the server knows that");
    rig.tell_all([Event::Background { unread: unread(2) }]);
    assert_eq!(rig.drain(), ["SetBadge(2)", "EnterBackground(2)"]);
}

#[test]
fn badges_are_clamped_to_what_the_vendor_shows() {
    let mut rig = Rig::bound(steady());
    rig.tell_all([Event::Unread { unread: unread(5_000) }]);
    assert_eq!(rig.drain(), ["SetBadge(99)"]);
    let mut apple = Rig::new(steady());
    apple.tell_all([configured(configuration(&[Vendor::Apns])), phone("Apple"), token(Vendor::Apns, "aa01")]);
    apple.tell_all([login("alice")]);
    apple.effects.clear();
    apple.tell_all([Event::Unread { unread: unread(i64::MAX) }]);
    assert!(apple.drain().contains(&"SetBadge(999)".to_owned()));
    // Negative is none, and none at logout is no news.
    apple.tell_all([Event::Unread { unread: unread(-5) }, Event::LoggedOut { session: apple.session() }]);
    let badges: Vec<_> = apple.drain().into_iter().filter(|effect| effect.starts_with("SetBadge")).collect();
    assert_eq!(badges, ["SetBadge(0)"]);
}

#[test]
fn s6_an_unchanged_binding_is_reported_once_a_day() {
    let mut rig = Rig::bound(steady());
    rig.tell(token(Vendor::Xiaomi, "xiaomi-1"));
    rig.tell(Event::NetworkUp);
    rig.tell(Event::Foreground);
    rig.pass(23 * 3_600_000);
    assert!(!rig.drain().iter().any(|effect| effect.starts_with("Report")));
    rig.pass(3_600_000);
    assert!(rig.drain().contains(&"Report(Xiaomi)".to_owned()));
}

#[test]
fn s7_a_permanent_code_parks_until_something_changes() {
    let parked = || {
        let mut rig = reporting(steady());
        rig.tell_all([rig.failed(6017)]);
        rig.effects.clear();
        rig
    };
    let mut rig = parked();
    for event in
        [Event::NetworkUp, Event::Foreground, token(Vendor::Xiaomi, "xiaomi-2"), token(Vendor::Fcm, "f")]
    {
        rig.tell(event);
    }
    rig.pass(48 * 3_600_000);
    assert!(!rig.drain().iter().any(|effect| effect.starts_with("Report")));
    let blocker = rig.machine.diagnose().blocked_by.unwrap();
    assert!(blocker.cause.contains("6017"), "{blocker:?}");
    for change in [
        Event::UserRetry,
        Event::PushDisabled,
        Event::ConsentWithdrawn,
        configured(configuration(&[Vendor::Xiaomi, Vendor::Fcm]).with_app_version("2")),
        login("bob"),
    ] {
        let mut rig = parked();
        rig.tell_all([change.clone()]);
        assert!(rig.drain().iter().any(|effect| effect.starts_with("Report")), "{change:?}");
    }
}

#[test]
fn s11_every_delay_lies_between_floor_and_cap() {
    for (code, background, most) in [(22006, false, 300), (22006, true, 3_600), (22001, false, 3_600)] {
        let mut settings = PolicySettings::default();
        assert_eq!(settings.jitter, Jitter::Full);
        settings.report = Duration::from_secs(1);
        settings.persist_after = Policy::MAX_DELAY;
        let mut rig = reporting(settings);
        if background {
            rig.tell_all([Event::Background { unread: unread(0) }]);
            rig.tell_all([Event::PresenceDone { id: rig.presence.unwrap() }]);
        }
        let mut longest = Vec::new();
        for _ in 0..60 {
            rig.tell_all([rig.failed(code)]);
            let wait = due(&rig);
            assert!(wait >= Duration::from_millis(500) && wait <= Duration::from_secs(most), "{wait:?}");
            longest.push(wait);
            rig.reach_deadline();
        }
        // Also at the cap no two delays need be equal.
        let mut last = longest.split_off(40);
        last.sort();
        last.dedup();
        assert!(last.len() > 15, "{last:?}");
    }
}

#[test]
fn what_the_server_asks_to_wait_wins_if_longer() {
    let wait_after = |retry_after| {
        let mut rig = reporting(steady());
        let id = rig.report.unwrap();
        rig.tell_all([Event::ReportFailed { id, code: 22006.into(), retry_after }]);
        rig
    };
    assert_eq!(due(&wait_after(Some(Duration::from_secs(90)))), Duration::from_secs(90));
    let plain = due(&wait_after(None));
    assert_eq!(due(&wait_after(Some(Duration::from_millis(1)))), plain);
    assert_eq!(due(&wait_after(Some(Duration::MAX))), Duration::from_secs(24 * 3_600));
    // Nobody goes before that, but a login.
    let mut rig = wait_after(Some(Duration::from_secs(90)));
    for event in [Event::NetworkUp, Event::Foreground, Event::UserRetry, token(Vendor::Xiaomi, "xiaomi-2")] {
        rig.tell(event);
    }
    rig.reach_deadline_if_sooner(89_000);
    assert_eq!(rig.machine.counters().reports, 1);
    rig.tell_all([login("bob")]);
    assert_eq!(rig.machine.counters().reports, 2);
}

#[test]
fn voip_has_a_binding_of_its_own_behind_the_same_gate() {
    let voip = |text| Event::Token { vendor: Vendor::Apns, kind: TokenKind::Voip, text: Secret::new(text) };
    let mut rig = Rig::new(steady());
    rig.tell_all([configured(configuration(&[Vendor::Apns])), phone("Apple")]);
    assert_eq!(rig.drain(), ["RegisterVendor(APNs)", "RegisterVendor(APNs VoIP)", "Store"]);
    rig.tell_all([voip("bb01"), token(Vendor::Apns, "aa01"), login("alice")]);
    let effects = rig.drain();
    assert_eq!(effects.iter().filter(|effect| effect.starts_with("Report")).count(), 1, "{effects:?}");
    assert_eq!(effects.last().map(String::as_str), Some("Report(APNs)"));
    rig.tell_all([rig.done()]);
    assert!(rig.drain().contains(&"Report(APNs VoIP)".to_owned()));
    // What parks one does not park the other.
    rig.tell_all([rig.failed(6017), token(Vendor::Apns, "aa02")]);
    assert!(rig.drain().contains(&"Report(APNs)".to_owned()));
    assert_eq!(rig.state(Region::VoipBinding), StateName::Parked);
}

#[test]
fn an_account_left_without_a_logout_is_possibly_bound() {
    let mut rig = Rig::bound(steady());
    rig.tell_all([login("bob")]);
    assert_eq!(rig.machine.possibly_bound().map(UserId::as_str).collect::<Vec<_>>(), ["alice"]);
    // So is one whose process ended, once somebody else logs in.
    let (mut rig, _) = Rig::bound(steady()).restart(2);
    assert_eq!(rig.machine.possibly_bound().count(), 0);
    rig.tell_all([login("bob")]);
    assert_eq!(rig.machine.possibly_bound().count(), 1);
}

#[test]
fn answers_of_an_earlier_process_are_stale() {
    let rig = reporting(steady());
    let (done, id) = (rig.done(), rig.report.unwrap());
    let (mut rig, _) = rig.restart(2);
    rig.tell_all([
        configured(configuration(&[Vendor::Xiaomi, Vendor::Fcm])),
        phone("Xiaomi"),
        login("alice"),
    ]);
    assert_ne!(rig.report.unwrap(), id);
    assert_ne!(rig.report.unwrap().as_u64() >> 32, id.as_u64() >> 32);
    assert_eq!(rig.tell(done), Verdict::Ignored(IgnoredReason::Stale));
}
