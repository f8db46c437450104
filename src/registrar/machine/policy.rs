//! Every delay and bound of a machine.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::error_code::error_code;

/// The delays and bounds of a machine, checked. Made from [`PolicySettings`].
///
/// ```
/// use std::time::Duration;
/// use tim_offline_push::registrar::{Policy, PolicySettings};
///
/// let mut settings = PolicySettings::default();
/// settings.report = Duration::from_secs(30);
/// let policy = Policy::new(settings)?;
/// assert_eq!(policy.settings().drain, Duration::from_secs(5));
///
/// let mut settings = PolicySettings::default();
/// settings.report = Duration::ZERO;
/// assert!(Policy::new(settings).is_err());
/// # Ok::<(), tim_offline_push::registrar::PolicyError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Policy(Arc<PolicySettings>);

/// The delays and bounds of a machine, as a host writes them down. The defaults are those of the table.
///
/// | field | default | why |
/// |---|---|---|
/// | `registration` | 10 s | what TIMPush 8.5 waits for a vendor SDK (observed behaviour, read 2026-11-22) |
/// | `notification_channel` | 2 s | a local call |
/// | `report` | 15 s | a request of the IM SDK: a report, or arrivals and clicks |
/// | `settle` | 60 s | must be no shorter than the life of a request inside the IM SDK |
/// | `drain` | 5 s | how long a person waits for a logout |
/// | `store` | 2 s | a local write |
/// | `presence` | 5 s | a request nobody waits for |
/// | `backoff_*` | 1 s, doubled up to 300 s in the foreground and 3,600 s in the background, never under 0.5 s | full jitter |
/// | `slow_base` | 60 s | unknown codes, quotas, and a certificate that takes minutes to arrive |
/// | `persist_failures`, `persist_after` | 8 in a row (1 to 100) and 600 s | a short outage passes without a notice |
/// | `reassert`, `reassert_spread_percent` | 24 h ± 10 % | a binding that the server may have lost |
/// | `jitter` | full | phones that failed together must not come back together |
/// | `snapshots` | true | what is owed outlives the process |
/// | `tap_window` | 10 s | one touch that comes by a callback and by an intent |
/// | `tap_expiry` | 600 s | who tapped expects nothing any more |
/// | `tap_limit` | 8 | at most 16 |
/// | `tap_deliveries` | 3 | 1 to 100; a tap that crashes the app |
/// | `tap_fence` | hold | a tap must not be lost because another account is logged in |
/// | `push_events` | false | only where the IM client reports them |
/// | `push_event_limit` | 64 | at most 64; some days of pushes without a login |
/// | `push_event_batch` | 20 | at most 20 in one call |
/// | `push_event_attempts` | 100 | 1 to 200; no call is repeated for ever |
/// | `possibly_bound_limit` | 8 | at most 32; more accounts than one phone sees |
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct PolicySettings {
    /// How long a vendor SDK may take for a token before the next vendor is tried.
    pub registration: Duration,
    /// How long the host may take to make a notification channel.
    pub notification_channel: Duration,
    /// How long a report may take before its outcome counts as unknown, and a report of arrivals and clicks
    /// before they are reported again.
    pub report: Duration,
    /// How long a report of unknown outcome may still reach the server.
    pub settle: Duration,
    /// How long a logout waits for reports under way.
    pub drain: Duration,
    /// How long the store may take before a report goes on without it.
    pub store: Duration,
    /// How long a presence call may take.
    pub presence: Duration,
    /// The first delay of the back-off.
    pub backoff_base: Duration,
    /// By how much each delay exceeds the one before.
    pub backoff_factor: u32,
    /// The shortest delay.
    pub backoff_floor: Duration,
    /// The longest delay while the app is in the foreground, or has not said.
    pub backoff_cap_foreground: Duration,
    /// The longest delay while the app is in the background, and for what is to be retried slowly.
    pub backoff_cap_background: Duration,
    /// The first delay of what is to be retried slowly.
    pub slow_base: Duration,
    /// From how many failures in a row on a failure that was expected to pass counts as persisting, if
    /// [`persist_after`](Self::persist_after) is over as well. It is then said once, and tried again slowly:
    /// from [`slow_base`](Self::slow_base), doubled up to
    /// [`backoff_cap_background`](Self::backoff_cap_background).
    pub persist_failures: u8,
    /// How long after the first of these failures at the earliest it counts as persisting; never, if this is
    /// [`Policy::MAX_DELAY`].
    pub persist_after: Duration,
    /// After how long an acknowledged binding is reported again.
    pub reassert: Duration,
    /// By how much of `reassert` that moment varies to either side, in percent.
    pub reassert_spread_percent: u32,
    /// Whether delays are spread at random.
    pub jitter: Jitter,
    /// Whether snapshots are stored. If not, there is no [`Effect::Store`](super::Effect::Store), and doubt
    /// stands at every report: each is repeated once after the settle interval.
    pub snapshots: bool,
    /// Within how long taps of equal content count once: a vendor SDK may tell one tap by a callback and by
    /// an intent. By default 10 s.
    ///
    /// Where the vendor gives the message an id, that id is known for longer than this: as long as the tap is
    /// held, and then for as long as it is one of the last eight that are over, in later processes too.
    pub tap_window: Duration,
    /// How long a tap is held for a host or an account that does not come.
    ///
    /// A later process goes on where the earlier one ended, by the wall clock and to the second: a tap that
    /// is older than this when its snapshot is read expires at once, as it does after a clock was set
    /// forward. If that clock was set back, or is not set
    /// ([`UnixTime::FLOOR`](crate::time::UnixTime::FLOOR)), its time begins anew with the process.
    pub tap_expiry: Duration,
    /// How many taps are held. One more drops the oldest.
    pub tap_limit: usize,
    /// In how many processes a tap is delivered without being handled before it is given up: a tap that
    /// crashes the app must not do so for ever.
    pub tap_deliveries: u8,
    /// What becomes of a tap for an account that is not the one logged in.
    pub tap_fence: TapFence,
    /// Whether arrivals and clicks are kept and reported. The [`Registrar`](crate::registrar::Registrar) sets
    /// it by [`ImClient::reports_push_events`](crate::registrar::ImClient::reports_push_events).
    pub push_events: bool,
    /// How many arrivals and clicks are kept until they are confirmed. One more drops the oldest.
    pub push_event_limit: usize,
    /// How many arrivals and clicks one call reports.
    pub push_event_batch: usize,
    /// How often in one process an arrival or click is sent without being confirmed before it is given up.
    /// Codes that say that the network failed, or that nobody is logged in, are not counted.
    pub push_event_attempts: u8,
    /// How many accounts are remembered as possibly still bound. One more drops the oldest.
    pub possibly_bound_limit: usize,
}

