//! What the registrar's lock guards.

use std::collections::{BTreeMap, VecDeque};
use std::mem;
use std::thread::{self, ThreadId};

use super::call::{Call, Lane, LogoutCallback};
use crate::registrar::completion::Request;
use crate::registrar::{
    Diagnosis, Effect, Event, IgnoredReason, Machine, RegistrationId, Release, SessionId, Verdict,
};
use crate::time::{MonotonicTime, Now};
use crate::vendor::{TokenKind, Vendor};

/// How much an observer may lag behind.
const MAX_TOLD: usize = 64;
/// How many numbers given out by [`Completion::into_raw`](crate::registrar::Completion::into_raw) are kept.
const MAX_RAW: usize = 64;

pub(super) struct Inner {
    pub(super) machine: Machine,
    /// When the machine was last told the time.
    now: Now,
    /// What was not asked for by the machine: word for the observers, and logouts that need no wait.
    pending: VecDeque<Call>,
    /// The lanes in use, and by whom.
    running: Vec<(Lane, ThreadId)>,
    /// What the scheduler was last told.
    armed: Option<MonotonicTime>,
    /// The scheduler panicked: it is told again with the next event.
    alarm_lost: bool,
    logouts: Vec<(SessionId, LogoutCallback)>,
    /// The last session of which somebody was told to log out.
    released: Option<SessionId>,
    raw: BTreeMap<u64, Request>,
    registrations: BTreeMap<(Vendor, TokenKind), RegistrationId>,
    closed: bool,
}

impl Inner {
    pub(super) fn new(machine: Machine, now: Now) -> Self {
        Self {
            machine,
            now,
            pending: VecDeque::new(),
            running: Vec::new(),
            armed: None,
            alarm_lost: false,
            logouts: Vec::new(),
            released: None,
            raw: BTreeMap::new(),
            registrations: BTreeMap::new(),
            closed: false,
        }
    }

    pub(super) fn handle(&mut self, now: Option<Now>, event: Event) -> Verdict {
        self.begin(now);
        let name = event.name();
        let verdict = self.machine.handle(self.now, event);
        self.tell(Call::Handled { event: name, verdict });
        self.tell_transitions();
        verdict
    }

    pub(super) fn ring(&mut self, now: Option<Now>) {
        self.begin(now);
        self.armed = None;
        self.machine.handle_timeout(self.now);
        self.tell_transitions();
    }

    pub(super) fn log_out(
        &mut self,
        now: Option<Now>,
        session: SessionId,
        callback: LogoutCallback,
    ) -> Verdict {
        let verdict = self.handle(now, Event::LogoutRequested { session });
        match verdict {
            Verdict::Applied | Verdict::Ignored(IgnoredReason::AlreadyEnding) => {
                self.logouts.push((session, callback));
            }
            Verdict::Ignored(_) | Verdict::Refused(_) => {
                self.pending.push_back(Call::Release(vec![callback], Release::superseded(session)));
            }
        }
        verdict
    }

    /// The next thing that this thread may do; its lane is then in use until [`Inner::finish`].
    pub(super) fn next(&mut self) -> Option<Call> {
        let me = thread::current().id();
        if self.closed || self.running.iter().any(|(_, thread)| *thread == me) {
            return None;
        }
        // The alarm first: if the next host blocks, its deadline is set.
        let call = self.next_wake().or_else(|| self.next_pending()).or_else(|| self.next_effect())?;
        self.running.push((call.lane(), me));
        Some(call)
    }

    pub(super) fn finish(&mut self, lane: Lane) {
        self.running.retain(|(used, _)| *used != lane);
    }

    /// When the machine was last told the time.
    pub(super) const fn now(&self) -> Now {
        self.now
    }

    pub(super) const fn lose_alarm(&mut self) {
        self.alarm_lost = true;
    }

    /// Where the machine stands now. The time goes on by that, and nothing else does.
    pub(super) fn diagnose(&mut self, now: Option<Now>) -> Diagnosis {
        self.now = now.unwrap_or(self.now);
        self.machine.now = Now::new(self.machine.now.monotonic().max(self.now.monotonic()), self.now.wall());
        let mut diagnosis = self.machine.diagnose();
        diagnosis.shut_down = self.closed;
        diagnosis
    }

