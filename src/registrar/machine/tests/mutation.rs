//! Wrappers at the seam, each of which makes a sound machine look broken in one way.

use std::time::Duration;

use crate::registrar::{Effect, Event, Policy, PresenceId};

/// A wrapper at the seam.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mutation {
    /// A lost report is taken for a done one.
    LossIsSuccess,
    /// A refused report is taken for a done one.
    RefusalIsSuccess,
    /// The machine never hears of kicks and expiries.
    DeafToKicks,
    /// Every report goes out twice.
    ReportsTwice,
    /// A logout is never let go on.
    NeverReleases,
    /// A logout is always called clean.
    AlwaysClean,
    /// Foreground is passed again when the session has ended.
    PresenceAfterwards,
    /// The badge stays when the session has ended.
    BadgeStays,
    /// Every tap is delivered twice.
    DeliversTwice,
    /// An acknowledged binding is never asserted again.
    NeverReasserts,
    /// Nothing is waited for after a report of unknown outcome.
    ShortSettle,
    /// Another attempt comes at once.
    EagerBackoff,
    /// After a crash the snapshot is taken for another installation's.
    ForeignInstall,
    /// After a crash the snapshot is not found.
    Forgetful,
    /// SDKs are started before the user agrees.
    AssumesConsent,
    /// That arrivals and clicks were taken is never heard.
    DeafToReceipts,
}

impl Mutation {
    /// What the machine is reported in place of an event.
    pub(super) fn events(self, event: Event) -> Vec<Event> {
        match (self, event) {
            (Self::LossIsSuccess, Event::ReportLost { id, .. })
            | (Self::RefusalIsSuccess, Event::ReportFailed { id, .. }) => vec![Event::ReportDone { id }],
            (Self::DeafToKicks, Event::KickedOff { .. } | Event::CredentialExpired { .. })
            | (Self::DeafToReceipts, Event::PushEventsReported { .. }) => Vec::new(),
            (Self::AssumesConsent, event @ Event::DeviceFacts(_)) => vec![event, Event::ConsentGranted],
            (_, event) => vec![event],
        }
    }

    /// What the environment is asked for in place of an effect.
    pub(super) fn effects(self, effect: Effect) -> Vec<Effect> {
        match (self, effect) {
            (Self::ReportsTwice, effect @ Effect::Report { .. })
            | (Self::DeliversTwice, effect @ Effect::DeliverTap { .. }) => vec![effect.clone(), effect],
            (Self::NeverReleases, Effect::ReleaseLogout { .. })
            | (Self::BadgeStays, Effect::SetBadge { count: 0 }) => Vec::new(),
            (Self::AlwaysClean, Effect::ReleaseLogout { session, superseded, .. }) => {
                vec![Effect::ReleaseLogout { session, superseded, clean: true }]
            }
            (Self::PresenceAfterwards, effect @ Effect::ClearNotifications) => {
                vec![effect, Effect::EnterForeground { id: PresenceId::from(1) }]
            }
            (_, effect) => vec![effect],
        }
    }

    /// What the machine is given as its policy.
    pub(super) fn policy(self, policy: Policy) -> Policy {
        let mut settings = policy.settings().clone();
        match self {
            Self::NeverReasserts => settings.reassert = Duration::from_secs(30 * 24 * 3_600),
            Self::ShortSettle => settings.settle = Duration::from_millis(1),
            Self::EagerBackoff => {
                settings.backoff_floor = Duration::from_millis(1);
                settings.backoff_base = Duration::from_millis(1);
                settings.backoff_cap_foreground = Duration::from_millis(1);
                settings.backoff_cap_background = Duration::from_millis(1);
                settings.slow_base = Duration::from_millis(1);
            }
            _ => return policy,
        }
        Policy::new(settings).expect("delays in range")
    }

    /// What a new process finds in place of the snapshot.
    pub(super) fn snapshot(self, bytes: Vec<u8>) -> Vec<u8> {
        if self == Self::Forgetful { Vec::new() } else { bytes }
    }
}

/// What a mutation makes of an event or effect; without one it stays as it is.
pub(super) fn mutated<T>(
    mutation: Option<Mutation>,
    one: T,
    rewrite: fn(Mutation, T) -> Vec<T>,
) -> impl Iterator<Item = T> {
    let (one, many) = match mutation {
        None => (Some(one), Vec::new()),
        Some(mutation) => (None, rewrite(mutation, one)),
    };
    one.into_iter().chain(many)
}
