//! Foreground, background and the badge: told to the server one call at a time, the last word counts.

use super::presence::{Call, Place};
use super::queue::Pending;
use super::{IgnoredReason, Machine, NoticeCode, PresenceId, Unread, Verdict};
use crate::vendor::{ImCode, ImEffect, Pace, badge_limits, explain_im};

impl Machine {
    /// The largest badge where neither the vendor nor Tencent gives one.
    const MAX_BADGE: u32 = 99;

    pub(super) fn foreground(&mut self) -> Verdict {
        if self.state.presence.place == Some(Place::Foreground) {
            return Verdict::Ignored(IgnoredReason::Unchanged);
        }
        self.state.presence.place = Some(Place::Foreground);
        self.state.presence.begin_anew();
        self.hurry_binding();
        self.hurry_election();
        Verdict::Applied
    }

    pub(super) fn background(&mut self, unread: Unread) -> Verdict {
        let presence = &mut self.state.presence;
        if presence.place == Some(Place::Background) && presence.unread == Some(unread) {
            return Verdict::Ignored(IgnoredReason::Unchanged);
        }
        presence.place = Some(Place::Background);
        presence.unread = Some(unread);
        presence.begin_anew();
        Verdict::Applied
    }

    pub(super) fn unread(&mut self, unread: Unread) -> Verdict {
        let presence = &mut self.state.presence;
        if presence.unread == Some(unread) {
            return Verdict::Ignored(IgnoredReason::Unchanged);
        }
        presence.unread = Some(unread);
        if presence.place == Some(Place::Background) {
            presence.begin_anew();
        }
        Verdict::Applied
    }

    pub(super) fn presence_done(&mut self, id: PresenceId) -> Verdict {
        match self.state.presence.call.take_if(|call| call.id == id) {
            Some(call) => {
                self.state.presence.told = Some(call.presence);
                self.state.presence.failures = 0;
                Verdict::Applied
            }
            None => Verdict::Ignored(IgnoredReason::Stale),
        }
    }

    pub(super) fn presence_failed(&mut self, id: PresenceId, code: ImCode) -> Verdict {
        if self.state.presence.call.is_none_or(|call| call.id != id) {
            return Verdict::Ignored(IgnoredReason::Stale);
        }
        let explanation = explain_im(code);
        self.counters.last_im_code = Some(code);
        match explanation.effect() {
            ImEffect::Success => return self.presence_done(id),
            ImEffect::Retry(_) | ImEffect::CertificateUnknown | ImEffect::SessionNotReady => {
                self.presence_later(explanation.pace());
            }
            // Whatever call it answers, the server has said that the session is gone.
            ImEffect::SessionOver => {
                self.notice_of_im(NoticeCode::SessionOver, code);
                self.session_over();
            }
            ImEffect::TokenRefused | ImEffect::Permanent => {
                let presence = &mut self.state.presence;
                let refused = presence.call.take().map(|call| call.presence);
                // What the host has said since is another call.
                presence.refused = presence.wanted() == refused;
                self.notice_of_im(NoticeCode::PresenceRefused, code);
            }
        }
        Verdict::Applied
    }

    fn presence_later(&mut self, pace: Pace) {
        let failures = self.state.presence.failures;
        let delay = self.delay(pace, failures);
        let retry_at = self.in_time(delay);
        let failures = self.count_failure(failures);
        let presence = &mut self.state.presence;
        presence.call = None;
        presence.told = None;
        presence.retry_at = Some(retry_at);
        presence.failures = failures;
    }

    pub(super) fn presence_timeout(&mut self) {
        if self.state.presence.call.is_some_and(|call| self.is_due(call.deadline)) {
            self.presence_later(Pace::Normal);
        }
        if self.state.presence.retry_at.is_some_and(|at| self.is_due(at)) {
            self.state.presence.retry_at = None;
        }
    }

    /// Another attempt at once; of a call that was refused only if the user asks.
    pub(super) fn hurry_presence(&mut self, by_user: bool) -> bool {
        let presence = &mut self.state.presence;
        let waits = presence.retry_at.is_some() || presence.refused && by_user;
        if waits {
            presence.begin_anew();
        }
        waits
    }

    /// Tells the server where the app is, and shows the badge, while somebody is logged in.
    pub(super) fn drive_presence(&mut self) {
        if self.state.logged_in().is_none() {
            return;
        }
        if let Some(unread) = self.state.presence.unread {
            self.show_badge(unread.as_u32().min(self.max_badge()));
        }
        let presence = &self.state.presence;
        let waits = presence.call.is_some() || presence.retry_at.is_some() || presence.refused;
        let Some(wanted) = presence.wanted().filter(|wanted| !waits && presence.told != Some(*wanted)) else {
            return;
        };
        let id = self.ids.next();
        let deadline = self.in_time(self.policy.settings().presence);
        self.state.presence.call = Some(Call { id, presence: wanted, deadline });
        self.counters.presence_calls = self.counters.presence_calls.saturating_add(1);
        self.push(Pending::Presence(id));
    }

    /// The session is over: so is what was unread in it.
    pub(super) fn end_presence(&mut self) {
        self.state.presence.end_calls();
        self.state.presence.unread = None;
        self.show_badge(0);
    }

    fn show_badge(&mut self, count: u32) {
        if self.state.presence.badge != Some(count) {
            self.state.presence.badge = Some(count);
            self.push(Pending::Badge(count));
        }
    }

    fn max_badge(&self) -> u32 {
        let limits = self.state.election.elected.and_then(badge_limits);
        limits.map_or(Self::MAX_BADGE, |limits| *limits.set().end())
    }
}
