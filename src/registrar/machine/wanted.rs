//! What the server is to have, by what the regions say now, and as a number.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::presence::MAX_BADGE;
use super::tokens::HeldToken;
use super::{Rule, State, StateName, holds};
use crate::certificate::BusinessId;
use crate::vendor::{TokenKind, Vendor, badge_limits};

/// A token under its certificate; none if the server is to have nothing.
pub(super) type Target<'a> = Option<(&'a HeldToken, BusinessId)>;

/// What the server is to have of this kind; `None` if there is nothing to tell it.
pub(super) fn target(state: &State, kind: TokenKind) -> Option<Target<'_>> {
    state.setup.configuration()?;
    if state.setup.is_push_off() {
        return is_kind_used(state, kind).then_some(None);
    }
    if !state.setup.has_consent() {
        return None;
    }
    let held = match kind {
        TokenKind::Standard => state.tokens.find(state.election.elected()?, kind)?,
        TokenKind::Voip => state.tokens.voip()?,
    };
    let vendor = if holds(Rule::CertificateOfVendor) { held.vendor() } else { state.election.proposal()? };
    Some(Some((held, state.setup.business_id(vendor, kind)?)))
}

/// Whether the server may ever have got a report of this kind, for this account or on this phone.
fn is_kind_used(state: &State, kind: TokenKind) -> bool {
    kind == TokenKind::Standard
        || state.session.current().is_some_and(|session| session.held().contains(kind))
        || state.bindings.of(kind).is_in_use()
        || state.tokens.voip().is_some()
        || wants_voip(state)
}

/// Whether a VoIP token is wanted of APNs' SDK: it may be called, and there is a certificate for such tokens,
/// if none for standard ones either.
pub(super) fn wants_voip(state: &State) -> bool {
    state.setup.business_id(Vendor::Apns, TokenKind::Voip).is_some() && state.setup.accepts(Vendor::Apns)
}

/// The largest badge that the elected vendor shows.
pub(super) fn max_badge(state: &State) -> u32 {
    let limits = state.election.elected().and_then(badge_limits);
    limits.map_or(MAX_BADGE, |(set, _)| *set.end())
}

/// The named state of each region, in the order of [`Region::ALL`](super::Region::ALL).
pub(super) fn names(state: &State) -> [StateName; 7] {
    let election = if state.setup.configuration().is_none() {
        StateName::Unconfigured
    } else if !state.setup.has_consent() {
        StateName::AwaitingConsent
    } else if state.setup.device().is_none() {
        StateName::Electing
    } else {
        state.election.name()
    };
    [
        election,
        state.session.name(),
        state.bindings.of(TokenKind::Standard).name(),
        state.bindings.of(TokenKind::Voip).name(),
        state.storage.name(),
        state.presence.name(),
        state.receipts.name(),
    ]
}

/// What tells bindings apart. It never leaves the process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Wanted {
    vendor: Option<Vendor>,
    digest: [u8; 7],
}

impl Wanted {
    /// No token: the server is to push nothing of this kind.
    const EMPTY: Self = Self { vendor: None, digest: [0; 7] };

    pub(super) fn of(target: Target<'_>) -> Self {
        let Some((held, id)) = target else { return Self::EMPTY };
        let mut hasher = DefaultHasher::new();
        (held.digest(), id.as_u32()).hash(&mut hasher);
        let [_, digest @ ..] = hasher.finish().to_le_bytes();
        Self { vendor: Some(held.vendor()), digest }
    }

    /// The vendor whose token it carries; none if it is empty.
    pub(super) const fn vendor(self) -> Option<Vendor> {
        self.vendor
    }

    pub(super) const fn is_empty(self) -> bool {
        self.vendor.is_none()
    }
}
