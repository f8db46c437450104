//! The snapshot: written whenever what it holds has changed, one write at a time.

use super::queue::Pending;
use super::slot::Phase;
use super::{IgnoredReason, Machine, NoticeCode, StateName, StoreVersion, Verdict};
use crate::time::MonotonicTime;
use crate::vendor::{Pace, TokenKind};

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct StoreRegion {
    pub(super) course: StoreCourse,
    /// Something to store has changed since the last write was begun.
    pub(super) changed: bool,
    /// How many writes failed in a row, up to where it makes no difference.
    pub(super) failures: u8,
    /// The intents that the stored snapshot holds for the current session, at the least.
    stored: Intents,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum StoreCourse {
    #[default]
    Clean,
    Writing {
        version: StoreVersion,
        deadline: MonotonicTime,
        intents: Intents,
    },
    Dirty {
        until: MonotonicTime,
    },
}

/// For which kinds an intent to report is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Intents {
    standard: bool,
    voip: bool,
}

impl Intents {
    const fn has(self, kind: TokenKind) -> bool {
        match kind {
            TokenKind::Standard => self.standard,
            TokenKind::Voip => self.voip,
        }
    }

    const fn without(self, kind: TokenKind) -> Self {
        match kind {
            TokenKind::Standard => Self { standard: false, ..self },
            TokenKind::Voip => Self { voip: false, ..self },
        }
    }
}

impl StoreRegion {
    pub(super) const fn name(&self) -> StateName {
        match self.course {
            StoreCourse::Clean => StateName::Clean,
            StoreCourse::Writing { .. } => StateName::Writing,
            StoreCourse::Dirty { .. } => StateName::Dirty,
        }
    }

    pub(super) const fn deadline(&self) -> Option<MonotonicTime> {
        match self.course {
            StoreCourse::Clean => None,
            StoreCourse::Writing { deadline, .. } => Some(deadline),
            StoreCourse::Dirty { until } => Some(until),
        }
    }

    /// Whether the stored snapshot says that a report of this kind may be under way.
    pub(super) const fn holds(&self, kind: TokenKind) -> bool {
        self.stored.has(kind)
    }

    /// Whether this write is under way.
    pub(super) fn is_writing(&self, version: StoreVersion) -> bool {
        matches!(self.course, StoreCourse::Writing { version: current, .. } if current == version)
    }
}

impl Machine {
    /// Something that the snapshot holds has changed.
    pub(super) const fn touch(&mut self) {
        self.state.store.changed = true;
    }

    /// The next write will leave this intent out, so what is stored no longer counts as holding it.
    pub(super) const fn forget_intent(&mut self, kind: TokenKind) {
        let store = &mut self.state.store;
        store.stored = store.stored.without(kind);
        if let StoreCourse::Writing { intents, .. } = &mut store.course {
            *intents = intents.without(kind);
        }
        self.touch();
    }

    /// Begins a write if there is something to write and none is under way. A report that waits for its intent does
    /// not wait for a failed store to recover.
    pub(super) fn drive_store(&mut self) {
        if !self.policy.settings().snapshots {
            self.state.store.changed = false;
            return;
        }
        let begins = match self.state.store.course {
            StoreCourse::Clean => self.state.store.changed,
            StoreCourse::Writing { .. } => false,
            StoreCourse::Dirty { .. } => TokenKind::ALL.into_iter().any(|kind| self.awaits_write(kind)),
        };
        if begins {
            self.begin_write();
        }
    }

    fn awaits_write(&self, kind: TokenKind) -> bool {
        matches!(self.state.slot(kind).phase, Phase::Storing { version: None, .. })
    }

    fn begin_write(&mut self) {
        let version = self.ids.next();
        let deadline = self.in_time(self.policy.settings().store);
        self.state.store.course = StoreCourse::Writing { version, deadline, intents: Intents::default() };
        self.state.store.changed = false;
        self.counters.stores = self.counters.stores.saturating_add(1);
        self.push(Pending::Store(version));
    }

    /// The host takes the write: it holds all that is there by now.
    pub(super) fn take_write(&mut self, version: StoreVersion) {
        for kind in TokenKind::ALL {
            if let Phase::Storing { version: waits @ None, .. } = &mut self.state.slot_mut(kind).phase {
                *waits = Some(version);
            }
        }
        let held = Intents { standard: self.state.standard.intent, voip: self.state.voip.intent };
        let store = &mut self.state.store;
        store.changed = false;
        if let StoreCourse::Writing { intents, .. } = &mut store.course {
            *intents = held;
        }
    }

    pub(super) fn stored(&mut self, version: StoreVersion) -> Verdict {
        let StoreCourse::Writing { version: current, intents, .. } = self.state.store.course else {
            return Verdict::Ignored(IgnoredReason::Stale);
        };
        if current != version {
            return Verdict::Ignored(IgnoredReason::Stale);
        }
        let store = &mut self.state.store;
        store.course = StoreCourse::Clean;
        store.stored = intents;
        store.failures = 0;
        for kind in TokenKind::ALL {
            if matches!(self.state.slot(kind).phase, Phase::Storing { version: Some(waits), .. } if waits == version)
            {
                self.issue_report(kind);
            }
        }
        Verdict::Applied
    }

    pub(super) fn store_failed(&mut self, version: StoreVersion) -> Verdict {
        if !self.state.store.is_writing(version) {
            return Verdict::Ignored(IgnoredReason::Stale);
        }
        self.write_failed();
        Verdict::Applied
    }

    /// A store that fails never holds up a report.
    fn write_failed(&mut self) {
        let failures = self.state.store.failures;
        if failures == 0 {
            self.notice(NoticeCode::StoreFailed, None);
        }
        self.counters.stores_failed = self.counters.stores_failed.saturating_add(1);
        let delay = self.delay(Pace::Normal, failures);
        let until = self.in_time(delay);
        // At least one, so that the notice is given once.
        let failures = self.count_failure(failures).max(1);
        self.state.store.course = StoreCourse::Dirty { until };
        self.state.store.failures = failures;
        for kind in TokenKind::ALL {
            if matches!(self.state.slot(kind).phase, Phase::Storing { .. }) {
                self.assume_doubt(kind);
                self.issue_report(kind);
            }
        }
    }

    pub(super) fn store_timeout(&mut self) {
        if !self.state.store.deadline().is_some_and(|deadline| self.is_due(deadline)) {
            return;
        }
        match self.state.store.course {
            StoreCourse::Clean => {}
            StoreCourse::Writing { .. } => self.write_failed(),
            StoreCourse::Dirty { .. } => self.begin_write(),
        }
    }

    /// Another attempt at once.
    pub(super) fn hurry_store(&mut self) -> bool {
        let is_dirty = matches!(self.state.store.course, StoreCourse::Dirty { .. });
        if is_dirty {
            self.begin_write();
        }
        is_dirty
    }
}
