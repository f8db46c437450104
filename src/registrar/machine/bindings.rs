//! The two bindings, and the gate that both share: one report is under way at a time, the standard one goes first.

use super::binding::{BindingState, StoredIntent};
use super::context::Context;
use super::kinds::{Kinds, PerKind};
use super::outbox::Queued;
use super::storage::Intents;
use super::{ReportId, SessionId};
use crate::time::MonotonicTime;
use crate::vendor::TokenKind;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Bindings(PerKind<BindingState>);

impl Bindings {
    pub(super) const fn of(&self, kind: TokenKind) -> &BindingState {
        self.0.of(kind)
    }

    pub(super) const fn of_mut(&mut self, kind: TokenKind) -> &mut BindingState {
        self.0.of_mut(kind)
    }

    /// Begins the report that is owed, if the gate is free. `stored` is what the stored snapshot covers for certain.
    pub(super) fn drive(&mut self, cx: &mut Context, may_report: bool, session: SessionId, stored: Intents) {
        let has_store = cx.settings().snapshots;
        let covered = |kind| {
            if has_store { StoredIntent::Known(stored.of(session, kind)) } else { StoredIntent::Never }
        };
        for kind in TokenKind::ALL.iter().copied() {
            self.of_mut(kind).adjust(cx, covered(kind));
        }
        if may_report && self.kinds(BindingState::is_busy).is_empty() {
            if let Some(kind) = TokenKind::ALL.iter().copied().find(|kind| self.of(*kind).is_ready()) {
                self.of_mut(kind).begin(cx, covered(kind));
            }
        }
        for kind in self.kinds(BindingState::is_queued).iter() {
            cx.push(Queued::Report(kind));
        }
    }

    /// The kinds whose binding is so.
    pub(super) fn kinds(&self, is_so: impl Fn(&BindingState) -> bool) -> Kinds {
        TokenKind::ALL.iter().copied().filter(|kind| is_so(self.of(*kind))).collect()
    }

    /// The kind whose report under way this answers.
    pub(super) fn awaiting(&self, id: ReportId) -> Option<TokenKind> {
        TokenKind::ALL.iter().copied().find(|kind| self.of(*kind).is_awaiting(id))
    }

    /// The kinds of which a report of unknown outcome may still reach the server.
    pub(super) fn unsettled(&self) -> Kinds {
        self.kinds(BindingState::is_unsettled)
    }

    /// When none of these kinds can any more.
    pub(super) fn settles_at(&self, kinds: Kinds) -> MonotonicTime {
        kinds.iter().filter_map(|kind| self.of(kind).settles_at()).max().unwrap_or_default()
    }

    /// What the reports that were begun in this session may carry.
    pub(super) const fn intents(&self, session: SessionId) -> Intents {
        let [standard, voip] = self.0.both();
        Intents::new(session, PerKind::new(standard.intent(), voip.intent()))
    }

    pub(super) fn raise_doubt(&mut self, cx: &Context, kinds: Kinds) {
        for kind in kinds.iter() {
            self.of_mut(kind).raise_doubt(cx);
        }
    }

    /// What made reports fail is another: every attempt is worth making again.
    pub(super) fn reset_backoff(&mut self, cx: &Context) {
        self.each(|binding| binding.reset_backoff(cx));
    }

    /// The user asks for another attempt at once.
    pub(super) fn retry_now(&mut self, cx: &Context) -> bool {
        self.each(|binding| binding.retry_now(cx))
    }

    /// The next attempts come soon.
    pub(super) fn shorten_backoff(&mut self, cx: &mut Context) -> bool {
        self.each(|binding| binding.shorten_backoff(cx))
    }

    /// Does something with both, the standard one first. Whether it was worth it for one.
    fn each(&mut self, mut act: impl FnMut(&mut BindingState) -> bool) -> bool {
        let [standard, voip] = self.0.both_mut();
        let was_worth_it = act(standard);
        act(voip) || was_worth_it
    }

    /// A store that fails never holds up a report.
    pub(super) fn store_failed(&mut self, cx: &Context) {
        self.0.both_mut().into_iter().for_each(|binding| binding.store_failed(cx));
    }

    /// Something was taken from the lane of reports.
    pub(super) fn lane_moved(&mut self) {
        self.0.both_mut().into_iter().for_each(BindingState::lane_moved);
    }

    pub(super) fn begin_session(&mut self) {
        self.0.both_mut().into_iter().for_each(BindingState::begin_session);
    }

    pub(super) fn begin_drain(&mut self) {
        self.0.both_mut().into_iter().for_each(BindingState::begin_drain);
    }

    /// The session is over. The kinds whose report was in flight: nobody will tell any more what became of it.
    pub(super) fn end_session(&mut self, cx: &mut Context) -> Kinds {
        TokenKind::ALL.iter().copied().filter(|kind| self.of_mut(*kind).end_session(cx)).collect()
    }

    /// The kinds whose doubt has just settled.
    pub(super) fn doubt_timeout(&mut self, cx: &Context) -> Kinds {
        TokenKind::ALL.iter().copied().filter(|kind| self.of_mut(*kind).doubt_timeout(cx)).collect()
    }

    pub(super) fn deadline(&self) -> Option<MonotonicTime> {
        self.0.both().into_iter().filter_map(BindingState::deadline).min()
    }

    #[cfg(test)]
    pub(super) fn rename(&mut self, names: &mut dyn super::tests::rename::Renamer) {
        self.0.both_mut().into_iter().for_each(|binding| binding.rename(names));
    }
}
