use std::ops::RangeInclusive;

use serde_json::Value;

use super::field::{Field, FieldValue, Kind, LIMITS, PushInfoError};
use super::value::Fields;
use super::wire::PreservedMember;
use super::{Android, Harmony, Ios, VendorParams};
use crate::ext::Ext;
use crate::json::{self, Json};
use crate::vendor::{Vendor, badge_limits};

/// How one message looks as a push.
///
/// The common case is a title, a text and an ext. Options for some devices only are in groups of their own,
/// and are left out of what is written unless it is set. Unset fields have Tencent's defaults.
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
/// `Debug` shows no title, text or ext. In the default nothing is set: Tencent chooses the text for an
/// ordinary message and does not push a custom one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[must_use]
pub struct OfflinePushInfo {
    /// All but the ext and what the text of the vendor parameters holds.
    pub(super) fields: Fields,
    pub(super) ext: Ext,
    pub(super) vendor_params: VendorParams,
    /// Members of a wire form that are unknown or of another type, as they were read.
    pub(super) preserved: Vec<PreservedMember>,
}

impl OfflinePushInfo {
    /// The longest text that [`OfflinePushInfo::read`] takes, in bytes: 1 MiB. Reading needs about forty
    /// times that in memory at worst.
    pub const MAX_BYTES: usize = LIMITS.bytes;

    /// A push with a title and the text below it. A custom message is pushed only if the text is not empty
    /// (Tencent's Android offline-push document, 2021 edition).
    pub fn new(title: impl Into<String>, desc: impl Into<String>) -> Self {
        let fields = Fields::default().with(Field::Title, title.into()).with(Field::Desc, desc.into());
        Self { fields, ..Self::default() }
    }

    /// The payload that a tap gives back to the app.
    pub fn with_ext(self, ext: Ext) -> Self {
        Self { ext, ..self }
    }

    /// Disables the push: only online devices receive the message.
    pub fn with_push_disabled(self) -> Self {
        Self { fields: self.fields.with(Field::PushFlag, 1), ..self }
    }

    /// Sets the options for iPhones and iPads, in the place of all that are set.
    pub fn with_ios(self, ios: Ios) -> Self {
        Self { fields: self.fields.with_group("ios.", ios.0), ..self }
    }

    /// Sets the options for Android phones, in the place of all that are set.
    pub fn with_android(self, android: Android) -> Self {
        Self { fields: self.fields.with_group("android.", android.0), ..self }
    }

    /// Sets the options for HarmonyOS NEXT, in the place of all that are set. Since IM SDK 8.1.6122.
    pub fn with_harmony(self, harmony: Harmony) -> Self {
        Self { fields: self.fields.with_group("harmony.", harmony.0), ..self }
    }

    /// Sets the options of single vendors, in the place of all that are set. Since IM SDK 8.7.7201.
    pub fn with_vendor_params(self, vendor_params: VendorParams) -> Self {
        Self { vendor_params, ..self }
    }

    /// Sets the options of the server's REST interface, in the place of all that are set.
    pub fn with_server(self, server: ServerOptions) -> Self {
        Self { fields: self.fields.with_group("server.", server.0), ..self }
    }

    /// The title; may be empty.
    pub fn title(&self) -> &str {
        self.text(Field::Title).unwrap_or_default()
    }

    /// The text below the title; may be empty.
    pub fn desc(&self) -> &str {
        self.text(Field::Desc).unwrap_or_default()
    }

    /// The payload that a tap gives back to the app; may be empty.
    pub const fn ext(&self) -> &Ext {
        &self.ext
    }

    /// Whether the push is disabled: devices that are online get the message, nobody gets a push. A number
    /// that no document lists for [`Field::PushFlag`] does not disable it.
    pub fn is_push_disabled(&self) -> bool {
        self.number(Field::PushFlag) == Some(1)
    }

    /// Options for iPhones and iPads, to change and set again. A single one is read by
    /// [`value`](Self::value).
    pub fn ios(&self) -> Ios {
        Ios(self.fields.group("ios."))
    }

