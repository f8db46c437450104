//! Intents, URIs and filters at their public surface: what the releases of Android do differently, how
//! numbers are written and read, what errors say, how much memory is allocated, and what must hold for every
//! intent and every text.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test stops at the first thing that is not as expected"
)]

mod allocations;
mod any_intent;
mod as_printed;
mod corpus;
mod errors;
mod filter;
mod hash_order;
mod hostile;
mod model;
mod numbers;
mod surrogates;
mod versions;

#[allow(unreachable_pub, reason = "the fuzz crate calls it too")]
#[path = "../fuzz_bodies/filter_match.rs"]
mod filter_match;
#[allow(unreachable_pub, reason = "the fuzz crate calls it too")]
#[path = "../fuzz_bodies/parse_uri.rs"]
mod parse_uri;
#[allow(unreachable_pub, reason = "the fuzz crate calls it too")]
#[path = "../fuzz_bodies/round_trip.rs"]
mod round_trip;
#[allow(unreachable_pub, reason = "the fuzz crate calls it too")]
#[path = "../fuzz_bodies/uri_decode.rs"]
mod uri_decode;
