//! Passes each event, and each deadline, to the regions that it is about.

use super::accounts::Held;
use super::binding::{BindingState, ReportEnd};
use super::call::ends_session;
use super::configuration::Consent;
use super::election::Election;
use super::presence::Place;
use super::session::End;
use super::wanted::wants_voip;
use super::{
    Answer, Context, Event, IgnoredReason, Kinds, Notice, NoticeCode, Queued, ReportId, STALE, SessionId,
    State, Verdict,
};
use crate::account::UserId;
use crate::notification::{PushEventKind, PushId, Tap};
use crate::token::Suspicion;
use crate::vendor::{ImCode, TokenKind, Vendor};

/// The codes by which the IM SDK says what the host says by these events.
const KICKED_OFF: i32 = 6208;
const EXPIRED: i32 = 6206;

impl State {
    pub(super) fn dispatch(&mut self, cx: &mut Context, event: Event) -> Verdict {
        match event {
            Event::Configured(new) => self.setup.configure(new).and(|| self.consent_known(cx)),
            Event::ConsentGranted => self.consent_granted(cx),
            Event::ConsentWithdrawn => self.consent_withdrawn(cx),
            Event::DeviceFacts(facts) => self.setup.set_device(facts).and(|| self.begin_epoch(cx)),
            Event::Token { vendor, kind, text } => {
                self.token_received(cx, vendor, kind, text.expose_secret())
            }
            Event::VendorFailed { id, code } => {
                match self.registrations.vendor_failed(cx, id, code, &self.tokens) {
                    Ok(failure) => self.election.request_failed(cx, failure, self.tokens.in_hand()),
                    Err(reason) => return Verdict::Ignored(reason),
                }
                Verdict::Applied
            }
            Event::TokenInvalid { vendor, kind } => {
                let was_held = self.tokens.remove(vendor, kind);
                Verdict::applied_if(was_held, IgnoredReason::NoSuchToken)
                    .and(|| self.token_lost(cx, vendor, kind))
            }
            Event::NotificationChannelReady { id } => self.registrations.channel_ready(cx, id),
            Event::NotificationChannelFailed { id } => self.registrations.channel_failed(cx, id),
            Event::LoggedIn { account } => self.logged_in(cx, account),
            Event::LogoutRequested { session } => self.session.request_logout(cx, session).and(|| {
                self.bindings.both_mut().into_iter().for_each(BindingState::begin_drain);
                self.presence.end_calls();
            }),
            Event::LoggedOut { session } => self.session_over(cx, session, None),
            Event::KickedOff { session } => self.session_over(cx, session, Some(KICKED_OFF.into())),
            Event::CredentialExpired { session } => self.session_over(cx, session, Some(EXPIRED.into())),
            Event::PushDisabled => self.setup.set_push_disabled(true).and(|| self.bindings.reset_backoff(cx)),
            Event::PushEnabled => self.setup.set_push_disabled(false).and(|| self.bindings.reset_backoff(cx)),
            Event::ReportDone { id } => self.report_answered(cx, id, Answer::Done),
            Event::ReportFailed { id, code, retry_after } => {
                self.report_answered(cx, id, Answer::code(code, retry_after)).and(|| self.heard(cx, code))
            }
            Event::ReportLost { id, how } => self.report_answered(cx, id, Answer::Lost(how)),
            Event::Stored { version } => self.storage.stored(cx, version),
            Event::StoreFailed { version, kind } => {
                let has_failed = self.storage.failed(cx, version, kind);
                Verdict::applied_if(has_failed, IgnoredReason::Stale).and(|| self.store_gone(cx))
            }
            Event::Foreground => self.presence.is_now(Some(Place::Foreground), None).and(|| {
                cx.troubles_mut().presence_said();
                cx.set_background(false);
                self.shorten_backoff(cx);
            }),
            Event::Background { unread } => self.presence.is_now(Some(Place::Background), Some(unread)),
            Event::Unread { unread } => self.presence.is_now(None, Some(unread)),
            Event::PresenceDone { id } => self.presence.answered(cx, id, Answer::Done),
            Event::PresenceFailed { id, code } => {
                self.presence.answered(cx, id, Answer::code(code, None)).and(|| self.heard(cx, code))
            }
            Event::Tapped(tap) => self.tapped(cx, tap),
            Event::TapHandled { id } => self.inbox.tap_handled(id),
            Event::PushArrived { push_id, account } => {
                self.push_event(cx, PushEventKind::Arrived, push_id, account)
            }
            Event::PushEventsReported { id } => self.receipts.answered(cx, id, Answer::Done),
            Event::PushEventsFailed { id, code, retry_after } => {
                self.receipts.answered(cx, id, Answer::code(code, retry_after)).and(|| self.heard(cx, code))
            }
            Event::PushEventsLost { id, how } => self.receipts.answered(cx, id, Answer::Lost(how)),
            Event::HostReady => self.inbox.host_ready(),
            Event::NetworkUp => self.network_up(cx),
            Event::UserRetry => self.user_retry(cx),
        }
    }

