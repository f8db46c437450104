//! What a diagnosis that a user sent says, and what changed between two of them.

use std::io::{self, Write};
use std::time::Duration;

use tim_offline_push::doctor::{PhoneCheck, PhoneReport, ReportVerdict};
use tim_offline_push::registrar::{Diagnosis, StateName, TokenStatus};
use tim_offline_push::vendor::Vendor;

/// Reads a file of the option `--diagnosis`. Words before and after the JSON, as in a mail, are left out.
pub(crate) fn read(name: &str, text: &str) -> Result<Diagnosis, String> {
    let json = text.find('{').zip(text.rfind('}')).and_then(|(start, end)| text.get(start..=end));
    let read = Diagnosis::read(text).or_else(|error| json.map_or(Err(error), Diagnosis::read));
    read.map_err(|error| {
        // What people send first is what they can read themselves.
        let hint = if text.trim_start().starts_with('{') {
            ""
        } else {
            "; the text form cannot be read back: ask for the JSON"
        };
        format!("{name}: {error}{hint}")
    })
}

/// What somebody who has the phone in hand says of it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Seen {
    /// Whether the app may show notifications.
    pub(crate) notifications: Option<bool>,
    /// Whether a vendor's notification channel is switched on.
    pub(crate) channels: Vec<(Vendor, bool)>,
}

/// Prints the findings of the last diagnosis, and before them what has changed since the first.
pub(crate) fn print(
    mut diagnoses: Vec<Diagnosis>,
    seen: &Seen,
    json: bool,
    out: &mut dyn Write,
) -> io::Result<ReportVerdict> {
    // Those of older versions have no date, and stay as they were given.
    let dates: Vec<_> = diagnoses.iter().filter_map(|diagnosis| diagnosis.written_at).collect();
    let is_reversed = matches!(dates[..], [first, last] if first > last);
    if is_reversed {
        diagnoses.reverse();
    }
    let Some(last) = diagnoses.last() else { return Ok(ReportVerdict::Clean) };
    let mut check = PhoneCheck::new(last.clone());
    if let Some(allowed) = seen.notifications {
        check = check.with_notifications_allowed(allowed);
    }
    for (vendor, enabled) in &seen.channels {
        check = check.with_channel_enabled(*vendor, *enabled);
    }
    let report = check.check();
    let verdict = report.verdict();
    if json {
        serde_json::to_writer_pretty(&mut *out, &report)?;
        writeln!(out)?;
        return Ok(verdict);
    }
    if let [first, last] = diagnoses.as_slice() {
        if is_reversed {
            writeln!(out, "The first file is the later one: they are read the other way round.")?;
        }
        changes(first, last, out)?;
    }
    story(&report, out)?;
    writeln!(out, "\n{report}")?;
    for diagnosis in &diagnoses {
        unread(diagnosis, out)?;
    }
    Ok(verdict)
}

fn unread(diagnosis: &Diagnosis, out: &mut dyn Write) -> io::Result<()> {
    let schema = diagnosis.schema;
    if schema > Diagnosis::SCHEMA {
        writeln!(out, "Written in schema {schema}; this program knows schema {}.", Diagnosis::SCHEMA)?;
    }
    if !diagnosis.unread.is_empty() {
        writeln!(out, "Could not be read: {}.", diagnosis.unread.join("; "))?;
    }
    Ok(())
}

