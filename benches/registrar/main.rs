//! One event of each kind, with the effects that follow; and a hundred thousand phones at once.
//!
//! `event/…` is the time of `handle` and of taking what is to be done. A write of the snapshot is under way
//! in all of them, so that none begins: what a snapshot costs is `snapshot/…`. `fleet/100000` takes each of
//! 100,000 machines from nothing to an acknowledged token, snapshots included, and prints the bytes that one
//! takes.

#![allow(missing_docs, reason = "criterion's macros make undocumented items")]
#![allow(
    clippy::print_stderr,
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    clippy::wildcard_enum_match_arm,
    reason = "a bench stops at the first thing that is not as expected"
)]

#[allow(dead_code, unreachable_pub, reason = "the bench uses a part of what the tests do")]
mod rig;

use std::hint::black_box;
use std::io::ErrorKind;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use rig::{Rig, arrival, configuration, configured, login, phone, steady, tap, tap_of_push, token, unread};
use tim_offline_push::account::UserId;
use tim_offline_push::registrar::{Effect, Event, InstallId, Lost, Machine, Origin, Policy};
use tim_offline_push::secret::Secret;
use tim_offline_push::vendor::{TokenKind, Vendor};

/// 150 bytes.
const LONG: &str = "AAWWHI94sgUR2RU5P1ZfbnpNxjgnHVMzpE3cBcHIQHYRsfPkHTFKAcUbyoDZDCRAAWWHI94sgUR2RU5P1ZfbnpNxjgnHVMzpE3cBcHIQHYRsfPkHTFKAcUbyoDZDCRAAWWHI94sgUR2RU5P1Z01234";

/// The same rig with a write under way that nobody answers.
fn writing(mut rig: Rig) -> Rig {
    rig.stores = false;
    rig.tell_all([Event::Tapped(tap("a write", None))]);
    rig
}

fn reporting() -> Rig {
    let mut rig = Rig::registering(steady());
    rig.tell_all([login("alice"), token(Vendor::Xiaomi, LONG)]);
    rig
}

fn waiting() -> Rig {
    let mut rig = reporting();
    rig.tell_all([rig.failed(20004)]);
    rig
}

/// A phone whose IM client reports arrivals and clicks, with so many of them kept for somebody else.
fn counting(kept: usize) -> Rig {
    let mut settings = steady();
    settings.push_events = true;
    let mut rig = Rig::bound(settings);
    for number in 0..kept {
        rig.tell_all([arrival(&format!("66f0c1d2_{number}_2_3_4"), Some("bob"))]);
    }
    writing(rig)
}

