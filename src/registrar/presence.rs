//! What is known of foreground, background and the badge.

use super::{PresenceId, StateName, Unread};
use crate::time::MonotonicTime;

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct PresenceRegion {
    /// Where the app is, once the host has told.
    pub(super) place: Option<Place>,
    /// The unread count, once the host has told for this account.
    pub(super) unread: Option<Unread>,
    /// What the server has acknowledged in this session.
    pub(super) told: Option<Presence>,
    pub(super) call: Option<Call>,
    pub(super) retry_at: Option<MonotonicTime>,
    pub(super) failures: u8,
    /// The server will not have it: nothing more before the next change.
    pub(super) refused: bool,
    /// The number at the app's icon, as far as this process has set it.
    pub(super) badge: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Place {
    Foreground,
    Background,
}

/// What the server is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Presence {
    Foreground,
    Background(Unread),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Call {
    pub(super) id: PresenceId,
    pub(super) presence: Presence,
    pub(super) deadline: MonotonicTime,
}

impl PresenceRegion {
    pub(super) const fn name(&self) -> StateName {
        match self.place {
            None => StateName::Unknown,
            Some(Place::Foreground) => StateName::Foreground,
            Some(Place::Background) => StateName::Background,
        }
    }

    pub(super) fn deadlines(&self) -> [Option<MonotonicTime>; 2] {
        [self.call.map(|call| call.deadline), self.retry_at]
    }

    /// Nothing more is called, and no answer is waited for.
    pub(super) const fn end_calls(&mut self) {
        self.call = None;
        self.told = None;
        self.begin_anew();
    }

    pub(super) const fn begin_anew(&mut self) {
        self.retry_at = None;
        self.failures = 0;
        self.refused = false;
    }

    pub(super) fn wanted(&self) -> Option<Presence> {
        self.place.map(|place| match place {
            Place::Foreground => Presence::Foreground,
            Place::Background => Presence::Background(self.unread.unwrap_or_default()),
        })
    }
}
