//! The environment's own truth: SDKs, store, logins, and what the machine was reported. It shares no function
//! with the machine.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::fixtures::{Account, App, Cargo, Minted, Phone, index};
#[cfg(test)]
use super::key::Ahead;
use super::model::{PresenceModel, TapModel};
use super::receipts::Receipts;
use super::scene::{Budget, Scene};
use super::server::Server;
use crate::registrar::{RegistrationId, SessionId, StoreVersion, TapFence};
use crate::vendor::TokenKind;

/// The slot of a report's token; none for the empty binding.
pub(super) type Origin = Option<u8>;

/// For each account and kind of token.
pub(super) type PerAccount = [[bool; 2]; 3];

/// All that decides how the environment goes on, and what it expects of the machine.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Env {
    pub(super) left: Budget,
    pub(super) sdks: Vec<Sdk>,
    /// The notification channel that is being made, and until when that may take.
    pub(super) channel: Option<(RegistrationId, u64)>,
    pub(super) server: Server,
    /// Who is logged in to the IM SDK.
    pub(super) login: Option<Login>,
    /// The sessions that are still spoken of, in the order in which they began.
    pub(super) sessions: Vec<SessionId>,
    /// Logouts that the machine must let go on.
    pub(super) owed: Vec<(SessionId, Account)>,
    /// Who was logged in when the process was killed, and who as far as the store knew.
    pub(super) left_behind: [Option<Account>; 2],
    pub(super) disk: Option<Arc<Stored>>,
    pub(super) write: Option<Write>,
    /// Since the last write that was confirmed in time something went wrong with the store, so that the
    /// machine may have gone on without it.
    pub(super) store_trouble: bool,
    /// A write has reached the disk since the session began.
    pub(super) has_landed: bool,
    /// Since when effects may wait to be taken.
    pub(super) untaken_since: Option<u64>,
    pub(super) ledgers: [Ledger; 2],
    /// What the machine was reported of the app and the phone, in this process.
    pub(super) app: Option<App>,
    pub(super) phone: Option<Phone>,
    /// What both are.
    pub(super) now_app: App,
    pub(super) now_phone: u8,
    /// What the user said about starting SDKs.
    pub(super) answer: Answer,
    pub(super) push_on: bool,
    /// What the machine must know the server may have: it was asked to report it, and nothing has ended it
    /// since.
    pub(super) known: PerAccount,
    /// What no machine can know any more: a process was killed before it was stored, or the snapshot was
    /// lost.
    pub(super) forgotten: PerAccount,
    /// A report of this kind is about of which no machine can know: what the server has, none can say for
    /// certain.
    pub(super) blind: [bool; 2],
    pub(super) crashed: bool,
    /// The host was reported, in this process, that a lane is busy that is blocked for good.
    pub(super) told_busy: bool,
    /// How many accounts the machine has dropped for want of room, and which since they were logged in.
    pub(super) dropped: u64,
    pub(super) evicted: [bool; 3],
    /// In which installation this is: the first, or a copy of it.
    pub(super) install: u8,
    pub(super) host_ready: bool,
    pub(super) presence: PresenceModel,
    pub(super) taps: Vec<TapModel>,
    pub(super) receipts: Receipts,
}

/// What the user said about starting vendor SDKs, as far as a machine can know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Answer {
    NotAsked,
    Given,
    Withdrawn,
    /// It was stored, and does not read.
    Unreadable,
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
    /// It has refused or let its time pass, or its token is dead.
    pub(super) may_be_asked_again: bool,
    /// How many tokens it has made.
    pub(super) minted: u8,
    /// The token it has.
    pub(super) version: Option<u8>,
    /// The token that the machine has from it: reported, not dead, and not lost with a process.
    pub(super) held: Option<u8>,
    /// Of three tokens of a kind one had no room, maybe this.
    pub(super) is_unsure: bool,
    /// The text that the server refused last.
    pub(super) refused: Option<u8>,
    /// It has refused for good: only a change, or the user, makes it worth another try.
    pub(super) given_up: bool,
}

