//! A phone in use: its registrar's diagnosis, and what the host knows of it. It is long, since each rule about phones stands
//! here once, in the order in which a phone is looked at.

use std::time::Duration;

use super::PhoneReport;
use crate::finding::{Finding, Rule, Severity};
use crate::registrar::{Belief, Blocker, Diagnosis, NoticeCode, Region, StateName, TokenStatus};
use crate::vendor::{ImEffect, Pace, Remedy, Source, Vendor, explain, explain_im, lifetime};

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
    pub(super) diagnosis: Diagnosis,
    pub(super) notifications_allowed: Option<bool>,
    pub(super) channels: Vec<(Vendor, bool)>,
}

impl PhoneCheck {
    /// A phone with this diagnosis ([`Machine::diagnose`](crate::registrar::Machine::diagnose),
    /// [`Registrar::diagnose`](crate::registrar::Registrar::diagnose)).
    pub const fn new(diagnosis: Diagnosis) -> Self {
        Self { diagnosis, notifications_allowed: None, channels: Vec::new() }
    }

    /// Whether the app may show notifications: `NotificationManager.areNotificationsEnabled`, or what iOS and HarmonyOS
    /// answer.
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
        let losses = check(&self, &mut findings);
        PhoneReport::new(self.diagnosis, self.notifications_allowed, losses, findings)
    }
}

const GMS: Source = Source::read("https://github.com/OneSignal/OneSignal-Android-SDK/pull/1984");
const CHANNELS: Source = Source::read("https://tencentcloud.com/zh/document/product/1024/36250");

