//! Plain objects that cross.

use napi_derive::napi;
use tim_offline_push as core;
use tim_offline_push::message::{Android, Form, OfflinePushInfo, Oppo};
use tim_offline_push::vendor::UnknownName;

use crate::error::{Result, code};

pub(crate) fn vendor(name: &str) -> Result<core::Vendor> {
    name.parse().map_err(code(UnknownName::code))
}

pub(crate) fn form(name: &str) -> Result<Form> {
    name.parse().map_err(code(|_| "unknown_form".to_owned()))
}

/// How a message looks when it arrives as a push.
#[napi(object)]
pub struct PushMessage {
    pub title: String,
    pub desc: String,
    pub ext: Option<String>,
    pub xiaomi_channel: Option<String>,
    pub oppo_channel: Option<String>,
    pub fcm_channel: Option<String>,
}

impl From<PushMessage> for OfflinePushInfo {
    fn from(message: PushMessage) -> Self {
        let mut android = Android::new();
        if let Some(channel) = message.xiaomi_channel {
            android = android.with_xiaomi_channel(channel);
        }
        if let Some(channel) = message.oppo_channel {
            android = android.with_oppo(Oppo::new().with_channel(channel));
        }
        if let Some(channel) = message.fcm_channel {
            android = android.with_fcm_channel(channel);
        }
        let info = Self::new(message.title, message.desc).with_android(android);
        match message.ext {
            Some(ext) => info.with_ext(core::Ext::from_text(ext)),
            None => info,
        }
    }
}

/// Push options as text, and what the form cannot carry.
#[napi(object)]
pub struct Written {
    pub text: String,
    pub not_carried: Vec<String>,
}

impl From<&core::message::Written> for Written {
    fn from(written: &core::message::Written) -> Self {
        Self {
            text: written.text().to_owned(),
            not_carried: written.not_carried().iter().map(ToString::to_string).collect(),
        }
    }
}

/// What is wrong, and what helps.
#[napi(object)]
pub struct Finding {
    pub rule: String,
    pub severity: String,
    pub vendor: Option<String>,
    pub place: String,
    pub cause: String,
    pub fix: String,
}

impl From<&core::finding::Finding> for Finding {
    fn from(finding: &core::finding::Finding) -> Self {
        Self {
            rule: finding.rule().id().to_owned(),
            severity: finding.severity().as_str().to_owned(),
            vendor: finding.vendor().map(|vendor| vendor.to_string()),
            place: finding.place().to_owned(),
            cause: finding.cause().to_owned(),
            fix: finding.fix().to_owned(),
        }
    }
}

/// A tapped notification. It comes from outside of the app: treat it as input of a stranger.
#[napi(object)]
pub struct Tap {
    /// `chat`, `call`, `custom`, `none` or `unknown`.
    pub route: String,
    pub user: Option<String>,
    pub group: Option<String>,
    pub ext: Option<String>,
    pub vendor: Option<String>,
    pub message_id: Option<String>,
}

impl From<&core::Tap> for Tap {
    fn from(tap: &core::Tap) -> Self {
        let route = tap.route();
        let peer = route.peer();
        let id = |is_group: bool| {
            let wanted = peer.filter(|peer| matches!(peer, core::account::Peer::Group(_)) == is_group);
            wanted.map(|peer| peer.id().to_owned())
        };
        Self {
            route: match route {
                core::Route::Chat(_) => "chat",
                core::Route::Call(_) => "call",
                core::Route::Custom => "custom",
                core::Route::None => "none",
                _ => "unknown",
            }
            .to_owned(),
            user: id(false),
            group: id(true),
            ext: tap.ext().and_then(|ext| ext.text()).map(str::to_owned),
            vendor: tap.vendor().map(|vendor| vendor.to_string()),
            message_id: tap.message_id().map(str::to_owned),
        }
    }
}
