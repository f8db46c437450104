//! How a report ends: acknowledged, refused with a code, or never answered, which leaves a doubt.

use std::time::Duration;

use super::super::tokens::TokenDigest;
use super::super::{
    Answer, Call, Cause, Context, DoubtStatus, Notice, NoticeCode, Queued, Rule, Wait, count, holds,
};
use super::{Acknowledged, Attempt, BindingState, PATIENCE};
use crate::time::MonotonicTime;
use crate::vendor::{ImCode, ImEffect, Pace, TokenKind, Vendor, explain_im};

/// How a report ended, for those who must know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum ReportEnd {
    /// The server has what was reported. `is_certain` if no earlier report can have landed after it.
    Acknowledged { is_empty: bool, is_certain: bool },
    /// The server has what it had; whether that was a binding.
    Refused { held_before: bool },
    /// The server has what it had, and this token of this vendor is none for it.
    TokenRefused { held_before: bool, vendor: Vendor, token: TokenDigest, code: ImCode },
    /// The server may have it or not.
    Unknown,
}

impl BindingState {
    /// The attempt under way is answered, or its answer lost.
    pub(in super::super) fn answered(
        &mut self,
        cx: &mut Context,
        kind: TokenKind,
        answer: Answer,
    ) -> Option<ReportEnd> {
        let attempt = self.report.attempt().copied()?;
        let now = cx.now();
        let ended = match answer {
            Answer::Done => {
                cx.troubles_mut().report_done(kind, now);
                self.done(cx, attempt)
            }
            Answer::Failed { code, retry_after } => {
                cx.troubles_mut().report_failed(kind, Some(code));
                self.failed(cx, attempt, code, retry_after)
            }
            Answer::Lost(how) => {
                if cx.troubles_mut().report_lost(kind, how) {
                    cx.push(Queued::Notice(Notice::because(NoticeCode::ReportUnanswered, Cause::Lost(how))));
                }
                self.outcome_unknown(cx);
                self.not_ready = 0;
                self.wait(cx, Pace::Normal, None, Wait::Failed);
                ReportEnd::Unknown
            }
        };
        // A code that was not expected to pass has a notice of its own.
        let is_transient = |code: &ImCode| matches!(explain_im(*code).effect(), ImEffect::Retry(_));
        let code = cx.troubles().report(kind).0.filter(is_transient);
        let notice = code.map(|code| Notice::because(NoticeCode::ReportKeepsFailing, Cause::Im(code)));
        cx.notice_persisting((NoticeCode::ReportKeepsFailing, kind), self.streak.is_persisting(), notice);
        Some(ended)
    }

    fn done(&mut self, cx: &mut Context, attempt: Attempt) -> ReportEnd {
        count(&mut cx.counters_mut().reports_done);
        let reassert_at = cx.next_reassert();
        let credited = match self.wanted {
            Some(wanted) if !holds(Rule::CreditsWhatWasCarried) => wanted,
            Some(_) | None => attempt.carried,
        };
        self.acknowledged = Some(Acknowledged { binding: credited, reassert_at });
        self.is_reassert_due = false;
        self.forget_failures();
        self.refusals = 0;
        if attempt.settled || !holds(Rule::DoubtClearedOnlyWhenSettled) {
            self.doubt = Doubt::None;
        }
        self.cancel();
        ReportEnd::Acknowledged { is_empty: credited.is_empty(), is_certain: self.doubt == Doubt::None }
    }

