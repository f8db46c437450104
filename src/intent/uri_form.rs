use std::ops::{BitOr, BitOrAssign};

/// The three ways in which [`Intent::to_uri`](super::Intent::to_uri) writes an intent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "Android has these three, one for each value of two flag bits")]
pub enum UriScheme {
    /// `intent:…#Intent;scheme=…;…;end`, `Intent.URI_INTENT_SCHEME`.
    #[default]
    Intent,
    /// `android-app://package/scheme/host/path#Intent;…;end`, `Intent.URI_ANDROID_APP_SCHEME`.
    AndroidApp,
    /// The data as it is with the fragment behind it, flags 0.
    Bare,
}

/// The flags of [`Intent::parse_uri`](super::Intent::parse_uri). Any 32 bits are allowed; Android reads three.
///
/// ```
/// use tim_offline_push::intent::ParseFlags;
///
/// let flags = ParseFlags::INTENT_SCHEME | ParseFlags::ALLOW_UNSAFE;
/// assert_eq!(flags.bits(), 5);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ParseFlags(u32);

impl ParseFlags {
    /// No flag: whatever ends in `#Intent;…;end` is read as an intent, and so is the old form.
    pub const NONE: Self = Self(0);
    /// `Intent.URI_INTENT_SCHEME`: a text that begins with neither `intent:` nor `android-app:` is data and nothing else.
    pub const INTENT_SCHEME: Self = Self(1);
    /// `Intent.URI_ANDROID_APP_SCHEME`: for the parser the same as [`ParseFlags::INTENT_SCHEME`].
    pub const ANDROID_APP_SCHEME: Self = Self(2);
    /// `Intent.URI_ALLOW_UNSAFE`: keeps the flags that hand on a permission for the data URI.
    pub const ALLOW_UNSAFE: Self = Self(4);

    /// Any 32 bits as flags.
    pub const fn from_bits(bits: u32) -> Self {
        Self(bits)
    }

    /// The 32 bits.
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// Whether any flag of `other` is set.
    pub const fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl BitOr for ParseFlags {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for ParseFlags {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}
