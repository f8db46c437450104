//! The machine at its public surface: random lives, crashes, clocks, sizes.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::wildcard_enum_match_arm,
    reason = "a test stops at the first thing that is not as expected"
)]

mod alphabet;
mod details;
mod hostile;
mod live;
mod notices;
mod op;
mod peace;
mod pictures;
mod possibly_bound;
mod promises;
mod push_event_owners;
mod push_events;
#[allow(dead_code, reason = "of what the bench uses too, the tests use a part")]
#[path = "../../benches/registrar/rig.rs"]
mod rig;
mod rules;
mod said;
mod sdks;
mod secrets;
mod server;
mod sessions;
mod situations;
mod size;
mod snapshot;
mod table;
mod tap_expiry;
mod taps;
mod world;

use op::{Op, jump, op};
use proptest::prelude::*;
use rig::steady;
use tim_offline_push::registrar::{Blocker, DoubtStatus, PolicySettings, StateName};
use world::World;

fn lived(settings: PolicySettings, ops: &[Op]) -> World {
    let mut world = World::new(settings, 7);
    for op in ops {
        world.step(op);
    }
    world
}

/// The same life, with a crash right after the effect at this place.
fn crashed(ops: &[Op], place: usize) -> World {
    let mut world = World::new(steady(), 7);
    world.crash_after = Some(place);
    for op in ops {
        world.step(op);
    }
    world
}

/// L1, L3, L4: once all goes well, the newest token is acknowledged without doubt, and nothing is left to do.
fn comes_to_peace(mut world: World) {
    world.make_peace();
    let diagnosis = world.machine.diagnose();
    assert!(diagnosis.reachable, "L1: not reachable\n{diagnosis}\n{}", world.log.join("\n"));
    assert!(diagnosis.blocked_by.as_ref().is_none_or(Blocker::is_partial), "{diagnosis}");
    assert!(diagnosis.beliefs.iter().all(|belief| belief.doubt == DoubtStatus::None));
    world.compare_with_server();
    assert!(diagnosis.regions.iter().any(|region| region.state == StateName::Bound));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_life_keeps_the_rules_and_comes_to_peace(ops in prop::collection::vec(op(), 0..120)) {
        comes_to_peace(lived(PolicySettings::default(), &ops));
    }

    #[test]
    fn no_clock_value_panics_or_loops(
        ops in prop::collection::vec(prop_oneof![6 => op(), 1 => jump()], 0..120),
    ) {
        lived(PolicySettings::default(), &ops);
    }

    #[test]
    fn the_same_life_with_the_same_seed_is_the_same(ops in prop::collection::vec(op(), 0..80)) {
        let (one, two) = (lived(PolicySettings::default(), &ops), lived(PolicySettings::default(), &ops));
        prop_assert_eq!(one.log, two.log);
    }

    #[test]
    fn a_crash_after_any_effect_comes_to_peace(
        ops in prop::collection::vec(op(), 0..60),
        picks in prop::collection::vec(any::<prop::sample::Index>(), 3),
    ) {
        let taken = lived(steady(), &ops).taken;
        for pick in picks.into_iter().filter(|_| taken > 0) {
            comes_to_peace(crashed(&ops, pick.index(taken) + 1));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_crash_after_each_effect_in_turn_comes_to_peace(ops in prop::collection::vec(op(), 10..40)) {
        for place in 1..=lived(steady(), &ops).taken {
            comes_to_peace(crashed(&ops, place));
        }
    }
}
