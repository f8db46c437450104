//! The host objects of one registrar, and the fence around each call of them.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use super::line::TARGET;
use crate::registrar::{
    Badge, Clock, ImClient, NotificationChannels, Observer, Scheduler, Store, TapHandler, VendorSdk,
};
use crate::time::Now;

pub(super) struct Hosts {
    pub(super) im: Arc<dyn ImClient>,
    pub(super) vendors: Arc<dyn VendorSdk>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) scheduler: Arc<dyn Scheduler>,
    pub(super) store: Option<Arc<dyn Store>>,
    pub(super) observers: Vec<Arc<dyn Observer>>,
    pub(super) notification_channels: Option<Arc<dyn NotificationChannels>>,
    pub(super) taps: Option<Arc<dyn TapHandler>>,
    pub(super) badge: Option<Arc<dyn Badge>>,
}

impl Hosts {
    /// What a host should give and did not, in words.
    pub(super) fn left_out(&self) -> Vec<&'static str> {
        let store = self.store.is_none().then_some(NO_STORE);
        let taps = self.taps.is_none().then_some(NO_TAPS);
        store.into_iter().chain(taps).collect()
    }

    /// The time now; `None` if the clock panicked.
    pub(super) fn now(&self) -> Option<Now> {
        fenced("the clock", || self.clock.now())
    }
}

/// Also a line of the diagnosis.
pub(super) const NO_STORE: &str = "no store: what the last process reported is not known, so each report is repeated once after \
    the settle interval; give the builder a store";

/// Also a line of the diagnosis.
pub(super) const NO_TAPS: &str = "no tap handler: a tap goes nowhere and is given up in the end; give the builder a tap \
    handler";

/// Calls a host. A panic in it ends here: it is logged, and the registrar goes on.
pub(super) fn fenced<T>(who: &'static str, call: impl FnOnce() -> T) -> Option<T> {
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(value) => Some(value),
        Err(payload) => {
            // The logger is a host too, and so is whatever the payload does when it is dropped.
            let logged = catch_unwind(AssertUnwindSafe(|| log::error!(target: TARGET, "{who} panicked")));
            let dropped = catch_unwind(AssertUnwindSafe(|| drop(payload)));
            std::mem::forget((logged, dropped));
            None
        }
    }
}

/// Lets go of the hosts. After a shutdown this may be the last who holds them, and what they do when they are dropped
/// is theirs to answer for.
pub(super) fn let_go(hosts: Option<Arc<Hosts>>) {
    fenced("a host that was let go", || drop(hosts));
}
