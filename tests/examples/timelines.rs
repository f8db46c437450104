//! The register example's timeline follows from what the registrar did, and from nothing else.

use std::collections::BTreeSet;
use std::time::Duration;

use tim_offline_push::certificate::Certificates;
use tim_offline_push::device::DeviceFacts;
use tim_offline_push::registrar::{Diagnosis, Policy, PolicySettings};

use crate::scenarios::SCENARIOS;
use crate::stage::{Cast, Setup, Stage};
use crate::timeline::{Kind, Line};

fn setup(change: fn(&mut PolicySettings)) -> Setup {
    let mut settings = PolicySettings::default();
    change(&mut settings);
    Setup {
        certificates: Certificates::read(include_str!("../../examples/data/timpush-configs.json"))
            .unwrap()
            .certificates()
            .clone(),
        device: DeviceFacts::from_getprop(include_str!("../../examples/data/getprop.txt")).unwrap(),
        policy: Policy::new(settings).unwrap(),
        cast: Cast::standard().unwrap(),
    }
}

struct Played {
    lines: Vec<Line>,
    text: String,
    diagnosis: Diagnosis,
}

impl Played {
    /// When the first line with this text was written, in milliseconds.
    fn at(&self, text: &str) -> Option<u64> {
        self.lines.iter().find(|line| line.text.contains(text)).map(|line| line.at_ms)
    }

    fn count(&self, text: &str) -> usize {
        self.lines.iter().filter(|line| line.text.contains(text)).count()
    }
}

fn play(name: &str, change: fn(&mut PolicySettings)) -> Played {
    let setup = setup(change);
    let mut stage = Stage::new(&setup);
    let scenario = SCENARIOS.iter().find(|scenario| scenario.name == name).unwrap();
    (scenario.play)(&mut stage);
    let (timeline, diagnosis) = stage.finish();
    Played { lines: timeline.lines().to_vec(), text: timeline.to_string(), diagnosis: diagnosis.unwrap() }
}

#[test]
fn each_scenario_ends_well() {
    let names: BTreeSet<_> = SCENARIOS.iter().map(|scenario| scenario.name).collect();
    assert_eq!(names.len(), SCENARIOS.len());
    assert!(names.len() >= 8);
    for scenario in SCENARIOS {
        let played = play(scenario.name, |_| {});
        let ends = played.diagnosis.to_string();
        assert_eq!(played.diagnosis.reachable, scenario.name != "logout", "{}: {ends}", scenario.name);
        assert!(!scenario.about.is_empty());
        for kind in [Kind::Happened, Kind::Did] {
            assert!(played.lines.iter().any(|line| line.kind == kind && !line.aside), "{}", scenario.name);
        }
    }
}

#[test]
fn the_same_policy_gives_the_same_timeline() {
    let first = play("story", |_| {});
    assert_eq!(first.text, play("story", |_| {}).text);
    let headings = first.lines.iter().filter(|line| line.kind == Kind::Heading).count();
    assert_eq!(headings, SCENARIOS.len() - 1);
}

#[test]
fn another_wait_for_the_sdk_moves_the_fallback() {
    let asks = "asks FCM's SDK for a token";
    let default = play("dead-sdk", |_| {});
    let patient = play("dead-sdk", |settings| settings.registration = Duration::from_secs(25));
    assert_eq!(default.at(asks), Some(10_000));
    assert_eq!(patient.at(asks), Some(25_000));
    let endless = play("dead-sdk", |settings| settings.registration = Duration::from_secs(60));
    assert_eq!(endless.at(asks), None);
    assert_eq!(endless.count("under certificate 30210"), 0);
}

#[test]
fn another_deadline_moves_the_next_report_and_another_settle_the_last() {
    let default = play("lost-report", |_| {});
    let quick = play("lost-report", |settings| {
        settings.report = Duration::from_secs(3);
        settings.settle = Duration::from_secs(20);
    });
    let first = |played: &Played| played.at("reports again").unwrap() - played.at("alice logs in").unwrap();
    assert_eq!((first(&default), first(&quick)), (15_000, 3_000));
    let last = |played: &Played| {
        let reports = played.lines.iter().filter(|line| line.text.contains("reports Xiaomi's token"));
        reports.map(|line| line.at_ms).next_back().unwrap() - played.at("alice logs in").unwrap()
    };
    assert_eq!((last(&default), last(&quick)), (75_000, 23_000));
}

#[test]
fn another_drain_releases_the_logout_before_the_answer() {
    let default = play("logout", |_| {});
    let hasty = play("logout", |settings| settings.drain = Duration::from_secs(1));
    let why = |played: &Played| {
        let line = played.lines.iter().find(|line| line.text == "lets the app log out").unwrap();
        line.why.clone().unwrap()
    };
    assert_eq!(why(&default), "no report of this session can reach the server any more");
    assert_eq!(why(&hasty), "not clean: a report may still reach the server");
    assert_eq!(hasty.diagnosis.possibly_bound.len(), 1);
}

#[test]
fn no_line_holds_a_token() {
    let played = play("story", |_| {});
    assert!(!played.text.contains("sample"), "{}", played.text);
    assert!(played.text.contains("a token of 30 bytes, #"));
}
