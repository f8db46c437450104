//! The vocabulary at its public surface: vendors and their tables, tokens, certificates, devices.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test stops at the first thing that is not as expected"
)]

mod any_device;
mod auto_traits;
mod certificates;
mod codes;
mod devices;
#[allow(unreachable_pub, reason = "the fuzz crate calls it too")]
#[path = "../fuzz_bodies/vocabulary.rs"]
mod fuzz_body;
mod hostile;
mod phones;
mod secrets;
mod tables;
mod tokens;
mod vendors;
