//! The table in the documentation of `registrar::table`, row by row, against the machine.
//!
//! Each table has its states and its events; it must have exactly one row for each pair, and the machine must
//! do what the row says. An event that is not among a region's own must leave that region's state as it is,
//! in every state.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::situations::{Part, apply, state_of};
use tim_offline_push::registrar::{IgnoredReason, Verdict};

const TABLE: &str = include_str!("../../src/registrar/table.md");

type Key = (&'static str, String, String);

/// A row: what happens, and where it leads.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    verdict: String,
    effects: String,
    next: String,
}

/// The rows of the document, by table, state and event.
fn rows() -> BTreeMap<Key, Row> {
    let mut rows = BTreeMap::new();
    let mut part = None;
    for line in TABLE.lines() {
        if let Some(title) = line.strip_prefix("# ") {
            part = Part::ALL.into_iter().find(|part| part.title() == title);
        }
        let Some(part) = part.filter(|_| line.starts_with("| ")) else { continue };
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [state, event, verdict, effects, next] = cells.as_slice() else {
            panic!("a row has five cells: {line}");
        };
        if *state == "state" {
            continue;
        }
        let key = (part.title(), (*state).to_owned(), (*event).to_owned());
        let row =
            Row { verdict: (*verdict).to_owned(), effects: (*effects).to_owned(), next: (*next).to_owned() };
        assert!(rows.insert(key.clone(), row).is_none(), "a row stands twice: {key:?}");
    }
    rows
}

fn verdict_words(verdict: Verdict) -> String {
    match verdict {
        Verdict::Applied => "applied".to_owned(),
        Verdict::Ignored(reason) => match reason {
            IgnoredReason::Stale => "ignored: stale",
            IgnoredReason::Unchanged => "ignored: unchanged",
            IgnoredReason::SameAccount => "ignored: same account",
            IgnoredReason::OtherSession => "ignored: other session",
            IgnoredReason::AlreadyEnding => "ignored: already ending",
            IgnoredReason::NothingWaits => "ignored: nothing waits",
            IgnoredReason::NoSuchToken => "ignored: no such token",
            IgnoredReason::DuplicateTap => "ignored: duplicate tap",
            IgnoredReason::NotAPush => "ignored: not a push",
            IgnoredReason::NoRoom => "ignored: no room",
            IgnoredReason::RefusedByServer => "ignored: refused by server",
            IgnoredReason::NotCounted => "ignored: not counted",
            _ => panic!("a reason without words: {reason:?}"),
        }
        .to_owned(),
        Verdict::Refused(_) => "refused".to_owned(),
    }
}

/// What the machine does.
fn run(part: Part, state: &str, event: &str) -> Row {
    let mut rig = part.situation(state);
    rig.effects.clear();
    let verdict = apply(&mut rig, event);
    let effects = rig.drain();
    Row {
        verdict: verdict.map_or_else(|| "-".to_owned(), verdict_words),
        effects: if effects.is_empty() { "-".to_owned() } else { effects.join(", ") },
        next: state_of(&rig, part),
    }
}

#[test]
fn every_pair_has_a_row_and_does_what_it_says() {
    let mut rows = rows();
    let mut wrong = String::new();
    let mut pairs = 0;
    for part in Part::ALL {
        for state in part.states() {
            for event in part.events() {
                pairs += 1;
                let actual = run(part, state, event);
                let key = (part.title(), (*state).to_owned(), (*event).to_owned());
                let documented = rows.remove(&key);
                if documented.as_ref() != Some(&actual) {
                    let what = if documented.is_some() { "differs" } else { "is missing" };
                    writeln!(
                        wrong,
                        "{}: {what}:\n| {state} | {event} | {} | {} | {} |",
                        part.title(),
                        actual.verdict,
                        actual.effects,
                        actual.next
                    )
                    .unwrap();
                    if let Some(row) = documented {
                        writeln!(
                            wrong,
                            "| {state} | {event} | {} | {} | {} |",
                            row.verdict, row.effects, row.next
                        )
                        .unwrap();
                    }
                }
            }
        }
    }
    for (table, state, event) in rows.keys() {
        writeln!(wrong, "{table}: no such pair: {state}, {event}").unwrap();
    }
    assert!(wrong.is_empty(), "{wrong}");
    println!("table: {pairs} rows");
}

/// What is in no table of a region does nothing to that region.
#[test]
fn an_event_of_another_table_leaves_a_region_as_it_is() {
    let all: BTreeSet<&str> = Part::ALL.into_iter().flat_map(|part| part.events().iter().copied()).collect();
    let mut moved = String::new();
    for part in Part::ALL {
        for state in part.states() {
            let rig = part.situation(state);
            let before = state_of(&rig, part);
            for event in all.iter().filter(|event| !part.events_of_its_region().contains(event)) {
                let mut rig = rig.clone();
                apply(&mut rig, event);
                let after = state_of(&rig, part);
                if after != before {
                    writeln!(moved, "{}: {state}, {event}: {after}", part.title()).unwrap();
                }
            }
        }
    }
    assert!(moved.is_empty(), "{moved}");
}

/// Every kind of event stands in a table.
#[test]
fn no_event_is_without_a_table() {
    let mut kinds = BTreeSet::new();
    for part in Part::ALL {
        for state in part.states() {
            for event in part.events() {
                kinds.extend(crate::alphabet::kind_of(&part.situation(state), event));
            }
        }
    }
    let missing: Vec<_> = crate::alphabet::KINDS.iter().filter(|kind| !kinds.contains(*kind)).collect();
    assert!(missing.is_empty(), "no row for {missing:?}");
}
