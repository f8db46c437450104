//! How sessions end, and what is remembered of them.

use tim_offline_push::account::UserId;
use tim_offline_push::registrar::{Effect, Event, Lost, NoticeCode, Region, StateName, Verdict};
use tim_offline_push::secret::Secret;
use tim_offline_push::vendor::{TokenKind, Vendor};

use super::rig::{Rig, configuration, configured, login, phone, steady, token};

/// Alice is bound, and the host was told that it may log her out.
fn released() -> Rig {
    let mut rig = Rig::bound(steady());
    rig.tell_all([Event::LogoutRequested { session: rig.session() }]);
    assert_eq!(rig.drain()[0], "ReleaseLogout(clean)");
    assert_eq!(rig.state(Region::Session), StateName::LoggedOut);
    rig
}

/// The next process, with the same app and phone.
fn restarted(rig: &Rig) -> Rig {
    let (mut rig, _) = rig.restart(2);
    rig.tell_all([configured(configuration(&[Vendor::Xiaomi, Vendor::Fcm])), phone("Xiaomi")]);
    rig
}

fn is_warned(rig: &mut Rig) -> bool {
    rig.drain().contains(&format!("Notice({:?})", NoticeCode::AccountPossiblyBound))
}

#[test]
fn a_process_killed_before_the_logout_leaves_an_account_that_is_remembered() {
    let mut rig = restarted(&released());
    assert_eq!(rig.machine.possibly_bound().count(), 0, "it may be the next to log in");
    rig.tell_all([login("bob")]);
    assert_eq!(rig.machine.possibly_bound().map(UserId::as_str).collect::<Vec<_>>(), ["alice"]);
    assert!(is_warned(&mut rig));
    // She is back, and nobody is left behind.
    let mut rig = restarted(&released());
    rig.tell_all([login("alice")]);
    assert_eq!(rig.machine.possibly_bound().count(), 0);
    assert!(!is_warned(&mut rig));
}

#[test]
fn a_logout_that_is_confirmed_is_forgotten() {
    for way in 0..3 {
        let mut rig = released();
        let session = rig.released.unwrap();
        let told = match way {
            0 => Event::LoggedOut { session },
            1 => Event::KickedOff { session },
            _ => Event::CredentialExpired { session },
        };
        rig.tell_all([told.clone()]);
        assert!(matches!(rig.tell(told), Verdict::Ignored(_)), "once is enough");
        let mut rig = restarted(&rig);
        rig.tell_all([login("bob")]);
        assert_eq!(rig.machine.possibly_bound().count(), 0);
    }
}

#[test]
fn a_host_that_never_confirms_is_believed_at_the_next_login() {
    let mut rig = released();
    rig.tell_all([login("bob")]);
    assert_eq!(rig.machine.possibly_bound().count(), 0);
    assert!(!is_warned(&mut rig));
    // The same account: its logout has failed, so the server still has it.
    let mut rig = released();
    rig.tell_all([login("alice"), login("bob")]);
    assert_eq!(rig.machine.possibly_bound().count(), 1);
}

#[test]
fn whoever_had_nothing_bound_is_not_kept() {
    let mut rig = Rig::registering(steady());
    rig.tell_all([login("alice")]);
    rig.tell_all([Event::LogoutRequested { session: rig.session() }]);
    let mut rig = restarted(&rig);
    rig.tell_all([login("bob")]);
    assert_eq!(rig.machine.possibly_bound().count(), 0);
}

#[test]
fn the_answer_to_a_presence_call_may_end_the_session() {
    for code in [6206, 6208, 70_001, 70_003] {
        let mut rig = Rig::bound(steady());
        rig.tell_all([Event::Foreground]);
        let id = rig.presence.unwrap();
        rig.effects.clear();
        rig.tell_all([Event::PresenceFailed { id, code: code.into() }]);
        assert_eq!(rig.machine.session(), None, "{code}");
        let notice = format!("Notice({:?})", NoticeCode::SessionOver);
        assert_eq!(rig.drain(), [notice.as_str(), "SetBadge(0)", "ClearNotifications", "Store"], "{code}");
        // An answer that comes after the next login says nothing of that session.
        rig.tell_all([login("alice")]);
        assert!(matches!(rig.tell(Event::PresenceFailed { id, code: code.into() }), Verdict::Ignored(_)));
        assert!(rig.machine.session().is_some());
    }
}

#[test]
fn no_logout_is_lost_on_a_host_that_takes_nothing() {
    const SESSIONS: usize = 200;
    let mut rig = Rig::registering(steady());
    rig.stores = false;
    let mut requested = Vec::new();
    for number in 0..SESSIONS {
        let now = rig.now();
        let machine = &mut rig.machine;
        machine.handle(now, login(&format!("user {number}")));
        let session = machine.session().unwrap();
        requested.push(session);
        machine.handle(now, token(Vendor::Xiaomi, &format!("xiaomi-{number}")));
        machine.handle(now, Event::LogoutRequested { session });
        // All kinds of other things to say.
        machine.handle(now, token(Vendor::ALL[number % Vendor::ALL.len()], ""));
        rig.millis += 60_000;
        let now = rig.now();
        rig.machine.handle_timeout(now);
    }
    let mut released = Vec::new();
    let mut others = 0;
    while let Some(effect) = rig.machine.poll_effect() {
        match effect {
            Effect::ReleaseLogout { session, .. } => released.push(session),
            _ => others += 1,
        }
    }
    assert_eq!(released, requested);
    assert!(others < 64, "{others}");
}

