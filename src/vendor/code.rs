use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::codes::{CodeRow, code_rows};
use super::{Source, Vendor};

/// An error of a vendor's SDK: a number, or for FCM a name.
///
/// [`VendorCode::find`] keeps only the number or the name of a text.
///
/// ```
/// use tim_offline_push::vendor::{Vendor, VendorCode};
///
/// assert_eq!(VendorCode::find(Vendor::Meizu, "200"), VendorCode::from(200));
/// let fcm = VendorCode::find(Vendor::Fcm, "java.io.IOException: SERVICE_NOT_AVAILABLE");
/// assert_eq!(fcm.to_string(), "SERVICE_NOT_AVAILABLE");
/// assert_eq!(VendorCode::find(Vendor::Fcm, "token dQw4w9 refused").to_string(), "unnamed error");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(untagged)]
#[expect(clippy::exhaustive_enums, reason = "an SDK's error is a number or a name")]
pub enum VendorCode {
    /// A number.
    Number(i64),
    /// A name.
    Name(CodeName),
}

impl VendorCode {
    /// The code that a table writes like this.
    pub(super) fn known(text: &'static str) -> Self {
        text.parse().map_or_else(|_| Self::Name(CodeName::known(text)), Self::Number)
    }
}

impl From<i64> for VendorCode {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<i32> for VendorCode {
    fn from(number: i32) -> Self {
        Self::Number(number.into())
    }
}

impl fmt::Display for VendorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Name(name) => name.fmt(f),
        }
    }
}

