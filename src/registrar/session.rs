//! Which account: the session region, and what is left behind.

use super::queue::Pending;
use super::slot::Doubt;
use super::{IgnoredReason, Machine, NoticeCode, SessionId, StateName, Verdict};
use crate::account::UserId;
use crate::time::MonotonicTime;
use crate::vendor::TokenKind;

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum SessionRegion {
    #[default]
    LoggedOut,
    LoggedIn(Session),
    /// A logout waits until nothing of the session can reach the server any more, or for the deadline.
    Draining {
        session: Session,
        deadline: MonotonicTime,
    },
    /// The host may log out, and has not said that it has: should the process end before, the server keeps the
    /// account. Else this is as good as logged out.
    Released(Session),
}

/// One stay of one account.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Session {
    pub(super) id: SessionId,
    pub(super) account: UserId,
    /// A report for this account is of unknown outcome, and may land as long as doubt is unsettled.
    pub(super) unsure: bool,
    /// The server may have a binding for this account: a report was begun, or was left behind by an earlier session.
    pub(super) reported: bool,
}

/// An account whose session ended without a logout: with an earlier process, or by another login of the same account.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Left {
    pub(super) account: UserId,
    /// A request of that session may still reach the server.
    pub(super) may_land: bool,
}

/// How a session ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// The IM session is over: logout, kick, expiry. The server forgets by itself.
    Over,
    /// Another account took its place, and nobody logged the first one out.
    Switched,
    /// The same account logged in again before its logout.
    Renewed,
    /// The drain is over, and the host may log out.
    Drained,
}

impl SessionRegion {
    pub(super) const fn name(&self) -> StateName {
        match self {
            Self::LoggedOut | Self::Released(_) => StateName::LoggedOut,
            Self::LoggedIn(_) => StateName::LoggedIn,
            Self::Draining { .. } => StateName::Draining,
        }
    }

    /// The session that is logged in or draining.
    pub(super) const fn current(&self) -> Option<&Session> {
        match self {
            Self::LoggedOut | Self::Released(_) => None,
            Self::LoggedIn(session) | Self::Draining { session, .. } => Some(session),
        }
    }

    pub(super) const fn current_mut(&mut self) -> Option<&mut Session> {
        match self {
            Self::LoggedOut | Self::Released(_) => None,
            Self::LoggedIn(session) | Self::Draining { session, .. } => Some(session),
        }
    }

    pub(super) const fn deadline(&self) -> Option<MonotonicTime> {
        match self {
            Self::LoggedOut | Self::LoggedIn(_) | Self::Released(_) => None,
            Self::Draining { deadline, .. } => Some(*deadline),
        }
    }
}

impl Machine {
    pub(super) fn logged_in(&mut self, account: UserId) -> Verdict {
        let (mut was_left, mut may_land) = (false, false);
        match &self.state.session {
            SessionRegion::LoggedIn(session) if session.account == account => {
                return Verdict::Ignored(IgnoredReason::SameAccount);
            }
            SessionRegion::LoggedIn(_) => self.end_session(End::Switched),
            SessionRegion::Draining { session, .. } => {
                let end = if session.account == account { End::Renewed } else { End::Switched };
                self.end_session(end);
            }
            // Whoever logs in has logged out before, unless it is the same account: then the logout failed.
            SessionRegion::Released(session) => was_left = session.account == account,
            SessionRegion::LoggedOut => {}
        }
        if let Some(left) = self.state.left.take() {
            if left.account == account {
                (was_left, may_land) = (true, left.may_land);
            } else {
                self.remember(left.account);
            }
        }
        let known = self.state.possibly_bound.len();
        self.state.possibly_bound.retain(|remembered| *remembered != account);
        // Room for this one, in case a deadline ends its session.
        self.state.possibly_bound.reserve_exact(1);
        let unsure = may_land || self.state.strays || self.state.possibly_bound.len() < known;
        let reported = unsure || was_left;
        let id = self.ids.next();
        self.state.session = SessionRegion::LoggedIn(Session { id, account, unsure, reported });
        for kind in TokenKind::ALL {
            let kept = self.rules.session_starts_unacknowledged;
            let survives = self.rules.doubt_survives_login;
            let slot = self.state.slot_mut(kind);
            let acknowledged = slot.acknowledged;
            slot.begin_session();
            if !kept {
                slot.acknowledged = acknowledged;
            }
            if !survives {
                slot.doubt = Doubt::None;
            }
        }
        self.touch();
        self.hurry_election();
        Verdict::Applied
    }

