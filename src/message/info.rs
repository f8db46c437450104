use std::ops::RangeInclusive;

use serde_json::Value;

use super::field::{Field, LIMITS, PushInfoError, json_of_host};
use super::text::{RedactedText, UnknownNumber};
use super::wire::PreservedMember;
use super::{Android, Harmony, Ios, VendorParams};
use crate::ext::Ext;
use crate::json::Json;
use crate::vendor::{Vendor, badge_limits};

/// How one message looks as a push.
///
/// The common case is a title, a text and an ext. Options for some devices only are in groups of their own, and are left
/// out of what is written unless it is set. Unset fields have Tencent's defaults.
///
/// ```
/// use tim_offline_push::ext::Ext;
/// use tim_offline_push::message::{Form, OfflinePushInfo};
///
/// let push = OfflinePushInfo::new("denny", "Are you there?").with_ext(Ext::from_text(r#"{"action":"jump to denny"}"#));
///
/// let written = push.write(Form::Rest);
/// assert_eq!(written.text(), r#"{"Title":"denny","Desc":"Are you there?","Ext":"{\"action\":\"jump to denny\"}"}"#);
/// assert!(written.not_carried().is_empty());
///
/// let reading = OfflinePushInfo::read(Form::Rest, written.text())?;
/// assert_eq!(reading.info(), &push);
/// # Ok::<(), tim_offline_push::json::JsonError>(())
/// ```
///
/// `Debug` shows no title, text or ext.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OfflinePushInfo {
    pub(super) title: RedactedText,
    pub(super) desc: RedactedText,
    pub(super) ext: Ext,
    pub(super) push_flag: PushFlag,
    pub(super) ios: Ios,
    pub(super) android: Android,
    pub(super) harmony: Harmony,
    pub(super) vendor_params: VendorParams,
    pub(super) server: ServerOptions,
    /// Members of a wire form that are unknown or of another type, as they were read.
    pub(super) preserved: Vec<PreservedMember>,
}

impl Default for OfflinePushInfo {
    /// Nothing set: Tencent chooses the text for an ordinary message and does not push a custom one.
    fn default() -> Self {
        Self {
            title: RedactedText::default(),
            desc: RedactedText::default(),
            ext: Ext::from_text(""),
            push_flag: PushFlag::default(),
            ios: Ios::default(),
            android: Android::default(),
            harmony: Harmony::default(),
            vendor_params: VendorParams::default(),
            server: ServerOptions::default(),
            preserved: Vec::new(),
        }
    }
}

impl OfflinePushInfo {
    /// The longest text that [`OfflinePushInfo::read`] takes, in bytes: 1 MiB. Reading needs about forty times that in
    /// memory at worst.
    pub const MAX_BYTES: usize = LIMITS.bytes;

    /// A push with a title and the text below it. A custom message is pushed only if the text is not empty (Tencent's
    /// Android offline-push document, 2021 edition).
    pub fn new(title: impl Into<String>, desc: impl Into<String>) -> Self {
        Self { title: RedactedText::new(title), desc: RedactedText::new(desc), ..Self::default() }
    }

    /// The payload that a tap gives back to the app.
    #[must_use]
    pub fn with_ext(mut self, ext: Ext) -> Self {
        self.ext = ext;
        self
    }

    /// Disables the push: only online devices receive the message.
    #[must_use]
    pub fn with_push_disabled(mut self) -> Self {
        self.push_flag = PushFlag::NoPush;
        self
    }

    /// Options for iPhones and iPads.
    #[must_use]
    pub fn with_ios(mut self, ios: Ios) -> Self {
        self.ios = ios;
        self
    }

    /// Options for Android phones.
    #[must_use]
    pub fn with_android(mut self, android: Android) -> Self {
        self.android = android;
        self
    }

    /// Options for HarmonyOS NEXT. Since IM SDK 8.1.6122.
    #[must_use]
    pub fn with_harmony(mut self, harmony: Harmony) -> Self {
        self.harmony = harmony;
        self
    }

    /// Options of single vendors. Since IM SDK 8.7.7201.
    #[must_use]
    pub fn with_vendor_params(mut self, params: VendorParams) -> Self {
        self.vendor_params = params;
        self
    }

    /// Options of the server's REST interface.
    #[must_use]
    pub fn with_server(mut self, server: ServerOptions) -> Self {
        self.server = server;
        self
    }

    /// The title; may be empty.
    pub fn title(&self) -> &str {
        self.title.as_str()
    }

    /// The text below the title; may be empty.
    pub fn desc(&self) -> &str {
        self.desc.as_str()
    }

    /// The payload that a tap gives back to the app; may be empty.
    pub const fn ext(&self) -> &Ext {
        &self.ext
    }

    /// Whether the message is pushed.
    pub const fn push_flag(&self) -> PushFlag {
        self.push_flag
    }

