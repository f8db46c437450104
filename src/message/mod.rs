//! `OfflinePushInfo`: how one message looks as a push, in every wire form that Tencent reads.
//!
//! A sender describes the push of a message once, as an [`OfflinePushInfo`]; [`OfflinePushInfo::check`] holds it against
//! what the channels of an [`Audience`] take, and [`OfflinePushInfo::write`] writes it in the [`Form`] that the host's SDK
//! or server wants. [`OfflinePushInfo::read`] reads it back from each of them.
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
mod error;
mod field;
mod finding;
mod harmony;
mod image;
mod info;
mod ios;
mod kept;
mod leaf;
mod place;
mod prose;
mod rule;
mod server;
mod severity;
mod sound;
mod unknown;
mod vendor_params;
mod wire;

pub use android::{
    Android, HonorImportance, Huawei, HuaweiCategory, HuaweiImportance, MeizuNotifyType, NotifyMode, Oppo,
    OppoCategory, OppoNotifyLevel, PushStyle, VivoCategory, VivoClassification,
};
pub use check::{Audience, MessageKind};
pub use error::PushInfoError;
pub use field::Field;
pub use finding::{Cut, Finding};
pub use harmony::Harmony;
pub use info::{OfflinePushInfo, PushFlag};
pub use ios::{BadgeMode, InterruptionLevel, Ios, PushType};
pub use place::Place;
pub use rule::Rule;
pub use server::ServerOptions;
pub use severity::Severity;
pub use sound::{IosSound, SoundFile};
pub use unknown::{UnknownNumber, UnknownText};
pub use vendor_params::{FcmPriority, VendorParams, VivoNotifyType};
pub use wire::{Envelope, Form, Key, Reading, TokenObject, TokenObjectError, UnknownForm, Written};
