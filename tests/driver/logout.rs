//! The callback of a logout is called once, whatever happens.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tim_offline_push::registrar::{IgnoredReason, Registrar, Release, SessionId, Verdict};
use tim_offline_push::testing::{Phone, Reply};

use super::{alice, bob, certificates, xiaomi};

type Releases = Arc<Mutex<Vec<Release>>>;

fn log_out(push: &Registrar, session: SessionId, releases: &Releases) -> Verdict {
    let releases = Arc::clone(releases);
    push.log_out(session, move |release| releases.lock().unwrap().push(release))
}

/// Clean and superseded, of each release so far.
fn seen(releases: &Releases) -> Vec<(bool, bool)> {
    releases.lock().unwrap().iter().map(|release| (release.is_clean(), release.is_superseded())).collect()
}

fn start(phone: &Phone) -> (Registrar, SessionId, Releases) {
    let push = phone.registrar(certificates()).start(xiaomi()).unwrap();
    let session = push.logged_in(alice());
    (push, session, Releases::default())
}

#[test]
fn is_released_at_once_when_nothing_is_under_way() {
    let phone = Phone::new();
    let (push, session, releases) = start(&phone);
    phone.advance(Duration::from_secs(5));
    assert_eq!(log_out(&push, session, &releases), Verdict::Applied);
    assert_eq!(seen(&releases), [(true, false)]);
    assert_eq!(releases.lock().unwrap()[0].session(), session);
    phone.advance(Duration::from_secs(100));
    assert_eq!(seen(&releases).len(), 1);
}

#[test]
fn is_released_by_the_answer_or_at_the_deadline() {
    let phone = Phone::new();
    phone.im().script([Reply::ok().after(Duration::from_secs(2))]);
    let (push, session, releases) = start(&phone);
    log_out(&push, session, &releases);
    phone.advance(Duration::from_millis(1_999));
    assert_eq!(seen(&releases), []);
    phone.advance(Duration::from_millis(1));
    assert_eq!(seen(&releases), [(true, false)]);

    let phone = Phone::new();
    phone.im().script([Reply::silence()]);
    let (push, session, releases) = start(&phone);
    log_out(&push, session, &releases);
    phone.advance(Duration::from_millis(4_999));
    assert_eq!(seen(&releases), []);
    phone.advance(Duration::from_millis(1));
    assert_eq!(seen(&releases), [(false, false)]);
    assert!(push.session().is_none());
}

#[test]
fn of_two_only_the_first_may_log_out() {
    let phone = Phone::new();
    phone.im().script([Reply::silence()]);
    let (push, session, releases) = start(&phone);
    log_out(&push, session, &releases);
    let second = log_out(&push, session, &releases);
    assert_eq!(second, Verdict::Ignored(IgnoredReason::AlreadyEnding));
    phone.advance(Duration::from_secs(5));
    assert_eq!(seen(&releases), [(false, false), (false, true)]);
    let third = log_out(&push, session, &releases);
    assert_eq!(third, Verdict::Ignored(IgnoredReason::OtherSession));
    assert_eq!(seen(&releases), [(false, false), (false, true), (false, true)]);
}

#[test]
fn is_superseded_when_the_session_ends_meanwhile() {
    let endings: [fn(&Registrar, SessionId); 4] = [
        |push, session| {
            push.kicked_off(session);
        },
        |push, session| {
            push.credential_expired(session);
        },
        |push, session| {
            push.logged_out(session);
        },
        |push, _| {
            push.logged_in(bob());
        },
    ];
    for end in endings {
        let phone = Phone::new();
        phone.im().script([Reply::silence()]);
        let (push, session, releases) = start(&phone);
        log_out(&push, session, &releases);
        end(&push, session);
        assert_eq!(seen(&releases), [(false, true)]);
        phone.advance(Duration::from_secs(100));
        assert_eq!(seen(&releases).len(), 1);
    }
}

#[test]
fn is_released_when_the_registrar_ends() {
    for shut_down in [true, false] {
        let phone = Phone::new();
        phone.im().script([Reply::silence()]);
        let (push, session, releases) = start(&phone);
        log_out(&push, session, &releases);
        log_out(&push, session, &releases);
        if shut_down {
            push.shutdown();
            assert_eq!(log_out(&push, session, &releases), Verdict::Ignored(IgnoredReason::ShutDown));
            assert_eq!(seen(&releases), [(false, false), (false, true), (false, true)]);
        }
        drop(push);
        assert_eq!(seen(&releases)[..2], [(false, false), (false, true)]);
        phone.advance(Duration::from_secs(100));
        assert_eq!(seen(&releases).len(), if shut_down { 3 } else { 2 });
    }
}

#[test]
fn may_log_in_again_or_panic_in_its_callback() {
    let phone = Phone::new();
    let (push, session, releases) = start(&phone);
    phone.advance(Duration::from_secs(5));
    let weak = push.downgrade();
    push.log_out(session, move |_| {
        weak.upgrade().unwrap().logged_in(bob());
        std::panic::resume_unwind(Box::new("unruly"));
    });
    let next = push.session().unwrap();
    assert_ne!(next, session);
    phone.advance(Duration::from_secs(5));
    assert!(push.diagnose().reachable);
    log_out(&push, next, &releases);
    assert_eq!(seen(&releases), [(true, false)]);
}
