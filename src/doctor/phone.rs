use std::fmt;

use serde::Serialize;

use super::on_phone;
use crate::finding::{Finding, Severity};
use crate::registrar::{Blocker, Diagnosis};
use crate::vendor::{ConsoleCode, Vendor, explain_console};

/// A registrar's diagnosis and what the host knows of the phone, to be checked.
///
/// ```
/// use tim_offline_push::doctor::{PhoneCheck, PhoneVerdict};
/// use tim_offline_push::registrar::{Incarnation, InstallId, Machine, Origin, Policy};
///
/// let origin = Origin::new(InstallId::new("2b0fbe5e")?, Incarnation::new(1));
/// let machine = Machine::new(origin, Policy::default());
///
/// let report = PhoneCheck::new(machine.diagnose()).with_notifications_allowed(true).check();
/// assert_eq!(report.verdict(), PhoneVerdict::Broken);
/// assert!(report.to_string().contains("no configuration was given"));
/// # Ok::<(), tim_offline_push::account::IdError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
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
    #[must_use]
    pub fn with_notifications_allowed(self, allowed: bool) -> Self {
        Self { notifications_allowed: Some(allowed), ..self }
    }

    /// Whether the notification channel of a vendor's pushes is there and switched on:
    /// `NotificationManager.getNotificationChannel`, and its importance is not `IMPORTANCE_NONE`.
    #[must_use]
    pub fn with_channel_enabled(mut self, vendor: Vendor, enabled: bool) -> Self {
        self.channels.push((vendor, enabled));
        self
    }

    /// Checks it.
    pub fn check(self) -> PhoneReport {
        let mut findings = Vec::new();
        let losses = on_phone::check(&self, &mut findings);
        findings.sort_by_key(Finding::rank);
        let Self { diagnosis, notifications_allowed, .. } = self;
        let verdict = match findings.first().map(Finding::severity) {
            Some(Severity::Error) => PhoneVerdict::Broken,
            Some(Severity::Warning) => PhoneVerdict::Degraded,
            Some(Severity::Note) | None => PhoneVerdict::Ready,
        };
        let console_losses = losses.into_iter().filter_map(explain_console).collect();
        PhoneReport {
            version: PhoneReport::VERSION,
            verdict,
            console_losses,
            findings,
            notifications_allowed,
            diagnosis,
        }
    }
}

/// What is wrong on a phone. It holds no token, account or secret, so that its serde form may be pasted into a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PhoneReport {
    version: u32,
    verdict: PhoneVerdict,
    console_losses: Vec<&'static ConsoleCode>,
    findings: Vec<Finding>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notifications_allowed: Option<bool>,
    diagnosis: Diagnosis,
}

impl PhoneReport {
    /// The version of the serde form. It changes with the names and meanings of its members, not with the catalogue.
    pub const VERSION: u32 = 1;

    /// What it comes to.
    pub const fn verdict(&self) -> PhoneVerdict {
        self.verdict
    }

    /// What keeps pushes from arriving, with its fix; `None` if they can arrive. It may concern VoIP pushes alone.
    pub const fn blocked_by(&self) -> Option<&Blocker> {
        self.diagnosis.blocked_by.as_ref()
    }

    /// The codes under which Tencent's console files pushes to this phone as lost: -1 without a certificate id, -2 without
    /// a token.
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

/// What the findings on a phone come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "pushes arrive, arrive in part, or do not arrive")]
pub enum PhoneVerdict {
    /// Pushes can arrive.
    Ready,
    /// They will, or do less well than they could.
    Degraded,
    /// They cannot.
    Broken,
}

impl fmt::Display for PhoneVerdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Ready => "ready",
            Self::Degraded => "degraded",
            Self::Broken => "broken",
        })
    }
}
