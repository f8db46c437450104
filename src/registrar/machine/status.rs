//! Makes a diagnosis of what the regions say of themselves.

use super::binding::BindingState;
use super::problems::problems;
use super::tokens::HeldToken;
use super::wanted::names;
use super::{BeliefStatus, Context, Diagnosis, Kinds, Region, RegionStatus, State, StateName, TokenStatus};
use crate::account::UserId;
use crate::device::elect;
use crate::finding::Severity;
use crate::secret::Fingerprint;
use crate::time::MonotonicTime;
use crate::token::Suspicion;
use crate::vendor::{TokenKind, Vendor, explain, explain_im};

pub(super) fn diagnose(state: &State, cx: &Context) -> Diagnosis {
    // Without an install id there is no key, and without a key an account could be searched for.
    let install = cx.origin().install();
    let key = install.is_known().then(|| install.key());
    let account = |user: &UserId| key.map(|key| Fingerprint::of_hash(key.hash(user.as_str().as_bytes())));
    let facts = state.setup.device().zip(state.setup.configuration());
    let election = facts.map(|(device, configuration)| elect(device, configuration.election_policy()));
    let candidates = election.iter().flat_map(|election| &election.candidates);
    let standard = state.bindings.of(TokenKind::Standard);
    let is_used =
        |kind: &TokenKind| *kind == TokenKind::Standard || state.bindings.of(*kind).wanted().is_some();
    let (notes, mut problems): (Vec<_>, Vec<_>) =
        problems(state, cx).into_iter().partition(|problem| problem.severity == Severity::Note);
    let blocked_by = (!problems.is_empty()).then(|| problems.remove(0));
    problems.extend(notes);
    let diagnosis = Diagnosis {
        schema: Diagnosis::SCHEMA,
        crate_version: env!("CARGO_PKG_VERSION").to_owned(),
        written_at: cx.wall(),
        summary: String::new(),
        shut_down: false,
        reachable: standard.name() == StateName::Bound
            && standard.wanted().is_some_and(|wanted| !wanted.is_empty())
            && !standard.is_in_doubt(),
        blocked_by,
        also: problems,
        regions: regions(state, cx),
        elected: state.election.elected(),
        ranking: state.election.ranking().to_vec(),
        election: candidates.map(ToString::to_string).collect(),
        tokens: tokens(state, cx),
        account: state.session.current().and_then(|session| account(session.account())),
        beliefs: Kinds::ALL.iter().filter(is_used).map(|kind| belief(state, cx, kind)).collect(),
        possibly_bound: state.accounts.listed().map(|(user, _)| account(user)).collect(),
        runs_for: cx.since(cx.started()),
        confirmed_ago: cx.since(cx.troubles().confirmed()),
        left_out: Vec::new(),
        held_taps: state.inbox.held().len(),
        kept_push_events: state.receipts.kept(),
        last_codes: last_codes(cx),
        counters: cx.counters().clone(),
        unread: Vec::new(),
    };
    diagnosis.summed_up()
}

fn regions(state: &State, cx: &Context) -> Vec<RegionStatus> {
    let (standard, voip) = (state.bindings.of(TokenKind::Standard), state.bindings.of(TokenKind::Voip));
    let is_asked = |vendor: &Vendor| state.registrations.has_request(*vendor, TokenKind::Standard);
    let tried = state.election.proposal().filter(is_asked).or_else(|| state.election.elected());
    // What waits for the store goes on when the write ends, whatever else is due later.
    let soonest = |own: Option<MonotonicTime>, is_storing| {
        let store = state.storage.deadline().filter(|_| is_storing);
        own.into_iter().chain(store).min()
    };
    let report = |binding: &BindingState| soonest(binding.deadline(), binding.is_storing());
    let election = [state.election.deadline(), state.registrations.deadline()];
    let status = |(region, name)| {
        let (due, is_used) = match region {
            Region::Election => (election.into_iter().flatten().min(), true),
            Region::Session => (state.session.deadline(), true),
            Region::Binding => (report(standard), true),
            Region::VoipBinding => (report(voip), voip.wanted().is_some()),
            Region::Store => (state.storage.deadline(), true),
            Region::Presence => (state.presence.deadline(), true),
            Region::Receipts => {
                (soonest(state.receipts.deadline(), state.receipts.is_storing()), name != StateName::Idle)
            }
        };
        is_used.then(|| RegionStatus {
            region,
            state: name,
            vendor: tried.filter(|_| region == Region::Election),
            due_in: due.map(|deadline| deadline.saturating_since(cx.now())),
        })
    };
    Region::ALL.iter().copied().zip(names(state)).filter_map(status).collect()
}

fn tokens(state: &State, cx: &Context) -> Vec<TokenStatus> {
    let status = |held: &HeldToken| {
        let (token, since) = (held.token(), held.since());
        TokenStatus {
            vendor: token.vendor(),
            kind: token.kind(),
            bytes: token.len(),
            fingerprint: token.fingerprint(),
            age: cx.wall().filter(|_| since.is_set()).and_then(|now| now.since(since)),
            business_id: state.setup.business_id(token.vendor(), token.kind()),
            looks_like: token.suspicions().iter().find_map(Suspicion::other_vendor),
            suspicions: token.suspicions().iter().map(ToString::to_string).collect(),
        }
    };
    state.tokens.iter().map(status).collect()
}

/// Whether the server may hold a binding of this kind for an account that was here, now that nobody is logged
/// in: of the logouts that nobody has reported, and of sessions that ended without one.
fn may_be_held(state: &State, cx: &Context, kind: TokenKind) -> bool {
    let unreported = state.session.remembered().map(|(session, _)| session.held());
    let over = cx.troubles().session_over().map(|(.., held)| held);
    let listed = state.accounts.listed().map(|(_, kinds)| kinds);
    [unreported, over].into_iter().flatten().chain(listed).any(|kinds| kinds.contains(kind))
}

fn belief(state: &State, cx: &Context, kind: TokenKind) -> BeliefStatus {
    let is_held = match state.session.current() {
        Some(session) => session.held().contains(kind),
        None => may_be_held(state, cx, kind),
    };
    state.bindings.of(kind).belief(kind, is_held)
}

fn last_codes(cx: &Context) -> Vec<String> {
    let counters = cx.counters();
    let vendor_code = counters.last_vendor_code.as_ref().map(|(vendor, code)| {
        let known = explain(*vendor, code);
        match counters.persisting() {
            Some(remedy) => {
                let (times, fix) = (counters.last_vendor_code_repeats, known.fix_if_it_persists());
                format!("{known}; {times} times in a row, so perhaps rather: {remedy}: {fix}")
            }
            None => known.to_string(),
        }
    });
    let im_code = counters.last_im_code.map(|code| explain_im(code).to_string());
    vendor_code.into_iter().chain(im_code).collect()
}
