//! A phone in use: its registrar's diagnosis, and what the host knows of it.

use std::fmt;
use std::time::Duration;

use serde::Serialize;

use super::{Report, ReportVerdict};
use crate::finding::{Finding, Rule, Severity};
use crate::registrar::{Belief, Blocker, Diagnosis, NoticeCode, Region, StateName, TokenStatus};
use crate::vendor::{
    ConsoleCode, ImEffect, Pace, Remedy, Source, Vendor, explain, explain_console, explain_im, lifetime,
};

/// A registrar's diagnosis and what the host knows of the phone, to be checked.
///
/// ```
/// use tim_offline_push::doctor::{PhoneCheck, ReportVerdict};
/// use tim_offline_push::registrar::{InstallId, Machine, Origin, Policy};
///
/// let origin = Origin::new(InstallId::new("2b0fbe5e")?, 1);
/// let machine = Machine::new(origin, Policy::default());
///
/// let report = PhoneCheck::new(machine.diagnose()).with_notifications_allowed(true).check();
/// assert_eq!(report.verdict(), ReportVerdict::Errors);
/// assert!(report.to_string().contains("no configuration was given"));
/// # Ok::<(), tim_offline_push::account::IdError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct PhoneCheck {
    diagnosis: Diagnosis,
    notifications_allowed: Option<bool>,
    channels: Vec<(Vendor, bool)>,
}

impl PhoneCheck {
    /// A phone with this diagnosis ([`Machine::diagnose`](crate::registrar::Machine::diagnose),
    /// [`Registrar::diagnose`](crate::registrar::Registrar::diagnose)).
    pub const fn new(diagnosis: Diagnosis) -> Self {
        Self { diagnosis, notifications_allowed: None, channels: Vec::new() }
    }

    /// Whether the app may show notifications: `NotificationManager.areNotificationsEnabled`, or what iOS and
    /// HarmonyOS answer.
    pub fn with_notifications_allowed(self, allowed: bool) -> Self {
        Self { notifications_allowed: Some(allowed), ..self }
    }

    /// Whether the notification channel of a vendor's pushes is there and switched on:
    /// `NotificationManager.getNotificationChannel`, and its importance is not `IMPORTANCE_NONE`.
    pub fn with_channel_enabled(mut self, vendor: Vendor, enabled: bool) -> Self {
        self.channels.push((vendor, enabled));
        self
    }

    /// Checks it.
    pub fn check(self) -> PhoneReport {
        let mut findings = Vec::new();
        blocked(&self.diagnosis, &mut findings);
        let losses = losses(&self.diagnosis, &mut findings).into_iter();
        tokens(&self.diagnosis, &mut findings);
        vendor_code(&self.diagnosis, &mut findings);
        im_code(&self.diagnosis, &mut findings);
        host(&self, &mut findings);
        findings.sort_by_key(Finding::rank);
        PhoneReport {
            version: Report::VERSION,
            verdict: ReportVerdict::of(&findings).of_phone(),
            console_losses: losses.filter_map(explain_console).collect(),
            findings,
            notifications_allowed: self.notifications_allowed,
            diagnosis: self.diagnosis,
        }
    }
}

/// What is wrong on a phone. It holds no token, account or secret, so that its serde form may be pasted into
/// a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PhoneReport {
    version: u32,
    verdict: &'static str,
    pub(super) console_losses: Vec<ConsoleCode>,
    findings: Vec<Finding>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) notifications_allowed: Option<bool>,
    diagnosis: Diagnosis,
}

impl PhoneReport {
    /// Whether pushes can arrive ([`ReportVerdict::Clean`], written `ready`), arrive less well than they
    /// could (`degraded`), or cannot arrive (`broken`).
    pub fn verdict(&self) -> ReportVerdict {
        ReportVerdict::of(&self.findings)
    }

    /// The codes under which Tencent's console files pushes to this phone as lost: -1 without a certificate
    /// id, -2 without a token.
    pub fn console_losses(&self) -> impl ExactSizeIterator<Item = i32> {
        self.console_losses.iter().map(|row| row.code)
    }

    /// The findings, the gravest first.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The registrar's diagnosis.
    pub const fn diagnosis(&self) -> &Diagnosis {
        &self.diagnosis
    }
}

