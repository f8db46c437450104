use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize, Serializer};
use thiserror::Error;

/// Whose push service sends to the phone. Brands that share one have the same value: realme and OnePlus are
/// [`Vendor::Oppo`], iQOO is [`Vendor::Vivo`].
///
/// `Display` and serde write the name as Tencent spells it; `FromStr` and serde read it in any letter case,
/// and the brand names above too.
///
/// ```
/// use tim_offline_push::vendor::Vendor;
///
/// assert_eq!(Vendor::Oppo.to_string(), "OPPO");
/// assert_eq!("OnePlus".parse::<Vendor>()?, Vendor::Oppo);
/// # Ok::<(), tim_offline_push::vendor::UnknownName>(())
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
    /// All vendors, in the order of Tencent's document, then Honor, APNs and HarmonyOS.
    pub const ALL: &'static [Self] = &[
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

    /// The number by which Tencent's SDKs name the vendor: 2000 to 2008 on Android and HarmonyOS, 1000 for
    /// iOS.
    ///
    /// 2007 is NIO and 4000 Linux, neither of which has a push service here. Older SDKs go by the phone's
    /// brand: that of 2021 (5.6) reports 2002 for HONOR phones made by Honor, and for Redmi, realme, OnePlus
    /// and iQOO. Sources: the IM SDK 5.6.1202, TIMPush 8.5.6865 and `PushSDK` 8.7.7201, read 2026-11-29.
    ///
    /// ```
    /// use tim_offline_push::vendor::Vendor;
    ///
    /// assert_eq!(Vendor::Honor.brand_id(), 2006);
    /// assert_eq!(Vendor::from_brand_id(2000), Some(Vendor::Xiaomi));
    /// assert_eq!(Vendor::from_brand_id(2007), None);
    /// ```
    pub const fn brand_id(self) -> u32 {
        self.identifiers().1
    }

    /// The vendor with this brand id, if there is one.
    pub fn from_brand_id(number: u32) -> Option<Self> {
        Self::ALL.iter().copied().find(|vendor| vendor.brand_id() == number)
    }

    /// The name as Tencent spells it.
    pub const fn as_str(self) -> &'static str {
        self.identifiers().0
    }

    /// The name and the brand id.
    const fn identifiers(self) -> (&'static str, u32) {
        match self {
            Self::Xiaomi => ("Xiaomi", 2000),
            Self::Huawei => ("Huawei", 2001),
            Self::Fcm => ("FCM", 2002),
            Self::Meizu => ("Meizu", 2003),
            Self::Oppo => ("OPPO", 2004),
            Self::Vivo => ("vivo", 2005),
            Self::Honor => ("Honor", 2006),
            Self::HarmonyOs => ("HarmonyOS", 2008),
            Self::Apns => ("APNs", 1000),
        }
    }
}

impl fmt::Display for Vendor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Vendor {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
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
            .iter()
            .copied()
            .map(|vendor| (vendor.as_str(), vendor))
            .chain(BRANDS)
            .find_map(|(known, vendor)| known.eq_ignore_ascii_case(name).then_some(vendor))
            .ok_or(UnknownName::new(
                "vendor",
                "Xiaomi, Huawei, Honor, OPPO, vivo, Meizu, FCM, APNs or HarmonyOS",
            ))
    }
}

impl TryFrom<String> for Vendor {
    type Error = UnknownName;

    fn try_from(name: String) -> Result<Self, UnknownName> {
        name.parse()
    }
}

impl From<Vendor> for &'static str {
    fn from(vendor: Vendor) -> Self {
        vendor.as_str()
    }
}

/// A text that is no known name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[error("not a {what}: expected {expected}")]
pub struct UnknownName {
    what: &'static str,
    expected: &'static str,
}

impl UnknownName {
    pub(crate) const fn new(what: &'static str, expected: &'static str) -> Self {
        Self { what, expected }
    }

    /// A stable short name, for bridges, such as `unknown_vendor`.
    pub fn code(&self) -> String {
        format!("unknown_{}", self.what.replace(' ', "_"))
    }
}

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
    pub const ALL: &'static [Self] = &[Self::Standard, Self::Voip];

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
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        let known = Self::ALL.iter().copied().find(|kind| kind.as_str().eq_ignore_ascii_case(name));
        known.ok_or(UnknownName::new("token kind", "standard or VoIP"))
    }
}

