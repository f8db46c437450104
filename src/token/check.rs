use super::{Token, TokenError};
use crate::secret::Secret;
use crate::vendor::Vendor;

/// Takes `text` as it is, unless it is certainly no token.
pub(super) fn check(vendor: Vendor, text: &str) -> Result<Secret, TokenError> {
    refuse_missing(vendor, text)?;
    if text.len() > Token::MAX_BYTES {
        return Err(TokenError::TooLong { vendor, bytes: text.len() });
    }
    refuse_characters(vendor, text)?;
    Ok(Secret::new(text))
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
