//! The `ext` payload: bytes that travel through the vendor, and Tencent's container in them.
//!
//! A sender puts an `ext` into the push of a message; whoever taps the notification gets it back. To Tencent and to
//! every vendor it is text without meaning, except to OPPO, which wants a JSON object and hands over its top-level
//! keys one by one. [`Ext`] is that text, and [`Container`] the shape that Tencent's own chat screens write and read.
//!
//! An `ext` holds what people wrote to each other. Nothing here shows it in `Debug` output or in an error.

mod container;
mod error;
mod features;
mod payload;
mod peer;
mod read;
mod write;

pub use container::{Action, ChatType, Container};
pub use error::ExtError;
pub use features::{FcmNotificationType, FcmPushType, PushFeatures};
pub use payload::Ext;
pub use peer::{GroupId, GroupIdError, Peer};
