//! A phone: a real machine, its vendor's SDK, and the calls that it makes to the IM server.

use std::sync::Arc;

use tim_offline_push::account::UserId;
use tim_offline_push::certificate::{BusinessId, BusinessIdError, Certificates};
use tim_offline_push::device::DeviceFacts;
use tim_offline_push::registrar::{
    Configuration, Effect, Event, InstallId, Machine, Origin, Policy, PresenceId, ReportId, Unread,
};
use tim_offline_push::secret::Secret;
use tim_offline_push::time::{MonotonicTime, Now, UnixTime};
use tim_offline_push::vendor::{ImCode, TokenKind, Vendor};

use crate::scenario::{Fault, Scenario};

/// The vendors of the fleet, a quarter of the phones each. No phone has a second one.
pub(crate) const VENDORS: [Vendor; 4] = [Vendor::Xiaomi, Vendor::Huawei, Vendor::Oppo, Vendor::Vivo];

/// What all phones have in common: made once, shared in memory.
pub(crate) struct Fleet {
    pub(crate) scenario: Scenario,
    pub(crate) seed: u64,
    pub(crate) phones: u32,
    policy: Policy,
    install: InstallId,
    configuration: Arc<Configuration>,
    devices: [Arc<DeviceFacts>; VENDORS.len()],
}

impl Fleet {
    pub(crate) fn new(
        scenario: Scenario,
        policy: Policy,
        phones: u32,
        seed: u64,
    ) -> Result<Self, Box<dyn std::error::Error>> {
        let certificates =
            VENDORS.into_iter().zip(30_201..).try_fold(Certificates::new(), |all, (vendor, id)| {
                Ok::<_, BusinessIdError>(all.with(vendor, BusinessId::new(id)?))
            })?;
        let device = |maker: &str| {
            let properties = format!("[ro.product.brand]: [{maker}]\n[ro.product.manufacturer]: [{maker}]");
            DeviceFacts::from_getprop(&properties).map(Arc::new)
        };
        Ok(Self {
            scenario,
            seed,
            phones,
            policy,
            install: InstallId::new("fleet")?,
            configuration: Arc::new(Configuration::new(certificates, VENDORS)),
            devices: [device("Xiaomi")?, device("HUAWEI")?, device("OPPO")?, device("vivo")?],
        })
    }

    /// A number that depends on the phone, on what it is for, and on the seed alone (`SplitMix64`).
    pub(crate) fn draw(&self, phone: u32, salt: u64) -> u64 {
        let mut x = self.seed ^ (u64::from(phone) << 20) ^ salt.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }

    /// When this phone logs in: all of them are spread evenly over the rush.
    pub(crate) fn login(&self, phone: u32) -> u64 {
        let rush = self.scenario.rush;
        rush.from + (rush.to - rush.from) * u64::from(phone) / u64::from(self.phones.max(1))
    }

    pub(crate) fn vendor(phone: u32) -> usize {
        usize::try_from(phone).unwrap_or(0) % VENDORS.len()
    }

    /// When the vendor gives this phone a new token, if it does.
    pub(crate) fn rotation(&self, phone: u32) -> Option<u64> {
        let (vendor, span) = self.scenario.rotation?;
        let own = VENDORS.get(Self::vendor(phone)) == Some(&vendor);
        own.then(|| span.from + self.draw(phone, 1) % (span.to - span.from))
    }

    /// When the phone's network comes back, if it was away.
    pub(crate) fn reconnect(&self, phone: u32) -> Option<u64> {
        self.scenario.reconnect.map(|span| span.from + self.draw(phone, 3) % (span.to - span.from))
    }
}

/// What a phone waits for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Arrival {
    /// The user opens the app and logs in.
    Login,
    /// The vendor's SDK gives a token; each version is another text.
    Token { version: u8 },
    /// The IM server's answer to a report.
    Reported { id: ReportId, code: Option<i32> },
    /// The IM server's answer to a presence call.
    Presence { id: PresenceId, code: Option<i32> },
    /// The phone is connected again.
    NetworkUp,
    /// A deadline of the machine.
    Deadline,
}

/// A request to the IM server.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Call {
    /// A report of the token of this version.
    Report {
        id: ReportId,
        version: u8,
    },
    Presence {
        id: PresenceId,
    },
    /// No request: the vendor replaced the token, so pushes to the old one are lost.
    Rotated,
}

/// A phone and what is measured of it.
pub(crate) struct Phone {
    machine: Machine,
    /// The earliest deadline that stands in the queue, so that it is queued once.
    pub(crate) armed: u64,
    version: u8,
    pub(crate) reports: u32,
    last_report: u64,
    /// The shortest time between two reports of this phone, in ms.
    pub(crate) shortest_gap: u64,
}

