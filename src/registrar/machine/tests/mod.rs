//! The proof of the [`Machine`](super::Machine): an environment that keeps its own truth and shares no
//! function with it, and three ways through it.
//!
//! How to read it, in this order:
//!
//! | file | what stands there |
//! |---|---|
//! | `fixtures` | who takes part: accounts, phones, vendor SDKs, tokens, the app's configuration |
//! | `scene` | what one walk or life lets happen, and the policy that it runs under |
//! | `env`, `server`, `model` | the environment's own truth: SDKs, store, logins, server, wire, presence, taps |
//! | `action`, `choices`, `steps` | what may happen next, and what it does: by SDKs, sessions, reports, the app, the host |
//! | `receipts` | arrivals and clicks: their truth, what may happen to them, and what is checked |
//! | `world`, `effects` | the machine and its environment side by side; what each effect puts to the test |
//! | `laws`, `checks`, `probes`, `friendly` | the promises: at each state, and from each state with a friendly environment |
//! | `key`, `search`, `scenes`, `walk` | breadth first through all worlds of a scene, each met once |
//! | `mutation`, `rules`, `mutants` | the broken machines that a walk must notice |
//! | `hash_key`, `kinds` | small parts by themselves |
//! | `lives` | the same environment with everything at once, chosen by dice; the fuzz target's bytes choose as well |
//!
//! The machine is stepped through `handle`, `handle_timeout` and `poll_effect_on` only, and looked at through
//! its public methods; the walk alone also brings its state to a canonical form.

#![cfg_attr(not(test), expect(dead_code, reason = "the fuzz target takes the lives without the walk"))]
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
mod checks;
mod choices;
mod effects;
mod env;
mod fixtures;
mod friendly;
mod laws;
mod lives;
mod model;
mod mutation;
mod probes;
mod receipts;
mod scene;
mod server;
mod steps;
mod world;

#[cfg(test)]
mod hash_key;
#[cfg(test)]
mod key;
#[cfg(test)]
mod kinds;
#[cfg(test)]
mod mutants;
#[cfg(test)]
pub(super) mod rules;
#[cfg(test)]
mod scenes;
#[cfg(test)]
mod search;
#[cfg(test)]
mod walk;

#[cfg(fuzzing)]
pub use lives::live_bytes;

/// Past libtest's capture, on a line of its own: with one thread, libtest has begun a line with the test's
/// name.
#[cfg(test)]
fn say(line: &str) {
    use std::io::Write;

    let mut out = std::io::stdout().lock();
    write!(out, "\n{line}\n").expect("stdout is open");
    out.flush().expect("stdout is open");
}
