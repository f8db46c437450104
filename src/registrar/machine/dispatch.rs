//! Passes each event, and each deadline, to the regions that it is about.
//!
//! One file, though a long one: only `mod.rs` and this one reach more than one region.

use std::io::ErrorKind;
use std::sync::Arc;
use std::time::Duration;

use super::accounts::Prior;
use super::binding::{ReportEnd, ReportError};
use super::counters::count;
use super::election::Election;
use super::notice::QueuedNotice;
use super::outbox::Queued;
use super::session::{End, Ended};
use super::setup::Consent;
use super::target::wants_voip;
use super::tokens::HeldToken;
use super::troubles::Persisting;
use super::{
    Configuration, Event, EventError, IgnoredReason, Lost, Machine, NoticeCode, PresenceId, PushEventsId,
    RegistrationId, ReportId, SessionId, StoreVersion, Verdict,
};
use crate::account::UserId;
use crate::notification::{PushEventKind, PushId, Tap};
use crate::secret::Secret;
use crate::token::{Suspicion, Token, TokenError};
use crate::vendor::{ImCode, ImEffect, TokenKind, Vendor, VendorCode, explain_im};

/// The codes by which the IM SDK says what the host says by these events.
const KICKED_OFF: i32 = 6208;
const EXPIRED: i32 = 6206;

const STALE: Verdict = Verdict::Ignored(IgnoredReason::Stale);

impl Machine {
    pub(super) fn dispatch(&mut self, event: Event) -> Verdict {
        match event {
            Event::Configured(configuration) => self.configured(configuration),
            Event::ConsentGranted => self.consent_granted(),
            Event::ConsentWithdrawn => self.consent_withdrawn(),
            Event::DeviceFacts(facts) => {
                let verdict = self.state.setup.set_device(facts);
                if verdict.is_applied() {
                    self.begin_epoch();
                }
                verdict
            }
            Event::Token { vendor, kind, text } => self.token_received(vendor, kind, &text),
            Event::VendorFailed { id, code } => self.vendor_failed(id, code),
            Event::TokenInvalid { vendor, kind } => self.token_invalid(vendor, kind),
            Event::NotificationChannelReady { id } => self.notification_channel_answered(id, true),
            Event::NotificationChannelFailed { id } => self.notification_channel_answered(id, false),
            Event::LoggedIn { account } => self.logged_in(account),
            Event::LogoutRequested { session } => self.logout_requested(session),
            Event::LoggedOut { session } => self.session_over(session, None),
            Event::KickedOff { session } => self.session_over(session, Some(KICKED_OFF.into())),
            Event::CredentialExpired { session } => self.session_over(session, Some(EXPIRED.into())),
            Event::PushDisabled => self.push_toggled(true),
            Event::PushEnabled => self.push_toggled(false),
            Event::ReportDone { id } => self.report_answered(id, None),
            Event::ReportFailed { id, code, retry_after } => {
                self.report_answered(id, Some((code, retry_after)))
            }
            Event::ReportLost { id, how } => self.report_lost(id, how),
            Event::Stored { version } => {
                let is_current = self.state.storage.stored(&mut self.context, version);
                applied_if(is_current, IgnoredReason::Stale)
            }
            Event::StoreFailed { version, kind } => self.store_failed(version, kind),
            Event::Foreground => self.foreground(),
            Event::Background { unread } => self.state.presence.enter_background(unread),
            Event::Unread { unread } => self.state.presence.set_unread(unread),
            Event::PresenceDone { id } => self.state.presence.done(id),
            Event::PresenceFailed { id, code } => self.presence_failed(id, code),
            Event::Tapped(tap) => self.tapped(tap),
            Event::PushArrived { push_id, account } => self.push_arrived(push_id, account),
            Event::PushEventsReported { id } => {
                applied_if(self.state.receipts.done(&mut self.context, id), IgnoredReason::Stale)
            }
            Event::PushEventsFailed { id, code, retry_after } => {
                self.push_events_failed(id, code, retry_after)
            }
            Event::PushEventsLost { id, how } => self.push_events_lost(id, how),
            Event::TapHandled { id } => self.state.inbox.tap_handled(id),
            Event::HostReady => self.state.inbox.host_ready(),
            Event::NetworkUp => self.network_up(),
            Event::UserRetry => self.user_retry(),
        }
    }

