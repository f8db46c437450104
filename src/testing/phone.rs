//! A phone whose hosts are scripted, and what they answer.

use std::collections::VecDeque;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::journal::{Call, Record, lock};
use super::{Journal, ScriptedIm, ScriptedScreen, ScriptedStore, ScriptedVendors, VirtualTime};
use crate::certificate::Certificates;
use crate::registrar::{Builder, Completion, Failure, InstallId, Outcome, Registrar, SessionId, Verdict};
use crate::secret::Secret;
use crate::vendor::VendorSet;

/// A phone with one app; everything but the registrar is scripted. See the [module](super).
#[derive(Debug)]
pub struct Phone {
    time: VirtualTime,
    journal: Journal,
    im: Arc<ScriptedIm>,
    vendors: Arc<ScriptedVendors>,
    store: Arc<ScriptedStore>,
    screen: Arc<ScriptedScreen>,
    processes: AtomicU32,
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
        let journal = Journal::new(time.clone());
        Self {
            im: Arc::new(ScriptedIm::new(time.clone(), journal.clone())),
            vendors: Arc::new(ScriptedVendors::new(time.clone(), journal.clone(), wired)),
            store: Arc::new(ScriptedStore::new(time.clone(), journal.clone())),
            screen: Arc::new(ScriptedScreen::new(time.clone(), journal.clone())),
            time,
            journal,
            processes: AtomicU32::new(0),
        }
    }

    /// Begins a registrar that has everything from this phone.
    pub fn registrar(&self, certificates: Certificates) -> Builder {
        let im = Arc::clone(&self.im);
        let vendors = Arc::clone(&self.vendors);
        self.wire(Registrar::builder(certificates, im, vendors))
    }

    /// Gives a registrar that has an IM client and vendor SDKs all the rest from this phone: clock, scheduler, store, an
    /// observer, notification channels, badge and tap handler. It replaces what the builder was given of these, so give it
    /// hosts of your own afterwards, or use [`Phone::wire_time`].
    pub fn wire(&self, builder: Builder) -> Builder {
        self.wire_time(builder)
            .observer(Arc::new(self.journal.clone()))
            .notification_channels(self.screen.clone())
            .taps(self.screen.clone())
            .badge(self.screen.clone())
            .store(self.store.clone(), install())
    }

    /// Gives a registrar no more than the time of this phone: clock, scheduler and seed. All hosts stay the builder's.
    pub fn wire_time(&self, builder: Builder) -> Builder {
        let time = Arc::new(self.time.clone());
        let process = self.processes.fetch_add(1, Ordering::Relaxed).wrapping_add(1);
        builder.clock(time.clone()).scheduler(time).seeded(process, process.into())
    }

    /// Moves time on. See [`VirtualTime::advance`].
    pub fn advance(&self, by: Duration) {
        self.time.advance(by);
    }

    /// Asks to log out, and records when the registrar permits it. The IM SDK's logout then succeeds at once, and the
    /// registrar gets `LoggedOut`.
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

    /// Kills the process: answers that are under way are lost, and the next registrar finds what the store holds.
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

    /// The IM client.
    pub fn im(&self) -> Arc<ScriptedIm> {
        Arc::clone(&self.im)
    }

    /// The vendor SDKs.
    pub fn vendors(&self) -> Arc<ScriptedVendors> {
        Arc::clone(&self.vendors)
    }

    /// The store.
    pub fn store(&self) -> Arc<ScriptedStore> {
        Arc::clone(&self.store)
    }

    /// What the user sees.
    pub fn screen(&self) -> Arc<ScriptedScreen> {
        Arc::clone(&self.screen)
    }
}

/// How a scripted host answers one call.
///
/// ```
/// use std::time::Duration;
/// use tim_offline_push::testing::Reply;
///
/// let script = [
///     Reply::failed(22006).retry_after(Duration::from_secs(30)),
///     Reply::ok().after(Duration::from_millis(200)),
///     Reply::silence(),
/// ];
/// # assert_eq!(script.len(), 3);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    what: What,
    delay: Duration,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum What {
    Answer(Outcome),
    Drop,
    Silence,
    Panic,
}

