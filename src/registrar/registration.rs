//! What vendor SDKs say: tokens, failures, notification channels, silence.

use super::election::{Course, Request, Step};
use super::queue::Pending;
use super::state::Consent;
use super::tokens::HeldToken;
use super::{EventError, IgnoredReason, Machine, NoticeCode, RegistrationId, Verdict};
use crate::secret::Secret;
use crate::token::Token;
use crate::vendor::{Pace, Remedy, TokenKind, Vendor, VendorCode, explain};

impl Machine {
    /// Tokens are facts: one is taken in any state, late or unasked.
    pub(super) fn token(&mut self, vendor: Vendor, kind: TokenKind, text: &Secret) -> Verdict {
        let held = self.state.tokens.find(vendor, kind);
        if held.is_some_and(|held| held.token().expose_secret() == text.expose_secret()) {
            return self.token_confirmed(vendor, kind);
        }
        let token = match Token::parse(vendor, kind, text.expose_secret()) {
            Ok(token) => token,
            Err(error) => {
                self.notice(NoticeCode::TokenRefused, Some(vendor));
                return Verdict::Refused(EventError::Token(error));
            }
        };
        if held.is_some_and(|held| *held.token() == token) {
            return self.token_confirmed(vendor, kind);
        }
        let held = HeldToken::new(token, self.now.wall());
        let election = &self.state.election;
        let worth = |vendor: Vendor| match election.rank(vendor) {
            _ if election.elected == Some(vendor) => 0,
            Some(rank) => rank.saturating_add(1),
            None => usize::MAX,
        };
        if !self.state.tokens.put(held, worth) {
            return Verdict::Ignored(IgnoredReason::NoRoom);
        }
        self.counters.tokens = self.counters.tokens.saturating_add(1);
        self.counters.end_vendor_code(vendor);
        self.touch();
        self.request_answered(vendor, kind);
        if self.state.consent == Consent::Withdrawn {
            // Its SDK runs on, or has registered after it was told not to.
            self.push(Pending::Unregister(vendor));
        }
        match kind {
            TokenKind::Standard => self.standard_token(vendor),
            TokenKind::Voip => {
                self.state.election.voip.retry_at = None;
                self.state.election.voip.failures = 0;
                self.state.election.voip.asked = true;
                self.new_token(kind);
            }
        }
        Verdict::Applied
    }

    /// The SDK gave the token that is in hand already, maybe since a restart.
    fn token_confirmed(&mut self, vendor: Vendor, kind: TokenKind) -> Verdict {
        if !self.request_answered(vendor, kind) {
            return Verdict::Ignored(IgnoredReason::Unchanged);
        }
        self.go_on_with(vendor, kind);
        Verdict::Applied
    }

    fn standard_token(&mut self, vendor: Vendor) {
        if self.state.election.elected == Some(vendor) {
            self.new_token(TokenKind::Standard);
        }
        if self.rules.rank_never_falls {
            self.improve();
        } else {
            self.elect(vendor);
        }
        self.go_on_with(vendor, TokenKind::Standard);
    }

    /// A token of the vendor tried, or of a better one, ends the search. Whoever gives a token needs no start, even if
    /// the request for it was given up before.
    fn go_on_with(&mut self, vendor: Vendor, kind: TokenKind) {
        let election = &self.state.election;
        let searched = match election.course {
            Course::Registering | Course::Elected | Course::BackingOff { .. } | Course::Stalled => true,
            Course::Halted | Course::Unsupported => false,
        };
        let reached = election.rank(vendor).is_some_and(|rank| rank <= election.proposed);
        let found = searched && reached && election.elected == Some(vendor);
        if kind == TokenKind::Voip || !searched {
            return;
        }
        self.state.election.asked = election.asked.with(vendor);
        if found {
            self.rest(vendor);
        }
    }

    /// Ends the request that this token answers. The request's id plays no part: tokens are facts, not answers. One
    /// that came before its SDK was asked leaves the request as it is, since the SDK needs its start all the same.
    fn request_answered(&mut self, vendor: Vendor, kind: TokenKind) -> bool {
        let request = match kind {
            TokenKind::Standard => &mut self.state.election.request,
            TokenKind::Voip => &mut self.state.election.voip.request,
        };
        let asked = |request: &mut Request| request.vendor == vendor && request.step == Step::Asking;
        let answered = request.take_if(asked).is_some();
        answered || kind == TokenKind::Standard && self.state.election.take_aside(vendor).is_some()
    }

