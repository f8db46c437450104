use std::fmt;

use super::server::checked_field;
use super::{ClickAction, ClickActionError, ClickKind, Screen};
use crate::intent::Intent;
use crate::intent::filter::IntentFilter;
use crate::vendor::Vendor;

impl ClickAction {
    /// What to choose and type under "after a tap" of this vendor's certificate in Tencent's console.
    ///
    /// - Xiaomi, Huawei, Honor and vivo open a screen by its intent URI, OPPO and Meizu by the full name of its class.
    ///   (OPPO by an intent action: [`ClickAction::oppo_by_action`].)
    /// - HarmonyOS opens it by a want, whose data URI, or else whose action, must stand in the skills of the ability
    ///   (`module.json5`). The value is the field of Push Kit's own interface; no public text describes the console's.
    /// - FCM and APNs have no such form: the app is what opens.
    ///
    /// Source: Tencent's Android offline-push document (2021 edition); Honor and HarmonyOS:
    /// <https://cloud.tencent.com/document/product/269/103769>, read 2026-11-22.
    ///
    /// # Errors
    /// [`ClickActionError`]: the vendor does not offer the action, or the value is longer than the vendor's server takes.
    pub fn console_entry(&self, vendor: Vendor) -> Result<ConsoleEntry, ClickActionError> {
        let not_offered = ClickActionError::NotOffered { vendor, kind: self.kind() };
        let entry = match (self, vendor) {
            (Self::OpenApp, Vendor::Fcm | Vendor::Apns) => {
                return Ok(ConsoleEntry { choice: None, value: None });
            }
            (_, Vendor::Fcm | Vendor::Apns) | (Self::OpenWeb(_), Vendor::HarmonyOs) => {
                return Err(not_offered);
            }
            (Self::OpenApp, _) => {
                return Ok(ConsoleEntry { choice: Some(ConsoleChoice::OpenApp), value: None });
            }
            (Self::OpenWeb(link), _) => {
                ConsoleEntry::new(ConsoleChoice::OpenWebPage, ConsoleValue::Url(link.as_str().into()))
            }
            (Self::OpenScreen(screen), _) => {
                ConsoleEntry::new(ConsoleChoice::OpenInAppPage, screen_value(screen, vendor)?)
            }
        };
        entry.within_limit(vendor)
    }

    /// What to type for OPPO if the screen is to be opened by its intent action instead of its class name.
    ///
    /// `filter` is the screen's filter in the manifest: OPPO finds the screen only if it takes the action, has the
    /// category `DEFAULT` and no data (Tencent's Android offline-push document, 2021 edition, which recommends the class
    /// name).
    ///
    /// # Errors
    /// [`ClickActionError`] names the rule that is broken.
    pub fn oppo_by_action(action: &str, filter: &IntentFilter) -> Result<ConsoleEntry, ClickActionError> {
        if !filter.has_action(action) {
            return Err(ClickActionError::OppoFilterAction);
        }
        if !filter.has_category(Intent::CATEGORY_DEFAULT) {
            return Err(ClickActionError::OppoFilterCategory);
        }
        if filter.has_data() {
            return Err(ClickActionError::OppoFilterData);
        }
        ConsoleEntry::new(ConsoleChoice::OpenInAppPage, ConsoleValue::IntentAction(action.into()))
            .within_limit(Vendor::Oppo)
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

/// What to choose and type in Tencent's console.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ConsoleEntry {
    choice: Option<ConsoleChoice>,
    value: Option<ConsoleValue>,
}

impl ConsoleEntry {
    const fn new(choice: ConsoleChoice, value: ConsoleValue) -> Self {
        Self { choice: Some(choice), value: Some(value) }
    }

    /// The option to choose; `None` where the form has none (FCM, APNs).
    pub const fn choice(&self) -> Option<ConsoleChoice> {
        self.choice
    }

    /// What to type; `None` where nothing is asked for.
    pub const fn value(&self) -> Option<&ConsoleValue> {
        self.value.as_ref()
    }

    fn within_limit(self, vendor: Vendor) -> Result<Self, ClickActionError> {
        if let Some(value) = &self.value {
            checked_field(vendor, value)?;
        }
        Ok(self)
    }
}

/// The options of Tencent's console under "after a tap".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ConsoleChoice {
    /// 打开应用.
    OpenApp,
    /// 打开网页.
    OpenWebPage,
    /// 打开应用内指定界面.
    OpenInAppPage,
}

impl ConsoleChoice {
    /// The option's words in the Chinese console.
    pub const fn label(self) -> &'static str {
        match self {
            Self::OpenApp => "打开应用",
            Self::OpenWebPage => "打开网页",
            Self::OpenInAppPage => "打开应用内指定界面",
        }
    }
}

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
