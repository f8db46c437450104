//! What no bytes may do to the machine: as a stored snapshot, and as a life of events.

use std::io::ErrorKind;
use std::time::Duration;

use tim_offline_push::account::UserId;
use tim_offline_push::certificate::{BusinessId, Certificates};
use tim_offline_push::device::DeviceFacts;
use tim_offline_push::notification::{Payload, Tap};
use tim_offline_push::registrar::{
    Configuration, Effect, Event, InstallId, Lost, Machine, Origin, Policy, Restored, SessionId, Unread,
    Verdict,
};
use tim_offline_push::secret::Secret;
use tim_offline_push::time::{MonotonicTime, Now, UnixTime};
use tim_offline_push::vendor::{TokenKind, Vendor};

fn origin(incarnation: u32) -> Origin {
    Origin::new(InstallId::new("an installation").expect("a short id"), incarnation)
}

/// Reads the bytes as a snapshot; what comes of it must be writable and readable again.
pub fn snapshot(data: &[u8]) {
    let now = Now::default();
    let (mut machine, restored) = Machine::restore(origin(1), Policy::default(), data, now);
    assert!(!matches!(restored, Restored::TooLong { bytes } if bytes <= Machine::MAX_SNAPSHOT_BYTES));
    while machine.poll_effect().is_some() {}
    let bytes = machine.snapshot().into_bytes();
    assert!(bytes.len() <= Machine::MAX_SNAPSHOT_BYTES);
    let (again, restored) = Machine::restore(origin(2), Policy::default(), &bytes, now);
    assert_eq!(restored, Restored::Resumed);
    assert_eq!(again.possibly_bound().count(), machine.possibly_bound().count());
}

/// Four bytes an event: what, two arguments, and how long before.
pub fn life(data: &[u8]) {
    let mut machine = Machine::new(origin(1), Policy::default());
    let mut millis = 0_u64;
    // An id of each kind of answer, as it was given out last.
    let mut ids = [0_u64; 5];
    for chunk in data.chunks_exact(4) {
        let &[what, one, two, wait] = chunk else { return };
        // Short steps, long ones, and the ends of time.
        millis = match wait {
            255 => u64::MAX,
            254 => 0,
            _ => millis.saturating_add(1_u64 << (wait / 6)),
        };
        let now = Now::new(MonotonicTime::from_millis(millis), UnixTime::from_secs(i64::from(one) << 30));
        machine.handle_timeout(now);
        let event = event(what, one, two, &machine, ids);
        let before = machine.clone();
        if machine.handle(now, event) != Verdict::Applied {
            assert!(machine.is_in_state_of(&before));
        }
        // Sometimes nobody takes what is to be done.
        if one % 4 != 0 {
            take(&mut machine, &mut ids);
        }
        let next = machine.poll_timeout();
        if let Some(deadline) = next {
            let now = Now::new(deadline.max(now.monotonic()), now.wall());
            let mut later = machine.clone();
            later.handle_timeout(now);
            assert!(later.poll_timeout().is_none_or(|next| next > deadline), "the deadline stands");
        }
    }
    assert!(machine.diagnose().to_string().len() < 20_000);
    snapshot(machine.snapshot().as_bytes());
}

fn take(machine: &mut Machine, ids: &mut [u64; 5]) {
    let [registration, report, presence, store, tap] = ids;
    while let Some(effect) = machine.poll_effect() {
        match effect {
            Effect::RegisterVendor { id, .. } | Effect::EnsureNotificationChannel { id, .. } => {
                *registration = id.as_u64();
            }
            Effect::Report { id, .. } => *report = id.as_u64(),
            Effect::EnterForeground { id } | Effect::EnterBackground { id, .. } => *presence = id.as_u64(),
            Effect::Store { version, .. } => *store = version.as_u64(),
            Effect::DeliverTap { id, .. } => *tap = id.as_u64(),
            _ => {}
        }
    }
}

