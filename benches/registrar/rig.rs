//! A machine on the bench: told of events one by one, its effects kept.

use std::sync::Arc;
use std::time::Duration;

use tim_offline_push::account::UserId;
use tim_offline_push::certificate::{AppleEnvironment, BusinessId, CertificateSlot, Certificates};
use tim_offline_push::device::DeviceFacts;
use tim_offline_push::notification::{Payload, PushId, Tap};
use tim_offline_push::registrar::{
    Configuration, Effect, Event, InstallId, Jitter, Lane, Machine, NotificationChannel, Origin, Policy,
    PolicySettings, PresenceId, PushEventsId, Receiver, Region, RegistrationId, ReportId, Restored,
    SessionId, StateName, StoreVersion, TapId, Unread, Verdict,
};
use tim_offline_push::secret::Secret;
use tim_offline_push::time::{MonotonicTime, Now, UnixTime};
use tim_offline_push::vendor::{TokenKind, Vendor};

/// A machine, its clock, and what it asked for last.
#[derive(Clone)]
pub(crate) struct Rig {
    pub(crate) machine: Machine,
    pub(crate) millis: u64,
    /// What the wall clock shows, in seconds. It stands still unless a test sets it.
    pub(crate) wall: i64,
    /// All effects since the last call of [`Rig::drain`].
    pub(crate) effects: Vec<Effect>,
    /// Whether writes succeed at once.
    pub(crate) stores: bool,
    pub(crate) report: Option<ReportId>,
    pub(crate) version: Option<StoreVersion>,
    pub(crate) registration: Option<RegistrationId>,
    pub(crate) presence: Option<PresenceId>,
    pub(crate) tap: Option<TapId>,
    pub(crate) push_events: Option<PushEventsId>,
    /// The session whose logout was let go on last.
    pub(crate) released: Option<SessionId>,
    pub(crate) snapshot: Vec<u8>,
    /// The host that takes nothing.
    pub(crate) busy: Option<Lane>,
}

pub(crate) fn origin(incarnation: u32) -> Origin {
    Origin::new(InstallId::new("an installation").unwrap(), incarnation)
}

pub(crate) fn steady() -> PolicySettings {
    let mut settings = PolicySettings::default();
    settings.jitter = Jitter::Off;
    settings
}

pub(crate) fn user(name: &str) -> UserId {
    UserId::new(name).unwrap()
}

pub(crate) fn certificates() -> Certificates {
    Vendor::ALL.iter().copied().zip(1..).fold(
        Certificates::new()
            .with(CertificateSlot::apns(TokenKind::Voip, AppleEnvironment::Production), id(100)),
        |certificates, (vendor, number)| certificates.with(vendor, id(number)),
    )
}

pub(crate) fn id(number: u32) -> BusinessId {
    BusinessId::new(number).unwrap()
}

pub(crate) fn configuration(wired: &[Vendor]) -> Configuration {
    Configuration::new(certificates(), wired.iter().copied())
        .with_notification_channel(Vendor::Oppo, NotificationChannel::new("tuikit", "Messages"))
}

pub(crate) fn configured(configuration: Configuration) -> Event {
    Event::Configured(Arc::new(configuration))
}

/// A phone of a maker, with Play services.
pub(crate) fn phone(maker: &str) -> Event {
    let facts = match maker {
        "Apple" => DeviceFacts::apple(),
        _ => DeviceFacts::from_getprop(&format!(
            "[ro.product.brand]: [{maker}]\n[ro.product.manufacturer]: [{maker}]\n[ro.build.version.sdk]: [30]"
        ))
        .unwrap(),
    };
    Event::DeviceFacts(Arc::new(facts))
}

pub(crate) fn token(vendor: Vendor, text: &str) -> Event {
    Event::Token { vendor, kind: TokenKind::Standard, text: Secret::new(text) }
}

pub(crate) fn login(name: &str) -> Event {
    Event::LoggedIn { account: user(name) }
}

/// A tap with a message id and, if given, the account it is for.
pub(crate) fn tap(message: &str, account: Option<&str>) -> Tap {
    let pairs = [("ext", format!("ext of {message}"))];
    let tap = Tap::new(None, Payload::from_pairs(pairs).unwrap()).with_message_id(message);
    match account {
        Some(name) => tap.with_account(user(name)),
        None => tap,
    }
}

