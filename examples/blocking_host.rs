//! A host whose SDKs block: each call returns when its work is done, and answers before that.
//!
//! ```text
//! cargo run --example blocking_host
//! ```
//!
//! The registrar calls a host on the thread that passes it an event, so such a host passes events on threads
//! that may wait. Each host object has a lane of its own: while one call blocks, the others go on.

use std::error::Error;
use std::io::Write as _;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use tim_offline_push::account::UserId;
use tim_offline_push::certificate::{BusinessId, Certificates};
use tim_offline_push::device::DeviceFacts;
use tim_offline_push::registrar::{
    Binding, Completion, FileStore, ImClient, InstallId, Presence, Registrar, Unread, VendorSdk,
};
use tim_offline_push::vendor::{TokenKind, Vendor, VendorSet};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::temp_dir().join(format!("blocking_host-{}", std::process::id()));
    let app = Arc::new(App);
    let certificates = Certificates::new().with(Vendor::Huawei, BusinessId::new(30206)?);
    let push = Registrar::builder(certificates, app.clone(), app)
        // On Android: `noBackupFilesDir`, where the install id is kept too.
        .store(Arc::new(FileStore::new(&folder)), InstallId::new("6f1c9f0e-made-at-first-start")?)
        .start(DeviceFacts::from_getprop("[ro.product.manufacturer]: [HUAWEI]")?)?;

    let session = push.logged_in(UserId::new("alice")?);
    say(&format!("reachable: {}", push.diagnose().reachable));

    push.enter_background(Unread::new(3));
    let weak = push.downgrade();
    push.log_out(session, move |release| {
        if release.is_superseded() {
            return; // Another session has begun, and a logout would end that one.
        }
        block("logout");
        say(&format!("logged out; clean: {}", release.is_clean()));
        if let Some(push) = weak.upgrade() {
            push.logged_out(release.session());
        }
    });
    std::fs::remove_dir_all(folder)?;
    Ok(())
}

/// The app's bridges to its SDKs.
struct App;

impl VendorSdk for App {
    fn vendors(&self) -> VendorSet {
        VendorSet::EMPTY.with(Vendor::Huawei)
    }

    fn register(&self, _: Vendor, _: TokenKind, done: Completion) {
        // HmsInstanceId.getToken blocks, and must not be called on Android's main thread.
        let token = get_token();
        // Older EMUI returns nothing here, and tells the token to `onNewToken`: on to
        // `Registrar::token_received`.
        if token.is_empty() { done.ok() } else { done.token(token) }
    }
}

impl ImClient for App {
    fn set_offline_push(&self, binding: &Binding, done: Completion) {
        let id = binding.business_id().map_or(0, BusinessId::as_u32);
        let token = binding.token().map_or("", |token| token.expose_secret());
        match set_offline_push_config(id, token) {
            0 => done.ok(),
            code => done.failed(code),
        }
    }

    fn set_presence(&self, presence: Presence, done: Completion) {
        block(&presence.to_string());
        done.ok();
    }
}

fn get_token() -> String {
    block("getToken");
    "AND8rUp4etqJvbakK7qQoCVgFHnROXzH8o7B8fTl9rMP5VRFN83zU3Nvmabm3xw7e3gZjyBb".to_owned()
}

fn set_offline_push_config(business_id: u32, token: &str) -> i32 {
    block("setOfflinePushConfig");
    say(&format!("certificate {business_id}, a token of {} bytes", token.len()));
    0
}

/// What a real SDK does here takes its time.
fn block(call: &str) {
    say(&format!("{call} blocks"));
    thread::sleep(Duration::from_millis(20));
}

/// Prints a line, unless whoever reads the output has closed it.
fn say(line: &str) {
    drop(writeln!(std::io::stdout(), "{line}"));
}
