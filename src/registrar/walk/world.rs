//! The real machine and its environment, side by side: how events go in, effects come out, and time passes.

use std::collections::VecDeque;
use std::sync::Arc;

use super::environment::{Environment, Ledger, Sdk, Stored};
use super::key::{Key, Names};
use super::laws::{Checked, Law, Seen};
use super::scene::{Aftermath, SETTLE, Scene};
use super::twist::Twist;
use crate::registrar::{Event, Incarnation, InstallId, Machine, Origin, Verdict};
use crate::time::{MonotonicTime, Now, UnixTime};

/// A machine, its environment, and the time.
#[derive(Clone, Debug)]
pub(super) struct World {
    pub(super) machine: Machine,
    pub(super) env: Environment,
    pub(super) now: u64,
}

/// What goes along with a step: the scene, what has been seen so far, and a journal if somebody wants to read it.
#[derive(Debug)]
pub(super) struct Stage<'a> {
    pub(super) scene: &'a Scene,
    pub(super) seen: &'a mut Seen,
    pub(super) journal: Option<Vec<String>>,
    /// The events of the last step, by name.
    pub(super) told: Vec<&'static str>,
}

impl<'a> Stage<'a> {
    pub(super) const fn new(scene: &'a Scene, seen: &'a mut Seen) -> Self {
        Self { scene, seen, journal: None, told: Vec::new() }
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
        let mut machine = Machine::new(origin(scene, scene.budget.crashes), scene.policy());
        machine.rules = scene.rules;
        let mut world = Self { machine, env: Environment::new(scene), now: Self::START };
        if !scene.bare {
            world.configure(stage)?;
        }
        Ok(world)
    }

    fn configure(&mut self, stage: &mut Stage<'_>) -> Checked {
        self.env.configured = true;
        self.env.described = true;
        self.tell(stage, Event::Configured(stage.scene.configuration(self.env.version)))?;
        self.tell(stage, Event::DeviceFacts(stage.scene.device()))?;
        Ok(())
    }

    pub(super) const fn clock(&self) -> Now {
        at(self.now)
    }

    /// Hands an event to the machine, does what it asks for, and hands on what comes of that at once.
    pub(super) fn tell(&mut self, stage: &mut Stage<'_>, event: Event) -> Checked<Verdict> {
        let mut queue = VecDeque::from([event]);
        let mut first = None;
        while let Some(event) = queue.pop_front() {
            for event in twisted(stage.scene.twist, event, Twist::events) {
                stage.note(|| format!("    <- {event:?}"));
                stage.told.push(event.name());
                let is_login = matches!(event, Event::LoggedIn { .. });
                let verdict = self.machine.handle(self.clock(), event);
                if !verdict.is_applied() {
                    stage.note(|| format!("       {verdict:?}"));
                }
                if let Some(login) = self.env.login.as_mut().filter(|_| is_login) {
                    login.id = self.machine.session();
                }
                first.get_or_insert(verdict);
                self.drain(stage, &mut queue)?;
            }
        }
        Ok(first.unwrap_or(Verdict::Applied))
    }