/// A tap of a push with this id.
pub(crate) fn tap_of_push(id: &str, account: Option<&str>) -> Tap {
    let pairs = [("ext", "{}"), ("clickExt", id)];
    let tap = Tap::new(None, Payload::from_pairs(pairs).unwrap()).with_message_id(id);
    match account {
        Some(name) => tap.with_account(user(name)),
        None => tap,
    }
}

/// The push with this id has arrived.
pub(crate) fn arrival(id: &str, account: Option<&str>) -> Event {
    Event::PushArrived { push_id: PushId::new(id).unwrap(), account: account.map(user) }
}

impl Rig {
    pub(crate) fn new(settings: PolicySettings) -> Self {
        Self::around(Machine::new(origin(1), Policy::new(settings).unwrap()), 1_000)
    }

    pub(crate) fn around(machine: Machine, millis: u64) -> Self {
        Self {
            machine,
            millis,
            wall: 1_800_000_000,
            effects: Vec::new(),
            stores: true,
            report: None,
            version: None,
            registration: None,
            presence: None,
            tap: None,
            push_events: None,
            released: None,
            snapshot: Vec::new(),
            busy: None,
        }
    }

    /// The machine that the last stored snapshot makes.
    pub(crate) fn restart(&self, incarnation: u32) -> (Self, Restored) {
        let policy = self.machine.policy().clone();
        let (machine, restored) = Machine::restore(origin(incarnation), policy, &self.snapshot, self.now());
        let mut rig = Self::around(machine, self.millis);
        rig.wall = self.wall;
        rig.snapshot.clone_from(&self.snapshot);
        rig.stores = self.stores;
        rig.take();
        (rig, restored)
    }

    pub(crate) fn now(&self) -> Now {
        Now::new(MonotonicTime::from_millis(self.millis), UnixTime::from_secs(self.wall))
    }

    pub(crate) fn tell(&mut self, event: Event) -> Verdict {
        let verdict = self.machine.handle(self.now(), event);
        self.take();
        verdict
    }

    pub(crate) fn tell_all(&mut self, events: impl IntoIterator<Item = Event>) {
        for event in events {
            assert_eq!(self.tell(event.clone()), Verdict::Applied, "{event:?}");
        }
    }

    /// Tells an event, and takes nothing.
    pub(crate) fn tell_untaken(&mut self, event: Event) -> Verdict {
        self.machine.handle(self.now(), event)
    }

    /// Takes what is to be done.
    fn take(&mut self) {
        let busy = self.busy;
        while let Some(effect) = self.machine.poll_effect_on(|lane| Some(lane) != busy) {
            match &effect {
                Effect::Report { id, .. } => self.report = Some(*id),
                Effect::RegisterVendor { id, .. } | Effect::EnsureNotificationChannel { id, .. } => {
                    self.registration = Some(*id);
                }
                Effect::EnterForeground { id } | Effect::EnterBackground { id, .. } => {
                    self.presence = Some(*id);
                }
                Effect::DeliverTap { id, .. } => self.tap = Some(*id),
                Effect::ReportPushEvents { id, .. } => self.push_events = Some(*id),
                Effect::Store { version, snapshot } => {
                    self.version = Some(*version);
                    if self.stores {
                        self.snapshot = snapshot.as_bytes().to_vec();
                    }
                }
                Effect::ReleaseLogout { session, .. } => self.released = Some(*session),
                Effect::UnregisterVendor { .. }
                | Effect::SetBadge { .. }
                | Effect::ClearNotifications
                | Effect::Notice(_)
                | _ => {}
            }
            let version = match &effect {
                Effect::Store { version, .. } if self.stores => Some(*version),
                _ => None,
            };
            self.effects.push(effect);
            if let Some(version) = version {
                self.machine.handle(self.now(), Event::Stored { version });
            }
        }
    }

    /// The effects so far, in words.
    pub(crate) fn drain(&mut self) -> Vec<String> {
        std::mem::take(&mut self.effects).iter().map(words).collect()
    }

    pub(crate) fn pass(&mut self, millis: u64) {
        self.millis += millis;
        let now = self.now();
        self.machine.handle_timeout(now);
        self.take();
    }

    /// Goes to the next deadline; whether there is one.
    pub(crate) fn reach_deadline(&mut self) -> bool {
        match self.machine.poll_timeout() {
            Some(deadline) => {
                self.millis = self.millis.max(deadline.as_millis());
                self.pass(0);
                true
            }
            None => false,
        }
    }

