//! A driver under stress, in real time: many threads, and hosts that panic, call back, answer twice or never,
//! block for a while, shut the registrar down or drop the last handle, all by a seed. Nothing hangs, each
//! logout is called back exactly once, no host's calls overlap, and none begins after the shutdown.

use std::collections::BTreeMap;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex, Weak};
use std::thread;
use std::time::Duration;

use tim_offline_push::ext::Ext;
use tim_offline_push::notification::Tap;
use tim_offline_push::registrar::{
    Badge, Binding, Completion, ImClient, InstallId, NotificationChannel, NotificationChannels, Observer,
    Outcome, Policy, PolicySettings, Presence, Receiver, Registrar, SessionId, Store, TapHandler, TapId,
    Unread, VendorSdk, Verdict, WeakRegistrar,
};
use tim_offline_push::testing::sample_token;
use tim_offline_push::vendor::{TokenKind, Vendor, VendorSet};

use super::{alice, bob, certificates, xiaomi};

/// Small random numbers, the same for the same seed and thread order.
struct Dice(AtomicU64);

impl Dice {
    fn roll(&self, sides: u64) -> u64 {
        let state = self.0.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::SeqCst);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        ((mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb) >> 33) % sides
    }
}

struct World {
    dice: Dice,
    push: Mutex<WeakRegistrar>,
    /// The handles that hosts may drop.
    handles: Mutex<Vec<Registrar>>,
    inside: Mutex<BTreeMap<&'static str, bool>>,
    faults: Mutex<Vec<String>>,
    asked: AtomicUsize,
    called_back: AtomicUsize,
    /// `shutdown` has returned.
    is_over: AtomicBool,
    kept: Mutex<Vec<Completion>>,
    myself: Weak<Self>,
}

impl World {
    fn new(seed: u64) -> Arc<Self> {
        Arc::new_cyclic(|myself| Self {
            dice: Dice(AtomicU64::new(seed)),
            push: Mutex::default(),
            handles: Mutex::default(),
            inside: Mutex::default(),
            faults: Mutex::default(),
            asked: AtomicUsize::new(0),
            called_back: AtomicUsize::new(0),
            is_over: AtomicBool::new(false),
            kept: Mutex::default(),
            myself: myself.clone(),
        })
    }

    fn fault(&self, text: String) {
        self.faults.lock().unwrap().push(text);
    }

    fn push(&self) -> Option<Registrar> {
        let weak = self.push.lock().unwrap().clone();
        weak.upgrade()
    }

    /// A call of a host: does something of everything, and panics now and then.
    fn enter(&self, host: &'static str) {
        // Read before the lock: a call may be under way when the shutdown comes.
        let is_over = self.is_over.load(Ordering::SeqCst);
        if is_over {
            self.fault(format!("{host} is called after the shutdown"));
        }
        if self.inside.lock().unwrap().insert(host, true) == Some(true) {
            self.fault(format!("two calls of {host} at once"));
        }
        let leave = Leave { world: self, host };
        match self.dice.roll(24) {
            0..=3 => self.tell_something(),
            4 => self.elsewhere(Self::tell_something),
            5 => thread::sleep(Duration::from_millis(self.dice.roll(4))),
            6 if self.dice.roll(40) == 0 => self.shut_down(),
            7 => drop(self.handles.lock().unwrap().pop()),
            8 => {
                drop(leave);
                resume_unwind(Box::new("unruly"));
            }
            _ => {}
        }
    }

    fn answer(&self, host: &'static str, done: Completion, outcome: Outcome) {
        self.enter(host);
        match self.dice.roll(12) {
            0 => drop(done),
            1 => self.kept.lock().unwrap().push(done),
            2 => {
                let raw = done.into_raw();
                let world = self.myself.clone();
                thread::spawn(move || {
                    let push = world.upgrade().and_then(|world| world.push());
                    let Some(push) = push else { return };
                    let waited = [push.complete(raw, outcome.clone()), push.complete(raw, outcome)];
                    if waited[1] {
                        world.upgrade().unwrap().fault("a second answer counted".into());
                    }
                });
            }
            3 => {
                let failed: Result<(), ()> = done.lend(|_| Err(()));
                assert!(failed.is_err());
            }
            4 => done.failed(22006),
            5 => {
                thread::spawn(move || done.complete(outcome));
            }
            6 => {
                done.complete(outcome);
                self.tell_something();
            }
            _ => done.complete(outcome),
        }
    }

    /// Waits for another thread, which must not wait for this one.
    fn elsewhere(&self, deed: fn(&Self)) {
        thread::scope(|scope| {
            scope.spawn(|| {
                // A host that it calls may panic, which is caught; this thread does not.
                deed(self);
            });
        });
    }

    fn tell_something(&self) {
        let Some(push) = self.push() else { return };
        let number = u32::try_from(self.dice.roll(3)).unwrap();
        let session = push.session().unwrap_or_else(|| SessionId::from(7));
        let _verdict = match self.dice.roll(20) {
            0..=2 => {
                push.logged_in(if number == 0 { alice() } else { bob() });
                return;
            }
            3..=5 => return self.log_out(&push),
            6 => push.logged_out(session),
            7 => push.kicked_off(session),
            8 | 9 => {
                push.token_received(Vendor::Xiaomi, TokenKind::Standard, sample_token(Vendor::Xiaomi, number))
            }
            10 => push.token_invalid(Vendor::Xiaomi, TokenKind::Standard),
            11 => push.enter_foreground(),
            12 => push.enter_background(Unread::new(number.into())),
            13 => push.tapped(Tap::from_ext(None, &Ext::from_text(format!("{{\"n\":{number}}}"))).unwrap()),
            14 => push.host_ready(),
            15 => push.disable_push(),
            16 => push.enable_push(),
            17 => push.withdraw_consent(),
            18 => push.grant_consent(),
            _ => {
                push.ring();
                assert!(!push.diagnose().to_string().is_empty());
                return;
            }
        };
    }

