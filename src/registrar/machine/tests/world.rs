//! The real machine and its environment, side by side: how events go in, effects come out, and time passes.

use std::collections::VecDeque;
use std::sync::Arc;

use super::env::{Answer, Env, Ledger, Sdk, Stored};
use super::fixtures::{Account, index};
use super::laws::{Checked, Law, Seen};
use super::mutation::{Mutation, mutated};
use super::scene::{Aftermath, Scene};
use super::server::Server;
use crate::registrar::{Event, InstallId, Lane, Machine, Origin, Policy, Verdict};
use crate::time::{MonotonicTime, Now, UnixTime};

/// A machine, its environment, and the time.
#[derive(Clone, Debug)]
pub(super) struct World {
    pub(super) machine: Machine,
    pub(super) env: Env,
    pub(super) now: u64,
    /// The latest time that the machine was reported. It counts from that.
    pub(super) heard: u64,
    /// When its timeouts were handled last.
    pub(super) rung: u64,
    /// The next event comes with a clock that was set back.
    pub(super) set_back: bool,
    /// How many processes there were.
    pub(super) processes: u32,
    /// The last answers that counted, to be passed again where anything may happen.
    pub(super) echo: Vec<Event>,
}

/// What goes along with a step: the scene, what has been seen so far, and a journal if somebody wants to read
/// it.
#[derive(Debug)]
pub(super) struct Stage<'a> {
    pub(super) scene: &'a Scene,
    pub(super) mutation: Option<Mutation>,
    pub(super) seen: &'a mut Seen,
    pub(super) journal: Option<Vec<String>>,
    /// The events of the last step, by name.
    pub(super) heard: Vec<&'static str>,
    pub(super) policy: Policy,
    #[cfg(test)]
    pub(super) ahead: super::key::KnownAhead,
}

impl<'a> Stage<'a> {
    pub(super) fn new(scene: &'a Scene, mutation: Option<Mutation>, seen: &'a mut Seen) -> Self {
        let policy = scene.policy();
        Self {
            scene,
            mutation,
            seen,
            journal: None,
            heard: Vec::new(),
            policy: mutation.map_or_else(|| policy.clone(), |mutation| mutation.policy(policy.clone())),
            #[cfg(test)]
            ahead: super::key::KnownAhead::default(),
        }
    }

    pub(super) fn note(&mut self, line: impl FnOnce() -> String) {
        if let Some(journal) = &mut self.journal {
            journal.push(line());
        }
    }
}

impl World {
    const START: u64 = 1_000_000;

    /// A phone on which the app starts for the first time.
    pub(super) fn start(stage: &mut Stage<'_>) -> Checked<Self> {
        let scene = stage.scene;
        let machine = Machine::new(origin(1, 1), stage.policy.clone());
        let env = Env::new(scene);
        let mut world = Self {
            machine,
            env,
            now: Self::START,
            heard: Self::START,
            rung: Self::START,
            set_back: false,
            processes: 1,
            echo: Vec::new(),
        };
        if !scene.bare {
            world.configure(stage)?;
        }
        Ok(world)
    }

    fn configure(&mut self, stage: &mut Stage<'_>) -> Checked {
        self.env.app = Some(self.env.now_app);
        self.tell(stage, Event::Configured(self.env.now_app.configuration(stage.scene.slots)))?;
        let phone = stage.scene.phones[usize::from(self.env.now_phone)];
        self.env.phone = Some(phone);
        self.tell(stage, Event::DeviceFacts(phone.facts()))?;
        Ok(())
    }

    fn clock(&mut self) -> Now {
        let now = self.now - if std::mem::take(&mut self.set_back) { 700_000 } else { 0 };
        self.heard = self.heard.max(now);
        at(now)
    }

    /// Hands an event to the machine and, unless the host is late, does what it asks for, and hands on what
    /// comes of that.
    pub(super) fn tell(&mut self, stage: &mut Stage<'_>, event: Event) -> Checked<Verdict> {
        let mut queue = VecDeque::from([event]);
        let mut first = None;
        while let Some(event) = queue.pop_front() {
            for event in mutated(stage.mutation, event, Mutation::events) {
                stage.note(|| format!("    <- {event:?}"));
                stage.heard.push(event.name());
                let is_login = matches!(event, Event::LoggedIn { .. });
                let now = self.clock();
                let echo = (stage.scene.wild && is_answer(&event)).then(|| event.clone());
                let verdict = self.machine.handle(now, event);
                if let Some(event) = echo.filter(|_| verdict.is_applied()) {
                    self.echo.truncate(3);
                    self.echo.insert(0, event);
                }
                if !verdict.is_applied() {
                    stage.note(|| format!("       {verdict:?}"));
                }
                if let Some(login) = self.env.login.as_mut().filter(|_| is_login) {
                    login.id = self.machine.session();
                    self.env.sessions.extend(login.id);
                }
                first.get_or_insert(verdict);
                self.after_call(stage, &mut queue)?;
            }
        }
        Ok(first.unwrap_or(Verdict::Applied))
    }

