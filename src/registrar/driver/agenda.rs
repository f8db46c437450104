//! What the registrar's lock guards: the machine, what is to be done, and who is doing what.

use std::collections::{BTreeMap, VecDeque};
use std::mem;
use std::sync::Arc;
use std::thread::{self, ThreadId};
use std::time::Duration;

use log::Level;

use super::hosts::{Hosts, Request, catch_panic, detail, log};
use crate::registrar::{
    Diagnosis, Effect, Event, IgnoredReason, Lane, Machine, Release, SessionId, Transition, Verdict,
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
    Event { name: &'static str, verdict: Verdict, detail: Option<String> },
    /// Tell the observers of a transition.
    Transition(Transition),
    /// Do what the machine asks for.
    Effect(Effect),
    /// Release a logout: the first callback may log out, the others come too late for that.
    Release(Vec<LogoutCallback>, Release),
    /// Set the alarm clock.
    Alarm(Option<MonotonicTime>),
}

/// What only one thread at a time may call.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Slot {
    Lane(Lane),
    Scheduler,
}

impl Task {
    pub(super) const fn slot(&self) -> Slot {
        Slot::Lane(match self {
            Self::Event { .. } | Self::Transition(_) => Lane::Observer,
            Self::Effect(effect) => effect.lane(),
            Self::Release(..) => Lane::Logout,
            Self::Alarm(_) => return Slot::Scheduler,
        })
    }
}

/// What is left of a registrar that was shut down.
pub(super) struct Closed {
    pub(super) hosts: Option<Arc<Hosts>>,
    pub(super) releases: Vec<(Vec<LogoutCallback>, Release)>,
}

pub(super) struct Agenda {
    machine: Machine,
    /// Gone after the shutdown.
    hosts: Option<Arc<Hosts>>,
    left_out: Vec<String>,
    /// The latest time that the machine got.
    now: Now,
    /// For the observers, before anything else.
    news: VecDeque<Task>,
    /// Logouts that need not wait.
    released: VecDeque<(LogoutCallback, Release)>,
    /// What is in use, and by whom.
    in_use: Vec<(Slot, ThreadId)>,
    /// The alarm that is set.
    alarm: Option<MonotonicTime>,
    /// The scheduler panicked: the alarm is set again with the next event.
    alarm_lost: bool,
    logouts: Vec<(SessionId, LogoutCallback)>,
    /// The last session whose logout was permitted.
    last_released: Option<SessionId>,
    raw: BTreeMap<u64, Request>,
    /// The newest registration of each vendor and kind.
    registrations: BTreeMap<(Vendor, TokenKind), Request>,
}

impl Agenda {
    pub(super) fn new(machine: Machine, now: Now, hosts: Arc<Hosts>) -> Self {
        Self {
            machine,
            left_out: hosts.left_out().into_iter().map(str::to_owned).collect(),
            hosts: Some(hosts),
            now,
            news: VecDeque::new(),
            released: VecDeque::new(),
            in_use: Vec::new(),
            alarm: None,
            alarm_lost: false,
            logouts: Vec::new(),
            last_released: None,
            raw: BTreeMap::new(),
            registrations: BTreeMap::new(),
        }
    }

    pub(super) fn handle(&mut self, now: Option<Now>, event: Event) -> Verdict {
        self.begin(now);
        let (name, detail) = (event.name(), detail(&event));
        let verdict = self.machine.handle(self.now, event);
        self.tell(Task::Event { name, verdict, detail });
        self.tell_transitions();
        verdict
    }

