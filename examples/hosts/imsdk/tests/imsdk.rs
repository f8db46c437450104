//! The host on the stand-in library: the story of all hosts, answers of every kind, no leak.
//! One test function, since the library is one for the whole process.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops at the first thing that is not as expected"
)]

mod standin;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use host_imsdk::{CLibrary, Library};
use standin::StandIn;
use tim_offline_push::certificate::Certificates;
use tim_offline_push::ext::Ext;
use tim_offline_push::message::TokenObject;
use tim_offline_push::registrar::{
    Badge, Binding, Completion, FileStore, ImClient, InstallId, Presence, Receiver, Registrar, TapHandler,
    TapId, Unread, VendorSdk,
};
use tim_offline_push::testing::{VirtualTime, sample_token};
use tim_offline_push::vendor::{TokenKind, Vendor, VendorSet};
use tim_offline_push::{DeviceFacts, Tap, UserId};

const CONFIG: &str = include_str!("../../../data/timpush-configs.json");
const DEVICE: &str = include_str!("../../../data/getprop.txt");
const CALLS: &str = include_str!("../../story/calls.txt");

/// The app around the library: it writes down each call, and has the stand-in answer as a server would.
struct App {
    im: CLibrary,
    standin: Arc<StandIn>,
    time: VirtualTime,
    codes: Mutex<VecDeque<i32>>,
    calls: Mutex<Vec<String>>,
}

impl App {
    fn new(
        library: &Arc<Library>,
        standin: &Arc<StandIn>,
        codes: impl IntoIterator<Item = i32>,
    ) -> Arc<Self> {
        Arc::new(Self {
            im: CLibrary(Arc::clone(library)),
            standin: Arc::clone(standin),
            time: VirtualTime::new(),
            codes: Mutex::new(codes.into_iter().collect()),
            calls: Mutex::default(),
        })
    }

    fn write(&self, call: impl Into<String>) {
        self.calls.lock().unwrap().push(call.into());
    }

    /// What the library was asked, in words that all hosts share.
    fn library_call(&self) -> String {
        let call = self.standin.take_call().expect("a call");
        match call.split_once(' ') {
            Some(("report", "off")) => "report off standard".into(),
            Some(("report", json)) => {
                let object = TokenObject::read(json).unwrap();
                let hex = object.hex().expose_secret();
                let bytes =
                    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap());
                let token = String::from_utf8(bytes.collect()).unwrap();
                format!("report {} {} {token}", object.business_id(), object.kind())
            }
            _ => format!("presence {call}"),
        }
    }
}

impl ImClient for App {
    fn set_offline_push(&self, binding: &Binding, done: Completion) {
        self.im.set_offline_push(binding, done);
        self.write(self.library_call());
        let code = self.codes.lock().unwrap().pop_front().unwrap_or(0);
        let standin = Arc::clone(&self.standin);
        self.time.after(Duration::from_millis(200), move || assert!(standin.answer(code, 1)));
    }

    fn set_presence(&self, presence: Presence, done: Completion) {
        self.im.set_presence(presence, done);
        self.write(self.library_call());
        assert!(self.standin.answer(0, 1));
    }
}

impl VendorSdk for App {
    fn vendors(&self) -> VendorSet {
        VendorSet::ALL
    }

    fn register(&self, vendor: Vendor, kind: TokenKind, done: Completion) {
        self.write(format!("register {vendor} {kind}"));
        // The token comes late, from a thread of the SDK's.
        self.time.after(Duration::from_secs(7), move || {
            std::thread::spawn(move || done.token(sample_token(vendor, 1))).join().unwrap();
        });
    }
}

impl TapHandler for App {
    fn deliver(&self, _: TapId, tap: &Tap, _: &Receiver, done: Completion) {
        assert_eq!(tap.route().peer().map(|peer| peer.id()), Some("carol"));
        self.write("deliver");
        done.ok();
    }
}

impl Badge for App {
    fn set(&self, count: u32) {
        self.write(format!("badge {count}"));
    }

    fn clear_notifications(&self) {
        self.write("clear");
    }
}

fn start(app: &Arc<App>, process: u32, folder: &std::path::Path) -> Registrar {
    let certificates = Certificates::read(CONFIG).unwrap().certificates().clone();
    let store = FileStore::new(folder);
    Registrar::builder(certificates, app.clone(), app.clone())
        .store(Arc::new(store), InstallId::new("story").unwrap())
        .clock(Arc::new(app.time.clone()))
        .scheduler(Arc::new(app.time.clone()))
        .taps(app.clone())
        .badge(app.clone())
        .seeded(process, process.into())
        .start(DeviceFacts::from_getprop(DEVICE).unwrap())
        .unwrap()
}

