//! The one JSON reader of the crate: one bounded value, its writer, and the error that all readers share.
//!
//! Members keep their order and their duplicates. Every reader is total and linear in its input, bounded in
//! bytes (each caller names its own limit) and in depth ([`MAX_DEPTH`] at most). An error gives the place,
//! never the text.

mod read;
mod value;
mod write;

pub use read::{JsonError, MAX_DEPTH};

pub(crate) use read::{Limits, is_object, read, read_object, read_text, read_value, value_len};
pub(crate) use value::{Json, Members, last};
pub(crate) use write::JsonWriter;
