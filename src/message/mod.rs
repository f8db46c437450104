//! `OfflinePushInfo`: how one message looks as a push, in every wire form that Tencent reads.
//!
//! A sender describes the push of a message once, as an [`OfflinePushInfo`]. [`OfflinePushInfo::check`]
//! compares it with what the vendors of an [`Audience`] accept. [`OfflinePushInfo::write`] writes it in the
//! [`Form`] that the host's SDK or server takes, and [`OfflinePushInfo::read`] reads it back from each of
//! them.
//!
//! | form | who takes it |
//! |---|---|
//! | [`Form::CApi`] | C, Unity, Electron, the Dart adapter: `message_offline_push_config` |
//! | [`Form::Rest`] | the server's REST interface: `OfflinePushInfo` |
//! | [`Form::V2tim`], [`Form::V2timArkTs`] | Flutter, React Native, `ArkTS`: the fields of `V2TIMOfflinePushInfo` |
//! | [`Form::Web`] | the web chat engine |
//!
//! [`TokenObject`] is the C API's other object, which reports a token.

mod android;
mod check;
mod check_values;
mod choices;
mod field;
mod info;
mod platforms;
pub(crate) mod rules;
mod value;
mod vendor_params;
mod wire;

pub use android::{Android, Huawei, Oppo};
pub use check::Audience;
pub use choices::{
    Category, FcmPriority, InterruptionLevel, IosSound, MeizuNotifyType, MessageImportance, OppoNotifyLevel,
    VivoClassification, VivoNotifyType,
};
pub use field::{Field, PushInfoError};
pub use info::{OfflinePushInfo, ServerOptions};
pub use platforms::{Harmony, Ios};
pub use vendor_params::VendorParams;
pub use wire::{
    Envelope, Form, Key, LiveActivityConfig, PushReading, TokenObject, TokenObjectError, Written,
};
