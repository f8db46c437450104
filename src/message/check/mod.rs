//! Compares a push with what the vendors accept.

mod arrival;
pub(crate) mod rules;
pub(super) mod values;

pub use arrival::Audience;
