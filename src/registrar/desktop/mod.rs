//! Hosts for desktops and tests: a clock, an alarm clock and a store. Each is replaceable.

mod file_store;
mod time;

pub use file_store::FileStore;
pub use time::{SystemClock, ThreadScheduler};
