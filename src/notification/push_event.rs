//! What Tencent's push service sends to the app itself, and what it is told: data messages, arrivals and
//! clicks.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Payload;
use super::keys::{CLICK_EXT, DATA_MESSAGE, EXT, NOTIFY_MODE};
use super::read::{self, Found};
use super::route::{PushId, TapMode};
use super::value::PayloadValue;
use crate::account::UserId;
use crate::ext::Ext;
use crate::json::{Json, JsonWriter};
use crate::secret::Hidden;
use crate::time::UnixTime;
use crate::vendor::Vendor;

/// A data message of FCM, as Tencent's push service sends it where the console asks for data messages: what
/// the app should show, or that there is nothing to show. The app makes the notification itself and gives its
/// tap [`DataMessage::tap_extras`].
///
/// Source: class files of TIMPush 8.5.6865. `Debug` shows no content.
///
/// ```
/// use tim_offline_push::notification::{DataMessage, Payload};
///
/// // `RemoteMessage.getData()` in `onMessageReceived`
/// let data = Payload::from_json(r#"{"IMTitle":"denny","IMDesc":"hi","IMChannelID":"im","ext":"{}","clickExt":"p1"}"#)?;
/// let message = DataMessage::read(&data).ok_or("not from Tencent")?;
/// assert_eq!((message.title(), message.text()), ("denny", "hi"));
/// assert_eq!(message.notification_channel(), Some("im"));
/// assert!(!message.is_silent());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[must_use]
pub struct DataMessage {
    texts: [Hidden; DATA_MESSAGE.len()],
    ext: Option<Ext>,
    push_id: Option<PushId>,
    mode: Option<TapMode>,
    account: Option<UserId>,
}

impl DataMessage {
    /// Reads the data of a message. `None` if it has no key of Tencent's: another sender's.
    pub fn read(data: &Payload) -> Option<Self> {
        let Found { inner, ext, push_id, mode, .. } = read::read(Some(Vendor::Fcm), data);
        let data = inner.as_ref().unwrap_or(data);
        let has_key = DATA_MESSAGE.iter().any(|key| data.get(key).is_some());
        if !has_key && ext.is_none() && push_id.is_none() {
            return None;
        }
        let text = |key: &str| data.get(key).and_then(PayloadValue::to_text).unwrap_or_default();
        Some(Self { texts: DATA_MESSAGE.map(|key| Hidden(text(key))), ext, push_id, mode, account: None })
    }

    /// States the account that the push is for. Nothing in the message names it; without this it is unknown.
    pub fn with_account(self, account: UserId) -> Self {
        Self { account: Some(account), ..self }
    }

    /// The title (`IMTitle`); may be empty.
    pub fn title(&self) -> &str {
        self.field(0)
    }

    /// The text below the title (`IMDesc`); may be empty.
    pub fn text(&self) -> &str {
        self.field(1)
    }

    /// Whether there is nothing to show: title and text are empty. `TIMPush` then counts no arrival.
    pub fn is_silent(&self) -> bool {
        self.title().is_empty() && self.text().is_empty()
    }

    /// The notification channel (`IMChannelID`). Without one the app chooses.
    pub fn notification_channel(&self) -> Option<&str> {
        self.set_field(2)
    }

    /// The name of the small icon's resource (`IMSmallIcon`).
    pub fn small_icon(&self) -> Option<&str> {
        self.set_field(3)
    }

    /// The name of the sound's resource (`IMSound`). From Android 8 on the notification channel decides.
    pub fn sound(&self) -> Option<&str> {
        self.set_field(4)
    }

    /// The address of the large picture (`IMBigPicture`), as the sender wrote it.
    pub fn big_picture(&self) -> Option<&str> {
        self.set_field(5)
    }

    /// What the sender attached.
    pub fn ext(&self) -> Option<&Ext> {
        self.ext.as_ref()
    }

    /// The id of the push, for the report that it arrived.
    pub fn push_id(&self) -> Option<&PushId> {
        self.push_id.as_ref()
    }

    /// The account that the push is stated to be for.
    pub fn account(&self) -> Option<&UserId> {
        self.account.as_ref()
    }

    /// The id under which an arrival is counted; `None` if none is: the push has no id, or nothing is shown.
    pub fn arrival_id(&self) -> Option<&PushId> {
        self.push_id().filter(|_| !self.is_silent())
    }