impl Default for PolicySettings {
    fn default() -> Self {
        Self {
            registration: Duration::from_secs(10),
            notification_channel: Duration::from_secs(2),
            report: Duration::from_secs(15),
            settle: Duration::from_secs(60),
            drain: Duration::from_secs(5),
            store: Duration::from_secs(2),
            presence: Duration::from_secs(5),
            backoff_base: Duration::from_secs(1),
            backoff_factor: 2,
            backoff_floor: Duration::from_millis(500),
            backoff_cap_foreground: Duration::from_secs(300),
            backoff_cap_background: Duration::from_secs(3_600),
            slow_base: Duration::from_secs(60),
            persist_failures: 8,
            persist_after: Duration::from_secs(600),
            reassert: Duration::from_secs(24 * 3_600),
            reassert_spread_percent: 10,
            jitter: Jitter::Full,
            snapshots: true,
            tap_window: Duration::from_secs(10),
            tap_expiry: Duration::from_secs(600),
            tap_limit: 8,
            tap_deliveries: 3,
            tap_fence: TapFence::Hold,
            push_events: false,
            push_event_limit: Policy::MAX_PUSH_EVENTS,
            push_event_batch: Policy::MAX_PUSH_EVENT_BATCH,
            push_event_attempts: 100,
            possibly_bound_limit: 8,
        }
    }
}

/// Whether delays are spread at random.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Jitter {
    /// Each delay is drawn evenly between the shortest and the longest it may be.
    #[default]
    Full,
    /// Each delay is the longest it may be. For tests: phones that failed together would come back together.
    Off,
}

/// What becomes of a tap that is (stated or assumed to be) for an account which is not the one logged in. It
/// never goes to the wrong account as if it were its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TapFence {
    /// It is held until that account logs in, or the tap expires.
    #[default]
    Hold,
    /// It is dropped.
    Drop,
    /// It is delivered as [`Receiver::NotYours`](super::Receiver::NotYours), so that the host can offer to
    /// switch.
    NotYours,
}

impl Policy {
    /// The longest delay any field may have: 30 days.
    pub const MAX_DELAY: Duration = Duration::from_secs(30 * 24 * 3_600);
    /// The longest wait that a server may ask for. A longer one counts as this.
    pub const MAX_RETRY_AFTER: Duration = Duration::from_secs(24 * 3_600);
    /// The most taps that can be held.
    pub const MAX_TAPS: usize = 16;
    /// The heaviest tap that is held, in bytes of [`Tap::weight`](crate::notification::Tap::weight). Vendors
    /// carry 4 KiB.
    pub const MAX_TAP_BYTES: usize = 16 * 1024;
    /// The most arrivals and clicks that can be kept.
    pub const MAX_PUSH_EVENTS: usize = 64;
    /// The most arrivals and clicks in one call.
    pub const MAX_PUSH_EVENT_BATCH: usize = 20;
    /// The oldest arrival or click that is kept: 30 days, which is as far back as Tencent's statistics can be
    /// asked for.
    pub const MAX_PUSH_EVENT_AGE: Duration = Duration::from_secs(30 * 24 * 3_600);
    /// The most accounts that can be remembered as possibly still bound.
    pub const MAX_POSSIBLY_BOUND: usize = 32;

