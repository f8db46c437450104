//! What is to be done, in order, until the host takes it.

use std::collections::VecDeque;

use super::election::Step;
use super::inbox::Stage;
use super::presence::Presence;
use super::slot::Phase;
use super::{Cause, Effect, Machine, Notice, NoticeCode, TapExpiry};
use super::{PresenceId, RegistrationId, ReportId, SessionId, StoreVersion, TapId};
use crate::time::MonotonicTime;
use crate::vendor::{ImCode, TokenKind, Vendor, VendorCode};

/// An effect, as small as it can be kept: the rest is looked up when the host takes it. What no longer fits the state
/// by then is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Pending {
    Register(RegistrationId),
    Unregister(Vendor),
    Ensure(RegistrationId),
    Store(StoreVersion),
    Report(ReportId),
    Release { session: SessionId, clean: bool, superseded: bool },
    Presence(PresenceId),
    Badge(u32),
    Deliver(TapId),
    Clear,
    Notice(NoticeCode, Option<Vendor>, Option<ImCode>),
    VendorNotice(Box<(Vendor, VendorCode)>),
    TapNotice(TapExpiry),
}

/// From how many effects on those that are only told, notices, make room for the next.
///
/// Of the others none is ever left out while it is timely, above all no `Release`. They are few by themselves: at most
/// two registrations, one notification channel, one write, one report, one presence call, one badge and one
/// `Clear`, one `Unregister` for each vendor, and one `Deliver` for each tap held; and one `Release` for each logout that
/// the host has requested, so that only a host that goes on without ever taking effects makes this longer.
const FULL: usize = 64;

impl Machine {
    pub(super) fn push(&mut self, pending: Pending) {
        match pending {
            // The last word counts.
            Pending::Badge(_) => self.effects.retain(|queued| !matches!(queued, Pending::Badge(_))),
            Pending::Clear
            | Pending::Notice(..)
            | Pending::VendorNotice(_)
            | Pending::TapNotice(_)
            | Pending::Unregister(_) => {
                if self.effects.contains(&pending) {
                    return;
                }
            }
            Pending::Register(_)
            | Pending::Ensure(_)
            | Pending::Store(_)
            | Pending::Report(_)
            | Pending::Release { .. }
            | Pending::Presence(_)
            | Pending::Deliver(_) => {}
        }
        if self.effects.len() >= FULL {
            self.make_room();
        }
        self.effects.push_back(pending);
    }

    /// Leaves out what has become pointless; if nothing has, the oldest notice.
    fn make_room(&mut self) {
        let mut effects = std::mem::take(&mut self.effects);
        effects.retain(|pending| self.is_timely(pending));
        if effects.len() >= FULL {
            let is_notice = |pending: &Pending| {
                matches!(pending, Pending::Notice(..) | Pending::VendorNotice(_) | Pending::TapNotice(_))
            };
            if let Some(notice) = effects.iter().position(is_notice) {
                effects.remove(notice);
                self.counters.effects_dropped = self.counters.effects_dropped.saturating_add(1);
            }
        }
        self.effects = effects;
    }

    fn is_timely(&self, pending: &Pending) -> bool {
        match pending {
            Pending::Register(id) => self.request(*id).is_some_and(|(_, _, step)| step == Step::Asking),
            Pending::Ensure(id) => self.request(*id).is_some_and(|(_, _, step)| step == Step::Ensuring),
            Pending::Store(version) => self.state.store.is_writing(*version),
            Pending::Report(id) => self.is_current_report(*id).is_some(),
            Pending::Presence(id) => self.state.presence.call.is_some_and(|call| call.id == *id),
            Pending::Deliver(id) => self.state.inbox.stage(*id) == Some(Stage::Queued),
            Pending::Unregister(_)
            | Pending::Release { .. }
            | Pending::Badge(_)
            | Pending::Clear
            | Pending::Notice(..)
            | Pending::VendorNotice(_)
            | Pending::TapNotice(_) => true,
        }
    }

    pub(super) fn request(&self, id: RegistrationId) -> Option<(Vendor, TokenKind, Step)> {
        let election = &self.state.election;
        let standard = election.request.map(|request| (request, TokenKind::Standard));
        let voip = election.voip.request.map(|request| (request, TokenKind::Voip));
        let (request, kind) = [standard, voip].into_iter().flatten().find(|(request, _)| request.id == id)?;
        Some((request.vendor, kind, request.step))
    }

