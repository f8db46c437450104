//! Which vendor: the way down the ranking.

use super::configuration::Setup;
use super::{Context, NoticeCode, Rule, StateName, Streak, Wait, holds};
use crate::time::MonotonicTime;
use crate::vendor::{Pace, TokenKind, Vendor, VendorSet};

/// Which vendor is tried, and whose token is reported.
///
/// Election proposes, tokens dispose: `proposed` walks down the ranking as vendors fail, while `elected`
/// moves only to a vendor whose token is in hand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Election {
    /// The vendors that this phone can use, best first.
    ranking: Vec<Vendor>,
    /// How far down the ranking this epoch has come; its length once every vendor has failed.
    proposed: usize,
    /// The vendor whose token is wanted on the server.
    elected: Option<Vendor>,
    phase: ElectionPhase,
    /// The soonest pace at which a vendor that failed in this pass may be tried again.
    retry: Option<Pace>,
    /// Nobody failed in this pass: the requests were not taken.
    is_withdrawn: bool,
    /// The passes down the ranking that failed in a row.
    streak: Streak,
}

/// How the election goes, once configuration, consent and device are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum ElectionPhase {
    /// Not begun.
    #[default]
    Halted,
    /// The proposed vendor is asked for a token.
    Registering,
    /// The proposed vendor's token is in hand, or a worse one and the better ones failed.
    Elected,
    /// All failed; the best is proposed again then.
    BackingOff { until: MonotonicTime },
    /// All failed for good.
    Stalled,
    /// There is no vendor.
    Unsupported,
}

/// A standard registration failed, or nobody took it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Failure {
    vendor: Vendor,
    /// When another may succeed; none if never.
    retry: Option<Pace>,
    reason: Wait,
}

impl Failure {
    pub(super) const fn new(vendor: Vendor, retry: Option<Pace>, reason: Wait) -> Self {
        Self { vendor, retry, reason }
    }
}

impl Election {
    /// Seeks the best vendor anew. What is in hand stays in hand.
    pub(super) fn begin_epoch(&mut self, cx: &mut Context, setup: &Setup, in_hand: VendorSet) {
        let Some(ranking) = setup.ranking() else {
            self.phase = ElectionPhase::Halted;
            return;
        };
        self.ranking = ranking;
        self.begin_pass();
        self.begin_streak(cx);
        self.elected =
            self.elected.filter(|vendor| setup.business_id(*vendor, TokenKind::Standard).is_some());
        self.improve(in_hand);
        self.propose(cx, in_hand);
    }

    pub(super) fn rank(&self, vendor: Vendor) -> Option<usize> {
        self.ranking.iter().position(|ranked| *ranked == vendor)
    }

    pub(super) fn ranking(&self) -> &[Vendor] {
        &self.ranking
    }

    pub(super) const fn elected(&self) -> Option<Vendor> {
        self.elected
    }

    pub(super) const fn phase(&self) -> ElectionPhase {
        self.phase
    }

    pub(super) const fn streak(&self) -> Streak {
        self.streak
    }

    /// The vendor that is to be tried now.
    pub(super) fn proposal(&self) -> Option<Vendor> {
        self.ranking.get(self.proposed).copied()
    }

    /// The vendor whose SDK is wanted now, and whether for its token. If not, its token is in hand, and the
    /// SDK only has to be started in this process.
    pub(super) fn wish(&self) -> Option<(Vendor, bool)> {
        let is_registering = self.phase == ElectionPhase::Registering;
        let is_wanted = is_registering || self.phase == ElectionPhase::Elected;
        self.proposal().filter(|_| is_wanted).map(|vendor| (vendor, is_registering))
    }

    /// Whether a token could end the search, or keep it ended.
    pub(super) const fn is_searching(&self) -> bool {
        !matches!(self.phase, ElectionPhase::Halted | ElectionPhase::Unsupported)
    }

    /// Which token to keep where there is no room for all: the one of the lowest number.
    pub(super) fn worth(&self, vendor: Vendor) -> usize {
        match self.rank(vendor) {
            _ if self.elected == Some(vendor) => 0,
            Some(rank) => rank.saturating_add(1),
            None => usize::MAX,
        }
    }

    /// A vendor's token is in hand, new or confirmed. That of the vendor tried, or of a better one, ends the
    /// search.
    pub(super) fn token_came(&mut self, cx: &mut Context, vendor: Vendor, in_hand: VendorSet) {
        if holds(Rule::RankNeverFalls) {
            self.improve(in_hand);
        } else {
            self.elected = Some(vendor);
        }
        let reached = self.rank(vendor).is_some_and(|rank| rank <= self.proposed);
        if self.is_searching() && reached && self.elected == Some(vendor) {
            self.keep_vendor(cx, vendor);
        }
    }

    /// The vendor must make a new token. Until then the spare serves, if there is one.
    pub(super) fn token_lost(&mut self, cx: &mut Context, vendor: Vendor, in_hand: VendorSet) {
        if self.elected != Some(vendor) {
            return;
        }
        self.elected = self.best(in_hand);
        let is_on = matches!(self.phase, ElectionPhase::Elected | ElectionPhase::Registering);
        if let Some(rank) = self.rank(vendor).filter(|_| is_on) {
            self.proposed = self.proposed.min(rank);
            self.propose(cx, in_hand);
        }
    }

