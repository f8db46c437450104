//! The fields of a push as plain values, and what a JSON value under a known key means for a field.

use super::field::{Field, NESTED};
use super::info::PushFlag;
use super::text::RedactedText;
use super::wire::Shape;
use super::{
    BadgeMode, Category, FcmPriority, InterruptionLevel, IosSound, MeizuNotifyType, MessageImportance,
    NotifyMode, OfflinePushInfo, OppoNotifyLevel, PushStyle, PushType, VendorParams, VivoClassification,
    VivoNotifyType,
};
use crate::ext::Ext;
use crate::json::{self, Json};

/// A field's value, without its default.
#[derive(Clone, Copy, Debug)]
pub(super) enum FieldValue<'a> {
    Unset,
    Text(&'a str),
    Number(i64),
    Json(&'a Json),
    /// An ext that is not UTF-8: no form carries it.
    Bytes,
}

impl FieldValue<'_> {
    pub(super) const fn is_unset(self) -> bool {
        matches!(self, Self::Unset)
    }
}

impl OfflinePushInfo {
    /// The value of a field. Truths are 1 and 0.
    pub(super) fn value_of(&self, field: Field) -> FieldValue<'_> {
        let (ios, android, harmony) = (&self.ios, &self.android, &self.harmony);
        let (oppo, huawei, params, server) =
            (&android.oppo, &android.huawei, &self.vendor_params, &self.server);
        match field {
            Field::Title => text(self.title.as_str()),
            Field::Desc => text(self.desc.as_str()),
            Field::Ext => self.ext.text().map_or(FieldValue::Bytes, text),
            Field::PushFlag => unless(PushFlag::default().as_number(), self.push_flag.as_number()),
            Field::VendorParams => text(params.text()),
            Field::IosTitle => text(ios.title.as_str()),
            Field::IosSubtitle => text(ios.subtitle.as_str()),
            Field::IosSound => named(ios.sound.as_ref().map(IosSound::as_str)),
            Field::IosBadgeMode => number(ios.badge_mode.map(BadgeMode::as_number)),
            Field::IosPushType => unless(PushType::default().as_number(), ios.push_type.as_number()),
            Field::IosInterruptionLevel => {
                named(ios.interruption_level.as_ref().map(InterruptionLevel::as_str))
            }
            Field::IosBackground => truth(ios.background),
            Field::IosImage => text(ios.image.as_str()),
            Field::IosMutableContent => number(ios.mutable_content.map(i64::from)),
            Field::IosLiveActivity => json(ios.live_activity.as_ref()),
            Field::AndroidTitle => text(android.title.as_str()),
            Field::AndroidSound => text(android.sound.as_str()),
            Field::AndroidNotifyMode => {
                unless(NotifyMode::default().as_number(), android.notify_mode.as_number())
            }
            Field::AndroidPushStyle => number(android.push_style.map(PushStyle::as_number)),
            Field::OppoChannel => text(oppo.channel.as_str()),
            Field::OppoCategory => named(oppo.category.as_ref().map(Category::as_str)),
            Field::OppoNotifyLevel => number(oppo.notify_level.map(OppoNotifyLevel::as_number)),
            Field::HuaweiCategory => named(huawei.category.as_ref().map(Category::as_str)),
            Field::HuaweiImage => text(huawei.image.as_str()),
            Field::HuaweiImportance => named(huawei.importance.as_ref().map(MessageImportance::as_str)),
            Field::HuaweiChannel => text(huawei.channel.as_str()),
            Field::HuaweiExtAsIntentParam => number(huawei.ext_as_intent_param.map(i64::from)),
            Field::XiaomiChannel => text(android.xiaomi_channel.as_str()),
            Field::VivoClassification => {
                number(android.vivo_classification.map(VivoClassification::as_number))
            }
            Field::VivoCategory => named(android.vivo_category.as_ref().map(Category::as_str)),
            Field::HonorImportance => named(android.honor_importance.as_ref().map(MessageImportance::as_str)),
            Field::HonorImage => text(android.honor_image.as_str()),
            Field::MeizuNotifyType => number(android.meizu_notify_type.map(MeizuNotifyType::as_number)),
            Field::FcmChannel => text(android.fcm_channel.as_str()),
            Field::FcmImage => text(android.fcm_image.as_str()),
            Field::HarmonyTitle => text(harmony.title.as_str()),
            Field::HarmonyImage => text(harmony.image.as_str()),
            Field::HarmonyCategory => named(harmony.category.as_ref().map(Category::as_str)),
            Field::HarmonyIgnoreBadge => truth(harmony.ignore_badge),
            Field::HarmonySound => text(harmony.sound.as_str()),
            Field::HarmonySoundDuration => number(harmony.sound_duration),
            Field::FcmPriority => named(params.fcm_priority().map(FcmPriority::as_str)),
            Field::VivoNotifyType => number(params.vivo_notify_type().map(VivoNotifyType::as_number)),
            Field::OppoTemplateId => named(params.oppo_template_id()),
            Field::OppoTitleParams => json(params.title_params()),
            Field::OppoContentParams => json(params.content_params()),
            Field::BadgeAdd => number(server.badge_add),
            Field::BadgeSet => number(server.badge_set),
            Field::MultiLanguage => json(server.multi_language.as_ref()),
            Field::TemplateId => text(params.push_template_id().unwrap_or_default()),
            Field::TemplateParam => json(params.push_template_params()),
        }
    }

    /// Sets a field. Whether the field has values of this type, and can hold this one.
    pub(super) fn put(&mut self, field: Field, value: Input<'_>) -> bool {
        use Input::{Json, Number, Text};

        let (ios, android, harmony, params, server) =
            (&mut self.ios, &mut self.android, &mut self.harmony, &mut self.vendor_params, &mut self.server);
        match (field, value) {
            (Field::Title, Text(text)) => self.title = RedactedText::new(text),
            (Field::Desc, Text(text)) => self.desc = RedactedText::new(text),
            (Field::Ext, Text(text)) => self.ext = Ext::from_text(text),
            (Field::PushFlag, Number(number)) => self.push_flag = PushFlag::from_number(number),
            (Field::VendorParams, Text(text)) => *params = VendorParams::from_text(text),
            (Field::IosTitle, Text(text)) => ios.title = RedactedText::new(text),
            (Field::IosSubtitle, Text(text)) => ios.subtitle = RedactedText::new(text),
            (Field::IosSound, Text(text)) => ios.sound = filled(text, IosSound::from_text),
            (Field::IosBadgeMode, Number(number)) => ios.badge_mode = Some(BadgeMode::from_number(number)),
            (Field::IosPushType, Number(number)) => ios.push_type = PushType::from_number(number),
            (Field::IosInterruptionLevel, Text(text)) => {
                ios.interruption_level = filled(text, InterruptionLevel::from_text);
            }
            (Field::IosBackground, Number(number @ (0 | 1))) => ios.background = number == 1,
            (Field::IosImage, Text(text)) => ios.image = text.into(),
            (Field::IosMutableContent, Number(number @ (0 | 1))) => ios.mutable_content = Some(number == 1),
            (Field::IosLiveActivity, Json(value @ json::Json::Object(_))) => ios.live_activity = Some(value),
            (Field::AndroidTitle, Text(text)) => android.title = RedactedText::new(text),
            (Field::AndroidSound, Text(text)) => android.sound = text.into(),
            (Field::AndroidNotifyMode, Number(number)) => {
                android.notify_mode = NotifyMode::from_number(number);
            }
            (Field::AndroidPushStyle, Number(number)) => {
                android.push_style = Some(PushStyle::from_number(number));
            }
            (Field::OppoChannel, Text(text)) => android.oppo.channel = text.into(),
            (Field::OppoCategory, Text(text)) => {
                android.oppo.category = filled(text, Category::new);
            }
            (Field::OppoNotifyLevel, Number(number)) => {
                android.oppo.notify_level = (number != 0).then(|| OppoNotifyLevel::from_number(number));
            }
            (Field::HuaweiCategory, Text(text)) => {
                android.huawei.category = filled(text, Category::new);
            }
            (Field::HuaweiImage, Text(text)) => android.huawei.image = text.into(),
            (Field::HuaweiImportance, Text(text)) => {
                android.huawei.importance = filled(text, MessageImportance::from_text);
            }
            (Field::HuaweiChannel, Text(text)) => android.huawei.channel = text.into(),
            (Field::HuaweiExtAsIntentParam, Number(number @ (0 | 1))) => {
                android.huawei.ext_as_intent_param = Some(number == 1);
            }
            (Field::XiaomiChannel, Text(text)) => android.xiaomi_channel = text.into(),
            (Field::VivoClassification, Number(number)) => {
                android.vivo_classification = Some(VivoClassification::from_number(number));
            }
            (Field::VivoCategory, Text(text)) => {
                android.vivo_category = filled(text, Category::new);
            }
            (Field::HonorImportance, Text(text)) => {
                android.honor_importance = filled(text, MessageImportance::from_text);
            }
            (Field::HonorImage, Text(text)) => android.honor_image = text.into(),
            (Field::MeizuNotifyType, Number(number)) => {
                android.meizu_notify_type = (number != -1).then(|| MeizuNotifyType::from_number(number));
            }
            (Field::FcmChannel, Text(text)) => android.fcm_channel = text.into(),
            (Field::FcmImage, Text(text)) => android.fcm_image = text.into(),
            (Field::HarmonyTitle, Text(text)) => harmony.title = RedactedText::new(text),
            (Field::HarmonyImage, Text(text)) => harmony.image = text.into(),
            (Field::HarmonyCategory, Text(text)) => {
                harmony.category = filled(text, Category::new);
            }
            (Field::HarmonyIgnoreBadge, Number(number @ (0 | 1))) => harmony.ignore_badge = number == 1,
            (Field::HarmonySound, Text(text)) => harmony.sound = text.into(),
            (Field::HarmonySoundDuration, Number(number)) => harmony.sound_duration = Some(number),
            (Field::FcmPriority, Text(text)) => params.set_fcm_priority(filled(text, FcmPriority::from_text)),
            (Field::VivoNotifyType, Number(number)) => {
                params.set_vivo_notify_type(VivoNotifyType::from_number(number));
            }
            (Field::OppoTemplateId, Text(text)) => params.set_oppo_template_id(text),
            (Field::OppoTitleParams, Json(value @ json::Json::Object(_))) => params.set_title_params(value),
            (Field::OppoContentParams, Json(value @ json::Json::Object(_))) => {
                params.set_content_params(value);
            }
            (Field::BadgeAdd, Number(number)) => server.badge_add = Some(number),
            (Field::BadgeSet, Number(number)) => server.badge_set = Some(number),
            (Field::MultiLanguage, Json(value @ json::Json::Array(_))) => server.multi_language = Some(value),
            (Field::TemplateId, Text(text)) => params.set_push_template_id(text),
            (Field::TemplateParam, Json(value)) => params.set_push_template_params(value),
            _ => return false,
        }
        true
    }
}

