use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use url::Url;

use super::Screen;
use super::server::ConsoleValue;
use crate::error_code::error_code;
use crate::intent::Intent;
use crate::intent::filter::IntentFilter;
use crate::secret::Hidden;
use crate::vendor::{Bound, Source, Vendor};

/// What a tap on the notification opens.
///
/// ```
/// use tim_offline_push::click_action::{ClickAction, Screen};
/// use tim_offline_push::vendor::Vendor;
///
/// let chat = ClickAction::OpenScreen(Screen::new("com.example.im", "com.example.im.ui.ChatActivity", "chat://im/detail")?);
/// let xiaomi = chat.console_entry(Vendor::Xiaomi)?;
/// assert_eq!(
///     xiaomi.value(),
///     Some("intent://im/detail#Intent;scheme=chat;launchFlags=0x4000000;component=com.example.im/.ui.ChatActivity;end"),
/// );
/// let meizu = chat.console_entry(Vendor::Meizu)?;
/// assert_eq!(meizu.value(), Some("com.example.im.ui.ChatActivity"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ClickAction {
    /// The app, as its launcher icon does. On Xiaomi phones neither `ext` nor a callback reaches the app
    /// since 2024-09-30, and such pushes may fail: open a screen there
    /// ([`ConsoleEntry::advice`](super::ConsoleEntry::advice)).
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

    /// A stable short name, for bridges.
    pub fn code(&self) -> String {
        error_code("click_action", self)
    }
}

const FCM_SOURCE: Source =
    Source::read("https://github.com/firebase/firebase-android-sdk (messaging, Constants.java)");
const HARMONY_SOURCE: Source = Source::read("https://blog.csdn.net/pisceshsu/article/details/142434263");

/// Why *open the app* is no good choice with Xiaomi.
/// <https://cloud.tencent.com.cn/document/product/269/110427> and
/// <https://dev.mi.com/xiaomihyperos/documentation/detail?pId=1856>, read 2026-11-29. Apps that use Tencent's
/// paid push service need change nothing.
const XIAOMI_OPEN_APP: &str = "since 2024-09-30 Xiaomi opens the home page without a callback and without ext, and such \
                               pushes may fail: open a screen instead";

/// The option of Tencent's console under "after a tap" for a screen.
const OPEN_SCREEN: &str = "打开应用内指定界面";

impl ClickAction {
    /// What to choose and type under "after a tap" of this vendor's certificate in Tencent's console.
    ///
    /// - Xiaomi, Huawei, Honor and vivo open a screen by its intent URI, OPPO and Meizu by the full name of
    ///   its class. (OPPO by an intent action: [`ClickAction::oppo_by_action`].)
    /// - HarmonyOS opens it by a want, whose data URI, or else whose action, must stand in the skills of the
    ///   ability (`module.json5`). The value is the field of Push Kit's own interface; no public text
    ///   describes the console's.
    /// - FCM and APNs have no such form: the app is what opens.
    ///
    /// Only an intent URI carries the flags and extras of the screen's own intent: where a class name or a
    /// want stands, they are not part of the value.
    ///
    /// Source: Tencent's Android offline-push document (2021 edition); Honor and HarmonyOS:
    /// <https://cloud.tencent.com/document/product/269/103769>, read 2026-11-22.
    ///
    /// # Errors
    /// [`ClickActionError`]: the vendor does not offer the action, or the value is longer than the vendor's
    /// server takes.
    pub fn console_entry(&self, vendor: Vendor) -> Result<ConsoleEntry, ClickActionError> {
        let (choice, value) = match (self, vendor) {
            (Self::OpenApp, Vendor::Fcm | Vendor::Apns) => (None, None),
            (_, Vendor::Fcm | Vendor::Apns) | (Self::OpenWeb(_), Vendor::HarmonyOs) => {
                return Err(ClickActionError::NotOffered { vendor, kind: self.kind() });
            }
            (Self::OpenApp, _) => (Some("打开应用"), None),
            (Self::OpenWeb(link), _) => (Some("打开网页"), Some(ConsoleValue::of_page(link, vendor)?)),
            (Self::OpenScreen(screen), _) => {
                (Some(OPEN_SCREEN), Some(ConsoleValue::of_screen(screen, vendor)?))
            }
        };
        let advice = (vendor == Vendor::Xiaomi && value.is_none()).then_some(XIAOMI_OPEN_APP);
        Ok(ConsoleEntry { choice, value, advice })
    }

    /// What to type for OPPO if the screen is to be opened by its intent action instead of its class name.
    ///
    /// `filter` is the screen's filter in the manifest: OPPO finds the screen only if it takes the action,
    /// has the category `DEFAULT` and no data (Tencent's Android offline-push document, 2021 edition, which
    /// recommends the class name).
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
        let value = ConsoleValue::of_name("intent action", action, Vendor::Oppo)?;
        Ok(ConsoleEntry { choice: Some(OPEN_SCREEN), value: Some(value), advice: None })
    }
}

/// What to choose and type in Tencent's console.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ConsoleEntry {
    choice: Option<&'static str>,
    value: Option<ConsoleValue>,
    advice: Option<&'static str>,
}

