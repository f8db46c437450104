//! One number for all worlds that will go on alike.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash, Hasher};
use std::sync::Arc;

use super::env::Stored;
use super::rename::Renamer;
use super::scene::Scene;
use super::world::{Stage, World, at, origin};
use crate::registrar::Machine;
use crate::time::MonotonicTime;

/// 128 bits of a world in its canonical form. Two different worlds of a million share one with a chance of 1 in 10^26.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key(u128);

impl Key {
    pub(super) fn of(value: &impl Hash) -> Self {
        let mut mixer = Mixer { low: 0x9e37_79b9_7f4a_7c15, high: 0xc2b2_ae3d_27d4_eb4f };
        value.hash(&mut mixer);
        Self((u128::from(mixer.high) << 64) | u128::from(mixer.low))
    }

    fn of_machine(mut machine: Machine, names: &mut Names) -> Self {
        machine.rename(names);
        Self::of(&machine.decides())
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
                    Ahead::Key(Key::of_machine(machine, &mut Names::new(0)))
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
        let mut machine = self.machine.clone();
        machine.rename(&mut names);
        let env = self.env.canonical(scene, self.now, &mut |id| names.of(id));
        let stored = env.disk.iter().chain(env.write.as_ref().map(|write| &write.stored));
        names.at(0);
        let ahead: Vec<_> = stored
            .filter_map(|stored| match &**stored.ahead.as_ref()? {
                Ahead::Key(key) => Some(*key),
                Ahead::Machine(machine) => Some(Key::of_machine((**machine).clone(), &mut names)),
            })
            .collect();
        let machine = Key::of(&machine.decides());
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

impl Renamer for Names {
    fn id(&mut self, id: u64) -> u64 {
        self.of(id)
    }

    fn time(&mut self, time: MonotonicTime) -> MonotonicTime {
        if time == MonotonicTime::MAX {
            time
        } else {
            MonotonicTime::from_millis(time.as_millis().saturating_sub(self.now))
        }
    }
}

/// Two lanes of folded multiplication, differently keyed.
#[derive(Debug)]
struct Mixer {
    low: u64,
    high: u64,
}

impl Mixer {
    fn mix(&mut self, word: u64) {
        self.low = fold(self.low ^ word, 0xa076_1d64_78bd_642f);
        self.high = fold(self.high.rotate_left(23) ^ word, 0xe703_7ed1_a0b4_28db);
    }
}

const fn fold(left: u64, right: u64) -> u64 {
    let product = (left as u128).wrapping_mul(right as u128);
    (product >> 64) as u64 ^ product as u64 ^ left.rotate_left(32)
}

impl Hasher for Mixer {
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

    fn write_u128(&mut self, number: u128) {
        self.mix(number as u64);
        self.mix((number >> 64) as u64);
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
