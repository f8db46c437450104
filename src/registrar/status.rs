//! Makes a diagnosis.

use super::election::{Course, Step};
use super::session::SessionRegion;
use super::slot::{Doubt, Phase, Print, Slot};
use super::state::Consent;
use super::store::StoreCourse;
use super::{
    Belief, BeliefStatus, Blocker, Diagnosis, DoubtStatus, Machine, NoticeCode, Region, RegionStatus, State,
    StateName, TokenStatus,
};
use crate::device::elect;
use crate::secret::Fingerprint;
use crate::time::MonotonicTime;
use crate::vendor::{TokenKind, Vendor, VendorCode, explain, explain_im};

impl Diagnosis {
    pub(super) fn of(machine: &Machine) -> Self {
        let state = &machine.state;
        let account = |account: &crate::account::UserId| Fingerprint::of(account.as_str().as_bytes());
        let election = match (&state.configuration, &state.device) {
            (Some(configuration), Some(device)) => elect(device, configuration.election_policy())
                .candidates()
                .iter()
                .map(ToString::to_string)
                .collect(),
            (None, _) | (_, None) => Vec::new(),
        };
        Self {
            shut_down: false,
            reachable: state.standard.name() == StateName::Bound
                && state.standard.wanted != Some(Print::EMPTY)
                && state.standard.doubt == Doubt::None,
            blocked_by: blocker(state),
            regions: regions(machine),
            elected: state.election.elected,
            ranking: state.election.ranking.clone(),
            election,
            tokens: tokens(machine),
            account: machine.account().map(account),
            beliefs: TokenKind::ALL
                .into_iter()
                .filter(|kind| *kind == TokenKind::Standard || state.slot(*kind).wanted.is_some())
                .map(|kind| belief(state, kind))
                .collect(),
            possibly_bound: machine.possibly_bound().map(account).collect(),
            left_out: Vec::new(),
            held_taps: state.inbox.held.len(),
            last_codes: last_codes(machine),
            counters: machine.counters.clone(),
        }
    }
}

fn blocked(region: Region, cause: impl Into<String>, remedy: impl Into<String>) -> Blocker {
    Blocker { region, cause: cause.into(), remedy: remedy.into() }
}

/// The first thing that stands in the way, in the order in which they must be overcome.
fn blocker(state: &State) -> Option<Blocker> {
    let in_hand = state.standard.wanted.is_some() || state.election.elected.is_some();
    if state.configuration.is_none() {
        Some(blocked(Region::Election, "no configuration was given", "configuring the registrar"))
    } else if state.consent == Consent::Withdrawn {
        Some(blocked(Region::Election, "the user took the consent back", "the user's consent"))
    } else if !state.has_consent() {
        Some(blocked(Region::Election, "the user has not agreed yet", "the user's consent"))
    } else if state.push_disabled {
        Some(blocked(Region::Binding, "pushes are turned off", "turning pushes on"))
    } else if in_hand {
        session_blocker(state)
            .or_else(|| binding_blocker(&state.standard, Region::Binding))
            .or_else(|| voip_blocker(&state.voip))
    } else {
        Some(election_blocker(state))
    }
}

fn session_blocker(state: &State) -> Option<Blocker> {
    match state.session {
        SessionRegion::LoggedOut | SessionRegion::Released(_) => {
            Some(blocked(Region::Session, "nobody is logged in", "telling the registrar of a login"))
        }
        SessionRegion::Draining { .. } => {
            Some(blocked(Region::Session, "a logout is under way", "telling the registrar of the next login"))
        }
        SessionRegion::LoggedIn(_) => None,
    }
}

fn election_blocker(state: &State) -> Blocker {
    let proposal = state.election.proposal();
    let is_ensuring = state.election.request.is_some_and(|request| request.step == Step::Ensuring);
    let vendor = proposal.map_or_else(|| "the vendor SDK".to_owned(), |vendor| format!("the {vendor} SDK"));
    match state.election.course {
        _ if state.device.is_none() => {
            blocked(Region::Election, "nothing is known of the phone", "telling the registrar of the device")
        }
        Course::Registering if is_ensuring => blocked(
            Region::Election,
            format!("{vendor} waits for its notification channel"),
            "the host's answer, or the deadline",
        ),
        Course::Registering => blocked(
            Region::Election,
            format!("{vendor} was asked for a token and has not given one"),
            "its callback; at the deadline the search goes on",
        ),
        Course::BackingOff { .. } => blocked(
            Region::Election,
            "every vendor has failed for now",
            "time, the network, the foreground or the user's retry",
        ),
        Course::Stalled => blocked(
            Region::Election,
            "every vendor has failed for good",
            "what the last codes name, then a retry, a new configuration or another app version",
        ),
        Course::Unsupported => blocked(
            Region::Election,
            "no vendor can be used on this phone",
            "a certificate and SDK for a vendor that the phone has",
        ),
        Course::Halted | Course::Elected => {
            blocked(Region::Election, "no token is in hand", "a token of the vendor SDK")
        }
    }
}

