//! libFuzzer target: the registrar's machine, given bytes as a snapshot, as a life of events, and as the
//! choices of the environment that its walk and its random lives use.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/fuzz_bodies/machine.rs"]
mod machine;

fuzz_target!(|data: &[u8]| {
    machine::snapshot(data);
    machine::life(data);
    tim_offline_push::registrar::live_bytes(data);
});
