//! What a host implements: the IM client and the vendor SDKs always, the rest where the default will not do.
//!
//! Every trait is object-safe, takes `&self` and plain arguments, and may be implemented over any language's
//! bridge. A call may block: other hosts and all deadlines go on. The contract is in the documentation of the
//! registrar.

use std::fmt;
use std::io;
use std::time::Duration;

use super::{
    Alarm, Binding, Completion, Notice, NotificationChannel, Receiver, SessionId, TapId, Transition, Unread,
    Verdict,
};
use crate::notification::{PushEvent, Tap};
use crate::time::Now;
use crate::vendor::{TokenKind, Vendor, VendorSet};

/// The IM SDK.
pub trait ImClient: Send + Sync {
    /// Tells the server where to push: `V2TIMOfflinePushManager.setOfflinePushConfig` with the binding's
    /// business id and token, for a VoIP binding the call that takes a VoIP token. An empty binding turns
    /// pushes off.
    ///
    /// Answered by [`Completion::ok`] or [`Completion::failed`] with the SDK's code.
    fn set_offline_push(&self, binding: &Binding, done: Completion);

    /// Tells the server that the app is in the foreground or background: `doForeground` and `doBackground` of
    /// the same class.
    ///
    /// Answered by [`Completion::ok`] or [`Completion::failed`] with the SDK's code.
    fn set_presence(&self, presence: Presence, done: Completion);

    /// Whether [`ImClient::report_push_events`] is implemented. Asked once, inside of
    /// [`Builder::start`](super::Builder::start). By default it is not, and no arrival or click is kept.
    fn reports_push_events(&self) -> bool {
        false
    }

    /// Tells the server which pushes arrived or were clicked: `V2TIMManager.callExperimentalAPI` with
    /// [`PushEvent::API`] and the text of [`PushEvent::to_json`]. Called only if
    /// [`ImClient::reports_push_events`] says so, with at most 20 events, all of them for the account that is
    /// logged in. It may run beside the other calls.
    ///
    /// Answered by [`Completion::ok`] or [`Completion::failed`] with the SDK's code, within
    /// [`PolicySettings::report`](super::PolicySettings::report) (15 s). What is not confirmed is reported
    /// again, later or in another process, so the server may get an event twice. It may also never get one:
    /// an event is dropped when the server refuses it for good, after 100 attempts in one process, when it is
    /// 30 days old, when 64 newer ones wait, and when the user takes the consent back.
    fn report_push_events(&self, events: &[PushEvent], done: Completion) {
        // Dropped unanswered.
        drop(done);
        let _ = events;
    }
}

/// The vendor SDKs that are part of the app.
pub trait VendorSdk: Send + Sync {
    /// The vendors whose SDKs these are. Asked once, inside of
    /// [`Registrar::builder`](super::Registrar::builder) and so before
    /// [`Builder::announce`](super::Builder::announce); no other vendor is ever tried.
    fn vendors(&self) -> VendorSet;

    /// Starts a vendor's SDK and asks it for a token. Called once per process and vendor, and again for a
    /// retry. The first call comes inside of [`Builder::start`](super::Builder::start), unless the user's
    /// consent is waited for.
    ///
    /// The token goes to [`Completion::token`], or from wherever the SDK calls back to
    /// [`Registrar::token_received`](super::Registrar::token_received). A failure goes to
    /// [`Completion::failed`], a number or the text of an exception. [`Completion::ok`] says no more than
    /// that the SDK was asked.
    fn register(&self, vendor: Vendor, kind: TokenKind, done: Completion);

    /// Unregisters from a vendor's SDK: the user took the consent back. The default does nothing.
    fn unregister(&self, vendor: Vendor) {
        let _ = vendor;
    }
}

/// Where the snapshot outlives the process. It holds tokens and accounts: keep it in the app's private
/// storage, where backups do not go.
pub trait Store: Send + Sync {
    /// The bytes saved last; `None` if nothing was ever saved, since an empty snapshot counts as a lost one.
    /// Called once, inside of [`Builder::start`](super::Builder::start) and before
    /// [`Builder::announce`](super::Builder::announce).
    ///
    /// # Errors
    /// The error of the read. The registrar then starts anew, in doubt.
    fn load(&self) -> io::Result<Option<Vec<u8>>>;

    /// Replaces the bytes saved before, wholly or not at all. The bytes of a later call must win, also where
    /// an earlier one is not answered yet: the registrar waits no longer than the policy says (2 s).
    ///
    /// Answered by [`Completion::ok`] once they would survive the process; anything else counts as not saved.
    /// [`Completion::failed`] takes the [`io::ErrorKind`].
    fn save(&self, snapshot: &[u8], done: Completion);
}