impl fmt::Display for PhoneReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.verdict)?;
        for row in &self.console_losses {
            writeln!(f, "Tencent's console: {}, {}", row.code, row.meaning)?;
        }
        for finding in &self.findings {
            writeln!(f, "{finding:#}")?;
        }
        self.diagnosis.fmt(f)
    }
}

pub(super) const GMS: Source = Source::read("https://github.com/OneSignal/OneSignal-Android-SDK/pull/1984");
const CHANNELS: Source = Source::read("https://tencentcloud.com/zh/document/product/1024/36250");

pub(super) const ALL: &[&[&Rule]] = &[
    &[BLOCKED, ON_THE_WAY, VOIP_BLOCKED, VENDOR_MISSING],
    &[CERTIFICATE_NOT_SET, TOKEN_NOT_UPLOADED, TOKEN_OLD, TOKEN_ODD, FLAPPING],
    &[PERMISSION_DENIED, CHANNEL_BLOCKED],
    &[POSSIBLY_BOUND, VENDOR_CODE, IM_CODE],
    &[STORE_FAILED, CHANNEL_NOT_CREATED],
    &[PRESENCE_REFUSED, PRESENCE_UNTOLD, PUSH_EVENTS_LOST],
    &[HOST_BUSY, SHUT_DOWN, FCM_UNPROVEN],
];

const BLOCKED: &Rule = &Rule::error("phone-blocked", Source::TENCENT_LOSSES)
    .says("Pushes cannot reach this phone, and nothing in progress will change that, or nothing has for ten minutes.");

const ON_THE_WAY: &Rule = &Rule::warning("phone-on-the-way", Source::TENCENT_LOSSES)
    .says("Pushes cannot reach this phone yet. What is missing is in progress, or comes by itself.")
    .with_fix("wait, and check again later");

const VOIP_BLOCKED: &Rule = &Rule::warning("phone-voip-blocked", Source::TENCENT_ERROR_CODES)
    .says("The report of the VoIP token failed: calls cannot ring on this phone by a VoIP push. Its other pushes can arrive.");

const VENDOR_MISSING: &Rule = &Rule::warning("vendor-gives-no-token", Source::TENCENT_PUSH_RECORDS)
    .says("A vendor that this phone could use gives no token: another one serves in its place, or is tried.");

const CERTIFICATE_NOT_SET: &Rule = &Rule::error("certificate-id-not-set", Source::TENCENT_LOSSES)
    .says("A token is held, and its vendor has no certificate id: Tencent's console shows loss code -1.")
    .with_fix("report the business id with the token: configure it for that vendor");

const TOKEN_NOT_UPLOADED: &Rule = &Rule::error("token-not-uploaded", Source::TENCENT_LOSSES)
    .says("The server has no token of this phone: Tencent's console shows loss code -2.")
    .with_fix("remove what blocks the report");

const TOKEN_OLD: &Rule = &Rule::note("token-old", Source::TENCENT_FAQ)
    .says("The token is older than what its vendor lets a phone be silent for; if it was without a connection all that time, the token is dead or not served.")
    .with_fix("ask the vendor's SDK for the token again at every launch");

const TOKEN_ODD: &Rule = &Rule::warning("token-odd", Source::PUBLIC_CODE)
    .says("The token does not look like one of its vendor.")
    .with_fix("pass each SDK's token under its own vendor, untouched by URL decoding");

const FLAPPING: &Rule = &Rule::warning("flapping", Source::TENCENT_FAQ)
    .says("Many more different tokens than a phone needs in one run: two SDKs register in turn, or tokens of several phones are passed in.")
    .with_fix("leave each vendor to one SDK");

const PERMISSION_DENIED: &Rule = &Rule::error("permission-denied", Source::ANDROID_13)
    .says("The user has not allowed the app to show notifications.")
    .with_fix("ask for it, or lead the user to the settings");

const CHANNEL_BLOCKED: &Rule = &Rule::error("channel-blocked", CHANNELS)
    .says("The notification channel is missing on the phone, or the user has switched it off.")
    .with_fix("create it before the registration; only the user can switch it on again");

const POSSIBLY_BOUND: &Rule = &Rule::warning("possibly-bound", Source::TENCENT_FAQ)
    .says("The server may still push another account's messages to this phone: its logout was never acknowledged.")
    .with_fix("log that account in and out once with the network on, or delete the vendor's token");

