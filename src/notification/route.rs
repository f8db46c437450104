//! Where a tap leads, which push it belongs to, and whether it is the same as another one.

use std::fmt;
use std::num::NonZeroU64;

use serde::{Deserialize, Serialize};

use crate::account::{Peer, UserId};
use crate::click_action::WebLink;
use crate::ext::{Container, Ext, ExtError};
use crate::secret::{Fingerprint, Fnv1a};
use crate::vendor::Vendor;

/// Where a tap leads.
///
/// ```
/// use tim_offline_push::account::{Peer, UserId};
/// use tim_offline_push::ext::Ext;
/// use tim_offline_push::notification::Route;
///
/// let ext = Ext::from_text(r#"{"entity":{"version":1,"chatType":1,"action":1,"sender":"denny"}}"#);
/// assert_eq!(Route::of(Some(&ext)), Route::Chat(Peer::User(UserId::new("denny")?)));
/// assert_eq!(Route::of(Some(&Ext::from_text(r#"{"action":"jump to denny"}"#))), Route::Custom);
/// assert_eq!(Route::of(None), Route::None);
/// # Ok::<(), tim_offline_push::account::IdError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Route {
    /// Open the chat with this user or group.
    Chat(Peer),
    /// Show the call that came in with this user or group. The call itself is the container's content, and it
    /// may be over: compare its time-out with the container's send time.
    Call(Peer),
    /// Open this web page: the tap's mode is [`TapMode::Link`] and its ext begins with `http://` or
    /// `https://` and a host. The sender chose it: see that it is a page of yours before opening it inside
    /// the app.
    Link(WebLink),
    /// An ext of the app's own, or a container that names no chat: the app decides.
    Custom,
    /// No ext: open the app.
    None,
    /// Tencent's container, of a version that this crate does not know: tell the user that the app is too
    /// old.
    UnknownVersion {
        /// The version it states.
        version: i64,
    },
    /// Tencent's container, with an action that this crate does not know: tell the user that the app is too
    /// old.
    UnknownAction {
        /// The action it states.
        action: i64,
    },
}

impl Route {
    /// A stable short name: `chat`, `call`, `link`, `custom`, `none`, `unknown_version` or `unknown_action`.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Chat(_) => "chat",
            Self::Call(_) => "call",
            Self::Link(_) => "link",
            Self::Custom => "custom",
            Self::None => "none",
            Self::UnknownVersion { .. } => "unknown_version",
            Self::UnknownAction { .. } => "unknown_action",
        }
    }

    /// Where `ext` leads. Every ext has a route; one that cannot be read is [`Route::Custom`].
    pub fn of(ext: Option<&Ext>) -> Self {
        let Some(ext) = ext else { return Self::None };
        match ext.container() {
            Ok(Some(container)) => match (container.action(), container.peer()) {
                (_, None) => Self::Custom,
                (Container::CHAT, Some(peer)) => Self::Chat(peer),
                (Container::CALL, Some(peer)) => Self::Call(peer),
                (action, Some(_)) => Self::UnknownAction { action },
            },
            Ok(None) => ext.conversation().map_or(Self::Custom, Self::Chat),
            Err(ExtError::UnknownVersion { version }) => Self::UnknownVersion { version },
            Err(_) => Self::Custom,
        }
    }

    /// Where `ext` leads under a mode. In [`TapMode::Link`] the ext is the link.
    pub(super) fn in_mode(mode: TapMode, ext: Option<&Ext>) -> Self {
        let link = ext.filter(|_| mode == TapMode::Link).and_then(Ext::text);
        match link.map(|link| WebLink::from_push(link.trim())) {
            Some(Ok(link)) => Self::Link(link),
            Some(Err(_)) | None => Self::of(ext),
        }
    }

    /// The chat or the call's chat, if the route has one.
    pub fn peer(&self) -> Option<&Peer> {
        if let Self::Chat(peer) | Self::Call(peer) = self { Some(peer) } else { None }
    }
}

/// What a tap does by itself, as the console's click action decided when the push was sent: the key
/// `notifyMode`.
///
/// Source: class files of TIMPush 8.5.6865.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TapMode {
    /// `0`: starts the app at its launcher activity, with the ext.
    Launcher = 0,
    /// `1`: opens the link that stands in the ext.
    Link = 1,
    /// `2`, any other value or none: the app decides by the ext.
    #[default]
    InApp = 2,
}

impl TapMode {
    pub(super) fn from_text(text: &str) -> Self {
        match text.trim() {
            "0" => Self::Launcher,
            "1" => Self::Link,
            _ => Self::InApp,
        }
    }

