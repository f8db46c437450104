use std::fmt;

use super::{Screen, WebLink};
use crate::vendor::Vendor;

/// What a tap on the notification opens.
///
/// ```
/// use tim_offline_push::click_action::{ClickAction, ConsoleValue, Screen};
/// use tim_offline_push::vendor::Vendor;
///
/// let chat = ClickAction::OpenScreen(Screen::new("com.example.im", "com.example.im.ui.ChatActivity", "chat://im/detail")?);
/// let xiaomi = chat.console_entry(Vendor::Xiaomi)?;
/// assert_eq!(
///     xiaomi.value().map(ConsoleValue::text),
///     Some("intent://im/detail#Intent;scheme=chat;launchFlags=0x4000000;component=com.example.im/.ui.ChatActivity;end"),
/// );
/// let meizu = chat.console_entry(Vendor::Meizu)?;
/// assert_eq!(meizu.value().map(ConsoleValue::text), Some("com.example.im.ui.ChatActivity"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ClickAction {
    /// The app, as its launcher icon does.
    OpenApp,
    /// A web page, in the browser. The app does not see the tap, and `ext` does not reach it.
    OpenWeb(WebLink),
    /// A screen of the app.
    OpenScreen(Screen),
}

impl ClickAction {
    /// Which of the three it is.
    pub const fn kind(&self) -> ClickKind {
        match self {
            Self::OpenApp => ClickKind::App,
            Self::OpenWeb(_) => ClickKind::Web,
            Self::OpenScreen(_) => ClickKind::Screen,
        }
    }

    /// Who opens what the action names, on a phone of this vendor's channel.
    ///
    /// Everywhere it is the system, but for [`ClickAction::OpenApp`] on Xiaomi: there the app's own receiver is called and
    /// has to open the app itself (Tencent's Android offline-push document, 2021 edition).
    ///
    /// ```
    /// use tim_offline_push::click_action::{ClickAction, Opener};
    /// use tim_offline_push::vendor::Vendor;
    ///
    /// assert_eq!(ClickAction::OpenApp.opener(Vendor::Xiaomi), Opener::App { callback: "onNotificationMessageClicked" });
    /// assert_eq!(ClickAction::OpenApp.opener(Vendor::Oppo), Opener::System);
    /// ```
    pub const fn opener(&self, vendor: Vendor) -> Opener {
        match (self, vendor) {
            (Self::OpenApp, Vendor::Xiaomi) => Opener::App { callback: "onNotificationMessageClicked" },
            _ => Opener::System,
        }
    }
}

/// The kinds of [`ClickAction`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ClickKind {
    /// [`ClickAction::OpenApp`].
    App,
    /// [`ClickAction::OpenWeb`].
    Web,
    /// [`ClickAction::OpenScreen`].
    Screen,
}

impl ClickKind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::App, Self::Web, Self::Screen];
}

impl fmt::Display for ClickKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::App => "open the app",
            Self::Web => "open a web page",
            Self::Screen => "open a screen",
        })
    }
}

/// Who opens what a tap names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Opener {
    /// The system, or the vendor's push service.
    System,
    /// The app itself.
    App {
        /// The method of the vendor's SDK in which it has to.
        callback: &'static str,
    },
}
