//! What is due, in order, until the host takes it.

use super::{Lane, Notice, SessionId, TapId};
use crate::time::MonotonicTime;
use crate::vendor::{TokenKind, Vendor};

/// One kind of thing that is due. Its content is made when the host takes it, and it is left out if the
/// region that it belongs to no longer waits for that: each kind stands here at most once, and removing it is
/// never necessary.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Queued {
    Register(Vendor, TokenKind),
    Unregister(Vendor),
    EnsureNotificationChannel(Vendor),
    Store,
    Report(TokenKind),
    /// A logout may go on, unless that session is superseded before this is taken.
    Release(SessionId),
    /// The session ended in another way while its logout waited, which nothing changes any more. Its reports
    /// can land until then.
    Superseded {
        session: SessionId,
        settles_at: MonotonicTime,
    },
    Presence,
    Badge,
    DeliverTap(TapId),
    ClearNotifications,
    PushEvents,
    Notice(Notice),
}

impl Queued {
    const fn lane(&self) -> Lane {
        match self {
            Self::Register(vendor, _) | Self::Unregister(vendor) => Lane::Vendor(*vendor),
            Self::EnsureNotificationChannel(_) => Lane::NotificationChannels,
            Self::Store => Lane::Store,
            Self::Report(_) | Self::Presence => Lane::ImClient,
            Self::Release(_) | Self::Superseded { .. } => Lane::Logout,
            Self::Badge | Self::ClearNotifications => Lane::Badge,
            Self::DeliverTap(_) => Lane::Taps,
            Self::PushEvents => Lane::PushEvents,
            Self::Notice(_) => Lane::Observer,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Outbox {
    queue: Vec<Queued>,
    /// The lanes whose host was said to be busy, and from which nothing was taken since, sorted.
    busy: Vec<Lane>,
}

impl Outbox {
    /// From how many entries on the oldest notice makes room for the next entry.
    ///
    /// Nothing else is ever left out. The rest is few by itself: each kind stands here once, `DeliverTap`
    /// once for each tap held, and a release for each logout that the host has requested, so that only a host
    /// that goes on without ever taking effects makes this longer.
    const FULL: usize = 64;

    /// With room for the effects of most events.
    pub(super) fn new() -> Self {
        Self { queue: Vec::with_capacity(5), busy: Vec::new() }
    }

    /// Adds what is due, unless it stands here already. Whether a notice was dropped to make room.
    pub(super) fn push(&mut self, queued: Queued) -> bool {
        if let Queued::Unregister(vendor) = queued {
            // A registration from before must not come out after it, should it become due again.
            self.queue.retain(|known| !matches!(known, Queued::Register(other, _) if *other == vendor));
        }
        if self.queue.contains(&queued) {
            return false;
        }
        let oldest = self.queue.iter().position(|queued| matches!(queued, Queued::Notice(_)));
        let dropped = oldest.filter(|_| self.queue.len() >= Self::FULL).map(|at| self.queue.remove(at));
        self.queue.push(queued);
        dropped.is_some()
    }

    /// The release of this session says from now on that it was superseded.
    pub(super) fn supersede(&mut self, session: SessionId, settles_at: MonotonicTime) {
        if let Some(queued) = self.queue.iter_mut().find(|queued| **queued == Queued::Release(session)) {
            *queued = Queued::Superseded { session, settles_at };
        }
    }

    /// Removes the first entry whose lane is free.
    pub(super) fn take(&mut self, is_free: impl Fn(Lane) -> bool) -> Option<Queued> {
        let place = self.queue.iter().position(|queued| is_free(queued.lane()))?;
        Some(self.queue.remove(place))
    }

    /// The lane of the first entry whose lane is free.
    pub(super) fn next_lane(&self, is_free: impl Fn(Lane) -> bool) -> Option<Lane> {
        self.queue.iter().map(Queued::lane).find(|lane| is_free(*lane))
    }

    /// Something was taken from a lane: its host is not busy.
    pub(super) fn end_busy(&mut self, lane: Lane) {
        self.busy.retain(|busy| *busy != lane);
    }

    /// The lanes whose host was said to be busy, and from which nothing was taken since, in their usual
    /// order.
    pub(super) fn busy(&self) -> impl Iterator<Item = Lane> {
        let vendors = Vendor::ALL.iter().copied().map(Lane::Vendor).filter(|lane| self.busy.contains(lane));
        let is_other = |lane: &Lane| !matches!(lane, Lane::Vendor(_));
        vendors.chain(self.busy.iter().copied().filter(is_other))
    }

    /// A lane's host has not taken a request in time. It is said once, until something is taken from that
    /// lane.
    pub(super) fn host_busy(&mut self, lane: Lane) -> bool {
        let Err(place) = self.busy.binary_search(&lane) else { return false };
        self.busy.insert(place, lane);
        self.push(Queued::Notice(Notice::busy(lane)))
    }
}
