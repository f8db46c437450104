//! A phone for tests: scripted vendor SDKs, IM client and store, in virtual time.
//!
//! [`Phone`] is every host that a [`Registrar`](crate::registrar::Registrar) calls. It answers what it is
//! asked ([`Ask`]) by a script ([`Reply`]) and records the calls ([`Journal`]). Time does not move until the
//! test moves it, so a day of back-off takes no time, and the same script gives the same calls. To test one
//! of your own hosts, give it to the builder in place of the phone. A host alone is tested with
//! [`Completion::from_fn`](crate::registrar::Completion::from_fn).
//!
//! ```
//! use std::time::Duration;
//! use tim_offline_push::account::UserId;
//! use tim_offline_push::certificate::{BusinessId, Certificates};
//! use tim_offline_push::device::DeviceFacts;
//! use tim_offline_push::testing::{Ask, Phone, Reply};
//! use tim_offline_push::vendor::Vendor;
//!
//! let phone = Phone::new();
//! phone.script(Vendor::Xiaomi, [Reply::token("d//igwEhgBGCI2TG6lWq").after(Duration::from_secs(3))]);
//! phone.script(Ask::Report, [Reply::failed(22006), Reply::ok()]); // "over frequency limit", then fine
//! let certificates = Certificates::new().with(Vendor::Xiaomi, BusinessId::new(30207)?);
//! let device = DeviceFacts::from_getprop("[ro.product.manufacturer]: [Xiaomi]")?;
//!
//! let push = phone.registrar(certificates).start(device)?;
//! push.logged_in(UserId::new("alice")?);
//! phone.advance(Duration::from_secs(3_600));
//!
//! assert_eq!(phone.reports().len(), 2);
//! assert!(push.diagnose().reachable, "{}", push.diagnose());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod journal;
mod phone;
mod reply;

pub use journal::{Call, Entry, Journal, Record, VirtualTime};
pub use phone::Phone;
pub use reply::{Ask, Reply, sample_token};
