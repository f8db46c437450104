//! Brings the server to what is wanted: one report at a time, compared again after every answer.

use std::time::Duration;

use super::queue::Pending;
use super::slot::{Acknowledged, Attempt, Doubt, Phase, Print, Reassert, Slot};
use super::{IgnoredReason, Machine, NoticeCode, ReportId, Verdict};
use crate::vendor::{ImCode, ImEffect, Pace, TokenKind, explain_im};

impl Machine {
    /// Works out anew what the server is to have.
    pub(super) fn compare(&mut self) {
        for kind in TokenKind::ALL {
            let wanted = self.state.wanted(kind, self.rules.certificate_of_vendor);
            let wanted = wanted.map(|wanted| wanted.print());
            self.state.slot_mut(kind).wanted = wanted;
        }
    }

    /// Begins the next report that is owed, unless one is under way.
    pub(super) fn drive_binding(&mut self) {
        let may_report = if self.rules.drain_starts_nothing {
            self.state.logged_in().is_some()
        } else {
            self.state.session.current().is_some()
        };
        if !may_report || self.state.is_gate_busy() {
            return;
        }
        let next = TokenKind::ALL.into_iter().find(|kind| {
            let slot = self.state.slot(*kind);
            slot.phase == Phase::Idle && slot.is_owed()
        });
        if let Some(kind) = next {
            self.begin_report(kind);
        }
    }

    fn begin_report(&mut self, kind: TokenKind) {
        let stores = self.policy.settings().snapshots && self.rules.intent_stored_before_report;
        let slot = self.state.slot_mut(kind);
        let is_new = !slot.intent;
        slot.intent = true;
        if is_new {
            self.touch();
        }
        if !stores {
            if self.rules.intent_stored_before_report {
                self.assume_doubt(kind);
            }
            self.issue_report(kind);
        } else if self.state.store.holds(kind) {
            self.issue_report(kind);
        } else {
            let deadline = self.in_time(self.policy.settings().store);
            self.state.slot_mut(kind).phase = Phase::Storing { version: None, deadline };
        }
    }

    /// The intent is stored, or will not be in time.
    pub(super) fn issue_report(&mut self, kind: TokenKind) {
        let deadline = self.in_time(self.policy.settings().report);
        let slot = self.state.slot(kind);
        let Some(carried) = slot.wanted.filter(|_| slot.is_owed()) else {
            self.call_off(kind);
            return;
        };
        let settled = slot.doubt == Doubt::Settled;
        let bound_before = self.state.session.current().is_some_and(|session| session.reported);
        let id = self.ids.next();
        let slot = self.state.slot_mut(kind);
        let attempt = Attempt { id, deadline, carried, settled, taken: false, bound_before };
        slot.phase = Phase::Reporting(attempt);
        slot.acknowledged = None;
        self.counters.reports = self.counters.reports.saturating_add(1);
        self.push(Pending::Report(id));
    }

    /// Nothing is owed any more.
    pub(super) fn call_off(&mut self, kind: TokenKind) {
        let slot = self.state.slot_mut(kind);
        slot.phase = Phase::Idle;
        slot.intent = false;
        self.forget_intent(kind);
    }

    /// Which attempt an answer is for; `None` if it is over.
    fn attempt(&self, id: ReportId) -> Option<(TokenKind, Attempt)> {
        TokenKind::ALL.into_iter().find_map(|kind| match self.state.slot(kind).phase {
            Phase::Reporting(attempt) if attempt.id == id || !self.rules.attempt_id_checked => {
                Some((kind, attempt))
            }
            Phase::Reporting(_)
            | Phase::Idle
            | Phase::Storing { .. }
            | Phase::Waiting { .. }
            | Phase::Parked { .. } => None,
        })
    }

    pub(super) fn report_done(&mut self, id: ReportId) -> Verdict {
        let Some((kind, attempt)) = self.attempt(id) else {
            return Verdict::Ignored(IgnoredReason::Stale);
        };
        self.counters.reports_done = self.counters.reports_done.saturating_add(1);
        let delay = self.reassert_delay();
        let reassert = Reassert::At(self.in_time(delay));
        let credits = self.rules.credits_what_was_carried;
        let clears = attempt.settled || !self.rules.doubt_cleared_only_when_settled;
        let slot = self.state.slot_mut(kind);
        let print = if credits { attempt.carried } else { slot.wanted.unwrap_or(attempt.carried) };
        slot.acknowledged = Some(Acknowledged { print, reassert });
        slot.failures = 0;
        slot.not_ready = 0;
        slot.certificate_noticed = false;
        if clears {
            slot.doubt = Doubt::None;
        }
        self.call_off(kind);
        self.note_bound(print);
        Verdict::Applied
    }

