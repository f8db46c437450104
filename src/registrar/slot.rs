//! What the server was told of one kind of token, and how sure that is.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::num::NonZeroU64;

use super::tokens::HeldToken;
use super::{ReportId, StateName, StoreVersion};
use crate::certificate::BusinessId;
use crate::time::MonotonicTime;
use crate::vendor::ImCode;

/// One of the two bindings: standard or VoIP.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Slot {
    pub(super) phase: Phase,
    /// What the server is to have, as of the last comparison.
    pub(super) wanted: Option<Print>,
    /// What the server has said in this session that it has. None while that is unknown.
    pub(super) acknowledged: Option<Acknowledged>,
    /// Survives sessions.
    pub(super) doubt: Doubt,
    /// A report of this session was begun, and its outcome is not known to be over: part of the snapshot.
    pub(super) intent: bool,
    /// How many attempts failed in a row, up to where it makes no difference.
    pub(super) failures: u8,
    /// How often in a row the IM SDK said that nobody is logged in, up to three.
    pub(super) not_ready: u8,
    /// Whether the user of this crate was told of the unknown certificate.
    pub(super) certificate_noticed: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Phase {
    #[default]
    Idle,
    /// The intent is on its way to the store, in this write if one was begun.
    Storing { version: Option<StoreVersion>, deadline: MonotonicTime },
    /// A report is under way.
    Reporting(Attempt),
    /// Another attempt comes at `until`; not before `not_before`, which the server asked for.
    Waiting { until: MonotonicTime, not_before: MonotonicTime },
    /// No attempt until something changes.
    Parked { code: ImCode },
}

/// One attempt to report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Attempt {
    pub(super) id: ReportId,
    pub(super) deadline: MonotonicTime,
    pub(super) carried: Print,
    /// It was issued when no earlier one could land any more.
    pub(super) settled: bool,
    /// The host has taken it: from here on it may land.
    pub(super) taken: bool,
    /// The server may have had a binding for this account before.
    pub(super) bound_before: bool,
}

/// What was acknowledged, and when to report it once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Acknowledged {
    pub(super) print: Print,
    pub(super) reassert: Reassert,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Reassert {
    At(MonotonicTime),
    Due,
}

/// Whether a report of unknown outcome is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Doubt {
    #[default]
    None,
    /// It may land until then.
    Unsettled { until: MonotonicTime },
    /// It can land no more; what the server has is not known before one more report.
    Settled,
}

/// A binding as a number that tells bindings apart. It never leaves the process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Print(NonZeroU64);

impl Print {
    pub(super) const EMPTY: Self = Self(NonZeroU64::MIN);

    pub(super) fn of(held: &HeldToken, id: BusinessId) -> Self {
        let mut hasher = DefaultHasher::new();
        (held.digest(), id.as_u32()).hash(&mut hasher);
        // Never the number of the empty binding.
        Self(NonZeroU64::MIN | (hasher.finish() | 2))
    }
}

impl Slot {
    /// How often "not logged in" is taken in silence.
    pub(super) const PATIENCE: u8 = 3;

    /// Whether a report is on its way that may land.
    pub(super) const fn is_in_flight(&self) -> bool {
        matches!(self.phase, Phase::Reporting(Attempt { taken: true, .. }))
    }

    pub(super) const fn is_busy(&self) -> bool {
        matches!(self.phase, Phase::Storing { .. } | Phase::Reporting(_))
    }

    pub(super) const fn is_unsettled(&self) -> bool {
        matches!(self.doubt, Doubt::Unsettled { .. })
    }

    /// Whether the server must be told what is wanted: it has something else, or that is not known.
    pub(super) fn is_owed(&self) -> bool {
        self.wanted.is_some_and(|wanted| {
            self.acknowledged.is_none_or(|known| known.print != wanted || known.reassert == Reassert::Due)
                || self.doubt == Doubt::Settled
        })
    }

    /// As a new session finds it.
    pub(super) fn begin_session(&mut self) {
        *self = Self { doubt: self.doubt, ..Self::default() };
    }

    /// Forgets failures, and goes on at once: after a change that makes them void.
    pub(super) fn begin_anew(&mut self) -> bool {
        self.failures = 0;
        self.not_ready = 0;
        self.certificate_noticed = false;
        let waited = matches!(self.phase, Phase::Waiting { .. } | Phase::Parked { .. });
        if waited {
            self.phase = Phase::Idle;
        }
        waited
    }

    pub(super) fn name(&self) -> StateName {
        match self.phase {
            Phase::Idle if self.wanted.is_some() && !self.is_owed() => StateName::Bound,
            Phase::Idle => StateName::Idle,
            Phase::Storing { .. } => StateName::Storing,
            Phase::Reporting(_) => StateName::Reporting,
            Phase::Waiting { .. } => StateName::Waiting,
            Phase::Parked { .. } => StateName::Parked,
        }
    }

    pub(super) fn deadlines(&self) -> [Option<MonotonicTime>; 3] {
        let phase = match self.phase {
            Phase::Storing { deadline, .. } | Phase::Reporting(Attempt { deadline, .. }) => Some(deadline),
            Phase::Waiting { until, .. } => Some(until),
            Phase::Idle | Phase::Parked { .. } => None,
        };
        let doubt = match self.doubt {
            Doubt::Unsettled { until } => Some(until),
            Doubt::None | Doubt::Settled => None,
        };
        let reassert = match self.acknowledged {
            Some(Acknowledged { reassert: Reassert::At(at), .. }) => Some(at),
            Some(Acknowledged { reassert: Reassert::Due, .. }) | None => None,
        };
        [phase, doubt, reassert]
    }
}
