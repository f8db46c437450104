//! How a message looks as a push: the forms, the check, hostile input, and what must never be seen.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::string_slice,
    clippy::format_push_string,
    clippy::wildcard_enum_match_arm,
    clippy::assigning_clones,
    reason = "a test stops at the first thing that is not as expected, and need not be fast"
)]

mod allocations;
mod c_api;
mod check;
mod constructors;
mod envelope;
mod fields;
mod fuzzed;
mod hostile;
mod keys;
mod properties;
mod reading;
mod redaction;
mod reports;
mod token_object;
