use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

use crate::account::{GroupId, Peer, UserId};
use crate::time::UnixTime;

/// Tencent's container: `{"entity": {…}, "timPushFeatures": {…}}`, the ext that Tencent's chat screens (TUIKit) write
/// and act on. Everything stands below one top-level key because OPPO hands the top-level keys over one by one.
///
/// It is written in a fixed order of fields and without what is not set; keys that this crate does not know are kept.
/// On reading, numbers may be text and ids may be numbers, and `entity` may be the text of an object.
/// `Debug` shows no content.
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
pub struct Container {
    /// The kind of chat: [`Container::USER`], [`Container::GROUP`], or a number that this crate does not know.
    pub(super) chat_type: Option<i64>,
    /// What a tap does: [`Container::CHAT`], [`Container::CALL`], or a number that this crate does not know.
    pub(super) action: Option<i64>,
    pub(super) sender: Option<Box<str>>,
    pub(super) nickname: Option<Box<str>>,
    pub(super) face_url: Option<Box<str>>,
    pub(super) content: Option<Box<str>>,
    pub(super) send_time: Option<UnixTime>,
    pub(super) custom_data: Option<Box<[u8]>>,
    pub(super) entity_unknown: BTreeMap<String, Value>,
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
    #[must_use]
    pub fn chat(peer: Peer) -> Self {
        Self::of(peer, Self::CHAT)
    }

    /// An incoming call in the chat with `peer`. Tencent's screens expect the call itself in
    /// [`with_content`](Self::with_content).
    #[must_use]
    pub fn call(peer: Peer) -> Self {
        Self::of(peer, Self::CALL)
    }

    fn of(peer: Peer, action: i64) -> Self {
        let (chat_type, sender) = match peer {
            Peer::User(user) => (Self::USER, String::from(user)),
            Peer::Group(group) => (Self::GROUP, String::from(group)),
        };
        let (chat_type, action, sender) = (Some(chat_type), Some(action), Some(sender.into()));
        Self { chat_type, action, sender, ..Self::default() }
    }

    /// Sets the name to show for the peer.
    #[must_use]
    pub fn with_nickname(mut self, nickname: impl Into<Box<str>>) -> Self {
        self.entity_unknown.remove("nickname");
        self.nickname = Some(nickname.into());
        self
    }

    /// Sets the URL of the peer's picture.
    #[must_use]
    pub fn with_face_url(mut self, url: impl Into<Box<str>>) -> Self {
        self.entity_unknown.remove("faceUrl");
        self.face_url = Some(url.into());
        self
    }

    /// Sets the text of the message, or what a call needs.
    #[must_use]
    pub fn with_content(mut self, content: impl Into<Box<str>>) -> Self {
        self.entity_unknown.remove("content");
        self.content = Some(content.into());
        self
    }

    /// Sets when the message was sent.
    #[must_use]
    pub fn with_send_time(mut self, time: UnixTime) -> Self {
        self.entity_unknown.remove("sendTime");
        self.send_time = Some(time);
        self
    }

    /// Sets bytes of the app's own. They are written as signed numbers, since a Java receiver reads them so.
    #[must_use]
    pub fn with_custom_data(mut self, data: impl Into<Box<[u8]>>) -> Self {
        self.entity_unknown.remove("customData");
        self.custom_data = Some(data.into());
        self
    }

    /// Sets how FCM carries the push.
    #[must_use]
    pub fn with_push_features(mut self, features: PushFeatures) -> Self {
        self.unknown.remove("timPushFeatures");
        self.push_features = Some(features);
        self
    }

    /// Whether a tap shows an incoming call. If nothing is stated it opens the chat.
    pub fn is_call(&self) -> bool {
        self.action == Some(Self::CALL)
    }

    /// The user who wrote, or the id of the group, as it was written.
    pub fn sender(&self) -> Option<&str> {
        self.sender.as_deref()
    }

    /// The chat that a tap leads to, if kind and sender are stated and the sender is a possible id.
    pub fn peer(&self) -> Option<Peer> {
        Self::peer_of(self.chat_type?, self.sender()?)
    }

