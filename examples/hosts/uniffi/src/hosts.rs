//! What the other language implements, and how the crate's hosts call it.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tim_offline_push as core;
use tim_offline_push::registrar;
use tim_offline_push::time::{MonotonicTime, Now, UnixTime};
use tim_offline_push::vendor::VendorSet;

use crate::error::HostError;
use crate::push::PushRegistrar;
use crate::types::{
    Binding, Notice, NotificationChannel, Presence, Receiver, Release, Tap, TokenKind, Vendor,
};

// guide: completion
/// The answer to one call, given once, at any time and on any thread. One that is forgotten counts as lost as
/// soon as the other language has collected it.
#[derive(uniffi::Object)]
pub struct Completion {
    done: Mutex<Option<registrar::Completion>>,
}

#[uniffi::export]
impl Completion {
    /// It is done.
    pub fn ok(&self) {
        self.answer(registrar::Completion::ok);
    }

    /// A vendor SDK gave this token.
    pub fn token(&self, text: String) {
        self.answer(|done| done.token(text));
    }

    /// It failed with this code of the SDK's; for the IM SDK, 0 is success.
    pub fn failed(&self, code: i64) {
        self.answer(|done| done.failed(code));
    }

    /// It failed, and the other side asks to wait that long.
    pub fn failed_retry_after(&self, code: i64, millis: u64) {
        self.answer(|done| done.failed_retry_after(code, Duration::from_millis(millis)));
    }

    /// It failed with a name (FCM), a number as text (Meizu), or an exception's text.
    pub fn failed_with(&self, text: String) {
        self.answer(|done| done.failed(text));
    }

    /// Nobody will ever know.
    pub fn lost(&self) {
        self.answer(drop);
    }
}

impl Completion {
    fn answer(&self, answer: impl FnOnce(registrar::Completion)) {
        let done = self.done.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(done) = done {
            answer(done);
        }
    }
}

/// Lends a completion to the other language. If the call throws, nobody will answer it.
fn lend(done: registrar::Completion, call: impl FnOnce(Arc<Completion>) -> Result<(), HostError>) {
    let completion = Arc::new(Completion { done: Mutex::new(Some(done)) });
    if call(Arc::clone(&completion)).is_err() {
        completion.lost();
    }
}
// end

/// The IM SDK.
#[uniffi::export(with_foreign)]
pub trait ImClient: Send + Sync {
    /// Tells the server where to push; without a target, pushes are off.
    fn set_offline_push(&self, binding: Binding, done: Arc<Completion>) -> Result<(), HostError>;

    /// Tells the server of foreground or background.
    fn set_presence(&self, presence: Presence, done: Arc<Completion>) -> Result<(), HostError>;
}

/// The vendors' push SDKs that are part of the app.
#[uniffi::export(with_foreign)]
pub trait VendorSdk: Send + Sync {
    /// Whose SDKs these are. Asked once, before [`PushObserver::started`].
    fn vendors(&self) -> Result<Vec<Vendor>, HostError>;

    /// Starts an SDK and asks it for a token.
    fn register(&self, vendor: Vendor, kind: TokenKind, done: Arc<Completion>) -> Result<(), HostError>;

    /// The user took the consent back.
    fn unregister(&self, vendor: Vendor) -> Result<(), HostError>;
}

/// Opens the screen that a tap leads to.
#[uniffi::export(with_foreign)]
pub trait TapHandler: Send + Sync {
    /// Called after the app has said that its screens are ready. Without [`Completion::ok`] it comes again in
    /// the next process.
    fn deliver(&self, tap: Tap, receiver: Receiver, done: Arc<Completion>) -> Result<(), HostError>;
}

/// Hears what goes on. Nothing here holds a token or an account.
#[uniffi::export(with_foreign)]
pub trait PushObserver: Send + Sync {
    /// Comes before any other call but [`VendorSdk::vendors`] and [`Clock`]'s: keep the registrar here.
    fn started(&self, push: Arc<PushRegistrar>) -> Result<(), HostError>;

    /// Something to know.
    fn notice(&self, notice: Notice) -> Result<(), HostError>;

    /// A part of the registrar changed its state.
    fn transition(&self, text: String) -> Result<(), HostError>;

    /// An event came in.
    fn event(&self, name: String, verdict: String) -> Result<(), HostError>;
}

/// The device's clocks. Needed on phones: the default stands still while they sleep.
#[uniffi::export(with_foreign)]
pub trait Clock: Send + Sync {
    /// `SystemClock.elapsedRealtime()`, `mach_continuous_time`.
    fn elapsed_millis(&self) -> Result<u64, HostError>;

    /// Seconds since 1970.
    fn unix_seconds(&self) -> Result<i64, HostError>;
}

/// One alarm clock: each call replaces the one before.
#[uniffi::export(with_foreign)]
pub trait Scheduler: Send + Sync {
    /// Calls [`Alarm::ring`] after the delay, on a worker thread.
    fn schedule(&self, delay_millis: u64, alarm: Arc<Alarm>) -> Result<(), HostError>;

    /// Forgets the alarm.
    fn cancel(&self) -> Result<(), HostError>;
}