    /// Remembers whose pushes come here now. As long as there is doubt, an earlier report may have landed after this one.
    fn note_bound(&mut self, print: Print) {
        let is_bound = self.state.has_binding() || self.state.is_in_doubt();
        let Some(session) = self.state.session.current_mut() else { return };
        session.reported = is_bound;
        if print != Print::EMPTY && self.state.last_bound.as_ref() != Some(&session.account) {
            self.state.last_bound = Some(session.account.clone());
        }
    }

    pub(super) fn report_failed(
        &mut self,
        id: ReportId,
        code: ImCode,
        retry_after: Option<Duration>,
    ) -> Verdict {
        let Some((kind, attempt)) = self.attempt(id) else { return Verdict::Ignored(IgnoredReason::Stale) };
        let explanation = explain_im(code);
        let effect = explanation.effect();
        if effect == ImEffect::Success {
            return self.report_done(id);
        }
        self.counters.reports_failed = self.counters.reports_failed.saturating_add(1);
        self.counters.last_im_code = Some(code);
        // It is answered, so it is not under way; what comes next depends on the code.
        self.state.slot_mut(kind).phase = Phase::Idle;
        if explanation.perhaps_done() {
            self.outcome_unknown(kind);
        } else {
            // Refused, not lost on the way: the server has what it had.
            if let Some(session) = self.state.session.current_mut() {
                session.reported = attempt.bound_before;
            }
        }
        match effect {
            ImEffect::Success | ImEffect::Retry(_) => self.wait(kind, explanation.pace(), retry_after),
            ImEffect::CertificateUnknown => {
                let slot = self.state.slot_mut(kind);
                let is_first = !slot.certificate_noticed;
                slot.certificate_noticed = true;
                if is_first {
                    self.notice_of_im(NoticeCode::CertificateUnknown, code);
                }
                self.wait(kind, Pace::Slow, retry_after);
            }
            ImEffect::SessionNotReady if self.rules.not_ready_keeps_session => {
                let slot = self.state.slot_mut(kind);
                let patience_ends = slot.not_ready.saturating_add(1) == Slot::PATIENCE;
                slot.not_ready = slot.not_ready.saturating_add(1).min(Slot::PATIENCE);
                if patience_ends {
                    self.notice_of_im(NoticeCode::SessionNotReady, code);
                }
                self.wait(kind, Pace::Normal, retry_after);
            }
            ImEffect::SessionOver | ImEffect::SessionNotReady => {
                self.notice_of_im(NoticeCode::SessionOver, code);
                self.session_over();
            }
            ImEffect::TokenRefused | ImEffect::Permanent if self.rules.permanent_parks => {
                self.call_off(kind);
                self.state.slot_mut(kind).phase = Phase::Parked { code };
                self.notice_of_im(NoticeCode::ReportParked, code);
            }
            ImEffect::TokenRefused | ImEffect::Permanent => self.wait(kind, Pace::Normal, retry_after),
        }
        Verdict::Applied
    }

    pub(super) fn report_lost(&mut self, id: ReportId) -> Verdict {
        let Some((kind, _)) = self.attempt(id) else { return Verdict::Ignored(IgnoredReason::Stale) };
        self.give_up(kind);
        Verdict::Applied
    }

    /// Nobody will tell what became of the report under way; on to the next attempt.
    fn give_up(&mut self, kind: TokenKind) {
        self.outcome_unknown(kind);
        self.wait(kind, Pace::Normal, None);
    }

    /// A report may or may not have landed, and may yet.
    pub(super) fn outcome_unknown(&mut self, kind: TokenKind) {
        self.counters.reports_unknown = self.counters.reports_unknown.saturating_add(1);
        if let Some(session) = self.state.session.current_mut() {
            session.unsure = true;
        }
        if self.rules.unknown_outcome_raises_doubt {
            self.raise_doubt(kind);
        }
    }

    pub(super) fn raise_doubt(&mut self, kind: TokenKind) {
        let until = self.in_time(self.policy.settings().settle);
        self.state.slot_mut(kind).doubt = Doubt::Unsettled { until };
        self.touch();
    }

    /// The intent could not be stored: a crash would leave nobody who knows of the report.
    pub(super) fn assume_doubt(&mut self, kind: TokenKind) {
        if self.state.slot(kind).doubt == Doubt::None && self.rules.store_failure_raises_doubt {
            self.raise_doubt(kind);
        }
    }

    /// Tries again later. While draining there is no later.
    fn wait(&mut self, kind: TokenKind, pace: Pace, retry_after: Option<Duration>) {
        if self.state.logged_in().is_none() && self.rules.drain_starts_nothing {
            self.state.slot_mut(kind).phase = Phase::Idle;
            return;
        }
        let failures = self.state.slot(kind).failures;
        let asked = Self::asked_wait(retry_after);
        let delay = self.delay(pace, failures).max(asked);
        let phase = Phase::Waiting { until: self.in_time(delay), not_before: self.in_time(asked) };
        let failures = self.count_failure(failures);
        let slot = self.state.slot_mut(kind);
        slot.failures = failures;
        slot.phase = phase;
    }

