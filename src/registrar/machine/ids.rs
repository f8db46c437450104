//! The names of attempts, sessions and taps: numbers that a host carries about and hands back.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::hash_key::HashKey;
use crate::account::{IdError, checked};
use crate::secret::Hidden;

/// Defines kinds of ids. Types of the same shape must not be mixed up; a function cannot make types.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        ///
        /// It carries the incarnation of the machine that gave it out ([`Origin::new`]), is compared by
        /// equality only, and converts to and from `u64` for foreign languages: above 0 and below 2^53, so
        /// that a JavaScript number holds it.
        // The walk hashes ids otherwise: by the order in which they appear.
        #[cfg_attr(not(test), derive(Hash))]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(u64);

        impl $name {
            /// The id as a number: the incarnation that gave it out in the upper 32 bits.
            pub const fn as_u64(self) -> u64 {
                self.0
            }
        }

        impl From<u64> for $name {
            fn from(number: u64) -> Self {
                Self(number)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:x}-{}", self.0 >> 32, self.0 & 0xffff_ffff)
            }
        }
    )*};
}

ids! {
    /// One request to a vendor SDK: a registration, or the notification channel that goes before it.
    RegistrationId
    /// One stay of one account, from login to logout. Each login makes a new one.
    SessionId
    /// One attempt to report a binding to the IM server. Each attempt has its own.
    ReportId
    /// One call that tells the IM server of foreground or background.
    PresenceId
    /// One call that reports arrivals and clicks to the IM server.
    PushEventsId
    /// One tap in the inbox. It is the one id that outlives the process: a tap which was delivered, but not
    /// handled before a crash, is delivered again under the same id.
    TapId
    /// One version of the stored snapshot.
    StoreVersion
}

impl SessionId {
    /// The id that a login after the shutdown gets.
    pub(in crate::registrar) fn none() -> Self {
        Self::from(0)
    }
}

/// One installation of the app on one device: 1 to 64 bytes, made by the host at first start and kept where a
/// backup does not restore it (`noBackupFilesDir` on Android).
///
/// A snapshot that comes back under another id was restored from a backup onto another phone, or after the
/// app's data were cleared: its tokens belong to an installation that is gone. `Debug` shows the length: the
/// id is the key of the fingerprints in a diagnosis.
///
/// ```
/// use tim_offline_push::registrar::InstallId;
///
/// let install = InstallId::new("2b0fbe5e-6c1d-4b43-9a67-a2b1a4a6e0c5")?;
/// assert_eq!(install.as_str().len(), 36);
/// assert!(InstallId::new("").is_err());
/// # Ok::<(), tim_offline_push::account::IdError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct InstallId(Hidden);

impl InstallId {
    /// The longest id in bytes.
    pub const MAX_BYTES: usize = 64;

    /// Checks and takes an id.
    ///
    /// # Errors
    /// [`IdError::Empty`] and [`IdError::TooLong`].
    pub fn new(text: impl Into<Box<str>>) -> Result<Self, IdError> {
        checked("install id", text.into(), Self::MAX_BYTES).map(Self)
    }

    /// The id of an installation that nobody tells from another.
    pub(crate) fn unknown() -> Self {
        Self(Hidden(UNKNOWN.into()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0.0
    }

    /// Whether it tells this installation from others.
    pub(super) fn is_known(&self) -> bool {
        self.as_str() != UNKNOWN
    }

    /// The key of every hash of a secret that is shown or stored.
    pub(super) fn key(&self) -> HashKey {
        HashKey::of(self.as_str().as_bytes())
    }
}

/// The id of an installation that nobody tells from another. Too long for an [`InstallId`] that a host makes.
const UNKNOWN: &str = "an installation without an id of its own, so without a key either";

/// Which machine this is: the installation it serves, and what tells it from its predecessors.
///
/// ```
/// use tim_offline_push::registrar::{InstallId, Origin};
///
/// let origin = Origin::new(InstallId::new("2b0fbe5e")?, 7).with_seed(42);
/// assert_eq!(origin.incarnation(), 7);
/// # Ok::<(), tim_offline_push::account::IdError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[must_use]
pub struct Origin {
    install: InstallId,
    incarnation: u32,
    seed: u64,
}

impl Origin {
    /// How many bits of an incarnation count. With a counter of 32 bits an id stays below 2^53.
    pub const INCARNATION_BITS: u32 = 21;

    /// The machine of this process for this installation. `incarnation` differs from one process (and
    /// machine) to the next, such as a random number: an answer to an earlier one is thereby ignored. Its
    /// lower [`Origin::INCARNATION_BITS`] count. It is the seed, too.
    pub fn new(install: InstallId, incarnation: u32) -> Self {
        Self { install, incarnation: Self::counted(incarnation), seed: incarnation.into() }
    }

    /// The bits of an incarnation that count.
    pub(in crate::registrar) const fn counted(incarnation: u32) -> u32 {
        incarnation & (u32::MAX >> (u32::BITS - Self::INCARNATION_BITS))
    }

    /// With a seed for the jitter of delays. Phones should differ in it.
    pub fn with_seed(self, seed: u64) -> Self {
        Self { seed, ..self }
    }

    /// The installation.
    pub const fn install(&self) -> &InstallId {
        &self.install
    }

    /// The incarnation as far as it counts, which is part of every id.
    pub const fn incarnation(&self) -> u32 {
        self.incarnation
    }

    /// The seed.
    pub const fn seed(&self) -> u64 {
        self.seed
    }
}
