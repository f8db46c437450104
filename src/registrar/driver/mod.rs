//! [`Registrar`]: a machine behind a lock, and the loop that carries out what it asks for.
//!
//! An event is handled under the lock, which takes a microsecond and calls nobody. What follows from it is then done
//! outside of the lock, in order, by the thread that brought the event. Each host trait has a lane of its own, each
//! vendor too: its calls never overlap, and while one of them blocks, the next thread that comes along goes on with the others. A
//! thread that is inside of a host call already leaves what it asks for to the loop it came from.

mod builder;
mod call;
mod carry_out;
mod core;
mod handle;
mod hosts;
mod inner;
mod line;

pub(super) use self::core::Core;
pub use builder::{Builder, StartError};
pub use handle::{Registrar, WeakRegistrar};
