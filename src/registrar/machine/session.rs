//! Which account is logged in, and the logout that waits for its release.

use super::accounts::Held;
use super::binding::{BindingState, Bindings};
use super::{Context, IgnoredReason, Kinds, Queued, Rule, SessionId, StateName, Verdict, holds};
use crate::account::UserId;
use crate::time::MonotonicTime;

/// The session there is, or was until the host says that it has logged out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct SessionRegion(Option<Session>);

/// One stay of one account.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Session {
    id: SessionId,
    account: UserId,
    held: Held,
    stage: Stage,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Stage {
    LoggedIn,
    /// A logout waits until nothing of the session can reach the server any more, or for the deadline.
    Draining {
        until: MonotonicTime,
    },
    /// The host may log out as soon as it takes the release. Apart from that it counts as logged out.
    Drained,
    /// The host may log out, and has not said that it has: should the process end before, the server keeps
    /// the account. Apart from that it counts as logged out.
    Released,
    /// An earlier process left it without a logout: its account may be the next to log in. Where a report of
    /// it is of unknown outcome the account is possibly still bound, whoever logs in next. Apart from that it
    /// counts as logged out.
    Abandoned,
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

/// An account that was left here, and the kinds that the server may hold for it, if there are any.
pub(super) type LeftAccount = Option<(UserId, Kinds)>;

impl Session {
    pub(super) const fn id(&self) -> SessionId {
        self.id
    }

    pub(super) const fn account(&self) -> &UserId {
        &self.account
    }

    /// The kinds of token that the server may hold for this account.
    pub(super) const fn held(&self) -> Kinds {
        self.held.kinds()
    }

    /// The kinds of which an earlier report may still land, given those whose doubt is unsettled; after a
    /// session of an earlier process, of which one may have landed.
    pub(super) fn may_land(&self, unsettled: Kinds) -> Kinds {
        self.held.may_land(if self.stage == Stage::Abandoned { Kinds::ALL } else { unsettled })
    }
}

impl SessionRegion {
    pub(super) fn name(&self) -> StateName {
        match self.0.as_ref().map(|session| session.stage) {
            Some(Stage::LoggedIn) => StateName::LoggedIn,
            Some(Stage::Draining { .. }) => StateName::Draining,
            Some(Stage::Drained | Stage::Released | Stage::Abandoned) | None => StateName::LoggedOut,
        }
    }

    /// The session that is logged in or draining.
    pub(super) fn current(&self) -> Option<&Session> {
        let is_current = |stage| matches!(stage, Stage::LoggedIn | Stage::Draining { .. });
        self.0.as_ref().filter(|session| is_current(session.stage))
    }

    /// The id of that session, or a number that no session has.
    pub(super) fn id(&self) -> SessionId {
        self.current().map_or_else(SessionId::none, Session::id)
    }

    /// The account that is logged in, and whose session may start something: it is not draining.
    pub(super) fn user(&self) -> Option<&UserId> {
        self.0.as_ref().filter(|session| session.stage == Stage::LoggedIn).map(Session::account)
    }

    /// Whether a logout was requested, and not released.
    pub(super) fn is_ending(&self) -> bool {
        self.remembered().is_some_and(|(_, is_ending)| is_ending)
    }

    /// Whether the host may log out, and has not said that it has: the server may hold the account.
    pub(super) fn is_released(&self) -> bool {
        self.0.as_ref().is_some_and(|session| session.stage == Stage::Released)
    }

    /// The session of which a later process must know, and whether its logout was asked for and not released.
    pub(super) fn remembered(&self) -> Option<(&Session, bool)> {
        let is_ending = |stage| matches!(stage, Stage::Draining { .. } | Stage::Drained);
        self.0.as_ref().map(|session| (session, is_ending(session.stage)))
    }

    /// The account of the session that is not over yet, and whether the server may have a report of it.
    pub(super) fn account(&self) -> Option<(&UserId, bool)> {
        self.0.as_ref().map(|session| (&session.account, !session.held().is_empty()))
    }

    /// How a login of this account ends the session there is, if there is one.
    pub(super) fn end_by_login(&self, account: &UserId) -> Result<Option<End>, IgnoredReason> {
        let Some(session) = &self.0 else { return Ok(None) };
        match (session.stage, session.account == *account) {
            (Stage::LoggedIn, true) => Err(IgnoredReason::SameAccount),
            // Whoever logs in has logged out before, unless it is the same account: then the logout failed.
            (Stage::Released, false) => Ok(Some(End::Over)),
            (_, true) => Ok(Some(End::Renewed)),
            (_, false) => Ok(Some(End::Switched)),
        }
    }

    pub(super) fn log_in(&mut self, cx: &mut Context, account: UserId, held: Held) {
        self.0 = Some(Session { id: cx.next_id(), account, held, stage: Stage::LoggedIn });
    }

    pub(super) fn request_logout(&mut self, cx: &Context, id: SessionId) -> Verdict {
        let Some(session) = self.0.as_mut().filter(|session| session.id == id) else {
            return Verdict::Ignored(IgnoredReason::OtherSession);
        };
        match session.stage {
            Stage::LoggedIn => {
                session.stage = Stage::Draining { until: cx.in_time(cx.settings().drain) };
                Verdict::Applied
            }
            Stage::Draining { .. } | Stage::Drained => Verdict::Ignored(IgnoredReason::AlreadyEnding),
            Stage::Released | Stage::Abandoned => Verdict::Ignored(IgnoredReason::OtherSession),
        }
    }

    /// Whether the session with this id is logged in, or waits for its logout or its end.
    pub(super) fn is_open(&self, id: SessionId) -> bool {
        self.0.as_ref().is_some_and(|session| session.id == id && session.stage != Stage::Abandoned)
    }

    /// Takes up the session that an earlier process left.
    pub(super) fn restore(&mut self, account: UserId, held: Held) {
        self.0 = Some(Session { id: SessionId::none(), account, held, stage: Stage::Abandoned });
    }

    /// Its account, if a report of it may have landed.
    pub(super) fn possibly_bound(&self) -> Option<&UserId> {
        let left = self.0.as_ref().filter(|session| session.stage == Stage::Abandoned)?;
        (!left.may_land(Kinds::ALL).is_empty()).then_some(&left.account)
    }

    /// Whether the drain is over: nothing of the session can reach the server any more, or its time is up.
    pub(super) fn may_end_drain(&self, cx: &Context, bindings: &Bindings) -> bool {
        let Some((session, until)) = self.0.as_ref().zip(self.deadline()) else { return false };
        let in_flight = bindings.kinds(BindingState::is_in_flight);
        let may_land = in_flight.union(session.may_land(bindings.unsettled()));
        may_land.is_empty() || cx.is_due(until) && holds(Rule::DrainEnds)
    }

    /// The drain is over: the host may log out.
    pub(super) fn drained(&mut self, cx: &mut Context) {
        if let Some(session) = &mut self.0 {
            cx.push(Queued::Release(session.id));
            session.stage = Stage::Drained;
        }
    }

    /// Ends the session in any way but by its drain. If its logout waits, that is released with the time
    /// until which its reports can land. Returns the account that it leaves here, and what is known of the
    /// account that is back, if one is.
    pub(super) fn end(&mut self, cx: &mut Context, end: End, bindings: &Bindings) -> (LeftAccount, Held) {
        let Some(session) = self.0.take() else { return (None, Held::default()) };
        let may_land = session.may_land(bindings.unsettled());
        let Session { id, account, held, stage } = session;
        let settles_at = bindings.settles_at(may_land);
        match stage {
            Stage::Draining { .. } => cx.push(Queued::Superseded { session: id, settles_at }),
            Stage::Drained if holds(Rule::ReleaseJudgedWhenTaken) => {
                cx.outbox_mut().supersede(id, settles_at);
            }
            Stage::LoggedIn | Stage::Drained | Stage::Released | Stage::Abandoned => {}
        }
        let kinds = if stage == Stage::Abandoned { held.kinds() } else { held.kinds().union(may_land) };
        let is_left = match end {
            End::Renewed => return (None, Held::new(held.kinds(), may_land)),
            End::Switched => !kinds.is_empty(),
            End::Over | End::LoggedOut => !may_land.is_empty() && stage != Stage::Released,
        };
        (is_left.then_some((account, kinds)), Held::default())
    }

    /// The host takes the release: whether it is clean, by what holds now; `None` if it is for another session. An
    /// account that is left unclean is possibly still bound, whatever its late request carries.
    pub(super) fn take_release(&mut self, id: SessionId, unsettled: Kinds) -> Option<(bool, LeftAccount)> {
        let session = self.0.take_if(|session| session.stage == Stage::Drained && session.id == id)?;
        let may_land = session.may_land(unsettled);
        if !may_land.is_empty() {
            let kinds = session.held().union(may_land);
            return Some((!holds(Rule::UncleanDrainTold), Some((session.account, kinds))));
        }
        if !session.held().is_empty() && holds(Rule::ReleasedKept) {
            self.0 = Some(Session { stage: Stage::Released, ..session });
        }
        Some((true, None))
    }

    /// Notes what the server may hold for the account of the session there is.
    pub(super) fn note_held(&mut self, note: impl FnOnce(&mut Held)) {
        if let Some(session) = self.0.as_mut().filter(|session| session.stage != Stage::Abandoned) {
            note(&mut session.held);
        }
    }

    pub(super) fn deadline(&self) -> Option<MonotonicTime> {
        let stage = self.0.as_ref().map(|session| session.stage);
        if let Some(Stage::Draining { until }) = stage { Some(until) } else { None }
    }
}