    fn begin(&mut self, now: Option<Now>) {
        self.now = now.unwrap_or(self.now);
        if mem::take(&mut self.alarm_lost) {
            self.armed = None;
        }
    }

    /// This, unless the registrar was shut down.
    pub(super) fn open(&mut self) -> Option<&mut Self> {
        (!self.closed).then_some(self)
    }

    /// What a logout that is asked for after the shutdown is told: the user still wants it, unless that session is known
    /// to be over, or somebody else was told.
    pub(super) fn release_after_shutdown(&self, session: SessionId) -> Release {
        let is_open = self.machine.session() == Some(session) && self.released != Some(session);
        Release::new(session, false, session != SessionId::none() && !is_open)
    }

    /// Ends the registrar. What is left to be done is to release those who wait for a logout.
    pub(super) fn close(&mut self) -> Vec<(Vec<LogoutCallback>, Release)> {
        self.closed = true;
        let mut releases = Vec::new();
        for call in mem::take(&mut self.pending) {
            if let Call::Release(callbacks, release) = call {
                releases.push((callbacks, release));
            }
        }
        while let Some(session) = self.logouts.first().map(|(session, _)| *session) {
            releases.push((self.waiting_for(session), Release::new(session, false, false)));
        }
        releases
    }

    pub(super) fn keep(&mut self, request: Request) {
        self.raw.insert(request.raw(), request);
        if self.raw.len() > MAX_RAW {
            self.raw.pop_first();
        }
    }

    pub(super) fn take_raw(&mut self, raw: u64) -> Option<Request> {
        self.raw.remove(&raw)
    }

    /// The newest registration of a vendor.
    pub(super) fn registration(&self, vendor: Vendor, kind: TokenKind) -> Option<RegistrationId> {
        self.registrations.get(&(vendor, kind)).copied()
    }

    fn next_pending(&mut self) -> Option<Call> {
        let index = self.pending.iter().position(|call| is_free(&self.running, call.lane()))?;
        self.pending.remove(index)
    }

    fn next_effect(&mut self) -> Option<Call> {
        let running = &self.running;
        let effect = self.machine.poll_effect_on(|lane| is_free(running, lane))?;
        Some(self.call(effect))
    }

    fn next_wake(&mut self) -> Option<Call> {
        let wanted = self.machine.poll_timeout();
        if wanted == self.armed || !is_free(&self.running, Lane::Scheduler) {
            return None;
        }
        self.armed = wanted;
        Some(Call::Wake(wanted))
    }

    fn call(&mut self, effect: Effect) -> Call {
        if let Effect::ReleaseLogout { session, clean, superseded } = effect {
            return Call::Release(self.waiting_for(session), Release::new(session, clean, superseded));
        }
        if let Effect::RegisterVendor { id, vendor, kind } = effect {
            self.registrations.insert((vendor, kind), id);
        }
        Call::Effect(effect)
    }

    fn waiting_for(&mut self, session: SessionId) -> Vec<LogoutCallback> {
        let (waiting, others): (Vec<_>, Vec<_>) =
            mem::take(&mut self.logouts).into_iter().partition(|(waited, _)| *waited == session);
        self.logouts = others;
        if !waiting.is_empty() {
            self.released = Some(session);
        }
        waiting.into_iter().map(|(_, callback)| callback).collect()
    }

    /// Leaves word for the observers. Of those who are slow, the oldest is dropped.
    fn tell(&mut self, call: Call) {
        let told = |call: &Call| matches!(call, Call::Handled { .. } | Call::Moved(_));
        if self.pending.iter().filter(|call| told(call)).count() >= MAX_TOLD {
            let oldest = self.pending.iter().position(told);
            oldest.and_then(|index| self.pending.remove(index));
        }
        self.pending.push_back(call);
    }

    fn tell_transitions(&mut self) {
        while let Some(transition) = self.machine.poll_transition() {
            self.tell(Call::Moved(transition));
        }
    }
}

fn is_free(running: &[(Lane, ThreadId)], lane: Lane) -> bool {
    running.iter().all(|(used, _)| *used != lane)
}
