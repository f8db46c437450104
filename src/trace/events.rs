//! A webhook's events, and what they share with answers.

use std::fmt;

use super::fields::{Fields, unix_time};
use crate::account::UserId;
use crate::notification::PushId;
use crate::secret::Secret;
use crate::time::UnixTime;
use crate::vendor::Vendor;

/// How far a push has come, as a webhook tells it (`PushStage`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum PushStage {
    /// 1: handed to the vendor, or refused by it: see the code.
    Sent,
    /// 2: the vendor says that it reached the device.
    Reached,
    /// 3: the user tapped it.
    Clicked,
    /// A number that is not documented, or none.
    Unknown,
}

/// One event of the webhooks `Push.OfflinePush` and `Push.AllMemberPush`.
///
/// Events of one push to one user are joined by the push id, or, of a push to all members, which has none, by
/// the task and the user. `Debug` shows neither ids nor accounts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct WebhookEvent {
    /// How far the push has come.
    pub stage: PushStage,
    /// The vendor, by the server's number.
    pub platform: Option<PushPlatform>,
    /// How that ended, and when.
    pub outcome: StepOutcome,
    /// Whom the push was for.
    pub to: Option<UserId>,
    /// The push. It is not proven that it equals what the device gets as `clickExt`.
    pub push_id: Option<PushId>,
    /// The task of a push to all members.
    pub task_id: Option<Secret>,
}

impl WebhookEvent {
    pub(super) fn read(event: &Fields<'_>) -> Self {
        let to = event.text("To_Account").and_then(|to| UserId::new(to.expose_secret()).ok());
        let push_id = event.text("PushID").and_then(|id| PushId::new(id.expose_secret()));
        let task_id = event.text("TaskId");
        event.require("To_Account", to.is_some());
        event.require("PushID", push_id.is_some() || task_id.is_some());
        let stage = match event.required("PushStage") {
            Some(1) => PushStage::Sent,
            Some(2) => PushStage::Reached,
            Some(3) => PushStage::Clicked,
            Some(_) | None => PushStage::Unknown,
        };
        let (code, info) = (event.text("ErrCode"), event.text("ErrInfo"));
        event.require("ErrCode", code.is_some());
        let outcome = StepOutcome { status: None, code, info, time: event.time("EventTime") };
        Self { stage, platform: PushPlatform::read(event), outcome, to, push_id, task_id }
    }
}

/// How a step of a push ended, by the server. `Debug` shows no text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct StepOutcome {
    /// The server's number for the state of the step, in the trace of a push. Its values are not documented.
    pub status: Option<i64>,
    pub(super) code: Option<Secret>,
    /// The server's words on the code. They may hold anything.
    pub info: Option<Secret>,
    /// When it happened, as the server wrote it: seconds since 1970 in webhooks, `YYYY-MM-DD hh:mm:ss` in the
    /// trace of a push.
    pub time: Option<Secret>,
}

impl StepOutcome {
    /// The code, a number or a vendor's word; `0` is success. In a count of losses `-1` is a device without a
    /// certificate id, `-2` one without a token.
    pub fn code(&self) -> Option<&str> {
        self.code.as_ref().map(Secret::expose_secret)
    }

    /// Whether it has a code other than 0.
    pub fn is_failure(&self) -> bool {
        self.code().is_some_and(|code| code != "0")
    }

    /// When it happened, if the server wrote seconds since 1970.
    pub fn unix_time(&self) -> Option<UnixTime> {
        unix_time(self.time.as_ref()?.expose_secret())
    }
}

/// The server's number of a vendor (`PushPlatform`). The device's [brand id](crate::vendor::Vendor::brand_id)
/// is another number.
///
/// ```
/// use tim_offline_push::trace::PushPlatform;
/// use tim_offline_push::vendor::Vendor;
///
/// assert_eq!(PushPlatform::from_number(2).vendor(), Some(Vendor::Xiaomi));
/// assert_eq!(PushPlatform::from_number(0).vendor(), None); // unknown, or pushed online
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PushPlatform(i64);

impl PushPlatform {
    pub(super) fn read(fields: &Fields<'_>) -> Option<Self> {
        fields.number("PushPlatform").map(Self)
    }

    /// Takes the server's number.
    pub const fn from_number(number: i64) -> Self {
        Self(number)
    }

    /// The server's number.
    pub const fn as_number(self) -> i64 {
        self.0
    }

    /// The vendor. `None` for 0, which the server gives for online pushes too, and for numbers that are not
    /// documented: that of HarmonyOS is not known.
    pub fn vendor(self) -> Option<Vendor> {
        use Vendor::{Apns, Fcm, Honor, Huawei, Meizu, Oppo, Vivo, Xiaomi};
        let numbered = [Apns, Xiaomi, Huawei, Fcm, Meizu, Oppo, Vivo, Honor];
        (1..).zip(numbered).find(|(number, _)| *number == self.0).map(|(_, vendor)| vendor)
    }
}

impl fmt::Display for PushPlatform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.vendor() {
            Some(vendor) => fmt::Display::fmt(&vendor, f),
            None => write!(f, "platform {}", self.0),
        }
    }
}
