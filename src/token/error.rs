use thiserror::Error;

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
        /// Whose token it was to be.
        vendor: Vendor,
    },
    /// The text is white space.
    #[error("{vendor} token is blank")]
    Blank {
        /// Whose token it was to be.
        vendor: Vendor,
    },
    /// The text is `null` or another language's word for it: a missing value was turned into text.
    #[error("{vendor} token is the text of a missing value (null)")]
    Null {
        /// Whose token it was to be.
        vendor: Vendor,
    },
    /// White space, a line break included.
    #[error("{vendor} token has white space at byte {position}{}", white_space_hint(*vendor))]
    WhiteSpace {
        /// Whose token it was to be.
        vendor: Vendor,
        /// Of the first one.
        position: usize,
    },
    /// A control character.
    #[error("{vendor} token has a control character at byte {position}")]
    Control {
        /// Whose token it was to be.
        vendor: Vendor,
        /// Of the first one.
        position: usize,
    },
    /// A quote, as is left over when JSON text is taken for its value.
    #[error("{vendor} token has a quote at byte {position}: was it cut out of JSON?")]
    Quote {
        /// Whose token it was to be.
        vendor: Vendor,
        /// Of the first one.
        position: usize,
    },
    /// A percent sign, as is left over from URL encoding.
    #[error("{vendor} token has a percent sign at byte {position}: is it still URL-encoded?")]
    Percent {
        /// Whose token it was to be.
        vendor: Vendor,
        /// Of the first one.
        position: usize,
    },
    /// Over the [`Token::MAX_BYTES`](super::Token::MAX_BYTES) that Tencent takes.
    #[error("{vendor} token has {bytes} bytes, Tencent takes at most {max}", max = super::Token::MAX_BYTES)]
    TooLong {
        /// Whose token it was to be.
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
    /// The channel has no tokens of this kind.
    #[error("{vendor} has no {kind} tokens")]
    Kind {
        /// The channel.
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
