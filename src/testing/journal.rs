//! What happened, in order, and the time at which it happened.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::notification::PushEvent;
use crate::registrar::{
    Alarm, Binding, Clock, Notice, NoticeCode, Observer, Outcome, Presence, Release, Scheduler, TapId,
    Transition, Verdict,
};
use crate::time::{MonotonicTime, Now, UnixTime};
use crate::vendor::{TokenKind, Vendor};

/// What happened, in order. Clones share one journal. `Display` gives one line for each entry; it and `Debug`
/// show no token and no account, but notes as they are.
#[derive(Clone, Debug)]
pub struct Journal {
    time: VirtualTime,
    entries: Arc<Mutex<Vec<Entry>>>,
}

/// One line of a [`Journal`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// When.
    pub at: MonotonicTime,
    /// What.
    pub record: Record,
}

/// What a [`Journal`] records.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Record {
    /// A note of the test.
    Note(String),
    /// The registrar called a host.
    Call(Call),
    /// A scripted host answered.
    Answer {
        /// What it was asked.
        to: Call,
        /// Its answer.
        outcome: Outcome,
    },
    /// A logout was released.
    Release(Release),
    /// The registrar took an event.
    Event {
        /// The event's name.
        name: &'static str,
        /// What became of it.
        verdict: Verdict,
    },
    /// A region of the registrar changed its state.
    Transition(Transition),
    /// A notice of the registrar.
    Notice(Notice),
}

/// A call of a host.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Call {
    /// A vendor SDK was asked for a token of this kind.
    Register(Vendor, TokenKind),
    /// A vendor SDK was unregistered.
    Unregister(Vendor),
    /// The IM client was given a binding.
    Report(Binding),
    /// The IM client got foreground or background.
    Presence(Presence),
    /// The IM client was given arrivals and clicks.
    ReportPushEvents(Vec<PushEvent>),
    /// The store was given a snapshot of so many bytes.
    Save(usize),
    /// A notification channel with this id was to be made.
    EnsureNotificationChannel(String),
    /// A tap was delivered.
    DeliverTap(TapId),
    /// The badge was set to this number.
    Badge(u32),
    /// The notifications were removed.
    ClearNotifications,
}

impl Journal {
    /// An empty journal.
    pub fn new(time: VirtualTime) -> Self {
        Self { time, entries: Arc::default() }
    }

    /// Records something, with the time.
    pub fn record(&self, record: Record) {
        let at = self.time.now().monotonic();
        lock(&self.entries).push(Entry { at, record });
    }

    /// Records a note.
    pub fn note(&self, text: impl Into<String>) {
        self.record(Record::Note(text.into()));
    }

    /// Everything recorded so far.
    pub fn entries(&self) -> Vec<Entry> {
        lock(&self.entries).clone()
    }

    /// The notices so far.
    pub fn notices(&self) -> Vec<Notice> {
        let notice =
            |entry: Entry| if let Record::Notice(notice) = entry.record { Some(notice) } else { None };
        self.entries().into_iter().filter_map(notice).collect()
    }

    /// Whether this notice came so far.
    pub fn noticed(&self, code: NoticeCode) -> bool {
        self.notices().iter().any(|notice| notice.code() == code)
    }

    /// The calls of hosts so far.
    pub fn calls(&self) -> Vec<Call> {
        let call = |entry: Entry| if let Record::Call(call) = entry.record { Some(call) } else { None };
        self.entries().into_iter().filter_map(call).collect()
    }
}

impl Observer for Journal {
    fn event(&self, name: &'static str, verdict: Verdict) {
        self.record(Record::Event { name, verdict });
    }

    fn transition(&self, transition: &Transition) {
        self.record(Record::Transition(*transition));
    }

    fn notice(&self, notice: &Notice) {
        self.record(Record::Notice(notice.clone()));
    }
}

impl fmt::Display for Journal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.entries().iter().try_for_each(|entry| writeln!(f, "{entry}"))
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let millis = self.at.as_millis();
        write!(f, "{:>6}.{:03} s  {}", millis / 1_000, millis % 1_000, self.record)
    }
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Note(text) => write!(f, "note: {text}"),
            Self::Call(call) => write!(f, "call: {call}"),
            Self::Answer { to, outcome } => write!(f, "answer: {to}: {}", outcome_words(outcome)),
            Self::Release(release) => write!(
                f,
                "release: {}, clean {}, superseded {}",
                release.session(),
                release.is_clean(),
                release.is_superseded()
            ),
            Self::Event { name, verdict } => write!(f, "event: {name}: {verdict}"),
            Self::Transition(transition) => write!(f, "state: {transition}"),
            Self::Notice(notice) => write!(f, "notice: {notice}"),
        }
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Register(vendor, kind) => write!(f, "register {vendor}, {kind} token"),
            Self::Unregister(vendor) => write!(f, "unregister {vendor}"),
            Self::Report(binding) => write!(f, "report {}", binding_words(binding)),
            Self::Presence(presence) => write!(f, "presence {presence}"),
            Self::ReportPushEvents(events) => {
                f.write_str("report push events:")?;
                events.iter().try_for_each(|event| write!(f, " {}", event.kind()))
            }
            Self::Save(bytes) => write!(f, "save {bytes} bytes"),
            Self::EnsureNotificationChannel(id) => write!(f, "ensure the notification channel {id}"),
            Self::DeliverTap(id) => write!(f, "deliver the tap {id}"),
            Self::Badge(count) => write!(f, "badge {count}"),
            Self::ClearNotifications => f.write_str("clear the notifications"),
        }
    }
}

