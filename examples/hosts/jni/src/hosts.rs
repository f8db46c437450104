//! The registrar's hosts: each call goes to the Java object, on whichever thread it comes.

use std::time::Duration;

use jni::Env;
use jni::errors::Result as JniResult;
use jni::objects::JString;
use jni::refs::Global;
use jni::sys::{jint, jlong};
use jni::vm::JavaVM;
use tim_offline_push::Tap;
use tim_offline_push::account::Peer;
use tim_offline_push::notification::Route;
use tim_offline_push::registrar::{
    Alarm, Badge, Binding, Clock, Completion, ImClient, Notice, NotificationChannel, NotificationChannels,
    Observer, Presence, Receiver, Release, Scheduler, TapHandler, TapId, Transition, VendorSdk, Verdict,
};
use tim_offline_push::time::{MonotonicTime, Now, UnixTime};
use tim_offline_push::vendor::{TokenKind, Vendor, VendorSet};

use crate::bridge::PushRegistrar;

/// The Java object that all hosts are. The registrar keeps it alive until it is shut down.
pub(crate) struct Java {
    object: Global<PushRegistrar<'static>>,
}

/// A `u64` in a Java `long`, bit by bit.
pub(crate) const fn to_java(number: u64) -> jlong {
    jlong::from_ne_bytes(number.to_ne_bytes())
}

fn count(number: u32) -> jint {
    jint::try_from(number).unwrap_or(jint::MAX)
}

fn optional<'local>(env: &mut Env<'local>, text: Option<&str>) -> JniResult<JString<'local>> {
    text.map_or_else(|| Ok(JString::null()), |text| JString::from_str(env, text))
}

impl Java {
    pub(crate) fn new(object: Global<PushRegistrar<'static>>) -> Self {
        Self { object }
    }

    /// Tells the observer what is odd about the certificates, as a notice of the bridge's own.
    pub(crate) fn finding(&self, text: &str) {
        self.call("notice", |env, java| {
            let (code, text) = (JString::from_str(env, "certificates")?, JString::from_str(env, text)?);
            java.notice(env, &code, JString::null(), &text)
        });
    }

    // guide: call
    /// Calls Java, on this thread. An exception ends here: it is logged by its class alone, and `None` comes
    /// back.
    pub(crate) fn call<T>(
        &self,
        what: &str,
        call: impl FnOnce(&mut Env<'_>, &PushRegistrar<'static>) -> JniResult<T>,
    ) -> Option<T> {
        let vm = JavaVM::singleton().ok()?;
        // Attaches a thread of Rust's for good; an exception is caught and taken off.
        match vm.attach_current_thread(|env| call(env, &self.object)) {
            Ok(value) => Some(value),
            Err(error) => {
                log::error!(target: "host_jni", "{what}: {}", exception_class(&error));
                None
            }
        }
    }

    /// Lends a completion to Java as a number. If the call fails, nobody will answer it, and the outcome is
    /// `Lost`.
    fn lend(
        &self,
        what: &str,
        done: Completion,
        call: impl FnOnce(&mut Env<'_>, &PushRegistrar<'static>, jlong) -> JniResult<()>,
    ) {
        // `call` has logged what went wrong.
        let _ = done.lend(|raw| self.call(what, |env, java| call(env, java, to_java(raw))).ok_or(()));
    }
    // end
}

/// An exception's text may hold a token.
fn exception_class(error: &jni::errors::Error) -> String {
    match error {
        jni::errors::Error::CaughtJavaException { name, .. } => format!("exception {name}"),
        other => other.to_string(),
    }
}

impl ImClient for Java {
    fn set_offline_push(&self, binding: &Binding, done: Completion) {
        let business_id = binding.business_id().map_or(0, |id| count(id.as_u32()));
        let token = binding.token().map_or("", |token| token.expose_secret());
        self.lend("setOfflinePush", done, |env, java, raw| {
            let vendor = optional(env, binding.vendor().map(|vendor| vendor.to_string()).as_deref())?;
            let token = JString::from_str(env, token)?;
            let kind = JString::from_str(env, binding.kind().to_string())?;
            java.set_offline_push(env, business_id, &vendor, &token, &kind, raw)
        });
    }

    fn set_presence(&self, presence: Presence, done: Completion) {
        let (foreground, unread) = match presence {
            Presence::Foreground => (true, 0),
            Presence::Background { unread } => (false, count(unread.as_u32())),
        };
        self.lend("setPresence", done, |env, java, raw| java.set_presence(env, foreground, unread, raw));
    }
}

impl VendorSdk for Java {
    fn vendors(&self) -> VendorSet {
        let names =
            self.call("vendors", |env, java| java.vendors(env)?.try_to_string(env)).unwrap_or_default();
        names.split(',').filter_map(|name| name.trim().parse().ok()).collect()
    }

