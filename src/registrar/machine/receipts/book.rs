//! The arrivals and clicks that are kept, and the call that reports some of them.

use std::num::NonZeroU64;
use std::time::Duration;

use super::super::hash_key::LastDigests;
use super::super::troubles::LOST_OFTEN;
use super::super::{
    Call, Cause, Context, Lost, Notice, NoticeCode, Policy, Queued, Rule, Wait, add, count, holds,
};
use super::{Attempt, Book, KeptEvent};
use crate::account::UserId;
use crate::notification::{PushEvent, PushEventKind, PushId};
use crate::vendor::{ImCode, ImEffect, Pace, explain_im};

impl KeptEvent {
    pub(super) fn is_for(&self, account: &UserId) -> bool {
        self.account.as_ref() == Some(account) || !holds(Rule::PushEventsFenced)
    }

    /// It is not made again. One that came before it was known whether the user is asked leaves nothing that
    /// is stored.
    fn finish(&self, finished: &mut LastDigests<64>) {
        if !self.is_tentative {
            finished.remember(self.digest);
        }
    }
}

/// Which event it is, as a number that outlives the process. Two of one installation are practically never
/// alike.
pub(super) fn digest(cx: &Context, kind: PushEventKind, push_id: &PushId) -> NonZeroU64 {
    let hash = cx.hash_key().hash(push_id.as_str().as_bytes());
    NonZeroU64::MIN.saturating_add(match kind {
        PushEventKind::Clicked => hash,
        PushEventKind::Arrived => hash.rotate_left(32) ^ 1,
    })
}

impl Book {
    pub(super) fn knows(&self, digest: NonZeroU64) -> bool {
        self.kept.iter().any(|kept| kept.digest == digest) || self.finished.contains(digest)
    }

    /// Keeps an event, unless it was made before. The oldest makes room for it.
    pub(super) fn add(&mut self, cx: &mut Context, event: PushEvent, owner: Option<UserId>, tentative: bool) {
        let digest = digest(cx, event.kind(), event.push_id());
        if self.knows(digest) {
            return;
        }
        if self.kept.len() >= cx.settings().push_event_limit && !self.kept.is_empty() {
            self.kept.remove(0).finish(&mut self.finished);
            count(&mut cx.counters_mut().push_events_dropped);
            cx.notice(NoticeCode::PushEventDropped, None);
        }
        self.kept.push(KeptEvent {
            event,
            account: owner,
            digest,
            is_in_flight: false,
            is_alone: false,
            is_tentative: tentative,
            attempts: 0,
        });
    }

    /// Ends these events. Returns how many there were.
    pub(super) fn end(&mut self, is_over: &dyn Fn(&KeptEvent) -> bool) -> usize {
        let Self { kept, finished, .. } = self;
        let before = kept.len();
        kept.retain(|kept| {
            let is_over = is_over(kept);
            if is_over {
                kept.finish(finished);
            }
            !is_over
        });
        before.saturating_sub(kept.len())
    }

    pub(super) fn queue(&mut self, cx: &mut Context) {
        self.call.queue(cx, cx.settings().report);
        cx.push(Queued::PushEvents);
    }

    /// The server has the events.
    pub(super) fn done(&mut self, cx: &mut Context) {
        let done = self.end(&|kept| kept.is_in_flight);
        self.call = Call::Idle;
        (self.failures, self.lost) = (0, 0);
        cx.troubles_mut().end(NoticeCode::PushEventsRefused, None);
        cx.troubles_mut().end(NoticeCode::PushEventsUnanswered, None);
        add(&mut cx.counters_mut().push_events_reported, done);
    }

    /// An error answers the call.
    pub(super) fn failed(&mut self, cx: &mut Context, code: ImCode, retry_after: Option<Duration>) {
        self.lost = 0;
        cx.troubles_mut().end(NoticeCode::PushEventsUnanswered, None);
        cx.counters_mut().last_im_code = Some(code);
        let explanation = explain_im(code);
        match explanation.effect() {
            ImEffect::SessionOver => {}
            ImEffect::TokenRefused | ImEffect::Permanent if holds(Rule::RefusedPushEventsEnd) => {
                self.refused(cx, code, retry_after);
            }
            ImEffect::SessionNotReady | ImEffect::Retry(Pace::WhenConnected) => {
                // The login or the network failed, and says nothing of the events.
                self.uncount_attempt();
                self.try_later(cx, explanation.pace(), retry_after);
            }
            ImEffect::Success
            | ImEffect::TokenRefused
            | ImEffect::Permanent
            | ImEffect::CertificateUnknown
            | ImEffect::Retry(_) => {
                if self.give_up(cx) {
                    cx.notice_of_im(NoticeCode::PushEventsRefused, code);
                }
                self.try_later(cx, explanation.pace(), retry_after);
            }
        }
    }