    /// Options for Android phones, to change and set again. A single one is read by [`value`](Self::value).
    pub fn android(&self) -> Android {
        Android(self.fields.group("android."))
    }

    /// Options for HarmonyOS NEXT.
    pub fn harmony(&self) -> Harmony {
        Harmony(self.fields.group("harmony."))
    }

    /// Options of the server's REST interface.
    pub fn server(&self) -> ServerOptions {
        ServerOptions(self.fields.group("server."))
    }

    /// Options of single vendors.
    pub const fn vendor_params(&self) -> &VendorParams {
        &self.vendor_params
    }

    /// The value of any field, as it was set or read: a text, a number (1 for yes, 0 for no) or a JSON value.
    /// `None` if it is unset, or an ext that is not UTF-8. As it was read it may be one that no document
    /// lists.
    ///
    /// ```
    /// use tim_offline_push::message::{Field, Form, OfflinePushInfo};
    ///
    /// let reading = OfflinePushInfo::read(Form::Rest, r#"{"AndroidInfo":{"OPPOChannelID":"tuikit"},"BadgeAddNum":3}"#)?;
    /// assert_eq!(reading.info().value(Field::OppoChannel), Some("tuikit".into()));
    /// assert_eq!(reading.info().value(Field::BadgeAdd), Some(3.into()));
    /// assert_eq!(reading.info().value(Field::Title), None);
    /// # Ok::<(), tim_offline_push::json::JsonError>(())
    /// ```
    pub fn value(&self, field: Field) -> Option<Value> {
        let value = self.value_of(field).filter(|value| *value != FieldValue::Bytes)?;
        serde_json::to_value(value).ok()
    }

    /// With a value that no document lists yet: vendors add some. The fields that take one of several listed
    /// values are those of [`Category`](super::Category), [`MessageImportance`](super::MessageImportance),
    /// [`InterruptionLevel`](super::InterruptionLevel), [`FcmPriority`](super::FcmPriority),
    /// [`OppoNotifyLevel`](super::OppoNotifyLevel), [`VivoClassification`](super::VivoClassification),
    /// [`VivoNotifyType`](super::VivoNotifyType) and [`MeizuNotifyType`](super::MeizuNotifyType). The check
    /// of the push reports the value. An empty text unsets the field. Call this last, since a group of
    /// options replaces what was set of it.
    ///
    /// ```
    /// use tim_offline_push::message::{Field, OfflinePushInfo};
    ///
    /// let push = OfflinePushInfo::new("denny", "hi").with_choice(Field::FcmPriority, "urgent")?;
    /// assert_eq!(push.value(Field::FcmPriority), Some("urgent".into()));
    /// assert!(push.clone().with_choice(Field::FcmPriority, 3).is_err());
    /// # Ok::<(), tim_offline_push::message::PushInfoError>(())
    /// ```
    ///
    /// # Errors
    /// [`PushInfoError::NoChoice`] and [`PushInfoError::WrongJsonType`].
    pub fn with_choice(mut self, field: Field, value: impl Into<Value>) -> Result<Self, PushInfoError> {
        let numbers = [
            Field::OppoNotifyLevel,
            Field::VivoClassification,
            Field::MeizuNotifyType,
            Field::VivoNotifyType,
        ];
        let expected = if matches!(field.kind(), Kind::Texts(_) | Kind::ClassOf(_)) {
            "string"
        } else if numbers.contains(&field) {
            "integer"
        } else {
            return Err(PushInfoError::NoChoice { field });
        };
        let value = json::read_value(&value.into(), 0).filter(|value| self.put(field, value.clone()));
        value.map(|_| self).ok_or(PushInfoError::WrongJsonType { field, expected })
    }

    /// Whether a field is set.
    pub(crate) fn has(&self, field: Field) -> bool {
        self.value_of(field).is_some()
    }

    /// The text of a field.
    pub(crate) fn text(&self, field: Field) -> Option<&str> {
        if let Some(FieldValue::Text(text)) = self.value_of(field) { Some(text) } else { None }
    }

