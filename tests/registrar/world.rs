//! The books around a machine: who is logged in, what is under way, what was acknowledged; and what must hold
//! at every effect. They share nothing with the machine but the events it is told and the effects it asks
//! for.

use std::collections::BTreeMap;

use tim_offline_push::account::UserId;
use tim_offline_push::certificate::{AppleEnvironment, Market};
use tim_offline_push::registrar::{
    Cause, Configuration, Effect, Event, Lane, Machine, NoticeCode, Policy, PolicySettings, PresenceId,
    Receiver, RegistrationId, ReportId, Restored, SessionId, StoreVersion, TapId, Verdict,
};
use tim_offline_push::time::{MonotonicTime, Now, UnixTime};
use tim_offline_push::vendor::{ImCode, TokenKind, Vendor};

use super::rig::{certificates, configured, origin};
use super::server::{Sent, Server};

/// What the world knows.
#[derive(Clone)]
pub(crate) struct World {
    pub(crate) machine: Machine,
    pub(crate) millis: u64,
    pub(crate) wall: i64,
    pub(crate) settings: PolicySettings,
    pub(crate) configuration: Option<Configuration>,
    pub(crate) phone: Option<Event>,
    pub(crate) session: Option<(SessionId, UserId)>,
    pub(crate) draining: bool,
    pub(crate) reports: BTreeMap<ReportId, Sent>,
    /// Reports that nobody will answer, and that may reach the server yet.
    pub(crate) floating: Vec<Sent>,
    pub(crate) server: Server,
    /// A report was begun without its intent being stored: a crash may lose it.
    pub(crate) store_failed: bool,
    pub(crate) registrations: Vec<(RegistrationId, Vendor, TokenKind, u64)>,
    pub(crate) ensuring: Option<RegistrationId>,
    pub(crate) writes: Vec<(StoreVersion, Vec<u8>)>,
    pub(crate) presences: Vec<PresenceId>,
    pub(crate) delivered: Vec<TapId>,
    pub(crate) handled: Vec<TapId>,
    pub(crate) owners: BTreeMap<String, Option<UserId>>,
    pub(crate) badge: Option<u32>,
    /// The newest token of Xiaomi's that counted.
    pub(crate) newest: Option<String>,
    /// What the server is to have in the end.
    pub(crate) last: String,
    pub(crate) parked: Vec<TokenKind>,
    pub(crate) elected: Option<Vendor>,
    /// The latest that the clock has ever shown.
    pub(crate) latest: u64,
    pub(crate) kinds: BTreeMap<ReportId, TokenKind>,
    /// The last stored bytes.
    pub(crate) disk: Vec<u8>,
    pub(crate) log: Vec<String>,
    pub(crate) said: Vec<Event>,
    pub(crate) crashes: u32,
    /// Effects taken so far.
    pub(crate) taken: usize,
    /// Crash right after this many effects.
    pub(crate) crash_after: Option<usize>,
}

impl World {
    pub(crate) fn new(settings: PolicySettings, seed: u64) -> Self {
        let policy = Policy::new(settings.clone()).unwrap();
        Self {
            machine: Machine::new(origin(1).with_seed(seed), policy),
            millis: 5_000,
            wall: 1_800_000_000,
            settings,
            configuration: None,
            phone: None,
            session: None,
            draining: false,
            reports: BTreeMap::new(),
            floating: Vec::new(),
            server: Server::default(),
            store_failed: false,
            registrations: Vec::new(),
            ensuring: None,
            writes: Vec::new(),
            presences: Vec::new(),
            delivered: Vec::new(),
            handled: Vec::new(),
            owners: BTreeMap::new(),
            badge: None,
            newest: None,
            last: "the-last-token".to_owned(),
            parked: Vec::new(),
            elected: None,
            latest: 0,
            kinds: BTreeMap::new(),
            disk: Vec::new(),
            log: Vec::new(),
            said: Vec::new(),
            crashes: 0,
            taken: 0,
            crash_after: None,
        }
    }

    pub(crate) fn now(&self) -> Now {
        Now::new(MonotonicTime::from_millis(self.millis), UnixTime::from_secs(self.wall))
    }

