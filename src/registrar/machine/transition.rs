//! The regions, their named states, and the last changes between them.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::SessionId;
use crate::time::MonotonicTime;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Region {
    /// Which vendor.
    Election,
    /// Which account.
    Session,
    /// What was reported of the standard token.
    Binding,
    /// What was reported of the VoIP token.
    VoipBinding,
    /// The snapshot.
    Store,
    /// Foreground and background.
    Presence,
    /// Arrivals and clicks.
    Receipts,
}

impl Region {
    /// All regions.
    pub const ALL: &'static [Self] = &[
        Self::Election,
        Self::Session,
        Self::Binding,
        Self::VoipBinding,
        Self::Store,
        Self::Presence,
        Self::Receipts,
    ];
}

/// The region in words.
impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::VoipBinding { f.pad("VoIP binding") } else { self.serialize(f) }
    }
}

/// The named states of all regions. Which event does what in which of them stands in the
/// [table](crate::registrar::table).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
    /// Binding, receipts: nothing to report.
    Idle,
    /// Binding: the intent is being stored before the report.
    Storing,
    /// Binding, receipts: a report is under way.
    Reporting,
    /// Binding: what is wanted is acknowledged.
    Bound,
    /// Binding, receipts: another attempt comes later.
    Waiting,
    /// Binding: no attempt until something changes.
    Parked,
    /// Store: all is stored.
    Clean,
    /// Store: a write is under way.
    Writing,
    /// Store: the last write failed, and is tried again later.
    Dirty,
    /// Presence: the host has not said.
    Unknown,
    /// Presence: in the foreground.
    Foreground,
    /// Presence: in the background.
    Background,
    /// Receipts: what is kept waits for its account's login.
    Kept,
}

/// The name as the table writes it, which is that of the variant.
impl fmt::Display for StateName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{self:?}"))
    }
}

/// The named state of each region, in the order of [`Region::ALL`], and the session.
pub(super) type StateNames = ([StateName; 7], Option<SessionId>);

/// The last transitions, oldest first, behind the places that are free.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Transitions([Option<Transition>; 8]);

impl Transitions {
    /// Adds what has changed, in the place of the oldest if there is no other.
    pub(super) fn note(&mut self, before: StateNames, after: StateNames, at: MonotonicTime) {
        let names = before.0.into_iter().zip(after.0);
        for (region, (from, to)) in Region::ALL.iter().copied().zip(names) {
            if from != to || region == Region::Session && before.1 != after.1 {
                self.0.rotate_left(1);
                if let Some(newest) = self.0.last_mut() {
                    *newest = Some(Transition { region, from, to, at });
                }
            }
        }
    }

    pub(super) fn pop(&mut self) -> Option<Transition> {
        self.0.iter_mut().find_map(Option::take)
    }
}
