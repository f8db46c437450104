//! Compares a push with what the vendors accept.

mod arrival;
mod audience;
pub(crate) mod rules;
pub(super) mod values;

pub use audience::Audience;
