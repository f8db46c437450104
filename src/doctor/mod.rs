//! Finds what would go wrong, before and after shipping.
//!
//! - [`Preflight`] checks the files of a set-up and returns a [`Report`]. [`App`] is what the app wants;
//!   [`Manifest`], [`BuildFile`], [`AppleApp`] and [`HarmonyModule`] are what its files say.
//! - [`PhoneCheck`] checks the diagnosis of a registrar.
//! - [`Loopback`] is a test push from a phone to itself: it shows whether pushes arrive, and where they are
//!   lost.
//! - [`PushTrace`] turns the records of Tencent's server about a push into plain sentences.
//! - [`SetupSheet`] lists what to type where, in the order of Tencent's document.
//!
//! A [`Finding`](crate::finding::Finding) is what was found. Its [`Rule`](crate::finding::Rule) has a place in
//! the [`catalogue`], which `cargo run --example doctor -- --rules` prints.

mod click;
mod components;
mod config;
mod device;
mod keys;
mod loopback;
mod manifest;
mod phone;
mod platforms;
mod preflight;
mod project;
mod push;
mod push_sdks;
mod push_trace;
mod report;
mod rules;
mod sheet;
mod target;
mod vendor_files;

pub use loopback::{Loopback, LoopbackReport};
pub use manifest::{Manifest, ManifestKind};
pub use phone::{PhoneCheck, PhoneReport};
pub use platforms::{AppleApp, HarmonyModule};
pub use preflight::{App, Preflight};
pub use project::BuildFile;
pub use push_trace::PushTrace;
pub use report::{Report, ReportVerdict, WaiverError, Waivers};
pub use rules::{catalogue, examples, rule, rules};
pub use sheet::SetupSheet;
