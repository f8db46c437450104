//! The registrar's proof: a walk through all that can happen to the real [`Machine`](super::Machine), up to a bound on
//! how often its environment misbehaves.
//!
//! How to read it, in this order:
//!
//! | file | what stands there |
//! |---|---|
//! | `cast` | who takes part: accounts, vendor SDKs, tokens |
//! | `scene` | what one walk lets happen, and the coarse policy that it runs under |
//! | `environment`, `server`, `inbox` | the environment's own truth: SDKs, store, logins, server, wire, presence, taps |
//! | `action`, `choices`, `steps` | what may happen next, and what it does |
//! | `world`, `effects` | the machine and its environment side by side; what each effect puts to the test |
//! | `laws`, `safety`, `probes`, `liveness` | the promises: at each state, and from each state with a friendly environment |
//! | `rename`, `key`, `search` | when two worlds are the same, and breadth first through all of them |
//! | `scenes`, `mutants` | the walks, and the broken machines that they must notice |
//! | `runs` | the tests |
//!
//! The walk steps the machine through `handle`, `handle_timeout` and `poll_effect` only. The environment shares no
//! function with it. Time passes in two ways: not at all, or to the next deadline. Two worlds are the same if machine
//! and environment are equal once their ids are renamed by first appearance and their times told from now.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::wildcard_enum_match_arm,
    clippy::print_stdout,
    clippy::struct_excessive_bools,
    reason = "a test stops at the first thing that is not as expected"
)]

mod action;
mod cast;
mod choices;
mod desk;
mod effects;
mod environment;
mod inbox;
mod key;
mod laws;
mod liveness;
mod mutants;
mod probes;
mod rename;
mod runs;
mod safety;
mod scene;
mod scenes;
mod search;
mod server;
mod steps;
mod twist;
mod world;
