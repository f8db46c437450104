//! The door to the machine.

use std::collections::VecDeque;
use std::time::Duration;

use super::id::IdSource;
use super::queue::{self, Pending};
use super::rules::Rules;
use super::{
    Counters, Diagnosis, Effect, Event, IgnoredReason, Incarnation, InstallId, Policy, Region, Restored,
    SessionId, Snapshot, State, StateName, Transition, Verdict,
};
use crate::account::UserId;
use crate::time::{MonotonicTime, Now};

/// Which machine this is: the installation it serves, and what tells it from its predecessors.
///
/// ```
/// use tim_offline_push::registrar::{Incarnation, InstallId, Origin};
///
/// let origin = Origin::new(InstallId::new("2b0fbe5e")?, Incarnation::new(7)).with_seed(42);
/// assert_eq!(origin.incarnation().as_u32(), 7);
/// # Ok::<(), tim_offline_push::registrar::InstallIdError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Origin {
    install: InstallId,
    incarnation: Incarnation,
    seed: u64,
}

impl Origin {
    /// The machine of this process for this installation. The seed is the incarnation's number.
    pub fn new(install: InstallId, incarnation: Incarnation) -> Self {
        Self { install, incarnation, seed: incarnation.as_u32().into() }
    }

    /// With a seed for the jitter of delays. Phones should differ in it.
    #[must_use]
    pub fn with_seed(self, seed: u64) -> Self {
        Self { seed, ..self }
    }

    /// The installation.
    pub const fn install(&self) -> &InstallId {
        &self.install
    }

    /// The incarnation, which is part of every id.
    pub const fn incarnation(&self) -> Incarnation {
        self.incarnation
    }

    /// The seed.
    pub const fn seed(&self) -> u64 {
        self.seed
    }
}

/// The registrar without its driver: tell it what happened, then take what is to be done, then wait until it is due.
///
/// 1. [`Machine::handle`] for each thing that happened, [`Machine::handle_timeout`] when [`Machine::poll_timeout`] is
///    reached.
/// 2. [`Machine::poll_effect`] until it returns nothing. Effects not taken stay for the next time.
/// 3. [`Machine::poll_timeout`] says when to come back at the latest.
///
/// ```
/// use std::sync::Arc;
/// use tim_offline_push::account::UserId;
/// use tim_offline_push::certificate::{BusinessId, Certificates};
/// use tim_offline_push::device::DeviceFacts;
/// use tim_offline_push::registrar::{
///     Configuration, Effect, Event, Incarnation, InstallId, Machine, Origin, Policy,
/// };
/// use tim_offline_push::secret::Secret;
/// use tim_offline_push::time::{MonotonicTime, Now, UnixTime};
/// use tim_offline_push::vendor::{TokenKind, Vendor};
///
/// let origin = Origin::new(InstallId::new("2b0fbe5e")?, Incarnation::new(1));
/// let mut machine = Machine::new(origin, Policy::default());
/// let now = Now::new(MonotonicTime::from_millis(1_000), UnixTime::from_secs(1_800_000_000));
///
/// let certificates = Certificates::new().with(Vendor::Fcm, BusinessId::new(30210)?);
/// let phone = DeviceFacts::from_getprop("[ro.product.brand]: [google]")?;
/// machine.handle(now, Event::Configured(Arc::new(Configuration::new(certificates, [Vendor::Fcm]))));
/// machine.handle(now, Event::DeviceFacts(Arc::new(phone)));
/// assert!(matches!(machine.poll_effect(), Some(Effect::RegisterVendor { vendor: Vendor::Fcm, .. })));
///
/// machine.handle(now, Event::LoggedIn { account: UserId::new("alice")? });
/// let text = Secret::new("fUjyKUVSR4O7Tq2fRNDQ:APA91bE");
/// machine.handle(now, Event::Token { vendor: Vendor::Fcm, kind: TokenKind::Standard, text });
/// // Everybody answers well.
/// while let Some(effect) = machine.poll_effect() {
///     match effect {
///         Effect::Store { version, .. } => machine.handle(now, Event::Stored { version }),
///         Effect::Report { id, .. } => machine.handle(now, Event::ReportDone { id }),
///         other => unreachable!("{other:?}"),
///     };
/// }
/// assert!(machine.diagnose().reachable);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Machine {
    pub(super) state: State,
    pub(super) counters: Counters,
    pub(super) policy: Policy,
    pub(super) origin: Origin,
    pub(super) ids: IdSource,
    pub(super) rules: Rules,
    pub(super) now: Now,
    pub(super) effects: VecDeque<Pending>,
}

