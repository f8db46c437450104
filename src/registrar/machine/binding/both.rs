//! The two bindings, and the gate that both share: one report is under way at a time, the standard one goes first.

use super::super::context::Context;
use super::super::kinds::{Kinds, PerKind};
use super::super::outbox::Queued;
use super::super::storage::Intents;
use super::super::{ReportId, SessionId};
use super::{BindingState, StoredIntent};
use crate::time::MonotonicTime;
use crate::vendor::TokenKind;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(in super::super) struct Bindings(PerKind<BindingState>);

impl Bindings {
    pub(in super::super) const fn of(&self, kind: TokenKind) -> &BindingState {
        self.0.of(kind)
    }

    pub(in super::super) const fn of_mut(&mut self, kind: TokenKind) -> &mut BindingState {
        self.0.of_mut(kind)
    }

    /// Begins the report that is owed, if the gate is free. `stored` is what the stored snapshot covers for certain.
    pub(in super::super) fn drive(
        &mut self,
        cx: &mut Context,
        may_report: bool,
        session: SessionId,
        stored: Intents,
    ) {
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
        for kind in self.kinds(|binding| binding.report.is_queued()).iter() {
            cx.push(Queued::Report(kind));
        }
    }

    /// The kinds whose binding is so.
    pub(in super::super) fn kinds(&self, is_so: impl Fn(&BindingState) -> bool) -> Kinds {
        TokenKind::ALL.iter().copied().filter(|kind| is_so(self.of(*kind))).collect()
    }

    /// The kind whose report under way this answers.
    pub(in super::super) fn awaiting(&self, id: ReportId) -> Option<TokenKind> {
        TokenKind::ALL.iter().copied().find(|kind| self.of(*kind).is_awaiting(id))
    }

    /// The kinds of which a report of unknown outcome may still reach the server.
    pub(in super::super) fn unsettled(&self) -> Kinds {
        self.kinds(BindingState::is_unsettled)
    }

    /// When none of these kinds can any more.
    pub(in super::super) fn settles_at(&self, kinds: Kinds) -> MonotonicTime {
        kinds.iter().filter_map(|kind| self.of(kind).doubt.deadline()).max().unwrap_or_default()
    }

    /// What the reports that were begun in this session may carry.
    pub(in super::super) const fn intents(&self, session: SessionId) -> Intents {
        let [standard, voip] = self.0.both();
        Intents::new(session, PerKind::new(standard.intent(), voip.intent()))
    }

    pub(in super::super) fn raise_doubt(&mut self, cx: &Context, kinds: Kinds) {
        for kind in kinds.iter() {
            self.of_mut(kind).doubt.raise(cx);
        }
    }

    /// What made reports fail is another: every attempt is worth making again.
    pub(in super::super) fn reset_backoff(&mut self, cx: &Context) {
        self.each(|binding| binding.reset_backoff(cx));
    }

    /// The user asks for another attempt at once.
    pub(in super::super) fn retry_now(&mut self, cx: &Context) -> bool {
        self.each(|binding| binding.retry_now(cx))
    }

    /// The next attempts come soon.
    pub(in super::super) fn shorten_backoff(&mut self, cx: &mut Context) -> bool {
        self.each(|binding| binding.shorten_backoff(cx))
    }

    /// Does something with both, the standard one first. Whether it was worth it for one.
    fn each(&mut self, mut act: impl FnMut(&mut BindingState) -> bool) -> bool {
        let [standard, voip] = self.0.both_mut();
        let was_worth_it = act(standard);
        act(voip) || was_worth_it
    }

    /// A store that fails never holds up a report.
    pub(in super::super) fn store_failed(&mut self, cx: &Context) {
        self.0.both_mut().into_iter().for_each(|binding| binding.store_failed(cx));
    }

    /// Something was taken from the lane of reports.
    pub(in super::super) fn lane_moved(&mut self) {
        self.0.both_mut().into_iter().for_each(|binding| binding.report.lane_moved());
    }

    pub(in super::super) fn begin_session(&mut self) {
        self.0.both_mut().into_iter().for_each(BindingState::begin_session);
    }

    pub(in super::super) fn begin_drain(&mut self) {
        self.0.both_mut().into_iter().for_each(BindingState::begin_drain);
    }

    /// The session is over. The kinds whose report was in flight: nobody will tell any more what became of it.
    pub(in super::super) fn end_session(&mut self, cx: &mut Context) -> Kinds {
        TokenKind::ALL.iter().copied().filter(|kind| self.of_mut(*kind).end_session(cx)).collect()
    }

    /// The kinds whose doubt has just settled.
    pub(in super::super) fn doubt_timeout(&mut self, cx: &Context) -> Kinds {
        TokenKind::ALL.iter().copied().filter(|kind| self.of_mut(*kind).doubt.timeout(cx)).collect()
    }

    pub(in super::super) fn deadline(&self) -> Option<MonotonicTime> {
        self.0.both().into_iter().filter_map(BindingState::deadline).min()
    }
}
