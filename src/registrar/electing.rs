//! Runs the election: epochs, the way down the ranking, requests to vendor SDKs.

use std::sync::Arc;

use super::election::{Course, ElectionRegion, Request, Step};
use super::queue::Pending;
use super::state::Consent;
use super::{Configuration, IgnoredReason, Machine, NoticeCode, Verdict};
use crate::device::{DeviceFacts, Platform, elect};
use crate::vendor::{Pace, TokenKind, Vendor};

impl Machine {
    pub(super) fn configured(&mut self, configuration: Arc<Configuration>) -> Verdict {
        if self.state.configuration.as_ref() == Some(&configuration) {
            return Verdict::Ignored(IgnoredReason::Unchanged);
        }
        self.state.configuration = Some(configuration);
        self.begin_anew();
        self.begin_epoch();
        Verdict::Applied
    }

    pub(super) fn device_facts(&mut self, facts: Arc<DeviceFacts>) -> Verdict {
        if self.state.device.as_ref() == Some(&facts) {
            return Verdict::Ignored(IgnoredReason::Unchanged);
        }
        self.state.device = Some(facts);
        self.begin_epoch();
        Verdict::Applied
    }

    pub(super) fn consent_granted(&mut self) -> Verdict {
        if self.state.consent == Consent::Given {
            return Verdict::Ignored(IgnoredReason::Unchanged);
        }
        let had_consent = self.state.has_consent();
        self.state.consent = Consent::Given;
        self.touch();
        if !had_consent {
            self.begin_anew();
            self.begin_epoch();
        }
        Verdict::Applied
    }

    pub(super) fn consent_withdrawn(&mut self) -> Verdict {
        if self.state.consent == Consent::Withdrawn {
            return Verdict::Ignored(IgnoredReason::Unchanged);
        }
        self.state.consent = Consent::Withdrawn;
        let held: Vec<_> =
            self.state.tokens.iter().map(|held| (held.vendor(), held.token().kind())).collect();
        let known =
            held.iter().fold(self.state.election.ever_started(), |set, (vendor, _)| set.with(*vendor));
        for vendor in known.iter() {
            self.push(Pending::Unregister(vendor));
        }
        for (vendor, kind) in held {
            self.state.tokens.remove(vendor, kind);
        }
        self.state.election = ElectionRegion::default();
        self.begin_anew();
        self.touch();
        Verdict::Applied
    }

    /// Seeks the best vendor anew. What is in hand stays in hand.
    fn begin_epoch(&mut self) {
        let consent = self.state.has_consent();
        let (Some(configuration), Some(device), true) =
            (&self.state.configuration, &self.state.device, consent)
        else {
            self.halt();
            return;
        };
        let ranking: Vec<Vendor> = elect(device, configuration.election_policy())
            .accepted()
            .filter(|vendor| configuration.business_id(*vendor, TokenKind::Standard).is_some())
            .collect();
        let is_certified =
            |vendor: &Vendor| configuration.business_id(*vendor, TokenKind::Standard).is_some();
        let still_elected = self.state.election.elected.filter(is_certified);
        let election = &mut self.state.election;
        election.ranking = ranking;
        election.proposed = 0;
        election.retry = None;
        election.failures = 0;
        election.elected = still_elected;
        let best = election.proposal();
        if election.request.is_some_and(|request| Some(request.vendor) != best) {
            self.set_request_aside();
        }
        self.improve();
        self.propose();
        self.begin_voip();
    }

    fn halt(&mut self) {
        self.set_request_aside();
        self.drop_untaken_voip();
        let election = &mut self.state.election;
        election.course = Course::Halted;
        election.voip.retry_at = None;
    }

    /// Whether the host has taken a request, so that the SDK may be at it.
    fn was_taken(&self, request: &Request) -> bool {
        request.step == Step::Asking && !self.effects.contains(&Pending::Register(request.id))
    }

    /// The request is needed no longer; its SDK goes on with it all the same. If it never came to that, it is as if
    /// nobody had been asked.
    fn set_request_aside(&mut self) {
        let Some(request) = self.state.election.request.take() else { return };
        let is_taken = self.was_taken(&request);
        let now = self.now.monotonic();
        let election = &mut self.state.election;
        if is_taken {
            election.set_aside.retain(|aside| aside.vendor != request.vendor && aside.deadline > now);
            election.set_aside.push(request);
            return;
        }
        if request.step == Step::Ensuring {
            election.ensured = election.ensured.without(request.vendor);
        }
        if !election.started.contains(request.vendor) {
            election.asked = election.asked.without(request.vendor);
        }
    }