/// What a scheduler rings.
#[derive(uniffi::Object)]
pub struct Alarm(registrar::Alarm);

#[uniffi::export]
impl Alarm {
    /// Does what is due. It may call hosts.
    pub fn ring(&self) {
        self.0.ring();
    }
}

/// Android's notification channels.
#[uniffi::export(with_foreign)]
pub trait NotificationChannels: Send + Sync {
    /// `NotificationManager.createNotificationChannel`.
    fn ensure(&self, channel: NotificationChannel, done: Arc<Completion>) -> Result<(), HostError>;
}

/// The number at the app's icon, and the notifications that stand with it.
#[uniffi::export(with_foreign)]
pub trait Badge: Send + Sync {
    /// Shows the number; 0 shows none.
    fn set(&self, count: u32) -> Result<(), HostError>;

    /// Removes the app's notifications.
    fn clear_notifications(&self) -> Result<(), HostError>;
}

/// Waits for a logout.
#[uniffi::export(with_foreign)]
pub trait LogoutCallback: Send + Sync {
    /// Called once. Log out of the IM SDK unless superseded, then tell [`PushRegistrar::logged_out`].
    fn released(&self, release: Release) -> Result<(), HostError>;
}

/// All hosts, as the crate calls them. An exception of one that has nothing to answer is logged.
pub(crate) struct Foreign<T: ?Sized>(pub(crate) Arc<T>);

pub(crate) fn heard(what: &str, outcome: Result<(), HostError>) {
    if outcome.is_err() {
        log::error!(target: "tim_push", "{what} threw an exception");
    }
}

impl registrar::ImClient for Foreign<dyn ImClient> {
    fn set_offline_push(&self, binding: &registrar::Binding, done: registrar::Completion) {
        lend(done, |done| self.0.set_offline_push(binding.into(), done));
    }

    fn set_presence(&self, presence: registrar::Presence, done: registrar::Completion) {
        lend(done, |done| self.0.set_presence(presence.into(), done));
    }
}

impl registrar::VendorSdk for Foreign<dyn VendorSdk> {
    fn vendors(&self) -> VendorSet {
        self.0.vendors().unwrap_or_default().into_iter().map(core::Vendor::from).collect()
    }

    fn register(&self, vendor: core::Vendor, kind: core::TokenKind, done: registrar::Completion) {
        lend(done, |done| match Vendor::of(vendor) {
            Some(vendor) => self.0.register(vendor, kind.into(), done),
            None => Err(HostError::Failed),
        });
    }

    fn unregister(&self, vendor: core::Vendor) {
        if let Some(vendor) = Vendor::of(vendor) {
            heard("unregister", self.0.unregister(vendor));
        }
    }
}

impl registrar::TapHandler for Foreign<dyn TapHandler> {
    fn deliver(
        &self,
        _: registrar::TapId,
        tap: &core::Tap,
        receiver: &registrar::Receiver,
        done: registrar::Completion,
    ) {
        lend(done, |done| self.0.deliver(tap.into(), receiver.into(), done));
    }
}

impl registrar::Observer for Foreign<dyn PushObserver> {
    fn event(&self, name: &'static str, verdict: registrar::Verdict) {
        heard("event", self.0.event(name.into(), verdict.to_string()));
    }

    fn transition(&self, transition: &registrar::Transition) {
        heard("transition", self.0.transition(transition.to_string()));
    }

    fn notice(&self, notice: &registrar::Notice) {
        heard("notice", self.0.notice(notice.into()));
    }
}

impl registrar::Clock for Foreign<dyn Clock> {
    fn now(&self) -> Now {
        // A clock that fails stands still: a smaller time than before counts as equal.
        let elapsed = MonotonicTime::from_millis(self.0.elapsed_millis().unwrap_or_default());
        Now::new(elapsed, UnixTime::from_secs(self.0.unix_seconds().unwrap_or_default()))
    }
}

impl registrar::Scheduler for Foreign<dyn Scheduler> {
    fn schedule(&self, delay: Duration, alarm: registrar::Alarm) {
        let millis = u64::try_from(delay.as_millis()).unwrap_or(u64::MAX);
        heard("schedule", self.0.schedule(millis, Arc::new(Alarm(alarm))));
    }

    fn cancel(&self) {
        heard("cancel", self.0.cancel());
    }
}

/// The channels that the app named: the crate does not say for which vendor it asks.
pub(crate) struct Channels {
    pub(crate) host: Arc<dyn NotificationChannels>,
    pub(crate) named: Vec<NotificationChannel>,
}

impl registrar::NotificationChannels for Channels {
    fn ensure(&self, channel: &registrar::NotificationChannel, done: registrar::Completion) {
        let named = self.named.iter().find(|named| named.id == channel.id()).cloned();
        lend(done, |done| named.map_or(Err(HostError::Failed), |channel| self.host.ensure(channel, done)));
    }
}

impl registrar::Badge for Foreign<dyn Badge> {
    fn set(&self, count: u32) {
        heard("the badge", self.0.set(count));
    }

    fn clear_notifications(&self) {
        heard("clearing notifications", self.0.clear_notifications());
    }
}