impl Machine {
    /// The version of snapshots that this crate writes.
    pub const SNAPSHOT_VERSION: u32 = 1;
    /// The longest snapshot that is written or read, in bytes.
    pub const MAX_SNAPSHOT_BYTES: usize = 2 * 1024 * 1024;

    /// A machine for a fresh installation, of which nothing was ever reported. Where that is not certain, use
    /// [`Machine::restore`].
    pub fn new(origin: Origin, policy: Policy) -> Self {
        Self {
            state: State::default(),
            counters: Counters::default(),
            policy,
            ids: IdSource::new(origin.incarnation()),
            origin,
            rules: Rules::DESIGN,
            now: Now::default(),
            effects: queue::empty(),
        }
    }

    /// The machine that stored these bytes, logged out; or a new one if they are empty or no snapshot. Total on any
    /// bytes. Members and elements of lists that do not read are left out ([`Restored::InPart`]); the rest is taken up.
    ///
    /// `now` begins the settle interval, if there was doubt when the snapshot was taken.
    #[must_use]
    pub fn restore(origin: Origin, policy: Policy, bytes: &[u8], now: Now) -> (Self, Restored) {
        let mut machine = Self::new(origin, policy);
        machine.now = now;
        let restored = machine.resume(bytes);
        machine.settle_down();
        (machine, restored)
    }

    /// Tells what happened, and when. A clock that shows less than before counts as not having moved.
    pub fn handle(&mut self, now: Now, event: Event) -> Verdict {
        self.advance(now);
        let before = self.state.names();
        let session = self.session();
        let verdict = self.dispatch(event);
        match verdict {
            Verdict::Applied => {
                self.counters.applied = self.counters.applied.saturating_add(1);
                self.settle_down();
                self.note_transitions(before, session);
            }
            Verdict::Ignored(reason) => {
                self.counters.ignored = self.counters.ignored.saturating_add(1);
                if reason == IgnoredReason::Stale {
                    self.counters.stale = self.counters.stale.saturating_add(1);
                }
            }
            Verdict::Refused(_) => self.counters.refused = self.counters.refused.saturating_add(1),
        }
        verdict
    }

    /// Does what is due. Harmless when nothing is, and when called early or often.
    pub fn handle_timeout(&mut self, now: Now) {
        self.advance(now);
        if !self.poll_timeout().is_some_and(|deadline| self.is_due(deadline)) {
            return;
        }
        let before = self.state.names();
        let session = self.session();
        self.election_timeout();
        // Before the store's, which may begin a report that then counts as one without doubt before it.
        self.doubt_timeout();
        self.store_timeout();
        self.binding_timeout();
        self.session_timeout();
        self.presence_timeout();
        self.inbox_timeout();
        self.settle_down();
        self.note_transitions(before, session);
    }

    /// The next thing to do. What has become pointless meanwhile is left out: above all a report of a session that is
    /// over.
    pub fn poll_effect(&mut self) -> Option<Effect> {
        while let Some(pending) = self.effects.pop_front() {
            if let Some(effect) = self.complete(pending) {
                return Some(effect);
            }
        }
        None
    }

    /// When [`Machine::handle_timeout`] is to be called at the latest. May change with every call of another method.
    pub fn poll_timeout(&self) -> Option<MonotonicTime> {
        self.next_deadline()
    }

    /// The last transitions, oldest first, each once. At most eight are kept.
    pub fn poll_transition(&mut self) -> Option<Transition> {
        self.counters.pop_transition()
    }

    /// What must outlive the process. The host need not call it: [`Effect::Store`] carries it whenever it has changed.
    pub fn snapshot(&self) -> Snapshot {
        self.encode()
    }

    /// Where the machine stands, as of the last call that carried a time.
    pub fn diagnose(&self) -> Diagnosis {
        Diagnosis::of(self)
    }

    /// All that decides.
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// All that only reports.
    pub const fn counters(&self) -> &Counters {
        &self.counters
    }

    /// The delays and bounds.
    pub const fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Which machine this is.
    pub const fn origin(&self) -> &Origin {
        &self.origin
    }

    /// The session that is logged in or draining.
    pub fn session(&self) -> Option<SessionId> {
        self.state.session.current().map(|session| session.id)
    }

