use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

use crate::account::{GroupId, Peer};
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
    pub(super) chat_type: Option<ChatType>,
    pub(super) action: Option<Action>,
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

    /// A message in the chat with `peer`: for a one-to-one chat that is the sender of the message.
    #[must_use]
    pub fn chat(peer: Peer) -> Self {
        Self::of(peer, Action::Chat)
    }

    /// An incoming call in the chat with `peer`. Tencent's screens expect the call itself in
    /// [`with_content`](Self::with_content).
    #[must_use]
    pub fn call(peer: Peer) -> Self {
        Self::of(peer, Action::Call)
    }

    fn of(peer: Peer, action: Action) -> Self {
        let (chat_type, sender) = match peer {
            Peer::User(user) => (ChatType::C2c, String::from(user)),
            Peer::Group(group) => (ChatType::Group, String::from(group)),
        };
        Self {
            chat_type: Some(chat_type),
            action: Some(action),
            sender: Some(sender.into()),
            ..Self::default()
        }
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

    /// What a tap does; [`Action::Chat`] if not stated.
    pub fn action(&self) -> Action {
        self.action.unwrap_or(Action::Chat)
    }

    /// The user who wrote, or the id of the group, as it was written.
    pub fn sender(&self) -> Option<&str> {
        self.sender.as_deref()
    }

    /// The chat that a tap leads to, if kind and sender are stated and the sender is a possible id.
    pub fn peer(&self) -> Option<Peer> {
        self.chat_type.zip(self.sender()).and_then(|(chat_type, sender)| chat_type.peer(sender))
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

/// The kind of chat that `entity.chatType` names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum ChatType {
    /// 1: one to one.
    C2c,
    /// 2: a group.
    Group,
    /// A number that this crate does not know.
    Other(i64),
}

impl ChatType {
    /// The number in the container.
    pub(super) const fn as_i64(self) -> i64 {
        match self {
            Self::C2c => 1,
            Self::Group => 2,
            Self::Other(number) => number,
        }
    }

    /// The peer of this kind with that id; `None` if the kind is unknown or the id is not possible.
    pub(super) fn peer(self, id: &str) -> Option<Peer> {
        match self {
            Self::C2c => crate::account::UserId::new(id).ok().map(Peer::User),
            Self::Group => GroupId::new(id).ok().map(Peer::Group),
            Self::Other(_) => None,
        }
    }
}

impl From<i64> for ChatType {
    fn from(number: i64) -> Self {
        match number {
            1 => Self::C2c,
            2 => Self::Group,
            other => Self::Other(other),
        }
    }
}

/// What a tap does, as `entity.action` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Action {
    /// 1: open the chat.
    Chat,
    /// 2: show an incoming call.
    Call,
    /// A number that this crate does not know. Tencent's screens then say that the app is too old.
    Other(i64),
}

impl Action {
    /// The number in the container.
    pub const fn as_i64(self) -> i64 {
        match self {
            Self::Chat => 1,
            Self::Call => 2,
            Self::Other(number) => number,
        }
    }
}

impl From<i64> for Action {
    fn from(number: i64) -> Self {
        match number {
            1 => Self::Chat,
            2 => Self::Call,
            other => Self::Other(other),
        }
    }
}

/// `timPushFeatures`: how FCM carries a push to receivers that use TIMPush. In the container -1 means not set, which is
/// read as absent and never written.
///
/// ```
/// use tim_offline_push::ext::{Ext, FcmPushType, PushFeatures};
///
/// let ext = Ext::from_text(r#"{"entity":{},"timPushFeatures":{"fcmPushType":0,"fcmNotificationType":-1}}"#);
/// let container = ext.container()?.ok_or("not a container")?;
/// let features = PushFeatures::default().with_fcm_push_type(FcmPushType::Data);
/// assert_eq!(container.push_features(), Some(&features));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct PushFeatures {
    pub(super) fcm_push_type: Option<FcmPushType>,
    pub(super) fcm_notification_type: Option<FcmNotificationType>,
    pub(super) unknown: BTreeMap<String, Value>,
}

impl PushFeatures {
    /// Sets `fcmPushType`.
    #[must_use]
    pub fn with_fcm_push_type(mut self, push_type: FcmPushType) -> Self {
        self.unknown.remove("fcmPushType");
        self.fcm_push_type = Some(push_type);
        self
    }

    /// Sets `fcmNotificationType`.
    #[must_use]
    pub fn with_fcm_notification_type(mut self, notification_type: FcmNotificationType) -> Self {
        self.unknown.remove("fcmNotificationType");
        self.fcm_notification_type = Some(notification_type);
        self
    }

    /// Whether both fields are 0, which Swift's `TUIKit` 9.0.7652 sends when the sender has set neither. From an iOS sender it
    /// states nothing. (In Java, unset is -1.)
    pub fn is_ios_default(&self) -> bool {
        let push_type = self.fcm_push_type.map(FcmPushType::as_i64);
        let notification_type = self.fcm_notification_type.map(FcmNotificationType::as_i64);
        (push_type, notification_type) == (Some(0), Some(0))
    }

    /// `fcmPushType`, if set.
    pub fn fcm_push_type(&self) -> Option<FcmPushType> {
        self.fcm_push_type
    }

    /// `fcmNotificationType`, if set.
    pub fn fcm_notification_type(&self) -> Option<FcmNotificationType> {
        self.fcm_notification_type
    }
}

/// What kind of FCM message a push becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FcmPushType {
    /// 0: a data message.
    Data,
    /// 1: a notification message.
    Notification,
    /// A number that this crate does not know.
    Other(i64),
}

impl FcmPushType {
    /// The number in the container.
    pub const fn as_i64(self) -> i64 {
        match self {
            Self::Data => 0,
            Self::Notification => 1,
            Self::Other(number) => number,
        }
    }
}

impl From<i64> for FcmPushType {
    fn from(number: i64) -> Self {
        match number {
            0 => Self::Data,
            1 => Self::Notification,
            other => Self::Other(other),
        }
    }
}

/// Who shows the notification of an FCM data message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FcmNotificationType {
    /// 0: TIMPush shows it.
    ShownByTimPush,
    /// 1: the app gets the message and shows what it likes.
    PassThrough,
    /// A number that this crate does not know.
    Other(i64),
}

impl FcmNotificationType {
    /// The number in the container.
    pub const fn as_i64(self) -> i64 {
        match self {
            Self::ShownByTimPush => 0,
            Self::PassThrough => 1,
            Self::Other(number) => number,
        }
    }
}

impl From<i64> for FcmNotificationType {
    fn from(number: i64) -> Self {
        match number {
            0 => Self::ShownByTimPush,
            1 => Self::PassThrough,
            other => Self::Other(other),
        }
    }
}
