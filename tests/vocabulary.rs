//! The vocabulary at its public surface: vendors and their tables, tokens, certificates, devices.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test stops at the first thing that is not as expected"
)]

#[path = "vocabulary/any_device.rs"]
mod any_device;
#[path = "vocabulary/auto_traits.rs"]
mod auto_traits;
#[path = "vocabulary/certificates.rs"]
mod certificates;
#[path = "vocabulary/codes.rs"]
mod codes;
#[path = "vocabulary/devices.rs"]
mod devices;
#[allow(unreachable_pub, reason = "the fuzz crate calls it too")]
#[path = "fuzz_bodies/vocabulary.rs"]
mod fuzz_body;
#[path = "vocabulary/hostile.rs"]
mod hostile;
#[path = "vocabulary/phones.rs"]
mod phones;
#[path = "vocabulary/secrets.rs"]
mod secrets;
#[path = "vocabulary/tables.rs"]
mod tables;
#[path = "vocabulary/tokens.rs"]
mod tokens;
#[path = "vocabulary/vendors.rs"]
mod vendors;