    /// A token came in place of the one wanted: what made the last attempt fail may not hold for it. A wait that the
    /// server asked for is kept; a permanent code stands.
    pub(super) fn new_token(&mut self, kind: TokenKind) {
        if matches!(self.state.slot(kind).phase, Phase::Waiting { .. }) {
            self.begin_anew_in_time(kind);
        }
    }

    /// Another vendor's token is wanted: not even a permanent code holds for it. A wait that the server asked for is
    /// kept.
    pub(super) fn new_vendor(&mut self) {
        self.begin_anew_in_time(TokenKind::Standard);
    }

    fn begin_anew_in_time(&mut self, kind: TokenKind) {
        let now = self.now.monotonic();
        let slot = self.state.slot_mut(kind);
        let phase = slot.phase;
        slot.begin_anew();
        if let Phase::Waiting { not_before, .. } = phase {
            if not_before > now {
                slot.phase = Phase::Waiting { until: not_before, not_before };
            }
        }
    }

    /// The app, its configuration or its user changed something: every attempt is worth making again.
    /// But not before the moment that the server asked for.
    pub(super) fn begin_anew(&mut self) {
        for kind in TokenKind::ALL {
            self.begin_anew_in_time(kind);
        }
    }

    /// The network is back, or the app in the foreground: the next attempt comes soon.
    pub(super) fn hurry_binding(&mut self) -> bool {
        let mut hurried = false;
        for kind in TokenKind::ALL {
            if let Phase::Waiting { until, not_before } = self.state.slot(kind).phase {
                let soon = self.delay(Pace::Normal, 0);
                let until = until.min(self.in_time(soon).max(not_before));
                let slot = self.state.slot_mut(kind);
                slot.failures = 0;
                slot.phase = Phase::Waiting { until, not_before };
                hurried = true;
            }
        }
        hurried
    }

    /// What was under way can land no more.
    pub(super) fn doubt_timeout(&mut self) {
        for kind in TokenKind::ALL {
            if let Doubt::Unsettled { until } = self.state.slot(kind).doubt {
                if self.is_due(until) {
                    self.state.slot_mut(kind).doubt = Doubt::Settled;
                    self.settled();
                }
            }
        }
    }

    /// The binding's deadlines.
    pub(super) fn binding_timeout(&mut self) {
        for kind in TokenKind::ALL {
            match self.state.slot(kind).phase {
                Phase::Storing { deadline, .. } if self.is_due(deadline) => {
                    self.assume_doubt(kind);
                    self.issue_report(kind);
                }
                Phase::Reporting(Attempt { deadline, taken, .. }) if self.is_due(deadline) => {
                    if taken {
                        self.give_up(kind);
                    } else {
                        // Nobody has taken it, so nothing was sent.
                        self.state.slot_mut(kind).phase = Phase::Idle;
                    }
                }
                Phase::Waiting { until, .. } if self.is_due(until) => {
                    self.state.slot_mut(kind).phase = Phase::Idle;
                }
                Phase::Idle
                | Phase::Storing { .. }
                | Phase::Reporting(_)
                | Phase::Waiting { .. }
                | Phase::Parked { .. } => {}
            }
            self.reassert_timeout(kind);
        }
    }

    /// Once nothing can land any more, the session's own reports are no reason for doubt.
    fn settled(&mut self) {
        if !self.state.is_unsettled() {
            if let Some(session) = self.state.session.current_mut() {
                session.unsure = false;
            }
            if let Some(left) = &mut self.state.left {
                left.may_land = false;
            }
            self.state.strays = false;
        }
    }

    fn reassert_timeout(&mut self, kind: TokenKind) {
        if let Some(Acknowledged { print, reassert: Reassert::At(at) }) = self.state.slot(kind).acknowledged {
            if self.is_due(at) {
                self.state.slot_mut(kind).acknowledged =
                    Some(Acknowledged { print, reassert: Reassert::Due });
            }
        }
    }

    /// The user asks for another attempt at once. A wait that the server asked for is kept.
    pub(super) fn retry_binding(&mut self) -> bool {
        let mut retried = false;
        for kind in TokenKind::ALL {
            let slot = self.state.slot(kind);
            if let Phase::Parked { .. } = slot.phase {
                retried |= self.state.slot_mut(kind).begin_anew();
            } else if let Phase::Waiting { .. } = slot.phase {
                self.new_token(kind);
                retried = true;
            }
        }
        retried
    }

    /// The kind whose report under way this is.
    pub(super) fn is_current_report(&self, id: ReportId) -> Option<TokenKind> {
        TokenKind::ALL.into_iter().find(
            |kind| matches!(self.state.slot(*kind).phase, Phase::Reporting(attempt) if attempt.id == id),
        )
    }
}
