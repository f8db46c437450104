//! What is wrong, the first thing first: what blocks every push stands before what costs some of them.
//!
//! The words are those of the notices, so that a notice, the diagnosis and the doctor say the same of one
//! situation.

use std::time::Duration;

use super::configuration::{Consent, Prerequisite};
use super::diagnosis::Span;
use super::election::ElectionPhase;
use super::troubles::Lasting;
use super::wanted::wants_voip;
use super::{Blocker, Cause, Context, Lane, Notice, NoticeCode, Region, State, StateName};
use crate::finding::Severity;
use crate::vendor::{Remedy, TokenKind, Vendor, VendorCode, explain, explain_im};

impl Blocker {
    /// Something that no notice says.
    fn new(region: Region, cause: &str, fix: &str) -> Self {
        let (cause, fix) = (cause.to_owned(), fix.to_owned());
        let (severity, notice, vendor) = (Severity::Error, None, None);
        Self { region, severity, notice, vendor, cause, fix, since: None, attempts: None }
    }

    /// What this notice says.
    fn of(region: Region, cx: &Context, notice: Notice) -> Self {
        let notice = notice.timed(cx.settings());
        let (vendor, code) = (notice.vendor(), Some(notice.code()));
        Self { notice: code, vendor, ..Self::new(region, &notice.message(), notice.fix()) }
    }

    /// Since when and how often it failed.
    fn failing(self, lasting: Option<Lasting>) -> Self {
        let (since, attempts) = lasting.unzip();
        Self { since, attempts, ..self }
    }

    /// A problem that leaves pushes arriving.
    fn partial(self) -> Self {
        Self { severity: Severity::Warning, ..self }
    }

    /// Its notice may not be given yet.
    fn noticed_if(self, is_noticed: bool) -> Self {
        Self { notice: self.notice.filter(|_| is_noticed), ..self }
    }
}

/// All that is wrong, in the order in which it must be overcome.
pub(super) fn problems(state: &State, cx: &Context) -> Vec<Blocker> {
    let may_register = state.setup.configuration().is_some() && state.setup.has_consent();
    let mut problems = Vec::new();
    let mut add = |problem: Blocker| {
        if !problems.iter().any(|known: &Blocker| known.cause == problem.cause) {
            problems.push(problem);
        }
    };
    let standing: Vec<_> = standing(state, cx).collect();
    // What is not shown is worse than what comes by another vendor.
    let is_channel = |problem: &Blocker| problem.vendor.is_some();
    let is_left = |problem: &Blocker| problem.notice == Some(NoticeCode::AccountPossiblyBound);
    blocker(state, cx).into_iter().for_each(&mut add);
    standing.iter().filter(|problem| is_channel(problem)).cloned().for_each(&mut add);
    if may_register {
        vendors(state, cx).into_iter().for_each(&mut add);
    }
    voip(state, cx).into_iter().for_each(&mut add);
    standing.iter().filter(|problem| is_left(problem)).cloned().for_each(&mut add);
    store(cx).into_iter().for_each(&mut add);
    standing.into_iter().for_each(&mut add);
    busy(cx).chain(presence(state, cx)).for_each(&mut add);
    problems
}

/// What blocks every push.
fn blocker(state: &State, cx: &Context) -> Option<Blocker> {
    let in_hand =
        state.bindings.of(TokenKind::Standard).wanted().is_some() || state.election.elected().is_some();
    let setup = &state.setup;
    let (region, cause, fix) = if setup.consent() == Consent::Unreadable {
        let unreadable = Notice::new(NoticeCode::ConsentUnreadable, None);
        return Some(Blocker::of(Region::Election, cx, unreadable));
    } else if setup.configuration().is_none() {
        (Region::Election, "no configuration was given", "give the registrar its configuration")
    } else if setup.consent() == Consent::Withdrawn {
        let fix = "call grant_consent when the user agrees again";
        (Region::Election, "the user took the consent back", fix)
    } else if !setup.has_consent() {
        let fix = "ask for the user's consent, then call grant_consent";
        (Region::Election, "the user has not agreed yet", fix)
    } else if setup.is_push_disabled() {
        (Region::Binding, "pushes are turned off", "call enable_push when the user wants pushes again")
    } else if in_hand {
        return session(state, cx).or_else(|| binding(state, cx, TokenKind::Standard));
    } else {
        return Some(election(state, cx));
    };
    Some(Blocker::new(region, cause, fix))
}