pub(super) const ALL: &[&Rule] = &[
    BLOCKED,
    ON_THE_WAY,
    VOIP_BLOCKED,
    VENDOR_MISSING,
    CERTIFICATE_NOT_SET,
    TOKEN_NOT_UPLOADED,
    TOKEN_OLD,
    TOKEN_ODD,
    FLAPPING,
    PERMISSION_DENIED,
    CHANNEL_BLOCKED,
    POSSIBLY_BOUND,
    VENDOR_CODE,
    IM_CODE,
    STORE_FAILED,
    CHANNEL_NOT_CREATED,
    PRESENCE_REFUSED,
    PRESENCE_UNTOLD,
    PUSH_EVENTS_LOST,
    HOST_BUSY,
    SHUT_DOWN,
    FCM_UNPROVEN,
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

/// Why the binding is not certain although nothing blocks.
const ONE_MORE: &str = "one more report follows, since an earlier one may still land";

/// A run with so many different tokens flaps: a phone needs one.
const MANY: u32 = 16;

/// Checks a phone, and returns the codes under which Tencent's console files what it loses.
pub(super) fn check(phone: &PhoneCheck, findings: &mut Vec<Finding>) -> Vec<i32> {
    let diagnosis = &phone.diagnosis;
    blocked(diagnosis, findings);
    let losses = losses(diagnosis, findings);
    tokens(diagnosis, findings);
    flapping(diagnosis, findings);
    codes(diagnosis, findings);
    host(phone, findings);
    frozen(diagnosis, findings);
    losses
}

fn blocked(diagnosis: &Diagnosis, findings: &mut Vec<Finding>) {
    if diagnosis.shut_down {
        findings.push(SHUT_DOWN.at("registrar", "the registrar was shut down"));
    }
    if !diagnosis.reachable && diagnosis.blocked_by.as_ref().is_none_or(Blocker::is_partial) {
        findings.push(ON_THE_WAY.at("binding", ONE_MORE));
    }
    // That code has a finding of its own.
    let is_last_code = |problem: &&Blocker| {
        let last = diagnosis.counters.last_vendor_code.as_ref();
        last.is_some_and(|(vendor, code)| {
            problem.vendor == Some(*vendor) && problem.cause.contains(&format!("code {code}: "))
        })
    };
    let others = diagnosis.also.iter().filter(|problem| !is_last_code(problem));
    for problem in diagnosis.blocked_by.iter().chain(others) {
        let (rule, severity) = match problem.notice {
            _ if !problem.is_partial() => {
                let passes = is_under_way(diagnosis) && !is_lasting(problem);
                if passes { (ON_THE_WAY, Severity::Warning) } else { (BLOCKED, Severity::Error) }
            }
            notice => (partial_rule(notice, problem.region), problem.severity),
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

/// Whether ordinary pushes can arrive, and VoIP pushes cannot.
fn only_voip_is_blocked(diagnosis: &Diagnosis) -> bool {
    let mut problems = diagnosis.blocked_by.iter().chain(&diagnosis.also);
    diagnosis.reachable && problems.any(|problem| problem.region == Region::VoipBinding)
}

/// What has failed for so long does not end by itself.
const LONG: Duration = Duration::from_secs(600);

/// Whether somebody has to act before the problem ends, whatever is tried meanwhile; so it is with whatever fails for long.
fn is_lasting(problem: &Blocker) -> bool {
    let needs_somebody = problem.notice.is_some_and(|notice| {
        notice.severity() == Severity::Error
            || matches!(
                notice,
                NoticeCode::VendorRefused
                    | NoticeCode::TokenRefused
                    | NoticeCode::TokenRefusedByServer
                    | NoticeCode::HostBusy
            )
    });
    needs_somebody || problem.since.is_some_and(|since| since >= LONG)
}

/// Whether nothing blocks, or what blocks ends by itself.
fn is_under_way(diagnosis: &Diagnosis) -> bool {
    diagnosis.blocked_by.as_ref().is_none_or(|blocker| {
        diagnosis.regions.iter().filter(|region| region.region == blocker.region).any(|region| {
            matches!(
                region.state,
                StateName::Registering
                    | StateName::BackingOff
                    | StateName::Storing
                    | StateName::Reporting
                    | StateName::Waiting
                    | StateName::Draining
            )
        })
    })
}

/// Maps onto the console's loss codes: -1, no certificate id; -2, no token.
fn losses(diagnosis: &Diagnosis, findings: &mut Vec<Finding>) -> Vec<i32> {
    let mut losses = Vec::new();
    let another_serves = diagnosis.tokens.iter().any(|token| token.business_id.is_some());
    // One of another vendor needs no certificate of this one, but the right vendor.
    let needs_id = |token: &&TokenStatus| token.business_id.is_none() && token.looks_like.is_none();
    let mut without_id = diagnosis.tokens.iter().filter(needs_id).peekable();
    if without_id.peek().is_some() && !another_serves {
        losses.push(-1);
    }
    for token in without_id {
        let (severity, cause) = if another_serves {
            (Severity::Note, "this token has no certificate id and is not reported; another one serves")
        } else {
            (Severity::Error, "a token is in hand, and no certificate id to report it under")
        };
        findings.push(CERTIFICATE_NOT_SET.at("certificates", cause).on(token.vendor).rated(severity));
    }
    let uploaded = diagnosis.beliefs.iter().any(|known| known.belief == Belief::Bound);
    if !uploaded {
        let unknown = diagnosis.beliefs.iter().any(|known| known.belief == Belief::Unknown);
        if !unknown {
            losses.push(-2);
        }
        let lasts = diagnosis.blocked_by.as_ref().is_some_and(is_lasting);
        let passes = is_under_way(diagnosis) && !lasts;
        let severity = if passes { Severity::Warning } else { Severity::Error };
        let cause = if unknown {
            "it is not known whether the server has this phone's token"
        } else {
            "the server has no token of this phone"
        };
        let finding = TOKEN_NOT_UPLOADED.at("binding", cause).rated(severity);
        findings.push(match &diagnosis.blocked_by {
            Some(blocker) => finding.with_fix(blocker.fix.clone()),
            None => finding,
        });
    }
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
        let cause = format!(
            "it is {} days old, and {what} if the phone was without a connection to its vendor for {} days",
            days(age),
            days(limit)
        );
        findings.push(TOKEN_OLD.at("token", cause).on(token.vendor).because(life.source));
    }
}

fn days(time: Duration) -> u64 {
    time.as_secs().checked_div(24 * 3600).unwrap_or_default()
}

fn flapping(diagnosis: &Diagnosis, findings: &mut Vec<Finding>) {
    let count = diagnosis.counters.tokens;
    if count >= MANY {
        let cause = format!("{count} tokens since the registrar was made");
        findings.push(FLAPPING.at("counters", cause));
    }
}

/// The last codes. A code before a later success is a note. An IM code that blocks VoIP pushes only is a warning.
fn codes(diagnosis: &Diagnosis, findings: &mut Vec<Finding>) {
    // Who is logged out may have logged out long after: the codes are those of the whole run.
    let logged_out = |blocker: &Blocker| blocker.region == Region::Session;
    let is_overtaken = diagnosis.reachable || diagnosis.blocked_by.as_ref().is_some_and(logged_out);
    let severity = |lasting: bool| match (is_overtaken, lasting) {
        (true, _) => Severity::Note,
        (false, true) => Severity::Error,
        (false, false) => Severity::Warning,
    };
    if let Some((vendor, code)) = &diagnosis.counters.last_vendor_code {
        let known = explain(*vendor, code);
        let persisting = diagnosis.counters.persisting();
        let lasting = matches!(
            persisting.unwrap_or_else(|| known.remedy()),
            Remedy::FixConfiguration | Remedy::DeviceCannot | Remedy::UserMustAct
        );
        if known.remedy() != Remedy::Nothing {
            let pace = if known.pace() == Pace::Quota { ", an hour later at least" } else { "" };
            let times = diagnosis.counters.last_vendor_code_repeats;
            let rather = persisting
                .map(|remedy| format!("; {times} times in a row, so perhaps rather: {remedy}"))
                .unwrap_or_default();
            let cause = format!("code {code}: {} ({}{pace}{rather})", known.meaning(), known.remedy());
            let finding = VENDOR_CODE.at("vendor SDK", cause).on(*vendor);
            let fix = if persisting.is_some() { known.fix_if_it_persists() } else { known.fix() };
            let finding = finding.with_fix(fix).rated(severity(lasting));
            findings.push(match known.source() {
                Some(source) => finding.because(source),
                None => finding,
            });
        }
    }
    if let Some(code) = diagnosis.counters.last_im_code {
        let known = explain_im(code);
        let lasting = matches!(
            known.effect(),
            ImEffect::CertificateUnknown | ImEffect::TokenRefused | ImEffect::Permanent
        ) || diagnosis.regions.iter().any(|region| region.state == StateName::Parked);
        let cause = format!("code {code}: {}", known.meaning());
        let finding = IM_CODE.at("IM SDK", cause);
        let severity = if only_voip_is_blocked(diagnosis) { Severity::Warning } else { severity(lasting) };
        findings.push(finding.with_fix(known.fix()).rated(severity));
    }
}

fn host(phone: &PhoneCheck, findings: &mut Vec<Finding>) {
    if phone.notifications_allowed == Some(false) {
        let cause = "the user has not allowed notifications: pushes arrive and nothing is shown";
        findings.push(PERMISSION_DENIED.at("permission", cause));
    }
    let elected = phone.diagnosis.elected;
    for (vendor, enabled) in &phone.channels {
        if *enabled {
            continue;
        }
        let cause =
            "its notification channel is missing or switched off: nothing is shown on Android 8 and newer";
        // Another vendor's channel matters when that vendor is elected.
        let matters = elected.is_none_or(|elected: Vendor| elected == *vendor);
        let severity = if matters { Severity::Error } else { Severity::Note };
        let finding = CHANNEL_BLOCKED.at("notification channel", cause);
        findings.push(finding.on(*vendor).rated(severity));
    }
}

/// Google's services can be frozen on systems for mainland China: the phone has a token, and nothing arrives.
fn frozen(diagnosis: &Diagnosis, findings: &mut Vec<Finding>) {
    if diagnosis.elected == Some(Vendor::Fcm) && diagnosis.reachable {
        let cause = "a token is reported, which does not show that Google's services reach the phone";
        findings.push(FCM_UNPROVEN.at("vendor SDK", cause).on(Vendor::Fcm));
    }
}
