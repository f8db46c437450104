use serde::Serialize;
use thiserror::Error;

use crate::vendor::Vendor;

/// What looks odd about a token that is taken all the same. It is for a diagnosis: no vendor documents a shape, so
/// nothing may be refused for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Error)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Suspicion {
    /// It looks like a token of another channel: was it reported for the wrong one?
    #[error("looks like a token of {0}")]
    LooksLike(Vendor),
    /// A character at this byte, counted from 0, that has been seen in no token of the channel.
    #[error("has a character at byte {0} that no token of this channel has been seen with")]
    Character(usize),
}

/// What looks odd about `text` as a token of `vendor`.
pub(super) fn suspicions(vendor: Vendor, text: &str) -> Vec<Suspicion> {
    let character = text.char_indices().find(|(_, character)| !in_alphabet(vendor, *character));
    character.map(|(position, _)| Suspicion::Character(position)).into_iter().collect()
}

fn in_alphabet(vendor: Vendor, character: char) -> bool {
    character.is_ascii_alphanumeric() && (vendor != Vendor::Vivo || character.is_ascii_digit())
        || match vendor {
            Vendor::Xiaomi => matches!(character, '+' | '/' | '='),
            Vendor::Huawei | Vendor::Honor => matches!(character, '-' | '_' | '.'),
            Vendor::Oppo => matches!(character, '-' | '_'),
            Vendor::Vivo | Vendor::Meizu => false,
            Vendor::Fcm => matches!(character, '-' | '_' | ':'),
            Vendor::Apns | Vendor::HarmonyOs => character.is_ascii_graphic(),
        }
}
