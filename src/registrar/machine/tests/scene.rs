//! What one walk or life lets happen: the phone, the server, the delays, and how often the environment may
//! misbehave.

use std::time::Duration;

use super::fixtures::{Account, App, Phone, Slot};
use crate::registrar::{Jitter, Lane, Policy, PolicySettings, TapFence};
use crate::vendor::{TokenKind, Vendor, VendorCode};

/// How often the environment may do what it need not do. Refusals are free: a retry must lead back to a state
/// known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Budget {
    /// Tokens that SDKs make, over all slots.
    pub(super) tokens: u8,
    pub(super) logins: u8,
    /// Sessions ended by the server or by the IM SDK alone.
    pub(super) kicks: u8,
    /// Answers of the IM server that do not come, or too late.
    pub(super) losses: u8,
    /// Requests to an SDK that it does not answer in time.
    pub(super) silences: u8,
    /// Tokens declared dead, by the host or by a code of the server's.
    pub(super) deaths: u8,
    pub(super) crashes: u8,
    /// Writes that fail, or are confirmed too late or never.
    pub(super) store_faults: u8,
    /// Pushes turned off or on, and the consent given or taken back.
    pub(super) switches: u8,
    /// Times the configuration or the phone changes.
    pub(super) changes: u8,
    /// Times the host tells of foreground, background or the unread count.
    pub(super) presence: u8,
    pub(super) taps: u8,
    /// Pushes whose arrival is reported.
    pub(super) arrivals: u8,
    /// Taps and arrivals reported twice.
    pub(super) repeats: u8,
    /// Deadlines that pass; as many as there are, if not set.
    pub(super) waits: u8,
}

impl Budget {
    pub(super) const NOTHING: Self = Self {
        tokens: 0,
        logins: 0,
        kicks: 0,
        losses: 0,
        silences: 0,
        deaths: 0,
        crashes: 0,
        store_faults: 0,
        switches: 0,
        changes: 0,
        presence: 0,
        taps: 0,
        arrivals: 0,
        repeats: 0,
        waits: u8::MAX,
    };
}

/// The policy's delays as the environment goes by them, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Times {
    pub(super) registration: u64,
    pub(super) channel: u64,
    pub(super) report: u64,
    /// How long a report of unknown outcome may still arrive. No request of the environment lives longer.
    pub(super) settle: u64,
    pub(super) drain: u64,
    pub(super) store: u64,
    pub(super) presence: u64,
    pub(super) floor: u64,
    pub(super) cap: u64,
    pub(super) reassert: u64,
    pub(super) tap_window: u64,
    pub(super) tap_expiry: u64,
}

impl Times {
    /// Whole seconds and few, so that few different moments can be distinguished.
    pub(super) const COARSE: Self = Self {
        registration: 2_000,
        channel: 1_000,
        report: 2_000,
        settle: 4_000,
        drain: 1_000,
        store: 1_000,
        presence: 1_000,
        floor: 2_000,
        cap: 2_000,
        reassert: 6_000,
        tap_window: 2_000,
        tap_expiry: 4_000,
    };
    /// As short as a policy may be, for most of them.
    pub(super) const TINY: Self = Self {
        registration: 3,
        channel: 1,
        report: 2,
        settle: 5,
        drain: 1,
        store: 1,
        presence: 1,
        floor: 1,
        cap: 4,
        reassert: 50,
        tap_window: 1,
        tap_expiry: 20,
    };
    /// The defaults of the design.
    pub(super) const DEFAULT: Self = Self {
        registration: 10_000,
        channel: 2_000,
        report: 15_000,
        settle: 60_000,
        drain: 5_000,
        store: 2_000,
        presence: 5_000,
        floor: 500,
        cap: 3_600_000,
        reassert: 86_400_000,
        tap_window: 10_000,
        tap_expiry: 600_000,
    };
}

/// Whether the server keeps one binding for each account on the device, or one for the device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Per {
    Account,
    Device,
}

/// What the server does with requests and bindings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ServerModel {
    pub(super) per: Per,
    /// Whether it refuses a request of a session that has ended.
    pub(super) checks_sessions: bool,
}

