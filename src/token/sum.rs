use super::apple::hex;
use super::{
    ApnsToken, FcmToken, HarmonyToken, HonorToken, HuaweiToken, MeizuPushId, OppoRegId, Suspicion,
    TokenError, VivoRegId, XiaomiRegId,
};
use crate::secret::{Fingerprint, Secret};
use crate::vendor::{TokenKind, Vendor};

/// A token together with the channel that issued it.
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
#[non_exhaustive]
pub enum Token {
    /// Xiaomi's.
    Xiaomi(XiaomiRegId),
    /// Huawei's.
    Huawei(HuaweiToken),
    /// Honor's.
    Honor(HonorToken),
    /// OPPO's.
    Oppo(OppoRegId),
    /// vivo's.
    Vivo(VivoRegId),
    /// Meizu's.
    Meizu(MeizuPushId),
    /// Google's.
    Fcm(FcmToken),
    /// Apple's, standard or VoIP.
    Apns(ApnsToken),
    /// HarmonyOS Push Kit's.
    HarmonyOs(HarmonyToken),
}

impl Token {
    /// The longest token that Tencent takes, in bytes; a longer one is answered by 22004
    /// (<https://www.tencentcloud.com/document/product/1047/34348>, read 2026-11-22). For APNs it counts the bytes,
    /// not the hex digits.
    pub const MAX_BYTES: usize = 256;

    /// Takes a token's text as a vendor's SDK gives it.
    ///
    /// # Errors
    /// [`TokenError`] if the text is certainly no token, or the channel has none of this kind.
    pub fn parse(vendor: Vendor, kind: TokenKind, text: &str) -> Result<Self, TokenError> {
        if kind == TokenKind::Voip && vendor != Vendor::Apns {
            return Err(TokenError::Kind { vendor, kind });
        }
        Ok(match vendor {
            Vendor::Xiaomi => Self::Xiaomi(XiaomiRegId::new(text)?),
            Vendor::Huawei => Self::Huawei(HuaweiToken::new(text)?),
            Vendor::Honor => Self::Honor(HonorToken::new(text)?),
            Vendor::Oppo => Self::Oppo(OppoRegId::new(text)?),
            Vendor::Vivo => Self::Vivo(VivoRegId::new(text)?),
            Vendor::Meizu => Self::Meizu(MeizuPushId::new(text)?),
            Vendor::Fcm => Self::Fcm(FcmToken::new(text)?),
            Vendor::Apns => Self::Apns(ApnsToken::new(kind, text)?),
            Vendor::HarmonyOs => Self::HarmonyOs(HarmonyToken::new(text)?),
        })
    }

    /// The channel that issued it.
    pub const fn vendor(&self) -> Vendor {
        match self {
            Self::Xiaomi(_) => Vendor::Xiaomi,
            Self::Huawei(_) => Vendor::Huawei,
            Self::Honor(_) => Vendor::Honor,
            Self::Oppo(_) => Vendor::Oppo,
            Self::Vivo(_) => Vendor::Vivo,
            Self::Meizu(_) => Vendor::Meizu,
            Self::Fcm(_) => Vendor::Fcm,
            Self::Apns(_) => Vendor::Apns,
            Self::HarmonyOs(_) => Vendor::HarmonyOs,
        }
    }

    /// What it is for.
    pub const fn kind(&self) -> TokenKind {
        match self {
            Self::Apns(token) => token.kind(),
            Self::Xiaomi(_)
            | Self::Huawei(_)
            | Self::Honor(_)
            | Self::Oppo(_)
            | Self::Vivo(_)
            | Self::Meizu(_)
            | Self::Fcm(_)
            | Self::HarmonyOs(_) => TokenKind::Standard,
        }
    }

    /// The text: as the vendor gave it, for APNs lower-case hex digits. Whoever calls this answers for where it goes.
    pub fn expose_secret(&self) -> &str {
        self.secret().expose_secret()
    }

    /// The bytes: of the text, for APNs the bytes that the hex digits stand for.
    pub fn expose_secret_bytes(&self) -> Vec<u8> {
        match self {
            Self::Apns(token) => token.expose_secret_bytes(),
            Self::Xiaomi(_)
            | Self::Huawei(_)
            | Self::Honor(_)
            | Self::Oppo(_)
            | Self::Vivo(_)
            | Self::Meizu(_)
            | Self::Fcm(_)
            | Self::HarmonyOs(_) => self.expose_secret().as_bytes().to_vec(),
        }
    }

    /// Hex digits of the bytes, as the C interface takes a token.
    pub fn to_hex(&self) -> Secret {
        match self {
            Self::Apns(token) => token.secret().clone(),
            Self::Xiaomi(_)
            | Self::Huawei(_)
            | Self::Honor(_)
            | Self::Oppo(_)
            | Self::Vivo(_)
            | Self::Meizu(_)
            | Self::Fcm(_)
            | Self::HarmonyOs(_) => Secret::new(hex(self.expose_secret().as_bytes())),
        }
    }

    /// Length of the text in bytes.
    #[expect(clippy::len_without_is_empty, reason = "a token is never empty")]
    pub fn len(&self) -> usize {
        self.secret().len()
    }

    /// What logs may tell of it.
    pub fn fingerprint(&self) -> Fingerprint {
        self.secret().fingerprint()
    }

    /// What looks odd about it. Nothing may be refused for that.
    pub fn suspicions(&self) -> Vec<Suspicion> {
        match self {
            Self::Xiaomi(token) => token.suspicions(),
            Self::Huawei(token) => token.suspicions(),
            Self::Honor(token) => token.suspicions(),
            Self::Oppo(token) => token.suspicions(),
            Self::Vivo(token) => token.suspicions(),
            Self::Meizu(token) => token.suspicions(),
            Self::Fcm(token) => token.suspicions(),
            Self::Apns(token) => token.suspicions(),
            Self::HarmonyOs(token) => token.suspicions(),
        }
    }

    const fn secret(&self) -> &Secret {
        match self {
            Self::Xiaomi(token) => token.secret(),
            Self::Huawei(token) => token.secret(),
            Self::Honor(token) => token.secret(),
            Self::Oppo(token) => token.secret(),
            Self::Vivo(token) => token.secret(),
            Self::Meizu(token) => token.secret(),
            Self::Fcm(token) => token.secret(),
            Self::Apns(token) => token.secret(),
            Self::HarmonyOs(token) => token.secret(),
        }
    }
}
