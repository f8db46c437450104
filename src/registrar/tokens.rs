//! The tokens in hand.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::time::UnixTime;
use crate::token::Token;
use crate::vendor::{TokenKind, Vendor};

/// At most two standard tokens (the elected one and a spare) and one VoIP token.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Tokens {
    /// Oldest first.
    standard: Vec<HeldToken>,
    voip: Option<HeldToken>,
}

/// A token, and when it came.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct HeldToken {
    token: Token,
    digest: u64,
    since: UnixTime,
}

impl HeldToken {
    pub(super) fn new(token: Token, since: UnixTime) -> Self {
        let mut hasher = DefaultHasher::new();
        token.hash(&mut hasher);
        Self { token, digest: hasher.finish(), since }
    }

    pub(super) const fn token(&self) -> &Token {
        &self.token
    }

    pub(super) const fn vendor(&self) -> Vendor {
        self.token.vendor()
    }

    /// A number that tells tokens apart; it never leaves the process.
    pub(super) const fn digest(&self) -> u64 {
        self.digest
    }

    pub(super) const fn since(&self) -> UnixTime {
        self.since
    }
}

impl Tokens {
    const STANDARD: usize = 2;

    pub(super) fn find(&self, vendor: Vendor, kind: TokenKind) -> Option<&HeldToken> {
        match kind {
            TokenKind::Standard => self.standard.iter().find(|held| held.vendor() == vendor),
            TokenKind::Voip => self.voip.as_ref().filter(|held| held.vendor() == vendor),
        }
    }

    pub(super) const fn voip(&self) -> Option<&HeldToken> {
        self.voip.as_ref()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &HeldToken> {
        self.standard.iter().chain(&self.voip)
    }

    /// The standard token of the best rank.
    pub(super) fn best(&self, rank: impl Fn(Vendor) -> Option<usize>) -> Option<Vendor> {
        self.standard
            .iter()
            .filter_map(|held| rank(held.vendor()).map(|rank| (rank, held.vendor())))
            .min_by_key(|(rank, _)| *rank)
            .map(|(_, vendor)| vendor)
    }

    /// Takes a token in place of an older one of its vendor. If there is no room, the one that `worth` puts last (the
    /// older, if equal) makes room, and the new one is refused if it is itself the last.
    pub(super) fn put(&mut self, token: HeldToken, worth: impl Fn(Vendor) -> usize) -> bool {
        if token.token.kind() == TokenKind::Voip {
            self.voip = Some(token);
            return true;
        }
        let vendor = token.vendor();
        self.standard.retain(|held| held.vendor() != vendor);
        if self.standard.len() >= Self::STANDARD {
            let worst = self.standard.iter().map(HeldToken::vendor).rev().max_by_key(|held| worth(*held));
            match worst {
                Some(worst) if worth(vendor) <= worth(worst) => {
                    self.standard.retain(|held| held.vendor() != worst);
                }
                Some(_) | None => return false,
            }
        }
        self.standard.reserve_exact(1);
        self.standard.push(token);
        true
    }

    pub(super) fn remove(&mut self, vendor: Vendor, kind: TokenKind) -> bool {
        match kind {
            TokenKind::Standard => {
                let before = self.standard.len();
                self.standard.retain(|held| held.vendor() != vendor);
                self.standard.len() < before
            }
            TokenKind::Voip => self.voip.take_if(|held| held.vendor() == vendor).is_some(),
        }
    }
}
