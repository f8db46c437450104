//! The requests to vendor SDKs: which were made, which are in flight, and what became of them.

mod deadlines;

use super::configuration::{Prerequisite, Setup};
use super::election::{Election, Failure};
use super::tokens::Tokens;
use super::{
    Call, Cause, Context, Effect, IgnoredReason, Notice, NoticeCode, Queued, RegistrationId, Rule, STALE,
    Streak, Verdict, Wait, count, holds,
};
use crate::time::MonotonicTime;
use crate::vendor::{Pace, Remedy, TokenKind, Vendor, VendorCode, VendorSet, explain};

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Registrations {
    /// At most one for each vendor and kind. One that nothing waits for any more stays until its deadline,
    /// since its SDK still works on it: if the vendor is wanted again before then, no second request is made.
    requests: Vec<Request>,
    /// The vendors asked in this process for the standard token they have now.
    asked: VendorSet,
    /// The vendors whose SDK was started in this process or, if not unregistered since, in an earlier one.
    /// Part of the snapshot.
    started: VendorSet,
    /// The vendors whose SDK was started in this process.
    started_here: VendorSet,
    /// The vendors to be unregistered: the user took the consent back.
    unwanted: VendorSet,
    /// The vendors whose notification channel was seen to in this process.
    ensured: VendorSet,
    /// When an SDK whose token is in hand is to be started, if its host has not taken the request.
    start_at: Option<MonotonicTime>,
    /// The request to APNs' SDK for a VoIP token, which has no part in the election. Idle: it is to be made.
    /// Pending: it was made in this process, for the token that is held.
    voip: Call<()>,
    /// The requests for a VoIP token that failed in a row.
    voip_streak: Streak,
}

/// A request to a vendor SDK.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Request {
    vendor: Vendor,
    kind: TokenKind,
    step: Step,
    /// When this step must be taken or answered.
    until: MonotonicTime,
    /// Nothing waits for it.
    aside: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Step {
    /// The notification channel comes first; the host has not taken that yet.
    EnsureQueued,
    Ensuring(RegistrationId),
    /// The host has not taken the registration yet.
    Queued,
    /// The SDK works on it.
    InFlight(RegistrationId),
    /// The SDK was unregistered while it worked on it.
    Void(RegistrationId),
}

impl Request {
    /// Whether it was not taken, or not answered, in its time.
    fn is_over(&self, cx: &Context) -> bool {
        let may_be = self.step != Step::Queued || holds(Rule::UntakenWithdrawn);
        !self.aside && may_be && cx.is_due(self.until)
    }

    /// Whether the notification channel comes first.
    const fn is_ensuring(&self) -> bool {
        matches!(self.step, Step::EnsureQueued | Step::Ensuring(_))
    }

    /// Goes on to a step, which is to be taken or answered in its time.
    fn go_to(&mut self, cx: &mut Context, step: Step) {
        let within = match step {
            Step::EnsureQueued | Step::Ensuring(_) => cx.settings().notification_channel,
            Step::Queued | Step::InFlight(_) | Step::Void(_) => cx.settings().registration,
        };
        (self.step, self.until) = (step, cx.in_time(within));
        match step {
            Step::EnsureQueued => cx.push(Queued::EnsureNotificationChannel(self.vendor)),
            Step::Queued => cx.push(Queued::Register(self.vendor, self.kind)),
            Step::Ensuring(_) | Step::InFlight(_) | Step::Void(_) => {}
        }
    }
}

impl Registrations {
    /// Asks whoever is to be asked, and lets go of what is needed no longer.
    pub(super) fn drive(&mut self, cx: &mut Context, setup: &Setup, election: &Election, wants_voip: bool) {
        let wish = election.wish();
        self.set_aside(cx, wish.map(|(vendor, _)| vendor));
        match wish.filter(|(vendor, for_token)| *for_token || !self.asked.contains(*vendor)) {
            Some((vendor, for_token)) if for_token || self.start_at.is_none() => self.ask(cx, setup, vendor),
            Some(_) => {}
            None => self.start_at = None,
        }
        if wants_voip {
            if self.voip == Call::Idle && !self.has_request(Vendor::Apns, TokenKind::Voip) {
                self.voip = Call::Pending;
                self.request(cx, Vendor::Apns, TokenKind::Voip, Step::Queued);
            }
        } else {
            let before = self.requests.len();
            self.requests.retain(|request| request.kind != TokenKind::Voip || request.step != Step::Queued);
            // An SDK that has taken the request, or has given its token, is not asked again when one is
            // wanted.
            if self.requests.len() < before || self.voip != Call::Pending {
                self.voip = Call::Idle;
            }
        }
        self.forget_notification_channels(cx, setup);
    }

