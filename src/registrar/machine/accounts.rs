//! Whom the server may still push to here, besides the account logged in: each account with the kinds of token that the
//! server may hold for it.

use serde::{Deserialize, Serialize};

use super::NoticeCode;
use super::context::Context;
use super::counters::count;
use super::rules::{Rule, holds};
use crate::account::UserId;
use crate::vendor::TokenKind;

/// A set of token kinds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Vec<TokenKind>", into = "Vec<TokenKind>")]
pub(super) struct Kinds {
    standard: bool,
    voip: bool,
}

impl Kinds {
    pub(super) const NONE: Self = Self { standard: false, voip: false };
    pub(super) const ALL: Self = Self { standard: true, voip: true };

    pub(super) const fn contains(self, kind: TokenKind) -> bool {
        match kind {
            TokenKind::Standard => self.standard,
            TokenKind::Voip => self.voip,
        }
    }

    pub(super) const fn set(&mut self, kind: TokenKind, is_in: bool) {
        match kind {
            TokenKind::Standard => self.standard = is_in,
            TokenKind::Voip => self.voip = is_in,
        }
    }

    pub(super) const fn union(self, other: Self) -> Self {
        Self { standard: self.standard || other.standard, voip: self.voip || other.voip }
    }

    pub(super) const fn intersection(self, other: Self) -> Self {
        Self { standard: self.standard && other.standard, voip: self.voip && other.voip }
    }

    pub(super) const fn without(self, other: Self) -> Self {
        Self { standard: self.standard && !other.standard, voip: self.voip && !other.voip }
    }

    pub(super) const fn is_empty(self) -> bool {
        !self.standard && !self.voip
    }

    pub(super) fn iter(self) -> impl Iterator<Item = TokenKind> {
        TokenKind::ALL.iter().copied().filter(move |kind| self.contains(*kind))
    }
}

impl FromIterator<TokenKind> for Kinds {
    fn from_iter<I: IntoIterator<Item = TokenKind>>(kinds: I) -> Self {
        let mut set = Self::NONE;
        kinds.into_iter().for_each(|kind| set.set(kind, true));
        set
    }
}

impl From<Vec<TokenKind>> for Kinds {
    fn from(kinds: Vec<TokenKind>) -> Self {
        kinds.into_iter().collect()
    }
}

impl From<Kinds> for Vec<TokenKind> {
    fn from(kinds: Kinds) -> Self {
        kinds.iter().collect()
    }
}

/// The accounts that were left here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Accounts {
    /// The account of a session that an earlier process left without a logout. It may be the next to log in; if another
    /// one is, it is possibly still bound.
    abandoned: Option<AbandonedSession>,
    /// Possibly still bound, oldest first.
    possibly_bound: Vec<(UserId, Kinds)>,
    /// The account whose binding was acknowledged last.
    last_bound: Option<UserId>,
    /// The snapshot is gone, or an account in it does not read, so that unsettled doubt may be any account's.
    unreadable: bool,
}

/// What an earlier process left of a session.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct AbandonedSession {
    account: UserId,
    kinds: Kinds,
    /// A report of that session is of unknown outcome: the account is possibly still bound, whoever logs in next.
    outcome_unknown: bool,
}

/// What an account that logs in brings with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Prior {
    held: Kinds,
    may_land: Kinds,
}

impl Prior {
    pub(super) const fn new(held: Kinds, may_land: Kinds) -> Self {
        Self { held, may_land }
    }

    pub(super) const fn union(self, other: Self) -> Self {
        Self { held: self.held.union(other.held), may_land: self.may_land.union(other.may_land) }
    }

    /// The kinds that the server may hold for it already.
    pub(super) const fn held(self) -> Kinds {
        self.held
    }

    /// The kinds of which a report of an earlier session may still land.
    pub(super) const fn may_land(self) -> Kinds {
        self.may_land
    }
}

impl Accounts {
    pub(super) fn possibly_bound(&self) -> impl Iterator<Item = &UserId> {
        let abandoned = self.abandoned.as_ref().filter(|left| left.outcome_unknown);
        self.possibly_bound.iter().map(|(account, _)| account).chain(abandoned.map(|left| &left.account))
    }

    /// Those that stand in the list, with their kinds, as they are stored.
    pub(super) fn listed(&self) -> impl Iterator<Item = (&UserId, Kinds)> {
        self.possibly_bound.iter().map(|(account, kinds)| (account, *kinds))
    }

    /// Account, kinds and whether an outcome is unknown, of the session that an earlier process left.
    pub(super) fn abandoned(&self) -> Option<(&UserId, Kinds, bool)> {
        self.abandoned.as_ref().map(|left| (&left.account, left.kinds, left.outcome_unknown))
    }

    pub(super) const fn last_bound(&self) -> Option<&UserId> {
        self.last_bound.as_ref()
    }

    /// The account that a tap is for if nobody says: the one bound last, if no other one may be pushed to here. `reported`
    /// is the account of the session there is, if the server may have a report of it.
    pub(super) fn assumed_owner(&self, reported: Option<&UserId>) -> Option<UserId> {
        let last = self.last_bound.as_ref()?;
        self.possibly_bound().chain(reported).all(|other| other == last).then(|| last.clone())
    }

