//! The snapshot's writes: one whenever what is durable differs from what was stored last, one at a time.

use std::io::ErrorKind;
use std::num::NonZeroU64;

use super::context::Context;
use super::counters::count;
use super::outbox::Queued;
use super::rules::{Rule, holds};
use super::troubles::StoreTrouble;
use super::wanted::Wanted;
use super::{Lane, SessionId, StateName, StoreVersion};
use crate::time::MonotonicTime;
use crate::vendor::{Pace, TokenKind};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Storage {
    phase: WritePhase,
    /// What is certainly stored; none after a write whose outcome is not known.
    stored: Option<Durable>,
    /// The intents that whatever is stored holds for certain.
    intents: Intents,
    /// How many writes failed in a row, up to where it makes no difference.
    failures: u8,
}

/// What a snapshot holds, as a number that tells contents apart. It never leaves the process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Durable(NonZeroU64);

/// What the reports that were begun may carry, by kind, in the session that began them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Intents {
    session: SessionId,
    standard: Option<Wanted>,
    voip: Option<Wanted>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
enum WritePhase {
    #[default]
    Clean,
    /// The write waits to be taken.
    Queued {
        until: MonotonicTime,
    },
    Writing(Write),
    /// The last write failed; another one begins then.
    Dirty {
        until: MonotonicTime,
    },
}

/// A write that the host has taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Write {
    version: StoreVersion,
    deadline: MonotonicTime,
    content: Durable,
    intents: Intents,
}

impl Durable {
    pub(super) const fn new(digest: u64) -> Self {
        Self(NonZeroU64::MIN.saturating_add(digest))
    }
}

impl Intents {
    pub(super) const fn new(session: SessionId, standard: Option<Wanted>, voip: Option<Wanted>) -> Self {
        Self { session, standard, voip }
    }

    /// That of a kind, if these are of this session.
    pub(super) fn of(self, session: SessionId, kind: TokenKind) -> Option<Wanted> {
        let intent = match kind {
            TokenKind::Standard => self.standard,
            TokenKind::Voip => self.voip,
        };
        intent.filter(|_| session == self.session)
    }

    /// Those that both hold.
    fn common(self, other: Self) -> Self {
        let both = |kind| {
            self.of(other.session, kind).filter(|intent| other.of(self.session, kind) == Some(*intent))
        };
        Self { session: other.session, standard: both(TokenKind::Standard), voip: both(TokenKind::Voip) }
    }
}

impl Default for Intents {
    fn default() -> Self {
        Self::new(SessionId::none(), None, None)
    }
}

impl Storage {
    /// Storage in which this is stored, or of which nothing is known.
    pub(super) fn new(stored: Option<Durable>) -> Self {
        Self { phase: WritePhase::Clean, stored, intents: Intents::default(), failures: 0 }
    }

    /// Begins a write if there is something to write and none is under way. A report that waits for its intent does
    /// not wait for a failed store to recover.
    pub(super) fn drive(&mut self, cx: &mut Context, content: Durable, is_awaited: bool) {
        let begins = match self.phase {
            WritePhase::Clean => self.stored != Some(content),
            WritePhase::Queued { .. } | WritePhase::Writing(_) => false,
            WritePhase::Dirty { .. } => is_awaited,
        };
        if begins && cx.settings().snapshots {
            self.queue(cx);
        }
    }

    fn queue(&mut self, cx: &mut Context) {
        self.phase = WritePhase::Queued { until: cx.in_time(cx.settings().store) };
        cx.push(Queued::Store);
    }

    /// The host takes the write: it holds all that is there by now. None if that is stored already.
    pub(super) fn take(
        &mut self,
        cx: &mut Context,
        content: Durable,
        intents: Intents,
    ) -> Option<StoreVersion> {
        let WritePhase::Queued { until } = self.phase else { return None };
        if self.stored == Some(content) {
            self.phase = WritePhase::Clean;
            return None;
        }
        let version = cx.next_id();
        let deadline =
            if holds(Rule::WriteTimedFromTaking) { cx.in_time(cx.settings().store) } else { until };
        self.phase = WritePhase::Writing(Write { version, deadline, content, intents });
        self.stored = None;
        // Until it is answered, either content may be found.
        self.intents = self.intents.common(intents);
        count(&mut cx.counters_mut().stores);
        Some(version)
    }

