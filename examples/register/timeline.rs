//! What happened and what the registrar did, in words. Made from the journal alone: nothing here knows a
//! scenario.

use std::fmt;
use std::time::Duration;

use serde::Serialize;
use tim_offline_push::registrar::{
    Diagnosis, Failure, Outcome, Region, Release, StateName, Transition, Verdict,
};
use tim_offline_push::secret::Secret;
use tim_offline_push::testing::{Call, Entry, Journal, Record};
use tim_offline_push::time::MonotonicTime;
use tim_offline_push::token::Token;
use tim_offline_push::vendor::{TokenKind, Vendor, explain, explain_im};

use crate::why::Why;

/// One line of the timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Line {
    pub(crate) at_ms: u64,
    pub(crate) kind: Kind,
    pub(crate) text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) why: Option<String>,
    /// Of no interest to a person who reads the story.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) aside: bool,
    /// Who acts, and whom it concerns: for the picture.
    #[serde(skip)]
    pub(crate) from: Lane,
    #[serde(skip)]
    pub(crate) to: Lane,
}

/// Who takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lane {
    /// The app, its user, and the phone.
    App,
    Vendor,
    Registrar,
    Server,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    /// The name of a part.
    Heading,
    /// Something that the registrar learnt.
    Happened,
    /// Something that the registrar did.
    Did,
    /// Where that left it.
    State,
    /// What it had to say.
    Notice,
}

/// The lines so far.
#[derive(Debug)]
pub(crate) struct Timeline {
    journal: Journal,
    read: usize,
    why: Why,
    lines: Vec<Line>,
}

impl Timeline {
    pub(crate) fn new(journal: Journal) -> Self {
        Self { journal, read: 0, why: Why::default(), lines: Vec::new() }
    }

    pub(crate) fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Begins a part of its own.
    pub(crate) fn heading(&mut self, at: MonotonicTime, text: &str) {
        self.lines.push(Line {
            at_ms: at.as_millis(),
            kind: Kind::Heading,
            text: text.to_owned(),
            why: None,
            aside: false,
            from: Lane::App,
            to: Lane::App,
        });
    }

    /// Makes all lines from this one on an aside.
    pub(crate) fn turn_aside(&mut self, from: usize) {
        self.lines.iter_mut().skip(from).for_each(|line| line.aside = true);
    }

    /// Reads on in the journal. `now` is where the registrar stands after all of that.
    pub(crate) fn look(&mut self, now: Option<&Diagnosis>) {
        let entries = self.journal.entries();
        for entry in entries.iter().skip(self.read) {
            self.why.see(&entry.record);
            self.lines.extend(self.line(entry, now));
        }
        self.read = entries.len();
        self.why.remember(now);
    }

    fn line(&self, entry: &Entry, now: Option<&Diagnosis>) -> Option<Line> {
        let (from, to) = lanes(&entry.record);
        let line = |kind, text: String, why: Option<String>, aside| {
            Some(Line { at_ms: entry.at.as_millis(), kind, text, why, aside, from, to })
        };
        match &entry.record {
            Record::Note(text) => line(Kind::Happened, text.clone(), None, false),
            Record::Answer { to, outcome } => {
                let aside = *outcome == Outcome::Ok
                    && !matches!(to, Call::Report(_) | Call::Presence(_) | Call::ReportPushEvents(_));
                line(Kind::Happened, answer_words(to, outcome), None, aside)
            }
            Record::Call(call) => {
                let aside = matches!(call, Call::Save(..) | Call::Badge(..) | Call::ClearNotifications);
                line(Kind::Did, call_words(call), self.why.of_call(call, now), aside)
            }
            Record::Release(release) => {
                line(Kind::Did, "lets the app log out".into(), Some(release_words(*release).into()), false)
            }
            Record::Event { name, verdict } => match verdict {
                Verdict::Applied => line(Kind::State, format!("{name} counts"), None, true),
                Verdict::Ignored(why) => {
                    line(Kind::Did, format!("ignores {name}"), Some(why.to_string()), false)
                }
                Verdict::Refused(error) => {
                    line(Kind::Did, format!("refuses {name}"), Some(error.to_string()), false)
                }
            },
            Record::Transition(transition) => {
                let words = transition_words(*transition, now, self.why.is_off());
                let aside = words.is_none();
                let text = words.unwrap_or_else(|| transition.to_string());
                line(Kind::State, text, self.why.of_transition(*transition, now), aside)
            }
            Record::Notice(notice) => line(Kind::Notice, notice.to_string(), None, false),
            // A journal may learn to write down more.
            _ => None,
        }
    }
}