/// What is wrong, since when, and what to do, in plain sentences.
fn story(report: &PhoneReport, out: &mut dyn Write) -> io::Result<()> {
    let diagnosis = report.diagnosis();
    let version = &diagnosis.crate_version;
    if !version.is_empty() {
        writeln!(out, "Written by tim-offline-push {version}.")?;
    }
    if diagnosis.shut_down {
        let mut words = diagnosis.summary.chars();
        let first = words.next().map(|letter| letter.to_ascii_uppercase());
        writeln!(out, "{}{}.", first.unwrap_or_default(), words.as_str())?;
    } else {
        writeln!(out, "The phone is {}.", diagnosis.summary)?;
    }
    if let Some(blocker) = &diagnosis.blocked_by {
        if let Some(since) = blocker.since {
            let times = match blocker.attempts {
                Some(1) => ", since 1 attempt failed".to_owned(),
                Some(times) => format!(", and {times} attempts in a row have failed"),
                None => String::new(),
            };
            writeln!(out, "That has been so for {}{times}.", words(since))?;
        }
        writeln!(out, "What to do: {}.", blocker.fix)?;
    }
    for problem in &diagnosis.also {
        writeln!(out, "Besides, {}. What to do: {}.", problem.cause, problem.fix)?;
    }
    if let Some(time) = diagnosis.runs_for {
        let confirmed = match diagnosis.confirmed_ago {
            Some(ago) => format!("the server last confirmed a report {} before it was written", words(ago)),
            None => "the server has confirmed no report since".to_owned(),
        };
        writeln!(out, "The registrar had been running for {}; {confirmed}.", words(time))?;
    }
    for token in &diagnosis.tokens {
        if let Some(age) = token.age {
            writeln!(out, "The {} token of {} came {} before.", token.kind, token.vendor, words(age))?;
        }
    }
    let waiting = diagnosis.regions.iter().filter(|status| {
        matches!(status.state, StateName::Waiting | StateName::BackingOff | StateName::Dirty)
    });
    for status in waiting {
        if let Some(due) = status.due_in {
            writeln!(out, "The {} tries again {} after it was written.", status.region, words(due))?;
        }
    }
    for loss in &report.console_losses().collect::<Vec<_>>() {
        writeln!(out, "Tencent's console lists pushes to it as lost with code {loss}.")?;
    }
    Ok(())
}

/// A length of time, as exactly as a person wants to know it.
fn words(time: Duration) -> String {
    match time.as_secs() {
        seconds @ 0..=119 => format!("{seconds} s"),
        seconds @ 120..=7_199 => format!("{} min", seconds / 60),
        seconds => format!("{} h", seconds / 3_600),
    }
}

fn changes(first: &Diagnosis, last: &Diagnosis, out: &mut dyn Write) -> io::Result<()> {
    if first.summary == last.summary {
        writeln!(out, "In both: {}.", last.summary)?;
    } else {
        writeln!(out, "Earlier: {}.\nLater: {}.", first.summary, last.summary)?;
    }
    if are_of_two_phones(first, last) {
        return writeln!(
            out,
            "They seem to be of different phones: no token of the one is the other's, and another vendor comes first.\n"
        );
    }
    match (first.account, last.account) {
        (Some(before), Some(after)) if before != after => writeln!(out, "Another account is logged in.")?,
        (Some(_), None) => writeln!(out, "The account of the earlier one is logged out in the later one.")?,
        _ => {}
    }
    let (before, after) = (&first.counters, &last.counters);
    // Counts begin anew with each process.
    let is_restarted = last.runs_for < first.runs_for || after.reports < before.reports;
    if is_restarted {
        writeln!(out, "The app was restarted between them, and counts anew since then.")?;
    }
    let between = |before: u32, after: u32| if is_restarted { after } else { after.saturating_sub(before) };
    writeln!(
        out,
        "Between them: reports begun: {}, acknowledged: {}, answered by an error: {}, of unknown outcome: {}; requests to \
         vendor SDKs: {}, tokens: {}.\n",
        between(before.reports, after.reports),
        between(before.reports_done, after.reports_done),
        between(before.reports_failed, after.reports_failed),
        between(before.reports_unknown, after.reports_unknown),
        between(before.registrations, after.registrations),
        between(before.tokens, after.tokens),
    )
}

/// Tokens change and rankings change, but hardly both at once on one phone.
fn are_of_two_phones(first: &Diagnosis, last: &Diagnosis) -> bool {
    let shared = |token: &TokenStatus| last.tokens.iter().any(|other| other.fingerprint == token.fingerprint);
    let have_tokens = !first.tokens.is_empty() && !last.tokens.is_empty();
    have_tokens && !first.tokens.iter().any(shared) && first.ranking.first() != last.ranking.first()
}
