//! What the registrar's lock guards: the machine, what is to be done, and who is doing what.

use std::mem;
use std::sync::Arc;
use std::thread::{self, ThreadId};
use std::time::Duration;

use log::Level;

use super::hosts::{Hosts, Request, catch_panic, detail, log};
use crate::registrar::{
    Diagnosis, Effect, Event, IgnoredReason, Lane, Lost, Machine, Outcome, Release, SessionId, Transition,
    Verdict,
};
use crate::time::{MonotonicTime, Now};
use crate::vendor::{TokenKind, Vendor};

/// How much an observer may lag behind.
const MAX_NEWS: usize = 64;
/// How many numbers given out by [`Completion::into_raw`](crate::registrar::Completion::into_raw) are kept.
const MAX_RAW: usize = 64;
/// After this time an alarm goes on with what a blocked thread has left for other hosts.
const RESCUE: Duration = Duration::from_secs(1);

/// What waits for a logout.
pub(super) type LogoutCallback = Box<dyn FnOnce(Release) + Send>;

/// Something to do outside of the lock.
pub(super) enum Task {
    /// Tell the observers of an event.
    Event { name: &'static str, verdict: Verdict, detail: String },
    /// Tell the observers of a transition.
    Transition(Transition),
    /// Do what the machine asks for.
    Effect(Effect),
    /// Release a logout: the first callback may log out, the others come too late for that.
    Release(Vec<LogoutCallback>, Release),
    /// Set the alarm clock.
    Alarm(Option<MonotonicTime>),
}

impl Task {
    /// The lane of the host that it calls; none for the alarm clock. Only one thread at a time may be on it.
    pub(super) const fn lane(&self) -> Option<Lane> {
        Some(match self {
            Self::Event { .. } | Self::Transition(_) => Lane::Observer,
            Self::Effect(effect) => effect.lane(),
            Self::Release(..) => Lane::Logout,
            Self::Alarm(_) => return None,
        })
    }
}

pub(super) struct Agenda {
    machine: Machine,
    /// Gone after the shutdown.
    hosts: Option<Arc<Hosts>>,
    left_out: Vec<String>,
    /// The latest time that is known.
    now: Now,
    /// News for the observers, and logouts that need not wait: on their lanes before what the machine has.
    pending: Vec<Task>,
    /// The lanes in use, or the alarm clock, and by whom.
    in_use: Vec<(Option<Lane>, ThreadId)>,
    /// The alarm that is set.
    alarm: Option<MonotonicTime>,
    /// The scheduler panicked: the alarm is set again with the next event.
    alarm_lost: bool,
    logouts: Vec<(SessionId, LogoutCallback)>,
    /// The last session whose logout was permitted.
    last_released: Option<SessionId>,
    /// Oldest first.
    raw: Vec<Request>,
    /// The newest registration of each vendor and kind.
    registrations: Vec<Request>,
}

impl Agenda {
    pub(super) fn new(machine: Machine, now: Now, hosts: Arc<Hosts>) -> Self {
        Self {
            machine,
            left_out: hosts.left_out(),
            hosts: Some(hosts),
            now,
            pending: Vec::new(),
            in_use: Vec::new(),
            alarm: None,
            alarm_lost: false,
            logouts: Vec::new(),
            last_released: None,
            raw: Vec::new(),
            registrations: Vec::new(),
        }
    }

    /// Begins with what happens now; `None` if the clock panicked.
    pub(super) fn begin(&mut self, now: Option<Now>) {
        self.now = now.unwrap_or(self.now);
        if mem::take(&mut self.alarm_lost) {
            self.alarm = None;
        }
    }

    pub(super) fn handle(&mut self, event: Event) -> Verdict {
        let (name, detail) = (event.name(), detail(&event));
        let verdict = self.machine.handle(self.now, event);
        self.notify(Task::Event { name, verdict, detail });
        self.notify_transitions();
        verdict
    }

    pub(super) fn ring(&mut self) {
        self.alarm = None;
        self.pass_time(self.now);
    }

    pub(super) fn log_out(&mut self, session: SessionId, callback: LogoutCallback) -> Verdict {
        let verdict = self.handle(Event::LogoutRequested { session });
        if matches!(verdict, Verdict::Applied | Verdict::Ignored(IgnoredReason::AlreadyEnding)) {
            self.logouts.push((session, callback));
        } else {
            let release = Release { session, clean: false, superseded: true };
            self.pending.push(Task::Release(vec![callback], release));
        }
        verdict
    }