    /// The request for the standard token failed, if one did.
    pub(super) fn request_failed(&mut self, cx: &mut Context, failure: Option<Failure>, in_hand: VendorSet) {
        let wish = self.wish();
        let Some(failure) = failure.filter(|failure| wish == Some((failure.vendor, true))) else { return };
        self.is_withdrawn &= failure.reason == Wait::Withdrawn;
        self.retry = [self.retry, failure.retry].into_iter().flatten().min();
        if let Some(elected) = self.elected.filter(|elected| self.ranking.contains(elected)) {
            self.keep_vendor(cx, elected);
        } else {
            self.proposed = self.proposed.saturating_add(1);
            self.propose(cx, in_hand);
        }
    }

    pub(super) fn timeout(&mut self, cx: &mut Context, in_hand: VendorSet) {
        if self.deadline().is_some_and(|until| cx.is_due(until)) {
            self.propose_again(cx, in_hand);
        }
    }

    /// The network is back, the app in the foreground, or somebody logged in: the next attempt comes soon.
    pub(super) fn shorten_backoff(&mut self, cx: &mut Context) -> bool {
        let ElectionPhase::BackingOff { until } = &mut self.phase else { return false };
        *until = (*until).min(cx.after_backoff(Pace::Normal, 0));
        self.begin_streak(cx);
        true
    }

    /// The user asks for another attempt at once.
    pub(super) fn retry_now(&mut self, cx: &mut Context, in_hand: VendorSet) -> bool {
        let waits = matches!(self.phase, ElectionPhase::BackingOff { .. } | ElectionPhase::Stalled);
        if waits {
            self.begin_streak(cx);
            self.propose_again(cx, in_hand);
        }
        waits
    }

    pub(super) const fn deadline(&self) -> Option<MonotonicTime> {
        if let ElectionPhase::BackingOff { until } = self.phase { Some(until) } else { None }
    }

    pub(super) const fn name(&self) -> StateName {
        match self.phase {
            ElectionPhase::Halted => StateName::Electing,
            ElectionPhase::Registering => StateName::Registering,
            ElectionPhase::Elected => StateName::Elected,
            ElectionPhase::BackingOff { .. } => StateName::BackingOff,
            ElectionPhase::Stalled => StateName::Stalled,
            ElectionPhase::Unsupported => StateName::Unsupported,
        }
    }

    /// Takes up the vendor that a snapshot names, whose token is in hand.
    pub(super) const fn restore(&mut self, elected: Option<Vendor>) {
        self.elected = elected;
    }

    /// The vendor of the best rank whose token is in hand.
    fn best(&self, in_hand: VendorSet) -> Option<Vendor> {
        self.ranking.iter().copied().find(|vendor| in_hand.contains(*vendor))
    }

    /// Moves to a better vendor whose token is in hand.
    fn improve(&mut self, in_hand: VendorSet) {
        let Some(best) = self.best(in_hand) else { return };
        let bound = match self.elected {
            Some(elected) => self.rank(elected).unwrap_or(usize::MAX),
            None => self.proposed.saturating_add(1),
        };
        if self.rank(best).is_some_and(|rank| rank < bound) {
            self.elected = Some(best);
        }
    }

    /// Goes down the ranking from the proposal to the first vendor that has a token or can be asked for one.
    fn propose(&mut self, cx: &mut Context, in_hand: VendorSet) {
        let Some(vendor) = self.proposal() else {
            self.exhausted(cx);
            return;
        };
        if in_hand.contains(vendor) {
            let elected = self.elected.and_then(|elected| self.rank(elected));
            if elected.is_none_or(|rank| self.proposed < rank) {
                self.elected = Some(vendor);
            }
            self.keep_vendor(cx, vendor);
        } else {
            self.phase = ElectionPhase::Registering;
        }
    }

    /// Tries all vendors again from the best.
    fn propose_again(&mut self, cx: &mut Context, in_hand: VendorSet) {
        self.begin_pass();
        self.propose(cx, in_hand);
    }

    /// Stays with a vendor whose token is in hand.
    fn keep_vendor(&mut self, cx: &mut Context, vendor: Vendor) {
        let proposed = self.rank(vendor).unwrap_or(self.proposed);
        self.begin_pass();
        self.proposed = proposed;
        self.phase = ElectionPhase::Elected;
        self.begin_streak(cx);
    }

    fn begin_pass(&mut self) {
        (self.proposed, self.retry, self.is_withdrawn) = (0, None, true);
    }

    fn begin_streak(&mut self, cx: &mut Context) {
        self.streak = Streak::default();
        cx.troubles_mut().begin_streak(TokenKind::Standard);
    }

    fn exhausted(&mut self, cx: &mut Context) {
        if self.ranking.is_empty() {
            self.phase = ElectionPhase::Unsupported;
            cx.notice(NoticeCode::NoVendor, None);
        } else if let Some(pace) = self.retry {
            let reason = if self.is_withdrawn { Wait::Withdrawn } else { Wait::Failed };
            let delay = self.streak.again(cx, pace, reason);
            self.phase = ElectionPhase::BackingOff { until: cx.in_time(delay) };
            self.is_withdrawn = true;
            let persists = self.streak.is_persisting();
            cx.notice_failing_sdks(TokenKind::Standard, persists, &self.ranking);
        } else {
            self.phase = ElectionPhase::Stalled;
            cx.notice(NoticeCode::RegistrationStalled, None);
        }
    }
}
