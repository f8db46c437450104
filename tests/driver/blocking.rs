//! Hosts that block for good, in real time and with the default scheduler: nothing else waits for them.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

use tim_offline_push::registrar::{
    Badge, Binding, Builder, Completion, ImClient, InstallId, Notice, NoticeCode, Observer, Policy,
    PolicySettings, Presence, Registrar, Release, Store, Unread, VendorSdk, Verdict, WeakRegistrar,
};
use tim_offline_push::testing::sample_token;
use tim_offline_push::vendor::{TokenKind, Vendor, VendorSet};

use super::{alice, certificates, xiaomi};

/// Longer than anything here takes, and far below the deadlines of the default policy.
const SOON: Duration = Duration::from_secs(4);

/// Where a host blocks, and for how long: until the test is over.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Place {
    SecondRegister,
    Event,
    Transition,
    Save,
    Badge,
    Report,
    LogoutCallback,
}

/// What a host asks of the registrar.
type Question = Box<dyn FnOnce(&Registrar) + Send>;

/// All hosts of an app, one of which blocks.
struct App {
    place: Place,
    /// Tells when it blocks.
    inside: Mutex<Sender<()>>,
    /// Ends with the test.
    end: Mutex<Receiver<()>>,
    registers: Mutex<u32>,
    reports: Mutex<Sender<()>>,
    answers: bool,
    push: OnceLock<WeakRegistrar>,
    /// What it asks for before it blocks.
    asks: Mutex<Option<Question>>,
}

struct Test {
    app: Arc<App>,
    is_inside: Receiver<()>,
    reports: Receiver<()>,
    /// Dropped last: then the host returns.
    _end: Sender<()>,
}

impl Test {
    fn new(place: Place, answers: bool) -> Self {
        let ((inside, is_inside), (end, ended), (report, reports)) = (channel(), channel(), channel());
        let app = App {
            place,
            inside: Mutex::new(inside),
            end: Mutex::new(ended),
            registers: Mutex::new(0),
            reports: Mutex::new(report),
            answers,
            push: OnceLock::new(),
            asks: Mutex::new(None),
        };
        Self { app: Arc::new(app), is_inside, reports, _end: end }
    }

    fn builder(&self) -> Builder {
        let mut settings = PolicySettings::default();
        settings.backoff_base = Duration::from_millis(20);
        settings.backoff_floor = Duration::from_millis(10);
        settings.drain = Duration::from_millis(400);
        let app = || Arc::clone(&self.app);
        let place = app();
        Registrar::builder(certificates(), app(), app())
            .policy(Policy::new(settings).unwrap())
            .observer(app())
            .badge(app())
            .announce(move |push| drop(place.push.set(push.downgrade())))
    }

    fn is_inside(&self) {
        self.is_inside.recv_timeout(SOON).expect("the host is called");
    }

    fn is_reported(&self) {
        self.reports.recv_timeout(SOON).expect("the report does not wait for the host that blocks");
    }
}

impl App {
    fn at(&self, place: Place) {
        if place != self.place {
            return;
        }
        let asks = self.asks.lock().unwrap().take();
        if let (Some(asks), Some(push)) = (asks, self.push.get().and_then(WeakRegistrar::upgrade)) {
            asks(&push);
        }
        let _ = self.inside.lock().unwrap().send(());
        let _ = self.end.lock().unwrap().recv();
    }
}

impl ImClient for App {
    fn set_offline_push(&self, _: &Binding, done: Completion) {
        let _ = self.reports.lock().unwrap().send(());
        self.at(Place::Report);
        if self.answers {
            done.ok();
        } else {
            let _number = done.into_raw();
        }
    }

    fn set_presence(&self, _: Presence, done: Completion) {
        done.ok();
    }
}

impl VendorSdk for App {
    fn vendors(&self) -> VendorSet {
        VendorSet::EMPTY.with(Vendor::Xiaomi)
    }

