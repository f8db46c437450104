//! One call of a host, and the lane it goes on.

use std::fmt;

use super::hosts::fenced;
use super::line::TARGET;
use crate::registrar::queue::Pending;
use crate::registrar::{Effect, Machine, Release, Transition, Verdict};
use crate::time::MonotonicTime;
use crate::vendor::Vendor;

/// What waits for a logout.
pub(super) type LogoutCallback = Box<dyn FnOnce(Release) + Send>;

/// Something to do outside of the lock.
pub(super) enum Call {
    /// Tell the observers of an event.
    Handled { event: &'static str, verdict: Verdict },
    /// Tell the observers of a transition.
    Moved(Transition),
    /// Carry out what the machine asked for.
    Effect(Effect),
    /// Release a logout: the first callback may log out, the others come too late for that.
    Release(Vec<LogoutCallback>, Release),
    /// Set the alarm clock.
    Wake(Option<MonotonicTime>),
}

/// The calls of one lane never overlap. One lane for each host object, and one for each vendor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lane {
    Observers,
    Im,
    Vendor(Vendor),
    Store,
    NotificationChannels,
    Taps,
    Badge,
    Logout,
    Scheduler,
}

impl Lane {
    pub(super) const fn host(self) -> &'static str {
        match self {
            Self::Observers => "an observer",
            Self::Im => "the IM client",
            Self::Vendor(_) => "a vendor SDK",
            Self::Store => "the store",
            Self::NotificationChannels => "the notification channels",
            Self::Taps => "the tap handler",
            Self::Badge => "the badge",
            Self::Logout => "the callback of a logout",
            Self::Scheduler => "the scheduler",
        }
    }
}

impl Machine {
    /// The next thing to do on a lane that is free. What is to be done on the others stays, in its order, and is as
    /// fresh as can be when its turn comes.
    pub(super) fn poll_effect_on(&mut self, is_free: impl Fn(Lane) -> bool) -> Option<Effect> {
        let mut index = 0_usize;
        loop {
            let lane = self.lane(self.effects.get(index)?);
            if !lane.is_none_or(&is_free) {
                index = index.saturating_add(1);
                continue;
            }
            let effect = self.effects.remove(index).and_then(|pending| self.complete(pending));
            if effect.is_some() {
                return effect;
            }
        }
    }

    /// The lane of what is to be done; none if it has become pointless.
    fn lane(&self, pending: &Pending) -> Option<Lane> {
        Some(match pending {
            Pending::Report(_) | Pending::Presence(_) => Lane::Im,
            Pending::Register(id) => Lane::Vendor(self.request(*id)?.0),
            Pending::Unregister(vendor) => Lane::Vendor(*vendor),
            Pending::Store(_) => Lane::Store,
            Pending::Ensure(_) => Lane::NotificationChannels,
            Pending::Deliver(_) => Lane::Taps,
            Pending::Badge(_) | Pending::Clear => Lane::Badge,
            Pending::Release { .. } => Lane::Logout,
            Pending::Notice(..) | Pending::VendorNotice(_) | Pending::TapNotice(_) => Lane::Observers,
        })
    }
}

impl Call {
    pub(super) const fn lane(&self) -> Lane {
        match self {
            Self::Handled { .. } | Self::Moved(_) | Self::Effect(Effect::Notice(_)) => Lane::Observers,
            Self::Effect(effect) => match effect {
                Effect::Report { .. } | Effect::EnterForeground { .. } | Effect::EnterBackground { .. } => {
                    Lane::Im
                }
                Effect::RegisterVendor { vendor, .. } | Effect::UnregisterVendor { vendor } => {
                    Lane::Vendor(*vendor)
                }
                Effect::Store { .. } => Lane::Store,
                Effect::EnsureNotificationChannel { .. } => Lane::NotificationChannels,
                Effect::DeliverTap { .. } => Lane::Taps,
                Effect::SetBadge { .. } | Effect::ClearNotifications => Lane::Badge,
                Effect::ReleaseLogout { .. } => Lane::Logout,
                Effect::Notice(_) => Lane::Observers,
            },
            Self::Release(..) => Lane::Logout,
            Self::Wake(_) => Lane::Scheduler,
        }
    }
}

/// Gives the release to the first who waits; to the others there is nothing left to log out.
pub(super) fn run_release(callbacks: Vec<LogoutCallback>, release: Release) {
    let mut release = release;
    let host = Lane::Logout.host();
    fenced(host, || {
        log::debug!(
            target: TARGET,
            "release the logout of {}: clean {}, superseded {}",
            release.session(), release.is_clean(), release.is_superseded()
        );
    });
    for callback in callbacks {
        fenced(host, || callback(release));
        release = Release::new(release.session(), release.is_clean(), true);
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Call").field(&self.lane()).finish()
    }
}
