//! A phone whose hosts are scripted.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::io;
use std::panic::resume_unwind;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::journal::{Call, Record, lock};
use super::reply::{Answer, Ask, Reply};
use super::{Journal, VirtualTime, sample_token};
use crate::certificate::Certificates;
use crate::notification::{PushEvent, Tap};
use crate::registrar::{
    Badge, Binding, Builder, Completion, ImClient, InstallId, NotificationChannel, NotificationChannels,
    Outcome, Presence, Receiver, Registrar, SessionId, Store, TapHandler, TapId, VendorSdk, Verdict,
};
use crate::vendor::{TokenKind, Vendor, VendorSet};

/// A phone with one app: it is every host that a registrar calls, and answers by its scripts. What no script
/// covers succeeds at once; a vendor's SDK then gives [`sample_token`]. Clones share one phone. See the
/// [module](super).
#[derive(Clone)]
pub struct Phone {
    time: VirtualTime,
    journal: Journal,
    wired: VendorSet,
    inside: Arc<Mutex<Inside>>,
}

#[derive(Default)]
struct Inside {
    scripts: BTreeMap<Ask, Script>,
    taken: Option<Binding>,
    /// What was answered with success: a snapshot whose answer is under way does not survive the end of the
    /// process.
    stored: Option<Vec<u8>>,
    is_unreadable: bool,
    ignores_push_events: bool,
    processes: u32,
}

/// Replies in order, and what to reply when they have run out.
#[derive(Default)]
struct Script {
    replies: VecDeque<Reply>,
    otherwise: Option<Reply>,
}

impl Default for Phone {
    fn default() -> Self {
        Self::new()
    }
}

impl Phone {
    /// A phone whose app has every vendor's SDK, at time zero, on which everything works at once.
    pub fn new() -> Self {
        Self::with_vendors(VendorSet::ALL)
    }

    /// A phone whose app has the SDKs of these vendors.
    pub fn with_vendors(wired: VendorSet) -> Self {
        let time = VirtualTime::new();
        Self { journal: Journal::new(time.clone()), time, wired, inside: Arc::default() }
    }

    /// Adds answers to the next calls of this kind. A vendor stands for the requests for its standard token.
    pub fn script(&self, ask: impl Into<Ask>, replies: impl IntoIterator<Item = Reply>) {
        let replies: Vec<Reply> = replies.into_iter().collect();
        lock(&self.inside).scripts.entry(ask.into()).or_default().replies.extend(replies);
    }

    /// Sets the answer to every call of this kind that the script does not cover. A vendor stands for the
    /// requests for its standard token.
    pub fn otherwise(&self, ask: impl Into<Ask>, reply: Reply) {
        lock(&self.inside).scripts.entry(ask.into()).or_default().otherwise = Some(reply);
    }

    /// Makes its IM client one that does not report arrivals and clicks. Counts for the registrars that start
    /// after this.
    pub fn without_push_events(&self) {
        lock(&self.inside).ignores_push_events = true;
    }

    /// Every binding reported so far, whatever the answer was.
    pub fn reports(&self) -> Vec<Binding> {
        let report = |call| if let Call::Report(binding) = call { Some(binding) } else { None };
        self.journal.calls().into_iter().filter_map(report).collect()
    }

    /// Every arrival and click reported so far, whatever the answer was, in the order of the calls.
    pub fn push_events(&self) -> Vec<PushEvent> {
        let events = |call| if let Call::ReportPushEvents(events) = call { events } else { Vec::new() };
        self.journal.calls().into_iter().flat_map(events).collect()
    }

    /// The last binding that was answered with success.
    pub fn taken(&self) -> Option<Binding> {
        lock(&self.inside).taken.clone()
    }

    /// The bytes of the store, as the next process will find them.
    pub fn stored(&self) -> Option<Vec<u8>> {
        lock(&self.inside).stored.clone()
    }

    /// Puts bytes into the store.
    pub fn put_stored(&self, bytes: impl Into<Option<Vec<u8>>>) {
        lock(&self.inside).stored = bytes.into();
    }

    /// Whether the next process will fail to read the store.
    pub fn make_unreadable(&self, unreadable: bool) {
        lock(&self.inside).is_unreadable = unreadable;
    }

    /// Begins a registrar that has everything from this phone.
    pub fn registrar(&self, certificates: Certificates) -> Builder {
        self.wire(Registrar::builder(certificates, self.host(), self.host()))
    }

    /// This phone as a host. It implements each trait of a host.
    pub fn host(&self) -> Arc<Self> {
        Arc::new(self.clone())
    }

    /// Gives a registrar that has an IM client and vendor SDKs all the rest from this phone: clock,
    /// scheduler, store, an observer, notification channels, badge and tap handler. It replaces what the
    /// builder was given of these, so give it hosts of your own afterwards.
    pub fn wire(&self, builder: Builder) -> Builder {
        let time = Arc::new(self.time.clone());
        let process = {
            let mut inside = lock(&self.inside);
            inside.processes = inside.processes.wrapping_add(1);
            inside.processes
        };
        builder
            .clock(time.clone())
            .scheduler(time)
            .seeded(process, process.into())
            .observer(Arc::new(self.journal.clone()))
            .notification_channels(self.host())
            .taps(self.host())
            .badge(self.host())
            .store(self.host(), install())
    }