    pub(super) fn session(&self) -> Option<SessionId> {
        self.machine.session()
    }

    /// The latest time that is known.
    pub(super) const fn now(&self) -> MonotonicTime {
        self.now.monotonic()
    }

    /// Where the machine stands now. Nothing changes.
    pub(super) fn diagnose(&mut self, now: Option<Now>) -> Diagnosis {
        let mut diagnosis = self.machine.diagnose_at(now.unwrap_or(self.now));
        diagnosis.shut_down = self.hosts.is_none();
        diagnosis.left_out.clone_from(&self.left_out);
        diagnosis.summed_up()
    }

    pub(super) fn keep(&mut self, request: Request) {
        self.raw.push(request);
        if self.raw.len() > MAX_RAW {
            self.raw.remove(0);
        }
    }

    pub(super) fn take_raw(&mut self, raw: u64) -> Option<Request> {
        let place = self.raw.iter().position(|request| request.raw() == raw)?;
        Some(self.raw.remove(place))
    }

    /// The newest request to a vendor's SDK has failed.
    pub(super) fn vendor_failed(&mut self, vendor: Vendor, kind: TokenKind, outcome: Outcome) -> Verdict {
        let request = self.registrations.iter().find(|request| request.registers(vendor, kind));
        match request.and_then(|request| request.answered(outcome, Lost::Host)) {
            Some(event) => self.handle(event),
            None => Verdict::Ignored(IgnoredReason::NothingWaits),
        }
    }

    pub(super) fn hosts(&self) -> Option<Arc<Hosts>> {
        self.hosts.clone()
    }

    /// This, unless the registrar was shut down.
    pub(super) fn open(&mut self) -> Option<&mut Self> {
        self.hosts.is_some().then_some(self)
    }

    /// The next thing that this thread may do; what it needs is then in use until [`Agenda::finish`]. `now`
    /// is the time if it has passed since the machine last got it.
    pub(super) fn next(&mut self, now: Option<Now>) -> Option<Task> {
        self.hosts.as_ref()?;
        if let Some(now) = now.filter(|now| now.monotonic() > self.now.monotonic()) {
            self.now = now;
            self.pass_time(now);
        }
        let me = thread::current().id();
        let is_inside = self.in_use.iter().any(|(_, thread)| *thread == me);
        loop {
            // A thread that is inside of a host leaves the rest to the loop it came from, or to the alarm.
            let lane = if is_inside { None } else { self.next_lane(None) };
            // The alarm first: if the next host blocks, it is set.
            let task = match self.next_alarm(lane, is_inside) {
                Some(alarm) => alarm,
                None => match self.take(lane?) {
                    Some(task) => task,
                    None => continue,
                },
            };
            self.in_use.push((task.lane(), me));
            return Some(task);
        }
    }

    pub(super) fn finish(&mut self, lane: Option<Lane>) {
        self.in_use.retain(|(used, _)| *used != lane);
        if let Some(lane) = lane {
            self.machine.host_returned(lane);
        }
    }

    pub(super) const fn lose_alarm(&mut self) {
        self.alarm_lost = true;
    }

    /// The release of a logout that is requested after the shutdown: superseded if the session is known to be
    /// over, or another callback was permitted to log out.
    pub(super) fn release_after_shutdown(&self, session: SessionId) -> Release {
        let is_open = self.machine.session() == Some(session) && self.last_released != Some(session);
        Release { session, clean: false, superseded: session != SessionId::none() && !is_open }
    }

    /// Ends the registrar, now: a later diagnosis says how it stood then. What is left to be done is to call
    /// back those who wait for a logout.
    pub(super) fn close(&mut self, now: Option<Now>) -> (Option<Arc<Hosts>>, Vec<Task>) {
        self.now = now.filter(|_| self.hosts.is_some()).unwrap_or(self.now);
        let mut releases: Vec<_> = mem::take(&mut self.pending);
        releases.retain(|task| task.lane() == Some(Lane::Logout));
        while let Some(session) = self.logouts.first().map(|(session, _)| *session) {
            let release = Release { session, clean: false, superseded: false };
            releases.push(Task::Release(self.waiting_for(session), release));
        }
        (self.hosts.take(), releases)
    }