    /// Goes on by this much, and to the deadline within it if there is one.
    pub(crate) fn reach_deadline_if_sooner(&mut self, millis: u64) {
        let end = self.millis + millis;
        while self.machine.poll_timeout().is_some_and(|deadline| deadline.as_millis() < end) {
            self.reach_deadline();
        }
    }

    pub(crate) fn session(&self) -> SessionId {
        self.machine.session().unwrap()
    }

    /// The named state of a region.
    pub(crate) fn state(&self, region: Region) -> StateName {
        let diagnosis = self.machine.diagnose();
        diagnosis
            .regions
            .iter()
            .find(|status| status.region == region)
            .map_or(StateName::Idle, |status| status.state)
    }

    pub(crate) fn done(&self) -> Event {
        Event::ReportDone { id: self.report.unwrap() }
    }

    pub(crate) fn failed(&self, code: i32) -> Event {
        Event::ReportFailed { id: self.report.unwrap(), code: code.into(), retry_after: None }
    }

    /// A Xiaomi phone on the way to a token, as far as `Registering`.
    pub(crate) fn registering(settings: PolicySettings) -> Self {
        let mut rig = Self::new(settings);
        rig.tell_all([configured(configuration(&[Vendor::Xiaomi, Vendor::Fcm])), phone("Xiaomi")]);
        rig
    }

    /// A Xiaomi phone with alice logged in and her token acknowledged.
    pub(crate) fn bound(settings: PolicySettings) -> Self {
        let mut rig = Self::registering(settings);
        rig.tell_all([login("alice"), token(Vendor::Xiaomi, "xiaomi-1")]);
        rig.tell_all([rig.done()]);
        assert_eq!(rig.state(Region::Binding), StateName::Bound);
        rig.effects.clear();
        rig
    }
}

/// An effect in the words of the table.
pub(crate) fn words(effect: &Effect) -> String {
    match effect {
        Effect::RegisterVendor { vendor, kind: TokenKind::Standard, .. } => {
            format!("RegisterVendor({vendor})")
        }
        Effect::RegisterVendor { vendor, kind, .. } => format!("RegisterVendor({vendor} {kind})"),
        Effect::UnregisterVendor { vendor } => format!("UnregisterVendor({vendor})"),
        Effect::EnsureNotificationChannel { spec, .. } => format!("EnsureNotificationChannel({})", spec.id()),
        Effect::Store { .. } => "Store".to_owned(),
        Effect::Report { binding, .. } => {
            let kind = if binding.kind() == TokenKind::Voip { " VoIP" } else { "" };
            match binding.vendor() {
                Some(vendor) => format!("Report({vendor}{kind})"),
                None => format!("Report(nothing{kind})"),
            }
        }
        Effect::ReleaseLogout { clean, superseded, .. } => match (clean, superseded) {
            (true, false) => "ReleaseLogout(clean)".to_owned(),
            (false, false) => "ReleaseLogout(unclean)".to_owned(),
            (true, true) => "ReleaseLogout(clean, superseded)".to_owned(),
            (false, true) => "ReleaseLogout(unclean, superseded)".to_owned(),
        },
        Effect::EnterForeground { .. } => "EnterForeground".to_owned(),
        Effect::EnterBackground { unread, .. } => format!("EnterBackground({})", unread.as_u32()),
        Effect::SetBadge { count } => format!("SetBadge({count})"),
        Effect::DeliverTap { receiver, .. } => match receiver {
            Receiver::Stated(_) => "DeliverTap(stated)".to_owned(),
            Receiver::Assumed(_) => "DeliverTap(assumed)".to_owned(),
            Receiver::NotYours(_) => "DeliverTap(not yours)".to_owned(),
            Receiver::Unknown | _ => "DeliverTap(unknown)".to_owned(),
        },
        Effect::ClearNotifications => "ClearNotifications".to_owned(),
        Effect::ReportPushEvents { events, .. } => format!("ReportPushEvents({})", events.len()),
        Effect::Notice(notice) => format!("Notice({:?})", notice.code()),
        other => format!("{other:?}"),
    }
}

pub(crate) fn unread(count: i64) -> Unread {
    Unread::new(count)
}

pub(crate) const fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}
