//! Reads members of an object as the server writes them, and records what is missing or unreadable.

use thiserror::Error;

use super::answers::{DeviceTrace, LossItem, PushCounts};
use super::events::WebhookEvent;
use crate::json::{self, Json, JsonError, Limits, Members};
use crate::time::UnixTime;

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
        /// Its code, such as 60010 or 70169.
        code: i64,
    },
}

const LIMITS: Limits = Limits { bytes: ServerRecord::MAX_BYTES, depth: json::MAX_DEPTH };

impl ServerRecord {
    /// The longest text that is read, in bytes. A webhook with 100 events has less than a tenth of that.
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

/// The most places that are noted.
const MAX_MISSING: usize = 100;

/// The places of fields that are missing or unreadable.
#[derive(Default)]
pub(super) struct Missing {
    pub(super) places: Vec<Box<str>>,
    pub(super) left_out: usize,
}

impl Missing {
    fn note(&mut self, path: &str, key: &str) {
        if self.places.len() < MAX_MISSING {
            let dot = if path.is_empty() { "" } else { "." };
            self.places.push(format!("{path}{dot}{key}").into());
        } else {
            self.left_out = self.left_out.saturating_add(1);
        }
    }
}

/// An object and its place in the text.
pub(super) struct Fields<'a> {
    members: Option<&'a Members>,
    path: String,
}

impl<'a> Fields<'a> {
    pub(super) fn of(members: &'a Members) -> Self {
        Self { members: Some(members), path: String::new() }
    }

    /// The object at a key; one without members if there is none.
    pub(super) fn object(&self, key: &str) -> Self {
        Self { members: self.get(key).and_then(Json::as_object), path: self.below(key) }
    }

    /// The objects of the array at a key.
    pub(super) fn objects(&self, key: &str) -> Vec<Self> {
        let items = self.get(key).and_then(Json::as_array).unwrap_or_default();
        let item = |(index, item): (usize, &'a Json)| {
            Some(Self { members: Some(item.as_object()?), path: format!("{}[{index}]", self.below(key)) })
        };
        items.iter().enumerate().filter_map(item).collect()
    }

    /// The objects of all arrays among the members.
    pub(super) fn nested_objects(&self) -> Vec<Self> {
        let arrays = self.members().iter().filter_map(|(_, value)| value.as_array());
        let objects = arrays.flatten().filter_map(Json::as_object).enumerate();
        let item =
            |(index, members)| Self { members: Some(members), path: format!("{}[{index}]", self.path) };
        objects.map(item).collect()
    }

    fn below(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    pub(super) fn is_present(&self) -> bool {
        self.members.is_some()
    }

    fn members(&self) -> &'a [(Box<str>, Json)] {
        self.members.map_or(&[], Vec::as_slice)
    }

    /// The last member with this key, whatever the case of its letters.
    pub(super) fn get(&self, key: &str) -> Option<&'a Json> {
        let mut members = self.members().iter().rev();
        members.find(|(name, _)| name.eq_ignore_ascii_case(key)).map(|(_, value)| value)
    }

    /// A text, or a number as one. Empty counts as absent.
    pub(super) fn text(&self, key: &str) -> Option<Box<str>> {
        match self.get(key)? {
            Json::Text(text) => (!text.is_empty()).then(|| text.clone()),
            Json::Number(number) => Some(number.to_string().into()),
            Json::Null | Json::Bool(_) | Json::Array(_) | Json::Object(_) => None,
        }
    }

    /// A truth value, or a number that stands for one.
    pub(super) fn flag(&self, key: &str) -> Option<bool> {
        let value = self.get(key)?;
        if let Json::Bool(flag) = value { Some(*flag) } else { value.to_integer().map(|number| number != 0) }
    }

    /// A whole number, or the text of one.
    pub(super) fn number(&self, key: &str) -> Option<i64> {
        self.get(key)?.to_integer()
    }

    /// A time: seconds since 1970, or `YYYY-MM-DD hh:mm:ss` as it is written.
    pub(super) fn time(&self, key: &str, missing: &mut Missing) -> Option<Box<str>> {
        let time = self.text(key);
        if !time.as_deref().is_some_and(|time| unix_time(time).is_some() || is_written_time(time)) {
            missing.note(&self.path, key);
        }
        time
    }

    /// As [`Fields::number`]; an absent or unreadable one is recorded.
    pub(super) fn required(&self, key: &str, missing: &mut Missing) -> Option<i64> {
        let number = self.number(key);
        if number.is_none() {
            missing.note(&self.path, key);
        }
        number
    }

    /// Notes a key that is not there.
    pub(super) fn note(&self, key: &str, missing: &mut Missing) {
        missing.note(&self.path, key);
    }
}

/// Seconds since 1970; larger numbers are taken as milliseconds.
pub(super) fn unix_time(text: &str) -> Option<UnixTime> {
    let number: i64 = text.trim().parse().ok()?;
    let seconds = if number >= 100_000_000_000 { number.checked_div(1000)? } else { number };
    (seconds > 0).then(|| UnixTime::from_secs(seconds))
}

fn is_written_time(text: &str) -> bool {
    let shape = text.trim().bytes().map(|byte| if byte.is_ascii_digit() { b'0' } else { byte });
    shape.eq(*b"0000-00-00 00:00:00")
}
