//! What each answer of each host comes to, and when what a host asks for is done.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use tim_offline_push::ext::Ext;
use tim_offline_push::notification::Tap;
use tim_offline_push::registrar::{
    Alarm, Binding, Completion, IgnoredReason, ImClient, NoticeCode, NotificationChannel, Observer, Outcome,
    Presence, Region, Registrar, Scheduler, StateName, Unread, VendorSdk, Verdict, WeakRegistrar,
};
use tim_offline_push::secret::Secret;
use tim_offline_push::testing::{Ask, Call, Phone, Record, Reply, VirtualTime, sample_token};
use tim_offline_push::vendor::{TokenKind, Vendor, VendorSet};

use super::{alice, certificates, xiaomi};

fn start(phone: &Phone) -> Registrar {
    let push = phone.registrar(certificates()).start(xiaomi()).unwrap();
    push.logged_in(alice());
    push
}

fn binding(push: &Registrar) -> StateName {
    push.diagnose().regions.iter().find(|status| status.region == Region::Binding).unwrap().state
}

/// The last event that the registrar took, and its verdict.
fn last_event(phone: &Phone) -> (&'static str, Verdict) {
    let entries = phone.journal().entries();
    let mut events = entries.iter().rev().filter_map(|entry| match entry.record {
        Record::Event { name, verdict } => Some((name, verdict)),
        _ => None,
    });
    events.next().unwrap()
}

#[test]
fn reports() {
    let text = Secret::new("whatever");
    for (outcome, unknown) in [
        (Reply::lost(), 1),
        (Reply::dropped(), 1),
        (Reply::panic(), 1),
        (Reply::token(text.expose_secret()), 1),
        (Reply::failed("A_NAME_IS_NO_CODE_OF_THE_IM_SDK"), 1),
        (Reply::failed(i64::MAX), 1),
        (Reply::failed(22006), 0),
    ] {
        let phone = Phone::new();
        phone.script(Ask::Report, [outcome.clone()]);
        let push = start(&phone);
        let counters = push.diagnose().counters;
        assert_eq!(counters.reports_unknown, unknown, "{outcome:?}: known at once, not at the deadline");
        assert_eq!(counters.reports_failed, 1 - unknown, "{outcome:?}");
        assert_eq!(binding(&push), StateName::Waiting, "{outcome:?}");
    }

    let phone = Phone::new();
    phone.script(Ask::Report, [Reply::failed(22006).retry_after(Duration::from_secs(100))]);
    let push = start(&phone);
    phone.advance(Duration::from_secs(99));
    assert_eq!(phone.reports().len(), 1);
    phone.advance(Duration::from_secs(2));
    assert_eq!(phone.reports().len(), 2);
    assert!(push.diagnose().reachable);
}

#[test]
fn registrations() {
    let phone = Phone::new();
    phone.script(Vendor::Xiaomi, [Reply::failed(22_006)]);
    start(&phone);
    assert!(phone.journal().noticed(NoticeCode::VendorRefused));
    assert_eq!(phone.taken().and_then(|binding| binding.vendor()), Some(Vendor::Fcm));

    // `ok` says that the SDK was asked; the token, or the failure, comes by another way.
    let phone = Phone::new();
    phone.otherwise(Vendor::Xiaomi, Reply::ok());
    let push = start(&phone);
    assert_eq!(
        push.token_received(Vendor::Xiaomi, TokenKind::Standard, sample_token(Vendor::Xiaomi, 9)),
        Verdict::Applied
    );
    assert!(push.diagnose().reachable);

    let phone = Phone::new();
    phone.otherwise(Vendor::Xiaomi, Reply::ok());
    let push = start(&phone);
    assert_eq!(
        push.vendor_failed(Vendor::Huawei, TokenKind::Standard, 6003),
        Verdict::Ignored(IgnoredReason::NothingWaits)
    );
    assert_eq!(push.vendor_failed(Vendor::Xiaomi, TokenKind::Standard, 22_006), Verdict::Applied);
    assert_eq!(phone.taken().and_then(|binding| binding.vendor()), Some(Vendor::Fcm));
}

