//! [`Registrar`]: a machine behind a lock, and the loop that does what it asks for. It knows no rule of
//! registration.
//!
//! An event is handled under the lock, which takes a microsecond and calls no host. What follows is done
//! outside of the lock, in order, by the thread that brought the event. Each host object has a lane of its
//! own, each vendor too: its calls never overlap, and while one of them blocks, others go on. The alarm clock
//! is set before a host is called, and if something else is left to do, for a second later at most: so the
//! alarm's thread goes on where this one does not return. A thread that is inside of a host leaves what it
//! asks for to the loop that it came from.

mod agenda;
mod builder;
mod core;
mod handle;
mod hosts;

pub(super) use self::core::Core;
pub use builder::Builder;
pub use handle::{Registrar, WeakRegistrar};
pub(super) use hosts::Request;