    fn drain(&mut self, stage: &mut Stage<'_>, queue: &mut VecDeque<Event>) -> Checked {
        while let Some(effect) = self.machine.poll_effect() {
            for effect in twisted(stage.scene.twist, effect, Twist::effects) {
                stage.note(|| format!("    -> {effect:?}"));
                self.perform(stage, effect, queue)?;
            }
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
        stage.note(|| format!("    .. {} ms", next - self.now));
        self.now = next;
        self.pass(next);
        self.machine.handle_timeout(self.clock());
        let mut queue = VecDeque::new();
        self.drain(stage, &mut queue)?;
        while let Some(event) = queue.pop_front() {
            self.tell(stage, event)?;
        }
        let ahead = self.machine.poll_timeout().is_none_or(|time| time.as_millis() > next);
        stage.seen.law(Law::S11, ahead, || "a deadline stays due after it was handled".to_owned())
    }

    /// What the environment itself makes of the time.
    fn pass(&mut self, now: u64) {
        let env = &mut self.env;
        for request in &mut env.server.wire {
            if request.open_until.is_some_and(|until| until <= now) {
                request.open_until = None;
                let ledger = &mut env.ledgers[super::cast::index(request.kind)];
                ledger.unknown_outcome(now, SETTLE);
                ledger.not_before = now + super::scene::BACKOFF;
                env.left.losses = env.left.losses.saturating_sub(1);
            }
        }
        env.server.bury(now);
        if let Some(write) =
            env.write.as_mut().filter(|write| write.open_until.is_some_and(|until| until <= now))
        {
            write.open_until = None;
            env.confirmed = false;
            env.left.store_faults = env.left.store_faults.saturating_sub(1);
            if write.landed {
                env.write = None;
            }
        }
        if env.presence.call.as_ref().is_some_and(|call| call.until <= now) {
            env.presence.call = None;
            env.left.losses = env.left.losses.saturating_sub(1);
        }
        for sdk in &mut env.sdks {
            // What an SDK tells from now on, it tells unasked.
            if sdk.asked.is_some_and(|(_, until)| until <= now) {
                sdk.asked = None;
                if !std::mem::take(&mut sdk.needless) {
                    env.left.silences = env.left.silences.saturating_sub(1);
                }
            }
        }
        if env.vendor.is_some_and(|(_, until)| until <= now) {
            env.vendor = None;
        }
    }

    /// The process is killed, and another starts with what the store has.
    pub(super) fn crash(&mut self, stage: &mut Stage<'_>) -> Checked {
        let scene = stage.scene;
        let env = &mut self.env;
        env.left.crashes = env.left.crashes.saturating_sub(1);
        env.amnesia |= env.unrecorded;
        env.forgotten |= env.unnamed || scene.aftermath == Aftermath::Torn;
        env.confirmed = false;
        if scene.aftermath == Aftermath::OtherInstall {
            // Another phone, to which no request was ever sent.
            env.server = super::server::Server::new(scene.server.per);
        }
        for request in &mut env.server.wire {
            request.open_until = None;
            request.unknowable |= env.unrecorded || env.unnamed;
        }
        env.server.sweep();
        env.write = None;
        env.vendor = None;
        env.owed_release = None;
        env.left_behind = env.login.take().map(|login| login.account).or(env.left_behind);
        env.host_ready = false;
        env.presence = super::desk::PresenceDesk::default();
        let stored: Option<Arc<Stored>> = env.disk.clone();
        let same = scene.aftermath == Aftermath::Same;
        let known = stored.as_ref().filter(|_| same);
        for (at, sdk) in env.sdks.iter_mut().enumerate() {
            let held = known.and_then(|stored| stored.held[at]);
            *sdk = Sdk { asked: None, needless: false, started: false, held, ..sdk.clone() };
        }
        for (at, tap) in env.taps.iter_mut().enumerate() {
            (tap.held, tap.over, tap.deliveries) =
                known.and_then(|stored| stored.taps.get(at).copied()).unwrap_or_default();
            tap.delivered = false;
            tap.since = self.now;
        }
        let unasked = (!scene.consent).then_some(true);
        env.consent = known.map_or(unasked, |stored| stored.consent);
        env.push_on = known.is_none_or(|stored| stored.push_on);
        for (at, ledger) in env.ledgers.iter_mut().enumerate() {
            *ledger = Ledger::default();
            if stored.as_ref().is_some_and(|stored| !same || stored.doubts[at]) {
                ledger.unknown_outcome(self.now, SETTLE);
            }
        }
        let bytes = match (&stored, scene.aftermath) {
            (None, _) => Vec::new(),
            (Some(_), Aftermath::Torn) => b"{\"version\":".to_vec(),
            (Some(stored), Aftermath::Same | Aftermath::OtherInstall) => stored.bytes.clone(),
        };
        let bytes = scene.twist.map_or_else(|| bytes.clone(), |twist| twist.snapshot(bytes.clone()));
        let origin = origin(scene, self.env.left.crashes);
        let (mut machine, restored) = Machine::restore(origin, scene.policy(), &bytes, self.clock());
        machine.rules = scene.rules;
        self.machine = machine;
        stage.note(|| format!("    ** restored: {restored:?}"));
        let mut queue = VecDeque::new();
        self.drain(stage, &mut queue)?;
        while let Some(event) = queue.pop_front() {
            self.tell(stage, event)?;
        }
        for tap in &mut self.env.taps {
            // Of others this process knows nothing.
            tap.told = tap.held || tap.over;
        }
        self.configure(stage)
    }

    /// What makes two worlds the same: everything that can still make a difference.
    pub(super) fn key(&self, scene: &Scene) -> Key {
        let mut names = Names::default();
        let mut state = self.machine.state().clone();
        // These are the same all through a scene.
        state.configuration = None;
        state.device = None;
        state.rename(MonotonicTime::from_millis(self.now), &mut |id| names.of(id));
        let env = self.env.canonical(scene, self.now, &mut |id| names.of(id));
        Key::of(&(state, env))
    }
}

/// What a twist makes of an event or effect; without one it stays as it is.
pub(super) fn twisted<T>(
    twist: Option<Twist>,
    one: T,
    rewrite: fn(Twist, T) -> Vec<T>,
) -> impl Iterator<Item = T> {
    let (one, many) = match twist {
        None => (Some(one), Vec::new()),
        Some(twist) => (None, rewrite(twist, one)),
    };
    one.into_iter().chain(many)
}

pub(super) const fn at(now: u64) -> Now {
    Now::new(MonotonicTime::from_millis(now), UnixTime::from_secs(1_800_000_000))
}

/// Which machine runs when so many crashes are left.
pub(super) fn origin(scene: &Scene, crashes_left: u8) -> Origin {
    let process = u32::from(scene.budget.crashes - crashes_left) + 1;
    let install = match scene.aftermath {
        Aftermath::OtherInstall if process > 1 => "another installation",
        Aftermath::Same | Aftermath::Torn | Aftermath::OtherInstall => "the installation",
    };
    let install = match scene.twist {
        Some(Twist::ForeignInstall) if process > 1 => "a third installation",
        _ => install,
    };
    Origin::new(InstallId::new(install).expect("short"), Incarnation::new(process)).with_seed(0)
}
