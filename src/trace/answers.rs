use super::PushPlatform;
use super::events::{Fields, Missing};
use crate::secret::Secret;

/// What the server knows of one push on one device: an entry of `InstanceTrace`.
///
/// `Debug` shows no id, token or text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DeviceTrace {
    platform: Option<PushPlatform>,
    device_model: Option<Secret>,
    system_version: Option<Secret>,
    certificate: Option<i64>,
    sdk_version: Option<Secret>,
    notifications_on: Option<bool>,
    has_token: bool,
    last_active: Option<bool>,
    steps: Vec<(&'static str, TraceStep)>,
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
    pub(super) fn read(device: &Fields<'_>, missing: &mut Missing) -> Self {
        let mut steps = Vec::new();
        for (name, path) in STEPS {
            let (first, rest) = path.split_first().map_or(("", path), |(first, rest)| (*first, rest));
            let step = rest.iter().fold(device.object(first), |object, key| object.object(key));
            if step.is_present() {
                steps.push((name, TraceStep::read(&step, missing)));
            } else if name != "pushed online" {
                device.note(&path.join("."), missing);
            }
        }
        let platform = device.required("PushPlatform", missing).map(PushPlatform::from_number);
        Self {
            platform,
            device_model: device.text("DeviceModel"),
            system_version: device.text("SystemVersion"),
            certificate: device.number("CertId"),
            sdk_version: device.text("SdkVersion"),
            notifications_on: device.number("NotificationStatus").and_then(|status| match status {
                1 => Some(true),
                2 => Some(false),
                _ => None,
            }),
            has_token: device.text("Token").is_some(),
            last_active: device.flag("last_active_terminal"),
            steps,
        }
    }

    /// The vendor, by the server's number.
    pub const fn platform(&self) -> Option<PushPlatform> {
        self.platform
    }

    /// The model of the device, as it reported itself.
    pub fn device_model(&self) -> Option<&str> {
        self.device_model.as_ref().map(Secret::expose_secret)
    }

    /// The version of its system.
    pub fn system_version(&self) -> Option<&str> {
        self.system_version.as_ref().map(Secret::expose_secret)
    }

    /// The business id under which the device's token was reported; 0 is none.
    pub const fn certificate(&self) -> Option<i64> {
        self.certificate
    }

    /// The version of its IM SDK.
    pub fn sdk_version(&self) -> Option<&str> {
        self.sdk_version.as_ref().map(Secret::expose_secret)
    }

    /// Whether the device has notifications switched on, if it said so. Read from `NotificationStatus` by the numbers of the SDK's
    /// own `notification_bar_state` (1 on, 2 off): Tencent describes no numbers of this field.
    pub const fn notifications_on(&self) -> Option<bool> {
        self.notifications_on
    }

    /// Whether the server has a token of the device.
    pub const fn has_token(&self) -> bool {
        self.has_token
    }

    /// Whether the device is the one that logged in last, the only one that statistics count.
    pub const fn is_last_active(&self) -> Option<bool> {
        self.last_active
    }

    /// The steps that the answer has, in their order, each with what it is.
    pub fn steps(&self) -> impl Iterator<Item = (&'static str, &TraceStep)> {
        self.steps.iter().map(|(name, step)| (*name, step))
    }

    /// The first step that the server counts as failed.
    pub fn failed_step(&self) -> Option<(&'static str, &TraceStep)> {
        self.steps().find(|(_, step)| step.is_failure())
    }
}

/// One step of a push on a device. `Debug` shows no text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TraceStep {
    status: Option<i64>,
    code: Option<Secret>,
    info: Option<Secret>,
    time: Option<Secret>,
}

impl TraceStep {
    fn read(step: &Fields<'_>, missing: &mut Missing) -> Self {
        Self {
            status: step.required("PushStatus", missing),
            code: step.text("ErrorCode"),
            info: step.text("ErrorInfo"),
            time: step.time("EventTime", missing),
        }
    }

    /// The server's number for the state of the step. Its values are not documented.
    pub const fn status(&self) -> Option<i64> {
        self.status
    }

    /// The code, a number or a vendor's word; `0` is success.
    pub fn code(&self) -> Option<&str> {
        self.code.as_ref().map(Secret::expose_secret)
    }

