//! The examples and the pages around them: what the timelines and the fleet show, and that READMEs and guides
//! say what the sources do. Not part of the package, as `examples/hosts` is not.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::wildcard_enum_match_arm,
    reason = "a test stops at the first thing that is not as expected"
)]
#![allow(dead_code, unreachable_pub, reason = "the tests use a part of the examples' modules")]

#[path = "../../examples/fleet/arguments.rs"]
mod arguments;
#[path = "../../examples/fleet/phone.rs"]
mod phone;
#[path = "../../examples/fleet/plot.rs"]
mod plot;
#[path = "../../examples/register/policy.rs"]
mod policy;
#[path = "../../examples/fleet/report.rs"]
mod report;
#[path = "../../examples/fleet/run.rs"]
mod run;
#[path = "../../examples/fleet/scenario.rs"]
mod scenario;
#[path = "../../examples/register/scenarios.rs"]
mod scenarios;
#[path = "../../examples/fleet/server.rs"]
mod server;
#[path = "../../examples/register/stage.rs"]
mod stage;
#[path = "../../examples/register/timeline.rs"]
mod timeline;
#[path = "../../examples/register/why.rs"]
mod why;

mod commands;
mod fleet;
mod guides;
mod host_calls;
mod paths;
mod readme;
mod timelines;
