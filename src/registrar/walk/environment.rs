//! The environment's own truth: SDKs, store, logins, and what the machine was told. It shares no function with the
//! machine.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::cast::{Account, Cargo, Minted, Origin};
use super::desk::{PresenceDesk, TapFate};
use super::scene::{Budget, Scene};
use super::server::Server;
use crate::registrar::{RegistrationId, SessionId, State, StoreVersion};
use crate::time::MonotonicTime;
use crate::vendor::TokenKind;

/// All that decides how the environment goes on, and what it expects of the machine.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Environment {
    pub(super) left: Budget,
    pub(super) sdks: Vec<Sdk>,
    /// The notification channel that is being made, and until when that may take.
    pub(super) vendor: Option<(RegistrationId, u64)>,
    pub(super) server: Server,
    /// Who is logged in to the IM SDK.
    pub(super) login: Option<Login>,
    /// A logout that the machine must let go on.
    pub(super) owed_release: Option<(SessionId, Account)>,
    /// Who was logged in when the process was killed.
    pub(super) left_behind: Option<Account>,
    pub(super) disk: Option<Arc<Stored>>,
    pub(super) write: Option<Write>,
    /// Whether the machine knows that it is on disk.
    pub(super) confirmed: bool,
    /// What was told of each kind of token.
    pub(super) ledgers: [Ledger; 2],
    /// Whether the machine was told of the app, and of the phone.
    pub(super) configured: bool,
    pub(super) described: bool,
    /// The version of the app.
    pub(super) version: u8,
    /// What the user said about starting SDKs, if asked.
    pub(super) consent: Option<bool>,
    pub(super) push_on: bool,
    /// A report is on its way of which the store knows nothing.
    pub(super) unrecorded: bool,
    /// A process was killed then: nobody can know of that report any more.
    pub(super) amnesia: bool,
    /// A report is on its way of whose account the store knows nothing.
    pub(super) unnamed: bool,
    /// A process was killed then, or the snapshot was lost: nobody can know which accounts were left before.
    pub(super) forgotten: bool,
    pub(super) host_ready: bool,
    pub(super) presence: PresenceDesk,
    pub(super) taps: Vec<TapFate>,
}

/// One vendor SDK, as far as one kind of token goes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Sdk {
    /// The request it has not answered, and until when the machine may wait.
    pub(super) asked: Option<(RegistrationId, u64)>,
    /// Nobody waits for the answer any more.
    pub(super) needless: bool,
    /// Whether it was started in this process.
    pub(super) started: bool,
    /// How many tokens it has made.
    pub(super) minted: u8,
    /// The token it has.
    pub(super) version: Option<u8>,
    /// The token that the machine has from it: told, not dead, and not lost with a process.
    pub(super) held: Option<u8>,
}

/// A stay of an account in the IM SDK.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Login {
    pub(super) account: Account,
    /// The machine's name for it; none before it has one.
    pub(super) id: Option<SessionId>,
    /// A logout was requested, and must be let go on by then.
    pub(super) draining: Option<u64>,
    /// The machine has let the logout go on.
    pub(super) released: bool,
}

/// A write under way.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Write {
    pub(super) version: StoreVersion,
    pub(super) stored: Arc<Stored>,
    pub(super) open_until: Option<u64>,
    pub(super) landed: bool,
    /// Whether no report was begun since it was handed out.
    pub(super) covers: bool,
}

/// What is on disk, and what the environment knows to be in it.
#[derive(Debug)]
pub(super) struct Stored {
    pub(super) bytes: Vec<u8>,
    /// The state of a machine restored from it, in place of the bytes in comparisons; ids of taps differ otherwise.
    pub(super) restored: State,
    /// Whether that machine doubts, for each kind.
    pub(super) doubts: [bool; 2],
    pub(super) held: Vec<Option<u8>>,
    pub(super) consent: Option<bool>,
    pub(super) push_on: bool,
    /// The taps in it, by position: whether it is held, whether it is over, and how often it was delivered.
    pub(super) taps: Vec<(bool, bool, u8)>,
}

impl Stored {
    /// Whether a process that starts with it knows that this account may be bound.
    pub(super) fn names(&self, account: Account) -> bool {
        let left = self.restored.left.as_ref().map(|left| &left.account);
        left.into_iter().chain(&self.restored.possibly_bound).any(|user| Account::of(user) == Some(account))
    }
}

impl PartialEq for Stored {
    fn eq(&self, other: &Self) -> bool {
        self.restored == other.restored && self.held == other.held && self.taps == other.taps
    }
}

impl Eq for Stored {}

impl Hash for Stored {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.restored.hash(state);
        (&self.held, self.consent, self.push_on, &self.taps).hash(state);
    }
}

/// What was told of one kind of token, and what follows from it by the design.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Ledger {
    /// What this session had acknowledged, unless another report has begun since.
    pub(super) acked: Option<Cargo>,
    /// From when it may be reported again.
    pub(super) fresh_until: u64,
    /// A report of unknown outcome is about.
    pub(super) doubt: bool,
    /// Until when that one may land.
    pub(super) settle_until: u64,
    /// What a permanent code was for, until something changes.
    pub(super) parked: Option<Origin>,
    /// What was tried last.
    pub(super) tried: Option<Cargo>,
    /// No attempt to repeat that before, as the back-off has a floor.
    pub(super) not_before: u64,
    /// No attempt before, as the server asked.
    pub(super) asked_until: u64,
}