/// A value for a field.
#[derive(Clone, Debug)]
pub(super) enum Input<'a> {
    Text(&'a str),
    Number(i64),
    Json(Json),
}

fn text(text: &str) -> FieldValue<'_> {
    if text.is_empty() { FieldValue::Unset } else { FieldValue::Text(text) }
}

fn named(text: Option<&str>) -> FieldValue<'_> {
    text.map_or(FieldValue::Unset, FieldValue::Text)
}

fn number(number: Option<i64>) -> FieldValue<'static> {
    number.map_or(FieldValue::Unset, FieldValue::Number)
}

fn unless(default: i64, number: i64) -> FieldValue<'static> {
    if number == default { FieldValue::Unset } else { FieldValue::Number(number) }
}

fn truth(truth: bool) -> FieldValue<'static> {
    if truth { FieldValue::Number(1) } else { FieldValue::Unset }
}

fn json(json: Option<&Json>) -> FieldValue<'_> {
    json.map_or(FieldValue::Unset, FieldValue::Json)
}

/// An empty text leaves the field unset.
fn filled<T>(text: &str, from_text: fn(&str) -> T) -> Option<T> {
    (!text.is_empty()).then(|| from_text(text))
}

/// What a value means for a field.
pub(super) enum Coercion<'a> {
    /// The field has its default.
    Default,
    /// The field has this value.
    Value(Input<'a>),
    /// The type is another one.
    OtherType,
}

