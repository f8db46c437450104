//! Foreground, background and the badge: reported to the server one call at a time; the last one counts.

use super::{
    Answer, Call, Context, Effect, IgnoredReason, Lane, NoticeCode, PresenceId, Queued, STALE, StateName,
    Unread, Verdict, Wait, count,
};
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
    /// What the server has acknowledged in this session; none while that is not known.
    acknowledged: Option<Said>,
    call: Call<Attempt>,
    /// How many calls failed in a row, up to where it makes no difference.
    failures: u8,
    /// The number that is wanted at the app's icon, and the one there as far as this process has set it.
    badge: Option<u32>,
    shown_badge: Option<u32>,
}

/// What a call says: in the foreground no number.
type Said = (Place, Unread);

/// A call under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Attempt {
    id: PresenceId,
    said: Said,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Place {
    Foreground,
    Background,
}

impl PresenceRegion {
    /// The app says where it is, how much is unread, or both.
    pub(super) fn is_now(&mut self, place: Option<Place>, unread: Option<Unread>) -> Verdict {
        let said = (place.or(self.place), unread.or(self.unread));
        if said == (self.place, self.unread) {
            return Verdict::Ignored(IgnoredReason::Unchanged);
        }
        (self.place, self.unread) = said;
        // The number alone is part of no call in the foreground.
        if place.is_some() || self.is_background() {
            self.forget_failures();
        }
        Verdict::Applied
    }

    /// The call is answered.
    pub(super) fn answered(&mut self, cx: &mut Context, id: PresenceId, answer: Answer) -> Verdict {
        let Some(attempt) = self.call.attempt().copied().filter(|attempt| attempt.id == id) else {
            return STALE;
        };
        match answer {
            Answer::Done => {
                (self.call, self.failures) = (Call::Idle, 0);
                self.acknowledged = Some(attempt.said);
            }
            Answer::Lost(_) => self.try_later(cx, Pace::Normal, Wait::Failed),
            Answer::Failed { code, .. } => self.failed(cx, attempt.said, code),
        }
        Verdict::Applied
    }

    fn failed(&mut self, cx: &mut Context, said: Said, code: ImCode) {
        cx.counters_mut().last_im_code = Some(code);
        let explanation = explain_im(code);
        match explanation.effect() {
            ImEffect::Success
            | ImEffect::Retry(_)
            | ImEffect::CertificateUnknown
            | ImEffect::SessionNotReady => {
                self.try_later(cx, explanation.pace(), Wait::Failed);
            }
            ImEffect::SessionOver => {}
            ImEffect::TokenRefused | ImEffect::Permanent => {
                // What the host has said since is another call.
                let is_wanted = self.wanted() == Some(said);
                self.call = if is_wanted { Call::Stopped { code: Some(code) } } else { Call::Idle };
                cx.notice_of_im(NoticeCode::PresenceRefused, code);
            }
        }
    }

    fn try_later(&mut self, cx: &mut Context, pace: Pace, reason: Wait) {
        if reason != Wait::Withdrawn {
            self.acknowledged = None;
        }
        let delay = cx.delay(pace, self.failures);
        self.call.wait(cx, delay, None, reason);
        self.failures = cx.count_failure(self.failures);
    }

    pub(super) fn timeout(&mut self, cx: &mut Context) {
        if let Some(reason) = self.call.timeout(cx, Lane::ImClient) {
            self.try_later(cx, Pace::Normal, reason);
        }
    }

    /// The network is back: another attempt at once, but not of a call that was refused.
    pub(super) const fn shorten_backoff(&mut self) -> bool {
        self.call.is_waiting() && self.retry_now()
    }

    /// The user asks for another attempt at once.
    pub(super) const fn retry_now(&mut self) -> bool {
        let waits = self.call.is_waiting() || self.call.is_stopped();
        if waits {
            self.forget_failures();
        }
        waits
    }

    /// Something was taken from the lane of presence calls.
    pub(super) fn lane_moved(&mut self) {
        self.call.lane_moved();
    }

    /// Tells the server where the app is, and shows the badge, while somebody is logged in.
    pub(super) fn drive(&mut self, cx: &mut Context, is_logged_in: bool, max_badge: u32) {
        if !is_logged_in {
            return;
        }
        if let Some(unread) = self.unread {
            self.want_badge(cx, unread.as_u32().min(max_badge));
        }
        let reported = self.call.attempt().map(|attempt| attempt.said).or(self.acknowledged);
        let is_owed = self.wanted().is_some_and(|wanted| reported != Some(wanted));
        if !is_owed && self.call.is_queued() {
            self.call = Call::Idle;
        } else if is_owed && self.call == Call::Idle {
            self.call.queue(cx, cx.settings().presence);
            cx.push(Queued::Presence);
        }
    }

    /// The host takes the call.
    pub(super) fn take(&mut self, cx: &mut Context) -> Option<Effect> {
        let said = self.wanted().filter(|_| self.call.is_queued())?;
        let id = cx.next_id();
        self.call.begin(cx, Attempt { id, said }, cx.settings().presence);
        count(&mut cx.counters_mut().presence_calls);
        Some(match said {
            (Place::Foreground, _) => Effect::EnterForeground { id },
            (Place::Background, unread) => Effect::EnterBackground { id, unread },
        })
    }

    /// The host takes the badge, if it is to show another number than it does.
    pub(super) fn take_badge(&mut self) -> Option<u32> {
        let is_other = self.shown_badge != self.badge;
        self.shown_badge = self.badge;
        self.badge.filter(|_| is_other)
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
        self.badge = Some(count);
        if self.shown_badge != self.badge {
            cx.push(Queued::Badge);
        }
    }

    /// What made calls fail may not hold any more. A call under way stays.
    const fn forget_failures(&mut self) {
        self.failures = 0;
        if self.call.is_waiting() || self.call.is_stopped() {
            self.call = Call::Idle;
        }
    }

    fn wanted(&self) -> Option<Said> {
        let unread = self.unread.filter(|_| self.is_background()).unwrap_or_default();
        self.place.map(|place| (place, unread))
    }

    /// Whether the call that is due is given up.
    pub(super) const fn is_refused(&self) -> bool {
        self.call.is_stopped()
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

    pub(super) const fn deadline(&self) -> Option<MonotonicTime> {
        self.call.deadline()
    }
}