    /// Moves time on. See [`VirtualTime::advance`].
    pub fn advance(&self, by: Duration) {
        self.time.advance(by);
    }

    /// Asks to log out, and records when the registrar permits it. The IM SDK's logout then succeeds at once,
    /// and the registrar gets `LoggedOut`.
    pub fn log_out(&self, push: &Registrar, session: SessionId) -> Verdict {
        let journal = self.journal.clone();
        let weak = push.downgrade();
        push.log_out(session, move |release| {
            journal.record(Record::Release(release));
            if let Some(push) = weak.upgrade().filter(|_| !release.is_superseded()) {
                push.logged_out(release.session());
            }
        })
    }

    /// Kills the process: answers that are under way are lost, and the next registrar finds what the store
    /// holds.
    pub fn kill(&self, push: Registrar) {
        push.shutdown();
        drop(push);
        self.time.forget();
    }

    /// The time.
    pub const fn time(&self) -> &VirtualTime {
        &self.time
    }

    /// What happened.
    pub const fn journal(&self) -> &Journal {
        &self.journal
    }

    /// Records a call, and answers it with the next reply. `snapshot` is stored if that is success.
    fn play(&self, ask: Ask, call: Call, snapshot: Option<Vec<u8>>, done: Completion) {
        self.journal.record(Record::Call(call.clone()));
        let reply = lock(&self.inside).reply(ask);
        let (outcome, drops) = match reply.answer {
            Answer::Outcome(outcome) => (outcome, false),
            Answer::Drop => (Outcome::Lost, true),
            // An answer that is never due: the completion stays where it is.
            Answer::Silence => return self.time.after(Duration::MAX, move || drop(done)),
            Answer::Panic => resume_unwind(Box::new("a scripted panic")),
        };
        let phone = self.clone();
        let answer = move || {
            if outcome == Outcome::Ok {
                let mut inside = lock(&phone.inside);
                if let Call::Report(binding) = &call {
                    inside.taken = Some(binding.clone());
                }
                inside.stored = snapshot.or_else(|| inside.stored.take());
            }
            phone.journal.record(Record::Answer { to: call, outcome: outcome.clone() });
            if drops { drop(done) } else { done.complete(outcome) }
        };
        if reply.delay.is_zero() {
            answer();
        } else {
            self.time.after(reply.delay, answer);
        }
    }
}

impl Inside {
    fn reply(&mut self, ask: Ask) -> Reply {
        let script = self.scripts.entry(ask).or_default();
        let reply = script.replies.pop_front().or_else(|| script.otherwise.clone());
        reply.unwrap_or_else(|| {
            if let Ask::Token(vendor, _) = ask { Reply::token(sample_token(vendor, 0)) } else { Reply::ok() }
        })
    }
}

impl ImClient for Phone {
    fn set_offline_push(&self, binding: &Binding, done: Completion) {
        self.play(Ask::Report, Call::Report(binding.clone()), None, done);
    }

    fn set_presence(&self, presence: Presence, done: Completion) {
        self.play(Ask::Presence, Call::Presence(presence), None, done);
    }

    fn reports_push_events(&self) -> bool {
        !lock(&self.inside).ignores_push_events
    }

    fn report_push_events(&self, events: &[PushEvent], done: Completion) {
        self.play(Ask::PushEvents, Call::ReportPushEvents(events.to_vec()), None, done);
    }
}

impl VendorSdk for Phone {
    fn vendors(&self) -> VendorSet {
        self.wired
    }

    fn register(&self, vendor: Vendor, kind: TokenKind, done: Completion) {
        self.play(Ask::Token(vendor, kind), Call::Register(vendor, kind), None, done);
    }

    fn unregister(&self, vendor: Vendor) {
        self.journal.record(Record::Call(Call::Unregister(vendor)));
    }
}

impl Store for Phone {
    fn load(&self) -> io::Result<Option<Vec<u8>>> {
        let inside = lock(&self.inside);
        if inside.is_unreadable {
            Err(io::ErrorKind::PermissionDenied.into())
        } else {
            Ok(inside.stored.clone())
        }
    }

    fn save(&self, snapshot: &[u8], done: Completion) {
        self.play(Ask::Save, Call::Save(snapshot.len()), Some(snapshot.to_vec()), done);
    }
}

impl NotificationChannels for Phone {
    fn ensure(&self, channel: &NotificationChannel, done: Completion) {
        let call = Call::EnsureNotificationChannel(channel.id().to_owned());
        self.play(Ask::NotificationChannel, call, None, done);
    }
}

impl TapHandler for Phone {
    fn deliver(&self, id: TapId, _: &Tap, _: &Receiver, done: Completion) {
        self.play(Ask::Tap, Call::DeliverTap(id), None, done);
    }
}

impl Badge for Phone {
    fn set(&self, count: u32) {
        self.journal.record(Record::Call(Call::Badge(count)));
    }

    fn clear_notifications(&self) {
        self.journal.record(Record::Call(Call::ClearNotifications));
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Phone").field("time", &self.time).finish_non_exhaustive()
    }
}

/// That of every phone here: with it a diagnosis shows accounts as fingerprints, so that a test sees another
/// one.
fn install() -> InstallId {
    InstallId::new("2b0fbe5e-6c1d-4b43-9a67-a2b1a4a6e0c5").unwrap_or_else(|_| InstallId::unknown())
}