const VENDOR_CODE: &Rule = &Rule::error("vendor-code", Source::TENCENT_PUSH_RECORDS)
    .says("The vendor's SDK refused the registration.")
    .with_fix("do what the code's row says");

const IM_CODE: &Rule = &Rule::error("im-code", Source::TENCENT_ERROR_CODES)
    .says("A call to Tencent's SDK or server failed with this code.")
    .with_fix("do what the code's row says");

const STORE_FAILED: &Rule = &Rule::warning("store-failed", Source::CRATE)
    .says(
        "The registrar's snapshot could not be stored, so a restart may repeat a report or forget a logout.",
    )
    .with_fix("make sure that the folder is writable and not full");

const CHANNEL_NOT_CREATED: &Rule = &Rule::warning("channel-not-created", CHANNELS)
    .says("The vendor that serves needs a notification channel that the app has not created: Android 8 and newer show nothing without it.");

const PRESENCE_REFUSED: &Rule = &Rule::warning("presence-refused", Source::TENCENT_ERROR_CODES)
    .says("The server refused to take down whether the app is in the foreground or the background, by which it decides whether to push.");

const PRESENCE_UNTOLD: &Rule = &Rule::note("presence-untold", Source::CRATE)
    .says("The app has not said for long that it is in the background: the server decides by that whether to push.")
    .with_fix("call enter_foreground and enter_background from the app's lifecycle callbacks");

const PUSH_EVENTS_LOST: &Rule = &Rule::warning("push-events-lost", Source::TENCENT_PUSH_RECORDS)
    .says("Arrivals and clicks do not reach Tencent's statistics.");

const HOST_BUSY: &Rule = &Rule::warning("host-busy", Source::CRATE)
    .says("A call of a host object has not returned, so nothing more is asked of it.")
    .with_fix("return from host calls at once and answer their completion later");

const SHUT_DOWN: &Rule = &Rule::warning("registrar-shut-down", Source::CRATE)
    .says("The registrar was shut down: nothing is reported any more. What the diagnosis says is how it stood before.")
    .with_fix("keep the registrar for as long as the process runs, and call shutdown only when it ends");

const FCM_UNPROVEN: &Rule = &Rule::note("fcm-cannot-be-judged", GMS)
    .says("Systems for mainland China can freeze Google's services: FCM gives a token, and nothing arrives. No state on the phone shows it.")
    .with_fix("send a loop-back push to this phone (doctor::Loopback); where it does not arrive, configure the maker's vendor");

/// A run with so many different tokens flaps: a phone needs one.
const MANY: u32 = 16;

fn blocked(diagnosis: &Diagnosis, findings: &mut Vec<Finding>) {
    if diagnosis.shut_down {
        findings.push(SHUT_DOWN.at("registrar", "the registrar was shut down"));
    }
    if !diagnosis.reachable && diagnosis.blocked_by.as_ref().is_none_or(Blocker::is_partial) {
        let cause = "one more report follows, since an earlier one may still land";
        findings.push(ON_THE_WAY.at("binding", cause));
    }
    // That code has a finding of its own.
    let has_own = |problem: &&Blocker| {
        diagnosis.counters.last_vendor_code.as_ref().is_some_and(|(vendor, code)| {
            problem.vendor == Some(*vendor) && problem.cause.contains(&format!("code {code}: "))
        })
    };
    let others = diagnosis.also.iter().filter(|problem| !has_own(problem));
    for problem in diagnosis.blocked_by.iter().chain(others) {
        let (rule, severity) = if problem.is_partial() {
            (partial_rule(problem.notice, problem.region), problem.severity)
        } else {
            let rule = if is_under_way(diagnosis) && !is_lasting(problem) { ON_THE_WAY } else { BLOCKED };
            (rule, rule.severity())
        };
        let finding = rule.at(problem.region.to_string(), problem.cause.clone());
        // The cause names the vendor.
        findings.push(finding.with_fix(problem.fix.clone()).rated(severity));
    }
}

