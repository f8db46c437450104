use std::fmt;

use serde_json::Value;

use super::field::{Field, NESTED, PushInfoError, json_of_host};
use super::text::{RedactedText, UnknownNumber, UnknownText};
use crate::json::{self, Json, JsonWriter, Limits, Members};

/// Options of single vendors, and the push template: one JSON text in the client forms (`vendorParams`, since IM SDK
/// 8.7.7201), fields of `AndroidInfo` and of the push itself in REST.
///
/// Source: <https://cloud.tencent.com/document/product/269/121188> and <https://trtc.io/document/73940>, read 2026-11-22.
///
/// ```
/// use tim_offline_push::message::{FcmPriority, VendorParams, VivoNotifyType};
///
/// let params = VendorParams::new().with_fcm_priority(FcmPriority::High).with_vivo_notify_type(VivoNotifyType::Ring);
/// assert_eq!(params.text(), r#"{"fcmPriority":"high","vivoNotifyType":2}"#);
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct VendorParams {
    /// What the client forms carry: as it was read, or written anew after a change.
    text: RedactedText,
    fcm_priority: Option<FcmPriority>,
    vivo_notify_type: Option<VivoNotifyType>,
    oppo_template_id: RedactedText,
    oppo_title_params: Option<Json>,
    oppo_content_params: Option<Json>,
    push_template_id: RedactedText,
    push_template_params: Option<Json>,
    /// Members that are unknown or of another type.
    more: Members,
    readable: Readable,
}

impl fmt::Debug for VendorParams {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VendorParams")
            .field("text", &self.text)
            .field("fcm_priority", &self.fcm_priority)
            .field("vivo_notify_type", &self.vivo_notify_type)
            .field("unknown_members", &self.more.len())
            .finish_non_exhaustive()
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
enum Readable {
    #[default]
    Yes,
    No,
}

const FCM_PRIORITY: &str = "fcmPriority";
const VIVO_NOTIFY_TYPE: &str = "vivoNotifyType";
const OPPO_TEMPLATE_ID: &str = "oppoTemplateId";
const OPPO_TITLE_PARAM: &str = "oppoTitleParam";
const OPPO_CONTENT_PARAM: &str = "oppoContentParam";
const PUSH_TEMPLATE_ID: &str = "pushTemplateId";
const PUSH_TEMPLATE_PARAM: &str = "pushTemplateParam";

/// An object nested as a text must be read back as an object, one level down.
const NESTED_TEXT: Limits = Limits { depth: 90, ..NESTED };

impl VendorParams {
    /// Nothing set.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads the JSON text of the client forms. It never fails: a text that is not a JSON object is kept and has no fields,
    /// members that are unknown or of another type are kept in the text.
    pub fn from_text(text: &str) -> Self {
        let mut params = Self { text: RedactedText::new(text), ..Self::default() };
        if text.is_empty() {
            return params;
        }
        let Ok(members) = json::read_object(text, NESTED) else {
            return Self { readable: Readable::No, ..params };
        };
        for (key, value) in members {
            params.take(key, value);
        }
        params
    }

    /// How soon FCM delivers.
    #[must_use]
    pub fn with_fcm_priority(mut self, priority: FcmPriority) -> Self {
        self.set_fcm_priority(Some(priority));
        self
    }

    /// Ring or vibrate on vivo.
    #[must_use]
    pub fn with_vivo_notify_type(mut self, notify_type: VivoNotifyType) -> Self {
        self.set_vivo_notify_type(notify_type);
        self
    }

    /// The template of private messages on OPPO. If it has no parameters, the title fills `title` and the text `desc`.
    #[must_use]
    pub fn with_oppo_template(mut self, id: impl AsRef<str>) -> Self {
        self.set_oppo_template_id(id.as_ref());
        self
    }

    /// What fills the title of OPPO's template: an object, kept as it is.
    ///
    /// # Errors
    /// [`PushInfoError::WrongJsonType`] if it is not an object, [`PushInfoError::TooDeep`].
    pub fn with_oppo_title_params(mut self, params: &Value) -> Result<Self, PushInfoError> {
        self.set_title_params(json_of_host(Field::OppoTitleParams, params, Value::is_object, "object")?);
        Ok(self)
    }

    /// What fills the text of OPPO's template: an object, kept as it is.
    ///
    /// # Errors
    /// [`PushInfoError::WrongJsonType`] if it is not an object, [`PushInfoError::TooDeep`].
    pub fn with_oppo_content_params(mut self, params: &Value) -> Result<Self, PushInfoError> {
        self.set_content_params(json_of_host(Field::OppoContentParams, params, Value::is_object, "object")?);
        Ok(self)
    }