    fn consent_granted(&mut self, cx: &mut Context) -> Verdict {
        let had_consent = self.setup.has_consent();
        let verdict = self.setup.set_consent(Consent::Given);
        if verdict.is_applied() && !had_consent {
            self.registrations.allow();
            self.consent_known(cx);
        }
        verdict
    }

    /// The configuration says whether the user is asked, or the user has agreed.
    fn consent_known(&mut self, cx: &mut Context) {
        self.bindings.reset_backoff(cx);
        self.receipts.consent_known(cx, self.setup.has_consent());
        self.begin_epoch(cx);
    }

    fn consent_withdrawn(&mut self, cx: &mut Context) -> Verdict {
        self.setup.set_consent(Consent::Withdrawn).and(|| {
            let held = self.tokens.clear();
            self.registrations.withdraw(cx, held);
            self.receipts.forget(cx);
            cx.troubles_mut().end_vendors();
            self.election = Election::default();
            self.bindings.reset_backoff(cx);
        })
    }

    /// Seeks the best vendor anew.
    fn begin_epoch(&mut self, cx: &mut Context) {
        self.tokens.forgive();
        self.registrations.begin_epoch(cx);
        cx.troubles_mut().end_vendors();
        self.election.begin_epoch(cx, &self.setup, self.tokens.in_hand());
    }

    /// Tokens are facts: one is taken in any state, late or unasked.
    fn token_received(&mut self, cx: &mut Context, vendor: Vendor, kind: TokenKind, text: &str) -> Verdict {
        let new = match self.tokens.read(cx, vendor, kind, text) {
            Ok(new) => new,
            Err(verdict) => return verdict,
        };
        // Its SDK was not silent.
        cx.troubles_mut().end_vendor(vendor, kind);
        if let Some(token) = new {
            let looks_like = token.token().suspicions().iter().find_map(Suspicion::other_vendor);
            if !self.tokens.put(token, |vendor| self.election.worth(vendor)) {
                // It is asked again once its token is wanted.
                let was_asked = self.registrations.answered(vendor, kind);
                return Verdict::applied_if(was_asked, IgnoredReason::NoRoom);
            }
            cx.counters_mut().count_token(vendor);
            if let Some(owner) = looks_like.filter(|owner| self.tokens.find(*owner, kind).is_none()) {
                cx.explain_silence(owner, kind, vendor);
            }
            if self.setup.consent() == Consent::Withdrawn {
                // Its SDK runs on, or has registered although it was unregistered.
                self.registrations.unregister(cx, vendor);
            }
        } else if !self.registrations.answered(vendor, kind) {
            // It is in hand already, maybe since a restart, and answers no request.
            return Verdict::Ignored(IgnoredReason::Unchanged);
        }
        self.registrations.token_came(cx, vendor, kind, self.election.is_searching());
        if kind == TokenKind::Standard {
            self.election.token_came(cx, vendor, self.tokens.in_hand());
        }
        Verdict::Applied
    }

    fn token_lost(&mut self, cx: &mut Context, vendor: Vendor, kind: TokenKind) {
        self.registrations.token_lost(vendor, kind);
        if kind == TokenKind::Standard {
            self.election.token_lost(cx, vendor, self.tokens.in_hand());
        }
    }

