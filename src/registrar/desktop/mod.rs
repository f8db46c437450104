//! Hosts that just work on a desktop and in tests: a clock, an alarm clock and a store. Each is replaceable.

mod clock;
mod file_store;
mod thread_scheduler;

pub use clock::SystemClock;
pub use file_store::FileStore;
pub use thread_scheduler::ThreadScheduler;
