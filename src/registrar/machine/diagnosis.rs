//! Where a machine stands, for people and for machines.

use std::fmt::{self, Display};
use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize};

use super::{Counters, NoticeCode, Region, StateName};
use crate::certificate::BusinessId;
use crate::finding::Severity;
use crate::secret::Fingerprint;
use crate::time::UnixTime;
use crate::vendor::{TokenKind, Vendor};

/// Where a machine stands: what each region does, what blocks it and what unblocks it. No token and no
/// account is in it, only fingerprints. `Display` is for people, serde for machines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Diagnosis {
    /// The version of the serde form: [`Diagnosis::SCHEMA`] where this version of the crate wrote it.
    pub schema: u32,
    /// The version of the crate that wrote it.
    pub crate_version: String,
    /// When it was made, or the registrar was shut down, by the wall clock; none if that clock was not set.
    /// In serde forms in seconds since 1970-01-01 00:00 UTC.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub written_at: Option<UnixTime>,
    /// The first line of the text: whether the phone is reachable, and if not, why.
    pub summary: String,
    /// Whether the registrar was shut down. All else is then as it was at that time.
    pub shut_down: bool,
    /// Whether the standard token at hand is acknowledged for the account logged in, without any doubt. Of
    /// VoIP pushes it says nothing: what stands in their way alone is in [`Diagnosis::blocked_by`], with
    /// [`Region::VoipBinding`].
    pub reachable: bool,
    /// The first thing that blocks, in the order in which they must be solved; none if nothing does. Where
    /// the phone is reachable all the same, its severity is no error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blocked_by: Option<Blocker>,
    /// What else is wrong.
    pub also: Vec<Blocker>,
    /// Each region's state.
    pub regions: Vec<RegionStatus>,
    /// The vendor whose token is reported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub elected: Option<Vendor>,
    /// The vendors in the order in which they are tried.
    pub ranking: Vec<Vendor>,
    /// Why each vendor is tried or not, in words.
    pub election: Vec<String>,
    /// The tokens held.
    pub tokens: Vec<TokenStatus>,
    /// The account logged in, as a fingerprint under a key that the [`InstallId`](super::InstallId) makes;
    /// none without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<Fingerprint>,
    /// What is believed of the server, for each kind of token in use.
    pub beliefs: Vec<BeliefStatus>,
    /// Accounts that the server may still push to here, as such fingerprints.
    pub possibly_bound: Vec<Option<Fingerprint>>,
    /// For how long the registrar has been running. In serde forms in milliseconds, as `runs_for_ms`.
    #[serde(rename = "runs_for_ms", with = "millis", default, skip_serializing_if = "Option::is_none")]
    pub runs_for: Option<Duration>,
    /// How long ago the server last confirmed a report in this process; none if it has not. In serde forms in
    /// milliseconds, as `confirmed_ago_ms`.
    #[serde(rename = "confirmed_ago_ms", with = "millis", default, skip_serializing_if = "Option::is_none")]
    pub confirmed_ago: Option<Duration>,
    /// What the host left out when it made the registrar, and what comes of that, in words. Empty for a bare
    /// machine.
    pub left_out: Vec<String>,
    /// Taps held.
    pub held_taps: usize,
    /// Arrivals and clicks that the server has not confirmed yet.
    pub kept_push_events: usize,
    /// The last error codes, explained.
    pub last_codes: Vec<String>,
    /// What was counted since the last start: no count outlives the process.
    pub counters: Counters,
    /// What [`Diagnosis::read`] could not read, by name and place: damaged, or of a later version of the
    /// crate.
    #[serde(skip)]
    pub unread: Vec<String>,
}

/// Why pushes do not arrive, and what helps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Blocker {
    /// Where it is stuck.
    pub region: Region,
    /// An error if no push arrives, a warning if some do or will.
    pub severity: Severity,
    /// The name of the notice that says the same, if there is one.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "if_known", default)]
    pub notice: Option<NoticeCode>,
    /// The vendor it is about, if it is about one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub vendor: Option<Vendor>,
    /// Why, in words.
    pub cause: String,
    /// What to do, in words.
    pub fix: String,
    /// For how long it has been failing, or has been over; unknown where nothing has failed. In serde forms
    /// in milliseconds, as `since_ms`.
    #[serde(rename = "since_ms", with = "millis", default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Duration>,
    /// How many attempts have failed in a row since then.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub attempts: Option<u32>,
}

impl Blocker {
    /// Whether pushes arrive all the same, if nothing else is wrong.
    pub fn is_partial(&self) -> bool {
        self.severity < Severity::Error
    }

    /// A line that says for how long, if that is worth one.
    fn write_since(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(since) = self.since.filter(|since| since.as_secs() > 0) else { return Ok(()) };
        write!(f, "  for {}", Span(since))?;
        match self.attempts {
            Some(1) => writeln!(f, ", after 1 attempt"),
            Some(attempts) => writeln!(f, ", {attempts} attempts in a row"),
            None => writeln!(f),
        }
    }
}