/// Both clocks of the device: `SystemClock.elapsedRealtime()` and `System.currentTimeMillis()` on Android.
///
/// Asked before each event and after each host call, on any thread and on several at once, the first time
/// before [`Builder::announce`](super::Builder::announce). It must neither block nor call the registrar,
/// which would ask it again without end.
pub trait Clock: Send + Sync {
    /// The time now.
    fn now(&self) -> Now;
}

/// One alarm clock.
///
/// It is set on any thread, also inside of another host's call, and must not block in that.
pub trait Scheduler: Send + Sync {
    /// Rings the alarm after the delay, or a little later. It replaces an earlier one that has not rung yet.
    ///
    /// [`Alarm::ring`] runs host calls, which may block: ring on a worker that may wait, and have another one
    /// for the next alarm, as [`ThreadScheduler`](super::ThreadScheduler) does. Otherwise a host that blocks
    /// there stops every deadline. An early or duplicate ring is ignored, but an alarm must not ring inside
    /// of this call before its delay is over.
    fn schedule(&self, delay: Duration, alarm: Alarm);

    /// Forgets an alarm that has not rung yet. The default lets it ring.
    fn cancel(&self) {}
}

/// Sees what goes on. None of it holds a token or an account.
///
/// For an observer that is slower than the registrar, the oldest of what it has not seen yet is left out.
///
/// ```
/// use tim_offline_push::registrar::{Notice, Observer};
///
/// /// Shows a developer what to fix.
/// struct Toast;
///
/// impl Observer for Toast {
///     fn notice(&self, notice: &Notice) {
///         println!("{notice}");
///     }
/// }
/// ```
pub trait Observer: Send + Sync {
    /// An event came in, by a method of the registrar or as the answer to a completion. `name` is
    /// [`Event::name`](super::Event::name).
    fn event(&self, name: &'static str, verdict: Verdict) {
        let _ = (name, verdict);
    }

    /// A region changed its state.
    fn transition(&self, transition: &Transition) {
        let _ = transition;
    }

    /// Something that a developer or the user should know, with the fix.
    fn notice(&self, notice: &Notice) {
        let _ = notice;
    }
}

/// Android's notification channels. Called only if the configuration names one.
pub trait NotificationChannels: Send + Sync {
    /// Makes the channel if it does not exist: `NotificationManager.createNotificationChannel`.
    ///
    /// Answered by [`Completion::ok`]; anything else counts as failed.
    fn ensure(&self, channel: &NotificationChannel, done: Completion);
}

/// Takes taps to where they belong.
pub trait TapHandler: Send + Sync {
    /// Takes a tap to where it belongs. Called only after
    /// [`Registrar::host_ready`](super::Registrar::host_ready).
    ///
    /// Answered by [`Completion::ok`] when it is there, or dropped on purpose. A tap without that answer is
    /// delivered again under the same id in the next process.
    fn deliver(&self, id: TapId, tap: &Tap, receiver: &Receiver, done: Completion);
}

/// The number at the app's icon, and the notifications that stand with it.
pub trait Badge: Send + Sync {
    /// Shows the number; 0 shows none.
    fn set(&self, count: u32);

    /// Removes the app's notifications: the session they were for has ended. The default does nothing.
    fn clear_notifications(&self) {}
}

/// Whether the app is in the foreground, as reported to the IM server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "an app is in the foreground or it is not")]
pub enum Presence {
    /// In the foreground.
    Foreground,
    /// In the background.
    Background {
        /// The unread count that the server counts on from.
        unread: Unread,
    },
}

impl fmt::Display for Presence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Foreground => f.write_str("foreground"),
            Self::Background { unread } => write!(f, "background, {} unread", unread.as_u32()),
        }
    }
}

/// Permission to log out of the IM SDK. Passed exactly once to the callback of
/// [`Registrar::log_out`](super::Registrar::log_out).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Release {
    pub(super) session: SessionId,
    pub(super) clean: bool,
    pub(super) superseded: bool,
}

impl Release {
    /// The session that may be logged out.
    pub const fn session(self) -> SessionId {
        self.session
    }

    /// Whether no report of that session can reach the server any more. If not, the server may go on pushing
    /// to the account on this phone.
    pub const fn is_clean(self) -> bool {
        self.clean
    }

    /// Whether there is nothing left to log out: the session ended in another way meanwhile, or another call
    /// of `log_out` got the release. A logout now would end the session that came after it.
    pub const fn is_superseded(self) -> bool {
        self.superseded
    }
}