    fn configured(&mut self, configuration: Arc<Configuration>) -> Verdict {
        let verdict = self.state.setup.configure(configuration);
        if verdict.is_applied() {
            self.state.bindings.reset_backoff(&self.context);
            self.state.receipts.consent_known(&mut self.context, self.state.setup.has_consent());
            self.begin_epoch();
        }
        verdict
    }

    fn consent_granted(&mut self) -> Verdict {
        let had_consent = self.state.setup.has_consent();
        let verdict = self.state.setup.set_consent(Consent::Given);
        if verdict.is_applied() && !had_consent {
            self.state.registrations.allow();
            self.state.bindings.reset_backoff(&self.context);
            self.state.receipts.consent_known(&mut self.context, true);
            self.begin_epoch();
        }
        verdict
    }

    fn consent_withdrawn(&mut self) -> Verdict {
        let verdict = self.state.setup.set_consent(Consent::Withdrawn);
        if verdict.is_applied() {
            let held = self.state.tokens.clear();
            self.state.registrations.withdraw(&mut self.context, held);
            self.state.receipts.forget(&mut self.context);
            self.context.troubles_mut().end_vendors();
            self.state.election = Election::default();
            self.state.bindings.reset_backoff(&self.context);
        }
        verdict
    }

    /// Seeks the best vendor anew.
    fn begin_epoch(&mut self) {
        let (state, cx) = (&mut self.state, &mut self.context);
        state.tokens.forgive();
        state.registrations.begin_epoch(cx);
        cx.troubles_mut().end_vendors();
        let (ranking, certified) = (state.setup.ranking(), state.setup.certified());
        state.election.begin_epoch(cx, ranking, certified, state.tokens.in_hand());
    }

    /// Tokens are facts: one is taken in any state, late or unasked.
    fn token_received(&mut self, vendor: Vendor, kind: TokenKind, text: &Secret) -> Verdict {
        let (state, cx) = (&mut self.state, &mut self.context);
        let held = state.tokens.find(vendor, kind);
        if held.is_some_and(|held| held.token().expose_secret() == text.expose_secret()) {
            return self.token_confirmed(vendor, kind);
        }
        // A text is compared as it came and, where its vendor writes it otherwise, as it would be held.
        let knows_refused = state.tokens.has_refused(vendor, kind);
        let is_refused =
            |text: &str| knows_refused && state.tokens.is_refused(vendor, kind, text, cx.hash_key());
        if is_refused(text.expose_secret()) {
            return Verdict::Ignored(IgnoredReason::RefusedByServer);
        }
        let token = match Token::parse(vendor, kind, text.expose_secret()) {
            Ok(token) => token,
            Err(error) => {
                self.token_text_refused(vendor, kind, Some(error));
                return Verdict::Refused(EventError::Token(error));
            }
        };
        if token.suspicions().contains(&Suspicion::IsErrorCode(vendor)) {
            self.token_text_refused(vendor, kind, None);
            return Verdict::Refused(EventError::TokenIsErrorCode { vendor });
        }
        if held.is_some_and(|held| *held.token() == token) {
            return self.token_confirmed(vendor, kind);
        }
        if is_refused(token.expose_secret()) {
            return Verdict::Ignored(IgnoredReason::RefusedByServer);
        }
        let held = HeldToken::new(token, cx.stamp(), cx.hash_key());
        if !state.tokens.put(held, |vendor| state.election.worth(vendor)) {
            return Verdict::Ignored(IgnoredReason::NoRoom);
        }
        cx.counters_mut().count_token(vendor);
        cx.troubles_mut().end_vendor(vendor, kind);
        state.registrations.token_came(cx, vendor, kind, state.election.is_searching());
        if state.setup.consent() == Consent::Withdrawn {
            // Its SDK runs on, or has registered although it was unregistered.
            state.registrations.unregister(cx, vendor);
        }
        if kind == TokenKind::Standard {
            state.election.token_came(cx, vendor, state.tokens.in_hand());
        }
        Verdict::Applied
    }