#[test]
fn the_oldest_notices_go_first_on_a_host_that_takes_nothing() {
    let mut rig = Rig::registering(steady());
    let refused: Vec<_> = (1..200).map(|at| format!("{} b", "a".repeat(at))).collect();
    for (text, maker) in refused.iter().zip(["HUAWEI", "Xiaomi"].into_iter().cycle()) {
        let now = rig.now();
        // Another phone: what was said of the SDKs before is said again.
        rig.machine.handle(now, phone(maker));
        assert!(matches!(rig.machine.handle(now, token(Vendor::Xiaomi, text)), Verdict::Refused(_)));
    }
    let dropped = rig.machine.counters().effects_dropped;
    let mut notices = Vec::new();
    while let Some(effect) = rig.machine.poll_effect() {
        if let Effect::Notice(notice) = effect {
            notices.push(notice.to_string());
        }
    }
    assert!(notices.len() <= 64, "{}", notices.len());
    assert_eq!(notices.len() + usize::try_from(dropped).unwrap(), refused.len());
    assert!(notices.last().unwrap().contains("byte 199"), "the newest is kept: {:?}", notices.last());
    assert!(!notices.iter().any(|notice| notice.contains("byte 1:")), "the oldest went");
}

#[test]
fn what_blocks_voip_pushes_alone_is_told() {
    let mut rig = Rig::new(steady());
    rig.tell_all([configured(configuration(&[Vendor::Apns])), phone("Apple"), login("alice")]);
    let text = Secret::new("cd".repeat(32));
    let voip = Event::Token { vendor: Vendor::Apns, kind: TokenKind::Voip, text };
    rig.tell_all([token(Vendor::Apns, &"ab".repeat(32))]);
    rig.tell_all([rig.done(), voip]);
    assert_eq!(rig.machine.diagnose().blocked_by, None, "what is under way blocks nobody");
    rig.tell_all([rig.failed(6_017)]);
    let diagnosis = rig.machine.diagnose();
    assert!(diagnosis.reachable);
    let blocker = diagnosis.blocked_by.clone().unwrap();
    assert_eq!(blocker.region, Region::VoipBinding);
    assert!(blocker.cause.contains("6017"), "{}", blocker.cause);
    let text = diagnosis.to_string();
    assert!(text.starts_with("reachable, but not by VoIP pushes: reports have stopped, since"), "{text}");
    // What blocks both comes first.
    rig.tell_all([Event::LoggedOut { session: rig.session() }]);
    assert_eq!(rig.machine.diagnose().blocked_by.unwrap().region, Region::Session);
}

/// Alice's report was lost, then pushes were turned off and that was acknowledged; the lost report may have
/// landed after.
fn turned_off_in_doubt(off: Event) -> Rig {
    let mut rig = Rig::registering(steady());
    rig.tell_all([login("alice"), token(Vendor::Xiaomi, "xiaomi-1")]);
    rig.tell_all([Event::ReportLost { id: rig.report.unwrap(), how: Lost::Host }, off]);
    rig.tell_all([rig.done()]);
    rig.effects.clear();
    rig
}

fn assert_alice_is_remembered(mut rig: Rig) {
    rig.tell_all([login("bob")]);
    assert_eq!(rig.machine.possibly_bound().map(UserId::as_str).collect::<Vec<_>>(), ["alice"]);
    assert!(is_warned(&mut rig));
}

#[test]
fn who_turned_pushes_off_in_doubt_is_remembered() {
    for off in [Event::PushDisabled, Event::ConsentWithdrawn] {
        let mut storing = turned_off_in_doubt(off.clone());
        storing.stores = false;
        storing.pass(60_000);
        assert_eq!(storing.state(Region::Binding), StateName::Storing);
        assert_alice_is_remembered(storing);
        for code in [6_014, 22_001, 6_017] {
            let mut rig = turned_off_in_doubt(off.clone());
            rig.pass(60_000);
            rig.tell_all([rig.failed(code)]);
            rig.effects.clear();
            assert_alice_is_remembered(restarted(&rig));
            assert_alice_is_remembered(rig);
        }
        // One more report leaves no doubt, and nobody to remember.
        let mut rig = turned_off_in_doubt(off);
        rig.pass(60_000);
        rig.tell_all([rig.done(), login("bob")]);
        assert_eq!(rig.machine.possibly_bound().count(), 0);
        assert!(!is_warned(&mut rig));
    }
}