    /// The configuration, the consent or the phone is another: what failed is worth another attempt.
    pub(super) fn begin_epoch(&mut self, cx: &mut Context) {
        self.retry_now(cx);
        self.start_at = None;
    }

    /// A failed request for a VoIP token is worth another attempt. Whether there was one.
    pub(super) fn retry_now(&mut self, cx: &mut Context) -> bool {
        let had_failed = self.voip_streak != Streak::default();
        self.begin_streak(cx);
        self.voip.reset(cx) || had_failed
    }

    /// The next request for a VoIP token comes soon.
    pub(super) fn shorten_backoff(&mut self, cx: &mut Context) -> bool {
        let waits = self.voip.shorten(cx);
        if waits {
            self.begin_streak(cx);
        }
        waits
    }

    fn begin_streak(&mut self, cx: &mut Context) {
        self.voip_streak = Streak::default();
        cx.troubles_mut().begin_streak(TokenKind::Voip);
    }

    /// The request for a VoIP token failed; `retry` says when another may succeed.
    fn voip_failed(&mut self, cx: &mut Context, retry: Option<Pace>, reason: Wait) {
        self.voip = Call::Stopped { code: None };
        if let Some(pace) = retry {
            let delay = self.voip_streak.again(cx, pace, reason);
            self.voip.wait(cx, delay, None, reason);
        }
    }

    /// The request for this vendor's standard token, if one is made or in flight.
    fn ask(&mut self, cx: &mut Context, setup: &Setup, vendor: Vendor) {
        self.start_at = None;
        self.asked = self.asked.with(vendor);
        if holds(Rule::OneRegistrationInFlight) && self.has_request(vendor, TokenKind::Standard) {
            return;
        }
        let first = match setup.prerequisite(vendor).filter(|_| !self.ensured.contains(vendor)) {
            Some(Prerequisite::NotificationChannel) => Step::EnsureQueued,
            Some(Prerequisite::MissingNotificationChannel) => {
                cx.notice(NoticeCode::NotificationChannelMissing, Some(vendor));
                Step::Queued
            }
            None => Step::Queued,
        };
        self.request(cx, vendor, TokenKind::Standard, first);
        self.ensured = self.ensured.with(vendor);
    }

    fn request(&mut self, cx: &mut Context, vendor: Vendor, kind: TokenKind, first: Step) {
        let mut request = Request { vendor, kind, step: first, until: MonotonicTime::ZERO, aside: false };
        request.go_to(cx, first);
        self.requests.reserve_exact(1);
        self.requests.push(request);
    }

    /// Requests for other standard tokens are needed no longer. One that its SDK works on goes on; any other
    /// counts as never made.
    fn set_aside(&mut self, cx: &Context, wanted: Option<Vendor>) {
        let Self { requests, ensured, asked, started_here, .. } = self;
        requests.retain_mut(|request| {
            if request.kind == TokenKind::Voip {
                return true;
            }
            let was_aside = std::mem::replace(&mut request.aside, Some(request.vendor) != wanted);
            match request.step {
                // It has no more time than it had.
                Step::InFlight(_) | Step::Void(_) => {
                    return !(was_aside || request.aside) || !cx.is_due(request.until);
                }
                Step::EnsureQueued | Step::Ensuring(_) | Step::Queued if !request.aside => return true,
                Step::EnsureQueued | Step::Ensuring(_) => *ensured = ensured.without(request.vendor),
                Step::Queued => {}
            }
            if !started_here.contains(request.vendor) {
                *asked = asked.without(request.vendor);
            }
            false
        });
    }

    /// A notification channel that is no longer configured is not waited for.
    fn forget_notification_channels(&mut self, cx: &mut Context, setup: &Setup) {
        let is_over = |request: &&mut Request| {
            request.step == Step::EnsureQueued && setup.notification_channel(request.vendor).is_none()
        };
        if let Some(request) = self.requests.iter_mut().find(is_over) {
            request.go_to(cx, Step::Queued);
        }
    }