/// The state of one region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RegionStatus {
    /// The region.
    pub region: Region,
    /// Its named state.
    pub state: StateName,
    /// The vendor it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vendor: Option<Vendor>,
    /// In how long it goes on by itself, if nothing happens before. In serde forms in milliseconds, as
    /// `due_in_ms`.
    #[serde(rename = "due_in_ms", with = "millis", default, skip_serializing_if = "Option::is_none")]
    pub due_in: Option<Duration>,
}

/// A token held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TokenStatus {
    /// Whose it is.
    pub vendor: Vendor,
    /// What it is for.
    pub kind: TokenKind,
    /// Its length in bytes.
    pub bytes: usize,
    /// What may be shown of it.
    pub fingerprint: Fingerprint,
    /// How long ago it came, by the wall clock; unknown if that clock was set back, or was not set. In serde
    /// forms in milliseconds, as `age_ms`.
    #[serde(rename = "age_ms", with = "millis", default, skip_serializing_if = "Option::is_none")]
    pub age: Option<Duration>,
    /// The certificate it is reported under.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub business_id: Option<BusinessId>,
    /// The vendor whose tokens it looks like, if that is another one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub looks_like: Option<Vendor>,
    /// What looks odd about it, in words.
    pub suspicions: Vec<String>,
}

/// What is believed of the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BeliefStatus {
    /// Of which kind of token.
    pub kind: TokenKind,
    /// What the server has for the account logged in.
    pub belief: Belief,
    /// Whether a report of unknown outcome may have changed that, or may yet.
    pub doubt: DoubtStatus,
}

/// What the server has for an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Belief {
    /// A binding that this session had acknowledged.
    Bound,
    /// Nothing: an empty binding was acknowledged, or nobody is logged in and every account that was here is
    /// known to be logged out.
    Unbound,
    /// It cannot be known: a report is under way, failed, or was never answered, or the end of the last
    /// session was not by a logout that was reported.
    Unknown,
}

/// Whether a report of unknown outcome is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DoubtStatus {
    /// None is.
    None,
    /// One is, and may still reach the server.
    Unsettled,
    /// One was, and can reach the server no more; one more report clears the doubt.
    Settled,
}

/// A length of time as a number of milliseconds.
mod millis {
    use std::time::Duration;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[expect(clippy::ref_option, reason = "serde passes a reference to the field")]
    pub(super) fn serialize<S: Serializer>(time: &Option<Duration>, to: S) -> Result<S::Ok, S::Error> {
        time.map(|time| u64::try_from(time.as_millis()).unwrap_or(u64::MAX)).serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Duration>, D::Error> {
        Ok(Option::<u64>::deserialize(from)?.map(Duration::from_millis))
    }
}

/// The name of a later version is left out.
fn if_known<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NoticeCode>, D::Error> {
    let name = Option::<String>::deserialize(deserializer)?;
    Ok(name.and_then(|name| serde_json::from_value(name.into()).ok()))
}

impl Diagnosis {
    /// The version of the serde form. It changes with the names and meanings of its members.
    pub const SCHEMA: u32 = 1;