#[test]
fn presence() {
    let phone = Phone::new();
    let push = start(&phone);
    push.enter_background(Unread::new(3));
    assert_eq!(last_event(&phone), ("PresenceDone", Verdict::Applied));
    phone.script(Ask::Presence, [Reply::failed(22006)]);
    push.enter_foreground();
    assert_eq!(last_event(&phone), ("PresenceFailed", Verdict::Applied));
}

#[test]
fn notification_channels() {
    for (reply, event) in [
        (Reply::ok(), "NotificationChannelReady"),
        (Reply::failed(1), "NotificationChannelFailed"),
        (Reply::lost(), "NotificationChannelFailed"),
    ] {
        let phone = Phone::new();
        phone.script(Ask::NotificationChannel, [reply]);
        let builder = phone.registrar(certificates()).configure(|configuration| {
            configuration.with_notification_channel(Vendor::Xiaomi, NotificationChannel::new("chat", "Chat"))
        });
        let push = builder.start(xiaomi()).unwrap();
        push.logged_in(alice());
        let entries = phone.journal().entries();
        let told =
            entries.iter().any(|entry| matches!(entry.record, Record::Event { name, .. } if name == event));
        assert!(told, "{event}");
        assert!(push.diagnose().reachable);
        assert_eq!(
            phone.journal().noticed(NoticeCode::NotificationChannelFailed),
            event == "NotificationChannelFailed"
        );
    }
}

#[test]
fn stores() {
    for reply in [Reply::failed(28), Reply::lost(), Reply::panic()] {
        let phone = Phone::new();
        phone.script(Ask::Save, [reply]);
        let push = start(&phone);
        assert!(phone.journal().noticed(NoticeCode::StoreFailed));
        phone.advance(Duration::from_secs(120));
        assert!(push.diagnose().reachable);
    }
}

#[test]
fn taps() {
    for (reply, deliveries) in [(Reply::ok(), 1), (Reply::lost(), 2), (Reply::failed(1), 2)] {
        let phone = Phone::new();
        phone.script(Ask::Tap, [reply.clone()]);
        let delivered =
            || phone.journal().calls().iter().filter(|call| matches!(call, Call::DeliverTap(..))).count();
        let push = start(&phone);
        push.tapped(Tap::from_ext(Some(Vendor::Xiaomi), &Ext::from_text("{}")).unwrap());
        assert_eq!(delivered(), 0);
        push.host_ready();
        assert_eq!(delivered(), 1);
        phone.advance(Duration::from_secs(1));
        phone.kill(push);
        let push = start(&phone);
        push.host_ready();
        assert_eq!(delivered(), deliveries, "{reply:?}");
    }
}

/// An IM client that asks for something else while it is called.
#[derive(Default)]
struct Asking {
    push: OnceLock<WeakRegistrar>,
    inside: Mutex<Vec<usize>>,
    phone: OnceLock<Arc<Phone>>,
}

impl Asking {
    fn registrations(&self) -> usize {
        let calls = self.phone.get().unwrap().journal().calls();
        calls.iter().filter(|call| matches!(call, Call::Register(..))).count()
    }
}

impl ImClient for Asking {
    fn set_offline_push(&self, _: &Binding, done: Completion) {
        if let Some(push) = self.push.get().and_then(WeakRegistrar::upgrade) {
            let before = self.registrations();
            push.token_invalid(Vendor::Xiaomi, TokenKind::Standard);
            self.inside.lock().unwrap().push(self.registrations() - before);
        }
        done.ok();
    }

    fn set_presence(&self, _: Presence, done: Completion) {
        done.ok();
    }
}

#[test]
fn what_a_host_asks_for_is_done_when_it_has_returned() {
    let phone = Arc::new(Phone::new());
    let im = Arc::new(Asking::default());
    im.phone.set(Arc::clone(&phone)).unwrap();
    let push =
        phone.wire(Registrar::builder(certificates(), im.clone(), phone.host())).start(xiaomi()).unwrap();
    im.push.set(push.downgrade()).unwrap();
    push.logged_in(alice());
    assert_eq!(im.inside.lock().unwrap()[0], 0, "the SDK was called inside of the IM client's call");
    assert!(im.registrations() > 1, "and is called behind it");
}