fn session(state: &State, cx: &Context) -> Option<Blocker> {
    let is_logged_out = state.session.user().is_none();
    let (cause, fix) = if state.session.is_ending() {
        ("a logout is under way", "call logged_in after the next login")
    } else if let Some((code, ago, _)) = cx.troubles().session_over().filter(|_| is_logged_out) {
        let notice = Notice::because(NoticeCode::SessionOver, Cause::Im(code));
        return Some(Blocker { since: Some(ago), ..Blocker::of(Region::Session, cx, notice) });
    } else if state.session.is_released() {
        (
            "nobody is logged in, and the account that logged out may still be bound, since no logged_out was called for it",
            "call logged_out when the IM SDK's logout has succeeded, and logged_in after the next login",
        )
    } else if is_logged_out {
        ("nobody is logged in", "call logged_in when the IM SDK's login has succeeded")
    } else {
        return None;
    };
    Some(Blocker::new(Region::Session, cause, fix))
}

/// What the best vendor's SDK did, if it did something wrong; otherwise what the election does.
fn election(state: &State, cx: &Context) -> Blocker {
    let said = |code| Blocker::of(Region::Election, cx, Notice::new(code, None));
    let phase = state.election.phase();
    let proposal = state.election.proposal();
    let sdk = proposal.map_or_else(|| "the vendor SDK".to_owned(), |vendor| format!("the {vendor} SDK"));
    if state.setup.device().is_none() {
        let fix = "tell the registrar what the device says of itself";
        return Blocker::new(Region::Election, "nothing is known of the phone", fix);
    }
    if !matches!(phase, ElectionPhase::Unsupported) {
        for vendor in state.election.ranking().iter().copied() {
            if cx.outbox().busy().any(|lane| lane == Lane::Vendor(vendor)) {
                return Blocker::of(Region::Election, cx, Notice::busy(Lane::Vendor(vendor)));
            }
            if let Some(problem) = failed_sdk(state, cx, vendor, TokenKind::Standard) {
                return problem;
            }
        }
    }
    let (cause, fix) = match phase {
        ElectionPhase::Registering if state.registrations.is_ensuring(proposal) => (
            format!("{sdk} waits for its notification channel"),
            "wait for the host's answer; at the deadline the SDK is asked all the same",
        ),
        ElectionPhase::Registering => (
            format!("{sdk} was asked for a token and has not given one"),
            "wait for its callback; at the deadline the next vendor is tried",
        ),
        ElectionPhase::BackingOff { .. } => (
            "every vendor has failed for now".to_owned(),
            "wait, or call retry; the network or the foreground start another attempt, too",
        ),
        ElectionPhase::Stalled => return said(NoticeCode::RegistrationStalled),
        ElectionPhase::Unsupported => return said(NoticeCode::NoVendor),
        ElectionPhase::Halted | ElectionPhase::Elected => {
            ("no token is in hand".to_owned(), "pass the vendor SDK's token to token_received")
        }
    };
    Blocker::new(Region::Election, &cause, fix)
}

/// What a vendor's SDK did wrong, as long as no token has followed.
fn failed_sdk(state: &State, cx: &Context, vendor: Vendor, kind: TokenKind) -> Option<Blocker> {
    let (notice, failing) = cx.troubles().sdk(vendor, kind)?;
    let (region, streak) = match kind {
        TokenKind::Standard => (Region::Election, state.election.streak()),
        TokenKind::Voip => (Region::VoipBinding, state.registrations.voip_streak()),
    };
    let (notice, passes) = (notice.clone(), notice.is_transient());
    let persists = passes && streak.is_persisting();
    let notice = if persists { notice.with_code(NoticeCode::RegistrationKeepsFailing) } else { notice };
    let problem = Blocker::of(region, cx, notice).failing(Some(failing));
    // A code that is expected to pass has no notice before it persists.
    Some(problem.noticed_if(persists || !passes))
}

/// The SDKs that gave no token while others are tried, or one of another vendor serves. A vendor
/// whose service does not exist on this phone is no problem where a fallback serves.
fn vendors(state: &State, cx: &Context) -> Vec<Blocker> {
    let elected = state.election.elected();
    let reached = elected.and_then(|elected| state.election.rank(elected));
    let tried = reached.map_or(usize::MAX, |rank| rank.saturating_add(1));
    let is_to_fix = |vendor: Vendor, code: &VendorCode| {
        let known = explain(vendor, code);
        known.remedy() == Remedy::FixConfiguration || !known.is_known()
    };
    let matters = |vendor: Vendor| {
        let (notice, _) = cx.troubles().sdk(vendor, TokenKind::Standard)?;
        let is_said = elected.is_none() || notice.vendor_code().is_none_or(|code| is_to_fix(vendor, code));
        is_said.then_some(vendor)
    };
    let vendors = state.election.ranking().iter().take(tried).filter_map(|vendor| matters(*vendor));
    let problems = vendors.filter_map(|vendor| failed_sdk(state, cx, vendor, TokenKind::Standard));
    problems.map(Blocker::partial).collect()
}

