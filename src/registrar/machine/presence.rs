//! Foreground, background and the badge: reported to the server one call at a time; the last one counts.

use super::context::Context;
use super::counters::count;
use super::outbox::Queued;
use super::rules::{Rule, holds};
use super::{IgnoredReason, Lane, NoticeCode, PresenceId, StateName, Unread, Verdict};
use crate::time::MonotonicTime;
use crate::vendor::{ImCode, ImEffect, Pace, explain_im};

/// The largest badge where neither the vendor nor Tencent gives one.
pub(super) const MAX_BADGE: u32 = 99;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct PresenceRegion {
    /// Where the app is, once the host has said.
    place: Option<Place>,
    /// The unread count, once the host has set it for this account.
    unread: Option<Unread>,
    /// What the server has acknowledged in this session.
    acknowledged: Option<Sent>,
    call: Call,
    /// How many calls failed in a row, up to where it makes no difference.
    failures: u8,
    badge: Badge,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Place {
    Foreground,
    Background,
}

/// What is reported to the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Sent {
    Foreground,
    Background(Unread),
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
enum Call {
    #[default]
    Idle,
    /// The call waits to be taken: what it says is decided then.
    Queued {
        until: MonotonicTime,
    },
    InFlight {
        id: PresenceId,
        sent: Sent,
        until: MonotonicTime,
    },
    /// Another attempt comes then, or when something is taken from its lane if nobody took the call.
    Waiting {
        until: MonotonicTime,
        withdrawn: bool,
    },
    /// The server will not have it: nothing more before the next change.
    Refused,
}

/// The number at the app's icon.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct Badge {
    wanted: Option<u32>,
    /// As far as this process has set it.
    shown: Option<u32>,
}

impl PresenceRegion {
    pub(super) fn enter_foreground(&mut self) -> Verdict {
        if self.place == Some(Place::Foreground) {
            return Verdict::Ignored(IgnoredReason::Unchanged);
        }
        self.place = Some(Place::Foreground);
        self.forget_failures();
        Verdict::Applied
    }

    pub(super) fn enter_background(&mut self, unread: Unread) -> Verdict {
        if self.place == Some(Place::Background) && self.unread == Some(unread) {
            return Verdict::Ignored(IgnoredReason::Unchanged);
        }
        self.place = Some(Place::Background);
        self.unread = Some(unread);
        self.forget_failures();
        Verdict::Applied
    }

    pub(super) fn set_unread(&mut self, unread: Unread) -> Verdict {
        if self.unread == Some(unread) {
            return Verdict::Ignored(IgnoredReason::Unchanged);
        }
        self.unread = Some(unread);
        if self.place == Some(Place::Background) {
            self.forget_failures();
        }
        Verdict::Applied
    }

    pub(super) fn done(&mut self, id: PresenceId) -> Verdict {
        let Some(sent) = self.sent_by(id) else { return Verdict::Ignored(IgnoredReason::Stale) };
        self.acknowledged = Some(sent);
        (self.call, self.failures) = (Call::Idle, 0);
        Verdict::Applied
    }

    /// What the call under way says, if it is the one with this id.
    fn sent_by(&self, id: PresenceId) -> Option<Sent> {
        match self.call {
            Call::InFlight { id: known, sent, .. } if known == id => Some(sent),
            Call::Idle
            | Call::Queued { .. }
            | Call::InFlight { .. }
            | Call::Waiting { .. }
            | Call::Refused => None,
        }
    }

    /// An error answers the call; `None` if it is for another. Whether the code ends the session: whatever call it
    /// answers, the server has said that the session is gone.
    pub(super) fn failed(&mut self, cx: &mut Context, id: PresenceId, code: ImCode) -> Option<bool> {
        let sent = self.sent_by(id)?;
        cx.counters_mut().last_im_code = Some(code);
        let explanation = explain_im(code);
        match explanation.effect() {
            ImEffect::Success => {
                self.done(id);
            }
            ImEffect::Retry(_) | ImEffect::CertificateUnknown | ImEffect::SessionNotReady => {
                self.try_later(cx, explanation.pace(), false);
            }
            ImEffect::SessionOver => {
                cx.notice_of_im(NoticeCode::SessionOver, None, code);
                return Some(true);
            }
            ImEffect::TokenRefused | ImEffect::Permanent => {
                // What the host has said since is another call.
                self.call = if self.wanted() == Some(sent) { Call::Refused } else { Call::Idle };
                cx.notice_of_im(NoticeCode::PresenceRefused, None, code);
            }
        }
        Some(false)
    }

    fn try_later(&mut self, cx: &mut Context, pace: Pace, withdrawn: bool) {
        if !withdrawn {
            self.acknowledged = None;
        }
        self.call = Call::Waiting { until: cx.after_backoff(pace, self.failures), withdrawn };
        self.failures = cx.count_failure(self.failures);
    }

