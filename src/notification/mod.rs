//! A tapped notification: each vendor's payload read into one tap.

mod route;

pub use route::Route;