impl Phone {
    pub(crate) fn new(fleet: &Fleet, number: u32) -> Self {
        let origin = Origin::new(fleet.install.clone(), number).with_seed(fleet.draw(number, 2));
        Self {
            machine: Machine::new(origin, fleet.policy.clone()),
            armed: u64::MAX,
            version: 0,
            reports: 0,
            last_report: 0,
            shortest_gap: u64::MAX,
        }
    }

    /// Lets something happen. Calls go to `call`, what the phone will hear of later to `later`.
    pub(crate) fn happen(
        &mut self,
        fleet: &Fleet,
        number: u32,
        at: u64,
        arrival: Arrival,
        call: &mut dyn FnMut(Call),
        later: &mut dyn FnMut(u64, Arrival),
    ) {
        let now = Now::new(MonotonicTime::from_millis(at), UnixTime::from_secs(1_800_000_000));
        match arrival {
            Arrival::Login => self.log_in(fleet, number, now, call, later),
            Arrival::Token { version } => {
                self.version = version;
                if version > 1 {
                    call(Call::Rotated);
                }
                let vendor = VENDORS.get(Fleet::vendor(number)).copied().unwrap_or(Vendor::Xiaomi);
                let text = Secret::new(format!("token-{version}-of-phone-{number:07}-0123456789abcdef"));
                self.handle(now, Event::Token { vendor, kind: TokenKind::Standard, text });
            }
            Arrival::Reported { id, code: None } => self.handle(now, Event::ReportDone { id }),
            Arrival::Reported { id, code: Some(code) } => {
                self.handle(now, Event::ReportFailed { id, code: ImCode::from(code), retry_after: None });
            }
            Arrival::Presence { id, code: None } => self.handle(now, Event::PresenceDone { id }),
            Arrival::Presence { id, code: Some(code) } => {
                self.handle(now, Event::PresenceFailed { id, code: ImCode::from(code) });
            }
            Arrival::NetworkUp => self.handle(now, Event::NetworkUp),
            Arrival::Deadline => self.machine.handle_timeout(now),
        }
        self.carry_out(fleet, number, now, call, later);
    }

    fn log_in(
        &mut self,
        fleet: &Fleet,
        number: u32,
        now: Now,
        call: &mut dyn FnMut(Call),
        later: &mut dyn FnMut(u64, Arrival),
    ) {
        if let Some(device) = fleet.devices.get(Fleet::vendor(number)) {
            self.handle(now, Event::Configured(Arc::clone(&fleet.configuration)));
            self.handle(now, Event::DeviceFacts(Arc::clone(device)));
        }
        self.carry_out(fleet, number, now, call, later);
        if let Ok(account) = UserId::new(format!("user-{number}")) {
            self.handle(now, Event::LoggedIn { account });
        }
        let presence = if fleet.scenario.background {
            Event::Background { unread: Unread::default() }
        } else {
            Event::Foreground
        };
        self.handle(now, presence);
    }

    fn handle(&mut self, now: Now, event: Event) {
        // A verdict tells what became of an event; a host acts on effects alone.
        let _ = self.machine.handle(now, event);
    }

    fn carry_out(
        &mut self,
        fleet: &Fleet,
        number: u32,
        now: Now,
        call: &mut dyn FnMut(Call),
        later: &mut dyn FnMut(u64, Arrival),
    ) {
        let at = now.monotonic().as_millis();
        while let Some(effect) = self.machine.poll_effect() {
            match effect {
                Effect::RegisterVendor { vendor, .. } => {
                    let delay = match fleet.scenario.vendor {
                        Some((faulty, fault, span)) if faulty == vendor && span.contains(at) => match fault {
                            Fault::Silent => continue,
                            Fault::Slow => 8_000 + fleet.draw(number, at) % 6_000,
                        },
                        _ => 200 + fleet.draw(number, at) % 1_800,
                    };
                    later(at + delay, Arrival::Token { version: self.version.max(1) });
                }
                Effect::EnsureNotificationChannel { id, .. } => {
                    self.handle(now, Event::NotificationChannelReady { id });
                }
                Effect::Store { version, .. } => self.handle(now, Event::Stored { version }),
                Effect::Report { id, .. } => {
                    if self.reports > 0 {
                        self.shortest_gap = self.shortest_gap.min(at - self.last_report);
                    }
                    self.reports += 1;
                    self.last_report = at;
                    call(Call::Report { id, version: self.version });
                }
                Effect::EnterForeground { id } | Effect::EnterBackground { id, .. } => {
                    call(Call::Presence { id });
                }
                _ => {}
            }
        }
    }

    /// When the machine wants to be called at the latest, in ms.
    pub(crate) fn deadline(&self) -> Option<u64> {
        self.machine.poll_timeout().map(MonotonicTime::as_millis)
    }

    /// Whether the machine itself says that the phone is reachable.
    pub(crate) fn says_reachable(&self) -> bool {
        self.machine.diagnose().reachable
    }
}
