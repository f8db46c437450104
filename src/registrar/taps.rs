//! Taps: held until they can be delivered, delivered once, never to the wrong account.

use std::time::Duration;

use super::inbox::{HeldTap, Recent, Stage};
use super::queue::Pending;
use super::{
    Effect, EventError, IgnoredReason, Machine, NoticeCode, Policy, Receiver, TapExpiry, TapFence, TapId,
    Verdict,
};
use crate::account::UserId;
use crate::notification::Tap;
use crate::time::{MonotonicTime, UnixTime};

impl Machine {
    pub(super) fn tapped(&mut self, tap: Tap) -> Verdict {
        let bytes = tap.weight();
        if bytes > Policy::MAX_TAP_BYTES {
            return Verdict::Refused(EventError::TapTooLong { bytes });
        }
        let settings = self.policy.settings();
        let now = self.now.monotonic();
        // It came a moment ago if most of its time is left.
        let old = settings.tap_expiry.saturating_sub(settings.tap_window);
        let is_fresh = |held: &HeldTap| held.expires.saturating_since(now) > old;
        if self.state.inbox.held.iter().any(|held| is_fresh(held) && held.tap == tap) {
            return self.duplicate_tap();
        }
        let key = tap.dedupe_key();
        let inbox = &self.state.inbox;
        let came_before = inbox.recent.iter().any(|known| known.until > now && known.key.matches(&key));
        let by_id = |held: &HeldTap| tap.message_id().is_some() && held.tap.message_id() == tap.message_id();
        let is_over = inbox.over.has(&key);
        if came_before
            || is_over
            || inbox.held.iter().any(|held| by_id(held) && held.tap.dedupe_key().matches(&key))
        {
            return self.duplicate_tap();
        }
        let recent = Recent { key, until: self.in_time(settings.tap_window) };
        let limit = settings.tap_limit;
        let expires = self.in_time(settings.tap_expiry);
        let assumed = if tap.account().is_some() { None } else { self.assumed_owner() };
        let id = self.ids.next();
        let inbox = &mut self.state.inbox;
        inbox.recent.retain(|known| known.until > now);
        if inbox.recent.len() >= limit && !inbox.recent.is_empty() {
            inbox.recent.remove(0);
        }
        inbox.recent.push(recent);
        if inbox.held.len() >= limit && !inbox.held.is_empty() {
            let dropped = inbox.held.remove(0);
            dropped.give_up(&mut inbox.over);
            self.dropped();
        }
        let since = self.wall();
        let held = HeldTap { id, tap, assumed, stage: Stage::Held, expires, since, deliveries: 0 };
        self.state.inbox.held.push(held);
        self.counters.taps = self.counters.taps.saturating_add(1);
        self.touch();
        Verdict::Applied
    }

    fn duplicate_tap(&mut self) -> Verdict {
        self.counters.taps_duplicate = self.counters.taps_duplicate.saturating_add(1);
        Verdict::Ignored(IgnoredReason::DuplicateTap)
    }

    /// The account bound last, if no other one may still be pushed to here.
    fn assumed_owner(&self) -> Option<UserId> {
        let last = self.state.last_bound.as_ref()?;
        self.state.possibly_bound.iter().all(|other| other == last).then(|| last.clone())
    }

    pub(super) fn tap_handled(&mut self, id: TapId) -> Verdict {
        let inbox = &mut self.state.inbox;
        let Some(place) = inbox.held.iter().position(|held| held.id == id) else {
            return Verdict::Ignored(IgnoredReason::Stale);
        };
        let handled = inbox.held.remove(place);
        inbox.over.add(&handled.tap);
        self.touch();
        Verdict::Applied
    }

    pub(super) const fn host_ready(&mut self) -> Verdict {
        if self.state.inbox.ready {
            return Verdict::Ignored(IgnoredReason::Unchanged);
        }
        self.state.inbox.ready = true;
        Verdict::Applied
    }

    /// For whom a tap is, now that this account is logged in; `None` if it must wait.
    fn receiver(&self, held: &HeldTap, account: &UserId) -> Option<Receiver> {
        match held.owner() {
            None => Some(Receiver::Unknown),
            Some(owner) if owner == account || !self.rules.taps_fenced => {
                let account = account.clone();
                Some(if held.tap.account().is_some() {
                    Receiver::Stated(account)
                } else {
                    Receiver::Assumed(account)
                })
            }
            Some(owner) => match self.policy.settings().tap_fence {
                TapFence::NotYours => Some(Receiver::NotYours(owner.clone())),
                TapFence::Hold | TapFence::Drop => None,
            },
        }
    }

