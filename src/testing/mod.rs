//! A phone for tests: scripted vendor SDKs, IM client and store, in virtual time.
//!
//! Everything that a [`Registrar`](crate::registrar::Registrar) calls has a stand-in here that answers as it is told
//! ([`Reply`]) and writes down what it was asked ([`Journal`]). [`Phone`] holds one of each. Time stands still until
//! the test moves it, so that a day of back-off takes no longer than its arithmetic, and the same script gives the same
//! calls each time. Any part can be the app's own instead: give it to the builder in place of the phone's.
//!
//! ```
//! use std::time::Duration;
//! use tim_offline_push::account::UserId;
//! use tim_offline_push::certificate::{BusinessId, Certificates};
//! use tim_offline_push::device::DeviceFacts;
//! use tim_offline_push::testing::{Phone, Reply};
//! use tim_offline_push::vendor::Vendor;
//!
//! let phone = Phone::new();
//! phone.vendors().script(Vendor::Xiaomi, [Reply::token("d//igwEhgBGCI2TG6lWq").after(Duration::from_secs(3))]);
//! phone.im().script([Reply::failed(22006), Reply::ok()]); // "over frequency limit", then fine
//! let certificates = Certificates::new().with(Vendor::Xiaomi, BusinessId::new(30207)?);
//! let device = DeviceFacts::from_getprop("[ro.product.manufacturer]: [Xiaomi]")?;
//!
//! let push = phone.registrar(certificates).start(device)?;
//! push.logged_in(UserId::new("alice")?);
//! phone.advance(Duration::from_secs(3_600));
//!
//! assert_eq!(phone.im().reports().len(), 2);
//! assert!(push.diagnose().reachable, "{}", push.diagnose());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod im;
mod journal;
mod line;
mod phone;
mod reply;
mod screen;
mod store;
mod time;
mod token;
mod vendors;

pub use im::ScriptedIm;
pub use journal::{Call, Entry, Journal, Record};
pub use phone::Phone;
pub use reply::Reply;
pub use screen::ScriptedScreen;
pub use store::ScriptedStore;
pub use time::VirtualTime;
pub use token::sample_token;
pub use vendors::ScriptedVendors;
