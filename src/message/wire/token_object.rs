use thiserror::Error;

use crate::certificate::BusinessId;
use crate::error_code::error_code;
use crate::json::{self, Json, JsonError};
use crate::message::field::LIMITS;
use crate::secret::{Hidden, Secret};
use crate::token::Token;
use crate::vendor::TokenKind;

/// The C API's `OfflinePushToken`, the argument of `TIMMsgSetOfflinePushToken`: a token and its certificate.
///
/// The library takes the token's text for hex digits and decodes it, so an Android token is written as the
/// hex of its bytes; an APNs token is hex as it is. The Java, Dart and ArkTS interfaces take an Android token
/// as it is (observed with npm `im_electron_sdk` 8.0.5906, library 8.0.5903, read 2026-11-22).
///
/// There is no empty one: to the library `{}` means "push off", as an empty token or the business id 0 does.
/// To switch push off, pass a null pointer.
///
/// ```
/// use tim_offline_push::certificate::BusinessId;
/// use tim_offline_push::message::TokenObject;
/// use tim_offline_push::token::Token;
/// use tim_offline_push::vendor::{TokenKind, Vendor};
///
/// let token = Token::parse(Vendor::Meizu, TokenKind::Standard, "RA50c6348036344485d01776773577c64740465480a6b")?;
/// let object = TokenObject::new(BusinessId::new(30206)?, &token);
/// assert!(object.json().expose_secret().starts_with(r#"{"offline_push_token_token":"524135306336333"#));
/// assert!(object.json().expose_secret().ends_with(r#","offline_push_token_business_id":30206}"#));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TokenObject {
    hex: Secret,
    business_id: BusinessId,
    kind: TokenKind,
}

const TOKEN: &str = "offline_push_token_token";
const BUSINESS_ID: &str = "offline_push_token_business_id";
const TYPE: &str = "offline_push_token_type";
const IS_TPNS: &str = "offline_push_token_is_tpns_token";

/// `offline_push_token_type` of an ordinary token; the default. 1 was TPNS.
const DEFAULT: i64 = 0;
const TPNS: i64 = 1;
const VOIP: i64 = 2;

impl TokenObject {
    /// A token that is reported under a certificate.
    pub fn new(business_id: BusinessId, token: &Token) -> Self {
        Self { hex: token.to_hex(), business_id, kind: token.kind() }
    }

    /// Reads one that somebody has written for the library. Unknown members are ignored.
    ///
    /// # Errors
    /// [`TokenObjectError`] for all that the library takes in silence: no token or certificate, other JSON
    /// types, a token that is not hex, an odd number of digits, a TPNS token.
    pub fn read(text: &str) -> Result<Self, TokenObjectError> {
        let mut token = None;
        let mut business_id = 0;
        let mut kind = DEFAULT;
        for (key, value) in json::read_object(text, LIMITS)? {
            match (key.as_ref(), value) {
                (TOKEN, Json::Text(text)) => token = Some(text),
                (TOKEN, _) => return Err(TokenObjectError::WrongType { key: TOKEN }),
                (BUSINESS_ID, value) => business_id = integer(BUSINESS_ID, &value)?,
                (TYPE, value) => kind = integer(TYPE, &value)?,
                (IS_TPNS, Json::Bool(true)) => kind = TPNS,
                (IS_TPNS, Json::Bool(false)) => {}
                (IS_TPNS, _) => return Err(TokenObjectError::WrongType { key: IS_TPNS }),
                _ => {}
            }
        }
        let kind = match kind {
            DEFAULT => TokenKind::Standard,
            VOIP => TokenKind::Voip,
            TPNS => return Err(TokenObjectError::Tpns),
            _ => return Err(TokenObjectError::UnknownType),
        };
        let token = token.filter(|token| !token.is_empty()).ok_or(TokenObjectError::NoToken)?;
        if !token.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(TokenObjectError::NotHex);
        }
        if token.len() % 2 == 1 {
            return Err(TokenObjectError::OddDigits);
        }
        let business_id = u32::try_from(business_id).ok().and_then(|number| BusinessId::new(number).ok());
        Ok(Self {
            hex: Secret::new(token),
            business_id: business_id.ok_or(TokenObjectError::NoBusinessId)?,
            kind,
        })
    }

    /// The certificate.
    pub const fn business_id(&self) -> BusinessId {
        self.business_id
    }

    /// What the token is for.
    pub const fn kind(&self) -> TokenKind {
        self.kind
    }

    /// The hex digits of the token's bytes.
    pub const fn hex(&self) -> &Secret {
        &self.hex
    }

    /// The JSON text for the library.
    pub fn json(&self) -> Secret {
        let kind = if self.kind == TokenKind::Voip { format!(",\"{TYPE}\":{VOIP}") } else { String::new() };
        let (hex, id) = (self.hex.expose_secret(), self.business_id);
        Secret::new(format!("{{\"{TOKEN}\":\"{hex}\",\"{BUSINESS_ID}\":{id}{kind}}}"))
    }
}

