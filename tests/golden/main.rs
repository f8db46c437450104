//! Recorded behaviour and real inputs, one JSON record a line, held against the crate's public surface.
//!
//! The records come from `tests/data/`, or from the folder named by the environment variable `GOLDEN_DIR`.
//! Each family prints its closing line (`golden to_uri: 3269 of 3269`) before it asserts anything.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test stops at the first thing that is not as expected"
)]

mod doctor;
mod filter;
mod intent;
mod manifest_snippet;
mod message;
mod records;
mod snippets;
mod tap;
mod vocabulary;

#[test]
fn expected_failures_name_records_once() {
    records::expected_failures_name_records_once();
}
