//! A host that does everything a host may do, each a few times.

use std::collections::BTreeMap;
use std::io;
use std::panic::resume_unwind;
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use tim_offline_push::notification::Tap;
use tim_offline_push::registrar::{
    Alarm, Badge, Binding, Clock, Completion, ImClient, Notice, NotificationChannel, NotificationChannels,
    Observer, Outcome, Presence, Receiver, Scheduler, Store, TapHandler, TapId, Transition, Unread,
    VendorSdk, Verdict, WeakRegistrar,
};
use tim_offline_push::testing::{VirtualTime, sample_token};
use tim_offline_push::time::Now;
use tim_offline_push::vendor::{TokenKind, Vendor, VendorSet};

/// A call of a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Host {
    Report,
    Presence,
    Register,
    Save,
    Ensure,
    Deliver,
    Event,
    Transition,
    Notice,
    Badge,
    Clear,
    Now,
    Schedule,
    Log,
    Logout,
}

impl Host {
    pub(crate) const ALL: [Self; 15] = [
        Self::Report,
        Self::Presence,
        Self::Register,
        Self::Save,
        Self::Ensure,
        Self::Deliver,
        Self::Event,
        Self::Transition,
        Self::Notice,
        Self::Badge,
        Self::Clear,
        Self::Now,
        Self::Schedule,
        Self::Log,
        Self::Logout,
    ];

    /// Whether the call comes with a completion.
    fn answers(self) -> bool {
        self <= Self::Deliver
    }

    pub(crate) fn ways(self) -> &'static [Way] {
        let ways = &[Way::Reenter, Way::Panic, Way::OtherThread, Way::Drop, Way::Twice];
        if self.answers() { ways } else { &ways[..3] }
    }
}

/// What it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Way {
    /// Calls the registrar back before and after it answers.
    Reenter,
    /// Panics, with the completion in hand.
    Panic,
    /// Answers from another thread, calls the registrar from there, and waits for that to end.
    OtherThread,
    /// Drops the completion.
    Drop,
    /// Answers twice.
    Twice,
}

/// How often a host misbehaves in one way before it behaves.
const TIMES: u32 = 3;

/// The host of everything.
#[derive(Default)]
pub(crate) struct Unruly {
    pub(crate) time: VirtualTime,
    pub(crate) registrar: Mutex<WeakRegistrar>,
    pub(crate) plan: Vec<(Host, Way)>,
    pub(crate) misdeeds: Mutex<BTreeMap<(Host, Way), u32>>,
    pub(crate) faults: Mutex<Vec<String>>,
    pub(crate) logouts: Mutex<u32>,
    saved: Mutex<Option<Vec<u8>>>,
}

impl Unruly {
    pub(crate) fn new(plan: Vec<(Host, Way)>) -> Arc<Self> {
        Arc::new(Self { plan, ..Self::default() })
    }

    /// The next misdeed of this call, unless it is time to behave.
    fn next_way(&self, host: Host) -> Option<Way> {
        let mut misdeeds = self.misdeeds.lock().unwrap();
        let due = |known: &BTreeMap<_, u32>, deed| known.get(&deed).copied().unwrap_or(0) < TIMES;
        let deed = *self.plan.iter().find(|deed| deed.0 == host && due(&misdeeds, **deed))?;
        *misdeeds.entry(deed).or_insert(0) += 1;
        Some(deed.1)
    }

    /// Calls the registrar in every way that does not change who is logged in.
    pub(crate) fn poke(registrar: &WeakRegistrar) {
        let Some(push) = registrar.upgrade() else { return };
        push.token_received(Vendor::Xiaomi, TokenKind::Standard, sample_token(Vendor::Xiaomi, 5));
        push.token_received(Vendor::Xiaomi, TokenKind::Standard, "");
        push.vendor_failed(Vendor::Meizu, TokenKind::Standard, 110_000);
        push.enter_foreground();
        push.enter_background(Unread::new(9));
        push.set_unread(Unread::new(2));
        push.network_up();
        push.retry();
        push.ring();
        push.complete(17, Outcome::Ok);
        assert!(push.session().is_none() || !push.diagnose().regions.is_empty());
    }

