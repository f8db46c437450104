use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::VirtualTime;
use crate::registrar::{
    Binding, Clock as _, Notice, NoticeCode, Observer, Outcome, Presence, Release, TapId, Transition, Verdict,
};
use crate::time::MonotonicTime;
use crate::vendor::{TokenKind, Vendor};

/// What happened, in order. Clones write into the same journal. `Display` gives one line for each entry; it and `Debug`
/// show no token and no account, but notes as they are.
#[derive(Clone, Debug)]
pub struct Journal {
    time: VirtualTime,
    entries: Arc<Mutex<Vec<Entry>>>,
}

/// One line of a [`Journal`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// When.
    pub at: MonotonicTime,
    /// What.
    pub record: Record,
}

/// What a [`Journal`] writes down.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Record {
    /// The test said something.
    Note(String),
    /// The registrar called a host.
    Call(Call),
    /// A scripted host answered.
    Answer {
        /// What it was asked.
        to: Call,
        /// What it said.
        outcome: Outcome,
    },
    /// A logout was released.
    Release(Release),
    /// The registrar took an event.
    Event {
        /// The event's name.
        name: &'static str,
        /// What became of it.
        verdict: Verdict,
    },
    /// A region of the registrar changed its state.
    Transition(Transition),
    /// The registrar had something to say.
    Notice(Notice),
}

/// A call of a host.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Call {
    /// A vendor SDK was asked for a token.
    Register {
        /// Whose.
        vendor: Vendor,
        /// What for.
        kind: TokenKind,
    },
    /// A vendor SDK was unregistered.
    Unregister {
        /// Whose.
        vendor: Vendor,
    },
    /// The IM client was given a binding.
    Report(Binding),
    /// The IM client was told of foreground or background.
    Presence(Presence),
    /// The store was given a snapshot.
    Save {
        /// Its length.
        bytes: usize,
    },
    /// A notification channel was asked for.
    EnsureNotificationChannel {
        /// Its id.
        id: String,
    },
    /// A tap was delivered.
    DeliverTap {
        /// Its id.
        id: TapId,
    },
    /// The badge was set.
    Badge {
        /// To this number.
        count: u32,
    },
    /// The notifications were removed.
    ClearNotifications,
}

impl Journal {
    /// An empty journal.
    pub fn new(time: VirtualTime) -> Self {
        Self { time, entries: Arc::default() }
    }

    /// Writes something down, with the time.
    pub fn record(&self, record: Record) {
        let at = self.time.now().monotonic();
        self.lock().push(Entry { at, record });
    }

    /// Writes down what the test has to say.
    pub fn note(&self, text: impl Into<String>) {
        self.record(Record::Note(text.into()));
    }

    /// All that was written so far.
    pub fn entries(&self) -> Vec<Entry> {
        self.lock().clone()
    }

    /// How much was written so far.
    pub fn len(&self) -> usize {
        self.lock().len()
    }

    /// Whether nothing was written so far.
    pub fn is_empty(&self) -> bool {
        self.lock().is_empty()
    }

    /// The notices so far.
    pub fn notices(&self) -> Vec<Notice> {
        let notice = |entry: &Entry| match &entry.record {
            Record::Notice(notice) => Some(notice.clone()),
            Record::Note(_)
            | Record::Call(_)
            | Record::Answer { .. }
            | Record::Release(_)
            | Record::Event { .. }
            | Record::Transition(_) => None,
        };
        self.lock().iter().filter_map(notice).collect()
    }

    /// Whether this notice came so far.
    pub fn noticed(&self, code: NoticeCode) -> bool {
        self.notices().iter().any(|notice| notice.code() == code)
    }

    /// The calls of hosts so far.
    pub fn calls(&self) -> Vec<Call> {
        let call = |entry: &Entry| match &entry.record {
            Record::Call(call) => Some(call.clone()),
            Record::Note(_)
            | Record::Notice(_)
            | Record::Answer { .. }
            | Record::Release(_)
            | Record::Event { .. }
            | Record::Transition(_) => None,
        };
        self.lock().iter().filter_map(call).collect()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Entry>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Observer for Journal {
    fn event(&self, name: &'static str, verdict: Verdict) {
        self.record(Record::Event { name, verdict });
    }

    fn transition(&self, transition: &Transition) {
        self.record(Record::Transition(*transition));
    }

    fn notice(&self, notice: &Notice) {
        self.record(Record::Notice(notice.clone()));
    }
}