    /// Effects may wait now. A prompt host takes them.
    fn after_call(&mut self, stage: &mut Stage<'_>, queue: &mut VecDeque<Event>) -> Checked {
        self.drop_accounts();
        let is_prompt = stage.scene.prompt();
        while self.take(stage, &is_prompt, queue)? {}
        if stage.scene.is_late() {
            self.env.untaken_since.get_or_insert(self.heard);
            self.look_for_untaken(stage);
        }
        Ok(())
    }

    fn look_for_untaken(&mut self, stage: &Stage<'_>) {
        if self.machine.clone().poll_effect_on(stage.scene.open()).is_none() {
            self.env.untaken_since = None;
        }
    }

    /// Where the list is full, whoever was dropped from it is known no more.
    fn drop_accounts(&mut self) {
        let dropped = u64::from(self.machine.counters().possibly_bound_dropped);
        if dropped == std::mem::replace(&mut self.env.dropped, dropped) {
            return;
        }
        let current = self.env.login.as_ref().map(|login| login.account);
        for account in Account::ALL {
            if self.possibly_bound(account) || current == Some(account) {
                continue;
            }
            self.env.forgotten[account.index()] = [true; 2];
            self.env.evicted[account.index()] = true;
            self.env.known[account.index()] = [false; 2];
            for request in self.env.server.wire.iter_mut().filter(|request| request.account == account) {
                request.unknowable |= request.open_until.is_none();
            }
        }
    }

    fn take(
        &mut self,
        stage: &mut Stage<'_>,
        is_free: &dyn Fn(Lane) -> bool,
        queue: &mut VecDeque<Event>,
    ) -> Checked<bool> {
        let Some(effect) = self.machine.poll_effect_on(is_free) else {
            return Ok(false);
        };
        self.drop_accounts();
        let lane = effect.lane();
        stage.seen.law(Law::S2, is_free(lane), || format!("an effect for {lane}, which is busy"))?;
        for effect in mutated(stage.mutation, effect, Mutation::effects) {
            stage.note(|| format!("    -> {effect:?}"));
            self.perform(stage, effect, queue)?;
        }
        Ok(true)
    }

    /// The host takes one effect, or all, of the lanes that are free.
    pub(super) fn take_effects(
        &mut self,
        stage: &mut Stage<'_>,
        is_free: &dyn Fn(Lane) -> bool,
        all: bool,
    ) -> Checked {
        let mut queue = VecDeque::new();
        while self.take(stage, is_free, &mut queue)? && all {}
        self.look_for_untaken(stage);
        self.hand_on(stage, queue)
    }

    fn hand_on(&mut self, stage: &mut Stage<'_>, mut queue: VecDeque<Event>) -> Checked {
        while let Some(event) = queue.pop_front() {
            self.tell(stage, event)?;
        }
        Ok(())
    }

    /// The next moment at which something is due, of the machine or of a request on the wire.
    pub(super) fn next_moment(&self) -> Option<u64> {
        let machine = self.machine.poll_timeout().map(MonotonicTime::as_millis);
        [machine, self.env.server.next_death()].into_iter().flatten().min().map(|time| time.max(self.now))
    }

    /// Time passes to the next moment at which something is due.
    pub(super) fn wait(&mut self, stage: &mut Stage<'_>) -> Checked {
        let Some(next) = self.next_moment() else { return Ok(()) };
        self.pass(stage, next - self.now, true)
    }

    /// So much time passes.
    pub(super) fn pass(&mut self, stage: &mut Stage<'_>, millis: u64, rings: bool) -> Checked {
        stage.note(|| format!("    .. {millis} ms{}", if rings { "" } else { ", and no timer rings" }));
        self.now += millis;
        let now = self.now;
        self.env.server.bury(now);
        if !rings {
            return Ok(());
        }
        self.env.expire(stage.scene, now);
        self.env.server.bury(now);
        self.heard = now;
        self.rung = now;
        self.machine.handle_timeout(at(now));
        let mut queue = VecDeque::new();
        self.after_call(stage, &mut queue)?;
        self.hand_on(stage, queue)?;
        let ahead = self.machine.poll_timeout().is_none_or(|time| time.as_millis() > now);
        stage.seen.law(Law::S11, ahead, || "a deadline stays due after it was handled".to_owned())
    }