    /// The account that an arrival or click is most likely for, if several may be pushed to here.
    pub(super) fn likely_owner<'a>(&'a self, reported: Option<&'a UserId>) -> Option<&'a UserId> {
        reported.or_else(|| self.possibly_bound().last())
    }

    pub(super) fn set_last_bound(&mut self, account: &UserId) {
        if self.last_bound.as_ref() != Some(account) {
            self.last_bound = Some(account.clone());
        }
    }

    /// This account logs in: what is known of it is its session's from now on. Whoever was left before is left for good,
    /// but has no claim to the room of the one who is back.
    pub(super) fn log_in(&mut self, cx: &mut Context, account: &UserId) -> Prior {
        let mut prior = Prior::default();
        if let Some(place) = self.possibly_bound.iter().position(|(known, _)| known == account) {
            let (_, kinds) = self.possibly_bound.remove(place);
            let kinds =
                if holds(Rule::KindsKept) { kinds } else { [TokenKind::Standard].into_iter().collect() };
            prior = Prior::new(kinds, Kinds::ALL);
        }
        if let Some(left) = self.abandoned.take() {
            if left.account == *account {
                let may_land = if left.outcome_unknown { Kinds::ALL } else { Kinds::NONE };
                prior = prior.union(Prior::new(left.kinds, may_land));
            } else {
                self.remember(cx, left.account, left.kinds);
            }
        }
        if self.unreadable { Prior::new(Kinds::ALL, Kinds::ALL) } else { prior }
    }

    /// Keeps an account in mind that the server may still push to here.
    pub(super) fn remember(&mut self, cx: &mut Context, account: UserId, kinds: Kinds) {
        if !holds(Rule::PossiblyBoundKept) {
            return;
        }
        let known = self.possibly_bound.iter().position(|(known, _)| *known == account);
        let before = known.map(|place| self.possibly_bound.remove(place).1).unwrap_or_default();
        self.make_room(cx);
        self.possibly_bound.push((account, before.union(kinds)));
        cx.troubles_mut().possibly_bound();
    }

    /// Somebody else is logged in, or a logout was unclean: says that an account is possibly still bound, once for those
    /// that are.
    pub(super) fn tell_possibly_bound(&self, cx: &mut Context) {
        if !self.possibly_bound.is_empty() && cx.troubles_mut().tell_possibly_bound() {
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

    /// Nothing of an earlier process can land any more.
    pub(super) const fn settled(&mut self) {
        self.unreadable = false;
    }

    pub(super) const fn mark_unreadable(&mut self) {
        self.unreadable = true;
    }

    /// Takes up what a snapshot says. Whoever it is whose account does not read may be the one that a tap is for.
    pub(super) fn restore(
        &mut self,
        cx: &mut Context,
        possibly_bound: Vec<(UserId, Kinds)>,
        last_bound: Option<UserId>,
        is_part_unreadable: bool,
    ) {
        let surplus = possibly_bound.len().saturating_sub(cx.settings().possibly_bound_limit);
        for (account, kinds) in possibly_bound.into_iter().skip(surplus) {
            match self.possibly_bound.iter_mut().find(|(known, _)| *known == account) {
                Some((_, known)) => *known = known.union(kinds),
                None => self.possibly_bound.push((account, kinds)),
            }
        }
        if surplus > 0 {
            let dropped = &mut cx.counters_mut().possibly_bound_dropped;
            *dropped = dropped.saturating_add(u32::try_from(surplus).unwrap_or(u32::MAX));
            cx.notice(NoticeCode::PossiblyBoundDropped, None);
        }
        self.last_bound = last_bound.filter(|_| !is_part_unreadable);
        self.unreadable = is_part_unreadable;
    }

    /// The session is over with its process, but nobody logged it out.
    pub(super) fn restore_session(
        &mut self,
        cx: &mut Context,
        account: UserId,
        kinds: Kinds,
        outcome_unknown: bool,
    ) {
        if kinds.is_empty() {
            return;
        }
        self.possibly_bound.retain(|(known, _)| *known != account);
        if outcome_unknown {
            self.make_room(cx);
        }
        self.abandoned = Some(AbandonedSession { account, kinds, outcome_unknown });
    }
}

#[cfg(test)]
mod tests {
    use super::{Kinds, TokenKind};

    #[test]
    fn sets_of_kinds_are_sets() {
        let both = [
            Kinds::NONE,
            Kinds::ALL,
            Kinds::from_iter([TokenKind::Standard]),
            Kinds::from_iter([TokenKind::Voip]),
        ];
        for (one, other) in both.into_iter().flat_map(|one| both.map(|other| (one, other))) {
            for kind in TokenKind::ALL.iter().copied() {
                let (in_one, in_other) = (one.contains(kind), other.contains(kind));
                assert_eq!(one.union(other).contains(kind), in_one || in_other);
                assert_eq!(one.intersection(other).contains(kind), in_one && in_other);
                assert_eq!(one.without(other).contains(kind), in_one && !in_other);
            }
            assert_eq!(one.is_empty(), one.iter().next().is_none());
        }
    }
}
