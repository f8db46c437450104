//! Makes a diagnosis of what the regions say of themselves: what is wrong, the first thing first. What blocks every push
//! stands before what costs some of them.
//!
//! The words are those of the notices, so that a notice, the diagnosis and the doctor say the same of one situation.
//! It is long, since which of two causes is said first is seen only where all of them stand.

use std::time::Duration;

use super::binding::BindingState;
use super::configuration::{Consent, Prerequisite};
use super::context::Context;
use super::diagnosis::Span;
use super::election::ElectionPhase;
use super::notice::QueuedNotice;
use super::troubles::{Failing, SessionOver};
use super::wanted::{names, wants_voip};
use super::{
    BeliefStatus, Blocker, Diagnosis, Lane, Lost, NoticeCode, Region, RegionStatus, State, StateName,
    TokenStatus,
};
use crate::account::UserId;
use crate::device::elect;
use crate::finding::Severity;
use crate::secret::Fingerprint;
use crate::token::Suspicion;
use crate::vendor::{Remedy, TokenKind, Vendor, VendorCode, explain, explain_im};

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
    let (notes, mut problems): (Vec<_>, Vec<_>) =
        problems(state, cx).into_iter().partition(|problem| problem.severity == Severity::Note);
    let blocked_by = if problems.is_empty() { None } else { Some(problems.remove(0)) };
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
        election,
        tokens: tokens(state, cx),
        account: state.session.current().and_then(|session| account(session.account())),
        beliefs: TokenKind::ALL
            .iter()
            .copied()
            .filter(|kind| *kind == TokenKind::Standard || state.bindings.of(*kind).wanted().is_some())
            .map(|kind| belief(state, cx, kind))
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
    let (standard, voip) = (state.bindings.of(TokenKind::Standard), state.bindings.of(TokenKind::Voip));
    let asked = state.election.proposal().filter(|vendor| state.registrations.is_asking(*vendor));
    let tried = asked.or_else(|| state.election.elected());
    // A report that waits for its intent to be stored goes on when the write ends.
    let storing = |binding: &BindingState| state.storage.deadline().filter(|_| binding.is_storing());
    let due = |region| match region {
        Region::Election => {
            [state.election.deadline(), state.registrations.deadline()].into_iter().flatten().min()
        }
        Region::Session => state.session.deadline(),
        Region::Binding => standard.deadline().or_else(|| storing(standard)),
        Region::VoipBinding => voip.deadline().or_else(|| storing(voip)),
        Region::Store => state.storage.deadline(),
        Region::Presence => state.presence.deadline(),
        Region::Receipts => state.receipts.deadline(),
    };
    let is_used = |region, name| match region {
        Region::VoipBinding => voip.wanted().is_some(),
        Region::Receipts => name != StateName::Idle,
        Region::Election | Region::Session | Region::Binding | Region::Store | Region::Presence => true,
    };
    let named = Region::ALL.iter().copied().zip(names(state));
    named
        .filter(|(region, name)| is_used(*region, *name))
        .map(|(region, name)| RegionStatus {
            region,
            state: name,
            vendor: tried.filter(|_| region == Region::Election),
            due_in: due(region).map(|deadline| deadline.saturating_since(cx.now())),
        })
        .collect()
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
                looks_like: token.suspicions().iter().find_map(Suspicion::other_vendor),
                suspicions: token.suspicions().iter().map(ToString::to_string).collect(),
            }
        })
        .collect()
}

/// Whether the server may hold a binding of this kind for an account that was here, now that nobody is logged in: of the
/// logouts that nobody has reported, and of sessions that ended without one.
fn may_be_held(state: &State, cx: &Context, kind: TokenKind) -> bool {
    let unreported = state.session.remembered().map(|(session, _)| session.held());
    let left = state.accounts.abandoned().map(|(_, kinds, _)| kinds);
    let over = cx.troubles().session_over().map(SessionOver::held);
    let listed = state.accounts.listed().map(|(_, kinds)| kinds);
    [unreported, left, over].into_iter().flatten().chain(listed).any(|kinds| kinds.contains(kind))
}