    /// With its summary as its other fields say it now.
    pub(in crate::registrar) fn summed_up(mut self) -> Self {
        let reachable = if self.reachable { "reachable" } else { "reachable as far as is known" };
        self.summary = match &self.blocked_by {
            None if self.reachable => reachable.to_owned(),
            None => format!("{reachable}; one more report follows, since an earlier one may still land"),
            Some(blocker) if blocker.is_partial() => {
                let is_of_channel = matches!(
                    blocker.notice,
                    Some(NoticeCode::NotificationChannelMissing | NoticeCode::NotificationChannelFailed)
                );
                let vendor = blocker.vendor.filter(|_| blocker.region == Region::Election && !is_of_channel);
                let but = match vendor {
                    // Its SDK gave the token before, maybe in an earlier process, and fails to start now.
                    Some(serves) if vendor == self.elected => {
                        format!("and the {serves} token in hand still serves, but ")
                    }
                    Some(vendor) => format!("but not by {vendor}: "),
                    None if blocker.region == Region::VoipBinding => "but not by VoIP pushes: ".to_owned(),
                    None => "but ".to_owned(),
                };
                format!("{reachable}, {but}{} ({})", blocker.cause, blocker.region)
            }
            Some(blocker) => format!("not reachable: {} ({})", blocker.cause, blocker.region),
        };
        if self.shut_down {
            self.summary = format!("the registrar was shut down; before: {}", self.summary);
        }
        self
    }
}

impl Display for Diagnosis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.summary)?;
        if let Some(blocker) = &self.blocked_by {
            writeln!(f, "  fix: {}", blocker.fix)?;
            blocker.write_since(f)?;
        }
        for problem in &self.also {
            writeln!(f, "  also ({}): {}; fix: {}", problem.region, problem.cause, problem.fix)?;
        }
        for status in &self.regions {
            write!(f, "  {}: {}", status.region, status.state)?;
            part(f, " (", status.vendor, ")")?;
            part(f, due_words(status.state), status.due_in.map(Span), "")?;
            writeln!(f)?;
        }
        let is_logged_out = self.regions.iter().any(|status| status.state == StateName::LoggedOut);
        let in_question = |belief: &&BeliefStatus| {
            !is_logged_out || belief.doubt != DoubtStatus::None || belief.belief == Belief::Unknown
        };
        let mut beliefs = self.beliefs.iter().filter(in_question);
        beliefs.try_for_each(|belief| writeln!(f, "  believed of the server: {belief}"))?;
        for token in &self.tokens {
            let TokenStatus { vendor, kind, bytes, fingerprint, .. } = token;
            write!(f, "  token: {vendor} {kind}, {bytes} bytes, #{fingerprint}")?;
            match token.business_id {
                Some(id) => write!(f, ", certificate {id}")?,
                None => write!(f, ", no certificate")?,
            }
            part(f, ", ", token.age.map(Span), " old")?;
            writeln!(f)?;
            token.suspicions.iter().try_for_each(|suspicion| writeln!(f, "    odd: {suspicion}"))?;
        }
        // Neighbours with the same verdict share a line: most vendors are not wired on this phone.
        let mut lines =
            self.election.iter().map(|line| line.split_once(": ").unwrap_or((line, ""))).peekable();
        while let Some((vendor, verdict)) = lines.next() {
            write!(f, "  vendor {vendor}")?;
            while let Some((another, _)) = lines.next_if(|(_, next)| *next == verdict) {
                write!(f, ", {another}")?;
            }
            writeln!(f, ": {verdict}")?;
        }
        for account in &self.possibly_bound {
            let account = account.map_or_else(|| "an account".to_owned(), |hash| format!("account #{hash}"));
            writeln!(f, "  possibly still bound: {account}")?;
        }
        self.left_out.iter().try_for_each(|what| writeln!(f, "  left out: {what}"))?;
        self.last_codes.iter().try_for_each(|code| writeln!(f, "  last code: {code}"))?;
        let counters = &self.counters;
        let unreported = Some(counters.push_events_unreported).filter(|count| *count > 0);
        let not_wired = ", since the IM client has no report_push_events\n";
        part(f, "  taps held: ", Some(self.held_taps).filter(|count| *count > 0), "\n")?;
        let kept = Some(self.kept_push_events).filter(|count| *count > 0);
        part(f, "  arrivals and clicks kept: ", kept, "\n")?;
        part(f, "  arrivals and clicks not reported: ", unreported, not_wired)?;
        write!(
            f,
            "  reports since the last start: {} begun, {} acknowledged, {} answered by an error; outcome unknown of {}",
            counters.reports, counters.reports_done, counters.reports_failed, counters.reports_unknown
        )?;
        part(f, "\n  started ", self.runs_for.map(Span), " ago")?;
        part(f, "; the server confirmed a report ", self.confirmed_ago.map(Span), " ago")?;
        part(f, "\n  written ", self.written_at.map(UnixTime::utc), "")
    }
}

/// What is known, between these words.
fn part(f: &mut fmt::Formatter<'_>, before: &str, known: Option<impl Display>, after: &str) -> fmt::Result {
    known.map_or(Ok(()), |known| write!(f, "{before}{known}{after}"))
}

impl Display for BeliefStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ", self.kind)?;
        self.belief.serialize(&mut *f)?;
        f.write_str(match self.doubt {
            DoubtStatus::None => "",
            DoubtStatus::Unsettled => ", a report of unknown outcome may still land",
            DoubtStatus::Settled => ", one more report clears the doubt",
        })
    }
}

/// A length of time, as exactly as a person wants to know it.
pub(super) struct Span(pub(super) Duration);

impl Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (seconds, millis) = (self.0.as_secs(), self.0.subsec_millis());
        match seconds {
            0..=119 if millis == 0 => write!(f, "{seconds} s"),
            0..=119 => write!(f, "{seconds}.{millis:03} s"),
            120..=7_199 => write!(f, "{} min", seconds / 60),
            _ => write!(f, "{} h {} min", seconds / 3_600, seconds / 60 % 60),
        }
    }
}

/// What a region in this state does at its next deadline, as it stands before the time until then.
const fn due_words(state: StateName) -> &'static str {
    use StateName::{BackingOff, Bound, Dirty, Draining, Registering, Reporting, Storing, Waiting, Writing};

    if matches!(state, Registering | Storing | Reporting | Writing) {
        ", waits for an answer for at most "
    } else if matches!(state, BackingOff | Waiting | Dirty) {
        ", tries again in "
    } else if matches!(state, Draining) {
        ", lets go in at most "
    } else if matches!(state, Bound) {
        ", reported again in "
    } else {
        ", goes on in "
    }
}