    /// The server refuses for good what the call carried. Of several events it may be about one, and push ids
    /// come from intents that any app can send: each goes by itself next.
    fn refused(&mut self, cx: &mut Context, code: ImCode, retry_after: Option<Duration>) {
        if self.call.attempt().is_some_and(|attempt| attempt.is_joint) {
            self.uncount_attempt();
            for kept in self.kept.iter_mut().filter(|kept| kept.is_in_flight) {
                kept.is_alone = true;
            }
            self.release();
            self.call = Call::Idle;
            return;
        }
        let refused = self.end(&|kept| kept.is_in_flight);
        add(&mut cx.counters_mut().push_events_dropped, refused);
        if refused > 0 && self.noticed.replace(code) != Some(code) {
            cx.notice_of_im(NoticeCode::PushEventsRefused, code);
        }
        if self.kept.iter().any(|kept| kept.is_alone) {
            // The code may be about all of them: a server that refuses each is not asked in a row.
            self.try_later(cx, Pace::Normal, retry_after);
        } else {
            self.call = Call::Idle;
        }
    }

    /// The call was no attempt of the events that it carried.
    fn uncount_attempt(&mut self) {
        for kept in self.kept.iter_mut().filter(|kept| kept.is_in_flight) {
            kept.attempts = kept.attempts.saturating_sub(1);
        }
    }

    /// The answer is lost. Gives one notice when this repeats, until a call is answered.
    pub(super) fn answer_lost(&mut self, cx: &mut Context, how: Lost) {
        let before = self.lost;
        self.lost = before.saturating_add(1).min(LOST_OFTEN);
        if self.lost == LOST_OFTEN && before < LOST_OFTEN {
            cx.push(Queued::Notice(Notice::because(NoticeCode::PushEventsUnanswered, Cause::Lost(how))));
        }
        if self.give_up(cx) {
            cx.push(Queued::Notice(Notice::because(NoticeCode::PushEventsRefused, Cause::Lost(how))));
        }
        self.try_later(cx, Pace::Normal, None);
    }

    /// Drops events that are too old for any statistics. A time in the future, from a clock that ran ahead,
    /// is set to now.
    pub(super) fn expire(&mut self, cx: &mut Context) {
        let Some(now) = cx.wall() else { return };
        for kept in self.kept.iter_mut().filter(|kept| kept.event.time() > now) {
            kept.event = PushEvent::new(kept.event.kind(), kept.event.push_id().clone(), now);
        }
        let is_old = |kept: &KeptEvent| {
            now.since(kept.event.time()).is_some_and(|age| age > Policy::MAX_PUSH_EVENT_AGE)
        };
        let expired = self.end(&is_old);
        add(&mut cx.counters_mut().push_events_dropped, expired);
    }

    /// Drops events that were sent too often. Returns whether there was any.
    pub(super) fn give_up(&mut self, cx: &mut Context) -> bool {
        let most = cx.settings().push_event_attempts;
        let given_up = self.end(&|kept| kept.is_in_flight && kept.attempts >= most);
        add(&mut cx.counters_mut().push_events_dropped, given_up);
        given_up > 0
    }

    /// Nothing is under way.
    pub(super) fn release(&mut self) {
        for kept in &mut self.kept {
            kept.is_in_flight = false;
        }
    }

    /// Ends or shortens a wait. Whether there was any.
    pub(super) fn waits_less(&mut self, change: impl FnOnce(&mut Call<Attempt>) -> bool) -> bool {
        let waits = change(&mut self.call);
        if waits {
            self.failures = 0;
        }
        waits
    }

    pub(super) fn try_later(&mut self, cx: &mut Context, pace: Pace, asked: Option<Duration>) {
        self.release();
        let delay = cx.delay(pace, self.failures);
        self.call.wait(cx, delay, asked, Wait::Failed);
        self.failures = cx.count_failure(self.failures);
    }
}
