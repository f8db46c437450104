//! The push vendors: their names, Tencent's brand ids, limits, requirements, and what their error codes mean.
//!
//! Facts about vendors are tables in this module and nowhere else, each row with its source.

mod code;
mod codes;
mod find;
mod limits;
mod names;
mod notification_channel;
mod phones;
mod receipts;
mod requirements;
mod tencent_code;
pub mod wiring;

pub use code::{CodeName, Explanation, Pace, Remedy, VendorCode, explain, known_codes};
pub(crate) use find::is_code;
pub use limits::{
    BadgeLimits, Bound, EXT_LIMIT, Limit, LimitField, LimitProfile, LimitUnit, MESSAGE_LIMIT, badge_limits,
    limit, limits,
};
pub use names::{Source, TokenKind, UnknownTokenKind, UnknownVendor, Vendor, VendorSet};
pub use notification_channel::{NotificationChannelNeed, NotificationRule, notification_rule};
pub(crate) use phones::{
    BUILD_WORDS, CUSTOM_PRODUCTS, HONOR_ABOVE_API, HONOR_MAGIC, HONOR_MAGIC_OVERSEAS, MAKER_NAMES, Maker,
    PhoneSystem, SYSTEM_MARKS, VIRTUAL_PRODUCTS, is_of_other_system,
};
pub use receipts::{ReceiptSetup, receipt_hosts, receipt_setup};
pub use requirements::{
    FCM_MIN_API, HMS_MIN_VERSION, Lifetime, Requirement, lifetime, requirement, served_overseas,
};
pub use tencent_code::{
    ConsoleCode, ImCode, ImEffect, ImExplanation, explain_console, explain_im, known_console_codes,
    known_im_codes,
};
pub use wiring::{AppKeys, app_keys};
