//! The walks as tests, and what they must have seen.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::thread;
use std::time::Instant;

use super::laws::Seen;
use super::rules::break_rule;
use super::scene::Scene;
use super::search::walk;
use super::{mutants, say, scenes};
use crate::registrar::NoticeCode;
use crate::registrar::machine::rules::Rule;

/// No scene of an ordinary run, and no mutant's, has more states than this, or it has lost its bound.
const MOST: usize = 600_000;
/// No scene of a long run.
const MOST_AT_LENGTH: usize = 30_000_000;

#[test]
fn walk_keeps_every_promise() {
    let scenes = if is_short() { scenes::short() } else { scenes::ordinary() };
    let seen = walk_all(scenes, MOST);
    if only().is_none() && !is_short() {
        assert_covered(&seen);
    }
    say(&format!("walk: {} states, {} edges", seen.states, seen.edges));
}

#[test]
#[ignore = "takes minutes: cargo test --release --lib walk_keeps_every_promise_at_length -- --ignored"]
fn walk_keeps_every_promise_at_length() {
    let seen = walk_all(scenes::large(), MOST_AT_LENGTH);
    say(&format!("walk: {} states, {} edges", seen.states, seen.edges));
}

#[test]
fn walk_catches_mutants() {
    if is_short() {
        return;
    }
    let mutants = mutants::all();
    let total = mutants.len();
    let spared = |rule: &&Rule| !mutants.iter().any(|mutant| mutant.rule == Some(**rule));
    assert_eq!(
        Rule::ALL.iter().filter(spared).collect::<Vec<_>>(),
        Vec::<&Rule>::new(),
        "rules without a mutant"
    );
    // A scene in which the sound machine fails, too, would catch anything. The ordinary ones are walked
    // elsewhere.
    let ordinary: BTreeSet<_> = scenes::ordinary().iter().map(|scene| scene.name).collect();
    let mut sound: Vec<Scene> = mutants.iter().map(|mutant| mutant.scene.clone()).collect();
    sound.retain(|scene| !ordinary.contains(scene.name));
    sound.sort_by_key(|scene| scene.name);
    sound.dedup_by_key(|scene| scene.name);
    walk_all(sound, MOST);
    let mut caught = 0;
    for mutant in mutants {
        break_rule(mutant.rule);
        let outcome = walk(&mutant.scene, mutant.mutation, &mut Seen::default(), MOST);
        break_rule(None);
        match outcome {
            Ok(()) => println!("mutant survives: {}", mutant.name()),
            // Without bounds the search ends as well, which tells nothing of the rule.
            Err(failure) if failure.violation.what.ends_with(" states") => {
                println!("mutant survives: {}: {}", mutant.name(), failure.violation);
            }
            Err(failure) => {
                caught += 1;
                println!(
                    "mutant caught: {}: {} ({} steps)",
                    mutant.name(),
                    failure.violation,
                    failure.trace.iter().filter(|line| !line.starts_with("    ")).count()
                );
                failure.trace.iter().for_each(|line| println!("{line}"));
            }
        }
    }
    say(&format!("walk mutants: {caught} of {total} caught"));
    assert_eq!(caught, total);
}

/// To look at some scenes alone: a part of their name.
fn only() -> Option<String> {
    std::env::var("WALK_ONLY").ok()
}

/// `WALK=short`: a few small scenes and a tenth of the lives, to be run once for each of many mutants of the
/// code.
pub(super) fn is_short() -> bool {
    std::env::var("WALK").is_ok_and(|length| length == "short")
}

/// Walks all scenes on two threads.
fn walk_all(mut scenes: Vec<Scene>, most: usize) -> Seen {
    if let Some(only) = only() {
        scenes.retain(|scene| scene.name.contains(&only));
    }
    let waiting = Mutex::new(scenes.into_iter().rev().collect::<Vec<_>>());
    let total = Mutex::new(Seen::default());
    let broken = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let Some(scene) = waiting.lock().unwrap().pop() else { break };
                    let (seen, failure) = walk_one(&scene, most);
                    total.lock().unwrap().add(seen);
                    broken.lock().unwrap().extend(failure);
                }
            });
        }
    });
    let broken = broken.into_inner().unwrap();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    total.into_inner().unwrap()
}

/// Walks one scene. A promise that breaks is shown with a shortest trace that leads there.
fn walk_one(scene: &Scene, most: usize) -> (Seen, Option<String>) {
    let mut seen = Seen::default();
    let start = Instant::now();
    let outcome = walk(scene, None, &mut seen, most);
    println!(
        "walk of {} ({}): {} states, {} edges, {} ms",
        scene.name,
        scene.server.name(),
        seen.states,
        seen.edges,
        start.elapsed().as_millis()
    );
    if scene.name == "joint" {
        say(&format!("walk of the joint scene: {} states, {} edges", seen.states, seen.edges));
    }
    let failure = outcome.err().map(|failure| {
        let name = format!("walk of {} ({})", scene.name, scene.server.name());
        format!("{name}: {}\n{}", failure.violation, failure.trace.join("\n"))
    });
    (seen, failure)
}

/// Nothing is proven by never having come up.
fn assert_covered(seen: &Seen) {
    for (law, count) in seen.premises() {
        println!("{law:?}: {count} times put to the test");
    }
    let idle: Vec<_> = seen.premises().filter(|(_, count)| *count == 0).map(|(law, _)| law).collect();
    assert!(idle.is_empty(), "never put to the test: {idle:?}");
    let mut unseen = notices();
    unseen.retain(|code| !seen.notices.contains(code));
    assert!(unseen.is_empty(), "never given: {unseen:?}");
    let rows = table();
    let came = seen.rows();
    let missed: Vec<_> = rows.difference(&came).collect();
    println!("table: {} of {} pairs of state and event", rows.len() - missed.len(), rows.len());
    assert!(missed.is_empty(), "never came up: {missed:?}");
}

/// The notices, by the page that lists them.
fn notices() -> Vec<NoticeCode> {
    let rows = include_str!("../../notices.md").lines().filter_map(|line| line.strip_prefix("| `"));
    let names = rows.filter_map(|row| row.split_once('`'));
    names.map(|(name, _)| serde_json::from_value(name.into()).expect("a name of a notice")).collect()
}

/// The rows of the machine's table, by state and event: what stands after a comma makes a difference only
/// there.
fn table() -> BTreeSet<(String, &'static str)> {
    fn head(cell: &'static str) -> &'static str {
        cell.split([',', ' ']).next().unwrap_or_default()
    }
    let table = include_str!("../../table.md");
    let rows = table.lines().filter_map(|line| line.strip_prefix("| "));
    let cells =
        rows.filter_map(|row| row.split_once(" | ")?.1.split_once(" | ").map(|(event, _)| (row, event)));
    let rows = cells.filter_map(|(row, event)| Some((head(row.split_once(" | ")?.0), head(event))));
    let rows = rows.filter(|(state, _)| *state != "state" && *state != "---");
    rows.map(|(state, event)| (state.to_owned(), event)).collect()
}
