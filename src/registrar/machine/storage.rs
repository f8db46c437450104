//! The snapshot's writes: one whenever what is durable differs from what was stored last, one at a time.

use std::io::ErrorKind;
use std::num::NonZeroU64;

use super::wanted::Wanted;
use super::{
    Call, Cause, Context, Lane, Lost, Notice, NoticeCode, PerKind, Queued, Rule, STALE, SessionId, StateName,
    StoreVersion, Verdict, Wait, count, holds,
};
use crate::time::MonotonicTime;
use crate::vendor::{Pace, TokenKind};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Storage {
    write: Call<Write>,
    /// What is certainly stored; none after a write whose outcome is not known.
    stored: Option<Durable>,
    /// The intents that whatever is stored holds for certain.
    intents: Intents,
    /// How many writes failed in a row, up to where it makes no difference.
    failures: u8,
}

/// What a snapshot holds, as a number that tells contents apart. It never leaves the process.
pub(super) type Durable = NonZeroU64;

/// What the reports that were begun may carry, by kind, in the session that began them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Intents {
    session: SessionId,
    intents: PerKind<Option<Wanted>>,
}

/// A write that the host has taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Write {
    version: StoreVersion,
    content: Durable,
    intents: Intents,
}

impl Intents {
    pub(super) const fn new(session: SessionId, intents: PerKind<Option<Wanted>>) -> Self {
        Self { session, intents }
    }

    /// That of a kind, if these are of this session.
    pub(super) fn of(self, session: SessionId, kind: TokenKind) -> Option<Wanted> {
        self.intents.of(kind).filter(|_| session == self.session)
    }

    /// Those that both hold.
    fn common(self, other: Self) -> Self {
        let both = |kind| {
            self.of(other.session, kind).filter(|intent| other.of(self.session, kind) == Some(*intent))
        };
        Self::new(other.session, PerKind::new(both(TokenKind::Standard), both(TokenKind::Voip)))
    }
}

impl Default for Intents {
    fn default() -> Self {
        Self::new(SessionId::none(), PerKind::default())
    }
}

impl Storage {
    /// Storage in which this is stored, or of which nothing is known.
    pub(super) fn new(stored: Option<Durable>) -> Self {
        Self { stored, ..Self::default() }
    }

    /// Begins a write if there is something to write and none is under way. A report that waits for its
    /// intent does not wait for a failed store to recover.
    pub(super) fn drive(&mut self, cx: &mut Context, content: Durable, is_awaited: bool) {
        if matches!(self.write, Call::Queued { .. }) && self.stored == Some(content) {
            // It is stored after all. A later write has all its time to be taken.
            self.write = Call::Idle;
        }
        let begins = self.is_clean() && self.stored != Some(content);
        if (begins || is_awaited && self.write.is_waiting()) && cx.settings().snapshots {
            self.queue(cx);
        }
    }

    fn queue(&mut self, cx: &mut Context) {
        self.write.queue(cx, cx.settings().store);
        cx.push(Queued::Store);
    }

    /// The host takes the write, if one is wanted still: it holds all that is there by now.
    pub(super) fn take(
        &mut self,
        cx: &mut Context,
        content: Durable,
        intents: Intents,
    ) -> Option<StoreVersion> {
        let Call::Queued { until } = self.write else { return None };
        let version = cx.next_id();
        let until = if holds(Rule::WriteTimedFromTaking) { cx.in_time(cx.settings().store) } else { until };
        self.write = Call::InFlight { attempt: Write { version, content, intents }, until };
        self.stored = None;
        // Until it is answered, either content may be found.
        self.intents = self.intents.common(intents);
        count(&mut cx.counters_mut().stores);
        Some(version)
    }

    /// A write is done.
    pub(super) fn stored(&mut self, cx: &mut Context, version: StoreVersion) -> Verdict {
        let Some(write) = self.write.attempt().filter(|write| write.version == version) else {
            return STALE;
        };
        *self = Self { stored: Some(write.content), intents: write.intents, ..Self::default() };
        cx.troubles_mut().end_store();
        Verdict::Applied
    }

    /// A write has failed. Whether it is the one under way: then no report waits for it any longer.
    pub(super) fn failed(&mut self, cx: &mut Context, version: StoreVersion, kind: ErrorKind) -> bool {
        let is_current = self.write.attempt().is_some_and(|write| write.version == version);
        if is_current {
            count(&mut cx.counters_mut().stores_failed);
            self.write_failed(cx, Notice::because(NoticeCode::StoreFailed, Cause::Store(kind)));
        }
        is_current
    }

    fn write_failed(&mut self, cx: &mut Context, notice: Notice) {
        if cx.troubles_mut().store_failed(&notice) {
            cx.push(Queued::Notice(notice));
        }
        let delay = cx.delay(Pace::Normal, self.failures);
        self.write.wait(cx, delay, None, Wait::Failed);
        self.failures = cx.count_failure(self.failures);
    }

    /// The deadlines. Whether a write has failed: then no report waits for it any longer.
    pub(super) fn timeout(&mut self, cx: &mut Context) -> bool {
        let notice = match self.write.timeout(cx, Lane::Store) {
            Some(Wait::Withdrawn) => Notice::busy(Lane::Store),
            Some(_) => {
                count(&mut cx.counters_mut().stores_failed);
                Notice::because(NoticeCode::StoreFailed, Cause::Lost(Lost::Deadline))
            }
            None => return false,
        };
        self.write_failed(cx, notice);
        true
    }

    /// Another attempt at once.
    pub(super) fn retry_now(&mut self, cx: &mut Context) -> bool {
        let is_dirty = self.write.is_waiting();
        if is_dirty {
            self.queue(cx);
        }
        is_dirty
    }

    /// The intents that the stored snapshot covers for certain.
    pub(super) const fn intents(&self) -> Intents {
        self.intents
    }

    /// Whether nothing is left to be written, once [`Storage::drive`] has seen all there is.
    pub(super) fn is_clean(&self) -> bool {
        self.write == Call::Idle
    }

    /// Of what is stored no more is kept than whether it is what would be written now.
    #[cfg(test)]
    pub(super) fn make_canonical(&mut self, content: Durable) {
        let compared = |known: Durable| Durable::MIN.saturating_add(u64::from(known == content));
        self.stored = self.stored.map(compared);
        if let Call::InFlight { attempt, .. } = &mut self.write {
            attempt.content = compared(attempt.content);
        }
    }

    pub(super) const fn name(&self) -> StateName {
        match self.write {
            Call::Idle | Call::Pending | Call::Stopped { .. } => StateName::Clean,
            Call::Queued { .. } | Call::InFlight { .. } => StateName::Writing,
            Call::Waiting { .. } => StateName::Dirty,
        }
    }

    pub(super) const fn deadline(&self) -> Option<MonotonicTime> {
        self.write.deadline()
    }
}
