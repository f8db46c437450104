//! The answers of Tencent's queries about pushes.

use super::events::{PushPlatform, StepOutcome};
use super::fields::Fields;
use crate::secret::Secret;

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
    /// Whether the device has notifications switched on, if it said so. Read from `NotificationStatus` by the numbers of the SDK's
    /// own `notification_bar_state` (1 on, 2 off): Tencent describes no numbers of this field.
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
    pub(super) fn read(device: &Fields<'_>) -> Self {
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
            notifications_on: match device.number("NotificationStatus") {
                Some(1) => Some(true),
                Some(2) => Some(false),
                Some(_) | None => None,
            },
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
pub(super) const LOSSES: [(&str, bool); 4] = [
    ("ReadyToSendLoss", false),
    ("PostSendDeliveredLoss", true),
    ("PlatformReadyToSendLoss", false),
    ("PlatformPostSendDeliveredLoss", true),
];

impl LossItem {
    /// The items of an answer, or of one result in it.
    pub(super) fn read_all(answer: &Fields<'_>) -> Vec<Self> {
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
pub(super) const COUNTS: [&str; 4] = ["TotalCount", "SentCount", "DeliveredCount", "ClickCount"];

impl PushCounts {
    /// The counts of an answer, or of one result in it: of all vendors together, then of each.
    pub(super) fn read_all(answer: &Fields<'_>) -> Vec<Self> {
        let row = |platform, counts: [Option<i64>; 4]| {
            let [total, sent, reached, clicked] = counts;
            Self { task_id: answer.text("TaskID"), platform, total, sent, reached, clicked }
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
