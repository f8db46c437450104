//! The picture of the registrar's regions is made from the state table, so that it cannot say anything else.
//!
//! `UPDATE_PICTURES=1 cargo test --test registrar pictures` writes it anew.

use std::fmt::Write as _;

const TABLE: &str = include_str!("../../src/registrar/table.md");
const PICTURE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/registrar/states.svg");

const WIDTH: usize = 1_180;
const ROW: usize = 26;
/// A little more than what a character of the labels takes, in pixels.
const CHARACTER: usize = 7;

/// The states of a region, in the order of the table, and what leads from one to another.
struct Region {
    title: String,
    states: Vec<String>,
    moves: Vec<Move>,
}

struct Move {
    from: usize,
    to: usize,
    events: Vec<String>,
}

impl Region {
    fn state(&mut self, name: &str) -> usize {
        // What stands behind a comma tells situations of one state apart.
        let name = name.split(',').next().unwrap_or(name).trim();
        self.states.iter().position(|known| known == name).unwrap_or_else(|| {
            self.states.push(name.to_owned());
            self.states.len() - 1
        })
    }

    fn add(&mut self, from: &str, event: &str, to: &str) {
        let (from, to) = (self.state(from), self.state(to));
        if from == to {
            return;
        }
        let event = event.split(',').next().unwrap_or(event).trim().to_owned();
        let event = event.strip_prefix("Token of the ").map_or_else(|| event.clone(), |_| "Token".to_owned());
        let place = self.moves.iter().position(|known| (known.from, known.to) == (from, to));
        let place = place.unwrap_or_else(|| {
            self.moves.push(Move { from, to, events: Vec::new() });
            self.moves.len() - 1
        });
        if !self.moves[place].events.contains(&event) {
            self.moves[place].events.push(event);
        }
    }
}

/// The regions of the table; one that stands twice is one.
fn regions() -> Vec<Region> {
    let mut regions: Vec<Region> = Vec::new();
    let mut current = None;
    for line in TABLE.lines() {
        if let Some(title) = line.strip_prefix("# ") {
            let title = title.split(',').next().unwrap_or(title);
            let known = regions.iter().position(|region| region.title == title);
            current = Some(known.unwrap_or_else(|| {
                regions.push(Region { title: title.to_owned(), states: Vec::new(), moves: Vec::new() });
                regions.len() - 1
            }));
        }
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        if let ([from, event, _, _, to], Some(current)) = (cells.as_slice(), current) {
            if line.starts_with("| ") && *from != "state" {
                regions[current].add(from, event, to);
            }
        }
    }
    regions.retain(|region| !region.moves.is_empty());
    for region in &mut regions {
        region.moves.sort_by_key(|one| (one.from, one.to));
    }
    regions
}

/// The events of a move, broken into lines that fit.
fn lines(events: &[String], room: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for event in events {
        let last = lines.last_mut().unwrap();
        let joined = if last.is_empty() { event.clone() } else { format!("{last} · {event}") };
        if joined.chars().count() * CHARACTER > room && !last.is_empty() {
            lines.push(event.clone());
        } else {
            *last = joined;
        }
    }
    lines
}

/// Each region is a panel: a vertical line for each state, an arrow for each way from one state to another.
fn picture() -> String {
    let mut body = String::new();
    let mut y = 16;
    for region in regions() {
        let step = WIDTH / region.states.len();
        let x = |state: usize| step / 2 + step * state;
        let _ = writeln!(body, "<text class=\"h\" x=\"12\" y=\"{}\">{}</text>", y + 14, region.title);
        y += 34;
        let top = y;
        for (place, state) in region.states.iter().enumerate() {
            let wide = state.chars().count() * CHARACTER + 18;
            let _ = writeln!(
                body,
                "<rect x=\"{}\" y=\"{}\" width=\"{wide}\" height=\"24\" rx=\"6\"/><text class=\"s\" x=\"{}\" y=\"{}\">{state}</text>",
                x(place) - wide / 2,
                y,
                x(place),
                y + 16
            );
        }
        y += 34;
        let mut arrows = String::new();
        for one in &region.moves {
            let (from, to) = (x(one.from), x(one.to));
            let left = from.min(to) + 8;
            for line in lines(&one.events, WIDTH - left) {
                let _ = writeln!(arrows, "<text x=\"{left}\" y=\"{}\">{line}</text>", y + 10);
                y += 15;
            }
            let (end, head) = if to > from { (to - 2, to - 9) } else { (to + 2, to + 9) };
            let _ = writeln!(
                arrows,
                "<path class=\"a\" d=\"M{from} {y}H{end}M{head} {}L{end} {y}L{head} {}\"/><circle cx=\"{from}\" cy=\"{y}\" r=\"3\"/>",
                y - 4,
                y + 4
            );
            y += ROW - 14;
        }
        for place in 0..region.states.len() {
            let _ = writeln!(body, "<path class=\"l\" d=\"M{0} {1}V{y}\"/>", x(place), top + 24);
        }
        body.push_str(&arrows);
        y += 22;
    }
    format!(
        r#"<svg class="tim-states" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y}" width="{WIDTH}" height="{y}" role="img" aria-label="The regions of the registrar and what leads from one state to another">
<style>
.tim-states {{ max-width: 100%; height: auto; --ink: var(--main-color, #1f2328); --paper: var(--main-background-color, #ffffff); --faint: #8c959f; --accent: #0969da; background: var(--paper); }}
@media (prefers-color-scheme: dark) {{ .tim-states {{ --ink: var(--main-color, #e6edf3); --paper: var(--main-background-color, #0d1117); --accent: #4493f8; }} }}
.tim-states text {{ font: 12px ui-monospace, Menlo, Consolas, monospace; fill: var(--ink); stroke: var(--paper); stroke-width: 4px; paint-order: stroke; }}
.tim-states .h {{ font: 600 16px system-ui, sans-serif; }}
.tim-states .s {{ text-anchor: middle; stroke: none; }}
.tim-states rect {{ fill: var(--paper); stroke: var(--ink); }}
.tim-states .l {{ stroke: var(--faint); stroke-dasharray: 2 4; fill: none; }}
.tim-states .a {{ stroke: var(--accent); stroke-width: 1.5px; fill: none; }}
.tim-states circle {{ fill: var(--accent); }}
</style>
{body}</svg>
"#
    )
}

#[test]
fn the_picture_of_the_states_is_that_of_the_table() {
    let picture = picture();
    if std::env::var_os("UPDATE_PICTURES").is_some() {
        std::fs::write(PICTURE, &picture).unwrap();
    }
    let kept = std::fs::read_to_string(PICTURE).unwrap_or_default();
    assert!(kept == picture, "the table has changed: UPDATE_PICTURES=1 cargo test --test registrar pictures");
}

#[test]
fn every_region_and_every_way_of_the_table_is_drawn() {
    let regions = regions();
    let titles: Vec<&str> = regions.iter().map(|region| region.title.as_str()).collect();
    for title in ["Election", "Session", "Binding", "Store", "Presence"] {
        assert!(titles.iter().any(|known| known.contains(title)), "{title}: {titles:?}");
    }
    // One row changed is another picture.
    let ways: usize = regions.iter().map(|region| region.moves.len()).sum();
    assert!(ways > 40, "{ways}");
    assert!(!picture().contains("\n\n"), "an empty line would end the picture in a page of documentation");
}