    /// Options for iPhones and iPads.
    pub const fn ios(&self) -> &Ios {
        &self.ios
    }

    /// Options for Android phones.
    pub const fn android(&self) -> &Android {
        &self.android
    }

    /// Options for HarmonyOS NEXT.
    pub const fn harmony(&self) -> &Harmony {
        &self.harmony
    }

    /// Options of single vendors.
    pub const fn vendor_params(&self) -> &VendorParams {
        &self.vendor_params
    }

    /// Options of the server's REST interface.
    pub const fn server(&self) -> &ServerOptions {
        &self.server
    }
}

/// Whether a message is pushed. Source: Tencent's header `V2TIMManager+Message.h`, read 2026-11-22.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum PushFlag {
    /// To devices that are offline (0).
    #[default]
    Push,
    /// Never: devices that are online get the message (1).
    NoPush,
    /// Another number, as it was read. The C library takes it for 0.
    Unknown(UnknownNumber),
}

impl PushFlag {
    /// What a number on the wire means.
    pub const fn from_number(number: i64) -> Self {
        match number {
            0 => Self::Push,
            1 => Self::NoPush,
            other => Self::Unknown(UnknownNumber::new(other)),
        }
    }

    /// The number on the wire.
    pub const fn as_number(self) -> i64 {
        match self {
            Self::Push => 0,
            Self::NoPush => 1,
            Self::Unknown(other) => other.as_i64(),
        }
    }
}

/// Options of the server's REST interface, beside the platforms. Source of all of it:
/// <https://trtc.io/document/77715> and <https://cloud.tencent.com/document/product/269/133879>, read 2026-11-22.
///
/// ```
/// use tim_offline_push::message::ServerOptions;
///
/// let server = ServerOptions::new().with_badge_add(1)?;
/// assert_eq!(server.badge_add(), Some(1));
/// assert!(ServerOptions::new().with_badge_add(100).is_err());
/// # Ok::<(), tim_offline_push::message::PushInfoError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ServerOptions {
    pub(super) badge_add: Option<i64>,
    pub(super) badge_set: Option<i64>,
    pub(super) multi_language: Option<Json>,
}

impl ServerOptions {
    /// Nothing set.
    pub fn new() -> Self {
        Self::default()
    }

    /// By how much the badge grows, 1 to 99. It works on iOS, Huawei, Honor and HarmonyOS.
    ///
    /// # Errors
    /// [`PushInfoError::OutOfRange`].
    pub fn with_badge_add(mut self, count: u16) -> Result<Self, PushInfoError> {
        self.badge_add = Some(within(Field::BadgeAdd, count)?);
        Ok(self)
    }

    /// What the badge becomes, 0 to 999 on iOS and 0 to 99 on Huawei, Honor and HarmonyOS. It wins over
    /// [`ServerOptions::with_badge_add`].
    ///
    /// # Errors
    /// [`PushInfoError::OutOfRange`].
    pub fn with_badge_set(mut self, count: u16) -> Result<Self, PushInfoError> {
        self.badge_set = Some(within(Field::BadgeSet, count)?);
        Ok(self)
    }

    /// Title and text for each language: an array of objects of `Language`, `Title` and `Desc`, kept as it is. Devices with
    /// IM SDK 8.5.6870 and newer choose from it.
    ///
    /// # Errors
    /// [`PushInfoError::WrongJsonType`] if it is not an array, [`PushInfoError::TooDeep`].
    pub fn with_multi_language(mut self, contents: &Value) -> Result<Self, PushInfoError> {
        self.multi_language = Some(json_of_host(Field::MultiLanguage, contents, Value::is_array, "array")?);
        Ok(self)
    }

    /// By how much the badge grows; as it was read it may be outside the range.
    pub const fn badge_add(&self) -> Option<i64> {
        self.badge_add
    }

    /// What the badge becomes; as it was read it may be outside the range.
    pub const fn badge_set(&self) -> Option<i64> {
        self.badge_set
    }

    /// Title and text for each language.
    pub fn multi_language(&self) -> Option<Value> {
        self.multi_language.as_ref().map(Json::to_value)
    }
}

fn within(field: Field, count: u16) -> Result<i64, PushInfoError> {
    let range = badge_range(field, Vendor::Apns).unwrap_or(0..=0);
    let (min, max) = (i64::from(*range.start()), i64::from(*range.end()));
    let count = i64::from(count);
    if (min..=max).contains(&count) { Ok(count) } else { Err(PushInfoError::OutOfRange { field, min, max }) }
}

/// The range of a badge field for a vendor; `None` if the vendor has no badge.
pub(super) fn badge_range(field: Field, vendor: Vendor) -> Option<RangeInclusive<u32>> {
    let (set, add) = badge_limits(vendor)?;
    Some(if field == Field::BadgeAdd { add } else { set })
}
