use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The number of a push certificate in Tencent's console: 1 to 4294967295. Zero means *not configured* there, so it is
/// no id here.
///
/// The width is that of `offline_push_token_business_id` in the C interface (header of `im_electron_sdk` 8.0.5906,
/// read 2026-11-22).
///
/// ```
/// use tim_offline_push::certificate::BusinessId;
///
/// assert_eq!(BusinessId::new(30206)?.as_u32(), 30206);
/// assert_eq!("30206".parse::<BusinessId>()?, BusinessId::new(30206)?);
/// assert!(BusinessId::new(0).is_err());
/// # Ok::<(), tim_offline_push::certificate::BusinessIdError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct BusinessId(NonZeroU32);

impl BusinessId {
    /// The id with this number.
    ///
    /// # Errors
    /// [`BusinessIdError::Zero`].
    pub const fn new(number: u32) -> Result<Self, BusinessIdError> {
        match NonZeroU32::new(number) {
            Some(number) => Ok(Self(number)),
            None => Err(BusinessIdError::Zero),
        }
    }

    /// The number.
    pub const fn as_u32(self) -> u32 {
        self.0.get()
    }
}

impl fmt::Display for BusinessId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<u32> for BusinessId {
    type Error = BusinessIdError;

    fn try_from(number: u32) -> Result<Self, BusinessIdError> {
        Self::new(number)
    }
}

impl FromStr for BusinessId {
    type Err = BusinessIdError;

    /// Reads decimal digits; white space around them does not count.
    fn from_str(text: &str) -> Result<Self, BusinessIdError> {
        let text = text.trim();
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = text.parse::<u32>().ok().filter(|_| is_number).ok_or(BusinessIdError::NotANumber)?;
        Self::new(number)
    }
}

impl From<BusinessId> for u32 {
    fn from(id: BusinessId) -> Self {
        id.as_u32()
    }
}

/// Why something is no business id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum BusinessIdError {
    /// Zero.
    #[error("business id 0 means that the certificate is not configured")]
    Zero,
    /// A text that is no number from 0 to 4294967295.
    #[error("business id is a number from 1 to 4294967295 in decimal digits")]
    NotANumber,
}

impl BusinessIdError {
    /// A stable short name, for bridges.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Zero => "business_id_zero",
            Self::NotANumber => "business_id_not_a_number",
        }
    }
}
