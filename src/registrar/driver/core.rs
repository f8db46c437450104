//! The machine behind its lock, and the loop.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::call::{Lane, LogoutCallback, run_release};
use super::hosts::{Hosts, fenced, let_go};
use super::inner::Inner;
use crate::registrar::completion::Request;
use crate::registrar::{Diagnosis, Event, IgnoredReason, Machine, Outcome, SessionId, Verdict};
use crate::time::Now;
use crate::vendor::{TokenKind, Vendor, VendorCode};

/// What every handle of one registrar points at. Completions and alarms point at it weakly.
pub(in crate::registrar) struct Core {
    /// What the builder was not given, in words.
    left_out: Vec<&'static str>,
    /// Gone after the shutdown. A lock of its own, since the clock is asked before the machine is locked.
    hosts: Mutex<Option<Arc<Hosts>>>,
    inner: Mutex<Inner>,
}

impl Core {
    pub(super) fn new(machine: Machine, now: Now, hosts: Hosts) -> Self {
        let left_out = hosts.left_out();
        let hosts = Mutex::new(Some(Arc::new(hosts)));
        Self { left_out, hosts, inner: Mutex::new(Inner::new(machine, now)) }
    }

    /// Tells the machine what happened, then does what follows.
    pub(super) fn submit(self: &Arc<Self>, event: Event) -> Verdict {
        self.handle(|inner, now| inner.handle(now, event)).unwrap_or(AFTER_SHUTDOWN)
    }

    pub(super) fn log_in(self: &Arc<Self>, event: Event) -> SessionId {
        self.handle(|inner, now| {
            inner.handle(now, event);
            inner.machine.session()
        })
        .flatten()
        .unwrap_or_else(SessionId::none)
    }

    pub(super) fn log_out(self: &Arc<Self>, session: SessionId, callback: LogoutCallback) -> Verdict {
        let mut callback = Some(callback);
        let verdict = self.handle(|inner, now| {
            callback.take().map_or(AFTER_SHUTDOWN, |callback| inner.log_out(now, session, callback))
        });
        if let Some(callback) = callback {
            let release = self.inner().release_after_shutdown(session);
            run_release(vec![callback], release);
        }
        verdict.unwrap_or(AFTER_SHUTDOWN)
    }

    pub(super) fn vendor_failed(
        self: &Arc<Self>,
        vendor: Vendor,
        kind: TokenKind,
        code: VendorCode,
    ) -> Verdict {
        self.handle(|inner, now| match inner.registration(vendor, kind) {
            Some(id) => inner.handle(now, Event::VendorFailed { id, code }),
            None => Verdict::Ignored(IgnoredReason::NothingWaits),
        })
        .unwrap_or(AFTER_SHUTDOWN)
    }

    /// Takes a completion's answer.
    pub(in crate::registrar) fn answer(self: &Arc<Self>, request: Request, outcome: Outcome) {
        if let Some(event) = request.event(outcome) {
            self.submit(event);
        }
    }

    /// Remembers what a completion answers, which goes on as a number.
    pub(in crate::registrar) fn keep(&self, request: Request) {
        self.inner().keep(request);
    }

    /// Takes the answer to a completion that went on as a number. Says whether anything waited for that number.
    pub(super) fn complete(self: &Arc<Self>, raw: u64, outcome: Outcome) -> bool {
        let request = self.inner().take_raw(raw);
        let waited = request.is_some();
        if let Some(request) = request {
            self.answer(request, outcome);
        }
        waited
    }

    /// Does what is due.
    pub(in crate::registrar) fn ring(self: &Arc<Self>) {
        self.handle(Inner::ring);
    }

    pub(super) fn diagnose(&self) -> Diagnosis {
        let hosts = self.hosts().clone();
        let now = hosts.as_ref().and_then(|hosts| hosts.now());
        let_go(hosts);
        let mut diagnosis = self.inner().diagnose(now);
        diagnosis.left_out = self.left_out.iter().map(|what| (*what).to_owned()).collect();
        diagnosis
    }

    pub(super) fn session(&self) -> Option<SessionId> {
        self.inner().machine.session()
    }

    /// The time now; if the clock panics, the last that it told.
    pub(super) fn now(&self, hosts: &Hosts) -> Now {
        hosts.now().unwrap_or_else(|| self.inner().now())
    }

    /// The scheduler did not take the alarm.
    pub(super) fn lose_alarm(&self) {
        self.inner().lose_alarm();
    }

    /// Lets go of the hosts, and tells those who wait for a logout.
    pub(super) fn shut_down(&self) {
        let releases = self.inner().close();
        let hosts = self.hosts().take();
        if let Some(hosts) = &hosts {
            fenced("the scheduler", || hosts.scheduler.cancel());
        }
        for (callbacks, release) in releases {
            run_release(callbacks, release);
        }
        let_go(hosts);
    }

    /// Changes the machine under the lock, then does what follows. `None` after the shutdown.
    fn handle<T>(self: &Arc<Self>, change: impl FnOnce(&mut Inner, Option<Now>) -> T) -> Option<T> {
        let hosts = self.hosts().clone()?;
        let now = hosts.now();
        let value = self.inner().open().map(|inner| change(inner, now));
        self.drain(&hosts);
        let_go(Some(hosts));
        value
    }

    /// Does what the machine asks for, until nothing is left that this thread may do.
    fn drain(self: &Arc<Self>, hosts: &Hosts) {
        loop {
            let Some(call) = self.inner().next() else { return };
            let turn = Turn { core: self, lane: call.lane() };
            self.run(call, hosts);
            drop(turn);
        }
    }

    fn hosts(&self) -> MutexGuard<'_, Option<Arc<Hosts>>> {
        self.hosts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The verdict on whatever comes after the shutdown.
const AFTER_SHUTDOWN: Verdict = Verdict::Ignored(IgnoredReason::ShutDown);

impl Drop for Core {
    fn drop(&mut self) {
        self.shut_down();
    }
}

/// A lane in use. Free again when this is dropped, whatever the host did.
struct Turn<'a> {
    core: &'a Core,
    lane: Lane,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.core.inner().finish(self.lane);
    }
}
