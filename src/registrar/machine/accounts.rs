//! Whom the server may still push to here, besides the account logged in: each account with the kinds of
//! token that the server may hold for it.

use super::{Context, Kinds, Notice, NoticeCode, Rule, count, holds};
use crate::account::UserId;
use crate::vendor::TokenKind;

/// The accounts that were left here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Accounts {
    /// Possibly still bound, oldest first.
    possibly_bound: Vec<(UserId, Kinds)>,
    /// The account whose binding was acknowledged last.
    last_bound: Option<UserId>,
    /// The snapshot is gone, or an account in it does not read, so that unsettled doubt may be any account's.
    unreadable: bool,
}

/// What the server may hold for an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Held {
    /// The kinds of token that it may hold: bound, or unknown.
    kinds: Kinds,
    /// The kinds of which a report for this account is of unknown outcome, and may land as long as their
    /// doubt is unsettled.
    may_land: Kinds,
}

impl Held {
    pub(super) const fn new(kinds: Kinds, may_land: Kinds) -> Self {
        Self { kinds, may_land }
    }

    pub(super) const fn union(self, other: Self) -> Self {
        Self { kinds: self.kinds.union(other.kinds), may_land: self.may_land.union(other.may_land) }
    }

    pub(super) const fn kinds(self) -> Kinds {
        self.kinds
    }

    /// The kinds of which an earlier report may still land, given those whose doubt is unsettled.
    pub(super) const fn may_land(self, unsettled: Kinds) -> Kinds {
        self.may_land.intersection(unsettled)
    }

    pub(super) const fn set(&mut self, kind: TokenKind, is_held: bool) {
        self.kinds.set(kind, is_held);
    }

    /// Reports of these kinds are of unknown outcome.
    pub(super) const fn outcomes_unknown(&mut self, kinds: Kinds) {
        self.may_land = self.may_land.union(kinds);
    }

    /// Nothing of these kinds can land any more.
    pub(super) const fn settled(&mut self, kinds: Kinds) {
        self.may_land = self.may_land.without(kinds);
    }
}

impl Accounts {
    pub(super) fn possibly_bound(&self) -> impl Iterator<Item = &UserId> {
        self.possibly_bound.iter().map(|(account, _)| account)
    }

    /// Those that stand in the list, with their kinds, as they are stored.
    pub(super) fn listed(&self) -> impl Iterator<Item = (&UserId, Kinds)> {
        self.possibly_bound.iter().map(|(account, kinds)| (account, *kinds))
    }

    pub(super) const fn last_bound(&self) -> Option<&UserId> {
        self.last_bound.as_ref()
    }

    /// The account that a tap is for if nobody says: the one bound last, if no other one may be pushed to
    /// here. `session` is the account of the session there is, and whether the server may have a report of
    /// it.
    pub(super) fn assumed_owner(&self, session: Option<(&UserId, bool)>) -> Option<UserId> {
        let last = self.last_bound.as_ref()?;
        self.possibly_bound().chain(reported(session)).all(|other| other == last).then(|| last.clone())
    }

    /// The account that an arrival or click is for if nobody says: the one that a tap is assumed to be for,
    /// else the likeliest of those that may be pushed to here, else the one logged in, else the one bound
    /// last.
    pub(super) fn likely_owner(&self, session: Option<(&UserId, bool)>) -> Option<UserId> {
        self.assumed_owner(session).or_else(|| {
            let pushed_to = reported(session).or_else(|| self.possibly_bound().last());
            pushed_to.or_else(|| session.map(|(account, _)| account)).or(self.last_bound.as_ref()).cloned()
        })
    }

    pub(super) fn set_last_bound(&mut self, account: &UserId) {
        self.last_bound = Some(account.clone());
    }

    /// This account logs in: what is known of it is its session's from now on.
    pub(super) fn log_in(&mut self, account: &UserId) -> Held {
        let mut prior = Held::default();
        if let Some(place) = self.possibly_bound.iter().position(|(known, _)| known == account) {
            let (_, kinds) = self.possibly_bound.remove(place);
            let kinds = if holds(Rule::KindsKept) { kinds } else { Kinds::only(TokenKind::Standard) };
            prior = Held { kinds, may_land: Kinds::ALL };
        }
        if self.unreadable { Held { kinds: Kinds::ALL, may_land: Kinds::ALL } } else { prior }
    }

    /// Remembers an account that the server may still push to here.
    pub(super) fn remember(&mut self, cx: &mut Context, account: UserId, kinds: Kinds) {
        if !holds(Rule::PossiblyBoundKept) {
            return;
        }
        let known = self.possibly_bound.iter().position(|(known, _)| *known == account);
        let before = known.map(|place| self.possibly_bound.remove(place).1).unwrap_or_default();
        self.make_room(cx);
        self.possibly_bound.push((account, before.union(kinds)));
        cx.troubles_mut().end(NoticeCode::AccountPossiblyBound, None);
    }

    /// Somebody else is logged in, or a logout was unclean: says that an account is possibly still bound,
    /// once for those that are.
    pub(super) fn notice_possibly_bound(&self, cx: &mut Context) {
        let is_it = |notice: &Notice| notice.code() == NoticeCode::AccountPossiblyBound;
        if !self.possibly_bound.is_empty() && !cx.troubles().standing().any(is_it) {
            cx.notice(NoticeCode::AccountPossiblyBound, None);
        }
    }

    /// Drops the oldest account if one more would be too many.
    fn make_room(&mut self, cx: &mut Context) {
        if self.possibly_bound.len() >= cx.settings().possibly_bound_limit && !self.possibly_bound.is_empty()
        {
            self.possibly_bound.remove(0);
            count(&mut cx.counters_mut().possibly_bound_dropped);
            cx.notice(NoticeCode::PossiblyBoundDropped, None);
        }
    }

    /// Whether what an earlier process has left of unknown accounts can land.
    pub(super) const fn set_unreadable(&mut self, unreadable: bool) {
        self.unreadable = unreadable;
    }

    /// Takes up what a snapshot says beside its list. Whoever it is whose account does not read may be the
    /// one that a tap is for.
    pub(super) fn restore(&mut self, last_bound: Option<UserId>, is_part_unreadable: bool) {
        self.last_bound = last_bound.filter(|_| !is_part_unreadable);
        self.unreadable = is_part_unreadable;
    }

    /// A session of an earlier process has this account, so the list need not. It takes the room of one of
    /// the list if its account is possibly still bound.
    pub(super) fn restore_session(&mut self, cx: &mut Context, account: &UserId, is_possibly_bound: bool) {
        self.possibly_bound.retain(|(known, _)| known != account);
        if is_possibly_bound {
            self.make_room(cx);
        }
    }
}

/// The account of the session there is, if the server may have a report of it.
fn reported(session: Option<(&UserId, bool)>) -> Option<&UserId> {
    session.filter(|(_, is_reported)| *is_reported).map(|(account, _)| account)
}