impl ConsoleEntry {
    /// The option to choose, in the words of the Chinese console: 打开应用, 打开网页 or 打开应用内指定界面. `None` where the
    /// form has none (FCM, APNs).
    pub const fn choice(&self) -> Option<&'static str> {
        self.choice
    }

    /// What to type; `None` where nothing is asked for.
    pub fn value(&self) -> Option<&str> {
        self.value.as_ref().map(|value| value.text.0.as_ref())
    }

    /// What sort of text the value is, in words: an intent URI, a class name, a web page and so on.
    pub fn sort(&self) -> Option<&'static str> {
        self.value.as_ref().map(|value| value.sort)
    }

    /// Why another action is better with this vendor; `None` where this one is as good.
    ///
    /// ```
    /// use tim_offline_push::click_action::ClickAction;
    /// use tim_offline_push::vendor::Vendor;
    ///
    /// let xiaomi = ClickAction::OpenApp.console_entry(Vendor::Xiaomi)?;
    /// assert!(xiaomi.advice().is_some_and(|advice| advice.contains("open a screen")));
    /// # Ok::<(), tim_offline_push::click_action::ClickActionError>(())
    /// ```
    pub const fn advice(&self) -> Option<&'static str> {
        self.advice
    }
}

/// All of it on one line.
impl fmt::Display for ConsoleEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.choice.unwrap_or_default())?;
        if let Some(value) = &self.value {
            write!(f, ", {}: `{}`", value.sort, value.text.0)?;
        }
        self.advice.map_or(Ok(()), |advice| write!(f, ": {advice}"))
    }
}

/// The address of a web page, as the console and the vendors take it.
///
/// The text itself must begin with `http://` or `https://` and a host, and hold no white space, control
/// character or backslash; then the WHATWG parser (crate `url`) must agree that it is such an address. That
/// parser alone would take `http:foo.com`, ` https://a.com` and `https:\\a.com`, which a vendor's server or a
/// phone may not. An address that came with a push ([`Route::Link`](crate::notification::Route::Link)) was
/// not shown to the parser: a browser opens it or says why not. The text is kept and emitted as it was given,
/// never in the parser's spelling. `Debug` shows the length only: an address may carry what a user wrote.
///
/// ```
/// use tim_offline_push::click_action::{WebLink, WebLinkError};
///
/// let page = WebLink::new("https://cloud.tencent.com/document/product/269")?;
/// assert_eq!(page.as_str(), "https://cloud.tencent.com/document/product/269");
/// assert_eq!(WebLink::new("cloud.tencent.com"), Err(WebLinkError::NotWeb));
/// # Ok::<(), WebLinkError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct WebLink(Hidden);

impl WebLink {
    /// Checks and takes an address.
    ///
    /// # Errors
    /// [`WebLinkError`] names the first rule that it breaks.
    pub fn new(text: impl Into<Box<str>>) -> Result<Self, WebLinkError> {
        let link = Self::from_push(text)?;
        let url = Url::parse(link.as_str()).map_err(|_| WebLinkError::NotAnAddress)?;
        let scheme = link.as_str().split(':').next();
        if Some(url.scheme()) != scheme || url.host_str().is_none_or(str::is_empty) {
            return Err(WebLinkError::NotAnAddress);
        }
        Ok(link)
    }

    /// Takes an address out of a push by the text's own form. Whether its host can be one is the browser's to
    /// say: nobody who could correct the address is there any more. So an app that only receives does not
    /// link the parser's Unicode tables.
    pub(crate) fn from_push(text: impl Into<Box<str>>) -> Result<Self, WebLinkError> {
        let text = text.into();
        let rest = ["http://", "https://"].into_iter().find_map(|scheme| text.strip_prefix(scheme));
        let rest = rest.ok_or(WebLinkError::NotWeb)?;
        let refused = |char: char| char.is_control() || char.is_whitespace() || char == '\\';
        match text.char_indices().find(|(_, char)| refused(*char)) {
            Some((at, '\\')) => return Err(WebLinkError::Backslash { at }),
            Some((at, char)) if char.is_control() => return Err(WebLinkError::Control { at }),
            Some((at, _)) => return Err(WebLinkError::WhiteSpace { at }),
            None => {}
        }
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let host = authority.rsplit('@').next().unwrap_or_default();
        if host.is_empty() || host.starts_with(':') {
            return Err(WebLinkError::NoHost);
        }
        Ok(Self(Hidden(text)))
    }

    /// The address as it was given.
    pub fn as_str(&self) -> &str {
        &self.0.0
    }
}

impl TryFrom<String> for WebLink {
    type Error = WebLinkError;

    fn try_from(text: String) -> Result<Self, WebLinkError> {
        Self::new(text)
    }
}

impl fmt::Display for WebLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Why a text is no [`WebLink`]. Positions are bytes from the start of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum WebLinkError {
    /// It does not begin with `http://` or `https://`, in small letters
    /// (Tencent's Android offline-push document, 2021 edition).
    #[error("web link does not begin with http:// or https://")]
    NotWeb,
    /// Nothing that could be a host follows.
    #[error("web link has no host")]
    NoHost,
    /// It holds white space.
    #[error("web link has white space at byte {at}")]
    WhiteSpace {
        /// Where.
        at: usize,
    },
    /// It holds a control character.
    #[error("web link has a control character at byte {at}")]
    Control {
        /// Where.
        at: usize,
    },
    /// It holds a backslash, which browsers read as a slash and Android as the end of the host.
    #[error("web link has a backslash at byte {at}")]
    Backslash {
        /// Where.
        at: usize,
    },
    /// The WHATWG parser refuses it, or finds another scheme or no host.
    #[error("web link is not a valid web address")]
    NotAnAddress,
}

impl WebLinkError {
    /// A stable short name, for bridges.
    pub fn code(&self) -> String {
        error_code("web_link", self)
    }
}
