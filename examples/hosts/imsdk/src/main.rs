//! Loads the C library, without `TIMInit` and without a network, and shows what it says to a report and to
//! presence calls.
//!
//! ```text
//! cargo run -p host-imsdk -- package/lib/linux/lib/libImSDK.so
//! ```

use std::error::Error;
use std::ffi::OsString;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::time::Duration;

use host_imsdk::{CLibrary, Library};
use tim_offline_push::registrar::{
    Completion, Observer, Registrar, ThreadScheduler, Unread, VendorSdk, Verdict,
};
use tim_offline_push::testing::sample_token;
use tim_offline_push::vendor::{TokenKind, Vendor, VendorSet};
use tim_offline_push::{BusinessId, Certificates, DeviceFacts, UserId};

fn main() -> Result<(), Box<dyn Error>> {
    let path: OsString = std::env::args_os()
        .nth(1)
        .or_else(|| std::env::var_os("IMSDK_LIB"))
        .ok_or("name the library: as the argument, or as IMSDK_LIB")?;
    let library = Arc::new(Library::load(&path)?);
    println!("library {}", library.version());

    let (answers, answered) = channel();
    let certificates = Certificates::new().with(Vendor::Xiaomi, BusinessId::new(30207)?);
    let im = Arc::new(CLibrary(Arc::clone(&library)));
    let push = Registrar::builder(certificates, im, Arc::new(Sdk))
        .scheduler(Arc::new(ThreadScheduler::start()?))
        .observer(Arc::new(Answers(answers)))
        .start(DeviceFacts::from_getprop("[ro.product.manufacturer]: [Xiaomi]")?)?;

    push.logged_in(UserId::new("alice")?);
    push.enter_background(Unread::new(3));
    // One answer to the report, one to the presence call.
    for _ in 0..2 {
        println!("answer {}", answered.recv_timeout(Duration::from_secs(20))?);
    }
    println!("{}", push.diagnose());
    push.shutdown();
    Ok(())
}

/// Stands for the app's Xiaomi SDK.
struct Sdk;

impl VendorSdk for Sdk {
    fn vendors(&self) -> VendorSet {
        VendorSet::EMPTY.with(Vendor::Xiaomi)
    }

    fn register(&self, vendor: Vendor, _: TokenKind, done: Completion) {
        done.token(sample_token(vendor, 1));
    }
}

/// Hears what became of the answers.
struct Answers(Sender<String>);

impl Observer for Answers {
    fn event(&self, name: &'static str, verdict: Verdict) {
        if name.starts_with("Report") || name.starts_with("Presence") {
            // The main thread may have gone.
            let _ = self.0.send(format!("{name}: {verdict}"));
        }
    }
}
