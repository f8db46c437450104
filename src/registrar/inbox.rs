//! What is known of taps: those held, and those that are over.

use super::TapId;
use super::over::Over;
use crate::account::UserId;
use crate::notification::{DedupeKey, Tap};
use crate::time::{MonotonicTime, UnixTime};

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Inbox {
    /// The host can take taps.
    pub(super) ready: bool,
    /// Oldest first.
    pub(super) held: Vec<HeldTap>,
    /// What came a moment ago, oldest first: the same again does not count.
    pub(super) recent: Vec<Recent>,
    /// What is over, by message: the same message does not count again, in this process or a later one.
    pub(super) over: Over,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct HeldTap {
    pub(super) id: TapId,
    pub(super) tap: Tap,
    /// Whose it is assumed to be, if nobody says.
    pub(super) assumed: Option<UserId>,
    pub(super) stage: Stage,
    pub(super) expires: MonotonicTime,
    /// When it was first held, in whichever process; unknown without a wall clock that is set.
    pub(super) since: Option<UnixTime>,
    /// In how many processes it was delivered.
    pub(super) deliveries: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Stage {
    Held,
    /// Its delivery waits for the host to take it.
    Queued,
    Delivered,
}

/// What came, and until when the same again does not count.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Recent {
    pub(super) key: DedupeKey,
    pub(super) until: MonotonicTime,
}

impl HeldTap {
    /// Whose it is, as stated or assumed.
    pub(super) fn owner(&self) -> Option<&UserId> {
        self.tap.account().or(self.assumed.as_ref())
    }

    /// It is given up. What nobody has seen yet may still be told again.
    pub(super) fn give_up(&self, over: &mut Over) {
        if self.deliveries > 0 {
            over.add(&self.tap);
        }
    }
}

impl Inbox {
    pub(super) fn stage(&self, id: TapId) -> Option<Stage> {
        self.held.iter().find(|held| held.id == id).map(|held| held.stage)
    }

    pub(super) fn deadline(&self) -> Option<MonotonicTime> {
        self.held.iter().map(|held| held.expires).min()
    }

    pub(super) fn remember(&mut self, tap: &Tap, until: MonotonicTime) {
        self.recent.push(Recent { key: tap.dedupe_key(), until });
    }
}
