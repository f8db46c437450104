//! `android.content.Intent`, `Uri` and `IntentFilter`, off the device. Knows nothing of push.

mod android_uri;
mod codec;
mod component;
mod error;
mod extra;
pub mod filter;
mod flags;
mod hash_ordered;
mod hex_float;
mod java_float;
mod java_number;
mod java_text;
pub mod manifest;
mod model;
mod parse;
mod parse_old;
mod print;
mod round_trip;
mod sanitize;
mod uri_form;
mod version;

pub use android_uri::{AndroidUri, UriParts};
pub use component::Component;
pub use error::{NumberField, ParseUriError, SyntaxReason, ToUriError};
pub use extra::{Extra, Extras};
pub use flags::IntentFlags;
pub use model::{Intent, SourceBounds};
pub use round_trip::{Change, IntentField, Loss, LossCause};
pub use sanitize::{Sanitized, Sanitizer, Stripped};
pub use uri_form::{ParseFlags, UriScheme};
pub use version::{AndroidVersion, UnknownAndroidVersion};
