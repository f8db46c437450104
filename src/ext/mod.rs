//! The `ext` payload: bytes that travel through the vendor, and Tencent's container in them.
//!
//! A sender adds an `ext` to the push of a message, and the app gets it back when the notification is tapped.
//! Tencent and the vendors pass it on unread, except OPPO, which requires a JSON object and hands over its
//! top-level keys one by one. [`Ext`] is that text; [`Container`] is the format that Tencent's own chat
//! screens write and read. Tencent's second format, `{"conversationID":"c2c_denny"}` of its Flutter screens,
//! is read as a route: see [`Peer::from_conversation_id`](crate::account::Peer::from_conversation_id).
//!
//! An `ext` may hold what people wrote to each other. `Debug` output and errors never show it.

mod container;
mod container_json;
mod payload;

pub use container::{Container, PushFeatures};
pub use payload::{Ext, ExtEncoding, ExtError};
