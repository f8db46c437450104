//! A machine's state in a canonical form, so that a search meets each state once.

use std::hash::Hash;

use super::super::{Machine, State, snapshot};
use crate::time::MonotonicTime;

/// Renames ids in the order in which it meets them, and tells times from now. What no time to come can change any more
/// is left out by those who call it. The wall clock is to stand still, so that its stamps are equal already.
pub(in super::super) trait Renamer {
    fn id(&mut self, id: u64) -> u64;
    fn time(&mut self, time: MonotonicTime) -> MonotonicTime;
}

impl Machine {
    /// Renames every id and every time, in a fixed order.
    pub(in super::super) fn rename(&mut self, names: &mut dyn Renamer) {
        let content = snapshot::digest(&self.state);
        let State { registrations, election, session, bindings, storage, presence, inbox, receipts, .. } =
            &mut self.state;
        registrations.rename(names);
        election.rename(names);
        session.rename(names);
        bindings.rename(names);
        storage.rename(names, content);
        presence.rename(names);
        inbox.rename(names);
        receipts.rename(names);
        self.context.outbox_mut().rename(names);
    }

    /// All that decides how the machine goes on, given its policy and its clock.
    pub(in super::super) fn decides(&self) -> impl Hash + Eq + Clone + '_ {
        (&self.state, self.context.outbox())
    }
}
