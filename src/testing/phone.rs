use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use super::journal::Record;
use super::{Journal, ScriptedIm, ScriptedScreen, ScriptedStore, ScriptedVendors, VirtualTime};
use crate::certificate::Certificates;
use crate::registrar::{Builder, Incarnation, InstallId, Registrar, SessionId, Verdict};
use crate::vendor::VendorSet;

/// A phone with one app; everything but the registrar is scripted. See the [module](super).
#[derive(Debug)]
pub struct Phone {
    time: VirtualTime,
    journal: Journal,
    im: Arc<ScriptedIm>,
    vendors: Arc<ScriptedVendors>,
    store: Arc<ScriptedStore>,
    screen: Arc<ScriptedScreen>,
    processes: AtomicU32,
}

impl Default for Phone {
    fn default() -> Self {
        Self::new()
    }
}

impl Phone {
    /// A phone whose app has every vendor's SDK, at time zero, on which everything works at once.
    pub fn new() -> Self {
        Self::with_vendors(VendorSet::ALL)
    }

    /// A phone whose app has the SDKs of these vendors.
    pub fn with_vendors(wired: VendorSet) -> Self {
        let time = VirtualTime::new();
        let journal = Journal::new(time.clone());
        Self {
            im: Arc::new(ScriptedIm::new(time.clone(), journal.clone())),
            vendors: Arc::new(ScriptedVendors::new(time.clone(), journal.clone(), wired)),
            store: Arc::new(ScriptedStore::new(time.clone(), journal.clone())),
            screen: Arc::new(ScriptedScreen::new(time.clone(), journal.clone())),
            time,
            journal,
            processes: AtomicU32::new(0),
        }
    }

    /// Begins a registrar that has everything from this phone.
    pub fn registrar(&self, certificates: Certificates) -> Builder {
        let im = Arc::clone(&self.im);
        let vendors = Arc::clone(&self.vendors);
        self.wire(Registrar::builder(certificates, im, vendors))
    }

    /// Gives a registrar that has an IM client and vendor SDKs all the rest from this phone: clock, scheduler, store, an
    /// observer, notification channels, badge and tap handler. It replaces what the builder was given of these, so give it
    /// hosts of your own afterwards.
    pub fn wire(&self, builder: Builder) -> Builder {
        let time = Arc::new(self.time.clone());
        let process = self.processes.fetch_add(1, Ordering::Relaxed).wrapping_add(1);
        builder
            .clock(time.clone())
            .scheduler(time)
            .observer(Arc::new(self.journal.clone()))
            .notification_channels(self.screen.clone())
            .taps(self.screen.clone())
            .badge(self.screen.clone())
            .seeded(Incarnation::new(process), process.into())
            .store(self.store.clone(), InstallId::unknown())
    }

    /// Moves time on. See [`VirtualTime::advance`].
    pub fn advance(&self, by: Duration) {
        self.time.advance(by);
    }

    /// Asks to log out, and records when the registrar permits it. The IM SDK's logout then succeeds at once, and the
    /// registrar is told.
    pub fn log_out(&self, push: &Registrar, session: SessionId) -> Verdict {
        let journal = self.journal.clone();
        let weak = push.downgrade();
        push.log_out(session, move |release| {
            journal.record(Record::Release(release));
            if let Some(push) = weak.upgrade().filter(|_| !release.is_superseded()) {
                push.logged_out(release.session());
            }
        })
    }

    /// Kills the process: answers that are under way are lost, and the next registrar finds what the store holds.
    pub fn kill(&self, push: Registrar) {
        push.shutdown();
        drop(push);
        self.time.forget();
    }

    /// The time.
    pub const fn time(&self) -> &VirtualTime {
        &self.time
    }

    /// What happened.
    pub const fn journal(&self) -> &Journal {
        &self.journal
    }

    /// The IM client.
    pub fn im(&self) -> Arc<ScriptedIm> {
        Arc::clone(&self.im)
    }

    /// The vendor SDKs.
    pub fn vendors(&self) -> Arc<ScriptedVendors> {
        Arc::clone(&self.vendors)
    }

    /// The store.
    pub fn store(&self) -> Arc<ScriptedStore> {
        Arc::clone(&self.store)
    }

    /// What the user sees.
    pub fn screen(&self) -> Arc<ScriptedScreen> {
        Arc::clone(&self.screen)
    }
}
