//! Which account is logged in, and the logout that waits for its release.

use super::accounts::{Kinds, Prior};
use super::context::Context;
use super::outbox::Queued;
use super::rules::{Rule, holds};
use super::{IgnoredReason, SessionId, StateName, Verdict};
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
    /// The host may log out as soon as it takes the release. Else this counts as logged out.
    Drained(Session),
    /// The host may log out, and has not said that it has: should the process end before, the server keeps the
    /// account. Else this counts as logged out.
    Released(Session),
}

/// One stay of one account.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Session {
    id: SessionId,
    account: UserId,
    /// The kinds of token that the server may hold for this account: bound, or unknown.
    held: Kinds,
    /// The kinds of which a report for this account is of unknown outcome, and may land as long as their doubt is
    /// unsettled.
    may_land: Kinds,
}

/// How a session ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// The IM session is over by a kick, an expiry or a code. The server forgets by itself.
    Over,
    /// The host has logged out. The server forgets by itself.
    LoggedOut,
    /// Another account took its place, and nobody logged the first one out.
    Switched,
    /// The same account logged in again before its logout.
    Renewed,
}

/// What is left of a session that has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// Nothing that anybody must know.
    Clean,
    /// The server may hold these kinds for the account.
    Left(UserId, Kinds),
    /// The same account is logged in again.
    Renewed(Prior),
}

impl Session {
    pub(super) const fn id(&self) -> SessionId {
        self.id
    }

    pub(super) const fn account(&self) -> &UserId {
        &self.account
    }

    pub(super) const fn held(&self) -> Kinds {
        self.held
    }

    /// The kinds of which an earlier report may still land, given those whose doubt is unsettled.
    pub(super) const fn may_land(&self, unsettled: Kinds) -> Kinds {
        self.may_land.intersection(unsettled)
    }
}

impl SessionRegion {
    pub(super) const fn name(&self) -> StateName {
        match self {
            Self::LoggedOut | Self::Drained(_) | Self::Released(_) => StateName::LoggedOut,
            Self::LoggedIn(_) => StateName::LoggedIn,
            Self::Draining { .. } => StateName::Draining,
        }
    }

    /// The session that is logged in or draining.
    pub(super) const fn current(&self) -> Option<&Session> {
        match self {
            Self::LoggedOut | Self::Drained(_) | Self::Released(_) => None,
            Self::LoggedIn(session) | Self::Draining { session, .. } => Some(session),
        }
    }

    /// The session that may start something: logged in, not draining.
    pub(super) const fn logged_in(&self) -> Option<&Session> {
        match self {
            Self::LoggedIn(session) => Some(session),
            Self::LoggedOut | Self::Draining { .. } | Self::Drained(_) | Self::Released(_) => None,
        }
    }

    /// Whether a logout was requested, and not released.
    pub(super) const fn is_ending(&self) -> bool {
        matches!(self, Self::Draining { .. } | Self::Drained(_))
    }

    pub(super) const fn is_draining(&self) -> bool {
        matches!(self, Self::Draining { .. })
    }

    /// The session of which a later process must know, and whether its logout was asked for and not released.
    pub(super) const fn remembered(&self) -> Option<(&Session, bool)> {
        match self {
            Self::LoggedOut => None,
            Self::LoggedIn(session) | Self::Released(session) => Some((session, false)),
            Self::Draining { session, .. } | Self::Drained(session) => Some((session, true)),
        }
    }

    /// The account of the session that is not over yet, and whether the server may have a report of it.
    pub(super) fn account(&self) -> Option<(&UserId, bool)> {
        self.any().map(|session| (&session.account, !session.held.is_empty()))
    }

    /// Whether this is the account of the session that the host must not log out any more, or has not yet.
    fn any(&self) -> Option<&Session> {
        self.remembered().map(|(session, _)| session)
    }

    /// How a login of this account ends the session there is, if there is one.
    pub(super) fn end_by_login(&self, account: &UserId) -> Result<Option<End>, IgnoredReason> {
        match self {
            Self::LoggedIn(session) if session.account == *account => Err(IgnoredReason::SameAccount),
            Self::LoggedOut => Ok(None),
            // Whoever logs in has logged out before, unless it is the same account: then the logout failed.
            Self::Released(session) if session.account != *account => Ok(Some(End::Over)),
            Self::LoggedIn(session)
            | Self::Draining { session, .. }
            | Self::Drained(session)
            | Self::Released(session) => {
                Ok(Some(if session.account == *account { End::Renewed } else { End::Switched }))
            }
        }
    }

    pub(super) fn log_in(&mut self, cx: &mut Context, account: UserId, prior: Prior) {
        let id = cx.next_id();
        *self = Self::LoggedIn(Session { id, account, held: prior.held(), may_land: prior.may_land() });
    }

    pub(super) fn request_logout(&mut self, cx: &Context, id: SessionId) -> Verdict {
        match std::mem::take(self) {
            Self::LoggedIn(session) if session.id == id => {
                let deadline = cx.in_time(cx.settings().drain);
                *self = Self::Draining { session, deadline };
                Verdict::Applied
            }
            other @ (Self::LoggedOut
            | Self::LoggedIn(_)
            | Self::Draining { .. }
            | Self::Drained(_)
            | Self::Released(_)) => {
                let is_ending = match &other {
                    Self::Draining { session, .. } | Self::Drained(session) => session.id == id,
                    Self::LoggedIn(_) | Self::Released(_) | Self::LoggedOut => false,
                };
                *self = other;
                Verdict::Ignored(if is_ending {
                    IgnoredReason::AlreadyEnding
                } else {
                    IgnoredReason::OtherSession
                })
            }
        }
    }