/// The name of an error: 1 to [`CodeName::MAX_BYTES`] ASCII letters and underscores, or *unnamed error*.
///
/// A name has no digits, so that no token can get into a log as one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String")]
pub struct CodeName(Cow<'static, str>);

impl CodeName {
    /// The longest name in bytes.
    pub const MAX_BYTES: usize = 48;

    pub(super) const fn known(name: &'static str) -> Self {
        Self(Cow::Borrowed(name))
    }

    pub(super) const fn unnamed() -> Self {
        Self::known("unnamed error")
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for CodeName {
    /// The name as it was stored; *unnamed error* if the text is none.
    fn from(text: String) -> Self {
        let name = text.trim();
        let is_name = (1..=Self::MAX_BYTES).contains(&name.len())
            && name.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_');
        if is_name { Self(Cow::Owned(name.to_owned())) } else { Self::unnamed() }
    }
}

impl fmt::Display for CodeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// What a vendor's registration error code says.
///
/// Only the number or the name counts, never the text that an SDK sends with it. An unknown code keeps its
/// number and is to be retried slowly.
///
/// ```
/// use tim_offline_push::vendor::{Pace, Remedy, Vendor, VendorCode, explain};
///
/// let known = explain(Vendor::Huawei, &VendorCode::Number(6003));
/// assert_eq!(known.remedy(), Remedy::FixConfiguration);
/// let unknown = explain(Vendor::Huawei, &VendorCode::Number(-987_654));
/// assert_eq!((unknown.remedy(), unknown.pace()), (Remedy::RetryLater, Pace::Slow));
/// assert!(unknown.to_string().contains("-987654"));
/// ```
pub fn explain(vendor: Vendor, code: &VendorCode) -> Explanation {
    Explanation { vendor, code: code.clone(), row: code_rows(vendor).find(|row| row.code == *code) }
}

/// Every registration error code of a vendor that this crate knows, explained.
pub fn known_codes(vendor: Vendor) -> impl Iterator<Item = Explanation> {
    code_rows(vendor).map(move |row| Explanation { vendor, code: row.code.clone(), row: Some(row) })
}

/// A code together with what is known of it. Made by [`explain`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explanation {
    vendor: Vendor,
    code: VendorCode,
    row: Option<&'static CodeRow>,
}

impl Explanation {
    /// A code that comes so many times in a row persists. No vendor gives a number; notices of this crate
    /// wait for three, too.
    pub const PERSISTS: u32 = 3;

    /// Whose code it is.
    pub const fn vendor(&self) -> Vendor {
        self.vendor
    }

    /// The code, known or not.
    pub const fn code(&self) -> &VendorCode {
        &self.code
    }

    /// Whether the vendor's table has the code.
    pub const fn is_known(&self) -> bool {
        self.row.is_some()
    }

    /// The class of its fix.
    pub fn remedy(&self) -> Remedy {
        self.row.map_or(Remedy::RetryLater, |row| row.remedy)
    }

    /// The class of what helps if the code persists: if it came [`Explanation::PERSISTS`] times in a row, for
    /// example.
    pub fn remedy_if_it_persists(&self) -> Option<Remedy> {
        self.row?.if_it_persists
    }

    /// What helps if the code persists, in words.
    ///
    /// ```
    /// use tim_offline_push::vendor::{Vendor, VendorCode, explain};
    ///
    /// let offline = explain(Vendor::Huawei, &VendorCode::Number(907_135_003));
    /// assert!(offline.fix_if_it_persists().contains("HMS Core"));
    /// ```
    pub fn fix_if_it_persists(&self) -> &'static str {
        if let Some(fix) = self.row.and_then(|row| row.fix_if_it_persists) {
            return fix;
        }
        match (self.remedy(), self.pace()) {
            (Remedy::RetryLater, _) if self.row.is_none() => {
                "look the number up in the vendor's current list of codes"
            }
            (Remedy::RetryLater, Pace::WhenConnected) => {
                "check that this phone reaches the vendor's servers: network, proxy, VPN, firewall"
            }
            (Remedy::RetryLater, _) => {
                "update the vendor's services on this phone and restart it; then ask the vendor, with the code"
            }
            (Remedy::Quota, _) => {
                "look for what calls the vendor's SDK again and again; the quota is renewed within a day"
            }
            _ => self.fix(),
        }
    }

    /// How soon to try again, where [`Remedy::is_transient`] says that one may.
    pub fn pace(&self) -> Pace {
        self.row.map_or(Pace::Slow, |row| row.pace)
    }

    /// What it means.
    pub fn meaning(&self) -> &'static str {
        self.row.map_or("not a documented code", |row| row.meaning)
    }

    /// What to do.
    pub fn fix(&self) -> &'static str {
        self.row.map_or("try again later; look the number up in the vendor's current list", |row| row.fix)
    }

    /// Where that stands.
    pub fn source(&self) -> Option<Source> {
        self.row.map(|row| row.source)
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}; {}", self.vendor, self.code, self.meaning(), self.fix())
    }
}

/// The class of an error code's fix: what has to happen before another attempt makes sense, wherever the
/// fault lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Remedy {
    /// Nothing has to: the code says that the call succeeded.
    Nothing,
    /// Time. The same call may succeed later.
    RetryLater,
    /// The app's build or a console has to be corrected; until then each attempt fails.
    FixConfiguration,
    /// Nothing: this device or its system cannot use the vendor's service. Another vendor's may work.
    DeviceCannot,
    /// The person who holds the phone has to agree, install or switch on something.
    UserMustAct,
    /// A quota has to be renewed: much later, an hour or a day.
    Quota,
}

impl Remedy {
    /// The class as a word for logs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::RetryLater => "retry later",
            Self::FixConfiguration => "fix the configuration",
            Self::DeviceCannot => "this device cannot",
            Self::UserMustAct => "the user must act",
            Self::Quota => "quota",
        }
    }

    /// Whether another attempt without any change may succeed.
    pub const fn is_transient(self) -> bool {
        matches!(self, Self::RetryLater | Self::Quota)
    }
}

impl fmt::Display for Remedy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// How soon another attempt makes sense, where one does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Pace {
    /// After the ordinary back-off.
    Normal,
    /// When the network is back, or after the ordinary back-off if nobody says so.
    WhenConnected,
    /// At the longest delay of the back-off: the cause is unknown, or known to take minutes.
    Slow,
    /// When the quota is renewed: an hour at least.
    Quota,
}