/// Who acts, and whom it concerns.
fn lanes(record: &Record) -> (Lane, Lane) {
    let host = |call: &Call| match call {
        Call::Register(..) | Call::Unregister(..) => Lane::Vendor,
        Call::Report(_) | Call::Presence(_) | Call::ReportPushEvents(_) => Lane::Server,
        _ => Lane::App,
    };
    match record {
        Record::Note(text)
            if Vendor::ALL.iter().any(|vendor| text.starts_with(&format!("{vendor}'s SDK"))) =>
        {
            (Lane::Vendor, Lane::Registrar)
        }
        Record::Note(_) => (Lane::App, Lane::App),
        Record::Answer { to, .. } => (host(to), Lane::Registrar),
        Record::Call(call) => (Lane::Registrar, host(call)),
        Record::Release(_) => (Lane::Registrar, Lane::App),
        _ => (Lane::Registrar, Lane::Registrar),
    }
}

impl fmt::Display for Timeline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = None;
        for (index, line) in self.lines.iter().filter(|line| !line.aside).enumerate() {
            if line.kind == Kind::Heading {
                let blank = if index == 0 { "" } else { "\n" };
                writeln!(f, "{blank}-- {}", line.text)?;
                shown = None;
                continue;
            }
            let mark = match line.kind {
                Kind::Heading | Kind::Happened => "",
                Kind::Did => "  -> ",
                Kind::State => "     = ",
                Kind::Notice => "     ! ",
            };
            let time = if shown == Some(line.at_ms) { String::new() } else { clock(line.at_ms) };
            shown = Some(line.at_ms);
            write!(f, "{time:>11}  {mark}{}", line.text)?;
            match &line.why {
                Some(why) => writeln!(f, " — {why}")?,
                None => writeln!(f)?,
            }
        }
        Ok(())
    }
}

/// Hours, minutes, seconds and milliseconds; hours only if there are any.
pub(crate) fn clock(millis: u64) -> String {
    let (seconds, millis) = (millis / 1_000, millis % 1_000);
    let (minutes, seconds) = (seconds / 60, seconds % 60);
    let (hours, minutes) = (minutes / 60, minutes % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}.{millis:03}")
    } else {
        format!("{minutes}:{seconds:02}.{millis:03}")
    }
}

/// A delay as people say it.
pub(crate) fn delay_words(delay: Duration) -> String {
    if delay.as_secs() >= 600 {
        format!("{} min", delay.as_secs() / 60)
    } else {
        format!("{}.{} s", delay.as_secs(), delay.subsec_millis() / 100)
    }
}

/// A vendor SDK's text, without the text.
pub(crate) fn token_words(vendor: Vendor, text: &str) -> String {
    match Token::parse(vendor, TokenKind::Standard, text) {
        Ok(token) => format!("a token of {} bytes, #{}", token.len(), token.fingerprint()),
        Err(_) if text.is_empty() => "an empty text".into(),
        Err(_) => format!("a text of {} bytes that is no token", text.len()),
    }
}

fn call_words(call: &Call) -> String {
    match call {
        Call::Register(vendor, TokenKind::Standard) => format!("asks {vendor}'s SDK for a token"),
        Call::Register(vendor, kind) => format!("asks {vendor}'s SDK for a {kind} token"),
        Call::Unregister(vendor) => format!("unregisters from {vendor}"),
        Call::Report(binding) => match (binding.token(), binding.business_id()) {
            (Some(token), Some(id)) => {
                format!("reports {}'s token #{} under certificate {id}", token.vendor(), token.fingerprint())
            }
            _ => "reports that nothing is to be pushed".into(),
        },
        Call::Presence(presence) => format!("tells the IM server: {presence}"),
        Call::ReportPushEvents(events) => {
            let kinds: Vec<String> = events.iter().map(|event| event.kind().to_string()).collect();
            format!("tells Tencent's statistics of a push: {}", kinds.join(", "))
        }
        Call::Save(bytes) => format!("stores a snapshot of {bytes} bytes"),
        Call::EnsureNotificationChannel(id) => format!("asks for the notification channel {id}"),
        Call::DeliverTap(id) => format!("delivers the tap {id}"),
        Call::Badge(count) => format!("shows {count} at the icon"),
        Call::ClearNotifications => "removes the notifications".into(),
        other => format!("{other:?}"),
    }
}

