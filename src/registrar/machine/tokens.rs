//! The tokens in hand, and those that the server has refused.

use std::num::NonZeroU64;

use super::hash_key::HashKey;
use super::{Cause, Context, EventError, IgnoredReason, Notice, NoticeCode, PerKind, Rule, Verdict, holds};
use crate::time::UnixTime;
use crate::token::{Suspicion, Token, TokenError};
use crate::vendor::{TokenKind, Vendor, VendorSet};

/// At most two standard tokens (the elected one and a spare) and one VoIP token.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Tokens {
    /// Oldest first.
    held: PerKind<Vec<HeldToken>>,
    /// The last text of each vendor and kind that the server has refused.
    refused: Vec<(Vendor, TokenKind, TokenDigest)>,
}

/// A token, and when it came.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct HeldToken {
    token: Token,
    digest: TokenDigest,
    since: UnixTime,
}

/// A number that tells tokens of a vendor apart, under a key of this installation. It never leaves the
/// process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct TokenDigest(NonZeroU64);

impl TokenDigest {
    fn of(text: &str, key: HashKey) -> Self {
        Self(NonZeroU64::MIN | key.hash(text.as_bytes()))
    }
}

impl HeldToken {
    pub(super) fn new(token: Token, since: UnixTime, key: HashKey) -> Self {
        let digest = TokenDigest::of(token.expose_secret(), key);
        Self { token, digest, since }
    }

    pub(super) const fn token(&self) -> &Token {
        &self.token
    }

    pub(super) const fn vendor(&self) -> Vendor {
        self.token.vendor()
    }

    pub(super) const fn digest(&self) -> TokenDigest {
        self.digest
    }

    pub(super) const fn since(&self) -> UnixTime {
        self.since
    }
}

impl Tokens {
    /// The most standard tokens that are held. Only one vendor has VoIP tokens.
    const MOST: usize = 2;

    pub(super) fn find(&self, vendor: Vendor, kind: TokenKind) -> Option<&HeldToken> {
        self.held.of(kind).iter().find(|held| held.vendor() == vendor)
    }

    pub(super) fn voip(&self) -> Option<&HeldToken> {
        self.held.of(TokenKind::Voip).first()
    }

    /// The standard ones before the other.
    pub(super) fn iter(&self) -> impl Iterator<Item = &HeldToken> {
        self.held.both().into_iter().flatten()
    }

    /// The vendors whose standard token is held.
    pub(super) fn in_hand(&self) -> VendorSet {
        self.held.of(TokenKind::Standard).iter().map(HeldToken::vendor).collect()
    }

    /// The vendor under which a standard token is held that looks like one of this vendor.
    pub(super) fn passed_as(&self, vendor: Vendor) -> Option<Vendor> {
        let is_like = |held: &&HeldToken| held.token.suspicions().contains(&Suspicion::LooksLike(vendor));
        self.held.of(TokenKind::Standard).iter().find(is_like).map(HeldToken::vendor)
    }

    /// Reads a text that a vendor's SDK gave: as a new token, or as none, where it is the one that is held.
    /// It is compared as it came and, where its vendor writes it otherwise, as it would be held. The error is
    /// the verdict on a text that is no token, or one that the server has refused.
    pub(super) fn read(
        &self,
        cx: &mut Context,
        vendor: Vendor,
        kind: TokenKind,
        text: &str,
    ) -> Result<Option<HeldToken>, Verdict> {
        const REFUSED: Verdict = Verdict::Ignored(IgnoredReason::RefusedByServer);

        let held = self.find(vendor, kind).map(HeldToken::token);
        if held.is_some_and(|held| held.expose_secret() == text) {
            return Ok(None);
        }
        if self.is_refused(vendor, kind, text, cx) {
            return Err(REFUSED);
        }
        match Token::parse(vendor, kind, text) {
            Err(error) => {
                self.no_token(cx, vendor, kind, Some(error));
                Err(Verdict::Refused(EventError::Token(error)))
            }
            Ok(token) if token.suspicions().contains(&Suspicion::IsErrorCode(vendor)) => {
                self.no_token(cx, vendor, kind, None);
                Err(Verdict::Refused(EventError::TokenIsErrorCode { vendor }))
            }
            Ok(token) if held == Some(&token) => Ok(None),
            Ok(token) if self.is_refused(vendor, kind, token.expose_secret(), cx) => Err(REFUSED),
            Ok(token) => Ok(Some(HeldToken::new(token, cx.wall().unwrap_or_default(), cx.hash_key()))),
        }
    }

    /// A text is no token; without an error it is an error code of the vendor's.
    fn no_token(&self, cx: &mut Context, vendor: Vendor, kind: TokenKind, error: Option<TokenError>) {
        let cause = error.map_or(Cause::ErrorCode, |error| Cause::Token(Box::new(error)));
        let notice = Notice::of(NoticeCode::TokenRefused, Some(vendor), Some(cause));
        // A vendor without such tokens is asked for its standard one.
        let kind = if matches!(error, Some(TokenError::Kind { .. })) { TokenKind::Standard } else { kind };
        cx.vendor_trouble(kind, notice, self.find(vendor, kind).is_some());
    }

    /// Whether the server has refused this text.
    fn is_refused(&self, vendor: Vendor, kind: TokenKind, text: &str, cx: &Context) -> bool {
        let mut refused = self.refused.iter().filter(|(of, of_kind, _)| (*of, *of_kind) == (vendor, kind));
        refused.any(|(.., digest)| *digest == TokenDigest::of(text, cx.hash_key()))
    }

    /// The server has refused the token with this digest: it is dropped if it is still held.
    pub(super) fn refuse(&mut self, vendor: Vendor, kind: TokenKind, digest: TokenDigest) -> bool {
        if holds(Rule::RefusedTextIgnored) {
            self.refused.retain(|(of, of_kind, _)| (*of, *of_kind) != (vendor, kind));
            self.refused.push((vendor, kind, digest));
        }
        self.find(vendor, kind).is_some_and(|held| held.digest == digest) && self.remove(vendor, kind)
    }

    /// Refused texts may be tried again.
    pub(super) fn forgive(&mut self) -> bool {
        let had = !self.refused.is_empty();
        self.refused.clear();
        had
    }

    /// Takes a token in place of an older one of its vendor. If there is no room, the one that `worth` puts
    /// last (the older, if equal) makes room, and the new one is refused if it is itself the last.
    pub(super) fn put(&mut self, token: HeldToken, worth: impl Fn(Vendor) -> usize) -> bool {
        let (vendor, kind) = (token.vendor(), token.token.kind());
        self.remove(vendor, kind);
        let all = self.held.of_mut(kind);
        if all.len() >= Self::MOST {
            let worst = all.iter().map(HeldToken::vendor).rev().max_by_key(|held| worth(*held));
            let Some(worst) = worst.filter(|worst| worth(vendor) <= worth(*worst)) else { return false };
            all.retain(|held| held.vendor() != worst);
        }
        all.reserve_exact(1);
        all.push(token);
        true
    }

    pub(super) fn remove(&mut self, vendor: Vendor, kind: TokenKind) -> bool {
        let all = self.held.of_mut(kind);
        let before = all.len();
        all.retain(|held| held.vendor() != vendor);
        all.len() < before
    }

    /// Drops every token. Says whose they were.
    pub(super) fn clear(&mut self) -> VendorSet {
        let vendors = self.iter().map(HeldToken::vendor).collect();
        self.held = PerKind::default();
        self.forgive();
        vendors
    }
}
