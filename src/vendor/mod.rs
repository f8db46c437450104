//! The push channels: their names, Tencent's brand ids, limits, and what their error codes mean.
//!
//! Data about vendors stands in this module and nowhere else, each row with its source.

mod app_keys;
mod brand;
mod channel;
mod channel_rules;
mod code;
mod codes;
mod console_code;
mod find;
mod im_code;
mod lifetimes;
mod limits;
mod phones;
mod remedy;
mod requirements;
mod set;
mod source;
pub mod wiring;

pub use app_keys::{APP_KEYS, AppKeys, app_keys};
pub use brand::{BrandId, BrandIdError};
pub use channel::{TokenKind, UnknownTokenKind, UnknownVendor, Vendor};
pub use channel_rules::{CHANNEL_RULES, ChannelNeed, ChannelRule, channel_rule};
pub use code::{CodeName, CodeRow, Explanation, VendorCode, code_rows, explain};
pub use console_code::{CONSOLE_CODES, ConsoleCode, explain_console};
pub(crate) use find::is_code;
pub use im_code::{ImCode, ImEffect, ImExplanation, ImRow, explain_im, im_rows};
pub use lifetimes::{LIFETIMES, Lifetime, lifetime};
pub use limits::{
    BadgeLimits, Bound, EXT_LIMIT, Limit, LimitField, LimitProfile, LimitUnit, MESSAGE_LIMIT, badge_limits,
    limit, limits,
};
pub(crate) use phones::{
    BUILD_WORDS, CUSTOM_PRODUCTS, HONOR_ABOVE_API, HONOR_MAGIC, HONOR_MAGIC_OVERSEAS, MAKER_NAMES, Maker,
    PhoneSystem, SYSTEM_MARKS, VIRTUAL_PRODUCTS, is_of_other_system,
};
pub use remedy::{Pace, Remedy};
pub use requirements::{
    FCM_MIN_API, HMS_MIN_VERSION, REQUIREMENTS, Requirement, requirement, served_overseas,
};
pub use set::VendorSet;
pub use source::Source;
