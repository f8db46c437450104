//! What Tencent's server reports of pushes: its webhooks, and the answers of its REST queries.
//!
//! [`ServerRecord::read`] takes the text of any of them and knows which it is. It is tolerant: unknown
//! members are ignored, codes may be texts or numbers, and a field that is missing or unreadable is listed in
//! [`ServerRecord::missing`] instead of being an error.
//!
//! | text | read as |
//! |---|---|
//! | webhook `Push.OfflinePush`, `Push.AllMemberPush` | [`ServerRecord::events`] |
//! | answer of `normal_push_trace`, `all_member_push_trace` | [`ServerRecord::devices`] |
//! | answer of `normal_push_loss`, `all_member_push_loss` | [`ServerRecord::losses`] |
//! | answer of `normal_push_statistics`, `all_member_push_statistics` | [`ServerRecord::counts`] |
//!
//! The server numbers vendors in a way of its own, [`PushPlatform`], which is not the device's [brand
//! id](crate::vendor::Vendor::brand_id). No push id, account, token or text of an error is shown in `Debug`.
//!
//! Sources: trtc.io documents 67551 and 67552, Tencent's documents 71893 to 71898; excerpts of November 2026.

mod events;
mod fields;
mod record;

pub use events::{PushPlatform, PushStage, StepOutcome, WebhookEvent};
pub(crate) use fields::is_written_time;
pub(crate) use record::ServerContent;
pub use record::{DeviceTrace, LossItem, PushCounts, ServerRecord, ServerRecordError};
