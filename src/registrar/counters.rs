//! What a machine counts and remembers for reports. No decision hangs on it.

use std::collections::VecDeque;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::Serialize;

use crate::time::MonotonicTime;
use crate::vendor::{Explanation, ImCode, Remedy, Vendor, VendorCode, explain};

/// Counters and the last codes and transitions. Never decides anything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Counters {
    /// Events that counted.
    pub applied: u32,
    /// Events that were well formed and did not count.
    pub ignored: u32,
    /// Of these, answers to attempts that were over.
    pub stale: u32,
    /// Events that were malformed.
    pub refused: u32,
    /// Requests to vendor SDKs.
    pub registrations: u32,
    /// Of these, without a token in time.
    pub registrations_timed_out: u32,
    /// Of these, refused by the SDK.
    pub registrations_failed: u32,
    /// Tokens taken.
    pub tokens: u32,
    /// Reports begun.
    pub reports: u32,
    /// Of these, acknowledged.
    pub reports_done: u32,
    /// Of these, answered by an error.
    pub reports_failed: u32,
    /// Of these, of unknown outcome: never answered, or answered by an error that leaves it open.
    pub reports_unknown: u32,
    /// Snapshots handed out to be stored.
    pub stores: u32,
    /// Of these, failed or not in time.
    pub stores_failed: u32,
    /// Presence calls begun.
    pub presence_calls: u32,
    /// Taps taken in.
    pub taps: u32,
    /// Taps delivered.
    pub taps_delivered: u32,
    /// Taps told twice.
    pub taps_duplicate: u32,
    /// Taps dropped because too many were held.
    pub taps_dropped: u32,
    /// Taps given up.
    pub taps_expired: u32,
    /// Accounts dropped from those possibly still bound, because there were too many.
    pub possibly_bound_dropped: u32,
    /// Effects dropped because the host did not take them.
    pub effects_dropped: u32,
    /// The last code of the IM SDK or server.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_im_code: Option<ImCode>,
    /// The last code of a vendor SDK.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_vendor_code: Option<(Vendor, VendorCode)>,
    /// How often in a row that vendor gave it, without a token of that vendor in between. What other vendors answer
    /// does not count, of the last two others. At most 255.
    pub last_vendor_code_repeats: u32,
    #[serde(skip)]
    repeats: Repeats,
    #[serde(skip)]
    pub(super) jitter_draws: u64,
    #[serde(skip)]
    transitions: Transitions,
}

/// How often in a row vendors gave their last code, the latest vendor first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Repeats([Option<Repeat>; 3]);

/// Small, since every machine has room for three.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Repeat {
    vendor: Vendor,
    times: u8,
    /// A digest of the code. Two codes that share it are counted as one, which a hint may bear.
    code: [u8; 2],
}

impl Repeats {
    /// Counts a code, and says how often in a row its vendor gave it.
    fn count(&mut self, vendor: Vendor, code: &VendorCode) -> u8 {
        let mut hasher = DefaultHasher::new();
        code.hash(&mut hasher);
        let [low, high, ..] = hasher.finish().to_le_bytes();
        let code = [low, high];
        let before = self.take(vendor).filter(|known| known.code == code).map_or(0, |known| known.times);
        let times = before.saturating_add(1);
        self.0.rotate_right(1);
        if let Some(latest) = self.0.first_mut() {
            *latest = Some(Repeat { vendor, times, code });
        }
        times
    }

    /// Takes a vendor out, and moves its empty place to the end.
    fn take(&mut self, vendor: Vendor) -> Option<Repeat> {
        let is_its = |known: &Option<Repeat>| known.is_some_and(|known| known.vendor == vendor);
        let place = self.0.iter().position(is_its)?;
        let (_, from_it) = self.0.split_at_mut_checked(place)?;
        from_it.rotate_left(1);
        from_it.last_mut().and_then(Option::take)
    }
}

/// Room for the last transitions, all of it from the start.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Transitions(VecDeque<Transition>);

impl Default for Transitions {
    fn default() -> Self {
        Self(VecDeque::with_capacity(Counters::KEPT))
    }
}

impl Counters {
    /// How many transitions are kept.
    const KEPT: usize = 8;

    pub(super) fn push_transition(&mut self, transition: Transition) {
        if self.transitions.0.len() >= Self::KEPT {
            self.transitions.0.pop_front();
        }
        self.transitions.0.push_back(transition);
    }

    pub(super) fn pop_transition(&mut self) -> Option<Transition> {
        self.transitions.0.pop_front()
    }

    pub(super) fn note_vendor_code(&mut self, vendor: Vendor, code: VendorCode) {
        self.last_vendor_code_repeats = self.repeats.count(vendor, &code).into();
        self.last_vendor_code = Some((vendor, code));
    }