    fn logged_in(&mut self, cx: &mut Context, account: UserId) -> Verdict {
        let end = match self.session.end_by_login(&account) {
            Ok(end) => end,
            Err(reason) => return Verdict::Ignored(reason),
        };
        // Before another account is left: where the list is full, this one need not go for it.
        let known = self.accounts.log_in(&account);
        let renewed = end.map_or_else(Held::default, |end| self.end_session(cx, end));
        self.session.log_in(cx, account, renewed.union(known));
        self.receipts.begin_session(cx);
        self.bindings.both_mut().into_iter().for_each(BindingState::begin_session);
        cx.troubles_mut().begin_session();
        self.accounts.notice_possibly_bound(cx);
        self.tokens.forgive();
        self.election.shorten_backoff(cx);
        self.registrations.shorten_backoff(cx);
        Verdict::Applied
    }

    /// Logged out, or ended by the server with this code.
    fn session_over(&mut self, cx: &mut Context, id: SessionId, code: Option<ImCode>) -> Verdict {
        Verdict::applied_if(self.session.is_open(id), IgnoredReason::OtherSession).and(|| match code {
            Some(code) => self.session_ended_by(cx, code),
            None => {
                self.end_session(cx, End::LoggedOut);
            }
        })
    }

    /// The server ended the session. The diagnosis names the code until the next login.
    fn session_ended_by(&mut self, cx: &mut Context, code: ImCode) {
        let held = self.session.remembered().map_or(Kinds::NONE, |(session, _)| session.held());
        self.end_session(cx, End::Over);
        cx.troubles_mut().set_session_over(code, held);
    }

    /// Ends the session there is, otherwise than by its drain. Says what is known of the account if it is
    /// back.
    fn end_session(&mut self, cx: &mut Context, end: End) -> Held {
        let was_open = self.session.current().is_some();
        let is_logout = end == End::LoggedOut || self.session.is_ending();
        if was_open {
            self.end_reports(cx);
        }
        let (left, known) = self.session.end(cx, end, &self.bindings);
        if let Some((account, kinds)) = left {
            self.accounts.remember(cx, account, kinds);
            if is_logout || end == End::Switched {
                self.accounts.notice_possibly_bound(cx);
            }
        }
        if was_open {
            self.leave(cx);
        }
        known
    }

    /// What became of a report in flight will not be known.
    fn end_reports(&mut self, cx: &mut Context) {
        let in_flight = self.bindings.each(|binding| binding.end_session(cx));
        self.session.note_held(|held| held.outcomes_unknown(in_flight));
    }

    /// What was shown and waited for in the session is over.
    fn leave(&mut self, cx: &mut Context) {
        self.presence.end_session(cx);
        self.receipts.end_session(cx);
        cx.push(Queued::ClearNotifications);
    }

    /// Lets the logout go on as soon as nothing of the session can reach the server any more, or at the
    /// deadline.
    pub(super) fn drive_drain(&mut self, cx: &mut Context) {
        if self.session.may_end_drain(cx, &self.bindings) {
            self.end_reports(cx);
            self.session.drained(cx);
            self.leave(cx);
        }
    }

    fn report_answered(&mut self, cx: &mut Context, id: ReportId, answer: Answer) -> Verdict {
        let Some(kind) = self.bindings.awaiting(id) else { return STALE };
        let end = self.bindings.of_mut(kind).answered(cx, kind, answer);
        self.report_ended(cx, kind, end);
        Verdict::Applied
    }

    /// What the end of a report says of the account and of the token.
    fn report_ended(&mut self, cx: &mut Context, kind: TokenKind, end: Option<ReportEnd>) {
        match end {
            Some(ReportEnd::Acknowledged { is_empty: true, is_certain: true }) => {
                self.session.note_held(|held| held.set(kind, false));
            }
            Some(ReportEnd::Acknowledged { is_empty: false, .. }) => {
                if let Some(session) = self.session.current() {
                    self.accounts.set_last_bound(session.account());
                }
            }
            Some(ReportEnd::Acknowledged { .. }) | None => {}
            Some(ReportEnd::Refused { held_before }) => {
                self.session.note_held(|held| held.set(kind, held_before));
            }
            Some(ReportEnd::TokenRefused { held_before, vendor, token, code }) => {
                self.session.note_held(|held| held.set(kind, held_before));
                let held = self.tokens.find(vendor, kind).filter(|held| held.digest() == token);
                let bytes = held.map(|held| held.token().len());
                let is_lost = self.tokens.refuse(vendor, kind, token);
                let notice = Notice::refused_by_server(vendor, code, bytes);
                cx.vendor_trouble(kind, notice, !is_lost);
                if is_lost {
                    self.token_lost(cx, vendor, kind);
                }
            }
            Some(ReportEnd::Unknown) => {
                self.session.note_held(|held| held.outcomes_unknown(Kinds::only(kind)));
            }
        }
    }

