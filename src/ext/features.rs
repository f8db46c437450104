use std::collections::BTreeMap;

use serde_json::Value;

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
