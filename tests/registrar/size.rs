//! How much memory a machine takes, and when it allocates.

use allocation_counter::measure;
use std::io::ErrorKind;
use tim_offline_push::registrar::{Effect, Event, Lost, Machine, Policy, PolicySettings, Restored};
use tim_offline_push::vendor::{TokenKind, Vendor};

use super::rig::{Rig, configuration, configured, login, origin, phone, steady, tap, token, unread};

/// 150 bytes, as Huawei's are at most in practice.
fn long_token() -> String {
    "AAWWHI94sgUR2RU5_P1ZfbnpNxjgnHVMzpE3cBcHIQHYRsfPkHTFKAcUbyoDZDCR".repeat(3).chars().take(150).collect()
}

/// Tells a machine all that it takes to be registered, and nothing more.
fn register(machine: &mut Machine) {
    let now = Rig::new(PolicySettings::default()).now();
    let mut pending = vec![
        configured(configuration(&[Vendor::Huawei, Vendor::Fcm])),
        phone("Huawei"),
        login("alice"),
        token(Vendor::Huawei, &long_token()),
    ];
    pending.reverse();
    while let Some(event) = pending.pop() {
        machine.handle(now, event);
        while let Some(effect) = machine.poll_effect() {
            match effect {
                Effect::Store { version, .. } => pending.push(Event::Stored { version }),
                Effect::Report { id, .. } => pending.push(Event::ReportDone { id }),
                _ => {}
            }
        }
    }
}

#[test]
fn a_registered_machine_and_its_snapshot_are_small() {
    let mut machine = None;
    let policy = Policy::default();
    // What is made once and for all is no machine's.
    register(&mut Machine::new(origin(1), policy.clone()));
    let heap = measure(|| {
        let mut made = Machine::new(origin(1), policy.clone());
        register(&mut made);
        machine = Some(made);
    });
    let machine = machine.unwrap();
    assert!(machine.diagnose().reachable, "{}", machine.diagnose());
    let heap = usize::try_from(heap.bytes_current).unwrap();
    let bytes = size_of::<Machine>() + heap;
    let snapshot = machine.snapshot().len();
    println!("machine: {} + {heap} = {bytes} bytes, snapshot {snapshot} bytes", size_of::<Machine>());
    assert!(bytes <= 2_304, "{} bytes and {heap} of heap", size_of::<Machine>());
    assert!(snapshot <= 1_024, "{snapshot}");
    let mut rig = Rig::around(machine, 5_000);
    rig.tell_all([Event::HostReady]);
    for number in 0..20 {
        rig.tell_all([Event::Tapped(tap(&format!("m{number}"), Some("alice")))]);
        rig.tell_all([Event::TapHandled { id: rig.tap.unwrap() }]);
    }
    let snapshot = rig.machine.snapshot().len();
    assert!(snapshot <= 1_024, "with the taps that are over: {snapshot}");
}

/// What a call allocates.
fn allocations(rig: &mut Rig, event: Event) -> u64 {
    let now = rig.now();
    let machine = &mut rig.machine;
    let counted = measure(move || {
        machine.handle(now, event);
    });
    counted.count_total
}

#[test]
fn stale_and_duplicate_events_allocate_nothing() {
    let mut rig = Rig::bound(steady());
    let done = rig.done();
    let (report, version, registration) =
        (rig.report.unwrap(), rig.version.unwrap(), rig.registration.unwrap());
    let session = rig.session();
    let held = tap("m1", Some("alice"));
    rig.tell_all([Event::Foreground, Event::PushDisabled, Event::PushEnabled, Event::HostReady]);
    rig.tell_all([Event::Tapped(held.clone())]);
    let presence = rig.presence.unwrap();
    rig.tell_all([Event::PresenceDone { id: presence }]);
    let again = [
        done,
        Event::ReportFailed { id: report, code: 6017.into(), retry_after: None },
        Event::ReportLost { id: report, how: Lost::Host },
        Event::Stored { version },
        Event::StoreFailed { version, kind: ErrorKind::Other },
        Event::VendorFailed { id: registration, code: 22006.into() },
        Event::NotificationChannelReady { id: registration },
        Event::NotificationChannelFailed { id: registration },
        Event::PresenceDone { id: presence },
        Event::PresenceFailed { id: presence, code: 6017.into() },
        Event::TapHandled { id: 7.into() },
        Event::LogoutRequested { session: 7.into() },
        Event::LoggedOut { session: 7.into() },
        Event::KickedOff { session: 7.into() },
        Event::CredentialExpired { session: 7.into() },
        Event::PushEnabled,
        Event::Foreground,
        Event::HostReady,
        Event::NetworkUp,
        Event::UserRetry,
        Event::TokenInvalid { vendor: Vendor::Meizu, kind: TokenKind::Standard },
        Event::Tapped(held),
        login("alice"),
        token(Vendor::Xiaomi, "xiaomi-1"),
        configured(configuration(&[Vendor::Xiaomi, Vendor::Fcm])),
        phone("Xiaomi"),
    ];
    assert_eq!(rig.session(), session);
    for event in again {
        let words = format!("{event:?}");
        assert_eq!(allocations(&mut rig, event), 0, "{words}");
    }
}