    /// The IM SDK answered a call with this code.
    fn heard(&mut self, cx: &mut Context, code: ImCode) {
        if ends_session(code) {
            cx.notice_of_im(NoticeCode::SessionOver, code);
            self.session_ended_by(cx, code);
        }
    }

    /// Nothing that waits for the store waits any longer.
    fn store_gone(&mut self, cx: &mut Context) {
        self.bindings.both_mut().into_iter().for_each(|binding| binding.store_failed(cx));
        self.receipts.store_failed(cx);
    }

    fn tapped(&mut self, cx: &mut Context, tap: Tap) -> Verdict {
        let is_new = |id: &&PushId| self.receipts.is_new(cx, PushEventKind::Clicked, id);
        let click = tap.push_id().filter(is_new).map(|id| (id.clone(), tap.account().cloned()));
        let assumed = || self.accounts.assumed_owner(self.session.account());
        self.inbox.tapped(cx, tap, assumed).and(|| {
            if let Some((push_id, account)) = click {
                self.push_event(cx, PushEventKind::Clicked, push_id, account);
            }
        })
    }

    /// Keeps what became of a push, under the account that it was for as far as that is known.
    fn push_event(
        &mut self,
        cx: &mut Context,
        kind: PushEventKind,
        push_id: PushId,
        stated: Option<UserId>,
    ) -> Verdict {
        let owner = || stated.or_else(|| self.accounts.likely_owner(self.session.account()));
        self.receipts.keep(cx, kind, push_id, owner, self.setup.known_consent())
    }

    /// The next attempts of reports and of the election come soon.
    fn shorten_backoff(&mut self, cx: &mut Context) -> bool {
        let reports = !self.bindings.each(|binding| binding.shorten_backoff(cx)).is_empty();
        let election = self.election.shorten_backoff(cx);
        let receipts = self.receipts.shorten_backoff(cx);
        self.registrations.shorten_backoff(cx) || reports || election || receipts
    }

    fn network_up(&mut self, cx: &mut Context) -> Verdict {
        let shortened = self.shorten_backoff(cx);
        let presence = self.presence.shorten_backoff();
        Verdict::applied_if(shortened || presence, IgnoredReason::NothingWaits)
    }

    fn user_retry(&mut self, cx: &mut Context) -> Verdict {
        let forgiven = self.tokens.forgive();
        cx.troubles_mut().forgive(Kinds::ALL);
        let reports = !self.bindings.each(|binding| binding.retry_now(cx)).is_empty();
        let election = self.election.retry_now(cx, self.tokens.in_hand());
        let voip = wants_voip(self) && self.registrations.retry_now(cx);
        let presence = self.presence.retry_now();
        let store = self.storage.retry_now(cx);
        let receipts = self.receipts.retry_now(cx);
        let any = [forgiven, reports, election, voip, presence, store, receipts].contains(&true);
        Verdict::applied_if(any, IgnoredReason::NothingWaits)
    }

    /// Every deadline.
    pub(super) fn timeout(&mut self, cx: &mut Context) {
        let failure = self.registrations.timeout(cx, &self.tokens);
        self.election.request_failed(cx, failure, self.tokens.in_hand());
        self.election.timeout(cx, self.tokens.in_hand());
        // Before the store's, which may let a report go that then counts as one without doubt before it.
        let settled = self.bindings.each(|binding| binding.doubt_timeout(cx));
        self.session.note_held(|held| held.settled(settled));
        if !settled.is_empty() && self.bindings.unsettled().is_empty() {
            self.accounts.set_unreadable(false);
        }
        if self.storage.timeout(cx) {
            self.store_gone(cx);
        }
        for kind in Kinds::ALL.iter() {
            let end = self.bindings.of_mut(kind).timeout(cx, kind);
            self.report_ended(cx, kind, end);
        }
        self.presence.timeout(cx);
        self.inbox.timeout(cx);
        self.receipts.timeout(cx);
    }
}
