//! A text of Tencent's server: which one it is, what is missing in it, and what the answers of queries say.

use std::cell::RefCell;

use thiserror::Error;

use super::events::{PushPlatform, StepOutcome, WebhookEvent};
use super::fields::{Fields, Missing};
use crate::error_code::error_code;
use crate::json::{self, JsonError, Limits};
use crate::secret::Secret;

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
    missing: Missing,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ServerContent {
    Events(Vec<WebhookEvent>),
    Trace(Vec<DeviceTrace>),
    Loss(Vec<LossItem>),
    Statistics(Vec<PushCounts>),
}

/// Why a text is none of those of Tencent's server.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Error)]
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

impl ServerRecordError {
    /// A stable short name, for bridges.
    pub fn code(&self) -> String {
        error_code("server_record", self)
    }
}

impl ServerRecord {
    /// The longest text that is read, in bytes.
    pub const MAX_BYTES: usize = 1 << 20;

    /// Reads a webhook or an answer.
    ///
    /// # Errors
    /// [`ServerRecordError`] if it is none. A missing or unreadable field is not an error: see
    /// [`ServerRecord::missing`].
    pub fn read(text: &str) -> Result<Self, ServerRecordError> {
        const LIMITS: Limits = Limits { bytes: ServerRecord::MAX_BYTES, depth: json::MAX_DEPTH };
        let members = json::read_object(text.strip_prefix('\u{feff}').unwrap_or(text), LIMITS)?;
        let missing = RefCell::default();
        let answer = || Fields::of(&members, &missing);
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
        Ok(Self { content, missing: missing.take() })
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
        self.missing.places.iter().map(AsRef::as_ref)
    }

    /// How many more are missing.
    pub const fn missing_left_out(&self) -> usize {
        self.missing.left_out
    }
}

/// What the server knows of one push on one device: an entry of `InstanceTrace`.
///
/// `Debug` shows no id, token or text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct DeviceTrace {
    /// The vendor, by the server's number.
    pub platform: Option<PushPlatform>,
    /// The model of the device, as it reported itself.
    pub device_model: Option<Secret>,
    /// The version of its system.
    pub system_version: Option<Secret>,
    /// The business id under which the device's token was reported; 0 is none.
    pub certificate: Option<i64>,
    /// The version of its IM SDK.
    pub sdk_version: Option<Secret>,
    /// Whether the device has notifications switched on, if it said so. Read from `NotificationStatus` by the
    /// numbers of the SDK's own `notification_bar_state` (1 on, 2 off): Tencent describes no numbers of this
    /// field.
    pub notifications_on: Option<bool>,
    /// Whether the server has a token of the device.
    pub has_token: bool,
    /// Whether the device is the one that logged in last, the only one that statistics count.
    pub is_last_active: Option<bool>,
    /// The steps that the answer has, in their order, each with what it is.
    pub steps: Vec<(&'static str, StepOutcome)>,
}

/// The steps of a push, with the path of each in the answer.
const STEPS: [(&str, &[&str]); 6] = [
    ("accepted by the IM server", &["IMCommitStat", "IMStat"]),
    ("pushed online", &["OnlinePushStat"]),
    ("chosen for an offline push", &["OfflinePushStat", "OfflineStat"]),
    ("handed to the vendor", &["OfflinePushStat", "ChannelStat"]),
    ("reached the device", &["OfflinePushStat", "DeviceStat"]),
    ("clicked", &["OfflinePushStat", "ClickStat"]),
];

