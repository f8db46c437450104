use std::fmt;
use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::registrar::{Alarm, Scheduler};

/// An alarm clock with a thread of its own, which sleeps until the alarm is due and ends when this is dropped. Host
/// calls that follow from an alarm run on that thread.
///
/// It measures delays with `std::time::Instant`, as [`SystemClock`](super::SystemClock) does: for desktops and tests.
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
    stopped: bool,
}

impl ThreadScheduler {
    /// Starts the thread.
    ///
    /// # Errors
    /// Whatever the system refused the thread for.
    pub fn start() -> io::Result<Self> {
        let slot = Arc::new(Slot { next: Mutex::default(), changed: Condvar::new() });
        let sleeper = Arc::clone(&slot);
        thread::Builder::new().name("tim-offline-push".into()).spawn(move || sleeper.run())?;
        Ok(Self { slot })
    }
}

impl Slot {
    fn next(&self) -> MutexGuard<'_, Next> {
        self.next.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn run(&self) {
        let mut next = self.next();
        while !next.stopped {
            let wait = next.alarm.as_ref().map(|(due, _)| due.saturating_duration_since(Instant::now()));
            next = match wait {
                None => self.changed.wait(next).unwrap_or_else(PoisonError::into_inner),
                Some(Duration::ZERO) => {
                    let alarm = next.alarm.take();
                    drop(next);
                    if let Some((_, alarm)) = alarm {
                        alarm.ring();
                    }
                    self.next()
                }
                Some(wait) => self.changed.wait_timeout(next, wait).unwrap_or_else(PoisonError::into_inner).0,
            };
        }
    }
}

impl Scheduler for ThreadScheduler {
    fn schedule(&self, delay: Duration, alarm: Alarm) {
        // A delay beyond the clock's range is an alarm that never rings.
        self.slot.next().alarm = Instant::now().checked_add(delay).map(|due| (due, alarm));
        self.slot.changed.notify_one();
    }

    fn cancel(&self) {
        self.slot.next().alarm = None;
    }
}

impl Drop for ThreadScheduler {
    /// Lets the thread end. It may be this very thread, so nobody waits for it.
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