fn belief(state: &State, cx: &Context, kind: TokenKind) -> BeliefStatus {
    let binding = state.bindings.of(kind);
    let is_held = match state.session.current() {
        Some(session) => session.held().contains(kind),
        None => may_be_held(state, cx, kind),
    };
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

/// All that is wrong, in the order in which it must be overcome.
fn problems(state: &State, cx: &Context) -> Vec<Blocker> {
    let blocker = blocker(state, cx);
    let may_register = state.setup.is_configured() && state.setup.has_consent();
    let sdks = if may_register { vendors(state, cx) } else { Vec::new() };
    let mut problems = Vec::new();
    let (channels, standing): (Vec<_>, Vec<_>) =
        standing(state, cx).into_iter().partition(|problem| problem.vendor.is_some());
    // What is not shown is worse than what comes by another vendor.
    let first = blocker.into_iter().chain(channels).chain(sdks).chain(voip(state, cx));
    for problem in first
        .chain(left(state, cx))
        .chain(store(cx))
        .chain(standing)
        .chain(busy(cx))
        .chain(presence(state, cx))
    {
        if !problems.iter().any(|known: &Blocker| known.cause == problem.cause) {
            problems.push(problem);
        }
    }
    problems
}

fn blocked(region: Region, cause: impl Into<String>, fix: impl Into<String>) -> Blocker {
    let (cause, fix) = (cause.into(), fix.into());
    let (severity, notice, vendor) = (Severity::Error, None, None);
    Blocker { region, severity, notice, vendor, cause, fix, since: None, attempts: None }
}

/// What this notice says.
fn noticed(region: Region, cx: &Context, notice: QueuedNotice) -> Blocker {
    let notice = notice.into_notice(cx.settings());
    let (vendor, notice, cause, fix) =
        (notice.vendor(), Some(notice.code()), notice.message(), notice.fix().to_owned());
    Blocker { notice, vendor, ..blocked(region, cause, fix) }
}

/// Since when and how often it failed.
fn failing(problem: Blocker, cx: &Context, failing: Option<Failing>) -> Blocker {
    let since = failing.map(|failing| failing.lasts(cx.now()));
    Blocker { since, attempts: failing.map(|failing| failing.times().into()), ..problem }
}

fn noticed_as(region: Region, cx: &Context, code: NoticeCode) -> Blocker {
    noticed(region, cx, QueuedNotice::new(code, None))
}

/// A problem that leaves pushes arriving.
fn partial(problem: Blocker) -> Blocker {
    Blocker { severity: Severity::Warning, ..problem }
}

/// What blocks every push.
fn blocker(state: &State, cx: &Context) -> Option<Blocker> {
    let in_hand =
        state.bindings.of(TokenKind::Standard).wanted().is_some() || state.election.elected().is_some();
    let setup = &state.setup;
    if setup.consent() == Consent::Unreadable {
        Some(noticed_as(Region::Election, cx, NoticeCode::ConsentUnreadable))
    } else if !setup.is_configured() {
        Some(blocked(Region::Election, "no configuration was given", "give the registrar its configuration"))
    } else if setup.consent() == Consent::Withdrawn {
        Some(blocked(
            Region::Election,
            "the user took the consent back",
            "call grant_consent when the user agrees again",
        ))
    } else if !setup.has_consent() {
        Some(blocked(
            Region::Election,
            "the user has not agreed yet",
            "ask for the user's consent, then call grant_consent",
        ))
    } else if setup.is_push_disabled() {
        Some(blocked(
            Region::Binding,
            "pushes are turned off",
            "call enable_push when the user wants pushes again",
        ))
    } else if in_hand {
        session(state, cx).or_else(|| binding(state, cx, TokenKind::Standard))
    } else {
        Some(election(state, cx))
    }
}

fn session(state: &State, cx: &Context) -> Option<Blocker> {
    let is_logged_out = state.session.logged_in().is_none();
    if state.session.is_ending() {
        Some(blocked(Region::Session, "a logout is under way", "call logged_in after the next login"))
    } else if let Some(over) = cx.troubles().session_over().filter(|_| is_logged_out) {
        let over_by = QueuedNotice::im(NoticeCode::SessionOver, None, over.code());
        Some(Blocker { since: Some(over.ago(cx.now())), ..noticed(Region::Session, cx, over_by) })
    } else if state.session.is_released() {
        Some(blocked(
            Region::Session,
            "nobody is logged in, and the account that logged out may still be bound, since no logged_out was called for it",
            "call logged_out when the IM SDK's logout has succeeded, and logged_in after the next login",
        ))
    } else if is_logged_out {
        Some(blocked(
            Region::Session,
            "nobody is logged in",
            "call logged_in when the IM SDK's login has succeeded",
        ))
    } else {
        None
    }
}

/// What the best vendor's SDK did, if it did something wrong; otherwise what the election does.
fn election(state: &State, cx: &Context) -> Blocker {
    let phase = state.election.phase();
    let ranking = state.election.ranking();
    let proposal = state.election.proposal();
    let is_ensuring = proposal.is_some_and(|vendor| state.registrations.is_ensuring(vendor));
    let sdk = proposal.map_or_else(|| "the vendor SDK".to_owned(), |vendor| format!("the {vendor} SDK"));
    if state.setup.device().is_none() {
        return blocked(
            Region::Election,
            "nothing is known of the phone",
            "tell the registrar what the device says of itself",
        );
    }
    if !matches!(phase, ElectionPhase::Unsupported) {
        for vendor in ranking.iter().copied() {
            if cx.outbox().is_busy(vendor) {
                return noticed(Region::Election, cx, QueuedNotice::busy(Lane::Vendor(vendor)));
            }
            if let Some(notice) = vendor_trouble(state, cx, vendor, TokenKind::Standard) {
                return noticed_of_vendor(cx, notice);
            }
        }
    }
    match phase {
        ElectionPhase::Registering if is_ensuring => blocked(
            Region::Election,
            format!("{sdk} waits for its notification channel"),
            "wait for the host's answer; at the deadline the SDK is asked all the same",
        ),
        ElectionPhase::Registering => blocked(
            Region::Election,
            format!("{sdk} was asked for a token and has not given one"),
            "wait for its callback; at the deadline the next vendor is tried",
        ),
        ElectionPhase::BackingOff { .. } => blocked(
            Region::Election,
            "every vendor has failed for now",
            "wait, or call retry; the network or the foreground start another attempt, too",
        ),
        ElectionPhase::Stalled => noticed_as(Region::Election, cx, NoticeCode::RegistrationStalled),
        ElectionPhase::Unsupported => noticed_as(Region::Election, cx, NoticeCode::NoVendor),
        ElectionPhase::Halted | ElectionPhase::Elected => {
            blocked(Region::Election, "no token is in hand", "pass the vendor SDK's token to token_received")
        }
    }
}

/// What a vendor's SDK did wrong, as long as no token has followed.
fn vendor_trouble(state: &State, cx: &Context, vendor: Vendor, kind: TokenKind) -> Option<QueuedNotice> {
    let trouble = cx.troubles().vendor(vendor, kind)?.clone();
    let streak = match kind {
        TokenKind::Standard => state.election.streak(),
        TokenKind::Voip => state.registrations.voip().streak(),
    };
    let persists = streak.is_persisting() && trouble.is_transient();
    Some(if persists { trouble.with_code(NoticeCode::RegistrationKeepsFailing) } else { trouble })
}

/// A code that is expected to pass has no notice before it persists.
fn noticed_of_vendor(cx: &Context, notice: QueuedNotice) -> Blocker {
    let passes = notice.code() == NoticeCode::VendorRefused && notice.is_transient();
    let since = notice.about().and_then(|vendor| cx.troubles().vendor_failing(vendor, TokenKind::Standard));
    let blocker = failing(noticed(Region::Election, cx, notice), cx, since);
    Blocker { notice: blocker.notice.filter(|_| !passes), ..blocker }
}

/// The SDKs that gave no token while others are tried, or one of another vendor serves. A vendor
/// whose service does not exist on this phone is no problem where a fallback serves.
fn vendors(state: &State, cx: &Context) -> Vec<Blocker> {
    let elected = state.election.elected();
    let reached = elected.and_then(|elected| state.election.rank(elected));
    let tried = reached.map_or(usize::MAX, |rank| rank.saturating_add(1));
    let matters = |vendor: Vendor, code: Option<&VendorCode>| {
        elected.is_none()
            || code.is_none_or(|code| {
                let known = explain(vendor, code);
                known.remedy() == Remedy::FixConfiguration || !known.is_known()
            })
    };
    let ranking = state.election.ranking().iter().take(tried);
    let troubles = ranking.filter_map(|vendor| {
        let trouble = vendor_trouble(state, cx, *vendor, TokenKind::Standard)?;
        matters(*vendor, trouble.vendor_code()).then(|| partial(noticed_of_vendor(cx, trouble)))
    });
    troubles.collect()
}

/// What makes a report fail, also while the next one is under way; otherwise what is under way.
fn binding(state: &State, cx: &Context, kind: TokenKind) -> Option<Blocker> {
    let binding = state.bindings.of(kind);
    let region = match kind {
        TokenKind::Standard => Region::Binding,
        TokenKind::Voip => Region::VoipBinding,
    };
    let name = binding.name();
    let code = cx.troubles().report(kind);
    if let Some(code) = binding.parked_by() {
        let parked = noticed(region, cx, QueuedNotice::im(NoticeCode::ReportParked, None, code));
        return Some(failing(parked, cx, cx.troubles().report_failing(kind)));
    }
    if let Some(notice) = report_trouble(binding, cx, kind) {
        let is_told = notice.code() != NoticeCode::SessionNotReady || binding.is_not_ready_told();
        let trouble = failing(noticed(region, cx, notice), cx, cx.troubles().report_failing(kind));
        return Some(Blocker { notice: trouble.notice.filter(|_| is_told), ..trouble });
    }
    let (cause, fix) = if name == StateName::Waiting {
        match (code, cx.troubles().lost()) {
            (Some(code), _) => {
                let known = explain_im(code);
                let cause = format!("the last report failed, code {code}: {}", known.meaning());
                let failed = blocked(region, cause, known.fix());
                return Some(failing(failed, cx, cx.troubles().report_failing(kind)));
            }
            (None, Some((how, _))) => {
                // Of one lost answer nobody was told.
                let lost = noticed(region, cx, QueuedNotice::lost(NoticeCode::ReportUnanswered, how));
                let lost = failing(lost, cx, cx.troubles().report_failing(kind));
                return Some(Blocker { notice: None, ..lost });
            }
            (None, None) => (
                "the last report failed, and another one comes later",
                "wait, or call retry; a new token, the network or the foreground start another attempt, too",
            ),
        }
    } else if name == StateName::Reporting {
        ("a report is under way", "wait for the IM SDK's answer, or the deadline")
    } else if name == StateName::Storing {
        ("the intent is being stored", "wait for the store's answer, or the deadline")
    } else if binding.wanted().is_none() {
        (
            "the vendor of the token in hand has no certificate any more",
            "add its certificate, or wire the SDK of another vendor",
        )
    } else if binding.is_owed() {
        (
            "the report waits for that of the other kind of token",
            "wait for the IM SDK's answer to that one, or its deadline",
        )
    } else {
        return None;
    };
    Some(blocked(region, cause, fix))
}

/// The notice that says why reports fail.
fn report_trouble(binding: &BindingState, cx: &Context, kind: TokenKind) -> Option<QueuedNotice> {
    let code = cx.troubles().report(kind);
    // Whose answers are lost has no code.
    let is_often = |(_, is_often): &(Lost, bool)| *is_often && code.is_none() && binding.is_failing();
    match (binding.trouble(code), cx.troubles().lost().filter(is_often)) {
        (Some(NoticeCode::HostBusy), _) => Some(QueuedNotice::busy(Lane::ImClient)),
        (Some(NoticeCode::ReportKeepsFailing) | None, Some((how, _))) => {
            Some(QueuedNotice::lost(NoticeCode::ReportUnanswered, how))
        }
        (Some(NoticeCode::ReportKeepsFailing), None) => {
            code.map(|code| QueuedNotice::im(NoticeCode::ReportKeepsFailing, None, code))
        }
        // The token that is reported next is another one, maybe of another vendor.
        (Some(NoticeCode::TokenRefusedByServer), _) => cx.troubles().refused(kind).cloned(),
        (Some(notice), _) => Some(match code {
            Some(code) => QueuedNotice::im(notice, None, code),
            None => QueuedNotice::new(notice, None),
        }),
        (None, None) => None,
    }
}

/// What keeps VoIP pushes alone from arriving. What is under way there blocks nothing else.
fn voip(state: &State, cx: &Context) -> Option<Blocker> {
    if !wants_voip(state) || state.setup.is_push_disabled() {
        return None;
    }
    if state.tokens.voip().is_none() {
        if let Some(trouble) = vendor_trouble(state, cx, Vendor::Apns, TokenKind::Voip) {
            let since = cx.troubles().vendor_failing(Vendor::Apns, TokenKind::Voip);
            return Some(partial(failing(noticed(Region::VoipBinding, cx, trouble), cx, since)));
        }
    }
    let known = state.bindings.of(TokenKind::Voip);
    let has_failed = matches!(known.name(), StateName::Parked | StateName::Waiting);
    let problem = binding(state, cx, TokenKind::Voip);
    problem.filter(|_| has_failed && known.wanted().is_some()).map(partial)
}

/// An account that was left may still be pushed to.
fn left(state: &State, cx: &Context) -> Option<Blocker> {
    let is_told = cx.troubles().is_possibly_bound_told() && state.accounts.listed().next().is_some();
    is_told.then(|| partial(noticed_as(Region::Session, cx, NoticeCode::AccountPossiblyBound)))
}

fn store(cx: &Context) -> Option<Blocker> {
    let trouble = cx.troubles().store()?;
    let problem = partial(noticed(Region::Store, cx, trouble.notice()));
    Some(failing(problem, cx, cx.troubles().store_failing()))
}

/// What a notice has said and nothing has ended, while pushes arrive all the same.
fn standing(state: &State, cx: &Context) -> Vec<Blocker> {
    let problem = |notice: &QueuedNotice| {
        let region = standing_in(state, notice)?;
        let severity = notice.clone().into_notice(cx.settings()).severity();
        Some(Blocker { severity, ..noticed(region, cx, notice.clone()) })
    };
    cx.troubles().standing().filter_map(problem).collect()
}

/// Where it is that what a notice has said matters; none where it does not, now.
fn standing_in(state: &State, notice: &QueuedNotice) -> Option<Region> {
    let matters =
        |vendor: &Vendor| [state.election.elected(), state.election.proposal()].contains(&Some(*vendor));
    let needs = |prerequisite| {
        let vendor = notice.about().filter(matters)?;
        (state.setup.prerequisite(vendor) == prerequisite).then_some(Region::Election)
    };
    let code = notice.code();
    if code == NoticeCode::NotificationChannelMissing {
        needs(Prerequisite::MissingNotificationChannel)
    } else if code == NoticeCode::NotificationChannelFailed {
        needs(Prerequisite::NotificationChannel)
    } else if code == NoticeCode::PresenceRefused {
        state.presence.is_refused().then_some(Region::Presence)
    } else if code == NoticeCode::SnapshotUnreadable {
        Some(Region::Store)
    } else if matches!(code, NoticeCode::PushEventsRefused | NoticeCode::PushEventsUnanswered) {
        Some(Region::Receipts)
    } else {
        Some(Region::Session)
    }
}

/// After so long it is worth a note that the app has never said where it is, or has been in the foreground ever since.
const PRESENCE_UNTOLD: Duration = Duration::from_secs(3_600);
const LONG_IN_FOREGROUND: Duration = Duration::from_secs(7_200);

/// The app may have forgotten to say that it is in the background.
fn presence(state: &State, cx: &Context) -> Option<Blocker> {
    state.session.logged_in()?;
    let since = cx.troubles().presence_lasts(cx.now());
    let place = state.presence.name();
    let (cause, fix) = if place == StateName::Unknown && since > PRESENCE_UNTOLD {
        (
            "the app has never called enter_foreground or enter_background".to_owned(),
            "call them from the app's lifecycle callbacks",
        )
    } else if place == StateName::Foreground && since > LONG_IN_FOREGROUND {
        (
            format!(
                "the app has been in the foreground for {}; whether the server pushes then is Tencent's decision",
                Span(since)
            ),
            "if the app has been in the background since, call enter_background when it goes there",
        )
    } else {
        return None;
    };
    let severity = Severity::Note;
    Some(Blocker { severity, since: Some(since), ..blocked(Region::Presence, cause, fix) })
}

/// The hosts that take no call.
fn busy(cx: &Context) -> Vec<Blocker> {
    let region = |lane| match lane {
        Lane::Vendor(_) | Lane::NotificationChannels => Region::Election,
        Lane::ImClient => Region::Binding,
        Lane::Store => Region::Store,
        Lane::Badge => Region::Presence,
        Lane::Taps | Lane::PushEvents => Region::Receipts,
        Lane::Logout | Lane::Observer => Region::Session,
    };
    let problem = |lane| partial(noticed(region(lane), cx, QueuedNotice::busy(lane)));
    cx.outbox().busy().map(problem).collect()
}
