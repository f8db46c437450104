//! The pure state machine: no trait, lock, callback, thread or clock.
//!
//! Each region owns its state in a file of its own and touches no other. What a region must know of another
//! comes as an argument from here: `dispatch` passes an event to those it is about, and `reconcile` lets each
//! begin what is owed, the one place where regions meet. What is due waits in the outbox as a kind; its
//! content is made when the host takes it, so that what an effect says is true at that time.

mod accounts;
mod binding;
mod call;
mod configuration;
mod context;
mod counters;
mod diagnosis;
mod diagnosis_file;
mod dispatch;
mod effect;
mod election;
mod event;
mod hash_key;
mod ids;
mod inbox;
mod kinds;
mod notice;
mod outbox;
mod policy;
mod presence;
mod problems;
mod receipts;
mod registration;
mod rules;
mod session;
mod snapshot;
mod status;
mod storage;
#[cfg(any(test, fuzzing))]
#[doc(hidden)]
pub(super) mod tests;
mod tokens;
mod transition;
mod troubles;
mod verdict;
mod wanted;

use std::io::ErrorKind;

use self::accounts::Accounts;
use self::binding::{BindingState, Bindings};
use self::call::{Answer, Call, Streak, Wait};
use self::configuration::Setup;
use self::context::Context;
use self::counters::{add, count};
use self::election::Election;
use self::inbox::Inbox;
use self::kinds::{Kinds, PerKind};
use self::outbox::Queued;
use self::presence::PresenceRegion;
use self::receipts::Receipts;
use self::registration::Registrations;
use self::rules::{Rule, holds};
use self::session::SessionRegion;
use self::storage::Storage;
use self::tokens::Tokens;
use self::transition::{StateNames, Transitions};
use self::verdict::STALE;
use self::wanted::{Wanted, target};
use crate::account::UserId;
use crate::time::{MonotonicTime, Now};
use crate::vendor::{TokenKind, VendorSet};

pub use self::diagnosis_file::DiagnosisError;
pub use configuration::{Configuration, Importance, NotificationChannel};
pub use counters::Counters;
pub use diagnosis::{Belief, BeliefStatus, Blocker, Diagnosis, DoubtStatus, RegionStatus, TokenStatus};
pub use effect::{Binding, Effect, Lane, Receiver};
pub use event::{Event, Lost, Unread};
pub use ids::{
    InstallId, Origin, PresenceId, PushEventsId, RegistrationId, ReportId, SessionId, StoreVersion, TapId,
};
pub use notice::{Cause, Notice, NoticeCode, TapExpiry};
pub use policy::{Jitter, Policy, PolicyError, PolicySettings, TapFence};
pub use snapshot::{Restored, Snapshot};
pub use transition::{Region, StateName, Transition};
pub use verdict::{EventError, IgnoredReason, Verdict};

/// The registrar without its driver: tell it what happened, then take what is to be done, then wait until it
/// is due.
///
/// 1. [`Machine::handle`] for each thing that happened, [`Machine::handle_timeout`] when
///    [`Machine::poll_timeout`] is reached.
/// 2. [`Machine::poll_effect`] until it returns nothing. Effects not taken stay for the next time.
/// 3. [`Machine::poll_timeout`] says when to come back at the latest.
///
/// ```
/// use std::sync::Arc;
/// use tim_offline_push::account::UserId;
/// use tim_offline_push::certificate::{BusinessId, Certificates};
/// use tim_offline_push::device::DeviceFacts;
/// use tim_offline_push::registrar::{
///     Configuration, Effect, Event, InstallId, Machine, Origin, Policy,
/// };
/// use tim_offline_push::secret::Secret;
/// use tim_offline_push::time::{MonotonicTime, Now, UnixTime};
/// use tim_offline_push::vendor::{TokenKind, Vendor};
///
/// let origin = Origin::new(InstallId::new("2b0fbe5e")?, 1);
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
    state: State,
    context: Context,
    transitions: Transitions,
}