    pub(super) fn token_invalid(&mut self, vendor: Vendor, kind: TokenKind) -> Verdict {
        if !self.state.tokens.remove(vendor, kind) {
            return Verdict::Ignored(IgnoredReason::NoSuchToken);
        }
        self.touch();
        match kind {
            TokenKind::Standard => self.standard_token_lost(vendor),
            TokenKind::Voip => {
                self.state.election.voip.asked = false;
                self.begin_voip();
            }
        }
        Verdict::Applied
    }

    /// The vendor must make a new token. Until then the spare serves, if there is one.
    fn standard_token_lost(&mut self, vendor: Vendor) {
        let election = &mut self.state.election;
        election.asked = election.asked.without(vendor);
        if election.elected != Some(vendor) {
            return;
        }
        election.elected = None;
        let rank = election.rank(vendor);
        let spare = self.state.tokens.best(|vendor| self.state.election.rank(vendor));
        if let Some(spare) = spare {
            self.elect(spare);
        }
        let election = &mut self.state.election;
        if let (Course::Elected | Course::Registering, Some(rank)) = (election.course, rank) {
            election.proposed = election.proposed.min(rank);
            self.propose();
        }
    }

    pub(super) fn vendor_failed(&mut self, id: RegistrationId, code: VendorCode) -> Verdict {
        let election = &self.state.election;
        let asked = |request: &Request| request.id == id && request.step == Step::Asking;
        let standard = election.request.filter(asked);
        let voip = election.voip.request.filter(asked);
        let aside = election.set_aside.iter().copied().find(asked);
        let Some(request) = standard.or(voip).or(aside) else {
            return Verdict::Ignored(IgnoredReason::Stale);
        };
        let explanation = explain(request.vendor, &code);
        let retry = match explanation.remedy() {
            Remedy::Nothing => return Verdict::Ignored(IgnoredReason::Unchanged),
            Remedy::RetryLater | Remedy::Quota => Some(explanation.pace()),
            Remedy::FixConfiguration | Remedy::DeviceCannot | Remedy::UserMustAct => None,
        };
        self.counters.registrations_failed = self.counters.registrations_failed.saturating_add(1);
        if retry.is_none() {
            self.notice_of_vendor(request.vendor, code.clone());
        }
        self.counters.note_vendor_code(request.vendor, code);
        if standard.is_some() {
            self.request_failed(request.vendor, retry);
        } else if voip.is_some() {
            self.voip_failed(retry);
        } else {
            self.state.election.take_aside(request.vendor);
        }
        Verdict::Applied
    }

    pub(super) fn notification_channel_ready(&mut self, id: RegistrationId) -> Verdict {
        match self.ensuring(id) {
            Some(vendor) => {
                self.ensured(vendor);
                Verdict::Applied
            }
            None => Verdict::Ignored(IgnoredReason::Stale),
        }
    }

    pub(super) fn notification_channel_failed(&mut self, id: RegistrationId) -> Verdict {
        match self.ensuring(id) {
            Some(vendor) => {
                self.notice(NoticeCode::NotificationChannelFailed, Some(vendor));
                self.ensured(vendor);
                Verdict::Applied
            }
            None => Verdict::Ignored(IgnoredReason::Stale),
        }
    }

    fn ensuring(&self, id: RegistrationId) -> Option<Vendor> {
        let request = self.state.election.request.filter(|request| request.id == id)?;
        (request.step == Step::Ensuring).then_some(request.vendor)
    }

    /// The election's deadlines.
    pub(super) fn election_timeout(&mut self) {
        if let Some(request) = self.state.election.request.filter(|request| self.is_due(request.deadline)) {
            match request.step {
                Step::Ensuring => {
                    self.notice(NoticeCode::NotificationChannelFailed, Some(request.vendor));
                    self.ensured(request.vendor);
                }
                Step::Asking => {
                    self.vendor_silent(request.vendor, self.state.election.failures);
                    self.request_failed(request.vendor, Some(Pace::Normal));
                }
            }
        }
        if let Course::BackingOff { until } = self.state.election.course {
            if self.is_due(until) {
                self.propose_again();
            }
        }
        let voip = &self.state.election.voip;
        if let Some(request) = voip.request.filter(|request| self.is_due(request.deadline)) {
            self.vendor_silent(request.vendor, voip.failures);
            self.voip_failed(Some(Pace::Normal));
        }
        if self.state.election.voip.retry_at.is_some_and(|at| self.is_due(at)) {
            self.ask_voip();
        }
    }

    /// One notice is enough, until something succeeds.
    fn vendor_silent(&mut self, vendor: Vendor, failures: u8) {
        self.counters.registrations_timed_out = self.counters.registrations_timed_out.saturating_add(1);
        if failures == 0 {
            self.notice(NoticeCode::VendorSilent, Some(vendor));
        }
    }
}
