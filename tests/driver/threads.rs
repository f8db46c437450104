//! Threads: a host that blocks holds up no other, calls of one host never overlap, and many threads at once
//! do no harm.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use tim_offline_push::registrar::{Binding, Completion, ImClient, Presence, Registrar, Unread, VendorSdk};
use tim_offline_push::testing::{Ask, Call, Phone, Reply, sample_token};
use tim_offline_push::vendor::{TokenKind, Vendor, VendorSet};

use super::{alice, bob, certificates, xiaomi};

/// Blocks in its calls until the test lets it go.
struct Blocking {
    entered: Mutex<Sender<()>>,
    go: Mutex<Receiver<()>>,
}

impl Blocking {
    fn new() -> (Arc<Self>, Receiver<()>, Sender<()>) {
        let (entered, is_in) = channel();
        let (release, go) = channel();
        (Arc::new(Self { entered: Mutex::new(entered), go: Mutex::new(go) }), is_in, release)
    }

    fn block(&self) {
        self.entered.lock().unwrap().send(()).unwrap();
        self.go.lock().unwrap().recv_timeout(Duration::from_secs(20)).unwrap();
    }
}

impl ImClient for Blocking {
    fn set_offline_push(&self, _: &Binding, done: Completion) {
        self.block();
        done.ok();
    }

    fn set_presence(&self, _: Presence, done: Completion) {
        done.ok();
    }
}

impl VendorSdk for Blocking {
    fn vendors(&self) -> VendorSet {
        VendorSet::ALL
    }

    fn register(&self, vendor: Vendor, _: TokenKind, done: Completion) {
        if vendor == Vendor::Xiaomi {
            self.block();
        }
        done.token(sample_token(vendor, 1));
    }
}

const SECONDS: Duration = Duration::from_secs(20);

#[test]
fn a_logout_is_released_at_its_deadline_while_a_report_blocks() {
    let phone = Phone::new();
    let (im, is_in, go) = Blocking::new();
    let push = phone.wire(Registrar::builder(certificates(), im, phone.host())).start(xiaomi()).unwrap();
    let (other, logging_in) = (push.clone(), alice());
    let blocked = thread::spawn(move || other.logged_in(logging_in));
    is_in.recv_timeout(SECONDS).unwrap();

    let session = push.session().unwrap();
    let released = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&released);
    push.log_out(session, move |_| {
        count.fetch_add(1, Ordering::SeqCst);
    });
    phone.advance(Duration::from_millis(4_999));
    assert_eq!(released.load(Ordering::SeqCst), 0);
    phone.advance(Duration::from_millis(1));
    assert_eq!(released.load(Ordering::SeqCst), 1);

    // What is asked for meanwhile waits for its turn, and what has become pointless by then is left out.
    push.logged_in(bob());
    push.enter_background(Unread::new(1));
    assert!(phone.journal().calls().iter().all(|call| !matches!(call, Call::Presence(_))));
    // From here on nothing blocks.
    for _ in 0..10 {
        go.send(()).unwrap();
    }
    blocked.join().unwrap();
    phone.advance(Duration::from_secs(200));
    assert!(push.diagnose().reachable);
    assert_eq!(released.load(Ordering::SeqCst), 1);
}

#[test]
fn the_next_channel_is_tried_while_an_sdk_blocks() {
    let phone = Phone::new();
    let (sdk, is_in, go) = Blocking::new();
    let push = phone
        .wire(Registrar::builder(certificates(), phone.host(), sdk))
        .configure(|configuration| configuration.with_consent_required(true))
        .start(xiaomi())
        .unwrap();
    push.logged_in(alice());
    let blocked = thread::spawn(move || push.grant_consent());
    is_in.recv_timeout(SECONDS).unwrap();

    phone.advance(Duration::from_secs(9));
    assert!(phone.reports().is_empty());
    phone.advance(Duration::from_secs(2));
    let vendor = || phone.taken().and_then(|binding| binding.vendor());
    assert_eq!(vendor(), Some(Vendor::Fcm));

    // The better token is late, and counts all the same.
    go.send(()).unwrap();
    blocked.join().unwrap();
    assert_eq!(vendor(), Some(Vendor::Xiaomi));
}

#[test]
fn calls_of_one_host_never_overlap() {
    #[derive(Default)]
    struct Alone {
        inside: AtomicBool,
        overlaps: AtomicUsize,
        calls: AtomicUsize,
    }
    impl Alone {
        fn enter(&self) {
            if self.inside.swap(true, Ordering::SeqCst) {
                self.overlaps.fetch_add(1, Ordering::SeqCst);
            }
            self.calls.fetch_add(1, Ordering::SeqCst);
            thread::yield_now();
            self.inside.store(false, Ordering::SeqCst);
        }
    }
    impl ImClient for Alone {
        fn set_offline_push(&self, _: &Binding, done: Completion) {
            self.enter();
            done.ok();
        }

        fn set_presence(&self, _: Presence, done: Completion) {
            self.enter();
            done.ok();
        }
    }

    let phone = Phone::new();
    let im = Arc::new(Alone::default());
    let push =
        phone.wire(Registrar::builder(certificates(), im.clone(), phone.host())).start(xiaomi()).unwrap();
    thread::scope(|scope| {
        for number in 0..4_u32 {
            let push = push.clone();
            scope.spawn(move || {
                for round in 0..200_u32 {
                    push.token_received(
                        Vendor::Xiaomi,
                        TokenKind::Standard,
                        sample_token(Vendor::Xiaomi, number * 1_000 + round),
                    );
                    push.enter_background(Unread::new(round.into()));
                    let session = push.logged_in(if (round + number) % 2 == 0 { alice() } else { bob() });
                    push.enter_foreground();
                    if round % 7 == 0 {
                        push.log_out(session, |_| {});
                    }
                    push.ring();
                }
            });
        }
    });
    assert_eq!(im.overlaps.load(Ordering::SeqCst), 0);
    assert!(im.calls.load(Ordering::SeqCst) > 0);
    push.logged_in(alice());
    phone.advance(Duration::from_secs(4_000));
    assert!(push.diagnose().reachable, "{}", push.diagnose());
}

#[test]
fn handles_go_between_threads() {
    fn is_shared<T: Clone + Send + Sync + 'static>() {}
    fn is_sent<T: Send + 'static>() {}
    is_shared::<Registrar>();
    is_shared::<tim_offline_push::registrar::WeakRegistrar>();
    is_shared::<tim_offline_push::registrar::Alarm>();
    is_sent::<Completion>();
    is_sent::<tim_offline_push::registrar::Builder>();

    let phone = Phone::new();
    phone.script(Ask::Report, [Reply::silence()]);
    let push = phone.registrar(certificates()).start(xiaomi()).unwrap();
    let shown = format!("{push:?}{:?}{:?}", push.downgrade(), phone);
    assert!(shown.contains("Registrar"));
}