/// All that decides. `Debug` shows no token and no account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct State {
    setup: Setup,
    tokens: Tokens,
    election: Election,
    registrations: Registrations,
    session: SessionRegion,
    accounts: Accounts,
    bindings: Bindings,
    storage: Storage,
    presence: PresenceRegion,
    inbox: Inbox,
    receipts: Receipts,
}

/// No snapshot, and no sign of a fresh installation either: the machine begins in doubt.
const UNREADABLE: &[u8] = b"?";

impl Machine {
    /// The version of snapshots that this crate writes.
    pub const SNAPSHOT_VERSION: u32 = 1;
    /// The longest snapshot that is written or read, in bytes.
    pub const MAX_SNAPSHOT_BYTES: usize = 2 * 1024 * 1024;

    /// A machine for a fresh installation, of which nothing was ever reported. Where that is not certain, use
    /// [`Machine::restore`].
    pub fn new(origin: Origin, policy: Policy) -> Self {
        let context = Context::new(origin, policy);
        Self { state: snapshot::fresh(), context, transitions: Transitions::default() }
    }

    /// The machine that stored these bytes, logged out; or a new one if they are empty or no snapshot. Total
    /// on any bytes. Members and elements of lists that do not read are left out ([`Restored::InPart`]); the
    /// rest is taken up.
    ///
    /// `now` begins the settle interval, if there was doubt when the snapshot was taken.
    pub fn restore(origin: Origin, policy: Policy, bytes: &[u8], now: Now) -> (Self, Restored) {
        Self::restore_or(origin, policy, Ok(bytes), now)
    }

    /// The same, where the store may not have been read: what it holds is then unknown.
    pub(super) fn restore_or(
        origin: Origin,
        policy: Policy,
        bytes: Result<&[u8], ErrorKind>,
        now: Now,
    ) -> (Self, Restored) {
        let mut context = Context::new(origin, policy);
        context.advance(now);
        let (state, restored) = snapshot::restore(&mut context, bytes.unwrap_or(UNREADABLE), bytes.err());
        let mut machine = Self { state, context, transitions: Transitions::default() };
        machine.state.reconcile(&mut machine.context);
        (machine, restored)
    }

    /// Tells what happened, and when. A clock that shows less than before counts as not having moved.
    pub fn handle(&mut self, now: Now, event: Event) -> Verdict {
        self.context.advance(now);
        let before = self.state_names();
        let verdict = self.state.dispatch(&mut self.context, event);
        if verdict.is_applied() {
            self.reconcile(before);
        }
        self.context.counters_mut().count_verdict(verdict);
        verdict
    }

    /// Does what is due. Harmless when nothing is, and when called early or often.
    pub fn handle_timeout(&mut self, now: Now) {
        self.context.advance(now);
        if self.poll_timeout().is_some_and(|deadline| self.context.is_due(deadline)) {
            let before = self.state_names();
            self.state.timeout(&mut self.context);
            self.reconcile(before);
        }
    }

    /// The next thing to do. What has become pointless meanwhile is left out: above all a report of a session
    /// that is over.
    pub fn poll_effect(&mut self) -> Option<Effect> {
        self.poll_effect_on(|_| true)
    }

    /// The next thing to do for a host object whose lane is free. What is due for the others stays, in its
    /// order.
    ///
    /// Call it right before the host call begins: an effect counts as taken from here on, and what it says is
    /// true now. A request that is not taken for as long as its answer may take is withdrawn
    /// ([`NoticeCode::HostBusy`]) and due again later.
    pub fn poll_effect_on(&mut self, is_free: impl Fn(Lane) -> bool) -> Option<Effect> {
        while let Some(queued) = self.context.outbox_mut().take(&is_free) {
            if let Some(effect) = self.state.take(&mut self.context, queued) {
                let before = self.state_names();
                self.state.lane_moved(&mut self.context, effect.lane());
                self.reconcile(before);
                return Some(effect);
            }
        }
        None
    }

    /// The vendors whose SDK has been called and has not returned. It changes nothing but what is said of
    /// them.
    pub(super) const fn set_inside_hosts(&mut self, vendors: VendorSet) {
        self.context.set_inside_hosts(vendors);
    }

