//! What a tap on a notification opens, as each vendor wants it said.
//!
//! - [`ClickAction`]: the one wish, *open the app*, *open a web page* ([`WebLink`]) or *open a screen*
//!   ([`Screen`]).
//! - [`ClickAction::console_entry`]: what to choose and type in Tencent's console, under "after a tap" of a
//!   certificate.
//! - [`ClickAction::server_fields`]: the same in the vendor's own server interface, as numbers and texts.
//! - [`ext_delivery`]: whether the message's `ext` reaches the app with that action on that vendor.
//! - [`Screen::manifest`]: the lines of the manifest that the screen needs.
//!
//! Intent URIs are made by [`intent`](crate::intent); nothing here knows their grammar.

mod action;
mod screen;
mod server;

pub use action::{ClickAction, ClickActionError, ClickKind, ConsoleEntry, WebLink, WebLinkError};
pub(crate) use screen::is_full_name;
pub use screen::{Screen, ScreenError};
pub use server::{ExtDelivery, ext_delivery};