    /// The extras for the tap of the notification that the app makes: put them into its intent, and read them
    /// with [`Tap::new`](super::Tap::new) when the notification is tapped.
    pub fn tap_extras(&self) -> Payload {
        let ext = self.ext.as_ref().map(|ext| (EXT, ext.into()));
        let id = self.push_id.as_ref().map(|id| (CLICK_EXT, id.as_str().into()));
        let mode = self.mode.map(|mode| (NOTIFY_MODE, PayloadValue::from(mode.as_number().to_string())));
        // They are part of a payload that was within the limits.
        Payload::from_pairs(ext.into_iter().chain(id).chain(mode)).unwrap_or_default()
    }

    fn field(&self, index: usize) -> &str {
        self.texts.get(index).map_or("", |text| &text.0)
    }

    fn set_field(&self, index: usize) -> Option<&str> {
        Some(self.field(index)).filter(|text| !text.is_empty())
    }
}

/// What became of a push on this phone: it arrived, or it was clicked.
///
/// The IM SDK passes these events to Tencent's statistics: `callExperimentalAPI` with [`PushEvent::API`] and
/// the text of [`PushEvent::to_json`]. [`Registrar`](crate::registrar::Registrar) creates them from taps and
/// data messages, keeps them until the server has confirmed them, and hands them to
/// [`ImClient::report_push_events`](crate::registrar::ImClient::report_push_events).
///
/// The IM SDK's C library has no such call, so there is no C form. Whether Tencent counts the events of an
/// app that has not bought its push service is not documented: only a test with a real account can tell.
///
/// Source: class files of TIMPush 8.5.6865 and of the IM SDK for Java; read 2026-11-29.
///
/// ```
/// use tim_offline_push::notification::{PushEvent, PushEventKind, PushId};
/// use tim_offline_push::time::UnixTime;
///
/// let id = PushId::new("66f4_1a2b").ok_or("an empty id")?;
/// let event = PushEvent::new(PushEventKind::Clicked, id, UnixTime::from_secs(1_730_000_000));
/// assert_eq!(
///     PushEvent::to_json(&[event]),
///     r#"{"eventList":[{"type":0,"time":1730000000,"pushId":"66f4_1a2b"}]}"#,
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PushEvent {
    kind: PushEventKind,
    time: UnixTime,
    push_id: PushId,
}

/// Which event it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "the IM SDK knows these two")]
pub enum PushEventKind {
    /// The user tapped the notification.
    Clicked = 0,
    /// The app has shown the notification.
    Arrived = 1,
}

impl PushEventKind {
    /// The IM SDK's number (`type`).
    #[expect(clippy::as_conversions, reason = "as the enum numbers them")]
    pub const fn as_number(self) -> i64 {
        self as i64
    }
}

impl fmt::Display for PushEventKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Clicked => "clicked",
            Self::Arrived => "arrived",
        })
    }
}

impl PushEvent {
    /// The name of the experimental API that takes these events.
    pub const API: &'static str = "reportOfflinePushEvent";

    /// An event, with its time by the phone's clock.
    pub const fn new(kind: PushEventKind, push_id: PushId, time: UnixTime) -> Self {
        Self { kind, time, push_id }
    }

    /// Whether the push arrived or was clicked.
    pub const fn kind(&self) -> PushEventKind {
        self.kind
    }

    /// When it happened, by the phone's clock, in whole seconds.
    pub const fn time(&self) -> UnixTime {
        self.time
    }

    /// The id of the push.
    pub const fn push_id(&self) -> &PushId {
        &self.push_id
    }

    /// The JSON text that `callExperimentalAPI` takes as the parameter of [`PushEvent::API`]. It holds the
    /// push ids.
    pub fn to_json(events: &[Self]) -> String {
        // The order of the members is that of the IM SDK's own text.
        let event = |event: &Self| {
            Json::Object(vec![
                ("type".into(), event.kind.as_number().into()),
                ("time".into(), event.time.as_secs().into()),
                ("pushId".into(), event.push_id.as_str().into()),
            ])
        };
        let list = Json::Array(events.iter().map(event).collect());
        JsonWriter::text_of(&Json::Object(vec![("eventList".into(), list)]))
    }
}
