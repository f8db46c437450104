use std::ops::RangeInclusive;

use serde_json::Value;

use super::field::{Field, FieldValue, LIMITS, PushInfoError};
use super::value::{Fields, Value as Stored};
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
    /// Title, desc and push flag.
    pub(super) fields: Fields,
    pub(super) ext: Ext,
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
            fields: Fields::default(),
            ext: Ext::from_text(""),
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
        let fields = Fields::default().with(Field::Title, title.into()).with(Field::Desc, desc.into());
        Self { fields, ..Self::default() }
    }

    /// The payload that a tap gives back to the app.
    #[must_use]
    pub fn with_ext(self, ext: Ext) -> Self {
        Self { ext, ..self }
    }

    /// Disables the push: only online devices receive the message.
    #[must_use]
    pub fn with_push_disabled(self) -> Self {
        Self { fields: self.fields.with(Field::PushFlag, 1), ..self }
    }

    /// Options for iPhones and iPads.
    #[must_use]
    pub fn with_ios(self, ios: Ios) -> Self {
        Self { ios, ..self }
    }

    /// Options for Android phones.
    #[must_use]
    pub fn with_android(self, android: Android) -> Self {
        Self { android, ..self }
    }

    /// Options for HarmonyOS NEXT. Since IM SDK 8.1.6122.
    #[must_use]
    pub fn with_harmony(self, harmony: Harmony) -> Self {
        Self { harmony, ..self }
    }

    /// Options of single vendors. Since IM SDK 8.7.7201.
    #[must_use]
    pub fn with_vendor_params(self, params: VendorParams) -> Self {
        Self { vendor_params: params, ..self }
    }

    /// Options of the server's REST interface.
    #[must_use]
    pub fn with_server(self, server: ServerOptions) -> Self {
        Self { server, ..self }
    }

    /// The title; may be empty.
    pub fn title(&self) -> &str {
        self.fields.text(Field::Title).unwrap_or_default()
    }

    /// The text below the title; may be empty.
    pub fn desc(&self) -> &str {
        self.fields.text(Field::Desc).unwrap_or_default()
    }

    /// The payload that a tap gives back to the app; may be empty.
    pub const fn ext(&self) -> &Ext {
        &self.ext
    }

    /// Whether the push is disabled: devices that are online get the message, nobody gets a push.
    pub fn is_push_disabled(&self) -> bool {
        self.fields.flag(Field::PushFlag) == Some(true)
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

impl OfflinePushInfo {
    /// The value of a field, if it is set.
    pub(super) fn value_of(&self, field: Field) -> Option<FieldValue<'_>> {
        let text = if field == Field::Ext {
            self.ext.text()
        } else if field == Field::VendorParams {
            Some(self.vendor_params.text())
        } else {
            return self.groups().into_iter().find_map(|group| group.get(field));
        };
        let value = text.map_or(FieldValue::Bytes, FieldValue::Text);
        Some(value).filter(|value| *value != FieldValue::Text(""))
    }

    /// Sets a field. Whether the field has values of this type, and can hold this one.
    pub(super) fn put(&mut self, field: Field, value: Stored) -> bool {
        match (field, &value) {
            (Field::Ext, Stored::Text(text)) => self.ext = Ext::from_text(text.as_ref()),
            (Field::VendorParams, Stored::Text(text)) => self.vendor_params = VendorParams::from_text(text),
            _ if field.is_in_vendor_params() => return self.vendor_params.put(field, value),
            _ => return self.group_of(field).put(field, value),
        }
        true
    }

    /// The fields that are set, but for those that the text of the vendor parameters holds.
    pub(super) fn set_fields(&self) -> impl Iterator<Item = Field> {
        let params = (!self.vendor_params.text().is_empty()).then_some(Field::VendorParams);
        let groups = self.groups().into_iter().flat_map(Fields::iter);
        groups.filter(|field| !field.is_in_vendor_params()).chain(params)
    }

    fn groups(&self) -> [&Fields; 8] {
        let (android, params) = (&self.android, &self.vendor_params.fields);
        let (oppo, huawei) = (&android.oppo.0, &android.huawei.0);
        [&self.fields, &self.ios.0, &android.fields, oppo, huawei, &self.harmony.0, params, &self.server.0]
    }

    /// The group that a field's path names.
    pub(super) fn group_of(&mut self, field: Field) -> &mut Fields {
        match field.as_str().rsplit_once('.').map_or("", |(group, _)| group) {
            "ios" => &mut self.ios.0,
            "android" => &mut self.android.fields,
            "android.oppo" => &mut self.android.oppo.0,
            "android.huawei" => &mut self.android.huawei.0,
            "harmony" => &mut self.harmony.0,
            "server" => &mut self.server.0,
            "vendor_params" => &mut self.vendor_params.fields,
            _ => &mut self.fields,
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

    /// Title and text for each language: an array of objects of `Language`, `Title` and `Desc`, kept as it is. Devices with
    /// IM SDK 8.5.6870 and newer choose from it.
    ///
    /// # Errors
    /// [`PushInfoError::WrongJsonType`] if it is not an array, [`PushInfoError::TooDeep`].
    pub fn with_multi_language(self, contents: &Value) -> Result<Self, PushInfoError> {
        self.0.with_json(Field::MultiLanguage, contents).map(Self)
    }

    /// By how much the badge grows; as it was read it may be outside the range.
    pub fn badge_add(&self) -> Option<i64> {
        self.0.number(Field::BadgeAdd)
    }

    /// What the badge becomes; as it was read it may be outside the range.
    pub fn badge_set(&self) -> Option<i64> {
        self.0.number(Field::BadgeSet)
    }

    /// Title and text for each language.
    pub fn multi_language(&self) -> Option<Value> {
        self.0.json(Field::MultiLanguage).map(Json::to_value)
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
