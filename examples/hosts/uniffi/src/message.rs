//! Messages as a sender builds them, and taps without a registrar.

use tim_offline_push as core;
use tim_offline_push::message::{Android, Audience, Form, OfflinePushInfo, Oppo};

use crate::error::{PushError, PushInput};
use crate::types::{Tap, Vendor};

/// The forms in which Tencent's interfaces take push options.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum MessageForm {
    /// C, Unity, Electron.
    CApi,
    /// The server's REST interface.
    Rest,
    /// Flutter, React Native.
    V2tim,
    /// HarmonyOS.
    V2timArkTs,
    Web,
}

impl From<MessageForm> for Form {
    fn from(form: MessageForm) -> Self {
        match form {
            MessageForm::CApi => Self::CApi,
            MessageForm::Rest => Self::Rest,
            MessageForm::V2tim => Self::V2tim,
            MessageForm::V2timArkTs => Self::V2timArkTs,
            MessageForm::Web => Self::Web,
        }
    }
}

/// How a message looks when it arrives as a push.
#[derive(Clone, Debug, uniffi::Record)]
pub struct PushMessage {
    pub title: String,
    pub desc: String,
    /// What a tap hands over: a JSON object, since OPPO delivers nothing else.
    #[uniffi(default = None)]
    pub ext: Option<String>,
    #[uniffi(default = None)]
    pub xiaomi_channel: Option<String>,
    #[uniffi(default = None)]
    pub oppo_channel: Option<String>,
    #[uniffi(default = None)]
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

/// What is wrong, and what helps.
#[derive(Clone, Debug, uniffi::Record)]
pub struct Finding {
    /// The rule's name, which does not change between versions.
    pub rule: String,
    /// `error`, `warning` or `note`.
    pub severity: String,
    pub vendor: Option<Vendor>,
    pub cause: String,
    pub fix: String,
}

impl From<&core::finding::Finding> for Finding {
    fn from(finding: &core::finding::Finding) -> Self {
        Self {
            rule: finding.rule().id().to_owned(),
            severity: finding.severity().to_string(),
            vendor: finding.vendor().and_then(Vendor::of),
            cause: finding.cause().to_owned(),
            fix: finding.fix().to_owned(),
        }
    }
}

/// Writes a message's push options as JSON.
#[uniffi::export]
pub fn write_message(message: PushMessage, form: MessageForm) -> String {
    OfflinePushInfo::from(message).write(form.into()).into_text()
}

/// What would go wrong on the phones of these vendors; of all if the list is empty.
#[uniffi::export]
pub fn check_message(message: PushMessage, vendors: Vec<Vendor>) -> Vec<Finding> {
    let audience = if vendors.is_empty() {
        Audience::everyone()
    } else {
        Audience::of(vendors.into_iter().map(core::Vendor::from).collect())
    };
    OfflinePushInfo::from(message).check(&audience).iter().map(Finding::from).collect()
}

/// Reads push options or a message that holds them in one form, and writes the options in another.
#[uniffi::export]
pub fn convert_message(text: String, from: MessageForm, to: MessageForm) -> Result<String, PushError> {
    let reading = OfflinePushInfo::read(from.into(), &text)
        .map_err(|error| PushError::json(PushInput::Message, &error))?;
    Ok(reading.info().write(to.into()).into_text())
}

/// Reads what a tapped notification handed over.
#[uniffi::export]
pub fn read_tap(vendor: Option<Vendor>, text: String) -> Result<Tap, PushError> {
    Ok((&core::Tap::from_text(vendor.map(Into::into), &text)?).into())
}