    pub(super) fn timeout(&mut self, cx: &mut Context) {
        match self.call {
            Call::Queued { until } if cx.is_due(until) && holds(Rule::UntakenWithdrawn) => {
                cx.withdrawn(Lane::ImClient);
                self.try_later(cx, Pace::Normal, true);
            }
            Call::InFlight { until, .. } if cx.is_due(until) => self.try_later(cx, Pace::Normal, false),
            Call::Waiting { until, .. } if cx.is_due(until) => self.call = Call::Idle,
            Call::Idle
            | Call::Queued { .. }
            | Call::InFlight { .. }
            | Call::Waiting { .. }
            | Call::Refused => {}
        }
    }

    /// Another attempt at once; of a call that was refused only if the user asks.
    pub(super) const fn retry_now(&mut self, by_user: bool) -> bool {
        let waits =
            matches!(self.call, Call::Waiting { .. }) || by_user && matches!(self.call, Call::Refused);
        if waits {
            self.forget_failures();
        }
        waits
    }

    /// Something was taken from the lane of presence calls: what was withdrawn there is queued again.
    pub(super) const fn lane_moved(&mut self) {
        if let Call::Waiting { withdrawn: true, .. } = self.call {
            self.call = Call::Idle;
        }
    }

    /// Tells the server where the app is, and shows the badge, while somebody is logged in.
    pub(super) fn drive(&mut self, cx: &mut Context, is_logged_in: bool, max_badge: u32) {
        if !is_logged_in {
            return;
        }
        if let Some(unread) = self.unread {
            self.want_badge(cx, unread.as_u32().min(max_badge));
        }
        let is_owed = self.wanted().is_some_and(|wanted| self.acknowledged != Some(wanted));
        match self.call {
            Call::Queued { .. } if !is_owed => self.call = Call::Idle,
            Call::Idle if is_owed => {
                self.call = Call::Queued { until: cx.in_time(cx.settings().presence) };
                cx.push(Queued::Presence);
            }
            Call::Idle
            | Call::Queued { .. }
            | Call::InFlight { .. }
            | Call::Waiting { .. }
            | Call::Refused => {}
        }
    }

    /// The host takes the call.
    pub(super) fn take(&mut self, cx: &mut Context) -> Option<(PresenceId, Sent)> {
        let sent = self.wanted().filter(|_| matches!(self.call, Call::Queued { .. }))?;
        let id = cx.next_id();
        self.call = Call::InFlight { id, sent, until: cx.in_time(cx.settings().presence) };
        count(&mut cx.counters_mut().presence_calls);
        Some((id, sent))
    }

    /// The host takes the badge, if it is to show another number than it does.
    pub(super) fn take_badge(&mut self) -> Option<u32> {
        let count = self.badge.wanted.filter(|wanted| self.badge.shown != Some(*wanted))?;
        self.badge.shown = Some(count);
        Some(count)
    }

    /// A logout was asked for: nothing more is called, and no answer is waited for.
    pub(super) const fn end_calls(&mut self) {
        self.call = Call::Idle;
        self.acknowledged = None;
        self.failures = 0;
    }

    /// The session is over: so is what was unread in it.
    pub(super) fn end_session(&mut self, cx: &mut Context) {
        self.end_calls();
        self.unread = None;
        self.want_badge(cx, 0);
    }

    fn want_badge(&mut self, cx: &mut Context, count: u32) {
        self.badge.wanted = Some(count);
        if self.badge.shown != Some(count) {
            cx.push(Queued::Badge);
        }
    }

    /// What made calls fail may not hold any more. A call under way stays.
    const fn forget_failures(&mut self) {
        self.failures = 0;
        if matches!(self.call, Call::Waiting { .. } | Call::Refused) {
            self.call = Call::Idle;
        }
    }

    fn wanted(&self) -> Option<Sent> {
        self.place.map(|place| match place {
            Place::Foreground => Sent::Foreground,
            Place::Background => Sent::Background(self.unread.unwrap_or_default()),
        })
    }

    pub(super) fn is_background(&self) -> bool {
        self.place == Some(Place::Background)
    }

    pub(super) const fn name(&self) -> StateName {
        match self.place {
            None => StateName::Unknown,
            Some(Place::Foreground) => StateName::Foreground,
            Some(Place::Background) => StateName::Background,
        }
    }

    #[cfg(test)]
    pub(super) fn rename(&mut self, names: &mut dyn super::tests::rename::Renamer) {
        match &mut self.call {
            Call::Idle | Call::Refused => {}
            Call::Queued { until } | Call::Waiting { until, .. } => *until = names.time(*until),
            Call::InFlight { id, until, .. } => {
                *id = names.id(id.as_u64()).into();
                *until = names.time(*until);
            }
        }
    }

    pub(super) const fn deadline(&self) -> Option<MonotonicTime> {
        match self.call {
            Call::Queued { until } | Call::InFlight { until, .. } | Call::Waiting { until, .. } => {
                Some(until)
            }
            Call::Idle | Call::Refused => None,
        }
    }
}
