use std::fmt;
use std::io;
use std::mem;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::registrar::{Alarm, Clock, Scheduler};
use crate::time::{MonotonicTime, Now, UnixTime};

/// The clock of the standard library. **For desktops and tests only**: `std::time::Instant` may stop while a phone
/// sleeps, and all deadlines with it. On Android read `SystemClock.elapsedRealtime()`, on Apple systems
/// `mach_continuous_time`.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock {
    zero: Instant,
}

impl SystemClock {
    /// A clock that begins at zero now.
    pub fn start() -> Self {
        Self { zero: Instant::now() }
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Now {
        let millis = u64::try_from(self.zero.elapsed().as_millis()).unwrap_or(u64::MAX);
        let wall = match SystemTime::now().duration_since(UNIX_EPOCH) {
            Ok(since) => i64::try_from(since.as_secs()).unwrap_or(i64::MAX),
            Err(before) => i64::try_from(before.duration().as_secs()).map_or(i64::MIN, i64::wrapping_neg),
        };
        Now::new(MonotonicTime::from_millis(millis), UnixTime::from_secs(wall))
    }
}

/// An alarm clock with a thread that waits, and a short-lived one for each alarm that rings, on which the host calls run
/// that follow. So a host that blocks stops no later alarm. Of the second kind there is at most one for each host object and
/// vendor, plus one. The thread that waits ends when this is dropped.
///
/// It measures delays with `std::time::Instant`, as [`SystemClock`] does: for desktops and tests.
pub struct ThreadScheduler {
    slot: Arc<Slot>,
}

struct Slot {
    next: Mutex<Next>,
    changed: Condvar,
}

#[derive(Default)]
struct Next {
    alarm: Option<(Instant, Alarm)>,
    /// How many alarms are ringing now.
    ringing: usize,
    stopped: bool,
}

/// No more threads than this can be inside of a host: there are nine vendors and seven other lanes. One more rings.
const MAX_RINGING: usize = 17;
/// When to try again if the system refuses a thread.
const RETRY: Duration = Duration::from_secs(1);

impl ThreadScheduler {
    /// Starts the thread that waits.
    ///
    /// # Errors
    /// Whatever the system refused the thread for.
    pub fn start() -> io::Result<Self> {
        let slot = Arc::new(Slot { next: Mutex::default(), changed: Condvar::new() });
        let waiting = Arc::clone(&slot);
        thread::Builder::new().name("tim-offline-push".into()).spawn(move || waiting.run())?;
        Ok(Self { slot })
    }
}

impl Slot {
    fn next(&self) -> MutexGuard<'_, Next> {
        self.next.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn run(self: &Arc<Self>) {
        let mut next = self.next();
        while !next.stopped {
            let due = next.alarm.as_ref().filter(|_| next.ringing < MAX_RINGING).map(|(due, _)| *due);
            let wait = due.map(|due| due.saturating_duration_since(Instant::now()));
            next = match wait {
                None => self.changed.wait(next).unwrap_or_else(PoisonError::into_inner),
                Some(Duration::ZERO) => {
                    next.ringing = next.ringing.saturating_add(1);
                    let alarm = next.alarm.take();
                    drop(next);
                    if let Some((_, alarm)) = alarm {
                        self.ring(alarm);
                    }
                    self.next()
                }
                Some(wait) => self.changed.wait_timeout(next, wait).unwrap_or_else(PoisonError::into_inner).0,
            };
        }
    }

    fn ring(self: &Arc<Self>, alarm: Alarm) {
        let ringing = Ringing(Arc::clone(self));
        let again = alarm.clone();
        let thread = thread::Builder::new().name("tim-offline-push-alarm".into()).spawn(move || {
            alarm.ring();
            drop(ringing);
        });
        if thread.is_err() {
            let mut next = self.next();
            if next.alarm.is_none() {
                next.alarm = Instant::now().checked_add(RETRY).map(|due| (due, again));
            }
        }
    }

    fn set(&self, alarm: Option<(Instant, Alarm)>) {
        let before = mem::replace(&mut self.next().alarm, alarm);
        self.changed.notify_one();
        drop(before);
    }
}

/// An alarm that rings. It has rung when this is dropped.
struct Ringing(Arc<Slot>);

impl Drop for Ringing {
    fn drop(&mut self) {
        let mut next = self.0.next();
        next.ringing = next.ringing.saturating_sub(1);
        drop(next);
        self.0.changed.notify_one();
    }
}

impl Scheduler for ThreadScheduler {
    fn schedule(&self, delay: Duration, alarm: Alarm) {
        // A delay beyond the clock's range is an alarm that never rings.
        self.slot.set(Instant::now().checked_add(delay).map(|due| (due, alarm)));
    }

    fn cancel(&self) {
        self.slot.set(None);
    }
}

impl Drop for ThreadScheduler {
    /// Ends the thread without waiting for it, since this may be dropped on any thread.
    fn drop(&mut self) {
        self.slot.next().stopped = true;
        self.slot.changed.notify_one();
    }
}

impl fmt::Debug for ThreadScheduler {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ThreadScheduler").finish_non_exhaustive()
    }
}