fn binding_words(binding: &Binding) -> String {
    let kind = binding.kind();
    match (binding.token(), binding.business_id()) {
        (Some(token), Some(id)) => {
            format!("{} {kind} token #{}, certificate {id}", token.vendor(), token.fingerprint())
        }
        _ => format!("no {kind} token"),
    }
}

fn outcome_words(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Ok => "done".to_owned(),
        Outcome::Token(token) => format!("a token of {} bytes, #{}", token.len(), token.fingerprint()),
        Outcome::Failed { code, retry_after: None } => format!("failed with {code}"),
        Outcome::Failed { code, retry_after: Some(wait) } => {
            format!("failed with {code}, asks to wait {wait:?}")
        }
        Outcome::Lost => "never".to_owned(),
    }
}

/// A clock and an alarm clock that stand still until [`VirtualTime::advance`]. Clones share the time.
///
/// ```
/// use std::time::Duration;
/// use tim_offline_push::registrar::Clock as _;
/// use tim_offline_push::testing::VirtualTime;
///
/// let time = VirtualTime::new();
/// time.after(Duration::from_secs(5), || println!("five seconds later"));
/// time.advance(Duration::from_secs(60));
/// assert_eq!(time.now().monotonic().as_millis(), 60_000);
/// ```
#[derive(Clone, Default)]
pub struct VirtualTime {
    agenda: Arc<Mutex<Agenda>>,
}

#[derive(Default)]
struct Agenda {
    now: MonotonicTime,
    /// By when they are due, then by when they were added.
    tasks: BTreeMap<(MonotonicTime, u64), Task>,
    added: u64,
    alarm: Option<(MonotonicTime, u64)>,
}

type Task = Box<dyn FnOnce() + Send>;

impl VirtualTime {
    /// What the wall clock shows at zero: 2026-11-23 00:00 UTC.
    pub const WALL_AT_ZERO: UnixTime = UnixTime::from_secs(1_795_392_000);
    /// How many tasks [`VirtualTime::advance`] runs at one moment before it lets time go on without the rest,
    /// so that an endless loop ends the test.
    pub const MAX_TASKS_AT_ONCE: usize = 10_000;

    /// A clock at zero.
    pub fn new() -> Self {
        Self::default()
    }

    /// Runs a task later, on the thread that moves time.
    pub fn after(&self, delay: Duration, task: impl FnOnce() + Send + 'static) {
        let mut agenda = lock(&self.agenda);
        let due = agenda.now.saturating_add(delay);
        agenda.add(due, Box::new(task));
    }

    /// Moves time on, stopping at each moment at which something is due, and does it: in the order of time,
    /// and at one moment in the order in which it was asked for.
    pub fn advance(&self, by: Duration) {
        let end = self.now().monotonic().saturating_add(by);
        let mut at_once = 0_usize;
        while let Some(task) = self.due(end) {
            let before = self.now().monotonic();
            task();
            at_once = if self.due_at() == Some(before) { at_once.saturating_add(1) } else { 0 };
            if at_once >= Self::MAX_TASKS_AT_ONCE {
                break;
            }
        }
        let mut agenda = lock(&self.agenda);
        agenda.now = agenda.now.max(end);
    }

    /// When the next thing is due, if anything is.
    pub fn due_at(&self) -> Option<MonotonicTime> {
        lock(&self.agenda).tasks.first_key_value().map(|((due, _), _)| *due)
    }

    /// Forgets everything that is due later: answers under way, and the alarm. As when a process ends.
    pub fn forget(&self) {
        let tasks = {
            let mut agenda = lock(&self.agenda);
            agenda.alarm = None;
            std::mem::take(&mut agenda.tasks)
        };
        drop(tasks);
    }

    /// Takes the next thing that is due until then, and moves time to its moment.
    fn due(&self, end: MonotonicTime) -> Option<Task> {
        let mut agenda = lock(&self.agenda);
        let entry = agenda.tasks.first_entry()?;
        let key = *entry.key();
        if key.0 > end {
            return None;
        }
        let task = entry.remove();
        agenda.now = agenda.now.max(key.0);
        if agenda.alarm == Some(key) {
            agenda.alarm = None;
        }
        Some(task)
    }
}

impl Agenda {
    fn add(&mut self, due: MonotonicTime, task: Task) -> (MonotonicTime, u64) {
        self.added = self.added.wrapping_add(1);
        let key = (due, self.added);
        self.tasks.insert(key, task);
        key
    }
}

impl Clock for VirtualTime {
    fn now(&self) -> Now {
        let now = lock(&self.agenda).now;
        let seconds = i64::try_from(now.as_millis() / 1_000).unwrap_or(i64::MAX);
        Now::new(now, UnixTime::from_secs(Self::WALL_AT_ZERO.as_secs().saturating_add(seconds)))
    }
}

impl Scheduler for VirtualTime {
    fn schedule(&self, delay: Duration, alarm: Alarm) {
        self.cancel();
        let mut agenda = lock(&self.agenda);
        let due = agenda.now.saturating_add(delay);
        agenda.alarm = Some(agenda.add(due, Box::new(move || alarm.ring())));
    }

    fn cancel(&self) {
        let mut agenda = lock(&self.agenda);
        let task = agenda.alarm.take().and_then(|key| agenda.tasks.remove(&key));
        drop(agenda);
        drop(task);
    }
}

impl fmt::Debug for VirtualTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VirtualTime").field("now", &lock(&self.agenda).now).finish_non_exhaustive()
    }
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