impl Reply {
    /// Success.
    pub const fn ok() -> Self {
        Self::of(What::Answer(Outcome::Ok))
    }

    /// A vendor SDK's token.
    pub fn token(text: impl Into<Box<str>>) -> Self {
        Self::of(What::Answer(Outcome::Token(Secret::new(text))))
    }

    /// A failure with this code or text.
    pub fn failed(code: impl Into<Failure>) -> Self {
        Self::of(What::Answer(Outcome::Failed { code: code.into(), retry_after: None }))
    }

    /// [`Outcome::Lost`]: the host says that the outcome will never be known.
    pub const fn lost() -> Self {
        Self::of(What::Answer(Outcome::Lost))
    }

    /// The host drops the completion.
    pub const fn dropped() -> Self {
        Self::of(What::Drop)
    }

    /// No answer, and the completion is kept: an SDK that hangs.
    pub const fn silence() -> Self {
        Self::of(What::Silence)
    }

    /// The host panics.
    pub const fn panic() -> Self {
        Self::of(What::Panic)
    }

    /// With the time that the other side asks to wait, where this is a failure.
    #[must_use]
    pub fn retry_after(mut self, wait: Duration) -> Self {
        if let What::Answer(Outcome::Failed { retry_after, .. }) = &mut self.what {
            *retry_after = Some(wait);
        }
        self
    }

    /// Given that much later. A panic happens inside of the call or not at all: it comes at once.
    #[must_use]
    pub const fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    const fn of(what: What) -> Self {
        Self { what, delay: Duration::ZERO }
    }
}

/// Replies in order, and what to reply when they have run out.
#[derive(Debug)]
pub(super) struct Script {
    time: VirtualTime,
    journal: Journal,
    replies: Mutex<(VecDeque<Reply>, Reply)>,
}

impl Script {
    pub(super) fn new(time: VirtualTime, journal: Journal, otherwise: Reply) -> Self {
        Self { time, journal, replies: Mutex::new((VecDeque::new(), otherwise)) }
    }

    pub(super) fn add(&self, replies: impl IntoIterator<Item = Reply>) {
        let replies: Vec<Reply> = replies.into_iter().collect();
        lock(&self.replies).0.extend(replies);
    }

    pub(super) fn otherwise(&self, reply: Reply) {
        lock(&self.replies).1 = reply;
    }

    /// Answers a call with the next reply, and records both.
    pub(super) fn play(&self, call: Call, done: Completion) {
        self.play_and(call, done, |_| {});
    }

    /// As [`Script::play`]; `then` sees the answer just before it is given.
    pub(super) fn play_and(
        &self,
        call: Call,
        done: Completion,
        then: impl FnOnce(&Outcome) + Send + 'static,
    ) {
        self.journal.record(Record::Call(call.clone()));
        let reply = {
            let (script, otherwise) = &mut *lock(&self.replies);
            script.pop_front().unwrap_or_else(|| otherwise.clone())
        };
        let (outcome, drops) = match reply.what {
            What::Answer(outcome) => (outcome, false),
            What::Drop => (Outcome::Lost, true),
            // An answer that is never due: the completion stays where it is.
            What::Silence => return self.time.after(Duration::MAX, move || drop(done)),
            What::Panic => resume_unwind(Box::new("a scripted panic")),
        };
        let journal = self.journal.clone();
        let answer = move || {
            journal.record(Record::Answer { to: call, outcome: outcome.clone() });
            then(&outcome);
            if drops { drop(done) } else { done.complete(outcome) }
        };
        if reply.delay.is_zero() {
            answer();
        } else {
            self.time.after(reply.delay, answer);
        }
    }
}

/// That of every phone here: with it a diagnosis shows accounts as fingerprints, so that a test sees another one.
fn install() -> InstallId {
    InstallId::new("2b0fbe5e-6c1d-4b43-9a67-a2b1a4a6e0c5").unwrap_or_else(|_| InstallId::unknown())
}
