//! The contract of notices: the name, cause, fix and severity of each.

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

/// What is always said of a code. A notice may know better.
struct Row {
    name: &'static str,
    severity: Severity,
    cause: &'static str,
    fix: &'static str,
}

const fn error(name: &'static str, cause: &'static str) -> Row {
    Row { name, severity: Severity::Error, cause, fix: "" }
}

const fn warning(name: &'static str, cause: &'static str) -> Row {
    Row { name, severity: Severity::Warning, cause, fix: "" }
}

const fn note(name: &'static str, cause: &'static str) -> Row {
    Row { name, severity: Severity::Note, cause, fix: "" }
}

impl Row {
    const fn fix(self, fix: &'static str) -> Self {
        Self { fix, ..self }
    }
}

impl NoticeCode {
    #[expect(clippy::too_many_lines, reason = "it is a table")]
    const fn row(self) -> Row {
        match self {
            Self::NoVendor => error("no_vendor", "no push vendor can be used on this phone").fix(
                "add a certificate and the SDK of a vendor that this phone has; the diagnosis says of \
                 each vendor why it is not used",
            ),
            Self::RegistrationStalled => error("registration_stalled", "no push vendor gives a token")
                .fix("do what the diagnosis says of each vendor, then call retry"),
            Self::RegistrationKeepsFailing => {
                error("registration_keeps_failing", "the vendor SDK fails again and again")
                    .fix("do what the notice says of the code")
            }
            Self::VendorSilent => warning("vendor_silent", "the vendor SDK gave no token in time").fix(
                "check that the SDK's callback is registered in the manifest, runs in the main process \
                 and passes the token on",
            ),
            Self::VendorRefused => warning("vendor_refused", "the vendor SDK refused to register")
                .fix("do what the notice says of the code"),
            Self::TokenRefused => warning("token_refused", "the vendor SDK gave a text that is no token")
                .fix("pass the token on exactly as the SDK gave it, and only when the SDK says success"),
            Self::NotificationChannelFailed => {
                warning("notification_channel_failed", "the notification channel could not be made")
                    .fix("check the channel's id and the app's notification permission")
            }
            Self::NotificationChannelMissing => warning(
                "notification_channel_missing",
                "the vendor needs a notification channel and none is configured",
            )
            .fix("configure the notification channel that the vendor's console knows"),
            Self::CertificateUnknown => {
                error("certificate_unknown", "the server does not know the certificate").fix(
                    "compare the business id with the console; a new certificate takes up to ten \
                     minutes to arrive",
                )
            }
            Self::SessionNotReady => error("session_not_ready", "the IM SDK says that nobody is logged in")
                .fix("call logged_in only when the IM SDK's login has succeeded"),
            Self::SessionOver => {
                error("session_over", "the server says that the session is over").fix("log in again")
            }
            Self::TokenRefusedByServer => {
                warning("token_refused_by_server", "the server refused the token of the vendor SDK").fix(
                    "pass the token on exactly as the vendor SDK gave it; if it is exact and comes \
                     again, delete it with the SDK, then call retry",
                )
            }
            Self::ReportUnanswered => error("report_unanswered", "set_offline_push is not answered")
                .fix("answer the completion from the IM SDK's callback, on success and on error"),
            Self::ReportKeepsFailing => error("report_keeps_failing", "the report fails again and again")
                .fix("do what the notice says of the code"),
            Self::ReportParked => {
                error("report_parked", "reports have stopped, since the same one would fail each time")
                    .fix("correct the cause; it is tried again after a change, or when retry is called")
            }
            Self::StoreFailed => warning("store_failed", "the snapshot was not stored").fix(
                "check that the folder exists, is writable and not full; a restart may repeat a report \
                 or forget a logout",
            ),
            Self::SnapshotUnreadable => {
                note("snapshot_unreadable", "the stored snapshot, or a part of it, cannot be read").fix(
                    "no action is needed the first time: what cannot be read is left out; if it comes \
                     again, look for who else writes the store's file",
                )
            }
            Self::ConsentUnreadable => {
                error("consent_unreadable", "the stored consent cannot be read, so it counts as not given")
                    .fix(
                        "ask the user, and call grant_consent or withdraw_consent; until then no SDK is \
                     called",
                    )
            }
            Self::SnapshotOfOtherInstall => {
                note("snapshot_of_other_install", "the stored snapshot belongs to another installation")
                    .fix("no action is needed: its tokens are dropped and asked for again")
            }
            Self::LogoutUnfinished => warning("logout_unfinished", "the process ended while a logout waited")
                .fix("log the account in and out again if it should not get pushes here"),
            Self::AccountPossiblyBound => warning(
                "account_possibly_bound",
                "an account that was left may still be pushed to on this phone",
            )
            .fix(
                "log that account in and out again, and wait for the logout's release before the \
                     IM SDK logs out",
            ),
            Self::PossiblyBoundDropped => warning(
                "possibly_bound_dropped",
                "too many accounts may still be pushed to on this phone: the oldest is forgotten",
            )
            .fix(
                "raise possibly_bound_limit if this many accounts use one phone; log accounts out \
                     before another logs in",
            ),
            Self::PresenceRefused => warning("presence_refused", "the presence call is given up").fix(
                "do what the notice says of the code; the next change of foreground or background is \
                 reported again",
            ),
            Self::TapDropped => warning("tap_dropped", "a tap was dropped, since too many wait")
                .fix("call host_ready as soon as the app's screens are up"),
            Self::TapExpired => warning("tap_expired", "a tap was given up")
                .fix("give the builder a tap handler, call host_ready, log in, and confirm each tap"),
            Self::TapFenced => note("tap_fenced", "a tap for another account was dropped")
                .fix("set another tap_fence in the policy if such taps should be kept"),
            Self::PushEventDropped => warning(
                "push_event_dropped",
                "an arrival or click was dropped before it was reported, since too many wait",
            )
            .fix("log the account in that the pushes were for, and answer report_push_events"),
            Self::PushEventsRefused => warning(
                "push_events_refused",
                "arrivals or clicks are dropped, since the server does not take them",
            )
            .fix(
                "answer report_push_events with the result of reportOfflinePushEvent; ask Tencent \
                     whether the app has its push service",
            ),
            Self::PushEventsUnanswered => {
                warning("push_events_unanswered", "report_push_events is not answered").fix(
                    "answer the completion from the callback of callExperimentalAPI, on success and on \
                     error",
                )
            }
            Self::HostBusy => {
                warning("host_busy", "a host takes no call, since an earlier one has not returned")
                    .fix("return from host calls at once and answer their completion later")
            }
        }
    }

    /// The stable name, such as `vendor_silent`.
    pub const fn as_str(self) -> &'static str {
        self.row().name
    }

    /// What has happened, in words.
    pub const fn cause(self) -> &'static str {
        self.row().cause
    }

    /// What to do about it. A [`Notice`](super::Notice) with a code says more:
    /// [`Notice::fix`](super::Notice::fix).
    pub const fn fix(self) -> &'static str {
        self.row().fix
    }

    /// How bad it is.
    pub const fn severity(self) -> Severity {
        self.row().severity
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
