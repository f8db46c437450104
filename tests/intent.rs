//! Intents and URIs at their public surface: what the releases of Android do differently, how numbers are written and read,
//! what errors tell, and how much memory is asked for.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test stops at the first thing that is not as expected"
)]

#[path = "intent/allocations.rs"]
mod allocations;
#[path = "intent/as_printed.rs"]
mod as_printed;
#[path = "intent/errors.rs"]
mod errors;
#[path = "intent/model.rs"]
mod model;
#[path = "intent/numbers.rs"]
mod numbers;
#[path = "intent/versions.rs"]
mod versions;