    /// A host has returned from a call, so it is not busy.
    pub(super) fn host_returned(&mut self, lane: Lane) {
        self.context.outbox_mut().end_busy(lane);
    }

    /// The lane of the next thing to do for a host object that is free, if anything is left to do there.
    pub(super) fn next_lane_on(&self, is_free: impl Fn(Lane) -> bool) -> Option<Lane> {
        self.context.outbox().next_lane(is_free)
    }

    /// When [`Machine::handle_timeout`] is to be called at the latest. May change with every call of another
    /// method.
    pub fn poll_timeout(&self) -> Option<MonotonicTime> {
        let state = &self.state;
        let deadlines = [
            state.election.deadline(),
            state.registrations.deadline(),
            state.session.deadline(),
            state.bindings.deadline(),
            state.storage.deadline(),
            state.presence.deadline(),
            state.inbox.deadline(),
            state.receipts.deadline(),
        ];
        deadlines.into_iter().flatten().min().filter(|deadline| *deadline < MonotonicTime::MAX)
    }

    /// The last transitions, oldest first, each once. At most eight are kept.
    pub fn poll_transition(&mut self) -> Option<Transition> {
        self.transitions.pop()
    }

    /// What must outlive the process. The host need not call it: [`Effect::Store`] carries it whenever it has
    /// changed.
    pub fn snapshot(&self) -> Snapshot {
        snapshot::encode(&self.state, &self.context)
    }

    /// Where the machine stands, as of the last call that carried a time.
    pub fn diagnose(&self) -> Diagnosis {
        status::diagnose(&self.state, &self.context)
    }

    /// Where the machine stands now. The time goes on by that, and nothing else does.
    pub fn diagnose_at(&mut self, now: Now) -> Diagnosis {
        self.context.advance(now);
        self.diagnose()
    }

    /// Whether both are in the same state: given the same policy, time and events, they do the same from here
    /// on. What was counted, and effects that were not taken, are no part of it.
    pub fn is_in_state_of(&self, other: &Self) -> bool {
        self.state == other.state
    }

    /// All that only reports.
    pub const fn counters(&self) -> &Counters {
        self.context.counters()
    }

    /// The delays and bounds.
    pub const fn policy(&self) -> &Policy {
        self.context.policy()
    }

    /// The session that is logged in or draining.
    pub fn session(&self) -> Option<SessionId> {
        self.state.session.current().map(session::Session::id)
    }

    /// The account that is logged in or draining.
    pub fn account(&self) -> Option<&UserId> {
        self.state.session.current().map(session::Session::account)
    }

    /// The accounts that the server may still push to here, oldest first.
    pub fn possibly_bound(&self) -> impl Iterator<Item = &UserId> {
        self.state.accounts.possibly_bound().chain(self.state.session.possibly_bound())
    }

    fn state_names(&self) -> StateNames {
        (wanted::names(&self.state), self.session())
    }

    /// Begins what is owed, and notes what has changed since.
    fn reconcile(&mut self, before: StateNames) {
        self.state.reconcile(&mut self.context);
        self.transitions.note(before, self.state_names(), self.context.now());
    }
}

impl State {
    /// Compares what is with what should be, in every region, and begins what is owed.
    fn reconcile(&mut self, cx: &mut Context) {
        let wants_voip = wanted::wants_voip(self);
        self.registrations.drive(cx, &self.setup, &self.election, wants_voip);
        for kind in Kinds::ALL.iter() {
            let wanted = target(self, kind).map(Wanted::of);
            self.bindings.of_mut(kind).refresh_wanted(cx, wanted);
        }
        self.drive_drain(cx);
        let account = self.session.user();
        let is_draining = self.session.name() == StateName::Draining;
        let may_report = account.is_some() || is_draining && !holds(Rule::DrainStartsNothing);
        self.bindings.drive(cx, may_report, self.session.id(), self.storage.intents());
        cx.set_background(self.presence.is_background());
        self.presence.drive(cx, account.is_some(), wanted::max_badge(self));
        self.inbox.drive(cx, account);
        self.receipts.drive(cx, account.filter(|_| self.setup.has_consent()));
        let is_awaited =
            self.receipts.is_storing() || !self.bindings.kinds(BindingState::is_storing).is_empty();
        self.storage.drive(cx, snapshot::digest(self), is_awaited);
        if self.storage.is_clean() {
            self.receipts.all_stored(cx);
        }
    }

