//! Taps: held until they can be delivered, delivered once, never to the wrong account.

use super::hash_key::LastDigests;
use super::verdict::set;
use super::{
    Cause, Context, Effect, EventError, IgnoredReason, Notice, NoticeCode, Policy, Queued, Receiver, Rule,
    STALE, TapExpiry, TapFence, TapId, Verdict, count, holds,
};
use crate::account::UserId;
use crate::notification::{DedupeKey, Tap};
use crate::time::{MonotonicTime, UnixTime};

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Inbox {
    /// The host can take taps.
    is_ready: bool,
    /// Oldest first.
    held: Vec<HeldTap>,
    /// What came a moment ago, oldest first, and until when the same again does not count.
    recent: Vec<(DedupeKey, MonotonicTime)>,
    handled: HandledMessages,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct HeldTap {
    id: TapId,
    tap: Tap,
    /// Whose it is assumed to be, if nobody says.
    assumed: Option<UserId>,
    /// In how many processes it was delivered.
    deliveries: u8,
    /// When it was first held, in whichever process; unknown without a wall clock that is set. Its time then
    /// begins anew with each process.
    since: Option<UnixTime>,
    /// In this process.
    is_delivered: bool,
    /// In this process, too.
    expires: MonotonicTime,
}

/// What can change of a tap while it is held: in how many processes it was delivered, and since when it is.
pub(super) type Mark = (TapId, u8, Option<UnixTime>);

/// The last messages that were handled or given up: the same message does not count again, in this process or
/// a later one. Nothing of their content is kept.
///
/// A message that its vendor gave no id is not in it: two of them may well look alike.
pub(super) type HandledMessages = LastDigests<8>;

impl HeldTap {
    /// A tap that has not been delivered in this process. When it expires is for the inbox to say.
    pub(super) const fn new(mark: Mark, tap: Tap, assumed: Option<UserId>) -> Self {
        let (id, deliveries, since) = mark;
        Self { id, tap, assumed, deliveries, since, is_delivered: false, expires: MonotonicTime::MAX }
    }

    pub(super) const fn tap(&self) -> &Tap {
        &self.tap
    }

    pub(super) const fn assumed(&self) -> Option<&UserId> {
        self.assumed.as_ref()
    }

    pub(super) const fn mark(&self) -> Mark {
        (self.id, self.deliveries, self.since)
    }

    /// Whose it is, as stated or assumed.
    fn owner(&self) -> Option<&UserId> {
        self.tap.account().or(self.assumed.as_ref())
    }

    /// It is given up. What nobody has seen yet may still be delivered again.
    fn give_up(&self, handled: &mut HandledMessages) {
        if self.deliveries > 0 {
            self.end(handled);
        }
    }

    fn end(&self, handled: &mut HandledMessages) {
        if let Some(message) = self.tap.dedupe_key().message() {
            handled.remember(message);
        }
    }

    /// For whom it is, now that this account is logged in; `None` if it must wait.
    fn receiver(&self, fence: TapFence, account: &UserId) -> Option<Receiver> {
        match self.owner() {
            None => Some(Receiver::Unknown),
            Some(owner) if owner != account && holds(Rule::TapsFenced) => {
                (fence == TapFence::NotYours).then(|| Receiver::NotYours(owner.clone()))
            }
            Some(_) if self.tap.account().is_some() => Some(Receiver::Stated(account.clone())),
            Some(_) => Some(Receiver::Assumed(account.clone())),
        }
    }

    /// Whether its delivery is due, once it has a receiver.
    fn is_due(&self) -> bool {
        !self.is_delivered || !holds(Rule::TapDeliveredOnce)
    }
}

impl Inbox {
    /// `assumed` is whose the tap is if it states no account.
    pub(super) fn tapped(
        &mut self,
        cx: &mut Context,
        tap: Tap,
        assumed: impl FnOnce() -> Option<UserId>,
    ) -> Verdict {
        let bytes = tap.weight();
        if bytes > Policy::MAX_TAP_BYTES {
            return Verdict::Refused(EventError::TapTooLong { bytes });
        }
        if !tap.is_push() {
            return Verdict::Ignored(IgnoredReason::NotAPush);
        }
        if self.is_duplicate(cx, &tap) {
            count(&mut cx.counters_mut().taps_duplicate);
            return Verdict::Ignored(IgnoredReason::DuplicateTap);
        }
        let now = cx.now();
        let limit = cx.settings().tap_limit;
        self.recent.retain(|(_, until)| *until > now);
        if self.recent.len() >= limit && !self.recent.is_empty() {
            self.recent.remove(0);
        }
        self.recent.push((tap.dedupe_key(), cx.in_time(cx.settings().tap_window)));
        if self.held.len() >= limit && !self.held.is_empty() {
            self.held.remove(0).give_up(&mut self.handled);
            Self::dropped(cx);
        }
        let assumed = if tap.account().is_some() { None } else { assumed() };
        // A tap that an earlier process left may have an id of a machine that numbers alike.
        let mut id: TapId = cx.next_id();
        while self.held.iter().any(|held| held.id == id) {
            id = cx.next_id();
        }
        let expires = cx.in_time(cx.settings().tap_expiry);
        self.held.push(HeldTap { expires, ..HeldTap::new((id, 0, cx.wall()), tap, assumed) });
        count(&mut cx.counters_mut().taps);
        Verdict::Applied
    }

    /// Whether the same tap came a moment ago, is held, or is over.
    fn is_duplicate(&self, cx: &Context, tap: &Tap) -> bool {
        let (settings, now) = (cx.settings(), cx.now());
        // It came a moment ago if most of its time is left.
        let old = settings.tap_expiry.saturating_sub(settings.tap_window);
        let is_fresh = |held: &HeldTap| held.expires.saturating_since(now) > old;
        if self.held.iter().any(|held| is_fresh(held) && held.tap == *tap) {
            return true;
        }
        let key = tap.dedupe_key();
        let is_same_message = |held: &HeldTap| {
            tap.message_id().is_some()
                && held.tap.message_id() == tap.message_id()
                && held.tap.dedupe_key().matches(&key)
        };
        self.recent.iter().any(|(known, until)| *until > now && known.matches(&key))
            || key.message().is_some_and(|message| self.handled.contains(message))
            || self.held.iter().any(is_same_message)
    }

    pub(super) fn tap_handled(&mut self, id: TapId) -> Verdict {
        let Some(place) = self.held.iter().position(|held| held.id == id) else {
            return STALE;
        };
        self.held.remove(place).end(&mut self.handled);
        Verdict::Applied
    }

    pub(super) fn host_ready(&mut self) -> Verdict {
        set(&mut self.is_ready, true)
    }

    /// Queues the delivery of every tap that may go to the account logged in.
    pub(super) fn drive(&mut self, cx: &mut Context, account: Option<&UserId>) {
        let Some(account) = account.filter(|_| self.is_ready && !self.held.is_empty()) else { return };
        let fence = cx.settings().tap_fence;
        if fence == TapFence::Drop && holds(Rule::TapsFenced) {
            let is_other = |held: &HeldTap| held.owner().is_some_and(|owner| owner != account);
            if self.give_up(|held| !held.is_delivered && is_other(held)) > 0 {
                cx.notice(NoticeCode::TapFenced, None);
            }
        }
        for held in &self.held {
            if held.is_due() && held.receiver(fence, account).is_some() {
                cx.push(Queued::DeliverTap(held.id));
            }
        }
    }

    /// Gives up some of the taps. Returns how many.
    fn give_up(&mut self, is_over: impl Fn(&HeldTap) -> bool) -> usize {
        let Self { held, handled, .. } = self;
        let before = held.len();
        held.retain(|held| {
            let is_over = is_over(held);
            if is_over {
                held.give_up(handled);
            }
            !is_over
        });
        before.saturating_sub(held.len())
    }

    /// The host takes a tap.
    pub(super) fn take(&mut self, cx: &mut Context, id: TapId, account: Option<&UserId>) -> Option<Effect> {
        let held = self.held.iter_mut().find(|held| held.id == id && held.is_due())?;
        let receiver = held.receiver(cx.settings().tap_fence, account?)?;
        held.is_delivered = true;
        held.deliveries = held.deliveries.saturating_add(1);
        count(&mut cx.counters_mut().taps_delivered);
        Some(Effect::DeliverTap { id, tap: held.tap.clone(), receiver })
    }

    pub(super) fn timeout(&mut self, cx: &mut Context) {
        for _ in 0..self.give_up(|held| cx.is_due(held.expires)) {
            Self::expired(cx, TapExpiry::HeldTooLong);
        }
    }

    fn expired(cx: &mut Context, reason: TapExpiry) {
        count(&mut cx.counters_mut().taps_expired);
        cx.push(Queued::Notice(Notice::because(NoticeCode::TapExpired, Cause::Tap(reason))));
    }

    /// A tap made room for a newer one.
    fn dropped(cx: &mut Context) {
        count(&mut cx.counters_mut().taps_dropped);
        cx.notice(NoticeCode::TapDropped, None);
    }

    /// Takes up the taps that an earlier process left.
    pub(super) fn restore(&mut self, cx: &mut Context, taps: Vec<HeldTap>, handled: HandledMessages) {
        self.handled = handled;
        let settings = cx.settings().clone();
        let until = cx.in_time(settings.tap_window);
        for mut held in taps {
            let known = held.since.filter(|since| since.is_set());
            // All of its time is left where no age is known, as after a clock was set back, or while it is
            // not set.
            let age = cx.wall().zip(known).and_then(|(now, since)| now.since(since));
            let left = settings.tap_expiry.saturating_sub(age.unwrap_or_default());
            // A clock that was set back since then counts from now on.
            held.since = [known, cx.wall()].into_iter().flatten().min();
            let over = left.is_zero().then_some(TapExpiry::HeldTooLong);
            let is_often = held.deliveries >= settings.tap_deliveries;
            if let Some(reason) = if is_often { Some(TapExpiry::DeliveredTooOften) } else { over } {
                held.give_up(&mut self.handled);
                Self::expired(cx, reason);
            } else {
                self.recent.push((held.tap.dedupe_key(), until));
                self.held.push(HeldTap { expires: cx.in_time(left), ..held });
            }
        }
        let surplus = self.held.len().saturating_sub(settings.tap_limit);
        self.recent.drain(..surplus);
        for dropped in self.held.drain(..surplus) {
            dropped.give_up(&mut self.handled);
            Self::dropped(cx);
        }
    }

    /// What outlives the process, oldest first.
    pub(super) fn held(&self) -> &[HeldTap] {
        &self.held
    }

    pub(super) const fn handled(&self) -> &HandledMessages {
        &self.handled
    }

    /// Leaves out what no time to come can change.
    #[cfg(test)]
    pub(super) fn make_canonical(&mut self, now: MonotonicTime) {
        self.recent.retain(|(_, until)| *until > now);
    }

    pub(super) fn deadline(&self) -> Option<MonotonicTime> {
        self.held.iter().map(|held| held.expires).min()
    }
}
