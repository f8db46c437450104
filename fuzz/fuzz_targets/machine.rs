//! libFuzzer target: the registrar's machine, given bytes as a snapshot and as a life of events.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/fuzz_bodies/machine.rs"]
mod machine;

fuzz_target!(|data: &[u8]| {
    machine::snapshot(data);
    machine::life(data);
});
