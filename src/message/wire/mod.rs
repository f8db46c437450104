//! The wire forms: one table of keys for each, and one reader and one writer for all of them.

mod envelope;
mod form;
mod read;
mod tables;
mod token_object;
mod write;

pub use envelope::Envelope;
pub use form::{Form, Key};
pub use read::PushReading;
pub use token_object::{LiveActivityConfig, TokenObject, TokenObjectError};
pub use write::Written;

pub(super) use form::{PreservedMember, WHOLE};
pub(super) use tables::Shape;