    /// Checks the settings.
    ///
    /// # Errors
    /// [`PolicyError`] with the first field that is out of range.
    pub fn new(settings: PolicySettings) -> Result<Self, PolicyError> {
        let delays = [
            ("registration", settings.registration),
            ("notification_channel", settings.notification_channel),
            ("report", settings.report),
            ("settle", settings.settle),
            ("drain", settings.drain),
            ("store", settings.store),
            ("presence", settings.presence),
            ("backoff_base", settings.backoff_base),
            ("backoff_floor", settings.backoff_floor),
            ("backoff_cap_foreground", settings.backoff_cap_foreground),
            ("backoff_cap_background", settings.backoff_cap_background),
            ("slow_base", settings.slow_base),
            ("persist_after", settings.persist_after),
            ("reassert", settings.reassert),
            ("tap_window", settings.tap_window),
            ("tap_expiry", settings.tap_expiry),
        ];
        let range = Duration::from_millis(1)..=Self::MAX_DELAY;
        if let Some((field, _)) = delays.into_iter().find(|(_, delay)| !range.contains(delay)) {
            return Err(PolicyError::Delay { field });
        }
        let has_floor = |field: &str| field.starts_with("backoff_") || field == "slow_base";
        let is_low = |(field, delay): &(&str, Duration)| has_floor(field) && *delay < settings.backoff_floor;
        if let Some((field, _)) = delays.into_iter().find(is_low) {
            return Err(PolicyError::UnderFloor { field });
        }
        let count = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        let accounts = count(settings.possibly_bound_limit);
        let counts = [
            ("backoff_factor", u64::from(settings.backoff_factor), 1, 10),
            ("persist_failures", settings.persist_failures.into(), 1, 100),
            ("reassert_spread_percent", settings.reassert_spread_percent.into(), 0, 50),
            ("tap_limit", count(settings.tap_limit), 1, count(Self::MAX_TAPS)),
            ("tap_deliveries", settings.tap_deliveries.into(), 1, 100),
            ("push_event_limit", count(settings.push_event_limit), 1, count(Self::MAX_PUSH_EVENTS)),
            ("push_event_batch", count(settings.push_event_batch), 1, count(Self::MAX_PUSH_EVENT_BATCH)),
            ("push_event_attempts", settings.push_event_attempts.into(), 1, 200),
            ("possibly_bound_limit", accounts, 1, count(Self::MAX_POSSIBLY_BOUND)),
        ];
        if let Some((field, _, least, most)) =
            counts.into_iter().find(|(_, count, least, most)| count < least || count > most)
        {
            return Err(PolicyError::Count { field, least, most });
        }
        Ok(Self(Arc::new(settings)))
    }

    /// The policy of a registrar that may have no store, and whose IM client may not report push events.
    pub(in crate::registrar) fn adapted(self, has_store: bool, push_events: bool) -> Self {
        let snapshots = self.0.snapshots && has_store;
        // What is the default stays one in memory.
        if (self.0.snapshots, self.0.push_events) == (snapshots, push_events) {
            return self;
        }
        Self(Arc::new(PolicySettings { snapshots, push_events, ..PolicySettings::clone(&self.0) }))
    }

    /// The settings, to read.
    pub fn settings(&self) -> &PolicySettings {
        &self.0
    }
}

impl Default for Policy {
    /// The default settings. All policies made in this way are one in memory.
    fn default() -> Self {
        static DEFAULT: LazyLock<Policy> = LazyLock::new(|| Policy(Arc::new(PolicySettings::default())));
        DEFAULT.clone()
    }
}

/// Which setting is out of range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum PolicyError {
    /// A delay is out of range.
    #[error("policy {field}: expected 1 ms to 30 days")]
    Delay {
        /// The field.
        field: &'static str,
    },
    /// A delay of the back-off is shorter than its floor.
    #[error("policy {field}: shorter than backoff_floor")]
    UnderFloor {
        /// The field.
        field: &'static str,
    },
    /// A number is out of range.
    #[error("policy {field}: expected {least} to {most}")]
    Count {
        /// The field.
        field: &'static str,
        /// The least it may be.
        least: u64,
        /// The most it may be.
        most: u64,
    },
}

impl PolicyError {
    /// A stable short name, for bridges.
    pub fn code(&self) -> String {
        error_code("policy", self)
    }
}
