use super::check::{refuse_characters, refuse_missing};
use super::{Suspicion, Token, TokenError};
use crate::secret::Secret;
use crate::vendor::{TokenKind, Vendor, is_code};

/// An APNs device token, standard or VoIP: bytes of any number, held as lower-case hex digits.
///
/// ```
/// use tim_offline_push::token::ApnsToken;
/// use tim_offline_push::vendor::TokenKind;
///
/// let bytes = ApnsToken::from_bytes(TokenKind::Standard, &[0x9f, 0xda, 0x40, 0x6a])?;
/// assert_eq!(bytes, ApnsToken::new(TokenKind::Standard, "9FDA406A")?);
/// assert_eq!(bytes, ApnsToken::new(TokenKind::Standard, "<9fda406a>")?);
/// # Ok::<(), tim_offline_push::token::TokenError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ApnsToken {
    kind: TokenKind,
    hex: Secret,
}

impl ApnsToken {
    /// Takes the token as iOS hands it over.
    ///
    /// # Errors
    /// [`TokenError::Empty`], and [`TokenError::TooLong`] over [`Token::MAX_BYTES`].
    pub fn from_bytes(kind: TokenKind, bytes: &[u8]) -> Result<Self, TokenError> {
        if bytes.is_empty() {
            return Err(TokenError::Empty { vendor: Vendor::Apns });
        }
        if bytes.len() > Token::MAX_BYTES {
            return Err(TokenError::TooLong { vendor: Vendor::Apns, bytes: bytes.len() });
        }
        Ok(Self { kind, hex: Secret::new(hex(bytes)) })
    }

    /// Takes hex digits in any case, or the form in which iOS up to 12 describes the bytes: `<9fda406a 04bde017>`.
    ///
    /// # Errors
    /// [`TokenError`] if the text is neither.
    pub fn new(kind: TokenKind, text: &str) -> Result<Self, TokenError> {
        refuse_missing(Vendor::Apns, text)?;
        if text.starts_with('{') {
            return Err(TokenError::Description);
        }
        let (inner, bracketed) = match text.strip_prefix('<').and_then(|inner| inner.strip_suffix('>')) {
            Some(inner) => (inner, true),
            None => (text, false),
        };
        // Two digits a byte, and a space after each four bytes in the bracketed form.
        if text.len() > Token::MAX_BYTES.saturating_mul(3) {
            return Err(TokenError::TooLong { vendor: Vendor::Apns, bytes: text.len().div_ceil(2) });
        }
        let digits: String = inner.chars().filter(|character| !(bracketed && *character == ' ')).collect();
        if !bracketed {
            refuse_characters(Vendor::Apns, text)?;
        }
        if let Some((position, _)) = text.char_indices().find(|(position, character)| {
            let frame = bracketed
                && (*character == ' '
                    || (*position == 0 && *character == '<')
                    || (position.saturating_add(1) == text.len() && *character == '>'));
            !(frame || character.is_ascii_hexdigit())
        }) {
            return Err(TokenError::NotHex { position });
        }
        if digits.is_empty() {
            return Err(TokenError::Empty { vendor: Vendor::Apns });
        }
        if digits.len() % 2 != 0 {
            return Err(TokenError::OddHex { digits: digits.len() });
        }
        let bytes = digits.len() / 2;
        if bytes > Token::MAX_BYTES {
            return Err(TokenError::TooLong { vendor: Vendor::Apns, bytes });
        }
        Ok(Self { kind, hex: Secret::new(digits.to_ascii_lowercase()) })
    }

    /// What the token is for.
    pub const fn kind(&self) -> TokenKind {
        self.kind
    }

    /// The lower-case hex digits.
    pub fn expose_secret(&self) -> &str {
        self.hex.expose_secret()
    }

    /// The bytes, as `V2TIMAPNSConfig` and `V2TIMVOIPConfig` take them.
    pub fn expose_secret_bytes(&self) -> Vec<u8> {
        let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        let hex = self.expose_secret().as_bytes();
        hex.chunks_exact(2)
            .filter_map(|pair| match *pair {
                [high, low] => Some((digit(high)? << 4) | digit(low)?),
                _ => None,
            })
            .collect()
    }

    /// What looks odd: an error code in the token's place. Its alphabet was checked, and its length means nothing.
    pub fn suspicions(&self) -> Vec<Suspicion> {
        let is_error = is_code(Vendor::Apns, self.expose_secret());
        is_error.then_some(Suspicion::IsErrorCode(Vendor::Apns)).into_iter().collect()
    }

    pub(super) const fn secret(&self) -> &Secret {
        &self.hex
    }
}

/// Lower-case hex digits of `bytes`.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 0x0f])
        .filter_map(|digit| char::from_digit(u32::from(digit), 16))
        .collect()
}