    /// A text is none of a token, or an error code of the vendor's.
    fn token_text_refused(&mut self, vendor: Vendor, kind: TokenKind, error: Option<TokenError>) {
        let notice = QueuedNotice::token(vendor, error);
        // A vendor without such tokens is asked for its standard one.
        let kind = if matches!(error, Some(TokenError::Kind { .. })) { TokenKind::Standard } else { kind };
        if self.state.tokens.find(vendor, kind).is_none() {
            self.context.troubles_mut().set_vendor(kind, notice.clone());
        }
        self.context.push(Queued::Notice(notice));
    }

    /// The SDK gave the token that is in hand already, maybe since a restart.
    fn token_confirmed(&mut self, vendor: Vendor, kind: TokenKind) -> Verdict {
        let (state, cx) = (&mut self.state, &mut self.context);
        cx.troubles_mut().end_vendor(vendor, kind);
        if !state.registrations.answered(vendor, kind) {
            return Verdict::Ignored(IgnoredReason::Unchanged);
        }
        state.registrations.token_came(cx, vendor, kind, state.election.is_searching());
        if kind == TokenKind::Standard {
            state.election.token_came(cx, vendor, state.tokens.in_hand());
        }
        Verdict::Applied
    }

    fn token_invalid(&mut self, vendor: Vendor, kind: TokenKind) -> Verdict {
        if !self.state.tokens.remove(vendor, kind) {
            return Verdict::Ignored(IgnoredReason::NoSuchToken);
        }
        self.token_lost(vendor, kind);
        Verdict::Applied
    }

    fn token_lost(&mut self, vendor: Vendor, kind: TokenKind) {
        let (state, cx) = (&mut self.state, &mut self.context);
        state.registrations.token_lost(vendor, kind);
        if kind == TokenKind::Standard {
            state.election.token_lost(cx, vendor, state.tokens.in_hand());
        }
    }

    fn vendor_failed(&mut self, id: RegistrationId, code: VendorCode) -> Verdict {
        let (state, cx) = (&mut self.state, &mut self.context);
        let is_voip_in_hand = state.tokens.voip().is_some();
        match state.registrations.vendor_failed(cx, id, code, is_voip_in_hand) {
            Ok(failure) => {
                if let Some(failure) = failure {
                    let in_hand = state.tokens.in_hand();
                    state.election.request_failed(cx, failure, in_hand);
                }
                Verdict::Applied
            }
            Err(reason) => Verdict::Ignored(reason),
        }
    }

    fn notification_channel_answered(&mut self, id: RegistrationId, is_ready: bool) -> Verdict {
        applied_if(self.state.registrations.ensured(&mut self.context, id, is_ready), IgnoredReason::Stale)
    }

    fn logged_in(&mut self, account: UserId) -> Verdict {
        let end = match self.state.session.end_by_login(&account) {
            Ok(end) => end,
            Err(reason) => return Verdict::Ignored(reason),
        };
        // Before another account is left: where the list is full, this one need not go for it.
        let known = self.state.accounts.log_in(&mut self.context, &account);
        let renewed = end.map_or_else(Prior::default, |end| self.end_session(end));
        let (state, cx) = (&mut self.state, &mut self.context);
        state.session.log_in(cx, account, renewed.union(known));
        state.receipts.begin_session(cx);
        state.bindings.begin_session();
        cx.troubles_mut().begin_session();
        state.accounts.tell_possibly_bound(cx);
        state.tokens.forgive();
        state.election.shorten_backoff(cx);
        state.registrations.voip_mut().shorten_backoff(cx);
        Verdict::Applied
    }

    fn logout_requested(&mut self, session: SessionId) -> Verdict {
        let (state, cx) = (&mut self.state, &mut self.context);
        let verdict = state.session.request_logout(cx, session);
        if verdict.is_applied() {
            state.bindings.begin_drain();
            state.presence.end_calls();
        }
        verdict
    }

    /// Logged out, or ended by the server with this code.
    fn session_over(&mut self, id: SessionId, code: Option<ImCode>) -> Verdict {
        if !self.state.session.is_open(id) {
            return Verdict::Ignored(IgnoredReason::OtherSession);
        }
        match code {
            Some(code) => self.session_ended_by(code),
            None => {
                self.end_session(End::LoggedOut);
            }
        }
        Verdict::Applied
    }

    /// The server ended the session. The diagnosis names the code until the next login.
    fn session_ended_by(&mut self, code: ImCode) {
        self.end_session(End::Over);
        self.context.troubles_mut().set_session_over(code);
    }

