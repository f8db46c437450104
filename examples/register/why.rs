//! Why the registrar did something, derived from what is known beside it: what was reported last and how that
//! came out, and what the diagnosis says before and after.

use tim_offline_push::registrar::{
    Binding, Diagnosis, DoubtStatus, Outcome, Region, StateName, Transition, Verdict,
};
use tim_offline_push::testing::{Call, Record};
use tim_offline_push::vendor::Vendor;

use crate::timeline::{code_words, delay_words};

/// What the reasons are derived from.
#[derive(Debug, Default)]
pub(crate) struct Why {
    before: Option<Diagnosis>,
    /// The last report, and how it came out as far as that is known.
    last: Option<(Binding, Option<Outcome>)>,
    this: Option<(Binding, Option<Outcome>)>,
    /// A session has begun, and nothing was reported for it yet.
    new_session: bool,
    /// The report under way is the first of its session.
    first_of_session: bool,
}

impl Why {
    /// Takes note of a record before its line is written.
    pub(crate) fn see(&mut self, record: &Record) {
        match record {
            Record::Call(Call::Report(binding)) => {
                self.last = self.this.replace((binding.clone(), None));
                self.first_of_session = std::mem::take(&mut self.new_session);
            }
            Record::Answer { to: Call::Report(binding), outcome } => {
                if let Some((reported, answer)) = &mut self.this {
                    if reported == binding && answer.is_none() {
                        *answer = Some(outcome.clone());
                    }
                }
            }
            Record::Event { name: "LoggedIn", verdict: Verdict::Applied } => self.new_session = true,
            _ => {}
        }
    }

    /// Keeps where the registrar stands, to compare with later.
    pub(crate) fn remember(&mut self, now: Option<&Diagnosis>) {
        self.before = now.cloned();
    }

    pub(crate) fn of_call(&self, call: &Call, now: Option<&Diagnosis>) -> Option<String> {
        match call {
            Call::Register(vendor, _) => of_registration(*vendor, now?),
            Call::Report(binding) => Some(self.of_report(binding)),
            Call::Save(..) => {
                let storing = stands(now?, Region::Binding, StateName::Storing);
                let why =
                    if storing { "a report's intent is stored first" } else { "to survive the process" };
                Some(why.into())
            }
            Call::ReportPushEvents(_) => {
                Some("its account is logged in; kept until the server confirms".into())
            }
            Call::DeliverTap(..) => Some("the screens are up, and somebody is logged in".into()),
            _ => None,
        }
    }

    pub(crate) fn of_transition(&self, transition: Transition, now: Option<&Diagnosis>) -> Option<String> {
        let now = now?;
        match (transition.region, transition.to) {
            (Region::Binding, StateName::Bound) => match doubt(now) {
                DoubtStatus::Unsettled | DoubtStatus::Settled => {
                    let due = now.regions.iter().find(|status| status.region == Region::Binding)?.due_in;
                    let due = due.map_or_else(|| "later".into(), |due| format!("in {}", delay_words(due)));
                    let why = if now.counters.reports_unknown > 0 {
                        "an earlier report may land after this one"
                    } else {
                        "nobody would know of this one after a crash, since its intent was not stored"
                    };
                    Some(format!("will report again {due}: {why}"))
                }
                _ => now.reachable.then(|| "reachable".into()),
            },
            (Region::Binding, StateName::Waiting) => match &self.this {
                Some((_, Some(Outcome::Failed { code, .. }))) => Some(code_words(None, code)),
                Some((_, None)) => Some("no answer: the outcome is unknown".into()),
                _ => None,
            },
            (Region::Election, StateName::Stalled | StateName::Unsupported)
            | (Region::Binding, StateName::Parked) => {
                now.blocked_by.as_ref().map(|blocker| format!("fix: {}", blocker.fix))
            }
            _ => None,
        }
    }

    /// Whether the last report turned pushes off.
    pub(crate) fn is_off(&self) -> bool {
        self.this.as_ref().is_some_and(|(binding, _)| binding.is_empty())
    }

    fn of_report(&self, binding: &Binding) -> String {
        let Some((last, outcome)) = &self.last else { return "each session reports once".into() };
        if self.first_of_session {
            return "each session reports once".into();
        }
        if binding.is_empty() != last.is_empty() {
            return "the user's wish".into();
        }
        if binding.vendor() != last.vendor() {
            return "another vendor".into();
        }
        if binding != last {
            return "the token changed".into();
        }
        match outcome {
            Some(Outcome::Ok)
                if self.before.as_ref().is_some_and(|before| doubt(before) != DoubtStatus::None) =>
            {
                "settled by now: this one clears the doubt".into()
            }
            Some(Outcome::Ok) => "due for a refresh".into(),
            Some(Outcome::Failed { .. }) => "another attempt".into(),
            _ => "again: the last outcome is unknown".into(),
        }
    }
}

fn of_registration(vendor: Vendor, now: &Diagnosis) -> Option<String> {
    let better: Vec<_> =
        now.ranking.iter().copied().take_while(|ranked| *ranked != vendor).map(Vendor::as_str).collect();
    if !better.is_empty() {
        return Some(format!("{} gave none", better.join(" and ")));
    }
    let line = now.election.iter().find(|line| line.starts_with(vendor.as_str()))?;
    Some(line.rsplit_once("accepted: ").map_or(line.as_str(), |(_, reason)| reason).to_owned())
}

fn stands(now: &Diagnosis, region: Region, state: StateName) -> bool {
    now.regions.iter().any(|status| status.region == region && status.state == state)
}

fn doubt(now: &Diagnosis) -> DoubtStatus {
    now.beliefs.first().map_or(DoubtStatus::None, |belief| belief.doubt)
}