/// A stay of an account in the IM SDK.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Login {
    pub(super) account: Account,
    /// The machine's name for it.
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
}

/// What is on disk, and what the environment knows must be in it.
#[derive(Debug, Clone)]
pub(super) struct Stored {
    pub(super) bytes: Vec<u8>,
    pub(super) known: PerAccount,
    pub(super) held: Vec<Option<u8>>,
    pub(super) answer: Answer,
    pub(super) push_on: bool,
    pub(super) install: u8,
    /// Who was logged in as far as it knows.
    pub(super) login: Option<Account>,
    pub(super) taps: Vec<TapModel>,
    pub(super) receipts: Receipts,
    /// What will start with it, in place of the bytes in comparisons: ids of taps differ otherwise.
    #[cfg(test)]
    pub(super) ahead: Option<Arc<Ahead>>,
}

impl Stored {
    fn decides(&self) -> impl PartialEq + Hash + '_ {
        (&self.known, &self.held, self.answer, self.push_on, self.install, self.login, &self.taps)
    }
}

/// The walk's key adds what the bytes restore to: ids of taps are in them.
impl PartialEq for Stored {
    fn eq(&self, other: &Self) -> bool {
        self.decides() == other.decides()
    }
}

impl Eq for Stored {}

impl Hash for Stored {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.decides().hash(state);
    }
}

/// What was reported of one kind of token, and what follows from it by the design.
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
    /// Maybe that change has come, maybe not: another attempt may be made, and need not.
    pub(super) is_excused: bool,
    /// What was tried last.
    pub(super) tried: Option<Cargo>,
    /// No attempt to repeat that before, as the back-off has a floor.
    pub(super) not_before: u64,
    /// No attempt before, as the server asked.
    pub(super) asked_until: u64,
}

impl Ledger {
    /// As a new session, or the user's wish, finds it.
    pub(super) fn reset(&mut self) {
        self.parked = None;
        self.is_excused = false;
        self.not_before = 0;
    }

    /// Whether no report of unknown outcome can land any more.
    pub(super) const fn is_settled(&self, now: u64) -> bool {
        !self.doubt || self.settle_until <= now
    }

    pub(super) fn unknown_outcome(&mut self, now: u64, settle: u64) {
        self.doubt = true;
        self.settle_until = now.saturating_add(settle);
    }
}

impl Env {
    pub(super) fn new(scene: &Scene) -> Self {
        Self {
            left: scene.budget,
            sdks: vec![Sdk::default(); scene.slots.len()],
            channel: None,
            server: Server::new(scene.server.per),
            login: None,
            sessions: Vec::new(),
            owed: Vec::new(),
            left_behind: [None; 2],
            disk: None,
            write: None,
            store_trouble: !scene.stores(),
            has_landed: false,
            untaken_since: None,
            ledgers: Default::default(),
            app: None,
            phone: None,
            now_app: scene.app(),
            now_phone: 0,
            answer: Answer::NotAsked,
            push_on: true,
            known: Default::default(),
            forgotten: Default::default(),
            blind: [false; 2],
            crashed: false,
            told_busy: false,
            dropped: 0,
            evicted: [false; 3],
            install: 1,
            host_ready: false,
            presence: PresenceModel::default(),
            taps: Vec::new(),
            receipts: Receipts::default(),
        }
    }

    pub(super) fn session(&self) -> SessionId {
        self.login.as_ref().and_then(|login| login.id).unwrap_or_else(|| SessionId::from(0))
    }

    /// Whether a report may start: logged in, and not on the way out.
    pub(super) fn may_report(&self) -> Option<Account> {
        let stays = |login: &&Login| login.draining.is_none() && !login.released;
        self.login.as_ref().filter(stays).map(|login| login.account)
    }