    /// Ends the session there is, otherwise than by its drain. Says what is known of the account if it is back.
    fn end_session(&mut self, end: End) -> Prior {
        let was_open = self.state.session.current().is_some();
        let is_logout = end == End::LoggedOut || self.state.session.is_ending();
        if was_open {
            self.end_reports();
        }
        let (unsettled, settles_at) = (self.state.bindings.unsettled(), self.state.bindings.settles_at());
        let (state, cx) = (&mut self.state, &mut self.context);
        let mut prior = Prior::default();
        match state.session.end(cx, end, unsettled, settles_at) {
            Ended::Clean => {}
            Ended::Left(account, kinds) => {
                state.accounts.remember(cx, account, kinds);
                if is_logout || end == End::Switched {
                    state.accounts.tell_possibly_bound(cx);
                }
            }
            Ended::Renewed(known) => prior = known,
        }
        if was_open {
            self.leave();
        }
        prior
    }

    /// Nobody will tell any more what became of a report in flight.
    fn end_reports(&mut self) {
        let (state, cx) = (&mut self.state, &mut self.context);
        let in_flight = state.bindings.end_session(cx);
        state.session.outcomes_unknown(in_flight);
    }

    /// What was shown and waited for in the session is over.
    fn leave(&mut self) {
        self.state.presence.end_session(&mut self.context);
        self.state.inbox.end_session();
        self.state.receipts.end_session(&mut self.context);
        self.context.push(Queued::ClearNotifications);
    }

    /// Lets the logout go on as soon as nothing of the session can reach the server any more, or at the deadline.
    pub(super) fn drive_drain(&mut self) {
        let in_flight = self.state.bindings.kinds(super::BindingState::is_in_flight);
        if self.state.session.is_drained(&self.context, in_flight, self.state.bindings.unsettled()) {
            self.end_reports();
            self.state.session.drained(&mut self.context);
            self.leave();
        }
    }

    fn push_toggled(&mut self, disabled: bool) -> Verdict {
        let verdict = self.state.setup.set_push_disabled(disabled);
        if verdict.is_applied() {
            self.state.bindings.reset_backoff(&self.context);
        }
        verdict
    }

    fn report_answered(&mut self, id: ReportId, error: Option<(ImCode, Option<Duration>)>) -> Verdict {
        let Some(kind) = self.state.bindings.awaiting(id) else { return STALE };
        let may_retry = self.state.session.logged_in().is_some();
        let (binding, cx) = (self.state.bindings.of_mut(kind), &mut self.context);
        match error {
            Some((code, _)) if explain_im(code).effect() != ImEffect::Success => {
                cx.troubles_mut().report_failed(kind, code);
            }
            Some(_) | None => {
                let now = cx.now();
                cx.troubles_mut().report_done(kind, now);
            }
        }
        let ended = match error {
            None => binding.done(cx).map(|end| (end, false)),
            Some((code, retry_after)) => binding.failed(cx, ReportError::new(code, retry_after), may_retry),
        };
        self.tell_persisting(kind);
        if let Some((end, is_session_over)) = ended {
            self.report_ended(kind, end);
            if let (true, Some((code, _))) = (is_session_over, error) {
                self.session_ended_by(code);
            }
        }
        Verdict::Applied
    }

    fn report_lost(&mut self, id: ReportId, how: Lost) -> Verdict {
        let Some(kind) = self.state.bindings.awaiting(id) else { return STALE };
        self.answer_lost(kind, how);
        let may_retry = self.state.session.logged_in().is_some();
        let end = self.state.bindings.of_mut(kind).lost(&mut self.context, may_retry);
        self.tell_persisting(kind);
        self.report_ended(kind, end);
        Verdict::Applied
    }

    /// A report failed. Says once in a streak that it does so again and again, with a code that was expected to pass:
    /// the other codes have notices of their own.
    fn tell_persisting(&mut self, kind: TokenKind) {
        let (binding, cx) = (self.state.bindings.of(kind), &mut self.context);
        let is_transient = |code: &ImCode| matches!(explain_im(*code).effect(), ImEffect::Retry(_));
        let code = cx.troubles().report(kind).filter(is_transient);
        let streak = Persisting::Report(kind);
        if cx.troubles_mut().tell_persisting(streak, binding.is_persisting(), code.is_some()) {
            if let Some(code) = code {
                cx.notice_of_im(NoticeCode::ReportKeepsFailing, None, code);
            }
        }
    }