    /// A write is done. Whether it is the one under way.
    pub(super) fn stored(&mut self, cx: &mut Context, version: StoreVersion) -> bool {
        let WritePhase::Writing(write) = self.phase else { return false };
        if write.version != version {
            return false;
        }
        *self = Self {
            phase: WritePhase::Clean,
            stored: Some(write.content),
            intents: write.intents,
            failures: 0,
        };
        cx.troubles_mut().end_store();
        true
    }

    /// A write has failed. Whether it is the one under way: then no report waits for it any longer.
    pub(super) fn failed(&mut self, cx: &mut Context, version: StoreVersion, kind: ErrorKind) -> bool {
        let is_current = matches!(self.phase, WritePhase::Writing(write) if write.version == version);
        if is_current {
            count(&mut cx.counters_mut().stores_failed);
            self.write_failed(cx, StoreTrouble::Failed(kind));
        }
        is_current
    }

    fn write_failed(&mut self, cx: &mut Context, trouble: StoreTrouble) {
        if cx.troubles_mut().store_failed(trouble) {
            cx.push(Queued::Notice(trouble.notice()));
        }
        self.phase = WritePhase::Dirty { until: cx.after_backoff(Pace::Normal, self.failures) };
        self.failures = cx.count_failure(self.failures);
    }

    /// The deadlines. Whether a write has failed: then no report waits for it any longer.
    pub(super) fn timeout(&mut self, cx: &mut Context, content: Durable) -> bool {
        match self.phase {
            WritePhase::Queued { until } if cx.is_due(until) && holds(Rule::UntakenWithdrawn) => {
                cx.withdrawn(Lane::Store);
                self.write_failed(cx, StoreTrouble::Busy);
                true
            }
            WritePhase::Writing(write) if cx.is_due(write.deadline) => {
                count(&mut cx.counters_mut().stores_failed);
                self.write_failed(cx, StoreTrouble::Late);
                true
            }
            WritePhase::Dirty { until } if cx.is_due(until) => {
                self.phase = WritePhase::Clean;
                self.drive(cx, content, false);
                false
            }
            WritePhase::Clean
            | WritePhase::Queued { .. }
            | WritePhase::Writing(_)
            | WritePhase::Dirty { .. } => false,
        }
    }

    /// Another attempt at once.
    pub(super) fn retry_now(&mut self, cx: &mut Context) -> bool {
        let is_dirty = matches!(self.phase, WritePhase::Dirty { .. });
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
    pub(super) const fn is_clean(&self) -> bool {
        matches!(self.phase, WritePhase::Clean)
    }

    /// Of what is stored no more is kept than whether it is what would be written now.
    #[cfg(test)]
    pub(super) fn rename(&mut self, names: &mut dyn super::tests::rename::Renamer, content: Durable) {
        let compared = |known: Durable| Durable::new(u64::from(known == content));
        self.stored = self.stored.map(compared);
        self.intents.session = names.id(self.intents.session.as_u64()).into();
        match &mut self.phase {
            WritePhase::Clean => {}
            WritePhase::Queued { until } | WritePhase::Dirty { until } => *until = names.time(*until),
            WritePhase::Writing(write) => {
                write.version = names.id(write.version.as_u64()).into();
                write.deadline = names.time(write.deadline);
                write.content = compared(write.content);
                write.intents.session = names.id(write.intents.session.as_u64()).into();
            }
        }
    }

    pub(super) const fn name(&self) -> StateName {
        match self.phase {
            WritePhase::Clean => StateName::Clean,
            WritePhase::Queued { .. } | WritePhase::Writing(_) => StateName::Writing,
            WritePhase::Dirty { .. } => StateName::Dirty,
        }
    }

    pub(super) const fn deadline(&self) -> Option<MonotonicTime> {
        match self.phase {
            WritePhase::Clean => None,
            WritePhase::Queued { until } | WritePhase::Dirty { until } => Some(until),
            WritePhase::Writing(write) => Some(write.deadline),
        }
    }
}
