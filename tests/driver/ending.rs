//! The end of a registrar: no cycle, no thread, no call after it.

use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};

use tim_offline_push::registrar::{
    Binding, Completion, IgnoredReason, ImClient, Outcome, Presence, Registrar, SessionId, VendorSdk,
    Verdict, WeakRegistrar,
};
use tim_offline_push::testing::{Ask, Phone, Reply, sample_token};
use tim_offline_push::vendor::{TokenKind, Vendor, VendorSet};

use super::{alice, certificates, xiaomi};

/// An app whose hosts hold the registrar itself, and so each other.
#[derive(Default)]
struct Cyclic {
    push: OnceLock<Registrar>,
}

impl ImClient for Cyclic {
    fn set_offline_push(&self, _: &Binding, done: Completion) {
        done.ok();
    }

    fn set_presence(&self, _: Presence, done: Completion) {
        done.ok();
    }
}

impl VendorSdk for Cyclic {
    fn vendors(&self) -> VendorSet {
        VendorSet::ALL
    }

    fn register(&self, vendor: Vendor, _: TokenKind, done: Completion) {
        done.token(sample_token(vendor, 1));
    }
}

#[test]
fn a_shutdown_breaks_the_cycle_with_the_hosts() {
    let app = Arc::new(Cyclic::default());
    let push = Registrar::builder(certificates(), app.clone(), app.clone()).start(xiaomi()).unwrap();
    app.push.set(push.clone()).unwrap();
    let weak = Arc::downgrade(&app);
    push.shutdown();
    drop((push, app));
    assert!(weak.upgrade().is_none());
}

#[test]
fn after_a_shutdown_nothing_is_called_and_nothing_counts() {
    let phone = Phone::new();
    phone.script(Ask::Report, [Reply::failed(22006)]);
    let push = phone.registrar(certificates()).start(xiaomi()).unwrap();
    let session = push.logged_in(alice());
    let calls = phone.journal().calls().len();
    assert!(!push.diagnose().shut_down);
    push.shutdown();
    push.shutdown();
    phone.advance(Duration::from_secs(100_000));
    let nothing = Verdict::Ignored(IgnoredReason::ShutDown);
    assert_eq!(push.token_received(Vendor::Xiaomi, TokenKind::Standard, "another"), nothing);
    assert_eq!(push.kicked_off(session), nothing);
    assert_eq!(push.vendor_failed(Vendor::Xiaomi, TokenKind::Standard, 1), nothing);
    assert_eq!(push.logged_in(alice()).as_u64(), 0);
    let releases = Arc::new(Mutex::new(Vec::new()));
    for session in [session, SessionId::from(0), SessionId::from(session.as_u64().wrapping_add(1))] {
        let told = releases.clone();
        assert_eq!(push.log_out(session, move |release| told.lock().unwrap().push(release)), nothing);
    }
    let superseded: Vec<_> = releases.lock().unwrap().iter().map(|release| release.is_superseded()).collect();
    assert_eq!(superseded, [false, false, true], "the user still wants to log out of what may be open");
    assert!(!push.complete(1, Outcome::Ok));
    push.ring();
    assert_eq!(phone.journal().calls().len(), calls);
    let diagnosis = push.diagnose();
    assert!(diagnosis.shut_down && !diagnosis.regions.is_empty());
    assert!(diagnosis.to_string().starts_with("the registrar was shut down; before: "), "{diagnosis}");
}

#[test]
fn completions_and_alarms_keep_nothing_alive() {
    let phone = Phone::new();
    phone.otherwise(Vendor::Xiaomi, Reply::silence());
    phone.otherwise(Ask::Report, Reply::ok().after(Duration::from_secs(5)));
    let push = phone.registrar(certificates()).start(xiaomi()).unwrap();
    push.token_received(Vendor::Xiaomi, TokenKind::Standard, sample_token(Vendor::Xiaomi, 1));
    push.logged_in(alice());
    let weak = push.downgrade();
    assert!(weak.upgrade().is_some());
    drop(push);
    assert!(weak.upgrade().is_none());
    let calls = phone.journal().calls().len();
    phone.advance(Duration::from_secs(1_000));
    assert_eq!(phone.journal().calls().len(), calls);
    assert!(WeakRegistrar::new().upgrade().is_none());
}

