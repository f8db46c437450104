//! Attempts that failed one after another: how long to wait for the next, and whether the failure persists.

use std::time::Duration;

use super::Policy;
use super::context::Context;
use crate::time::MonotonicTime;
use crate::vendor::Pace;

/// Attempts of one kind since the last success or reset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Streak {
    /// How many failed or were not taken, counted only as long as the delay grows.
    attempts: u8,
    /// How many failed, counted only as long as it matters; from where the failure persists, if it does.
    failures: u8,
    is_persisting: bool,
    /// From then on the failure persists, if enough attempts have failed. At the start of time while none has.
    persists_at: MonotonicTime,
}

impl Streak {
    /// An attempt failed. Returns the delay before another, which is slow once the failure persists.
    pub(super) fn failed(&mut self, cx: &mut Context, pace: Pace) -> Duration {
        self.count(cx);
        let is_slow_already = matches!(pace, Pace::Slow | Pace::Quota);
        let delay = if self.is_persisting && !is_slow_already {
            // Counted from its own start: an outage that has just become long does not end in the longest delay.
            cx.delay(Pace::Slow, self.failures)
        } else {
            cx.delay(pace, self.attempts)
        };
        if self.is_persisting {
            self.failures = cx.count_failure(self.failures);
        }
        self.count_attempt(cx);
        delay
    }

    /// Nobody took the request, so nothing has failed. Returns the delay before another.
    pub(super) fn withdrawn(&mut self, cx: &mut Context) -> Duration {
        let delay = cx.delay(Pace::Normal, self.attempts);
        self.count_attempt(cx);
        delay
    }

    /// At least one, even where the delay does not grow at all: a streak that has begun is told from none.
    fn count_attempt(&mut self, cx: &Context) {
        self.attempts = cx.count_failure(self.attempts).max(1);
    }

    fn count(&mut self, cx: &Context) {
        let enough = cx.settings().persist_failures;
        if self.is_persisting || cx.settings().persist_after >= Policy::MAX_DELAY {
            return;
        }
        if self.failures == 0 {
            self.persists_at = cx.in_time(cx.settings().persist_after);
        }
        self.failures = self.failures.saturating_add(1).min(enough);
        if self.failures >= enough && cx.is_due(self.persists_at) {
            *self = Self { attempts: self.attempts, is_persisting: true, ..Self::default() };
        }
    }

    /// Whether the failure persists.
    pub(super) const fn is_persisting(&self) -> bool {
        self.is_persisting
    }

    #[cfg(test)]
    pub(super) fn rename(&mut self, names: &mut dyn super::tests::rename::Renamer) {
        if self.failures > 0 && !self.is_persisting {
            self.persists_at = names.time(self.persists_at);
        }
    }
}
