//! Random lives: the same environment with everything at once, chosen by dice.

use super::action::Action;
use super::fixtures::{Account, Phone, Slot};
use super::friendly::Friendly;
use super::laws::{Checked, Law, Seen, Violation};
use super::scene::{Aftermath, Budget, Disk, Refusal, Scene, ServerModel, Times};
use super::world::{Stage, World};
use crate::registrar::{Lane, TapFence};
use crate::vendor::Vendor;

const ALL: &[Slot] = &[
    Slot::standard(Vendor::Xiaomi),
    Slot::standard(Vendor::Fcm),
    Slot::standard(Vendor::Apns),
    Slot::voip(),
];
const APPLE: &[Slot] = &[Slot::standard(Vendor::Apns), Slot::voip()];
/// All that a phone of the environment can need.
const LANES: &[Lane] = &[
    Lane::ImClient,
    Lane::PushEvents,
    Lane::Store,
    Lane::Logout,
    Lane::NotificationChannels,
    Lane::Badge,
    Lane::Taps,
    Lane::Observer,
    Lane::Vendor(Vendor::Xiaomi),
    Lane::Vendor(Vendor::Fcm),
    Lane::Vendor(Vendor::Apns),
];
/// What hangs for good: mostly nothing.
const BLOCKED: [&[Lane]; 16] = {
    let mut blocked: [&[Lane]; 16] = [&[]; 16];
    blocked[0] = &[Lane::Store];
    blocked[1] = &[Lane::ImClient];
    blocked[2] = &[Lane::Logout, Lane::Taps];
    blocked[3] = &[Lane::Vendor(Vendor::Xiaomi), Lane::Badge];
    blocked[4] = &[Lane::Observer, Lane::NotificationChannels];
    blocked[5] = &[Lane::PushEvents];
    blocked
};
const CODES: &[i32] = &[22006, 6014, 22001, 22003, 22004, 6017, 6208, 70001, 9520, 6012, 424_242];

/// So many lines of a journal are printed: a life that never comes to rest has thousands.
const LINES: usize = 200;

/// What chooses: a generator of random numbers (`SplitMix64`).
#[derive(Clone, Debug)]
struct Dice(u64);

impl Dice {
    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    const fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len() as u64) as usize]
    }
}

/// The setting of a life.
fn scene(dice: &mut Dice) -> Scene {
    let most = 200;
    let budget = Budget {
        tokens: most,
        logins: most,
        kicks: most,
        losses: most,
        silences: most,
        deaths: most,
        crashes: most,
        store_faults: most,
        switches: most,
        changes: if dice.below(3) == 0 { 0 } else { most },
        presence: most,
        taps: if dice.below(2) == 0 { 0 } else { most },
        arrivals: if dice.below(2) == 0 { 0 } else { most },
        repeats: most,
        waits: most,
    };
    let on_apple = dice.below(3) != 0;
    Scene {
        phones: if on_apple {
            &[Phone::Of(Vendor::Apns), Phone::Of(Vendor::Xiaomi), Phone::NoBrand]
        } else {
            &[Phone::Of(Vendor::Xiaomi), Phone::NoBrand, Phone::Of(Vendor::Apns)]
        },
        accounts: &Account::ALL,
        disk: Disk::Slow,
        late: dice.pick(&[&[], LANES, LANES, &[Lane::ImClient], &[Lane::Store, Lane::Logout]]),
        blocked: dice.pick(&BLOCKED),
        aftermaths: &[
            Aftermath::Same,
            Aftermath::Same,
            Aftermath::Same,
            Aftermath::Gone,
            Aftermath::Torn,
            Aftermath::ConsentUnreadable,
            Aftermath::OtherInstall,
        ],
        sdk_codes: &[Refusal::Later, Refusal::Never],
        im_codes: CODES,
        retry_after: true,
        consent: dice.below(2) == 0,
        notification_channel: dice.below(2) == 0,
        restless: true,
        snapshots: dice.below(8) != 0,
        wild: true,
        persists: true,
        budget,
        times: dice.pick(&[Times::COARSE, Times::TINY, Times::DEFAULT]),
        tap_fence: dice.pick(&[TapFence::Hold, TapFence::Drop, TapFence::NotYours]),
        tap_limit: dice.pick(&[1, 2, 8]),
        tap_deliveries: dice.pick(&[1, 3]),
        possibly_bound_limit: dice.pick(&[1, 2, 8]),
        push_event_limit: dice.pick(&[1, 3, 64]),
        push_event_batch: dice.pick(&[1, 20]),
        push_event_attempts: dice.pick(&[1, 3, 100]),
        ..Scene::plain(
            "life",
            if on_apple && dice.below(2) == 0 { APPLE } else { ALL },
            dice.pick(&ServerModel::ALL),
        )
    }
}

