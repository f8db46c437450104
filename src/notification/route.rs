use crate::ext::{Action, Ext, ExtError, Peer};

/// Where a tap leads.
///
/// ```
/// use tim_offline_push::account::UserId;
/// use tim_offline_push::ext::{Ext, Peer};
/// use tim_offline_push::notification::Route;
///
/// let ext = Ext::from_text(r#"{"entity":{"version":1,"chatType":1,"action":1,"sender":"denny"}}"#);
/// assert_eq!(Route::of(Some(&ext)), Route::Chat(Peer::User(UserId::new("denny")?)));
/// assert_eq!(Route::of(Some(&Ext::from_text(r#"{"action":"jump to denny"}"#))), Route::Custom);
/// assert_eq!(Route::of(None), Route::None);
/// # Ok::<(), tim_offline_push::account::UserIdError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Route {
    /// Open the chat with this user or group.
    Chat(Peer),
    /// Show the call that came in with this user or group. The call itself is the container's content, and it may be
    /// over: compare its time-out with the container's send time.
    Call(Peer),
    /// An ext of the app's own, or a container that names no chat: the app decides.
    Custom,
    /// No ext: open the app.
    None,
    /// Tencent's container, of a version that this crate does not know: say that the app is too old.
    UnknownVersion {
        /// The version it states.
        version: i64,
    },
    /// Tencent's container, with an action that this crate does not know: say that the app is too old.
    UnknownAction {
        /// The action it states.
        action: i64,
    },
}

impl Route {
    /// Where `ext` leads. Any ext has a route; what cannot be read is [`Route::Custom`].
    #[must_use]
    pub fn of(ext: Option<&Ext>) -> Self {
        let Some(ext) = ext else { return Self::None };
        match ext.head() {
            Ok(Some(head)) => match (head.action, head.peer) {
                (Action::Chat, Some(peer)) => Self::Chat(peer),
                (Action::Call, Some(peer)) => Self::Call(peer),
                (Action::Other(action), Some(_)) => Self::UnknownAction { action },
                (_, None) => Self::Custom,
            },
            Err(ExtError::UnknownVersion { version }) => Self::UnknownVersion { version },
            Ok(None) | Err(_) => Self::Custom,
        }
    }

    /// The chat or the call's chat, if the route has one.
    pub fn peer(&self) -> Option<&Peer> {
        match self {
            Self::Chat(peer) | Self::Call(peer) => Some(peer),
            Self::Custom | Self::None | Self::UnknownVersion { .. } | Self::UnknownAction { .. } => None,
        }
    }
}
