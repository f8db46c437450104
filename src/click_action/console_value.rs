use std::fmt;

use super::{ClickActionError, ClickKind, Screen, server_rows};
use crate::vendor::Vendor;

/// What is typed into the console. `Debug` shows the sort and the length.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ConsoleValue {
    /// The address of a web page.
    Url(Box<str>),
    /// An intent URI.
    IntentUri(Box<str>),
    /// The full name of an activity's class.
    ClassName(Box<str>),
    /// An intent action.
    IntentAction(Box<str>),
    /// The `uri` of a want.
    WantUri(Box<str>),
    /// The `action` of a want.
    WantAction(Box<str>),
}

impl ConsoleValue {
    /// The text.
    pub fn text(&self) -> &str {
        match self {
            Self::Url(text)
            | Self::IntentUri(text)
            | Self::ClassName(text)
            | Self::IntentAction(text)
            | Self::WantUri(text)
            | Self::WantAction(text) => text,
        }
    }

    /// What sort of text it is, in words.
    pub const fn sort(&self) -> &'static str {
        match self {
            Self::Url(_) => "web page",
            Self::IntentUri(_) => "intent URI",
            Self::ClassName(_) => "class name",
            Self::IntentAction(_) => "intent action",
            Self::WantUri(_) => "uri of the want",
            Self::WantAction(_) => "action of the want",
        }
    }
}

impl fmt::Display for ConsoleValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text())
    }
}

impl fmt::Debug for ConsoleValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ConsoleValue({}, {} bytes)", self.sort(), self.text().len())
    }
}

/// What a vendor opens a screen by.
pub(super) fn screen_value(screen: &Screen, vendor: Vendor) -> Result<ConsoleValue, ClickActionError> {
    let action = screen.intent().action();
    Ok(match vendor {
        Vendor::Xiaomi | Vendor::Huawei | Vendor::Honor | Vendor::Vivo => {
            ConsoleValue::IntentUri(screen.intent_uri().into())
        }
        Vendor::Oppo | Vendor::Meizu => ConsoleValue::ClassName(screen.class_name().into()),
        Vendor::HarmonyOs => match (screen.intent().data(), action) {
            (Some(data), _) => ConsoleValue::WantUri(data.as_str().into()),
            (None, Some(action)) => ConsoleValue::WantAction(action.into()),
            (None, None) => return Err(ClickActionError::NoWant { vendor }),
        },
        Vendor::Fcm => {
            ConsoleValue::IntentAction(action.ok_or(ClickActionError::NoAction { vendor })?.into())
        }
        Vendor::Apns => {
            return Err(ClickActionError::NotOffered { vendor, kind: ClickKind::Screen });
        }
    })
}

/// Holds a value against what the vendor's server takes, to which Tencent's hands it on. Gives the field that takes it, if a
/// public document names it.
pub(super) fn checked_field(
    vendor: Vendor,
    value: &ConsoleValue,
) -> Result<Option<&'static str>, ClickActionError> {
    let Some(row) = server_rows().iter().find(|row| row.vendor == vendor) else { return Ok(None) };
    let kind = if matches!(value, ConsoleValue::Url(_)) { ClickKind::Web } else { ClickKind::Screen };
    let field = match value {
        ConsoleValue::Url(_) => row.web_field,
        ConsoleValue::WantAction(_) => Some("payload.notification.clickAction.action"),
        ConsoleValue::IntentUri(_)
        | ConsoleValue::ClassName(_)
        | ConsoleValue::IntentAction(_)
        | ConsoleValue::WantUri(_) => row.screen_field,
    };
    match row.limit(kind) {
        Some(bound) if !bound.admits(value.text()) => Err(ClickActionError::TooLong {
            vendor,
            field: field.unwrap_or(row.field),
            length: bound.unit.measure(value.text()),
            bound,
        }),
        Some(_) | None => Ok(field),
    }
}