/// How likely an action is, among those that may happen.
const fn weight(action: Action) -> u64 {
    match action {
        Action::Take | Action::Acknowledge | Action::Write => 12,
        Action::TakeAll => 8,
        Action::Answer(_) | Action::Mint(_) | Action::Wait => 6,
        Action::Login(_) => 5,
        Action::RequestLogout | Action::FinishLogout => 4,
        Action::TakeOn(Lane::ImClient | Lane::Store) => 3,
        Action::TakeOn(_) | Action::Pass(..) | Action::SetBack | Action::Crash(_) => 1,
        _ => 2,
    }
}

/// Something that may happen next, by weight.
fn weighted(dice: &mut Dice, world: &World, scene: &Scene) -> Action {
    let choices = world.choices(scene);
    let mut rest = dice.below(choices.iter().map(|action| weight(*action)).sum());
    let mut hit = |action: &Action| {
        let weight = weight(*action);
        let hit = rest < weight;
        rest = rest.saturating_sub(weight);
        hit
    };
    choices.into_iter().find(|action| hit(action)).expect("the dice show less than the total")
}

/// One life, as it can be replayed again and again: the setting and what happened.
#[derive(Clone, Debug)]
pub(super) struct Life {
    pub(super) scene: Scene,
    pub(super) actions: Vec<Action>,
}

impl Life {
    /// Lives the life of this seed. Returns how many steps it took.
    pub(super) fn live(number: u64, seen: &mut Seen) -> (Self, usize, Checked) {
        let mut dice = Dice(number);
        let mut life = Self { scene: scene(&mut dice), actions: Vec::new() };
        let length = 10 + dice.below(90);
        // Without help a life seldom gets as far as a binding.
        let friendliness = dice.below(4);
        let mut turns = 0;
        let choose = |world: &World, scene: &Scene, friendly: Friendly| {
            turns += 1;
            (turns <= length).then(|| match friendly {
                Friendly::Next(action) if dice.below(4) < friendliness => action,
                _ => weighted(&mut dice, world, scene),
            })
        };
        let (steps, outcome) = life.go_on(seen, choose);
        (life, steps, outcome)
    }

    /// A life that bytes choose: the setting by the first eight, then one action by each.
    #[cfg(fuzzing)]
    fn from_bytes(data: &[u8], seen: &mut Seen) -> (Self, Checked) {
        let (head, mut rest) = data.split_at(data.len().min(8));
        let seed = head.iter().fold(0, |seed, byte| seed << 8 | u64::from(*byte));
        let mut life = Self { scene: scene(&mut Dice(seed)), actions: Vec::new() };
        let choose = |world: &World, scene: &Scene, friendly: Friendly| {
            let (byte, left) = rest.split_first()?;
            rest = left;
            match friendly {
                Friendly::Next(action) if byte % 2 == 0 => Some(action),
                _ => {
                    let choices = world.choices(scene);
                    choices.get(usize::from(byte / 2) % choices.len().max(1)).copied()
                }
            }
        };
        let (_, outcome) = life.go_on(seen, choose);
        (life, outcome)
    }

    /// Takes one action after the other, as long as any is chosen. Returns how many steps it took.
    fn go_on(
        &mut self,
        seen: &mut Seen,
        mut choose: impl FnMut(&World, &Scene, Friendly) -> Option<Action>,
    ) -> (usize, Checked) {
        let mut steps = 0;
        let Self { scene, actions } = self;
        let outcome = (|| {
            let mut stage = Stage::new(scene, None, seen);
            let mut world = World::start(&mut stage)?;
            loop {
                let friendly = world.friendly(&mut stage)?;
                let Some(action) = choose(&world, scene, friendly) else { break };
                actions.push(action);
                steps += 1;
                world.step(&mut stage, action)?;
                world.check(&mut stage)?;
                if actions.len() % 8 == 0 {
                    world.probe(&mut stage)?;
                }
                if actions.len() % 32 == 0 {
                    steps += settle(&mut stage, world.clone())?;
                }
            }
            steps += settle(&mut stage, world)?;
            Ok(())
        })();
        (steps, outcome)
    }