/// The rule of what leaves some pushes arriving.
const fn partial_rule(notice: Option<NoticeCode>, region: Region) -> &'static Rule {
    match (notice, region) {
        (Some(NoticeCode::HostBusy), _) => HOST_BUSY,
        (Some(NoticeCode::NotificationChannelMissing | NoticeCode::NotificationChannelFailed), _) => {
            CHANNEL_NOT_CREATED
        }
        (_, Region::Election) => VENDOR_MISSING,
        (_, Region::VoipBinding) => VOIP_BLOCKED,
        (_, Region::Store) => STORE_FAILED,
        (Some(NoticeCode::PresenceRefused), _) => PRESENCE_REFUSED,
        (_, Region::Presence) => PRESENCE_UNTOLD,
        (_, Region::Receipts) => PUSH_EVENTS_LOST,
        (_, Region::Session | Region::Binding) => POSSIBLY_BOUND,
    }
}

/// What has failed for so long does not end by itself.
const LONG: Duration = Duration::from_secs(600);

/// Whether somebody has to act before the problem ends, whatever is tried meanwhile; so it is with whatever
/// fails for long.
fn is_lasting(problem: &Blocker) -> bool {
    use NoticeCode::{HostBusy, TokenRefused, TokenRefusedByServer, VendorRefused};
    let needs_somebody = problem.notice.is_some_and(|notice| {
        notice.severity() == Severity::Error
            || matches!(notice, VendorRefused | TokenRefused | TokenRefusedByServer | HostBusy)
    });
    needs_somebody || problem.since.is_some_and(|since| since >= LONG)
}

/// Whether nothing blocks, or what blocks ends by itself.
fn is_under_way(diagnosis: &Diagnosis) -> bool {
    use StateName::{BackingOff, Draining, Registering, Reporting, Storing, Waiting};
    let Some(blocker) = &diagnosis.blocked_by else { return true };
    let mut states = diagnosis.regions.iter().filter(|status| status.region == blocker.region);
    states.any(|status| {
        matches!(status.state, Registering | BackingOff | Storing | Reporting | Waiting | Draining)
    })
}

/// Maps onto the console's loss codes: -1, no certificate id; -2, no token.
fn losses(diagnosis: &Diagnosis, findings: &mut Vec<Finding>) -> Vec<i32> {
    let mut losses = Vec::new();
    let another_serves = diagnosis.tokens.iter().any(|token| token.business_id.is_some());
    // One of another vendor needs no certificate of this one, but the right vendor.
    let needs_id = |token: &&TokenStatus| token.business_id.is_none() && token.looks_like.is_none();
    for token in diagnosis.tokens.iter().filter(needs_id) {
        let cause = if another_serves {
            "this token has no certificate id and is not reported; another one serves"
        } else {
            losses = vec![-1];
            "a token is in hand, and no certificate id to report it under"
        };
        let finding = CERTIFICATE_NOT_SET.at("certificates", cause).on(token.vendor);
        findings.push(finding.rated_if(another_serves, Severity::Note));
    }
    let believes = |belief| diagnosis.beliefs.iter().any(|known| known.belief == belief);
    if believes(Belief::Bound) {
        return losses;
    }
    let cause = if believes(Belief::Unknown) {
        "it is not known whether the server has this phone's token"
    } else {
        losses.push(-2);
        "the server has no token of this phone"
    };
    let passes = is_under_way(diagnosis) && !diagnosis.blocked_by.as_ref().is_some_and(is_lasting);
    let finding = TOKEN_NOT_UPLOADED.at("binding", cause).rated_if(passes, Severity::Warning);
    let fixes = diagnosis.blocked_by.iter().map(|blocker| blocker.fix.clone());
    findings.push(fixes.fold(finding, Finding::with_fix));
    losses
}

fn tokens(diagnosis: &Diagnosis, findings: &mut Vec<Finding>) {
    for token in &diagnosis.tokens {
        for suspicion in &token.suspicions {
            findings.push(TOKEN_ODD.at("token", suspicion.clone()).on(token.vendor));
        }
        let (Some(age), Some(life)) = (token.age, lifetime(token.vendor)) else { continue };
        let (limit, what) = match (life.dead_after, life.quiet_after) {
            (Some(dead), _) if age >= dead => (dead, "is dead"),
            (_, Some(quiet)) if age >= quiet => (quiet, "gets no pushes"),
            (Some(_) | None, Some(_) | None) => continue,
        };
        let [age, limit] = [age, limit].map(|time| time.as_secs().checked_div(24 * 3600).unwrap_or_default());
        let cause = format!(
            "it is {age} days old, and {what} if the phone was without a connection to its vendor for {limit} days"
        );
        findings.push(TOKEN_OLD.at("token", cause).on(token.vendor).because(life.source));
    }
    let count = diagnosis.counters.tokens;
    if count >= MANY {
        findings.push(FLAPPING.at("counters", format!("{count} tokens since the registrar was made")));
    }
}