    /// The process is killed, and another starts with what the store has.
    pub(super) fn crash(&mut self, stage: &mut Stage<'_>, aftermath: Aftermath) -> Checked {
        self.processes += 1;
        // Ids of taps outlive the process.
        self.echo.retain(|event| !matches!(event, Event::TapHandled { .. }));
        let mut bytes = self.env.crash(stage.scene, self.now, aftermath);
        if let Some(mutation) = stage.mutation {
            bytes = mutation.snapshot(bytes);
        }
        let install = self.env.install + u8::from(stage.mutation == Some(Mutation::ForeignInstall));
        let (machine, restored) =
            Machine::restore(origin(install, self.processes), stage.policy.clone(), &bytes, at(self.now));
        self.heard = self.now;
        self.rung = self.now;
        self.machine = machine;
        self.env.dropped = 0;
        stage.note(|| format!("    ** restored: {restored:?}"));
        let mut queue = VecDeque::new();
        self.after_call(stage, &mut queue)?;
        self.hand_on(stage, queue)?;
        for tap in &mut self.env.taps {
            // Of others this process knows nothing.
            tap.heard = tap.held || tap.over || tap.uncertain;
        }
        if stage.scene.wild { Ok(()) } else { self.configure(stage) }
    }
}

impl Env {
    /// Reports whose answer comes too late, if it comes.
    pub(super) fn expire_reports(&mut self, scene: &Scene, now: u64) {
        let times = &scene.times;
        // A drain that is over ends the session, whenever its release is taken.
        let drained =
            self.login.as_ref().is_some_and(|login| login.draining.is_some_and(|until| until <= now));
        for request in &mut self.server.wire {
            let is_over = drained && request.of_current;
            if request.open_until.is_some_and(|until| until <= now || is_over) {
                request.open_until = None;
                let ledger = &mut self.ledgers[index(request.kind)];
                ledger.unknown_outcome(now, times.settle);
                ledger.not_before = now + times.floor;
                self.left.losses = self.left.losses.saturating_sub(1);
            }
        }
        self.server.sweep();
    }

    /// What the machine waits for no more, once it knows the time.
    fn expire(&mut self, scene: &Scene, now: u64) {
        let times = &scene.times;
        self.expire_reports(scene, now);
        let mut late_write = self.untaken_since.is_some_and(|since| since + times.store <= now);
        if let Some(write) =
            self.write.as_mut().filter(|write| write.open_until.is_some_and(|until| until <= now))
        {
            write.open_until = None;
            late_write = true;
            self.left.store_faults = self.left.store_faults.saturating_sub(1);
            if write.landed {
                self.write = None;
            }
        }
        if late_write {
            self.store_fails(now, times.settle);
        }
        if self.presence.call.as_ref().is_some_and(|call| call.until <= now) {
            self.presence.call = None;
            self.left.losses = self.left.losses.saturating_sub(1);
        }
        if self.receipts.expire(scene, now) {
            self.left.losses = self.left.losses.saturating_sub(1);
        }
        let mut vendor_fails = false;
        for sdk in &mut self.sdks {
            // What an SDK tells from now on, it tells unasked.
            if sdk.asked.is_some_and(|(_, until)| until <= now) {
                sdk.asked = None;
                vendor_fails = true;
                sdk.may_be_asked_again |= sdk.held.is_none();
                if !std::mem::take(&mut sdk.needless) {
                    self.left.silences = self.left.silences.saturating_sub(1);
                }
            }
        }
        self.channel.take_if(|(_, until)| *until <= now);
        if vendor_fails {
            self.excuse_parked(true);
        }
        for tap in self.taps.iter_mut().filter(|tap| tap.held && tap.since + times.tap_expiry <= now) {
            tap.end();
        }
        self.tidy();
    }

