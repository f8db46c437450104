//! Intents and URIs at their public surface: what holds for all of them, and what hostile texts cost.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test stops at the first thing that is not as expected"
)]

#[path = "intent_properties/any_intent.rs"]
mod any_intent;
#[path = "intent_properties/corpus.rs"]
mod corpus;
#[path = "intent_properties/hash_order.rs"]
mod hash_order;
#[path = "intent_properties/hostile.rs"]
mod hostile;
#[path = "intent_properties/surrogates.rs"]
mod surrogates;

#[allow(unreachable_pub, reason = "the fuzz crate calls it too")]
#[path = "fuzz_bodies/parse_uri.rs"]
mod parse_uri;
#[allow(unreachable_pub, reason = "the fuzz crate calls it too")]
#[path = "fuzz_bodies/round_trip.rs"]
mod round_trip;
#[allow(unreachable_pub, reason = "the fuzz crate calls it too")]
#[path = "fuzz_bodies/uri_decode.rs"]
mod uri_decode;