    /// Queues the delivery of every tap that may go to the account logged in.
    pub(super) fn drive_inbox(&mut self) {
        if !self.state.inbox.ready || self.state.inbox.held.is_empty() {
            return;
        }
        let Some(session) = self.state.logged_in() else { return };
        let account = session.account.clone();
        if self.policy.settings().tap_fence == TapFence::Drop && self.rules.taps_fenced {
            let inbox = &mut self.state.inbox;
            let before = inbox.held.len();
            inbox.held.retain(|held| {
                let stays =
                    held.stage == Stage::Delivered || held.owner().is_none_or(|owner| *owner == account);
                if !stays {
                    held.give_up(&mut inbox.over);
                }
                stays
            });
            if inbox.held.len() < before {
                self.notice(NoticeCode::TapFenced, None);
                self.touch();
            }
        }
        let waits = |held: &HeldTap| match held.stage {
            Stage::Held => true,
            Stage::Delivered => !self.rules.tap_delivered_once,
            Stage::Queued => false,
        };
        let ready: Vec<TapId> = self
            .state
            .inbox
            .held
            .iter()
            .filter(|held| waits(held) && self.receiver(held, &account).is_some())
            .map(|held| held.id)
            .collect();
        for id in ready {
            for held in self.state.inbox.held.iter_mut().filter(|held| held.id == id) {
                held.stage = Stage::Queued;
            }
            self.push(Pending::Deliver(id));
        }
    }

    /// The host takes a tap.
    pub(super) fn deliver(&mut self, id: TapId) -> Option<Effect> {
        let account = &self.state.logged_in()?.account;
        let held = self.state.inbox.held.iter().find(|held| held.id == id)?;
        let receiver = self.receiver(held, account)?;
        let tap = held.tap.clone();
        for held in self.state.inbox.held.iter_mut().filter(|held| held.id == id) {
            held.stage = Stage::Delivered;
            held.deliveries = held.deliveries.saturating_add(1);
        }
        self.counters.taps_delivered = self.counters.taps_delivered.saturating_add(1);
        self.touch();
        self.drive_store();
        Some(Effect::DeliverTap { id, tap, receiver })
    }

    /// What was not taken before the session ended waits for the next one.
    pub(super) fn requeue_taps(&mut self) {
        for held in &mut self.state.inbox.held {
            if held.stage == Stage::Queued {
                held.stage = Stage::Held;
            }
        }
    }

    pub(super) fn inbox_timeout(&mut self) {
        let now = self.now.monotonic();
        let is_over = |held: &HeldTap| held.expires <= now && held.expires < MonotonicTime::MAX;
        let inbox = &mut self.state.inbox;
        let before = inbox.held.len();
        inbox.held.retain(|held| {
            let expired = is_over(held);
            if expired {
                held.give_up(&mut inbox.over);
            }
            !expired
        });
        for _ in inbox.held.len()..before {
            self.expired(TapExpiry::HeldTooLong);
        }
    }

    /// What the wall clock shows, if there is one and it is set.
    pub(super) fn wall(&self) -> Option<UnixTime> {
        Some(self.now.wall()).filter(|wall| wall.is_set())
    }

    /// How much of its time is left to a tap that was first held at `since`, in an earlier process: all of it where no
    /// age is known, as after a clock was set back, or while it is not set.
    pub(super) fn tap_time_left(&self, since: Option<UnixTime>) -> Duration {
        let age = self.wall().zip(since).and_then(|(now, since)| now.since(since));
        self.policy.settings().tap_expiry.saturating_sub(age.unwrap_or_default())
    }

    /// A tap is given up.
    pub(super) fn expired(&mut self, reason: TapExpiry) {
        self.counters.taps_expired = self.counters.taps_expired.saturating_add(1);
        self.notice_of_tap(reason);
        self.touch();
    }

    /// A tap made room for a newer one.
    pub(super) fn dropped(&mut self) {
        self.counters.taps_dropped = self.counters.taps_dropped.saturating_add(1);
        self.notice(NoticeCode::TapDropped, None);
    }
}
