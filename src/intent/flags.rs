use std::fmt;
use std::ops::{BitAnd, BitOr, Not};

/// The flags of an intent, 32 bits.
///
/// The constants are those that an app may set when it starts an activity, with Android's names without
/// `FLAG_`; values as in <https://developer.android.com/reference/android/content/Intent> (read 2026-11-22).
/// Any bits are allowed.
///
/// ```
/// use tim_offline_push::intent::IntentFlags;
///
/// let flags = IntentFlags::ACTIVITY_NEW_TASK | IntentFlags::ACTIVITY_CLEAR_TOP;
/// assert_eq!(flags.bits(), 0x1400_0000);
/// assert!(flags.contains(IntentFlags::ACTIVITY_CLEAR_TOP));
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IntentFlags(u32);

impl IntentFlags {
    /// No flag.
    pub const NONE: Self = Self(0);
    /// The receiver may read the data URI.
    pub const GRANT_READ_URI_PERMISSION: Self = Self(0x1);
    /// The receiver may write to the data URI.
    pub const GRANT_WRITE_URI_PERMISSION: Self = Self(0x2);
    /// A permission granted with the intent may be persisted.
    pub const GRANT_PERSISTABLE_URI_PERMISSION: Self = Self(0x40);
    /// A permission granted with the intent holds for every URI below.
    pub const GRANT_PREFIX_URI_PERMISSION: Self = Self(0x80);
    /// Starts only the one activity that needs no chooser.
    pub const ACTIVITY_REQUIRE_DEFAULT: Self = Self(0x200);
    /// Starts only an activity that is no browser.
    pub const ACTIVITY_REQUIRE_NON_BROWSER: Self = Self(0x400);
    /// An instant app may be looked for.
    pub const ACTIVITY_MATCH_EXTERNAL: Self = Self(0x800);
    /// Opens beside the current activity on a split screen.
    pub const ACTIVITY_LAUNCH_ADJACENT: Self = Self(0x1000);
    /// Stays in the recents list after it finished.
    pub const ACTIVITY_RETAIN_IN_RECENTS: Self = Self(0x2000);
    /// Lies above the home screen.
    pub const ACTIVITY_TASK_ON_HOME: Self = Self(0x4000);
    /// Clears the task before it starts.
    pub const ACTIVITY_CLEAR_TASK: Self = Self(0x8000);
    /// Starts without an animation.
    pub const ACTIVITY_NO_ANIMATION: Self = Self(0x1_0000);
    /// Brings a running activity to the front.
    pub const ACTIVITY_REORDER_TO_FRONT: Self = Self(0x2_0000);
    /// The start is not a user's action.
    pub const ACTIVITY_NO_USER_ACTION: Self = Self(0x4_0000);
    /// Opens a task of its own in the recents list.
    pub const ACTIVITY_NEW_DOCUMENT: Self = Self(0x8_0000);
    /// Resets the task.
    pub const ACTIVITY_RESET_TASK_IF_NEEDED: Self = Self(0x20_0000);
    /// Stays out of the recents list.
    pub const ACTIVITY_EXCLUDE_FROM_RECENTS: Self = Self(0x80_0000);
    /// The starting activity does not count as the top one.
    pub const ACTIVITY_PREVIOUS_IS_TOP: Self = Self(0x100_0000);
    /// The started activity answers in place of the starting one.
    pub const ACTIVITY_FORWARD_RESULT: Self = Self(0x200_0000);
    /// Finishes everything above a running instance and delivers the intent to it.
    pub const ACTIVITY_CLEAR_TOP: Self = Self(0x400_0000);
    /// A new task even if one exists.
    pub const ACTIVITY_MULTIPLE_TASK: Self = Self(0x800_0000);
    /// Starts a task, or finds the one that runs it already.
    pub const ACTIVITY_NEW_TASK: Self = Self(0x1000_0000);
    /// Not started again if it is at the top already.
    pub const ACTIVITY_SINGLE_TOP: Self = Self(0x2000_0000);
    /// Leaves no trace in the history.
    pub const ACTIVITY_NO_HISTORY: Self = Self(0x4000_0000);

    /// The four flags that hand on a permission for the data URI. Reading a URI drops them, unless asked not
    /// to.
    pub const URI_PERMISSIONS: Self = Self(
        Self::GRANT_READ_URI_PERMISSION.0
            | Self::GRANT_WRITE_URI_PERMISSION.0
            | Self::GRANT_PERSISTABLE_URI_PERMISSION.0
            | Self::GRANT_PREFIX_URI_PERMISSION.0,
    );

    /// Any 32 bits as flags.
    pub const fn from_bits(bits: u32) -> Self {
        Self(bits)
    }

    /// The 32 bits. Android's `int` is the same bits read as a signed number.
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// Whether every flag of `other` is set.
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether any flag of `other` is set.
    pub const fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether no flag is set.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl BitOr for IntentFlags {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitAnd for IntentFlags {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl Not for IntentFlags {
    type Output = Self;

    fn not(self) -> Self {
        Self(!self.0)
    }
}

impl fmt::Debug for IntentFlags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IntentFlags({:#x})", self.0)
    }
}

impl fmt::LowerHex for IntentFlags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::LowerHex::fmt(&self.0, f)
    }
}

/// The three ways in which [`Intent::to_uri`](super::Intent::to_uri) writes an intent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "Android has these three, one for each value of two flag bits")]
pub enum UriScheme {
    /// `intent:…#Intent;scheme=…;…;end`, `Intent.URI_INTENT_SCHEME`.
    #[default]
    Intent,
    /// `android-app://package/scheme/host/path#Intent;…;end`, `Intent.URI_ANDROID_APP_SCHEME`.
    AndroidApp,
    /// The data as it is with the fragment after it, flags 0.
    Bare,
}

/// The flags of [`Intent::parse_uri`](super::Intent::parse_uri). Any 32 bits are allowed; Android reads
/// three.
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
    /// `Intent.URI_INTENT_SCHEME`: a text that begins with neither `intent:` nor `android-app:` is data and
    /// nothing else.
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
