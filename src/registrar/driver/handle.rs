//! The handle that an app holds.

use std::fmt;
use std::sync::{Arc, Weak};

use super::core::{AFTER_SHUTDOWN, Core};
use crate::account::UserId;
use crate::device::DeviceFacts;
use crate::notification::{DataMessage, Tap};
use crate::registrar::{
    Configuration, Diagnosis, Event, Failure, IgnoredReason, Lost, Outcome, Release, SessionId, TapId,
    Unread, Verdict,
};
use crate::secret::Secret;
use crate::vendor::{TokenKind, Vendor};

/// Makes this phone reachable and keeps it so. Tell it what happens, from any thread and in any order; it
/// calls the hosts that the builder was given.
///
/// It is a handle: clones are cheap and drive the same machine. No method panics, none blocks for anything
/// but the hosts that it calls, and each may be called inside of a host's call. Everything ends with the last
/// handle, or with [`Registrar::shutdown`]: completions and alarms do not keep it alive. A host that needs
/// the registrar holds a [`WeakRegistrar`].
///
/// The contract with the hosts is in the [module's documentation](crate::registrar).
///
/// ```
/// use std::sync::Arc;
/// use std::time::Duration;
/// use tim_offline_push::account::UserId;
/// use tim_offline_push::certificate::{BusinessId, Certificates};
/// use tim_offline_push::device::DeviceFacts;
/// use tim_offline_push::registrar::{Binding, Completion, ImClient, Presence, Registrar, Unread, VendorSdk};
/// use tim_offline_push::vendor::{TokenKind, Vendor, VendorSet};
///
/// struct App;
///
/// impl ImClient for App {
///     fn set_offline_push(&self, binding: &Binding, done: Completion) {
///         // Call setOfflinePushConfig; then, from its callback:
///         done.ok();
///     }
///     fn set_presence(&self, presence: Presence, done: Completion) {
///         done.ok();
///     }
/// }
///
/// impl VendorSdk for App {
///     fn vendors(&self) -> VendorSet {
///         VendorSet::EMPTY.with(Vendor::Xiaomi)
///     }
///     fn register(&self, vendor: Vendor, kind: TokenKind, done: Completion) {
///         done.ok(); // The token comes later, from the SDK's own receiver.
///     }
/// }
///
/// let app = Arc::new(App);
/// let certificates = Certificates::new().with(Vendor::Xiaomi, BusinessId::new(30207)?);
/// let device = DeviceFacts::from_getprop("[ro.product.manufacturer]: [Xiaomi]")?;
/// let push = Registrar::builder(certificates, app.clone(), app).start(device)?;
///
/// let session = push.logged_in(UserId::new("alice")?);
/// push.token_received(Vendor::Xiaomi, TokenKind::Standard, "d//igwEhgBGCI2TG6lWqlCktBnTh6g==");
/// push.enter_background(Unread::new(3));
/// println!("{}", push.diagnose());
///
/// let weak = push.downgrade(); // a handle in the callback would keep the registrar alive
/// push.log_out(session, move |release| {
///     // Superseded: the session is over already, and a logout now would end the one after it.
///     if !release.is_superseded() {
///         println!("log out of the IM SDK now; clean: {}", release.is_clean());
///         // When that has succeeded:
///         if let Some(push) = weak.upgrade() {
///             push.logged_out(release.session());
///         }
///     }
/// });
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Registrar {
    handle: Arc<Handle>,
}

/// Ends the registrar when the last handle is gone, also while a call of a host holds on to the core.
struct Handle {
    core: Arc<Core>,
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.core.shut_down();
    }
}

impl Registrar {
    pub(super) fn new(core: Arc<Core>) -> Self {
        Self { handle: Arc::new(Handle { core }) }
    }

    /// The IM SDK logged an account in, and its login has succeeded. Another account ends the session before;
    /// the one that is logged in already goes on with its session, without another report.
    ///
    /// The clean way from one account to another is [`Registrar::log_out`], the IM SDK's logout when
    /// `log_out` calls back, and then this. If the account changes without it, the server has not been asked
    /// to forget the first account, which is still bound there: it is remembered as possibly bound, with the
    /// notice [`NoticeCode::AccountPossiblyBound`](crate::registrar::NoticeCode::AccountPossiblyBound),
    /// unless the server is known to have nothing of it.
    ///
    /// Returns the id of the session, which ends with it. After a shutdown it is one that names no session.
    pub fn logged_in(&self, account: UserId) -> SessionId {
        let session = self.handle.core.change(|agenda| {
            agenda.handle(Event::LoggedIn { account });
            agenda.session()
        });
        session.flatten().unwrap_or_else(SessionId::none)
    }

