//! Plays a loop-back test on a scripted phone: a push to oneself that arrives, or is lost.

use std::io::{self, Write};
use std::time::Duration;

use tim_offline_push::account::UserId;
use tim_offline_push::certificate::{BusinessId, Certificates};
use tim_offline_push::device::DeviceFacts;
use tim_offline_push::doctor::{Loopback, PhoneCheck};
use tim_offline_push::message::Form;
use tim_offline_push::notification::Tap;
use tim_offline_push::registrar::Clock as _;
use tim_offline_push::testing::{Phone, Reply};
use tim_offline_push::vendor::Vendor;

/// The situations that can be played.
pub(crate) const SITUATIONS: [&str; 6] = ["arrived", "late", "no-token", "quota", "permission-off", "tapped"];

/// Plays one situation, or all of them.
pub(crate) fn play(name: &str, out: &mut dyn Write) -> Result<(), Box<dyn std::error::Error>> {
    let known = SITUATIONS.iter().filter(|own| name == "all" || **own == name);
    let mut found = false;
    for situation in known {
        found = true;
        one(situation, out)?;
    }
    if found {
        Ok(())
    } else {
        Err(format!("--loopback: expected all or one of {}", SITUATIONS.join(", ")).into())
    }
}

fn one(situation: &str, out: &mut dyn Write) -> Result<(), Box<dyn std::error::Error>> {
    let phone = Phone::new();
    if situation == "no-token" {
        // Xiaomi's SDK answers that its service is not there, again and again.
        phone.script(Vendor::Xiaomi, std::iter::repeat_n(Reply::failed(70_000_001), 50));
    }
    let certificates = Certificates::new().with(Vendor::Xiaomi, BusinessId::new(30_207)?);
    let device =
        DeviceFacts::from_getprop("[ro.product.manufacturer]: [Xiaomi]\n[ro.miui.ui.version.name]: [V14]")?;
    let push = phone.registrar(certificates).start(device)?;
    push.logged_in(UserId::new("alice")?);
    phone.advance(Duration::from_secs(60));

    let now = || phone.time().now().monotonic();
    let mut loopback = Loopback::new(0x5eed_0001, Duration::from_secs(30));
    let request = loopback.push().write(Form::Rest);
    loopback.sent(now());
    let waits = |seconds| phone.advance(Duration::from_secs(seconds));
    let tap = Tap::from_text(
        Some(Vendor::Xiaomi),
        &format!("{{\"ext\":{:?}}}", loopback.ext().text().unwrap_or_default()),
    )?;
    match situation {
        "arrived" => {
            waits(2);
            loopback.arrived(now(), &tap);
        }
        "late" => {
            waits(95);
            loopback.arrived(now(), &tap);
        }
        "tapped" => {
            waits(12);
            loopback.tapped(now(), &tap);
        }
        "quota" => {
            waits(31);
            loopback = loopback.with_loss_code(-203);
        }
        _ => waits(31),
    }
    let check = PhoneCheck::new(push.diagnose()).with_notifications_allowed(situation != "permission-off");
    let report = loopback.report(now(), Some(&check.check()));
    writeln!(out, "{situation}: {} bytes to the app's server, then: {report}\n", request.text().len())?;
    push.shutdown();
    Ok(())
}

/// Where output goes wrong, its kind.
pub(crate) fn kind(error: &(dyn std::error::Error + 'static)) -> Option<io::ErrorKind> {
    error.downcast_ref::<io::Error>().map(io::Error::kind)
}
