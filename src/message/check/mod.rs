//! Holds a push against what the channels take.

mod audience;
mod delivery;
mod length;
mod presentation;
mod run;
pub(super) mod values;

pub use audience::{Audience, MessageKind};