    fn register(&self, vendor: Vendor, kind: TokenKind, done: Completion) {
        self.lend("register", done, |env, java, raw| {
            let vendor = JString::from_str(env, vendor.to_string())?;
            let kind = JString::from_str(env, kind.to_string())?;
            java.register(env, &vendor, &kind, raw)
        });
    }

    fn unregister(&self, vendor: Vendor) {
        self.call("unregister", |env, java| {
            let vendor = JString::from_str(env, vendor.to_string())?;
            java.unregister(env, &vendor)
        });
    }
}

impl TapHandler for Java {
    fn deliver(&self, _: TapId, tap: &Tap, receiver: &Receiver, done: Completion) {
        let route = tap.route();
        let ext = match &route {
            Route::Link(link) => Some(link.as_str()),
            _ => tap.ext().and_then(|ext| ext.text()),
        };
        let is_group = matches!(route.peer(), Some(Peer::Group(_)));
        let whose = match receiver {
            Receiver::Stated(_) => "stated",
            Receiver::Assumed(_) => "assumed",
            Receiver::NotYours(_) => "not_yours",
            _ => "unknown",
        };
        self.lend("deliver", done, |env, java, raw| {
            let name = JString::from_str(env, route.as_str())?;
            let peer = optional(env, route.peer().map(Peer::id))?;
            let ext = optional(env, ext)?;
            let vendor = optional(env, tap.vendor().map(|vendor| vendor.to_string()).as_deref())?;
            let whose = JString::from_str(env, whose)?;
            let account = optional(env, receiver.account().map(|account| account.as_str()))?;
            java.deliver(env, &name, &peer, is_group, &ext, &vendor, &whose, &account, raw)
        });
    }
}

impl NotificationChannels for Java {
    fn ensure(&self, channel: &NotificationChannel, done: Completion) {
        self.lend("ensureNotificationChannel", done, |env, java, raw| {
            let id = JString::from_str(env, channel.id())?;
            let name = JString::from_str(env, channel.name())?;
            let description = JString::from_str(env, channel.description())?;
            let importance = channel.importance().as_i32();
            java.ensure_notification_channel(env, &id, &name, &description, importance, raw)
        });
    }
}

impl Badge for Java {
    fn set(&self, number: u32) {
        self.call("setBadge", |env, java| java.set_badge(env, count(number)));
    }

    fn clear_notifications(&self) {
        self.call("clearNotifications", |env, java| java.clear_notifications(env));
    }
}

impl Observer for Java {
    fn event(&self, name: &'static str, verdict: Verdict) {
        self.call("event", |env, java| {
            let (name, verdict) =
                (JString::from_str(env, name)?, JString::from_str(env, verdict.to_string())?);
            java.event(env, &name, &verdict)
        });
    }

    fn transition(&self, transition: &Transition) {
        self.call("transition", |env, java| {
            let text = JString::from_str(env, transition.to_string())?;
            java.transition(env, &text)
        });
    }

    fn notice(&self, notice: &Notice) {
        self.call("notice", |env, java| {
            let code = JString::from_str(env, notice.code().as_str())?;
            let vendor = optional(env, notice.vendor().map(|vendor| vendor.to_string()).as_deref())?;
            let text = JString::from_str(env, notice.to_string())?;
            java.notice(env, &code, &vendor, &text)
        });
    }
}

impl Clock for Java {
    fn now(&self) -> Now {
        let read = |env: &mut Env<'_>, java: &PushRegistrar<'static>| {
            Ok((java.elapsed_realtime(env)?, java.current_time_millis(env)?))
        };
        // A clock that fails stands still: a smaller time than before counts as equal.
        let (elapsed, wall) = self.call("clock", read).unwrap_or_default();
        let elapsed = MonotonicTime::from_millis(u64::try_from(elapsed).unwrap_or_default());
        Now::new(elapsed, UnixTime::from_secs(wall / 1_000))
    }
}

impl Scheduler for Java {
    fn schedule(&self, delay: Duration, _: Alarm) {
        let millis = jlong::try_from(delay.as_millis()).unwrap_or(jlong::MAX);
        self.call("schedule", |env, java| java.schedule(env, millis)); // answered by the native method ring
    }

    fn cancel(&self) {
        self.call("cancel", |env, java| java.cancel(env));
    }
}

/// Tells Java that the IM SDK may be logged out.
pub(crate) fn release(java: &Java, callback: jlong, release: Release) {
    let session = to_java(release.session().as_u64());
    java.call("released", |env, java| {
        java.released(env, callback, session, release.is_clean(), release.is_superseded())
    });
}