impl ServerModel {
    pub(super) const ALL: [Self; 4] = [
        Self { per: Per::Account, checks_sessions: false },
        Self { per: Per::Account, checks_sessions: true },
        Self { per: Per::Device, checks_sessions: false },
        Self { per: Per::Device, checks_sessions: true },
    ];

    pub(super) const fn name(self) -> &'static str {
        match (self.per, self.checks_sessions) {
            (Per::Account, false) => "one binding per account, sessions unchecked",
            (Per::Account, true) => "one binding per account, sessions checked",
            (Per::Device, false) => "one binding per device, sessions unchecked",
            (Per::Device, true) => "one binding per device, sessions checked",
        }
    }
}

/// What the store does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Disk {
    /// Every write is done and confirmed at once.
    Prompt,
    /// A write takes its time, and the world goes on meanwhile.
    Slow,
}

/// What a process that starts after a crash finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Aftermath {
    /// What was stored last.
    Same,
    /// Nothing: the file is gone.
    Gone,
    /// Bytes that are no snapshot.
    Torn,
    /// What was stored last, but the consent in it does not read.
    ConsentUnreadable,
    /// What was stored last, but it is the copy of another installation.
    OtherInstall,
}

/// How an SDK refuses a registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It may succeed later.
    Later,
    /// Not before something is fixed.
    Never,
}

impl Refusal {
    pub(super) fn code(self, vendor: Vendor) -> VendorCode {
        match (self, vendor) {
            (Self::Later, _) => VendorCode::from(424_242),
            (Self::Never, Vendor::Oppo) => VendorCode::from(14),
            (Self::Never, Vendor::Apns) => VendorCode::from(3_000),
            (Self::Never, _) => VendorCode::from(70_000_003),
        }
    }
}

/// One walk, or the setting of one life.
#[derive(Clone, Debug)]
pub(super) struct Scene {
    pub(super) name: &'static str,
    pub(super) slots: &'static [Slot],
    /// The phones that the app may be reported of, the first at start.
    pub(super) phones: &'static [Phone],
    pub(super) accounts: &'static [Account],
    pub(super) server: ServerModel,
    pub(super) disk: Disk,
    /// The lanes on which the host takes effects when the environment says so. On all others it takes them at
    /// once.
    pub(super) late: &'static [Lane],
    /// The lanes on which the host never takes anything: it hangs in a call.
    pub(super) blocked: &'static [Lane],
    pub(super) aftermaths: &'static [Aftermath],
    /// Whether an SDK tells the same token again when it is asked again. Some never do.
    pub(super) sdk_repeats: bool,
    pub(super) sdk_codes: &'static [Refusal],
    /// Codes with which a report or a presence call is refused. Those that end the session cost a kick.
    pub(super) im_codes: &'static [i32],
    /// Whether a refusal may ask for a longer wait.
    pub(super) retry_after: bool,
    /// Whether the user must agree first.
    pub(super) consent: bool,
    /// Whether the user takes back a consent that nobody asked for, rather than turning pushes off.
    pub(super) withdraws: bool,
    /// Whether the configuration names a notification channel for the first slot.
    pub(super) notification_channel: bool,
    /// Whether host and user repeat themselves: the configuration, the phone, the wish to try again, the
    /// network.
    pub(super) restless: bool,
    /// Whether the app has yet to be configured and the phone to be described, and tokens come unasked.
    pub(super) bare: bool,
    /// Whether snapshots are stored.
    pub(super) snapshots: bool,
    /// Whether certificates and wired SDKs come and go, and time passes in any portion.
    pub(super) wild: bool,
    pub(super) budget: Budget,
    pub(super) times: Times,
    pub(super) tap_fence: TapFence,
    pub(super) tap_limit: usize,
    /// In how many processes a tap is delivered.
    pub(super) tap_deliveries: u8,
    pub(super) possibly_bound_limit: usize,
    /// How many arrivals and clicks are kept, how many one call reports, and how often.
    pub(super) push_event_limit: usize,
    pub(super) push_event_batch: usize,
    pub(super) push_event_attempts: u8,
    /// Failures come to persist.
    pub(super) persists: bool,
}

