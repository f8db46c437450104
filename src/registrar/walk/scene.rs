//! What one walk lets happen: the phone, the server, and how often the environment may misbehave.

use std::sync::Arc;
use std::time::Duration;

use super::cast::{Slot, certificates};
use super::twist::Twist;
use crate::device::{DeviceFacts, Properties};
use crate::registrar::rules::Rules;
use crate::registrar::{Configuration, Jitter, NotificationChannel, Policy, PolicySettings, TapFence};
use crate::vendor::{TokenKind, Vendor, VendorCode};

/// Milliseconds that the machine is told and that the environment goes by. All are whole seconds and few, so that few
/// different moments can be told apart.
pub(super) const SECOND: u64 = 1_000;
/// How long a vendor SDK may take.
pub(super) const REGISTRATION: u64 = 2 * SECOND;
/// How long making a notification channel may take.
pub(super) const CHANNEL: u64 = SECOND;
/// How long a report may take.
pub(super) const REPORT: u64 = 2 * SECOND;
/// How long a report of unknown outcome may still arrive. No request of the environment lives longer.
pub(super) const SETTLE: u64 = 4 * SECOND;
/// How long a logout may wait.
pub(super) const DRAIN: u64 = SECOND;
/// How long a write may take.
pub(super) const STORE: u64 = SECOND;
/// How long a presence call may take.
pub(super) const PRESENCE: u64 = SECOND;
/// The one delay of the back-off: its base, floor and cap.
pub(super) const BACKOFF: u64 = 2 * SECOND;
/// After how long an acknowledged binding is reported again.
pub(super) const REASSERT: u64 = 6 * SECOND;
/// Within how long the same tap counts once.
pub(super) const TAP_WINDOW: u64 = 2 * SECOND;
/// How long a tap is held.
pub(super) const TAP_EXPIRY: u64 = 4 * SECOND;
/// How many taps are held.
pub(super) const TAP_LIMIT: usize = 2;

/// How often the environment may do what it need not do. Refusals are free: a retry must lead back to a state known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Budget {
    /// Tokens that SDKs make, over all slots.
    pub(super) tokens: u8,
    /// Logins.
    pub(super) logins: u8,
    /// Sessions ended by the server: kicked off, expired, or a code that says so.
    pub(super) kicks: u8,
    /// Answers of the IM server that do not come, or too late.
    pub(super) losses: u8,
    /// Requests to an SDK that it does not answer in time.
    pub(super) silences: u8,
    /// Tokens declared dead.
    pub(super) deaths: u8,
    /// Processes killed.
    pub(super) crashes: u8,
    /// Writes that fail, or are confirmed too late or never.
    pub(super) store_faults: u8,
    /// Pushes turned off or on, and the consent given or taken back.
    pub(super) switches: u8,
    /// Times the host tells of foreground, background or the unread count.
    pub(super) presence: u8,
    /// Notifications tapped.
    pub(super) taps: u8,
    /// Taps told twice.
    pub(super) repeats: u8,
}

/// Whether the server keeps one binding for each account on the device, or one for the device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Per {
    Account,
    Device,
}

/// A server's manners.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Manners {
    pub(super) per: Per,
    /// Whether it refuses a request of a session that has ended.
    pub(super) checks_sessions: bool,
}

impl Manners {
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aftermath {
    /// What was stored last.
    Same,
    /// Bytes that are no snapshot.
    Torn,
    /// What was stored last, but it is the copy of another installation.
    OtherInstall,
}

/// How an SDK refuses a registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It may succeed later.
    Later,
    /// Not before something is mended.
    Never,
}

impl Refusal {
    /// The code that says so.
    pub(super) fn code(self, vendor: Vendor) -> VendorCode {
        match (self, vendor) {
            (Self::Later, _) => VendorCode::from(424_242),
            (Self::Never, Vendor::Oppo) => VendorCode::from(14),
            (Self::Never, Vendor::Apns) => VendorCode::from(3_000),
            (Self::Never, _) => VendorCode::from(70_000_003),
        }
    }
}

