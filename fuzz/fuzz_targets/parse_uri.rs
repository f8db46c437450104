//! libFuzzer target: any text as the URI of an intent, for any flags and any release of Android.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/fuzz_bodies/parse_uri.rs"]
mod parse_uri;

fuzz_target!(|data: &[u8]| parse_uri::parse_uri(data));