    /// What is due as the host gets it, or nothing if it has become pointless.
    fn take(&mut self, cx: &mut Context, queued: Queued) -> Option<Effect> {
        Some(match queued {
            Queued::Register(vendor, kind) => self.registrations.take(cx, vendor, kind)?,
            Queued::Unregister(vendor) => self.registrations.take_unregister(vendor)?,
            Queued::EnsureNotificationChannel(vendor) => {
                let spec = self.setup.notification_channel(vendor)?.clone();
                let id = self.registrations.take_channel(cx, vendor)?;
                Effect::EnsureNotificationChannel { id, spec }
            }
            Queued::Store => {
                let intents = self.bindings.intents(self.session.id());
                let version = self.storage.take(cx, snapshot::digest(self), intents)?;
                Effect::Store { version, snapshot: snapshot::encode(self, cx) }
            }
            Queued::Report(kind) => return self.take_report(cx, kind),
            Queued::Release(session) => return self.take_release(cx, session),
            Queued::Superseded { session, settles_at } => {
                let clean = settles_at <= cx.now() || !holds(Rule::UncleanDrainTold);
                Effect::ReleaseLogout { session, clean, superseded: true }
            }
            Queued::Presence => self.presence.take(cx)?,
            Queued::Badge => Effect::SetBadge { count: self.presence.take_badge()? },
            Queued::DeliverTap(id) => self.inbox.take(cx, id, self.session.user())?,
            Queued::ClearNotifications => Effect::ClearNotifications,
            Queued::PushEvents => {
                let account = self.session.user().filter(|_| self.setup.has_consent());
                self.receipts.take(cx, account)?
            }
            Queued::Notice(notice) => Effect::Notice(notice.timed(cx.settings())),
        })
    }

    /// The report carries what is wanted now, which its stored intent covers, and is credited with that.
    fn take_report(&mut self, cx: &mut Context, kind: TokenKind) -> Option<Effect> {
        let target = target(self, kind)?;
        let token = target.map(|(held, _)| held.digest());
        let binding = Binding::new(kind, target.map(|(held, id)| (id, held.token().clone())));
        let held = self.session.current()?.held().contains(kind);
        let id = self.bindings.of_mut(kind).take(cx, token, held)?;
        self.session.note_held(|known| known.set(kind, held || token.is_some()));
        Some(Effect::Report { id, binding })
    }

    fn take_release(&mut self, cx: &mut Context, session: SessionId) -> Option<Effect> {
        let unsettled = self.bindings.unsettled();
        let Some((clean, left)) = self.session.take_release(session, unsettled) else {
            let is_stale = !holds(Rule::ReleaseJudgedWhenTaken);
            return is_stale.then_some(Effect::ReleaseLogout { session, clean: true, superseded: false });
        };
        if let Some((account, kinds)) = left {
            self.accounts.remember(cx, account, kinds);
            self.accounts.notice_possibly_bound(cx);
        }
        Some(Effect::ReleaseLogout { session, clean, superseded: false })
    }

    /// Something was taken from a lane: its host is not busy, and what was withdrawn there is queued again.
    fn lane_moved(&mut self, cx: &mut Context, lane: Lane) {
        cx.outbox_mut().end_busy(lane);
        // To each of the other lanes goes one request alone.
        if lane == Lane::ImClient {
            self.bindings.both_mut().into_iter().for_each(BindingState::lane_moved);
            self.presence.lane_moved();
        } else if let Lane::Vendor(vendor) = lane {
            let current = self.election.proposal();
            self.registrations.lane_moved(vendor, current);
        }
    }
}
