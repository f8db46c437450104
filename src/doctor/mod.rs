//! Finds what would go wrong, before and after shipping.
//!
//! - [`App`]: what an app wants of offline push.

mod app;

pub use app::App;