/// A machine for each kind of event, and the event.
fn cases() -> Vec<(&'static str, Rig, Event)> {
    let bound = || writing(Rig::bound(steady()));
    let registering = || writing(Rig::registering(steady()));
    let mut consent = Rig::new(steady());
    consent.tell_all([
        configured(configuration(&[Vendor::Xiaomi, Vendor::Fcm]).with_consent_required(true)),
        phone("Xiaomi"),
    ]);
    let mut oppo = Rig::new(steady());
    oppo.tell_all([configured(configuration(&[Vendor::Oppo, Vendor::Fcm])), phone("OPPO")]);
    let mut storing = Rig::registering(steady());
    storing.tell_all([login("alice")]);
    storing.stores = false;
    storing.tell_all([token(Vendor::Xiaomi, LONG)]);
    let mut present = Rig::bound(steady());
    present.tell_all([Event::Foreground]);
    let mut tapped = Rig::bound(steady());
    tapped.tell_all([Event::HostReady, Event::Tapped(tap("m1", Some("alice")))]);
    let ready = Rig::bound(steady());
    let mut off = Rig::bound(steady());
    off.tell_all([Event::PushDisabled]);
    let (session, report) = (reporting().session(), reporting().report.unwrap());
    let bound_session = bound().session();
    let answers = |event: fn(&Rig) -> Event| {
        let rig = writing(reporting());
        let event = event(&rig);
        (rig, event)
    };
    let (done_rig, done) = answers(Rig::done);
    let (failed_rig, failed) = answers(|rig| rig.failed(20004));
    let register = registering().registration.unwrap();
    let ensure = oppo.registration.unwrap();
    let version = storing.version.unwrap();
    let presence = present.presence.unwrap();
    let handled = tapped.tap.unwrap();
    let mut counted = counting(63);
    counted.tell_all([arrival("66f0c1d2_a_2_3_4", Some("alice"))]);
    let push_events = counted.push_events.unwrap();
    vec![
        (
            "Configured",
            registering(),
            configured(configuration(&[Vendor::Xiaomi, Vendor::Fcm]).with_app_version("2")),
        ),
        ("ConsentGranted", writing(consent), Event::ConsentGranted),
        ("ConsentWithdrawn", bound(), Event::ConsentWithdrawn),
        ("DeviceFacts", bound(), phone("Huawei")),
        ("Token", bound(), token(Vendor::Xiaomi, LONG)),
        ("VendorFailed", registering(), Event::VendorFailed { id: register, code: 70_000_001.into() }),
        ("TokenInvalid", bound(), Event::TokenInvalid { vendor: Vendor::Xiaomi, kind: TokenKind::Standard }),
        ("NotificationChannelReady", writing(oppo.clone()), Event::NotificationChannelReady { id: ensure }),
        ("NotificationChannelFailed", writing(oppo), Event::NotificationChannelFailed { id: ensure }),
        ("LoggedIn", bound(), login("bob")),
        ("LogoutRequested", bound(), Event::LogoutRequested { session: bound_session }),
        ("LoggedOut", bound(), Event::LoggedOut { session: bound_session }),
        ("KickedOff", writing(reporting()), Event::KickedOff { session }),
        ("CredentialExpired", bound(), Event::CredentialExpired { session: bound_session }),
        ("PushDisabled", bound(), Event::PushDisabled),
        ("PushEnabled", writing(off), Event::PushEnabled),
        ("ReportDone", done_rig, done),
        ("ReportFailed", failed_rig, failed),
        ("ReportLost", writing(reporting()), Event::ReportLost { id: report, how: Lost::Host }),
        ("Stored", storing.clone(), Event::Stored { version }),
        ("StoreFailed", storing, Event::StoreFailed { version, kind: ErrorKind::Other }),
        ("Foreground", bound(), Event::Foreground),
        ("Background", bound(), Event::Background { unread: unread(3) }),
        ("Unread", bound(), Event::Unread { unread: unread(3) }),
        ("PresenceDone", writing(present.clone()), Event::PresenceDone { id: presence }),
        ("PresenceFailed", writing(present), Event::PresenceFailed { id: presence, code: 20004.into() }),
        ("Tapped", bound(), Event::Tapped(tap("m2", Some("alice")))),
        ("PushArrived", counting(0), arrival("66f0c1d2_b_2_3_4", None)),
        ("PushArrived, one more than are kept", counting(64), arrival("66f0c1d2_b_2_3_4", None)),
        ("PushEventsReported", counted.clone(), Event::PushEventsReported { id: push_events }),
        (
            "PushEventsFailed",
            counted,
            Event::PushEventsFailed { id: push_events, code: 20004.into(), retry_after: None },
        ),
        (
            "Tapped, with a push id",
            counting(0),
            Event::Tapped(tap_of_push("66f0c1d2_c_2_3_4", Some("alice"))),
        ),
        ("TapHandled", writing(tapped), Event::TapHandled { id: handled }),
        ("HostReady", writing(ready), Event::HostReady),
        ("NetworkUp", writing(waiting()), Event::NetworkUp),
        ("UserRetry", writing(waiting()), Event::UserRetry),
        ("stale", bound(), Event::ReportLost { id: report, how: Lost::Host }),
        ("duplicate", bound(), login("alice")),
    ]
}

