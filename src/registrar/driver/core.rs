//! The machine behind its lock, and the loop that does what it asks for.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use log::Level;

use super::agenda::{Agenda, LogoutCallback, Task, call_back};
use super::hosts::{Hosts, Request, call, catch_panic, drop_guarded, log};
use crate::registrar::{
    Alarm, Completion, Diagnosis, Effect, Event, IgnoredReason, Lane, Lost, Machine, Observer, Outcome,
    SessionId, Verdict,
};
use crate::time::Now;

/// What every handle of one registrar points at. Completions and alarms point at it weakly.
pub(in crate::registrar) struct Core {
    agenda: Mutex<Agenda>,
}

impl Core {
    pub(super) fn new(machine: Machine, now: Now, hosts: Hosts) -> Self {
        Self { agenda: Mutex::new(Agenda::new(machine, now, Arc::new(hosts))) }
    }

    /// Tells the machine what happened, then does what follows.
    pub(super) fn submit(self: &Arc<Self>, event: Event) -> Verdict {
        self.change(|agenda| agenda.handle(event)).unwrap_or(AFTER_SHUTDOWN)
    }

    pub(super) fn log_out(self: &Arc<Self>, session: SessionId, callback: LogoutCallback) -> Verdict {
        let mut callback = Some(callback);
        let verdict = self.change(|agenda| Some(agenda.log_out(session, callback.take()?)));
        if let Some(callback) = callback {
            let release = self.agenda().release_after_shutdown(session);
            call_back(vec![callback], release);
        }
        verdict.flatten().unwrap_or(AFTER_SHUTDOWN)
    }

    /// Takes a completion's answer. `lost` says who lost it, where the outcome is lost.
    pub(in crate::registrar) fn answer(self: &Arc<Self>, request: Request, outcome: Outcome, lost: Lost) {
        if outcome == Outcome::Lost {
            log(Level::Debug, &format_args!("{request}: {lost}"));
        }
        if let Some(event) = request.answered(outcome, lost) {
            self.submit(event);
        }
    }

    /// Remembers what a completion answers, which goes on as a number.
    pub(in crate::registrar) fn keep(&self, request: Request) {
        self.agenda().keep(request);
    }

    /// Takes the answer to a completion that went on as a number. Says whether anything waited for that
    /// number.
    pub(in crate::registrar) fn complete(self: &Arc<Self>, raw: u64, outcome: Outcome, lost: Lost) -> bool {
        let Some(request) = self.agenda().take_raw(raw) else { return false };
        self.answer(request, outcome, lost);
        true
    }

    /// Does what is due.
    pub(in crate::registrar) fn ring(self: &Arc<Self>) {
        self.change(Agenda::ring);
    }

    pub(super) fn diagnose(&self) -> Diagnosis {
        let now = self.now();
        self.agenda().diagnose(now)
    }

    /// Lets go of the hosts, and calls back those who wait for a logout.
    pub(super) fn shut_down(&self) {
        let now = self.now();
        let (hosts, releases) = self.agenda().close(now);
        if let Some(scheduler) = hosts.as_ref().and_then(|hosts| hosts.scheduler.as_ref()) {
            catch_panic(SCHEDULER, || scheduler.cancel());
        }
        for task in releases {
            if let Task::Release(callbacks, release) = task {
                call_back(callbacks, release);
            }
        }
        drop_guarded(hosts);
    }

    /// The time now; `None` if the clock panicked, and after the shutdown.
    fn now(&self) -> Option<Now> {
        let hosts = self.agenda().hosts();
        let now = hosts.as_ref().and_then(|hosts| hosts.now());
        drop_guarded(hosts);
        now
    }

    /// Changes the machine under the lock, then does what follows. `None` after the shutdown.
    pub(super) fn change<T>(self: &Arc<Self>, change: impl FnOnce(&mut Agenda) -> T) -> Option<T> {
        let hosts = self.agenda().hosts()?;
        let now = hosts.now();
        let value = self.agenda().open().map(|agenda| {
            agenda.begin(now);
            change(agenda)
        });
        self.run(&hosts);
        drop_guarded(Some(hosts));
        value
    }

    /// Does what is to be done, until nothing is left that this thread may do.
    fn run(self: &Arc<Self>, hosts: &Hosts) {
        let mut now = None;
        loop {
            let Some(task) = self.agenda().next(now) else { return };
            let lane = task.lane();
            // Whatever a host does in it, this returns.
            self.perform(task, hosts);
            self.agenda().finish(lane);
            if !self.is_open() {
                return;
            }
            // A host has been called, which may have taken any time.
            now = hosts.now();
        }
    }

    fn perform(self: &Arc<Self>, task: Task, hosts: &Hosts) {
        match task {
            Task::Event { name, verdict, detail } => {
                log(Level::Debug, &format_args!("{name}{detail}: {verdict}"));
                self.observe(hosts, |observer| observer.event(name, verdict));
            }
            Task::Transition(transition) => {
                log(Level::Info, &transition);
                self.observe(hosts, |observer| observer.transition(&transition));
            }
            Task::Effect(Effect::Notice(notice)) => {
                log(Level::Warn, &notice);
                self.observe(hosts, |observer| observer.notice(&notice));
            }
            Task::Effect(effect) => {
                log(Level::Debug, &effect);
                let lane = effect.lane();
                let done = |request| Completion::new(request, Arc::downgrade(self));
                // The logger may have taken any time.
                if self.is_open() {
                    catch_panic(lane, || call(effect, hosts, &done));
                }
            }
            Task::Release(callbacks, release) => call_back(callbacks, release),
            Task::Alarm(at) => {
                let Some(scheduler) = &hosts.scheduler else { return };
                let rung = catch_panic(SCHEDULER, || match at {
                    Some(at) => {
                        let now = hosts.now().map_or_else(|| self.agenda().now(), Now::monotonic);
                        scheduler.schedule(at.saturating_since(now), Alarm::new(Arc::downgrade(self)));
                    }
                    None => scheduler.cancel(),
                });
                if rung.is_none() {
                    self.agenda().lose_alarm();
                }
            }
        }
    }

    /// Tells each observer, whatever the others do, until the registrar is shut down.
    fn observe(&self, hosts: &Hosts, tell: impl Fn(&dyn Observer)) {
        for observer in hosts.observers.iter().take_while(|_| self.is_open()) {
            catch_panic(Lane::Observer, || tell(observer.as_ref()));
        }
    }

    fn is_open(&self) -> bool {
        self.agenda().open().is_some()
    }

    pub(super) fn agenda(&self) -> MutexGuard<'_, Agenda> {
        self.agenda.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The alarm clock, as the log names it.
const SCHEDULER: &str = "the scheduler";

/// The verdict on whatever comes after the shutdown.
pub(super) const AFTER_SHUTDOWN: Verdict = Verdict::Ignored(IgnoredReason::ShutDown);
