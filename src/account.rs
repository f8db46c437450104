//! The account that is logged in to Tencent Cloud Chat.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A Tencent Cloud Chat `UserID`: 1 to 32 bytes, taken as they are. Which characters Tencent takes is for its login to say.
///
/// The limit is Tencent's (<https://cloud.tencent.com/document/product/269/9346>, read 2026-11-22). `Debug` shows
/// the length only, so that an account never reaches a log line by accident; a fingerprint could be searched for, since
/// phone numbers are few.
///
/// ```
/// use tim_offline_push::account::UserId;
///
/// let alice = UserId::new("alice")?;
/// assert_eq!(alice.as_str(), "alice");
/// assert_eq!(format!("{alice:?}"), "UserId(5 bytes)");
/// assert!(UserId::new("").is_err());
/// # Ok::<(), tim_offline_push::account::UserIdError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct UserId(Box<str>);

impl UserId {
    /// The longest `UserID` in bytes.
    pub const MAX_BYTES: usize = 32;

    /// Checks and takes a `UserID`.
    ///
    /// # Errors
    /// [`UserIdError::Empty`] and [`UserIdError::TooLong`].
    pub fn new(text: impl Into<String>) -> Result<Self, UserIdError> {
        let text = text.into();
        if text.is_empty() {
            return Err(UserIdError::Empty);
        }
        if text.len() > Self::MAX_BYTES {
            return Err(UserIdError::TooLong { bytes: text.len() });
        }
        Ok(Self(text.into_boxed_str()))
    }

    /// The `UserID` as Tencent knows it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for UserId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UserId({} bytes)", self.0.len())
    }
}

impl TryFrom<String> for UserId {
    type Error = UserIdError;

    fn try_from(text: String) -> Result<Self, UserIdError> {
        Self::new(text)
    }
}

impl From<UserId> for String {
    fn from(user: UserId) -> Self {
        user.0.into()
    }
}

/// Why a text is no [`UserId`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum UserIdError {
    /// The text has no character.
    #[error("user id is empty")]
    Empty,
    /// The text is over [`UserId::MAX_BYTES`].
    #[error("user id has {bytes} bytes, at most {max} are allowed", max = UserId::MAX_BYTES)]
    TooLong {
        /// Length of the refused text in bytes.
        bytes: usize,
    },
}

impl UserIdError {
    /// A stable short name, for bridges.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "user_id_empty",
            Self::TooLong { .. } => "user_id_too_long",
        }
    }
}
