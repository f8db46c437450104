//! Makes a diagnosis of what the regions say of themselves.

mod problems;

use super::binding::BindingState;
use super::context::Context;
use super::target::names;
use super::{BeliefStatus, Diagnosis, Region, RegionStatus, State, StateName, TokenStatus};
use crate::account::UserId;
use crate::device::elect;
use crate::secret::Fingerprint;
use crate::time::MonotonicTime;
use crate::vendor::{TokenKind, Vendor, VendorCode, explain, explain_im};

pub(super) fn diagnose(state: &State, cx: &Context) -> Diagnosis {
    // Without an install id there is no key, and without a key an account could be searched for.
    let install = cx.origin().install();
    let key = install.is_known().then(|| install.key());
    let account =
        |account: &UserId| key.map(|key| Fingerprint::of_hash(key.hash(account.as_str().as_bytes())));
    let election = match (state.setup.configuration(), state.setup.device()) {
        (Some(configuration), Some(device)) => elect(device, configuration.election_policy())
            .candidates()
            .iter()
            .map(ToString::to_string)
            .collect(),
        (None, _) | (_, None) => Vec::new(),
    };
    let standard = state.bindings.of(TokenKind::Standard);
    let mut problems = problems::problems(state, cx).into_iter();
    let blocked_by = problems.next();
    let diagnosis = Diagnosis {
        schema: Diagnosis::SCHEMA,
        crate_version: env!("CARGO_PKG_VERSION").to_owned(),
        summary: String::new(),
        shut_down: false,
        reachable: standard.name() == StateName::Bound
            && standard.wanted().is_some_and(|wanted| !wanted.is_empty())
            && !standard.is_in_doubt(),
        blocked_by,
        also: problems.collect(),
        regions: regions(state, cx),
        elected: state.election.elected(),
        ranking: state.election.ranking().to_vec(),
        election,
        tokens: tokens(state, cx),
        account: state.session.current().and_then(|session| account(session.account())),
        beliefs: TokenKind::ALL
            .iter()
            .copied()
            .filter(|kind| *kind == TokenKind::Standard || state.bindings.of(*kind).wanted().is_some())
            .map(|kind| belief(state, kind))
            .collect(),
        possibly_bound: state.accounts.listed().map(|(user, _)| account(user)).collect(),
        runs_for: cx.since(cx.started()),
        confirmed_ago: cx.since(cx.troubles().confirmed()),
        left_out: Vec::new(),
        held_taps: state.inbox.held(),
        kept_push_events: state.receipts.kept(),
        last_codes: last_codes(cx),
        counters: cx.counters().clone(),
        unread: Vec::new(),
    };
    diagnosis.summed_up()
}

fn regions(state: &State, cx: &Context) -> Vec<RegionStatus> {
    let asked = state.election.proposal().filter(|vendor| state.registrations.is_asking(*vendor));
    let (standard, voip) = (state.bindings.of(TokenKind::Standard), state.bindings.of(TokenKind::Voip));
    let tried = if asked.is_some() { asked } else { state.election.elected() };
    Region::ALL
        .into_iter()
        .zip(names(state))
        .filter(|(region, name)| match region {
            Region::VoipBinding => voip.wanted().is_some(),
            Region::Receipts => *name != StateName::Idle,
            Region::Election | Region::Session | Region::Binding | Region::Store | Region::Presence => true,
        })
        .map(|(region, name)| {
            let (due, vendor) = match region {
                Region::Election => (
                    [state.election.deadline(), state.registrations.deadline()].into_iter().flatten().min(),
                    tried,
                ),
                Region::Session => (state.session.deadline(), None),
                Region::Binding => (standard.deadline().or_else(|| storing(state, standard)), None),
                Region::VoipBinding => (voip.deadline().or_else(|| storing(state, voip)), None),
                Region::Store => (state.storage.deadline(), None),
                Region::Presence => (state.presence.deadline(), None),
                Region::Receipts => (state.receipts.deadline(), None),
            };
            RegionStatus {
                region,
                state: name,
                vendor,
                due_in: due.map(|deadline| deadline.saturating_since(cx.now())),
            }
        })
        .collect()
}

/// A report that waits for its intent to be stored goes on when the write ends.
fn storing(state: &State, binding: &BindingState) -> Option<MonotonicTime> {
    state.storage.deadline().filter(|_| binding.is_storing())
}

fn tokens(state: &State, cx: &Context) -> Vec<TokenStatus> {
    state
        .tokens
        .iter()
        .map(|held| {
            let token = held.token();
            TokenStatus {
                vendor: token.vendor(),
                kind: token.kind(),
                bytes: token.len(),
                fingerprint: token.fingerprint(),
                age: cx.wall().filter(|_| held.since().is_set()).and_then(|now| now.since(held.since())),
                business_id: state.setup.business_id(token.vendor(), token.kind()),
                suspicions: token.suspicions().iter().map(ToString::to_string).collect(),
            }
        })
        .collect()
}

fn belief(state: &State, kind: TokenKind) -> BeliefStatus {
    let binding = state.bindings.of(kind);
    let is_held = state.session.current().is_some_and(|session| session.held().contains(kind));
    BeliefStatus { kind, belief: binding.belief(is_held), doubt: binding.doubt_status() }
}

fn last_codes(cx: &Context) -> Vec<String> {
    let counters = cx.counters();
    let explained = |(vendor, code): &(Vendor, VendorCode)| {
        let known = explain(*vendor, code);
        match counters.persisting() {
            Some(remedy) => {
                let (times, fix) = (counters.last_vendor_code_repeats, known.fix_if_it_persists());
                format!("{known}; {times} times in a row, so perhaps rather: {remedy}: {fix}")
            }
            None => known.to_string(),
        }
    };
    counters
        .last_vendor_code
        .as_ref()
        .map(explained)
        .into_iter()
        .chain(counters.last_im_code.map(|code| explain_im(code).to_string()))
        .collect()
}