    /// Tells an event and takes what follows.
    pub(crate) fn tell(&mut self, event: Event) -> Verdict {
        let before = self.machine.clone();
        let verdict = self.machine.handle(self.now(), event.clone());
        if verdict == Verdict::Applied {
            self.note(&event);
        } else {
            assert!(self.machine.is_in_state_of(&before), "{event:?} was {verdict:?} and changed the state");
        }
        self.log.push(format!("{event:?} {verdict:?}"));
        self.said.push(event);
        self.take();
        verdict
    }

    /// Keeps the books by what counted.
    fn note(&mut self, event: &Event) {
        if let Event::Token { vendor: Vendor::Xiaomi, text, .. } = event {
            self.newest = Some(text.expose_secret().to_owned());
        }
        match event {
            Event::LoggedIn { account } => {
                // Nobody logged the one before out: the server keeps what it has.
                self.end_session(false);
                self.session = Some((self.machine.session().unwrap(), account.clone()));
                self.parked.clear();
            }
            Event::LogoutRequested { .. } => self.draining = true,
            Event::LoggedOut { .. } | Event::KickedOff { .. } | Event::CredentialExpired { .. } => {
                self.end_session(true);
            }
            Event::ReportFailed { code, .. } if *code == ImCode::from(6208) => self.end_session(true),
            Event::ReportFailed { id, code, .. } if *code == ImCode::from(6017) => {
                self.parked.extend(self.kinds.get(id));
            }
            Event::Configured(_)
            | Event::DeviceFacts(_)
            | Event::ConsentGranted
            | Event::ConsentWithdrawn
            | Event::PushDisabled
            | Event::PushEnabled
            | Event::Token { .. }
            | Event::TokenInvalid { .. }
            | Event::UserRetry => self.parked.clear(),
            _ => {}
        }
    }

    fn end_session(&mut self, forgets: bool) {
        if let (Some((_, account)), true) = (self.session.take(), forgets) {
            self.server.forget(&account);
        }
        self.draining = false;
        self.floating.extend(std::mem::take(&mut self.reports).into_values());
        self.let_die();
        self.presences.clear();
    }

    /// Takes all effects, and checks each.
    pub(crate) fn take(&mut self) {
        while let Some(effect) = self.machine.poll_effect() {
            self.log.push(format!("  {effect:?}"));
            self.check(&effect);
            self.taken += 1;
            if self.crash_after == Some(self.taken) {
                self.crash();
                return;
            }
        }
        self.bounds();
    }