    /// Whether SDKs may be started.
    pub(super) fn agrees(&self) -> bool {
        match self.answer {
            Answer::Given => true,
            Answer::Withdrawn | Answer::Unreadable => false,
            Answer::NotAsked => self.app.is_some_and(|app| !app.asks_consent),
        }
    }

    /// Whether the user wants no pushes.
    pub(super) fn is_off(&self) -> bool {
        self.answer == Answer::Withdrawn || !self.push_on && self.agrees()
    }

    /// What the server is to have of this kind in the end: nothing once pushes are off, else the newest token
    /// of the best vendor that has one. `None` if there is nothing to tell the server.
    pub(super) fn wanted(&self, scene: &Scene, kind: TokenKind) -> Option<Cargo> {
        self.app?;
        if self.is_off() {
            return Some(None);
        }
        if !self.agrees() {
            return None;
        }
        self.best(scene, kind).map(Some)
    }

    /// How well the vendor of this slot serves the phone, if it can be elected.
    pub(super) fn rank(&self, scene: &Scene, at: usize) -> Option<u8> {
        self.app.filter(|app| App::has(app.certified, at) && app.is_wired(scene.slots, at))?;
        self.phone?.rank(scene.slots[at].vendor)
    }

    /// The newest token of the best vendor of this kind that has one.
    pub(super) fn best(&self, scene: &Scene, kind: TokenKind) -> Option<Minted> {
        let held = scene.slots.iter().zip(&self.sdks).enumerate().filter_map(|(at, (slot, sdk))| {
            let version = sdk.held.filter(|_| slot.kind == kind)?;
            let rank = if kind == TokenKind::Standard {
                self.rank(scene, at)?
            } else {
                // It is beside the election.
                self.app.filter(|app| App::has(app.certified, at)).map(|_| 0)?
            };
            Some((rank, Minted { slot: at as u8, version, renumbered: App::has(self.app?.renumbered, at) }))
        });
        held.min_by_key(|(rank, _)| *rank).map(|(_, minted)| minted)
    }

    /// More tokens of a kind are held than there is room for: one of them was dropped, but not the one that
    /// came last.
    pub(super) fn doubt_surplus(&mut self, scene: &Scene, kind: TokenKind, last: Option<usize>) {
        let slots = scene.slots;
        let held = |(at, sdk): &(usize, &mut Sdk)| slots[*at].kind == kind && sdk.held.is_some();
        if self.sdks.iter_mut().enumerate().filter(held).count() > 2 {
            for (at, sdk) in self.sdks.iter_mut().enumerate().filter(held) {
                sdk.is_unsure = last != Some(at);
            }
        }
    }

    /// Whether it cannot be known which tokens of this kind there are.
    pub(super) fn is_unsure(&self, scene: &Scene, kind: TokenKind) -> bool {
        let mut sdks = scene.slots.iter().zip(&self.sdks);
        sdks.any(|(slot, sdk)| slot.kind == kind && sdk.held.is_some() && sdk.is_unsure)
    }

    /// Whether the machine waits for nothing of the SDKs, and none has given a token that can be elected.
    pub(super) fn is_without_prospect(&self, scene: &Scene) -> bool {
        self.agrees()
            && self.sdks.iter().all(|sdk| sdk.asked.is_none())
            && self.best(scene, TokenKind::Standard).is_none()
    }

    /// The user or the app changed something: every attempt is worth making again.
    pub(super) fn reset_backoff(&mut self) {
        self.ledgers.iter_mut().for_each(Ledger::reset);
    }

    /// What the server may have for an account, of any kind.
    pub(super) fn may_have_any(&self, account: Account) -> bool {
        TokenKind::ALL.iter().copied().any(|kind| self.server.may_have(account, kind))
    }

    pub(super) fn is_forgotten(&self, account: Account) -> bool {
        self.forgotten[account.index()].contains(&true)
    }

