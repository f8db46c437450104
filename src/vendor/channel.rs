use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A push channel. Brands that share one share its value: realme and OnePlus are [`Vendor::Oppo`], iQOO is
/// [`Vendor::Vivo`].
///
/// `Display` and serde write the name as Tencent spells it; `FromStr` and serde read it in any letter case, and the
/// brand names above too.
///
/// ```
/// use tim_offline_push::vendor::Vendor;
///
/// assert_eq!(Vendor::Oppo.to_string(), "OPPO");
/// assert_eq!("OnePlus".parse::<Vendor>()?, Vendor::Oppo);
/// # Ok::<(), tim_offline_push::vendor::UnknownVendor>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
#[non_exhaustive]
pub enum Vendor {
    /// Mi Push: Xiaomi, Redmi, POCO with a mainland China ROM.
    Xiaomi,
    /// HMS Push Kit: Huawei, and Honor phones made before Honor had a service of its own.
    Huawei,
    /// Honor Push.
    Honor,
    /// HeyTap push: OPPO, realme, OnePlus.
    Oppo,
    /// vivo push: vivo, iQOO.
    Vivo,
    /// Flyme push.
    Meizu,
    /// Firebase Cloud Messaging.
    Fcm,
    /// Apple Push Notification service.
    Apns,
    /// HarmonyOS Push Kit (HarmonyOS NEXT; earlier HarmonyOS phones use [`Vendor::Huawei`]).
    HarmonyOs,
}

impl Vendor {
    /// All channels, in the order of Tencent's document, then Honor, APNs and HarmonyOS.
    pub const ALL: [Self; 9] = [
        Self::Xiaomi,
        Self::Huawei,
        Self::Oppo,
        Self::Vivo,
        Self::Meizu,
        Self::Fcm,
        Self::Honor,
        Self::Apns,
        Self::HarmonyOs,
    ];

    /// The name as Tencent spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Xiaomi => "Xiaomi",
            Self::Huawei => "Huawei",
            Self::Honor => "Honor",
            Self::Oppo => "OPPO",
            Self::Vivo => "vivo",
            Self::Meizu => "Meizu",
            Self::Fcm => "FCM",
            Self::Apns => "APNs",
            Self::HarmonyOs => "HarmonyOS",
        }
    }
}

impl fmt::Display for Vendor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Vendor {
    type Err = UnknownVendor;

    fn from_str(name: &str) -> Result<Self, UnknownVendor> {
        const BRANDS: [(&str, Vendor); 8] = [
            ("realme", Vendor::Oppo),
            ("OnePlus", Vendor::Oppo),
            ("iQOO", Vendor::Vivo),
            ("Redmi", Vendor::Xiaomi),
            ("Google", Vendor::Fcm),
            ("Google FCM", Vendor::Fcm),
            ("iOS", Vendor::Apns),
            ("Harmony", Vendor::HarmonyOs),
        ];
        Self::ALL
            .into_iter()
            .map(|vendor| (vendor.as_str(), vendor))
            .chain(BRANDS)
            .find_map(|(known, vendor)| known.eq_ignore_ascii_case(name).then_some(vendor))
            .ok_or(UnknownVendor)
    }
}

impl TryFrom<String> for Vendor {
    type Error = UnknownVendor;

    fn try_from(name: String) -> Result<Self, UnknownVendor> {
        name.parse()
    }
}

impl From<Vendor> for &'static str {
    fn from(vendor: Vendor) -> Self {
        vendor.as_str()
    }
}

/// A text that names no push channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not a push channel: expected Xiaomi, Huawei, Honor, OPPO, vivo, Meizu, FCM, APNs or HarmonyOS")]
#[non_exhaustive]
pub struct UnknownVendor;

/// What a token is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum TokenKind {
    /// Notifications.
    #[default]
    Standard,
    /// Incoming calls through PushKit. APNs only.
    Voip,
}

impl TokenKind {
    /// Both kinds, standard first.
    pub const ALL: [Self; 2] = [Self::Standard, Self::Voip];

    /// The name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Voip => "VoIP",
        }
    }
}

impl fmt::Display for TokenKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for TokenKind {
    type Err = UnknownTokenKind;

    fn from_str(name: &str) -> Result<Self, UnknownTokenKind> {
        let known = Self::ALL.into_iter().find(|kind| kind.as_str().eq_ignore_ascii_case(name));
        known.ok_or(UnknownTokenKind)
    }
}

/// A text that names no kind of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not a kind of tokens: expected standard or VoIP")]
#[non_exhaustive]
pub struct UnknownTokenKind;

impl UnknownVendor {
    /// A stable short name, for bridges.
    pub const fn code(&self) -> &'static str {
        "unknown_vendor"
    }
}

impl UnknownTokenKind {
    /// A stable short name, for bridges.
    pub const fn code(&self) -> &'static str {
        "unknown_token_kind"
    }
}
