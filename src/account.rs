//! Users and groups of Tencent Cloud Chat.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::error_code::error_code;
use crate::secret::Hidden;

/// A Tencent Cloud Chat `UserID`: 1 to 32 bytes, taken as they are. Which characters Tencent takes is for its
/// login to say.
///
/// The limit is Tencent's (<https://cloud.tencent.com/document/product/269/9346>, read 2026-11-22). `Debug`
/// shows the length only, so that an account never reaches a log line by accident; a fingerprint could be
/// searched for, since phone numbers are few.
///
/// ```
/// use tim_offline_push::account::UserId;
///
/// let alice = UserId::new("alice")?;
/// assert_eq!(alice.as_str(), "alice");
/// assert_eq!(format!("{alice:?}"), "UserId(5 bytes)");
/// assert!(UserId::new("").is_err());
/// # Ok::<(), tim_offline_push::account::IdError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct UserId(Hidden);

impl UserId {
    /// The longest `UserID` in bytes.
    pub const MAX_BYTES: usize = 32;

    /// Checks and takes a `UserID`.
    ///
    /// # Errors
    /// [`IdError::Empty`] and [`IdError::TooLong`].
    pub fn new(text: impl Into<Box<str>>) -> Result<Self, IdError> {
        checked("user id", text.into(), Self::MAX_BYTES).map(Self)
    }

    /// The `UserID` as Tencent knows it.
    pub fn as_str(&self) -> &str {
        &self.0.0
    }
}

impl TryFrom<String> for UserId {
    type Error = IdError;

    fn try_from(text: String) -> Result<Self, IdError> {
        Self::new(text)
    }
}

/// The other end of a chat, as seen by the user who taps: the user who wrote, or the group that was written
/// to.
///
/// ```
/// use tim_offline_push::account::{GroupId, Peer, UserId};
///
/// let denny = Peer::User(UserId::new("denny")?);
/// let team = Peer::Group(GroupId::new("@TGS#1PWYXLTGA")?);
/// assert_eq!((denny.id(), team.id()), ("denny", "@TGS#1PWYXLTGA"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "Tencent's container knows these two kinds of chat")]
pub enum Peer {
    /// A one-to-one chat.
    User(UserId),
    /// A group chat.
    Group(GroupId),
}

impl Peer {
    /// The peer of a conversation id as Tencent's V2TIM interface has it: `c2c_` and a user, `group_` and a
    /// group. `None` for any other text.
    ///
    /// ```
    /// use tim_offline_push::account::Peer;
    ///
    /// let team = Peer::from_conversation_id("group_@TGS#1PWYXLTGA");
    /// assert_eq!(team.map(|team| team.id().to_owned()).as_deref(), Some("@TGS#1PWYXLTGA"));
    /// assert_eq!(Peer::from_conversation_id("denny"), None);
    /// ```
    pub fn from_conversation_id(id: &str) -> Option<Self> {
        if let Some(user) = id.strip_prefix("c2c_") {
            return UserId::new(user).ok().map(Self::User);
        }
        id.strip_prefix("group_").and_then(|group| GroupId::new(group).ok()).map(Self::Group)
    }

    /// The id of the user or the group.
    pub fn id(&self) -> &str {
        match self {
            Self::User(user) => user.as_str(),
            Self::Group(group) => group.as_str(),
        }
    }
}

/// The id of a group, not empty. `Debug` shows the length only.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct GroupId(Hidden);

impl GroupId {
    /// Checks and takes the id of a group.
    ///
    /// # Errors
    /// [`IdError::Empty`]. Tencent's own limits on such ids are not checked here.
    pub fn new(text: impl Into<Box<str>>) -> Result<Self, IdError> {
        checked("group id", text.into(), usize::MAX).map(Self)
    }

    /// The id as Tencent knows it.
    pub fn as_str(&self) -> &str {
        &self.0.0
    }
}

impl TryFrom<String> for GroupId {
    type Error = IdError;

    fn try_from(text: String) -> Result<Self, IdError> {
        Self::new(text)
    }
}

/// Hides a text that may be an id.
pub(crate) fn checked(id: &'static str, text: Box<str>, max: usize) -> Result<Hidden, IdError> {
    match text.len() {
        0 => Err(IdError::Empty { id }),
        bytes if bytes > max => Err(IdError::TooLong { id, bytes, max }),
        _ => Ok(Hidden(text)),
    }
}

/// Why a text is no id: of a user, of a group, or of an installation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum IdError {
    /// The text has no character.
    #[error("{id} is empty")]
    Empty {
        /// Which id: `user id`, `group id` or `install id`.
        id: &'static str,
    },
    /// The text is too long.
    #[error("{id} has {bytes} bytes, at most {max} are allowed")]
    TooLong {
        /// Which id.
        id: &'static str,
        /// Length of the refused text in bytes.
        bytes: usize,
        /// The most bytes that are allowed.
        max: usize,
    },
}

impl IdError {
    /// A stable short name, for bridges.
    pub fn code(&self) -> String {
        error_code("id", self)
    }
}
