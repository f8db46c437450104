use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use serde_json::Value;

use super::{Container, PushFeatures};

impl Serialize for Container {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        ContainerForm {
            entity: EntityForm {
                version: Self::VERSION,
                chat_type: self.chat_type.map(super::ChatType::as_i64),
                action: self.action.map(super::Action::as_i64),
                sender: self.sender.as_deref(),
                nickname: self.nickname.as_deref(),
                face_url: self.face_url.as_deref(),
                content: self.content.as_deref(),
                send_time: self.send_time.map(crate::time::UnixTime::as_secs),
                custom_data: self.custom_data.as_deref().map(SignedBytes),
                unknown: &self.entity_unknown,
            },
            tim_push_features: self.push_features.as_ref().map(FeaturesForm::from),
            unknown: &self.unknown,
        }
        .serialize(serializer)
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ContainerForm<'a> {
    entity: EntityForm<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tim_push_features: Option<FeaturesForm<'a>>,
    #[serde(flatten)]
    unknown: &'a BTreeMap<String, Value>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct EntityForm<'a> {
    version: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    chat_type: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    action: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sender: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nickname: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    face_url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    send_time: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    custom_data: Option<SignedBytes<'a>>,
    #[serde(flatten)]
    unknown: &'a BTreeMap<String, Value>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FeaturesForm<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    fcm_push_type: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fcm_notification_type: Option<i64>,
    #[serde(flatten)]
    unknown: &'a BTreeMap<String, Value>,
}

impl<'a> From<&'a PushFeatures> for FeaturesForm<'a> {
    fn from(features: &'a PushFeatures) -> Self {
        Self {
            fcm_push_type: features.fcm_push_type.map(super::FcmPushType::as_i64),
            fcm_notification_type: features.fcm_notification_type.map(super::FcmNotificationType::as_i64),
            unknown: &features.unknown,
        }
    }
}

/// A Java `byte[]` in JSON: an array of signed numbers.
struct SignedBytes<'a>(&'a [u8]);

impl Serialize for SignedBytes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|byte| i8::from_ne_bytes([*byte])))
    }
}