impl DeviceTrace {
    fn read(device: &Fields<'_>) -> Self {
        let mut steps = Vec::new();
        for (name, path) in STEPS {
            if let Some(step) = device.object(path) {
                let status = step.required("PushStatus");
                let (code, info) = (step.text("ErrorCode"), step.text("ErrorInfo"));
                steps.push((name, StepOutcome { status, code, info, time: step.time("EventTime") }));
            } else if name != "pushed online" {
                device.require(&path.join("."), false);
            }
        }
        let platform = PushPlatform::read(device);
        device.require("PushPlatform", platform.is_some());
        Self {
            platform,
            device_model: device.text("DeviceModel"),
            system_version: device.text("SystemVersion"),
            certificate: device.number("CertId"),
            sdk_version: device.text("SdkVersion"),
            notifications_on: device.number("NotificationStatus").and_then(|state| match state {
                1 => Some(true),
                2 => Some(false),
                _ => None,
            }),
            has_token: device.text("Token").is_some(),
            is_last_active: device.flag("last_active_terminal"),
            steps,
        }
    }

    /// The first step that the server counts as failed.
    pub fn failed_step(&self) -> Option<&(&'static str, StepOutcome)> {
        self.steps.iter().find(|(_, step)| step.is_failure())
    }
}

/// How many pushes were lost for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct LossItem {
    /// Whether the pushes were handed to the vendor (and did not reach the device), or were not sent at all.
    pub is_after_sending: bool,
    /// The vendor, by the server's number, where the answer counts by vendor.
    pub platform: Option<PushPlatform>,
    /// The code, and the server's words on it.
    pub outcome: StepOutcome,
    /// How many pushes were lost.
    pub count: Option<i64>,
}

/// The lists of losses, and whether their pushes were sent.
const LOSSES: [(&str, bool); 4] = [
    ("ReadyToSendLoss", false),
    ("PostSendDeliveredLoss", true),
    ("PlatformReadyToSendLoss", false),
    ("PlatformPostSendDeliveredLoss", true),
];

impl LossItem {
    /// The items of an answer, or of one result in it.
    fn read_all(answer: &Fields<'_>) -> Vec<Self> {
        let mut items = Vec::new();
        for (key, is_after_sending) in LOSSES {
            for entry in answer.objects(key) {
                let platform = PushPlatform::read(&entry);
                // A platform's entry is an item itself or holds a list of them.
                let inner = entry.nested_objects();
                for item in if inner.is_empty() { vec![entry] } else { inner } {
                    let count = item.required("ErrCount");
                    let (code, info) = (item.text("ErrCode"), item.text("ErrInfo"));
                    item.require("ErrCode", code.is_some());
                    let outcome = StepOutcome { status: None, code, info, time: None };
                    items.push(Self { is_after_sending, platform, outcome, count });
                }
            }
        }
        items
    }
}

/// How many pushes could be sent, were sent, reached their device and were clicked.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct PushCounts {
    /// The task of a push to all members.
    pub task_id: Option<Secret>,
    /// The vendor, by the server's number. `None`: all of them together.
    pub platform: Option<PushPlatform>,
    /// Pushes that could be sent.
    pub total: Option<i64>,
    /// Pushes that were sent.
    pub sent: Option<i64>,
    /// Pushes that reached their device.
    pub reached: Option<i64>,
    /// Pushes that were clicked.
    pub clicked: Option<i64>,
}

/// The counts, in the order of a push.
const COUNTS: [&str; 4] = ["TotalCount", "SentCount", "DeliveredCount", "ClickCount"];

impl PushCounts {
    /// The counts of an answer, or of one result in it: of all vendors together, then of each.
    fn read_all(answer: &Fields<'_>) -> Vec<Self> {
        let row = |platform, [total, sent, reached, clicked]: [_; 4]| Self {
            task_id: answer.text("TaskID"),
            platform,
            total,
            sent,
            reached,
            clicked,
        };
        let mut all = Vec::new();
        let platforms = answer.objects("PlatformStatistics");
        if platforms.is_empty() || COUNTS.iter().any(|key| answer.get(key).is_some()) {
            all.push(row(None, COUNTS.map(|key| answer.required(key))));
        }
        for entry in platforms {
            let platform = PushPlatform::read(&entry);
            entry.require("PushPlatform", platform.is_some());
            all.push(row(platform, COUNTS.map(|key| entry.number(key))));
        }
        all
    }
}
