//! The doctor: its catalogue, what it finds and what it leaves alone, and what its documents hold.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::wildcard_enum_match_arm,
    reason = "a test stops at the first thing that is not as expected"
)]

#[path = "../../examples/doctor/arguments.rs"]
#[allow(dead_code, reason = "the program prints, the tests do not")]
mod arguments;
#[path = "../../examples/doctor/diagnosis.rs"]
mod diagnosis;
#[path = "../../examples/doctor/files.rs"]
#[allow(dead_code, reason = "the program opens files, most tests do not")]
mod files;
#[path = "../../examples/doctor/gradle.rs"]
mod gradle;
#[path = "../../examples/doctor/manifest.rs"]
mod manifest;
#[path = "../../examples/doctor/platforms.rs"]
mod platforms;
#[path = "../../examples/doctor/project.rs"]
mod project;
#[path = "../../benches/registrar/rig.rs"]
#[allow(dead_code, reason = "the registrar's own tests use more of it")]
mod rig;
#[allow(dead_code, reason = "the tests read the command line only")]
#[path = "../../examples/doctor/trace.rs"]
mod trace;
#[path = "../../examples/doctor/version_catalogue.rs"]
mod version_catalogue;

mod catalogue;
mod diagnoses;
mod documents;
mod hostile;
mod input;
mod loopbacks;
mod phones;
mod projects;
mod reports;
mod set_ups;
mod setup_sheet;
mod traces;
mod waivers;
