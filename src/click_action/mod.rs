//! What a tap on a notification opens, as each vendor wants it said.
//!
//! - [`ClickAction`]: the one wish, *open the app*, *open a web page* ([`WebLink`]) or *open a screen* ([`Screen`]).
//! - [`ClickAction::console_entry`]: what to choose and type in Tencent's console, under "after a tap" of a certificate.
//! - [`ClickAction::server_fields`]: the same in the vendor's own server interface, as numbers and texts, from
//!   [`server_rows`].
//! - [`ext_delivery`]: whether the message's `ext` reaches the app with that action on that vendor, dated.
//! - [`Screen::manifest`]: the lines of the manifest that the screen needs.
//!
//! Intent URIs are made by [`intent`](crate::intent); nothing here knows their grammar.

mod action;
mod console;
mod console_value;
mod error;
mod ext_delivery;
mod screen;
mod server;
mod server_row;
mod web_link;

pub use action::{ClickAction, ClickKind, Opener};
pub use console::{ConsoleChoice, ConsoleEntry};
pub use console_value::ConsoleValue;
pub use error::ClickActionError;
pub use ext_delivery::{ExtDelivery, ExtDeliveryRow, ext_delivery, ext_delivery_history};
pub use screen::{ManifestStyle, Screen, ScreenError};
pub use server::{ServerField, ServerValue};
pub use server_row::{ServerRow, server_rows};
pub use web_link::{WebLink, WebLinkError};
