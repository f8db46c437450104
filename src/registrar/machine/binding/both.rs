//! The two bindings, and the gate that both share: one report is under way at a time, the standard one goes first.

use super::super::context::Context;
use super::super::kinds::{Kinds, PerKind};
use super::super::outbox::Queued;
use super::super::storage::Intents;
use super::super::{ReportId, SessionId};
use super::BindingState;
use crate::time::MonotonicTime;
use crate::vendor::TokenKind;

pub(in super::super) type Bindings = PerKind<BindingState>;

impl Bindings {
    /// Begins the report that is owed, if the gate is free. `stored` is what the stored snapshot covers for certain.
    pub(in super::super) fn drive(
        &mut self,
        cx: &mut Context,
        may_report: bool,
        session: SessionId,
        stored: Intents,
    ) {
        for kind in Kinds::ALL.iter() {
            self.of_mut(kind).adjust(cx, stored.of(session, kind));
        }
        if may_report && self.kinds(BindingState::is_busy).is_empty() {
            if let Some(kind) = self.kinds(BindingState::is_ready).iter().next() {
                self.of_mut(kind).begin(cx, stored.of(session, kind));
            }
        }
        for kind in self.kinds(|binding| binding.report.is_queued()).iter() {
            cx.push(Queued::Report(kind));
        }
    }

    /// The kind whose report under way this answers.
    pub(in super::super) fn awaiting(&self, id: ReportId) -> Option<TokenKind> {
        self.kinds(|binding| binding.is_awaiting(id)).iter().next()
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
        let [standard, voip] = self.both();
        Intents::new(session, PerKind::new(standard.intent(), voip.intent()))
    }

    pub(in super::super) fn raise_doubt(&mut self, cx: &Context, kinds: Kinds) {
        kinds.iter().for_each(|kind| self.of_mut(kind).doubt.raise(cx));
    }

    /// What made reports fail is another: every attempt is worth making again.
    pub(in super::super) fn reset_backoff(&mut self, cx: &Context) {
        self.each(|binding| binding.reset_backoff(cx));
    }

    pub(in super::super) fn deadline(&self) -> Option<MonotonicTime> {
        self.both().into_iter().filter_map(BindingState::deadline).min()
    }
}
