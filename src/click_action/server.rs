use std::fmt;

use super::console_value::{checked_field, screen_value};
use super::{ClickAction, ClickActionError, ClickKind, ConsoleValue, server_rows};
use crate::vendor::Vendor;

impl ClickAction {
    /// The action in the vendor's own server interface, field by field. Empty where saying nothing means it (FCM and APNs,
    /// the app).
    ///
    /// Xiaomi, Huawei, Honor and vivo get a screen's intent URI, OPPO and Meizu its class name, FCM its action, HarmonyOS its data
    /// URI or action.
    ///
    /// ```
    /// use tim_offline_push::click_action::{ClickAction, ServerValue};
    /// use tim_offline_push::vendor::Vendor;
    ///
    /// let fields = ClickAction::OpenApp.server_fields(Vendor::Xiaomi)?;
    /// assert_eq!(fields[0].path, "extra.notify_effect");
    /// assert_eq!(fields[0].value, ServerValue::Text("1".into()));
    /// # Ok::<(), tim_offline_push::click_action::ClickActionError>(())
    /// ```
    ///
    /// # Errors
    /// [`ClickActionError`], as for the console.
    pub fn server_fields(&self, vendor: Vendor) -> Result<Vec<ServerField>, ClickActionError> {
        let kind = self.kind();
        let not_offered = ClickActionError::NotOffered { vendor, kind };
        let Some(row) = server_rows().iter().find(|row| row.vendor == vendor) else {
            return if kind == ClickKind::App { Ok(Vec::new()) } else { Err(not_offered) };
        };
        let mut fields: Vec<_> = row
            .number(kind)
            .map(|number| ServerField {
                path: row.field,
                value: if row.as_text {
                    ServerValue::Text(number.to_string().into())
                } else {
                    ServerValue::Number(number)
                },
            })
            .into_iter()
            .collect();
        let value = match self {
            Self::OpenApp => return Ok(fields),
            Self::OpenWeb(_) if row.web.is_none() => return Err(not_offered),
            Self::OpenWeb(link) => ConsoleValue::Url(link.as_str().into()),
            Self::OpenScreen(screen) => screen_value(screen, vendor)?,
        };
        if let Some(path) = checked_field(vendor, &value)? {
            fields.push(ServerField { path, value: ServerValue::Text(value.text().into()) });
        }
        Ok(fields)
    }
}

/// One field of a vendor's server interface.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ServerField {
    /// Its path, with dots between the levels; for Xiaomi the name of a form parameter, which has a dot of its own.
    pub path: &'static str,
    /// Its value.
    pub value: ServerValue,
}

/// The value of a [`ServerField`]. `Debug` shows the length of a text only.
#[derive(Clone, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "the fields are numbers and texts")]
pub enum ServerValue {
    /// A number.
    Number(u8),
    /// A text.
    Text(Box<str>),
}

impl fmt::Display for ServerValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => f.pad(text),
        }
    }
}

impl fmt::Debug for ServerValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "Number({number})"),
            Self::Text(text) => write!(f, "Text({} bytes)", text.len()),
        }
    }
}
