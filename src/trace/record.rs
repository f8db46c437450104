//! A text of Tencent's server: which one it is, and what is missing in it.

use std::cell::RefCell;

use thiserror::Error;

use super::answers::{COUNTS, DeviceTrace, LOSSES, LossItem, PushCounts};
use super::events::WebhookEvent;
use super::fields::{Fields, Missing};
use crate::json::{self, JsonError, Limits, Members};

/// What a text of Tencent's server says, and what is missing in it.
///
/// ```
/// use tim_offline_push::trace::{PushStage, ServerRecord};
///
/// let text = r#"{"CallbackCommand":"Push.OfflinePush","Events":[{"PushStage":3,"PushPlatform":2,"ErrCode":0,
///     "EventTime":1728000000,"To_Account":"denny","PushID":"66ff0000_1_2_3_4"}]}"#;
/// let record = ServerRecord::read(text)?;
/// assert_eq!(record.events()[0].stage, PushStage::Clicked);
/// assert!(record.missing().next().is_none());
/// # Ok::<(), tim_offline_push::trace::ServerRecordError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ServerRecord {
    content: ServerContent,
    missing: Vec<Box<str>>,
    left_out: usize,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ServerContent {
    Events(Vec<WebhookEvent>),
    Trace(Vec<DeviceTrace>),
    Loss(Vec<LossItem>),
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
        let missing = RefCell::default();
        let answer = || Fields::of(members, &missing);
        let results = answer().objects("Results");
        let parts = if results.is_empty() { vec![answer()] } else { results };
        let has = |key: &str| parts.iter().any(|part| part.get(key).is_some());
        let command = answer().text("CallbackCommand");
        let is_webhook = command.is_some_and(|command| command.expose_secret().starts_with("Push."));
        let content = if is_webhook || answer().get("Events").is_some() {
            let events = answer().objects("Events");
            answer().require("Events", !events.is_empty());
            ServerContent::Events(events.iter().map(WebhookEvent::read).collect())
        } else if has("InstanceTrace") {
            let devices = parts.iter().flat_map(|part| part.objects("InstanceTrace"));
            ServerContent::Trace(devices.map(|device| DeviceTrace::read(&device)).collect())
        } else if LOSSES.iter().any(|(key, _)| has(key)) {
            ServerContent::Loss(parts.iter().flat_map(LossItem::read_all).collect())
        } else if has("PlatformStatistics") || COUNTS.into_iter().any(has) {
            ServerContent::Statistics(parts.iter().flat_map(PushCounts::read_all).collect())
        } else {
            return Err(match answer().number("ErrorCode") {
                Some(code) if code != 0 => ServerRecordError::Refused { code },
                _ => ServerRecordError::Unrecognized,
            });
        };
        let Missing { places, left_out } = missing.take();
        Ok(Self { content, missing: places, left_out })
    }

    pub(crate) const fn content(&self) -> &ServerContent {
        &self.content
    }

    /// The events of a webhook, up to 100; of another text none.
    pub fn events(&self) -> &[WebhookEvent] {
        if let ServerContent::Events(events) = &self.content { events } else { &[] }
    }

    /// The devices in the trace of one push; of another text none.
    pub fn devices(&self) -> &[DeviceTrace] {
        if let ServerContent::Trace(devices) = &self.content { devices } else { &[] }
    }

    /// Lost pushes by reason; of another text none.
    pub fn losses(&self) -> &[LossItem] {
        if let ServerContent::Loss(items) = &self.content { items } else { &[] }
    }

    /// The counts of a statistics query; of another text none.
    pub fn counts(&self) -> &[PushCounts] {
        if let ServerContent::Statistics(counts) = &self.content { counts } else { &[] }
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
