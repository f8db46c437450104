//! Business ids per vendor, and one reader for every spelling of the configuration files that carry them.
//!
//! Tencent's console makes one *certificate* for each vendor (for APNs one for development, one for production, and
//! the same again for VoIP) and numbers it. That number is the *business id*: a phone reports its token together with
//! the id of the channel that issued the token, never one chosen by the phone's brand.

mod business_id;
mod certificates;
mod console_form;
mod error;
mod json;
mod key;
mod reading;
mod settings;
mod source_text;

pub use business_id::{BusinessId, BusinessIdError};
pub use certificates::{AppleEnvironment, CertificateSlot, CertificateSlotError, Certificates, Market};
pub use console_form::{CONSOLE_FORMS, ConsoleForm, FieldValue, FormField, console_form};
pub use error::ConfigError;
pub use reading::{ConfigFinding, ConfigFindingKind, ConfigReading};
pub(crate) use settings::{Setting, settings};