    /// The peer of this kind with that id; `None` if the kind is unknown or the id is not possible.
    pub(super) fn peer_of(chat_type: i64, id: &str) -> Option<Peer> {
        match chat_type {
            Self::USER => UserId::new(id).ok().map(Peer::User),
            Self::GROUP => GroupId::new(id).ok().map(Peer::Group),
            _ => None,
        }
    }

    /// The name to show for the peer.
    pub fn nickname(&self) -> Option<&str> {
        self.nickname.as_deref()
    }

    /// The URL of the peer's picture.
    pub fn face_url(&self) -> Option<&str> {
        self.face_url.as_deref()
    }

    /// The text of the message, or what a call needs.
    pub fn content(&self) -> Option<&str> {
        self.content.as_deref()
    }

    /// When the message was sent. Tencent's screens write 0 at times.
    pub fn send_time(&self) -> Option<UnixTime> {
        self.send_time
    }

    /// Bytes of the app's own.
    pub fn custom_data(&self) -> Option<&[u8]> {
        self.custom_data.as_deref()
    }

    /// How FCM carries the push, if stated.
    pub fn push_features(&self) -> Option<&PushFeatures> {
        self.push_features.as_ref()
    }

    /// Keys within `entity` that this crate does not know, or whose value has an unexpected type.
    pub fn unknown_entity_keys(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.entity_unknown.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// Keys beside `entity` that this crate does not know.
    pub fn unknown_keys(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.unknown.iter().map(|(key, value)| (key.as_str(), value))
    }
}

impl fmt::Debug for Container {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Container")
            .field("chat_type", &self.chat_type)
            .field("action", &self.action)
            .field("peer", &self.peer())
            .field("content_bytes", &self.content().map(str::len))
            .field("send_time", &self.send_time)
            .finish_non_exhaustive()
    }
}

/// `timPushFeatures`: how FCM carries a push to receivers that use TIMPush. In the container -1 means not set, which is
/// read as absent and never written.
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct PushFeatures {
    /// 0: a data message, 1: a notification message.
    pub(super) fcm_push_type: Option<i64>,
    /// 0: TIMPush shows it, 1: the app does.
    pub(super) fcm_notification_type: Option<i64>,
    pub(super) unknown: BTreeMap<String, Value>,
}

impl PushFeatures {
    /// Sets whether the push becomes a data message of FCM, or else a notification message (`fcmPushType`).
    #[must_use]
    pub fn with_fcm_data_message(mut self, data: bool) -> Self {
        self.unknown.remove("fcmPushType");
        self.fcm_push_type = Some((!data).into());
        self
    }

    /// Sets who shows the notification of an FCM data message (`fcmNotificationType`): the app, which gets the message and
    /// shows what it likes, or else TIMPush.
    #[must_use]
    pub fn with_fcm_pass_through(mut self, pass_through: bool) -> Self {
        self.unknown.remove("fcmNotificationType");
        self.fcm_notification_type = Some(pass_through.into());
        self
    }

    /// Whether both fields are 0, which Swift's `TUIKit` 9.0.7652 sends when the sender has set neither. From an iOS sender it
    /// states nothing. (In Java, unset is -1.)
    pub fn is_ios_default(&self) -> bool {
        (self.fcm_push_type, self.fcm_notification_type) == (Some(0), Some(0))
    }

    /// Whether the push becomes a data message of FCM; `None` if that is unset, or a number that this crate does not know.
    pub fn fcm_data_message(&self) -> Option<bool> {
        flag(self.fcm_push_type).map(|notification| !notification)
    }

    /// Whether the app shows the notification of an FCM data message; `None` if that is unset, or a number that this crate
    /// does not know.
    pub fn fcm_pass_through(&self) -> Option<bool> {
        flag(self.fcm_notification_type)
    }
}

fn flag(number: Option<i64>) -> Option<bool> {
    number.filter(|number| matches!(number, 0 | 1)).map(|number| number == 1)
}
