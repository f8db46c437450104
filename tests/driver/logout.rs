//! The callback of a logout is called once, whatever happens.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use tim_offline_push::registrar::{
    Badge, IgnoredReason, Observer, Registrar, Release, SessionId, Unread, Verdict, WeakRegistrar,
};
use tim_offline_push::testing::{Ask, Phone, Reply};

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

fn superseded(releases: &Releases) -> Vec<bool> {
    releases.lock().unwrap().iter().map(|release| release.is_superseded()).collect()
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
    phone.script(Ask::Report, [Reply::ok().after(Duration::from_secs(2))]);
    let (push, session, releases) = start(&phone);
    log_out(&push, session, &releases);
    phone.advance(Duration::from_millis(1_999));
    assert_eq!(seen(&releases), []);
    phone.advance(Duration::from_millis(1));
    assert_eq!(seen(&releases), [(true, false)]);

    let phone = Phone::new();
    phone.script(Ask::Report, [Reply::silence()]);
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
    phone.script(Ask::Report, [Reply::silence()]);
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
        phone.script(Ask::Report, [Reply::silence()]);
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
        phone.script(Ask::Report, [Reply::silence()]);
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

/// A badge whose call logs alice out and bob in.
#[derive(Default)]
struct Switching {
    /// Taken by the first call.
    push: Mutex<WeakRegistrar>,
    releases: Releases,
}

impl Badge for Switching {
    fn set(&self, _: u32) {
        let weak = std::mem::take(&mut *self.push.lock().unwrap());
        let Some(push) = weak.upgrade() else { return };
        let session = push.session().unwrap();
        log_out(&push, session, &self.releases);
        assert_eq!(seen(&self.releases), [], "called back inside of another host's call");
        push.logged_in(bob());
    }
}

#[test]
fn a_release_asked_for_inside_of_a_host_is_of_the_moment_at_which_it_is_given() {
    let phone = Phone::new();
    let badge = Arc::new(Switching::default());
    let push = phone.registrar(certificates()).badge(badge.clone()).start(xiaomi()).unwrap();
    push.logged_in(alice());
    phone.advance(Duration::from_secs(5));
    *badge.push.lock().unwrap() = push.downgrade();
    push.set_unread(Unread::new(3));
    // A logout now would end bob's session, and nobody has told the server to forget alice.
    assert_eq!(superseded(&badge.releases), [true]);
    assert_eq!(push.diagnose().possibly_bound.len(), 1);
}

/// An observer that waits in one event until the test lets it go.
struct Slow {
    inside: Mutex<Sender<()>>,
    go: Mutex<Receiver<()>>,
}

impl Observer for Slow {
    fn event(&self, name: &'static str, _: Verdict) {
        if name == "LogoutRequested" {
            self.inside.lock().unwrap().send(()).unwrap();
            self.go.lock().unwrap().recv_timeout(Duration::from_secs(20)).unwrap();
        }
    }
}

#[test]
fn a_release_that_waits_behind_a_slow_observer_is_of_the_moment_at_which_it_is_given() {
    let phone = Phone::new();
    let ((inside, is_inside), (go, wait)) = (channel(), channel());
    let slow = Arc::new(Slow { inside: Mutex::new(inside), go: Mutex::new(wait) });
    let push = phone.registrar(certificates()).observer(slow).start(xiaomi()).unwrap();
    let session = push.logged_in(alice());
    phone.advance(Duration::from_secs(5));
    let releases = Releases::default();
    let (other, told) = (push.clone(), Arc::clone(&releases));
    let leaving = thread::spawn(move || log_out(&other, session, &told));
    is_inside.recv_timeout(Duration::from_secs(20)).unwrap();
    assert_eq!(seen(&releases), []);

    push.logged_in(bob());
    assert_eq!(superseded(&releases), [true]);
    go.send(()).unwrap();
    leaving.join().unwrap();
    assert_eq!(push.diagnose().possibly_bound.len(), 1);
    assert_eq!(seen(&releases).len(), 1);
}
