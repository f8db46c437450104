//! The push vendors: their names, Tencent's brand ids, limits, requirements, and what their error codes mean.
//!
//! Facts about vendors are tables in this module, each row with its source; those that one room alone needs
//! are tables there. Users read them as the [wiring page](crate::guide::wiring) and, for one app, as the
//! [set-up sheet](crate::doctor::SetupSheet).

mod code;
mod codes;
mod facts;
mod find;
mod limits;
mod names;
mod phones;
mod requirements;
mod tencent_code;
#[cfg(test)]
mod tests;

pub use code::{CodeName, Explanation, Pace, Remedy, VendorCode, explain, known_codes};
pub(crate) use facts::{
    AppKeys, ConsoleCode, FormField, Lifetime, NotificationRule, ReceiptSetup, Requirement,
    TAKES_EFFECT_WITHIN_MINUTES, Wiring, app_keys, console_form, explain_console, lifetime,
    notification_rule, receipt_hosts, receipt_setup, requirement, wiring,
};
pub(crate) use find::is_code;
pub use limits::{Bound, LimitProfile};
pub(crate) use limits::{EXT_LIMIT, LimitField, LimitUnit, MESSAGE_LIMIT, badge_limits, limit};
pub(crate) use names::WordList;
pub use names::{Source, TokenKind, UnknownName, Vendor, VendorSet};
pub(crate) use phones::{
    BUILD_WORDS, CUSTOM_PRODUCTS, Family, HONOR_ABOVE_API, HONOR_MAGIC, HONOR_MAGIC_OVERSEAS, SYSTEM_MARKS,
    VIRTUAL_PRODUCTS, is_of_other_system, maker_named,
};
pub(crate) use requirements::{
    FCM_MIN_API, HMS_MIN_VERSION, NotificationChannelNeed, message_classes, notification_channel_need,
    served_overseas,
};
pub use tencent_code::{ImCode, ImEffect, ImExplanation, explain_im, known_im_codes};