/// What `setLiveActivity` takes on iOS: the push token of one Live Activity, so that the server can update
/// it. The activity's id is the `LaId` of
/// [`Ios::with_live_activity`](crate::message::Ios::with_live_activity).
///
/// An empty configuration clears every activity of the device; pass nil for that. Source: Tencent's header
/// `V2TIMManager+LiveActivity.h`, 8.7.7201.
///
/// ```
/// use tim_offline_push::certificate::BusinessId;
/// use tim_offline_push::message::LiveActivityConfig;
/// use tim_offline_push::token::Token;
/// use tim_offline_push::vendor::{TokenKind, Vendor};
///
/// let token = Token::parse(Vendor::Apns, TokenKind::Standard, &"0a1b2c3d".repeat(8))?;
/// let config = LiveActivityConfig::new("order-7", &token, BusinessId::new(30301)?)?;
/// assert_eq!(config.activity_id(), "order-7");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LiveActivityConfig {
    activity_id: Hidden,
    hex: Secret,
    business_id: BusinessId,
}

impl LiveActivityConfig {
    /// The longest id of an activity, in bytes (<https://trtc.io/document/77715>).
    pub const MAX_ID_BYTES: usize = 64;

    /// A token of an activity, reported under the certificate of a P8 key.
    ///
    /// # Errors
    /// [`TokenObjectError::ActivityId`] if the id is empty or longer than
    /// [`LiveActivityConfig::MAX_ID_BYTES`].
    pub fn new(
        activity_id: impl Into<Box<str>>,
        token: &Token,
        business_id: BusinessId,
    ) -> Result<Self, TokenObjectError> {
        let activity_id = activity_id.into();
        if !(1..=Self::MAX_ID_BYTES).contains(&activity_id.len()) {
            return Err(TokenObjectError::ActivityId);
        }
        Ok(Self { activity_id: Hidden(activity_id), hex: token.to_hex(), business_id })
    }

    /// `activityID`.
    pub fn activity_id(&self) -> &str {
        &self.activity_id.0
    }

    /// The hex digits of `token`, which the SDK takes as bytes.
    pub const fn token_hex(&self) -> &Secret {
        &self.hex
    }

    /// `businessID`.
    pub const fn business_id(&self) -> BusinessId {
        self.business_id
    }
}

/// Why a text is no [`TokenObject`], or values are no [`LiveActivityConfig`]. It shows nothing of the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum TokenObjectError {
    /// The text is not a JSON object.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// A member has another type; the library would take whatever stands in memory.
    #[error("{key} has another type")]
    WrongType {
        /// The member.
        key: &'static str,
    },
    /// There is no token: the library would switch push off.
    #[error("offline_push_token_token is missing or empty")]
    NoToken,
    /// There is no certificate: the library would switch push off.
    #[error("offline_push_token_business_id is missing, zero, negative or over 32 bits")]
    NoBusinessId,
    /// The token is not written in hex: the library would take it for other bytes.
    #[error("offline_push_token_token is not hex")]
    NotHex,
    /// The token has an odd number of digits: the library would drop the last.
    #[error("offline_push_token_token has an odd number of hex digits")]
    OddDigits,
    /// The token is one of TPNS, which Tencent has taken out of service for chat.
    #[error("the token is a TPNS token")]
    Tpns,
    /// The id of a Live Activity is empty or longer than 64 bytes.
    #[error("the id of the Live Activity is empty or longer than 64 bytes")]
    ActivityId,
    /// The type is none of 0, 1 and 2.
    #[error("offline_push_token_type is unknown")]
    UnknownType,
}

impl TokenObjectError {
    /// A stable short name, for bridges.
    pub fn code(&self) -> String {
        error_code("token_object", self)
    }
}

fn integer(key: &'static str, value: &Json) -> Result<i64, TokenObjectError> {
    value.as_integer().ok_or(TokenObjectError::WrongType { key })
}
