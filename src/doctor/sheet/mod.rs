//! The set-up sheet: what to type where, in the order of Tencent's document.

mod build;
mod markdown;
mod model;

pub use model::{ConsoleRow, SetupSheet, VendorSheet};
