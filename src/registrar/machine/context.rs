//! What every region works with and none owns: the time, the policy, ids, counters and the outbox; and how
//! long to wait before another attempt.

use std::time::Duration;

use super::hash_key::HashKey;
use super::outbox::Outbox;
use super::troubles::{KeepsFailing, Troubles};
use super::{
    Cause, Counters, Jitter, Lane, Notice, NoticeCode, Origin, Policy, PolicySettings, Queued, count,
};
use crate::time::{MonotonicTime, Now, UnixTime};
use crate::vendor::{ImCode, Pace, TokenKind, Vendor, VendorSet};

#[derive(Clone, Debug)]
pub(super) struct Context {
    now: Now,
    /// The first time that the host gave.
    started: Option<MonotonicTime>,
    /// Whether the app is in the background, where the back-off has a longer cap.
    in_background: bool,
    /// The vendors whose SDK has not returned from a call. It decides nothing but what is said.
    inside_hosts: VendorSet,
    policy: Policy,
    origin: Origin,
    /// Outside of the state, since no decision depends on the value of an id.
    last_id: u32,
    counters: Counters,
    troubles: Troubles,
    outbox: Outbox,
}

impl Context {
    pub(super) fn new(origin: Origin, policy: Policy) -> Self {
        Self {
            now: Now::default(),
            started: None,
            in_background: false,
            inside_hosts: VendorSet::EMPTY,
            policy,
            last_id: 0,
            origin,
            counters: Counters::default(),
            troubles: Troubles::new(),
            outbox: Outbox::new(),
        }
    }

    /// Time never runs backwards here.
    pub(super) fn advance(&mut self, now: Now) {
        self.started.get_or_insert_with(|| now.monotonic());
        self.now = Now::new(self.now.monotonic().max(now.monotonic()), now.wall());
        self.troubles.advance(self.now.monotonic());
    }

    pub(super) const fn set_background(&mut self, in_background: bool) {
        self.in_background = in_background;
    }

    pub(super) const fn started(&self) -> Option<MonotonicTime> {
        self.started
    }

    pub(super) const fn policy(&self) -> &Policy {
        &self.policy
    }

    pub(super) const fn origin(&self) -> &Origin {
        &self.origin
    }

    pub(super) const fn outbox(&self) -> &Outbox {
        &self.outbox
    }

    pub(super) const fn outbox_mut(&mut self) -> &mut Outbox {
        &mut self.outbox
    }

    /// The vendors whose SDK has been called and has not returned, where that is known.
    pub(super) const fn set_inside_hosts(&mut self, vendors: VendorSet) {
        self.inside_hosts = vendors;
    }

    /// How long ago that was; unknown before the host gave any time.
    pub(super) fn since(&self, time: Option<MonotonicTime>) -> Option<Duration> {
        time.map(|time| self.now().saturating_since(time))
    }

    pub(super) const fn now(&self) -> MonotonicTime {
        self.now.monotonic()
    }

    /// What the wall clock shows, if there is one and it is set.
    pub(super) fn wall(&self) -> Option<UnixTime> {
        Some(self.now.wall()).filter(|wall| wall.is_set())
    }

    pub(super) fn in_time(&self, delay: Duration) -> MonotonicTime {
        self.now.monotonic().saturating_add(delay)
    }

    /// A deadline at the end of time never comes.
    pub(super) fn is_due(&self, deadline: MonotonicTime) -> bool {
        deadline <= self.now.monotonic() && deadline < MonotonicTime::MAX
    }

    pub(super) fn settings(&self) -> &PolicySettings {
        self.policy.settings()
    }

    pub(super) fn hash_key(&self) -> HashKey {
        self.origin.install().key()
    }

    /// Another id: the incarnation in the upper half, a counter in the lower.
    pub(super) fn next_id<T: From<u64>>(&mut self) -> T {
        self.last_id = self.last_id.wrapping_add(1);
        T::from((u64::from(self.origin.incarnation()) << 32) | u64::from(self.last_id))
    }

    pub(super) const fn counters(&self) -> &Counters {
        &self.counters
    }

    pub(super) const fn counters_mut(&mut self) -> &mut Counters {
        &mut self.counters
    }

    pub(super) const fn troubles(&self) -> &Troubles {
        &self.troubles
    }

    pub(super) const fn troubles_mut(&mut self) -> &mut Troubles {
        &mut self.troubles
    }

    /// Adds what is due.
    pub(super) fn push(&mut self, queued: Queued) {
        if let Queued::Notice(notice) = &queued {
            self.troubles.stand(notice);
        }
        if self.outbox.push(queued) {
            count(&mut self.counters.effects_dropped);
        }
    }

    pub(super) fn notice(&mut self, code: NoticeCode, vendor: Option<Vendor>) {
        self.push(Queued::Notice(Notice::new(code, vendor)));
    }

    pub(super) fn notice_of_im(&mut self, code: NoticeCode, cause: ImCode) {
        self.push(Queued::Notice(Notice::because(code, Cause::Im(cause))));
    }

    /// A vendor's SDK did this, and no token has come of it, unless an earlier one `is_in_hand`. A notice
    /// says so once in a streak, unless it is expected to pass.
    pub(super) fn vendor_trouble(&mut self, kind: TokenKind, notice: Notice, is_in_hand: bool) {
        if self.troubles.sdk_failed(kind, &notice, is_in_hand) {
            self.push(Queued::Notice(notice));
        }
    }

