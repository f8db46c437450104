//! A tapped notification: each vendor's payload read into one tap.
//!
//! The ext that a sender attached comes back in another shape from every vendor. A [`Payload`] is what the
//! host has in its hands; a [`Tap`] is what it means: the ext, the message id, the keys that are the vendor's
//! and those that are not, and the [`Route`] to the right screen.
//!
//! | vendor | where the ext is |
//! |---|---|
//! | Xiaomi | key `ext` of the callback's map; or inside the extra `key_message` of the launch intent, a `MiPushMessage` that the host prints, turns into JSON or flattens to `key_message.extra.ext` |
//! | Huawei, Honor | extra `ext` |
//! | OPPO | the ext's own top-level keys are the extras |
//! | vivo | key `ext` of the callback's params, or extra `ext` |
//! | Meizu | the self-defined content, or key `ext` in it; or extra `ext` |
//! | FCM | key `ext` of the data, or extra `ext` |
//! | APNs | key `ext` of `userInfo` |
//! | HarmonyOS | key `ext` of the want's parameters |
//!
//! Sources: Tencent's Android offline-push document (2021 edition); `ParseNotification` of Tencent's
//! `TUIOfflinePush` and `OfflineMessageDispatcher` of <https://github.com/TencentCloud/chat-uikit-android>;
//! read 2026-11-22. Whether a vendor hands over anything at all depends on the click action: see
//! [`ext_delivery`](crate::click_action::ext_delivery).
//!
//! [`ActivityCounter`] tells when the app comes to the foreground and leaves it, for the registrar's presence
//! calls.
//!
//! Every reader here is total, linear in time, and bounded by [`Payload::MAX_BYTES`], [`Payload::MAX_KEYS`]
//! and [`MAX_DEPTH`](crate::json::MAX_DEPTH) levels of JSON. Nothing is logged.

mod activity;
mod java;
mod keys;
mod payload;
mod push_event;
mod read;
mod route;
mod tap;
#[cfg(test)]
mod tests;
mod value;

pub use activity::ActivityCounter;
pub use keys::is_system_key;
pub use payload::Payload;
pub use push_event::{DataMessage, PushEvent, PushEventKind};
pub use route::{DedupeKey, NoExt, PushId, Route, TapMode};
pub use tap::Tap;
pub use value::{PayloadError, PayloadValue};