/// Every deadline there is.
#[test]
fn timers_allocate_nothing() {
    let mut fired = 0;
    let mut rigs = vec![Rig::registering(steady()), Rig::bound(steady())];
    let mut presence = Rig::bound(steady());
    presence.tell_all([Event::Background { unread: unread(1) }]);
    rigs.push(presence);
    let reporting = || {
        let mut rig = Rig::registering(steady());
        rig.tell_all([login("alice"), token(Vendor::Xiaomi, "xiaomi-1")]);
        rig
    };
    rigs.push(reporting());
    let mut draining = reporting();
    draining.tell_all([Event::LogoutRequested { session: draining.session() }]);
    rigs.push(draining);
    let mut storing = Rig::registering(steady());
    storing.stores = false;
    storing.tell_all([login("alice"), token(Vendor::Xiaomi, "xiaomi-1")]);
    rigs.push(storing);
    let mut tapped = Rig::new(steady());
    tapped.tell_all([Event::Tapped(tap("m1", None))]);
    rigs.push(tapped);
    for mut rig in rigs {
        for _ in 0..8 {
            let Some(deadline) = rig.machine.poll_timeout() else { break };
            rig.millis = deadline.as_millis();
            let now = rig.now();
            let machine = &mut rig.machine;
            let counted = measure(|| machine.handle_timeout(now));
            assert_eq!(counted.count_total, 0, "{}", rig.machine.diagnose());
            fired += 1;
            rig.pass(0);
        }
    }
    assert!(fired > 30, "{fired}");
}

/// What no snapshot of ours holds takes no memory, however often it stands there.
#[test]
fn a_snapshot_takes_no_memory_for_what_does_not_read() {
    let many = |piece: &str| vec![piece; 200_000 / (piece.len() + 1)].join(",");
    let begin = r#""version":1,"install":639180215881471270"#;
    let mut snapshots = Vec::new();
    for element in ["\"\"", "{}", "[]", "null", r#"{"id":"","id":"","id":"","id":""}"#] {
        let list = many(element);
        for name in ["tokens", "started", "doubt", "possibly_bound", "taps", "handled", "push_events"] {
            snapshots.push(format!(r#"{{{begin},"{name}":[{list}]}}"#));
        }
        snapshots.push(format!(r#"{{{begin},"session":{{"account":"bob","kinds":[{list}]}}}}"#));
        snapshots.push(format!(r#"{{{begin},"possibly_bound":[{{"account":"bob","kinds":[{list}]}}]}}"#));
    }
    for member in ["\"\":0", "\"new\":[{}]", "\"id\":0", "\"taps\":[]", r#""h\u0061ndled":[]"#] {
        let members = many(member);
        snapshots.push(format!("{{{begin},{members}}}"));
        snapshots.push(format!(r#"{{{begin},"session":{{"account":"bob",{members}}}}}"#));
        snapshots.push(format!(r#"{{{begin},"tokens":[{{"vendor":"Xiaomi",{members}}}]}}"#));
        snapshots.push(format!(r#"{{{begin},"taps":[{{{members}}}]}}"#));
    }
    let now = Rig::new(PolicySettings::default()).now();
    for snapshot in snapshots {
        let mut restored = None;
        let peak = measure(|| {
            restored = Some(Machine::restore(origin(1), Policy::default(), snapshot.as_bytes(), now).1);
        })
        .bytes_max;
        let (start, restored) = (snapshot.get(..100), restored.unwrap());
        assert!(matches!(restored, Restored::Resumed | Restored::InPart { .. }), "{start:?}: {restored:?}");
        assert!(peak < 16_384, "{peak} bytes: {start:?}");
    }
}