    fn answer_lost(&mut self, kind: TokenKind, how: Lost) {
        if self.context.troubles_mut().report_lost(kind, how) {
            let lost = QueuedNotice::lost(NoticeCode::ReportUnanswered, how);
            self.context.push(Queued::Notice(lost));
        }
    }

    /// What the end of a report says of the account, and of the token.
    fn report_ended(&mut self, kind: TokenKind, end: ReportEnd) {
        let state = &mut self.state;
        match end {
            ReportEnd::Acknowledged { is_empty: true, is_certain } => {
                if is_certain {
                    state.session.set_held(kind, false);
                }
            }
            ReportEnd::Acknowledged { is_empty: false, .. } => {
                if let Some(session) = state.session.current() {
                    state.accounts.set_last_bound(session.account());
                }
            }
            ReportEnd::Refused { held_before } => state.session.set_held(kind, held_before),
            ReportEnd::TokenRefused { held_before, vendor, token } => {
                state.session.set_held(kind, held_before);
                if state.tokens.refuse(vendor, kind, token) {
                    self.token_lost(vendor, kind);
                }
            }
            ReportEnd::Unknown => state.session.outcomes_unknown([kind].into_iter().collect()),
        }
    }

    fn store_failed(&mut self, version: StoreVersion, kind: ErrorKind) -> Verdict {
        let has_failed = self.state.storage.failed(&mut self.context, version, kind);
        if has_failed {
            self.store_gone();
        }
        applied_if(has_failed, IgnoredReason::Stale)
    }

    /// Nothing that waits for the store waits any longer.
    fn store_gone(&mut self) {
        self.state.bindings.store_failed(&self.context);
        self.state.receipts.store_failed(&mut self.context);
    }

    fn foreground(&mut self) -> Verdict {
        let (state, cx) = (&mut self.state, &mut self.context);
        let verdict = state.presence.enter_foreground();
        if verdict.is_applied() {
            cx.set_background(false);
            self.shorten_backoff();
        }
        verdict
    }

    fn presence_failed(&mut self, id: PresenceId, code: ImCode) -> Verdict {
        let Some(is_session_over) = self.state.presence.failed(&mut self.context, id, code) else {
            return STALE;
        };
        if is_session_over {
            self.session_ended_by(code);
        }
        Verdict::Applied
    }

    fn tapped(&mut self, tap: Tap) -> Verdict {
        let (state, cx) = (&mut self.state, &mut self.context);
        let is_new = |id: &&PushId| state.receipts.is_new(cx, PushEventKind::Clicked, id);
        let click = tap.push_id().filter(is_new).map(|id| (id.clone(), tap.account().cloned()));
        let reported = state.session.account().filter(|(_, is_reported)| *is_reported);
        let assumed = || state.accounts.assumed_owner(reported.map(|(account, _)| account));
        let verdict = state.inbox.tapped(cx, tap, assumed);
        if let Some((push_id, account)) = click.filter(|_| verdict.is_applied()) {
            self.keep_push_event(PushEventKind::Clicked, push_id, account);
        }
        verdict
    }

    fn push_arrived(&mut self, push_id: PushId, account: Option<UserId>) -> Verdict {
        if !self.state.receipts.is_new(&self.context, PushEventKind::Arrived, &push_id) {
            return Verdict::Ignored(IgnoredReason::Unchanged);
        }
        let is_kept = self.keep_push_event(PushEventKind::Arrived, push_id, account);
        applied_if(is_kept, IgnoredReason::NotCounted)
    }