    /// The value of `notifyMode`.
    #[expect(clippy::as_conversions, reason = "as the enum numbers them")]
    pub const fn as_number(self) -> i64 {
        self as i64
    }
}

/// The id of a push, the same when it arrives and when it is tapped: the key `clickExt`.
///
/// It is opaque, and redacted as an ext is: `Debug` shows the length and a fingerprint. It is not proven that
/// it equals the `PushID` of Tencent's webhooks. Source: class files of TIMPush 8.5.6865.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct PushId(Box<str>);

impl PushId {
    /// The longest id, in bytes.
    pub const MAX_BYTES: usize = 1024;

    /// Takes an id. `None` if it is empty or longer than [`PushId::MAX_BYTES`].
    pub fn new(id: impl Into<Box<str>>) -> Option<Self> {
        let id = id.into();
        (1..=Self::MAX_BYTES).contains(&id.len()).then_some(Self(id))
    }

    /// The id as Tencent wrote it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PushId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PushId({} bytes #{})", self.0.len(), Fingerprint::of(self.0.as_bytes()))
    }
}

impl TryFrom<String> for PushId {
    type Error = &'static str;

    fn try_from(id: String) -> Result<Self, Self::Error> {
        Self::new(id).ok_or("push id is empty or too long")
    }
}

/// Why a tap has no ext. None of this is an error: the app opens, and that is all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NoExt {
    /// There are no extras: the app was opened by its icon or a link, or the vendor gives nothing for this
    /// click action.
    Empty,
    /// The ext is there and empty: no character, or the word `null` that Java prints for a missing value.
    EmptyExt,
    /// All keys are the vendor's or Tencent's: the sender attached nothing.
    OnlySystemKeys,
    /// The payload is a vendor's, and none of its other keys is an ext: the push did not come from Tencent
    /// Cloud Chat.
    NoExtKey,
    /// No key is one that a vendor or Tencent writes: something else than a push opened the app.
    NotAPush,
}

impl fmt::Display for NoExt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Empty => "there are no extras",
            Self::EmptyExt => "the ext is empty",
            Self::OnlySystemKeys => "only the vendor's own keys are there",
            Self::NoExtKey => "a vendor's payload without an ext",
            Self::NotAPush => "no key of any vendor: not a push",
        })
    }
}

/// Tells whether two taps are the same: a vendor may report one touch twice, by a callback and by the launch
/// intent. It is small and holds none of the content.
///
/// ```
/// use tim_offline_push::notification::Tap;
/// use tim_offline_push::vendor::Vendor;
///
/// let callback = Tap::from_text(Some(Vendor::Xiaomi), r#"{"ext":"{\"a\":1}"}"#)?;
/// let intent = Tap::from_text(Some(Vendor::Xiaomi), r#"messageId={m1}, extra={{ext={"a":1}}}"#)?;
/// assert!(callback.dedupe_key().matches(&intent.dedupe_key()));
/// # Ok::<(), tim_offline_push::notification::PayloadError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DedupeKey {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    vendor: Option<Vendor>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    account: Option<UserId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    message_id: Option<u64>,
    content: u64,
}

impl DedupeKey {
    pub(super) fn new(
        vendor: Option<Vendor>,
        account: Option<UserId>,
        message_id: Option<&str>,
        content: Fnv1a,
    ) -> Self {
        let message_id = message_id.map(|id| Fnv1a::default().with_part(id.as_bytes()).0);
        Self { vendor, account, message_id, content: content.0 }
    }

    /// Whether both are from the same touch. Where both know a message id, it decides; else the content does.
    /// Vendors and stated accounts that are known on both sides must agree.
    ///
    /// This is not an equivalence relation: a key without an id may match two that do not match each other.
    pub fn matches(&self, other: &Self) -> bool {
        agree(self.vendor.as_ref(), other.vendor.as_ref())
            && agree(self.account.as_ref(), other.account.as_ref())
            && match (self.message_id, other.message_id) {
                (Some(left), Some(right)) => left == right,
                (Some(_) | None, None) | (None, Some(_)) => self.content == other.content,
            }
    }

    /// 64 bits for the message itself, made of its vendor and that vendor's id; none without an id. Stable:
    /// it is stored.
    pub(crate) fn message(&self) -> Option<NonZeroU64> {
        let id = self.message_id?;
        let vendor = self.vendor.map_or("", Vendor::as_str);
        NonZeroU64::new(Fnv1a::default().with_part(vendor.as_bytes()).with_part(&id.to_le_bytes()).0)
    }
}

fn agree<T: PartialEq>(left: Option<&T>, right: Option<&T>) -> bool {
    left.zip(right).is_none_or(|(left, right)| left == right)
}
