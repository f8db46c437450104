use std::ops::RangeInclusive;

use serde_json::Value;

use super::leaf::json_of_host;
use super::{Field, PushInfoError};
use crate::json::Json;
use crate::vendor::{Vendor, badge_limits};

/// What only the server's REST interface reads, beside the platforms. Source of all of it:
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
    pub(super) template_id: Box<str>,
    pub(super) template_param: Option<Json>,
}

impl ServerOptions {
    /// Nothing set.
    pub fn new() -> Self {
        Self::default()
    }

    /// By how much the badge grows, 1 to 99. iOS, Huawei, Honor and HarmonyOS heed it.
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
    /// [`PushInfoError::WrongJsonType`] if it is no array, [`PushInfoError::TooDeep`].
    pub fn with_multi_language(mut self, contents: &Value) -> Result<Self, PushInfoError> {
        self.multi_language = Some(json_of_host(Field::MultiLanguage, contents, Value::is_array, "array")?);
        Ok(self)
    }

    /// A push template made in the console, such as `1400000000-1`.
    #[must_use]
    pub fn with_template(mut self, id: impl Into<Box<str>>) -> Self {
        self.template_id = id.into();
        self
    }

    /// What fills the template's own variables: an object, kept as it is. `timTitle`, `timDesc`, `timSenderNick` and
    /// `timGroupName` the server fills itself.
    ///
    /// # Errors
    /// [`PushInfoError::WrongJsonType`] if it is no object, [`PushInfoError::TooDeep`].
    pub fn with_template_param(mut self, param: &Value) -> Result<Self, PushInfoError> {
        self.template_param = Some(json_of_host(Field::TemplateParam, param, Value::is_object, "object")?);
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

    /// The push template.
    pub fn template_id(&self) -> Option<&str> {
        Some(self.template_id.as_ref()).filter(|id| !id.is_empty())
    }

    /// What fills the template's own variables.
    pub fn template_param(&self) -> Option<Value> {
        self.template_param.as_ref().map(Json::to_value)
    }
}

fn within(field: Field, count: u16) -> Result<i64, PushInfoError> {
    let range = badge_range(field, Vendor::Apns).unwrap_or(0..=0);
    let (min, max) = (i64::from(*range.start()), i64::from(*range.end()));
    let count = i64::from(count);
    if (min..=max).contains(&count) { Ok(count) } else { Err(PushInfoError::OutOfRange { field, min, max }) }
}

/// What a badge field may be on a channel; `None` if the channel has no badge.
pub(super) fn badge_range(field: Field, vendor: Vendor) -> Option<RangeInclusive<u32>> {
    let limits = badge_limits(vendor)?;
    Some(if field == Field::BadgeAdd { limits.add() } else { limits.set() })
}