/// A small set of vendors.
///
/// ```
/// use tim_offline_push::vendor::{Vendor, VendorSet};
///
/// let wired: VendorSet = [Vendor::Xiaomi, Vendor::Fcm].into_iter().collect();
/// assert!(wired.contains(Vendor::Fcm));
/// assert!(!wired.contains(Vendor::Vivo));
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Vec<Vendor>", into = "Vec<Vendor>")]
#[must_use]
pub struct VendorSet(u16);

impl VendorSet {
    /// No vendor.
    pub const EMPTY: Self = Self(0);

    /// Every vendor.
    pub const ALL: Self = Self(0x1ff);

    /// With this vendor.
    pub const fn with(self, vendor: Vendor) -> Self {
        Self(self.0 | bit(vendor))
    }

    /// Without this vendor.
    pub const fn without(self, vendor: Vendor) -> Self {
        Self(self.0 & !bit(vendor))
    }

    /// Whether it has this vendor.
    pub const fn contains(self, vendor: Vendor) -> bool {
        self.0 & bit(vendor) != 0
    }

    /// Whether it has none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Its vendors in the order of [`Vendor::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Vendor> {
        Vendor::ALL.iter().copied().filter(move |vendor| self.contains(*vendor))
    }
}

#[expect(clippy::as_conversions, reason = "the place of a variant in its enum")]
const fn bit(vendor: Vendor) -> u16 {
    1 << vendor as u16
}

impl FromIterator<Vendor> for VendorSet {
    fn from_iter<I: IntoIterator<Item = Vendor>>(vendors: I) -> Self {
        vendors.into_iter().fold(Self::EMPTY, Self::with)
    }
}

impl From<Vec<Vendor>> for VendorSet {
    fn from(vendors: Vec<Vendor>) -> Self {
        vendors.into_iter().collect()
    }
}

impl From<VendorSet> for Vec<Vendor> {
    fn from(set: VendorSet) -> Self {
        set.iter().collect()
    }
}

impl fmt::Debug for VendorSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

/// A list of words in one text, as a table of texts takes a pointer, a length and a relocation for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct WordList(pub(crate) &'static str);

impl WordList {
    /// The words.
    pub(crate) fn iter(self) -> impl Iterator<Item = &'static str> {
        self.0.split_ascii_whitespace()
    }

    /// Whether `word` is one of them.
    pub(crate) fn contains(self, word: &str) -> bool {
        self.iter().any(|known| known == word)
    }

    /// Whether there is none.
    pub(crate) const fn is_empty(self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for WordList {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

/// The day on which most sources were read.
const READ: &str = "2026-11-22";

/// Where a fact about a vendor stands, and when it was read. Vendors change their pages, so a fact has a
/// date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Source {
    document: &'static str,
    read: &'static str,
}

impl Source {
    /// The fact stands in public code; the documents are silent.
    pub const PUBLIC_CODE: Self = Self::read("public code");

    /// The document the crate implements.
    pub const TENCENT_2021: Self = Self::read("Tencent's Android offline-push document (2021 edition)");

    /// How this crate itself works.
    pub(crate) const CRATE: Self = Self::read("this crate");

    /// A document (its address or its name) that was read on 2026-11-22, as most were.
    pub const fn read(document: &'static str) -> Self {
        Self::read_on(document, READ)
    }

    /// A document (its address or its name) and the day on which it was read, `YYYY-MM-DD`.
    pub const fn read_on(document: &'static str, day: &'static str) -> Self {
        Self { document, read: day }
    }

    /// A source as texts of this crate write it: a document, and `, read` and the day if it was another than
    /// that of [`Source::read`].
    pub(crate) fn noted(text: &'static str) -> Self {
        let (document, day) = text.split_once(", read ").unwrap_or((text, READ));
        Self::read_on(document, day)
    }

    /// The document's address, or its name if it has none.
    pub const fn document(self) -> &'static str {
        self.document
    }

    /// The day on which it was read, `YYYY-MM-DD`.
    pub const fn date(self) -> &'static str {
        self.read
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, read {}", self.document, self.read)
    }
}
