use super::check::check;
use super::suspicion::suspicions;
use super::{Suspicion, TokenError};
use crate::secret::Secret;
use crate::vendor::Vendor;

/// A Mi Push `regId`: Base64 text, `A-Za-z0-9+/=`. It must not be URL-decoded on its way, as that turns `+` into a space.
///
/// Public code, read 2026-11-22.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct XiaomiRegId(Secret);

impl XiaomiRegId {
    /// Takes the text as it is.
    ///
    /// # Errors
    /// [`TokenError`] if it is certainly no token.
    pub fn new(text: &str) -> Result<Self, TokenError> {
        check(Vendor::Xiaomi, text).map(Self)
    }

    /// The text.
    pub fn expose_secret(&self) -> &str {
        self.0.expose_secret()
    }

    /// What looks odd about it.
    pub fn suspicions(&self) -> Vec<Suspicion> {
        suspicions(Vendor::Xiaomi, self.expose_secret())
    }

    pub(super) const fn secret(&self) -> &Secret {
        &self.0
    }
}

/// An HMS Push token, `A-Za-z0-9-_` and rarely a dot. Tokens of 32, 114 and 130 characters are in use.
///
/// <https://developer.huawei.com/consumer/cn/notice/20180316>, read 2026-11-22.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct HuaweiToken(Secret);

impl HuaweiToken {
    /// Takes the text as it is.
    ///
    /// # Errors
    /// [`TokenError`] if it is certainly no token.
    pub fn new(text: &str) -> Result<Self, TokenError> {
        check(Vendor::Huawei, text).map(Self)
    }

    /// The text.
    pub fn expose_secret(&self) -> &str {
        self.0.expose_secret()
    }

    /// What looks odd about it.
    pub fn suspicions(&self) -> Vec<Suspicion> {
        suspicions(Vendor::Huawei, self.expose_secret())
    }

    pub(super) const fn secret(&self) -> &Secret {
        &self.0
    }
}

/// An Honor Push token: `A-Za-z0-9-_` and a dot.
///
/// Public code, read 2026-11-22.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct HonorToken(Secret);

impl HonorToken {
    /// Takes the text as it is.
    ///
    /// # Errors
    /// [`TokenError`] if it is certainly no token.
    pub fn new(text: &str) -> Result<Self, TokenError> {
        check(Vendor::Honor, text).map(Self)
    }

    /// The text.
    pub fn expose_secret(&self) -> &str {
        self.0.expose_secret()
    }

    /// What looks odd about it.
    pub fn suspicions(&self) -> Vec<Suspicion> {
        suspicions(Vendor::Honor, self.expose_secret())
    }

    pub(super) const fn secret(&self) -> &Secret {
        &self.0
    }
}

/// A HeyTap registration id of OPPO, realme and OnePlus: hex digits, often behind `CN_` or `OPPO_CN_`.
///
/// Public code, read 2026-11-22.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OppoRegId(Secret);

impl OppoRegId {
    /// Takes the text as it is.
    ///
    /// # Errors
    /// [`TokenError`] if it is certainly no token.
    pub fn new(text: &str) -> Result<Self, TokenError> {
        check(Vendor::Oppo, text).map(Self)
    }

    /// The text.
    pub fn expose_secret(&self) -> &str {
        self.0.expose_secret()
    }

    /// What looks odd about it.
    pub fn suspicions(&self) -> Vec<Suspicion> {
        suspicions(Vendor::Oppo, self.expose_secret())
    }

    pub(super) const fn secret(&self) -> &Secret {
        &self.0
    }

