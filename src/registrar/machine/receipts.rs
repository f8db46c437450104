//! Receipts: arrivals and clicks of pushes, kept until the server has confirmed them, each under its own account.

mod book;

use std::num::NonZeroU64;
use std::time::Duration;

use self::book::{add, digest};
use super::context::Context;
use super::counters::count;
use super::rules::{Rule, holds};
use super::{Lane, Lost, NoticeCode, PushEventsId, StateName};
use crate::account::UserId;
use crate::notification::{PushEvent, PushEventKind, PushId};
use crate::time::MonotonicTime;
use crate::vendor::{ImCode, ImEffect, Pace, explain_im};

/// Boxed, so that apps that keep no events pay for a pointer only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Receipts(Option<Box<Book>>);

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct Book {
    /// Oldest first.
    kept: Vec<KeptEvent>,
    /// Digests of the last events that are finished, oldest first: none of them is made again.
    finished: Vec<NonZeroU64>,
    /// A checksum of what must be stored of both.
    content: u64,
    phase: Phase,
    /// How many calls failed in a row, up to where it makes no difference.
    failures: u8,
    /// How many answers in a row were lost, up to [`LOST_OFTEN`].
    lost: u8,
    /// An event was given an account, and it is not certain that this is stored.
    has_unstored_owner: bool,
    /// The code of the last notice of refused events in this session.
    noticed: Option<ImCode>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct KeptEvent {
    event: PushEvent,
    /// Whose push it was, or who logged in first after it. Never sent under another.
    account: Option<UserId>,
    digest: NonZeroU64,
    is_in_flight: bool,
    /// It was refused together with others, so it is sent by itself.
    is_alone: bool,
    /// It came before it was known whether the user is asked for a consent: neither stored nor sent until then.
    is_tentative: bool,
    /// How often it was taken in this process and not confirmed, apart from failures that are only the network's.
    attempts: u8,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
enum Phase {
    #[default]
    Idle,
    /// The call waits until the accounts that its events were given are stored.
    Storing,
    /// The call waits to be taken: which events it carries is decided then.
    Queued { until: MonotonicTime },
    Reporting {
        id: PushEventsId,
        until: MonotonicTime,
        /// It carries several events.
        is_joint: bool,
    },
    /// Another call comes at `until`; not before `not_before`, which the server asked for.
    Waiting { until: MonotonicTime, not_before: MonotonicTime },
}

impl Receipts {
    /// Whether this event was not made before.
    pub(super) fn is_new(&self, cx: &Context, kind: PushEventKind, push_id: &PushId) -> bool {
        self.0.as_ref().is_none_or(|book| !book.knows(digest(cx, kind, push_id)))
    }

    /// Keeps a new event, for certain or until [`Receipts::consent_known`]. Without a clock that is set it has no time,
    /// and is dropped. Whether it is kept.
    pub(super) fn keep(
        &mut self,
        cx: &mut Context,
        kind: PushEventKind,
        push_id: PushId,
        account: Option<UserId>,
        is_tentative: bool,
    ) -> bool {
        let Some(time) = cx.wall() else {
            count(&mut cx.counters_mut().push_events_dropped);
            return false;
        };
        let event = PushEvent::new(kind, push_id, time);
        self.0.get_or_insert_default().add(cx, event, account, is_tentative);
        true
    }

    /// It is now known whether the user is asked for consent, or what the answer was. Keeps the events that came before,
    /// or drops them.
    pub(super) fn consent_known(&mut self, cx: &mut Context, is_given: bool) {
        let Some(book) = &mut self.0 else { return };
        let before = book.kept.len();
        book.kept.retain(|kept| is_given || !kept.is_tentative);
        add(&mut cx.counters_mut().push_events_dropped, before.saturating_sub(book.kept.len()));
        for kept in book.kept.iter_mut().filter(|kept| kept.is_tentative) {
            kept.is_tentative = false;
            book.content ^= kept.mark();
        }
    }

    /// Begins to send what is kept for the account that is logged in; `None` if nothing may be sent. An event without
    /// an account is assigned to this one, and is sent only when that is stored, so that no later process sends it under
    /// another.
    pub(super) fn drive(&mut self, cx: &mut Context, account: Option<&UserId>) {
        let Some(book) = &mut self.0 else { return };
        if let Some(account) = account {
            book.assign(account);
        }
        let is_owed = account.is_some_and(|account| book.kept.iter().any(|kept| kept.is_for(account)));
        match book.phase {
            Phase::Idle if is_owed && book.has_unstored_owner => book.phase = Phase::Storing,
            Phase::Idle if is_owed => book.queue(cx),
            Phase::Storing | Phase::Queued { .. } if !is_owed => book.phase = Phase::Idle,
            Phase::Idle
            | Phase::Storing
            | Phase::Queued { .. }
            | Phase::Reporting { .. }
            | Phase::Waiting { .. } => {}
        }
    }

    /// Whether a call waits for the store.
    pub(super) fn is_storing(&self) -> bool {
        self.0.as_ref().is_some_and(|book| book.phase == Phase::Storing)
    }

    /// All that is durable is stored.
    pub(super) fn stored_all(&mut self, cx: &mut Context) {
        if let Some(book) = &mut self.0 {
            book.has_unstored_owner = false;
            book.end_storing(cx);
        }
    }

    /// A store that fails never holds up a call.
    pub(super) fn store_failed(&mut self, cx: &mut Context) {
        if let Some(book) = &mut self.0 {
            book.end_storing(cx);
        }
    }

    /// The host takes the call.
    pub(super) fn take(
        &mut self,
        cx: &mut Context,
        account: Option<&UserId>,
    ) -> Option<(PushEventsId, Vec<PushEvent>)> {
        let book = self.0.as_mut().filter(|book| matches!(book.phase, Phase::Queued { .. }))?;
        let account = account?;
        let is_alone = book.kept.iter().find(|kept| kept.is_for(account))?.is_alone;
        let most = if is_alone { 1 } else { cx.settings().push_event_batch };
        let mut events = Vec::new();
        let goes = |kept: &&mut KeptEvent| kept.is_for(account) && kept.is_alone == is_alone;
        for kept in book.kept.iter_mut().filter(goes).take(most) {
            kept.is_in_flight = true;
            kept.attempts = kept.attempts.saturating_add(1);
            events.push(kept.event.clone());
        }
        let id = cx.next_id();
        let is_joint = events.len() > 1;
        book.phase = Phase::Reporting { id, until: cx.in_time(cx.settings().report), is_joint };
        Some((id, events))
    }

    /// The server has the events. Returns whether this is the call under way.
    pub(super) fn done(&mut self, cx: &mut Context, id: PushEventsId) -> bool {
        let Some(book) = self.awaiting(id) else { return false };
        let done = book.end(|kept| kept.is_in_flight);
        book.phase = Phase::Idle;
        (book.failures, book.lost) = (0, 0);
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
        book.lost = 0;
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
                book.refused(cx, code, retry_after);
            }
            ImEffect::SessionNotReady | ImEffect::Retry(Pace::WhenConnected) => {
                // The login or the network failed, and says nothing of the events.
                book.uncount_attempt();
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

    /// The outcome of the call will never be known. Returns whether this is the call under way.
    pub(super) fn lost(&mut self, cx: &mut Context, id: PushEventsId, how: Lost) -> bool {
        let Some(book) = self.awaiting(id) else { return false };
        book.answer_lost(cx, how);
        true
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
                book.answer_lost(cx, Lost::Deadline);
            }
            Phase::Waiting { until, .. } if cx.is_due(until) => book.phase = Phase::Idle,
            Phase::Idle
            | Phase::Storing
            | Phase::Queued { .. }
            | Phase::Reporting { .. }
            | Phase::Waiting { .. } => {}
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

    /// An account logs in. Events of accounts that never log in again are dropped here in the end.
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
            (book.failures, book.noticed) = (0, None);
        }
    }

    /// The user took the consent back: nothing is kept. A call under way is waited for all the same.
    pub(super) fn forget(&mut self, cx: &mut Context) {
        if let Some(book) = &mut self.0 {
            let forgotten = book.end(|_| true);
            add(&mut cx.counters_mut().push_events_dropped, forgotten);
        }
    }

    /// Restores what an earlier process stored.
    pub(super) fn restore(
        &mut self,
        cx: &mut Context,
        kept: Vec<(PushEvent, Option<UserId>)>,
        finished: impl Iterator<Item = u64>,
    ) {
        let mut book = Book::default();
        finished.filter_map(NonZeroU64::new).for_each(|digest| book.remember(digest));
        for (event, account) in kept.into_iter().filter(|(event, _)| event.time().is_set()) {
            book.add(cx, event, account, false);
        }
        book.expire(cx);
        if cx.settings().push_events && book != Book::default() {
            self.0 = Some(Box::new(book));
        }
    }

    /// What outlives the process, oldest first.
    pub(super) fn stored(&self) -> impl Iterator<Item = (&PushEvent, Option<&UserId>)> {
        let kept = self.0.iter().flat_map(|book| &book.kept);
        let kept = kept.filter(|kept| !kept.is_tentative && holds(Rule::PushEventsPersisted));
        kept.map(|kept| (&kept.event, kept.account.as_ref()))
    }

    /// The digests of events that are finished, as they are stored, oldest first.
    pub(super) fn finished(&self) -> impl Iterator<Item = u64> {
        self.0.iter().flat_map(|book| &book.finished).map(|digest| digest.get())
    }

    /// A checksum of what must be stored.
    pub(super) fn content(&self) -> u64 {
        self.0.as_ref().map_or(0, |book| book.content)
    }

    pub(super) fn kept(&self) -> usize {
        self.0.as_ref().map_or(0, |book| book.kept.len())
    }

    pub(super) fn name(&self) -> StateName {
        match self.0.as_ref().map(|book| book.phase) {
            Some(Phase::Storing | Phase::Queued { .. } | Phase::Reporting { .. }) => StateName::Reporting,
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
            // The store has a deadline of its own.
            Phase::Idle | Phase::Storing => None,
        }
    }

    #[cfg(test)]
    pub(super) fn rename(&mut self, names: &mut dyn super::tests::rename::Renamer) {
        let Some(book) = &mut self.0 else { return };
        match &mut book.phase {
            Phase::Idle | Phase::Storing => {}
            Phase::Queued { until } => *until = names.time(*until),
            Phase::Reporting { id, until, .. } => {
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
