//! Guides: how each vendor is wired step by step, and how the crate is wrapped for other languages. Text only.
//!
//! The guides speak of a wrapper that you write once ([`uniffi`] or [`jni`]): an object `push` in Kotlin, Swift or
//! `ArkTS` whose methods are those of [`Registrar`](crate::registrar::Registrar). Each vendor's page then says which
//! call of the SDK stands behind [`VendorSdk::register`](crate::registrar::VendorSdk::register), which callback goes
//! to which method of `push`, what a tap hands over, and what goes wrong in practice. The same as a table, and as data:
//! [`vendor::wiring`](crate::vendor::wiring).

#![doc = include_str!("order.md")]

pub mod android;
pub mod apple;
pub mod harmony_os;
pub mod jni;
pub mod policy;
pub mod uniffi;