    /// The same of the request for a VoIP token, which stays where it is if its SDK is at it.
    fn drop_untaken_voip(&mut self) {
        if self.state.election.voip.request.is_some_and(|request| !self.was_taken(&request)) {
            self.state.election.voip.request = None;
            self.state.election.voip.asked = false;
        }
    }

    /// Moves to a better vendor whose token is in hand.
    pub(super) fn improve(&mut self) {
        let election = &self.state.election;
        let rank = |vendor| election.rank(vendor);
        let Some(best) = self.state.tokens.best(rank) else { return };
        let better = match election.elected {
            Some(elected) => rank(elected).is_none_or(|held| rank(best).is_some_and(|best| best < held)),
            None => rank(best).is_some_and(|best| best <= election.proposed),
        };
        if better {
            self.elect(best);
        }
    }

    pub(super) fn elect(&mut self, vendor: Vendor) {
        if self.state.election.elected != Some(vendor) {
            self.state.election.elected = Some(vendor);
            self.new_vendor();
            self.touch();
        }
    }

    /// Goes down the ranking from the proposal to the first vendor that has a token or can be asked for one.
    pub(super) fn propose(&mut self) {
        let election = &self.state.election;
        let Some(vendor) = election.proposal() else {
            self.exhausted();
            return;
        };
        let elected_rank = election.elected.and_then(|elected| election.rank(elected));
        if self.state.tokens.find(vendor, TokenKind::Standard).is_some() {
            if elected_rank.is_none_or(|rank| election.proposed < rank) {
                self.elect(vendor);
            }
            self.rest(vendor);
        } else {
            self.state.election.course = Course::Registering;
            if self.state.election.request.is_none_or(|request| request.vendor != vendor) {
                self.ask(vendor);
            }
        }
    }

    /// Stays with a vendor whose token is in hand. Its SDK needs its start all the same, once per process.
    pub(super) fn rest(&mut self, vendor: Vendor) {
        let election = &mut self.state.election;
        election.proposed = election.rank(vendor).unwrap_or(election.proposed);
        election.course = Course::Elected;
        election.failures = 0;
        election.retry = None;
        if election.request.is_some_and(|request| request.vendor != vendor) {
            self.set_request_aside();
        }
        if !self.state.election.asked.contains(vendor) {
            self.ask(vendor);
        }
    }

    fn exhausted(&mut self) {
        let election = &self.state.election;
        if election.ranking.is_empty() {
            self.state.election.course = Course::Unsupported;
            self.notice(NoticeCode::NoVendor, None);
            return;
        }
        if let Some(pace) = election.retry {
            let delay = self.delay(pace, election.failures);
            let until = self.in_time(delay);
            let failures = self.count_failure(self.state.election.failures);
            self.state.election.course = Course::BackingOff { until };
            self.state.election.failures = failures;
        } else {
            self.state.election.course = Course::Stalled;
            self.notice(NoticeCode::RegistrationStalled, None);
        }
    }

    /// Tries all vendors again from the best.
    pub(super) fn propose_again(&mut self) {
        self.state.election.proposed = 0;
        self.state.election.retry = None;
        self.propose();
    }

    /// The request for the standard token came to nothing; `retry` says when another may succeed.
    pub(super) fn request_failed(&mut self, vendor: Vendor, retry: Option<Pace>) {
        self.state.election.request = None;
        let election = &mut self.state.election;
        if election.course != Course::Registering || election.proposal() != Some(vendor) {
            return;
        }
        election.retry = match (election.retry, retry) {
            (Some(known), Some(new)) => Some(known.min(new)),
            (known, new) => known.or(new),
        };
        if let Some(elected) = election.elected.filter(|elected| election.ranking.contains(elected)) {
            self.rest(elected);
        } else {
            election.proposed = election.proposed.saturating_add(1);
            self.propose();
        }
    }

    /// Asks an SDK for its standard token, after its notification channel if it needs one.
    pub(super) fn ask(&mut self, vendor: Vendor) {
        self.set_request_aside();
        self.state.election.asked = self.state.election.asked.with(vendor);
        let aside = self.state.election.take_aside(vendor);
        if let Some(aside) = aside.filter(|aside| !self.is_due(aside.deadline)) {
            self.state.election.request = Some(aside);
            return;
        }
        let id = self.ids.next();
        let step = if self.wants_notification_channel(vendor) { Step::Ensuring } else { Step::Asking };
        let settings = self.policy.settings();
        let wait = match step {
            Step::Ensuring => settings.notification_channel,
            Step::Asking => settings.registration,
        };
        let deadline = self.in_time(wait);
        self.state.election.request = Some(Request { id, vendor, step, deadline });
        match step {
            Step::Ensuring => self.push(Pending::Ensure(id)),
            Step::Asking => {
                self.counters.registrations = self.counters.registrations.saturating_add(1);
                self.push(Pending::Register(id));
            }
        }
    }