    fn failed(
        &mut self,
        cx: &mut Context,
        attempt: Attempt,
        code: ImCode,
        retry_after: Option<Duration>,
    ) -> ReportEnd {
        let explanation = explain_im(code);
        count(&mut cx.counters_mut().reports_failed);
        cx.counters_mut().last_im_code = Some(code);
        // It is answered, so it is not under way; what comes next depends on the code.
        self.report = Call::Idle;
        let mut end = if explanation.perhaps_done() {
            self.outcome_unknown(cx);
            ReportEnd::Unknown
        } else {
            ReportEnd::Refused { held_before: attempt.held_before }
        };
        let not_ready = std::mem::take(&mut self.not_ready);
        match explanation.effect() {
            ImEffect::CertificateUnknown => {
                if !std::mem::replace(&mut self.certificate_noticed, true) {
                    cx.notice_of_im(NoticeCode::CertificateUnknown, code);
                }
                self.wait(cx, Pace::Slow, retry_after, Wait::Failed);
            }
            ImEffect::SessionNotReady if holds(Rule::NotReadyKeepsSession) => {
                self.not_ready = not_ready.saturating_add(1).min(PATIENCE);
                if self.not_ready == PATIENCE && not_ready < PATIENCE {
                    cx.notice_of_im(NoticeCode::SessionNotReady, code);
                }
                self.wait(cx, Pace::Normal, retry_after, Wait::Failed);
            }
            ImEffect::SessionOver | ImEffect::SessionNotReady => {}
            ImEffect::TokenRefused if holds(Rule::TokenCodeRefusesToken) => {
                if let (Some(vendor), Some(token)) = (attempt.carried.vendor(), attempt.token) {
                    self.token_refused(cx);
                    end = ReportEnd::TokenRefused { held_before: attempt.held_before, vendor, token, code };
                } else {
                    self.park(cx, code);
                }
            }
            ImEffect::Permanent | ImEffect::TokenRefused if holds(Rule::PermanentParks) => {
                self.park(cx, code);
            }
            ImEffect::Success | ImEffect::Retry(_) | ImEffect::TokenRefused | ImEffect::Permanent => {
                self.wait(cx, explanation.pace(), retry_after, Wait::Failed);
            }
        }
        end
    }

    fn park(&mut self, cx: &mut Context, code: ImCode) {
        self.cancel();
        self.report = Call::Stopped { code: Some(code) };
        cx.notice_of_im(NoticeCode::ReportParked, code);
    }

    /// The next token is reported at once, unless too many were refused in a row.
    fn token_refused(&mut self, cx: &mut Context) {
        self.cancel();
        self.refusals = self.refusals.saturating_add(1).min(PATIENCE);
        if self.refusals >= PATIENCE {
            self.wait(cx, Pace::Normal, None, Wait::TokensRefused);
        }
    }

    /// A report may or may not have landed, and may yet.
    pub(super) fn outcome_unknown(&mut self, cx: &mut Context) {
        count(&mut cx.counters_mut().reports_unknown);
        if holds(Rule::UnknownOutcomeRaisesDoubt) {
            self.doubt.raise(cx);
        }
    }
}

/// The outcome of an earlier report is unknown.
///
/// It is the phone's, not the session's: it survives logins, logouts and restarts. Until the settle interval
/// is over the report may still land; then one more report, issued after that, clears the doubt when it is
/// acknowledged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Doubt {
    #[default]
    None,
    /// A report may land until then.
    Unsettled { until: MonotonicTime },
    /// None can land any more; what the server has is not known before one more report.
    Settled,
}

impl Doubt {
    /// A report may or may not have landed, and may yet.
    pub(super) fn raise(&mut self, cx: &Context) {
        *self = Self::Unsettled { until: cx.in_time(cx.settings().settle) };
    }

    /// What was under way can land no more. Whether that has just become true.
    pub(super) fn timeout(&mut self, cx: &Context) -> bool {
        let settles = self.deadline().is_some_and(|until| cx.is_due(until));
        if settles {
            *self = Self::Settled;
        }
        settles
    }

    pub(super) const fn status(self) -> DoubtStatus {
        match self {
            Self::None => DoubtStatus::None,
            Self::Unsettled { .. } => DoubtStatus::Unsettled,
            Self::Settled => DoubtStatus::Settled,
        }
    }

    pub(super) const fn deadline(self) -> Option<MonotonicTime> {
        if let Self::Unsettled { until } = self { Some(until) } else { None }
    }
}
