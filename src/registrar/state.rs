//! All that decides.

use std::sync::Arc;

use super::election::ElectionRegion;
use super::inbox::Inbox;
use super::presence::PresenceRegion;
use super::session::{Left, Session, SessionRegion};
use super::slot::{Doubt, Phase, Print, Slot};
use super::store::StoreRegion;
use super::tokens::{HeldToken, Tokens};
use super::{Binding, Configuration, StateName};
use crate::account::UserId;
use crate::device::DeviceFacts;
use crate::vendor::{TokenKind, Vendor};

/// All that decides: two machines with equal states, policies and clocks do the same. `Debug` shows no token and no
/// account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct State {
    pub(super) configuration: Option<Arc<Configuration>>,
    pub(super) device: Option<Arc<DeviceFacts>>,
    pub(super) consent: Consent,
    pub(super) push_disabled: bool,
    pub(super) tokens: Tokens,
    pub(super) election: ElectionRegion,
    pub(super) session: SessionRegion,
    /// The account of a session that an earlier process left without a logout.
    pub(super) left: Option<Left>,
    pub(super) standard: Slot,
    pub(super) voip: Slot,
    /// The snapshot is gone, or an account in it does not read, so that unsettled doubt may be any account's.
    pub(super) strays: bool,
    pub(super) possibly_bound: Vec<UserId>,
    /// The account whose binding was acknowledged last.
    pub(super) last_bound: Option<UserId>,
    pub(super) store: StoreRegion,
    pub(super) presence: PresenceRegion,
    pub(super) inbox: Inbox,
}

/// What the user said about starting vendor SDKs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Consent {
    #[default]
    NotAsked,
    Given,
    Withdrawn,
}

/// What the server is to have.
pub(super) enum Wanted<'a> {
    Empty,
    Token(&'a HeldToken, crate::certificate::BusinessId),
}

impl Wanted<'_> {
    pub(super) fn print(&self) -> Print {
        match self {
            Self::Empty => Print::EMPTY,
            Self::Token(held, id) => Print::of(held, *id),
        }
    }

    pub(super) fn binding(&self, kind: TokenKind) -> Binding {
        match self {
            Self::Empty => Binding::empty(kind),
            Self::Token(held, id) => Binding::to(*id, held.token().clone()),
        }
    }
}

impl State {
    pub(super) const fn slot(&self, kind: TokenKind) -> &Slot {
        match kind {
            TokenKind::Standard => &self.standard,
            TokenKind::Voip => &self.voip,
        }
    }

    pub(super) const fn slot_mut(&mut self, kind: TokenKind) -> &mut Slot {
        match kind {
            TokenKind::Standard => &mut self.standard,
            TokenKind::Voip => &mut self.voip,
        }
    }

    /// Whether vendor SDKs may be called.
    pub(super) fn has_consent(&self) -> bool {
        match self.consent {
            Consent::Given => true,
            Consent::Withdrawn => false,
            Consent::NotAsked => {
                self.configuration.as_ref().is_some_and(|known| !known.is_consent_required())
            }
        }
    }

    /// Whether the user wants no pushes, and the server must be told so.
    pub(super) fn is_push_off(&self) -> bool {
        self.consent == Consent::Withdrawn || self.push_disabled && self.has_consent()
    }

    /// What the server is to have of this kind; `None` if there is nothing to tell it.
    ///
    /// `own_certificate` is true but for a walk that wants to see the wrong one caught.
    pub(super) fn wanted(&self, kind: TokenKind, own_certificate: bool) -> Option<Wanted<'_>> {
        let configuration = self.configuration.as_ref()?;
        if self.is_push_off() {
            return self.is_kind_used(kind).then_some(Wanted::Empty);
        }
        if !self.has_consent() {
            return None;
        }
        let held = match kind {
            TokenKind::Standard => self.tokens.find(self.election.elected?, kind)?,
            TokenKind::Voip => self.tokens.voip()?,
        };
        let vendor = if own_certificate { Some(held.vendor()) } else { self.election.proposal() };
        configuration.business_id(vendor?, kind).map(|id| Wanted::Token(held, id))
    }

    /// Whether the server may ever have been told of this kind.
    fn is_kind_used(&self, kind: TokenKind) -> bool {
        match kind {
            TokenKind::Standard => true,
            TokenKind::Voip => {
                self.tokens.voip().is_some()
                    || self.voip.doubt != Doubt::None
                    || self.voip.acknowledged.is_some()
                    || !matches!(self.voip.phase, Phase::Idle)
                    || self.election.ranking.contains(&Vendor::Apns)
                        && self
                            .configuration
                            .as_ref()
                            .is_some_and(|known| known.business_id(Vendor::Apns, kind).is_some())
            }
        }
    }

    /// The session that may start something: logged in, not draining.
    pub(super) const fn logged_in(&self) -> Option<&Session> {
        match &self.session {
            SessionRegion::LoggedIn(session) => Some(session),
            SessionRegion::LoggedOut | SessionRegion::Draining { .. } | SessionRegion::Released(_) => None,
        }
    }

    /// Whether a report, or the storing of its intent, is under way.
    pub(super) const fn is_gate_busy(&self) -> bool {
        self.standard.is_busy() || self.voip.is_busy()
    }

    pub(super) const fn is_in_flight(&self) -> bool {
        self.standard.is_in_flight() || self.voip.is_in_flight()
    }

    /// Whether the server may have a token of the account logged in.
    pub(super) fn has_binding(&self) -> bool {
        [&self.standard, &self.voip].into_iter().any(|slot| {
            slot.is_busy()
                || slot.acknowledged.is_some_and(|known| known.print != Print::EMPTY)
                || slot.acknowledged.is_none() && slot.wanted.is_some()
        })
    }

    /// Whether a report of unknown outcome may have reached the server, or may yet.
    pub(super) fn is_in_doubt(&self) -> bool {
        [&self.standard, &self.voip].into_iter().any(|slot| slot.doubt != Doubt::None)
    }

    /// Whether a report of unknown outcome may still reach the server.
    pub(super) const fn is_unsettled(&self) -> bool {
        self.standard.is_unsettled() || self.voip.is_unsettled()
    }

    /// Whether a request of the current session may still reach the server.
    pub(super) fn may_yet_land(&self, session: &Session) -> bool {
        self.is_in_flight() || session.unsure && self.is_unsettled()
    }

    /// The named state of each region, in the order of [`Region::ALL`](super::Region::ALL).
    pub(super) fn names(&self) -> [StateName; 6] {
        [
            self.election_name(),
            self.session.name(),
            self.standard.name(),
            self.voip.name(),
            self.store.name(),
            self.presence.name(),
        ]
    }

    fn election_name(&self) -> StateName {
        if self.configuration.is_none() {
            StateName::Unconfigured
        } else if !self.has_consent() {
            StateName::AwaitingConsent
        } else if self.device.is_none() {
            StateName::Electing
        } else {
            self.election.course.name()
        }
    }
}
