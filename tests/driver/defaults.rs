//! The hosts that come with the crate, in real time and on a real disk.

use std::fs;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use tim_offline_push::registrar::{
    Alarm, Clock, FileStore, InstallId, NoticeCode, Observer, Policy, PolicySettings, Registrar, Scheduler,
    StateName, Store, ThreadScheduler, Transition,
};
use tim_offline_push::testing::{Ask, Call, Phone, Reply};
use tim_offline_push::time::Now;
use tim_offline_push::vendor::Vendor;

use super::file_store::Folder;
use super::{alice, certificates, xiaomi};

struct Bound(Mutex<Sender<()>>);

impl Observer for Bound {
    fn transition(&self, transition: &Transition) {
        if transition.to == StateName::Bound {
            let _ = self.0.lock().unwrap().send(());
        }
    }
}

#[test]
fn the_defaults_make_a_phone_reachable_in_real_time() {
    let folder = Folder::new("real-time");
    let store = Arc::new(FileStore::new(&folder.0));
    let (bound, is_bound) = channel();
    // The phone's hosts, but none of its time.
    let phone = Phone::new();
    let im = Phone::new().host();
    im.script(Ask::Report, [Reply::failed(22006)]);
    let mut settings = PolicySettings::default();
    settings.backoff_base = Duration::from_millis(20);
    settings.backoff_floor = Duration::from_millis(10);
    let push = Registrar::builder(certificates(), im.clone(), phone.host())
        .policy(Policy::new(settings).unwrap())
        .store(store.clone(), InstallId::new("defaults").unwrap())
        .observer(Arc::new(Bound(Mutex::new(bound))))
        .start(xiaomi())
        .unwrap();
    push.logged_in(alice());
    is_bound.recv_timeout(Duration::from_secs(20)).expect("the thread that wakes the registrar");
    assert_eq!(im.reports().len(), 2);
    assert!(push.diagnose().reachable);
    drop(push);
    // The next process finds the token.
    let saved = store.load().unwrap().unwrap();
    let later = Phone::new();
    later.put_stored(saved);
    later.otherwise(Vendor::Xiaomi, Reply::silence());
    let builder = later.registrar(certificates()).store(later.host(), InstallId::new("defaults").unwrap());
    let push = builder.start(xiaomi()).unwrap();
    push.logged_in(alice());
    assert_eq!(later.taken().and_then(|binding| binding.vendor()), Some(Vendor::Xiaomi));
}

#[test]
fn a_folder_that_cannot_be_written_is_noticed_and_stops_nothing() {
    let folder = Folder::new("blocked");
    fs::write(&folder.0, "not a folder").unwrap();
    let phone = Phone::new();
    let store = Arc::new(FileStore::new(&folder.0));
    let push = phone
        .registrar(certificates())
        .store(store, InstallId::new("blocked").unwrap())
        .start(xiaomi())
        .unwrap();
    push.logged_in(alice());
    phone.advance(Duration::from_secs(120));
    assert!(phone.journal().noticed(NoticeCode::StoreFailed));
    assert!(push.diagnose().reachable);
    drop(fs::remove_file(&folder.0));
}

#[test]
fn a_store_that_cannot_be_read_means_doubt_and_no_store_means_more_reports() {
    let breaks: [fn(&Phone); 2] = [|phone| phone.make_unreadable(true), |phone| phone.put_stored(Vec::new())];
    for break_store in breaks {
        let phone = Phone::new();
        break_store(&phone);
        let push = phone.registrar(certificates()).start(xiaomi()).unwrap();
        push.logged_in(alice());
        assert!(phone.journal().noticed(NoticeCode::SnapshotUnreadable));
        phone.advance(Duration::from_secs(61));
        assert_eq!(phone.reports().len(), 2, "once in doubt, once when that has settled");
        assert!(push.diagnose().reachable);
    }

    let phone = Phone::new();
    let time = Arc::new(phone.time().clone());
    let push = Registrar::builder(certificates(), phone.host(), phone.host())
        .clock(time.clone())
        .scheduler(time)
        .start(xiaomi())
        .unwrap();
    push.logged_in(alice());
    phone.advance(Duration::from_secs(61));
    assert_eq!(phone.reports().len(), 2);
    assert!(push.diagnose().reachable);
    assert!(phone.journal().calls().iter().all(|call| !matches!(call, Call::Save(..))));
}