    /// A vendor's SDK gave a token: its last code does not persist.
    pub(super) fn end_vendor_code(&mut self, vendor: Vendor) {
        self.repeats.take(vendor);
        if self.last_vendor_code.as_ref().is_some_and(|(last, _)| *last == vendor) {
            self.last_vendor_code_repeats = 0;
        }
    }

    /// What unblocks the last vendor code, now that it has come so often; none while it has not, or if nothing else
    /// helps.
    pub(crate) fn persisting(&self) -> Option<Remedy> {
        let (vendor, code) = self.last_vendor_code.as_ref()?;
        let persists = self.last_vendor_code_repeats >= Explanation::PERSISTS;
        explain(*vendor, code).remedy_if_it_persists().filter(|_| persists)
    }

    /// The next number of the sequence that jitter is drawn from.
    pub(super) fn draw(&mut self) -> u64 {
        let draw = self.jitter_draws;
        self.jitter_draws = draw.wrapping_add(1);
        draw
    }
}

/// One region of the machine changed its named state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Transition {
    /// The region.
    pub region: Region,
    /// The state it left.
    pub from: StateName,
    /// The state it is in. The same as `from` where one session took the place of another.
    pub to: StateName,
    /// When.
    pub at: MonotonicTime,
}

impl fmt::Display for Transition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} -> {}", self.region, self.from, self.to)
    }
}

/// A part of the machine with states of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Region {
    /// Which vendor.
    Election,
    /// Which account.
    Session,
    /// What the server was told of the standard token.
    Binding,
    /// What the server was told of the VoIP token.
    VoipBinding,
    /// The snapshot.
    Store,
    /// Foreground and background.
    Presence,
}

impl Region {
    /// All regions.
    pub const ALL: [Self; 6] =
        [Self::Election, Self::Session, Self::Binding, Self::VoipBinding, Self::Store, Self::Presence];

    /// The region in words.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Election => "election",
            Self::Session => "session",
            Self::Binding => "binding",
            Self::VoipBinding => "VoIP binding",
            Self::Store => "store",
            Self::Presence => "presence",
        }
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The named states of all regions. Which event does what in which of them stands in the [table](super::table).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum StateName {
    /// Election: no configuration yet.
    Unconfigured,
    /// Election: the user has not agreed.
    AwaitingConsent,
    /// Election: nothing is known of the phone yet.
    Electing,
    /// Election: a vendor SDK was asked for a token.
    Registering,
    /// Election: the token of a vendor is in hand.
    Elected,
    /// Election: every vendor failed, and is tried again later.
    BackingOff,
    /// Election: every vendor failed, until something changes.
    Stalled,
    /// Election: no vendor can be used on this phone.
    Unsupported,
    /// Session: nobody is logged in.
    LoggedOut,
    /// Session: an account is logged in.
    LoggedIn,
    /// Session: a logout waits for what is under way.
    Draining,
    /// Binding: nothing to report.
    Idle,
    /// Binding: the intent is being stored before the report.
    Storing,
    /// Binding: a report is under way.
    Reporting,
    /// Binding: what is wanted is acknowledged.
    Bound,
    /// Binding: another attempt comes later.
    Waiting,
    /// Binding: no attempt until something changes.
    Parked,
    /// Store: all is stored.
    Clean,
    /// Store: a write is under way.
    Writing,
    /// Store: the last write failed, and is tried again later.
    Dirty,
    /// Presence: the host has not told.
    Unknown,
    /// Presence: in the foreground.
    Foreground,
    /// Presence: in the background.
    Background,
}

impl StateName {
    /// The name as the table writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unconfigured => "Unconfigured",
            Self::AwaitingConsent => "AwaitingConsent",
            Self::Electing => "Electing",
            Self::Registering => "Registering",
            Self::Elected => "Elected",
            Self::BackingOff => "BackingOff",
            Self::Stalled => "Stalled",
            Self::Unsupported => "Unsupported",
            Self::LoggedOut => "LoggedOut",
            Self::LoggedIn => "LoggedIn",
            Self::Draining => "Draining",
            Self::Idle => "Idle",
            Self::Storing => "Storing",
            Self::Reporting => "Reporting",
            Self::Bound => "Bound",
            Self::Waiting => "Waiting",
            Self::Parked => "Parked",
            Self::Clean => "Clean",
            Self::Writing => "Writing",
            Self::Dirty => "Dirty",
            Self::Unknown => "Unknown",
            Self::Foreground => "Foreground",
            Self::Background => "Background",
        }
    }
}

impl fmt::Display for StateName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
