//! What the server has of one kind of token, how sure that is, and the report that brings it to what is
//! wanted.

mod answers;

use std::time::Duration;

use self::answers::Doubt;
use super::storage::Intents;
use super::tokens::TokenDigest;
use super::wanted::Wanted;
use super::{
    Answer, Belief, BeliefStatus, Call, Cause, Context, Kinds, Lane, Lost, Notice, NoticeCode, PerKind,
    Queued, ReportId, Rule, SessionId, StateName, Streak, Wait, count, holds,
};
use crate::time::MonotonicTime;
use crate::vendor::{ImEffect, Pace, TokenKind, explain_im};

pub(super) use self::answers::ReportEnd;

/// One of the two bindings: standard or VoIP.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct BindingState {
    report: Call<Attempt>,
    /// What the server is to have, as of the last comparison.
    wanted: Option<Wanted>,
    /// What the server has said in this session that it has. None while that is unknown.
    acknowledged: Option<Acknowledged>,
    /// Survives sessions.
    doubt: Doubt,
    /// What a report of this session that was begun may carry, while its outcome is not known to be over:
    /// part of the snapshot.
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
    /// A logout was asked for: nothing more begins.
    is_draining: bool,
}

/// How often "not logged in" is taken in silence, and how many tokens in a row are reported at once after the
/// server refused the one before.
const PATIENCE: u8 = 3;

/// One attempt to report, taken by the host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Attempt {
    id: ReportId,
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

impl BindingState {
    /// Takes note of what the server is to have now.
    ///
    /// Another vendor's token, and a token in the place of one that was declared dead, lift even a permanent
    /// code; a new token of the same vendor ends a wait. What the server asked to wait is waited for all the
    /// same.
    pub(super) fn refresh_wanted(&mut self, cx: &Context, wanted: Option<Wanted>) {
        let before = std::mem::replace(&mut self.wanted, wanted);
        let Some(wanted) = wanted.filter(|_| before != wanted) else { return };
        let is_other = before.is_none_or(|before| before.vendor() != wanted.vendor());
        let ends = match self.report {
            Call::Waiting { reason, .. } => reason != Wait::TokensRefused,
            Call::Stopped { .. } => is_other,
            Call::Idle | Call::Pending | Call::Queued { .. } | Call::InFlight { .. } => false,
        };
        if ends {
            self.reset_backoff(cx);
        }
    }

    /// Brings what is not taken yet in line with what is wanted. `stored` is the intent that a crash would
    /// find for certain.
    pub(super) fn adjust(&mut self, cx: &Context, stored: Option<Wanted>) {
        if !self.is_storing() && !self.report.is_queued() {
            return;
        }
        let Some(wanted) = self.wanted.filter(|_| self.is_owed()) else {
            self.cancel();
            return;
        };
        if self.intent != Some(wanted) && holds(Rule::ReportCarriesItsIntent) {
            self.intent = Some(wanted);
            self.report = Call::Pending;
        }
        if !cx.settings().snapshots {
            // Nothing is ever stored, so doubt stands at every report.
            self.store_failed(cx);
        } else if self.is_storing() && (stored == self.intent || !holds(Rule::IntentStoredBeforeReport)) {
            self.queue(cx);
        }
    }

    /// Begins a report of what is owed.
    pub(super) fn begin(&mut self, cx: &Context, stored: Option<Wanted>) {
        self.intent = self.wanted;
        self.report = Call::Pending;
        self.adjust(cx, stored);
    }

    /// The intent will not be stored in time: a crash would leave nobody who knows of the report.
    pub(super) fn store_failed(&mut self, cx: &Context) {
        if self.is_storing() {
            if self.doubt == Doubt::None && holds(Rule::StoreFailureRaisesDoubt) {
                self.doubt.raise(cx);
            }
            self.queue(cx);
        }
    }

    fn queue(&mut self, cx: &Context) {
        self.report.queue(cx, cx.settings().report);
    }

    /// The host takes the report.
    pub(super) fn take(
        &mut self,
        cx: &mut Context,
        token: Option<TokenDigest>,
        held_before: bool,
    ) -> Option<ReportId> {
        let carried = self.wanted.filter(|_| self.report.is_queued())?;
        let id = cx.next_id();
        let attempt = Attempt { id, carried, token, settled: self.doubt == Doubt::Settled, held_before };
        self.report.begin(cx, attempt, cx.settings().report);
        self.acknowledged = None;
        self.is_reassert_due = false;
        count(&mut cx.counters_mut().reports);
        Some(id)
    }

    /// Nothing is owed any more.
    const fn cancel(&mut self) {
        self.report = Call::Idle;
        self.intent = None;
    }

    /// Tries again later. While draining there is no later.
    fn wait(&mut self, cx: &mut Context, pace: Pace, retry_after: Option<Duration>, reason: Wait) {
        if self.is_draining && holds(Rule::DrainStartsNothing) {
            self.report = Call::Idle;
            return;
        }
        let delay = self.streak.again(cx, pace, reason);
        self.report.wait(cx, delay, retry_after, reason);
    }

