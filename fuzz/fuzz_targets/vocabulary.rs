//! libFuzzer target: any text as a token, as a configuration file and as a dump of device properties.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/fuzz_bodies/vocabulary.rs"]
mod vocabulary;

fuzz_target!(|data: &[u8]| vocabulary::vocabulary(data));