/// What makes a report fail, also while the next one is under way; otherwise what is under way.
fn binding(state: &State, cx: &Context, kind: TokenKind) -> Option<Blocker> {
    let binding = state.bindings.of(kind);
    let region = match kind {
        TokenKind::Standard => Region::Binding,
        TokenKind::Voip => Region::VoipBinding,
    };
    let name = binding.name();
    let (last_code, failing) = cx.troubles().report(kind);
    if let Some((notice, is_noticed)) = binding.trouble(cx, kind) {
        return Some(Blocker::of(region, cx, notice).failing(failing).noticed_if(is_noticed));
    }
    let (cause, fix) = if name == StateName::Waiting {
        if let Some(code) = last_code {
            let known = explain_im(code);
            let cause = format!("the last report failed, code {code}: {}", known.meaning());
            return Some(Blocker::new(region, &cause, known.fix()).failing(failing));
        }
        (
            "the last report failed, and another one comes later",
            "wait, or call retry; a new token, the network or the foreground start another attempt, too",
        )
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
    Some(Blocker::new(region, cause, fix))
}

/// What keeps VoIP pushes alone from arriving. What is under way there blocks nothing else.
fn voip(state: &State, cx: &Context) -> Option<Blocker> {
    if !wants_voip(state) || state.setup.is_push_disabled() {
        return None;
    }
    let known = state.bindings.of(TokenKind::Voip);
    let has_failed = matches!(known.name(), StateName::Parked | StateName::Waiting);
    let is_without = state.tokens.voip().is_none();
    let sdk = failed_sdk(state, cx, Vendor::Apns, TokenKind::Voip).filter(|_| is_without);
    let report = || binding(state, cx, TokenKind::Voip).filter(|_| has_failed && known.wanted().is_some());
    sdk.or_else(report).map(Blocker::partial)
}

fn store(cx: &Context) -> Option<Blocker> {
    let (notice, failing) = cx.troubles().store()?;
    Some(Blocker::of(Region::Store, cx, notice).failing(failing).partial())
}

/// What a notice has said and nothing has ended, while pushes arrive all the same.
fn standing(state: &State, cx: &Context) -> impl Iterator<Item = Blocker> {
    cx.troubles().standing().filter(|notice| matters(state, notice)).filter_map(|notice| {
        let problem = Blocker::of(notice.code().stands_in()?, cx, notice.clone());
        Some(Blocker { severity: notice.severity(), ..problem })
    })
}

/// Whether what a notice said still matters.
fn matters(state: &State, notice: &Notice) -> bool {
    let used = [state.election.elected(), state.election.proposal()];
    let needs = |prerequisite| {
        let mut vendor = notice.vendor().into_iter().filter(|vendor| used.contains(&Some(*vendor)));
        vendor.any(|vendor| state.setup.prerequisite(vendor) == Some(prerequisite))
    };
    let code = notice.code();
    if code == NoticeCode::NotificationChannelMissing {
        needs(Prerequisite::MissingNotificationChannel)
    } else if code == NoticeCode::NotificationChannelFailed {
        needs(Prerequisite::NotificationChannel)
    } else if code == NoticeCode::AccountPossiblyBound {
        state.accounts.listed().next().is_some()
    } else {
        code != NoticeCode::PresenceRefused || state.presence.is_refused()
    }
}

/// After so long it is worth a note that the app has never said where it is, or has been in the foreground
/// ever since.
const PRESENCE_UNSAID: Duration = Duration::from_secs(3_600);
const LONG_IN_FOREGROUND: Duration = Duration::from_secs(7_200);

/// The app may have forgotten to say that it is in the background.
fn presence(state: &State, cx: &Context) -> Option<Blocker> {
    state.session.user()?;
    let since = cx.troubles().presence_lasts();
    let place = state.presence.name();
    let note = if place == StateName::Unknown && since > PRESENCE_UNSAID {
        let cause = "the app has never called enter_foreground or enter_background";
        Blocker::new(Region::Presence, cause, "call them from the app's lifecycle callbacks")
    } else if place == StateName::Foreground && since > LONG_IN_FOREGROUND {
        let cause = format!(
            "the app has been in the foreground for {}; whether the server pushes then is Tencent's decision",
            Span(since)
        );
        let fix = "if the app has been in the background since, call enter_background when it goes there";
        Blocker::new(Region::Presence, &cause, fix)
    } else {
        return None;
    };
    Some(Blocker { severity: Severity::Note, since: Some(since), ..note })
}

/// The hosts that take no call.
fn busy(cx: &Context) -> impl Iterator<Item = Blocker> {
    let region = |lane| match lane {
        Lane::Vendor(_) | Lane::NotificationChannels => Region::Election,
        Lane::ImClient => Region::Binding,
        Lane::Store => Region::Store,
        Lane::Badge => Region::Presence,
        Lane::Taps | Lane::PushEvents => Region::Receipts,
        Lane::Logout | Lane::Observer => Region::Session,
    };
    cx.outbox().busy().map(move |lane| Blocker::of(region(lane), cx, Notice::busy(lane)).partial())
}
