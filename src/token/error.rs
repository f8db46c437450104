use thiserror::Error;

use super::Token;
use crate::vendor::{TokenKind, Vendor};

/// Why a text is certainly no token. No variant carries any of the text.
///
/// Positions count bytes from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum TokenError {
    /// The text has no character: the SDK has no token yet, or failed.
    #[error("{vendor} token is empty")]
    Empty {
        /// The vendor that it was reported for.
        vendor: Vendor,
    },
    /// The text is white space.
    #[error("{vendor} token is blank")]
    Blank {
        /// The vendor that it was reported for.
        vendor: Vendor,
    },
    /// The text is `null` or another language's word for it: a missing value was turned into text.
    #[error("{vendor} token is the text of a missing value (null)")]
    Null {
        /// The vendor that it was reported for.
        vendor: Vendor,
    },
    /// White space, a line break included.
    #[error("{vendor} token has white space at byte {position}{}", white_space_hint(*vendor))]
    WhiteSpace {
        /// The vendor that it was reported for.
        vendor: Vendor,
        /// Of the first one.
        position: usize,
    },
    /// A control character.
    #[error("{vendor} token has a control character at byte {position}")]
    Control {
        /// The vendor that it was reported for.
        vendor: Vendor,
        /// Of the first one.
        position: usize,
    },
    /// A quote, as is left over when JSON text is taken for its value.
    #[error("{vendor} token has a quote at byte {position}: was it cut out of JSON?")]
    Quote {
        /// The vendor that it was reported for.
        vendor: Vendor,
        /// Of the first one.
        position: usize,
    },
    /// A percent sign, as is left over from URL encoding.
    #[error("{vendor} token has a percent sign at byte {position}: is it still URL-encoded?")]
    Percent {
        /// The vendor that it was reported for.
        vendor: Vendor,
        /// Of the first one.
        position: usize,
    },
    /// Over the [`Token::MAX_BYTES`](super::Token::MAX_BYTES) that Tencent takes.
    #[error("{vendor} token has {bytes} bytes, Tencent takes at most {max}", max = super::Token::MAX_BYTES)]
    TooLong {
        /// The vendor that it was reported for.
        vendor: Vendor,
        /// Its length.
        bytes: usize,
    },
    /// APNs text with an odd number of hex digits.
    #[error("APNs token has {digits} hex digits, an odd number")]
    OddHex {
        /// How many.
        digits: usize,
    },
    /// APNs text that is not hex.
    #[error("APNs token has something other than a hex digit at byte {position}")]
    NotHex {
        /// Of the first one.
        position: usize,
    },
    /// APNs text as iOS 13 and newer print the bytes: a part of them is left out.
    #[error("APNs token is a description that leaves bytes out: take the bytes themselves")]
    Description,
    /// The vendor has no tokens of this kind.
    #[error("{vendor} has no {kind} tokens")]
    Kind {
        /// The vendor.
        vendor: Vendor,
        /// The kind.
        kind: TokenKind,
    },
}

const fn white_space_hint(vendor: Vendor) -> &'static str {
    match vendor {
        Vendor::Xiaomi => ": was it URL-decoded? That turns the + of a Xiaomi id into a space",
        Vendor::Huawei
        | Vendor::Honor
        | Vendor::Oppo
        | Vendor::Vivo
        | Vendor::Meizu
        | Vendor::Fcm
        | Vendor::Apns
        | Vendor::HarmonyOs => "",
    }
}

/// Refuses a text that is certainly no token.
pub(super) fn check(vendor: Vendor, text: &str) -> Result<(), TokenError> {
    refuse_missing(vendor, text)?;
    if text.len() > Token::MAX_BYTES {
        return Err(TokenError::TooLong { vendor, bytes: text.len() });
    }
    refuse_characters(vendor, text)
}

/// Refuses a text that stands for no value.
pub(super) fn refuse_missing(vendor: Vendor, text: &str) -> Result<(), TokenError> {
    const NULLS: [&str; 7] = ["null", "(null)", "<null>", "nil", "<nil>", "none", "undefined"];

    if text.is_empty() {
        return Err(TokenError::Empty { vendor });
    }
    if text.chars().all(char::is_whitespace) {
        return Err(TokenError::Blank { vendor });
    }
    if NULLS.iter().any(|null| text.trim().eq_ignore_ascii_case(null)) {
        return Err(TokenError::Null { vendor });
    }
    Ok(())
}

/// Refuses a text with a character that stands in no token.
pub(super) fn refuse_characters(vendor: Vendor, text: &str) -> Result<(), TokenError> {
    let found = text.char_indices().find_map(|(position, character)| match character {
        _ if character.is_whitespace() => Some(TokenError::WhiteSpace { vendor, position }),
        _ if character.is_control() => Some(TokenError::Control { vendor, position }),
        '"' | '\'' | '`' | '\u{2018}'..='\u{201f}' => Some(TokenError::Quote { vendor, position }),
        '%' => Some(TokenError::Percent { vendor, position }),
        _ => None,
    });
    found.map_or(Ok(()), Err)
}

impl TokenError {
    /// A stable short name, for bridges.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty { .. } => "token_empty",
            Self::Blank { .. } => "token_blank",
            Self::Null { .. } => "token_null",
            Self::WhiteSpace { .. } => "token_white_space",
            Self::Control { .. } => "token_control",
            Self::Quote { .. } => "token_quote",
            Self::Percent { .. } => "token_percent",
            Self::TooLong { .. } => "token_too_long",
            Self::OddHex { .. } => "token_odd_hex",
            Self::NotHex { .. } => "token_not_hex",
            Self::Description => "token_description",
            Self::Kind { .. } => "token_kind",
        }
    }
}
