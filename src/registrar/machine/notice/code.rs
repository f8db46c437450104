//! The contract of notices. The name, severity, cause and fix of each stand in `notices.md`.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::super::Region;
use crate::finding::Severity;

/// What a [`Notice`](super::Notice) is about. Its name ([`NoticeCode::as_str`], and the same in serde forms)
/// does not change; the words may.
#[doc = ""]
#[doc = include_str!("../../notices.md")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum NoticeCode {
    /// No vendor can be used on this phone.
    NoVendor,
    /// Every vendor was tried, and none will give a token until something changes.
    RegistrationStalled,
    /// The vendors' SDKs fail again and again, with codes that were expected to pass.
    RegistrationKeepsFailing,
    /// A vendor SDK gave no token in time.
    VendorSilent,
    /// A vendor SDK refused to register.
    VendorRefused,
    /// A vendor SDK gave a text that is no token.
    TokenRefused,
    /// A notification channel could not be made.
    NotificationChannelFailed,
    /// The vendor needs a notification channel, and the configuration names none.
    NotificationChannelMissing,
    /// The server does not know the certificate.
    CertificateUnknown,
    /// The IM SDK has said three times that the account is not logged in, though the host says that it is.
    SessionNotReady,
    /// The server says that the session is over.
    SessionOver,
    /// The server refused this token, so it is dropped and the vendor SDK asked for another.
    TokenRefusedByServer,
    /// The answers to two reports in a row were lost.
    ReportUnanswered,
    /// The report fails again and again, with a code that was expected to pass.
    ReportKeepsFailing,
    /// The same report would fail each time, so it is parked.
    ReportParked,
    /// The snapshot could not be stored, or not in time.
    StoreFailed,
    /// The stored snapshot cannot be read, or not all of it.
    SnapshotUnreadable,
    /// The stored consent cannot be read, so it counts as not given.
    ConsentUnreadable,
    /// The stored snapshot belongs to another installation.
    SnapshotOfOtherInstall,
    /// The process ended while a logout waited.
    LogoutUnfinished,
    /// Another account was left, and it is not known whether the server still pushes to it here.
    AccountPossiblyBound,
    /// Too many accounts are possibly still bound: the oldest is no longer remembered.
    PossiblyBoundDropped,
    /// A presence call would fail each time, so it is given up.
    PresenceRefused,
    /// Too many taps were held: the oldest was dropped.
    TapDropped,
    /// A tap was given up; the cause is [`Cause::Tap`](super::Cause::Tap).
    TapExpired,
    /// A tap for another account was dropped, as the policy says.
    TapFenced,
    /// Too many arrivals and clicks waited to be reported: the oldest was dropped.
    PushEventDropped,
    /// The server refused arrivals or clicks, or never confirmed them, so they are dropped.
    PushEventsRefused,
    /// The answers to two reports of arrivals and clicks in a row were lost.
    PushEventsUnanswered,
    /// A host has not taken a call in time, since it is busy with an earlier one; the cause is
    /// [`Cause::Lane`](super::Cause::Lane).
    HostBusy,
}

impl NoticeCode {
    /// What is always said of it, which a notice may know better: name, severity, what has happened, what to
    /// do.
    #[expect(clippy::as_conversions, reason = "the page has a row for each code, in their order")]
    fn row(self) -> [&'static str; 4] {
        let mut rows = include_str!("../../notices.md").lines().skip(2);
        let mut cells = rows.nth(self as usize).unwrap_or_default().trim_matches(['|', ' ']).split(" | ");
        [(); 4].map(|()| cells.next().unwrap_or_default())
    }

    /// The stable name, such as `vendor_silent`.
    pub fn as_str(self) -> &'static str {
        let [name, ..] = self.row();
        name.trim_matches('`')
    }

    /// What has happened, in words.
    pub fn cause(self) -> &'static str {
        let [_, _, cause, _] = self.row();
        cause
    }

    /// What to do about it. A [`Notice`](super::Notice) with a code says more:
    /// [`Notice::fix`](super::Notice::fix).
    pub fn fix(self) -> &'static str {
        let [.., fix] = self.row();
        fix
    }

    /// How bad it is.
    pub fn severity(self) -> Severity {
        let [_, severity, ..] = self.row();
        let mut severities = [Severity::Note, Severity::Warning].into_iter();
        severities.find(|known| known.as_str() == severity).unwrap_or(Severity::Error)
    }

    /// Where what it says stands from then on until it is ended; none if it says no more than what happened.
    pub(in super::super) const fn stands_in(self) -> Option<Region> {
        if matches!(self, Self::NotificationChannelFailed | Self::NotificationChannelMissing) {
            Some(Region::Election)
        } else if matches!(
            self,
            Self::LogoutUnfinished | Self::AccountPossiblyBound | Self::PossiblyBoundDropped
        ) {
            Some(Region::Session)
        } else if matches!(self, Self::SnapshotUnreadable) {
            Some(Region::Store)
        } else if matches!(self, Self::PresenceRefused) {
            Some(Region::Presence)
        } else if matches!(self, Self::PushEventsRefused | Self::PushEventsUnanswered) {
            Some(Region::Receipts)
        } else {
            None
        }
    }
}

impl fmt::Display for NoticeCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