    /// The process is killed: what the next one finds.
    fn crash(&mut self, scene: &Scene, now: u64, aftermath: Aftermath) -> Vec<u8> {
        self.crashed = true;
        self.left.crashes = self.left.crashes.saturating_sub(1);
        if aftermath == Aftermath::OtherInstall {
            // Another phone, to which no request was ever sent. The user has not agreed here, but may have
            // refused.
            self.install += 1;
            self.server = Server::new(scene.server.per);
        }
        let stored: Option<Arc<Stored>> = self.disk.clone().filter(|_| aftermath != Aftermath::Gone);
        let own = stored.as_ref().is_some_and(|stored| stored.install == self.install);
        let same = own && matches!(aftermath, Aftermath::Same | Aftermath::ConsentUnreadable);
        let known = stored.as_ref().filter(|_| same);
        self.known = known.map(|stored| stored.known).unwrap_or_default();
        for request in &mut self.server.wire {
            request.open_until = None;
            request.unknowable |= !request.recorded || known.is_none();
            request.in_write = false;
            request.of_current = false;
            self.blind[index(request.kind)] |= request.unknowable;
            self.forgotten[request.account.index()][index(request.kind)] |= request.unknowable;
        }
        self.server.sweep();
        self.tidy();
        for account in Account::ALL {
            for kind in scene.kinds() {
                if self.server.may_have(account, kind) {
                    self.forgotten[account.index()][index(kind)] |= !self.known[account.index()][index(kind)];
                }
            }
        }
        self.write = None;
        self.store_trouble = !scene.stores();
        self.told_busy = false;
        self.untaken_since = None;
        self.channel = None;
        self.owed.clear();
        let left = self.login.take().map(|login| login.account).or(self.left_behind[0]);
        self.left_behind = [left, known.and_then(|stored| stored.login)];
        self.host_ready = false;
        self.app = None;
        self.phone = None;
        self.presence = super::model::PresenceModel::default();
        for (at, sdk) in self.sdks.iter_mut().enumerate() {
            let held = known.and_then(|stored| stored.held[at]);
            let Sdk { minted, version, is_unsure, .. } = *sdk;
            *sdk = Sdk { minted, version, held, is_unsure, ..Sdk::default() };
        }
        scene.kinds().for_each(|kind| self.doubt_surplus(scene, kind, None));
        for (at, tap) in self.taps.iter_mut().enumerate() {
            match known.and_then(|stored| stored.taps.get(at)) {
                Some(stored) => *tap = stored.clone(),
                None => {
                    (tap.held, tap.over, tap.uncertain, tap.deliveries, tap.id) =
                        (false, false, false, 0, None);
                }
            }
            tap.held &= tap.deliveries < scene.tap_deliveries;
            tap.delivered = false;
            tap.since = now;
        }
        self.receipts.after_crash(known.map(|stored| &stored.receipts));
        self.answer = match (aftermath, known.map(|stored| stored.answer), &stored) {
            (Aftermath::Torn, ..) | (.., None) => Answer::NotAsked,
            (Aftermath::ConsentUnreadable, _, Some(stored)) if stored.answer != Answer::NotAsked => {
                Answer::Unreadable
            }
            (_, None, Some(stored)) if stored.answer == Answer::Given => Answer::NotAsked,
            (.., Some(stored)) => stored.answer,
        };
        self.push_on = match (aftermath, &stored) {
            (Aftermath::Torn, _) | (_, None) => true,
            (_, Some(stored)) => stored.push_on,
        };
        for ledger in &mut self.ledgers {
            *ledger = Ledger::default();
            // An intent or a doubt may be stored.
            ledger.unknown_outcome(now, scene.times.settle);
        }
        if aftermath == Aftermath::Gone {
            self.disk = None;
        }
        match (&stored, aftermath) {
            (None, _) => Vec::new(),
            (Some(_), Aftermath::Torn) => b"{\"version\":".to_vec(),
            (Some(stored), Aftermath::ConsentUnreadable) => {
                let text = String::from_utf8_lossy(&stored.bytes);
                let text = text.replacen("\"consent\":true", "\"consent\":17", 1);
                text.replacen("\"consent\":false", "\"consent\":17", 1).into_bytes()
            }
            (Some(stored), _) => stored.bytes.clone(),
        }
    }
}

/// Whether it answers an effect by its id.
const fn is_answer(event: &Event) -> bool {
    matches!(
        event,
        Event::ReportDone { .. }
            | Event::ReportFailed { .. }
            | Event::ReportLost { .. }
            | Event::Stored { .. }
            | Event::StoreFailed { .. }
            | Event::PresenceDone { .. }
            | Event::PresenceFailed { .. }
            | Event::PushEventsReported { .. }
            | Event::PushEventsFailed { .. }
            | Event::PushEventsLost { .. }
            | Event::VendorFailed { .. }
            | Event::NotificationChannelReady { .. }
            | Event::NotificationChannelFailed { .. }
            | Event::TapHandled { .. }
    )
}

pub(super) const fn at(now: u64) -> Now {
    Now::new(MonotonicTime::from_millis(now), UnixTime::from_secs(1_800_000_000))
}

/// Which machine runs.
pub(super) fn origin(install: u8, process: u32) -> Origin {
    Origin::new(InstallId::new(format!("installation {install}")).expect("short"), process).with_seed(0)
}