#[test]
fn the_library_as_im_client() {
    let standin = Arc::new(StandIn::load());
    let library = Arc::new(Library::load(standin::path()).unwrap());
    assert_eq!(library.version(), "stand-in");
    the_story(&library, &standin);
    every_answer(&library, &standin);
    the_same_memory(&library, &standin);
}

fn the_story(library: &Arc<Library>, standin: &Arc<StandIn>) {
    let folder = std::env::temp_dir().join(format!("host-imsdk-{}", std::process::id()));
    let app = App::new(library, standin, [22006]); // "over frequency limit", then success
    let wait = |seconds| app.time.advance(Duration::from_secs(seconds));
    let push = start(&app, 1, &folder);
    wait(2);
    push.logged_in(UserId::new("alice").unwrap());
    wait(120);
    push.enter_background(Unread::new(3));
    wait(1);
    push.enter_foreground();
    wait(1);
    let session = push.logged_in(UserId::new("bob").unwrap());
    wait(120);
    let (weak, log) = (push.downgrade(), Arc::clone(&app));
    push.log_out(session, move |release| {
        let word = match (release.is_superseded(), release.is_clean()) {
            (true, _) => "superseded",
            (false, true) => "clean",
            (false, false) => "unclean",
        };
        log.write(format!("release {word}"));
        // Here the app calls TIMLogout, and when that has succeeded:
        weak.upgrade().unwrap().logged_out(release.session());
    });
    wait(10);
    let ext = Ext::from_text(r#"{"entity":{"version":1,"chatType":1,"action":1,"sender":"carol"}}"#);
    push.tapped(Tap::from_ext(Some(Vendor::Xiaomi), &ext).unwrap());
    wait(1);
    push.host_ready();
    push.logged_in(UserId::new("alice").unwrap());
    wait(120);
    push.shutdown();
    std::fs::remove_dir_all(folder).unwrap();
    assert_eq!(app.calls.lock().unwrap().join("\n"), CALLS.trim_end());
}

/// How the next report ends, and how often the stand-in calls back.
fn outcome_of(library: &Arc<Library>, standin: &StandIn, returned: i32, code: i32, times: u32) -> Vec<i32> {
    let codes = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&codes);
    standin.returns(returned);
    library.set_offline_push_token(Some(c"{}"), move |code| heard.lock().unwrap().push(code));
    standin.returns(0);
    assert_eq!(standin.answer(code, times), returned == 0);
    assert_eq!(standin.take_call().as_deref(), Some("report {}"));
    let codes = codes.lock().unwrap();
    codes.clone()
}

fn every_answer(library: &Arc<Library>, standin: &StandIn) {
    assert_eq!(outcome_of(library, standin, 0, 0, 1), [0]);
    assert_eq!(outcome_of(library, standin, 0, 6013, 1), [6013], "not initialised");
    assert_eq!(outcome_of(library, standin, 0, 6014, 1), [6014], "not logged in");
    assert_eq!(outcome_of(library, standin, 0, 0, 2), [0], "a second answer finds nothing");
    assert!(outcome_of(library, standin, 0, 0, 0).is_empty(), "never");
    assert_eq!(outcome_of(library, standin, -3, 0, 1), [-3], "refused at once");

    // A panic on our side ends in the bridge, and the next answer is heard.
    library.do_foreground(|_| panic!("the app's own"));
    assert!(standin.answer(0, 1));
    assert_eq!(standin.take_call().as_deref(), Some("foreground"));
    assert_eq!(outcome_of(library, standin, 0, 0, 1), [0]);

    // Calls that are never answered are dropped, oldest first, and a late answer to one of them does no harm.
    let alive = Arc::new(());
    for _ in 0..100 {
        let held = Arc::clone(&alive);
        library.do_background(3, move |_| drop(held));
        assert_eq!(standin.take_call().as_deref(), Some("background 3"));
    }
    assert!(Arc::strong_count(&alive) <= 65);
    while standin.answer(0, 2) {}
    assert_eq!(Arc::strong_count(&alive), 1);
}

/// Resident memory in kibibytes.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB")?.parse().ok())
}

fn the_same_memory(library: &Arc<Library>, standin: &StandIn) {
    let call = || {
        library.set_offline_push_token(Some(c"{}"), |_| {});
        standin.answer(0, 1);
        standin.take_call();
    };
    (0..10_000).for_each(|_| call());
    let before = resident();
    (0..90_000).for_each(|_| call());
    if let (Some(before), Some(after)) = (before, resident()) {
        println!("imsdk: {before} KiB after 10,000 calls, {after} KiB after 100,000");
        assert!(after <= before + 5 * 1024);
    }
}
