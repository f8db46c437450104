//! What the server has of one kind of token, how sure that is, and the report that brings it to what is wanted.

mod answers;
mod standing;

use std::time::Duration;

use super::backoff;
use super::context::Context;
use super::counters::count;
use super::doubt::Doubt;
use super::rules::{Rule, holds};
use super::streak::Streak;
use super::tokens::TokenDigest;
use super::wanted::Wanted;
use super::{Lane, ReportId};
use crate::time::MonotonicTime;
use crate::vendor::{ImCode, Pace};

pub(super) use self::answers::{ReportEnd, ReportError};

/// One of the two bindings: standard or VoIP.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct BindingState {
    phase: ReportPhase,
    /// What the server is to have, as of the last comparison.
    wanted: Option<Wanted>,
    /// What the server has said in this session that it has. None while that is unknown.
    acknowledged: Option<Acknowledged>,
    /// Survives sessions.
    doubt: Doubt,
    /// What a report of this session that was begun may carry, while its outcome is not known to be over: part of the
    /// snapshot.
    intent: Option<Wanted>,
    /// The attempts that failed in a row.
    streak: Streak,
    /// How often in a row the IM SDK said that nobody is logged in, up to [`PATIENCE`].
    not_ready: u8,
    /// How often in a row the server refused the token, up to [`PATIENCE`].
    refusals: u8,
    /// Whether the notice about the unknown certificate was given.
    certificate_noticed: bool,
    /// What was acknowledged is to be reported again.
    is_reassert_due: bool,
}

/// How often "not logged in" is taken in silence, and how many tokens in a row are reported at once after the server
/// refused the one before.
const PATIENCE: u8 = 3;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
enum ReportPhase {
    #[default]
    Idle,
    /// The intent is on its way to the store.
    Storing,
    /// The report waits to be taken.
    Queued { until: MonotonicTime },
    /// A report is under way.
    Reporting(Attempt),
    /// Another attempt comes at `until`; not before `not_before`, which the server asked for.
    Waiting { until: MonotonicTime, not_before: MonotonicTime, reason: Wait },
    /// No attempt until something changes.
    Parked { code: ImCode },
}

/// Why another attempt waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Wait {
    Failed,
    /// Too many tokens in a row were refused: another token does not shorten this.
    TokensRefused,
    /// Nobody took the report.
    Withdrawn,
}

/// One attempt to report, taken by the host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Attempt {
    id: ReportId,
    deadline: MonotonicTime,
    carried: Wanted,
    /// The token that it carries.
    token: Option<TokenDigest>,
    /// It was issued when no earlier one could land any more.
    settled: bool,
    /// The server may have had a binding of this kind for this account before.
    held_before: bool,
}

/// What was acknowledged, and when to report it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Acknowledged {
    binding: Wanted,
    reassert_at: MonotonicTime,
}

/// What a crash would find of the report that is about to begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StoredIntent {
    /// Nothing is ever stored, so doubt stands at every report.
    Never,
    /// This intent, for certain.
    Known(Option<Wanted>),
}

impl BindingState {
    /// Takes note of what the server is to have now.
    ///
    /// Another vendor's token, and a token in the place of one that was declared dead, lift even a permanent code; a new
    /// token of the same vendor ends a wait. What the server asked to wait is waited for all the same.
    pub(super) fn refresh_wanted(&mut self, cx: &Context, wanted: Option<Wanted>) {
        let before = std::mem::replace(&mut self.wanted, wanted);
        let Some(wanted) = wanted.filter(|_| before != wanted) else { return };
        let is_other = before.is_none_or(|before| before.vendor() != wanted.vendor());
        match self.phase {
            ReportPhase::Waiting { reason: Wait::TokensRefused, .. } => {}
            ReportPhase::Waiting { .. } => {
                self.reset_backoff(cx);
            }
            ReportPhase::Parked { .. } if is_other => {
                self.reset_backoff(cx);
            }
            ReportPhase::Idle
            | ReportPhase::Storing
            | ReportPhase::Queued { .. }
            | ReportPhase::Reporting(_)
            | ReportPhase::Parked { .. } => {}
        }
    }

    /// Brings what is not taken yet in line with what is wanted.
    pub(super) fn adjust(&mut self, cx: &Context, stored: StoredIntent) {
        if !matches!(self.phase, ReportPhase::Storing | ReportPhase::Queued { .. }) {
            return;
        }
        let Some(wanted) = self.wanted.filter(|_| self.is_owed()) else {
            self.cancel();
            return;
        };
        if self.intent != Some(wanted) && holds(Rule::ReportCarriesItsIntent) {
            self.intent = Some(wanted);
            self.phase = ReportPhase::Storing;
        }
        if self.phase != ReportPhase::Storing {
            return;
        }
        match stored {
            StoredIntent::Known(stored) if stored == self.intent => self.queue(cx),
            StoredIntent::Known(_) if holds(Rule::IntentStoredBeforeReport) => {}
            StoredIntent::Known(_) => self.queue(cx),
            StoredIntent::Never => {
                self.assume_doubt(cx);
                self.queue(cx);
            }
        }
    }