    /// All but the row of refused tokens, which only another session or a success ends.
    fn forget_failures(&mut self) {
        self.streak = Streak::default();
        self.not_ready = 0;
        self.certificate_noticed = false;
    }

    /// What made attempts fail may not hold any more: every attempt is worth making again, but not before the
    /// moment that the server asked for. Whether anything waited.
    pub(super) fn reset_backoff(&mut self, cx: &Context) -> bool {
        self.forget_failures();
        self.report.reset(cx)
    }

    /// The user asks for another attempt at once. A wait that the server asked for is kept.
    pub(super) fn retry_now(&mut self, cx: &Context) -> bool {
        (self.report.is_waiting() || self.report.is_stopped()) && self.reset_backoff(cx)
    }

    /// The network is back, or the app in the foreground: the next attempt comes soon.
    pub(super) fn shorten_backoff(&mut self, cx: &mut Context) -> bool {
        let waits = self.report.shorten(cx);
        if waits {
            self.streak = Streak::default();
        }
        waits
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

    /// What was under way can land no more. Whether that has just become true.
    pub(super) fn doubt_timeout(&mut self, cx: &Context) -> bool {
        self.doubt.timeout(cx)
    }

    /// Something was taken from the lane of reports.
    pub(super) fn lane_moved(&mut self) {
        self.report.lane_moved();
    }

    /// As a new session finds it.
    pub(super) fn begin_session(&mut self) {
        let doubt = if holds(Rule::DoubtSurvivesLogin) { self.doubt } else { Doubt::None };
        let acknowledged = if holds(Rule::SessionStartsUnacknowledged) { None } else { self.acknowledged };
        *self = Self { acknowledged, doubt, ..Self::default() };
    }

    pub(super) fn begin_drain(&mut self) {
        self.is_draining = true;
        if !self.is_in_flight() && holds(Rule::DrainStartsNothing) {
            self.cancel();
        }
    }

    /// The other deadlines. How the report under way ended, if its answer is lost.
    pub(super) fn timeout(&mut self, cx: &mut Context, kind: TokenKind) -> Option<ReportEnd> {
        self.is_reassert_due |= self.acknowledged.is_some_and(|known| cx.is_due(known.reassert_at));
        let reason = self.report.timeout(cx, Lane::ImClient)?;
        if reason != Wait::Withdrawn {
            return self.answered(cx, kind, Answer::Lost(Lost::Deadline));
        }
        self.wait(cx, Pace::Normal, None, reason);
        None
    }

    /// Whether the wanted binding must be reported: the server has something else, or that is not known.
    pub(super) fn is_owed(&self) -> bool {
        self.wanted.is_some_and(|wanted| {
            self.is_reassert_due
                || self.acknowledged.is_none_or(|known| known.binding != wanted)
                || self.doubt == Doubt::Settled
        })
    }

    /// Whether a report is on its way that may land.
    pub(super) const fn is_in_flight(&self) -> bool {
        self.report.attempt().is_some()
    }

    pub(super) fn is_storing(&self) -> bool {
        self.report == Call::Pending
    }

    /// Whether a report of unknown outcome may still reach the server.
    pub(super) const fn is_unsettled(&self) -> bool {
        self.doubt.deadline().is_some()
    }

    pub(super) fn is_in_doubt(&self) -> bool {
        self.doubt != Doubt::None
    }

    pub(super) const fn wanted(&self) -> Option<Wanted> {
        self.wanted
    }

    pub(super) const fn intent(&self) -> Option<Wanted> {
        self.intent
    }

    /// Whether this kind was reported, or may have been.
    pub(super) fn is_in_use(&self) -> bool {
        self.acknowledged.is_some() || self.is_in_doubt() || self.report != Call::Idle
    }

    /// Why its reports fail, as a notice says it, also while another one is under way; and whether that
    /// notice was given.
    pub(super) fn trouble(&self, cx: &Context, kind: TokenKind) -> Option<(Notice, bool)> {
        let (code, _) = cx.troubles().report(kind);
        let effect = code.map(|code| explain_im(code).effect());
        let of_code = |notice, is_noticed| Some((Notice::because(notice, Cause::Im(code?)), is_noticed));
        let is_waiting = self.report.is_waiting();
        let is_failing = self.streak != Streak::default();
        match (self.report, cx.troubles().lost().filter(|_| code.is_none())) {
            (Call::Idle, _) => None,
            (Call::Stopped { code }, _) => {
                code.map(|code| (Notice::because(NoticeCode::ReportParked, Cause::Im(code)), true))
            }
            (Call::Waiting { reason: Wait::Withdrawn, .. }, _) => Some((Notice::busy(Lane::ImClient), true)),
            // The token that is reported next is another one, maybe of another vendor.
            (Call::Waiting { reason: Wait::TokensRefused, .. }, _) => {
                cx.troubles().refused(kind).map(|refused| (refused.clone(), true))
            }
            // A lost answer has no code. Of a single one there was no notice.
            (_, Some((how, is_often))) if is_waiting || is_often && is_failing => {
                let lost = Notice::because(NoticeCode::ReportUnanswered, Cause::Lost(how));
                Some((lost, is_often && is_failing))
            }
            _ if effect == Some(ImEffect::CertificateUnknown) && self.certificate_noticed => {
                of_code(NoticeCode::CertificateUnknown, true)
            }
            _ if effect == Some(ImEffect::SessionNotReady) && self.not_ready > 0 => {
                of_code(NoticeCode::SessionNotReady, self.not_ready >= PATIENCE)
            }
            // Other codes have said what is wrong; a token that was refused is not reported again.
            _ if self.streak.is_persisting() && matches!(effect, Some(ImEffect::Retry(_))) => {
                of_code(NoticeCode::ReportKeepsFailing, true)
            }
            _ => None,
        }
    }

    /// What is believed of the server, given whether it may hold a binding of this kind for the account
    /// logged in.
    pub(super) fn belief(&self, kind: TokenKind, is_held: bool) -> BeliefStatus {
        let belief = match self.acknowledged {
            _ if self.is_in_flight() || self.is_in_doubt() => Belief::Unknown,
            Some(known) if known.binding.is_empty() => Belief::Unbound,
            Some(_) => Belief::Bound,
            None if is_held => Belief::Unknown,
            None => Belief::Unbound,
        };
        BeliefStatus { kind, belief, doubt: self.doubt.status() }
    }

    pub(super) fn name(&self) -> StateName {
        match self.report {
            Call::Idle if self.wanted.is_some() && !self.is_owed() => StateName::Bound,
            Call::Idle => StateName::Idle,
            Call::Pending => StateName::Storing,
            Call::Queued { .. } | Call::InFlight { .. } => StateName::Reporting,
            Call::Waiting { .. } => StateName::Waiting,
            Call::Stopped { .. } => StateName::Parked,
        }
    }

    pub(super) fn deadline(&self) -> Option<MonotonicTime> {
        let reassert = self.acknowledged.filter(|_| !self.is_reassert_due).map(|known| known.reassert_at);
        [self.report.deadline(), self.doubt.deadline(), reassert].into_iter().flatten().min()
    }
}

/// The two bindings, and the gate that both share: one report is under way at a time, the standard one goes
/// first.
pub(super) type Bindings = PerKind<BindingState>;

impl Bindings {
    /// Begins the report that is owed, if the gate is free. `stored` is what the stored snapshot covers for
    /// certain.
    pub(super) fn drive(&mut self, cx: &mut Context, may_report: bool, session: SessionId, stored: Intents) {
        for kind in Kinds::ALL.iter() {
            self.of_mut(kind).adjust(cx, stored.of(session, kind));
        }
        let is_busy = |binding: &BindingState| {
            !matches!(binding.report, Call::Idle | Call::Waiting { .. } | Call::Stopped { .. })
        };
        let is_ready = |binding: &BindingState| binding.report == Call::Idle && binding.is_owed();
        let ready = self.kinds(is_ready).iter().next().filter(|_| self.kinds(is_busy).is_empty());
        if let Some(kind) = ready.filter(|_| may_report) {
            self.of_mut(kind).begin(cx, stored.of(session, kind));
        }
        for kind in self.kinds(|binding| binding.report.is_queued()).iter() {
            cx.push(Queued::Report(kind));
        }
    }

