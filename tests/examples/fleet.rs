//! The example `fleet`: 2,000 phones through each of its scenarios.

use crate::arguments::{Command, Options};
use crate::run::{Outcome, Run};
use crate::scenario::{SCENARIOS, Scenario};
use tim_offline_push::registrar::Policy;

const PHONES: u32 = 2_000;

fn of(scenario: Scenario, phones: u32, threads: usize) -> Outcome {
    let policy = Policy::default();
    let run = Run { scenario, policy, phones, capacity: phones / 200, seed: 7, threads };
    crate::run::run(&run, &mut |_, _| {}).unwrap()
}

#[test]
fn every_phone_is_reached_in_every_scenario_and_none_calls_too_soon() {
    for scenario in SCENARIOS {
        let outcome = of(*scenario, PHONES, 2);
        let name = scenario.name;
        assert_eq!(outcome.reachable, PHONES, "{name}: somebody was lost");
        assert_eq!(outcome.mistaken, 0, "{name}: a phone's diagnosis differs from the server's books");
        // The settings count from the answer; a report that was not answered waits longer still.
        let floor = Policy::default().settings().backoff_floor.as_millis();
        assert!(u128::from(outcome.shortest_gap) >= floor, "{name}: {} ms apart", outcome.shortest_gap);
        let calls = outcome.done + outcome.refused + outcome.unanswered;
        assert_eq!(calls, outcome.reports + outcome.presence_calls, "{name}: a call is in nobody's books");
        assert_eq!(
            outcome.seconds.iter().map(|second| u64::from(second.calls)).sum::<u64>(),
            calls,
            "{name}"
        );
        assert!(outcome.most_reports < 60, "{name}: {} reports of one phone", outcome.most_reports);
    }
}

#[test]
fn after_the_outage_the_herd_stays_below_twice_the_capacity() {
    let scenario = SCENARIOS[0];
    let outcome = of(scenario, PHONES, 2);
    let end = scenario.outage.unwrap().to;
    assert!(outcome.peak_since(end) <= 2 * PHONES / 200 + PHONES / 400, "{}", outcome.peak_since(end));
    assert!(outcome.seconds_until(99, PHONES).unwrap() <= end / 1_000 + 20 * 60);
    assert!(outcome.seconds_until(100, PHONES).unwrap() <= end / 1_000 + 2 * 3_600);
    let fixed = ["--phones", "2000", "--compare"].map(String::from);
    let Command::Run(options) = Command::parse(fixed.into_iter()).unwrap() else { panic!("no run") };
    let (name, policy) = options.policies[2].clone();
    let run = Run { scenario, policy, phones: PHONES, capacity: PHONES / 200, seed: 7, threads: 2 };
    let fixed = crate::run::run(&run, &mut |_, _| {}).unwrap();
    assert!(fixed.peak_since(end) > 2 * outcome.peak_since(end), "{name}: {}", fixed.peak_since(end));
}

#[test]
fn the_number_of_threads_changes_nothing() {
    for scenario in SCENARIOS {
        assert_eq!(of(*scenario, 400, 1), of(*scenario, 400, 2), "{}", scenario.name);
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let outputs = [1, 1, 2].map(|seed| {
        let options = parse(&["--phones", "300", "--seed", &seed.to_string(), "--compare"]).unwrap();
        let outcomes = options.policies.iter().map(|(name, policy)| {
            let (scenario, phones, capacity) = (options.scenario, options.phones, options.capacity);
            let run = Run { scenario, policy: policy.clone(), phones, capacity, seed, threads: 2 };
            (*name, crate::run::run(&run, &mut |_, _| {}).unwrap())
        });
        let outcomes = outcomes.collect::<Vec<_>>();
        (crate::report::table(&options, &outcomes), crate::report::json(&options, &outcomes).to_string())
    });
    assert_eq!(outputs[0], outputs[1]);
    assert_ne!(outputs[0].1, outputs[2].1);
}

fn parse(arguments: &[&str]) -> Result<Box<Options>, String> {
    match Command::parse(arguments.iter().map(|argument| (*argument).to_owned()))? {
        Command::Run(options) => Ok(options),
        Command::Help | Command::List => Err("no run".into()),
    }
}

#[test]
fn arguments_that_cannot_be_used_are_named() {
    let wrong = [
        (&["--phones", "0"][..], "--phones 0: expected a whole number from 1 to 10000000"),
        (&["--phones=-3"], "--phones -3: expected a whole number from 1 to 10000000"),
        (&["--capacity", "many"], "--capacity many: expected a whole number from 1 to 4294967295"),
        (
            &["--outage", "900..300"],
            "--outage 900..300: expected FROM..TO in seconds, such as 300..900, up to a day",
        ),
        (&["--outage", "5"], "--outage 5: expected FROM..TO in seconds, such as 300..900, up to a day"),
        (&["--scenario", "storm"], "no scenario storm: see --list"),
        (&["--policy", "backoff_base"], "--policy needs KEY=VALUE"),
        (&["--policy", "backoff_base=soon"], "--policy backoff_base: not a number of seconds"),
        (&["--policy", "report=0"], "policy report: expected 1 ms to 30 days"),
        (&["--seed", "x"], "--seed x: not a whole number"),
        (&["--svg"], "--svg needs a value"),
        (&["--colour"], "unknown option --colour"),
    ];
    for (arguments, message) in wrong {
        assert_eq!(parse(arguments).err().as_deref(), Some(message), "{arguments:?}");
    }
    assert!(
        parse(&["--policy", "backof=1"])
            .err()
            .unwrap()
            .starts_with("--policy backof: unknown; expected one of ")
    );
    assert!(parse(&["--policy-file", "/nowhere"]).err().unwrap().starts_with("--policy-file /nowhere: "));
}

#[test]
fn a_policy_file_is_read_line_by_line() {
    let file = std::env::temp_dir().join(format!("tim-offline-push-fleet-{}.policy", std::process::id()));
    let path = file.display().to_string();
    std::fs::write(&file, "# slower\nbackoff_base = 3\n\njitter=off # in step\n").unwrap();
    let options = parse(&["--policy-file", &path]).unwrap();
    let settings = options.policies[0].1.settings();
    assert_eq!(settings.backoff_base, std::time::Duration::from_secs(3));
    std::fs::write(&file, "backoff_base=3\nbackoff_bse=4\n").unwrap();
    let error = parse(&["--policy-file", &path]).err().unwrap();
    std::fs::remove_file(&file).unwrap();
    assert!(error.contains(":2: backoff_bse: unknown"), "{error}");
}

#[test]
fn the_plot_has_a_panel_for_each_policy() {
    let options = parse(&["--phones", "200", "--compare"]).unwrap();
    let outcomes = options.policies.iter().map(|(name, policy)| {
        let (scenario, policy) = (options.scenario, policy.clone());
        let run = Run { scenario, policy, phones: 200, capacity: 1, seed: 1, threads: 1 };
        (*name, crate::run::run(&run, &mut |_, _| {}).unwrap())
    });
    let outcomes = outcomes.collect::<Vec<_>>();
    let file = std::env::temp_dir().join(format!("tim-offline-push-fleet-{}.svg", std::process::id()));
    crate::plot::write(&file, &options, &outcomes).unwrap();
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::remove_file(&file).unwrap();
    for panel in ["default policy: 200 phones", "no jitter: 200 phones", "fixed 30 s: 200 phones"] {
        assert_eq!(text.matches(panel).count(), 1, "{panel}");
    }
}