    /// The user wants to log out. `then` is called exactly once, with the permission to log out of the IM
    /// SDK: at once, when the report under way has been answered, or at the deadline of 5 s
    /// ([`PolicySettings::drain`](crate::registrar::PolicySettings::drain)); also when the session is over
    /// already, or the registrar ends before. With that the session has ended here.
    ///
    /// When the IM SDK's logout has succeeded, call [`Registrar::logged_out`]: should the process be killed
    /// before, the server may go on pushing to the account, and the next process knows that because this call
    /// is missing. A host that leaves it out is believed at the next login in the same process; in a later
    /// one, a login of another account brings the notice
    /// [`NoticeCode::AccountPossiblyBound`](crate::registrar::NoticeCode::AccountPossiblyBound).
    ///
    /// If the IM SDK's logout fails, call [`Registrar::logged_in`] again.
    pub fn log_out(&self, session: SessionId, then: impl FnOnce(Release) + Send + 'static) -> Verdict {
        self.handle.core.log_out(session, Box::new(then))
    }

    /// The IM SDK logged out, after [`Registrar::log_out`] or without it.
    pub fn logged_out(&self, session: SessionId) -> Verdict {
        self.handle.core.submit(Event::LoggedOut { session })
    }

    /// Another device took the account over (`onKickedOffline`).
    pub fn kicked_off(&self, session: SessionId) -> Verdict {
        self.handle.core.submit(Event::KickedOff { session })
    }

    /// The account's `UserSig` ran out (`onUserSigExpired`).
    pub fn credential_expired(&self, session: SessionId) -> Verdict {
        self.handle.core.submit(Event::CredentialExpired { session })
    }

    /// The session that is logged in, or on its way out.
    pub fn session(&self) -> Option<SessionId> {
        self.handle.core.agenda().session()
    }

    /// A vendor SDK gave a token, asked or unasked. Pass it on exactly as the SDK gave it.
    pub fn token_received(&self, vendor: Vendor, kind: TokenKind, text: impl Into<Box<str>>) -> Verdict {
        self.handle.core.submit(Event::Token { vendor, kind, text: Secret::new(text) })
    }

    /// A vendor SDK failed to register, and called a receiver that has no completion at hand.
    pub fn vendor_failed(&self, vendor: Vendor, kind: TokenKind, code: impl Into<Failure>) -> Verdict {
        let outcome = Outcome::Failed { code: code.into(), retry_after: None };
        let verdict = self.handle.core.change(|agenda| agenda.vendor_failed(vendor, kind, outcome));
        verdict.unwrap_or(AFTER_SHUTDOWN)
    }

    /// A vendor or the IM server says that a token is dead.
    pub fn token_invalid(&self, vendor: Vendor, kind: TokenKind) -> Verdict {
        self.handle.core.submit(Event::TokenInvalid { vendor, kind })
    }

    /// The app entered the foreground.
    pub fn enter_foreground(&self) -> Verdict {
        self.handle.core.submit(Event::Foreground)
    }

    /// The app entered the background, with this many unread messages.
    pub fn enter_background(&self, unread: Unread) -> Verdict {
        self.handle.core.submit(Event::Background { unread })
    }

    /// The number of unread messages changed.
    pub fn set_unread(&self, unread: Unread) -> Verdict {
        self.handle.core.submit(Event::Unread { unread })
    }

    /// The user turned pushes off. An empty binding is reported for the account logged in, and for each that
    /// logs in later, until [`Registrar::enable_push`]; a restart does not change that. The vendor SDKs and
    /// their tokens stay.
    pub fn disable_push(&self) -> Verdict {
        self.handle.core.submit(Event::PushDisabled)
    }

    /// The user turned pushes on again: the token at hand is reported.
    pub fn enable_push(&self) -> Verdict {
        self.handle.core.submit(Event::PushEnabled)
    }

    /// The user agreed that vendor SDKs may be started. Remembered over restarts. Only a configuration with
    /// [`Configuration::with_consent_required`] waits for it at the first start; after
    /// [`Registrar::withdraw_consent`] every one does.
    pub fn grant_consent(&self) -> Verdict {
        self.handle.core.submit(Event::ConsentGranted)
    }

    /// The user took the consent back: an empty binding is reported, the vendor SDKs that were started are
    /// unregistered, and their tokens are forgotten. Remembered over restarts, whatever the configuration
    /// asks for. An SDK that gives a token afterwards is unregistered again. An SDK that an earlier process
    /// started is known if anything was stored after that.
    pub fn withdraw_consent(&self) -> Verdict {
        self.handle.core.submit(Event::ConsentWithdrawn)
    }

