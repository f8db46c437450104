//! Receipts: arrivals and clicks of pushes, kept until the server has confirmed them, each under its own
//! account.

mod book;

use std::num::NonZeroU64;

use self::book::digest;
use super::hash_key::LastDigests;
use super::{
    Answer, Call, Context, Effect, IgnoredReason, Lane, Lost, NoticeCode, PushEventsId, Rule, STALE,
    StateName, Verdict, Wait, add, count, holds,
};
use crate::account::UserId;
use crate::notification::{PushEvent, PushEventKind, PushId};
use crate::time::MonotonicTime;
use crate::vendor::{ImCode, Pace};

/// Boxed, so that apps that keep no events pay for a pointer only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Receipts(Option<Box<Book>>);

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct Book {
    /// Oldest first.
    kept: Vec<KeptEvent>,
    /// The last events that are finished: none of them is made again.
    finished: LastDigests<64>,
    /// Which events it carries is decided when it is taken.
    call: Call<Attempt>,
    /// How many calls failed in a row, up to where it makes no difference.
    failures: u8,
    /// How many answers in a row were lost, up to [`LOST_OFTEN`](super::troubles::LOST_OFTEN).
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
    /// It came before it was known whether the user is asked for a consent: neither stored nor sent until
    /// then.
    is_tentative: bool,
    /// How often it was taken in this process and not confirmed, apart from failures that are only the
    /// network's.
    attempts: u8,
}

/// A call under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Attempt {
    id: PushEventsId,
    /// It carries several events.
    is_joint: bool,
}

impl Receipts {
    /// Whether this event was not made before.
    pub(super) fn is_new(&self, cx: &Context, kind: PushEventKind, push_id: &PushId) -> bool {
        self.0.as_ref().is_none_or(|book| !book.knows(digest(cx, kind, push_id)))
    }

    /// Keeps a new event, for certain or, while it is not known whether the user consents, until
    /// [`Receipts::consent_known`]: a launch may bring its tap before the app's configuration. Without a
    /// clock that is set it has no time, and is dropped.
    pub(super) fn keep(
        &mut self,
        cx: &mut Context,
        kind: PushEventKind,
        push_id: PushId,
        account: impl FnOnce() -> Option<UserId>,
        consent: Option<bool>,
    ) -> Verdict {
        const NOT_COUNTED: Verdict = Verdict::Ignored(IgnoredReason::NotCounted);

        if !self.is_new(cx, kind, &push_id) {
            return Verdict::Ignored(IgnoredReason::Unchanged);
        }
        if !cx.settings().push_events {
            count(&mut cx.counters_mut().push_events_unreported);
            return NOT_COUNTED;
        }
        if consent == Some(false) {
            return NOT_COUNTED;
        }
        let Some(time) = cx.wall() else {
            count(&mut cx.counters_mut().push_events_dropped);
            return NOT_COUNTED;
        };
        let event = PushEvent::new(kind, push_id, time);
        self.0.get_or_insert_default().add(cx, event, account(), consent.is_none());
        Verdict::Applied
    }

    /// It is now known whether the user is asked for consent, or what the answer was. Keeps the events that
    /// came before, or drops them.
    pub(super) fn consent_known(&mut self, cx: &mut Context, is_given: bool) {
        let Some(book) = &mut self.0 else { return };
        let before = book.kept.len();
        book.kept.retain(|kept| is_given || !kept.is_tentative);
        add(&mut cx.counters_mut().push_events_dropped, before.saturating_sub(book.kept.len()));
        for kept in book.kept.iter_mut().filter(|kept| kept.is_tentative) {
            kept.is_tentative = false;
        }
    }

    /// Begins to send what is kept for the account that is logged in; `None` if nothing may be sent. An event
    /// without an account is assigned to this one, and is sent only when that is stored, so that no later
    /// process sends it under another.
    pub(super) fn drive(&mut self, cx: &mut Context, account: Option<&UserId>) {
        let Some(book) = &mut self.0 else { return };
        if let Some(account) = account {
            for kept in book.kept.iter_mut().filter(|kept| kept.account.is_none()) {
                kept.account = Some(account.clone());
                book.has_unstored_owner = holds(Rule::PushEventOwnerStored);
            }
        }
        let is_owed = account.is_some_and(|account| book.kept.iter().any(|kept| kept.is_for(account)));
        if !is_owed && (book.call == Call::Pending || book.call.is_queued()) {
            book.call = Call::Idle;
        } else if is_owed && book.call == Call::Idle {
            if book.has_unstored_owner {
                book.call = Call::Pending;
            } else {
                book.queue(cx);
            }
        }
    }

    /// Whether a call waits for the store.
    pub(super) fn is_storing(&self) -> bool {
        self.0.as_ref().is_some_and(|book| book.call == Call::Pending)
    }