impl Ledger {
    /// As a new session, or the user's wish, finds it.
    pub(super) fn begin_anew(&mut self) {
        self.parked = None;
        self.not_before = 0;
        self.asked_until = 0;
    }

    /// Whether no report of unknown outcome can land any more.
    pub(super) const fn is_settled(&self, now: u64) -> bool {
        !self.doubt || self.settle_until <= now
    }

    pub(super) fn unknown_outcome(&mut self, now: u64, settle: u64) {
        self.doubt = true;
        self.settle_until = now + settle;
    }
}

impl Environment {
    pub(super) fn new(scene: &Scene) -> Self {
        Self {
            left: scene.budget,
            sdks: vec![Sdk::default(); scene.slots.len()],
            vendor: None,
            server: Server::new(scene.server.per),
            login: None,
            owed_release: None,
            left_behind: None,
            disk: None,
            write: None,
            confirmed: false,
            ledgers: Default::default(),
            configured: false,
            described: false,
            version: 0,
            consent: (!scene.consent).then_some(true),
            push_on: true,
            unrecorded: false,
            amnesia: false,
            unnamed: false,
            forgotten: false,
            host_ready: false,
            presence: PresenceDesk::default(),
            taps: Vec::new(),
        }
    }

    pub(super) fn session(&self) -> SessionId {
        self.login.as_ref().and_then(|login| login.id).unwrap_or_else(|| SessionId::from(0))
    }

    /// Whether a report may start: logged in, and not on the way out.
    pub(super) fn may_report(&self) -> Option<Account> {
        self.login
            .as_ref()
            .filter(|login| login.draining.is_none() && !login.released)
            .map(|login| login.account)
    }

    /// What the server is to have of this kind in the end: nothing once pushes are off, else the newest token of the
    /// best slot that has one. `None` if there is nothing to tell the server.
    pub(super) fn wanted(&self, scene: &Scene, kind: TokenKind) -> Option<Cargo> {
        match self.consent {
            _ if !self.configured => return None,
            None => return None,
            Some(agrees) if !agrees || !self.push_on => return Some(None),
            Some(_) => {}
        }
        self.best(scene, kind).map(Some)
    }

    /// The newest token of the best slot of this kind that has one.
    fn best(&self, scene: &Scene, kind: TokenKind) -> Option<Minted> {
        scene.slots.iter().zip(&self.sdks).enumerate().find_map(|(at, (slot, sdk))| {
            let version = sdk.held.filter(|_| slot.kind == kind && !scene.foreign)?;
            Some(Minted { slot: at as u8, version })
        })
    }

    /// Which vendor is the one to report: a change of it lifts a permanent code.
    pub(super) fn vendor_of(&self, scene: &Scene, kind: TokenKind) -> Origin {
        self.best(scene, kind).map(|minted| minted.slot)
    }

    /// Whether SDKs may be started.
    pub(super) fn agrees(&self) -> bool {
        self.consent == Some(true)
    }

    /// The same environment with its ids renamed, its times told from now, and what can matter no more left out.
    pub(super) fn canonical(&self, scene: &Scene, now: u64, name: &mut dyn FnMut(u64) -> u64) -> Self {
        let until = |time: u64| time.saturating_sub(now);
        let mut env = self.clone();
        for sdk in &mut env.sdks {
            sdk.asked = sdk.asked.map(|(id, time)| (name(id.as_u64()).into(), until(time)));
        }
        env.vendor = env.vendor.map(|(id, time)| (name(id.as_u64()).into(), until(time)));
        for request in &mut env.server.wire {
            request.id =
                if request.open_until.is_some() { name(request.id.as_u64()).into() } else { 0.into() };
            request.open_until = request.open_until.map(until);
            request.dies_at = until(request.dies_at);
        }
        if let Some(login) = &mut env.login {
            login.id = login.id.map(|id| name(id.as_u64()).into());
            login.draining = login.draining.map(until);
        }
        env.owed_release = env.owed_release.map(|(id, account)| (name(id.as_u64()).into(), account));
        for ledger in &mut env.ledgers {
            ledger.fresh_until = if ledger.acked.is_some() { until(ledger.fresh_until) } else { 0 };
            ledger.settle_until = if ledger.doubt { until(ledger.settle_until) } else { 0 };
            ledger.not_before = until(ledger.not_before);
            ledger.tried = ledger.tried.filter(|_| ledger.not_before > 0);
            ledger.asked_until = until(ledger.asked_until);
        }
        env.presence.rename(now, name);
        for tap in &mut env.taps {
            tap.rename(now, name);
        }
        let remembers = scene.budget.crashes > 0 && env.left.crashes > 0;
        let keep = |stored: &Arc<Stored>, name: &mut dyn FnMut(u64) -> u64| {
            let mut restored = stored.restored.clone();
            restored.rename(MonotonicTime::ZERO, name);
            Arc::new(Stored {
                bytes: Vec::new(),
                restored,
                doubts: stored.doubts,
                held: stored.held.clone(),
                consent: stored.consent,
                push_on: stored.push_on,
                taps: stored.taps.clone(),
            })
        };
        env.disk = env.disk.filter(|_| remembers).map(|stored| keep(&stored, name));
        if let Some(write) = &mut env.write {
            write.version = name(write.version.as_u64()).into();
            write.open_until = write.open_until.map(until);
            if remembers {
                write.stored = keep(&write.stored, name);
            }
        }
        env
    }
}