#[test]
fn a_completion_shows_what_it_answers_and_nothing_else() {
    #[derive(Default)]
    struct Showing(Mutex<String>);
    impl ImClient for Showing {
        fn set_offline_push(&self, binding: &Binding, done: Completion) {
            *self.0.lock().unwrap() = format!("{done:?} {binding:?}");
            done.complete(Outcome::from_code(22006));
        }

        fn set_presence(&self, _: Presence, done: Completion) {
            drop(done);
        }
    }
    let phone = Phone::new();
    let im = Arc::new(Showing::default());
    let push =
        phone.wire(Registrar::builder(certificates(), im.clone(), phone.host())).start(xiaomi()).unwrap();
    push.logged_in(alice());
    let shown = im.0.lock().unwrap().clone();
    assert!(shown.contains("Report"), "{shown}");
    assert!(!shown.contains(&sample_token(Vendor::Xiaomi, 0)), "{shown}");
}

/// A scheduler that panics while it is told to.
struct Shaky {
    time: VirtualTime,
    shakes: AtomicBool,
}

impl Scheduler for Shaky {
    fn schedule(&self, delay: Duration, alarm: Alarm) {
        if self.shakes.load(Ordering::SeqCst) {
            std::panic::resume_unwind(Box::new("unruly"));
        }
        self.time.schedule(delay, alarm);
    }
}

#[test]
fn a_scheduler_that_panicked_is_told_again_with_the_next_event() {
    let phone = Phone::new();
    phone.script(Ask::Report, [Reply::silence()]);
    let scheduler = Arc::new(Shaky { time: phone.time().clone(), shakes: AtomicBool::new(true) });
    let push = phone.registrar(certificates()).scheduler(scheduler.clone()).start(xiaomi()).unwrap();
    push.logged_in(alice());
    assert_eq!(phone.time().due_at().filter(|due| due.as_millis() < 100_000), None, "no alarm was taken");
    scheduler.shakes.store(false, Ordering::SeqCst);
    // It changes nothing, and so no deadline.
    assert!(!push.enable_push().is_applied());
    phone.advance(Duration::from_secs(17));
    assert_eq!(phone.reports().len(), 2);
}

/// An IM client that ends the registrar while it is called.
#[derive(Default)]
struct Ending {
    push: OnceLock<WeakRegistrar>,
}

impl ImClient for Ending {
    fn set_offline_push(&self, _: &Binding, done: Completion) {
        let push = self.push.get().and_then(WeakRegistrar::upgrade).unwrap();
        push.token_invalid(Vendor::Xiaomi, TokenKind::Standard);
        push.enter_background(Unread::new(7));
        push.shutdown();
        done.ok();
    }

    fn set_presence(&self, _: Presence, _: Completion) {
        panic!("called after the shutdown");
    }
}

#[test]
fn a_shutdown_inside_of_a_host_ends_what_was_still_to_be_done() {
    let phone = Phone::new();
    let im = Arc::new(Ending::default());
    let push =
        phone.wire(Registrar::builder(certificates(), im.clone(), phone.host())).start(xiaomi()).unwrap();
    im.push.set(push.downgrade()).unwrap();
    let calls = phone.journal().calls().len();
    push.logged_in(alice());
    let later: Vec<_> = phone.journal().calls().into_iter().skip(calls).collect();
    assert!(later.iter().all(|call| matches!(call, Call::Save(..))), "{later:?}");
}

#[test]
fn a_diagnosis_is_of_now_and_changes_nothing() {
    let phone = Phone::new();
    let push = start(&phone);
    let due = |push: &Registrar| {
        let regions = push.diagnose().regions;
        regions
            .iter()
            .find(|status| status.region == Region::Binding)
            .and_then(|status| status.due_in)
            .unwrap()
    };
    let (first, calls) = (due(&push), phone.journal().entries().len());
    phone.advance(Duration::from_secs(600));
    assert_eq!(due(&push) + Duration::from_secs(600), first);
    assert_eq!(push.diagnose().tokens[0].age, Some(Duration::from_secs(600)));
    assert_eq!(phone.journal().entries().len(), calls);
}

