//! The vocabulary at its public surface: vendors and their tables, tokens, certificates, devices, click
//! actions, the ext.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::format_collect,
    clippy::cast_precision_loss,
    reason = "a test stops at the first thing that is not as expected"
)]

mod any_device;
mod auto_traits;
mod certificates;
mod click_action;
mod codes;
mod devices;
mod ext;
#[allow(unreachable_pub, reason = "the fuzz crate calls it too")]
#[path = "../fuzz_bodies/vocabulary.rs"]
mod fuzz_body;
mod hostile;
mod linear;
mod phones;
mod secrets;
mod tokens;
mod vendors;
