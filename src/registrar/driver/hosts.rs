//! The host objects of one registrar. A panic in one of them ends here.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crate::registrar::{
    Badge, Clock, ImClient, NotificationChannels, Observer, Scheduler, Store, TapHandler, VendorSdk,
};
use crate::time::Now;

/// The target of every line in the log.
pub(super) const TARGET: &str = "tim_offline_push::registrar";

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
    /// What the builder was not given, in words.
    pub(super) fn left_out(&self) -> Vec<&'static str> {
        let store = self.store.is_none().then_some(NO_STORE);
        let taps = self.taps.is_none().then_some(NO_TAPS);
        store.into_iter().chain(taps).collect()
    }

    /// The time now; `None` if the clock panicked.
    pub(super) fn now(&self) -> Option<Now> {
        catch_panic("the clock", || self.clock.now())
    }
}

/// Also a line of the diagnosis.
pub(super) const NO_STORE: &str = "no store: what the last process reported is not known, so each report is repeated once after \
    the settle interval; give the builder a store";

/// Also a line of the diagnosis.
pub(super) const NO_TAPS: &str = "no tap handler: a tap goes nowhere and is given up in the end; give the builder a tap \
    handler";

/// Calls a host. A panic in it is logged, and the registrar goes on.
pub(super) fn catch_panic<T>(who: impl std::fmt::Display, call: impl FnOnce() -> T) -> Option<T> {
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

/// Logs, whatever the logger does.
pub(super) fn log(level: log::Level, line: impl std::fmt::Display) {
    catch_panic("the logger", || log::log!(target: TARGET, level, "{line}"));
}

/// Drops the hosts. After a shutdown this may be the last who holds them, and then their own code runs.
pub(super) fn drop_guarded(hosts: Option<Arc<Hosts>>) {
    catch_panic("a host that was dropped", || drop(hosts));
}
