//! How a phone becomes reachable: one report of the right token for each session, in spite of everything.
//!
//! [`Machine`] is the pure state machine. It is told what happened ([`Event`]) and when, says what it made of that
//! ([`Verdict`]), and asks for what is to be done ([`Effect`]). It reads no clock, starts no thread and calls nobody:
//! the same events at the same times with the same seed give the same effects. All that decides is its [`State`]; all
//! that only reports is its [`Counters`].
#![doc = ""]
#![doc = include_str!("driver/contract.md")]

mod backoff;
mod binding;
mod completion;
mod configuration;
mod counters;
mod desktop;
mod diagnosis;
mod driver;
mod effect;
mod electing;
mod election;
mod event;
mod host;
mod id;
mod inbox;
mod lane;
mod lenient;
mod machine;
mod notice;
mod over;
mod policy;
mod presence;
mod presence_calls;
mod queue;
mod registration;
mod rules;
mod session;
mod slot;
mod snapshot;
mod state;
mod status;
mod store;
mod stored;
mod taps;
mod tokens;
mod verdict;
#[cfg(test)]
mod walk;

pub mod table;

pub use completion::{Alarm, Completion, Failure, Outcome};
pub use configuration::{Configuration, Importance, NotificationChannel};
pub use counters::{Counters, Region, StateName, Transition};
pub use desktop::{FileStore, SystemClock, ThreadScheduler};
pub use diagnosis::{Belief, BeliefStatus, Blocker, Diagnosis, DoubtStatus, RegionStatus, TokenStatus};
pub use driver::{Builder, Registrar, StartError, WeakRegistrar};
pub use effect::{Binding, Effect, Receiver};
pub use event::{Event, Unread};
pub use host::{
    Badge, Clock, ImClient, NotificationChannels, Observer, Presence, Release, Scheduler, Store, TapHandler,
    VendorSdk,
};
pub use id::{
    Incarnation, InstallId, InstallIdError, PresenceId, RegistrationId, ReportId, SessionId, StoreVersion,
    TapId,
};
use lane::Lost;
pub use lane::{Lane, Lanes};
pub use machine::{Machine, Origin};
pub use notice::{Cause, Notice, NoticeCode, TapExpiry};
pub use policy::{Jitter, Policy, PolicyError, PolicySettings, TapFence};
pub use snapshot::{Restored, Snapshot, SnapshotError};
pub use state::State;
pub use verdict::{EventError, IgnoredReason, Verdict};