    /// Whether a notification channel goes before this registration: on Android 8 and newer, once per process.
    fn wants_notification_channel(&mut self, vendor: Vendor) -> bool {
        let (Some(configuration), Some(device)) = (&self.state.configuration, &self.state.device) else {
            return false;
        };
        if self.state.election.ensured.contains(vendor) || !has_notification_channels(device) {
            return false;
        }
        let configured = configuration.notification_channel(vendor).is_some();
        self.state.election.ensured = self.state.election.ensured.with(vendor);
        if !configured && vendor == Vendor::Oppo {
            self.notice(NoticeCode::NotificationChannelMissing, Some(vendor));
        }
        configured
    }

    /// The notification channel is there, or will not be: on to the SDK.
    pub(super) fn ensured(&mut self, vendor: Vendor) {
        self.state.election.request = None;
        self.ask(vendor);
    }

    pub(super) fn begin_voip(&mut self) {
        let may_ask = self.may_ask_voip();
        if !may_ask {
            self.drop_untaken_voip();
        }
        let voip = &mut self.state.election.voip;
        voip.retry_at = None;
        voip.failures = 0;
        // An SDK that is at it, or has given its token, is not asked again.
        if may_ask && !voip.asked {
            self.ask_voip();
        }
    }

    fn may_ask_voip(&self) -> bool {
        let certified = self
            .state
            .configuration
            .as_ref()
            .is_some_and(|known| known.business_id(Vendor::Apns, TokenKind::Voip).is_some());
        certified && self.state.has_consent() && self.state.election.ranking.contains(&Vendor::Apns)
    }

    pub(super) fn ask_voip(&mut self) {
        let id = self.ids.next();
        let deadline = self.in_time(self.policy.settings().registration);
        let voip = &mut self.state.election.voip;
        voip.asked = true;
        voip.retry_at = None;
        voip.request = Some(Request { id, vendor: Vendor::Apns, step: Step::Asking, deadline });
        self.counters.registrations = self.counters.registrations.saturating_add(1);
        self.push(Pending::Register(id));
    }

    pub(super) fn voip_failed(&mut self, retry: Option<Pace>) {
        let failures = self.state.election.voip.failures;
        let may_ask = self.may_ask_voip();
        let in_hand = self.state.tokens.voip().is_some();
        let retry_at = retry.filter(|_| may_ask && !in_hand).map(|pace| {
            let delay = self.delay(pace, failures);
            self.in_time(delay)
        });
        let failures = if may_ask { self.count_failure(failures) } else { 0 };
        let voip = &mut self.state.election.voip;
        voip.request = None;
        voip.asked = false;
        voip.failures = failures;
        voip.retry_at = retry_at;
    }

    /// The network is back, the app in the foreground, or somebody logged in: the next attempt comes soon.
    pub(super) fn hurry_election(&mut self) -> bool {
        let mut hurried = false;
        if let Course::BackingOff { until } = self.state.election.course {
            let soon = self.delay(Pace::Normal, 0);
            self.state.election.course = Course::BackingOff { until: until.min(self.in_time(soon)) };
            self.state.election.failures = 0;
            hurried = true;
        }
        if let Some(at) = self.state.election.voip.retry_at {
            let soon = self.delay(Pace::Normal, 0);
            self.state.election.voip.retry_at = Some(at.min(self.in_time(soon)));
            self.state.election.voip.failures = 0;
            hurried = true;
        }
        hurried
    }

    /// The user asks for another attempt at once.
    pub(super) fn retry_election(&mut self) -> bool {
        let course = self.state.election.course;
        let waits = matches!(course, Course::BackingOff { .. } | Course::Stalled);
        if waits {
            self.state.election.failures = 0;
            self.propose_again();
        }
        let voip = &self.state.election.voip;
        let voip_waits = course != Course::Halted && !voip.asked && self.state.tokens.voip().is_none();
        if voip_waits {
            self.begin_voip();
        }
        waits || voip_waits && self.state.election.voip.asked
    }
}

/// Android has notification channels since version 8, API level 26
/// (<https://developer.android.com/reference/android/app/NotificationChannel>). An unknown level counts as newer.
fn has_notification_channels(device: &DeviceFacts) -> bool {
    device.platform() == Platform::Android && device.android_api().is_none_or(|api| api >= 26)
}
