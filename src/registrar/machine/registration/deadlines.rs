//! What becomes of a request that nobody takes, or answers, in time.

use super::super::election::Failure;
use super::super::tokens::Tokens;
use super::super::{Context, Lane, Notice, NoticeCode, Wait, count};
use super::{Registrations, Request, Step};
use crate::vendor::{Pace, TokenKind, Vendor};

impl Registrations {
    /// The deadlines.
    pub(in super::super) fn timeout(&mut self, cx: &mut Context, tokens: &Tokens) -> Option<Failure> {
        for request in &mut self.requests {
            if request.is_ensuring() && request.is_over(cx) {
                if request.step == Step::EnsureQueued {
                    cx.withdrawn(Lane::NotificationChannels);
                }
                cx.notice(NoticeCode::NotificationChannelFailed, Some(request.vendor));
                request.go_to(cx, Step::Queued);
            }
        }
        let mut failure = None;
        while let Some(place) = self.requests.iter().position(|request| request.is_over(cx)) {
            let request = self.requests.remove(place);
            let ended = self.ended(cx, request, tokens);
            failure = failure.or(ended);
        }
        if self.start_at.is_some_and(|at| cx.is_due(at)) {
            self.start_at = None;
        }
        self.voip.timeout(cx, Lane::Vendor(Vendor::Apns));
        failure
    }

    /// An SDK gave no token in time. One whose text was none of a token, or whose token the server refused,
    /// was not silent, and a notice said so; nor is one that has not returned from the call yet.
    fn silent(cx: &mut Context, request: Request, passed_as: Option<Vendor>) {
        if cx.is_inside_host(request.vendor) {
            cx.host_busy(Lane::Vendor(request.vendor));
        } else if !cx.troubles().gave_text(request.vendor, request.kind) {
            let passed_as = passed_as.filter(|_| request.kind == TokenKind::Standard);
            let silent = Notice::silent(request.vendor, passed_as);
            cx.vendor_trouble(request.kind, silent, false);
        }
    }

    /// A request that the host did not take, or its SDK not answer, in time.
    fn ended(&mut self, cx: &mut Context, request: Request, tokens: &Tokens) -> Option<Failure> {
        let Request { vendor, kind, .. } = request;
        let has_token = tokens.find(vendor, kind).is_some();
        let reason = if request.step == Step::Queued { Wait::Withdrawn } else { Wait::Failed };
        match request.step {
            Step::EnsureQueued | Step::Ensuring(_) | Step::Void(_) => return None,
            Step::InFlight(_) if self.unwanted.contains(vendor) => return None,
            Step::Queued => cx.withdrawn(Lane::Vendor(vendor)),
            Step::InFlight(_) => {
                count(&mut cx.counters_mut().registrations_timed_out);
                if !has_token {
                    Self::silent(cx, request, tokens.passed_as(vendor));
                }
            }
        }
        match kind {
            TokenKind::Voip => {
                if reason == Wait::Withdrawn || !has_token {
                    self.voip_failed(cx, Some(Pace::Normal), reason);
                }
                None
            }
            TokenKind::Standard => {
                if reason == Wait::Withdrawn && !self.started_here.contains(vendor) {
                    self.asked = self.asked.without(vendor);
                }
                if reason == Wait::Withdrawn && has_token {
                    self.start_at = Some(cx.after_backoff(Pace::Normal, 0));
                }
                Some(Failure::new(vendor, Some(Pace::Normal), reason))
            }
        }
    }

    /// Something was taken from a vendor's lane: what was withdrawn there is queued again.
    pub(in super::super) fn lane_moved(&mut self, vendor: Vendor, current: Option<Vendor>) {
        if Some(vendor) == current {
            self.start_at = None;
        }
        if vendor == Vendor::Apns {
            self.voip.lane_moved();
        }
    }
}