    /// Whether the session with this id is logged in, or waits for its logout or its end.
    pub(super) fn is_open(&self, id: SessionId) -> bool {
        self.any().is_some_and(|session| session.id == id)
    }

    /// Whether the drain is over: nothing of the session can reach the server any more, or its time is up.
    pub(super) fn is_drained(&self, cx: &Context, in_flight: Kinds, unsettled: Kinds) -> bool {
        match self {
            Self::Draining { session, deadline } => {
                in_flight.union(session.may_land(unsettled)).is_empty()
                    || cx.is_due(*deadline) && holds(Rule::DrainEnds)
            }
            Self::LoggedOut | Self::LoggedIn(_) | Self::Drained(_) | Self::Released(_) => false,
        }
    }

    /// The drain is over: the host may log out.
    pub(super) fn drained(&mut self, cx: &mut Context) {
        if let Self::Draining { session, .. } = std::mem::take(self) {
            cx.push(Queued::Release(session.id));
            *self = Self::Drained(session);
        }
    }

    /// The session is over, otherwise than by its drain; its reports can land until `settles_at`. What waited for its logout gets that.
    pub(super) fn end(
        &mut self,
        cx: &mut Context,
        end: End,
        unsettled: Kinds,
        settles_at: MonotonicTime,
    ) -> Ended {
        let region = std::mem::take(self);
        let was_released = matches!(region, Self::Released(_));
        let (is_draining, is_drained) =
            (matches!(region, Self::Draining { .. }), matches!(region, Self::Drained(_)));
        let (Self::LoggedIn(session)
        | Self::Draining { session, .. }
        | Self::Drained(session)
        | Self::Released(session)) = region
        else {
            return Ended::Clean;
        };
        let may_land = session.may_land(unsettled);
        let settles_at = if may_land.is_empty() { MonotonicTime::ZERO } else { settles_at };
        if is_draining {
            cx.push(Queued::Superseded { session: session.id, settles_at });
        } else if is_drained && holds(Rule::ReleaseJudgedWhenTaken) {
            cx.outbox_mut().supersede(session.id, settles_at);
        }
        let kinds = session.held.union(may_land);
        match end {
            End::Renewed => Ended::Renewed(Prior::new(session.held, may_land)),
            End::Switched if !kinds.is_empty() => Ended::Left(session.account, kinds),
            End::Over | End::LoggedOut if !may_land.is_empty() && !was_released => {
                Ended::Left(session.account, kinds)
            }
            End::Over | End::LoggedOut | End::Switched => Ended::Clean,
        }
    }

    /// The host takes the release: whether it is clean, by what holds now; `None` if it is for another session. An
    /// account that is left unclean is possibly still bound.
    pub(super) fn take_release(&mut self, id: SessionId, unsettled: Kinds) -> Option<(bool, Ended)> {
        match std::mem::take(self) {
            Self::Drained(session) if session.id == id => {
                let may_land = session.may_land(unsettled);
                if !may_land.is_empty() {
                    let kinds = session.held.union(may_land);
                    return Some((!holds(Rule::UncleanDrainTold), Ended::Left(session.account, kinds)));
                }
                if !session.held.is_empty() && holds(Rule::ReleasedKept) {
                    *self = Self::Released(session);
                }
                Some((true, Ended::Clean))
            }
            other @ (Self::LoggedOut
            | Self::LoggedIn(_)
            | Self::Draining { .. }
            | Self::Drained(_)
            | Self::Released(_)) => {
                *self = other;
                None
            }
        }
    }

    /// What the server may hold of this kind for the account of the session there is.
    pub(super) const fn set_held(&mut self, kind: TokenKind, is_held: bool) {
        if let Self::LoggedIn(session) | Self::Draining { session, .. } = self {
            session.held.set(kind, is_held);
        }
    }

    /// Reports of these kinds are of unknown outcome.
    pub(super) const fn outcomes_unknown(&mut self, kinds: Kinds) {
        if let Self::LoggedIn(session) | Self::Draining { session, .. } = self {
            session.may_land = session.may_land.union(kinds);
        }
    }

    /// Nothing of these kinds can land any more.
    pub(super) const fn settled(&mut self, kinds: Kinds) {
        if let Self::LoggedIn(session)
        | Self::Draining { session, .. }
        | Self::Drained(session)
        | Self::Released(session) = self
        {
            session.may_land = session.may_land.without(kinds);
        }
    }

    #[cfg(test)]
    pub(super) fn rename(&mut self, names: &mut dyn super::tests::rename::Renamer) {
        match self {
            Self::LoggedOut => {}
            Self::LoggedIn(session) | Self::Drained(session) | Self::Released(session) => {
                session.id = names.id(session.id.as_u64()).into();
            }
            Self::Draining { session, deadline } => {
                session.id = names.id(session.id.as_u64()).into();
                *deadline = names.time(*deadline);
            }
        }
    }

    pub(super) const fn deadline(&self) -> Option<MonotonicTime> {
        match self {
            Self::Draining { deadline, .. } => Some(*deadline),
            Self::LoggedOut | Self::LoggedIn(_) | Self::Drained(_) | Self::Released(_) => None,
        }
    }
}
