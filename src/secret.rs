//! Text that must not be seen: redacted in every output, and read by one method alone, whose name a search
//! finds.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A text which `Debug` never shows. It has no `Display`, no `Deref` and no `Serialize`; the one way to the
/// text is [`Secret::expose_secret`].
///
/// ```
/// use tim_offline_push::secret::Secret;
///
/// let secret = Secret::new("d//igwEhgBGCI2TG6lWq");
/// assert!(!format!("{secret:?}").contains("igwEh"));
/// assert_eq!(secret.expose_secret(), "d//igwEhgBGCI2TG6lWq");
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Secret(Box<str>);

impl Secret {
    /// Hides `text`.
    pub fn new(text: impl Into<Box<str>>) -> Self {
        Self(text.into())
    }

    /// The hidden text. The caller is responsible for where it goes.
    pub fn expose_secret(&self) -> &str {
        &self.0
    }

    /// Length of the hidden text in bytes.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether the hidden text is empty.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What logs may tell of the text.
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(self.0.as_bytes())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[redacted {} bytes #{}]", self.len(), self.fingerprint())
    }
}

/// A text of which `Debug` shows the length, and nothing that could be searched for.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub(crate) struct Hidden(pub(crate) Box<str>);

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

/// 32 bits that tell two secrets apart in a log without giving either away: eight hex digits.
///
/// It is no proof of equality: different texts share a fingerprint once in about four thousand million cases.
/// `Display`, `Debug` and serde write the digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(u32);

impl Fingerprint {
    /// The fingerprint of `bytes` (64-bit FNV-1a, folded to 32 bits).
    pub fn of(bytes: &[u8]) -> Self {
        Self::of_hash(Fnv1a::default().with(bytes).0)
    }

    /// The fingerprint that a 64-bit hash makes.
    pub(crate) fn of_hash(hash: u64) -> Self {
        Self(u32::try_from((hash ^ (hash >> 32)) & 0xffff_ffff).unwrap_or_default())
    }

    /// The 32 bits as a number.
    pub const fn as_u32(self) -> u32 {
        self.0
    }
}

/// 64-bit FNV-1a.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fnv1a(pub(crate) u64);

impl Default for Fnv1a {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv1a {
    pub(crate) fn with(self, bytes: &[u8]) -> Self {
        Self(bytes.iter().fold(self.0, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)))
    }

    /// With a part and its length, so that no two sequences of parts run together.
    pub(crate) fn with_part(self, part: &[u8]) -> Self {
        let length = u64::try_from(part.len()).unwrap_or(u64::MAX);
        self.with(&length.to_le_bytes()).with(part)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", self.0)
    }
}

impl Serialize for Fingerprint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Fingerprint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let is_plain = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let read = u32::from_str_radix(&text, 16).ok().filter(|_| is_plain);
        read.map(Self).ok_or_else(|| de::Error::custom("expected eight hexadecimal digits"))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