fn event(what: u8, one: u8, two: u8, machine: &Machine, ids: [u64; 5]) -> Event {
    let [registration, report, presence, store, tap] = ids;
    let vendor = Vendor::ALL[usize::from(one) % Vendor::ALL.len()];
    let kind = if two % 4 == 3 { TokenKind::Voip } else { TokenKind::Standard };
    let session = machine.session().map_or_else(|| one.into(), SessionId::as_u64);
    let code = [20004, 6014, 6208, 6017, 22001, 0, 424_242][usize::from(one) % 7];
    match what % 30 {
        0 => Event::Configured(configuration(one, two).into()),
        1 => Event::ConsentGranted,
        2 => Event::ConsentWithdrawn,
        3 => {
            let maker =
                ["Xiaomi", "HUAWEI", "OPPO", "vivo", "meizu", "HONOR", "google"][usize::from(one) % 7];
            let text = format!("[ro.product.brand]: [{maker}]\n[ro.product.manufacturer]: [{maker}]");
            let android = DeviceFacts::from_getprop(&text).expect("two properties");
            Event::DeviceFacts(if two % 3 == 0 { DeviceFacts::apple() } else { android }.into())
        }
        4..=6 => {
            let text = ["", "a1", "b2c3", "d4e5f6", "null", "a b"][usize::from(two) % 6];
            Event::Token { vendor, kind, text: Secret::new(text) }
        }
        7 => Event::VendorFailed { id: registration.into(), code: i64::from(one).into() },
        8 => Event::TokenInvalid { vendor, kind },
        9 => Event::NotificationChannelReady { id: registration.into() },
        10 => Event::NotificationChannelFailed { id: registration.into() },
        11 | 12 => {
            Event::LoggedIn { account: UserId::new(format!("user-{}", one % 12)).expect("a short id") }
        }
        13 => Event::LogoutRequested { session: session.into() },
        14 => Event::LoggedOut { session: session.into() },
        15 => Event::KickedOff { session: session.into() },
        16 => Event::PushDisabled,
        17 => Event::PushEnabled,
        18 => Event::ReportDone { id: report.into() },
        19 => {
            let retry_after = (two % 2 == 0).then(|| Duration::from_secs(1_u64 << (two % 64)));
            Event::ReportFailed { id: report.into(), code: code.into(), retry_after }
        }
        20 => Event::ReportLost { id: report.into(), how: Lost::Host },
        21 => Event::Stored { version: store.into() },
        22 => Event::StoreFailed { version: store.into(), kind: ErrorKind::Other },
        23 => Event::Foreground,
        24 => Event::Background { unread: Unread::new(i64::from(one) - 20) },
        25 => Event::PresenceDone { id: presence.into() },
        26 => Event::PresenceFailed { id: presence.into(), code: code.into() },
        27 => {
            let pairs = [("ext", (one % 16).to_string())];
            let tapped = Tap::new(None, Payload::from_pairs(pairs).expect("a small payload"));
            let account = UserId::new(format!("user-{}", two % 4)).expect("a short id");
            Event::Tapped(if two % 2 == 0 { tapped.with_account(account) } else { tapped })
        }
        28 => Event::TapHandled { id: tap.into() },
        _ => [
            Event::HostReady,
            Event::NetworkUp,
            Event::UserRetry,
            Event::CredentialExpired { session: session.into() },
        ][usize::from(one) % 4]
            .clone(),
    }
}

fn configuration(one: u8, two: u8) -> Configuration {
    let id = |number| BusinessId::new(number).expect("not zero");
    let certificates = Vendor::ALL
        .iter()
        .copied()
        .zip(1..)
        .filter(|(_, number)| u32::from(one) % (number + 1) != 0)
        .fold(Certificates::new(), |certificates, (vendor, number)| certificates.with(vendor, id(number)));
    Configuration::new(certificates, Vendor::ALL.iter().copied().skip(usize::from(two % 5)))
        .with_consent_required(two % 7 == 0)
}
