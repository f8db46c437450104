//! A text of Tencent's server: which one it is, and what is missing in it.

use thiserror::Error;

use super::answers::{DeviceTrace, LossItem, PushCounts};
use super::events::{Fields, Missing, WebhookEvent};
use crate::json::{self, JsonError, Limits, Members};

/// What a text of Tencent's server says, and what is missing in it.
///
/// ```
/// use tim_offline_push::trace::{PushStage, ServerContent, ServerRecord};
///
/// let text = r#"{"CallbackCommand":"Push.OfflinePush","Events":[{"PushStage":3,"PushPlatform":2,"ErrCode":0,
///     "EventTime":1728000000,"To_Account":"denny","PushID":"66ff0000_1_2_3_4"}]}"#;
/// let record = ServerRecord::read(text)?;
/// let ServerContent::Events(events) = record.content() else { return Err("a webhook".into()) };
/// assert_eq!(events[0].stage(), PushStage::Clicked);
/// assert!(record.missing().next().is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ServerRecord {
    content: ServerContent,
    missing: Vec<Box<str>>,
    left_out: usize,
}

/// What a text of Tencent's server is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ServerContent {
    /// A webhook, with up to 100 events.
    Events(Vec<WebhookEvent>),
    /// The trace of one push, device by device.
    Trace(Vec<DeviceTrace>),
    /// Losses, by reason.
    Loss(Vec<LossItem>),
    /// Counts.
    Statistics(Vec<PushCounts>),
}

/// Why a text is none of those of Tencent's server.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ServerRecordError {
    /// The text is not a JSON object, or is too large or too deep.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// The object is of another kind.
    #[error(
        "neither a push webhook (Events) nor the answer of a push trace (InstanceTrace), loss or statistics query"
    )]
    Unrecognized,
    /// The server refused the query.
    #[error("the server refused the query with code {code}")]
    Refused {
        /// Its code.
        code: i64,
    },
}

const LIMITS: Limits = Limits { bytes: ServerRecord::MAX_BYTES, depth: json::MAX_DEPTH };

impl ServerRecord {
    /// The longest text that is read, in bytes.
    pub const MAX_BYTES: usize = 1 << 20;

    /// Reads a webhook or an answer.
    ///
    /// # Errors
    /// [`ServerRecordError`] if it is none. A missing or unreadable field is not an error: see [`ServerRecord::missing`].
    pub fn read(text: &str) -> Result<Self, ServerRecordError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        Self::of(&json::read_object(text, LIMITS)?)
    }

    fn of(members: &Members) -> Result<Self, ServerRecordError> {
        let answer = Fields::of(members);
        let mut missing = Missing::default();
        let has = |answer: &Fields<'_>, keys: &[&str]| keys.iter().any(|key| answer.get(key).is_some());
        let results = answer.objects("Results");
        let parts = || if results.is_empty() { vec![Fields::of(members)] } else { answer.objects("Results") };
        let any = |keys: &[&str]| parts().iter().any(|part| has(part, keys));
        let command = answer.text("CallbackCommand");
        let content = if has(&answer, &["Events"]) || command.is_some_and(|name| name.starts_with("Push.")) {
            let events = answer.objects("Events");
            if events.is_empty() {
                answer.note("Events", &mut missing);
            }
            ServerContent::Events(
                events.iter().map(|event| WebhookEvent::read(event, &mut missing)).collect(),
            )
        } else if any(&["InstanceTrace"]) {
            let devices = parts().into_iter().flat_map(|part| part.objects("InstanceTrace"));
            ServerContent::Trace(devices.map(|device| DeviceTrace::read(&device, &mut missing)).collect())
        } else if any(&[
            "ReadyToSendLoss",
            "PostSendDeliveredLoss",
            "PlatformReadyToSendLoss",
            "PlatformPostSendDeliveredLoss",
        ]) {
            ServerContent::Loss(
                parts().iter().flat_map(|part| LossItem::read_all(part, &mut missing)).collect(),
            )
        } else if any(&["TotalCount", "SentCount", "DeliveredCount", "ClickCount", "PlatformStatistics"]) {
            ServerContent::Statistics(
                parts().iter().flat_map(|part| PushCounts::read_all(part, &mut missing)).collect(),
            )
        } else {
            return Err(match answer.number("ErrorCode") {
                Some(code) if code != 0 => ServerRecordError::Refused { code },
                _ => ServerRecordError::Unrecognized,
            });
        };
        Ok(Self { content, missing: missing.places, left_out: missing.left_out })
    }

    /// What the text says.
    pub const fn content(&self) -> &ServerContent {
        &self.content
    }

    /// The places of fields that are missing or unreadable, such as `Events[3].PushStage`, up to 100 of them.
    pub fn missing(&self) -> impl Iterator<Item = &str> {
        self.missing.iter().map(AsRef::as_ref)
    }

    /// How many more are missing.
    pub const fn missing_left_out(&self) -> usize {
        self.left_out
    }
}
