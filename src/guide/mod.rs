//! Guides: how each vendor is wired step by step, and how the crate is wrapped for other languages. Text
//! only.
//!
//! The guides speak of a wrapper that you write once, or copy from `examples/hosts` in the repository
//! ([`uniffi`] or [`jni`]): an object `push` in Kotlin, Swift or `ArkTS` whose methods are those of
//! [`Registrar`](crate::registrar::Registrar). Each vendor's page then says which call of the SDK stands
//! behind [`VendorSdk::register`](crate::registrar::VendorSdk::register), which callback goes to which method
//! of `push`, what a tap hands over, and what goes wrong in practice. The same for all vendors at once:
//! [`wiring`].

#![doc = include_str!("order.md")]

#[doc = include_str!("android.md")]
pub mod android {}
#[doc = include_str!("apple.md")]
pub mod apple {}
#[doc = include_str!("c_library.md")]
pub mod c_library {}
#[doc = include_str!("ci.md")]
pub mod ci {}
#[doc = include_str!("diagnosis.md")]
pub mod diagnosis {}
#[doc = include_str!("harmony_os.md")]
pub mod harmony_os {}
#[doc = include_str!("jni.md")]
pub mod jni {}
#[doc = include_str!("node.md")]
pub mod node {}
#[doc = include_str!("policy.md")]
#[doc = include_str!("policy-outage.svg")]
#[doc = ""]
#[doc = include_str!("policy-reconnect.md")]
#[doc = include_str!("policy-reconnect.svg")]
#[doc = ""]
#[doc = include_str!("policy-capacity.md")]
#[doc = include_str!("policy-capacity.svg")]
#[doc = ""]
#[doc = include_str!("policy-defaults.md")]
pub mod policy {}
#[doc = include_str!("stability.md")]
pub mod stability {}
#[doc = include_str!("statistics.md")]
pub mod statistics {}
#[doc = include_str!("uniffi.md")]
pub mod uniffi {}
#[doc = include_str!("wiring.md")]
pub mod wiring {}
