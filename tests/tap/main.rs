//! Taps and what becomes of a push: what each vendor hands over, what the server reports, and what no input
//! can do.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::wildcard_enum_match_arm,
    reason = "a test stops at the first thing that is not as expected"
)]

mod activity;
mod flattened;
mod hostile;
mod odd_shapes;
mod properties;
mod push_ids;
mod reports;
mod shapes;
mod state;
mod trace;

use serde_json::Value;
use tim_offline_push::notification::{Payload, PayloadValue, Tap};
use tim_offline_push::vendor::Vendor;

/// The container that the samples hold.
const CONTAINER: &str =
    r#"{"entity":{"version":1,"chatType":1,"action":1,"sender":"denny","content":"hi, x=1"}}"#;

/// A tap of the extras that a JSON object lists.
fn tap(vendor: impl Into<Option<Vendor>>, extras: &Value) -> Tap {
    let pairs = extras.as_object().expect("an object").iter();
    let pairs = pairs.map(|(key, value)| (key.as_str(), value));
    Tap::new(vendor.into(), Payload::from_pairs(pairs).expect("small"))
}

fn text(tap: &Tap) -> Option<&str> {
    tap.ext().and_then(|ext| ext.text())
}

fn names<'a>(keys: impl Iterator<Item = (&'a str, &'a PayloadValue)>) -> Vec<&'a str> {
    keys.map(|(key, _)| key).collect()
}