    /// A call without a completion.
    pub(crate) fn act(&self, host: Host) {
        let registrar = self.registrar.lock().unwrap().clone();
        match self.next_way(host) {
            None => {}
            Some(Way::Panic) => resume_unwind(Box::new("unruly")),
            Some(Way::OtherThread) => self.elsewhere(move || Self::poke(&registrar)),
            Some(Way::Reenter | Way::Drop | Way::Twice) => Self::poke(&registrar),
        }
    }

    /// A call with one.
    fn answer(&self, host: Host, done: Completion, outcome: Outcome) {
        let registrar = self.registrar.lock().unwrap().clone();
        match self.next_way(host) {
            None => done.complete(outcome),
            Some(Way::Reenter) => {
                Self::poke(&registrar);
                done.complete(outcome);
                Self::poke(&registrar);
            }
            Some(Way::Panic) => resume_unwind(Box::new("unruly")),
            Some(Way::OtherThread) => self.elsewhere(move || {
                Self::poke(&registrar);
                done.complete(outcome);
                Self::poke(&registrar);
            }),
            Some(Way::Drop) => drop(done),
            Some(Way::Twice) => match registrar.upgrade() {
                // The registrar is still starting.
                None => done.complete(outcome),
                Some(push) => {
                    let raw = done.into_raw();
                    let waited = [push.complete(raw, outcome.clone()), push.complete(raw, outcome)];
                    self.expect(waited == [true, false], || format!("{host:?}: answered {waited:?}"));
                }
            },
        }
    }

    /// Does something on another thread, and waits for it: a lock held by this one would keep it waiting for
    /// ever.
    fn elsewhere(&self, deed: impl FnOnce() + Send + 'static) {
        let (done, wait) = channel();
        let worker = thread::spawn(move || {
            deed();
            done.send(()).unwrap();
        });
        let ended = wait.recv_timeout(Duration::from_secs(20)).is_ok();
        self.expect(ended, || "another thread could not call the registrar".into());
        if ended {
            worker.join().unwrap();
        }
    }

    pub(crate) fn expect(&self, holds: bool, fault: impl FnOnce() -> String) {
        if !holds {
            self.faults.lock().unwrap().push(fault());
        }
    }
}

impl ImClient for Unruly {
    fn set_offline_push(&self, _: &Binding, done: Completion) {
        self.answer(Host::Report, done, Outcome::Ok);
    }

    fn set_presence(&self, _: Presence, done: Completion) {
        self.answer(Host::Presence, done, Outcome::Ok);
    }
}

impl VendorSdk for Unruly {
    fn vendors(&self) -> VendorSet {
        VendorSet::ALL
    }

    fn register(&self, vendor: Vendor, _: TokenKind, done: Completion) {
        self.answer(Host::Register, done, Outcome::token(sample_token(vendor, 5)));
    }
}

impl Store for Unruly {
    fn load(&self) -> io::Result<Option<Vec<u8>>> {
        Ok(self.saved.lock().unwrap().clone())
    }

    fn save(&self, snapshot: &[u8], done: Completion) {
        *self.saved.lock().unwrap() = Some(snapshot.to_vec());
        self.answer(Host::Save, done, Outcome::Ok);
    }
}

impl NotificationChannels for Unruly {
    fn ensure(&self, _: &NotificationChannel, done: Completion) {
        self.answer(Host::Ensure, done, Outcome::Ok);
    }
}

impl TapHandler for Unruly {
    fn deliver(&self, _: TapId, _: &Tap, _: &Receiver, done: Completion) {
        self.answer(Host::Deliver, done, Outcome::Ok);
    }
}

impl Observer for Unruly {
    fn event(&self, _: &'static str, _: Verdict) {
        self.act(Host::Event);
    }

    fn transition(&self, _: &Transition) {
        self.act(Host::Transition);
    }

    fn notice(&self, _: &Notice) {
        self.act(Host::Notice);
    }
}

impl Badge for Unruly {
    fn set(&self, _: u32) {
        self.act(Host::Badge);
    }

    fn clear_notifications(&self) {
        self.act(Host::Clear);
    }
}

impl Clock for Unruly {
    fn now(&self) -> Now {
        self.act(Host::Now);
        self.time.now()
    }
}

impl Scheduler for Unruly {
    fn schedule(&self, delay: Duration, alarm: Alarm) {
        self.act(Host::Schedule);
        self.time.schedule(delay, alarm);
    }

    fn cancel(&self) {
        self.act(Host::Schedule);
        self.time.cancel();
    }
}
