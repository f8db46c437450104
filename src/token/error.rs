//! What is wrong with a text that is no token, and what looks odd about one.

use serde::Serialize;
use thiserror::Error;

use crate::error_code::error_code;
use crate::vendor::{TokenKind, Vendor, is_code};

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

fn white_space_hint(vendor: Vendor) -> &'static str {
    if vendor == Vendor::Xiaomi {
        ": was it URL-decoded? That turns the + of a Xiaomi id into a space"
    } else {
        ""
    }
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
    pub fn code(&self) -> String {
        error_code("token", self)
    }
}

/// What looks odd about a token that is taken all the same. It is for a diagnosis: no vendor documents a
/// shape, so nothing may be refused for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Error)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Suspicion {
    /// It looks like a token of another vendor: was it reported for the wrong one?
    #[error("looks like a token of {0}")]
    LooksLike(Vendor),
    /// It is an error code of the vendor's own: did the host hand over an error as a token?
    #[error("is an error code of {0}, not a token")]
    IsErrorCode(Vendor),
    /// A character at this byte, counted from 0, that has been seen in no token of the vendor.
    #[error("has a character at byte {0} that no token of this vendor has been seen with")]
    Character(usize),
}

impl Suspicion {
    /// The vendor whose token it looks like.
    pub(crate) const fn other_vendor(&self) -> Option<Vendor> {
        if let Self::LooksLike(vendor) = self { Some(*vendor) } else { None }
    }
}

/// What looks odd about `text` as a token of `vendor`.
pub(super) fn suspicions(vendor: Vendor, text: &str) -> Vec<Suspicion> {
    if is_code(vendor, text) {
        return vec![Suspicion::IsErrorCode(vendor)];
    }
    let other = shape(text).filter(|shape| !may_look_like(vendor, *shape)).map(Suspicion::LooksLike);
    let character = strange(vendor, text).map(Suspicion::Character);
    other.into_iter().chain(character).collect()
}

/// The vendor whose tokens alone have been seen in this shape. Lengths are no part of it, but for a lower
/// bound under which a shape says nothing.
fn shape(text: &str) -> Option<Vendor> {
    let long = text.len() >= 16;
    let all = |test: fn(&u8) -> bool| text.as_bytes().iter().all(test);
    if text.contains(":APA91b") {
        Some(Vendor::Fcm)
    } else if is_prefixed_oppo_id(text) {
        Some(Vendor::Oppo)
    } else if long && all(u8::is_ascii_digit) {
        Some(Vendor::Vivo)
    } else if text.len() >= 64 && text.len() % 2 == 0 && all(u8::is_ascii_hexdigit) {
        Some(Vendor::Apns)
    } else if long && text.contains(['+', '/']) && text.bytes().all(is_base64) {
        Some(Vendor::Xiaomi)
    } else if text.starts_with("BAEAAAA") && text.contains('.') {
        Some(Vendor::Honor)
    } else {
        None
    }
}

/// Huawei's first tokens were made of digits for the most part, and early Honor phones have such. The
/// alphabet of HarmonyOS's is not known, so that Base64 does not point to another vendor.
fn may_look_like(vendor: Vendor, shape: Vendor) -> bool {
    vendor == shape
        || (shape == Vendor::Vivo && matches!(vendor, Vendor::Huawei | Vendor::Honor))
        || (shape == Vendor::Xiaomi && vendor == Vendor::HarmonyOs)
}

const fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')
}

/// `CN_<hex>` or `OPPO_CN_<hex>`, in any case: realme's begin with `realme_` or `Realme_`.
fn is_prefixed_oppo_id(text: &str) -> bool {
    text.rsplit_once('_').is_some_and(|(prefix, id)| {
        let region = prefix.rsplit('_').next().unwrap_or_default();
        region.len() == 2
            && prefix.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_')
            && id.len() >= 16
            && id.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

/// The first byte at which a character stands that no token of `vendor` has been seen with.
fn strange(vendor: Vendor, text: &str) -> Option<usize> {
    let outside = text.char_indices().find(|(_, character)| !in_alphabet(vendor, *character));
    let in_oppo_id = || if vendor == Vendor::Oppo { strange_in_oppo_id(text) } else { None };
    outside.map(|(position, _)| position).or_else(in_oppo_id)
}

/// An OPPO id has two prefixes at most, of letters and digits.
fn strange_in_oppo_id(text: &str) -> Option<usize> {
    let third_underscore = text.match_indices('_').nth(2).map(|(position, _)| position);
    let hyphen_in_prefix = text.find('-').filter(|hyphen| text.rfind('_').is_some_and(|last| *hyphen < last));
    third_underscore.into_iter().chain(hyphen_in_prefix).min()
}

/// Sources, read 2026-11-22: Huawei <https://developer.huawei.com/consumer/cn/notice/20180316>, the others
/// public code; for HarmonyOS nothing is known but that tokens are printable.
fn in_alphabet(vendor: Vendor, character: char) -> bool {
    let marks = match vendor {
        Vendor::Xiaomi => "+/=",
        Vendor::Huawei | Vendor::Honor => "-_.",
        Vendor::Oppo => "-_",
        Vendor::Meizu => "",
        Vendor::Fcm => "-_:",
        Vendor::Vivo => return character.is_ascii_digit(),
        Vendor::Apns => return character.is_ascii_hexdigit(),
        Vendor::HarmonyOs => return character.is_ascii_graphic(),
    };
    character.is_ascii_alphanumeric() || marks.contains(character)
}
