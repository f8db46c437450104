use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use super::journal::{Call, Record, lock};
use super::phone::Script;
use super::{Journal, Reply, VirtualTime};
use crate::notification::{PushEvent, Tap};
use crate::registrar::{
    Badge, Binding, Completion, ImClient, NotificationChannel, NotificationChannels, Outcome, Presence,
    Receiver, Store, TapHandler, TapId, VendorSdk,
};
use crate::vendor::{TokenKind, Vendor, VendorSet};

/// An IM client that answers by its scripts: one for reports, one for presence calls, one for arrivals and clicks. What no
/// script covers succeeds at once.
#[derive(Debug)]
pub struct ScriptedIm {
    journal: Journal,
    reports: Script,
    presence: Script,
    push_events: Script,
    has_push_events: AtomicBool,
    taken: Arc<Mutex<Option<Binding>>>,
}

impl ScriptedIm {
    /// An IM client that answers everything with success.
    pub fn new(time: VirtualTime, journal: Journal) -> Self {
        let script = || Script::new(time.clone(), journal.clone(), Reply::ok());
        Self {
            reports: script(),
            presence: script(),
            push_events: Script::new(time, journal.clone(), Reply::ok()),
            has_push_events: AtomicBool::new(true),
            taken: Arc::default(),
            journal,
        }
    }

    /// Adds answers to the next reports.
    pub fn script(&self, replies: impl IntoIterator<Item = Reply>) {
        self.reports.add(replies);
    }

    /// Sets the answer to every report that the script does not cover.
    pub fn otherwise(&self, reply: Reply) {
        self.reports.otherwise(reply);
    }

    /// Adds answers to the next presence calls.
    pub fn script_presence(&self, replies: impl IntoIterator<Item = Reply>) {
        self.presence.add(replies);
    }

    /// Adds answers to the next reports of arrivals and clicks.
    pub fn script_push_events(&self, replies: impl IntoIterator<Item = Reply>) {
        self.push_events.add(replies);
    }

    /// Makes it an IM client that does not report arrivals and clicks. Counts for the registrars that start after this.
    pub fn without_push_events(&self) {
        self.has_push_events.store(false, Ordering::Relaxed);
    }

    /// Every arrival and click reported so far, whatever the answer was, in the order of the calls.
    pub fn push_events(&self) -> Vec<PushEvent> {
        let events = |call| if let Call::ReportPushEvents(events) = call { events } else { Vec::new() };
        self.journal.calls().into_iter().flat_map(events).collect()
    }

    /// Every binding reported so far, whatever the answer was.
    pub fn reports(&self) -> Vec<Binding> {
        let report = |call| if let Call::Report(binding) = call { Some(binding) } else { None };
        self.journal.calls().into_iter().filter_map(report).collect()
    }

    /// The last binding that was answered with success.
    pub fn taken(&self) -> Option<Binding> {
        lock(&self.taken).clone()
    }
}

impl ImClient for ScriptedIm {
    fn set_offline_push(&self, binding: &Binding, done: Completion) {
        let (taken, reported) = (Arc::clone(&self.taken), binding.clone());
        let call = Call::Report(binding.clone());
        self.reports.play_and(call, done, move |outcome| {
            if *outcome == Outcome::Ok {
                *lock(&taken) = Some(reported);
            }
        });
    }

    fn set_presence(&self, presence: Presence, done: Completion) {
        self.presence.play(Call::Presence(presence), done);
    }

    fn reports_push_events(&self) -> bool {
        self.has_push_events.load(Ordering::Relaxed)
    }

    fn report_push_events(&self, events: &[PushEvent], done: Completion) {
        self.push_events.play(Call::ReportPushEvents(events.to_vec()), done);
    }
}

/// Vendor SDKs that answer by their scripts, one for each vendor and kind of token. What no script covers is answered
/// with [`sample_token`], at once.
#[derive(Debug)]
pub struct ScriptedVendors {
    time: VirtualTime,
    journal: Journal,
    wired: VendorSet,
    scripts: Mutex<BTreeMap<(Vendor, TokenKind), Arc<Script>>>,
}

impl ScriptedVendors {
    /// The SDKs of these vendors.
    pub fn new(time: VirtualTime, journal: Journal, wired: VendorSet) -> Self {
        Self { time, journal, wired, scripts: Mutex::default() }
    }

    /// Adds answers to the next requests for a standard token.
    pub fn script(&self, vendor: Vendor, replies: impl IntoIterator<Item = Reply>) {
        self.of(vendor, TokenKind::Standard).add(replies);
    }

    /// Adds answers to the next requests for a `VoIP` token.
    pub fn script_voip(&self, vendor: Vendor, replies: impl IntoIterator<Item = Reply>) {
        self.of(vendor, TokenKind::Voip).add(replies);
    }

    /// Sets the answer to every request that the vendor's scripts do not cover.
    pub fn otherwise(&self, vendor: Vendor, reply: Reply) {
        self.of(vendor, TokenKind::Standard).otherwise(reply.clone());
        self.of(vendor, TokenKind::Voip).otherwise(reply);
    }

    fn of(&self, vendor: Vendor, kind: TokenKind) -> Arc<Script> {
        let mut scripts = lock(&self.scripts);
        let script = scripts.entry((vendor, kind)).or_insert_with(|| {
            let token = Reply::token(sample_token(vendor, 0));
            Arc::new(Script::new(self.time.clone(), self.journal.clone(), token))
        });
        Arc::clone(script)
    }
}

impl VendorSdk for ScriptedVendors {
    fn vendors(&self) -> VendorSet {
        self.wired
    }