    /// A push template made in Tencent's console, such as `1400000000-1`. Clients carry it since 2026
    /// (<https://cloud.tencent.com/document/product/269/128836>).
    #[must_use]
    pub fn with_push_template(mut self, id: impl AsRef<str>) -> Self {
        self.set_push_template_id(id.as_ref());
        self
    }

    /// What fills the push template's own variables: an object, kept as it is. The server fills `timTitle`, `timDesc`,
    /// `timSenderNick` and `timGroupName` itself. Client forms carry it as a JSON text.
    ///
    /// # Errors
    /// [`PushInfoError::WrongJsonType`] if it is not an object, [`PushInfoError::TooDeep`].
    pub fn with_push_template_params(mut self, params: &Value) -> Result<Self, PushInfoError> {
        let field = Field::TemplateParam;
        let params = json_of_host(field, params, Value::is_object, "object")?;
        if params.depth() > NESTED_TEXT.depth {
            return Err(PushInfoError::TooDeep { field, limit: NESTED_TEXT.depth });
        }
        self.set_push_template_params(params);
        Ok(self)
    }

    /// The JSON text that the client forms carry; empty if nothing is set.
    pub fn text(&self) -> &str {
        self.text.as_str()
    }

    /// How soon FCM delivers.
    pub const fn fcm_priority(&self) -> Option<&FcmPriority> {
        self.fcm_priority.as_ref()
    }

    /// Ring or vibrate on vivo.
    pub const fn vivo_notify_type(&self) -> Option<VivoNotifyType> {
        self.vivo_notify_type
    }

    /// The template of private messages on OPPO.
    pub fn oppo_template_id(&self) -> Option<&str> {
        self.oppo_template_id.set()
    }

    /// What fills the title of OPPO's template.
    pub fn oppo_title_params(&self) -> Option<Value> {
        self.oppo_title_params.as_ref().map(Json::to_value)
    }

    /// What fills the text of OPPO's template.
    pub fn oppo_content_params(&self) -> Option<Value> {
        self.oppo_content_params.as_ref().map(Json::to_value)
    }

    /// The push template made in Tencent's console.
    pub fn push_template_id(&self) -> Option<&str> {
        self.push_template_id.set()
    }

    /// What fills the push template's own variables.
    pub fn push_template_param(&self) -> Option<Value> {
        self.push_template_params.as_ref().map(Json::to_value)
    }

    /// Whether the text is a JSON object, or empty.
    pub const fn is_readable(&self) -> bool {
        matches!(self.readable, Readable::Yes)
    }

    /// Whether the text says more than the fields.
    pub(super) fn says_more(&self) -> bool {
        !self.is_readable() || !self.more.is_empty()
    }

    pub(super) fn title_params(&self) -> Option<&Json> {
        self.oppo_title_params.as_ref()
    }

    pub(super) fn content_params(&self) -> Option<&Json> {
        self.oppo_content_params.as_ref()
    }

    pub(super) fn push_template_params(&self) -> Option<&Json> {
        self.push_template_params.as_ref()
    }

    pub(super) fn set_push_template_id(&mut self, id: &str) {
        self.push_template_id = RedactedText::new(id);
        self.write();
    }

    pub(super) fn set_push_template_params(&mut self, params: Json) {
        self.push_template_params = Some(params);
        self.write();
    }

    pub(super) fn set_fcm_priority(&mut self, priority: Option<FcmPriority>) {
        self.fcm_priority = priority;
        self.write();
    }

    pub(super) fn set_vivo_notify_type(&mut self, notify_type: VivoNotifyType) {
        self.vivo_notify_type = Some(notify_type);
        self.write();
    }

    pub(super) fn set_oppo_template_id(&mut self, id: &str) {
        self.oppo_template_id = RedactedText::new(id);
        self.write();
    }

    pub(super) fn set_title_params(&mut self, params: Json) {
        self.oppo_title_params = Some(params);
        self.write();
    }

    pub(super) fn set_content_params(&mut self, params: Json) {
        self.oppo_content_params = Some(params);
        self.write();
    }

