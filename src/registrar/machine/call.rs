//! A call that a region makes of its host: due, taken, answered, and made again; and how often it failed in a
//! row.

use std::time::Duration;

use super::{Context, Lane, Lost, Policy, Rule, holds};
use crate::time::MonotonicTime;
use crate::vendor::{ImCode, ImEffect, Pace, explain_im};

/// How far a call is. `T` is what its answer must name, and what that is credited with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Call<T> {
    #[default]
    Idle,
    /// It waits for what has a deadline of its own: the store, or the request to a vendor's SDK. A call whose
    /// answer is a token stays here while the token is held.
    Pending,
    /// It waits to be taken: what it says is decided then.
    Queued { until: MonotonicTime },
    /// The host has taken it, and is to answer by then.
    InFlight { attempt: T, until: MonotonicTime },
    /// Another one comes at `until`; not before `not_before`, which the server asked for.
    Waiting { until: MonotonicTime, not_before: MonotonicTime, reason: Wait },
    /// No further call until something changes. The code is the server's answer, if that is the reason.
    Stopped { code: Option<ImCode> },
}

/// Why the next call waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Wait {
    Failed,
    /// Too many tokens in a row were refused: another token does not shorten this.
    TokensRefused,
    /// Nobody took the call, so nothing was sent.
    Withdrawn,
}

/// What became of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Done,
    Failed {
        code: ImCode,
        retry_after: Option<Duration>,
    },
    /// The outcome will never be known.
    Lost(Lost),
}

/// Whether this code says that the session is gone, whatever call it answers.
pub(super) fn ends_session(code: ImCode) -> bool {
    let effect = explain_im(code).effect();
    effect == ImEffect::SessionOver
        || effect == ImEffect::SessionNotReady && !holds(Rule::NotReadyKeepsSession)
}

impl Answer {
    /// A call was answered by this code, which may say that it is done.
    pub(super) fn code(code: ImCode, retry_after: Option<Duration>) -> Self {
        let is_done = explain_im(code).effect() == ImEffect::Success;
        if is_done { Self::Done } else { Self::Failed { code, retry_after } }
    }
}

impl<T> Call<T> {
    pub(super) fn queue(&mut self, cx: &Context, within: Duration) {
        *self = Self::Queued { until: cx.in_time(within) };
    }

    /// The host takes it.
    pub(super) fn begin(&mut self, cx: &Context, attempt: T, within: Duration) {
        *self = Self::InFlight { attempt, until: cx.in_time(within) };
    }

    /// Another one comes after this delay, and not before the time that the server asked for, within reason.
    pub(super) fn wait(&mut self, cx: &Context, delay: Duration, asked: Option<Duration>, reason: Wait) {
        let asked = asked.unwrap_or_default().min(Policy::MAX_RETRY_AFTER);
        *self = Self::Waiting { until: cx.in_time(delay.max(asked)), not_before: cx.in_time(asked), reason };
    }

    /// The attempt under way.
    pub(super) const fn attempt(&self) -> Option<&T> {
        if let Self::InFlight { attempt, .. } = self { Some(attempt) } else { None }
    }

    pub(super) const fn is_queued(&self) -> bool {
        matches!(self, Self::Queued { .. })
    }

    pub(super) const fn is_waiting(&self) -> bool {
        matches!(self, Self::Waiting { .. })
    }

    pub(super) const fn is_stopped(&self) -> bool {
        matches!(self, Self::Stopped { .. })
    }

    /// Something was taken from its lane: a call that was withdrawn there is made again.
    pub(super) fn lane_moved(&mut self) {
        if matches!(self, Self::Waiting { reason: Wait::Withdrawn, .. }) {
            *self = Self::Idle;
        }
    }

    /// The network is back, or the app in the foreground: the next attempt comes soon. Whether one is waited
    /// for.
    pub(super) fn shorten(&mut self, cx: &mut Context) -> bool {
        let Self::Waiting { until, not_before, .. } = self else { return false };
        *until = (*until).min(cx.after_backoff(Pace::Normal, 0).max(*not_before));
        true
    }

    /// What stood against the next attempt may not hold any more, but the server is not asked before the
    /// moment that it asked for. Whether anything did.
    pub(super) fn reset(&mut self, cx: &Context) -> bool {
        match *self {
            Self::Waiting { not_before, .. } if not_before > cx.now() => {
                *self = Self::Waiting { until: not_before, not_before, reason: Wait::Failed };
            }
            Self::Waiting { .. } | Self::Stopped { .. } => *self = Self::Idle,
            Self::Idle | Self::Pending | Self::Queued { .. } | Self::InFlight { .. } => return false,
        }
        true
    }

    /// Why another one is to be made, if a deadline is missed. What nobody took is withdrawn from its lane;
    /// after a wait nothing is under way.
    pub(super) fn timeout(&mut self, cx: &mut Context, lane: Lane) -> Option<Wait> {
        self.deadline().filter(|deadline| cx.is_due(*deadline))?;
        match self {
            Self::InFlight { .. } => return Some(Wait::Failed),
            Self::Queued { .. } if holds(Rule::UntakenWithdrawn) => {
                cx.withdrawn(lane);
                return Some(Wait::Withdrawn);
            }
            Self::Waiting { .. } => *self = Self::Idle,
            Self::Idle | Self::Pending | Self::Queued { .. } | Self::Stopped { .. } => {}
        }
        None
    }

    pub(super) const fn deadline(&self) -> Option<MonotonicTime> {
        match self {
            Self::Queued { until } | Self::InFlight { until, .. } | Self::Waiting { until, .. } => {
                Some(*until)
            }
            Self::Idle | Self::Pending | Self::Stopped { .. } => None,
        }
    }
}

/// Attempts of one kind since the last success or reset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Streak {
    /// How many failed or were not taken, counted only as long as the delay grows.
    attempts: u8,
    /// How many failed, counted only as long as it matters; from where the failure persists, if it does.
    failures: u8,
    is_persisting: bool,
    /// From then on the failure persists, if enough attempts have failed. At the start of time while none
    /// has.
    persists_at: MonotonicTime,
}

impl Streak {
    /// An attempt failed, or nobody took it, so that nothing has failed. Returns the delay before another,
    /// which is slow once the failure persists.
    pub(super) fn again(&mut self, cx: &mut Context, pace: Pace, reason: Wait) -> Duration {
        let has_failed = reason != Wait::Withdrawn;
        if has_failed {
            self.count(cx);
        }
        let persists = has_failed && self.is_persisting;
        let delay = if persists && !matches!(pace, Pace::Slow | Pace::Quota) {
            // Counted from its own start: an outage that has just become long does not end in the longest
            // delay.
            cx.delay(Pace::Slow, self.failures)
        } else {
            cx.delay(pace, self.attempts)
        };
        if persists {
            self.failures = cx.count_failure(self.failures);
        }
        // At least one, even where the delay does not grow at all: a streak that has begun differs from none.
        self.attempts = cx.count_failure(self.attempts).max(1);
        delay
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
}
