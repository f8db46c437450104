//! libFuzzer target: any text as a push, in each of its forms.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/fuzz_bodies/push_info.rs"]
mod push_info;

fuzz_target!(|data: &[u8]| push_info::push_info(data));