    /// The account that is logged in or draining.
    pub fn account(&self) -> Option<&UserId> {
        self.state.session.current().map(|session| &session.account)
    }

    /// The accounts that the server may still push to here, oldest first.
    pub fn possibly_bound(&self) -> impl Iterator<Item = &UserId> {
        self.state.possibly_bound.iter()
    }

    fn dispatch(&mut self, event: Event) -> Verdict {
        match event {
            Event::Configured(configuration) => self.configured(configuration),
            Event::ConsentGranted => self.consent_granted(),
            Event::ConsentWithdrawn => self.consent_withdrawn(),
            Event::DeviceFacts(facts) => self.device_facts(facts),
            Event::Token { vendor, kind, text } => self.token(vendor, kind, &text),
            Event::VendorFailed { id, code } => self.vendor_failed(id, code),
            Event::TokenInvalid { vendor, kind } => self.token_invalid(vendor, kind),
            Event::NotificationChannelReady { id } => self.notification_channel_ready(id),
            Event::NotificationChannelFailed { id } => self.notification_channel_failed(id),
            Event::LoggedIn { account } => self.logged_in(account),
            Event::LogoutRequested { session } => self.logout_requested(session),
            Event::LoggedOut { session }
            | Event::KickedOff { session }
            | Event::CredentialExpired { session } => self.session_ended(session),
            Event::PushDisabled => self.push_toggled(true),
            Event::PushEnabled => self.push_toggled(false),
            Event::ReportDone { id } => self.report_done(id),
            Event::ReportFailed { id, code, retry_after } => self.report_failed(id, code, retry_after),
            Event::ReportLost { id } => self.report_lost(id),
            Event::Stored { version } => self.stored(version),
            Event::StoreFailed { version } => self.store_failed(version),
            Event::Foreground => self.foreground(),
            Event::Background { unread } => self.background(unread),
            Event::Unread { unread } => self.unread(unread),
            Event::PresenceDone { id } => self.presence_done(id),
            Event::PresenceFailed { id, code } => self.presence_failed(id, code),
            Event::Tapped(tap) => self.tapped(tap),
            Event::TapHandled { id } => self.tap_handled(id),
            Event::HostReady => self.host_ready(),
            Event::NetworkUp => self.network_up(),
            Event::UserRetry => self.user_retry(),
        }
    }

    /// Compares what is with what should be, in every region, and begins what is owed.
    pub(super) fn settle_down(&mut self) {
        self.compare();
        self.drive_drain();
        self.drive_binding();
        self.drive_presence();
        self.drive_inbox();
        self.drive_store();
    }

    fn push_toggled(&mut self, disabled: bool) -> Verdict {
        if self.state.push_disabled == disabled {
            return Verdict::Ignored(IgnoredReason::Unchanged);
        }
        self.state.push_disabled = disabled;
        self.begin_anew();
        self.touch();
        Verdict::Applied
    }

    fn network_up(&mut self) -> Verdict {
        let binding = self.hurry_binding();
        let election = self.hurry_election();
        let presence = self.hurry_presence(false);
        Self::hurried(binding || election || presence)
    }

    fn user_retry(&mut self) -> Verdict {
        let binding = self.retry_binding();
        let election = self.retry_election();
        let presence = self.hurry_presence(true);
        let store = self.hurry_store();
        Self::hurried(binding || election || presence || store)
    }

    const fn hurried(something: bool) -> Verdict {
        if something { Verdict::Applied } else { Verdict::Ignored(IgnoredReason::NothingWaits) }
    }

    fn note_transitions(&mut self, before: [StateName; 6], session: Option<SessionId>) {
        let after = self.state.names();
        let at = self.now.monotonic();
        let is_other_session = self.session() != session;
        for (region, (from, to)) in Region::ALL.into_iter().zip(before.into_iter().zip(after)) {
            if from != to || (region == Region::Session && is_other_session) {
                self.counters.push_transition(Transition { region, from, to, at });
            }
        }
    }

    /// Time never runs backwards here.
    fn advance(&mut self, now: Now) {
        self.now = Now::new(self.now.monotonic().max(now.monotonic()), now.wall());
    }

    pub(super) fn in_time(&self, delay: Duration) -> MonotonicTime {
        self.now.monotonic().saturating_add(delay)
    }

    /// A deadline at the end of time never comes.
    pub(super) fn is_due(&self, deadline: MonotonicTime) -> bool {
        deadline <= self.now.monotonic() && deadline < MonotonicTime::MAX
    }
}
