//! The guides and the programs under `examples/hosts` say and do the same. Not part of the package, as those
//! are not.

use tim_offline_push::certificate::Certificates;
use tim_offline_push::device::DeviceFacts;
use tim_offline_push::registrar::Policy;

use crate::scenarios::SCENARIOS;
use crate::stage::{Cast, Setup, Stage};

/// Each host compares the calls that it gets with the same file.
#[test]
fn the_example_asks_its_hosts_for_what_the_other_languages_are_asked_for() {
    let setup = Setup {
        certificates: Certificates::read(include_str!("../../examples/data/timpush-configs.json"))
            .unwrap()
            .certificates()
            .clone(),
        device: DeviceFacts::from_getprop(include_str!("../../examples/data/getprop.txt")).unwrap(),
        policy: Policy::default(),
        cast: Cast::standard().unwrap(),
    };
    let mut stage = Stage::new(&setup);
    let scenario = SCENARIOS.iter().find(|scenario| scenario.name == "host").unwrap();
    (scenario.play)(&mut stage);
    let expected: Vec<_> = include_str!("../../examples/hosts/story/calls.txt").lines().collect();
    assert_eq!(
        stage.calls(),
        expected,
        "if this is meant: cargo run --example register -- --scenario host --calls > examples/hosts/story/calls.txt"
    );
}