    /// The kind whose report under way this answers.
    pub(super) fn awaiting(&self, id: ReportId) -> Option<TokenKind> {
        let is_its = |attempt: &Attempt| attempt.id == id || !holds(Rule::AttemptIdChecked);
        self.kinds(|binding| binding.report.attempt().is_some_and(is_its)).iter().next()
    }

    /// The kinds of which a report of unknown outcome may still reach the server.
    pub(super) fn unsettled(&self) -> Kinds {
        self.kinds(BindingState::is_unsettled)
    }

    /// When none of these kinds can any more.
    pub(super) fn settles_at(&self, kinds: Kinds) -> MonotonicTime {
        kinds.iter().filter_map(|kind| self.of(kind).doubt.deadline()).max().unwrap_or_default()
    }

    /// What the reports that were begun in this session may carry.
    pub(super) const fn intents(&self, session: SessionId) -> Intents {
        let [standard, voip] = self.both();
        Intents::new(session, PerKind::new(standard.intent(), voip.intent()))
    }

    pub(super) fn raise_doubt(&mut self, cx: &Context, kinds: Kinds) {
        kinds.iter().for_each(|kind| self.of_mut(kind).doubt.raise(cx));
    }

    /// What made reports fail is another: every attempt is worth making again.
    pub(super) fn reset_backoff(&mut self, cx: &Context) {
        self.each(|binding| binding.reset_backoff(cx));
    }

    pub(super) fn deadline(&self) -> Option<MonotonicTime> {
        self.both().into_iter().filter_map(BindingState::deadline).min()
    }
}
