use super::error::{refuse_characters, refuse_missing, suspicions};
use super::{Suspicion, TokenError};
use crate::secret::{Fingerprint, Secret};
use crate::vendor::{TokenKind, Vendor};

/// A token together with the vendor that issued it: what that vendor's SDK calls `regId` (Xiaomi, vivo),
/// `registerID` (OPPO), `pushId` (Meizu), registration token or installation id (FCM) or token (Huawei,
/// Honor, APNs, HarmonyOS).
///
/// ```
/// use tim_offline_push::token::Token;
/// use tim_offline_push::vendor::{TokenKind, Vendor};
///
/// let token = Token::parse(Vendor::Oppo, TokenKind::Standard, "CN_b6bbd94b59cdb5df8391642c1509b7fe")?;
/// assert_eq!(token.vendor(), Vendor::Oppo);
/// assert!(token.suspicions().is_empty());
/// assert!(!format!("{token:?}").contains("b6bbd9"));
///
/// let error = Token::parse(Vendor::Oppo, TokenKind::Standard, "null").unwrap_err();
/// assert_eq!(error.to_string(), "OPPO token is the text of a missing value (null)");
/// # Ok::<(), tim_offline_push::token::TokenError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Token {
    vendor: Vendor,
    kind: TokenKind,
    /// As the vendor gave it, for APNs lower-case hex digits.
    text: Secret,
}

impl Token {
    /// The longest token that Tencent takes, in bytes; a longer one is answered by 22004
    /// (<https://www.tencentcloud.com/document/product/1047/34348>, read 2026-11-22). For APNs it counts the
    /// bytes, not the hex digits.
    pub const MAX_BYTES: usize = 256;

    /// Takes a token's text as a vendor's SDK gives it.
    ///
    /// For APNs these are hex digits in any case, or the form in which iOS up to 12 describes the bytes:
    /// `<9fda406a 04bde017>`. For FCM it is what `getToken` gives, or with firebase-messaging 25.1 what
    /// `onRegistered` gives.
    ///
    /// # Errors
    /// [`TokenError`] if the text is certainly no token, or the vendor has none of this kind.
    pub fn parse(vendor: Vendor, kind: TokenKind, text: &str) -> Result<Self, TokenError> {
        if kind == TokenKind::Voip && vendor != Vendor::Apns {
            return Err(TokenError::Kind { vendor, kind });
        }
        let text = if vendor == Vendor::Apns {
            Secret::new(hex_digits(text)?)
        } else {
            refuse_missing(vendor, text)?;
            if text.len() > Self::MAX_BYTES {
                return Err(TokenError::TooLong { vendor, bytes: text.len() });
            }
            refuse_characters(vendor, text)?;
            Secret::new(text)
        };
        Ok(Self { vendor, kind, text })
    }

    /// Takes an APNs token as iOS gives it: bytes of any number.
    ///
    /// ```
    /// use tim_offline_push::token::Token;
    /// use tim_offline_push::vendor::{TokenKind, Vendor};
    ///
    /// let token = Token::from_apns_bytes(TokenKind::Voip, &[0x9f, 0xda, 0x40, 0x6a])?;
    /// assert_eq!(token, Token::parse(Vendor::Apns, TokenKind::Voip, "9FDA406A")?);
    /// assert_eq!(token.expose_secret_bytes(), [0x9f, 0xda, 0x40, 0x6a]);
    /// # Ok::<(), tim_offline_push::token::TokenError>(())
    /// ```
    ///
    /// # Errors
    /// [`TokenError::Empty`], and [`TokenError::TooLong`] over [`Token::MAX_BYTES`].
    pub fn from_apns_bytes(kind: TokenKind, bytes: &[u8]) -> Result<Self, TokenError> {
        let vendor = Vendor::Apns;
        if bytes.is_empty() {
            return Err(TokenError::Empty { vendor });
        }
        if bytes.len() > Self::MAX_BYTES {
            return Err(TokenError::TooLong { vendor, bytes: bytes.len() });
        }
        Ok(Self { vendor, kind, text: Secret::new(hex(bytes)) })
    }

    /// The vendor that issued it.
    pub const fn vendor(&self) -> Vendor {
        self.vendor
    }

    /// What it is for.
    pub const fn kind(&self) -> TokenKind {
        self.kind
    }

    /// The text: as the vendor gave it, for APNs lower-case hex digits. Whoever calls this answers for where
    /// it goes.
    pub fn expose_secret(&self) -> &str {
        self.text.expose_secret()
    }

    /// The bytes: of the text, for APNs the bytes that the hex digits stand for, as `V2TIMAPNSConfig` and
    /// `V2TIMVOIPConfig` take them.
    pub fn expose_secret_bytes(&self) -> Vec<u8> {
        let text = self.expose_secret().as_bytes();
        if self.vendor != Vendor::Apns {
            return text.to_vec();
        }
        let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
        text.chunks_exact(2).filter_map(byte).collect()
    }

    /// Hex digits of the bytes, as the C interface takes a token.
    pub fn to_hex(&self) -> Secret {
        if self.vendor == Vendor::Apns {
            self.text.clone()
        } else {
            Secret::new(hex(self.expose_secret().as_bytes()))
        }
    }

    /// Length of the text in bytes.
    #[expect(clippy::len_without_is_empty, reason = "a token is never empty")]
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// What logs may show of it.
    pub fn fingerprint(&self) -> Fingerprint {
        self.text.fingerprint()
    }

    /// What looks odd about it. Nothing may be refused for that.
    pub fn suspicions(&self) -> Vec<Suspicion> {
        suspicions(self.vendor, self.expose_secret())
    }
}

/// The lower-case hex digits of an APNs token's text.
fn hex_digits(text: &str) -> Result<String, TokenError> {
    let vendor = Vendor::Apns;
    refuse_missing(vendor, text)?;
    if text.starts_with('{') {
        return Err(TokenError::Description);
    }
    let bracketed = text.strip_prefix('<').and_then(|inner| inner.strip_suffix('>'));
    // Two digits a byte, and a space after each four bytes in the bracketed form.
    if text.len() > Token::MAX_BYTES.saturating_mul(3) {
        return Err(TokenError::TooLong { vendor, bytes: text.len().div_ceil(2) });
    }
    if bracketed.is_none() {
        refuse_characters(vendor, text)?;
    }
    let inner = bracketed.unwrap_or(text);
    let offset = text.len().saturating_sub(inner.len()) / 2;
    let is_hex = |character: char| character.is_ascii_hexdigit() || (bracketed.is_some() && character == ' ');
    if let Some((position, _)) = inner.char_indices().find(|(_, character)| !is_hex(*character)) {
        return Err(TokenError::NotHex { position: position.saturating_add(offset) });
    }
    let digits: String = inner.chars().filter(|character| *character != ' ').collect();
    let bytes = digits.len() / 2;
    match digits.len() {
        0 => Err(TokenError::Empty { vendor }),
        odd if odd % 2 != 0 => Err(TokenError::OddHex { digits: odd }),
        _ if bytes > Token::MAX_BYTES => Err(TokenError::TooLong { vendor, bytes }),
        _ => Ok(digits.to_ascii_lowercase()),
    }
}

/// Lower-case hex digits of `bytes`.
fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0x0f]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}