    fn take(&mut self, key: Box<str>, value: Json) {
        match (key.as_ref(), &value) {
            (FCM_PRIORITY, Json::Text(text)) => self.fcm_priority = Some(FcmPriority::from_text(text)),
            (OPPO_TEMPLATE_ID, Json::Text(text)) => self.oppo_template_id = RedactedText::new(text.as_ref()),
            (VIVO_NOTIFY_TYPE, Json::Number(number)) if number.is_i64() => {
                self.vivo_notify_type = value.as_integer().map(VivoNotifyType::from_number);
            }
            (OPPO_TITLE_PARAM, _) if object(&value).is_some() => self.oppo_title_params = object(&value),
            (OPPO_CONTENT_PARAM, _) if object(&value).is_some() => self.oppo_content_params = object(&value),
            (PUSH_TEMPLATE_ID, Json::Text(text)) => self.push_template_id = RedactedText::new(text.as_ref()),
            (PUSH_TEMPLATE_PARAM, _) if object(&value).is_some() => {
                self.push_template_params = object(&value);
            }
            _ => self.more.push((key, value)),
        }
    }

    fn write(&mut self) {
        let mut text = String::new();
        let mut out = JsonWriter::new(&mut text);
        out.open_object();
        if let Some(priority) = &self.fcm_priority {
            out.constant_key(FCM_PRIORITY);
            out.text(priority.as_str());
        }
        if let Some(notify_type) = self.vivo_notify_type {
            out.constant_key(VIVO_NOTIFY_TYPE);
            out.number(notify_type.as_number());
        }
        if let Some(id) = self.oppo_template_id() {
            out.constant_key(OPPO_TEMPLATE_ID);
            out.text(id);
        }
        if let Some(params) = &self.oppo_title_params {
            out.constant_key(OPPO_TITLE_PARAM);
            out.json(params);
        }
        if let Some(params) = &self.oppo_content_params {
            out.constant_key(OPPO_CONTENT_PARAM);
            out.json(params);
        }
        if let Some(id) = self.push_template_id() {
            out.constant_key(PUSH_TEMPLATE_ID);
            out.text(id);
        }
        if let Some(params) = &self.push_template_params {
            out.constant_key(PUSH_TEMPLATE_PARAM);
            match params.as_text() {
                Some(text) => out.text(text),
                None => out.text(&JsonWriter::text_of(params)),
            }
        }
        for (key, value) in &self.more {
            out.key(key);
            out.json(value);
        }
        out.close_object();
        self.text = RedactedText::new(if text == "{}" { String::new() } else { text });
        self.readable = Readable::Yes;
    }
}

/// The object that a member is. One of Tencent's own samples nests it as a JSON text.
fn object(value: &Json) -> Option<Json> {
    match value {
        Json::Object(_) => Some(value.clone()),
        Json::Text(text) => json::read_object(text, NESTED_TEXT).ok().map(Json::Object),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::Array(_) => None,
    }
}

/// How soon FCM delivers. Source: <https://trtc.io/document/77715>, read 2026-11-22.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum FcmPriority {
    /// At once in the foreground, batched in the background (`normal`).
    Normal,
    /// At once, and wakes the device (`high`).
    High,
    /// Another text, as it was read.
    Unknown(UnknownText),
}

impl FcmPriority {
    /// What a text on the wire means.
    pub fn from_text(text: &str) -> Self {
        match text {
            "normal" => Self::Normal,
            "high" => Self::High,
            other => Self::Unknown(UnknownText::new(other)),
        }
    }

    /// The text on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Normal => "normal",
            Self::High => "high",
            Self::Unknown(other) => other.as_str(),
        }
    }
}

/// How vivo notifies. Source: <https://cloud.tencent.com/document/product/269/121188>, read 2026-11-22.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum VivoNotifyType {
    /// Silently (1).
    Silent,
    /// It rings (2).
    Ring,
    /// It vibrates (3).
    Vibrate,
    /// It rings and vibrates (4), vivo's default.
    RingAndVibrate,
    /// Another number, as it was read.
    Unknown(UnknownNumber),
}

impl VivoNotifyType {
    /// What a number on the wire means.
    pub const fn from_number(number: i64) -> Self {
        match number {
            1 => Self::Silent,
            2 => Self::Ring,
            3 => Self::Vibrate,
            4 => Self::RingAndVibrate,
            other => Self::Unknown(UnknownNumber::new(other)),
        }
    }

    /// The number on the wire.
    pub const fn as_number(self) -> i64 {
        match self {
            Self::Silent => 1,
            Self::Ring => 2,
            Self::Vibrate => 3,
            Self::RingAndVibrate => 4,
            Self::Unknown(other) => other.as_i64(),
        }
    }
}
