use serde::Serialize;
use thiserror::Error;

use crate::vendor::{Vendor, is_code};

/// What looks odd about a token that is taken all the same. It is for a diagnosis: no vendor documents a shape, so
/// nothing may be refused for it.
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

/// What looks odd about `text` as a token of `vendor`.
pub(super) fn suspicions(vendor: Vendor, text: &str) -> Vec<Suspicion> {
    if is_code(vendor, text) {
        return vec![Suspicion::IsErrorCode(vendor)];
    }
    let other = shape(text).filter(|shape| !may_look_like(vendor, *shape)).map(Suspicion::LooksLike);
    let character = strange(vendor, text).map(Suspicion::Character);
    other.into_iter().chain(character).collect()
}

/// The vendor whose tokens alone have been seen in this shape. Lengths are no part of it, but for a lower bound
/// under which a shape says nothing.
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

/// Huawei's first tokens were made of digits for the most part, and early Honor phones have such. The alphabet of
/// HarmonyOS's is not known, so that Base64 speaks for nobody else.
fn may_look_like(vendor: Vendor, shape: Vendor) -> bool {
    match shape {
        Vendor::Vivo => matches!(vendor, Vendor::Vivo | Vendor::Huawei | Vendor::Honor),
        Vendor::Xiaomi => matches!(vendor, Vendor::Xiaomi | Vendor::HarmonyOs),
        Vendor::Huawei
        | Vendor::Honor
        | Vendor::Oppo
        | Vendor::Meizu
        | Vendor::Fcm
        | Vendor::Apns
        | Vendor::HarmonyOs => vendor == shape,
    }
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
    let character = text.char_indices().find(|(_, character)| !in_alphabet(vendor, *character));
    let position = character.map(|(position, _)| position);
    match vendor {
        Vendor::Oppo => position.or_else(|| strange_in_oppo_id(text)),
        Vendor::Xiaomi
        | Vendor::Huawei
        | Vendor::Honor
        | Vendor::Vivo
        | Vendor::Meizu
        | Vendor::Fcm
        | Vendor::Apns
        | Vendor::HarmonyOs => position,
    }
}

/// An OPPO id has two prefixes at most, of letters and digits.
fn strange_in_oppo_id(text: &str) -> Option<usize> {
    let third_underscore = text.match_indices('_').nth(2).map(|(position, _)| position);
    let hyphen_in_prefix = match (text.find('-'), text.rfind('_')) {
        (Some(hyphen), Some(underscore)) if hyphen < underscore => Some(hyphen),
        _ => None,
    };
    third_underscore.into_iter().chain(hyphen_in_prefix).min()
}

/// Sources, read 2026-11-22: Huawei <https://developer.huawei.com/consumer/cn/notice/20180316>, the others public
/// code; for HarmonyOS nothing is known but that tokens are printable.
fn in_alphabet(vendor: Vendor, character: char) -> bool {
    match vendor {
        Vendor::Xiaomi => character.is_ascii_alphanumeric() || matches!(character, '+' | '/' | '='),
        Vendor::Huawei | Vendor::Honor => {
            character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '.')
        }
        Vendor::Oppo => character.is_ascii_alphanumeric() || matches!(character, '-' | '_'),
        Vendor::Vivo => character.is_ascii_digit(),
        Vendor::Meizu => character.is_ascii_alphanumeric(),
        Vendor::Fcm => character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | ':'),
        Vendor::Apns => character.is_ascii_hexdigit(),
        Vendor::HarmonyOs => character.is_ascii_graphic(),
    }
}