/// An observer that ends the registrar in its first call.
#[derive(Default)]
struct Last {
    push: OnceLock<WeakRegistrar>,
    calls: AtomicUsize,
}

impl Observer for Last {
    fn event(&self, _: &'static str, _: Verdict) {
        if let Some(push) = self.push.get().and_then(WeakRegistrar::upgrade) {
            self.calls.fetch_add(1, Ordering::SeqCst);
            push.shutdown();
        }
    }
}

#[test]
fn a_shutdown_inside_of_an_observer_is_the_last_that_the_others_see() {
    let phone = Phone::new();
    let (first, second) = (Arc::new(Last::default()), Arc::new(Last::default()));
    let builder = phone.registrar(certificates()).observer(first.clone()).observer(second.clone());
    let push = builder.start(xiaomi()).unwrap();
    first.push.set(push.downgrade()).unwrap();
    second.push.set(push.downgrade()).unwrap();
    push.network_up();
    assert_eq!(first.calls.load(Ordering::SeqCst), 1);
    assert_eq!(second.calls.load(Ordering::SeqCst), 0, "called after the shutdown");
}

#[test]
fn a_completion_of_a_function_may_be_dropped_in_a_panic_and_panic_itself() {
    let unwound = std::panic::catch_unwind(|| {
        let _done = Completion::from_fn(|outcome| {
            assert_eq!(outcome, Outcome::Lost);
            std::panic::resume_unwind(Box::new("unruly"));
        });
        std::panic::resume_unwind(Box::new("unruly"));
    });
    assert!(unwound.is_err());
}

/// SDKs that call back by the registrar itself, at once.
#[derive(Default)]
struct Prompt {
    push: OnceLock<Registrar>,
}

impl VendorSdk for Prompt {
    fn vendors(&self) -> VendorSet {
        VendorSet::EMPTY.with(Vendor::Fcm)
    }

    fn register(&self, vendor: Vendor, kind: TokenKind, done: Completion) {
        done.ok();
        self.push.get().unwrap().token_received(vendor, kind, sample_token(vendor, 3));
    }
}

#[test]
fn a_registrar_is_announced_before_its_sdks_are_called_and_uses_no_others() {
    let phone = Phone::new();
    let sdk = Arc::new(Prompt::default());
    let place = Arc::clone(&sdk);
    let push = phone
        .wire(Registrar::builder(certificates(), phone.host(), sdk))
        .announce(move |push| place.push.set(push.clone()).unwrap())
        .start(xiaomi())
        .unwrap();
    push.logged_in(alice());
    let diagnosis = push.diagnose();
    assert!(diagnosis.reachable, "{diagnosis}");
    assert_eq!(diagnosis.elected, Some(Vendor::Fcm));
    assert!(diagnosis.election.iter().any(|line| line.starts_with("Xiaomi: refused")), "{diagnosis}");
    push.shutdown();
}

/// SDKs that panic when they are asked which they are, and when they are let go.
struct Broken;

impl VendorSdk for Broken {
    fn vendors(&self) -> VendorSet {
        std::panic::resume_unwind(Box::new("unruly"));
    }

    fn register(&self, _: Vendor, _: TokenKind, _: Completion) {}
}

impl Drop for Broken {
    fn drop(&mut self) {
        std::panic::resume_unwind(Box::new("unruly"));
    }
}

#[test]
fn hosts_may_panic_when_they_are_made_and_let_go() {
    let phone = Phone::new();
    let push = phone
        .wire(Registrar::builder(certificates(), phone.host(), Arc::new(Broken)))
        .start(xiaomi())
        .unwrap();
    assert!(phone.journal().noticed(NoticeCode::NoVendor));
    push.shutdown();
    drop(push);
}
