//! `android.content.Intent`, `Uri` and `IntentFilter`, off the device. Knows nothing of push.

mod android_uri;
mod codec;
mod component;
mod extra;
pub mod filter;
mod flags;
mod hash_ordered;
mod model;
mod version;

pub use android_uri::{AndroidUri, UriParts};
pub use component::Component;
pub use extra::{Extra, Extras};
pub use flags::IntentFlags;
pub use model::{Intent, SourceBounds};
pub use version::{AndroidVersion, UnknownAndroidVersion};