fn events(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("event");
    for (name, rig, event) in cases() {
        let now = rig.now();
        group.bench_function(name, |bencher| {
            bencher.iter_batched_ref(
                || (rig.machine.clone(), Some(event.clone()), Vec::with_capacity(16)),
                |(machine, event, taken)| {
                    if let Some(event) = event.take() {
                        black_box(machine.handle(now, event));
                    }
                    while let Some(effect) = machine.poll_effect() {
                        taken.push(effect);
                    }
                },
                BatchSize::SmallInput,
            );
        });
    }
    let rig = waiting();
    let mut due = rig.clone();
    due.millis = due.machine.poll_timeout().unwrap().as_millis();
    let now = due.now();
    group.bench_function("deadline", |bencher| {
        bencher.iter_batched_ref(
            || rig.machine.clone(),
            |machine| {
                machine.handle_timeout(now);
                while let Some(effect) = machine.poll_effect() {
                    black_box(effect);
                }
            },
            BatchSize::SmallInput,
        );
    });
    group.finish();
}

fn snapshots(criterion: &mut Criterion) {
    let mut rig = Rig::registering(steady());
    rig.tell_all([login("alice"), token(Vendor::Xiaomi, LONG)]);
    rig.tell_all([rig.done()]);
    let bytes = rig.machine.snapshot().into_bytes();
    let (policy, now) = (Policy::default(), rig.now());
    let mut group = criterion.benchmark_group("snapshot");
    group.bench_function("write", |bencher| bencher.iter(|| black_box(&rig.machine).snapshot()));
    group.bench_function("read", |bencher| {
        bencher.iter(|| Machine::restore(rig::origin(2), policy.clone(), black_box(&bytes), now));
    });
    group.bench_function("diagnose", |bencher| bencher.iter(|| black_box(&rig.machine).diagnose()));
    group.finish();
}

/// Takes a machine from nothing to an acknowledged token.
fn register(number: u32, shared: &(Event, Event, Policy), account: &UserId, text: &Secret) -> Machine {
    let origin = Origin::new(InstallId::new("an installation").unwrap(), number);
    let mut machine = Machine::new(origin, shared.2.clone());
    let now = tim_offline_push::time::Now::default();
    let token = Event::Token { vendor: Vendor::Xiaomi, kind: TokenKind::Standard, text: text.clone() };
    let first = [shared.0.clone(), shared.1.clone(), Event::LoggedIn { account: account.clone() }, token];
    let mut answer = None;
    for event in first {
        machine.handle(now, event);
        while let Some(event) = answer.take().or_else(|| next_answer(&mut machine)) {
            machine.handle(now, event);
        }
    }
    machine
}

fn next_answer(machine: &mut Machine) -> Option<Event> {
    while let Some(effect) = machine.poll_effect() {
        match effect {
            Effect::Store { version, .. } => return Some(Event::Stored { version }),
            Effect::Report { id, .. } => return Some(Event::ReportDone { id }),
            _ => {}
        }
    }
    None
}

fn fleet(criterion: &mut Criterion) {
    const MACHINES: u32 = 100_000;
    let configuration = configured(configuration(&[Vendor::Xiaomi, Vendor::Fcm]));
    let shared = (configuration, phone("Xiaomi"), Policy::default());
    let account = UserId::new("alice").unwrap();
    let text = Secret::new(LONG);
    let one = register(1, &shared, &account, &text);
    assert!(one.diagnose().reachable, "{}", one.diagnose());
    let mut machines = Vec::with_capacity(1_000);
    let heap = allocation_counter::measure(|| {
        machines.extend((0..1_000).map(|number| register(number, &shared, &account, &text)));
    });
    let each = heap.bytes_current / 1_000 + i64::try_from(size_of::<Machine>()).unwrap();
    eprintln!(
        "fleet: {each} bytes a machine ({} inline), {} allocations a registration, configuration shared",
        size_of::<Machine>(),
        heap.count_total / 1_000
    );
    let mut group = criterion.benchmark_group("fleet");
    group.sample_size(10);
    group.throughput(criterion::Throughput::Elements(MACHINES.into()));
    group.bench_function(MACHINES.to_string(), |bencher| {
        bencher.iter_with_large_drop(|| {
            (0..MACHINES).map(|number| register(number, &shared, &account, &text)).collect::<Vec<_>>()
        });
    });
    group.finish();
}

criterion_group!(benches, events, snapshots, fleet);
criterion_main!(benches);