    /// Where taps for others are dropped, it may happen now to those whose owner is not logged in.
    pub(super) fn fence_taps(&mut self, scene: &Scene) {
        let Some(account) = self.may_report().filter(|_| self.host_ready) else { return };
        if scene.tap_fence == TapFence::Drop {
            for tap in self.taps.iter_mut().filter(|tap| tap.held && !tap.delivered) {
                // Whose a tap is that nobody stated an account for, the machine may assume.
                tap.uncertain |= tap.stated != Some(account);
            }
        }
    }

    /// Something went wrong with the store: what the machine begins now, or has begun, a restart may not know
    /// of.
    pub(super) fn store_fails(&mut self, now: u64, settle: u64) {
        self.store_trouble = true;
        for ledger in &mut self.ledgers {
            ledger.unknown_outcome(now, settle);
        }
    }

    /// What the server cannot have is neither known nor forgotten, and of sessions that left nothing nobody
    /// speaks.
    pub(super) fn tidy(&mut self) {
        let current = self.login.as_ref().and_then(|login| login.id);
        let (owed, wire) = (&self.owed, &self.server.wire);
        self.sessions.retain(|session| {
            Some(*session) == current
                || owed.iter().any(|(id, _)| id == session)
                || wire.iter().any(|request| request.session == *session)
        });
        for account in Account::ALL {
            for kind in TokenKind::ALL.iter().copied() {
                if !self.server.may_have(account, kind) {
                    self.forgotten[account.index()][index(kind)] = false;
                    self.known[account.index()][index(kind)] = false;
                }
            }
        }
    }

    /// The same environment with its ids renamed, its times counted from now, and what can matter no more
    /// left out.
    pub(super) fn canonical(&self, scene: &Scene, now: u64, name: &mut dyn FnMut(u64) -> u64) -> Self {
        let until = |time: u64| time.saturating_sub(now);
        let mut env = self.clone();
        if scene.budget.waits == u8::MAX {
            env.left.waits = 0;
        }
        for sdk in &mut env.sdks {
            sdk.asked = sdk.asked.map(|(id, time)| (name(id.as_u64()).into(), until(time)));
        }
        env.channel = env.channel.map(|(id, time)| (name(id.as_u64()).into(), until(time)));
        for request in &mut env.server.wire {
            request.id =
                if request.open_until.is_some() { name(request.id.as_u64()).into() } else { 0.into() };
            request.session = name(request.session.as_u64()).into();
            request.open_until = request.open_until.map(until);
            request.dies_at = until(request.dies_at);
        }
        if let Some(login) = &mut env.login {
            login.id = login.id.map(|id| name(id.as_u64()).into());
            login.draining = login.draining.map(until);
        }
        for id in &mut env.sessions {
            *id = name(id.as_u64()).into();
        }
        for (id, _) in &mut env.owed {
            *id = name(id.as_u64()).into();
        }
        for ledger in &mut env.ledgers {
            ledger.fresh_until = if ledger.acked.is_some() { until(ledger.fresh_until) } else { 0 };
            ledger.settle_until = if ledger.doubt { until(ledger.settle_until) } else { 0 };
            ledger.not_before = until(ledger.not_before);
            ledger.tried = ledger.tried.filter(|_| ledger.not_before > 0);
            ledger.asked_until = until(ledger.asked_until);
        }
        env.untaken_since = env.untaken_since.map(|since| (now - since).min(scene.times.store));
        env.presence.rename(now, name);
        env.receipts.rename(now, name);
        TapModel::rename_all(&mut env.taps, now, scene.times.tap_expiry, name);
        if env.left.crashes == 0 {
            env.disk = None;
        }
        let stored = env.disk.iter_mut().chain(env.write.as_mut().map(|write| &mut write.stored));
        for stored in stored.filter(|stored| !stored.taps.is_empty()) {
            // What a restart makes of them hangs on no time.
            TapModel::rename_all(&mut Arc::make_mut(stored).taps, now, 0, name);
        }
        if let Some(write) = &mut env.write {
            write.version = name(write.version.as_u64()).into();
            write.open_until = write.open_until.map(until);
        }
        env
    }
}
