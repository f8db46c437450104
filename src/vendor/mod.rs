//! The push channels: their names, Tencent's brand ids, limits, and what their error codes mean.
//!
//! Data about vendors stands in this module and nowhere else, each row with its source.

mod brand;
mod channel;

pub use brand::{BrandId, BrandIdError};
pub use channel::{TokenKind, UnknownVendor, Vendor};
