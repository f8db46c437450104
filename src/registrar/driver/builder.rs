//! How a registrar begins.

use std::collections::hash_map::RandomState;
use std::fmt;
use std::hash::BuildHasher as _;
use std::io;
use std::sync::Arc;
use std::time::Instant;

use log::Level;

use super::core::Core;
use super::handle::Registrar;
use super::hosts::{Hosts, catch_panic, log};
use crate::certificate::Certificates;
use crate::device::DeviceFacts;
use crate::registrar::desktop::SystemClock;
use crate::registrar::{
    Badge, Clock, Configuration, Event, ImClient, InstallId, Machine, NotificationChannels, Observer, Origin,
    Policy, Scheduler, Store, TapHandler, ThreadScheduler, VendorSdk,
};
use crate::vendor::VendorSet;

/// A registrar before it starts. Made by [`Registrar::builder`]. [`VendorSdk::register`] is called inside of
/// [`Builder::start`], before the handle is returned: where an SDK calls back through a handle that the host
/// keeps, as with JNI and `UniFFI`, take the handle from [`Builder::announce`]. Otherwise the first token is
/// lost, and the SDK counts as silent for 10 s.
///
/// Anything you do not set uses a desktop default: the standard library's clock, [`ThreadScheduler`], no
/// store, and no observer, badge, notification channels or tap handler.
///
/// ```
/// use std::sync::Arc;
/// use tim_offline_push::certificate::{BusinessId, Certificates};
/// use tim_offline_push::device::DeviceFacts;
/// use tim_offline_push::registrar::{FileStore, InstallId, NotificationChannel, Registrar};
/// use tim_offline_push::vendor::Vendor;
/// # use tim_offline_push::testing::Phone;
/// # let phone = Phone::new();
/// # let (im, sdks) = (phone.host(), phone.host());
/// # let folder = std::env::temp_dir().join("tim-offline-push-doctest");
///
/// let certificates = Certificates::new().with(Vendor::Oppo, BusinessId::new(30209)?);
/// let push = Registrar::builder(certificates, im, sdks)
///     .configure(|configuration| {
///         configuration
///             .with_consent_required(true)
///             .with_notification_channel(Vendor::Oppo, NotificationChannel::new("messages", "Messages"))
///     })
///     .store(Arc::new(FileStore::new(&folder)), InstallId::new("2b0fbe5e-6c1d-4b43-9a67-a2b1a4a6e0c5")?)
///     .start(DeviceFacts::from_getprop("[ro.product.manufacturer]: [OPPO]")?)?;
/// assert_eq!(push.diagnose().blocked_by.map(|blocker| blocker.fix), Some("ask for the user's consent, then call grant_consent".into()));
/// # drop(push);
/// # drop(std::fs::remove_dir_all(folder));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub struct Builder {
    configuration: Configuration,
    policy: Policy,
    origin: Option<(u32, u64)>,
    install: InstallId,
    hosts: Hosts,
    announce: Option<Announce>,
}

impl Registrar {
    /// Begins a registrar with the app's certificates, its IM client and its vendor SDKs, which are asked for
    /// their [`vendors`](VendorSdk::vendors) at once.
    pub fn builder(certificates: Certificates, im: Arc<dyn ImClient>, sdks: Arc<dyn VendorSdk>) -> Builder {
        let wired = catch_panic("a vendor SDK", || sdks.vendors()).unwrap_or(VendorSet::EMPTY);
        Builder {
            configuration: Configuration::new(certificates, wired.iter()),
            policy: Policy::default(),
            origin: None,
            install: InstallId::unknown(),
            hosts: Hosts {
                im,
                vendors: sdks,
                clock: Arc::new(SystemClock { zero: Instant::now() }),
                scheduler: None,
                store: None,
                observers: Vec::new(),
                notification_channels: None,
                taps: None,
                badge: None,
            },
            announce: None,
        }
    }
}

type Announce = Box<dyn FnOnce(&Registrar) + Send>;

impl Builder {
    /// With what else the app decides: consent, region, version, notification channels.
    pub fn configure(self, change: impl FnOnce(Configuration) -> Configuration) -> Self {
        Self { configuration: change(self.configuration), ..self }
    }

    /// With these delays and bounds.
    pub fn policy(self, policy: Policy) -> Self {
        Self { policy, ..self }
    }

    /// With a store, so that nothing owed is lost when the process ends. `install` names this installation of
    /// the app and comes from a place that no backup restores: tokens in a snapshot of another installation
    /// are dropped.
    ///
    /// Without a store it is not known what the last process reported, and each report is repeated once after
    /// the settle interval ([`PolicySettings::snapshots`](crate::registrar::PolicySettings::snapshots)).
    pub fn store(self, store: Arc<dyn Store>, install: InstallId) -> Self {
        Self { install, hosts: Hosts { store: Some(store), ..self.hosts }, ..self }
    }