    /// Where the id was issued, as its prefix says.
    ///
    /// ```
    /// use tim_offline_push::token::{OppoRegId, OppoRegion};
    ///
    /// let id = OppoRegId::new("OPPO_CN_b6bbd94b59cdb5df8391642c1509b7fe")?;
    /// assert_eq!(id.region(), OppoRegion::Mainland);
    /// # Ok::<(), tim_offline_push::token::TokenError>(())
    /// ```
    pub fn region(&self) -> OppoRegion {
        let mut parts = self.expose_secret().split('_');
        let (first, second) = (parts.next(), parts.next());
        let is_china = |part: Option<&str>| part.is_some_and(|part| part.eq_ignore_ascii_case("CN"));
        if second.is_none() || is_china(first) || is_china(second) {
            OppoRegion::Mainland
        } else {
            OppoRegion::Overseas
        }
    }
}

/// Where an OPPO registration id was issued. Public code, read 2026-11-22.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(
    clippy::exhaustive_enums,
    reason = "OPPO runs two services: one for mainland China, one for the rest"
)]
pub enum OppoRegion {
    /// Mainland China.
    Mainland,
    /// Anywhere else.
    Overseas,
}

/// A vivo `regId`: decimal digits, more of them than a 64-bit number holds, so it stays a text.
///
/// Public code, read 2026-11-22.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct VivoRegId(Secret);

impl VivoRegId {
    /// Takes the text as it is.
    ///
    /// # Errors
    /// [`TokenError`] if it is certainly no token.
    pub fn new(text: &str) -> Result<Self, TokenError> {
        check(Vendor::Vivo, text).map(Self)
    }

    /// The text.
    pub fn expose_secret(&self) -> &str {
        self.0.expose_secret()
    }

    /// What looks odd about it.
    pub fn suspicions(&self) -> Vec<Suspicion> {
        suspicions(Vendor::Vivo, self.expose_secret())
    }

    pub(super) const fn secret(&self) -> &Secret {
        &self.0
    }
}

/// A Flyme `pushId`: letters and digits.
///
/// <https://github.com/MEIZUPUSH/PushAPI>, read 2026-11-22.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MeizuPushId(Secret);

impl MeizuPushId {
    /// Takes the text as it is.
    ///
    /// # Errors
    /// [`TokenError`] if it is certainly no token.
    pub fn new(text: &str) -> Result<Self, TokenError> {
        check(Vendor::Meizu, text).map(Self)
    }

    /// The text.
    pub fn expose_secret(&self) -> &str {
        self.0.expose_secret()
    }

    /// What looks odd about it.
    pub fn suspicions(&self) -> Vec<Suspicion> {
        suspicions(Vendor::Meizu, self.expose_secret())
    }

    pub(super) const fn secret(&self) -> &Secret {
        &self.0
    }
}

/// A Firebase registration token.
///
/// No document gives its shape, read 2026-11-22.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FcmToken(Secret);

impl FcmToken {
    /// Takes the text as it is.
    ///
    /// # Errors
    /// [`TokenError`] if it is certainly no token.
    pub fn new(text: &str) -> Result<Self, TokenError> {
        check(Vendor::Fcm, text).map(Self)
    }

    /// The text.
    pub fn expose_secret(&self) -> &str {
        self.0.expose_secret()
    }

    /// What looks odd about it.
    pub fn suspicions(&self) -> Vec<Suspicion> {
        suspicions(Vendor::Fcm, self.expose_secret())
    }

    pub(super) const fn secret(&self) -> &Secret {
        &self.0
    }
}

/// A HarmonyOS Push Kit token.
///
/// <https://developer.huawei.com/consumer/cn/doc/doccenter-capabilities/push-get-token.md>, read 2026-11-22.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct HarmonyToken(Secret);

impl HarmonyToken {
    /// Takes the text as it is.
    ///
    /// # Errors
    /// [`TokenError`] if it is certainly no token.
    pub fn new(text: &str) -> Result<Self, TokenError> {
        check(Vendor::HarmonyOs, text).map(Self)
    }

    /// The text.
    pub fn expose_secret(&self) -> &str {
        self.0.expose_secret()
    }

    /// What looks odd about it.
    pub fn suspicions(&self) -> Vec<Suspicion> {
        suspicions(Vendor::HarmonyOs, self.expose_secret())
    }

    pub(super) const fn secret(&self) -> &Secret {
        &self.0
    }
}
