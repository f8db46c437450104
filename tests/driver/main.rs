//! The registrar's handle and its hosts: hosts that misbehave in every pair of ways, logouts, the end of a
//! registrar, threads, the defaults, and what is said of a phone that is stuck.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::wildcard_enum_match_arm,
    reason = "a test stops at the first thing that is not as expected"
)]

mod answers;
mod blocking;
mod causes;
mod defaults;
mod diagnosis;
mod ending;
mod file_store;
mod logout;
mod matrix;
mod push_events;
mod stress;
mod threads;
mod unruly;

use tim_offline_push::account::UserId;
use tim_offline_push::certificate::{BusinessId, Certificates};
use tim_offline_push::device::DeviceFacts;
use tim_offline_push::vendor::Vendor;

fn certificates() -> Certificates {
    Certificates::new()
        .with(Vendor::Xiaomi, BusinessId::new(30207).unwrap())
        .with(Vendor::Fcm, BusinessId::new(30210).unwrap())
}

fn xiaomi() -> DeviceFacts {
    DeviceFacts::from_getprop("[ro.product.manufacturer]: [Xiaomi]\n[ro.build.version.sdk]: [29]").unwrap()
}

fn alice() -> UserId {
    UserId::new("alice").unwrap()
}

fn bob() -> UserId {
    UserId::new("bob").unwrap()
}