fn answer_words(to: &Call, outcome: &Outcome) -> String {
    let (who, vendor) = match to {
        Call::Register(vendor, _) => (format!("{vendor}'s SDK"), Some(*vendor)),
        // A failure may be the SDK's own: nothing but its success speaks for the server.
        Call::Report(_) | Call::Presence(_) | Call::ReportPushEvents(_) if *outcome == Outcome::Ok => {
            ("the IM server".into(), None)
        }
        Call::Report(_) | Call::Presence(_) | Call::ReportPushEvents(_) => ("the IM SDK".into(), None),
        Call::Save(..) => ("the store".into(), None),
        _ => ("the phone".into(), None),
    };
    match outcome {
        Outcome::Ok => format!("{who}: done"),
        Outcome::Token(text) => format!("{who} gives {}", given_words(vendor, text)),
        Outcome::Failed { code, retry_after } => {
            let asks = retry_after.map(|wait| format!(", and asks for {}", delay_words(wait)));
            let what = match to {
                // Not a code of the IM SDK's or a vendor's, but the system's.
                Call::Save(..) => format!("code {code}"),
                _ => code_words(vendor, code),
            };
            format!("{who} says {what}{}", asks.unwrap_or_default())
        }
        Outcome::Lost => format!("{who} will never answer"),
        _ => format!("{who} says something"),
    }
}

fn given_words(vendor: Option<Vendor>, text: &Secret) -> String {
    vendor.map_or_else(|| "a text".into(), |vendor| token_words(vendor, text.expose_secret()))
}

/// A code and what it means: a vendor's, or else the IM SDK's.
pub(crate) fn code_words(vendor: Option<Vendor>, said: &Failure) -> String {
    if let Some(vendor) = vendor {
        let code = said.vendor_code(vendor);
        return format!("{code}: {}", explain(vendor, &code).meaning());
    }
    match said.im_code() {
        Some(code) => format!("{code}: {}", explain_im(code).meaning()),
        None => format!("{said}: not a code of the IM SDK"),
    }
}

fn release_words(release: Release) -> &'static str {
    if release.is_superseded() {
        "there is nothing left to log out"
    } else if release.is_clean() {
        "no report of this session can reach the server any more"
    } else {
        "not clean: a report may still reach the server"
    }
}

/// A transition worth a line of its own, in words.
fn transition_words(transition: Transition, now: Option<&Diagnosis>, is_off: bool) -> Option<String> {
    let status = now?.regions.iter().find(|status| status.region == transition.region)?;
    let in_time = || match status.due_in.filter(|_| status.state == transition.to) {
        Some(due) => format!("in {}", delay_words(due)),
        None => "at once".into(),
    };
    match (transition.region, transition.to) {
        (Region::Election, StateName::BackingOff) => Some(format!("asks again {}", in_time())),
        (Region::Election, StateName::Stalled) => Some("asks nobody any more".into()),
        (Region::Election, StateName::Unsupported) => Some("this phone has no push vendor".into()),
        (Region::Session, StateName::Draining) => Some(format!("lets go {} at the latest", in_time())),
        (Region::Binding | Region::VoipBinding, StateName::Waiting) => {
            Some(format!("reports again {}", in_time()))
        }
        (Region::Binding | Region::VoipBinding, StateName::Parked) => Some("reports no more".into()),
        (Region::Binding | Region::VoipBinding, StateName::Bound) if is_off => Some("pushes are off".into()),
        (Region::Binding | Region::VoipBinding, StateName::Bound) => Some("bound".into()),
        (Region::Receipts, StateName::Kept) => Some("keeps it until the account logs in".into()),
        (Region::Receipts, StateName::Waiting) => Some(format!("tells the statistics again {}", in_time())),
        (Region::Store, StateName::Dirty) => Some(format!("stores again {}", in_time())),
        _ => None,
    }
}
