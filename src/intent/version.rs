use std::fmt;

/// Which Android's behaviour is wanted: an API level from 23 (Android 6) to 36 (Android 16), and one platform
/// switch.
///
/// Methods that take none use [`AndroidVersion::NEWEST`]. The [module's documentation](super) lists what
/// differs. The releases 23, 29, 31, 33, 34, 35 and 36 were compared; a level between two of them behaves as
/// the later one, but `identifier=` is known to have come with 29
/// (<https://developer.android.com/sdk/api_diff/29-incr/changes/android.content.Intent>, read 2026-11-22).
///
/// ```
/// use tim_offline_push::intent::AndroidVersion;
///
/// let android_14 = AndroidVersion::new(34).ok_or("unknown")?;
/// assert!(android_14 < AndroidVersion::NEWEST);
/// assert_eq!(AndroidVersion::new(22), None);
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[must_use]
pub struct AndroidVersion {
    api_level: u8,
    app_intent_encoding: bool,
}

impl AndroidVersion {
    /// API level 23, Android 6.
    pub const OLDEST: Self = Self { api_level: 23, app_intent_encoding: false };

    /// API level 36, Android 16.
    pub const NEWEST: Self = Self { api_level: 36, app_intent_encoding: true };

    /// The version with this API level, if it is one from 23 to 36.
    pub const fn new(api_level: u8) -> Option<Self> {
        if api_level < Self::OLDEST.api_level || api_level > Self::NEWEST.api_level {
            return None;
        }
        Some(Self { api_level, app_intent_encoding: api_level >= 35 })
    }

    /// Sets the platform flag `encode_app_intent`, which came with API level 35: whether the data's parts in
    /// an `android-app:` URI are percent-encoded on writing and decoded on reading. On by default from 35 on;
    /// whether release builds have it on was not checked on a device. Before 35 it has no effect.
    pub const fn with_app_intent_encoding(self, on: bool) -> Self {
        Self { api_level: self.api_level, app_intent_encoding: on && self.api_level >= 35 }
    }

    /// The API level.
    pub const fn api_level(self) -> u8 {
        self.api_level
    }

    /// Whether the data's parts in an `android-app:` URI are encoded and decoded.
    pub const fn app_intent_encoding(self) -> bool {
        self.app_intent_encoding
    }

    /// Whether the release has what came with an API level: the [module's documentation](super) lists it.
    pub(super) const fn since(self, api_level: u8) -> bool {
        self.api_level >= api_level
    }
}

impl fmt::Display for AndroidVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "API {}", self.api_level)
    }
}