fn binding_blocker(slot: &Slot, region: Region) -> Option<Blocker> {
    let blocker = match slot.phase {
        Phase::Parked { code } => {
            let explanation = explain_im(code);
            blocked(
                region,
                format!("the report is parked: code {code}, {}", explanation.meaning()),
                explanation.fix(),
            )
        }
        Phase::Waiting { .. } if slot.certificate_noticed => told_by(NoticeCode::CertificateUnknown, region),
        Phase::Waiting { .. } if slot.not_ready > 0 => told_by(NoticeCode::SessionNotReady, region),
        Phase::Waiting { .. } => blocked(
            region,
            "the last report failed, and another one comes later",
            "time, a new token, the network, the foreground or the user's retry",
        ),
        Phase::Reporting(_) => {
            blocked(region, "a report is under way", "the IM SDK's answer, or the deadline")
        }
        Phase::Storing { .. } => {
            blocked(region, "the intent is being stored", "the store's answer, or the deadline")
        }
        Phase::Idle if slot.wanted.is_none() => blocked(
            region,
            "the vendor of the token in hand has no certificate any more",
            "a certificate, or a token of another vendor",
        ),
        Phase::Idle if slot.is_owed() => blocked(
            region,
            "the report waits for that of the other kind of token",
            "the IM SDK's answer to that one, or its deadline",
        ),
        Phase::Idle => return None,
    };
    Some(blocker)
}

/// What is under way for VoIP stands in nobody's way; a report that failed does, as long as anything is wanted there.
fn voip_blocker(slot: &Slot) -> Option<Blocker> {
    let failed = matches!(slot.phase, Phase::Parked { .. } | Phase::Waiting { .. });
    binding_blocker(slot, Region::VoipBinding).filter(|_| failed && slot.wanted.is_some())
}

fn told_by(notice: NoticeCode, region: Region) -> Blocker {
    blocked(region, notice.as_str(), notice.remedy())
}

fn regions(machine: &Machine) -> Vec<RegionStatus> {
    let state = &machine.state;
    let now = machine.now.monotonic();
    let first = |deadlines: &[Option<MonotonicTime>]| deadlines.iter().flatten().min().copied();
    let request = state.election.request.map(|request| request.vendor);
    Region::ALL
        .into_iter()
        .zip(state.names())
        .filter(|(region, _)| *region != Region::VoipBinding || state.voip.wanted.is_some())
        .map(|(region, name)| {
            let due = match region {
                Region::Election => first(&state.election.deadlines()),
                Region::Session => state.session.deadline(),
                Region::Binding => first(&state.standard.deadlines()),
                Region::VoipBinding => first(&state.voip.deadlines()),
                Region::Store => state.store.deadline(),
                Region::Presence => first(&state.presence.deadlines()),
            };
            let vendor = match region {
                Region::Election => request.or(state.election.elected),
                Region::Binding
                | Region::VoipBinding
                | Region::Session
                | Region::Store
                | Region::Presence => None,
            };
            RegionStatus {
                region,
                state: name,
                vendor,
                due_in: due.map(|deadline| deadline.saturating_since(now)),
            }
        })
        .collect()
}

fn tokens(machine: &Machine) -> Vec<TokenStatus> {
    machine
        .state
        .tokens
        .iter()
        .map(|held| {
            let token = held.token();
            TokenStatus {
                vendor: token.vendor(),
                kind: token.kind(),
                bytes: token.len(),
                fingerprint: token.fingerprint(),
                age: machine.wall().filter(|_| held.since().is_set()).and_then(|now| now.since(held.since())),
                business_id: machine
                    .state
                    .configuration
                    .as_ref()
                    .and_then(|known| known.business_id(token.vendor(), token.kind())),
                suspicions: token.suspicions().iter().map(ToString::to_string).collect(),
            }
        })
        .collect()
}

fn belief(state: &State, kind: TokenKind) -> BeliefStatus {
    let slot = state.slot(kind);
    BeliefStatus {
        kind,
        belief: match slot.acknowledged {
            _ if slot.is_in_flight() || slot.doubt != Doubt::None => Belief::Unknown,
            Some(known) if known.print == Print::EMPTY => Belief::Unbound,
            Some(_) => Belief::Bound,
            None if state.session.current().is_some_and(|session| session.reported) => Belief::Unknown,
            None => Belief::Unbound,
        },
        doubt: match slot.doubt {
            Doubt::None => DoubtStatus::None,
            Doubt::Unsettled { .. } => DoubtStatus::Unsettled,
            Doubt::Settled => DoubtStatus::Settled,
        },
    }
}

fn last_codes(machine: &Machine) -> Vec<String> {
    let vendor = machine.counters.last_vendor_code.as_ref();
    let im = machine.counters.last_im_code;
    let stuck = matches!(machine.state.store.course, StoreCourse::Dirty { .. });
    let explained = |(vendor, code): &(Vendor, VendorCode)| {
        let known = explain(*vendor, code).to_string();
        match machine.counters.persisting() {
            Some(remedy) => {
                let times = machine.counters.last_vendor_code_repeats;
                format!("{known}; {times} times in a row, so perhaps rather: {remedy}")
            }
            None => known,
        }
    };
    vendor
        .map(explained)
        .into_iter()
        .chain(im.map(|code| explain_im(code).to_string()))
        .chain(stuck.then(|| "the store failed last time".to_owned()))
        .collect()
}