    /// Whether the step has a code other than 0.
    pub fn is_failure(&self) -> bool {
        self.code().is_some_and(|code| code != "0")
    }

    /// The server's words on the code. They may hold anything.
    pub fn info(&self) -> Option<&str> {
        self.info.as_ref().map(Secret::expose_secret)
    }

    /// When it happened, as the server wrote it: `YYYY-MM-DD hh:mm:ss`.
    pub fn time(&self) -> Option<&str> {
        self.time.as_ref().map(Secret::expose_secret)
    }
}

/// How many pushes were lost for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LossItem {
    after_sending: bool,
    platform: Option<PushPlatform>,
    code: Option<Secret>,
    count: Option<i64>,
    info: Option<Secret>,
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
    pub(super) fn read_all(answer: &Fields<'_>, missing: &mut Missing) -> Vec<Self> {
        let mut items = Vec::new();
        for (key, after_sending) in LOSSES {
            for entry in answer.objects(key) {
                let platform = entry.number("PushPlatform").map(PushPlatform::from_number);
                // A platform's entry is an item itself or holds a list of them.
                let inner = entry.nested_objects();
                let of_platform = if inner.is_empty() { vec![entry] } else { inner };
                for item in of_platform {
                    let count = item.required("ErrCount", missing);
                    let code = item.required_text("ErrCode", missing);
                    items.push(Self { after_sending, platform, code, count, info: item.text("ErrInfo") });
                }
            }
        }
        items
    }

    /// Whether the pushes were handed to the vendor (and did not reach the device), or were not sent at all.
    pub const fn is_after_sending(&self) -> bool {
        self.after_sending
    }

    /// The vendor, by the server's number, where the answer counts by vendor.
    pub const fn platform(&self) -> Option<PushPlatform> {
        self.platform
    }

    /// The code, a number or a vendor's word. `-1` is a device without a certificate id, `-2` one without a token.
    pub fn code(&self) -> Option<&str> {
        self.code.as_ref().map(Secret::expose_secret)
    }

    /// How many pushes were lost.
    pub const fn count(&self) -> Option<i64> {
        self.count
    }

    /// The server's words on the code. They may hold anything.
    pub fn info(&self) -> Option<&str> {
        self.info.as_ref().map(Secret::expose_secret)
    }
}

/// How many pushes could be sent, were sent, reached their device and were clicked.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PushCounts {
    task_id: Option<Secret>,
    platform: Option<PushPlatform>,
    counts: [Option<i64>; 4],
}

/// The counts, in the order of a push.
pub(super) const COUNTS: [&str; 4] = ["TotalCount", "SentCount", "DeliveredCount", "ClickCount"];

impl PushCounts {
    /// The counts of an answer, or of one result in it: of all vendors together, then of each.
    pub(super) fn read_all(answer: &Fields<'_>, missing: &mut Missing) -> Vec<Self> {
        let task_id = answer.text("TaskID");
        let mut all = Vec::new();
        let platforms = answer.objects("PlatformStatistics");
        if platforms.is_empty() || COUNTS.iter().any(|key| answer.get(key).is_some()) {
            let counts = COUNTS.map(|key| answer.required(key, missing));
            all.push(Self { task_id: task_id.clone(), platform: None, counts });
        }
        for entry in platforms {
            let platform = entry.required("PushPlatform", missing).map(PushPlatform::from_number);
            let counts = COUNTS.map(|key| entry.number(key));
            all.push(Self { task_id: task_id.clone(), platform, counts });
        }
        all
    }

    /// The task of a push to all members.
    pub fn task_id(&self) -> Option<&str> {
        self.task_id.as_ref().map(Secret::expose_secret)
    }

    /// The vendor, by the server's number. `None`: all of them together.
    pub const fn platform(&self) -> Option<PushPlatform> {
        self.platform
    }

    /// Pushes that could be sent.
    pub const fn total(&self) -> Option<i64> {
        self.counts[0]
    }

    /// Pushes that were sent.
    pub const fn sent(&self) -> Option<i64> {
        self.counts[1]
    }

    /// Pushes that reached their device.
    pub const fn reached(&self) -> Option<i64> {
        self.counts[2]
    }

    /// Pushes that were clicked.
    pub const fn clicked(&self) -> Option<i64> {
        self.counts[3]
    }
}
