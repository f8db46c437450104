//! libFuzzer target: a tap made of raw bytes, in each of its forms.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/fuzz_bodies/tap.rs"]
mod tap;

fuzz_target!(|data: &[u8]| tap::tap(data));