#[test]
fn the_default_clock_goes_on() {
    let phone = Phone::new();
    let push = Registrar::builder(certificates(), phone.host(), phone.host()).start(xiaomi()).unwrap();
    let first = push.diagnose().runs_for;
    assert!(first < Some(Duration::from_secs(60)));
    std::thread::sleep(Duration::from_millis(5));
    assert!(push.diagnose().runs_for > first);
}

#[test]
fn what_the_host_left_out_stands_in_the_diagnosis() {
    let phone = Phone::new();
    let whole = phone.registrar(certificates()).start(xiaomi()).unwrap();
    assert!(whole.diagnose().left_out.is_empty(), "{}", whole.diagnose());
    let bare = Registrar::builder(certificates(), phone.host(), phone.host()).start(xiaomi()).unwrap();
    let words = bare.diagnose().to_string();
    assert!(
        words.contains("left out: no store: ") && words.contains("left out: no tap handler: "),
        "{words}"
    );
    assert!(NoticeCode::TapExpired.fix().contains("tap handler"));
}

/// A clock that lets nobody go while it is shut.
#[derive(Default)]
struct Gate {
    /// Whether it is shut, and how many have come in all.
    state: Mutex<(bool, usize)>,
    changed: Condvar,
}

impl Gate {
    fn set_shut(&self, shut: bool) {
        self.state.lock().unwrap().0 = shut;
        self.changed.notify_all();
    }

    /// Waits until so many have come.
    fn wait_for(&self, count: usize) {
        let state = self.state.lock().unwrap();
        let is_waiting = |state: &mut (bool, usize)| state.1 < count;
        let (state, waited) =
            self.changed.wait_timeout_while(state, Duration::from_secs(20), is_waiting).unwrap();
        assert!(!waited.timed_out(), "{} of {count} have come", state.1);
    }
}

impl Clock for Gate {
    fn now(&self) -> Now {
        let mut state = self.state.lock().unwrap();
        state.1 += 1;
        self.changed.notify_all();
        drop(self.changed.wait_while(state, |(shut, _)| *shut).unwrap());
        Now::default()
    }
}

/// Keeps the alarm for the test.
#[derive(Default)]
struct Keeper(Mutex<Option<Alarm>>);

impl Scheduler for Keeper {
    fn schedule(&self, _: Duration, alarm: Alarm) {
        *self.0.lock().unwrap() = Some(alarm);
    }

    fn cancel(&self) {}
}

/// A registrar that waits for its vendor's SDK, and its alarm.
fn waiting(gate: &Arc<Gate>) -> (Registrar, Alarm) {
    let (keeper, phone) = (Arc::new(Keeper::default()), Phone::new());
    phone.otherwise(Vendor::Xiaomi, Reply::silence());
    let builder = Registrar::builder(certificates(), phone.host(), phone.host());
    let push = builder.clock(gate.clone()).scheduler(keeper.clone()).start(xiaomi()).unwrap();
    let alarm = keeper.0.lock().unwrap().clone().expect("the SDK's answer has a deadline");
    (push, alarm)
}

#[test]
fn an_alarm_that_found_no_thread_rings_when_one_is_free() {
    let (gate, other_gate) = (Arc::new(Gate::default()), Arc::new(Gate::default()));
    let (_push, alarm) = waiting(&gate);
    let (_other, last) = waiting(&other_gate);
    gate.set_shut(true);
    let scheduler = ThreadScheduler::start().unwrap();
    let come = gate.state.lock().unwrap().1;
    // One for each host object and vendor, and one more.
    for count in 1..=Vendor::ALL.len() + 9 {
        scheduler.schedule(Duration::ZERO, alarm.clone());
        gate.wait_for(come + count);
    }
    let come = other_gate.state.lock().unwrap().1;
    scheduler.schedule(Duration::ZERO, last);
    // Time to look for a thread in vain.
    std::thread::sleep(Duration::from_millis(50));
    gate.set_shut(false);
    other_gate.wait_for(come + 1);
}