/// One walk.
#[derive(Clone, Debug)]
pub(super) struct Scene {
    pub(super) name: &'static str,
    /// The slots whose SDK is wired, the best first.
    pub(super) slots: &'static [Slot],
    pub(super) server: Manners,
    pub(super) disk: Disk,
    pub(super) aftermath: Aftermath,
    /// Whether an SDK tells the same token again when it is asked again. Some never do.
    pub(super) sdk_repeats: bool,
    /// How an SDK may refuse.
    pub(super) sdk_codes: &'static [Refusal],
    /// Codes with which a report is refused. Those that end the session cost a kick.
    pub(super) im_codes: &'static [i32],
    /// Whether a refusal may ask for a longer wait.
    pub(super) retry_after: bool,
    /// Whether all accounts may log in, or only the first.
    pub(super) both_accounts: bool,
    /// Whether the user must agree first.
    pub(super) consent: bool,
    /// Whether the configuration names a notification channel for the first slot.
    pub(super) notification_channel: bool,
    /// Whether host and user repeat themselves: the configuration, the phone, the wish to try again, the network.
    pub(super) restless: bool,
    /// Whether the app has yet to be configured and the phone to be described, and tokens come unasked.
    pub(super) bare: bool,
    /// Whether the phone is of a make that none of the wired SDKs serves.
    pub(super) foreign: bool,
    pub(super) budget: Budget,
    pub(super) tap_fence: TapFence,
    /// In how many processes a tap is delivered.
    pub(super) tap_deliveries: u8,
    pub(super) rules: Rules,
    pub(super) twist: Option<Twist>,
}

impl Scene {
    /// A scene in which nothing goes wrong and little happens.
    pub(super) const fn plain(name: &'static str, slots: &'static [Slot], server: Manners) -> Self {
        Self {
            name,
            slots,
            server,
            disk: Disk::Prompt,
            aftermath: Aftermath::Same,
            sdk_repeats: true,
            sdk_codes: &[],
            im_codes: &[],
            retry_after: false,
            both_accounts: true,
            consent: false,
            notification_channel: false,
            restless: false,
            bare: false,
            foreign: false,
            budget: Budget {
                tokens: 1,
                logins: 1,
                kicks: 0,
                losses: 0,
                silences: 1,
                deaths: 0,
                crashes: 0,
                store_faults: 0,
                switches: 0,
                presence: 0,
                taps: 0,
                repeats: 0,
            },
            tap_fence: TapFence::Hold,
            tap_deliveries: 3,
            rules: Rules::DESIGN,
            twist: None,
        }
    }

    /// Whether the store's content can matter any more.
    pub(super) fn kinds(&self) -> impl Iterator<Item = TokenKind> + '_ {
        TokenKind::ALL.into_iter().filter(|kind| self.slots.iter().any(|slot| slot.kind == *kind))
    }

    /// The app's configuration, in the nth version of the app.
    pub(super) fn configuration(&self, version: u8) -> Arc<Configuration> {
        let wired = self.slots.iter().map(|slot| slot.vendor);
        let plain = Configuration::new(certificates(self.slots), wired)
            .with_consent_required(self.consent)
            .with_app_version(version.to_string());
        Arc::new(match self.slots {
            [first, ..] if self.notification_channel => {
                plain.with_notification_channel(first.vendor, NotificationChannel::new("walk", "Walk"))
            }
            _ => plain,
        })
    }

    /// A phone whose own vendor is that of the first slot.
    pub(super) fn device(&self) -> Arc<DeviceFacts> {
        let brand = match self.slots.first().map(|slot| slot.vendor) {
            Some(Vendor::Apns) => return Arc::new(DeviceFacts::apple()),
            Some(vendor) if !self.foreign => vendor.as_str(),
            Some(_) | None => "nobody",
        };
        let dump = format!(
            "[ro.product.brand]: [{brand}]\n[ro.product.manufacturer]: [{brand}]\n[ro.build.version.sdk]: [33]"
        );
        Arc::new(DeviceFacts::android(&Properties::parse(&dump).expect("three properties")))
    }

    pub(super) fn policy(&self) -> Policy {
        let mut settings = PolicySettings {
            registration: millis(REGISTRATION),
            notification_channel: millis(CHANNEL),
            report: millis(REPORT),
            settle: millis(SETTLE),
            drain: millis(DRAIN),
            store: millis(STORE),
            presence: millis(PRESENCE),
            backoff_base: millis(BACKOFF),
            backoff_factor: 1,
            backoff_floor: millis(BACKOFF),
            backoff_cap_foreground: millis(BACKOFF),
            backoff_cap_background: millis(BACKOFF),
            slow_base: millis(BACKOFF),
            reassert: millis(REASSERT),
            reassert_spread_percent: 0,
            jitter: Jitter::Off,
            tap_window: millis(TAP_WINDOW),
            tap_expiry: millis(TAP_EXPIRY),
            tap_limit: TAP_LIMIT,
            tap_deliveries: self.tap_deliveries,
            tap_fence: self.tap_fence,
            possibly_bound_limit: 2,
            ..PolicySettings::default()
        };
        if let Some(twist) = self.twist {
            twist.policy(&mut settings);
        }
        Policy::new(settings).expect("delays in range")
    }
}

const fn millis(number: u64) -> Duration {
    Duration::from_millis(number)
}
