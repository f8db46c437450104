use std::sync::{Arc, Mutex, PoisonError};

use super::journal::{Call, Record};
use super::reply::Script;
use super::{Journal, Reply, VirtualTime};
use crate::registrar::{Binding, Completion, ImClient, Outcome, Presence};

/// An IM client that answers as it is told: reports by one script, presence calls by another. What no script says is
/// answered with success, at once.
#[derive(Debug)]
pub struct ScriptedIm {
    time: VirtualTime,
    journal: Journal,
    reports: Script,
    presence: Script,
    taken: Arc<Mutex<Option<Binding>>>,
}

impl ScriptedIm {
    /// An IM client that answers everything with success.
    pub fn new(time: VirtualTime, journal: Journal) -> Self {
        let script = || Script::new(Reply::ok());
        Self { time, journal, reports: script(), presence: script(), taken: Arc::default() }
    }

    /// Adds answers to the reports that come next.
    pub fn script(&self, replies: impl IntoIterator<Item = Reply>) {
        self.reports.add(replies);
    }

    /// Answers like this whatever the script says nothing about.
    pub fn otherwise(&self, reply: Reply) {
        self.reports.otherwise(reply);
    }

    /// Adds answers to the presence calls that come next.
    pub fn script_presence(&self, replies: impl IntoIterator<Item = Reply>) {
        self.presence.add(replies);
    }

    /// Every binding reported so far, whatever the answer was.
    pub fn reports(&self) -> Vec<Binding> {
        let report = |call| match call {
            Call::Report(binding) => Some(binding),
            Call::Register { .. }
            | Call::Unregister { .. }
            | Call::Presence(_)
            | Call::Save { .. }
            | Call::EnsureNotificationChannel { .. }
            | Call::DeliverTap { .. }
            | Call::Badge { .. }
            | Call::ClearNotifications => None,
        };
        self.journal.calls().into_iter().filter_map(report).collect()
    }

    /// The binding answered with success last.
    pub fn taken(&self) -> Option<Binding> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl ImClient for ScriptedIm {
    fn set_offline_push(&self, binding: &Binding, done: Completion) {
        let call = Call::Report(binding.clone());
        self.journal.record(Record::Call(call.clone()));
        let (taken, binding) = (Arc::clone(&self.taken), binding.clone());
        self.reports.next().give(call, done, &self.time, &self.journal, move |outcome| {
            if *outcome == Outcome::Ok {
                *taken.lock().unwrap_or_else(PoisonError::into_inner) = Some(binding);
            }
        });
    }

    fn set_presence(&self, presence: Presence, done: Completion) {
        let call = Call::Presence(presence);
        self.journal.record(Record::Call(call.clone()));
        self.presence.next().give(call, done, &self.time, &self.journal, |_| {});
    }
}
