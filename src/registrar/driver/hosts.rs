//! The host objects of one registrar, what is asked of them, and the events that their answers are. A panic
//! in one of them ends here.

use std::any::Any;
use std::fmt;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crate::registrar::{
    Badge, Clock, Completion, Effect, Event, ImClient, Lost, NotificationChannels, Observer, Outcome,
    Presence, PresenceId, PushEventsId, RegistrationId, ReportId, Scheduler, Store, StoreVersion, TapHandler,
    TapId, VendorSdk,
};
use crate::time::Now;
use crate::vendor::{TokenKind, Vendor};

/// The target of every line in the log.
pub(super) const TARGET: &str = "tim_offline_push::registrar";

pub(super) struct Hosts {
    pub(super) im: Arc<dyn ImClient>,
    pub(super) vendors: Arc<dyn VendorSdk>,
    pub(super) clock: Arc<dyn Clock>,
    /// Always there once the registrar has started.
    pub(super) scheduler: Option<Arc<dyn Scheduler>>,
    pub(super) store: Option<Arc<dyn Store>>,
    pub(super) observers: Vec<Arc<dyn Observer>>,
    pub(super) notification_channels: Option<Arc<dyn NotificationChannels>>,
    pub(super) taps: Option<Arc<dyn TapHandler>>,
    pub(super) badge: Option<Arc<dyn Badge>>,
}

impl Hosts {
    /// What the builder was not given, in words: for the log and the diagnosis.
    pub(super) fn left_out(&self) -> Vec<String> {
        let left_out = [self.store.is_none().then_some(NO_STORE), self.taps.is_none().then_some(NO_TAPS)];
        left_out.into_iter().flatten().map(str::to_owned).collect()
    }

    /// The time now; `None` if the clock panicked.
    pub(super) fn now(&self) -> Option<Now> {
        catch_panic("the clock", || self.clock.now())
    }
}

const NO_STORE: &str = "no store: what the last process reported is not known, so each report is repeated once after \
    the settle interval; give the builder a store";

const NO_TAPS: &str = "no tap handler: a tap goes nowhere and is given up in the end; give the builder a tap \
    handler";

/// Calls a host. A panic in it is logged, and the registrar goes on.
pub(super) fn catch_panic<T>(who: impl fmt::Display, call: impl FnOnce() -> T) -> Option<T> {
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(value) => Some(value),
        Err(payload) => {
            log_panic(&who, payload);
            None
        }
    }
}

fn log_panic(who: &dyn fmt::Display, payload: Box<dyn Any + Send>) {
    // The logger is foreign code, and so is the payload's drop: either may panic.
    let logged = catch_unwind(AssertUnwindSafe(|| log::error!(target: TARGET, "{who} panicked")));
    let dropped = catch_unwind(AssertUnwindSafe(|| drop(payload)));
    std::mem::forget((logged, dropped));
}

/// Logs, whatever the logger does.
pub(super) fn log(level: log::Level, line: &dyn fmt::Display) {
    catch_panic("the logger", || log::log!(target: TARGET, level, "{line}"));
}

/// Drops the hosts. After a shutdown this may be the last who holds them, and then their own code runs.
pub(super) fn drop_guarded(hosts: Option<Arc<Hosts>>) {
    catch_panic("a host that was dropped", || drop(hosts));
}

/// What a completion answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::registrar) enum Request {
    Report(ReportId),
    Presence(PresenceId),
    PushEvents(PushEventsId),
    Registration { id: RegistrationId, vendor: Vendor, kind: TokenKind },
    NotificationChannel(RegistrationId),
    Store(StoreVersion),
    Tap(TapId),
}

impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Report(id) => write!(f, "report {id}"),
            Self::Presence(id) => write!(f, "presence {id}"),
            Self::PushEvents(id) => write!(f, "report push events {id}"),
            Self::Registration { id, .. } => write!(f, "register {id}"),
            Self::NotificationChannel(id) => write!(f, "ensure the notification channel {id}"),
            Self::Store(version) => write!(f, "store {version}"),
            Self::Tap(id) => write!(f, "deliver the tap {id}"),
        }
    }
}

