//! Every pair of misdeeds: whatever two hosts do a few times, the phone ends up reachable, the logout is
//! released once, and nothing stays behind.

use std::cell::RefCell;
use std::io::Write as _;
use std::sync::{Arc, Mutex, Once};
use std::time::Duration;

use tim_offline_push::ext::Ext;
use tim_offline_push::notification::Tap;
use tim_offline_push::registrar::{InstallId, NotificationChannel, Registrar, Unread};
use tim_offline_push::vendor::Vendor;

use super::unruly::{Host, Unruly, Way};
use super::{alice, certificates, xiaomi};

#[test]
fn every_pair_of_misdeeds_leaves_the_registrar_usable() {
    logger();
    let deeds: Vec<(Host, Way)> =
        Host::ALL.into_iter().flat_map(|host| host.ways().iter().map(move |way| (host, *way))).collect();
    let mut pairs = 0;
    let mut done = std::collections::BTreeSet::new();
    for (index, first) in deeds.iter().enumerate() {
        for second in &deeds[index..] {
            let world = play(vec![*first, *second]);
            let faults = world.faults.lock().unwrap().join("; ");
            assert!(faults.is_empty(), "{first:?} with {second:?}: {faults}");
            done.extend(world.misdeeds.lock().unwrap().keys().copied());
            pairs += 1;
        }
    }
    assert_eq!(pairs, deeds.len() * (deeds.len() + 1) / 2);
    let missing: Vec<_> = deeds.iter().filter(|deed| !done.contains(*deed)).collect();
    assert!(missing.is_empty(), "never done: {missing:?}");
    writeln!(std::io::stdout(), "driver matrix: {pairs} pairs of {} misdeeds", deeds.len()).unwrap();
}

fn play(plan: Vec<(Host, Way)>) -> Arc<Unruly> {
    let world = Unruly::new(plan);
    CURRENT.with(|current| *current.borrow_mut() = Some(Arc::clone(&world)));
    let channel = NotificationChannel::new("messages", "Messages");
    let push = Registrar::builder(certificates(), world.clone(), world.clone())
        .configure(|configuration| {
            configuration
                .with_notification_channel(Vendor::Xiaomi, channel.clone())
                .with_notification_channel(Vendor::Fcm, channel)
        })
        .store(world.clone(), InstallId::new("unruly").unwrap())
        .clock(world.clone())
        .scheduler(world.clone())
        .observer(world.clone())
        .notification_channels(world.clone())
        .taps(world.clone())
        .badge(world.clone())
        .seeded(1, 1)
        .start(xiaomi())
        .unwrap();
    *world.registrar.lock().unwrap() = push.downgrade();
    let session = push.logged_in(alice());
    push.enter_background(Unread::new(3));
    push.tapped(Tap::from_ext(Some(Vendor::Xiaomi), &Ext::from_text("{}")).unwrap());
    push.host_ready();
    // A text that is no token, for a notice.
    push.token_received(Vendor::Xiaomi, tim_offline_push::vendor::TokenKind::Standard, "");
    world.time.advance(Duration::from_secs(600));
    push.network_up();
    push.enter_foreground();
    world.time.advance(Duration::from_secs(4_000));
    let diagnosis = push.diagnose();
    world.expect(diagnosis.reachable, || format!("not reachable: {diagnosis}"));
    world.expect(push.session() == Some(session), || "another session".into());

    for count in 1..=2 {
        let host = Arc::clone(&world);
        push.log_out(session, move |_| {
            *host.logouts.lock().unwrap() += 1;
            host.act(Host::Logout);
        });
        world.time.advance(Duration::from_secs(10));
        let called = *world.logouts.lock().unwrap();
        world.expect(called == count, || format!("{called} releases for {count} logouts"));
    }
    world.expect(push.session().is_none(), || "still logged in".into());

    let weak = push.downgrade();
    drop(push);
    CURRENT.with(|current| *current.borrow_mut() = None);
    world.expect(weak.upgrade().is_none(), || "the registrar outlives its handles".into());
    world.time.forget();
    let holders = Arc::strong_count(&world);
    world.expect(holders == 1, || format!("the hosts are held {holders} times"));
    world
}

thread_local! {
    static CURRENT: RefCell<Option<Arc<Unruly>>> = const { RefCell::new(None) };
}

/// The log is a host as well.
struct UnrulyLog;

impl log::Log for UnrulyLog {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, _: &log::Record<'_>) {
        let world = CURRENT.with(|current| current.borrow().clone());
        if let Some(world) = world {
            world.act(Host::Log);
        }
    }

    fn flush(&self) {}
}

fn logger() {
    static ONCE: Once = Once::new();
    static LOGGER: Mutex<()> = Mutex::new(());
    let _guard = LOGGER.lock();
    ONCE.call_once(|| {
        log::set_logger(&UnrulyLog).unwrap();
        log::set_max_level(log::LevelFilter::Trace);
    });
}