    /// Lives it again: what cannot happen is left out.
    pub(super) fn again(&self, journal: bool) -> (Vec<String>, Checked) {
        let mut seen = Seen::default();
        let mut stage = Stage::new(&self.scene, None, &mut seen);
        stage.journal = journal.then(Vec::new);
        let outcome = self.replay(&mut stage);
        (stage.journal.take().unwrap_or_default(), outcome)
    }

    fn replay(&self, stage: &mut Stage<'_>) -> Checked {
        let mut world = World::start(stage)?;
        for action in &self.actions {
            let friendly = world.friendly(stage)? == Friendly::Next(*action);
            if !friendly && !world.choices(stage.scene).contains(action) {
                continue;
            }
            world.step(stage, *action)?;
            world.check(stage)?;
        }
        world.probe(stage)?;
        settle(stage, world).map(drop)
    }

    /// What was broken, and the shortest life found that breaks it, step by step.
    fn explained(self, violation: &Violation) -> String {
        let (taken, short) = (self.actions.len(), self.shortened(violation));
        let (mut journal, _) = short.again(true);
        if journal.len() > LINES {
            journal.truncate(LINES);
            journal.push("  -- and so on --".to_owned());
        }
        let (scene, number) = (&short.scene, short.actions.len());
        format!(
            "{violation}\nafter {taken} actions, shortened to {number}, in {scene:?}\n{}",
            journal.join("\n")
        )
    }

    /// The shortest life found that breaks the same promise.
    pub(super) fn shortened(mut self, violation: &Violation) -> Self {
        let same = |life: &Self| {
            life.again(false)
                .1
                .is_err_and(|other| other.law == violation.law && alike(&other.what, &violation.what))
        };
        let mut chunk = self.actions.len().max(1);
        while chunk > 0 {
            let mut at = 0;
            while at < self.actions.len() {
                let mut shorter = self.clone();
                shorter.actions.drain(at..(at + chunk).min(self.actions.len()));
                if same(&shorter) {
                    self = shorter;
                } else {
                    at += chunk;
                }
            }
            chunk /= 2;
        }
        self
    }
}

/// Whether two sentences say the same but for what they name.
fn alike(one: &str, other: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split(' ').filter(|word| word.chars().all(char::is_lowercase)).map(str::to_owned).collect()
    };
    let (one, other) = (words(one), words(other));
    one.first() == other.first() && one.last() == other.last()
}

/// From here on all goes well; returns how many steps that took.
fn settle(stage: &mut Stage<'_>, mut world: World) -> Checked<usize> {
    stage.note(|| "  -- from here on all goes well --".to_owned());
    world.env.left.tokens = 200;
    world.env.left.switches = 200;
    for steps in 0..600 {
        match world.friendly(stage)? {
            Friendly::AtRest => {
                world.check(stage)?;
                return Ok(steps);
            }
            Friendly::Next(action) => world.step(stage, action)?,
        }
        world.check(stage)?;
    }
    world.owes(stage)?;
    Err(Violation { law: Law::L4, what: "it never comes to rest".to_owned() })
}

/// The fuzz target's body.
///
/// # Panics
/// With a shortened life, if a promise is broken.
#[cfg(fuzzing)]
pub fn live_bytes(data: &[u8]) {
    let (life, outcome) = Life::from_bytes(data, &mut Seen::default());
    if let Err(violation) = outcome {
        panic!("{}", life.explained(&violation));
    }
}

#[cfg(test)]
mod tests {
    use super::{Law, Life, Seen};

    /// How many steps are lived with a fixed seed in an ordinary test run.
    const STEPS: usize = 200_000;

    #[test]
    fn lives_keep_every_promise() {
        let few = if super::super::walk::is_short() { STEPS / 10 } else { STEPS };
        let steps = std::env::var("LIVES").map_or(few, |number| number.parse().expect("LIVES is a number"));
        let first =
            std::env::var("LIVES_SEED").map_or(1, |number| number.parse().expect("LIVES_SEED is a number"));
        let mut seen = Seen::default();
        let (mut lived, mut taken) = (0_u64, 0);
        while taken < steps {
            let number = first + lived;
            let (life, more, outcome) = Life::live(number, &mut seen);
            if let Err(violation) = outcome {
                panic!("LIVES_SEED={number}: {}", life.explained(&violation));
            }
            lived += 1;
            taken += more;
        }
        let idle: Vec<_> = seen.premises().filter(|(_, count)| *count == 0).map(|(law, _)| law).collect();
        assert_eq!(idle, [], "never put to the test");
        assert_eq!(Law::ALL.len(), seen.premises().count());
        super::super::say(&format!("lives: {lived} lives, {taken} steps"));
    }
}