/// How bad the last code is: a note before a later success, a warning if it passes.
fn code_severity(diagnosis: &Diagnosis, lasts: bool) -> Severity {
    // Who is logged out may have logged out long after: the codes are those of the whole run.
    let logged_out = |blocker: &Blocker| blocker.region == Region::Session;
    if diagnosis.reachable || diagnosis.blocked_by.as_ref().is_some_and(logged_out) {
        Severity::Note
    } else if lasts {
        Severity::Error
    } else {
        Severity::Warning
    }
}

fn vendor_code(diagnosis: &Diagnosis, findings: &mut Vec<Finding>) {
    let counters = &diagnosis.counters;
    let Some((vendor, code)) = &counters.last_vendor_code else { return };
    let known = explain(*vendor, code);
    if known.remedy() == Remedy::Nothing {
        return;
    }
    let pace = if known.pace() == Pace::Quota { ", an hour later at least" } else { "" };
    let rather = counters.persisting();
    let times = counters.last_vendor_code_repeats;
    let perhaps = rather.map(|remedy| format!("; {times} times in a row, so perhaps rather: {remedy}"));
    let fix = if rather.is_some() { known.fix_if_it_persists() } else { known.fix() };
    let remedy = rather.unwrap_or_else(|| known.remedy());
    let lasts = matches!(remedy, Remedy::FixConfiguration | Remedy::DeviceCannot | Remedy::UserMustAct);
    let (meaning, perhaps) = (known.meaning(), perhaps.unwrap_or_default());
    let cause = format!("code {code}: {meaning} ({}{pace}{perhaps})", known.remedy());
    let finding = VENDOR_CODE.at("vendor SDK", cause).on(*vendor).with_fix(fix);
    findings.push(finding.rated(code_severity(diagnosis, lasts)).because(known.source()));
}

/// A code that keeps VoIP pushes only from arriving is a warning.
fn im_code(diagnosis: &Diagnosis, findings: &mut Vec<Finding>) {
    let Some(code) = diagnosis.counters.last_im_code else { return };
    let known = explain_im(code);
    let is_permanent =
        matches!(known.effect(), ImEffect::CertificateUnknown | ImEffect::TokenRefused | ImEffect::Permanent);
    let lasts = is_permanent || diagnosis.regions.iter().any(|region| region.state == StateName::Parked);
    let mut problems = diagnosis.blocked_by.iter().chain(&diagnosis.also);
    let only_voip = diagnosis.reachable && problems.any(|problem| problem.region == Region::VoipBinding);
    let severity = if only_voip { Severity::Warning } else { code_severity(diagnosis, lasts) };
    let cause = format!("code {code}: {}", known.meaning());
    findings.push(IM_CODE.at("IM SDK", cause).with_fix(known.fix()).rated(severity));
}

fn host(phone: &PhoneCheck, findings: &mut Vec<Finding>) {
    if phone.notifications_allowed == Some(false) {
        let cause = "the user has not allowed notifications: pushes arrive and nothing is shown";
        findings.push(PERMISSION_DENIED.at("permission", cause));
    }
    let elected = phone.diagnosis.elected;
    for (vendor, _) in phone.channels.iter().filter(|(_, enabled)| !enabled) {
        let cause =
            "its notification channel is missing or switched off: nothing is shown on Android 8 and newer";
        // Another vendor's channel matters when that vendor is elected.
        let is_idle = elected.is_some_and(|elected| elected != *vendor);
        let finding = CHANNEL_BLOCKED.at("notification channel", cause).on(*vendor);
        findings.push(finding.rated_if(is_idle, Severity::Note));
    }
    // Google's services can be frozen on systems for mainland China: the phone has a token, and nothing
    // arrives.
    if elected == Some(Vendor::Fcm) && phone.diagnosis.reachable {
        let cause = "a token is reported, which does not show that Google's services reach the phone";
        findings.push(FCM_UNPROVEN.at("vendor SDK", cause).on(Vendor::Fcm));
    }
}
