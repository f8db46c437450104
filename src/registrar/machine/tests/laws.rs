//! The promises by name, and how often each was put to the test.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::registrar::{NoticeCode, StateName};

/// A promise of the design. S13 is the driver's, and tested there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Law {
    /// Reports only for a session that is logged in.
    S1,
    /// One of each kind of request under way.
    S2,
    /// Stale answers leave the state equal.
    S3,
    /// A token goes with its own vendor's certificate.
    S4,
    /// Only well formed tokens are reported, and only those that are held.
    S5,
    /// An unchanged binding is reported once.
    S6,
    /// No attempt after a permanent code until something changes.
    S7,
    /// A certain belief is true.
    S8,
    /// A clean logout leaves nothing behind; what may be left behind is remembered.
    S9,
    /// The intent is stored before the report: a restart knows of it.
    S10,
    /// Delays keep to floor and cap, and time never stands still.
    S11,
    /// All that is held is bounded.
    S12,
    /// Presence and badge only while logged in, badge in range, 0 at logout.
    S14,
    /// Nothing is called before the user has agreed.
    Consent,
    /// A tap is delivered once per process, with its own id, to the account stated.
    Tap,
    /// Arrivals and clicks are sent under their own account only, none is lost once stored, none is sent for
    /// ever.
    Receipts,
    /// The newest token is acknowledged in the end.
    L1,
    /// Every wait owns a deadline.
    L2,
    /// A restart with the same later events reaches the same binding.
    L3,
    /// From everywhere there is a way to rest.
    L4,
    /// A held tap is delivered in the end, or given up with a notice.
    L5,
}

impl Law {
    pub(super) const ALL: [Self; 21] = [
        Self::S1,
        Self::S2,
        Self::S3,
        Self::S4,
        Self::S5,
        Self::S6,
        Self::S7,
        Self::S8,
        Self::S9,
        Self::S10,
        Self::S11,
        Self::S12,
        Self::S14,
        Self::Consent,
        Self::Tap,
        Self::Receipts,
        Self::L1,
        Self::L2,
        Self::L3,
        Self::L4,
        Self::L5,
    ];
}

/// A promise broken.
#[derive(Clone, Debug)]
pub(super) struct Violation {
    pub(super) law: Law,
    pub(super) what: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} broken: {}", self.law, self.what)
    }
}

pub(super) type Checked<T = ()> = Result<T, Violation>;

/// The named states of all regions, and of the inbox.
pub(super) type Names = ([StateName; 7], &'static str);

/// What walks and lives have seen, so that nothing is proven by never having come up.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    pub(super) states: usize,
    pub(super) edges: usize,
    premises: [u64; Law::ALL.len()],
    pub(super) notices: BTreeSet<NoticeCode>,
    /// Which events came while the regions were in these states.
    came: BTreeMap<Names, BTreeSet<&'static str>>,
}

impl Seen {
    /// The premise of a law is true here: now its conclusion counts.
    pub(super) fn premise(&mut self, law: Law) {
        self.premises[law as usize] += 1;
    }

    /// Counts the premise, then wants the conclusion.
    pub(super) fn law(&mut self, law: Law, holds: bool, what: impl FnOnce() -> String) -> Checked {
        self.premise(law);
        if holds { Ok(()) } else { Err(Violation { law, what: what() }) }
    }

    /// These events came while the regions were in these states.
    pub(super) fn came(&mut self, names: Names, events: &[&'static str]) {
        let came = self.came.entry(names).or_default();
        // Mostly they are known, and the same comes several times in a row.
        came.extend(events.chunk_by(|one, other| one == other).filter_map(|same| same.first()));
    }

    /// Which event came in which state of a region.
    pub(super) fn rows(&self) -> BTreeSet<(String, &'static str)> {
        let pairs = |(names, events): (&Names, &BTreeSet<&'static str>)| {
            let (states, inbox) = names;
            let names = states.iter().map(ToString::to_string).chain([(*inbox).to_owned()]);
            let of = |name: String| events.iter().map(move |event| (name.clone(), *event));
            names.flat_map(of).collect::<Vec<_>>()
        };
        self.came.iter().flat_map(pairs).collect()
    }

    pub(super) fn premises(&self) -> impl Iterator<Item = (Law, u64)> + '_ {
        Law::ALL.into_iter().zip(self.premises)
    }

    pub(super) fn add(&mut self, other: Self) {
        self.states += other.states;
        self.edges += other.edges;
        for (mine, theirs) in self.premises.iter_mut().zip(other.premises) {
            *mine += theirs;
        }
        self.notices.extend(other.notices);
        for (names, events) in other.came {
            self.came.entry(names).or_default().extend(events);
        }
    }
}