    fn pass_time(&mut self, now: Now) {
        let vendor = |lane| if let Some(Lane::Vendor(vendor)) = lane { Some(vendor) } else { None };
        let called = self.in_use.iter().filter_map(|(lane, _)| vendor(*lane));
        self.machine.set_inside_hosts(called.collect());
        self.machine.handle_timeout(now);
        self.notify_transitions();
    }

    fn is_in_use(&self, lane: Option<Lane>) -> bool {
        self.in_use.iter().any(|(used, _)| *used == lane)
    }

    /// The lane of the next task, if there is one on a lane that is free and not this one.
    fn next_lane(&self, but: Option<Lane>) -> Option<Lane> {
        let is_free = |lane| !self.is_in_use(Some(lane)) && Some(lane) != but;
        let pending = self.pending.iter().filter_map(Task::lane).find(|lane| is_free(*lane));
        pending.or_else(|| self.machine.next_lane_on(is_free))
    }

    fn take(&mut self, lane: Lane) -> Option<Task> {
        if let Some(place) = self.pending.iter().position(|task| task.lane() == Some(lane)) {
            return Some(self.pending.remove(place));
        }
        let effect = self.machine.poll_effect_on(|free| free == lane)?;
        if let Effect::ReleaseLogout { session, clean, superseded } = effect {
            return Some(Task::Release(self.waiting_for(session), Release { session, clean, superseded }));
        }
        if let Effect::RegisterVendor { id, vendor, kind } = effect {
            self.registrations.retain(|request| !request.registers(vendor, kind));
            self.registrations.push(Request::Registration { id, vendor, kind });
        }
        Some(Task::Effect(effect))
    }

    /// Sets the alarm clock if it has to be: for the machine's deadline, and sooner where something is left
    /// to do on other lanes than the next, in case the host that is called there does not return.
    fn next_alarm(&mut self, next: Option<Lane>, is_inside: bool) -> Option<Task> {
        if self.is_in_use(None) {
            return None;
        }
        let deadline = self.machine.poll_timeout();
        let rescue = self.next_lane(next).map(|_| self.now.monotonic().saturating_add(RESCUE));
        let wanted = deadline.into_iter().chain(rescue).min();
        let is_late = wanted.is_some_and(|wanted| self.alarm.is_none_or(|alarm| alarm > wanted));
        // An alarm that is too early is replaced once everything is done.
        let is_idle = rescue.is_none() && !is_inside;
        (is_late || (is_idle && self.alarm != wanted)).then(|| {
            self.alarm = wanted;
            Task::Alarm(wanted)
        })
    }

    fn waiting_for(&mut self, session: SessionId) -> Vec<LogoutCallback> {
        let (waiting, others): (Vec<_>, Vec<_>) =
            mem::take(&mut self.logouts).into_iter().partition(|(waited, _)| *waited == session);
        self.logouts = others;
        if !waiting.is_empty() {
            self.last_released = Some(session);
        }
        waiting.into_iter().map(|(_, callback)| callback).collect()
    }

    /// Queues news for the observers. If they are slow, the oldest is dropped.
    fn notify(&mut self, news: Task) {
        let is_news = |task: &Task| task.lane() == Some(Lane::Observer);
        if self.pending.iter().filter(|task| is_news(task)).count() >= MAX_NEWS {
            let oldest = self.pending.iter().position(is_news);
            drop(oldest.map(|place| self.pending.remove(place)));
        }
        self.pending.push(news);
    }

    fn notify_transitions(&mut self) {
        while let Some(transition) = self.machine.poll_transition() {
            self.notify(Task::Transition(transition));
        }
    }
}

/// Gives the release to the first who waits; to the others there is nothing left to log out.
pub(super) fn call_back(callbacks: Vec<LogoutCallback>, mut release: Release) {
    let (session, clean) = (release.session(), release.is_clean());
    log(Level::Debug, &Effect::ReleaseLogout { session, clean, superseded: release.is_superseded() });
    for callback in callbacks {
        catch_panic(Lane::Logout, || callback(release));
        release.superseded = true;
    }
}
