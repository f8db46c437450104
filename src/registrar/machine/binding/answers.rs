//! How a report ends: acknowledged, refused with a code, or never answered.

use std::time::Duration;

use super::super::context::Context;
use super::super::counters::count;
use super::super::doubt::Doubt;
use super::super::rules::{Rule, holds};
use super::super::tokens::TokenDigest;
use super::super::{NoticeCode, ReportId};
use super::{Acknowledged, BindingState, PATIENCE, ReportPhase, Wait};
use crate::vendor::{ImCode, ImEffect, Pace, Vendor, explain_im};

/// How a report ended, for those who must know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum ReportEnd {
    /// The server has what was reported. `is_certain` if no earlier report can have landed after it.
    Acknowledged { is_empty: bool, is_certain: bool },
    /// The server has what it had; whether that was a binding.
    Refused { held_before: bool },
    /// The server has what it had, and this token of this vendor is none for it.
    TokenRefused { held_before: bool, vendor: Vendor, token: TokenDigest },
    /// The server may have it or not.
    Unknown,
}

/// What answers a report with an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) struct ReportError {
    code: ImCode,
    retry_after: Option<Duration>,
}

impl ReportError {
    pub(in super::super) const fn new(code: ImCode, retry_after: Option<Duration>) -> Self {
        Self { code, retry_after }
    }
}

impl BindingState {
    /// Whether this answer is for the attempt under way.
    pub(in super::super) fn is_awaiting(&self, id: ReportId) -> bool {
        matches!(self.phase, ReportPhase::Reporting(attempt) if attempt.id == id || !holds(Rule::AttemptIdChecked))
    }

    pub(in super::super) fn done(&mut self, cx: &mut Context) -> Option<ReportEnd> {
        let ReportPhase::Reporting(attempt) = self.phase else { return None };
        count(&mut cx.counters_mut().reports_done);
        let reassert_at = cx.next_reassert();
        let credited = match self.wanted {
            Some(wanted) if !holds(Rule::CreditsWhatWasCarried) => wanted,
            Some(_) | None => attempt.carried,
        };
        self.acknowledged = Some(Acknowledged { binding: credited, reassert_at });
        self.is_reassert_due = false;
        self.forget_failures();
        if attempt.settled || !holds(Rule::DoubtClearedOnlyWhenSettled) {
            self.doubt = Doubt::None;
        }
        self.cancel();
        Some(ReportEnd::Acknowledged { is_empty: credited.is_empty(), is_certain: self.doubt.is_none() })
    }

    /// An error answers the report. `may_retry` if its session is not about to end. Says besides whether the code ends
    /// the session.
    pub(in super::super) fn failed(
        &mut self,
        cx: &mut Context,
        error: ReportError,
        may_retry: bool,
    ) -> Option<(ReportEnd, bool)> {
        let ReportPhase::Reporting(attempt) = self.phase else { return None };
        let code = error.code;
        let explanation = explain_im(code);
        if explanation.effect() == ImEffect::Success {
            return self.done(cx).map(|end| (end, false));
        }
        count(&mut cx.counters_mut().reports_failed);
        cx.counters_mut().last_im_code = Some(code);
        // It is answered, so it is not under way; what comes next depends on the code.
        self.phase = ReportPhase::Idle;
        let mut end = if explanation.perhaps_done() {
            self.outcome_unknown(cx);
            ReportEnd::Unknown
        } else {
            ReportEnd::Refused { held_before: attempt.held_before }
        };
        let mut is_session_over = false;
        let not_ready = std::mem::take(&mut self.not_ready);
        match explanation.effect() {
            ImEffect::CertificateUnknown => {
                if !std::mem::replace(&mut self.certificate_noticed, true) {
                    cx.notice_of_im(NoticeCode::CertificateUnknown, None, code);
                }
                self.wait(cx, Pace::Slow, error.retry_after, may_retry, Wait::Failed);
            }
            ImEffect::SessionNotReady if holds(Rule::NotReadyKeepsSession) => {
                self.not_ready = not_ready.saturating_add(1).min(PATIENCE);
                if self.not_ready == PATIENCE && not_ready < PATIENCE {
                    cx.notice_of_im(NoticeCode::SessionNotReady, None, code);
                }
                self.wait(cx, Pace::Normal, error.retry_after, may_retry, Wait::Failed);
            }
            ImEffect::SessionOver | ImEffect::SessionNotReady => {
                cx.notice_of_im(NoticeCode::SessionOver, None, code);
                is_session_over = true;
            }
            ImEffect::TokenRefused if holds(Rule::TokenCodeRefusesToken) => {
                if let (Some(vendor), Some(token)) = (attempt.carried.vendor(), attempt.token) {
                    cx.notice_of_im(NoticeCode::TokenRefusedByServer, Some(vendor), code);
                    self.token_refused(cx, may_retry);
                    end = ReportEnd::TokenRefused { held_before: attempt.held_before, vendor, token };
                } else {
                    self.park(cx, code);
                }
            }
            ImEffect::Permanent | ImEffect::TokenRefused if holds(Rule::PermanentParks) => {
                self.park(cx, code);
            }
            ImEffect::Success | ImEffect::Retry(_) | ImEffect::TokenRefused | ImEffect::Permanent => {
                self.wait(cx, explanation.pace(), error.retry_after, may_retry, Wait::Failed);
            }
        }
        Some((end, is_session_over))
    }

    fn park(&mut self, cx: &mut Context, code: ImCode) {
        self.cancel();
        self.phase = ReportPhase::Parked { code };
        cx.notice_of_im(NoticeCode::ReportParked, None, code);
    }

    /// The next token is reported at once, unless too many were refused in a row.
    fn token_refused(&mut self, cx: &mut Context, may_retry: bool) {
        self.cancel();
        self.refusals = self.refusals.saturating_add(1).min(PATIENCE);
        if self.refusals >= PATIENCE {
            self.wait(cx, Pace::Normal, None, may_retry, Wait::TokensRefused);
        }
    }

    /// Nobody will tell what became of the report under way; on to the next attempt.
    pub(in super::super) fn lost(&mut self, cx: &mut Context, may_retry: bool) -> ReportEnd {
        self.outcome_unknown(cx);
        self.not_ready = 0;
        self.wait(cx, Pace::Normal, None, may_retry, Wait::Failed);
        ReportEnd::Unknown
    }

    /// A report may or may not have landed, and may yet.
    pub(super) fn outcome_unknown(&mut self, cx: &mut Context) {
        count(&mut cx.counters_mut().reports_unknown);
        if holds(Rule::UnknownOutcomeRaisesDoubt) {
            self.doubt.raise(cx);
        }
    }
}
