use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::journal::{Call, Record};
use super::reply::Script;
use super::{Journal, Reply, VirtualTime};
use crate::registrar::{Completion, Outcome, Store};

/// A store in memory that answers as it is told. It holds what it answered with success, so that a snapshot whose
/// answer is on its way does not survive the end of the process.
pub struct ScriptedStore {
    time: VirtualTime,
    journal: Journal,
    script: Script,
    held: Arc<Mutex<Held>>,
}

#[derive(Default)]
struct Held {
    bytes: Option<Vec<u8>>,
    unreadable: bool,
}

impl ScriptedStore {
    /// An empty store that answers everything with success.
    pub fn new(time: VirtualTime, journal: Journal) -> Self {
        Self { time, journal, script: Script::new(Reply::ok()), held: Arc::default() }
    }

    /// Adds answers to the snapshots that come next.
    pub fn script(&self, replies: impl IntoIterator<Item = Reply>) {
        self.script.add(replies);
    }

    /// Answers like this whatever the script says nothing about.
    pub fn otherwise(&self, reply: Reply) {
        self.script.otherwise(reply);
    }

    /// The bytes that the next process will find.
    pub fn bytes(&self) -> Option<Vec<u8>> {
        self.held().bytes.clone()
    }

    /// Puts bytes into the store.
    pub fn put(&self, bytes: impl Into<Option<Vec<u8>>>) {
        self.held().bytes = bytes.into();
    }

    /// Whether the next process will fail to read.
    pub fn make_unreadable(&self, unreadable: bool) {
        self.held().unreadable = unreadable;
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for ScriptedStore {
    fn load(&self) -> io::Result<Option<Vec<u8>>> {
        let held = self.held();
        if held.unreadable { Err(io::ErrorKind::PermissionDenied.into()) } else { Ok(held.bytes.clone()) }
    }

    fn save(&self, snapshot: &[u8], done: Completion) {
        let call = Call::Save { bytes: snapshot.len() };
        self.journal.record(Record::Call(call.clone()));
        let (held, bytes) = (Arc::clone(&self.held), snapshot.to_vec());
        self.script.next().give(call, done, &self.time, &self.journal, move |outcome| {
            if *outcome == Outcome::Ok {
                held.lock().unwrap_or_else(PoisonError::into_inner).bytes = Some(bytes);
            }
        });
    }
}

impl fmt::Debug for ScriptedStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = self.held().bytes.as_ref().map(Vec::len);
        f.debug_struct("ScriptedStore").field("bytes", &bytes).finish_non_exhaustive()
    }
}
