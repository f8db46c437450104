//! Finds what would go wrong, before and after shipping.
//!
//! - [`App`]: what an app wants of offline push.
//! - [`SetupSheet`]: what to type where, in the order of Tencent's document.
//! - [`Preflight`]: whatever a developer has of a set-up ([`App`], configuration, [`Manifest`], what stands in the console
//!   for a tap, a push, a phone) in, a [`Report`] out. [`Phone`] does the same with a registrar's diagnosis.
//! - [`Finding`]: what was found, by which [`Rule`] of the [`catalogue`].

mod app;
pub mod catalogue;
mod check;
mod finding;
mod manifest;
mod phone;
mod preflight;
mod report;
mod rule;
mod rules;
mod severity;
mod sheet;

pub use app::App;
pub use finding::Finding;
pub use manifest::Manifest;
pub use phone::{Phone, PhoneReport, PhoneVerdict};
pub use preflight::Preflight;
pub use report::{Report, Verdict};
pub use rule::{Example, Rule};
pub use severity::Severity;
pub use sheet::{ConsoleRow, SetupSheet, VendorSheet};