    /// The number of a field.
    pub(crate) fn number(&self, field: Field) -> Option<i64> {
        if let Some(FieldValue::Number(number)) = self.value_of(field) { Some(number) } else { None }
    }

    pub(super) fn value_of(&self, field: Field) -> Option<FieldValue<'_>> {
        let text = if field == Field::Ext {
            self.ext.text()
        } else if field == Field::VendorParams {
            Some(self.vendor_params.text())
        } else if field.is_in_vendor_params() {
            return self.vendor_params.fields.get(field);
        } else {
            return self.fields.get(field);
        };
        let value = text.map_or(FieldValue::Bytes, FieldValue::Text);
        Some(value).filter(|value| *value != FieldValue::Text(""))
    }

    /// Sets a field. Whether the field has values of this type, and can hold this one.
    pub(super) fn put(&mut self, field: Field, value: Json) -> bool {
        match (field, value) {
            (Field::Ext, Json::Text(text)) => self.ext = Ext::from_text(text),
            (Field::VendorParams, Json::Text(text)) => self.vendor_params = VendorParams::from_text(&text),
            (_, value) if field.is_in_vendor_params() => return self.vendor_params.put(field, value),
            (_, value) => return self.fields.put(field, value),
        }
        true
    }
}

/// Options of the server's REST interface, beside the platforms. Source of all of it:
/// <https://trtc.io/document/77715> and <https://cloud.tencent.com/document/product/269/133879>, read
/// 2026-11-22.
///
/// ```
/// use tim_offline_push::message::{Field, OfflinePushInfo, ServerOptions};
///
/// let server = ServerOptions::new().with_badge_add(1)?;
/// let push = OfflinePushInfo::new("denny", "hi").with_server(server);
/// assert_eq!(push.value(Field::BadgeAdd), Some(1.into()));
/// assert!(ServerOptions::new().with_badge_add(100).is_err());
/// # Ok::<(), tim_offline_push::message::PushInfoError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[must_use]
pub struct ServerOptions(pub(super) Fields);

impl ServerOptions {
    /// Nothing set.
    pub fn new() -> Self {
        Self::default()
    }

    /// By how much the badge grows, 1 to 99. It works on iOS, Huawei, Honor and HarmonyOS.
    ///
    /// # Errors
    /// [`PushInfoError::OutOfRange`].
    pub fn with_badge_add(self, count: u16) -> Result<Self, PushInfoError> {
        self.with_badge(Field::BadgeAdd, count)
    }

    /// What the badge becomes, 0 to 999 on iOS and 0 to 99 on Huawei, Honor and HarmonyOS. It wins over
    /// [`ServerOptions::with_badge_add`].
    ///
    /// # Errors
    /// [`PushInfoError::OutOfRange`].
    pub fn with_badge_set(self, count: u16) -> Result<Self, PushInfoError> {
        self.with_badge(Field::BadgeSet, count)
    }

    /// Title and text for each language: an array of objects of `Language`, `Title` and `Desc`, kept as it
    /// is. Devices with IM SDK 8.5.6870 and newer choose from it.
    ///
    /// # Errors
    /// [`PushInfoError::WrongJsonType`] if it is not an array, [`PushInfoError::TooDeep`].
    pub fn with_multi_language(self, contents: &Value) -> Result<Self, PushInfoError> {
        self.0.with_json(Field::MultiLanguage, contents).map(Self)
    }

    fn with_badge(self, field: Field, count: u16) -> Result<Self, PushInfoError> {
        let range = badge_range(field, Vendor::Apns).unwrap_or(0..=0);
        self.0.with_number(field, count.into(), range).map(Self)
    }
}

/// The range of a badge field for a vendor; `None` if the vendor has no badge.
pub(super) fn badge_range(field: Field, vendor: Vendor) -> Option<RangeInclusive<i64>> {
    let (set, add) = badge_limits(vendor)?;
    let range = if field == Field::BadgeAdd { add } else { set };
    Some((*range.start()).into()..=(*range.end()).into())
}