    #[expect(clippy::too_many_lines, reason = "one arm for each kind of effect")]
    fn check(&mut self, effect: &Effect) {
        match effect {
            Effect::Report { id, binding } => {
                assert!(self.session.is_some() && !self.draining, "S1: a report without a session");
                // A clock that runs backwards counts as standing still.
                let now = self.latest.max(self.millis);
                let life = u64::try_from(self.settings.report.as_millis()).unwrap();
                let (alive, dead): (BTreeMap<_, _>, BTreeMap<_, _>) = std::mem::take(&mut self.reports)
                    .into_iter()
                    .partition(|(_, sent)| sent.issued.saturating_add(life) > now);
                self.reports = alive;
                self.floating.extend(dead.into_values());
                self.let_die();
                assert!(self.reports.is_empty(), "S2: two reports at once");
                let elected = self.machine.diagnose().elected;
                if std::mem::replace(&mut self.elected, elected) != elected {
                    self.parked.clear();
                }
                assert!(!self.parked.contains(&binding.kind()), "S7: a report after a permanent code");
                self.kinds.insert(*id, binding.kind());
                if let (Some(token), Some(id)) = (binding.token(), binding.business_id()) {
                    let own = certificates().business_id(
                        token.vendor(),
                        token.kind(),
                        AppleEnvironment::Production,
                        Market::Domestic,
                    );
                    assert_eq!(own, Some(id), "S4: a token under another vendor's certificate");
                    let text = token.expose_secret();
                    assert!(
                        !text.trim().is_empty() && text != "null" && text.len() <= 256,
                        "S5: a bad token"
                    );
                }
                let (session, account) = self.session.clone().unwrap();
                let sent = Sent {
                    session,
                    account,
                    kind: binding.kind(),
                    token: binding.token().map(|token| token.expose_secret().to_owned()),
                    issued: now,
                };
                self.reports.insert(*id, sent);
            }
            Effect::RegisterVendor { id, vendor, kind } => {
                let now = self.millis;
                self.registrations.retain(|(.., deadline)| *deadline > now);
                self.registrations.push((*id, *vendor, *kind, now.saturating_add(10_000)));
            }
            Effect::Notice(notice)
                if notice.code() == NoticeCode::StoreFailed
                    || notice.cause() == Some(&Cause::Lane(Lane::Store)) =>
            {
                self.store_failed = true;
            }
            Effect::EnsureNotificationChannel { id, .. } => self.ensuring = Some(*id),
            Effect::Store { version, snapshot } => {
                self.writes.push((*version, snapshot.as_bytes().to_vec()));
                assert!(snapshot.len() <= Machine::MAX_SNAPSHOT_BYTES, "S12: snapshot");
            }
            Effect::ReleaseLogout { session, clean, superseded } => {
                let settle = u64::try_from(self.settings.settle.as_millis()).unwrap();
                let now = self.latest.max(self.millis);
                let may_land = self
                    .reports
                    .values()
                    .chain(&self.floating)
                    .any(|sent| sent.session == *session && sent.issued.saturating_add(settle) > now);
                assert!(!clean || !may_land, "S9: clean, and a report may land");
                if !superseded {
                    assert_eq!(
                        self.session.as_ref().map(|(id, _)| *id),
                        Some(*session),
                        "release of another session"
                    );
                    assert!(self.draining, "release without a request");
                    self.end_session(true);
                }
            }
            Effect::EnterForeground { id } | Effect::EnterBackground { id, .. } => {
                assert!(self.session.is_some() && !self.draining, "S14: presence without a session");
                self.presences.push(*id);
            }
            Effect::SetBadge { count } => {
                assert!(*count <= 999, "S14: badge out of range");
                assert!(self.session.is_some() || *count == 0, "S14: a badge without a session");
                assert_ne!(self.badge, Some(*count), "S14: an equal badge");
                self.badge = Some(*count);
            }
            Effect::DeliverTap { id, tap, receiver } => {
                assert!(!self.delivered.contains(id), "L5: delivered twice in a process");
                assert!(!self.handled.contains(id), "L5: delivered after it was handled");
                self.delivered.push(*id);
                let account = &self.session.as_ref().expect("a tap without a session").1;
                match receiver {
                    Receiver::Stated(stated) => {
                        assert_eq!(stated, account, "a tap for another account");
                        assert_eq!(tap.account(), Some(account));
                    }
                    Receiver::Assumed(assumed) => {
                        assert_eq!(assumed, account, "an assumed tap for another account");
                    }
                    _ => assert!(tap.account().is_none_or(|stated| stated == account)),
                }
            }
            _ => {}
        }
    }

    fn bounds(&self) {
        let diagnosis = self.machine.diagnose();
        assert!(diagnosis.tokens.len() <= 3, "S12: tokens");
        assert!(diagnosis.held_taps <= self.settings.tap_limit, "S12: taps");
        assert!(self.machine.possibly_bound().count() <= self.settings.possibly_bound_limit, "S12: accounts");
    }

    /// The process ends; what was stored last is what the next one finds.
    pub(crate) fn crash(&mut self) {
        self.crashes += 1;
        self.log.push("crash".to_owned());
        let policy = Policy::new(self.settings.clone()).unwrap();
        let (machine, restored) = Machine::restore(origin(1 + self.crashes), policy, &self.disk, self.now());
        assert!(matches!(restored, Restored::Resumed | Restored::Fresh), "{restored:?}");
        self.machine = machine;
        self.latest = self.millis;
        self.end_session(false);
        self.registrations.clear();
        self.ensuring = None;
        self.writes.clear();
        self.delivered.clear();
        self.handled.clear();
        self.badge = None;
        self.parked.clear();
        self.crash_after = None;
        self.take();
        if let Some(configuration) = self.configuration.clone() {
            self.tell(configured(configuration));
        }
        if let Some(phone) = self.phone.clone() {
            self.tell(phone);
        }
    }

    /// No request lives longer than the settle interval.
    pub(crate) fn let_die(&mut self) {
        let settle = u64::try_from(self.settings.settle.as_millis()).unwrap();
        let now = self.latest.max(self.millis);
        self.floating.retain(|sent| sent.issued.saturating_add(settle) > now);
    }
}