    /// Keeps what became of a push, under the account that it was for as far as that is known: stated, else the one that
    /// a tap is assumed to be for, else the likeliest of those that may be pushed to here, else the one logged in, else
    /// the one bound last. Whether it is kept.
    fn keep_push_event(&mut self, kind: PushEventKind, push_id: PushId, stated: Option<UserId>) -> bool {
        let (state, cx) = (&mut self.state, &mut self.context);
        if !cx.settings().push_events {
            count(&mut cx.counters_mut().push_events_unreported);
            return false;
        }
        // A launch may bring its tap before the app's configuration.
        let is_tentative = !state.setup.has_consent();
        if is_tentative && state.setup.is_consent_known() {
            return false;
        }
        let session = state.session.account();
        let current = session.map(|(account, _)| account);
        let reported = session.filter(|(_, is_reported)| *is_reported).map(|(account, _)| account);
        let accounts = &state.accounts;
        let likely = || accounts.likely_owner(reported).or(current).or_else(|| accounts.last_bound());
        let account = stated.or_else(|| accounts.assumed_owner(reported)).or_else(|| likely().cloned());
        state.receipts.keep(cx, kind, push_id, account, is_tentative)
    }

    fn push_events_lost(&mut self, id: PushEventsId, how: Lost) -> Verdict {
        applied_if(self.state.receipts.lost(&mut self.context, id, how), IgnoredReason::Stale)
    }

    fn push_events_failed(
        &mut self,
        id: PushEventsId,
        code: ImCode,
        retry_after: Option<Duration>,
    ) -> Verdict {
        let failed = self.state.receipts.failed(&mut self.context, id, code, retry_after);
        let Some(is_session_over) = failed else { return STALE };
        if is_session_over {
            self.session_ended_by(code);
        }
        Verdict::Applied
    }

    /// The next attempts of reports and of the election come soon.
    fn shorten_backoff(&mut self) -> bool {
        let (state, cx) = (&mut self.state, &mut self.context);
        let reports = state.bindings.shorten_backoff(cx);
        let election = state.election.shorten_backoff(cx);
        let receipts = state.receipts.shorten_backoff(cx);
        state.registrations.voip_mut().shorten_backoff(cx) || reports || election || receipts
    }

    fn network_up(&mut self) -> Verdict {
        let shortened = self.shorten_backoff();
        let presence = self.state.presence.retry_now(false);
        applied_if(shortened || presence, IgnoredReason::NothingWaits)
    }

    fn user_retry(&mut self) -> Verdict {
        let forgiven = self.state.tokens.forgive();
        let wants_voip = wants_voip(&self.state);
        let (state, cx) = (&mut self.state, &mut self.context);
        let reports = state.bindings.retry_now(cx);
        let election = state.election.retry_now(cx, state.tokens.in_hand());
        let voip = wants_voip && state.registrations.voip_mut().reset(cx);
        let presence = state.presence.retry_now(true);
        let store = state.storage.retry_now(cx);
        let receipts = state.receipts.retry_now(cx);
        let any = [forgiven, reports, election, voip, presence, store, receipts].contains(&true);
        applied_if(any, IgnoredReason::NothingWaits)
    }

    /// Every deadline.
    pub(super) fn timeout(&mut self) {
        let (state, cx) = (&mut self.state, &mut self.context);
        let in_hand = state.tokens.in_hand();
        let is_voip_in_hand = state.tokens.voip().is_some();
        let is_refused = |vendor, kind| state.tokens.has_refused(vendor, kind);
        let failure = state.registrations.timeout(cx, in_hand, is_voip_in_hand, is_refused);
        if let Some(failure) = failure {
            state.election.request_failed(cx, failure, in_hand);
        }
        state.election.timeout(cx, in_hand);
        // Before the store's, which may begin a report that then counts as one without doubt before it.
        let settled = state.bindings.doubt_timeout(cx);
        state.session.settled(settled);
        if !settled.is_empty() && state.bindings.unsettled().is_empty() {
            state.accounts.settled();
        }
        if state.storage.timeout(cx, super::snapshot::digest(state)) {
            self.store_gone();
        }
        let may_retry = self.state.session.logged_in().is_some();
        for kind in TokenKind::ALL.iter().copied() {
            if let Some(end) = self.state.bindings.of_mut(kind).timeout(&mut self.context, may_retry) {
                self.answer_lost(kind, Lost::Deadline);
                self.tell_persisting(kind);
                self.report_ended(kind, end);
            }
        }
        self.state.presence.timeout(&mut self.context);
        self.state.inbox.timeout(&mut self.context);
        self.state.receipts.timeout(&mut self.context);
    }
}

const fn applied_if(condition: bool, otherwise: IgnoredReason) -> Verdict {
    if condition { Verdict::Applied } else { Verdict::Ignored(otherwise) }
}
