//! Offline push for Tencent Cloud Chat (IM), off the device.
//!
//! The crate has four jobs, in the order in which a developer meets them:
//!
//! | job | in | out |
//! |---|---|---|
//! | **Set up**: [`click_action`], [`intent`], [`certificate`] | a wish, certificate ids, channels | console values, manifest snippets, findings |
//! | **Register**: [`device`], [`registrar`] | device facts, vendor SDK callbacks, IM login state | one report (business id, token) per login session, repeated exactly as often as needed |
//! | **Send**: [`message`], [`ext`] | title, desc, ext, vendor options | `OfflinePushInfo` in each wire form that Tencent reads |
//! | **Receive**: [`notification`] | a vendor's own tap payload | the typed `ext`, once, for the right account |
//!
//! It opens no network connection and links no vendor SDK: the host wires it to the real ones by traits.

pub mod account;
pub mod certificate;
pub mod click_action;
pub mod device;
pub mod doctor;
pub mod ext;
pub mod guide;
pub mod intent;
pub mod message;
pub mod notification;
pub mod registrar;
pub mod secret;
pub mod testing;
pub mod time;
pub mod token;
pub mod vendor;

/// The README's code, compiled and run as documentation tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
