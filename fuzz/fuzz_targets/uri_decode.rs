//! libFuzzer target: any text escaped, unescaped and taken apart.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/fuzz_bodies/uri_decode.rs"]
mod uri_decode;

fuzz_target!(|data: &[u8]| uri_decode::uri_decode(data));