    /// The token that the `owner`'s SDK did not give was passed as another vendor's, as it looks.
    pub(super) fn explain_silence(&mut self, owner: Vendor, kind: TokenKind, passed_as: Vendor) {
        let notice = Notice::silent(owner, Some(passed_as));
        if self.troubles.explain_silence(owner, kind, &notice) {
            self.push(Queued::Notice(notice));
        }
    }

    /// An attempt of a streak failed. Says once in a streak that this persists, if there is something to
    /// name.
    pub(super) fn notice_persisting(&mut self, streak: KeepsFailing, persists: bool, notice: Option<Notice>) {
        let is_due = self.troubles.notice_persisting(streak, persists, notice.is_some());
        if let Some(notice) = notice.filter(|_| is_due) {
            self.push(Queued::Notice(notice));
        }
    }

    /// A registration failed. Says once in a streak that the first of these vendors whose code was expected
    /// to pass fails again and again.
    pub(super) fn notice_failing_sdks(&mut self, kind: TokenKind, persists: bool, ranking: &[Vendor]) {
        const CODE: NoticeCode = NoticeCode::RegistrationKeepsFailing;

        let transient = ranking.iter().find_map(|vendor| {
            let (trouble, _) = self.troubles.sdk(*vendor, kind)?;
            trouble.is_transient().then(|| trouble.clone().with_code(CODE))
        });
        self.notice_persisting((CODE, kind), persists, transient);
    }

    /// A request was not taken in time, so it is withdrawn: nothing has left, and nothing is counted but
    /// this.
    pub(super) fn withdrawn(&mut self, lane: Lane) {
        count(&mut self.counters.requests_withdrawn);
        self.host_busy(lane);
    }

    /// A host takes no call.
    pub(super) fn host_busy(&mut self, lane: Lane) {
        if self.outbox.host_busy(lane) {
            count(&mut self.counters.effects_dropped);
        }
    }

    /// Whether a vendor's SDK has been called and has not returned.
    pub(super) const fn is_inside_host(&self, vendor: Vendor) -> bool {
        self.inside_hosts.contains(vendor)
    }

    /// The delay before another attempt after `failures` in a row. It lies within the policy's floor and cap,
    /// whatever the jitter.
    pub(super) fn delay(&mut self, pace: Pace, failures: u8) -> Duration {
        let (least, most) = bounds(self.settings(), pace, failures, self.in_background);
        self.spread(least, most).unwrap_or(most)
    }

    /// When another attempt comes after `failures` in a row.
    pub(super) fn after_backoff(&mut self, pace: Pace, failures: u8) -> MonotonicTime {
        let delay = self.delay(pace, failures);
        self.in_time(delay)
    }

    /// When an acknowledged binding is to be reported again.
    pub(super) fn next_reassert(&mut self) -> MonotonicTime {
        let PolicySettings { reassert, reassert_spread_percent, .. } = *self.settings();
        let spread = part(reassert.saturating_mul(reassert_spread_percent), 100);
        let delay = self.spread(reassert.saturating_sub(spread), reassert.saturating_add(spread));
        self.in_time(delay.unwrap_or(reassert))
    }

    /// One failure more, up to where the delay grows no longer. Retries thereby come to equal states.
    pub(super) fn count_failure(&self, failures: u8) -> u8 {
        let more = failures.saturating_add(1);
        let bounds = |pace, failures| bounds(self.settings(), pace, failures, true);
        let grows = |pace| bounds(pace, more) != bounds(pace, failures);
        if grows(Pace::Normal) || grows(Pace::Slow) { more } else { failures }
    }

    /// A delay between the two, both included, in whole milliseconds, drawn evenly; none without jitter.
    fn spread(&mut self, least: Duration, most: Duration) -> Option<Duration> {
        if self.settings().jitter == Jitter::Off {
            return None;
        }
        let random = scatter(self.origin().seed() ^ scatter(self.counters_mut().draw()));
        let width = u64::try_from(most.saturating_sub(least).as_millis()).unwrap_or(u64::MAX);
        let within = width.checked_add(1).and_then(|count| random.checked_rem(count)).unwrap_or(random);
        Some(least.saturating_add(Duration::from_millis(within)))
    }
}

/// The shortest and the longest the delay may be.
fn bounds(settings: &PolicySettings, pace: Pace, failures: u8, in_background: bool) -> (Duration, Duration) {
    let grown = |base: Duration| base.saturating_mul(settings.backoff_factor.saturating_pow(failures.into()));
    let slow_cap = settings.backoff_cap_background.max(settings.backoff_cap_foreground);
    match pace {
        Pace::Normal | Pace::WhenConnected => {
            let cap =
                if in_background { settings.backoff_cap_background } else { settings.backoff_cap_foreground };
            (settings.backoff_floor, grown(settings.backoff_base).min(cap))
        }
        Pace::Slow => {
            let most = grown(settings.slow_base).min(slow_cap);
            (settings.backoff_floor.max(part(most, 2)), most)
        }
        Pace::Quota => (settings.backoff_floor.max(part(slow_cap, 2)), slow_cap),
    }
}

fn part(whole: Duration, parts: u32) -> Duration {
    whole.checked_div(parts).unwrap_or_default()
}

/// Scatters the bits of a number over all 64 (the finalizer of `SplitMix64`).
const fn scatter(number: u64) -> u64 {
    let mut bits = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}
