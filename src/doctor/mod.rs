//! Finds what would go wrong, before and after shipping.
//!
//! - [`App`]: what an app wants of offline push.
//! - [`SetupSheet`]: what to type where, in the order of Tencent's document.

mod app;
mod sheet;

pub use app::App;
pub use sheet::{ConsoleRow, SetupSheet, VendorSheet};
