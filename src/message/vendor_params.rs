use std::fmt;

use serde_json::Value;

use super::choices::{FcmPriority, VivoNotifyType};
use super::field::{Field, Kind, NESTED, NESTED_TEXT, PushInfoError};
use super::value::{Fields, json_of_host};
use crate::json::{self, Json, JsonWriter, Members};

/// Options of single vendors, and the push template: one JSON text in the client forms (`vendorParams`, since
/// IM SDK 8.7.7201), fields of `AndroidInfo` and of the push itself in REST.
///
/// Source: <https://cloud.tencent.com/document/product/269/121188> and <https://trtc.io/document/73940>, read
/// 2026-11-22.
///
/// ```
/// use tim_offline_push::message::{FcmPriority, VendorParams, VivoNotifyType};
///
/// let params = VendorParams::new().with_fcm_priority(FcmPriority::High).with_vivo_notify_type(VivoNotifyType::Ring);
/// assert_eq!(params.text(), r#"{"fcmPriority":"high","vivoNotifyType":2}"#);
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash)]
#[must_use]
pub struct VendorParams {
    /// What the client forms carry: as it was read, or written anew after a change.
    text: Box<str>,
    pub(super) fields: Fields,
    /// Members that are unknown or of another type.
    more: Members,
    /// Whether the text is something else than a JSON object.
    pub(super) unreadable: bool,
}

impl fmt::Debug for VendorParams {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VendorParams")
            .field("text_bytes", &self.text.len())
            .field("fields", &self.fields)
            .field("unknown_members", &self.more.len())
            .finish_non_exhaustive()
    }
}

/// The members that are fields, in the order in which they are written.
const MEMBERS: [(&str, Field); 7] = [
    ("fcmPriority", Field::FcmPriority),
    ("vivoNotifyType", Field::VivoNotifyType),
    ("oppoTemplateId", Field::OppoTemplateId),
    ("oppoTitleParam", Field::OppoTitleParams),
    ("oppoContentParam", Field::OppoContentParams),
    ("pushTemplateId", Field::TemplateId),
    ("pushTemplateParam", Field::TemplateParam),
];

impl VendorParams {
    /// Nothing set.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads the JSON text of the client forms. It never fails: a text that is not a JSON object is kept and
    /// has no fields, members that are unknown or of another type are kept in the text.
    pub fn from_text(text: &str) -> Self {
        let mut params = Self { text: text.into(), ..Self::default() };
        if text.is_empty() {
            return params;
        }
        let Ok(members) = json::read_object(text, NESTED) else {
            return Self { unreadable: true, ..params };
        };
        for (key, value) in members {
            let field = MEMBERS.iter().find(|(name, _)| *name == key.as_ref()).map(|(_, field)| *field);
            let known = field.and_then(|field| Some((field, stored(field, &value)?)));
            if !known.is_some_and(|(field, value)| params.fields.put(field, value)) {
                params.more.push((key, value));
            }
        }
        params
    }

    /// How soon FCM delivers.
    pub fn with_fcm_priority(self, priority: FcmPriority) -> Self {
        self.with(Field::FcmPriority, priority.as_str())
    }

    /// Ring or vibrate on vivo.
    #[expect(clippy::as_conversions, reason = "as the enum numbers them")]
    pub fn with_vivo_notify_type(self, notify_type: VivoNotifyType) -> Self {
        self.with(Field::VivoNotifyType, notify_type as i64)
    }

    /// The template of private messages on OPPO. If it has no parameters, the title fills `title` and the
    /// text `desc`.
    pub fn with_oppo_template(self, id: impl AsRef<str>) -> Self {
        self.with(Field::OppoTemplateId, id.as_ref())
    }

    /// What fills the title of OPPO's template: an object, kept as it is.
    ///
    /// # Errors
    /// [`PushInfoError::WrongJsonType`] if it is not an object, [`PushInfoError::TooDeep`].
    pub fn with_oppo_title_params(self, params: &Value) -> Result<Self, PushInfoError> {
        Ok(self.with(Field::OppoTitleParams, json_of_host(Field::OppoTitleParams, params)?))
    }

    /// What fills the text of OPPO's template: an object, kept as it is.
    ///
    /// # Errors
    /// [`PushInfoError::WrongJsonType`] if it is not an object, [`PushInfoError::TooDeep`].
    pub fn with_oppo_content_params(self, params: &Value) -> Result<Self, PushInfoError> {
        Ok(self.with(Field::OppoContentParams, json_of_host(Field::OppoContentParams, params)?))
    }

    /// A push template made in Tencent's console, such as `1400000000-1`. Clients carry it since 2026
    /// (<https://cloud.tencent.com/document/product/269/128836>).
    pub fn with_push_template(self, id: impl AsRef<str>) -> Self {
        self.with(Field::TemplateId, id.as_ref())
    }

    /// What fills the push template's own variables: an object, kept as it is. The server fills `timTitle`,
    /// `timDesc`, `timSenderNick` and `timGroupName` itself. Client forms carry it as a JSON text.
    ///
    /// # Errors
    /// [`PushInfoError::WrongJsonType`] if it is not an object, [`PushInfoError::TooDeep`].
    pub fn with_push_template_params(self, params: &Value) -> Result<Self, PushInfoError> {
        Ok(self.with(Field::TemplateParam, json_of_host(Field::TemplateParam, params)?))
    }

    /// The JSON text that the client forms carry; empty if nothing is set.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether the text says more than the fields.
    pub(super) fn says_more(&self) -> bool {
        self.unreadable || !self.more.is_empty()
    }

    fn with(mut self, field: Field, value: impl Into<Json>) -> Self {
        self.put(field, value.into());
        self
    }

    /// Sets a field and writes the text anew. Whether the field can hold the value.
    pub(super) fn put(&mut self, field: Field, value: Json) -> bool {
        let fits = self.fields.put(field, value);
        if fits {
            self.write();
        }
        fits
    }

    fn write(&mut self) {
        let mut text = String::new();
        let mut out = JsonWriter::new(&mut text);
        out.open_object();
        for (key, field) in MEMBERS {
            let Some(value) = self.fields.json(field) else { continue };
            out.constant_key(key);
            // The clients carry it as a JSON text.
            if field == Field::TemplateParam && value.as_text().is_none() {
                out.value(&JsonWriter::text_of(value));
            } else {
                out.value(value);
            }
        }
        for (key, value) in &self.more {
            out.key(key);
            out.value(value);
        }
        out.close_object();
        self.text = if text == "{}" { Box::default() } else { text.into() };
        self.unreadable = false;
    }
}

/// What a member says as the field's value, if it has the field's type. One of Tencent's own samples nests an
/// object as a JSON text.
fn stored(field: Field, value: &Json) -> Option<Json> {
    if matches!(field.kind(), Kind::Object | Kind::Json) {
        let nested = || json::read_object(value.as_text()?, NESTED_TEXT).ok().map(Json::Object);
        return if value.as_object().is_some() { Some(value.clone()) } else { nested() };
    }
    Some(value.clone()).filter(|value| value.as_text().is_some() || value.as_integer().is_some())
}