/// The meaning of a value of the right type.
pub(super) fn strict(shape: Shape, value: &Json) -> Coercion<'_> {
    let number = |number: Option<i64>| {
        number.map_or(Coercion::OtherType, |number| Coercion::Value(Input::Number(number)))
    };
    match (shape, value) {
        (_, Json::Null) | (Shape::Bool | Shape::BoolOrNumber, Json::Bool(false)) => Coercion::Default,
        // An empty text says nothing, so it takes nothing away from what another key of the field said.
        (Shape::Text | Shape::Stem | Shape::TitleOrCommon, Json::Text(text)) if text.is_empty() => {
            Coercion::Default
        }
        (Shape::Text | Shape::TitleOrCommon, Json::Text(text)) => Coercion::Value(Input::Text(text)),
        (Shape::Stem, Json::Text(text)) => {
            match text.rsplit_once('.').map_or_else(|| text.as_ref(), |(stem, _)| stem) {
                "" => Coercion::Default,
                stem => Coercion::Value(Input::Text(stem)),
            }
        }
        (Shape::Number, Json::Number(_)) => number(value.as_integer()),
        (Shape::Unsigned, Json::Number(_)) => number(unsigned(value.as_integer())),
        (Shape::Bool | Shape::BoolOrNumber, Json::Bool(true)) => number(Some(1)),
        (Shape::BoolOrNumber, Json::Number(_)) => {
            number(value.as_integer().filter(|number| matches!(number, 0 | 1)))
        }
        (Shape::InvertedBool, Json::Bool(flag)) => number(Some(i64::from(!*flag))),
        (Shape::Object, Json::Object(_)) | (Shape::Array, Json::Array(_)) | (Shape::Any, _) => {
            Coercion::Value(Input::Json(value.clone()))
        }
        _ => Coercion::OtherType,
    }
}