#[test]
fn numbers_of_completions_belong_to_one_registrar_and_are_bounded() {
    struct Numbers(Mutex<Vec<u64>>);
    impl ImClient for Numbers {
        fn set_offline_push(&self, _: &Binding, done: Completion) {
            self.0.lock().unwrap().push(done.into_raw());
        }

        fn set_presence(&self, _: Presence, done: Completion) {
            self.0.lock().unwrap().push(done.into_raw());
        }
    }
    let phone = Phone::new();
    let im = Arc::new(Numbers(Mutex::default()));
    let start = || phone.wire(Registrar::builder(certificates(), im.clone(), phone.host())).start(xiaomi());
    let first = start().unwrap();
    first.logged_in(alice());
    let of_first = im.0.lock().unwrap()[0];
    phone.kill(first);

    let second = start().unwrap();
    second.logged_in(alice());
    let of_second = im.0.lock().unwrap()[1];
    assert_ne!(of_first, of_second);
    assert!(!second.complete(of_first, Outcome::Ok));
    assert!(!second.diagnose().reachable);
    assert!(second.complete(of_second, Outcome::Ok));
    assert!(!second.complete(of_second, Outcome::Ok));

    // Nobody ever answers these: the oldest are forgotten.
    for _ in 0..100 {
        second.enter_foreground();
        phone.advance(Duration::from_secs(10));
        second.enter_background(tim_offline_push::registrar::Unread::new(1));
        phone.advance(Duration::from_secs(10));
    }
    let numbers = im.0.lock().unwrap().clone();
    assert!(numbers.len() > 150);
    let waiting = numbers.iter().filter(|number| second.complete(**number, Outcome::Lost)).count();
    assert_eq!(waiting, 64);
}

/// An IM client that drops the last handle on an alarm's thread.
struct Retried {
    calls: Mutex<u32>,
    told: Sender<()>,
    last_handle: Mutex<Option<Registrar>>,
}

impl ImClient for Retried {
    fn set_offline_push(&self, _: &Binding, done: Completion) {
        let first = {
            let mut calls = self.calls.lock().unwrap();
            *calls += 1;
            *calls == 1
        };
        if first {
            done.failed(22006);
            return;
        }
        assert_eq!(std::thread::current().name(), Some("tim-offline-push-alarm"));
        done.ok();
        drop(self.last_handle.lock().unwrap().take());
        self.told.send(()).unwrap();
    }

    fn set_presence(&self, _: Presence, done: Completion) {
        done.ok();
    }
}

#[test]
fn the_last_handle_may_be_dropped_on_an_alarms_thread() {
    let (told, call) = channel();
    let sdk = Arc::new(Cyclic::default());
    let im = Arc::new(Retried { calls: Mutex::new(0), told, last_handle: Mutex::default() });
    let push = Registrar::builder(certificates(), im.clone(), sdk).start(xiaomi()).unwrap();
    let weak = push.downgrade();
    *im.last_handle.lock().unwrap() = Some(push.clone());
    push.logged_in(alice());
    // The next attempt comes after half a second to a second.
    drop(push);
    call.recv_timeout(Duration::from_secs(20)).unwrap();
    eventually(|| weak.upgrade().is_none());
}

fn eventually(holds: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_secs(20);
    while !holds() {
        assert!(Instant::now() < end, "not within 20 s");
        std::thread::sleep(Duration::from_millis(5));
    }
}

const COUNTER: &str = "TIM_OFFLINE_PUSH_TEST_THREADS";

/// In a process of its own, since other tests have threads of that name, too. As a test it does nothing.
#[test]
fn threads_process() {
    if std::env::var(COUNTER).is_err() {
        return;
    }
    let threads = || {
        let tasks = std::fs::read_dir("/proc/self/task").unwrap();
        let name = |task: std::io::Result<std::fs::DirEntry>| {
            std::fs::read_to_string(task.unwrap().path().join("comm"))
        };
        // A name is cut after 15 bytes.
        tasks.filter_map(|task| name(task).ok()).filter(|name| name.starts_with("tim-offline-pus")).count()
    };
    let start = || {
        let app = Arc::new(Cyclic::default());
        let push = Registrar::builder(certificates(), app.clone(), app).start(xiaomi()).unwrap();
        push.logged_in(alice());
        push
    };
    let running: Vec<_> = (0..20).map(|_| start()).collect();
    eventually(|| threads() == 20);
    drop(running);
    eventually(|| threads() == 0);
    let last = start();
    last.shutdown();
    eventually(|| threads() == 0);
}

#[cfg(target_os = "linux")]
#[test]
fn the_schedulers_thread_ends_with_the_last_handle() {
    let status = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "ending::threads_process"])
        .env(COUNTER, "1")
        .status();
    assert!(status.unwrap().success());
}

#[test]
fn a_journal_reads_as_lines_without_tokens_and_accounts() {
    let phone = Phone::new();
    let push = phone.registrar(certificates()).start(xiaomi()).unwrap();
    push.logged_in(alice());
    push.logged_in(alice());
    push.shutdown();
    let text = phone.journal().to_string();
    assert_eq!(text.lines().count(), phone.journal().entries().len(), "{text}");
    let token = sample_token(Vendor::Xiaomi, 0);
    assert!(!text.contains(&token) && !text.contains("alice"), "{text}");
    for words in [
        " s  call: register Xiaomi, ",
        " token #",
        ", certificate 30207",
        "event: LoggedIn: ignored: that account is logged in already",
        "state: binding: Reporting -> Bound",
    ] {
        assert!(text.contains(words), "{words}:\n{text}");
    }
}
