//! Device facts, and which push channel they elect, with reasons.
//!
//! [`Properties`] are what a phone says of itself, [`DeviceFacts`] what that means together with the host's probes,
//! and [`elect`] orders the channels by it under an [`ElectionPolicy`].

mod elect;
mod election;
mod facts;
mod identity;
mod miui;
mod policy;
mod probe;
mod properties;
mod reasons;

pub use elect::elect;
pub use election::{Candidate, Election, Eligibility};
pub use facts::{DeviceFacts, Platform};
pub use policy::ElectionPolicy;
pub use probe::{Probe, Service};
pub use properties::{BuildField, Properties, PropertiesError};
pub use reasons::{Acceptance, Refusal};
