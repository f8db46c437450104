//! The registrar, messages and taps for Kotlin, Swift and Python: one definition, from which UniFFI writes
//! all three.
#![allow(unsafe_code, reason = "UniFFI's macros write it; no file here does")]

mod error;
mod hosts;
mod message;
mod push;
mod types;

uniffi::setup_scaffolding!("tim_push");
