//! libFuzzer target: an intent made of raw bytes, written as a URI and read back.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/fuzz_bodies/round_trip.rs"]
mod round_trip;

fuzz_target!(|data: &[u8]| round_trip::round_trip(data));