    /// With this clock. The default is `std::time::Instant`, **for desktops and tests only**: it may stop
    /// while a phone sleeps, and all deadlines with it. On Android read `SystemClock.elapsedRealtime()`, on
    /// Apple systems `mach_continuous_time`.
    pub fn clock(self, clock: Arc<dyn Clock>) -> Self {
        Self { hosts: Hosts { clock, ..self.hosts }, ..self }
    }

    /// With this alarm clock in place of [`ThreadScheduler`].
    pub fn scheduler(self, scheduler: Arc<dyn Scheduler>) -> Self {
        Self { hosts: Hosts { scheduler: Some(scheduler), ..self.hosts }, ..self }
    }

    /// With an observer, beside those given before.
    pub fn observer(mut self, observer: Arc<dyn Observer>) -> Self {
        self.hosts.observers.push(observer);
        self
    }

    /// With Android's notification channels.
    pub fn notification_channels(self, channels: Arc<dyn NotificationChannels>) -> Self {
        Self { hosts: Hosts { notification_channels: Some(channels), ..self.hosts }, ..self }
    }

    /// With a tap handler. Without one, taps are held and expire, and the log says so at the start.
    pub fn taps(self, taps: Arc<dyn TapHandler>) -> Self {
        Self { hosts: Hosts { taps: Some(taps), ..self.hosts }, ..self }
    }

    /// With a badge.
    pub fn badge(self, badge: Arc<dyn Badge>) -> Self {
        Self { hosts: Hosts { badge: Some(badge), ..self.hosts }, ..self }
    }

    /// Passes the registrar to `to` before [`VendorSdk::register`] is called: for hosts whose SDKs may call
    /// back, by another way than a completion, before [`Builder::start`] returns. Only
    /// [`VendorSdk::vendors`], [`ImClient::reports_push_events`], [`Store::load`] and [`Clock::now`] have
    /// been called by then.
    pub fn announce(self, to: impl FnOnce(&Registrar) + Send + 'static) -> Self {
        Self { announce: Some(Box::new(to)), ..self }
    }

    /// With an incarnation and a seed of the jitter in place of random ones: the same events at the same
    /// times then give the same calls. For tests.
    pub fn seeded(self, incarnation: u32, seed: u64) -> Self {
        Self { origin: Some((incarnation, seed)), ..self }
    }

    /// Starts: reads the store, elects a vendor and asks its SDK for a token, unless the user's consent is
    /// waited for. All of that happens inside of this call.
    ///
    /// # Errors
    /// Whatever the system refused the thread of the default scheduler for, if no other was given.
    pub fn start(self, device: DeviceFacts) -> io::Result<Registrar> {
        let (incarnation, seed) = self.origin.unwrap_or_else(random);
        let (version, counted) = (env!("CARGO_PKG_VERSION"), Origin::counted(incarnation));
        log(Level::Info, &format_args!("tim-offline-push {version}, incarnation {counted}"));
        let mut hosts = self.hosts;
        if hosts.scheduler.is_none() {
            hosts.scheduler = Some(Arc::new(ThreadScheduler::start()?));
        }
        let now = hosts.now().unwrap_or_default();
        let push_events = catch_panic("the IM client", || hosts.im.reports_push_events()).unwrap_or_default();
        let policy = self.policy.adapted(hosts.store.is_some(), push_events);
        let origin = Origin::new(self.install, incarnation).with_seed(seed);
        let machine = if let Some(store) = &hosts.store {
            let loaded = load(store.as_ref());
            let bytes = loaded.as_deref().map_err(|kind| *kind);
            let (machine, restored) = Machine::restore_or(origin, policy, bytes, now);
            log(Level::Debug, &format_args!("restored: {restored:?}"));
            machine
        } else {
            Machine::new(origin, policy)
        };
        for words in hosts.left_out() {
            log(Level::Warn, &words);
        }
        let core = Arc::new(Core::new(machine, now, hosts));
        let registrar = Registrar::new(Arc::clone(&core));
        if let Some(announce) = self.announce {
            catch_panic("the announcement", || announce(&registrar));
        }
        // Both at once: a host that blocks in what follows from the first would hold up the second.
        core.change(|agenda| {
            agenda.handle(Event::Configured(Arc::new(self.configuration)));
            agenda.handle(Event::DeviceFacts(Arc::new(device)))
        });
        Ok(registrar)
    }
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder").field("configuration", &self.configuration).finish_non_exhaustive()
    }
}

/// What the store holds: nothing for a fresh installation.
fn load(store: &dyn Store) -> Result<Vec<u8>, io::ErrorKind> {
    match catch_panic("the store", || store.load()) {
        Some(Ok(None)) => Ok(Vec::new()),
        // A file cut to nothing by a power failure is no fresh installation.
        Some(Ok(Some(bytes))) if bytes.is_empty() => Err(io::ErrorKind::UnexpectedEof),
        Some(Ok(Some(bytes))) => Ok(bytes),
        Some(Err(error)) => Err(error.kind()),
        None => Err(io::ErrorKind::Other),
    }
}

fn random() -> (u32, u64) {
    let state = RandomState::new();
    let incarnation = u32::try_from(state.hash_one("incarnation") >> 32).unwrap_or_default();
    (incarnation, state.hash_one("seed"))
}
