//! The timeline as a picture: a lane for each of those who take part, made from the lines of the text.

use std::fmt::Write as _;

use crate::timeline::{Kind, Lane, Line, clock};

const WIDTH: usize = 1_200;
/// Where the times stand, and the lanes.
const TIME: usize = 12;
const LANES: [(Lane, &str, usize); 4] = [
    (Lane::App, "app and user", 160),
    (Lane::Vendor, "vendor SDK", 400),
    (Lane::Registrar, "registrar", 640),
    (Lane::Server, "IM server", 1_000),
];
/// A little more than what a character takes, in pixels.
const CHARACTER: usize = 7;
const TEXT: usize = 16;

/// Draws scenarios one below the other: the title and the lines of each.
pub(crate) fn draw(scenarios: &[(String, Vec<Line>)]) -> String {
    let mut body = String::new();
    let mut y = 14;
    for (title, lines) in scenarios {
        y = scenario(&mut body, y, title, lines);
    }
    format!(
        r#"<svg class="tim-timeline" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y}" width="{WIDTH}" height="{y}" role="img" aria-label="A timeline of app, vendor SDK, registrar and IM server">
<style>
.tim-timeline {{ max-width: 100%; height: auto; --ink: #1f2328; --paper: #ffffff; --faint: #8c959f; --accent: #0969da; --alert: #bc4c00; background: var(--paper); }}
@media (prefers-color-scheme: dark) {{ .tim-timeline {{ --ink: #e6edf3; --paper: #0d1117; --accent: #4493f8; --alert: #f0883e; }} }}
.tim-timeline text {{ font: 13px system-ui, sans-serif; fill: var(--ink); stroke: var(--paper); stroke-width: 4px; paint-order: stroke; }}
.tim-timeline .h {{ font-weight: 600; font-size: 16px; }}
.tim-timeline .c {{ text-anchor: middle; stroke: none; }}
.tim-timeline .t {{ fill: var(--faint); font: 12px ui-monospace, Menlo, Consolas, monospace; }}
.tim-timeline .n {{ fill: var(--alert); }}
.tim-timeline rect {{ fill: var(--paper); stroke: var(--ink); }}
.tim-timeline .l {{ stroke: var(--faint); stroke-dasharray: 2 4; fill: none; }}
.tim-timeline .a {{ stroke: var(--accent); stroke-width: 1.5px; fill: none; }}
.tim-timeline circle {{ fill: var(--accent); }}
</style>
{body}</svg>
"#
    )
}

fn scenario(body: &mut String, top: usize, title: &str, lines: &[Line]) -> usize {
    let mut y = top;
    for (row, line) in wrapped(title, WIDTH - 24).iter().enumerate() {
        let class = if row == 0 { " class=\"h\"" } else { "" };
        let _ = writeln!(body, "<text{class} x=\"{TIME}\" y=\"{}\">{}</text>", y + 14, escaped(line));
        y += 22;
    }
    y += 6;
    let heads = y;
    for (_, name, x) in LANES {
        let wide = name.len() * CHARACTER + 28;
        let _ = writeln!(
            body,
            "<rect x=\"{}\" y=\"{y}\" width=\"{wide}\" height=\"26\" rx=\"6\"/><text class=\"c\" x=\"{x}\" y=\"{}\">{name}</text>",
            x - wide / 2,
            y + 17
        );
    }
    y += 38;
    let mut drawn = String::new();
    let mut shown = None;
    for line in lines.iter().filter(|line| !line.aside) {
        y = entry(&mut drawn, y, line, &mut shown);
    }
    for (_, _, x) in LANES {
        let _ = writeln!(body, "<path class=\"l\" d=\"M{x} {}V{y}\"/>", heads + 26);
    }
    body.push_str(&drawn);
    y + 30
}

/// One line of the text: its words, and below them the arrow from who acts to whom it concerns.
fn entry(body: &mut String, top: usize, line: &Line, shown: &mut Option<u64>) -> usize {
    let mut y = top;
    if line.kind == Kind::Heading {
        let _ =
            writeln!(body, "<text class=\"h\" x=\"{TIME}\" y=\"{}\">{}</text>", y + 18, escaped(&line.text));
        *shown = None;
        return y + 30;
    }
    let (from, to) = (place(line.from), place(line.to));
    let left = from.min(to) + 8;
    if *shown != Some(line.at_ms) {
        let _ =
            writeln!(body, "<text class=\"t\" x=\"{TIME}\" y=\"{}\">{}</text>", y + 13, clock(line.at_ms));
        *shown = Some(line.at_ms);
    }
    let words = line.why.as_ref().map_or_else(|| line.text.clone(), |why| format!("{} — {why}", line.text));
    let class = if line.kind == Kind::Notice { " class=\"n\"" } else { "" };
    for row in wrapped(&words, WIDTH - left - 8) {
        let _ = writeln!(body, "<text{class} x=\"{left}\" y=\"{}\">{}</text>", y + 13, escaped(&row));
        y += TEXT;
    }
    if from == to {
        let _ = writeln!(body, "<circle cx=\"{from}\" cy=\"{}\" r=\"3\"/>", y - 7);
        return y + 6;
    }
    y += 4;
    let (end, head) = if to > from { (to - 2, to - 9) } else { (to + 2, to + 9) };
    let _ = writeln!(
        body,
        "<path class=\"a\" d=\"M{from} {y}H{end}M{head} {}L{end} {y}L{head} {}\"/><circle cx=\"{from}\" cy=\"{y}\" r=\"3\"/>",
        y - 4,
        y + 4
    );
    y + 10
}

fn place(lane: Lane) -> usize {
    LANES.iter().find(|(known, ..)| *known == lane).map_or(TIME, |(_, _, x)| *x)
}

/// Broken at blanks into rows of this many pixels.
fn wrapped(text: &str, room: usize) -> Vec<String> {
    let mut rows = vec![String::new()];
    for word in text.split(' ') {
        let last = rows.pop().unwrap_or_default();
        let joined = if last.is_empty() { word.to_owned() } else { format!("{last} {word}") };
        if joined.chars().count() * CHARACTER > room && !last.is_empty() {
            rows.push(last);
            rows.push(word.to_owned());
        } else {
            rows.push(joined);
        }
    }
    rows
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
