//! The table, and the same as JSON.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::arguments::Options;
use crate::run::Outcome;

/// How a figure of an outcome is shown.
type Figure<'a> = &'a dyn Fn(&Outcome) -> String;

/// Rows of figures, one column a policy.
pub(crate) fn table(options: &Options, outcomes: &[(&str, Outcome)]) -> String {
    let phones = options.phones;
    let recovery = options.scenario.recovery();
    let share = |part: u64| format!("{:.2}", ratio(part, u64::from(phones)));
    let minutes = |second: Option<u64>| second.map_or_else(|| "never".into(), clock);
    let rows: [(&str, Figure<'_>); 12] = [
        ("reports sent", &|out| out.reports.to_string()),
        ("presence calls sent", &|out| out.presence_calls.to_string()),
        ("calls answered", &|out| out.done.to_string()),
        ("calls refused", &|out| out.refused.to_string()),
        ("calls without answer", &|out| out.unanswered.to_string()),
        ("calls per phone", &|out| share(out.reports + out.presence_calls)),
        ("most reports of a phone", &|out| out.most_reports.to_string()),
        ("50 % reachable after", &|out| minutes(out.seconds_until(50, phones))),
        ("99 % reachable after", &|out| minutes(out.seconds_until(99, phones))),
        ("100 % reachable after", &|out| minutes(out.seconds_until(100, phones))),
        ("peak over capacity", &|out| {
            format!("{:.2}", ratio(out.peak_since(recovery).into(), options.capacity.into()))
        }),
        ("longest wait", &|out| clock(out.longest_wait.div_ceil(1_000))),
    ];
    let mut text = format!(
        "{}: {}\n{phones} phones, a server that answers {} calls a second, seed {}\n\n{:24}",
        options.scenario.name, options.scenario.about, options.capacity, options.seed, ""
    );
    for (name, _) in outcomes {
        let _ = write!(text, "{name:>16}");
    }
    for (label, figure) in rows {
        let _ = write!(text, "\n{label:24}");
        for (_, outcome) in outcomes {
            let _ = write!(text, "{:>16}", figure(outcome));
        }
    }
    let _ = writeln!(
        text,
        "\n\nTimes are minutes:seconds since the start. The peak is the busiest second from {} on.",
        clock(recovery / 1_000)
    );
    for (name, outcome) in outcomes {
        if outcome.reachable < phones {
            let _ = writeln!(text, "{name}: {} phones were never reached", phones - outcome.reachable);
        }
    }
    text
}

/// The same figures for a program, with the load of each minute.
pub(crate) fn json(options: &Options, outcomes: &[(&str, Outcome)]) -> Value {
    let recovery = options.scenario.recovery();
    let policies = outcomes.iter().map(|(name, out)| {
        let minutes = out.seconds.chunks(60).map(|minute| {
            let calls = minute.iter().map(|second| second.calls);
            json!({
                "calls": calls.clone().map(u64::from).sum::<u64>(),
                "peak": calls.max(),
                "reachable": minute.last().map(|second| second.reachable),
            })
        });
        json!({
            "policy": name,
            "reports": out.reports,
            "presence_calls": out.presence_calls,
            "answered": out.done,
            "refused": out.refused,
            "unanswered": out.unanswered,
            "most_reports": out.most_reports,
            "reachable": out.reachable,
            "seconds_until_50": out.seconds_until(50, options.phones),
            "seconds_until_99": out.seconds_until(99, options.phones),
            "seconds_until_100": out.seconds_until(100, options.phones),
            "peak_per_second": out.peak_since(recovery),
            "longest_wait_ms": out.longest_wait,
            "minutes": minutes.collect::<Vec<_>>(),
        })
    });
    json!({
        "scenario": options.scenario.name,
        "phones": options.phones,
        "capacity": options.capacity,
        "seed": options.seed,
        "measured_from_second": recovery / 1_000,
        "policies": policies.collect::<Vec<_>>(),
    })
}

fn clock(seconds: u64) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

fn ratio(part: u64, whole: u64) -> f64 {
    let float = |number: u64| u32::try_from(number).map_or_else(|_| f64::from(u32::MAX), f64::from);
    float(part) / float(whole.max(1))
}
