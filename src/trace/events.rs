use std::fmt;

use crate::account::UserId;
use crate::json::{Json, Members};
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

impl PushStage {
    const fn from_number(number: i64) -> Self {
        match number {
            1 => Self::Sent,
            2 => Self::Reached,
            3 => Self::Clicked,
            _ => Self::Unknown,
        }
    }
}

impl fmt::Display for PushStage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Sent => "sent",
            Self::Reached => "reached",
            Self::Clicked => "clicked",
            Self::Unknown => "unknown",
        })
    }
}

/// One event of the webhooks `Push.OfflinePush` and `Push.AllMemberPush`.
///
/// Events of one push to one user are joined by the push id, or, of a push to all members, which has none, by the task
/// and the user. `Debug` shows neither ids nor accounts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct WebhookEvent {
    stage: PushStage,
    platform: Option<PushPlatform>,
    code: Option<Secret>,
    info: Option<Secret>,
    time: Option<Secret>,
    to: Option<UserId>,
    push_id: Option<PushId>,
    task_id: Option<Secret>,
}

impl WebhookEvent {
    pub(super) fn read(event: &Fields<'_>, missing: &mut Missing) -> Self {
        let to = event.text("To_Account").and_then(|to| UserId::new(to.expose_secret()).ok());
        let push_id = event.text("PushID").and_then(|id| PushId::new(id.expose_secret()));
        let task_id = event.text("TaskId");
        if to.is_none() {
            event.note("To_Account", missing);
        }
        if push_id.is_none() && task_id.is_none() {
            event.note("PushID", missing);
        }
        let stage = event.required("PushStage", missing).map_or(PushStage::Unknown, PushStage::from_number);
        let code = event.required_text("ErrCode", missing);
        Self {
            stage,
            platform: event.number("PushPlatform").map(PushPlatform::from_number),
            code,
            info: event.text("ErrInfo"),
            time: event.time("EventTime", missing),
            to,
            push_id,
            task_id,
        }
    }

    /// How far the push has come.
    pub const fn stage(&self) -> PushStage {
        self.stage
    }

    /// The vendor, by the server's number.
    pub const fn platform(&self) -> Option<PushPlatform> {
        self.platform
    }

    /// The code, a number or a vendor's word; `0` is success.
    pub fn code(&self) -> Option<&str> {
        self.code.as_ref().map(Secret::expose_secret)
    }

    /// Whether the event states success.
    pub fn is_success(&self) -> bool {
        self.code() == Some("0")
    }

    /// The server's words on the code. They may hold anything.
    pub fn info(&self) -> Option<&str> {
        self.info.as_ref().map(Secret::expose_secret)
    }

    /// When it happened, as the server wrote it.
    pub fn time(&self) -> Option<&str> {
        self.time.as_ref().map(Secret::expose_secret)
    }

    /// When it happened, if the server wrote seconds since 1970.
    pub fn unix_time(&self) -> Option<UnixTime> {
        self.time().and_then(unix_time)
    }

    /// Whom the push was for.
    pub fn to(&self) -> Option<&UserId> {
        self.to.as_ref()
    }

    /// The push. It is not proven that it equals what the device gets as `clickExt`.
    pub fn push_id(&self) -> Option<&PushId> {
        self.push_id.as_ref()
    }

    /// The task of a push to all members.
    pub fn task_id(&self) -> Option<&str> {
        self.task_id.as_ref().map(Secret::expose_secret)
    }
}

/// The server's number of a vendor (`PushPlatform`). The device's [brand id](crate::vendor::Vendor::brand_id) is another number.
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
    /// Takes the server's number.
    pub const fn from_number(number: i64) -> Self {
        Self(number)
    }

    /// The server's number.
    pub const fn as_number(self) -> i64 {
        self.0
    }

    /// The vendor. `None` for 0, which the server gives for online pushes too, and for numbers that are not documented: that
    /// of HarmonyOS is not known.
    pub const fn vendor(self) -> Option<Vendor> {
        Some(match self.0 {
            1 => Vendor::Apns,
            2 => Vendor::Xiaomi,
            3 => Vendor::Huawei,
            4 => Vendor::Fcm,
            5 => Vendor::Meizu,
            6 => Vendor::Oppo,
            7 => Vendor::Vivo,
            8 => Vendor::Honor,
            _ => return None,
        })
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

/// The most places that are noted.
const MAX_MISSING: usize = 100;

/// The places of fields that are missing or unreadable.
#[derive(Default)]
pub(super) struct Missing {
    pub(super) places: Vec<Box<str>>,
    pub(super) left_out: usize,
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
    pub(super) fn text(&self, key: &str) -> Option<Secret> {
        match self.get(key)? {
            Json::Text(text) => (!text.is_empty()).then(|| Secret::new(text.clone())),
            Json::Number(number) => Some(Secret::new(number.to_string())),
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
    pub(super) fn time(&self, key: &str, missing: &mut Missing) -> Option<Secret> {
        let time = self.text(key);
        let is_time = |time: &Secret| {
            unix_time(time.expose_secret()).is_some() || is_written_time(time.expose_secret())
        };
        if !time.as_ref().is_some_and(is_time) {
            self.note(key, missing);
        }
        time
    }

    /// As [`Fields::number`]; an absent or unreadable one is recorded.
    pub(super) fn required(&self, key: &str, missing: &mut Missing) -> Option<i64> {
        let number = self.number(key);
        if number.is_none() {
            self.note(key, missing);
        }
        number
    }

    /// As [`Fields::text`]; an absent one is recorded.
    pub(super) fn required_text(&self, key: &str, missing: &mut Missing) -> Option<Secret> {
        let text = self.text(key);
        if text.is_none() {
            self.note(key, missing);
        }
        text
    }

    /// Notes a key that is not there.
    pub(super) fn note(&self, key: &str, missing: &mut Missing) {
        if missing.places.len() < MAX_MISSING {
            missing.places.push(self.below(key).into());
        } else {
            missing.left_out = missing.left_out.saturating_add(1);
        }
    }
}

/// Seconds since 1970; larger numbers are taken as milliseconds.
fn unix_time(text: &str) -> Option<UnixTime> {
    let number: i64 = text.trim().parse().ok()?;
    let seconds = if number >= 100_000_000_000 { number.checked_div(1000)? } else { number };
    (seconds > 0).then(|| UnixTime::from_secs(seconds))
}

fn is_written_time(text: &str) -> bool {
    let shape = text.trim().bytes().map(|byte| if byte.is_ascii_digit() { b'0' } else { byte });
    shape.eq(*b"0000-00-00 00:00:00")
}