    /// The host takes a registration.
    pub(super) fn take(&mut self, cx: &mut Context, vendor: Vendor, kind: TokenKind) -> Option<Effect> {
        let id = self.taken(cx, (vendor, kind, Step::Queued), Step::InFlight)?;
        self.started = self.started.with(vendor);
        self.started_here = self.started_here.with(vendor);
        count(&mut cx.counters_mut().registrations);
        Some(Effect::RegisterVendor { id, vendor, kind })
    }

    /// The host takes the request for the notification channel before a registration.
    pub(super) fn take_channel(&mut self, cx: &mut Context, vendor: Vendor) -> Option<RegistrationId> {
        self.taken(cx, (vendor, TokenKind::Standard, Step::EnsureQueued), Step::Ensuring)
    }

    fn taken(
        &mut self,
        cx: &mut Context,
        queued: (Vendor, TokenKind, Step),
        next: fn(RegistrationId) -> Step,
    ) -> Option<RegistrationId> {
        let is_it = |known: &&mut Request| (known.vendor, known.kind, known.step) == queued;
        let request = self.requests.iter_mut().find(is_it)?;
        let id = cx.next_id();
        request.go_to(cx, next(id));
        Some(id)
    }

    /// The host unregisters a vendor's SDK, if that is still wanted.
    pub(super) fn take_unregister(&mut self, vendor: Vendor) -> Option<Effect> {
        let is_unwanted = self.unwanted.contains(vendor);
        self.unwanted = self.unwanted.without(vendor);
        is_unwanted.then(|| {
            self.started_here = self.started_here.without(vendor);
            for request in self.requests.iter_mut().filter(|request| request.vendor == vendor) {
                if let Step::InFlight(id) = request.step {
                    request.step = Step::Void(id);
                }
            }
            Effect::UnregisterVendor { vendor }
        })
    }

    /// The notification channel is there.
    pub(super) fn channel_ready(&mut self, cx: &mut Context, id: RegistrationId) -> Verdict {
        let request = self.requests.iter_mut().find(|known| known.step == Step::Ensuring(id));
        // If it comes late, it is not known any more of which vendor it is.
        let vendor = request.as_ref().map(|request| request.vendor);
        cx.troubles_mut().end(NoticeCode::NotificationChannelFailed, vendor);
        let Some(request) = request else { return STALE };
        request.go_to(cx, Step::Queued);
        Verdict::Applied
    }

    /// The notification channel could not be made.
    pub(super) fn channel_failed(&mut self, cx: &mut Context, id: RegistrationId) -> Verdict {
        let request = self.requests.iter_mut().find(|known| known.step == Step::Ensuring(id));
        let Some(request) = request else { return STALE };
        cx.notice(NoticeCode::NotificationChannelFailed, Some(request.vendor));
        request.go_to(cx, Step::Queued);
        Verdict::Applied
    }

    /// A vendor's SDK refused. The failure is the election's to deal with, if it is about a standard token.
    pub(super) fn vendor_failed(
        &mut self,
        cx: &mut Context,
        id: RegistrationId,
        code: VendorCode,
        tokens: &Tokens,
    ) -> Result<Option<Failure>, IgnoredReason> {
        let is_its = |request: &Request| matches!(request.step, Step::InFlight(known) | Step::Void(known) if known == id);
        let place = self.requests.iter().position(is_its).ok_or(IgnoredReason::Stale)?;
        let Request { vendor, kind, step, .. } = *self.requests.get(place).ok_or(IgnoredReason::Stale)?;
        let explanation = explain(vendor, &code);
        let retry = match explanation.remedy() {
            Remedy::Nothing => return Err(IgnoredReason::Unchanged),
            Remedy::RetryLater | Remedy::Quota => Some(explanation.pace()),
            Remedy::FixConfiguration | Remedy::DeviceCannot | Remedy::UserMustAct => None,
        };
        self.requests.remove(place);
        count(&mut cx.counters_mut().registrations_failed);
        cx.counters_mut().note_vendor_code(vendor, code.clone());
        if matches!(step, Step::Void(_)) || self.unwanted.contains(vendor) {
            return Ok(None);
        }
        let cause = Some(Cause::Vendor(Box::new(code)));
        let refused = Notice::of(NoticeCode::VendorRefused, Some(vendor), cause);
        cx.vendor_trouble(kind, refused, false);
        if kind == TokenKind::Standard {
            return Ok(Some(Failure::new(vendor, retry, Wait::Failed)));
        }
        self.voip_failed(cx, retry.filter(|_| tokens.voip().is_none()), Wait::Failed);
        cx.notice_failing_sdks(kind, self.voip_streak.is_persisting(), &[vendor]);
        Ok(None)
    }