    /// Begins a report of what is owed.
    pub(super) fn begin(&mut self, cx: &Context, stored: StoredIntent) {
        self.intent = self.wanted;
        self.phase = ReportPhase::Storing;
        self.adjust(cx, stored);
    }

    /// The intent will not be stored in time: a crash would leave nobody who knows of the report.
    pub(super) fn store_failed(&mut self, cx: &Context) {
        if self.phase == ReportPhase::Storing {
            self.assume_doubt(cx);
            self.queue(cx);
        }
    }

    fn queue(&mut self, cx: &Context) {
        self.phase = ReportPhase::Queued { until: cx.in_time(cx.settings().report) };
    }

    /// The host takes the report.
    pub(super) fn take(
        &mut self,
        cx: &mut Context,
        token: Option<TokenDigest>,
        held_before: bool,
    ) -> Option<ReportId> {
        let carried = self.wanted.filter(|_| self.is_queued())?;
        let id = cx.next_id();
        let deadline = cx.in_time(cx.settings().report);
        let settled = self.doubt.is_settled();
        self.phase = ReportPhase::Reporting(Attempt { id, deadline, carried, token, settled, held_before });
        self.acknowledged = None;
        self.is_reassert_due = false;
        count(&mut cx.counters_mut().reports);
        Some(id)
    }

    /// Nothing is owed any more.
    const fn cancel(&mut self) {
        self.phase = ReportPhase::Idle;
        self.intent = None;
    }

    pub(super) fn raise_doubt(&mut self, cx: &Context) {
        self.doubt.raise(cx);
    }

    fn assume_doubt(&mut self, cx: &Context) {
        if self.doubt.is_none() && holds(Rule::StoreFailureRaisesDoubt) {
            self.doubt.raise(cx);
        }
    }

    /// Tries again later. While draining there is no later.
    fn wait(
        &mut self,
        cx: &mut Context,
        pace: Pace,
        retry_after: Option<Duration>,
        may_retry: bool,
        reason: Wait,
    ) {
        if !may_retry && holds(Rule::DrainStartsNothing) {
            self.phase = ReportPhase::Idle;
            return;
        }
        let asked = backoff::asked_wait(retry_after);
        let delay = match reason {
            Wait::Withdrawn => self.streak.withdrawn(cx),
            Wait::Failed | Wait::TokensRefused => self.streak.failed(cx, pace),
        };
        let until = cx.in_time(delay.max(asked));
        self.phase = ReportPhase::Waiting { until, not_before: cx.in_time(asked), reason };
    }

    fn forget_failures(&mut self) {
        self.streak = Streak::default();
        self.not_ready = 0;
        self.refusals = 0;
        self.certificate_noticed = false;
    }

    /// What made attempts fail may not hold any more: every attempt is worth making again, but not before the moment
    /// that the server asked for. Whether anything waited.
    pub(super) fn reset_backoff(&mut self, cx: &Context) -> bool {
        let refusals = self.refusals;
        self.forget_failures();
        // Tokens come and go; that so many were refused is forgotten only with another session or a success.
        self.refusals = refusals;
        match self.phase {
            ReportPhase::Waiting { not_before, .. } if not_before > cx.now() => {
                self.phase = ReportPhase::Waiting { until: not_before, not_before, reason: Wait::Failed };
                true
            }
            ReportPhase::Waiting { .. } | ReportPhase::Parked { .. } => {
                self.phase = ReportPhase::Idle;
                true
            }
            ReportPhase::Idle
            | ReportPhase::Storing
            | ReportPhase::Queued { .. }
            | ReportPhase::Reporting(_) => false,
        }
    }

    /// The user asks for another attempt at once. A wait that the server asked for is kept.
    pub(super) fn retry_now(&mut self, cx: &Context) -> bool {
        matches!(self.phase, ReportPhase::Waiting { .. } | ReportPhase::Parked { .. })
            && self.reset_backoff(cx)
    }

    /// The network is back, or the app in the foreground: the next attempt comes soon.
    pub(super) fn shorten_backoff(&mut self, cx: &mut Context) -> bool {
        let ReportPhase::Waiting { until, not_before, reason } = self.phase else { return false };
        let until = until.min(cx.after_backoff(Pace::Normal, 0).max(not_before));
        self.streak = Streak::default();
        self.phase = ReportPhase::Waiting { until, not_before, reason };
        true
    }

