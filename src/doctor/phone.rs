//! A phone in use: its registrar's diagnosis, and what the host knows of it.

use std::fmt;
use std::time::Duration;

use serde::Serialize;

use super::rules::rule_id;
use super::{Report, ReportVerdict};
use crate::finding::{Finding, RuleId, Severity};
use crate::registrar::{Belief, Blocker, Diagnosis, NoticeCode, Region, StateName, TokenStatus};
use crate::vendor::{
    ConsoleCode, ImEffect, Pace, Remedy, Vendor, explain, explain_console, explain_im, lifetime,
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

const BLOCKED: RuleId = rule_id("phone-blocked");
const ON_THE_WAY: RuleId = rule_id("phone-on-the-way");
const FLAPPING: RuleId = rule_id("flapping");

/// A run with so many different tokens flaps: a phone needs one.
const MANY: u32 = 16;

fn blocked(diagnosis: &Diagnosis, findings: &mut Vec<Finding>) {
    if diagnosis.shut_down {
        findings.push(rule_id("registrar-shut-down").at("registrar", "the registrar was shut down"));
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
            (rule, rule.rule().severity())
        };
        let finding = rule.at(problem.region.to_string(), problem.cause.clone());
        // The cause names the vendor.
        findings.push(finding.with_fix(problem.fix.clone()).rated(severity));
    }
}

/// The rule of what leaves some pushes arriving.
const fn partial_rule(notice: Option<NoticeCode>, region: Region) -> RuleId {
    match (notice, region) {
        (Some(NoticeCode::HostBusy), _) => rule_id("host-busy"),
        (Some(NoticeCode::NotificationChannelMissing | NoticeCode::NotificationChannelFailed), _) => {
            rule_id("channel-not-created")
        }
        (_, Region::Election) => rule_id("vendor-gives-no-token"),
        (_, Region::VoipBinding) => rule_id("phone-voip-blocked"),
        (_, Region::Store) => rule_id("store-failed"),
        (Some(NoticeCode::PresenceRefused), _) => rule_id("presence-refused"),
        (_, Region::Presence) => rule_id("presence-untold"),
        (_, Region::Receipts) => rule_id("push-events-lost"),
        (_, Region::Session | Region::Binding) => rule_id("possibly-bound"),
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
        let finding = rule_id("certificate-id-not-set").at("certificates", cause).on(token.vendor);
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
    let finding = rule_id("token-not-uploaded").at("binding", cause).rated_if(passes, Severity::Warning);
    let fixes = diagnosis.blocked_by.iter().map(|blocker| blocker.fix.clone());
    findings.push(fixes.fold(finding, Finding::with_fix));
    losses
}

fn tokens(diagnosis: &Diagnosis, findings: &mut Vec<Finding>) {
    for token in &diagnosis.tokens {
        for suspicion in &token.suspicions {
            findings.push(rule_id("token-odd").at("token", suspicion.clone()).on(token.vendor));
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
        findings.push(rule_id("token-old").at("token", cause).on(token.vendor).because(life.source));
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
    let finding = rule_id("vendor-code").at("vendor SDK", cause).on(*vendor).with_fix(fix);
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
    findings.push(rule_id("im-code").at("IM SDK", cause).with_fix(known.fix()).rated(severity));
}

fn host(phone: &PhoneCheck, findings: &mut Vec<Finding>) {
    if phone.notifications_allowed == Some(false) {
        let cause = "the user has not allowed notifications: pushes arrive and nothing is shown";
        findings.push(rule_id("permission-denied").at("permission", cause));
    }
    let elected = phone.diagnosis.elected;
    for (vendor, _) in phone.channels.iter().filter(|(_, enabled)| !enabled) {
        let cause =
            "its notification channel is missing or switched off: nothing is shown on Android 8 and newer";
        // Another vendor's channel matters when that vendor is elected.
        let is_idle = elected.is_some_and(|elected| elected != *vendor);
        let finding = rule_id("channel-blocked").at("notification channel", cause).on(*vendor);
        findings.push(finding.rated_if(is_idle, Severity::Note));
    }
    // Google's services can be frozen on systems for mainland China: the phone has a token, and nothing
    // arrives.
    if elected == Some(Vendor::Fcm) && phone.diagnosis.reachable {
        let cause = "a token is reported, which does not show that Google's services reach the phone";
        findings.push(rule_id("fcm-cannot-be-judged").at("vendor SDK", cause).on(Vendor::Fcm));
    }
}
