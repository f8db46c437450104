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

#[path = "message/allocations.rs"]
mod allocations;
#[path = "message/c_api.rs"]
mod c_api;
#[path = "message/check.rs"]
mod check;
#[path = "message/constructors.rs"]
mod constructors;
#[path = "message/envelope.rs"]
mod envelope;
#[path = "message/fields.rs"]
mod fields;
#[path = "message/fuzzed.rs"]
mod fuzzed;
#[path = "message/hostile.rs"]
mod hostile;
#[path = "message/keys.rs"]
mod keys;
#[path = "message/properties.rs"]
mod properties;
#[path = "message/reading.rs"]
mod reading;
#[path = "message/redaction.rs"]
mod redaction;
#[path = "message/token_object.rs"]
mod token_object;
