//! How a phone becomes reachable: one report of the right token for each session, in spite of everything.
//!
//! [`Machine`] is the pure state machine. It is told what happened ([`Event`]) and when, says what it made of that
//! ([`Verdict`]), and asks for what is to be done ([`Effect`]). It reads no clock, starts no thread and calls nobody:
//! the same events at the same times with the same seed give the same effects. All that decides is its [`State`]; all
//! that only reports is its [`Counters`].
#![doc = ""]
#![doc = include_str!("driver/contract.md")]

mod completion;
mod desktop;
mod driver;
mod host;
mod machine;

pub mod table;

#[cfg(fuzzing)]
#[doc(hidden)]
pub use machine::tests::live_bytes;

pub use completion::{Alarm, Completion, Failure, Outcome};
pub use desktop::{FileStore, SystemClock, ThreadScheduler};
pub use driver::{Builder, Registrar, StartError, WeakRegistrar};
pub use host::{
    Badge, Clock, ImClient, NotificationChannels, Observer, Presence, Release, Scheduler, Store, TapHandler,
    VendorSdk,
};
pub use machine::{
    Belief, BeliefStatus, Binding, Blocker, Cause, Configuration, Counters, Diagnosis, DoubtStatus, Effect,
    Event, EventError, IgnoredReason, Importance, Incarnation, InstallId, InstallIdError, Jitter, Lane,
    Lanes, Lost, Machine, Notice, NoticeCode, NotificationChannel, Origin, Policy, PolicyError,
    PolicySettings, PresenceId, Receiver, Region, RegionStatus, RegistrationId, ReportId, Restored,
    SessionId, Snapshot, SnapshotError, State, StateName, StoreVersion, TapExpiry, TapFence, TapId,
    TokenStatus, Transition, Unread, Verdict,
};