    fn register(&self, vendor: Vendor, kind: TokenKind, done: Completion) {
        self.of(vendor, kind).play(Call::Register { vendor, kind }, done);
    }

    fn unregister(&self, vendor: Vendor) {
        self.journal.record(Record::Call(Call::Unregister { vendor }));
    }
}

/// A made-up token in a shape that the vendor's tokens have been seen in. The same number gives the same token.
///
/// ```
/// use tim_offline_push::testing::sample_token;
/// use tim_offline_push::token::Token;
/// use tim_offline_push::vendor::{TokenKind, Vendor};
///
/// for vendor in Vendor::ALL.iter().copied() {
///     let token = Token::parse(vendor, TokenKind::Standard, &sample_token(vendor, 7))?;
///     assert!(token.suspicions().is_empty());
/// }
/// assert_ne!(sample_token(Vendor::Vivo, 7), sample_token(Vendor::Vivo, 8));
/// # Ok::<(), tim_offline_push::token::TokenError>(())
/// ```
pub fn sample_token(vendor: Vendor, number: u32) -> String {
    let digits = u64::from(number).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    match vendor {
        Vendor::Xiaomi => format!("sample/Xiaomi+{digits:016x}"),
        Vendor::Huawei => format!("sample-Huawei_{digits:016x}"),
        Vendor::Honor => format!("BAEAAAA.sample-Honor_{digits:016x}"),
        Vendor::Oppo => format!("CN_{digits:032x}"),
        Vendor::Vivo => format!("{digits:020}"),
        Vendor::Meizu => format!("sampleMeizu{digits:016x}"),
        Vendor::Fcm => format!("sample:APA91b{digits:016x}"),
        Vendor::Apns => format!("{digits:064x}"),
        Vendor::HarmonyOs => format!("sample.HarmonyOS.{digits:016x}"),
    }
}

/// A store in memory that answers by its script. It keeps what it has answered with success, so that a snapshot whose
/// answer is under way does not survive the end of the process.
pub struct ScriptedStore {
    script: Script,
    stored: Arc<Mutex<Stored>>,
}

#[derive(Default)]
struct Stored {
    bytes: Option<Vec<u8>>,
    unreadable: bool,
}

impl ScriptedStore {
    /// An empty store that answers everything with success.
    pub fn new(time: VirtualTime, journal: Journal) -> Self {
        Self { script: Script::new(time, journal, Reply::ok()), stored: Arc::default() }
    }

    /// Adds answers to the next snapshots.
    pub fn script(&self, replies: impl IntoIterator<Item = Reply>) {
        self.script.add(replies);
    }

    /// Sets the answer to every snapshot that the script does not cover.
    pub fn otherwise(&self, reply: Reply) {
        self.script.otherwise(reply);
    }

    /// The bytes that the next process will find.
    pub fn bytes(&self) -> Option<Vec<u8>> {
        lock(&self.stored).bytes.clone()
    }

    /// Puts bytes into the store.
    pub fn put(&self, bytes: impl Into<Option<Vec<u8>>>) {
        lock(&self.stored).bytes = bytes.into();
    }

    /// Whether the next process will fail to read.
    pub fn make_unreadable(&self, unreadable: bool) {
        lock(&self.stored).unreadable = unreadable;
    }
}

impl Store for ScriptedStore {
    fn load(&self) -> io::Result<Option<Vec<u8>>> {
        let stored = lock(&self.stored);
        if stored.unreadable { Err(io::ErrorKind::PermissionDenied.into()) } else { Ok(stored.bytes.clone()) }
    }

    fn save(&self, snapshot: &[u8], done: Completion) {
        let (stored, bytes) = (Arc::clone(&self.stored), snapshot.to_vec());
        let call = Call::Save { bytes: snapshot.len() };
        self.script.play_and(call, done, move |outcome| {
            if *outcome == Outcome::Ok {
                lock(&stored).bytes = Some(bytes);
            }
        });
    }
}

impl fmt::Debug for ScriptedStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = lock(&self.stored).bytes.as_ref().map(Vec::len);
        f.debug_struct("ScriptedStore").field("bytes", &bytes).finish_non_exhaustive()
    }
}

/// What the user sees of an app, by its scripts: notification channels, taps and the badge. What no script covers succeeds
/// at once.
#[derive(Debug)]
pub struct ScriptedScreen {
    journal: Journal,
    channels: Script,
    taps: Script,
}

impl ScriptedScreen {
    /// A screen that answers everything with success.
    pub fn new(time: VirtualTime, journal: Journal) -> Self {
        let channels = Script::new(time.clone(), journal.clone(), Reply::ok());
        Self { channels, taps: Script::new(time, journal.clone(), Reply::ok()), journal }
    }

    /// Adds answers to the next notification channels.
    pub fn script_channels(&self, replies: impl IntoIterator<Item = Reply>) {
        self.channels.add(replies);
    }

    /// Adds answers to the next taps.
    pub fn script_taps(&self, replies: impl IntoIterator<Item = Reply>) {
        self.taps.add(replies);
    }
}

impl NotificationChannels for ScriptedScreen {
    fn ensure(&self, channel: &NotificationChannel, done: Completion) {
        self.channels.play(Call::EnsureNotificationChannel { id: channel.id().to_owned() }, done);
    }
}

impl TapHandler for ScriptedScreen {
    fn deliver(&self, id: TapId, _: &Tap, _: &Receiver, done: Completion) {
        self.taps.play(Call::DeliverTap { id }, done);
    }
}

impl Badge for ScriptedScreen {
    fn set(&self, count: u32) {
        self.journal.record(Record::Call(Call::Badge { count }));
    }

    fn clear_notifications(&self) {
        self.journal.record(Record::Call(Call::ClearNotifications));
    }
}