impl Scene {
    /// A scene in which nothing goes wrong and little happens.
    pub(super) const fn plain(name: &'static str, slots: &'static [Slot], server: ServerModel) -> Self {
        Self {
            name,
            slots,
            phones: &[Phone::Of(Vendor::Xiaomi)],
            accounts: &[Account::Alice, Account::Bob],
            server,
            disk: Disk::Prompt,
            late: &[],
            blocked: &[],
            aftermaths: &[Aftermath::Same],
            sdk_repeats: true,
            sdk_codes: &[],
            im_codes: &[],
            retry_after: false,
            consent: false,
            withdraws: false,
            notification_channel: false,
            restless: false,
            bare: false,
            snapshots: true,
            wild: false,
            persists: false,
            budget: Budget::NOTHING,
            times: Times::COARSE,
            tap_fence: TapFence::Hold,
            tap_limit: 2,
            tap_deliveries: 3,
            possibly_bound_limit: 2,
            push_event_limit: 2,
            push_event_batch: 2,
            push_event_attempts: 3,
        }
    }

    /// Whether the IM client reports arrivals and clicks.
    pub(super) const fn counts_pushes(&self) -> bool {
        self.budget.arrivals > 0
    }

    /// Whether anything may wait to be taken.
    pub(super) const fn is_late(&self) -> bool {
        !self.late.is_empty() || !self.blocked.is_empty()
    }

    /// The lanes on which effects are taken at once.
    pub(super) fn prompt(&self) -> impl Fn(Lane) -> bool + use<> {
        let (late, open) = (self.late, self.open());
        move |lane| open(lane) && !late.contains(&lane)
    }

    /// The lanes on which effects are taken in the end.
    pub(super) fn open(&self) -> impl Fn(Lane) -> bool + use<> {
        let blocked = self.blocked;
        move |lane| !blocked.contains(&lane)
    }

    pub(super) fn is_blocked(&self, lane: Lane) -> bool {
        self.blocked.contains(&lane)
    }

    /// Whether anything is ever stored.
    pub(super) fn stores(&self) -> bool {
        self.snapshots && !self.is_blocked(Lane::Store)
    }

    pub(super) fn kinds(&self) -> impl Iterator<Item = TokenKind> + '_ {
        TokenKind::ALL.iter().copied().filter(|kind| self.slots.iter().any(|slot| slot.kind == *kind))
    }

    /// The app as it is first configured.
    pub(super) fn app(&self) -> App {
        let all = u8::MAX >> (8 - self.slots.len().min(8)).min(7);
        let all = if self.slots.is_empty() { 0 } else { all };
        App {
            version: 0,
            wired: all,
            certified: all,
            renumbered: 0,
            asks_consent: self.consent,
            names_channel: self.notification_channel,
        }
    }

    pub(super) fn policy(&self) -> Policy {
        let millis = Duration::from_millis;
        let times = &self.times;
        let mut settings = PolicySettings::default();
        if *times != Times::DEFAULT {
            settings.registration = millis(times.registration);
            settings.notification_channel = millis(times.channel);
            settings.report = millis(times.report);
            settings.settle = millis(times.settle);
            settings.drain = millis(times.drain);
            settings.store = millis(times.store);
            settings.presence = millis(times.presence);
            settings.backoff_base = millis(times.floor);
            settings.backoff_factor = if times.cap == times.floor { 1 } else { 2 };
            settings.backoff_floor = millis(times.floor);
            settings.backoff_cap_foreground = millis(times.cap);
            settings.backoff_cap_background = millis(times.cap);
            settings.slow_base = millis(times.floor);
            settings.persist_failures = 2;
            settings.persist_after = if self.persists { millis(1) } else { Policy::MAX_DELAY };
            settings.reassert = millis(times.reassert);
            settings.reassert_spread_percent = 0;
            settings.jitter = Jitter::Off;
            settings.tap_window = millis(times.tap_window);
            settings.tap_expiry = millis(times.tap_expiry);
        }
        settings.tap_limit = self.tap_limit;
        settings.tap_deliveries = self.tap_deliveries;
        settings.tap_fence = self.tap_fence;
        settings.possibly_bound_limit = self.possibly_bound_limit;
        settings.snapshots = self.snapshots;
        settings.push_events = self.counts_pushes();
        settings.push_event_limit = self.push_event_limit;
        settings.push_event_batch = self.push_event_batch;
        settings.push_event_attempts = self.push_event_attempts;
        Policy::new(settings).expect("delays in range")
    }
}
