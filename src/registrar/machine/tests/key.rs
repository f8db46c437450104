//! One number for all worlds that will go on alike.
//!
//! Worlds are alike in their canonical form: ids named in the order in which they are met, times counted from
//! now, and what no time to come can change left out. The wall clock stands still, so that its stamps are
//! equal already.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash, Hasher};
use std::sync::Arc;

use super::env::Stored;
use super::scene::Scene;
use super::world::{Stage, World, at, origin};
use crate::registrar::machine::{State, snapshot};
use crate::registrar::{
    Machine, PresenceId, PushEventsId, RegistrationId, ReportId, SessionId, StoreVersion, TapId,
};
use crate::time::MonotonicTime;

/// 128 bits of a world in its canonical form. Two different worlds of a million share one with a chance of 1
/// in 10^26.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key(u128);

impl Key {
    pub(super) fn of(value: &impl Hash) -> Self {
        Self::named(value, None)
    }

    fn named(value: &impl Hash, names: Option<&mut Names>) -> Self {
        let mut mixer = Mixer { low: 0x9e37_79b9_7f4a_7c15, high: 0xc2b2_ae3d_27d4_eb4f, names };
        value.hash(&mut mixer);
        Self((u128::from(mixer.high) << 64) | u128::from(mixer.low))
    }

    /// Of all that decides how a machine goes on, given its policy and its clock.
    fn of_machine(machine: &Machine, names: &mut Names) -> Self {
        let mut state = machine.state.clone();
        let (content, now) = (snapshot::digest(&state), MonotonicTime::from_millis(names.now));
        let State { registrations, storage, inbox, .. } = &mut state;
        registrations.make_canonical(now);
        storage.make_canonical(content);
        inbox.make_canonical(now);
        Self::named(&(state, machine.context.outbox()), Some(names))
    }
}

/// What stored bytes will mean to a process that starts with them.
#[derive(Debug)]
pub(super) enum Ahead {
    /// It shares ids with the machine that runs: of taps.
    Machine(Box<Machine>),
    /// It shares none.
    Key(Key),
}

/// The same by the key of installation and bytes, so that none is restored twice.
pub(super) type KnownAhead = ByKey<Arc<Ahead>>;

/// Keys are hashes already.
pub(super) type ByKey<V> = HashMap<Key, V, BuildHasherDefault<Already>>;

impl Stored {
    /// Looks ahead to what a process will find in these bytes, if one can start with them.
    pub(super) fn look_ahead(mut self, stage: &mut Stage<'_>, crashes_left: u8) -> Self {
        if crashes_left > 0 && !stage.scene.wild {
            let restore = || {
                let origin = origin(self.install, 0);
                let (machine, _) = Machine::restore(origin, stage.policy.clone(), &self.bytes, at(0));
                Arc::new(if stage.scene.budget.taps > 0 {
                    Ahead::Machine(Box::new(machine))
                } else {
                    Ahead::Key(Key::of_machine(&machine, &mut Names::new(0)))
                })
            };
            let known = stage.ahead.entry(Key::of(&(self.install, &self.bytes)));
            self.ahead = Some(Arc::clone(known.or_insert_with(restore)));
        }
        self
    }
}

impl World {
    /// What makes two worlds the same: everything that can still make a difference.
    pub(super) fn key(&self, scene: &Scene) -> Key {
        self.keys(scene).1
    }

    /// What makes two machines the same, and two worlds.
    pub(super) fn keys(&self, scene: &Scene) -> (Key, Key) {
        let mut names = Names::new(self.now);
        let machine = Key::of_machine(&self.machine, &mut names);
        let env = self.env.canonical(scene, self.now, &mut |id| names.of(id));
        let stored = env.disk.iter().chain(env.write.as_ref().map(|write| &write.stored));
        names.at(0);
        let ahead: Vec<_> = stored
            .filter_map(|stored| match &**stored.ahead.as_ref()? {
                Ahead::Key(key) => Some(*key),
                Ahead::Machine(machine) => Some(Key::of_machine(machine, &mut names)),
            })
            .collect();
        (machine, Key::of(&(machine, env, ahead)))
    }
}

/// Ids by first appearance: 1, 2, 3 and so on; times counted from now.
#[derive(Debug)]
pub(super) struct Names {
    known: Vec<u64>,
    now: u64,
}

impl Names {
    pub(super) const fn new(now: u64) -> Self {
        Self { known: Vec::new(), now }
    }

    pub(super) fn of(&mut self, id: u64) -> u64 {
        let place = self.known.iter().position(|known| *known == id).unwrap_or_else(|| {
            self.known.push(id);
            self.known.len() - 1
        });
        place as u64 + 1
    }

    /// From here on times count from another moment.
    pub(super) const fn at(&mut self, now: u64) {
        self.now = now;
    }
}

/// Hashed as a number of 128 bits, which nothing else in a machine is.
macro_rules! hash_ids {
    ($($id:ident)*) => {$(
        impl Hash for $id {
            fn hash<H: Hasher>(&self, hasher: &mut H) {
                hasher.write_u128(self.as_u64().into());
            }
        }
    )*};
}

hash_ids! { RegistrationId SessionId ReportId PresenceId PushEventsId TapId StoreVersion }

/// Hashed as a signed number of 128 bits, which nothing else in a machine is.
impl Hash for MonotonicTime {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        hasher.write_i128(self.as_millis().into());
    }
}

/// Two lanes of folded multiplication, differently keyed. Names the ids and times that it meets, if it is to.
#[derive(Debug)]
struct Mixer<'a> {
    low: u64,
    high: u64,
    names: Option<&'a mut Names>,
}

impl Mixer<'_> {
    fn mix(&mut self, word: u64) {
        self.low = fold(self.low ^ word, 0xa076_1d64_78bd_642f);
        self.high = fold(self.high.rotate_left(23) ^ word, 0xe703_7ed1_a0b4_28db);
    }
}

const fn fold(left: u64, right: u64) -> u64 {
    let product = (left as u128).wrapping_mul(right as u128);
    (product >> 64) as u64 ^ product as u64 ^ left.rotate_left(32)
}

impl Hasher for Mixer<'_> {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.mix(u64::from_le_bytes(word));
        }
        self.mix(bytes.len() as u64);
    }

    fn write_u8(&mut self, number: u8) {
        self.mix(number.into());
    }

    fn write_u16(&mut self, number: u16) {
        self.mix(number.into());
    }

    fn write_u32(&mut self, number: u32) {
        self.mix(number.into());
    }

    fn write_u64(&mut self, number: u64) {
        self.mix(number);
    }

    fn write_u128(&mut self, id: u128) {
        let name = self.names.as_mut().map(|names| names.of(id as u64));
        self.mix(name.unwrap_or(id as u64));
        self.mix((id >> 64) as u64);
    }

    fn write_i128(&mut self, time: i128) {
        let time = time.unsigned_abs() as u64;
        let now = self.names.as_ref().map_or(0, |names| names.now);
        self.mix(if time == u64::MAX { time } else { time.saturating_sub(now) });
    }

    fn write_usize(&mut self, number: usize) {
        self.mix(number as u64);
    }

    fn finish(&self) -> u64 {
        self.low ^ self.high
    }
}

#[derive(Debug, Default)]
pub(super) struct Already(u64);

impl Hasher for Already {
    fn write(&mut self, _: &[u8]) {}

    fn write_u128(&mut self, number: u128) {
        self.0 = number as u64;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
