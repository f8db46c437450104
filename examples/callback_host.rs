//! A host whose SDKs call back later, on threads of their own, through a foreign language that carries
//! nothing but numbers: what a JNI bridge looks like.
//!
//! ```text
//! cargo run --example callback_host
//! ```

use std::error::Error;
use std::io::Write as _;
use std::sync::{Arc, OnceLock};

use tim_offline_push::account::UserId;
use tim_offline_push::certificate::{BusinessId, Certificates};
use tim_offline_push::device::DeviceFacts;
use tim_offline_push::registrar::{
    Binding, Completion, ImClient, Outcome, Presence, Registrar, SessionId, VendorSdk,
};
use tim_offline_push::vendor::{TokenKind, Vendor, VendorSet};

/// Where the functions that the foreign language calls find the registrar.
static PUSH: OnceLock<Registrar> = OnceLock::new();

fn main() -> Result<(), Box<dyn Error>> {
    let certificates = Certificates::new().with(Vendor::Xiaomi, BusinessId::new(30207)?);
    let push = Registrar::builder(certificates, Arc::new(Bridge), Arc::new(Bridge))
        .announce(|push| {
            // Before the first SDK is asked, whose callback may be quicker than the line below.
            PUSH.get_or_init(|| push.clone());
        })
        .start(DeviceFacts::from_getprop("[ro.product.manufacturer]: [Xiaomi]")?)?;

    let session = native_logged_in("alice")?;
    java::wait_for_callbacks();
    say(&format!("reports acknowledged: {}", push.diagnose().counters.reports_done));

    let weak = push.downgrade();
    push.log_out(SessionId::from(session), move |release| {
        if release.is_superseded() {
            return; // Another session has begun, and a logout would end that one.
        }
        say(&format!("log out of the IM SDK; clean: {}", release.is_clean()));
        // From the IM SDK's callback, when it has succeeded:
        if let Some(push) = weak.upgrade() {
            push.logged_out(release.session());
        }
    });
    push.shutdown();
    Ok(())
}

/// Calls into Java.
struct Bridge;

impl ImClient for Bridge {
    fn set_offline_push(&self, binding: &Binding, done: Completion) {
        let id = binding.business_id().map_or(0, BusinessId::as_u32);
        let token = binding.token().map_or("", |token| token.expose_secret());
        java::set_offline_push_config(id, token, done.into_raw());
    }

    fn set_presence(&self, _: Presence, done: Completion) {
        done.ok();
    }
}

impl VendorSdk for Bridge {
    fn vendors(&self) -> VendorSet {
        VendorSet::EMPTY.with(Vendor::Xiaomi)
    }

    fn register(&self, _: Vendor, _: TokenKind, done: Completion) {
        // Java's receiver knows nothing of this call: it tells the token to `native_token`.
        done.ok();
        java::register_push();
    }
}

// What Java calls: `external fun` there, `extern "system"` here in a real bridge.

fn native_logged_in(account: &str) -> Result<u64, Box<dyn Error>> {
    let push = PUSH.get().ok_or("not started")?;
    Ok(push.logged_in(UserId::new(account)?).as_u64())
}

fn native_token(token: &str) {
    if let Some(push) = PUSH.get() {
        push.token_received(Vendor::Xiaomi, TokenKind::Standard, token);
    }
}

fn native_complete(callback: u64, code: i32) {
    let waited = PUSH.get().is_some_and(|push| push.complete(callback, Outcome::from_code(code)));
    say(&format!("callback with code {code}; anybody waited: {waited}"));
}

/// Stands for the Java side: each SDK calls back on a thread of its own.
mod java {
    use std::sync::{Mutex, PoisonError};
    use std::thread::{self, JoinHandle};

    use super::{native_complete, native_token, say};

    static CALLBACKS: Mutex<Vec<JoinHandle<()>>> = Mutex::new(Vec::new());

    pub(super) fn register_push() {
        say("registerPush");
        on_a_thread(|| {
            say("onReceiveRegisterResult");
            native_token("d//igwEhgBGCI2TG6lWqlCktBnTh6g==");
        });
    }

    pub(super) fn set_offline_push_config(business_id: u32, token: &str, callback: u64) {
        say(&format!("setOfflinePushConfig: certificate {business_id}, a token of {} bytes", token.len()));
        on_a_thread(move || {
            native_complete(callback, 0);
            // Some SDKs call back twice.
            native_complete(callback, 0);
        });
    }

    pub(super) fn wait_for_callbacks() {
        while let Some(callback) = next_callback() {
            // A callback that panicked has said so.
            drop(callback.join());
        }
    }

    fn next_callback() -> Option<JoinHandle<()>> {
        CALLBACKS.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }

    fn on_a_thread(callback: impl FnOnce() + Send + 'static) {
        CALLBACKS.lock().unwrap_or_else(PoisonError::into_inner).push(thread::spawn(callback));
    }
}

/// Prints a line, unless whoever reads the output has closed it.
fn say(line: &str) {
    drop(writeln!(std::io::stdout(), "{line}"));
}
