use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::account::UserId;

/// The other end of a chat, as seen by the user who taps: the user who wrote, or the group that was written to.
///
/// ```
/// use tim_offline_push::account::UserId;
/// use tim_offline_push::ext::{GroupId, Peer};
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
    /// The peer of a conversation id as Tencent's V2TIM interface has it: `c2c_` and a user, `group_` and a group. `None`
    /// for any other text.
    ///
    /// ```
    /// use tim_offline_push::ext::Peer;
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
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct GroupId(Box<str>);

impl GroupId {
    /// Checks and takes the id of a group.
    ///
    /// # Errors
    /// [`GroupIdError`] if it is empty. Tencent's own limits on such ids are not checked here.
    pub fn new(text: impl Into<String>) -> Result<Self, GroupIdError> {
        let text = text.into();
        if text.is_empty() { Err(GroupIdError) } else { Ok(Self(text.into_boxed_str())) }
    }

    /// The id as Tencent knows it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for GroupId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "GroupId({} bytes)", self.0.len())
    }
}

impl TryFrom<String> for GroupId {
    type Error = GroupIdError;

    fn try_from(text: String) -> Result<Self, GroupIdError> {
        Self::new(text)
    }
}

impl From<GroupId> for String {
    fn from(group: GroupId) -> Self {
        group.0.into()
    }
}

/// A group id without a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("group id is empty")]
#[non_exhaustive]
pub struct GroupIdError;

impl GroupIdError {
    /// A stable short name, for bridges.
    pub const fn code(&self) -> &'static str {
        "group_id_empty"
    }
}