    /// A token came: the request that it answers is over. The request's id plays no part: tokens are facts,
    /// not answers. One that came before its SDK was asked leaves the notification channel to be made, and
    /// the SDK to be started.
    ///
    /// Whoever gives a token while it is searched for needs no start, even if the request for it was given up
    /// before.
    pub(super) fn token_came(&mut self, cx: &mut Context, vendor: Vendor, kind: TokenKind, searching: bool) {
        self.answered(vendor, kind);
        match kind {
            TokenKind::Standard if searching => self.asked = self.asked.with(vendor),
            TokenKind::Standard => {}
            TokenKind::Voip => {
                self.voip = Call::Pending;
                self.begin_streak(cx);
            }
        }
    }

    /// Ends the request that a token answers. Whether there was one.
    pub(super) fn answered(&mut self, vendor: Vendor, kind: TokenKind) -> bool {
        let before = self.requests.len();
        self.requests.retain(|known| known.vendor != vendor || known.kind != kind || known.is_ensuring());
        self.requests.len() < before
    }

    /// A token is dead, so its SDK may be asked for another, once it works on no request.
    pub(super) fn token_lost(&mut self, vendor: Vendor, kind: TokenKind) {
        match kind {
            TokenKind::Standard => self.asked = self.asked.without(vendor),
            TokenKind::Voip => {
                (self.voip, self.voip_streak) = (Call::Idle, Streak::default());
                if !holds(Rule::OneRegistrationInFlight) {
                    self.requests.retain(|request| request.kind != kind);
                }
            }
        }
    }

    /// The user took the consent back: whatever SDK was ever started here is unregistered, and so are these.
    pub(super) fn withdraw(&mut self, cx: &mut Context, also: VendorSet) {
        let started = also.iter().fold(self.started, VendorSet::with);
        started.iter().for_each(|vendor| self.unregister(cx, vendor));
        self.requests.retain(|request| matches!(request.step, Step::InFlight(_) | Step::Void(_)));
        *self = Self {
            requests: std::mem::take(&mut self.requests),
            started_here: self.started_here,
            unwanted: self.unwanted,
            ..Self::default()
        };
    }

    /// The user agrees again: an SDK that was not unregistered yet runs on.
    pub(super) fn allow(&mut self) {
        self.started = self.to_unregister();
        self.unwanted = VendorSet::EMPTY;
    }

    /// An SDK runs on although the user took the consent back.
    pub(super) fn unregister(&mut self, cx: &mut Context, vendor: Vendor) {
        self.unwanted = self.unwanted.with(vendor);
        cx.push(Queued::Unregister(vendor));
    }

    pub(super) const fn voip_streak(&self) -> Streak {
        self.voip_streak
    }

    /// Whether this vendor's SDK waits for its notification channel.
    pub(super) fn is_ensuring(&self, vendor: Option<Vendor>) -> bool {
        self.requests.iter().any(|request| Some(request.vendor) == vendor && request.is_ensuring())
    }

    /// The vendors whose SDK was ever started here and is not known to be unregistered: part of the snapshot.
    pub(super) fn to_unregister(&self) -> VendorSet {
        self.unwanted.iter().fold(self.started, VendorSet::with)
    }

    /// Takes up the vendors whose SDK an earlier process started. After a withdrawal that was not carried out
    /// they are still to be unregistered.
    pub(super) fn restore(&mut self, cx: &mut Context, started: VendorSet, is_withdrawn: bool) {
        if is_withdrawn {
            started.iter().for_each(|vendor| self.unregister(cx, vendor));
        } else {
            self.started = started;
        }
    }

    pub(super) fn deadline(&self) -> Option<MonotonicTime> {
        let requests = self.requests.iter().filter(|request| !request.aside).map(|request| request.until);
        requests.chain(self.voip.deadline()).chain(self.start_at).min()
    }

    /// Leaves out what no time to come can change.
    #[cfg(test)]
    pub(super) fn make_canonical(&mut self, now: MonotonicTime) {
        self.requests.retain(|request| !request.aside || request.until > now);
    }

    /// Whether a request for this token is made or in flight.
    pub(super) fn has_request(&self, vendor: Vendor, kind: TokenKind) -> bool {
        self.requests.iter().any(|request| request.vendor == vendor && request.kind == kind)
    }
}