/// Asks a host for what the machine wants; `done` makes the completion that the host gets.
pub(super) fn call(effect: Effect, hosts: &Hosts, done: &dyn Fn(Request) -> Completion) {
    match effect {
        Effect::Report { id, binding } => hosts.im.set_offline_push(&binding, done(Request::Report(id))),
        Effect::EnterForeground { id } => {
            hosts.im.set_presence(Presence::Foreground, done(Request::Presence(id)));
        }
        Effect::EnterBackground { id, unread } => {
            hosts.im.set_presence(Presence::Background { unread }, done(Request::Presence(id)));
        }
        Effect::ReportPushEvents { id, events } => {
            hosts.im.report_push_events(&events, done(Request::PushEvents(id)));
        }
        Effect::RegisterVendor { id, vendor, kind } => {
            hosts.vendors.register(vendor, kind, done(Request::Registration { id, vendor, kind }));
        }
        Effect::UnregisterVendor { vendor } => hosts.vendors.unregister(vendor),
        Effect::Store { version, snapshot } => {
            let done = done(Request::Store(version));
            if let Some(store) = &hosts.store {
                store.save(snapshot.as_bytes(), done);
            }
        }
        Effect::EnsureNotificationChannel { id, spec } => {
            let done = done(Request::NotificationChannel(id));
            if let Some(channels) = &hosts.notification_channels {
                channels.ensure(&spec, done);
            }
        }
        Effect::DeliverTap { id, tap, receiver } => {
            let done = done(Request::Tap(id));
            if let Some(taps) = &hosts.taps {
                taps.deliver(id, &tap, &receiver, done);
            }
        }
        Effect::SetBadge { count } => {
            if let Some(badge) = &hosts.badge {
                badge.set(count);
            }
        }
        Effect::ClearNotifications => {
            if let Some(badge) = &hosts.badge {
                badge.clear_notifications();
            }
        }
        // For observers, and for callbacks that wait: neither is one host's.
        Effect::Notice(_) | Effect::ReleaseLogout { .. } => {}
    }
}

impl Request {
    /// Whether it asks a vendor's SDK for a token of this kind.
    pub(super) fn registers(self, vendor: Vendor, kind: TokenKind) -> bool {
        matches!(self, Self::Registration { vendor: own, kind: of, .. } if (own, of) == (vendor, kind))
    }

    /// The number that it has in foreign languages. Ids of one machine are never the same.
    pub(in crate::registrar) const fn raw(self) -> u64 {
        match self {
            Self::Report(id) => id.as_u64(),
            Self::Presence(id) => id.as_u64(),
            Self::PushEvents(id) => id.as_u64(),
            Self::Registration { id, .. } | Self::NotificationChannel(id) => id.as_u64(),
            Self::Store(version) => version.as_u64(),
            Self::Tap(id) => id.as_u64(),
        }
    }

    /// The event that an answer is; `None` where the machine needs none: a registration is over when the
    /// token comes, and a presence call or a tap that is lost is over at its deadline.
    pub(super) fn answered(self, outcome: Outcome, lost: Lost) -> Option<Event> {
        Some(match (self, outcome) {
            (Self::Report(id), Outcome::Ok) => Event::ReportDone { id },
            (Self::Report(id), Outcome::Failed { code, retry_after }) => match code.im_code() {
                Some(code) => Event::ReportFailed { id, code, retry_after },
                None => Event::ReportLost { id, how: Lost::Host },
            },
            (Self::Report(id), _) => Event::ReportLost { id, how: lost },
            (Self::Presence(id), Outcome::Ok) => Event::PresenceDone { id },
            (Self::Presence(id), Outcome::Failed { code, .. }) => {
                Event::PresenceFailed { id, code: code.im_code()? }
            }
            (Self::PushEvents(id), Outcome::Ok) => Event::PushEventsReported { id },
            (Self::PushEvents(id), Outcome::Failed { code, retry_after }) => match code.im_code() {
                Some(code) => Event::PushEventsFailed { id, code, retry_after },
                None => Event::PushEventsLost { id, how: Lost::Host },
            },
            (Self::PushEvents(id), _) => Event::PushEventsLost { id, how: lost },
            (Self::Registration { vendor, kind, .. }, Outcome::Token(text)) => {
                Event::Token { vendor, kind, text }
            }
            (Self::Registration { id, vendor, .. }, Outcome::Failed { code, .. }) => {
                Event::VendorFailed { id, code: code.vendor_code(vendor) }
            }
            (Self::NotificationChannel(id), Outcome::Ok) => Event::NotificationChannelReady { id },
            (Self::NotificationChannel(id), _) => Event::NotificationChannelFailed { id },
            (Self::Store(version), Outcome::Ok) => Event::Stored { version },
            (Self::Store(version), outcome) => {
                let kind = match outcome {
                    Outcome::Failed { code, .. } => code.io_kind(),
                    Outcome::Ok | Outcome::Token(_) | Outcome::Lost => None,
                };
                Event::StoreFailed { version, kind: kind.unwrap_or(io::ErrorKind::Other) }
            }
            (Self::Tap(id), Outcome::Ok) => Event::TapHandled { id },
            (Self::Presence(_) | Self::Registration { .. } | Self::Tap(_), _) => return None,
        })
    }
}

/// What the log says of an event beside its name and verdict: whose token it is, how much is unread, which
/// code.
pub(super) fn detail(event: &Event) -> String {
    if let Event::Token { vendor, kind, .. } | Event::TokenInvalid { vendor, kind } = event {
        format!(" of {vendor}, {kind}")
    } else if let Event::VendorFailed { code, .. } = event {
        format!(", code {code}")
    } else if let Event::StoreFailed { kind, .. } = event {
        format!(", {kind}")
    } else if let Event::ReportFailed { code, .. }
    | Event::PresenceFailed { code, .. }
    | Event::PushEventsFailed { code, .. } = event
    {
        format!(", code {code}")
    } else {
        String::new()
    }
}
