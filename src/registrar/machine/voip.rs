//! When APNs' SDK is asked for a VoIP token: beside the election, which it never decides.

use super::call::Streak;
use super::context::Context;
use crate::time::MonotonicTime;
use crate::vendor::{Pace, TokenKind};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct VoipRegistration {
    phase: VoipPhase,
    /// The registrations that failed in a row.
    streak: Streak,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
enum VoipPhase {
    #[default]
    NotAsked,
    /// Asked in this process for the token it has now.
    Asked,
    /// Asked again then, or when something is taken from its lane if nobody took the request.
    Waiting { until: MonotonicTime, withdrawn: bool },
    /// No attempt until something changes.
    Stalled,
}

impl VoipRegistration {
    /// Whether the SDK is to be asked now; if so, it is.
    pub(super) fn ask(&mut self) -> bool {
        let asks = self.phase == VoipPhase::NotAsked;
        if asks {
            self.phase = VoipPhase::Asked;
        }
        asks
    }

    /// No VoIP token is wanted. An SDK that is at it, or has given its token, is not asked again when one is.
    pub(super) fn halt(&mut self, was_dropped: bool) {
        if was_dropped || self.phase != VoipPhase::Asked {
            self.phase = VoipPhase::NotAsked;
        }
    }

    /// What failed is worth another attempt. Whether anything had.
    pub(super) fn reset(&mut self, cx: &mut Context) -> bool {
        let waits = matches!(self.phase, VoipPhase::Waiting { .. } | VoipPhase::Stalled);
        if waits {
            self.phase = VoipPhase::NotAsked;
        }
        let had_failed = self.streak != Streak::default();
        self.begin_streak(cx);
        waits || had_failed
    }

    pub(super) fn token_came(&mut self, cx: &mut Context) {
        self.phase = VoipPhase::Asked;
        self.begin_streak(cx);
    }

    fn begin_streak(&mut self, cx: &mut Context) {
        self.streak = Streak::default();
        cx.troubles_mut().begin_streak(TokenKind::Voip);
    }

    /// The request came to nothing; `retry` says when another may succeed.
    pub(super) fn failed(&mut self, cx: &mut Context, retry: Option<Pace>, withdrawn: bool) {
        self.phase = match retry {
            Some(pace) => {
                let delay = if withdrawn { self.streak.withdrawn(cx) } else { self.streak.failed(cx, pace) };
                VoipPhase::Waiting { until: cx.in_time(delay), withdrawn }
            }
            None => VoipPhase::Stalled,
        };
    }

    pub(super) fn timeout(&mut self, cx: &Context) {
        if self.deadline().is_some_and(|until| cx.is_due(until)) {
            self.phase = VoipPhase::NotAsked;
        }
    }

    /// Something was taken from the SDK's lane: what was withdrawn there is queued again.
    pub(super) const fn lane_moved(&mut self) {
        if let VoipPhase::Waiting { withdrawn: true, .. } = self.phase {
            self.phase = VoipPhase::NotAsked;
        }
    }

    /// The next attempt comes soon.
    pub(super) fn shorten_backoff(&mut self, cx: &mut Context) -> bool {
        let VoipPhase::Waiting { until, withdrawn } = self.phase else { return false };
        let until = until.min(cx.after_backoff(Pace::Normal, 0));
        self.phase = VoipPhase::Waiting { until, withdrawn };
        self.begin_streak(cx);
        true
    }

    pub(super) const fn streak(&self) -> Streak {
        self.streak
    }

    pub(super) const fn deadline(&self) -> Option<MonotonicTime> {
        if let VoipPhase::Waiting { until, .. } = self.phase { Some(until) } else { None }
    }
}
