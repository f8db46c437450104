//! Makes a diagnosis of what the regions say of themselves.

use super::binding::BindingState;
use super::context::Context;
use super::election::ElectionPhase;
use super::setup::Consent;
use super::target::names;
use super::{
    BeliefStatus, Blocker, Diagnosis, NoticeCode, Region, RegionStatus, State, StateName, TokenStatus,
};
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
    let diagnosis = Diagnosis {
        schema: Diagnosis::SCHEMA,
        crate_version: env!("CARGO_PKG_VERSION").to_owned(),
        summary: String::new(),
        shut_down: false,
        reachable: standard.name() == StateName::Bound
            && standard.wanted().is_some_and(|wanted| !wanted.is_empty())
            && !standard.is_in_doubt(),
        blocked_by: blocker(state),
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
        possibly_bound: state.accounts.possibly_bound().map(account).collect(),
        left_out: Vec::new(),
        held_taps: state.inbox.held(),
        last_codes: last_codes(state, cx),
        counters: cx.counters().clone(),
    };
    diagnosis.summed_up()
}

fn blocked(region: Region, cause: impl Into<String>, remedy: impl Into<String>) -> Blocker {
    Blocker { region, cause: cause.into(), remedy: remedy.into() }
}

/// The first thing that stands in the way, in the order in which they must be overcome.
fn blocker(state: &State) -> Option<Blocker> {
    let in_hand =
        state.bindings.of(TokenKind::Standard).wanted().is_some() || state.election.elected().is_some();
    let setup = &state.setup;
    if setup.consent() == Consent::Unreadable {
        Some(told_by(NoticeCode::ConsentUnreadable, Region::Election))
    } else if !setup.is_configured() {
        Some(blocked(Region::Election, "no configuration was given", "configuring the registrar"))
    } else if setup.consent() == Consent::Withdrawn {
        Some(blocked(Region::Election, "the user took the consent back", "the user's consent"))
    } else if !setup.has_consent() {
        Some(blocked(Region::Election, "the user has not agreed yet", "the user's consent"))
    } else if setup.is_push_disabled() {
        Some(blocked(Region::Binding, "pushes are turned off", "turning pushes on"))
    } else if in_hand {
        session_blocker(state)
            .or_else(|| binding_blocker(state.bindings.of(TokenKind::Standard), Region::Binding))
            .or_else(|| voip_blocker(state.bindings.of(TokenKind::Voip)))
    } else {
        Some(election_blocker(state))
    }
}

fn session_blocker(state: &State) -> Option<Blocker> {
    if state.session.is_draining() {
        Some(blocked(Region::Session, "a logout is under way", "telling the registrar of the next login"))
    } else if state.session.logged_in().is_none() {
        Some(blocked(Region::Session, "nobody is logged in", "telling the registrar of a login"))
    } else {
        None
    }
}

fn election_blocker(state: &State) -> Blocker {
    let proposal = state.election.proposal();
    let is_ensuring = proposal.is_some_and(|vendor| state.registrations.is_ensuring(vendor));
    let sdk = proposal.map_or_else(|| "the vendor SDK".to_owned(), |vendor| format!("the {vendor} SDK"));
    match state.election.phase() {
        _ if state.setup.device().is_none() => {
            blocked(Region::Election, "nothing is known of the phone", "telling the registrar of the device")
        }
        ElectionPhase::Registering if is_ensuring => blocked(
            Region::Election,
            format!("{sdk} waits for its notification channel"),
            "the host's answer, or the deadline",
        ),
        ElectionPhase::Registering => blocked(
            Region::Election,
            format!("{sdk} was asked for a token and has not given one"),
            "its callback; at the deadline the search goes on",
        ),
        ElectionPhase::BackingOff { .. } => blocked(
            Region::Election,
            "every vendor has failed for now",
            "time, the network, the foreground or the user's retry",
        ),
        ElectionPhase::Stalled => blocked(
            Region::Election,
            "every vendor has failed for good",
            "what the last codes name, then a retry, a new configuration or another app version",
        ),
        ElectionPhase::Unsupported => blocked(
            Region::Election,
            "no vendor can be used on this phone",
            "a certificate and SDK for a vendor that the phone has",
        ),
        ElectionPhase::Halted | ElectionPhase::Elected => {
            blocked(Region::Election, "no token is in hand", "a token of the vendor SDK")
        }
    }
}

fn binding_blocker(binding: &BindingState, region: Region) -> Option<Blocker> {
    if let Some(code) = binding.parked_by() {
        let explanation = explain_im(code);
        let cause = format!("the report is parked: code {code}, {}", explanation.meaning());
        return Some(blocked(region, cause, explanation.fix()));
    }
    if let Some(notice) = binding.wait_notice() {
        return Some(told_by(notice, region));
    }
    let name = binding.name();
    let (cause, remedy) = if name == StateName::Waiting {
        (
            "the last report failed, and another one comes later",
            "time, a new token, the network, the foreground or the user's retry",
        )
    } else if name == StateName::Reporting {
        ("a report is under way", "the IM SDK's answer, or the deadline")
    } else if name == StateName::Storing {
        ("the intent is being stored", "the store's answer, or the deadline")
    } else if binding.wanted().is_none() {
        (
            "the vendor of the token in hand has no certificate any more",
            "a certificate, or a token of another vendor",
        )
    } else if binding.is_owed() {
        (
            "the report waits for that of the other kind of token",
            "the IM SDK's answer to that one, or its deadline",
        )
    } else {
        return None;
    };
    Some(blocked(region, cause, remedy))
}

/// What is under way for VoIP stands in nobody's way; a report that failed does, as long as anything is wanted there.
fn voip_blocker(binding: &BindingState) -> Option<Blocker> {
    let has_failed = matches!(binding.name(), StateName::Parked | StateName::Waiting);
    binding_blocker(binding, Region::VoipBinding).filter(|_| has_failed && binding.wanted().is_some())
}

fn told_by(notice: NoticeCode, region: Region) -> Blocker {
    blocked(region, notice.as_str(), notice.fix())
}

fn regions(state: &State, cx: &Context) -> Vec<RegionStatus> {
    let asked = state.election.proposal().filter(|vendor| state.registrations.is_asking(*vendor));
    let (standard, voip) = (state.bindings.of(TokenKind::Standard), state.bindings.of(TokenKind::Voip));
    let tried = if asked.is_some() { asked } else { state.election.elected() };
    Region::ALL
        .into_iter()
        .zip(names(state))
        .filter(|(region, _)| *region != Region::VoipBinding || voip.wanted().is_some())
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

fn last_codes(state: &State, cx: &Context) -> Vec<String> {
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
        .chain(state.storage.is_dirty().then(|| "the store failed last time".to_owned()))
        .collect()
}
