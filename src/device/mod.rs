//! Device facts, and the vendors that they elect, with reasons.
//!
//! [`Properties`] are what a phone says of itself, [`DeviceFacts`] what that means together with the host's
//! probes, and [`elect`](fn@elect) ranks the vendors by it under an [`ElectionPolicy`].

mod elect;
mod eligibility;
mod facts;
mod identity;
mod properties;
mod system;

pub(crate) use elect::accepts;
pub use elect::{ElectionPolicy, elect};
pub use eligibility::{Acceptance, Candidate, Election, Eligibility, Refusal};
pub(crate) use facts::Platform;
pub use facts::{DeviceFacts, Probe, Service};
pub use properties::{BuildField, Properties, PropertiesError};
