//! Receipts: arrivals and clicks of pushes, kept until the server has confirmed them, each under its own account.

use std::num::NonZeroU64;
use std::time::Duration;

use super::backoff;
use super::context::Context;
use super::counters::count;
use super::outbox::Queued;
use super::rules::{Rule, holds};
use super::{Lane, NoticeCode, Policy, PushEventsId, StateName};
use crate::account::UserId;
use crate::notification::{PushEvent, PushEventKind, PushId};
use crate::time::MonotonicTime;
use crate::vendor::{ImCode, ImEffect, Pace, explain_im};

/// Most apps never keep an event, so what is kept lies apart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Receipts(Option<Box<Book>>);

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct Book {
    /// Oldest first.
    kept: Vec<KeptEvent>,
    /// Digests of the last events that are over, oldest first: none of them is made again.
    over: Vec<NonZeroU64>,
    /// All that is durable of both, as one number.
    content: u64,
    phase: Phase,
    /// How many calls failed in a row, up to where it makes no difference.
    failures: u8,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct KeptEvent {
    event: PushEvent,
    /// Whose push it was, or under whom it was taken first. Never sent under another.
    account: Option<UserId>,
    digest: NonZeroU64,
    is_in_flight: bool,
    /// How often it was taken in this process and not confirmed, apart from failures that are only the network's.
    attempts: u8,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
enum Phase {
    #[default]
    Idle,
    /// The call waits to be taken: which events it carries is decided then.
    Queued {
        until: MonotonicTime,
    },
    Reporting {
        id: PushEventsId,
        until: MonotonicTime,
    },
    /// Another call comes at `until`; not before `not_before`, which the server asked for.
    Waiting {
        until: MonotonicTime,
        not_before: MonotonicTime,
    },
}

impl KeptEvent {
    fn is_for(&self, account: &UserId) -> bool {
        self.account.as_ref().is_none_or(|owner| owner == account) || !holds(Rule::PushEventsFenced)
    }

    /// What is durable of it, as one number.
    fn mark(&self) -> u64 {
        use std::hash::{DefaultHasher, Hash, Hasher};

        let mut owner = DefaultHasher::new();
        self.account.hash(&mut owner);
        backoff::random(self.digest.get(), owner.finish())
    }
}

/// Which event it is, as a number that outlives the process. No two of one installation are alike.
fn digest(cx: &Context, kind: PushEventKind, push_id: &PushId) -> NonZeroU64 {
    let hash = cx.hash_key().hash(push_id.as_str().as_bytes());
    NonZeroU64::MIN.saturating_add(match kind {
        PushEventKind::Clicked => hash,
        PushEventKind::Arrived => hash.rotate_left(32) ^ 1,
    })
}

const fn over_mark(digest: NonZeroU64) -> u64 {
    backoff::random(digest.get(), u64::MAX)
}

impl Receipts {
    /// How many events that are over are remembered.
    const OVER: usize = 64;

    /// Whether this event was not made before.
    pub(super) fn is_new(&self, cx: &Context, kind: PushEventKind, push_id: &PushId) -> bool {
        self.0.as_ref().is_none_or(|book| !book.knows(digest(cx, kind, push_id)))
    }

    /// Keeps a new event. Without a clock that is set it has no time, and is dropped.
    pub(super) fn keep(
        &mut self,
        cx: &mut Context,
        kind: PushEventKind,
        push_id: PushId,
        account: Option<UserId>,
    ) {
        let Some(time) = cx.wall() else {
            count(&mut cx.counters_mut().push_events_dropped);
            return;
        };
        self.0.get_or_insert_default().add(cx, PushEvent::new(kind, push_id, time), account);
    }

    /// Begins to send what is kept for the account that is logged in; `None` if nothing may be sent.
    pub(super) fn drive(&mut self, cx: &mut Context, account: Option<&UserId>) {
        let Some(book) = &mut self.0 else { return };
        let is_owed = account.is_some_and(|account| book.kept.iter().any(|kept| kept.is_for(account)));
        match book.phase {
            Phase::Idle if is_owed => {
                book.phase = Phase::Queued { until: cx.in_time(cx.settings().report) };
                cx.push(Queued::PushEvents);
            }
            Phase::Queued { .. } if !is_owed => book.phase = Phase::Idle,
            Phase::Idle | Phase::Queued { .. } | Phase::Reporting { .. } | Phase::Waiting { .. } => {}
        }
    }

    /// The host takes the call. What nobody knows the account of goes with this one from now on.
    pub(super) fn take(
        &mut self,
        cx: &mut Context,
        account: Option<&UserId>,
    ) -> Option<(PushEventsId, Vec<PushEvent>)> {
        let book = self.0.as_mut().filter(|book| matches!(book.phase, Phase::Queued { .. }))?;
        let (account, most) = (account?, cx.settings().push_event_batch);
        let mut events = Vec::new();
        for kept in book.kept.iter_mut().filter(|kept| kept.is_for(account)).take(most) {
            if kept.account.is_none() {
                book.content ^= kept.mark();
                kept.account = Some(account.clone());
                book.content ^= kept.mark();
            }
            kept.is_in_flight = true;
            kept.attempts = kept.attempts.saturating_add(1);
            events.push(kept.event.clone());
        }
        let id = cx.next_id();
        book.phase = Phase::Reporting { id, until: cx.in_time(cx.settings().report) };
        Some((id, events))
    }

    /// The server has the events. Whether this is the call under way.
    pub(super) fn done(&mut self, cx: &mut Context, id: PushEventsId) -> bool {
        let Some(book) = self.awaiting(id) else { return false };
        let done = book.end(|kept| kept.is_in_flight);
        book.phase = Phase::Idle;
        book.failures = 0;
        add(&mut cx.counters_mut().push_events_reported, done);
        true
    }

    /// An error answers the call; `None` if it is for another. Whether the code ends the session.
    pub(super) fn failed(
        &mut self,
        cx: &mut Context,
        id: PushEventsId,
        code: ImCode,
        retry_after: Option<Duration>,
    ) -> Option<bool> {
        let book = self.awaiting(id)?;
        cx.counters_mut().last_im_code = Some(code);
        let explanation = explain_im(code);
        match explanation.effect() {
            ImEffect::Success => {
                self.done(cx, id);
            }
            ImEffect::SessionOver => {
                cx.notice_of_im(NoticeCode::SessionOver, None, code);
                return Some(true);
            }
            ImEffect::TokenRefused | ImEffect::Permanent if holds(Rule::RefusedPushEventsEnd) => {
                let refused = book.end(|kept| kept.is_in_flight);
                book.phase = Phase::Idle;
                add(&mut cx.counters_mut().push_events_dropped, refused);
                cx.notice_of_im(NoticeCode::PushEventsRefused, None, code);
            }
            ImEffect::SessionNotReady | ImEffect::Retry(Pace::WhenConnected) => {
                // The server has not seen it.
                for kept in book.kept.iter_mut().filter(|kept| kept.is_in_flight) {
                    kept.attempts = kept.attempts.saturating_sub(1);
                }
                book.try_later(cx, explanation.pace(), retry_after);
            }
            ImEffect::TokenRefused
            | ImEffect::Permanent
            | ImEffect::CertificateUnknown
            | ImEffect::Retry(_) => {
                if book.give_up(cx) {
                    cx.notice_of_im(NoticeCode::PushEventsRefused, None, code);
                }
                book.try_later(cx, explanation.pace(), retry_after);
            }
        }
        Some(false)
    }

    fn awaiting(&mut self, answered: PushEventsId) -> Option<&mut Book> {
        let is_it = |phase| matches!(phase, Phase::Reporting { id, .. } if id == answered);
        self.0.as_deref_mut().filter(|book| is_it(book.phase))
    }

    pub(super) fn timeout(&mut self, cx: &mut Context) {
        let Some(book) = &mut self.0 else { return };
        match book.phase {
            Phase::Queued { until } if cx.is_due(until) && holds(Rule::UntakenWithdrawn) => {
                cx.withdrawn(Lane::PushEvents);
                book.wait(cx, Pace::Normal, Duration::ZERO);
            }
            Phase::Reporting { until, .. } if cx.is_due(until) => {
                if book.give_up(cx) {
                    cx.notice(NoticeCode::PushEventsRefused, None);
                }
                book.try_later(cx, Pace::Normal, None);
            }
            Phase::Waiting { until, .. } if cx.is_due(until) => book.phase = Phase::Idle,
            Phase::Idle | Phase::Queued { .. } | Phase::Reporting { .. } | Phase::Waiting { .. } => {}
        }
    }

    /// The network is back, or the app in the foreground: the next call comes soon.
    pub(super) fn shorten_backoff(&mut self, cx: &mut Context) -> bool {
        let Some(book) = &mut self.0 else { return false };
        let Phase::Waiting { until, not_before } = book.phase else { return false };
        let until = until.min(cx.after_backoff(Pace::Normal, 0).max(not_before));
        book.failures = 0;
        book.phase = Phase::Waiting { until, not_before };
        true
    }

    /// The user asks for another attempt at once. A wait that the server asked for is kept.
    pub(super) fn retry_now(&mut self, cx: &Context) -> bool {
        let Some(book) = &mut self.0 else { return false };
        let Phase::Waiting { not_before, .. } = book.phase else { return false };
        book.failures = 0;
        book.phase = if not_before > cx.now() {
            Phase::Waiting { until: not_before, not_before }
        } else {
            Phase::Idle
        };
        true
    }

    /// An account logs in. Whoever never comes back keeps no event for ever.
    pub(super) fn begin_session(&mut self, cx: &mut Context) {
        if let Some(book) = &mut self.0 {
            book.expire(cx);
        }
    }

    /// The session is over: what its call has not confirmed is sent again when its account logs in again.
    pub(super) fn end_session(&mut self, cx: &mut Context) {
        if let Some(book) = &mut self.0 {
            if book.give_up(cx) {
                cx.notice(NoticeCode::PushEventsRefused, None);
            }
            book.release();
            book.phase = Phase::Idle;
            book.failures = 0;
        }
    }

    /// The user took the consent back: nothing is kept. A call under way is waited for all the same.
    pub(super) fn forget(&mut self, cx: &mut Context) {
        if let Some(book) = &mut self.0 {
            let forgotten = book.end(|_| true);
            add(&mut cx.counters_mut().push_events_dropped, forgotten);
        }
    }

    /// Takes up what an earlier process left.
    pub(super) fn restore(
        &mut self,
        cx: &mut Context,
        kept: Vec<(PushEvent, Option<UserId>)>,
        over: impl Iterator<Item = u64>,
    ) {
        let mut book = Book::default();
        over.filter_map(NonZeroU64::new).for_each(|digest| book.remember(digest));
        for (event, account) in kept.into_iter().filter(|(event, _)| event.time().is_set()) {
            book.add(cx, event, account);
        }
        book.expire(cx);
        if cx.settings().push_events && book != Book::default() {
            self.0 = Some(Box::new(book));
        }
    }

    /// What outlives the process, oldest first.
    pub(super) fn stored(&self) -> impl Iterator<Item = (&PushEvent, Option<&UserId>)> {
        let kept = self.0.iter().flat_map(|book| &book.kept).filter(|_| holds(Rule::PushEventsPersisted));
        kept.map(|kept| (&kept.event, kept.account.as_ref()))
    }

    /// The digests of events that are over, as they are stored, oldest first.
    pub(super) fn over(&self) -> impl Iterator<Item = u64> {
        self.0.iter().flat_map(|book| &book.over).map(|digest| digest.get())
    }

    /// All that is durable, as one number.
    pub(super) fn content(&self) -> u64 {
        self.0.as_ref().map_or(0, |book| book.content)
    }

    pub(super) fn kept(&self) -> usize {
        self.0.as_ref().map_or(0, |book| book.kept.len())
    }

    pub(super) fn name(&self) -> StateName {
        match self.0.as_ref().map(|book| book.phase) {
            Some(Phase::Queued { .. } | Phase::Reporting { .. }) => StateName::Reporting,
            _ if self.kept() == 0 => StateName::Idle,
            Some(Phase::Waiting { .. }) => StateName::Waiting,
            Some(Phase::Idle) | None => StateName::Kept,
        }
    }

    pub(super) fn deadline(&self) -> Option<MonotonicTime> {
        match self.0.as_ref()?.phase {
            Phase::Queued { until } | Phase::Reporting { until, .. } | Phase::Waiting { until, .. } => {
                Some(until)
            }
            Phase::Idle => None,
        }
    }

    #[cfg(test)]
    pub(super) fn rename(&mut self, names: &mut dyn super::tests::rename::Renamer) {
        let Some(book) = &mut self.0 else { return };
        match &mut book.phase {
            Phase::Idle => {}
            Phase::Queued { until } => *until = names.time(*until),
            Phase::Reporting { id, until } => {
                *id = names.id(id.as_u64()).into();
                *until = names.time(*until);
            }
            Phase::Waiting { until, not_before } => {
                *until = names.time(*until);
                *not_before = names.time(*not_before);
            }
        }
    }
}

impl Book {
    fn knows(&self, digest: NonZeroU64) -> bool {
        self.kept.iter().any(|kept| kept.digest == digest) || self.over.contains(&digest)
    }

    /// Keeps an event, unless it was made before. The oldest makes room for it.
    fn add(&mut self, cx: &mut Context, event: PushEvent, account: Option<UserId>) {
        let digest = digest(cx, event.kind(), event.push_id());
        if self.knows(digest) {
            return;
        }
        if self.kept.len() >= cx.settings().push_event_limit && !self.kept.is_empty() {
            let dropped = self.kept.remove(0);
            self.content ^= dropped.mark();
            self.remember(dropped.digest);
            count(&mut cx.counters_mut().push_events_dropped);
            cx.notice(NoticeCode::PushEventDropped, None);
        }
        let kept = KeptEvent { event, account, digest, is_in_flight: false, attempts: 0 };
        self.content ^= kept.mark();
        self.kept.push(kept);
    }

    /// These are over. How many there were.
    fn end(&mut self, is_over: impl Fn(&KeptEvent) -> bool) -> usize {
        let before = self.kept.len();
        let (mut over, mut content) = (Vec::new(), self.content);
        self.kept.retain(|kept| {
            let ends = is_over(kept);
            if ends {
                content ^= kept.mark();
                over.push(kept.digest);
            }
            !ends
        });
        self.content = content;
        for digest in over {
            self.remember(digest);
        }
        before.saturating_sub(self.kept.len())
    }

    /// An event that is over is not made again.
    fn remember(&mut self, digest: NonZeroU64) {
        if self.over.contains(&digest) {
            return;
        }
        if self.over.len() >= Receipts::OVER {
            self.content ^= over_mark(self.over.remove(0));
        }
        self.content ^= over_mark(digest);
        self.over.push(digest);
    }

    /// Drops what is older than any statistics that could count it.
    fn expire(&mut self, cx: &mut Context) {
        let Some(now) = cx.wall() else { return };
        let is_old = |kept: &KeptEvent| {
            now.since(kept.event.time()).is_some_and(|age| age > Policy::MAX_PUSH_EVENT_AGE)
        };
        let expired = self.end(is_old);
        add(&mut cx.counters_mut().push_events_dropped, expired);
    }

    /// Drops what was sent too often. Whether there was any.
    fn give_up(&mut self, cx: &mut Context) -> bool {
        let most = cx.settings().push_event_attempts;
        let given_up = self.end(|kept| kept.is_in_flight && kept.attempts >= most);
        add(&mut cx.counters_mut().push_events_dropped, given_up);
        given_up > 0
    }

    /// Nothing is under way.
    fn release(&mut self) {
        for kept in &mut self.kept {
            kept.is_in_flight = false;
        }
    }

    fn try_later(&mut self, cx: &mut Context, pace: Pace, retry_after: Option<Duration>) {
        self.release();
        self.wait(cx, pace, backoff::asked_wait(retry_after));
    }

    fn wait(&mut self, cx: &mut Context, pace: Pace, asked: Duration) {
        let delay = cx.delay(pace, self.failures).max(asked);
        self.phase = Phase::Waiting { until: cx.in_time(delay), not_before: cx.in_time(asked) };
        self.failures = cx.count_failure(self.failures);
    }
}

fn add(counter: &mut u32, more: usize) {
    *counter = counter.saturating_add(u32::try_from(more).unwrap_or(u32::MAX));
}