    /// Something was taken from the lane of reports: what was withdrawn there is queued again.
    pub(super) const fn lane_moved(&mut self) {
        if let ReportPhase::Waiting { reason: Wait::Withdrawn, .. } = self.phase {
            self.phase = ReportPhase::Idle;
        }
    }

    /// The session is over. Says whether a report was in flight, of which nobody will tell now.
    pub(super) fn end_session(&mut self, cx: &mut Context) -> bool {
        let in_flight = self.is_in_flight();
        if in_flight {
            self.outcome_unknown(cx);
        }
        self.begin_session();
        in_flight
    }

    /// As a new session finds it.
    pub(super) fn begin_session(&mut self) {
        let doubt = if holds(Rule::DoubtSurvivesLogin) { self.doubt } else { Doubt::None };
        let acknowledged = if holds(Rule::SessionStartsUnacknowledged) { None } else { self.acknowledged };
        *self = Self { acknowledged, doubt, ..Self::default() };
    }

    /// A logout was asked for: nothing more begins.
    pub(super) fn begin_drain(&mut self) {
        if !self.is_in_flight() && holds(Rule::DrainStartsNothing) {
            self.cancel();
        }
    }

    /// What was under way can land no more. Whether that has just become true.
    pub(super) fn doubt_timeout(&mut self, cx: &Context) -> bool {
        self.doubt.timeout(cx)
    }

    /// The other deadlines. Whether the report under way is lost.
    pub(super) fn timeout(&mut self, cx: &mut Context, may_retry: bool) -> Option<ReportEnd> {
        self.is_reassert_due |= self.acknowledged.is_some_and(|known| cx.is_due(known.reassert_at));
        match self.phase {
            // Nobody has taken it, so nothing was sent.
            ReportPhase::Queued { until } if cx.is_due(until) && holds(Rule::UntakenWithdrawn) => {
                cx.withdrawn(Lane::ImClient);
                self.wait(cx, Pace::Normal, None, may_retry, Wait::Withdrawn);
            }
            ReportPhase::Reporting(attempt) if cx.is_due(attempt.deadline) => {
                return Some(self.lost(cx, may_retry));
            }
            ReportPhase::Waiting { until, .. } if cx.is_due(until) => self.phase = ReportPhase::Idle,
            ReportPhase::Idle
            | ReportPhase::Storing
            | ReportPhase::Queued { .. }
            | ReportPhase::Reporting(_)
            | ReportPhase::Waiting { .. }
            | ReportPhase::Parked { .. } => {}
        }
        None
    }

    /// Whether the wanted binding must be reported: the server has something else, or that is not known.
    pub(super) fn is_owed(&self) -> bool {
        self.wanted.is_some_and(|wanted| {
            self.is_reassert_due
                || self.acknowledged.is_none_or(|known| known.binding != wanted)
                || self.doubt.is_settled()
        })
    }

    /// Whether a report can begin as soon as the gate is free.
    pub(super) fn is_ready(&self) -> bool {
        self.phase == ReportPhase::Idle && self.is_owed()
    }

    /// Whether a report is on its way that may land.
    pub(super) const fn is_in_flight(&self) -> bool {
        matches!(self.phase, ReportPhase::Reporting(_))
    }

    pub(super) const fn is_storing(&self) -> bool {
        matches!(self.phase, ReportPhase::Storing)
    }

    pub(super) const fn is_queued(&self) -> bool {
        matches!(self.phase, ReportPhase::Queued { .. })
    }

    /// Whether a report, or the storing of its intent, is under way.
    pub(super) const fn is_busy(&self) -> bool {
        self.is_in_flight() || self.is_storing() || self.is_queued()
    }

    /// Whether a report of unknown outcome may still reach the server.
    pub(super) const fn is_unsettled(&self) -> bool {
        self.doubt.is_unsettled()
    }

    /// When none can any more; none if that is so already.
    pub(super) const fn settles_at(&self) -> Option<MonotonicTime> {
        self.doubt.deadline()
    }

    pub(super) const fn is_in_doubt(&self) -> bool {
        !self.doubt.is_none()
    }

    pub(super) const fn wanted(&self) -> Option<Wanted> {
        self.wanted
    }

    pub(super) const fn intent(&self) -> Option<Wanted> {
        self.intent
    }

    /// Whether this kind was reported, or may have been.
    pub(super) fn is_in_use(&self) -> bool {
        self.acknowledged.is_some() || self.is_in_doubt() || self.phase != ReportPhase::Idle
    }
}
