//! Business ids per vendor, and one reader for every spelling of the configuration files that carry them.
//!
//! Tencent's console makes one *certificate* for each vendor (for APNs one for development, one for
//! production, and the same again for VoIP) and numbers it. That number is the *business id*: a phone reports
//! its token together with the id of the vendor that issued the token, never one chosen by the phone's brand.

mod certificates;
mod finding;
mod key;
mod reading;
mod source_branches;
mod source_text;
mod source_token;

pub use certificates::{
    AppleEnvironment, BusinessId, BusinessIdError, CertificateSlot, Certificates, Market,
};
pub use finding::{ConfigError, ConfigFinding, ConfigFindingKind};
pub(crate) use key::{Setting, settings};
pub use reading::ConfigReading;
