//! The push vendors: their names, Tencent's brand ids, limits, requirements, and what their error codes mean.
//!
//! Facts about vendors are tables in this module and nowhere else, each row with its source. Users read them as the
//! [wiring page](crate::guide::wiring) and, for one app, as the [set-up sheet](crate::doctor::SetupSheet).

mod code;
mod codes;
mod console_form;
mod find;
mod limits;
mod names;
mod phones;
mod receipts;
mod requirements;
mod tencent_code;
#[cfg(test)]
mod tests;
mod wiring;

pub use code::{CodeName, Explanation, Pace, Remedy, VendorCode, explain, known_codes};
pub(crate) use console_form::{FieldValue, FormField, TAKES_EFFECT_WITHIN_MINUTES, console_form};
pub(crate) use find::is_code;
pub(crate) use limits::badge_limits;
pub use limits::{Bound, EXT_LIMIT, LimitField, LimitProfile, LimitUnit, MESSAGE_LIMIT, limit};
pub use names::{Source, TokenKind, UnknownName, Vendor, VendorSet};
pub(crate) use phones::{
    BUILD_WORDS, CUSTOM_PRODUCTS, HONOR_ABOVE_API, HONOR_MAGIC, HONOR_MAGIC_OVERSEAS, MAKER_NAMES, Maker,
    PhoneSystem, SYSTEM_MARKS, VIRTUAL_PRODUCTS, is_of_other_system,
};
pub use receipts::{ReceiptSetup, receipt_hosts, receipt_setup};
pub(crate) use requirements::{
    FCM_MIN_API, HMS_MIN_VERSION, Lifetime, NotificationChannelNeed, NotificationRule, Requirement, lifetime,
    notification_rule, requirement, served_overseas,
};
pub use tencent_code::{
    ConsoleCode, ImCode, ImEffect, ImExplanation, explain_console, explain_im, known_console_codes,
    known_im_codes,
};
pub(crate) use wiring::{AppKeys, Wiring, app_keys, wiring};