    /// The effect as the host gets it, or nothing if it has become pointless.
    pub(super) fn complete(&mut self, pending: Pending) -> Option<Effect> {
        if !self.is_timely(&pending) {
            return None;
        }
        Some(match pending {
            Pending::Register(id) => {
                let (vendor, kind, _) = self.request(id)?;
                self.state.election.started = self.state.election.started.with(vendor);
                Effect::RegisterVendor { id, vendor, kind }
            }
            Pending::Unregister(vendor) => Effect::UnregisterVendor { vendor },
            Pending::Ensure(id) => {
                let (vendor, ..) = self.request(id)?;
                let spec = self.state.configuration.as_ref()?.notification_channel(vendor)?.clone();
                Effect::EnsureNotificationChannel { id, spec }
            }
            Pending::Store(version) => {
                self.take_write(version);
                Effect::Store { version, snapshot: self.snapshot() }
            }
            Pending::Report(id) => self.complete_report(id)?,
            Pending::Release { session, clean, superseded } => {
                Effect::ReleaseLogout { session, clean, superseded }
            }
            Pending::Presence(id) => match self.state.presence.call?.presence {
                Presence::Foreground => Effect::EnterForeground { id },
                Presence::Background(unread) => Effect::EnterBackground { id, unread },
            },
            Pending::Badge(count) => Effect::SetBadge { count },
            Pending::Deliver(id) => self.deliver(id)?,
            Pending::Clear => Effect::ClearNotifications,
            Pending::Notice(code, vendor, cause) => {
                let notice = vendor.map_or_else(|| Notice::new(code), |vendor| Notice::on(code, vendor));
                Effect::Notice(match cause {
                    Some(cause) => notice.because(Cause::Im(cause)),
                    None => notice,
                })
            }
            Pending::VendorNotice(about) => {
                let (vendor, code) = *about;
                Effect::Notice(Notice::on(NoticeCode::VendorRefused, vendor).because(Cause::Vendor(code)))
            }
            Pending::TapNotice(reason) => {
                Effect::Notice(Notice::new(NoticeCode::TapExpired).because(Cause::Tap(reason)))
            }
        })
    }

    /// The report carries what is wanted when it is taken, and is credited with that.
    fn complete_report(&mut self, id: ReportId) -> Option<Effect> {
        let kind = self.is_current_report(id)?;
        let Some(wanted) = self.state.wanted(kind, self.rules.certificate_of_vendor) else {
            self.call_off(kind);
            self.settle_down();
            return None;
        };
        let (binding, print) = (wanted.binding(kind), wanted.print());
        if let Phase::Reporting(attempt) = &mut self.state.slot_mut(kind).phase {
            attempt.carried = print;
            attempt.taken = true;
        }
        if let Some(session) = self.state.session.current_mut() {
            session.reported = true;
        }
        Some(Effect::Report { id, binding })
    }

    pub(super) fn notice(&mut self, code: NoticeCode, vendor: Option<Vendor>) {
        self.push(Pending::Notice(code, vendor, None));
    }

    pub(super) fn notice_of_im(&mut self, code: NoticeCode, cause: ImCode) {
        self.push(Pending::Notice(code, None, Some(cause)));
    }

    pub(super) fn notice_of_vendor(&mut self, vendor: Vendor, code: VendorCode) {
        self.push(Pending::VendorNotice(Box::new((vendor, code))));
    }

    pub(super) fn notice_of_tap(&mut self, reason: TapExpiry) {
        self.push(Pending::TapNotice(reason));
    }

    /// Every deadline.
    pub(super) fn next_deadline(&self) -> Option<MonotonicTime> {
        let state = &self.state;
        state
            .election
            .deadlines()
            .into_iter()
            .chain(state.standard.deadlines())
            .chain(state.voip.deadlines())
            .chain(state.presence.deadlines())
            .chain([state.session.deadline(), state.store.deadline(), state.inbox.deadline()])
            .flatten()
            .min()
            .filter(|deadline| *deadline < MonotonicTime::MAX)
    }
}

/// Room for the effects of most events.
pub(super) fn empty() -> VecDeque<Pending> {
    VecDeque::with_capacity(8)
}