    /// All that is durable is stored.
    pub(super) fn all_stored(&mut self, cx: &mut Context) {
        if let Some(book) = &mut self.0 {
            book.has_unstored_owner = false;
            self.store_failed(cx);
        }
    }

    /// No write is waited for. A store that has failed never holds up a call.
    pub(super) fn store_failed(&mut self, cx: &mut Context) {
        if let Some(book) = self.0.as_mut().filter(|book| book.call == Call::Pending) {
            book.queue(cx);
        }
    }

    /// The host takes the call.
    pub(super) fn take(&mut self, cx: &mut Context, account: Option<&UserId>) -> Option<Effect> {
        let book = self.0.as_mut().filter(|book| book.call.is_queued())?;
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
        book.call.begin(cx, Attempt { id, is_joint: events.len() > 1 }, cx.settings().report);
        Some(Effect::ReportPushEvents { id, events })
    }

    /// The call is answered, or its answer lost.
    pub(super) fn answered(&mut self, cx: &mut Context, id: PushEventsId, answer: Answer) -> Verdict {
        let is_its = |book: &&mut Box<Book>| book.call.attempt().is_some_and(|attempt| attempt.id == id);
        let Some(book) = self.0.as_mut().filter(is_its) else { return STALE };
        match answer {
            Answer::Done => book.done(cx),
            Answer::Lost(how) => book.answer_lost(cx, how),
            Answer::Failed { code, retry_after } => book.failed(cx, code, retry_after),
        }
        Verdict::Applied
    }

    pub(super) fn timeout(&mut self, cx: &mut Context) {
        let Some(book) = &mut self.0 else { return };
        match book.call.timeout(cx, Lane::PushEvents) {
            Some(Wait::Withdrawn) => book.try_later(cx, Pace::Normal, None),
            Some(_) => book.answer_lost(cx, Lost::Deadline),
            None => {}
        }
    }

    /// The user asks for another attempt at once. A wait that the server asked for is kept.
    pub(super) fn retry_now(&mut self, cx: &Context) -> bool {
        self.0.as_mut().is_some_and(|book| book.waits_less(|call| call.reset(cx)))
    }

    /// The network is back, or the app in the foreground: the next attempt comes soon.
    pub(super) fn shorten_backoff(&mut self, cx: &mut Context) -> bool {
        self.0.as_mut().is_some_and(|book| book.waits_less(|call| call.shorten(cx)))
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
            book.call = Call::Idle;
            (book.failures, book.noticed) = (0, None);
        }
    }

    /// The user took the consent back: nothing is kept. A call under way is waited for all the same.
    pub(super) fn forget(&mut self, cx: &mut Context) {
        if let Some(book) = &mut self.0 {
            let forgotten = book.end(&|_| true);
            add(&mut cx.counters_mut().push_events_dropped, forgotten);
        }
    }

    /// Restores what an earlier process stored.
    pub(super) fn restore(
        &mut self,
        cx: &mut Context,
        kept: impl Iterator<Item = (PushEvent, Option<UserId>)>,
        finished: impl Iterator<Item = u64>,
    ) {
        let mut book = Book { finished: finished.collect(), ..Book::default() };
        for (event, account) in kept.filter(|(event, _)| event.time().is_set()) {
            book.add(cx, event, account, false);
        }
        book.expire(cx);
        if cx.settings().push_events && book != Book::default() {
            self.0 = Some(Box::new(book));
        }
    }

    /// What outlives the process, oldest first, each with the digest that tells it apart.
    pub(super) fn stored(&self) -> impl Iterator<Item = (NonZeroU64, &PushEvent, Option<&UserId>)> {
        let kept = self.0.iter().flat_map(|book| &book.kept);
        let kept = kept.filter(|kept| !kept.is_tentative);
        kept.map(|kept| (kept.digest, &kept.event, kept.account.as_ref()))
    }

    /// The digests of events that are finished, as they are stored, oldest first.
    pub(super) fn finished(&self) -> impl Iterator<Item = u64> {
        self.0.iter().flat_map(|book| book.finished.iter())
    }

    pub(super) fn kept(&self) -> usize {
        self.0.as_ref().map_or(0, |book| book.kept.len())
    }

    pub(super) fn name(&self) -> StateName {
        let Some(book) = &self.0 else { return StateName::Idle };
        match book.call {
            Call::Pending | Call::Queued { .. } | Call::InFlight { .. } => StateName::Reporting,
            Call::Idle | Call::Waiting { .. } | Call::Stopped { .. } if book.kept.is_empty() => {
                StateName::Idle
            }
            Call::Waiting { .. } => StateName::Waiting,
            Call::Idle | Call::Stopped { .. } => StateName::Kept,
        }
    }

    pub(super) fn deadline(&self) -> Option<MonotonicTime> {
        self.0.as_ref()?.call.deadline()
    }
}