/// Takes a value of another type, if what was meant is plain: `"1"` for 1, 1 for true, an object as a JSON text.
pub(super) fn coerce(shape: Shape, value: &Json) -> Option<Coerced> {
    let number = || match value {
        Json::Number(number) => value.as_integer().or_else(|| whole(&number.to_string())),
        Json::Text(text) => text.trim().parse().ok(),
        Json::Bool(truth) => Some(i64::from(*truth)),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    };
    let truth = || match value {
        Json::Text(text) if text.eq_ignore_ascii_case("true") => Some(1),
        Json::Text(text) if text.eq_ignore_ascii_case("false") => Some(0),
        Json::Text(_) | Json::Number(_) | Json::Bool(_) => number().filter(|number| matches!(number, 0 | 1)),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    };
    match shape {
        Shape::Stem if matches!(value, Json::Text(_)) => match strict(shape, value) {
            Coercion::Value(Input::Text(stem)) => Some(Coerced::Text(stem.to_owned())),
            Coercion::Default | Coercion::Value(_) | Coercion::OtherType => None,
        },
        Shape::Text | Shape::Stem | Shape::TitleOrCommon => match value {
            Json::Number(_) => value.as_integer().map(|number| Coerced::Text(number.to_string())),
            Json::Null | Json::Bool(_) | Json::Text(_) | Json::Array(_) | Json::Object(_) => None,
        },
        Shape::Number => number().map(Coerced::Number),
        Shape::Unsigned => unsigned(number()).map(Coerced::Number),
        Shape::Bool | Shape::BoolOrNumber => truth().map(Coerced::Number),
        Shape::InvertedBool => truth().map(|truth| Coerced::Number(1_i64.saturating_sub(truth))),
        Shape::Object => match value {
            Json::Text(text) => {
                json::read_object(text, NESTED).ok().map(|members| Coerced::Object(Json::Object(members)))
            }
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::Array(_) | Json::Object(_) => None,
        },
        Shape::Array | Shape::Any => None,
    }
}

/// A value that was taken from one of another type.
#[derive(Debug)]
pub(super) enum Coerced {
    Text(String),
    Number(i64),
    Object(Json),
}

impl Coerced {
    pub(super) fn put(&self, info: &mut OfflinePushInfo, field: Field) -> bool {
        info.put(
            field,
            match self {
                Self::Text(text) => Input::Text(text),
                Self::Number(number) => Input::Number(*number),
                Self::Object(object) => Input::Json(object.clone()),
            },
        )
    }

    /// Whether this is the value that the field has now.
    pub(super) fn is(&self, field: Field, now: FieldValue<'_>) -> bool {
        let mut alone = OfflinePushInfo::default();
        self.put(&mut alone, field)
            && match (alone.value_of(field), now) {
                (FieldValue::Unset, FieldValue::Unset) => true,
                (FieldValue::Text(read), FieldValue::Text(now)) => read == now,
                (FieldValue::Number(read), FieldValue::Number(now)) => read == now,
                (FieldValue::Json(read), FieldValue::Json(now)) => read == now,
                _ => false,
            }
    }
}

/// The number, if it has 32 bits and no sign.
pub(super) fn unsigned(number: Option<i64>) -> Option<i64> {
    number.filter(|number| u32::try_from(*number).is_ok())
}

/// The integer that a number such as `1.0` is.
fn whole(number: &str) -> Option<i64> {
    number.strip_suffix(".0")?.parse().ok()
}
