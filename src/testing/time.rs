use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::registrar::{Alarm, Clock, Scheduler};
use crate::time::{MonotonicTime, Now, UnixTime};

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
    /// How many tasks [`VirtualTime::advance`] runs at one moment before it lets time go on without the rest, so that an
    /// endless loop ends the test.
    pub const MAX_TASKS_AT_ONCE: usize = 10_000;

    /// A clock at zero.
    pub fn new() -> Self {
        Self::default()
    }

    /// Runs a task later, on the thread that moves time.
    pub fn after(&self, delay: Duration, task: impl FnOnce() + Send + 'static) {
        let mut agenda = self.agenda();
        let due = agenda.now.saturating_add(delay);
        agenda.add(due, Box::new(task));
    }

    /// Moves time on, stopping at each moment at which something is due, and does it: in the order of time, and at one
    /// moment in the order in which it was asked for.
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
        let mut agenda = self.agenda();
        agenda.now = agenda.now.max(end);
    }

    /// When the next thing is due, if anything is.
    pub fn due_at(&self) -> Option<MonotonicTime> {
        self.agenda().tasks.first_key_value().map(|((due, _), _)| *due)
    }

    /// Forgets everything that is due later: answers under way, and the alarm. As when a process ends.
    pub fn forget(&self) {
        let tasks = {
            let mut agenda = self.agenda();
            agenda.alarm = None;
            std::mem::take(&mut agenda.tasks)
        };
        drop(tasks);
    }

    /// Takes the next thing that is due until then, and moves time to its moment.
    fn due(&self, end: MonotonicTime) -> Option<Task> {
        let mut agenda = self.agenda();
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

    fn agenda(&self) -> MutexGuard<'_, Agenda> {
        self.agenda.lock().unwrap_or_else(PoisonError::into_inner)
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
        let now = self.agenda().now;
        let seconds = i64::try_from(now.as_millis() / 1_000).unwrap_or(i64::MAX);
        Now::new(now, UnixTime::from_secs(Self::WALL_AT_ZERO.as_secs().saturating_add(seconds)))
    }
}

impl Scheduler for VirtualTime {
    fn schedule(&self, delay: Duration, alarm: Alarm) {
        self.cancel();
        let mut agenda = self.agenda();
        let due = agenda.now.saturating_add(delay);
        agenda.alarm = Some(agenda.add(due, Box::new(move || alarm.ring())));
    }

    fn cancel(&self) {
        let mut agenda = self.agenda();
        let task = agenda.alarm.take().and_then(|key| agenda.tasks.remove(&key));
        drop(agenda);
        drop(task);
    }
}

impl fmt::Debug for VirtualTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VirtualTime").field("now", &self.agenda().now).finish_non_exhaustive()
    }
}
