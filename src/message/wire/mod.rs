//! The wire forms: one table of keys for each, and one reader and one writer for all of them.

mod c_api;
mod envelope;
mod form;
mod meaning;
mod read;
mod rest;
mod table;
mod token_object;
mod v2tim;
mod web;
mod write;

pub use envelope::Envelope;
pub use form::{Form, Key, UnknownForm};
pub use read::Reading;
pub use token_object::{TokenObject, TokenObjectError};
pub use write::Written;
