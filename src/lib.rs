//! Offline push for Tencent Cloud Chat (IM), off the device: makes a phone reachable for messages while the
//! app is not running.
//!
//! # What it is
//!
//! A client-side library for apps that integrate the vendors' push SDKs themselves, or wrap TIMPush. It has
//! four jobs, in the order in which a developer meets them:
//!
//! | job | in | out | modules |
//! |---|---|---|---|
//! | **Set up** | a click action, certificate ids, the manifest | console values, manifest snippets, findings | [`click_action`], [`intent`], [`certificate`], [`doctor`] |
//! | **Register** | device facts, vendor SDK callbacks, login state | reports (business id, token) after each login, and retries until the server confirms | [`registrar`], [`device`], [`token`], [`testing`] |
//! | **Send** | title, desc, `ext`, vendor options | [`OfflinePushInfo`] in each wire form that Tencent reads | [`message`], [`ext`] |
//! | **Receive** | a vendor's own tap payload | the typed [`Ext`], once, for the right account | [`notification`] |
//!
//! # The types that you meet
//!
//! | job | types |
//! |---|---|
//! | Set up | [`ClickAction`], [`Screen`], [`WebLink`], [`Certificates`], [`BusinessId`], [`doctor::App`], [`doctor::Manifest`], [`doctor::Preflight`], [`doctor::Report`], [`doctor::SetupSheet`], [`finding::Finding`] |
//! | Register | [`Registrar`], [`registrar::ImClient`], [`registrar::VendorSdk`], [`registrar::Completion`], [`registrar::Release`], [`registrar::Observer`], [`registrar::FileStore`], [`registrar::Diagnosis`], [`DeviceFacts`], [`Certificates`], [`UserId`], [`testing::Phone`] |
//! | Send | [`OfflinePushInfo`], [`message::Android`], [`message::Ios`], [`message::Harmony`], [`message::Form`], [`message::Written`], [`message::Envelope`], [`message::Audience`], [`Ext`], [`ext::Container`], [`finding::Finding`] |
//! | Receive | [`Tap`], [`notification::Payload`], [`Route`], [`Ext`], [`account::Peer`], [`registrar::TapHandler`], [`notification::PushId`], [`notification::ActivityCounter`] |
//!
//! [`Vendor`] and [`TokenKind`] are in all of them.
//!
//! # What it is not
//!
//! No push server, no client for the vendors' server interfaces, no replacement for Tencent's IM SDK. It
//! opens no network connection and links no vendor SDK; it reads no clock, starts no thread and touches no
//! file unless the host picks the defaults that do ([`registrar::ThreadScheduler`],
//! [`registrar::FileStore`]). There is no field anywhere for a secret that belongs to a server.
//!
//! # The host contract
//!
//! The host passes events to a [`Registrar`], from any thread and in any order, and implements two traits:
//! [`registrar::ImClient`] and [`registrar::VendorSdk`]. It is called with no lock held, may call back at
//! once, and answers each [`registrar::Completion`] once; dropping one means that the outcome is unknown. The
//! registrar belongs in the app's main process only. [`registrar`] has the whole contract, [`guide`] the
//! steps for each vendor.
//!
//! ```
//! use tim_offline_push::message::Form;
//! use tim_offline_push::{ClickAction, Ext, OfflinePushInfo, Screen, Tap, Vendor};
//!
//! // Set up: what the console wants for "open this screen".
//! let screen = Screen::new("com.example.im", "com.example.im.ChatActivity", "pushscheme://com.example.im/detail")?;
//! let entry = ClickAction::OpenScreen(screen).console_entry(Vendor::Vivo)?;
//! assert!(entry.value().is_some_and(|value| value.starts_with("intent://com.example.im/detail#Intent;")));
//!
//! // Send: the ext of a message.
//! let push = OfflinePushInfo::new("denny", "hi").with_ext(Ext::from_text(r#"{"action":"jump to denny"}"#));
//! assert!(push.write(Form::Rest).text().contains("jump to denny"));
//!
//! // Receive: the same ext out of what OPPO hands over.
//! let tap = Tap::from_text(Some(Vendor::Oppo), r#"{"action": "jump to denny"}"#)?;
//! assert_eq!(tap.ext(), Some(push.ext()));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Where facts come from
//!
//! Every statement about a vendor is in [`vendor`], with its document and the day on which it was read.
//! `Tencent's Android offline-push document (2021 edition)` is the text that this crate implements; where
//! vendors have changed since, both are kept.

pub mod account;
pub mod certificate;
pub mod click_action;
pub mod device;
pub mod doctor;
mod error_code;
pub mod ext;
pub mod finding;
pub mod guide;
pub mod intent;
pub mod json;
pub mod message;
pub mod notification;
pub mod registrar;
pub mod secret;
pub mod testing;
pub mod time;
pub mod token;
pub mod trace;
pub mod vendor;

pub use account::UserId;
pub use certificate::{BusinessId, Certificates};
pub use click_action::{ClickAction, Screen, WebLink};
pub use device::DeviceFacts;
pub use ext::Ext;
pub use intent::Intent;
pub use intent::filter::IntentFilter;
pub use message::OfflinePushInfo;
pub use notification::{Route, Tap};
pub use registrar::Registrar;
pub use token::Token;
pub use vendor::{TokenKind, Vendor};

/// The README's code, compiled and run as documentation tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