    fn register(&self, vendor: Vendor, _: TokenKind, done: Completion) {
        if self.place != Place::SecondRegister {
            done.token(sample_token(vendor, 1));
            return;
        }
        let count = {
            let mut registers = self.registers.lock().unwrap();
            *registers += 1;
            *registers
        };
        if count == 1 {
            // Tried again in a moment, on the alarm's thread.
            done.failed(70_000_001);
        } else {
            self.at(Place::SecondRegister);
        }
    }
}

impl Observer for App {
    fn event(&self, name: &'static str, _: Verdict) {
        if name == "LoggedIn" {
            self.at(Place::Event);
        }
    }

    fn transition(&self, _: &tim_offline_push::registrar::Transition) {
        self.at(Place::Transition);
    }
}

impl Store for App {
    fn load(&self) -> std::io::Result<Option<Vec<u8>>> {
        Ok(None)
    }

    fn save(&self, _: &[u8], done: Completion) {
        self.at(Place::Save);
        done.ok();
    }
}

impl Badge for App {
    fn set(&self, _: u32) {
        self.at(Place::Badge);
    }
}

/// Asks for a logout; its release comes through the channel.
fn log_out(push: &Registrar) -> Receiver<Release> {
    let (tell, told) = channel();
    push.log_out(push.session().unwrap(), move |release| {
        let _ = tell.send(release);
    });
    told
}

#[test]
fn a_register_that_blocks_in_an_alarm_holds_up_no_deadline() {
    let test = Test::new(Place::SecondRegister, false);
    let push = test.builder().start(xiaomi()).unwrap();
    test.is_inside();
    push.logged_in(alice());
    push.token_received(Vendor::Xiaomi, TokenKind::Standard, sample_token(Vendor::Xiaomi, 1));
    test.is_reported();
    // The report is never answered, so that the logout waits for its deadline.
    let release = log_out(&push).recv_timeout(SOON).expect("the drain's deadline");
    assert!(!release.is_clean() && !release.is_superseded());
}

#[test]
fn an_observer_that_blocks_holds_up_no_report() {
    for place in [Place::Event, Place::Transition] {
        let test = Test::new(place, true);
        let builder = test.builder();
        // Everything that the app does ends in the observer, on the app's own thread.
        let (tell, told) = channel();
        let app = thread::spawn(move || {
            let push = builder.announce(move |push| drop(tell.send(push.clone()))).start(xiaomi()).unwrap();
            push.logged_in(alice());
        });
        let push = told.recv_timeout(SOON).unwrap();
        test.is_inside();
        if place == Place::Transition {
            push.logged_in(alice());
        }
        test.is_reported();
        let begun = Instant::now();
        while push.diagnose().counters.reports_done == 0 {
            assert!(begun.elapsed() < SOON, "{place:?}: {}", push.diagnose());
            thread::sleep(Duration::from_millis(10));
        }
        assert!(!app.is_finished());
    }
}

#[test]
fn a_save_that_blocks_holds_up_no_report() {
    let test = Test::new(Place::Save, true);
    let builder = test.builder().store(test.app.clone(), InstallId::new("blocking").unwrap());
    thread::spawn(move || {
        let push = builder.start(xiaomi()).unwrap();
        push.logged_in(alice());
    });
    test.is_inside();
    let push = test.app.push.get().and_then(WeakRegistrar::upgrade).unwrap();
    push.logged_in(alice());
    test.is_reported();
}

#[test]
fn a_report_that_blocks_holds_up_no_other_host() {
    let test = Test::new(Place::Report, true);
    let push = test.builder().start(xiaomi()).unwrap();
    let other = push.clone();
    thread::spawn(move || other.logged_in(alice()));
    test.is_inside();
    let release = log_out(&push).recv_timeout(SOON).expect("the drain's deadline");
    assert!(!release.is_clean());
    drop(push);
}

#[test]
fn what_a_host_asks_for_before_it_blocks_is_done() {
    // No deadline is set when the badge is shown, so that nothing but what it asks for can set one.
    let test = Test::new(Place::Badge, false);
    let push = test.builder().start(xiaomi()).unwrap();
    push.logged_in(alice());
    test.is_reported();
    let (tell, told) = channel();
    *test.app.asks.lock().unwrap() = Some(Box::new(move |push| {
        push.log_out(push.session().unwrap(), move |release| {
            let _ = tell.send(release);
        });
    }));
    let weak = push.downgrade();
    thread::spawn(move || weak.upgrade().map(|push| push.set_unread(Unread::new(3))));
    test.is_inside();
    let release = told.recv_timeout(SOON).expect("the drain's deadline");
    assert!(!release.is_clean());
}

