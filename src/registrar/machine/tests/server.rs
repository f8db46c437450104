//! The IM server: what it really has bound, and the requests that are still on their way to it.

use super::fixtures::{Account, Cargo, Minted, index};
use super::scene::{Per, ServerModel};
use crate::registrar::{ReportId, SessionId};
use crate::vendor::TokenKind;

/// What the server has for each kind of token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Bindings {
    /// For each account on this device.
    PerAccount([[Cargo; 2]; 3]),
    /// For this device.
    PerDevice([Option<(Account, Minted)>; 2]),
}

impl Bindings {
    /// Where pushes of this kind for this account go.
    pub(super) fn of(&self, account: Account, kind: TokenKind) -> Cargo {
        match self {
            Self::PerAccount(bound) => bound[account.index()][index(kind)],
            Self::PerDevice(bound) => {
                bound[index(kind)].and_then(|(owner, minted)| (owner == account).then_some(minted))
            }
        }
    }

    fn land(&mut self, account: Account, kind: TokenKind, cargo: Cargo) {
        match self {
            Self::PerAccount(bound) => bound[account.index()][index(kind)] = cargo,
            Self::PerDevice(bound) => bound[index(kind)] = cargo.map(|minted| (account, minted)),
        }
    }

    /// The session of an account has ended: the server forgets by itself.
    fn forget(&mut self, account: Account) {
        match self {
            Self::PerAccount(bound) => bound[account.index()] = Default::default(),
            Self::PerDevice(bound) => bound.iter_mut().for_each(|bound| {
                bound.take_if(|(owner, _)| *owner == account);
            }),
        }
    }
}

/// A report on its way.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Request {
    pub(super) id: ReportId,
    pub(super) account: Account,
    pub(super) session: SessionId,
    pub(super) kind: TokenKind,
    pub(super) cargo: Cargo,
    /// Until when the machine may wait for the answer; `None` if nobody waits any more.
    pub(super) open_until: Option<u64>,
    /// When the IM SDK gives it up.
    pub(super) dies_at: u64,
    /// Whether the server has taken it.
    pub(super) landed: bool,
    /// Whether the session it belongs to is the one that is logged in.
    pub(super) of_current: bool,
    /// Whether the process that made it was killed before the store knew of it: no machine can know.
    pub(super) unknowable: bool,
    /// Whether what is stored tells of it, or a write under way will.
    pub(super) recorded: bool,
    pub(super) in_write: bool,
    /// Whether nothing of this kind was in doubt any more when it was issued, by the interval that the design
    /// gives.
    pub(super) settled: bool,
}

/// The server and the way to it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Server {
    pub(super) bindings: Bindings,
    pub(super) wire: Vec<Request>,
}

impl Server {
    pub(super) fn new(per: Per) -> Self {
        let bindings = match per {
            Per::Account => Bindings::PerAccount(Default::default()),
            Per::Device => Bindings::PerDevice(Default::default()),
        };
        Self { bindings, wire: Vec::new() }
    }

    /// The request that the machine waits for.
    pub(super) fn open(&self) -> Option<usize> {
        self.wire.iter().position(|request| request.open_until.is_some())
    }

    /// The request at this place reaches the server.
    pub(super) fn land(&mut self, at: usize) {
        let request = &mut self.wire[at];
        if !request.landed {
            request.landed = true;
            self.bindings.land(request.account, request.kind, request.cargo);
        }
    }

    /// Whether pushes of this kind for this account come here, or may after a request on its way has arrived.
    pub(super) fn may_have(&self, account: Account, kind: TokenKind) -> bool {
        let on_its_way = |request: &Request| {
            request.account == account && request.kind == kind && !request.landed && request.cargo.is_some()
        };
        self.bindings.of(account, kind).is_some() || self.wire.iter().any(on_its_way)
    }

    /// Whether a request of this session, or of an earlier one of its account, of which a machine can know
    /// may still reach the server. An empty binding of an earlier one does no harm. `later` are the sessions
    /// that began after it.
    pub(super) fn may_knowably_land(
        &self,
        account: Account,
        session: SessionId,
        later: &[SessionId],
    ) -> bool {
        let of_it = |request: &Request| {
            request.session == session || !later.contains(&request.session) && request.cargo.is_some()
        };
        let alive = |request: &Request| request.account == account && !request.landed && !request.unknowable;
        self.wire.iter().any(|request| alive(request) && of_it(request))
    }

    /// The session of this account has ended here: it is forgotten.
    pub(super) fn end_session(&mut self, account: Account, model: ServerModel) {
        self.bindings.forget(account);
        self.outdate(model);
    }

    /// Requests on their way now belong to a session that is over.
    pub(super) fn outdate(&mut self, model: ServerModel) {
        for request in &mut self.wire {
            request.of_current = false;
        }
        if model.checks_sessions {
            self.wire.retain(|request| request.open_until.is_some() && request.landed);
        }
        self.sweep();
    }

    /// Drops what can do nothing more: it has landed, and nobody waits for its answer.
    pub(super) fn sweep(&mut self) {
        self.wire.retain(|request| request.open_until.is_some() || !request.landed);
    }

    /// Drops what has died by now.
    pub(super) fn bury(&mut self, now: u64) {
        self.wire.retain(|request| request.open_until.is_some() || request.dies_at > now);
        self.sweep();
    }

    pub(super) fn next_death(&self) -> Option<u64> {
        self.wire.iter().filter(|request| request.open_until.is_none()).map(|request| request.dies_at).min()
    }
}
