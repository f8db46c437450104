//! libFuzzer target: a filter and an intent made of raw bytes, held against each other.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/fuzz_bodies/filter_match.rs"]
mod filter_match;

fuzz_target!(|data: &[u8]| filter_match::filter_match(data));
