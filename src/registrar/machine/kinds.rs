//! The kinds of tokens: a set of them, and one thing for each.

use crate::vendor::TokenKind;

/// One thing for each kind of token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct PerKind<T> {
    standard: T,
    voip: T,
}

impl<T> PerKind<T> {
    pub(super) const fn new(standard: T, voip: T) -> Self {
        Self { standard, voip }
    }

    pub(super) const fn of(&self, kind: TokenKind) -> &T {
        match kind {
            TokenKind::Standard => &self.standard,
            TokenKind::Voip => &self.voip,
        }
    }

    pub(super) const fn of_mut(&mut self, kind: TokenKind) -> &mut T {
        match kind {
            TokenKind::Standard => &mut self.standard,
            TokenKind::Voip => &mut self.voip,
        }
    }

    /// The kinds whose thing is so.
    pub(super) fn kinds(&self, is_so: impl Fn(&T) -> bool) -> Kinds {
        Kinds::ALL.iter().filter(|kind| is_so(self.of(*kind))).collect()
    }

    /// Does something with both, the standard one first. The kinds for which it was worth it.
    pub(super) fn each(&mut self, mut act: impl FnMut(&mut T) -> bool) -> Kinds {
        Kinds::ALL.iter().filter(|kind| act(self.of_mut(*kind))).collect()
    }

    /// Both, the standard one first.
    pub(super) const fn both(&self) -> [&T; 2] {
        [&self.standard, &self.voip]
    }

    pub(super) const fn both_mut(&mut self) -> [&mut T; 2] {
        [&mut self.standard, &mut self.voip]
    }
}

/// A set of token kinds.
pub(super) type Kinds = PerKind<bool>;

impl Kinds {
    pub(super) const NONE: Self = Self::new(false, false);
    pub(super) const ALL: Self = Self::new(true, true);

    /// This kind alone.
    pub(super) const fn only(kind: TokenKind) -> Self {
        Self::new(matches!(kind, TokenKind::Standard), matches!(kind, TokenKind::Voip))
    }

    pub(super) const fn contains(self, kind: TokenKind) -> bool {
        *self.of(kind)
    }

    pub(super) const fn set(&mut self, kind: TokenKind, is_in: bool) {
        *self.of_mut(kind) = is_in;
    }

    pub(super) const fn union(self, other: Self) -> Self {
        Self::new(self.standard || other.standard, self.voip || other.voip)
    }

    pub(super) const fn intersection(self, other: Self) -> Self {
        Self::new(self.standard && other.standard, self.voip && other.voip)
    }

    pub(super) const fn without(self, other: Self) -> Self {
        Self::new(self.standard && !other.standard, self.voip && !other.voip)
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
        kinds.into_iter().fold(Self::NONE, |set, kind| set.union(Self::only(kind)))
    }
}
