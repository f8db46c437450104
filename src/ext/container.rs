use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

use crate::account::{GroupId, Peer, UserId};
use crate::time::UnixTime;

/// Tencent's container: `{"entity": {…}, "timPushFeatures": {…}}`, the ext that Tencent's chat screens
/// (TUIKit) write and act on. Everything stands below one top-level key because OPPO hands the top-level keys
/// over one by one.
///
/// It is written in a fixed order of fields and without what is not set; keys that this crate does not know
/// are kept. On reading, numbers may be text and ids may be numbers, and `entity` may be the text of an
/// object. `Debug` shows no content.
///
/// Sources: the classes `OfflinePushExtInfo`, `OfflinePushExtBusinessInfo` and `OfflinePushExtConfigInfo` of
/// <https://github.com/TencentCloud/chat-uikit-android>, read 2026-11-22.
///
/// ```
/// use tim_offline_push::account::{Peer, UserId};
/// use tim_offline_push::ext::{Container, Ext};
///
/// let container = Container::chat(Peer::User(UserId::new("denny")?)).with_nickname("Denny").with_content("hello");
/// let ext = Ext::from_json(&container)?;
/// assert_eq!(
///     ext.text(),
///     Some(r#"{"entity":{"version":1,"chatType":1,"action":1,"sender":"denny","nickname":"Denny","content":"hello"}}"#),
/// );
/// assert_eq!(ext.container()?, Some(container));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash)]
#[must_use]
pub struct Container {
    /// The members of `entity` but for the version. A known one is a text, a number or a `byte[]`, as its key
    /// demands, or else what was read.
    pub(super) entity: BTreeMap<String, Value>,
    pub(super) push_features: Option<PushFeatures>,
    pub(super) unknown: BTreeMap<String, Value>,
}

impl Container {
    /// The version that this crate reads and writes. Receivers refuse any other.
    pub const VERSION: i64 = 1;

    const USER: i64 = 1;
    const GROUP: i64 = 2;
    pub(crate) const CHAT: i64 = 1;
    pub(crate) const CALL: i64 = 2;

    /// A message in the chat with `peer`: for a one-to-one chat that is the sender of the message.
    pub fn chat(peer: Peer) -> Self {
        Self::of(peer, Self::CHAT)
    }

    /// An incoming call in the chat with `peer`. Tencent's screens expect the call itself in
    /// [`with_content`](Self::with_content).
    pub fn call(peer: Peer) -> Self {
        Self::of(peer, Self::CALL)
    }

    fn of(peer: Peer, action: i64) -> Self {
        let (chat_type, sender) = match peer {
            Peer::User(user) => (Self::USER, user.as_str().to_owned()),
            Peer::Group(group) => (Self::GROUP, group.as_str().to_owned()),
        };
        Self::default().with("chatType", chat_type).with("action", action).with("sender", sender)
    }

    /// Sets the name to show for the peer.
    pub fn with_nickname(self, nickname: impl Into<String>) -> Self {
        self.with("nickname", nickname.into())
    }

    /// Sets the URL of the peer's picture.
    pub fn with_face_url(self, url: impl Into<String>) -> Self {
        self.with("faceUrl", url.into())
    }

    /// Sets the text of the message, or what a call needs.
    pub fn with_content(self, content: impl Into<String>) -> Self {
        self.with("content", content.into())
    }

    /// Sets when the message was sent.
    pub fn with_send_time(self, time: UnixTime) -> Self {
        self.with("sendTime", time.as_secs())
    }

    /// Sets bytes of the app's own. They are written as signed numbers, since a Java receiver reads them so.
    pub fn with_custom_data(self, data: impl AsRef<[u8]>) -> Self {
        self.with("customData", signed(data.as_ref()))
    }

    /// Sets how FCM carries the push.
    pub fn with_push_features(mut self, features: PushFeatures) -> Self {
        self.unknown.remove("timPushFeatures");
        self.push_features = Some(features);
        self
    }

    fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.entity.insert(key.to_owned(), value.into());
        self
    }

    /// Whether a tap shows an incoming call. If nothing is stated it opens the chat.
    pub fn is_call(&self) -> bool {
        self.action() == Self::CALL
    }

    /// What a tap does: [`Container::CHAT`], [`Container::CALL`], or a number that this crate does not know.
    pub(crate) fn action(&self) -> i64 {
        self.number("action").unwrap_or(Self::CHAT)
    }

    /// The user who wrote, or the id of the group, as it was written.
    pub fn sender(&self) -> Option<&str> {
        self.text("sender")
    }

    /// The chat that a tap leads to, if kind and sender are stated and the sender is a possible id.
    pub fn peer(&self) -> Option<Peer> {
        match self.number("chatType")? {
            Self::USER => UserId::new(self.sender()?).ok().map(Peer::User),
            Self::GROUP => GroupId::new(self.sender()?).ok().map(Peer::Group),
            _ => None,
        }
    }

    /// The name to show for the peer.
    pub fn nickname(&self) -> Option<&str> {
        self.text("nickname")
    }

    /// The URL of the peer's picture.
    pub fn face_url(&self) -> Option<&str> {
        self.text("faceUrl")
    }

    /// The text of the message, or what a call needs.
    pub fn content(&self) -> Option<&str> {
        self.text("content")
    }

    /// When the message was sent. Tencent's screens write 0 at times.
    pub fn send_time(&self) -> Option<UnixTime> {
        self.number("sendTime").map(UnixTime::from_secs)
    }

    /// Bytes of the app's own.
    pub fn custom_data(&self) -> Option<Vec<u8>> {
        bytes(self.entity.get("customData")?)
    }

    /// How FCM carries the push, if stated.
    pub fn push_features(&self) -> Option<&PushFeatures> {
        self.push_features.as_ref()
    }

    /// The members of `entity` but for the version, those that this crate does not know included. A known one
    /// is a text, a number or an array of signed bytes, as its key demands, or else what was read.
    pub fn entity(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.entity.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// Keys beside `entity` that this crate does not know.
    pub fn unknown_keys(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.unknown.iter().map(|(key, value)| (key.as_str(), value))
    }

    fn text(&self, key: &str) -> Option<&str> {
        self.entity.get(key)?.as_str()
    }

    fn number(&self, key: &str) -> Option<i64> {
        self.entity.get(key)?.as_i64()
    }
}

/// A Java `byte[]` in JSON: an array of numbers, signed as Java writes them, or unsigned.
pub(super) fn bytes(value: &Value) -> Option<Vec<u8>> {
    let byte = |number: &Value| {
        let number = number.as_i64()?;
        let signed = i8::try_from(number).map(|byte| u8::from_ne_bytes(byte.to_ne_bytes()));
        signed.or_else(|_| u8::try_from(number)).ok()
    };
    value.as_array()?.iter().map(byte).collect()
}

/// The same, signed.
pub(super) fn signed(bytes: &[u8]) -> Value {
    bytes.iter().map(|byte| i8::from_ne_bytes([*byte])).collect()
}

impl fmt::Debug for Container {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Container")
            .field("action", &self.action())
            .field("peer", &self.peer())
            .field("content_bytes", &self.content().map(str::len))
            .field("send_time", &self.send_time())
            .finish_non_exhaustive()
    }
}

/// `timPushFeatures`: how FCM carries a push to receivers that use TIMPush. In the container -1 means not
/// set, which is read as absent and never written.
///
/// ```
/// use tim_offline_push::ext::{Ext, PushFeatures};
///
/// let ext = Ext::from_text(r#"{"entity":{},"timPushFeatures":{"fcmPushType":0,"fcmNotificationType":-1}}"#);
/// let container = ext.container()?.ok_or("not a container")?;
/// let features = PushFeatures::default().with_fcm_data_message(true);
/// assert_eq!(container.push_features(), Some(&features));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash)]
#[must_use]
pub struct PushFeatures(pub(super) BTreeMap<String, Value>);

impl PushFeatures {
    /// Sets whether the push becomes a data message of FCM, or else a notification message (`fcmPushType`).
    pub fn with_fcm_data_message(mut self, data: bool) -> Self {
        self.0.insert("fcmPushType".to_owned(), u8::from(!data).into());
        self
    }

    /// Sets who shows the notification of an FCM data message (`fcmNotificationType`): the app, which gets
    /// the message and shows what it likes, or else TIMPush.
    pub fn with_fcm_pass_through(mut self, pass_through: bool) -> Self {
        self.0.insert("fcmNotificationType".to_owned(), u8::from(pass_through).into());
        self
    }

    /// Whether both fields are 0, which Swift's `TUIKit` 9.0.7652 sends when the sender has set neither. From
    /// an iOS sender it states nothing. (In Java, unset is -1.)
    pub fn is_ios_default(&self) -> bool {
        self.fcm_data_message() == Some(true) && self.fcm_pass_through() == Some(false)
    }

    /// Whether the push becomes a data message of FCM; `None` if that is unset, or a number that this crate
    /// does not know.
    pub fn fcm_data_message(&self) -> Option<bool> {
        self.flag("fcmPushType").map(|notification| !notification)
    }

    /// Whether the app shows the notification of an FCM data message; `None` if that is unset, or a number
    /// that this crate does not know.
    pub fn fcm_pass_through(&self) -> Option<bool> {
        self.flag("fcmNotificationType")
    }

    fn flag(&self, key: &str) -> Option<bool> {
        match self.0.get(key)?.as_i64()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl fmt::Debug for PushFeatures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PushFeatures")
            .field("fcm_data_message", &self.fcm_data_message())
            .field("fcm_pass_through", &self.fcm_pass_through())
            .finish_non_exhaustive()
    }
}
