//! Finds what would go wrong, before and after shipping.
//!
//! - [`App`]: what an app wants of offline push.
//! - [`SetupSheet`]: what to type where, in the order of Tencent's document.
//! - [`Preflight`]: whatever a developer has of a set-up ([`App`], configuration, [`Manifest`], what stands in the console
//!   for a tap, a push, a phone) in, a [`Report`] out. [`Phone`] does the same with a registrar's diagnosis.
//! - [`Finding`](crate::finding::Finding): what was found. Its [`Rule`](crate::finding::Rule) has a row in the
//!   [`catalogue`], which `cargo run --example doctor -- --rules` prints.

mod app;
mod catalogue;
mod check;
mod manifest;
mod phone;
mod preflight;
mod report;
mod rules;
mod sheet;

pub use app::App;
pub use catalogue::{catalogue, rule, rules};
pub use manifest::Manifest;
pub use phone::{Phone, PhoneReport, PhoneVerdict};
pub use preflight::Preflight;
pub use report::{Report, ReportVerdict};
pub use sheet::{ConsoleRow, SetupSheet, VendorSheet};
