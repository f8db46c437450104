//! The door to the machine.

use std::collections::VecDeque;

use super::id::IdSource;
use super::rules::Rules;
use super::{
    Diagnosis, Effect, Event, Incarnation, InstallId, Policy, Restored, SessionId, State, Tally, Transition,
    Verdict,
};
use crate::account::UserId;
use crate::time::{MonotonicTime, Now};

/// Which machine this is: the installation it serves, and what tells it from its predecessors.
///
/// ```
/// use tim_offline_push::registrar::{Incarnation, InstallId, Origin};
///
/// let origin = Origin::new(InstallId::new("2b0fbe5e")?, Incarnation::new(7)).with_seed(42);
/// assert_eq!(origin.incarnation().as_u32(), 7);
/// # Ok::<(), tim_offline_push::registrar::InstallIdError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Origin {
    install: InstallId,
    incarnation: Incarnation,
    seed: u64,
}

impl Origin {
    /// The machine of this process for this installation. The seed is the incarnation's number.
    pub fn new(install: InstallId, incarnation: Incarnation) -> Self {
        Self { install, incarnation, seed: incarnation.as_u32().into() }
    }

    /// With a seed for the jitter of delays. Phones should differ in it.
    #[must_use]
    pub fn with_seed(self, seed: u64) -> Self {
        Self { seed, ..self }
    }

    /// The installation.
    pub const fn install(&self) -> &InstallId {
        &self.install
    }

    /// The incarnation, which is part of every id.
    pub const fn incarnation(&self) -> Incarnation {
        self.incarnation
    }

    /// The seed.
    pub const fn seed(&self) -> u64 {
        self.seed
    }
}

/// The registrar without its driver: tell it what happened, then take what is to be done, then wait until it is due.
///
/// 1. [`Machine::handle`] for each thing that happened, [`Machine::handle_timeout`] when [`Machine::poll_timeout`] is
///    reached.
/// 2. [`Machine::poll_effect`] until it returns nothing. Effects not taken stay for the next time.
/// 3. [`Machine::poll_timeout`] says when to come back at the latest.
///
/// ```
/// use std::sync::Arc;
/// use tim_offline_push::account::UserId;
/// use tim_offline_push::certificate::{BusinessId, Certificates};
/// use tim_offline_push::registrar::{
///     Configuration, Effect, Event, Incarnation, InstallId, Machine, Origin, Policy, Verdict,
/// };
/// use tim_offline_push::time::{MonotonicTime, Now, UnixTime};
/// use tim_offline_push::vendor::Vendor;
///
/// let origin = Origin::new(InstallId::new("2b0fbe5e")?, Incarnation::new(1));
/// let mut machine = Machine::new(origin, Policy::default());
/// let now = Now::new(MonotonicTime::from_millis(1_000), UnixTime::from_secs(1_800_000_000));
///
/// let verdict = machine.handle(now, Event::LoggedIn { account: UserId::new("alice")? });
/// assert_eq!(verdict, Verdict::Applied);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Machine {
    pub(super) state: State,
    pub(super) tally: Tally,
    pub(super) policy: Policy,
    pub(super) origin: Origin,
    pub(super) ids: IdSource,
    pub(super) rules: Rules,
    pub(super) now: Now,
    pub(super) effects: VecDeque<Effect>,
}

impl Machine {
    /// The version of snapshots that this crate writes.
    pub const SNAPSHOT_VERSION: u32 = 1;
    /// The longest snapshot that is written or read, in bytes.
    pub const MAX_SNAPSHOT_BYTES: usize = 1024 * 1024;

    /// A machine for a fresh installation, of which nothing was ever reported. Where that is not certain, use
    /// [`Machine::restore`].
    pub fn new(origin: Origin, policy: Policy) -> Self {
        Self {
            state: State::default(),
            tally: Tally::default(),
            policy,
            ids: IdSource::new(origin.incarnation()),
            origin,
            rules: Rules::DESIGN,
            now: Now::default(),
            effects: VecDeque::new(),
        }
    }

    /// The machine that stored these bytes, logged out; or a new one if they are empty or no snapshot. Total on any
    /// bytes.
    ///
    /// `now` begins the settle interval, if there was doubt when the snapshot was taken.
    #[must_use]
    pub fn restore(origin: Origin, policy: Policy, bytes: &[u8], now: Now) -> (Self, Restored) {
        let mut machine = Self::new(origin, policy);
        machine.now = now;
        let _ = bytes;
        (machine, Restored::Fresh)
    }

    /// Tells what happened, and when. A clock that shows less than before counts as not having moved.
    pub fn handle(&mut self, now: Now, event: Event) -> Verdict {
        self.now = now;
        drop(event);
        Verdict::Applied
    }

    /// Does what is due. Harmless when nothing is, and when called early or often.
    pub fn handle_timeout(&mut self, now: Now) {
        self.now = now;
    }

    /// The next thing to do. What has become pointless meanwhile is left out: above all a report of a session that is
    /// over.
    pub fn poll_effect(&mut self) -> Option<Effect> {
        self.effects.pop_front()
    }

    /// When [`Machine::handle_timeout`] is to be called at the latest. May change with every call of another method.
    pub fn poll_timeout(&self) -> Option<MonotonicTime> {
        None
    }

    /// The last transitions, oldest first, each once. At most eight are kept.
    pub fn poll_transition(&mut self) -> Option<Transition> {
        self.tally.pop_transition()
    }

    /// What must outlive the process. The host need not call it: [`Effect::Store`] carries it whenever it has changed.
    pub fn snapshot(&self) -> Vec<u8> {
        Vec::new()
    }

    /// Where the machine stands, as of the last call that carried a time.
    pub fn diagnose(&self) -> Diagnosis {
        Diagnosis::of(self)
    }

    /// All that decides.
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// All that only reports.
    pub const fn tally(&self) -> &Tally {
        &self.tally
    }

    /// The delays and bounds.
    pub const fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Which machine this is.
    pub const fn origin(&self) -> &Origin {
        &self.origin
    }

    /// The session that is logged in or draining.
    pub fn session(&self) -> Option<SessionId> {
        None
    }

    /// The account that is logged in or draining.
    pub fn account(&self) -> Option<&UserId> {
        None
    }

    /// The accounts that the server may still push to here, oldest first.
    pub fn possibly_bound(&self) -> impl Iterator<Item = &UserId> {
        self.state.possibly_bound.iter()
    }
}