#[test]
fn a_logout_callback_that_blocks_holds_up_no_report() {
    let test = Test::new(Place::LogoutCallback, true);
    let push = test.builder().start(xiaomi()).unwrap();
    let session = push.logged_in(alice());
    test.is_reported();
    let (app, other) = (Arc::clone(&test.app), push.clone());
    thread::spawn(move || {
        let then = other.clone();
        other.log_out(session, move |release| {
            then.logged_out(release.session());
            then.logged_in(super::bob());
            app.at(Place::LogoutCallback);
        });
    });
    test.is_inside();
    test.is_reported();
    push.shutdown();
}

#[test]
fn the_last_handle_ends_everything_while_a_host_blocks() {
    // It blocks on an alarm's thread, where no handle is in use.
    let test = Test::new(Place::SecondRegister, false);
    let push = test.builder().start(xiaomi()).unwrap();
    test.is_inside();
    push.logged_in(alice());
    push.token_received(Vendor::Xiaomi, TokenKind::Standard, sample_token(Vendor::Xiaomi, 1));
    test.is_reported();
    let (weak, release) = (push.downgrade(), log_out(&push));
    drop(push);
    let release = release.try_recv().expect("called back at the end, not at the drain's deadline");
    assert!(!release.is_clean() && !release.is_superseded());
    assert!(weak.upgrade().is_none());
}

/// A vendor SDK whose `register` returns when the test says so, and nothing of whose token.
struct Stuck(Mutex<Receiver<()>>);

impl ImClient for Stuck {
    fn set_offline_push(&self, _: &Binding, done: Completion) {
        done.ok();
    }

    fn set_presence(&self, _: Presence, done: Completion) {
        done.ok();
    }
}

impl VendorSdk for Stuck {
    fn vendors(&self) -> VendorSet {
        VendorSet::EMPTY.with(Vendor::Xiaomi)
    }

    fn register(&self, _: Vendor, _: TokenKind, done: Completion) {
        let _ = self.0.lock().unwrap().recv();
        drop(done);
    }
}

/// What is not silent but stuck is not looked for in the manifest.
#[test]
fn a_register_that_does_not_return_is_named_as_such() {
    let (end, ended) = channel();
    let (made, registrar) = channel();
    let notices = Arc::new(Mutex::new(Vec::new()));
    let app = Arc::new(Stuck(Mutex::new(ended)));
    let mut settings = PolicySettings::default();
    settings.registration = Duration::from_millis(300);
    let policy = Policy::new(settings).unwrap();
    let observer = Heard(Arc::clone(&notices));
    thread::spawn(move || {
        let builder =
            Registrar::builder(certificates(), app.clone(), app).policy(policy).observer(Arc::new(observer));
        builder.announce(move |push| made.send(push.clone()).unwrap()).start(xiaomi()).unwrap();
    });
    let push = registrar.recv_timeout(SOON).unwrap();
    let first_line = "not reachable: a host takes no call, since an earlier one has not returned: the Xiaomi SDK (election)";
    wait_for(|| push.diagnose().summary == first_line);
    thread::sleep(Duration::from_millis(1_500));
    assert_eq!(push.diagnose().summary, first_line);
    assert_eq!(*notices.lock().unwrap(), [NoticeCode::HostBusy]);
    drop(end);
    wait_for(|| push.diagnose().summary != first_line);
    push.shutdown();
}

struct Heard(Arc<Mutex<Vec<NoticeCode>>>);

impl Observer for Heard {
    fn notice(&self, notice: &Notice) {
        self.0.lock().unwrap().push(notice.code());
    }
}

fn wait_for(is_so: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < SOON, "it does not come");
        thread::sleep(Duration::from_millis(20));
    }
}