    fn log_out(&self, push: &Registrar) {
        let world = self.myself.clone();
        self.asked.fetch_add(1, Ordering::SeqCst);
        push.log_out(push.session().unwrap_or_else(|| SessionId::from(7)), move |release| {
            let Some(world) = world.upgrade() else { return };
            world.called_back.fetch_add(1, Ordering::SeqCst);
            match world.dice.roll(6) {
                0 => resume_unwind(Box::new("unruly")),
                1 => world.tell_something(),
                2..=4 => {
                    if let Some(push) = world.push().filter(|_| !release.is_superseded()) {
                        push.logged_out(release.session());
                    }
                }
                _ => {}
            }
        });
    }

    fn shut_down(&self) {
        if let Some(push) = self.push() {
            push.shutdown();
        }
    }
}

struct Leave<'a> {
    world: &'a World,
    host: &'static str,
}

impl Drop for Leave<'_> {
    fn drop(&mut self) {
        self.world.inside.lock().unwrap().insert(self.host, false);
    }
}

impl ImClient for World {
    fn set_offline_push(&self, _: &Binding, done: Completion) {
        self.answer("the IM client", done, Outcome::Ok);
    }

    fn set_presence(&self, _: Presence, done: Completion) {
        self.answer("the IM client", done, Outcome::Ok);
    }
}

impl VendorSdk for World {
    fn vendors(&self) -> VendorSet {
        VendorSet::ALL
    }

    fn register(&self, vendor: Vendor, _: TokenKind, done: Completion) {
        self.answer(vendor.as_str(), done, Outcome::token(sample_token(vendor, 1)));
    }

    fn unregister(&self, vendor: Vendor) {
        self.enter(vendor.as_str());
    }
}

impl Store for World {
    fn load(&self) -> std::io::Result<Option<Vec<u8>>> {
        Ok(None)
    }

    fn save(&self, _: &[u8], done: Completion) {
        self.answer("the store", done, Outcome::Ok);
    }
}

impl NotificationChannels for World {
    fn ensure(&self, _: &NotificationChannel, done: Completion) {
        self.answer("the notification channels", done, Outcome::Ok);
    }
}

impl TapHandler for World {
    fn deliver(&self, _: TapId, _: &Tap, _: &Receiver, done: Completion) {
        self.answer("the tap handler", done, Outcome::Ok);
    }
}

impl Observer for World {
    fn event(&self, _: &'static str, _: Verdict) {
        self.enter("the observer");
    }
}

impl Badge for World {
    fn set(&self, _: u32) {
        self.enter("the badge");
    }

    fn clear_notifications(&self) {
        self.enter("the badge");
    }
}

/// One registrar from its start to its end. Returns how many logouts there were.
fn live(seed: u64) -> usize {
    let world = World::new(seed);
    let mut settings = PolicySettings::default();
    let millis = Duration::from_millis;
    (settings.registration, settings.report, settings.settle) = (millis(15), millis(15), millis(20));
    (settings.drain, settings.store, settings.presence) = (millis(10), millis(5), millis(10));
    (settings.backoff_base, settings.backoff_floor) = (millis(10), millis(10));
    let channel = NotificationChannel::new("messages", "Messages");
    let place = Arc::clone(&world);
    let push = Registrar::builder(certificates(), world.clone(), world.clone())
        .policy(Policy::new(settings).unwrap())
        .configure(|configuration| configuration.with_notification_channel(Vendor::Xiaomi, channel))
        .store(world.clone(), InstallId::new("stress").unwrap())
        .observer(world.clone())
        .notification_channels(world.clone())
        .taps(world.clone())
        .badge(world.clone())
        .announce(move |push| *place.push.lock().unwrap() = push.downgrade())
        .start(xiaomi())
        .unwrap();
    *world.handles.lock().unwrap() = vec![push.clone(), push.clone()];
    thread::scope(|scope| {
        for _ in 0..3 {
            let (world, push) = (&world, push.clone());
            scope.spawn(move || {
                for _ in 0..60 {
                    world.tell_something();
                    if world.dice.roll(10) == 0 {
                        thread::sleep(Duration::from_millis(2));
                    }
                }
                drop(push);
            });
        }
    });
    world.log_out(&push);
    push.shutdown();
    // A call that was under way on an alarm's thread comes to its end.
    thread::sleep(Duration::from_millis(30));
    world.is_over.store(true, Ordering::SeqCst);
    world.log_out(&push);
    push.ring();
    drop(push);
    world.handles.lock().unwrap().clear();
    world.kept.lock().unwrap().clear();
    let (asked, called) = (world.asked.load(Ordering::SeqCst), world.called_back.load(Ordering::SeqCst));
    if asked != called {
        world.fault(format!("{asked} logouts, {called} calls back"));
    }
    let faults = world.faults.lock().unwrap().join("; ");
    assert!(faults.is_empty(), "seed {seed}: {faults}");
    asked
}

#[test]
fn nothing_hangs_is_lost_or_called_twice() {
    let (tell, told) = channel();
    let lives = std::env::var("DRIVER_LIVES").ok().and_then(|text| text.parse().ok()).unwrap_or(40);
    thread::spawn(move || {
        let logouts: usize = (0..lives).map(live).sum();
        let _ = tell.send(logouts);
    });
    let limit = Duration::from_secs(60.max(lives));
    let logouts = told.recv_timeout(limit).expect("a fault above, or a deadlock");
    assert!(logouts > 100, "{logouts}");
}
