use std::fmt;

use thiserror::Error;

use super::{Screen, WebLink};
use crate::vendor::{Bound, Source, Vendor};

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
    /// The app, as its launcher icon does. On Xiaomi phones neither `ext` nor a callback reaches the app since
    /// 2024-09-30, and such pushes may fail: open a screen there ([`ConsoleEntry::advice`](super::ConsoleEntry::advice)).
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
    pub const ALL: &'static [Self] = &[Self::App, Self::Web, Self::Screen];
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

/// Which rule keeps a click action from being said to a vendor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum ClickActionError {
    /// The vendor's console form, or its server interface, has no such action.
    #[error("{vendor} does not offer to {kind} here")]
    NotOffered {
        /// The vendor.
        vendor: Vendor,
        /// What was wanted.
        kind: ClickKind,
    },
    /// The vendor opens a screen by an intent action, and the screen has none.
    #[error("{vendor} opens a screen by its intent action, and the screen names none")]
    NoAction {
        /// The vendor.
        vendor: Vendor,
    },
    /// A `want` needs an action or a data URI, and the screen has neither.
    #[error(
        "{vendor} opens a screen by a want, which needs a data uri or an action, and the screen has neither"
    )]
    NoWant {
        /// The vendor.
        vendor: Vendor,
    },
    /// OPPO finds a screen by its action only if the filter takes that action.
    #[error("filter of the screen does not take the action that OPPO is to open it by")]
    OppoFilterAction,
    /// OPPO finds a screen by its action only if the filter has the category `DEFAULT`.
    #[error(
        "filter of the screen lacks the category android.intent.category.DEFAULT, without which OPPO does not find it by its action"
    )]
    OppoFilterCategory,
    /// OPPO does not find a screen by its action if the filter has data.
    #[error("filter of the screen has data, with which OPPO does not find it by its action")]
    OppoFilterData,
    /// The value is longer than the vendor takes.
    #[error("{field} for {vendor} has {length} {unit}, at most {max} are allowed", unit = bound.unit, max = bound.max)]
    TooLong {
        /// The vendor.
        vendor: Vendor,
        /// The field of the vendor's server interface.
        field: &'static str,
        /// Length of the refused value, in the unit of the bound.
        length: usize,
        /// The bound, and who says so.
        bound: Bound,
    },
}

impl ClickActionError {
    /// Where the rule stands.
    pub const fn rule(&self) -> Source {
        match self {
            Self::NotOffered { vendor: Vendor::HarmonyOs, .. } | Self::NoWant { .. } => HARMONY_SOURCE,
            Self::NoAction { .. } => FCM_SOURCE,
            Self::NotOffered { .. }
            | Self::OppoFilterAction
            | Self::OppoFilterCategory
            | Self::OppoFilterData => Source::TENCENT_2021,
            Self::TooLong { bound, .. } => bound.source,
        }
    }
}

const FCM_SOURCE: Source =
    Source::read("https://github.com/firebase/firebase-android-sdk (messaging, Constants.java)");
const HARMONY_SOURCE: Source = Source::read("https://blog.csdn.net/pisceshsu/article/details/142434263");

impl ClickActionError {
    /// A stable short name, for bridges.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotOffered { .. } => "click_action_not_offered",
            Self::NoAction { .. } => "click_action_no_action",
            Self::NoWant { .. } => "click_action_no_want",
            Self::OppoFilterAction => "click_action_oppo_filter_action",
            Self::OppoFilterCategory => "click_action_oppo_filter_category",
            Self::OppoFilterData => "click_action_oppo_filter_data",
            Self::TooLong { .. } => "click_action_too_long",
        }
    }
}