    pub(super) fn ring(&mut self, now: Option<Now>) {
        self.begin(now);
        self.alarm = None;
        self.pass_time(self.now);
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
                self.released.push_back((callback, Release::superseded(session)));
            }
        }
        verdict
    }

    pub(super) fn session(&self) -> Option<SessionId> {
        self.machine.session()
    }

    /// The latest time that the machine got.
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
        self.raw.insert(request.raw(), request);
        if self.raw.len() > MAX_RAW {
            self.raw.pop_first();
        }
    }

    pub(super) fn take_raw(&mut self, raw: u64) -> Option<Request> {
        self.raw.remove(&raw)
    }

    pub(super) fn registration(&self, vendor: Vendor, kind: TokenKind) -> Option<Request> {
        self.registrations.get(&(vendor, kind)).copied()
    }

    pub(super) fn hosts(&self) -> Option<Arc<Hosts>> {
        self.hosts.clone()
    }

    /// This, unless the registrar was shut down.
    pub(super) fn open(&mut self) -> Option<&mut Self> {
        self.hosts.is_some().then_some(self)
    }

    /// The next thing that this thread may do; what it needs is then in use until [`Agenda::finish`]. `now` is the time
    /// if it has passed since the machine last got it.
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
            self.in_use.push((task.slot(), me));
            return Some(task);
        }
    }

    pub(super) fn finish(&mut self, slot: Slot) {
        self.in_use.retain(|(used, _)| *used != slot);
        if let Slot::Lane(lane) = slot {
            self.machine.host_returned(lane);
        }
    }

    pub(super) const fn lose_alarm(&mut self) {
        self.alarm_lost = true;
    }

    /// The release of a logout that is requested after the shutdown: superseded if the session is known to be over, or
    /// another callback was permitted to log out.
    pub(super) fn release_after_shutdown(&self, session: SessionId) -> Release {
        let is_open = self.machine.session() == Some(session) && self.last_released != Some(session);
        Release::new(session, false, session != SessionId::none() && !is_open)
    }

    /// Ends the registrar, now: a later diagnosis says how it stood then. What is left to be done is to call back those who
    /// wait for a logout.
    pub(super) fn close(&mut self, now: Option<Now>) -> Closed {
        self.now = now.filter(|_| self.hosts.is_some()).unwrap_or(self.now);
        self.news.clear();
        let mut releases: Vec<_> = mem::take(&mut self.released)
            .into_iter()
            .map(|(callback, release)| (vec![callback], release))
            .collect();
        while let Some(session) = self.logouts.first().map(|(session, _)| *session) {
            releases.push((self.waiting_for(session), Release::new(session, false, false)));
        }
        Closed { hosts: self.hosts.take(), releases }
    }

    fn begin(&mut self, now: Option<Now>) {
        self.now = now.unwrap_or(self.now);
        if mem::take(&mut self.alarm_lost) {
            self.alarm = None;
        }
    }

    fn pass_time(&mut self, now: Now) {
        let called = self.in_use.iter().filter_map(|(slot, _)| match slot {
            Slot::Lane(Lane::Vendor(vendor)) => Some(*vendor),
            Slot::Lane(_) | Slot::Scheduler => None,
        });
        self.machine.set_inside_hosts(called.collect());
        self.machine.handle_timeout(now);
        self.tell_transitions();
    }

    fn is_in_use(&self, slot: Slot) -> bool {
        self.in_use.iter().any(|(used, _)| *used == slot)
    }

    /// The lane of the next task, if there is one on a lane that is free and not this one.
    fn next_lane(&self, but: Option<Lane>) -> Option<Lane> {
        let is_free = |lane| !self.is_in_use(Slot::Lane(lane)) && Some(lane) != but;
        let news = (!self.news.is_empty()).then_some(Lane::Observer);
        let released = (!self.released.is_empty()).then_some(Lane::Logout);
        news.into_iter()
            .chain(released)
            .find(|lane| is_free(*lane))
            .or_else(|| self.machine.next_lane_on(is_free))
    }

    fn take(&mut self, lane: Lane) -> Option<Task> {
        if lane == Lane::Observer && !self.news.is_empty() {
            return self.news.pop_front();
        }
        if lane == Lane::Logout && !self.released.is_empty() {
            return self
                .released
                .pop_front()
                .map(|(callback, release)| Task::Release(vec![callback], release));
        }
        let effect = self.machine.poll_effect_on(|free| free == lane)?;
        if let Effect::ReleaseLogout { session, clean, superseded } = effect {
            return Some(Task::Release(self.waiting_for(session), Release::new(session, clean, superseded)));
        }
        if let Effect::RegisterVendor { id, vendor, kind } = effect {
            self.registrations.insert((vendor, kind), Request::Registration { id, vendor, kind });
        }
        Some(Task::Effect(effect))
    }

    /// Sets the alarm clock if it has to be: for the machine's deadline, and sooner where something is left to do on
    /// other lanes than the next, in case the host that is called there does not return.
    fn next_alarm(&mut self, next: Option<Lane>, is_inside: bool) -> Option<Task> {
        if self.is_in_use(Slot::Scheduler) {
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
    fn tell(&mut self, news: Task) {
        if self.news.len() >= MAX_NEWS {
            self.news.pop_front();
        }
        self.news.push_back(news);
    }

    fn tell_transitions(&mut self) {
        while let Some(transition) = self.machine.poll_transition() {
            self.tell(Task::Transition(transition));
        }
    }
}

/// Gives the release to the first who waits; to the others there is nothing left to log out.
pub(super) fn call_back(callbacks: Vec<LogoutCallback>, release: Release) {
    let mut release = release;
    log(
        Level::Debug,
        format_args!(
            "release the logout of {}: clean {}, superseded {}",
            release.session(),
            release.is_clean(),
            release.is_superseded()
        ),
    );
    for callback in callbacks {
        catch_panic(Lane::Logout, || callback(release));
        release = Release::new(release.session(), release.is_clean(), true);
    }
}