    /// A notification was tapped. Pass every intent that may be a tap: the same tap again is
    /// [`IgnoredReason::DuplicateTap`].
    ///
    /// A tap whose vendor gives an id of the message is the same whenever it comes: while it is held, and
    /// when it is over as long as it is among the last eight of the kind. That holds in later processes too,
    /// given a store: Android may make an activity anew, with its old intent, after the process was killed.
    /// Over is what was answered, or was delivered and given up.
    ///
    /// A tap without such an id is the same only within [`PolicySettings::tap_window`] of its coming, for two
    /// messages may look alike; after that it counts anew, and so it does in the next process once it was
    /// answered. For these let the activity mark its intent as read, or look at `savedInstanceState`.
    ///
    /// What [is no push](Tap::is_push) is ignored, so an activity can pass every intent that starts it.
    ///
    /// A tap that weighs more than [`Policy::MAX_TAP_BYTES`](crate::registrar::Policy::MAX_TAP_BYTES) is
    /// refused; its route can still be taken from the [`Tap`] itself.
    ///
    /// If the IM client [reports push events](crate::registrar::ImClient::reports_push_events) and the tap
    /// has a push id, the click is reported to Tencent's statistics, once.
    ///
    /// [`PolicySettings::tap_window`]: crate::registrar::PolicySettings::tap_window
    pub fn tapped(&self, tap: Tap) -> Verdict {
        self.handle.core.submit(Event::Tapped(tap))
    }

    /// A data message came, and the app shows it: its arrival is reported to Tencent's statistics, once, if
    /// the IM client [reports push events](crate::registrar::ImClient::reports_push_events). A push without
    /// an id, or with nothing to show, is [`IgnoredReason::NotCounted`].
    ///
    /// Pass only what the app itself has made a notification of. Where the vendor's system shows it, the
    /// vendor tells Tencent of the arrival. A click is reported by [`Registrar::tapped`].
    pub fn arrived(&self, message: &DataMessage) -> Verdict {
        let Some(id) = message.arrival_id() else { return Verdict::Ignored(IgnoredReason::NotCounted) };
        let account = message.account().cloned();
        self.handle.core.submit(Event::PushArrived { push_id: id.clone(), account })
    }

    /// The app can take taps: its screens are up.
    pub fn host_ready(&self) -> Verdict {
        self.handle.core.submit(Event::HostReady)
    }

    /// A tap is where it belongs. As [`Completion::ok`](crate::registrar::Completion::ok), for hosts that
    /// kept only the id.
    pub fn tap_handled(&self, id: TapId) -> Verdict {
        self.handle.core.submit(Event::TapHandled { id })
    }

    /// The phone is connected again.
    pub fn network_up(&self) -> Verdict {
        self.handle.core.submit(Event::NetworkUp)
    }

    /// The user asks to try again now. Ignored where nothing waits for another attempt.
    pub fn retry(&self) -> Verdict {
        self.handle.core.submit(Event::UserRetry)
    }

    /// The app's configuration changed. An equal one changes nothing.
    pub fn configure(&self, configuration: Configuration) -> Verdict {
        self.handle.core.submit(Event::Configured(Arc::new(configuration)))
    }

    /// What is known of the phone changed: a probe has answered, or the system was updated.
    pub fn set_device(&self, facts: DeviceFacts) -> Verdict {
        self.handle.core.submit(Event::DeviceFacts(Arc::new(facts)))
    }

    /// Answers a completion that went through a foreign language as a number. Says whether that number still
    /// waited for its answer: a second answer, and one to a registrar of an earlier process, are ignored.
    pub fn complete(&self, raw: u64, outcome: Outcome) -> bool {
        self.handle.core.complete(raw, outcome, Lost::Host)
    }

    /// The alarm clock rings. As [`Alarm::ring`](crate::registrar::Alarm::ring), for hosts that keep no
    /// alarm.
    pub fn ring(&self) {
        self.handle.core.ring();
    }

    /// Returns the state of everything, what blocks first, and its fix. Changes nothing.
    pub fn diagnose(&self) -> Diagnosis {
        self.handle.core.diagnose()
    }

    /// A handle that does not keep the registrar alive, for hosts: the registrar keeps them alive.
    pub fn downgrade(&self) -> WeakRegistrar {
        WeakRegistrar { handle: Arc::downgrade(&self.handle) }
    }

    /// Ends the registrar, even if other handles exist: no host is called any more (a call under way on
    /// another thread comes to its end), the hosts are dropped, and callbacks that wait for a logout are
    /// called, not clean. Every event after it is [`IgnoredReason::ShutDown`].
    pub fn shutdown(&self) {
        self.handle.core.shut_down();
    }
}

impl fmt::Debug for Registrar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Registrar").field("session", &self.session()).finish_non_exhaustive()
    }
}

/// A handle of a [`Registrar`] that does not keep it alive.
#[derive(Clone, Debug, Default)]
pub struct WeakRegistrar {
    handle: Weak<Handle>,
}

impl WeakRegistrar {
    /// One without a registrar: an initial value for a host's field.
    pub const fn new() -> Self {
        Self { handle: Weak::new() }
    }

    /// The registrar, unless it is gone.
    pub fn upgrade(&self) -> Option<Registrar> {
        self.handle.upgrade().map(|handle| Registrar { handle })
    }
}
