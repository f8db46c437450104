//! The kinds of tokens: a set of them, and one thing for each.

use crate::vendor::TokenKind;

/// A set of token kinds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Kinds(u8);

const fn bit(kind: TokenKind) -> u8 {
    match kind {
        TokenKind::Standard => 1,
        TokenKind::Voip => 2,
    }
}

impl Kinds {
    pub(super) const NONE: Self = Self(0);
    pub(super) const ALL: Self = Self(3);

    pub(super) const fn contains(self, kind: TokenKind) -> bool {
        self.0 & bit(kind) != 0
    }

    pub(super) const fn set(&mut self, kind: TokenKind, is_in: bool) {
        self.0 = if is_in { self.0 | bit(kind) } else { self.0 & !bit(kind) };
    }

    pub(super) const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(super) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub(super) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(super) fn iter(self) -> impl Iterator<Item = TokenKind> {
        TokenKind::ALL.iter().copied().filter(move |kind| self.contains(*kind))
    }
}

impl FromIterator<TokenKind> for Kinds {
    fn from_iter<I: IntoIterator<Item = TokenKind>>(kinds: I) -> Self {
        kinds.into_iter().fold(Self::NONE, |set, kind| Self(set.0 | bit(kind)))
    }
}

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