    pub(super) fn logout_requested(&mut self, id: SessionId) -> Verdict {
        match &self.state.session {
            SessionRegion::LoggedIn(session) if session.id == id => {
                let session = session.clone();
                let deadline = self.in_time(self.policy.settings().drain);
                self.state.session = SessionRegion::Draining { session, deadline };
                if self.rules.drain_starts_nothing {
                    for kind in TokenKind::ALL {
                        if !self.state.slot(kind).is_in_flight() {
                            self.call_off(kind);
                        }
                    }
                }
                self.state.presence.end_calls();
                self.touch();
                Verdict::Applied
            }
            SessionRegion::Draining { session, .. } if session.id == id => {
                Verdict::Ignored(IgnoredReason::AlreadyEnding)
            }
            SessionRegion::LoggedIn(_)
            | SessionRegion::Draining { .. }
            | SessionRegion::Released(_)
            | SessionRegion::LoggedOut => Verdict::Ignored(IgnoredReason::OtherSession),
        }
    }

    /// Logged out, kicked off or expired.
    pub(super) fn session_ended(&mut self, id: SessionId) -> Verdict {
        if matches!(&self.state.session, SessionRegion::Released(session) if session.id == id) {
            self.state.session = SessionRegion::LoggedOut;
            self.touch();
            return Verdict::Applied;
        }
        if self.session() != Some(id) {
            return Verdict::Ignored(IgnoredReason::OtherSession);
        }
        self.session_over();
        Verdict::Applied
    }

    pub(super) fn session_over(&mut self) {
        self.end_session(End::Over);
    }

    /// Lets the logout go on as soon as nothing of the session can reach the server any more.
    pub(super) fn drive_drain(&mut self) {
        if let SessionRegion::Draining { session, .. } = &self.state.session {
            if !self.state.may_yet_land(session) {
                self.end_session(End::Drained);
            }
        }
    }

    pub(super) fn session_timeout(&mut self) {
        if self.rules.drain_ends
            && self.state.session.deadline().is_some_and(|deadline| self.is_due(deadline))
        {
            self.end_session(End::Drained);
        }
    }

    fn end_session(&mut self, end: End) {
        let region = std::mem::take(&mut self.state.session);
        let is_draining = matches!(region, SessionRegion::Draining { .. });
        let (SessionRegion::LoggedIn(session) | SessionRegion::Draining { session, .. }) = region else {
            return;
        };
        let may_land = self.state.may_yet_land(&session);
        for kind in TokenKind::ALL {
            if self.state.slot(kind).is_in_flight() {
                self.outcome_unknown(kind);
            }
            let kept = self.rules.session_starts_unacknowledged;
            let slot = self.state.slot_mut(kind);
            let acknowledged = slot.acknowledged;
            slot.begin_session();
            if !kept {
                slot.acknowledged = acknowledged;
            }
            self.forget_intent(kind);
        }
        if is_draining {
            let clean = !may_land || !self.rules.unclean_drain_told;
            self.push(Pending::Release { session: session.id, clean, superseded: end != End::Drained });
        }
        match end {
            End::Renewed => {
                self.state.left = Some(Left { account: session.account, may_land });
            }
            End::Switched if may_land || session.reported => self.remember(session.account),
            End::Over | End::Drained if may_land => self.remember(session.account),
            End::Drained if session.reported && self.rules.released_kept => {
                self.state.session = SessionRegion::Released(session);
            }
            End::Over | End::Switched | End::Drained => {}
        }
        self.end_presence();
        self.requeue_taps();
        self.push(Pending::Clear);
        self.touch();
    }

    /// Keeps an account in mind that the server may still push to here.
    pub(super) fn remember(&mut self, account: UserId) {
        if !self.rules.possibly_bound_kept {
            return;
        }
        let remembered = &mut self.state.possibly_bound;
        remembered.retain(|known| *known != account);
        if remembered.len() >= self.policy.settings().possibly_bound_limit && !remembered.is_empty() {
            remembered.remove(0);
            self.counters.possibly_bound_dropped = self.counters.possibly_bound_dropped.saturating_add(1);
        }
        remembered.push(account);
        self.touch();
        self.notice(NoticeCode::AccountPossiblyBound, None);
    }
}
