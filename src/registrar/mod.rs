//! Makes a phone reachable: reports the vendor's token to the IM server after each login, and retries until
//! the server confirms.
//!
//! Start with [`Registrar`], the handle that an app holds. [`Registrar::builder`] takes the app's
//! certificates and two traits that the app implements: [`ImClient`] for Tencent's IM SDK and [`VendorSdk`]
//! for the vendors' SDKs.
//!
//! Below it is [`Machine`], pure: [`Machine::handle`] takes an [`Event`] and the time, and answers with a
//! [`Verdict`]; [`Machine::poll_effect`] gives what is to be done next. It reads no clock, starts no thread
//! and calls no host, so the same events at the same times with the same seed give the same effects. Use it
//! where you drive the registrar yourself.
//!
//! The picture shows its regions, their states and the events that lead from one to another; [`table`] has
//! every event in every state.
#![doc = ""]
#![doc = include_str!("states.svg")]
#![doc = ""]
#![doc = include_str!("driver/contract.md")]

mod completion;
mod desktop;
mod driver;
mod host;
mod machine;

#[doc = include_str!("table.md")]
#[expect(clippy::doc_markdown, reason = "the cells are names, all of them")]
pub mod table {}

#[cfg(fuzzing)]
#[doc(hidden)]
pub use machine::tests::live_bytes;

pub use completion::{Alarm, Completion, Failure, Outcome};
pub use desktop::{FileStore, ThreadScheduler};
pub use driver::{Builder, Registrar, WeakRegistrar};
pub use host::{
    Badge, Clock, ImClient, NotificationChannels, Observer, Presence, Release, Scheduler, Store, TapHandler,
    VendorSdk,
};
pub use machine::{
    Belief, BeliefStatus, Binding, Blocker, Cause, Configuration, Counters, Diagnosis, DiagnosisError,
    DoubtStatus, Effect, Event, EventError, IgnoredReason, Importance, InstallId, Jitter, Lane, Lost,
    Machine, Notice, NoticeCode, NotificationChannel, Origin, Policy, PolicyError, PolicySettings,
    PresenceId, PushEventsId, Receiver, Region, RegionStatus, RegistrationId, ReportId, Restored, SessionId,
    Snapshot, StateName, StoreVersion, TapExpiry, TapFence, TapId, TokenStatus, Transition, Unread, Verdict,
};
